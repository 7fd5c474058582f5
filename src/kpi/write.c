/* Small writers that the tables of an evaluation share. */
#include "kpi/kpi.h"

void cpn_kpi_write_name(cpn_out *out, int32_t index, cpn_kpi_name name)
{
    if (name.text)
        cpn_out_text(out, index, name.text, name.length);
    else
        cpn_out_null(out, index);
}

campaign_status cpn_kpi_write_reason(cpn_out *out, int32_t index, cpn_kpi_reason reason, const char *subject,
                                     bool is_chinese, campaign_error *error)
{
    cpn_out_string(out, index, cpn_kpi_reason_names[reason]);
    if (reason == CPN_REASON_NONE) {
        cpn_out_null(out, index + 1);
        return CAMPAIGN_OK;
    }
    cpn_text text = { 0 };
    cpn_kpi_reason_write(&text, reason, subject, is_chinese);
    const campaign_status status = text.has_failed ? cpn_fail_nomem(error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK) cpn_out_text(out, index + 1, text.data, text.length);
    cpn_text_clear(&text);
    return status;
}

const char *cpn_kpi_case_status(const cpn_kpi_case *row, const cpn_kpi_settings *settings)
{
    if (row->reason == CPN_REASON_NOT_STARTED) return "not_started";
    if (row->reason != CPN_REASON_NONE) return "not_available";
    const int side = cpn_kpi_deviates(row->actual_minor, row->to_date_minor, settings->deviation_ppm);
    if (row->is_spend) return side > 0 ? "over" : "on_track"; /* spending less is no fault */
    return side < 0 ? "behind" : side > 0 ? "ahead" : "on_track";
}

campaign_status cpn_kpi_close(campaign_table **table, cpn_out *out, campaign_status status, campaign_error *error)
{
    const campaign_status closed = cpn_out_close(table, out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*table);
    *table = NULL;
    return status;
}
