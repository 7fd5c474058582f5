/* Predecessors of a task as text ("a; b SS+2; c FF-1.5d"): any text is refused with a sentence, or links the task to others, and
 * then marks between nothing, in any of their forms, change nothing. */
#include "fuzz.h"

#include <campaign/schedule.h>
#include <stdbool.h>
#include <string.h>

enum { N_TASKS = 5, MOST_BYTES = 4000 };

static const char *const names[N_TASKS] = { "a", "b SS", "c+1", "调研", "a b" };

static void append_row(campaign_table_builder *builder, const char *name, const char *after, size_t length)
{
    FUZZ_CHECK(campaign_table_builder_append_text(builder, 0, name, strlen(name), NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_append_int64(builder, 1, 2, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_append_text(builder, 2, after, length, NULL) == CAMPAIGN_OK);
}

/* Start and finish of the task behind the text; false where the text is refused. */
static bool schedule(int64_t span[2], const char *after, size_t length)
{
    campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    campaign_table_builder *builder = NULL;
    campaign_table *tasks = NULL, *made = NULL;
    campaign_error error = { 0 };
    FUZZ_CHECK(campaign_table_builder_create(&builder, NULL) == CAMPAIGN_OK);
    (void)campaign_table_builder_add_column(builder, "task", CAMPAIGN_TYPE_UTF8, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, "duration", CAMPAIGN_TYPE_INT64, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, "after", CAMPAIGN_TYPE_UTF8, NULL, NULL);
    for (int i = 0; i < N_TASKS; i++) append_row(builder, names[i], "", 0);
    append_row(builder, "~", after, length); /* the last in key order but for those of wide characters */
    FUZZ_CHECK(campaign_table_builder_finish(&tasks, builder, NULL) == CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    inputs.tasks = tasks;
    options.has_start = 1, options.start_day = 20514; /* Monday 2026-03-02 */
    const campaign_status status = campaign_schedule_tasks(&made, NULL, &inputs, &options, NULL, &error);
    FUZZ_CHECK(status == CAMPAIGN_OK || (made == NULL && error.message[0] != '\0'));
    for (int64_t row = 0; row < campaign_table_n_rows(made); row++) {
        size_t n = 0;
        const char *name = campaign_table_text(made, campaign_table_find(made, "task"), row, &n);
        if (n != 1 || name[0] != '~') continue;
        campaign_column start = CAMPAIGN_COLUMN_INIT, finish = CAMPAIGN_COLUMN_INIT;
        FUZZ_CHECK(campaign_table_column(&start, made, campaign_table_find(made, "start_at"), NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(campaign_table_column(&finish, made, campaign_table_find(made, "finish_at"), NULL) == CAMPAIGN_OK);
        span[0] = ((const int64_t *)start.values)[row], span[1] = ((const int64_t *)finish.values)[row];
    }
    campaign_table_free(made);
    campaign_table_free(tasks);
    return status == CAMPAIGN_OK;
}

/* Whether a table takes the text at all: it must be UTF-8. */
static bool is_text(const char *text, size_t length)
{
    campaign_table_builder *builder = NULL;
    FUZZ_CHECK(campaign_table_builder_create(&builder, NULL) == CAMPAIGN_OK);
    (void)campaign_table_builder_add_column(builder, "after", CAMPAIGN_TYPE_UTF8, NULL, NULL);
    const bool is_taken = campaign_table_builder_append_text(builder, 0, text, length, NULL) == CAMPAIGN_OK;
    campaign_table_builder_free(builder);
    return is_taken;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char before[] = " ; \t；", behind[] = "，；、 ,;";
    char longer[MOST_BYTES + sizeof before + sizeof behind];
    int64_t plain[2] = { 0 }, marked[2] = { 0 };
    if (size > MOST_BYTES || !is_text((const char *)data, size)) return 0;
    memcpy(longer, before, sizeof before - 1);
    memcpy(longer + sizeof before - 1, data, size);
    memcpy(longer + sizeof before - 1 + size, behind, sizeof behind - 1);
    const bool is_good = schedule(plain, (const char *)data, size);
    FUZZ_CHECK(schedule(marked, longer, sizeof before + sizeof behind - 2 + size) == is_good);
    FUZZ_CHECK(plain[0] == marked[0] && plain[1] == marked[1]);
    FUZZ_CHECK(!is_good || (plain[0] >= INT64_C(20514) * 86400000000 && plain[1] > plain[0]));
    return 0;
}
