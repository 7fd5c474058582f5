/* Runs a Lua script again and again, each time with an allocator that fails from the n-th request of Lua on (a single
 * failure would only make Lua collect and ask again), and counts what the library still holds afterwards: a Lua error may
 * jump out of any call, and nothing may stay behind. Lua's own memory is given back by lua_close whatever happened. */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_STEPS = 200000 };

typedef struct countdown {
    long left; /* requests until they fail; negative: none does */
} countdown;

static void *take(void *context, void *block, size_t old_size, size_t size)
{
    countdown *count = context;
    (void)old_size;
    if (size == 0) {
        free(block);
        return NULL;
    }
    /* Lua relies on shrinking to succeed. */
    const int grows = !block || size > old_size;
    if (grows && count->left == 0) return NULL;
    if (grows && count->left > 0) count->left--;
    return realloc(block, size);
}

/* Whether the script ran to its end. */
static int run(const char *script, long fails_at)
{
    countdown count = { -1 };
    lua_State *L = lua_newstate(take, &count);
    if (!L) return 0;
    luaL_openlibs(L);
    int done = luaL_loadfile(L, script) == LUA_OK && lua_pcall(L, 0, 1, 0) == LUA_OK;
    if (!done) {
        (void)fprintf(stderr, "%s\n", lua_tostring(L, -1));
        exit(2);
    }
    count.left = fails_at; /* the script has loaded the module and gives the function to try */
    done = lua_pcall(L, 0, 0, 0) == LUA_OK;
    count.left = -1;
    lua_close(L);
    return done;
}

static size_t held(void)
{
    return mallinfo2().uordblks;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    (void)mallopt(M_MXFAST, 0); /* and the caller turns the thread caches off: what is freed counts as free at once */
    for (int i = 0; i < 3; i++)
        if (!run(argv[1], -1)) return 2;
    const size_t before = held();
    long n = 0;
    for (; n < MOST_STEPS; n++) {
        const int done = run(argv[1], n);
        if (held() > before) {
            (void)printf("request %ld: %zu bytes are lost\n", n, held() - before);
            return 1;
        }
        if (done) break;
    }
    (void)printf("%ld requests failed, nothing was lost\n", n);
    return n < 100 || n == MOST_STEPS;
}
