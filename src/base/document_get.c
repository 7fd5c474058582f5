/* Typed values of a checked document: what stands there, or the field's default. */
#include "base/document.h"

#include <assert.h>
#include <string.h>

#include "base/document_value.h"
#include "base/number.h"

/* Text of the member as the field's type reads it, or the default; NULL where there is neither. */
typedef struct source {
    const cpn_json_value *value; /* NULL: the default */
    const cpn_field *field;
    const char *text;
    size_t length;
} source;

static source find_source(const cpn_json_value *object, const cpn_record *record, const char *name)
{
    source found = { .value = cpn_get(object, name), .field = cpn_find_field(record, name, strlen(name)) };
    assert(found.field);
    if (found.value) {
        found.text = found.value->text;
        found.length = found.value->length;
    } else if (found.field->fallback) {
        found.text = found.field->fallback;
        found.length = strlen(found.text);
    }
    return found;
}

const cpn_json_value *cpn_get(const cpn_json_value *object, const char *name)
{
    const cpn_json_value *value = cpn_json_member(object, name);
    return value && value->kind != CPN_JSON_NULL ? value : NULL;
}

const char *cpn_get_text(const cpn_json_value *object, const cpn_record *record, const char *name)
{
    return find_source(object, record, name).text;
}

bool cpn_get_bool(const cpn_json_value *object, const cpn_record *record, const char *name)
{
    const source found = find_source(object, record, name);
    return found.value ? found.value->boolean : found.text && strcmp(found.text, "true") == 0;
}

static int64_t read_int(const char *text, size_t length)
{
    int64_t integer = 0;
    const bool is_whole = !text || cpn_parse_int64(&integer, text, length);
    assert(is_whole);
    (void)is_whole;
    return integer;
}

int64_t cpn_get_int(const cpn_json_value *object, const cpn_record *record, const char *name)
{
    const source found = find_source(object, record, name);
    return read_int(found.text, found.length);
}

int64_t cpn_value_int(const cpn_json_value *value)
{
    return read_int(value->text, value->length);
}

/* The nearest double, of "12.5%" too: as 12.5e-2. */
static double read_double(const char *text, size_t length)
{
    char scaled[CPN_LONGEST_PERCENTAGE + 4];
    if (length > 0 && text[length - 1] == '%' && length <= CPN_LONGEST_PERCENTAGE) {
        memcpy(scaled, text, length - 1);
        memcpy(scaled + length - 1, "e-2", 3);
        text = scaled;
        length += 2;
    }
    double value = 0;
    const bool is_number = !text || cpn_parse_double(&value, text, length);
    assert(is_number);
    (void)is_number;
    return value;
}

double cpn_get_decimal(const cpn_json_value *object, const cpn_record *record, const char *name)
{
    const source found = find_source(object, record, name);
    return read_double(found.text, found.length);
}

double cpn_value_decimal(const cpn_json_value *value)
{
    return read_double(value->text, value->length);
}

static int32_t read_date(const char *text, size_t length)
{
    int32_t day = 0;
    const bool is_date = !text || campaign_date_parse(&day, text, length, NULL) == CAMPAIGN_OK;
    assert(is_date);
    (void)is_date;
    return day;
}

int32_t cpn_get_date(const cpn_json_value *object, const cpn_record *record, const char *name)
{
    const source found = find_source(object, record, name);
    return read_date(found.text, found.length);
}

int32_t cpn_value_date(const cpn_json_value *value)
{
    return read_date(value->text, value->length);
}

static int32_t find_choice(const char *text, const char *const *choices)
{
    int32_t i = 0;
    while (text && choices[i] && strcmp(choices[i], text) != 0) i++;
    assert(!text || choices[i]);
    return i;
}

int32_t cpn_get_enum(const cpn_json_value *object, const cpn_record *record, const char *name)
{
    const source found = find_source(object, record, name);
    return find_choice(found.text, found.field->choices);
}

int32_t cpn_value_enum(const cpn_json_value *value, const char *const *choices)
{
    return find_choice(value->text, choices);
}

/* ---- Exact integers --------------------------------------------------------------------------------------------- */

/* The number times 10^scale; place is named in errors. */
static campaign_status read_scaled(int64_t *integer, const source *found, cpn_field_type type, int32_t scale,
                                   const cpn_json_value *place, campaign_error *error)
{
    *integer = 0;
    if (!found->text) return CAMPAIGN_OK;
    const bool is_percentage = type == CPN_FIELD_RATE && found->length && found->text[found->length - 1] == '%';
    cpn_decimal number = { 0 };
    const bool is_number = cpn_read_number(&number, found->text, found->length, type, is_percentage);
    assert(is_number);
    (void)is_number;
    const campaign_status status = cpn_decimal_scaled(integer, &number, scale);
    if (status == CAMPAIGN_OK) return status;
    char shown[CPN_JSON_SHOWN];
    cpn_json_show(shown, found->text, found->length);
    if (!place) return cpn_fail(error, status, found->field ? found->field->name : NULL, "%s does not fit", shown);
    if (status == CAMPAIGN_E_OVERFLOW) return cpn_json_fail(error, status, place, "%s is too large", shown);
    return cpn_json_fail(error, status, place, "%s has more than %d decimals", shown, scale - (is_percentage ? 2 : 0));
}

campaign_status cpn_get_ppm(int64_t *ppm, const cpn_json_value *object, const cpn_record *record, const char *name,
                            campaign_error *error)
{
    const source found = find_source(object, record, name);
    return read_scaled(ppm, &found, CPN_FIELD_RATE, 6, found.value ? found.value : object, error);
}

campaign_status cpn_value_ppm(int64_t *ppm, const cpn_json_value *value, campaign_error *error)
{
    const source found = { .text = value->text, .length = value->length };
    return read_scaled(ppm, &found, CPN_FIELD_RATE, 6, value, error);
}

campaign_status cpn_get_money(int64_t *minor, const cpn_json_value *object, const cpn_record *record, const char *name,
                              int32_t exponent, campaign_error *error)
{
    const source found = find_source(object, record, name);
    return read_scaled(minor, &found, CPN_FIELD_MONEY, exponent, found.value ? found.value : object, error);
}

campaign_status cpn_value_money(int64_t *minor, const cpn_json_value *value, int32_t exponent, campaign_error *error)
{
    const source found = { .text = value->text, .length = value->length };
    return read_scaled(minor, &found, CPN_FIELD_MONEY, exponent, value, error);
}
