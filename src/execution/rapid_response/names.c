/* Names of regions and levels: collected from documents and cells, then each once in order of bytes. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "execution/rapid_response/rapid.h"

int cpn_rapid_compare_names(const cpn_rapid_name *a, const cpn_rapid_name *b)
{
    const size_t shorter = a->length < b->length ? a->length : b->length;
    const int order = shorter ? memcmp(a->text, b->text, shorter) : 0;
    if (order != 0) return order < 0 ? -1 : 1;
    return (a->length > b->length) - (a->length < b->length);
}

cpn_rapid_name cpn_rapid_cell_name(const campaign_column *column, int64_t row)
{
    cpn_rapid_name name = { NULL, 0 };
    if (column->type != CAMPAIGN_TYPE_UTF8 || cpn_is_null(column, row)) return name;
    name.text = cpn_cell_text(column, row, &name.length);
    return name.length > 0 ? name : (cpn_rapid_name){ NULL, 0 };
}

bool cpn_rapid_has_key(const campaign_column *column, int64_t row)
{
    if (column->type == CAMPAIGN_TYPE_UTF8) return cpn_rapid_cell_name(column, row).text != NULL;
    return column->type != 0 && !cpn_is_null(column, row);
}

cpn_rapid_name cpn_rapid_text_name(const char *text)
{
    return (cpn_rapid_name){ text, text ? strlen(text) : 0 };
}

bool cpn_rapid_names_add(cpn_rapid_names *names, cpn_rapid_name name)
{
    if (!name.text) return true;
    if (names->n == names->capacity) {
        const int64_t capacity = names->capacity ? names->capacity * 2 : 16;
        cpn_rapid_name *grown = cpn_resize(names->names, capacity, sizeof *grown);
        if (!grown) return false;
        names->names = grown;
        names->capacity = capacity;
    }
    names->names[names->n++] = name;
    return true;
}

static int by_bytes(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return cpn_rapid_compare_names(a, b);
}

bool cpn_rapid_names_settle(cpn_rapid_names *names)
{
    int64_t n = 0;
    if (!cpn_sort(names->names, names->n, sizeof *names->names, by_bytes, NULL)) return false;
    for (int64_t i = 0; i < names->n; i++)
        if (n == 0 || cpn_rapid_compare_names(&names->names[n - 1], &names->names[i]) != 0)
            names->names[n++] = names->names[i];
    names->n = n;
    return true;
}

int32_t cpn_rapid_names_find(const cpn_rapid_names *names, cpn_rapid_name name)
{
    int64_t low = 0, high = names->n;
    while (name.text && low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int order = cpn_rapid_compare_names(&name, &names->names[middle]);
        if (order == 0) return (int32_t)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

void cpn_rapid_names_free(cpn_rapid_names *names)
{
    cpn_free(names->names);
    memset(names, 0, sizeof *names);
}
