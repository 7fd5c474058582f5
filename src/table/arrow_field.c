/* Arrow schemas: formats, time zones and money metadata, and which types are refused and why. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "table/arrow_read.h"
#include "table/table.h"

typedef struct format_name {
    const char *format;
    cpn_arrow_kind kind;
} format_name;

static const format_name plain_formats[] = {
    { "n", CPN_ARROW_NULL },       { "b", CPN_ARROW_BOOL },       { "c", CPN_ARROW_INT8 },
    { "C", CPN_ARROW_UINT8 },      { "s", CPN_ARROW_INT16 },      { "S", CPN_ARROW_UINT16 },
    { "i", CPN_ARROW_INT32 },      { "I", CPN_ARROW_UINT32 },     { "l", CPN_ARROW_INT64 },
    { "L", CPN_ARROW_UINT64 },     { "f", CPN_ARROW_FLOAT32 },    { "g", CPN_ARROW_FLOAT64 },
    { "tdD", CPN_ARROW_DATE32 },   { "tdm", CPN_ARROW_DATE64 },   { "u", CPN_ARROW_UTF8 },
    { "U", CPN_ARROW_LARGE_UTF8 }, { "vu", CPN_ARROW_UTF8_VIEW },
};

/* What a refused format is called; the longest beginning that fits decides. */
static const struct {
    const char *format, *name;
} refused_formats[] = {
    { "e", "float16" },
    { "z", "binary" },
    { "Z", "large binary" },
    { "vz", "binary view" },
    { "w:", "binary of fixed size" },
    { "tt", "a time of day" },
    { "tD", "a duration" },
    { "ti", "an interval" },
    { "+l", "a list" },
    { "+L", "a large list" },
    { "+w", "a list of fixed size" },
    { "+vl", "a list view" },
    { "+vL", "a large list view" },
    { "+s", "a struct" },
    { "+m", "a map" },
    { "+u", "a union" },
    { "+r", "run-end encoded" },
};

static campaign_status fail_format(const char *name, const char *format, campaign_error *error)
{
    const char *words = "of an unknown Arrow type";
    size_t longest = 0;
    for (size_t i = 0; i < sizeof refused_formats / sizeof *refused_formats; i++) {
        const size_t length = strlen(refused_formats[i].format);
        if (length <= longest || strncmp(format, refused_formats[i].format, length) != 0) continue;
        words = refused_formats[i].name;
        longest = length;
    }
    return cpn_fail(error, CAMPAIGN_E_COLUMN, name,
                    "column \"%s\" is %s (Arrow format \"%.16s\"), which tables do not hold; cast it or leave it out",
                    name, words, format);
}

/* ---- Timestamps ------------------------------------------------------------------------------------------------- */

/* "tsu:Asia/Shanghai": unit and zone. */
static campaign_status read_timestamp(cpn_arrow_field *field, const char *format, const campaign_arrow_options *options,
                                      campaign_error *error)
{
    static const char units[] = "smun";
    static const int64_t ticks[] = { 1, 1000, 1000000, 1000000000 };
    const char *unit = format[2] ? strchr(units, format[2]) : NULL;
    if (!unit || format[3] != ':') return fail_format(field->name, format, error);
    field->kind = CPN_ARROW_TIMESTAMP;
    field->ticks_per_second = ticks[unit - units];
    const char *zone = format + 4;
    if (!*zone) return CAMPAIGN_OK;
    if (!options->has_utc_offset)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, field->name,
                        "column \"%s\" has time zone \"%.40s\"; set utc_offset_minutes (480 for China) to read it on "
                        "the shop's clock",
                        field->name, zone);
    field->shift_microseconds = options->utc_offset_minutes * INT64_C(60000000);
    return CAMPAIGN_OK;
}

/* ---- Decimals --------------------------------------------------------------------------------------------------- */

/* "d:19,2" or "d:19,2,128". */
static campaign_status read_decimal(cpn_arrow_field *field, const char *format, campaign_error *error)
{
    int64_t numbers[3] = { 0, 0, 128 };
    int n = 0;
    for (const char *at = format + 2; n < 3; at++) {
        const size_t length = strcspn(at, ",");
        if (!cpn_parse_int64(&numbers[n++], at, length)) return fail_format(field->name, format, error);
        at += length;
        if (!*at) break;
    }
    const int64_t bits = numbers[2], scale = numbers[1];
    if (n < 2 || (bits != 32 && bits != 64 && bits != 128 && bits != 256))
        return fail_format(field->name, format, error);
    if (scale < -18 || scale > 27)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, field->name,
                        "column \"%s\" has %ld decimals; money has at most 9, and -18 to 27 can be brought there",
                        field->name, (long)scale);
    field->kind = CPN_ARROW_DECIMAL;
    field->decimal_bits = (int32_t)bits;
    field->decimal_scale = (int32_t)scale;
    return CAMPAIGN_OK;
}

static campaign_status read_format(cpn_arrow_field *field, const char *format, const campaign_arrow_options *options,
                                   campaign_error *error)
{
    for (size_t i = 0; i < sizeof plain_formats / sizeof *plain_formats; i++)
        if (strcmp(format, plain_formats[i].format) == 0) {
            field->kind = plain_formats[i].kind;
            return CAMPAIGN_OK;
        }
    if (strncmp(format, "ts", 2) == 0) return read_timestamp(field, format, options, error);
    if (strncmp(format, "d:", 2) == 0) return read_decimal(field, format, error);
    return fail_format(field->name, format, error);
}

/* ---- Metadata --------------------------------------------------------------------------------------------------- */

static int32_t read_int32(const char **at)
{
    int32_t value;
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return value;
}

static bool is_text(const char *bytes, int32_t length, const char *text)
{
    return (size_t)length == strlen(text) && memcmp(bytes, text, (size_t)length) == 0;
}

/* Currency and exponent among the key-value pairs: counts and lengths are int32 in the machine's byte order. */
static campaign_status read_metadata(cpn_arrow_field *field, const char *metadata, campaign_error *error)
{
    field->exponent = -1;
    if (!metadata) return CAMPAIGN_OK;
    const char *at = metadata;
    const int32_t n = read_int32(&at);
    for (int32_t i = 0; i < n; i++) {
        const int32_t key_length = read_int32(&at);
        const char *key = at;
        if (key_length < 0) return cpn_fail(error, CAMPAIGN_E_VALUE, field->name, "the metadata is malformed");
        at += key_length;
        const int32_t value_length = read_int32(&at);
        const char *value = at;
        if (value_length < 0) return cpn_fail(error, CAMPAIGN_E_VALUE, field->name, "the metadata is malformed");
        at += value_length;
        int64_t exponent;
        if (is_text(key, key_length, "campaign.currency")) {
            if (value_length != 3)
                return cpn_fail(error, CAMPAIGN_E_UNKNOWN, field->name, "campaign.currency has %ld letters, not 3",
                                (long)value_length);
            memcpy(field->currency, value, 3);
        } else if (is_text(key, key_length, "campaign.exponent")) {
            if (!cpn_parse_int64(&exponent, value, (size_t)value_length) || exponent < 0 || exponent > 9)
                return cpn_fail(error, CAMPAIGN_E_VALUE, field->name, "campaign.exponent is not a number from 0 to 9");
            field->exponent = (int32_t)exponent;
        }
    }
    return CAMPAIGN_OK;
}

/* A currency on whole numbers says nothing without the exponent: 100 could be one yuan or a hundred. */
static campaign_status check_money(const cpn_arrow_field *field, campaign_error *error)
{
    const bool is_whole = field->kind >= CPN_ARROW_INT8 && field->kind <= CPN_ARROW_UINT64 && !field->is_dictionary;
    if (!is_whole || !field->currency[0] == (field->exponent < 0)) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, field->name,
                    "column \"%s\" has campaign.currency or campaign.exponent, but money needs both", field->name);
}

/* ---- Fields ----------------------------------------------------------------------------------------------------- */

static campaign_status read_dictionary(cpn_arrow_field *field, const struct ArrowSchema *entries,
                                       const campaign_arrow_options *options, campaign_error *error)
{
    field->is_dictionary = true;
    field->index_kind = field->kind;
    if (field->kind < CPN_ARROW_INT8 || field->kind > CPN_ARROW_UINT64 || !entries->format || entries->dictionary)
        return cpn_fail(error, CAMPAIGN_E_VALUE, field->name, "the dictionary of column \"%s\" is malformed",
                        field->name);
    const campaign_status status = read_format(field, entries->format, options, error);
    if (status != CAMPAIGN_OK) return status;
    if (field->kind < CPN_ARROW_UTF8)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, field->name,
                        "column \"%s\" has a dictionary of Arrow format \"%.16s\"; only dictionaries of text are read",
                        field->name, entries->format);
    return CAMPAIGN_OK;
}

campaign_status cpn_arrow_read_field(cpn_arrow_field *field, const struct ArrowSchema *schema, int64_t index,
                                     const campaign_arrow_options *options, campaign_error *error)
{
    memset(field, 0, sizeof *field);
    char place[32];
    (void)snprintf(place, sizeof place, "column %lld", (long long)index);
    if (!schema || !schema->format || !schema->release)
        return cpn_fail(error, CAMPAIGN_E_VALUE, place, "the schema of %s is malformed", place);
    field->name = schema->name;
    if (cpn_check_name(field->name, NULL) != CAMPAIGN_OK)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, place, "%s needs a name of UTF-8 text without control characters",
                        place);
    campaign_status status = read_format(field, schema->format, options, error);
    if (status == CAMPAIGN_OK) status = read_metadata(field, schema->metadata, error);
    if (status == CAMPAIGN_OK && schema->dictionary)
        status = read_dictionary(field, schema->dictionary, options, error);
    if (status == CAMPAIGN_OK) status = check_money(field, error);
    return status;
}

static campaign_status check_schema(const struct ArrowSchema *schema, campaign_error *error)
{
    if (!schema->format || strcmp(schema->format, "+s") != 0)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "schema",
                        "a table needs a struct (record batch), not format \"%.16s\"",
                        schema->format ? schema->format : "");
    if (schema->n_children < 0 || schema->n_children > INT32_MAX || (schema->n_children && !schema->children))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "schema", "a struct cannot have %lld children",
                        (long long)schema->n_children);
    return CAMPAIGN_OK;
}

static campaign_status read_all(cpn_arrow_field *fields, const struct ArrowSchema *schema,
                                const campaign_arrow_options *options, campaign_error *error)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        const campaign_status status = cpn_arrow_read_field(&fields[i], schema->children[i], i, options, error);
        if (status != CAMPAIGN_OK) return status;
        for (int64_t j = 0; j < i; j++)
            if (strcmp(fields[j].name, fields[i].name) == 0)
                return cpn_fail(error, CAMPAIGN_E_DUPLICATE, fields[i].name, "there are two columns \"%s\"",
                                fields[i].name);
    }
    return CAMPAIGN_OK;
}

cpn_arrow_field *cpn_arrow_read_fields(campaign_status *status, const struct ArrowSchema *schema,
                                       const campaign_arrow_options *options, campaign_error *error)
{
    *status = check_schema(schema, error);
    if (*status != CAMPAIGN_OK) return NULL;
    cpn_arrow_field *fields = cpn_alloc(schema->n_children, sizeof *fields);
    *status = fields ? read_all(fields, schema, options, error) : cpn_fail_nomem(error);
    if (*status == CAMPAIGN_OK) return fields;
    cpn_free(fields);
    return NULL;
}
