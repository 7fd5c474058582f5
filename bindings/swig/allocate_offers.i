/* offers to customers under shared budgets. Included by campaign.i. */
%ignore campaign_allocate_offers_inputs;
%ignore campaign_allocate_offers_options;
%ignore campaign_allocate_offers_report;
%ignore campaign_allocate_offers_report_clear;
%ignore campaign_offer_customer;
%ignore campaign_allocate_choose_offer;
%campaign_handle(campaign_offer_prices)
%campaign_struct_input(campaign_allocate_offers_inputs, inputs)
%campaign_struct_input(campaign_allocate_offers_options, options)
%campaign_struct_output(campaign_allocate_offers_report, report)
%campaign_heavy(campaign_allocate_offers);
%campaign_heavy(campaign_allocate_offers_stream);
%ignore campaign_offer_stream;
%apply (const char *text, size_t length) { (const char *key, size_t length) };

/* One customer: lists of numbers in, the list of chosen offers out. */
#if defined(SWIGPYTHON)
%{
#include "python_offers.h"
#include "python_stream.h"
%}
/* A function that gives an iterator over tables: called again for every reading. */
%typemap(in) const campaign_offer_stream *stream (campaign_offer_stream given, bind_batches batches = bind_no_batches) {
    if (!bind_stream(&given, &batches, $input)) SWIG_fail;
    $1 = &given;
}
%typemap(freearg) const campaign_offer_stream *stream {
    Py_CLEAR(batches$argnum.iterator);
}
%typemap(argout) const campaign_offer_stream *stream "";
%rename(allocate_choose_offer) bind_choose_offer;
PyObject *bind_choose_offer(const campaign_offer_prices *prices, PyObject *values, PyObject *costs, PyObject *keys,
                            int32_t most);
#elif defined(SWIGLUA)
%{
#include "lua_offers.h"
#include "lua_stream.h"
%}
/* function(is_rewind): starts again, or gives the next table, nil behind the last one. */
%typemap(in, checkfn="lua_isfunction") const campaign_offer_stream *stream (campaign_offer_stream given,
                                                                            bind_callback callback) {
    bind_stream(L, $input, &given, &callback);
    $1 = &given;
}
%typemap(argout) const campaign_offer_stream *stream {
    if (callback$argnum.has_raised) {
        lua_pushvalue(L, callback$argnum.error);
        return lua_error(L);
    }
}
%native(allocate_choose_offer) int bind_choose_offer(lua_State *L);
#endif

%include <campaign/allocate_offers.h>
