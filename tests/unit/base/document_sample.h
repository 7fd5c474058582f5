/* A document kind that uses every type of field, for the tests of reading and of the schema. */
#ifndef CPN_TESTS_DOCUMENT_SAMPLE_H
#define CPN_TESTS_DOCUMENT_SAMPLE_H

#include "base/document.h"

#define N_FIELDS(array) (int64_t)(sizeof(array) / sizeof *(array))

static const char *const sample_tiers[] = { "big", "small", NULL };

extern const cpn_record sample_phase;
static const cpn_field sample_phase_fields[] = {
    { .name = "days", .type = CPN_FIELD_INT, .is_required = true, .minimum = "0", .maximum = "366", .en = "Length." },
    { .name = "after", .type = CPN_FIELD_OBJECT, .record = &sample_phase, .en = "The next phase." },
};
const cpn_record sample_phase = { sample_phase_fields, N_FIELDS(sample_phase_fields), false, "A phase.", "阶段。" };

static const cpn_field sample_note_fields[] = {
    { .name = "text", .type = CPN_FIELD_TEXT, .is_required = true },
};
static const cpn_record sample_note = { sample_note_fields, N_FIELDS(sample_note_fields), true, "A note.", "备注。" };

static const cpn_field sample_fields[] = {
    { .name = "name", .type = CPN_FIELD_TEXT, .minimum = "1", .maximum = "12", .en = "Name.", .zh = "名称。" },
    { .name = "currency", .type = CPN_FIELD_TEXT, .fallback = "CNY", .en = "Currency." },
    { .name = "is_open", .type = CPN_FIELD_BOOL, .fallback = "true" },
    { .name = "stores", .type = CPN_FIELD_INT, .minimum = "-5", .maximum = "120", .fallback = "7" },
    { .name = "factor", .type = CPN_FIELD_DECIMAL, .minimum = "0.3", .maximum = "1e3", .fallback = "1.25" },
    { .name = "share", .type = CPN_FIELD_RATE, .minimum = "0", .maximum = "1", .fallback = "80%" },
    { .name = "budget", .type = CPN_FIELD_MONEY, .is_required = true, .minimum = "0" },
    { .name = "reserve", .type = CPN_FIELD_MONEY, .fallback = "10.50" },
    { .name = "start", .type = CPN_FIELD_DATE, .fallback = "2027-01-01" },
    { .name = "tier", .type = CPN_FIELD_ENUM, .choices = sample_tiers, .fallback = "small" },
    { .name = "owner", .type = CPN_FIELD_KEY, .allows_null = true, .fallback = "Li" },
    { .name = "phase", .type = CPN_FIELD_OBJECT, .record = &sample_phase, .allows_null = true },
    { .name = "phases", .type = CPN_FIELD_LIST, .item = CPN_FIELD_OBJECT, .record = &sample_phase },
    { .name = "note", .type = CPN_FIELD_OBJECT, .record = &sample_note },
    { .name = "days", .type = CPN_FIELD_LIST, .item = CPN_FIELD_DATE, .minimum = "1", .maximum = "3" },
    { .name = "amounts", .type = CPN_FIELD_LIST, .item = CPN_FIELD_MONEY, .allows_null = true, .fallback = "[]" },
    { .name = "tiers",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_ENUM,
      .choices = sample_tiers,
      .fallback = "[\"big\"]" },
    { .name = "shares", .type = CPN_FIELD_MAP, .item = CPN_FIELD_RATE, .minimum = "0", .maximum = "1" },
    { .name = "notes", .type = CPN_FIELD_MAP, .item = CPN_FIELD_OBJECT, .record = &sample_note },
    { .name = "extra", .type = CPN_FIELD_ANY },
};
static const cpn_record sample_record = { sample_fields, N_FIELDS(sample_fields), false, "A sample.", "样例。" };
static const cpn_document_kind sample_kind = { "campaign/sample/1", &sample_record, "A sample.", "样例。" };

#endif
