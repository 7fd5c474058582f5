/* Writes JSON text, the same bytes for the same calls: two blanks a level, or one line where a container is flat.
 * Misuse by our own code (a member without a key, one close too many) is an assert; depth is the caller's data, and
 * what stands deeper than the reader would read fails the text and is left out. */
#include "base/json.h"

#include <assert.h>
#include <string.h>

#include "base/json_reader.h"
#include "base/number.h"

/* Comma, line break and indentation before a key or an item. */
static void start_item(cpn_json_writer *writer)
{
    const int32_t depth = writer->depth;
    if (depth == 0) return;
    if (writer->has_items[depth]) cpn_text_add_char(writer->text, ',');
    if (!writer->is_flat[depth]) {
        cpn_text_add_char(writer->text, '\n');
        for (int32_t i = 0; i < depth; i++) cpn_text_add(writer->text, "  ", 2);
    } else if (writer->has_items[depth]) {
        cpn_text_add_char(writer->text, ' ');
    }
    writer->has_items[depth] = true;
}

/* False where the value is too deep to be written. */
static bool start_value(cpn_json_writer *writer)
{
    if (writer->depth > CPN_JSON_DEPTH) return false;
    assert(writer->has_key == (writer->depth > 0 && writer->is_object[writer->depth]));
    if (!writer->has_key) start_item(writer);
    writer->has_key = false;
    return true;
}

static void open_container(cpn_json_writer *writer, bool is_object, bool is_flat)
{
    const bool has_place = start_value(writer);
    const int32_t depth = ++writer->depth;
    if (!has_place || depth > CPN_JSON_DEPTH) {
        writer->text->has_failed = true;
        return;
    }
    writer->is_flat[depth] = is_flat || (depth > 1 && writer->is_flat[depth - 1]);
    writer->has_items[depth] = false;
    writer->is_object[depth] = is_object;
    cpn_text_add_char(writer->text, is_object ? '{' : '[');
}

void cpn_json_open_object(cpn_json_writer *writer, bool is_flat)
{
    open_container(writer, true, is_flat);
}

void cpn_json_open_array(cpn_json_writer *writer, bool is_flat)
{
    open_container(writer, false, is_flat);
}

void cpn_json_close(cpn_json_writer *writer)
{
    assert(writer->depth > 0 && !writer->has_key);
    const int32_t depth = writer->depth--;
    if (depth > CPN_JSON_DEPTH) return;
    if (writer->has_items[depth] && !writer->is_flat[depth]) {
        cpn_text_add_char(writer->text, '\n');
        for (int32_t i = 1; i < depth; i++) cpn_text_add(writer->text, "  ", 2);
    }
    cpn_text_add_char(writer->text, writer->is_object[depth] ? '}' : ']');
}

/* Quotes and escapes; what needs no escape stays as it is, Chinese text too. */
static void add_quoted(cpn_text *out, const char *text, size_t length)
{
    static const char hex[] = "0123456789abcdef", values[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
    cpn_text_add_char(out, '"');
    size_t from = 0; /* of the plain stretch that is not written yet */
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        cpn_text_add(out, text + from, i - from);
        from = i + 1;
        const char *value = byte ? strchr(values, byte) : NULL;
        const char escape[6] = { '\\', value ? names[value - values] : 'u', '0', '0', hex[byte >> 4], hex[byte & 15] };
        cpn_text_add(out, escape, value ? 2 : 6);
    }
    cpn_text_add(out, text + from, length - from);
    cpn_text_add_char(out, '"');
}

static void add_key(cpn_json_writer *writer, const char *key, size_t length)
{
    if (writer->depth > CPN_JSON_DEPTH) return;
    assert(writer->depth > 0 && writer->is_object[writer->depth] && !writer->has_key);
    start_item(writer);
    add_quoted(writer->text, key, length);
    cpn_text_add(writer->text, ": ", 2);
    writer->has_key = true;
}

void cpn_json_key(cpn_json_writer *writer, const char *key)
{
    add_key(writer, key, strlen(key));
}

void cpn_json_string(cpn_json_writer *writer, const char *text, size_t length)
{
    if (start_value(writer)) add_quoted(writer->text, length ? text : "", length); /* empty cells have no pointer */
}

void cpn_json_string_z(cpn_json_writer *writer, const char *text)
{
    cpn_json_string(writer, text, strlen(text));
}

void cpn_json_number_text(cpn_json_writer *writer, const char *text, size_t length)
{
    if (start_value(writer)) cpn_text_add(writer->text, text, length);
}

void cpn_json_int64(cpn_json_writer *writer, int64_t value)
{
    char text[CPN_NUMBER_TEXT];
    cpn_json_number_text(writer, text, cpn_format_int64(text, value));
}

void cpn_json_double(cpn_json_writer *writer, double value)
{
    char text[CPN_NUMBER_TEXT];
    if (value - value == 0) /* false for infinities and NaN, which JSON cannot say */
        cpn_json_number_text(writer, text, cpn_format_double(text, value));
    else
        cpn_json_null(writer);
}

void cpn_json_bool(cpn_json_writer *writer, bool value)
{
    cpn_json_number_text(writer, value ? "true" : "false", value ? 4 : 5);
}

void cpn_json_null(cpn_json_writer *writer)
{
    cpn_json_number_text(writer, "null", 4);
}

void cpn_json_money(cpn_json_writer *writer, int64_t minor, int32_t exponent)
{
    char text[CAMPAIGN_MONEY_TEXT];
    const size_t length = campaign_money_format(text, minor, exponent);
    assert(length > 0);
    cpn_json_string(writer, text, length);
}

void cpn_json_date(cpn_json_writer *writer, int32_t day)
{
    char text[CAMPAIGN_DATE_TEXT];
    const size_t length = campaign_date_format(text, day);
    assert(length > 0);
    cpn_json_string(writer, text, length);
}

/* ---- Copying a tree --------------------------------------------------------------------------------------------- */

/* Writes a value without what is inside it. */
static void copy_one(cpn_json_writer *writer, const cpn_json_value *value)
{
    /* As it was written: on one line where the first child stands on the container's own. */
    const bool is_flat = !value->first || value->first->line == value->line;
    switch (value->kind) {
    case CPN_JSON_NULL: cpn_json_null(writer); break;
    case CPN_JSON_BOOL: cpn_json_bool(writer, value->boolean); break;
    case CPN_JSON_NUMBER: cpn_json_number_text(writer, value->text, value->length); break;
    case CPN_JSON_STRING: cpn_json_string(writer, value->text, value->length); break;
    case CPN_JSON_ARRAY: cpn_json_open_array(writer, is_flat); break;
    case CPN_JSON_OBJECT: cpn_json_open_object(writer, is_flat); break;
    }
}

void cpn_json_copy(cpn_json_writer *writer, const cpn_json_value *value)
{
    const cpn_json_value *const top = value;
    while (value) {
        if (value != top && value->key) add_key(writer, value->key, value->key_length);
        copy_one(writer, value);
        if (value->first) {
            value = value->first;
            continue;
        }
        if (value->kind == CPN_JSON_ARRAY || value->kind == CPN_JSON_OBJECT) cpn_json_close(writer);
        while (value != top && !value->next) { /* back up to a container that goes on */
            value = value->parent;
            cpn_json_close(writer);
        }
        value = value == top ? NULL : value->next;
    }
}
