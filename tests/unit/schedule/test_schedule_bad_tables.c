/* Cells that no schedule can be made of, in every column of every table: each is told with its column, its row and what was
 * expected, by schedules and by levelling alike. */
#include "net_cases.h"

#include <campaign/schedule_level.h>

static const char start[] = "2026-10-12";

typedef struct bad_case {
    const char *table; /* of inputs; the tasks are replaced where it is tasks */
    const char *text;
    campaign_status code;
    const char *where, *says;
    int64_t row;
} bad_case;

static const char two[] = "task:t,duration:f,owner:t\na,1,Li\nb,2,Wu\n";

/* ---- Wrong types -------------------------------------------------------------------------------------------------- */

typedef struct typed {
    const char *table, *column, *letters,
        *rest; /* letters: types that the column may not have; rest: the other columns */
} typed;

static const typed columns[] = {
    { "tasks", "task", "fd", ",duration:f" },
    { "tasks", "duration", "td", ",task:t" },
    { "tasks", "unit", "ifd", ",task:t,duration:f" },
    { "tasks", "owner", "ifd", ",task:t,duration:f" },
    { "tasks", "calendar", "ifd", ",task:t,duration:f" },
    { "tasks", "after", "fd", ",task:t,duration:f" },
    { "tasks", "earliest", "tif", ",task:t,duration:f" },
    { "tasks", "due", "tif", ",task:t,duration:f" },
    { "tasks", "due_at", "ifd", ",task:t,duration:f" },
    { "tasks", "optimistic", "td", ",task:t,duration:f" },
    { "tasks", "likely", "td", ",task:t,duration:f" },
    { "tasks", "pessimistic", "td", ",task:t,duration:f" },
    { "tasks", "actual_start", "tif", ",task:t,duration:f" },
    { "tasks", "actual_finish", "tif", ",task:t,duration:f" },
    { "tasks", "remaining", "td", ",task:t,duration:f" },
    { "links", "task", "fd", ",predecessor:t" },
    { "links", "predecessor", "fd", ",task:t" },
    { "links", "type", "ifd", ",task:t,predecessor:t" },
    { "links", "lag", "td", ",task:t,predecessor:t" },
    { "links", "lag_unit", "ifd", ",task:t,predecessor:t" },
    { "owners", "owner", "ifd", "" },
    { "owners", "calendar", "ifd", ",owner:t" },
    { "owners", "capacity", "td", ",owner:t" },
    { "away", "owner", "ifd", ",start:d" },
    { "away", "start", "tif", ",owner:t" },
    { "away", "finish", "tif", ",owner:t,start:d" },
    { "actuals", "task", "fd", "" },
    { "actuals", "actual_start", "tif", ",task:t" },
    { "actuals", "actual_finish", "tif", ",task:t" },
    { "actuals", "remaining", "td", ",task:t" },
    { "needs", "task", "fd", ",resource:t" },
    { "needs", "resource", "ifd", ",task:t" },
    { "needs", "units", "td", ",task:t,resource:t" },
    { "resources", "resource", "ifd", ",units:i" },
    { "resources", "units", "td", ",resource:t" },
    { "resources", "date", "tif", ",resource:t,units:i" },
    { "resources", "finish", "tif", ",resource:t,units:i" },
    { "resources", "calendar", "ifd", ",resource:t,units:i" },
};

/* ---- Calls of both ------------------------------------------------------------------------------------------------ */

typedef struct answer {
    campaign_status status;
    campaign_error error;
} answer;

/* The inputs of one in the other: those they share, and where levelling has its own. */
static const campaign_table **place_of(campaign_schedule_inputs *net, campaign_schedule_level_inputs *level,
                                       const char *table, bool is_level)
{
    if (strcmp(table, "tasks") == 0) return is_level ? &level->tasks : &net->tasks;
    if (strcmp(table, "links") == 0) return is_level ? &level->links : &net->links;
    if (strcmp(table, "owners") == 0) return is_level ? &level->owners : &net->owners;
    if (strcmp(table, "away") == 0) return is_level ? &level->away : &net->away;
    if (strcmp(table, "actuals") == 0) return is_level ? NULL : &net->actuals;
    if (strcmp(table, "needs") == 0) return is_level ? &level->needs : NULL;
    return is_level ? &level->resources : NULL;
}

/* False where the call does not take such a table. */
static bool call_with(answer *found, const char *table, const char *text, bool is_level)
{
    campaign_schedule_inputs net = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_level_inputs level = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    campaign_schedule_options net_options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    campaign_schedule_level_options level_options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    const campaign_table **place = place_of(&net, &level, table, is_level);
    if (!place) return false;
    campaign_table *tasks = read_table(two), *given = read_table(text), *schedule = NULL;
    net.tasks = level.tasks = tasks;
    *place = given;
    memset(found, 0, sizeof *found);
    net_options.has_start = level_options.has_start = net_options.has_as_of = 1;
    net_options.start_day = level_options.start_day = day_number(start);
    net_options.as_of_day = net_options.start_day + 2;
    found->status = is_level ? campaign_schedule_level(&schedule, NULL, &level, &level_options, NULL, &found->error)
                             : campaign_schedule_tasks(&schedule, NULL, &net, &net_options, NULL, &found->error);
    if (found->status != CAMPAIGN_OK) assert_null(schedule);
    campaign_table_free(schedule);
    campaign_table_free(given);
    campaign_table_free(tasks);
    return true;
}

/* A cell for each of the other columns of a header. */
static void write_rest(char *text, size_t size, const char *header)
{
    text[0] = '\0';
    for (const char *at = strchr(header, ':'); at; at = strchr(at + 1, ':')) {
        const size_t used = strlen(text);
        (void)snprintf(text + used, size - used, ",%s", at[1] == 't' ? "a" : at[1] == 'd' ? "2026-10-13" : "1");
    }
}

/* Where nothing stands in an optional column, its type does not matter. */
static void test_blank_columns_are_not_there(void **state)
{
    (void)state;
    for (int is_level = 0; is_level < 2; is_level++) {
        answer found;
        assert_true(
            call_with(&found, "tasks",
                      "task:t,duration:i,unit:f,owner:f,calendar:f,after:f,earliest:t,due:t,due_at:f,optimistic:t,"
                      "likely:t,pessimistic:t,actual_start:t,actual_finish:t,remaining:t\na,1,,,,,,,,,,,,,\n",
                      is_level));
        assert_ok(found.status, found.error);
        assert_true(call_with(&found, "tasks", "task:t,duration:t\n", is_level));
        assert_ok(found.status, found.error);
        assert_true(call_with(&found, "tasks", "task:t,duration:t\na,\n", is_level));
        assert_int_equal(found.status, CAMPAIGN_E_MISSING);
        assert_true(call_with(&found, "links", "task:t,predecessor:t,type:f,lag:t,lag_unit:d\nb,a,,,\n", is_level));
        assert_ok(found.status, found.error);
        assert_true(call_with(&found, "owners", "owner:t,calendar:d,capacity:t\nLi,,\nWu,,\n", is_level));
        assert_ok(found.status, found.error);
    }
    answer found;
    assert_true(call_with(&found, "needs", "task:t,resource:t,units:t\na,Li,\n", true));
    assert_ok(found.status, found.error);
    assert_true(call_with(&found, "resources", "resource:t,units:i,date:t,finish:f,calendar:f\nvan,1,,,\n", true));
    assert_ok(found.status, found.error);
    assert_true(call_with(&found, "actuals", "task:t,actual_start:t,remaining:t\na,,\n", false));
    assert_ok(found.status, found.error);
}

static void test_columns_have_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        for (const char *letter = columns[i].letters; *letter; letter++)
            for (int is_level = 0; is_level < 2; is_level++) {
                char text[160], where[80], rest[80];
                answer found;
                write_rest(rest, sizeof rest, columns[i].rest);
                (void)snprintf(text, sizeof text, "%s:%c%s\n%s%s\n", columns[i].column, *letter, columns[i].rest,
                               *letter == 'd' ? "2026-10-13" : "1", rest);
                (void)snprintf(where, sizeof where, "%s.%s", columns[i].table, columns[i].column);
                if (!call_with(&found, columns[i].table, text, is_level)) continue;
                if (found.status != CAMPAIGN_E_COLUMN || strcmp(found.error.where, where) != 0 ||
                    !strstr(found.error.message, "expected"))
                    fail_msg("%s as %c: %s at \"%s\": %s", where, *letter, campaign_status_name(found.status),
                             found.error.where, found.error.message);
            }
}

/* ---- Wrong cells -------------------------------------------------------------------------------------------------- */

static const bad_case bad[] = {
    { "tasks", "task:t,duration:f\na,1\n,1\n", CAMPAIGN_E_MISSING, "tasks.task", "has no name", 1 },
    { "tasks", "duration:f\n1\n", CAMPAIGN_E_COLUMN, "tasks.task", "", -1 },
    { "links", "task:t,predecessor:t\n,a\n", CAMPAIGN_E_MISSING, "links.task", "task is null", 0 },
    { "links", "task:t,predecessor:t\nb,\n", CAMPAIGN_E_MISSING, "links.predecessor", "predecessor is null", 0 },
    { "links", "task:t,predecessor:t\nb,c\n", CAMPAIGN_E_UNKNOWN, "links.predecessor", "no task \"c\"", 0 },
    { "links", "task:t,predecessor:t\nb,b\n", CAMPAIGN_E_INFEASIBLE, "links.predecessor", "circle: b → b", 0 },
    { "links", "task:t,predecessor:t\nb,a\na,b\n", CAMPAIGN_E_INFEASIBLE, "links.predecessor", "circle: a → b → a", 1 },
    { "links", "task:t,predecessor:t,type:t\nb,a,XX\n", CAMPAIGN_E_UNKNOWN, "links.type", "\"XX\" is none of FS", 0 },
    { "links", "task:t,predecessor:t,lag_unit:t\nb,a,week\n", CAMPAIGN_E_UNKNOWN, "links.lag_unit", "\"week\"", 0 },
    { "links", "task:t,predecessor:t,lag:f\nb,a,1e99\n", CAMPAIGN_E_OVERFLOW, "links.lag", "1e+99", 0 },
    { "owners", "owner:t\nLi\nWu\n,\n", CAMPAIGN_E_MISSING, "owners.owner", "", 2 },
    { "owners", "owner:t\nLi\nWu\nLi\n", CAMPAIGN_E_DUPLICATE, "owners.owner", "", 2 },
    { "owners", "owner:t\nLi\n", CAMPAIGN_E_UNKNOWN, "tasks.owner", "no owner \"Wu\"", 1 },
    { "owners", "owner:t,capacity:f\nLi,-1\nWu,\n", CAMPAIGN_E_VALUE, "owners.capacity", "-1", 0 },
    { "owners", "owner:t,capacity:f\nLi,25\nWu,\n", CAMPAIGN_E_OVERFLOW, "owners.capacity", "25", 0 },
    { "owners", "owner:t,calendar:t\nLi,CN\nWu,\n", CAMPAIGN_E_UNKNOWN, "owners.calendar", "no calendar \"CN\"", 0 },
    { "away", "owner:t,start:d\n,2026-10-13\n", CAMPAIGN_E_MISSING, "away.owner", "", 0 },
    { "away", "owner:t,start:d\nLi,\n", CAMPAIGN_E_MISSING, "away.start", "", 0 },
    { "away", "owner:t,start:d\nLo,2026-10-13\n", CAMPAIGN_E_UNKNOWN, "away.owner", "no owner \"Lo\"", 0 },
    { "away", "owner:t,start:d,finish:d\nLi,2026-10-13,2026-10-12\n", CAMPAIGN_E_VALUE, "away.finish", "2026-10-12",
      0 },
    { "away", "owner:t,start:m\nLi,2026-10-13T12:00\n", CAMPAIGN_E_VALUE, "away.start", "12:00", 0 },
    { "actuals", "task:t,actual_start:d\n,2026-10-12\n", CAMPAIGN_E_MISSING, "actuals.task", "names no task", 0 },
    { "actuals", "task:t,actual_start:d\na,2026-10-12\na,\n", CAMPAIGN_E_DUPLICATE, "actuals.task", "twice", 1 },
    { "actuals", "task:t,actual_start:d\na,2026-10-15\n", CAMPAIGN_E_VALUE, "actuals.actual_start", "after as_of", 0 },
    { "actuals", "task:t,remaining:f\na,-2\n", CAMPAIGN_E_VALUE, "actuals.remaining", "-2", 0 },
    { "tasks", "task:t,duration:f,after:t\na,1,b\nb,1,a\n", CAMPAIGN_E_INFEASIBLE, "tasks.after", "circle: a → b → a",
      0 },
    { "needs", "task:t,resource:t\n,Li\n", CAMPAIGN_E_MISSING, "needs.task", "", 0 },
    { "needs", "task:t,resource:t\na,\n", CAMPAIGN_E_MISSING, "needs.resource", "", 0 },
    { "needs", "task:t,resource:t,units:i\na,Li,-1\n", CAMPAIGN_E_VALUE, "needs.units", "-1", 0 },
    { "needs", "task:t,resource:t,units:f\na,Li,1e12\n", CAMPAIGN_E_OVERFLOW, "needs.units", "expected 0 to 1000000000",
      0 },
    { "resources", "resource:t,units:i\n,1\n", CAMPAIGN_E_MISSING, "resources.resource", "", 0 },
    { "resources", "resource:t,units:i\nvan,\n", CAMPAIGN_E_MISSING, "resources.units", "", 0 },
    { "resources", "resource:t,units:i\nvan,-1\n", CAMPAIGN_E_VALUE, "resources.units", "-1", 0 },
    { "resources", "resource:t,units:i,date:m\nvan,1,\nvan,0,2026-10-13T08:30\n", CAMPAIGN_E_VALUE, "resources.date",
      "08:30", 1 },
    { "resources", "resource:t,units:i,finish:d\nvan,1,2026-10-13\n", CAMPAIGN_E_MISSING, "resources.date", "", 0 },
};

static void test_cells_are_told(void **state)
{
    (void)state;
    int32_t n_wrong = 0;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (int is_level = 0; is_level < 2; is_level++) {
            const bad_case *one = &bad[i];
            answer found;
            if (!call_with(&found, one->table, one->text, is_level)) continue;
            if (found.status == one->code && strcmp(found.error.where, one->where) == 0 &&
                found.error.row == one->row && strstr(found.error.message, one->says))
                continue;
            n_wrong++;
            print_error("%s%s: %s at \"%s\" row %lld: %s\n", is_level ? "level " : "", one->text,
                        campaign_status_name(found.status), found.error.where, (long long)found.error.row,
                        found.error.message);
        }
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_columns_have_types),
                                        cmocka_unit_test(test_blank_columns_are_not_there),
                                        cmocka_unit_test(test_cells_are_told) };
    return cmocka_run_group_tests_name("bad tables of schedules", tests, NULL, NULL);
}
