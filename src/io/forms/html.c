/* A plan as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere. */
#include "io/forms/html.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"

static const char style_sheet[] =
    "@page{size:A4;margin:12mm}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;max-width:1060px;padding:28px;color:#1f2933;background:#fff;"
    "font:15px/1.55 system-ui,-apple-system,\"Segoe UI\",\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\","
    "\"WenQuanYi Micro Hei\",sans-serif}"
    "h1{font-size:28px;margin:0 0 14px}h2{font-size:18px;margin:30px 0 10px;border-bottom:2px solid #d1495b;"
    "padding-bottom:4px;break-after:avoid}"
    ".cards{display:flex;flex-wrap:wrap;gap:12px}.card{flex:1 1 auto;white-space:nowrap;padding:10px 14px;border:1px "
    "solid #d9e0e7;"
    "border-radius:6px}.card b{display:block;font-size:19px}.card span{color:#5b6b7b;font-size:13px}"
    "svg{display:block;width:100%;height:auto;font-family:inherit}svg text{fill:#1f2933}"
    ".line{stroke:#d9e0e7;fill:none}.month{font-size:13px;font-weight:600}.name{font-size:11px}"
    ".day{font-size:10px;text-anchor:middle;fill:#7b8794}.amount{font-size:11px;text-anchor:end;fill:#5b6b7b}"
    ".area{fill:#d1495b;fill-opacity:.28;stroke:#d1495b;stroke-width:1}.unit{margin:2px 0 0;color:#5b6b7b;"
    "font-size:12px;text-align:right}"
    "table{width:100%;border-collapse:collapse;font-size:13px}thead{display:table-header-group}"
    "th{text-align:left;background:#f1f3f6}th,td{padding:4px 8px;border-bottom:1px solid #e4e8ee;vertical-align:top}"
    "tr{break-inside:avoid}.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".d{white-space:nowrap}.bar{width:38%}.bar span{display:block;height:12px;margin-top:4px;min-width:2px;"
    "background:#d1495b;border-radius:2px}"
    "@media print{body{padding:0;font-size:12px;max-width:none}h1{font-size:22px}h2{margin-top:18px}"
    "table{font-size:10.5px}svg{break-inside:avoid}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

/* A table of the plan, NULL where plans of this kind have none of that name. */
static campaign_status take_table(campaign_table **table, const campaign_plan *plan, const char *name,
                                  campaign_error *error)
{
    campaign_error own = { 0 };
    const campaign_status status = campaign_plan_table(table, plan, name, &own);
    if (status == CAMPAIGN_OK || status == CAMPAIGN_E_UNKNOWN) return CAMPAIGN_OK;
    if (error) *error = own;
    return status;
}

/* The caller's table in place of the plan's. */
static campaign_status take_given(campaign_table **table, const campaign_table *given, const campaign_plan *plan,
                                  const char *name, campaign_error *error)
{
    if (given) return campaign_table_slice(table, given, 0, campaign_table_n_rows(given), error);
    return take_table(table, plan, name, error);
}

static campaign_status take_tables(cpn_page *page, const campaign_plan *plan, campaign_error *error)
{
    const struct {
        campaign_table **table;
        const char *name;
    } tables[] = {
        { &page->targets, "targets" },     { &page->campaigns, "campaigns" }, { &page->phases, "phases" },
        { &page->deadlines, "deadlines" }, { &page->budget, "budget" },       { &page->notes, "notes" },
        { &page->days, "days" },
    };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == CAMPAIGN_OK; i++)
        status = take_table(tables[i].table, plan, tables[i].name, error);
    if (status == CAMPAIGN_OK) status = take_given(&page->tasks, page->options.tasks, plan, "tasks", error);
    if (status == CAMPAIGN_OK) status = take_given(&page->risks, page->options.risks, plan, "risks", error);
    if (campaign_table_n_rows(page->targets)) {
        page->first_day = (int32_t)cpn_page_value(page->targets, "start", 0);
        page->end_day = (int32_t)cpn_page_value(page->targets, "end", 0);
    }
    return status;
}

static void free_tables(cpn_page *page)
{
    campaign_table *const tables[] = { page->targets, page->campaigns, page->phases, page->deadlines, page->tasks,
                                       page->budget,  page->risks,     page->notes,  page->days };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) campaign_table_free(tables[i]);
}

static void add_title(cpn_page *page)
{
    size_t length;
    const char *period = cpn_page_text(&length, page->targets, "period", 0);
    if (page->options.title) {
        cpn_page_add_line(page, page->options.title, strlen(page->options.title));
        return;
    }
    cpn_page_add_words(page, "Campaign plan ", "");
    cpn_page_add_text(page, period, length);
    cpn_page_add_words(page, "", " 年度营销活动计划");
}

static void add_head(cpn_page *page)
{
    cpn_page_add(page, "<!DOCTYPE html>\n<html lang=\"");
    cpn_page_add_words(page, "en", "zh-CN");
    cpn_page_add(page, "\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                       "<link rel=\"icon\" href=\"data:,\"><title>");
    add_title(page);
    cpn_page_add(page, "</title><style>");
    cpn_page_add(page, style_sheet);
    cpn_page_add(page, "</style></head><body>\n<h1>");
    add_title(page);
    cpn_page_add(page, "</h1>\n");
}

static void start_card(cpn_page *page)
{
    cpn_page_add(page, "<div class=\"card\"><b>");
}

static void end_card(cpn_page *page, const char *en, const char *zh)
{
    cpn_page_add(page, "</b><span>");
    cpn_page_add_words(page, en, zh);
    cpn_page_add(page, "</span></div>\n");
}

static void add_count(cpn_page *page, const campaign_table *table, const char *en, const char *zh)
{
    if (!campaign_table_n_rows(table)) return;
    start_card(page);
    cpn_page_add_number(page, campaign_table_n_rows(table));
    end_card(page, en, zh);
}

static void add_cards(cpn_page *page)
{
    char room[CPN_FORM_CELL_ROOM];
    cpn_page_add(page, "<div class=\"cards\">\n");
    if (campaign_table_n_rows(page->targets)) {
        start_card(page);
        cpn_page_add_money(page, page->targets, "target", 0);
        end_card(page, "Target", "销售目标");
        start_card(page);
        cpn_io_add(&page->text, room, cpn_form_print_day(room, page->first_day));
        cpn_page_add(page, " – ");
        cpn_io_add(&page->text, room, cpn_form_print_day(room, (int64_t)page->end_day - 1));
        end_card(page, "Period", "期间");
    }
    add_count(page, page->campaigns, "Campaigns", "活动");
    add_count(page, page->tasks, "Tasks", "任务");
    if (!campaign_table_n_rows(page->tasks)) add_count(page, page->deadlines, "Deadlines", "截止事项");
    cpn_page_add(page, "</div>\n");
}

static campaign_status draw(cpn_page *page, campaign_error *error)
{
    add_head(page);
    add_cards(page);
    if (campaign_table_n_rows(page->campaigns) && page->end_day > page->first_day) {
        cpn_page_add_words(page, "<section><h2>Calendar</h2>\n", "<section><h2>活动日历</h2>\n");
        cpn_page_add_calendar(page);
        cpn_page_add(page, "</section>\n");
    }
    if (campaign_table_n_rows(page->days) && page->end_day > page->first_day) {
        cpn_page_add_words(page, "<section><h2>Target curve</h2>\n", "<section><h2>目标曲线</h2>\n");
        cpn_page_add_curve(page);
        cpn_page_add(page, "</section>\n");
    }
    campaign_status status = cpn_page_add_targets(page, error);
    if (status == CAMPAIGN_OK) status = cpn_page_add_budget(page, error);
    if (status == CAMPAIGN_OK) status = cpn_page_add_tables(page, error);
    cpn_page_add(page, "</body></html>\n");
    return status == CAMPAIGN_OK && page->text.has_failed ? cpn_io_fail_nomem(error) : status;
}

static campaign_status take_options(cpn_page *page, const campaign_html_options *options, campaign_error *error)
{
    campaign_html_options *ours = &page->options;
    campaign_form_options looks = CAMPAIGN_FORM_OPTIONS_INIT;
    campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, options, "options", error);
    if (status != CAMPAIGN_OK) return status;
    if (ours->title && cpn_io_utf8_valid(ours->title, strlen(ours->title)) != strlen(ours->title))
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "title", "title must be UTF-8");
    looks.language = ours->language, looks.money_unit = ours->money_unit;
    return cpn_form_take_options(&page->style, &looks, error);
}

campaign_status campaign_io_write_html(const char *path, const campaign_plan *plan,
                                       const campaign_html_options *options, campaign_error *error)
{
    if (!path || !plan)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, path ? "plan" : "path", "path and plan are required");
    cpn_page page = { 0 };
    campaign_status status = take_options(&page, options, error);
    if (status == CAMPAIGN_OK) status = take_tables(&page, plan, error);
    if (status == CAMPAIGN_OK) status = draw(&page, error);
    if (status == CAMPAIGN_OK) status = cpn_io_write_file(path, page.text.data, (size_t)page.text.length, error);
    free(page.text.data);
    free_tables(&page);
    return status;
}
