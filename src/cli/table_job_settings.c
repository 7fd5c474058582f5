/* --set NAME=VALUE: fields of a kind's options by their names in C. */
#include <campaign/base.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"
#include "cli/table_job.h"

static const job_setting *find_setting(const job_kind *kind, const word_pair *pair)
{
    for (int i = 0; i < kind->n_settings; i++)
        if (strlen(kind->settings[i].name) == pair->length &&
            memcmp(kind->settings[i].name, pair->name, pair->length) == 0)
            return &kind->settings[i];
    (void)fprintf(stderr, "campaign %s: --set %.*s is not known; it takes", kind->name, (int)pair->length, pair->name);
    for (int i = 0; i < kind->n_settings; i++) (void)fprintf(stderr, "%s %s", i ? "," : "", kind->settings[i].name);
    (void)fputc('\n', stderr);
    return NULL;
}

static bool refuse(const job_setting *setting, const char *what, const char *text)
{
    (void)fprintf(stderr, "campaign: --set %s takes %s; not \"%s\"\n", setting->name, what, text);
    return false;
}

static void put_int32(void *options, size_t offset, int32_t value)
{
    memcpy((char *)options + offset, &value, sizeof value);
}

static void put_int64(void *options, size_t offset, int64_t value)
{
    memcpy((char *)options + offset, &value, sizeof value);
}

static bool take_whole(const job_setting *setting, void *options, const char *text)
{
    char *end = NULL;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    const bool is_narrow = setting->kind == SETTING_INT32;
    if (end == text || *end || errno || (is_narrow && (value < INT32_MIN || value > INT32_MAX)))
        return refuse(setting, "a whole number", text);
    if (is_narrow)
        put_int32(options, setting->offset, (int32_t)value);
    else
        put_int64(options, setting->offset, value);
    return true;
}

static bool take_float(const job_setting *setting, void *options, size_t offset, const char *text)
{
    double value = 0;
    if (campaign_number_parse(&value, text, strlen(text), NULL) != CAMPAIGN_OK)
        return refuse(setting, "a number", text);
    memcpy((char *)options + offset, &value, sizeof value);
    return true;
}

/* The place of a word in "a|b|c". */
static bool take_choice(const job_setting *setting, void *options, const char *text)
{
    const size_t length = strlen(text);
    int32_t place = 0;
    for (const char *at = setting->words; *at; place++) {
        const size_t n = strcspn(at, "|");
        if (n == length && memcmp(at, text, n) == 0) {
            put_int32(options, setting->offset, place);
            return true;
        }
        at += n + (at[n] == '|');
    }
    (void)fprintf(stderr, "campaign: --set %s takes one of %s; not \"%s\"\n", setting->name, setting->words, text);
    return false;
}

static bool take_flag(const job_setting *setting, void *options, const char *text)
{
    const bool is_true = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
    if (!is_true && strcmp(text, "false") != 0 && strcmp(text, "0") != 0) return refuse(setting, "true or false", text);
    put_int32(options, setting->offset, is_true);
    return true;
}

/* Minor units exactly, with the decimals of --currency; without one a plain number, or whole units. */
static bool take_money(const table_job *job, const job_setting *setting, void *options, const char *text)
{
    int32_t exponent = 0;
    int64_t minor = 0;
    if (!job->given->currency && setting->plain) return take_float(setting, options, setting->plain, text);
    if (job->given->currency) (void)campaign_currency_exponent(&exponent, job->given->currency, NULL);
    if (campaign_money_parse(&minor, text, strlen(text), exponent, CAMPAIGN_ROUND_NONE, NULL) != CAMPAIGN_OK)
        return refuse(setting, job->given->currency ? "an amount such as 5000.00" : "a whole number", text);
    put_int64(options, setting->offset, minor);
    return true;
}

static bool take_day(const job_setting *setting, void *options, const char *text)
{
    int32_t day = 0;
    if (campaign_date_parse(&day, text, strlen(text), NULL) != CAMPAIGN_OK)
        return refuse(setting, "a date such as 2026-11-30", text);
    put_int32(options, setting->offset, day);
    return true;
}

static bool take_texts(table_job *job, const job_setting *setting, void *options, const char *text)
{
    int32_t n = 0;
    const char *const *list = job->texts;
    if (strlen(text) >= sizeof job->text) return refuse(setting, "shorter names", text);
    (void)snprintf(job->text, sizeof job->text, "%s", text);
    for (char *at = job->text; at && n < MOST_TEXTS;) {
        char *comma = strchr(at, ',');
        if (comma) *comma = '\0';
        job->texts[n++] = at;
        at = comma ? comma + 1 : NULL;
    }
    memcpy((char *)options + setting->offset, &list, sizeof list);
    put_int32(options, setting->flag, n);
    return true;
}

static bool take_setting(table_job *job, const job_setting *setting, void *options, const char *text)
{
    switch (setting->kind) {
    case SETTING_FLAG: return take_flag(setting, options, text);
    case SETTING_INT32:
    case SETTING_INT64: return take_whole(setting, options, text);
    case SETTING_FLOAT: return take_float(setting, options, setting->offset, text);
    case SETTING_WORD: return take_choice(setting, options, text);
    case SETTING_TEXT: memcpy((char *)options + setting->offset, &text, sizeof text); return true;
    case SETTING_TEXTS: return take_texts(job, setting, options, text);
    case SETTING_DAY: return take_day(setting, options, text);
    case SETTING_MONEY: return take_money(job, setting, options, text);
    }
    return false;
}

bool take_settings(table_job *job, void *options)
{
    for (int i = 0; i < job->given->n_settings; i++) {
        const word_pair *pair = &job->given->settings[i];
        const job_setting *setting = find_setting(job->kind, pair);
        if (!setting || !take_setting(job, setting, options, pair->value)) return false;
        if (setting->flag && setting->kind != SETTING_TEXTS) put_int32(options, setting->flag, 1);
    }
    return true;
}
