/* Why a figure is not available, in words. */
#include <string.h>

#include "kpi/kpi.h"

const char *const cpn_kpi_reason_names[CPN_KPI_N_REASONS] = {
    NULL, "not_started", "zero_target", "no_target", "no_figures", "zero_figures", "no_dimension", "no_campaigns",
};

typedef struct reason_wording {
    const char *en, *zh;
} reason_wording;

/* {} is the subject. */
static const reason_wording wordings[CPN_KPI_N_REASONS] = {
    [CPN_REASON_NONE] = { "", "" },
    [CPN_REASON_NOT_STARTED] = { "not started yet", "尚未开始" },
    [CPN_REASON_ZERO_TARGET] = { "not available, because the target is zero", "不可用，因为目标为零" },
    [CPN_REASON_NO_TARGET] = { "no attainment, because there is no target", "没有达成率，因为没有目标" },
    [CPN_REASON_NO_FIGURES] = { "not available, because there are no figures for {}", "不可用，因为没有 {} 的数据" },
    [CPN_REASON_ZERO_FIGURES] = { "not available, because {} add up to zero", "不可用，因为 {} 合计为零" },
    [CPN_REASON_NO_DIMENSION] = { "not available, because the figures have no {}", "不可用，因为数据没有 {} 列" },
    [CPN_REASON_NO_CAMPAIGNS] = { "not available, because the spend does not name its campaign",
                                  "不可用，因为花费没有注明活动" },
};

void cpn_kpi_reason_write(cpn_text *text, cpn_kpi_reason reason, const char *subject, bool is_chinese)
{
    const char *pattern = is_chinese ? wordings[reason].zh : wordings[reason].en;
    const char *place = strstr(pattern, "{}");
    if (!place) {
        cpn_text_add_string(text, pattern);
        return;
    }
    cpn_text_add(text, pattern, (size_t)(place - pattern));
    cpn_text_add_string(text, subject);
    cpn_text_add_string(text, place + 2);
}
