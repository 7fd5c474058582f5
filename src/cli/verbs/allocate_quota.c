/* campaign allocate quota: a total in whole units, over cells or tables whose rows and columns have fixed totals. */
#include <campaign/allocate_quota.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))
enum { MOST_SHOWN = CAMPAIGN_QUOTA_DIMENSIONS_MAX + 8 };

/* Keys of other names than these are as the cells are; a split may have any. */
static const role cell_roles[] = {
    { "cell", "单元", NULL, ROLE_KEY },      { "row", "行", NULL, ROLE_KEY },
    { "column", "列", NULL, ROLE_KEY },      { "weight", "权重", NULL, ROLE_NUMBER },
    { "minimum", "下限", NULL, ROLE_MONEY }, { "maximum", "上限", NULL, ROLE_MONEY },
    { "locked", "锁定", NULL, ROLE_MONEY },
};
static const role row_roles[] = { { "row", "行", NULL, ROLE_KEY }, { "total", "合计", NULL, ROLE_MONEY } };
static const role column_roles[] = { { "column", "列", NULL, ROLE_KEY }, { "total", "合计", NULL, ROLE_MONEY } };

static const job_table tables[] = {
    { "cells", offsetof(campaign_allocate_quota_inputs, cells), cell_roles, N_OF(cell_roles), "", true },
    { "rows", offsetof(campaign_allocate_quota_inputs, rows), row_roles, N_OF(row_roles), "total", false },
    { "columns", offsetof(campaign_allocate_quota_inputs, columns), column_roles, N_OF(column_roles), "total", false },
};

#define METHODS "usual|largest_remainder|dhondt|sainte_lague|hill|adams|dean"
static const job_setting settings[] = {
    { "kind", SETTING_WORD, offsetof(campaign_allocate_quota_options, kind), 0, 0,
      "split|biproportional|rounding|fitting" },
    { "method", SETTING_WORD, offsetof(campaign_allocate_quota_options, method), 0, 0, METHODS },
    { "margin_method", SETTING_WORD, offsetof(campaign_allocate_quota_options, margin_method), 0, 0, METHODS },
    { "weighs_margins", SETTING_FLAG, offsetof(campaign_allocate_quota_options, weighs_margins), 0, 0, NULL },
    { "total", SETTING_MONEY, offsetof(campaign_allocate_quota_options, total),
      offsetof(campaign_allocate_quota_options, has_total), 0, NULL },
    { "dimensions", SETTING_TEXTS, offsetof(campaign_allocate_quota_options, dimensions),
      offsetof(campaign_allocate_quota_options, n_dimensions), 0, NULL },
    { "weight", SETTING_TEXT, offsetof(campaign_allocate_quota_options, weight), 0, 0, NULL },
};

static const job_kind kind = { "allocate quota", "CELLS.csv",    tables, settings,
                               N_OF(tables),     N_OF(settings), false,  ROLE_NUMBER };

/* ---- Out --------------------------------------------------------------------------------------------------------- */

/* The Chinese heading of a key: that of its role, or the caller's own name. */
static const char *heading_zh(const char *name)
{
    for (int i = 0; i < N_OF(cell_roles); i++)
        if (strcmp(cell_roles[i].name, name) == 0) return cell_roles[i].zh;
    return name;
}

/* Keys under the caller's own names, then what is known. */
static int list_columns(shown_column shown[MOST_SHOWN], const campaign_table *quotas)
{
    static const shown_column known[] = {
        { "weight", "weight", "权重", CELL_FIGURE }, { "share", "share", "精确份额", CELL_FIGURE },
        { "quota", "quota", "配额", CELL_AS_IS },    { "held", "held by", "受限于", CELL_WORD },
        { "is_tied", "tied", "并列", CELL_WORD },
    };
    const int32_t n_keys = campaign_table_n_columns(quotas) - (int32_t)N_OF(known);
    int n = 0;
    for (int32_t c = 0; c < n_keys && n < MOST_SHOWN - N_OF(known); c++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&column, quotas, c, NULL) != CAMPAIGN_OK) continue;
        shown[n++] = (shown_column){ column.name, column.name, heading_zh(column.name), CELL_AS_IS };
    }
    for (int i = 0; i < N_OF(known); i++) shown[n++] = known[i];
    return n;
}

static void show_certificate(const campaign_allocate_quota_report *report, bool zh)
{
    if (report->kind == CAMPAIGN_QUOTA_ROUNDING || report->kind == CAMPAIGN_QUOTA_FITTING) {
        const bool is_rounding = report->kind == CAMPAIGN_QUOTA_ROUNDING;
        const job_quality quality = { is_rounding ? (zh ? "变动平方和" : "Sum of squared changes")
                                                  : (zh ? "合计的最大相对误差" : "Largest relative error of a total"),
                                      report->status, report->value, report->bound, report->gap };
        show_quality(&quality, zh);
        return;
    }
    (void)printf(zh ? "%lld 个单元，配额已证明精确；并列 %lld 处\n" : "%lld cells, the quotas are proven; %lld ties\n",
                 (long long)report->n_cells, (long long)report->n_ties);
}

static void show(const job_answer *answer, const arguments *given)
{
    const campaign_allocate_quota_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    shown_column columns[MOST_SHOWN];
    const int n = list_columns(columns, answer->tables[0]);
    show_certificate(report, zh);
    show_part(zh ? "配额" : "Quotas", &(shown_table){ answer->tables[0], columns, n, NULL, limit, zh });
    show_texts(zh ? "证明" : "Proof", report->multipliers, limit);
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

int allocate_quota(arguments *given)
{
    static const char *const names[] = { "quotas", "multipliers", "rows", "columns", "ties", "notes" };
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    campaign_allocate_quota_options options = CAMPAIGN_ALLOCATE_QUOTA_OPTIONS_INIT;
    campaign_allocate_quota_report report = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT;
    campaign_table *quotas = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    options.currency = given->currency;
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_allocate_quota(&quotas, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { quotas,         report.multipliers, report.rows,
                                                    report.columns, report.ties,        report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(quotas);
    campaign_allocate_quota_report_clear(&report);
    close_table_job(&job);
    return code;
}
