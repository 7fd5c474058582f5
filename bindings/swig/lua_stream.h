/* Batches of pairs from Lua: a function that is called with true to start again, and otherwise gives the next table. */
#ifndef CAMPAIGN_BINDINGS_LUA_STREAM_H
#define CAMPAIGN_BINDINGS_LUA_STREAM_H

/* Runs under lua_pcall, so that nothing raises through the library. */
static int bind_call_batches(lua_State *L)
{
    lua_settop(L, 2);
    lua_call(L, 1, 1);
    return 1;
}

/* What the function gives is left on the stack, unless it raised. */
static int bind_ask_batches(bind_callback *callback, int is_rewind)
{
    lua_State *L = callback->L;
    if (callback->has_raised) return 0;
    lua_pushvalue(L, callback->caller);
    lua_pushvalue(L, callback->function);
    lua_pushboolean(L, is_rewind);
    if (lua_pcall(L, 2, 1, 0) == 0) return 1;
    lua_replace(L, callback->error);
    callback->has_raised = 1;
    return 0;
}

static campaign_status bind_stream_rewind(void *ctx, campaign_error *error)
{
    bind_callback *callback = (bind_callback *)ctx;
    (void)error;
    if (!bind_ask_batches(callback, 1)) return CAMPAIGN_E_CANCELLED;
    lua_pop(callback->L, 1);
    return CAMPAIGN_OK;
}

/* A slice of the table that Lua holds: its buffers live as long as either. */
static campaign_status bind_stream_next(void *ctx, campaign_table **batch, campaign_error *error)
{
    bind_callback *callback = (bind_callback *)ctx;
    lua_State *L = callback->L;
    campaign_status status = CAMPAIGN_OK;
    void *table = NULL;
    *batch = NULL;
    if (!bind_ask_batches(callback, 0)) return CAMPAIGN_E_CANCELLED;
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return CAMPAIGN_OK;
    }
    if (SWIG_IsOK(SWIG_ConvertPtr(L, lua_gettop(L), &table, SWIGTYPE_p_campaign_table, 0)) && table) {
        status = campaign_table_slice(batch, (campaign_table *)table, 0,
                                      campaign_table_n_rows((const campaign_table *)table), error);
        lua_pop(L, 1);
        return status;
    }
    lua_pop(L, 1);
    lua_pushstring(L, "a batch is not a table of this library");
    lua_replace(L, callback->error);
    callback->has_raised = 1;
    return CAMPAIGN_E_CANCELLED;
}

static void bind_stream(lua_State *L, int index, campaign_offer_stream *stream, bind_callback *callback)
{
    const campaign_offer_stream empty = CAMPAIGN_OFFER_STREAM_INIT;
    *stream = empty;
    memset(callback, 0, sizeof *callback);
    luaL_checkstack(L, 16, "no room for the function of batches");
    callback->L = L; /* what is pushed here stays for the length of the call */
    lua_pushvalue(L, index);
    callback->function = lua_gettop(L);
    lua_pushcfunction(L, bind_call_batches);
    callback->caller = lua_gettop(L);
    lua_pushnil(L);
    callback->error = lua_gettop(L);
    stream->rewind = bind_stream_rewind;
    stream->next = bind_stream_next;
    stream->ctx = callback;
}

#endif
