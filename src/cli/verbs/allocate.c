/* campaign allocate KIND FILE: divides what is scarce. Finds the kind; the kinds have files of their own. */
#include <stdio.h>
#include <string.h>

#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

static const struct {
    const char *name;
    int (*run)(arguments *given);
} kinds[] = {
    { "budget", allocate_budget }, { "offers", allocate_offers }, { "stock", allocate_stock },
    { "orders", allocate_orders }, { "quota", allocate_quota },   { "capacity", allocate_capacity },
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

int verb_allocate(arguments *given)
{
    for (int i = 0; given->n_files > 0 && i < N_KINDS; i++)
        if (strcmp(kinds[i].name, given->files[0]) == 0) return kinds[i].run(given);
    (void)fprintf(stderr, "campaign allocate: say what to divide:");
    for (int i = 0; i < N_KINDS; i++) (void)fprintf(stderr, "%s %s", i ? "," : "", kinds[i].name);
    (void)fputc('\n', stderr);
    return EXIT_USAGE;
}
