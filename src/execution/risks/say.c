/* Figures and conditions in words. Numbers are printed with the decimals their unit asks for, without a locale. */
#include <string.h>

#include "base/number.h"
#include "execution/risks/risk.h"

/* value with so many decimals, the last zeros cut where is_short. */
static void say_decimal(cpn_text *out, double value, int decimals, bool is_short)
{
    static const double scales[] = { 1, 10, 100, 1000, 10000 };
    char text[CPN_NUMBER_TEXT];
    const double size = value < 0 ? -value : value;
    if (!(size < 1e14)) {
        cpn_text_add(out, text, cpn_format_double(text, value));
        return;
    }
    const double scaled = size * scales[decimals];
    const int64_t units = (int64_t)(scaled * (1 + 1e-15) + 0.5), scale = (int64_t)scales[decimals];
    int64_t rest = units % scale;
    if (value < 0 && units > 0) cpn_text_add_char(out, '-');
    cpn_text_add_int64(out, units / scale);
    int n = decimals;
    for (; is_short && n > 0 && rest % 10 == 0; n--) rest /= 10;
    if (n == 0) return;
    cpn_text_add_char(out, '.');
    for (int64_t place = (int64_t)scales[n] / 10; place > 0; place /= 10)
        cpn_text_add_char(out, (char)('0' + rest / place % 10));
}

void cpn_risk_say_number(cpn_text *out, double value, cpn_risk_unit unit)
{
    if (unit == CPN_RISK_RATIO) {
        say_decimal(out, value * 100, 2, true);
        cpn_text_add_char(out, '%');
    } else if (unit == CPN_RISK_MONEY) {
        say_decimal(out, value, 2, false);
    } else {
        say_decimal(out, value, 4, true);
    }
}

void cpn_risk_say_value(cpn_text *out, const cpn_risk_value *value, cpn_risk_unit unit, bool is_chinese)
{
    char day[CAMPAIGN_DATE_TEXT];
    if (!value->is_known)
        cpn_text_add_string(out, is_chinese ? "（未知）" : "(not known)");
    else if (value->type == CPN_RISK_TEXT)
        cpn_text_add(out, value->text.text, value->text.length);
    else if (value->type == CPN_RISK_DAY)
        cpn_text_add(out, day, campaign_date_format(day, (int32_t)value->number));
    else
        cpn_risk_say_number(out, value->number, unit);
}

void cpn_risk_say_name(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_token *token)
{
    static const char *const before[] = { "", "target of ", "", "hours of " };
    static const char *const after[] = { "", "", " off target", "" };
    static const char *const after_zh[] = { "", "目标", "偏离目标", "已持续小时" };
    const bool zh = playbook->is_chinese;
    if (token->kind == CPN_RISK_IS_FIELD) {
        cpn_text_add_string(out, zh ? cpn_risk_fields[token->name].zh : cpn_risk_fields[token->name].en);
        return;
    }
    const cpn_risk_metric *metric = &playbook->names.metrics[token->name];
    if (!zh) cpn_text_add_string(out, before[token->part]);
    cpn_text_add_string(out, zh ? metric->zh : metric->en);
    cpn_text_add_string(out, zh ? after_zh[token->part] : after[token->part]);
}

static const char *operator_text(cpn_risk_operator op, bool zh)
{
    switch (op) {
    case CPN_RISK_OR: return zh ? "或" : "or";
    case CPN_RISK_AND: return zh ? "且" : "and";
    case CPN_RISK_NOT: return zh ? "非" : "not";
    case CPN_RISK_LESS: return "<";
    case CPN_RISK_AT_MOST: return "≤";
    case CPN_RISK_MORE: return ">";
    case CPN_RISK_AT_LEAST: return "≥";
    case CPN_RISK_EQUAL: return "=";
    case CPN_RISK_UNEQUAL: return "≠";
    case CPN_RISK_BETWEEN: return zh ? "介于" : "between";
    case CPN_RISK_KNOWN: return zh ? "已知" : "known";
    case CPN_RISK_UNKNOWN: return zh ? "未知" : "unknown";
    case CPN_RISK_PLUS: return "+";
    case CPN_RISK_MINUS:
    case CPN_RISK_NEGATIVE: return "-";
    case CPN_RISK_TIMES: return "×";
    case CPN_RISK_OVER: return "÷";
    }
    return "";
}

static cpn_risk_unit unit_of(const cpn_playbook *playbook, const cpn_risk_token *token, const cpn_risk_subject *subject)
{
    if (token->kind == CPN_RISK_IS_METRIC) {
        if (token->part == CPN_RISK_OFF) return CPN_RISK_RATIO;
        return token->part == CPN_RISK_AGE ? CPN_RISK_HOURS : playbook->names.metrics[token->name].unit;
    }
    const bool is_figure = token->name == CPN_RISK_METRIC_VALUE || token->name == CPN_RISK_METRIC_TARGET;
    if (is_figure && subject->row->metric >= 0) return playbook->names.metrics[subject->row->metric].unit;
    return cpn_risk_fields[token->name].unit;
}

/* A metric by its name in words. */
static void say_metric(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_row *row)
{
    if (row->metric >= 0)
        cpn_text_add_string(out, playbook->is_chinese ? playbook->names.metrics[row->metric].zh
                                                      : playbook->names.metrics[row->metric].en);
    else
        cpn_text_add(out, row->name.text, row->name.length);
}

static void say_named(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_entry *entry, int32_t i,
                      const cpn_risk_book *book, const cpn_risk_subject *subject)
{
    const cpn_risk_token *token = &entry->when.tokens[i];
    int64_t since = CPN_RISK_NO_MOMENT;
    const cpn_risk_value value = cpn_risk_look(book, subject, &entry->when, i, &since);
    cpn_risk_say_name(out, playbook, token);
    cpn_text_add_char(out, ' ');
    cpn_risk_say_value(out, &value, unit_of(playbook, token, subject), playbook->is_chinese);
}

/* Behind metric.off stand the figures it comes from. */
static void say_row(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_book *book,
                    const cpn_risk_subject *subject)
{
    static const cpn_risk_token own[] = { { .kind = CPN_RISK_IS_FIELD, .name = CPN_RISK_METRIC_VALUE },
                                          { .kind = CPN_RISK_IS_FIELD, .name = CPN_RISK_METRIC_TARGET } };
    cpn_risk_token tokens[2] = { own[0], own[1] };
    const cpn_risk_program program = { .tokens = tokens };
    say_metric(out, playbook, subject->row);
    for (int32_t i = 0; i < 2; i++) {
        int64_t since = CPN_RISK_NO_MOMENT;
        const cpn_risk_value value = cpn_risk_look(book, subject, &program, i, &since);
        if (!value.is_known) continue;
        cpn_text_add_string(out, i == 0 ? " " : playbook->is_chinese ? "，目标 " : ", target ");
        cpn_risk_say_value(out, &value, unit_of(playbook, &tokens[i], subject), playbook->is_chinese);
    }
    cpn_text_add_string(out, playbook->is_chinese ? "：" : ": ");
}

void cpn_risk_say_numbers(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_entry *entry,
                          const cpn_risk_book *book, const cpn_risk_subject *subject)
{
    const cpn_risk_program *when = &entry->when;
    bool is_tight = true, is_between = false; /* of whose bounds the second comes behind "and" */
    if (subject->row) say_row(out, playbook, book, subject);
    for (int32_t i = 0; i < when->n_tokens; i++) {
        const cpn_risk_token *token = &when->tokens[i];
        const bool is_close = token->kind == CPN_RISK_IS_CLOSE;
        if (!is_tight && !is_close) cpn_text_add_char(out, ' ');
        is_tight = token->kind == CPN_RISK_IS_OPEN;
        is_between |= token->kind == CPN_RISK_IS_OPERATOR && token->op == CPN_RISK_BETWEEN;
        if (token->kind == CPN_RISK_IS_METRIC || token->kind == CPN_RISK_IS_FIELD)
            say_named(out, playbook, entry, i, book, subject);
        else if (is_between && token->kind == CPN_RISK_IS_OPERATOR && token->op == CPN_RISK_AND)
            cpn_text_add_string(out, playbook->is_chinese ? "与" : "and"), is_between = false;
        else if (token->kind == CPN_RISK_IS_OPERATOR)
            cpn_text_add_string(out, operator_text(token->op, playbook->is_chinese));
        else
            cpn_text_add(out, when->text + token->at, (size_t)token->length);
    }
}

void cpn_risk_say_action(cpn_text *out, const cpn_playbook *playbook, const cpn_risk_entry *entry,
                         const cpn_risk_book *book, const cpn_risk_subject *subject)
{
    for (int32_t i = 0; i < entry->n_pieces; i++) {
        const cpn_risk_piece *piece = &entry->pieces[i];
        int64_t since = CPN_RISK_NO_MOMENT;
        if (piece->program.n_steps == 0) {
            cpn_text_add(out, piece->text, (size_t)piece->length);
            continue;
        }
        const cpn_risk_program *program = &piece->program;
        if (program->n_tokens == 1 && program->tokens[0].kind == CPN_RISK_IS_FIELD &&
            program->tokens[0].name == CPN_RISK_METRIC_NAME) {
            say_metric(out, playbook, subject->row);
            continue;
        }
        const cpn_risk_value value = cpn_risk_run(program, book, subject, &since);
        const cpn_risk_unit unit = program->n_tokens == 1 && (program->tokens[0].kind == CPN_RISK_IS_METRIC ||
                                                              program->tokens[0].kind == CPN_RISK_IS_FIELD)
                                       ? unit_of(playbook, &program->tokens[0], subject)
                                       : program->unit;
        cpn_risk_say_value(out, &value, unit, playbook->is_chinese);
    }
}

void cpn_risk_say_subject(cpn_text *out, const cpn_risk_subject *subject)
{
    const size_t before = out->length;
    if (subject->id.text) {
        cpn_text_add(out, subject->id.text, subject->id.length);
        return;
    }
    if (subject->row) cpn_text_add(out, subject->row->name.text, subject->row->name.length);
    for (int i = 0; i < CPN_RISK_N_KEYS; i++) {
        if (!subject->keys[i].text) continue;
        if (out->length > before) cpn_text_add_char(out, '/');
        cpn_text_add(out, subject->keys[i].text, subject->keys[i].length);
    }
    if (out->length == before) cpn_text_add_string(out, "plan");
}
