/* Python values for the typemaps: errors, knobs, results and run-time services.
 * Written for the stable ABI of Python 3.11. Keeps no state of its own. */
#ifndef CAMPAIGN_BINDINGS_PYTHON_VALUES_H
#define CAMPAIGN_BINDINGS_PYTHON_VALUES_H

#include <stdlib.h>

/* ---- Outputs ---- */

/* The result with one more output, a list from the second on. Takes over both; NULL where an exception is set, by the
 * conversion of the output or by a callback. */
static PyObject *bind_append(PyObject *result, PyObject *output)
{
    if (!output || PyErr_Occurred()) goto failed;
    if (!result) return output;
    if (!PyList_Check(result)) {
        PyObject *list = PyList_New(1);
        if (!list) goto failed;
        (void)PyList_SetItem(list, 0, result);
        result = list;
    }
    if (PyList_Append(result, output) != 0) goto failed;
    Py_DECREF(output);
    return result;
failed:
    Py_XDECREF(result);
    Py_XDECREF(output);
    return NULL;
}

/* ---- Errors ---- */

/* Raises what campaign._errors makes of the record; an exception already set, by a callback, goes first. */
static void bind_raise(campaign_status status, const campaign_error *record)
{
    if (PyErr_Occurred()) return;
    PyObject *module = PyImport_ImportModule("campaign._errors");
    if (!module) return;
    PyObject *error = PyObject_CallMethod(module, "from_record", "isLss", (int)status, campaign_status_name(status),
                                          (long long)(record ? record->row : -1), record ? record->where : "",
                                          record ? record->message : campaign_status_text(status, "en"));
    if (error) PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
    Py_DECREF(module);
}

/* ---- Knobs ---- */

/* Memory of one call: blocks in a chain, freed together. */
typedef struct bind_block {
    struct bind_block *next;
} bind_block;

static void *bind_memory_take(bind_block **memory, size_t bytes)
{
    bind_block *block = (bind_block *)calloc(1, sizeof *block + bytes);
    if (!block) {
        PyErr_NoMemory();
        return NULL;
    }
    block->next = *memory;
    *memory = block;
    return block + 1;
}

static void bind_memory_free(bind_block *memory)
{
    while (memory) {
        bind_block *next = memory->next;
        free(memory);
        memory = next;
    }
}

/* UTF-8 of a str, borrowed from it; NULL with an exception where it is none or holds a zero. */
static const char *bind_text(PyObject *value)
{
    Py_ssize_t length = 0;
    if (!PyUnicode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "expected text");
        return NULL;
    }
    const char *text = PyUnicode_AsUTF8AndSize(value, &length);
    if (text && strlen(text) != (size_t)length) {
        PyErr_SetString(PyExc_ValueError, "text holds a zero character");
        return NULL;
    }
    return text;
}

static int bind_integer(long long *number, PyObject *value, long long low, long long high)
{
    PyObject *index = PyNumber_Index(value);
    if (!index) return 0;
    *number = PyLong_AsLongLong(index);
    Py_DECREF(index);
    if (*number == -1 && PyErr_Occurred()) return 0;
    if (*number >= low && *number <= high) return 1;
    PyErr_Format(PyExc_OverflowError, "%lld is not within %lld to %lld", *number, low, high);
    return 0;
}

static int bind_set_choice(void *knobs, const bind_field *field, PyObject *value)
{
    const char *word = bind_text(value);
    if (!word) return 0;
    const int32_t place = bind_choice(field->choices, word);
    if (place < 0) {
        PyErr_Format(PyExc_ValueError, "\"%s\" is none of %s", word, field->choices);
        return 0;
    }
    bind_set_int32(knobs, field->offset, place);
    return 1;
}

static int bind_set_currency(void *knobs, const bind_field *field, PyObject *value)
{
    const char *code = bind_text(value);
    if (!code) return 0;
    if (strlen(code) != 3) {
        PyErr_Format(PyExc_ValueError, "\"%s\" is no ISO 4217 code of three letters", code);
        return 0;
    }
    memcpy((char *)knobs + field->offset, code, 4);
    return 1;
}

static int bind_set_number(void *knobs, const bind_field *field, PyObject *value)
{
    long long number = 0;
    const int is_wide = field->kind == BIND_INT64;
    if (!bind_integer(&number, value, is_wide ? INT64_MIN : INT32_MIN, is_wide ? INT64_MAX : INT32_MAX)) return 0;
    if (is_wide)
        bind_set_int64(knobs, field->offset, number);
    else
        bind_set_int32(knobs, field->offset, (int32_t)number);
    if (field->extra) bind_set_int32(knobs, field->extra, 1);
    return 1;
}

static int bind_set_float(void *knobs, const bind_field *field, PyObject *value)
{
    const double number = PyFloat_AsDouble(value);
    if (number == -1 && PyErr_Occurred()) return 0;
    memcpy((char *)knobs + field->offset, &number, sizeof number);
    if (field->extra) bind_set_int32(knobs, field->extra, 1);
    return 1;
}

static int bind_set_text(void *knobs, const bind_field *field, PyObject *value)
{
    const char *text = bind_text(value);
    if (!text) return 0;
    bind_set_pointer(knobs, field->offset, text);
    if (field->extra) bind_set_int64(knobs, field->extra, (int64_t)strlen(text));
    return 1;
}

/* Length of a list or tuple, which keep what they hold; -1 with an exception for anything else. */
static Py_ssize_t bind_list_length(PyObject *value)
{
    if (PyList_Check(value) || PyTuple_Check(value)) {
        const Py_ssize_t n = PySequence_Size(value);
        if (n <= INT32_MAX) return n;
    }
    PyErr_SetString(PyExc_TypeError, "expected a list or tuple");
    return -1;
}

/* Pointers to the texts of a list or tuple. */
static int bind_set_texts(void *knobs, const bind_field *field, PyObject *value, bind_block **memory)
{
    const Py_ssize_t n = bind_list_length(value);
    if (n < 0) return 0;
    const char **texts = (const char **)bind_memory_take(memory, (size_t)(n ? n : 1) * sizeof *texts);
    if (!texts) return 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(value, i);
        texts[i] = item ? bind_text(item) : NULL;
        Py_XDECREF(item);
        if (!texts[i]) return 0;
    }
    bind_set_pointer(knobs, field->offset, texts);
    bind_set_int32(knobs, field->extra, (int32_t)n);
    return 1;
}

static int bind_set_int64s(void *knobs, const bind_field *field, PyObject *value, bind_block **memory)
{
    const Py_ssize_t n = PySequence_Size(value);
    if (n < 0) return 0;
    int64_t *numbers = (int64_t *)bind_memory_take(memory, (size_t)(n ? n : 1) * sizeof *numbers);
    if (!numbers) return 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(value, i);
        long long number = 0;
        const int ok = item && bind_integer(&number, item, INT64_MIN, INT64_MAX);
        Py_XDECREF(item);
        if (!ok) return 0;
        numbers[i] = number;
    }
    bind_set_pointer(knobs, field->offset, numbers);
    return 1;
}

static int bind_fill(void *knobs, const bind_struct *shape, PyObject *dictionary, bind_block **memory);

/* An array of structs from a list of dictionaries. */
static void *bind_records(const bind_struct *shape, PyObject *value, int32_t *n_records, bind_block **memory)
{
    const Py_ssize_t n = bind_list_length(value);
    char *records = n < 0 ? NULL : (char *)bind_memory_take(memory, (size_t)(n ? n : 1) * shape->size);
    for (Py_ssize_t i = 0; records && i < n; i++) {
        PyObject *item = PySequence_GetItem(value, i);
        if (!item || !bind_fill(records + (size_t)i * shape->size, shape, item, memory)) records = NULL;
        Py_XDECREF(item);
    }
    *n_records = (int32_t)n;
    return records;
}

static int bind_set_records(void *knobs, const bind_field *field, PyObject *value, bind_block **memory)
{
    int32_t n = 0;
    const void *records = bind_records(field->items, value, &n, memory);
    if (!records) return 0;
    bind_set_pointer(knobs, field->offset, records);
    bind_set_int32(knobs, field->extra, n);
    return 1;
}

static int bind_set_character(void *knobs, const bind_field *field, PyObject *value)
{
    const char *text = bind_text(value);
    if (!text) return 0;
    const int32_t code = bind_character(text);
    if (code < -1) {
        PyErr_Format(PyExc_ValueError, "\"%s\" is not one ASCII character", text);
        return 0;
    }
    bind_set_int32(knobs, field->offset, code);
    return 1;
}

static int bind_set_handle(void *knobs, const bind_field *field, PyObject *value)
{
    void *handle = NULL;
    swig_type_info *type = field->kind == BIND_TABLE ? SWIGTYPE_p_campaign_table : SWIGTYPE_p_campaign_calendar;
    if (!SWIG_IsOK(SWIG_ConvertPtr(value, &handle, type, 0))) {
        PyErr_SetString(PyExc_TypeError, "expected a handle of this library");
        return 0;
    }
    bind_set_pointer(knobs, field->offset, handle);
    return 1;
}

static int bind_set(void *knobs, const bind_field *field, PyObject *value, bind_block **memory)
{
    switch (field->kind) {
    case BIND_BOOL: {
        const int truth = PyObject_IsTrue(value);
        if (truth >= 0) bind_set_int32(knobs, field->offset, truth);
        return truth >= 0;
    }
    case BIND_INT32:
    case BIND_DAY:
    case BIND_INT64: return bind_set_number(knobs, field, value);
    case BIND_FLOAT64: return bind_set_float(knobs, field, value);
    case BIND_TEXT: return bind_set_text(knobs, field, value);
    case BIND_CURRENCY: return bind_set_currency(knobs, field, value);
    case BIND_CHOICE: return bind_set_choice(knobs, field, value);
    case BIND_CHARACTER: return bind_set_character(knobs, field, value);
    case BIND_TEXTS: return bind_set_texts(knobs, field, value, memory);
    case BIND_INT64S: return bind_set_int64s(knobs, field, value, memory);
    case BIND_RECORDS: return bind_set_records(knobs, field, value, memory);
    case BIND_TABLE:
    case BIND_CALENDAR: return bind_set_handle(knobs, field, value);
    case BIND_LABEL: break;
    }
    PyErr_SetString(PyExc_TypeError, "this field is an output");
    return 0;
}

/* Fills a struct from a dictionary, or from nothing where it is None. None as a value means: not given. Text stays owned
 * by the dictionary, which outlives the call; lists lie in memory. */
static int bind_fill(void *knobs, const bind_struct *shape, PyObject *dictionary, bind_block **memory)
{
    bind_start(knobs, shape);
    if (dictionary == Py_None) return 1;
    if (!PyDict_Check(dictionary)) {
        PyErr_Format(PyExc_TypeError, "%s: expected a dictionary", shape->name);
        return 0;
    }
    PyObject *key = NULL, *value = NULL;
    Py_ssize_t position = 0;
    while (PyDict_Next(dictionary, &position, &key, &value)) {
        const char *name = bind_text(key);
        if (!name) return 0;
        const bind_field *field = bind_find(shape, name);
        if (!field) {
            PyErr_Format(PyExc_TypeError, "%s has no field \"%s\"", shape->name, name);
            return 0;
        }
        if (value != Py_None && !bind_set(knobs, field, value, memory)) return 0;
    }
    return 1;
}

/* ---- Results ---- */

static PyObject *bind_get(void *object, const bind_field *field)
{
    switch (field->kind) {
    case BIND_BOOL: return PyBool_FromLong(bind_get_int32(object, field->offset));
    case BIND_INT32:
    case BIND_DAY:
        if (field->extra && !bind_get_int32(object, field->extra)) return SWIG_Py_Void();
        return PyLong_FromLong(bind_get_int32(object, field->offset));
    case BIND_INT64: return PyLong_FromLongLong(bind_get_int64(object, field->offset));
    case BIND_TEXT: return PyUnicode_FromString((const char *)bind_get_pointer(object, field->offset));
    case BIND_LABEL: return PyUnicode_FromString((const char *)object + field->offset);
    case BIND_CHOICE: {
        size_t length = 0;
        const char *word = bind_word(field->choices, bind_get_int32(object, field->offset), &length);
        return PyUnicode_FromStringAndSize(word, (Py_ssize_t)length);
    }
    case BIND_CHARACTER: {
        const char character = (char)bind_get_int32(object, field->offset);
        return PyUnicode_FromStringAndSize(&character, 1);
    }
    case BIND_TABLE: {
        void *table = bind_get_pointer(object, field->offset);
        bind_set_pointer(object, field->offset, NULL);
        return table ? SWIG_NewPointerObj(table, SWIGTYPE_p_campaign_table, SWIG_POINTER_OWN) : SWIG_Py_Void();
    }
    case BIND_FLOAT64: return PyFloat_FromDouble(bind_get_float64(object, field->offset));
    case BIND_CURRENCY:
    case BIND_TEXTS:
    case BIND_INT64S:
    case BIND_RECORDS:
    case BIND_CALENDAR: break;
    }
    PyErr_SetString(PyExc_TypeError, "this field is an input");
    return NULL;
}

/* A tuple, because SWIG appends further outputs into a list. */
static PyObject *bind_numbers(const int64_t *numbers, int64_t n)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)n);
    for (int64_t i = 0; tuple && i < n; i++) {
        PyObject *number = PyLong_FromLongLong(numbers[i]);
        if (!number || PyTuple_SetItem(tuple, (Py_ssize_t)i, number) != 0) Py_CLEAR(tuple);
    }
    return tuple;
}

/* A struct as a dictionary; its tables change hands, or are freed where that fails. */
static PyObject *bind_result(void *object, const bind_struct *shape)
{
    PyObject *dictionary = PyDict_New();
    for (int i = 0; dictionary && i < shape->n_fields; i++) {
        PyObject *value = bind_get(object, &shape->fields[i]);
        if (!value || PyDict_SetItemString(dictionary, shape->fields[i].name, value) != 0) Py_CLEAR(dictionary);
        Py_XDECREF(value);
    }
    for (int i = 0; !dictionary && i < shape->n_fields; i++)
        if (shape->fields[i].kind == BIND_TABLE)
            campaign_table_free((campaign_table *)bind_get_pointer(object, shape->fields[i].offset));
    return dictionary;
}

/* ---- Run-time services ---- */

/* Runs on the calling thread while it does not hold the GIL: lets Ctrl-C through, then asks the caller's function. */
static int bind_progress(void *ctx, const char *stage, int64_t done, int64_t total)
{
    const PyGILState_STATE gil = PyGILState_Ensure();
    int stop = PyErr_Occurred() || PyErr_CheckSignals() != 0;
    if (!stop && ctx) {
        PyObject *answer = PyObject_CallFunction((PyObject *)ctx, "sLL", stage, (long long)done, (long long)total);
        stop = !answer || PyObject_IsTrue(answer) != 0;
        Py_XDECREF(answer);
    }
    PyGILState_Release(gil);
    return stop;
}

/* (n_threads, progress or None), or None for one silent thread that Ctrl-C still ends. */
static int bind_runtime(campaign_runtime *services, PyObject *pair)
{
    memset(services, 0, sizeof *services);
    services->size = (uint32_t)sizeof *services;
    services->progress = bind_progress;
    if (pair == Py_None) return 1;
    int n_threads = 0;
    PyObject *progress = NULL;
    if (!PyTuple_Check(pair)) {
        PyErr_SetString(PyExc_TypeError, "runtime: expected (n_threads, progress)");
        return 0;
    }
    if (!PyArg_ParseTuple(pair, "iO", &n_threads, &progress)) return 0;
    services->n_threads = n_threads;
    services->ctx = progress == Py_None ? NULL : progress;
    return 1;
}

#endif
