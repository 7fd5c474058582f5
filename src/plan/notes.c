/* Notes: what a plan rests on and what its reader must know, kept as records until the table is made. */
#include <string.h>

#include "base/memory.h"
#include "plan/plan.h"

static bool copy_name(char **copy, const char *name)
{
    *copy = name ? cpn_copy_text(name, strlen(name)) : NULL;
    return *copy || !name;
}

campaign_status cpn_plan_note_add(cpn_plan_notes *notes, const cpn_plan_note *note, const char *subject,
                                  const char *other, campaign_error *error)
{
    if (notes->n == notes->capacity) {
        const int64_t capacity = notes->capacity ? notes->capacity * 2 : 16;
        cpn_plan_note *grown = cpn_resize(notes->notes, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        notes->notes = grown;
        notes->capacity = capacity;
    }
    cpn_plan_note *added = &notes->notes[notes->n];
    *added = *note;
    const bool has_subject = copy_name(&added->subject, subject);
    const bool has_other = copy_name(&added->other, other);
    if (!has_subject || !has_other) {
        cpn_free(added->subject);
        cpn_free(added->other);
        return cpn_fail_nomem(error);
    }
    notes->n++;
    return CAMPAIGN_OK;
}

void cpn_plan_notes_free(cpn_plan_notes *notes)
{
    for (int64_t i = 0; i < notes->n; i++) {
        cpn_free(notes->notes[i].subject);
        cpn_free(notes->notes[i].other);
    }
    cpn_free(notes->notes);
    memset(notes, 0, sizeof *notes);
}
