/* Writes sentences out of patterns and the cells of a row. */
#include <string.h>

#include "plan/explain.h"

/* ---- Placeholders ----------------------------------------------------------------------------------------------- */

/* "{share_ppm%}": the column and how its cell is printed. */
typedef struct placeholder {
    int32_t column;
    char form;              /* '%', '<', '!' or 0 */
    bool is_there, is_word; /* a word of the library's, not one of the shop's */
} placeholder;

/* Columns of other names hold names and keys of the shop's own, which stay as they are whatever they look like. */
static bool holds_words(const char *column)
{
    static const char *const columns[] = { "basis", "campaign_type", "class",       "group", "item",
                                           "kind",  "objective",     "phase",       "rule",  "season",
                                           "stage", "type",          "value_basis", "role",  "unit" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(columns[i], column) == 0) return true;
    return false;
}

static placeholder read_placeholder(const char *from, size_t length, const campaign_table *table, int64_t row)
{
    char name[32];
    placeholder found = { .form = '\0' };
    if (length > 0 && (from[length - 1] == '%' || from[length - 1] == '<' || from[length - 1] == '!'))
        found.form = from[--length];
    if (length >= sizeof name) length = sizeof name - 1;
    memcpy(name, from, length);
    name[length] = '\0';
    found.column = campaign_table_find(table, name);
    found.is_word = holds_words(name);
    found.is_there = found.column >= 0 && !campaign_table_is_null(table, found.column, row);
    return found;
}

static void write_cell(cpn_text *text, const placeholder *found, const campaign_table *table, int64_t row,
                       bool is_chinese)
{
    char cell[256];
    if (!found->is_there || found->form == '!') return;
    if (found->form == '%') {
        cpn_plan_write_percent(cell, campaign_table_int64(table, found->column, row));
        cpn_text_add_string(text, cell);
        cpn_text_add_string(text, is_chinese ? "%" : " %");
    } else if (found->form == '<') {
        (void)campaign_date_format(cell, (int32_t)campaign_table_int64(table, found->column, row) - 1);
        cpn_text_add_string(text, cell);
    } else {
        (void)campaign_table_format(cell, sizeof cell, table, found->column, row);
        cpn_text_add_string(text, is_chinese && found->is_word ? cpn_plan_word_zh(cell) : cell);
    }
}

/* Whether every placeholder of an optional part has a cell. */
static bool is_whole(const char *part, size_t length, const campaign_table *table, int64_t row)
{
    const char *const end = part + length;
    for (const char *open = memchr(part, '{', length); open; open = memchr(open, '{', (size_t)(end - open))) {
        const size_t name = strcspn(++open, "}");
        if (!read_placeholder(open, name, table, row).is_there) return false;
        open += name;
    }
    return true;
}

void cpn_plan_explain_sentence(cpn_text *text, const char *pattern, const campaign_table *table, int64_t row,
                               bool is_chinese)
{
    while (*pattern) {
        const size_t plain = strcspn(pattern, "{[]");
        cpn_text_add(text, pattern, plain);
        pattern += plain;
        if (*pattern == '[') {
            const size_t length = strcspn(pattern, "]");
            pattern += is_whole(pattern, length, table, row) ? 1 : length + 1;
        } else if (*pattern == ']') {
            pattern++;
        } else if (*pattern == '{') {
            const size_t length = strcspn(pattern, "}") - 1;
            const placeholder found = read_placeholder(pattern + 1, length, table, row);
            write_cell(text, &found, table, row, is_chinese);
            pattern += length + 2;
        }
    }
}
