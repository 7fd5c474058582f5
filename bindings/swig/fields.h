/* How the fields of a knob struct are reached by name, so that one table serves every language. */
#ifndef CAMPAIGN_BINDINGS_FIELDS_H
#define CAMPAIGN_BINDINGS_FIELDS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef enum bind_kind {
    BIND_BOOL, /* int32_t, 0 or 1 */
    BIND_INT32,
    BIND_INT64,
    BIND_FLOAT64,
    BIND_DAY,       /* int32_t; a date, its ISO text, or days since 1970-01-01 */
    BIND_TEXT,      /* const char *, borrowed for the call */
    BIND_CURRENCY,  /* char[4] */
    BIND_CHOICE,    /* int32_t; one of the names in choices, whose place is the value */
    BIND_CHARACTER, /* int32_t; a text of one ASCII character, "auto" for -1, nothing for 0 */
    BIND_LABEL,     /* char[]; out only */
    BIND_TEXTS,     /* const char *const *, terminated texts, with their int32_t count at extra */
    BIND_INT64S,    /* const int64_t *; their count follows from other fields */
    BIND_RECORDS,   /* const struct *, an array of items with its int32_t count at extra; in only */
    BIND_TABLE,     /* campaign_table *: borrowed on the way in, owned on the way out */
    BIND_CALENDAR   /* const campaign_calendar *, in only */
} bind_kind;

typedef struct bind_field {
    const char *name;
    bind_kind kind;
    size_t offset;
    size_t extra;        /* has_… flag of a number, count of a list; 0 = none, because no flag stands first */
    const char *choices; /* "none|major|minor" */
    const struct bind_struct *items; /* shape of the elements of BIND_RECORDS */
} bind_field;

typedef struct bind_struct {
    const char *name; /* for messages */
    uint32_t size;
    int has_size; /* the struct starts with its own size */
    int n_fields;
    const bind_field *fields;
} bind_struct;

/* The field of that name, or NULL. */
static const bind_field *bind_find(const bind_struct *shape, const char *name)
{
    for (int i = 0; i < shape->n_fields; i++)
        if (strcmp(shape->fields[i].name, name) == 0) return &shape->fields[i];
    return NULL;
}

/* Place of word in "a|b|c", or -1. */
static int32_t bind_choice(const char *choices, const char *word)
{
    const size_t length = strlen(word);
    int32_t place = 0;
    for (const char *at = choices; at; place++) {
        const char *end = strchr(at, '|');
        if ((end ? (size_t)(end - at) : strlen(at)) == length && memcmp(at, word, length) == 0) return place;
        at = end ? end + 1 : NULL;
    }
    return -1;
}

/* Code of a text of one ASCII character, -1 for "auto", or -2 for another text. */
static int32_t bind_character(const char *text)
{
    if (strcmp(text, "auto") == 0) return -1;
    return (unsigned char)text[0] - 1u < 127u && text[1] == '\0' ? (int32_t)text[0] : -2;
}

/* The word at a place in "a|b|c", not terminated. */
static const char *bind_word(const char *choices, int32_t place, size_t *length)
{
    const char *at = choices;
    for (; place > 0 && strchr(at, '|'); place--) at = strchr(at, '|') + 1;
    const char *end = strchr(at, '|');
    *length = end ? (size_t)(end - at) : strlen(at);
    return at;
}

static void bind_set_int32(void *object, size_t offset, int32_t value)
{
    memcpy((char *)object + offset, &value, sizeof value);
}

static void bind_set_int64(void *object, size_t offset, int64_t value)
{
    memcpy((char *)object + offset, &value, sizeof value);
}

/* Clears a struct and writes its size. */
static void bind_start(void *object, const bind_struct *shape)
{
    memset(object, 0, shape->size);
    if (shape->has_size) memcpy(object, &shape->size, sizeof shape->size);
}

static int32_t bind_get_int32(const void *object, size_t offset)
{
    int32_t value;
    memcpy(&value, (const char *)object + offset, sizeof value);
    return value;
}

static int64_t bind_get_int64(const void *object, size_t offset)
{
    int64_t value;
    memcpy(&value, (const char *)object + offset, sizeof value);
    return value;
}

static double bind_get_float64(const void *object, size_t offset)
{
    double value;
    memcpy(&value, (const char *)object + offset, sizeof value);
    return value;
}

static void *bind_get_pointer(const void *object, size_t offset)
{
    void *value;
    memcpy(&value, (const char *)object + offset, sizeof value);
    return value;
}

static void bind_set_pointer(void *object, size_t offset, const void *value)
{
    memcpy((char *)object + offset, &value, sizeof value);
}

#endif
