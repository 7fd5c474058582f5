/* One value of a document against its field: type, limits, choices. Numbers are compared as decimals, never as doubles.
 * What is inside a container is for document_check.c. */
#include "base/document_value.h"

#include <string.h>

#include "base/number.h"

bool cpn_read_number(cpn_decimal *number, const char *text, size_t length, cpn_field_type type, bool is_string)
{
    if (type != CPN_FIELD_RATE || !is_string) return cpn_decimal_read(number, text, length, is_string);
    if (length == 0 || text[length - 1] != '%' || !cpn_decimal_read(number, text, length - 1, true)) return false;
    number->magnitude -= 2;
    return true;
}

static const char *expectation(cpn_field_type type)
{
    switch (type) {
    case CPN_FIELD_TEXT: return "text";
    case CPN_FIELD_BOOL: return "true or false";
    case CPN_FIELD_INT: return "a whole number";
    case CPN_FIELD_DECIMAL: return "a number";
    case CPN_FIELD_RATE: return "a rate such as 0.15 or \"15%\"";
    case CPN_FIELD_MONEY: return "an amount such as 19.90 or \"19.90\"";
    case CPN_FIELD_DATE: return "a date such as \"2027-02-06\"";
    case CPN_FIELD_ENUM: return "one of the field's words";
    case CPN_FIELD_KEY: return "text or a whole number";
    case CPN_FIELD_OBJECT:
    case CPN_FIELD_MAP: return "an object {…}";
    case CPN_FIELD_LIST: return "a list […]";
    case CPN_FIELD_ANY: return "any value";
    }
    return "";
}

/* Fails with what was expected and what stands there. */
static campaign_status fail_expected(campaign_error *error, campaign_status code, const cpn_json_value *value,
                                     const char *expected)
{
    char shown[CPN_JSON_SHOWN];
    const char *found = "", *quote = "";
    switch (value->kind) {
    case CPN_JSON_NULL: found = "null"; break;
    case CPN_JSON_BOOL: found = value->boolean ? "true" : "false"; break;
    case CPN_JSON_STRING:
        quote = "\"";
        found = cpn_json_show(shown, value->text, value->length);
        break;
    case CPN_JSON_NUMBER: found = cpn_json_show(shown, value->text, value->length); break;
    case CPN_JSON_ARRAY: found = "a list"; break;
    case CPN_JSON_OBJECT: found = "an object"; break;
    }
    return cpn_json_fail(error, code, value, "expected %s, found %s%s%s", expected, quote, found, quote);
}

/* Whether a count keeps the field's limits; names the unit where it does not. */
static campaign_status check_count(const cpn_json_value *value, const cpn_field *field, int64_t count, const char *unit,
                                   campaign_error *error)
{
    int64_t limit;
    if (field->minimum && cpn_parse_int64(&limit, field->minimum, strlen(field->minimum)) && count < limit)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "%lld %s, at least %s needed", (long long)count, unit,
                             field->minimum);
    if (field->maximum && cpn_parse_int64(&limit, field->maximum, strlen(field->maximum)) && count > limit)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "%lld %s, at most %s allowed", (long long)count, unit,
                             field->maximum);
    return CAMPAIGN_OK;
}

static campaign_status check_number_limits(const cpn_json_value *value, const cpn_field *field,
                                           const cpn_decimal *number, campaign_error *error)
{
    char shown[CPN_JSON_SHOWN];
    cpn_decimal limit;
    if (field->minimum && cpn_decimal_read(&limit, field->minimum, strlen(field->minimum), false) &&
        cpn_decimal_compare(number, &limit) < 0)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "%s is below the minimum of %s",
                             cpn_json_show(shown, value->text, value->length), field->minimum);
    if (field->maximum && cpn_decimal_read(&limit, field->maximum, strlen(field->maximum), false) &&
        cpn_decimal_compare(number, &limit) > 0)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "%s is above the maximum of %s",
                             cpn_json_show(shown, value->text, value->length), field->maximum);
    return CAMPAIGN_OK;
}

static campaign_status check_text(const cpn_json_value *value, const cpn_field *field, bool has_limits,
                                  campaign_error *error)
{
    if (value->length && !cpn_is_key(value->text, value->length))
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "text with a control character is not allowed here");
    return has_limits ? check_count(value, field, value->length, "bytes of text", error) : CAMPAIGN_OK;
}

static campaign_status check_whole(const cpn_json_value *value, const cpn_field *field, bool has_limits,
                                   campaign_error *error)
{
    char shown[CPN_JSON_SHOWN];
    int64_t integer;
    cpn_decimal number;
    const bool is_whole = strspn(value->text, "-0123456789") == value->length;
    if (!is_whole) return fail_expected(error, CAMPAIGN_E_VALUE, value, expectation(CPN_FIELD_INT));
    if (!cpn_parse_int64(&integer, value->text, value->length))
        return cpn_json_fail(error, CAMPAIGN_E_OVERFLOW, value, "%s does not fit 64 bits",
                             cpn_json_show(shown, value->text, value->length));
    if (!has_limits || !cpn_decimal_read(&number, value->text, value->length, true)) return CAMPAIGN_OK;
    return check_number_limits(value, field, &number, error);
}

/* DECIMAL, RATE and MONEY. */
static campaign_status check_number(const cpn_json_value *value, const cpn_field *field, cpn_field_type type,
                                    bool has_limits, campaign_error *error)
{
    const bool is_string = value->kind == CPN_JSON_STRING;
    cpn_decimal number;
    double nearest;
    if (!cpn_read_number(&number, value->text, value->length, type, is_string))
        return fail_expected(error, CAMPAIGN_E_SYNTAX, value, expectation(type));
    if (is_string && type == CPN_FIELD_RATE && value->length > CPN_LONGEST_PERCENTAGE)
        return cpn_json_fail(error, CAMPAIGN_E_LIMIT, value, "a percentage has at most %d characters",
                             CPN_LONGEST_PERCENTAGE);
    if ((!is_string || type != CPN_FIELD_RATE) && !cpn_parse_double(&nearest, value->text, value->length))
        return fail_expected(error, CAMPAIGN_E_OVERFLOW, value, "a number below 1.8e308");
    return has_limits ? check_number_limits(value, field, &number, error) : CAMPAIGN_OK;
}

static campaign_status check_date(const cpn_json_value *value, campaign_error *error)
{
    int32_t day;
    const campaign_status status = campaign_date_parse(&day, value->text, value->length, NULL);
    if (status == CAMPAIGN_E_VALUE)
        return cpn_json_fail(error, status, value, "the date %s does not exist", value->text);
    return status == CAMPAIGN_OK ? status : fail_expected(error, status, value, expectation(CPN_FIELD_DATE));
}

const char *cpn_join_names(char text[CPN_NAMES_TEXT], const char *const *names, int64_t n_names)
{
    static const char more[] = ", …";
    size_t length = 0;
    text[0] = '\0';
    for (int64_t i = 0; i < n_names; i++) {
        const size_t n = strlen(names[i]);
        if (length + 2 + n + sizeof more > CPN_NAMES_TEXT) {
            memcpy(text + length, more, sizeof more);
            break;
        }
        memcpy(text + length, ", ", i ? 2 : 0);
        length += i ? 2 : 0;
        memcpy(text + length, names[i], n + 1);
        length += n;
    }
    return text;
}

static campaign_status check_choice(const cpn_json_value *value, const cpn_field *field, campaign_error *error)
{
    int64_t n_choices = 0;
    for (; field->choices[n_choices]; n_choices++)
        if (strlen(field->choices[n_choices]) == value->length &&
            memcmp(field->choices[n_choices], value->text, value->length) == 0)
            return CAMPAIGN_OK;
    char shown[CPN_JSON_SHOWN], names[CPN_NAMES_TEXT];
    const int64_t nearest = cpn_nearest_name(value->text, value->length, field->choices, n_choices);
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "\"%s\" is not one of %s%s%s%s",
                         cpn_json_show(shown, value->text, value->length),
                         cpn_join_names(names, field->choices, n_choices), nearest < 0 ? "" : "; did you mean \"",
                         nearest < 0 ? "" : field->choices[nearest], nearest < 0 ? "" : "\"?");
}

static bool has_right_kind(cpn_json_kind kind, cpn_field_type type)
{
    const bool is_string = kind == CPN_JSON_STRING, is_number = kind == CPN_JSON_NUMBER;
    switch (type) {
    case CPN_FIELD_TEXT:
    case CPN_FIELD_DATE:
    case CPN_FIELD_ENUM: return is_string;
    case CPN_FIELD_BOOL: return kind == CPN_JSON_BOOL;
    case CPN_FIELD_INT: return is_number;
    case CPN_FIELD_DECIMAL:
    case CPN_FIELD_RATE:
    case CPN_FIELD_MONEY:
    case CPN_FIELD_KEY: return is_string || is_number;
    case CPN_FIELD_OBJECT:
    case CPN_FIELD_MAP: return kind == CPN_JSON_OBJECT;
    case CPN_FIELD_LIST: return kind == CPN_JSON_ARRAY;
    case CPN_FIELD_ANY: return true;
    }
    return false;
}

campaign_status cpn_check_value(const cpn_json_value *value, const cpn_field *field, bool is_item,
                                campaign_error *error)
{
    const cpn_field_type type = is_item ? field->item : field->type;
    const bool is_container = field->type == CPN_FIELD_LIST || field->type == CPN_FIELD_MAP;
    const bool has_limits = !is_item || field->type == CPN_FIELD_MAP; /* those of a LIST count its items */
    if (value->kind == CPN_JSON_NULL && field->allows_null && is_item == is_container) return CAMPAIGN_OK;
    if (!has_right_kind(value->kind, type)) return fail_expected(error, CAMPAIGN_E_VALUE, value, expectation(type));
    switch (type) {
    case CPN_FIELD_TEXT: return check_text(value, field, has_limits, error);
    case CPN_FIELD_INT: return check_whole(value, field, has_limits, error);
    case CPN_FIELD_DECIMAL:
    case CPN_FIELD_RATE:
    case CPN_FIELD_MONEY: return check_number(value, field, type, has_limits, error);
    case CPN_FIELD_DATE: return check_date(value, error);
    case CPN_FIELD_ENUM: return check_choice(value, field, error);
    case CPN_FIELD_KEY:
        if (value->kind == CPN_JSON_NUMBER) return check_whole(value, field, false, error);
        if (value->length == 0) return cpn_json_fail(error, CAMPAIGN_E_VALUE, value, "a key must not be empty");
        return check_text(value, field, has_limits, error);
    case CPN_FIELD_LIST: return is_item ? CAMPAIGN_OK : check_count(value, field, value->n_children, "items", error);
    case CPN_FIELD_BOOL:
    case CPN_FIELD_OBJECT:
    case CPN_FIELD_MAP:
    case CPN_FIELD_ANY: return CAMPAIGN_OK;
    }
    return CAMPAIGN_OK;
}
