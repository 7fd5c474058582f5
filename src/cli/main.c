/* The program campaign: one verb a job, written on the public API alone. */
#include <stdio.h>
#include <string.h>

#include "cli/arguments.h"
#include "cli/verbs/verbs.h"

static const char help_text[] =
    "campaign plans a year of sales campaigns, divides what is scarce, tiers customers and judges what happened.\n"
    "\n"
    "usage: campaign <verb> [options] [files]\n"
    "\n"
    "  new                       a request to fill in, and empty CSV files with the right headers\n"
    "      --year 2027 [--currency CNY] [--output FOLDER] [--force]\n"
    "  check FILE…               what is wrong with data files, all of it, and with documents\n"
    "      [--currency CNY]; a request among the files says names and currency\n"
    "  calendar                  nodes of a year; or its days, its periods, or a deadline\n"
    "      --year 2027 | --from DATE --to DATE   [--tier big] [--regions CN+US]\n"
    "      [--days | --periods month]   [--region CN] [--overlay FILE] [--nodes FILE]\n"
    "      --from 2026-02-14 --working-days 3\n"
    "  forecast SALES.csv        seasons by month, weekday, kind of day and window; weights of a year's days\n"
    "      [--currency CNY] [--season month] [--method to_year] [--window cny:-20..-1]…\n"
    "      [--from DATE] [--to DATE] [--year 2027] [--overlay FILE] [--nodes FILE] [--region CN]\n"
    "      [--table profile|seasons|treated|notes|skipped|days]\n"
    "      response HISTORY.csv      response curves with carry-over, from spend and result\n"
    "      [--set curve=hill]… [--currency CNY] [--table curves|fitted|candidates|lines|notes]\n"
    "  tier ORDERS.csv           customers by recency, frequency and monetary value\n"
    "      --currency CNY [--as-of DATE] [--bins 5] [--ties value] [--frequency days]\n"
    "      [--dormant-after-days 180] [--segments FILE]\n"
    "      [--table tiers|bins|segments|skipped|notes]\n"
    "  allocate KIND FILE.csv    divides what is scarce, with proof; docs/allocate*.md say tables and settings\n"
    "      budget ITEMS.csv [--input groups=CSV|points|samples]     money over response curves\n"
    "      offers PAIRS.csv [--input budgets=CSV|offers|customers]  offers to customers\n"
    "      stock DEMAND.csv --input pool=CSV [--input points=CSV]   pieces over stores\n"
    "      orders ITEMS.csv [--input points=CSV]                    how many to buy\n"
    "      quota CELLS.csv [--input rows=CSV] [--input columns=CSV] whole units by weights\n"
    "      capacity REPS.csv [--input ramp=CSV|months]             quotas of reps by what they can sell\n"
    "      [--input NAME=CSV]… [--set objective=fill]… [--currency CNY] [--table NAME]\n"
    "  schedule TASKS.csv        when tasks can start and must be finished, on working calendars\n"
    "      --from DATE [--as-of DATE] [--input links=CSV|owners|away|actuals] [--set target_day=DATE]…\n"
    "      [--calendar NAME=OVERLAY]… [--overlay FILE] [--region CN]\n"
    "      [--table tasks|deadlines|…]  any table of docs/schedule.md\n"
    "  level TASKS.csv           when tasks can be done if people or equipment are short, with a bound\n"
    "      --from DATE [--input needs=CSV|resources|links|owners|away] [--set n_schedules=N]…\n"
    "      [--calendar NAME=OVERLAY]… [--overlay FILE] [--region CN]\n"
    "      [--table tasks|resources|usage|…]  any table of docs/schedule-level.md\n"
    "  tasks KIND                templates of tasks, work that comes again, completion, head-count; docs/tasks.md\n"
    "      templates                                  the built-in document, to start one's own from\n"
    "      list [TEMPLATES.json]                      the tasks that campaigns of each type have\n"
    "      recurring [RULES.csv] --from DATE --to DATE [--overlay FILE] [--region CN]\n"
    "      completion TASKS.csv --as-of DATE [--input actuals=CSV] [--table totals|months|overdue]\n"
    "      headcount TARGETS.csv --currency CNY --input capacity=CSV --input months=CSV [--input ramp=CSV]\n"
    "  plan REQUEST.json         the year's targets, campaigns and budget\n"
    "      [--orders CSV] [--drivers CSV] [--bottom-up CSV] [--daily CSV]\n"
    "      [--overlay FILE] [--nodes FILE] [--region CN]\n"
    "      [--table targets|campaigns|phases|budget|notes|…]  any table of docs/plan.md\n";

/* In parts, because a C99 compiler need not take a text of more than 4095 bytes. */
static const char more_verbs_text[] =
    "  followups RECORDS.csv     what is overdue, forgotten, blocked; the list of the day\n"
    "      [--input contacts|customers|roles|rows=CSV]… [--as-of DATE] [--set n_daily=10]…\n"
    "  diff BEFORE.json AFTER.json   what moved between two plans, and because of what\n"
    "      [--orders CSV] what the plan before was made from: each movement gets its own cause\n"
    "      [--table changes|causes]\n"
    "  explain PLAN.json TABLE ROW   why: explain plan.json targets 2027-02, … campaigns d618\n"
    "  evaluate PLAN.json        what happened against the plan\n"
    "      [--orders CSV] [--daily CSV] [--spend CSV] [--as-of DATE] [--deviation 20%]\n"
    "      [--table attainment|pace|metrics|alerts|notes|skipped]\n"
    "  respond REQUEST.json      the answer to a sudden market event: windows, quotas, contacts, filled forms\n"
    "      [--customers CSV] [--reps CSV] [--history CSV] [--regions CSV] [--currency CNY]\n"
    "      [--overlay FILE] [--region CN]\n"
    "      [--table windows|quotas|contacts|tasks|form_task_split|…]  any table of docs/rapid-response.md\n"
    "  export PLAN.json          a plan, or a filled form, as people use it\n"
    "      --format xlsx|csv|ics|html --output FILE [--form tasks]… [--ten-thousands] [--as-of DATE]\n"
    "      followups.xlsx --form followups --format csv     [--currency CNY]; docs/forms.md\n"
    "  risks [PLAN.json]         which risks of a playbook hold, what to do, who and by when\n"
    "      --as-of 2027-06-18T10:30 [--input state=CSV] [--input tasks=CSV] [--input stock=CSV]\n"
    "      [--input budget=CSV] [--input playbook=JSON] [--currency CNY] [--overlay FILE]\n"
    "      [--table risks|unjudged|notes]\n"
    "  conflicts [PLAN.json]     what gets in each other's way, and what to change\n"
    "      [--input campaigns=CSV|items|prices|territories|promises|supply|budget|requests|limits]… [--currency "
    "CNY]\n"
    "      [--set price_tolerance_ppm=N] [--set limit=N] [--table conflicts|counts]\n"
    "  approvals                 who approves what, purchases in parts, the budget with what is committed\n"
    "      --input requests=CSV --input limits=CSV [--input budget=CSV] [--currency CNY] [--set split_days=7]\n"
    "      [--table decisions|splits|budget|groups]\n"
    "  review METRICS.csv        targets against actuals, and what the next plan takes from it\n"
    "      [--input findings=CSV|segments|request=JSON|playbook] [--set next_start=DATE]… [--output FOLDER]\n"
    "  schema KIND               JSON Schema: plan_request, plan, calendar_overlay, nodes, segments, campaign_rules,\n"
    "                            rapid_response, task_templates, playbook\n";

static const char options_text[] =
    "\n"
    "reading\n"
    "  -m, --map ROLE=COLUMN     the file's name for a column, such as customer=会员卡号; may be repeated\n"
    "      --skip                leaves out rows that cannot be read, and says how many\n"
    "      --encoding NAME       utf-8, gb18030 or auto (the default)\n"
    "      --delimiter C         one character; found by itself otherwise\n"
    "      --amount-unit minor   amounts are whole numbers of fen, cents\n"
    "      --rounding MODE       half_up, half_even …: amounts with too many decimals, refused otherwise\n"
    "      --day-starts-at 06:00 an order before it belongs to the day before\n"
    "      --threads N           -1 = all cores (the default)\n"
    "printing\n"
    "  -f, --format FORMAT       table, csv or json; a table on a terminal\n"
    "  -o, --output FOLDER       writes every table as CSV, and the plan as JSON, into a folder\n"
    "      --columns a,b,c       only these columns of a --table, in this order\n"
    "      --no-bom              CSV without the byte order mark\n"
    "      --limit N             most rows of a printed table, most problems of a kind\n"
    "  -l, --lang zh             Chinese headers and sentences; en or zh, by the environment otherwise\n"
    "  -h, --help, --version\n"
    "\n"
    "exit codes: 0 done; 1 done, and problems or alerts were found; 2 wrong use; 3 the input is not usable;\n"
    "4 anything else (files, memory)\n";

static const struct {
    const char *name;
    int (*run)(arguments *given);
} verbs[] = {
    { "allocate", verb_allocate },   { "new", verb_new },
    { "check", verb_check },         { "calendar", verb_calendar },
    { "forecast", verb_forecast },   { "tier", verb_tier },
    { "plan", verb_plan },           { "diff", verb_diff },
    { "explain", verb_explain },     { "export", verb_export },
    { "evaluate", verb_evaluate },   { "respond", verb_respond },
    { "followups", verb_followups }, { "schema", verb_schema },
    { "schedule", verb_schedule },   { "risks", verb_risks },
    { "level", verb_level },         { "review", verb_review },
    { "tasks", verb_tasks },         { "conflicts", verb_conflicts },
    { "approvals", verb_approvals },
};

/* Prints the lines of a verb, from its name to that of the next; 0 where the text has no such verb. */
static int print_verb(FILE *out, const char *text, const char *verb)
{
    char name[32];
    const int n = snprintf(name, sizeof name, "  %s ", verb);
    int is_inside = 0;
    for (; *text; text += strcspn(text, "\n") + 1) {
        const int is_verb = strncmp(text, "    ", 4) != 0;
        if (is_inside && is_verb) break;
        if (is_verb && strncmp(text, name, (size_t)n) == 0) {
            is_inside = 1;
            (void)fputs("usage: campaign <verb> [options] [files]\n\n", out);
        }
        if (is_inside) (void)fprintf(out, "%.*s\n", (int)strcspn(text, "\n"), text);
    }
    return is_inside;
}

/* What one verb takes, or every verb. */
static void print_help(FILE *out, const char *verb)
{
    if (!verb || (!print_verb(out, help_text, verb) && !print_verb(out, more_verbs_text, verb))) {
        (void)fputs(help_text, out);
        (void)fputs(more_verbs_text, out);
    }
    (void)fputs(options_text, out);
}

/* What was printed may not have arrived: a full disk shows when the last of it is written, or has shown long before. */
static int close_output(int code)
{
    const int is_lost = fflush(stdout) != 0 || ferror(stdout);
    if (!is_lost) return code;
    (void)fputs("campaign: cannot write all of the output: the disk may be full, or nobody reads it\n", stderr);
    return EXIT_OTHER;
}

int main(int argc, char **argv)
{
    arguments given;
    if (!read_arguments(&given, argc, argv)) return EXIT_USAGE;
    if (given.wants_version) {
        const int32_t version = campaign_version();
        (void)printf("campaign %d.%d.%d\n", (int)(version / 10000), (int)(version / 100 % 100), (int)(version % 100));
        return close_output(EXIT_DONE);
    }
    if (given.wants_help || !given.verb) {
        FILE *out = given.wants_help ? stdout : stderr;
        print_help(out, given.verb);
        return given.wants_help ? close_output(EXIT_DONE) : EXIT_USAGE;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, given.verb) == 0) {
            const int code = verbs[i].run(&given);
            return close_output(code);
        }
    (void)fprintf(stderr, "campaign: there is no verb \"%s\"; campaign --help lists them\n", given.verb);
    return EXIT_USAGE;
}
