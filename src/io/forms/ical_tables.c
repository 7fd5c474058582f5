/* From rows of a plan to entries of a calendar: ids that stay, names, days, moments. */
#if defined(CAMPAIGN_HAS_ICAL)
#include <stdlib.h>
#include <string.h>

#include "io/csv/value.h"
#include "io/forms/ical.h"

static const int64_t seconds_per_day = 86400, micros_per_day = INT64_C(86400000000);

static void add(cpn_io_text *text, const char *words)
{
    cpn_io_add(text, words, strlen(words));
}

/* Adds a cell's text; control characters become blanks, so that nothing but line ends has to be escaped. */
static void add_cell(cpn_io_text *text, const campaign_table *table, const char *column, int64_t row)
{
    char room[64];
    size_t length = 0;
    const int32_t index = campaign_table_find(table, column);
    const char *cell = campaign_table_text(table, index, row, &length);
    if (!cell && index >= 0) {
        length = campaign_table_format(room, sizeof room, table, index, row);
        cell = room;
    }
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)cell[i];
        if (c == '\r') continue;
        cpn_io_add_char(text, c == '\n' || (c >= 0x20 && c != 0x7F) ? cell[i] : ' ');
    }
}

static bool has_cell(const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    return index >= 0 && !campaign_table_is_null(table, index, row);
}

/* A day, from a column of dates, of timestamps or of ISO texts, whose midnights are days too; false for a time of day. */
static bool take_day(int32_t *day, const campaign_table *table, const char *column, int64_t row)
{
    campaign_column found = CAMPAIGN_COLUMN_INIT;
    cpn_io_time time = { 0 };
    size_t length = 0;
    const int32_t index = campaign_table_find(table, column);
    if (index < 0 || campaign_table_is_null(table, index, row)) return false;
    if (campaign_table_column(&found, table, index, NULL) != CAMPAIGN_OK) return false;
    const char *text = campaign_table_text(table, index, row, &length);
    if (text && cpn_io_read_time(&time, text, length, 0, false) == CPN_IO_FINE && !time.micros) {
        *day = time.day;
        return true;
    }
    const int64_t value = campaign_table_int64(table, index, row);
    const bool is_moment = found.type == CAMPAIGN_TYPE_TIMESTAMP;
    *day = (int32_t)(is_moment ? value / micros_per_day : value);
    return found.type == CAMPAIGN_TYPE_DATE || (is_moment && value % micros_per_day == 0);
}

/* A moment of the shop's clock such as "2026-11-17T00:00", as UTC. */
static bool take_moment(cpn_ical_entry *entry, const cpn_ical_writer *writer, const campaign_table *table,
                        const char *column, int64_t row)
{
    char room[64];
    size_t length = 0;
    cpn_io_time time = { 0 };
    const int32_t index = campaign_table_find(table, column);
    const char *text = campaign_table_text(table, index, row, &length);
    if (!text && index >= 0 && !campaign_table_is_null(table, index, row)) { /* a column of timestamps */
        length = campaign_table_format(room, sizeof room, table, index, row);
        text = room;
    }
    if (!text || cpn_io_read_time(&time, text, length, 0, false) != CPN_IO_FINE || !time.has_time) return false;
    const int64_t offset = writer->options.has_utc_offset ? writer->options.utc_offset_minutes : 480;
    entry->has_moment = true;
    entry->moment = time.day * seconds_per_day + time.micros / 1000000 - offset * 60;
    /* The first moment of a day is the end of the day before. */
    entry->first = time.micros == 0 ? time.day - 1 : time.day;
    entry->end = entry->first + 1;
    return true;
}

/* When a task is written: at due_at, due, or the day on which it is to be finished; each may be a day or have a time. */
static bool take_due(cpn_ical_entry *entry, const cpn_ical_writer *writer, int64_t row)
{
    static const char *const names[] = { "due_at", "due", "finish" };
    const campaign_table *table = writer->tasks;
    if (take_moment(entry, writer, table, "due_at", row)) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (take_day(&entry->first, table, names[i], row)) {
            entry->end = entry->first + 1;
            return true;
        }
        if (take_moment(entry, writer, table, names[i], row)) return true;
    }
    return false;
}

static const char *say(const cpn_ical_writer *writer, const cpn_form_words *words, const campaign_table *table,
                       const char *column, int64_t row)
{
    size_t length = 0;
    const char *text = campaign_table_text(table, campaign_table_find(table, column), row, &length);
    const cpn_form_word *word = text ? cpn_form_find_word(words, text, length) : NULL;
    return !word ? NULL : writer->is_chinese ? word->zh : word->en;
}

/* plan id / parts … @libcampaign: an item keeps it as long as the plan keeps its id. */
static void start_uid(cpn_io_text *uid, const cpn_ical_writer *writer)
{
    add(uid, writer->plan_id);
}

static void end_uid(cpn_io_text *uid)
{
    add(uid, "@libcampaign");
}

static void add_campaign_uid(cpn_io_text *uid, const cpn_ical_writer *writer, const campaign_table *table, int64_t row)
{
    start_uid(uid, writer);
    add(uid, "/campaign/");
    add_cell(uid, table, "campaign", row);
}

static void take_parent(cpn_ical_entry *entry, const cpn_ical_writer *writer, const campaign_table *table, int64_t row)
{
    if (!has_cell(table, "campaign", row)) return;
    add_campaign_uid(&entry->parent, writer, table, row);
    end_uid(&entry->parent);
}

/* Name of the campaign that a row belongs to, or its id. */
static void add_campaign_name(cpn_io_text *text, const cpn_ical_writer *writer, const campaign_table *table,
                              int64_t row)
{
    size_t n = 0, n_other = 0;
    const char *id = campaign_table_text(table, campaign_table_find(table, "campaign"), row, &n);
    const int32_t index = campaign_table_find(writer->campaigns, "campaign");
    const int64_t n_rows = campaign_table_n_rows(writer->campaigns);
    for (int64_t i = 0; id && index >= 0 && i < n_rows; i++) {
        const char *other = campaign_table_text(writer->campaigns, index, i, &n_other);
        if (!other || n_other != n || memcmp(id, other, n) != 0) continue;
        add_cell(text, writer->campaigns, "name", i);
        return;
    }
    if (id) cpn_io_add(text, id, n);
}

/* "Heading: cell" as a line of the description, where there is a cell. */
static void describe(cpn_ical_entry *entry, const char *heading, const campaign_table *table, const char *column,
                     int64_t row)
{
    if (!has_cell(table, column, row)) return;
    if (entry->description.length) cpn_io_add_char(&entry->description, '\n');
    add(&entry->description, heading);
    add_cell(&entry->description, table, column, row);
}

static void describe_word(cpn_ical_entry *entry, const char *heading, const char *word)
{
    if (!word) return;
    if (entry->description.length) cpn_io_add_char(&entry->description, '\n');
    add(&entry->description, heading);
    add(&entry->description, word);
}

static void free_entry(cpn_ical_entry *entry)
{
    free(entry->uid.data);
    free(entry->summary.data);
    free(entry->description.data);
    free(entry->parent.data);
}

static campaign_status finish(cpn_ical_writer *writer, cpn_ical_entry *entry, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    end_uid(&entry->uid);
    const bool is_past = writer->options.has_as_of && entry->end <= writer->options.as_of_day;
    if (entry->uid.has_failed || entry->summary.has_failed || entry->description.has_failed || entry->parent.has_failed)
        status = cpn_io_fail_nomem(error);
    else if (!is_past)
        status = cpn_ical_add(writer, entry, error);
    free_entry(entry);
    return status;
}

static campaign_status add_campaign(cpn_ical_writer *writer, int64_t row, campaign_error *error)
{
    const campaign_table *table = writer->campaigns;
    const bool zh = writer->is_chinese;
    cpn_ical_entry entry = { .kind = CPN_ICAL_CAMPAIGN, .category = zh ? "活动" : "campaign" };
    if (!take_day(&entry.first, table, "start", row) || !take_day(&entry.end, table, "end", row)) return CAMPAIGN_OK;
    entry.subject = say(writer, &cpn_form_tiers, table, "tier", row);
    add_campaign_uid(&entry.uid, writer, table, row);
    add_cell(&entry.summary, table, "name", row);
    describe(&entry, zh ? "主题：" : "Theme: ", table, "theme", row);
    describe_word(&entry, zh ? "目的：" : "Objective: ", say(writer, &cpn_form_objectives, table, "objective", row));
    describe(&entry, zh ? "目标：" : "Target: ", table, "target", row);
    return finish(writer, &entry, error);
}

static campaign_status add_phase(cpn_ical_writer *writer, int64_t row, campaign_error *error)
{
    const campaign_table *table = writer->phases;
    const bool zh = writer->is_chinese;
    cpn_ical_entry entry = { .kind = CPN_ICAL_PHASE, .category = zh ? "阶段" : "phase" };
    if (!take_day(&entry.first, table, "start", row) || !take_day(&entry.end, table, "end", row)) return CAMPAIGN_OK;
    entry.subject = say(writer, &cpn_form_phases, table, "phase", row);
    start_uid(&entry.uid, writer);
    add(&entry.uid, "/phase/");
    add_cell(&entry.uid, table, "campaign", row);
    add(&entry.uid, "/");
    add_cell(&entry.uid, table, "phase", row);
    add_campaign_name(&entry.summary, writer, table, row);
    add(&entry.summary, zh ? "：" : ": ");
    if (entry.subject)
        add(&entry.summary, entry.subject);
    else
        add_cell(&entry.summary, table, "phase", row);
    take_parent(&entry, writer, table, row);
    describe(&entry, zh ? "目标：" : "Target: ", table, "target", row);
    describe(&entry, zh ? "截止：" : "Due: ", table, "due", row);
    return finish(writer, &entry, error);
}

/* Whether a cell is the id of a deadline as tasks name it, "d1111/price_lock". */
static bool names_deadline(const char *text, size_t length, const campaign_table *deadlines, int64_t row)
{
    size_t n = 0, n_id = 0;
    const char *campaign = campaign_table_text(deadlines, campaign_table_find(deadlines, "campaign"), row, &n);
    const char *id = campaign_table_text(deadlines, campaign_table_find(deadlines, "deadline"), row, &n_id);
    return campaign && id && length == n + 1 + n_id && memcmp(text, campaign, n) == 0 && text[n] == '/' &&
           memcmp(text + n + 1, id, n_id) == 0;
}

/* Whether a task stands in the calendar for this deadline: it names it, and is due at the same time. */
static bool is_task(const cpn_ical_writer *writer, int64_t deadline, const cpn_ical_entry *entry)
{
    const campaign_table *tasks = writer->tasks;
    const int32_t index = campaign_table_find(tasks, "deadline");
    const int64_t n_rows = index >= 0 ? campaign_table_n_rows(tasks) : 0;
    for (int64_t row = 0; row < n_rows; row++) {
        size_t length = 0;
        const char *text = campaign_table_text(tasks, index, row, &length);
        cpn_ical_entry task = { 0 };
        if (!text || !names_deadline(text, length, writer->deadlines, deadline)) continue;
        if (take_due(&task, writer, row) && task.first == entry->first && task.has_moment == entry->has_moment &&
            task.moment == entry->moment)
            return true;
    }
    return false;
}

static campaign_status add_deadline(cpn_ical_writer *writer, int64_t row, campaign_error *error)
{
    const campaign_table *table = writer->deadlines;
    cpn_ical_entry entry = { .kind = CPN_ICAL_DEADLINE, .category = writer->is_chinese ? "截止" : "deadline" };
    if (!take_day(&entry.first, table, "date", row)) return CAMPAIGN_OK;
    entry.end = entry.first + 1;
    (void)take_moment(&entry, writer, table, "due", row);
    if (is_task(writer, row, &entry)) return CAMPAIGN_OK;
    start_uid(&entry.uid, writer);
    add(&entry.uid, "/deadline/");
    add_cell(&entry.uid, table, "campaign", row);
    add(&entry.uid, "/");
    add_cell(&entry.uid, table, "deadline", row);
    add_campaign_name(&entry.summary, writer, table, row);
    add(&entry.summary, writer->is_chinese ? "：" : ": ");
    add_cell(&entry.summary, table, "name", row);
    take_parent(&entry, writer, table, row);
    return finish(writer, &entry, error);
}

static bool is_status(const campaign_table *table, int64_t row, const char *word)
{
    size_t length = 0;
    const char *text = campaign_table_text(table, campaign_table_find(table, "status"), row, &length);
    return text && length == strlen(word) && memcmp(text, word, length) == 0;
}

static campaign_status add_task(cpn_ical_writer *writer, int64_t row, campaign_error *error)
{
    const campaign_table *table = writer->tasks;
    const bool zh = writer->is_chinese;
    cpn_ical_entry entry = { .kind = CPN_ICAL_DEADLINE, .category = zh ? "任务" : "task" };
    if (!take_due(&entry, writer, row)) return CAMPAIGN_OK;
    entry.is_done = is_status(table, row, "done");
    entry.is_doing = is_status(table, row, "doing");
    entry.subject = say(writer, &cpn_form_phases, table, "phase", row);
    start_uid(&entry.uid, writer);
    add(&entry.uid, "/task/");
    add_cell(&entry.uid, table, "task", row);
    if (has_cell(table, "campaign", row)) {
        add_campaign_name(&entry.summary, writer, table, row);
        add(&entry.summary, zh ? "：" : ": ");
    }
    add_cell(&entry.summary, table, has_cell(table, "name", row) ? "name" : "task", row);
    take_parent(&entry, writer, table, row);
    describe(&entry, zh ? "负责人：" : "Owner: ", table, "owner", row);
    const char *role = say(writer, &cpn_form_roles, table, "role", row);
    if (role)
        describe_word(&entry, zh ? "岗位：" : "Role: ", role);
    else
        describe(&entry, zh ? "岗位：" : "Role: ", table, "role", row);
    describe(&entry, zh ? "交付物：" : "Deliverable: ", table, "deliverable", row);
    describe(&entry, zh ? "前置任务：" : "After: ", table, "after", row);
    return finish(writer, &entry, error);
}

campaign_status cpn_ical_add_tables(cpn_ical_writer *writer, campaign_error *error)
{
    const struct {
        const campaign_table *table;
        campaign_status (*add)(cpn_ical_writer *, int64_t, campaign_error *);
    } parts[] = { { writer->campaigns, add_campaign },
                  { writer->phases, add_phase },
                  { writer->deadlines, add_deadline },
                  { writer->tasks, add_task } };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (int64_t row = 0; row < campaign_table_n_rows(parts[i].table) && status == CAMPAIGN_OK; row++)
            status = parts[i].add(writer, row, error);
    return status;
}
#else
typedef int cpn_ical_is_not_built; /* a file of C has at least one declaration */
#endif
