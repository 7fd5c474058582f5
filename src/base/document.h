/* Documents: JSON checked against one constant field table per kind.
 *
 * The table is the only place where a field's name, type, limits, default and words stand. It drives the reader (unknown
 * keys with the nearest known one, types, limits, required fields), the getters' defaults and the JSON Schema. */
#ifndef CPN_BASE_DOCUMENT_H
#define CPN_BASE_DOCUMENT_H

#include "base/json.h"

typedef enum cpn_field_type {
    CPN_FIELD_TEXT, /* string without control characters; minimum/maximum bound its length in bytes */
    CPN_FIELD_BOOL,
    CPN_FIELD_INT,     /* whole number within int64, written without point or exponent */
    CPN_FIELD_DECIMAL, /* number, or string holding one without exponent; fits a double */
    CPN_FIELD_RATE,    /* 0.15 or "15%" */
    CPN_FIELD_MONEY,   /* number, or string holding one without exponent, in major units */
    CPN_FIELD_DATE,    /* "2027-02-06" */
    CPN_FIELD_ENUM,    /* one of choices */
    CPN_FIELD_KEY,     /* text or whole number: a customer, product, channel … */
    CPN_FIELD_OBJECT,  /* described by record */
    CPN_FIELD_MAP,     /* object with free keys; its values are of item type, described by record where objects */
    CPN_FIELD_LIST,    /* array whose items are of item type, described by record where objects */
    CPN_FIELD_ANY
} cpn_field_type;

typedef struct cpn_field {
    const char *name;
    cpn_field_type type;
    cpn_field_type item; /* of LIST and MAP */
    bool is_required;
    bool allows_null; /* null says the same as absence; of a LIST or MAP: its items may be null */
    /* Default, or NULL. As the value reads: .fallback = "CNY", "half_up", "2027-02-06", "0.15", "15%", "true"; no quotes.
     * LIST, MAP, OBJECT, ANY: JSON text, for the schema only. */
    const char *fallback;
    /* Decimal text, or NULL. TEXT: bytes; LIST: items; MAP: each of its values; numbers: the value ("15%" is 0.15). */
    const char *minimum;
    const char *maximum;
    const char *const *choices; /* ENUM: NULL-terminated */
    const struct cpn_record *record;
    const char *en, *zh; /* what the field means, one sentence each */
} cpn_field;

typedef struct cpn_record {
    const cpn_field *fields;
    int64_t n_fields;
    bool allows_unknown; /* foreign formats only */
    const char *en, *zh;
} cpn_record;

typedef struct cpn_document_kind {
    const char *schema; /* "campaign/plan_request/1"; every document carries it under "schema" */
    const cpn_record *record;
    const char *en, *zh;
} cpn_document_kind;

/* Reads text and checks the whole tree; the root must carry "schema" with the kind's own value. After success the typed
 * getters below cannot meet a wrong type. */
campaign_status cpn_document_read(cpn_json **json, const char *text, size_t length, const cpn_document_kind *kind,
                                  campaign_error *error);

/* The same for an object at hand: a document inside another, or one that was read already to see what it is. */
campaign_status cpn_document_check_kind(const cpn_json_value *object, const cpn_document_kind *kind,
                                        campaign_error *error);

/* Checks one value against a record, for documents that come in more than one shape. "schema" is a key like others. */
campaign_status cpn_document_check(const cpn_json_value *object, const cpn_record *record, campaign_error *error);

/* Typed getters of a checked object: the member, or the field's fallback (0, NULL where there is none). object may be
 * NULL: all members absent. The record must have the field. */
const cpn_json_value *cpn_get(const cpn_json_value *object, const char *name); /* NULL where absent or null */
const char *cpn_get_text(const cpn_json_value *object, const cpn_record *record, const char *name);
bool cpn_get_bool(const cpn_json_value *object, const cpn_record *record, const char *name);
int64_t cpn_get_int(const cpn_json_value *object, const cpn_record *record, const char *name);
double cpn_get_decimal(const cpn_json_value *object, const cpn_record *record, const char *name);
int32_t cpn_get_date(const cpn_json_value *object, const cpn_record *record, const char *name);
/* Index in the field's choices. */
int32_t cpn_get_enum(const cpn_json_value *object, const cpn_record *record, const char *name);

/* Parts per million of a RATE, exactly; CAMPAIGN_E_VALUE where it has more than six decimals. */
campaign_status cpn_get_ppm(int64_t *ppm, const cpn_json_value *object, const cpn_record *record, const char *name,
                            campaign_error *error);
/* Minor units of a MONEY field, exactly; CAMPAIGN_E_VALUE with its place where it has more decimals than exponent. */
campaign_status cpn_get_money(int64_t *minor, const cpn_json_value *object, const cpn_record *record, const char *name,
                              int32_t exponent, campaign_error *error);

/* The same of a value at hand, such as an item of a LIST or MAP, that has passed its check and is not null. Its text is
 * value->text, its truth value->boolean. */
int64_t cpn_value_int(const cpn_json_value *value);
double cpn_value_decimal(const cpn_json_value *value); /* DECIMAL, INT, RATE, MONEY: the nearest double */
int32_t cpn_value_date(const cpn_json_value *value);
int32_t cpn_value_enum(const cpn_json_value *value, const char *const *choices);
campaign_status cpn_value_ppm(int64_t *ppm, const cpn_json_value *value, campaign_error *error);
campaign_status cpn_value_money(int64_t *minor, const cpn_json_value *value, int32_t exponent, campaign_error *error);

/* The kind as a JSON Schema (draft 2020-12), with the words of language "en" or "zh" as descriptions. */
void cpn_document_write_schema(cpn_text *out, const cpn_document_kind *kind, const char *language);

#endif
