/* Arrow capsules and whole columns for the typemaps of Python: who frees what, and how long buffers stay pinned. */
#ifndef CAMPAIGN_BINDINGS_PYTHON_COLUMNS_H
#define CAMPAIGN_BINDINGS_PYTHON_COLUMNS_H

#include "python_values.h"

/* ---- Arrow capsules: freed with what their consumer left in them ---- */

#define BIND_CAPSULE(type, name, function)                                                                             \
    static void function##_free(PyObject *capsule)                                                                     \
    {                                                                                                                  \
        struct type *held = (struct type *)PyCapsule_GetPointer(capsule, name);                                        \
        if (held && held->release) held->release(held);                                                                \
        free(held);                                                                                                    \
    }                                                                                                                  \
    static PyObject *function(struct type *held)                                                                       \
    {                                                                                                                  \
        PyObject *capsule = PyCapsule_New(held, name, function##_free);                                                \
        if (capsule) return capsule;                                                                                   \
        held->release(held);                                                                                           \
        free(held);                                                                                                    \
        return NULL;                                                                                                   \
    }
BIND_CAPSULE(ArrowArrayStream, "arrow_array_stream", bind_stream_capsule)
BIND_CAPSULE(ArrowArray, "arrow_array", bind_array_capsule)
BIND_CAPSULE(ArrowSchema, "arrow_schema", bind_schema_capsule)

/* ---- Columns ---- */

enum { BIND_VIEWS = 4 };

/* Buffers that a borrowed column keeps alive; released on whichever thread frees the last user. */
typedef struct bind_views {
    Py_buffer views[BIND_VIEWS];
    int n;
} bind_views;

static void bind_release_views(void *ctx)
{
    bind_views *held = (bind_views *)ctx;
    if (!Py_IsInitialized()) return; /* the interpreter has gone, and its buffers with it */
    const PyGILState_STATE gil = PyGILState_Ensure();
    for (int i = 0; i < held->n; i++) PyBuffer_Release(&held->views[i]);
    PyGILState_Release(gil);
    free(held);
}

/* The buffer under a name, or NULL where it is absent; *ok = 0 with an exception where it is none or too short. */
static const void *bind_buffer(bind_views *held, PyObject *dictionary, const char *name, int64_t bytes, int *ok)
{
    PyObject *value = PyDict_GetItemString(dictionary, name);
    if (!*ok || !value || value == Py_None) return NULL;
    Py_buffer *view = &held->views[held->n];
    if (PyObject_GetBuffer(value, view, PyBUF_C_CONTIGUOUS) != 0) {
        *ok = 0;
        return NULL;
    }
    held->n++;
    if (view->len < bytes) {
        PyErr_Format(PyExc_ValueError, "buffer \"%s\" holds %zd bytes, expected %lld", name, view->len,
                     (long long)bytes);
        *ok = 0;
    }
    return view->buf;
}

static int bind_array_numbers(campaign_array *column, PyObject *dictionary)
{
    static const bind_field fields[] = {
        { "type", BIND_INT32, offsetof(campaign_array, type), 0, NULL, NULL },
        { "n_rows", BIND_INT64, offsetof(campaign_array, n_rows), 0, NULL, NULL },
        { "n_dictionary", BIND_INT64, offsetof(campaign_array, n_dictionary), 0, NULL, NULL },
        { "currency", BIND_CURRENCY, offsetof(campaign_array, currency), 0, NULL, NULL },
        { "exponent", BIND_INT32, offsetof(campaign_array, exponent), offsetof(campaign_array, has_exponent), NULL,
          NULL },
        { "name", BIND_TEXT, offsetof(campaign_array, name), 0, NULL, NULL },
    };
    memset(column, 0, sizeof *column);
    column->size = (uint32_t)sizeof *column;
    for (int i = 0; i < BIND_COUNT(fields); i++) {
        PyObject *value = PyDict_GetItemString(dictionary, fields[i].name);
        if (value && value != Py_None && !bind_set(column, &fields[i], value, NULL)) return 0;
    }
    return 1;
}

/* Fills the pointers of a column from the dictionary's buffers, each as long as the numbers of rows demand. */
static int bind_array_buffers(campaign_array *column, bind_views *held, PyObject *dictionary)
{
    const int is_text = column->type == CAMPAIGN_TYPE_UTF8;
    const int is_narrow = column->type == CAMPAIGN_TYPE_INT32 || column->type == CAMPAIGN_TYPE_DATE;
    const int64_t n = column->n_rows, entries = column->n_dictionary ? column->n_dictionary : n;
    const int64_t bytes = is_text ? 0 : column->type == CAMPAIGN_TYPE_BOOL ? (n + 7) / 8 : n * (is_narrow ? 4 : 8);
    int ok = 1;
    column->validity = (const uint8_t *)bind_buffer(held, dictionary, "validity", (n + 7) / 8, &ok);
    column->offsets = (const int32_t *)bind_buffer(held, dictionary, "offsets", is_text ? (entries + 1) * 4 : 0, &ok);
    column->codes = (const int32_t *)bind_buffer(held, dictionary, "codes", n * 4, &ok);
    const int64_t text = ok && is_text && column->offsets ? column->offsets[entries] : 0;
    column->values = bind_buffer(held, dictionary, "values", is_text ? text : bytes, &ok);
    return ok;
}

/* A column from {"name", "type", "n_rows", "values", "validity", "offsets", "codes", …}, its buffers borrowed. */
static int bind_array(campaign_array *column, PyObject *dictionary)
{
    if (!PyDict_Check(dictionary)) {
        PyErr_SetString(PyExc_TypeError, "column: expected a dictionary");
        return 0;
    }
    if (!bind_array_numbers(column, dictionary)) return 0;
    const int64_t most = INT64_MAX / 16; /* rows whose bytes can be counted */
    if (column->n_rows < 0 || column->n_rows > most || column->n_dictionary < 0 || column->n_dictionary > most) {
        PyErr_SetString(PyExc_ValueError, "column: impossible number of rows");
        return 0;
    }
    bind_views *held = (bind_views *)calloc(1, sizeof *held);
    if (!held) {
        PyErr_NoMemory();
        return 0;
    }
    if (!bind_array_buffers(column, held, dictionary)) {
        bind_release_views(held);
        return 0;
    }
    column->release = bind_release_views;
    column->ctx = held;
    return 1;
}

/* What a column is and where it lies: addresses are for buffers that the package ties to the table. */
static PyObject *bind_column(const campaign_column *column)
{
    return Py_BuildValue(
        "{s:s,s:i,s:L,s:L,s:L,s:L,s:s,s:i,s:K,s:K,s:K,s:K}", "name", column->name, "type", (int)column->type, "n_rows",
        (long long)column->n_rows, "n_nulls", (long long)column->n_nulls, "bit_offset", (long long)column->bit_offset,
        "n_dictionary", (long long)column->n_dictionary, "currency", column->currency, "exponent",
        (int)column->exponent, "validity", (unsigned long long)(uintptr_t)column->validity, "values",
        (unsigned long long)(uintptr_t)column->values, "offsets", (unsigned long long)(uintptr_t)column->offsets,
        "codes", (unsigned long long)(uintptr_t)column->codes);
}

#endif
