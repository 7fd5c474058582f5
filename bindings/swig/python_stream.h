/* Batches of pairs from Python: a function whose iterator gives tables, asked while the call does not hold the GIL. */
#ifndef CAMPAIGN_BINDINGS_PYTHON_STREAM_H
#define CAMPAIGN_BINDINGS_PYTHON_STREAM_H

typedef struct bind_batches {
    PyObject *open; /* borrowed from the call */
    PyObject *iterator;
} bind_batches;

static const bind_batches bind_no_batches = { NULL, NULL };

/* What Python raised stays raised, and ends the call. */
static campaign_status bind_stream_rewind(void *ctx, campaign_error *error)
{
    bind_batches *batches = (bind_batches *)ctx;
    const PyGILState_STATE gil = PyGILState_Ensure();
    Py_CLEAR(batches->iterator);
    PyObject *iterable = PyObject_CallFunctionObjArgs(batches->open, NULL);
    if (iterable) batches->iterator = PyObject_GetIter(iterable);
    Py_XDECREF(iterable);
    const campaign_status status = batches->iterator ? CAMPAIGN_OK : CAMPAIGN_E_CANCELLED;
    PyGILState_Release(gil);
    (void)error;
    return status;
}

/* A slice of the table that Python holds: its buffers live as long as either. */
static campaign_status bind_stream_next(void *ctx, campaign_table **batch, campaign_error *error)
{
    bind_batches *batches = (bind_batches *)ctx;
    campaign_status status = CAMPAIGN_OK;
    *batch = NULL;
    const PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *item = PyIter_Next(batches->iterator);
    void *table = NULL;
    if (!item)
        status = PyErr_Occurred() ? CAMPAIGN_E_CANCELLED : CAMPAIGN_OK;
    else if (SWIG_IsOK(SWIG_ConvertPtr(item, &table, SWIGTYPE_p_campaign_table, 0)) && table)
        status = campaign_table_slice(batch, (campaign_table *)table, 0,
                                      campaign_table_n_rows((const campaign_table *)table), error);
    else {
        PyErr_SetString(PyExc_TypeError, "a batch is not a table of this library");
        status = CAMPAIGN_E_CANCELLED;
    }
    Py_XDECREF(item);
    PyGILState_Release(gil);
    return status;
}

static int bind_stream(campaign_offer_stream *stream, bind_batches *batches, PyObject *open)
{
    const campaign_offer_stream empty = CAMPAIGN_OFFER_STREAM_INIT;
    *stream = empty;
    batches->open = open;
    batches->iterator = NULL;
    stream->rewind = bind_stream_rewind;
    stream->next = bind_stream_next;
    stream->ctx = batches;
    if (PyCallable_Check(open)) return 1;
    PyErr_SetString(PyExc_TypeError, "a stream is a function that gives an iterator over tables");
    return 0;
}

#endif
