/* Deciding for one customer from Python: any sequences of numbers, None where there is nothing. */
#ifndef CAMPAIGN_BINDINGS_PYTHON_OFFERS_H
#define CAMPAIGN_BINDINGS_PYTHON_OFFERS_H

#include <math.h>

/* n numbers of a sequence; None reads as NAN. */
static int bind_read_numbers(double *numbers, PyObject *sequence, Py_ssize_t n, const char *name)
{
    const Py_ssize_t given = PySequence_Size(sequence);
    if (given < 0) return 0;
    if (given != n) {
        PyErr_Format(PyExc_ValueError, "%s: %zd numbers, expected %zd", name, given, n);
        return 0;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(sequence, i);
        if (!item) return 0;
        numbers[i] = item == Py_None ? NAN : PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (PyErr_Occurred()) return 0;
    }
    return 1;
}

static PyObject *bind_chosen_list(const int32_t *chosen, int32_t n)
{
    PyObject *list = PyList_New(n);
    for (int32_t i = 0; list && i < n; i++) {
        PyObject *number = PyLong_FromLong((long)chosen[i]);
        if (!number || PyList_SetItem(list, i, number) != 0) Py_CLEAR(list);
    }
    return list;
}

static PyObject *bind_choose_offer(const campaign_offer_prices *prices, PyObject *values, PyObject *costs,
                                   PyObject *keys, int32_t most)
{
    const int32_t n = campaign_offer_prices_n_offers(prices), n_costs = campaign_offer_prices_n_costs(prices);
    int32_t n_keys = 0, n_chosen = 0;
    while (campaign_offer_prices_attribute(prices, n_keys)) n_keys++;
    campaign_offer_customer customer = CAMPAIGN_OFFER_CUSTOMER_INIT;
    campaign_error error;
    memset(&error, 0, sizeof error);
    double *numbers = (double *)PyMem_Calloc((size_t)n * (size_t)(1 + n_costs) + (size_t)n_keys + 1, sizeof *numbers);
    int32_t *codes = (int32_t *)PyMem_Calloc((size_t)n + (size_t)n_keys + 1, sizeof *codes);
    PyObject *result = NULL;
    if (!numbers || !codes) {
        PyErr_NoMemory();
    } else if (bind_read_numbers(numbers, values, n, "values") &&
               (n_costs == 0 || bind_read_numbers(numbers + n, costs, (Py_ssize_t)n * n_costs, "costs")) &&
               (n_keys == 0 || bind_read_numbers(numbers + (size_t)n * (size_t)(1 + n_costs), keys, n_keys, "keys"))) {
        for (int32_t i = 0; i < n_keys; i++)
            codes[n + i] = (int32_t)numbers[(size_t)n * (size_t)(1 + n_costs) + (size_t)i];
        customer.most = most;
        customer.values = numbers;
        customer.costs = numbers + n;
        customer.keys = codes + n;
        const campaign_status status = campaign_allocate_choose_offer(codes, &n_chosen, n, prices, &customer, &error);
        if (status == CAMPAIGN_OK)
            result = bind_chosen_list(codes, n_chosen);
        else
            bind_raise(status, &error);
    }
    PyMem_Free(numbers);
    PyMem_Free(codes);
    return result;
}

#endif
