#include "viz/world/changes.h"

#include <stdlib.h>
#include <string.h>

#include "model/simulation.h"

int cr_changes_init(struct cr_changes *changes, const struct cr_scenario *scenario, struct cr_error *error) {
    const size_t count = scenario->change_count;
    *changes = (struct cr_changes){.planned = malloc((count + 1) * sizeof *changes->planned), .planned_count = count};
    if (changes->planned == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the changes of %s", scenario->name);
    if (count > 0)
        memcpy(changes->planned, scenario->changes, count * sizeof *changes->planned);
    return 0;
}

void cr_changes_free(struct cr_changes *changes) {
    free(changes->planned);
    free(changes->made);
    *changes = (struct cr_changes){0};
}

/* There is room. */
static void set(struct cr_scenario *scenario, int32_t week, const struct cr_field *field, double value) {
    size_t place = scenario->change_count;
    while (place > 0 && scenario->changes[place - 1].week > week)
        place--;
    for (size_t k = place; k > 0 && scenario->changes[k - 1].week == week; k--)
        if (scenario->changes[k - 1].field == field) {
            scenario->changes[k - 1].value = value;
            return;
        }
    memmove(&scenario->changes[place + 1], &scenario->changes[place],
        (scenario->change_count - place) * sizeof *scenario->changes);
    scenario->changes[place] = (struct cr_change){week, field, value};
    scenario->change_count++;
}

/* Drops those of a parameter of the weeks from < week <= to. */
static void drop(struct cr_scenario *scenario, const struct cr_field *field, int32_t from, int32_t to) {
    size_t left = 0;
    for (size_t k = 0; k < scenario->change_count; k++) {
        const struct cr_change *const change = &scenario->changes[k];
        if (change->field != field || change->week <= from || change->week > to)
            scenario->changes[left++] = *change;
    }
    scenario->change_count = left;
}

static double value_in(const struct cr_scenario *scenario, int32_t week, const struct cr_field *field) {
    struct cr_parameters parameters;
    cr_scenario_parameters(scenario, week, &parameters);
    return cr_field_get(field, &parameters);
}

static void apply(
    const struct cr_changes *changes, struct cr_scenario *scenario, const struct cr_made_change *made, int32_t weeks) {
    const bool for_good = made->end == CR_FOR_GOOD, ends = !for_good && made->end < weeks;
    const double after = ends ? value_in(scenario, made->end, made->field) : made->value;
    drop(scenario, made->field, made->week, ends ? made->end : INT32_MAX);
    for (size_t k = 0; for_good && k < changes->planned_count; k++)
        if (changes->planned[k].field == made->field && changes->planned[k].week > made->week)
            set(scenario, changes->planned[k].week, made->field, changes->planned[k].value);
    set(scenario, made->week, made->field, made->value);
    if (ends)
        set(scenario, made->end, made->field, after);
}

/* Makes room for one more made, and for all that follow from them. */
static int reserve(struct cr_changes *changes, struct cr_scenario *scenario, struct cr_error *error) {
    struct cr_made_change *const made = realloc(changes->made, (changes->made_count + 1) * sizeof *made);
    if (made != NULL)
        changes->made = made;
    const size_t most = changes->planned_count + 2 * (changes->made_count + 1);
    struct cr_change *const all = realloc(scenario->changes, most * sizeof *all);
    if (all != NULL)
        scenario->changes = all;
    if (made == NULL || all == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a change of %s", scenario->name);
    return 0;
}

int cr_changes_make(struct cr_changes *changes, struct cr_scenario *scenario, const struct cr_made_change *change,
    struct cr_error *error) {
    /* Another scenario tells what may be changed, and to what. */
    struct cr_scenario scratch;
    cr_scenario_init(&scratch);
    int status = cr_scenario_change(&scratch, change->week, change->field, change->value, "", error);
    cr_scenario_free(&scratch);
    if (status == 0)
        status = reserve(changes, scenario, error);
    if (status != 0)
        return status;
    size_t left = 0;
    for (size_t k = 0; k < changes->made_count; k++) {
        const struct cr_made_change each = changes->made[k];
        const bool replaced = change->end == CR_FOR_GOOD && each.week == change->week && each.field == change->field;
        if (each.week <= change->week && !replaced)
            changes->made[left++] = each;
    }
    changes->made[left++] = *change;
    changes->made_count = left;
    scenario->change_count = 0;
    for (size_t k = 0; k < changes->planned_count; k++)
        set(scenario, changes->planned[k].week, changes->planned[k].field, changes->planned[k].value);
    for (size_t k = 0; k < changes->made_count; k++)
        apply(changes, scenario, &changes->made[k], cr_simulation_weeks(scenario));
    return 0;
}
