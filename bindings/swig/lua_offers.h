/* Deciding for one customer from Lua: lists of numbers, false or nil where there is nothing. */
#ifndef CAMPAIGN_BINDINGS_LUA_OFFERS_H
#define CAMPAIGN_BINDINGS_LUA_OFFERS_H

#include <math.h>

/* n numbers of the list at index, in memory that Lua collects; what is no number reads as NAN. */
static double *bind_read_numbers(lua_State *L, int index, int n)
{
    double *numbers = (double *)lua_newuserdata(L, (size_t)(n > 0 ? n : 1) * sizeof *numbers);
    if (n > 0) luaL_checktype(L, index, LUA_TTABLE);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, index, i + 1);
        numbers[i] = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
        lua_pop(L, 1);
    }
    return numbers;
}

/* allocate_choose_offer(prices, values, costs, keys, most) → list of offer numbers from 0, or nil, err. */
static int bind_choose_offer(lua_State *L)
{
    campaign_offer_prices *prices = NULL;
    if (!SWIG_IsOK(SWIG_ConvertPtr(L, 1, (void **)&prices, SWIGTYPE_p_campaign_offer_prices, 0)) || !prices)
        return luaL_argerror(L, 1, "prices expected");
    const int32_t n = campaign_offer_prices_n_offers(prices), n_costs = campaign_offer_prices_n_costs(prices);
    int32_t n_keys = 0, n_chosen = 0;
    while (campaign_offer_prices_attribute(prices, n_keys)) n_keys++;
    lua_settop(L, 5);
    campaign_offer_customer customer = CAMPAIGN_OFFER_CUSTOMER_INIT;
    customer.values = bind_read_numbers(L, 2, n);
    customer.costs = bind_read_numbers(L, 3, n * n_costs);
    const double *keys = bind_read_numbers(L, 4, n_keys);
    int32_t *codes = (int32_t *)lua_newuserdata(L, ((size_t)n + (size_t)n_keys + 1) * sizeof *codes);
    for (int32_t i = 0; i < n_keys; i++) codes[n + i] = isnan(keys[i]) ? -1 : (int32_t)keys[i];
    customer.keys = codes + n;
    customer.most = (int32_t)luaL_optinteger(L, 5, 0);
    campaign_error error;
    memset(&error, 0, sizeof error);
    if (campaign_allocate_choose_offer(codes, &n_chosen, n, prices, &customer, &error) != CAMPAIGN_OK)
        return bind_fail(L, &error);
    lua_createtable(L, n_chosen, 0);
    for (int32_t i = 0; i < n_chosen; i++) {
        lua_pushinteger(L, codes[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

#endif
