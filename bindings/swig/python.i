/* How C values become Python values. Everything comfortable is in the package; here are only the typemaps.
 * Outputs are appended to the result, a status becomes an exception, the error record stays hidden. */
%include <stdint.i>

%{
#include "python_values.h"
#include "python_columns.h"
%}

/* ---- Status and error ---- */

%typemap(out) campaign_status {
    (void)$1;
    $result = NULL;
}
%typemap(ret) campaign_status {
    if (!$result) {
        if (PyErr_Occurred()) return NULL; /* not SWIG_fail: what freearg frees is freed already */
        $result = SWIG_Py_Void();
    }
}
%typemap(in, numinputs=0) campaign_error *error (campaign_error record) {
    memset(&record, 0, sizeof record);
    $1 = &record;
}
%typemap(argout) campaign_error *error {
    if (result != CAMPAIGN_OK) {
        bind_raise(result, $1);
        SWIG_fail;
    }
}

/* ---- Handles out ---- */

%define %campaign_handle_output(type)
%typemap(in, numinputs=0) type ** (type *handle) {
    handle = NULL;
    $1 = &handle;
}
%typemap(argout) type ** {
    if (result == CAMPAIGN_OK)
        $result = bind_append($result, SWIG_NewPointerObj(*$1, $descriptor(type *), SWIG_POINTER_OWN));
}
%enddef

/* Handles go with their last reference; there is nothing to close. */
%define %campaign_handle_close(type)
%enddef

/* ---- Numbers out ---- */

%define %campaign_int32_output(parameter)
%typemap(in, numinputs=0) parameter (int32_t number) {
    number = 0;
    $1 = &number;
}
%typemap(argout) parameter {
    if (result == CAMPAIGN_OK) $result = bind_append($result, PyLong_FromLong((long)*$1));
}
%enddef

%define %campaign_int64_output(parameter)
%typemap(in, numinputs=0) parameter (int64_t number) {
    number = 0;
    $1 = &number;
}
%typemap(argout) parameter {
    if (result == CAMPAIGN_OK) $result = bind_append($result, PyLong_FromLongLong((long long)*$1));
}
%enddef

%define %campaign_double_output(parameter)
%typemap(in, numinputs=0) parameter (double number) {
    number = 0;
    $1 = &number;
}
%typemap(argout) parameter {
    if (result == CAMPAIGN_OK) $result = bind_append($result, PyFloat_FromDouble(*$1));
}
%enddef

/* ---- Text in and out ---- */

%typemap(in) (const char *text, size_t length) (Py_buffer view, int has_view = 0) {
    const char *bytes = NULL;
    Py_ssize_t size = 0;
    if (PyUnicode_Check($input)) {
        bytes = PyUnicode_AsUTF8AndSize($input, &size);
        if (!bytes) SWIG_fail;
    } else {
        if (PyObject_GetBuffer($input, &view, PyBUF_SIMPLE) != 0) SWIG_fail;
        has_view = 1;
        bytes = (const char *)view.buf;
        size = view.len;
    }
    $1 = (char *)bytes;
    $2 = (size_t)size;
}
%typemap(freearg) (const char *text, size_t length) {
    if (has_view$argnum) PyBuffer_Release(&view$argnum);
}
%typemap(in, numinputs=0) (char **text, size_t *length) (char *owned, size_t size) {
    owned = NULL;
    size = 0;
    $1 = &owned;
    $2 = &size;
}
%typemap(argout) (char **text, size_t *length) {
    if (result == CAMPAIGN_OK)
        $result = bind_append($result, PyUnicode_DecodeUTF8(*$1, (Py_ssize_t)*$2, "strict"));
}
%typemap(freearg) (char **text, size_t *length) {
    campaign_text_free(*$1);
}

/* Static text. */
%typemap(in, numinputs=0) const char **kind (const char *word) {
    word = NULL;
    $1 = (char **)&word;
}
%typemap(argout) const char **kind {
    if (result == CAMPAIGN_OK) $result = bind_append($result, PyUnicode_FromString(*$1));
}

/* Borrowed text whose length comes beside it. */
%typemap(in, numinputs=0) size_t *length (size_t size) {
    size = 0;
    $1 = &size;
}
%typemap(argout) size_t *length "";
%typemap(out) const char *campaign_table_text {
    $result = $1 ? PyUnicode_DecodeUTF8($1, (Py_ssize_t)size4, "strict") : SWIG_Py_Void();
}

/* Text into the caller's room. */
%typemap(in, numinputs=0) char text[ANY] (char room[$1_dim0]) {
    $1 = room;
}
%typemap(argout) char text[ANY] {
    Py_XDECREF($result);
    $result = PyUnicode_FromString($1);
}

/* Any cell as text. */
%ignore campaign_table_format;
%rename(table_format) bind_table_format;
%inline %{
static PyObject *bind_table_format(const campaign_table *table, int32_t index, int64_t row)
{
    const size_t length = campaign_table_format(NULL, 0, table, index, row);
    char *text = (char *)malloc(length + 1);
    if (!text) return PyErr_NoMemory();
    (void)campaign_table_format(text, length + 1, table, index, row);
    PyObject *found = PyUnicode_DecodeUTF8(text, (Py_ssize_t)length, "strict");
    free(text);
    return found;
}
%}

/* ---- Knobs in, results out ---- */

%define %campaign_struct_input(type, parameter)
%typemap(in) const type *parameter (type knobs, bind_block *memory = NULL) {
    if (!bind_fill(&knobs, &type##_shape, $input, &memory)) SWIG_fail;
    $1 = $input == Py_None ? NULL : &knobs;
}
%typemap(freearg) const type *parameter {
    bind_memory_free(memory$argnum);
}
%typemap(argout) const type *parameter "";
%enddef

%define %campaign_struct_output(type, parameter)
%typemap(in, numinputs=0) type *parameter (type filled) {
    bind_start(&filled, &type##_shape);
    $1 = &filled;
}
%typemap(argout) type *parameter {
    if (result == CAMPAIGN_OK) $result = bind_append($result, bind_result($1, &type##_shape));
}
%enddef

%typemap(in) const campaign_runtime *runtime (campaign_runtime services) {
    if (!bind_runtime(&services, $input)) SWIG_fail;
    $1 = &services;
}

/* ---- Arrow ---- */

%typemap(in) struct ArrowArrayStream *stream {
    $1 = (struct ArrowArrayStream *)PyCapsule_GetPointer($input, "arrow_array_stream");
    if (!$1) SWIG_fail;
}
%typemap(in) struct ArrowArray *array {
    $1 = (struct ArrowArray *)PyCapsule_GetPointer($input, "arrow_array");
    if (!$1) SWIG_fail;
}
%typemap(in) struct ArrowSchema *schema {
    $1 = (struct ArrowSchema *)PyCapsule_GetPointer($input, "arrow_schema");
    if (!$1) SWIG_fail;
}

%typemap(in, numinputs=0) struct ArrowArrayStream *stream_out {
    $1 = (struct ArrowArrayStream *)calloc(1, sizeof *$1);
    if (!$1) {
        PyErr_NoMemory();
        SWIG_fail;
    }
}
%typemap(argout) struct ArrowArrayStream *stream_out {
    if (result == CAMPAIGN_OK) {
        $result = bind_append($result, bind_stream_capsule($1));
        $1 = NULL;
    }
}
%typemap(freearg) struct ArrowArrayStream *stream_out {
    free($1); /* where the call failed, or never was made */
}
%typemap(in, numinputs=0) struct ArrowArray *array_out {
    $1 = (struct ArrowArray *)calloc(1, sizeof *$1);
    if (!$1) {
        PyErr_NoMemory();
        SWIG_fail;
    }
}
%typemap(argout) struct ArrowArray *array_out {
    if (result == CAMPAIGN_OK) {
        $result = bind_append($result, bind_array_capsule($1));
        $1 = NULL;
    }
}
%typemap(freearg) struct ArrowArray *array_out {
    free($1); /* where the call failed, or never was made */
}
%typemap(in, numinputs=0) struct ArrowSchema *schema_out {
    $1 = (struct ArrowSchema *)calloc(1, sizeof *$1);
    if (!$1) {
        PyErr_NoMemory();
        SWIG_fail;
    }
}
%typemap(argout) struct ArrowSchema *schema_out {
    if (result == CAMPAIGN_OK) {
        $result = bind_append($result, bind_schema_capsule($1));
        $1 = NULL;
    }
}
%typemap(freearg) struct ArrowSchema *schema_out {
    free($1); /* where the call failed, or never was made */
}

/* ---- Columns ---- */

%typemap(in) const campaign_array *array (campaign_array column) {
    if (!bind_array(&column, $input)) SWIG_fail;
    $1 = &column;
}
%typemap(in, numinputs=0) campaign_column *column (campaign_column view) {
    memset(&view, 0, sizeof view);
    view.size = (uint32_t)sizeof view;
    $1 = &view;
}
%typemap(argout) campaign_column *column {
    if (result == CAMPAIGN_OK) $result = bind_append($result, bind_column($1));
}

/* A splitting problem in, a list of parts and what is left over out. */
%typemap(in) (int64_t *parts, int64_t *unallocated_minor, const campaign_split_problem *problem)
    (campaign_split_problem split, int64_t left = 0, bind_block *memory = NULL) {
    if (!bind_fill(&split, &campaign_split_problem_shape, $input, &memory)) SWIG_fail;
    $1 = (int64_t *)bind_memory_take(&memory, (size_t)(split.n_cells > 0 ? split.n_cells : 1) * sizeof *$1);
    if (!$1) SWIG_fail;
    $2 = &left;
    $3 = &split;
}
%typemap(argout) (int64_t *parts, int64_t *unallocated_minor, const campaign_split_problem *problem) {
    if (result == CAMPAIGN_OK) {
        $result = bind_append($result, bind_numbers($1, split$argnum.n_cells));
        $result = bind_append($result, PyLong_FromLongLong(*$2));
    }
}
%typemap(freearg) (int64_t *parts, int64_t *unallocated_minor, const campaign_split_problem *problem) {
    bind_memory_free(memory$argnum);
}

/* Rules of a check, as a list of dictionaries. */
%typemap(in) (const campaign_column_rule *rules, int32_t n_rules) (bind_block *memory = NULL) {
    $1 = (campaign_column_rule *)bind_records(&campaign_column_rule_shape, $input, &$2, &memory);
    if (!$1) SWIG_fail;
}
%typemap(freearg) (const campaign_column_rule *rules, int32_t n_rules) {
    bind_memory_free(memory$argnum);
}

/* A plan to judge: the plan itself, or a dictionary of its tables. */
%typemap(in) const campaign_kpi_plan *plan (campaign_kpi_plan judged, bind_block *memory = NULL) {
    void *whole = NULL;
    if (SWIG_IsOK(SWIG_ConvertPtr($input, &whole, $descriptor(campaign_plan *), 0)) && whole) {
        campaign_error record;
        memset(&record, 0, sizeof record);
        bind_start(&judged, &campaign_kpi_plan_shape);
        const campaign_status status = campaign_plan_kpi(&judged, (campaign_plan *)whole, &record);
        if (status != CAMPAIGN_OK) {
            bind_raise(status, &record);
            SWIG_fail;
        }
    } else if (!bind_fill(&judged, &campaign_kpi_plan_shape, $input, &memory)) SWIG_fail;
    $1 = &judged;
}
%typemap(freearg) const campaign_kpi_plan *plan {
    bind_memory_free(memory$argnum);
}
