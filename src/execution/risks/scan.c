/* The words of conditions: numbers and percentages, dates, texts in single quotes, names, operators, parentheses. */
#include <string.h>

#include "base/number.h"
#include "execution/risks/risk.h"

typedef struct symbol {
    const char *text;
    cpn_risk_operator op;
} symbol;

/* Longer ones first. */
static const symbol symbols[] = {
    { "<=", CPN_RISK_AT_MOST }, { ">=", CPN_RISK_AT_LEAST }, { "!=", CPN_RISK_UNEQUAL }, { "==", CPN_RISK_EQUAL },
    { "≤", CPN_RISK_AT_MOST },  { "≥", CPN_RISK_AT_LEAST },  { "≠", CPN_RISK_UNEQUAL },  { "×", CPN_RISK_TIMES },
    { "÷", CPN_RISK_OVER },     { "<", CPN_RISK_LESS },      { ">", CPN_RISK_MORE },     { "=", CPN_RISK_EQUAL },
    { "+", CPN_RISK_PLUS },     { "-", CPN_RISK_MINUS },     { "*", CPN_RISK_TIMES },    { "/", CPN_RISK_OVER },
};
static const symbol words[] = {
    { "or", CPN_RISK_OR },           { "and", CPN_RISK_AND },     { "not", CPN_RISK_NOT },
    { "between", CPN_RISK_BETWEEN }, { "known", CPN_RISK_KNOWN }, { "unknown", CPN_RISK_UNKNOWN },
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

/* A date of ten characters that nothing continues. */
static bool scan_day(cpn_risk_token *token, const char *text, int32_t length)
{
    int32_t day;
    if (length < 10 || text[4] != '-' || campaign_date_parse(&day, text, 10, NULL) != CAMPAIGN_OK) return false;
    *token = (cpn_risk_token){ .kind = CPN_RISK_IS_DAY, .length = 10, .number = day };
    return true;
}

static campaign_status scan_number(cpn_risk_token *token, const char *text, int32_t length, const cpn_json_value *value,
                                   campaign_error *error)
{
    int32_t n = 0;
    double number;
    if (scan_day(token, text, length)) return CAMPAIGN_OK;
    while (n < length && (is_digit(text[n]) || text[n] == '.')) n++;
    const bool is_percent = n < length && text[n] == '%';
    const int32_t end = n + is_percent;
    if ((end < length && is_name_start(text[end])) || !cpn_parse_double(&number, text, (size_t)n))
        return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, value, "\"%.*s\" is no number",
                             (int)cpn_utf8_cut(text, (size_t)length, 24), text);
    *token = (cpn_risk_token){ .kind = CPN_RISK_IS_NUMBER,
                               .length = end,
                               .number = is_percent ? number / 100 : number,
                               .is_percent = is_percent };
    return CAMPAIGN_OK;
}

static campaign_status scan_quoted(cpn_risk_token *token, const char *text, int32_t length, const cpn_json_value *value,
                                   campaign_error *error)
{
    const char *end = memchr(text + 1, '\'', (size_t)length - 1);
    if (!end) return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, value, "a text begins with ' and does not end");
    *token = (cpn_risk_token){ .kind = CPN_RISK_IS_TEXT, .length = (int32_t)(end - text) + 1 };
    return CAMPAIGN_OK;
}

/* A metric with a part: "cpa", "cpa.target", "cpa.off", "cpa.hours". */
static bool find_part(cpn_risk_token *token, const cpn_risk_names *names, const char *text, size_t length)
{
    static const char *const parts[] = { "", ".target", ".off", ".hours" };
    for (int part = 0; part < 4; part++) {
        const size_t n = strlen(parts[part]);
        if (n > length || memcmp(text + length - n, parts[part], n) != 0) continue;
        const int32_t metric = cpn_risk_find_metric(names, text, length - n);
        if (metric < 0) continue;
        *token = (cpn_risk_token){ .kind = CPN_RISK_IS_METRIC, .part = (cpn_risk_part)part, .name = metric };
        return true;
    }
    return false;
}

static campaign_status scan_name(cpn_risk_token *token, const char *text, int32_t length, const cpn_risk_names *names,
                                 const cpn_json_value *value, campaign_error *error)
{
    int32_t n = 0;
    while (n < length && (is_name_start(text[n]) || is_digit(text[n]) || text[n] == '.') &&
           (unsigned char)text[n] != 0xC3 && (unsigned char)text[n] != 0xE2)
        n++;
    const size_t size = (size_t)n;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].text) == size && memcmp(words[i].text, text, size) == 0) {
            *token = (cpn_risk_token){ .kind = CPN_RISK_IS_OPERATOR, .op = words[i].op, .length = n };
            return CAMPAIGN_OK;
        }
    for (int32_t i = 0; i < CPN_RISK_N_FIELDS; i++)
        if (strlen(cpn_risk_fields[i].name) == size && memcmp(cpn_risk_fields[i].name, text, size) == 0) {
            *token = (cpn_risk_token){ .kind = CPN_RISK_IS_FIELD, .name = i, .length = n };
            return CAMPAIGN_OK;
        }
    if (find_part(token, names, text, size)) {
        token->length = n;
        return CAMPAIGN_OK;
    }
    char shown[CPN_JSON_SHOWN];
    const char *nearest = cpn_risk_nearest(names, text, size, true);
    cpn_json_show(shown, text, size);
    if (nearest)
        return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no metric or name \"%s\", did you mean \"%s\"?", shown,
                             nearest);
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no metric or name \"%s\"; the list metrics can declare it",
                         shown);
}

static bool scan_symbol(cpn_risk_token *token, const char *text, int32_t length)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        const size_t n = strlen(symbols[i].text);
        if ((size_t)length < n || memcmp(symbols[i].text, text, n) != 0) continue;
        *token = (cpn_risk_token){ .kind = CPN_RISK_IS_OPERATOR, .op = symbols[i].op, .length = (int32_t)n };
        return true;
    }
    if (*text != '(' && *text != ')') return false;
    *token = (cpn_risk_token){ .kind = *text == '(' ? CPN_RISK_IS_OPEN : CPN_RISK_IS_CLOSE, .length = 1 };
    return true;
}

campaign_status cpn_risk_scan(cpn_risk_token *token, int32_t *at, const char *text, int32_t length,
                              const cpn_risk_names *names, const cpn_json_value *value, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    while (*at < length && text[*at] == ' ') ++*at;
    const char *here = text + *at;
    const int32_t rest = length - *at;
    if (rest == 0)
        *token = (cpn_risk_token){ .kind = CPN_RISK_IS_END };
    else if (is_digit(*here) || *here == '.')
        status = scan_number(token, here, rest, value, error);
    else if (*here == '\'')
        status = scan_quoted(token, here, rest, value, error);
    else if (!scan_symbol(token, here, rest)) {
        if (!is_name_start(*here) || (unsigned char)*here == 0xC3 || (unsigned char)*here == 0xE2)
            return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, value, "\"%.*s\" has no meaning in a condition",
                                 (int)cpn_utf8_cut(here, (size_t)rest, 4), here);
        status = scan_name(token, here, rest, names, value, error);
    }
    token->at = *at;
    if (status == CAMPAIGN_OK) *at += token->length;
    return status;
}
