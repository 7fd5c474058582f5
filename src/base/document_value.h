/* Inside of documents: one value against its field. Not for other folders. */
#ifndef CPN_BASE_DOCUMENT_VALUE_H
#define CPN_BASE_DOCUMENT_VALUE_H

#include "base/decimal.h"
#include "base/document.h"

enum { CPN_LONGEST_PERCENTAGE = 40 };

/* The field of that name, or NULL. */
const cpn_field *cpn_find_field(const cpn_record *record, const char *name, size_t length);

/* Checks the value itself, not what is inside it; is_item: as an item of the LIST or MAP field. */
campaign_status cpn_check_value(const cpn_json_value *value, const cpn_field *field, bool is_item,
                                campaign_error *error);

/* The number that the text of a DECIMAL, RATE or MONEY stands for. */
bool cpn_read_number(cpn_decimal *number, const char *text, size_t length, cpn_field_type type, bool is_string);

/* Names for a message: "a, b, c", cut with an ellipsis. */
enum { CPN_NAMES_TEXT = 120 };
const char *cpn_join_names(char text[CPN_NAMES_TEXT], const char *const *names, int64_t n_names);

#endif
