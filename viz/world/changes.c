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

/* Adds the planned ones after a week: of one parameter, or (NULL) of all. */
static int plan(const struct cr_changes *changes, struct cr_scenario *scenario, const struct cr_field *field,
    int32_t week, struct cr_error *error) {
    int status = 0;
    for (size_t k = 0; status == 0 && k < changes->planned_count; k++) {
        const struct cr_change *const each = &changes->planned[k];
        if (each->week > week && (field == NULL || each->field == field))
            status = cr_scenario_change(scenario, each->week, each->field, each->value, "", error);
    }
    return status;
}

static int apply(const struct cr_changes *changes, struct cr_scenario *scenario, const struct cr_made_change *made,
    struct cr_error *error) {
    const bool for_good = made->end == CR_FOR_GOOD, ends = !for_good && made->end < cr_simulation_weeks(scenario);
    const double after = ends ? value_in(scenario, made->end, made->field) : made->value;
    drop(scenario, made->field, made->week, ends ? made->end : INT32_MAX);
    int status = for_good ? plan(changes, scenario, made->field, made->week, error) : 0;
    if (status == 0)
        status = cr_scenario_change(scenario, made->week, made->field, made->value, "", error);
    if (status == 0 && ends)
        status = cr_scenario_change(scenario, made->end, made->field, after, "", error);
    return status;
}

/* Whether one stays when another is made: it is not of a later week, nor does the other take all its place. */
static bool stays(const struct cr_made_change *each, const struct cr_made_change *change) {
    return each->week < change->week ||
           (each->week == change->week && (each->field != change->field || change->end != CR_FOR_GOOD));
}

int cr_changes_make(struct cr_changes *changes, struct cr_scenario *scenario, const struct cr_made_change *change,
    struct cr_error *error) {
    struct cr_made_change *const made = malloc((changes->made_count + 1) * sizeof *made);
    if (made == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a change of %s", scenario->name);
    size_t count = 0;
    for (size_t k = 0; k < changes->made_count; k++)
        if (stays(&changes->made[k], change))
            made[count++] = changes->made[k];
    made[count++] = *change;
    /* All of them anew, so that nothing is changed if one is refused. */
    struct cr_scenario next = {.parameters = scenario->parameters};
    int status = plan(changes, &next, NULL, -1, error);
    for (size_t k = 0; status == 0 && k < count; k++)
        status = apply(changes, &next, &made[k], error);
    if (status != 0) {
        cr_scenario_free(&next);
        free(made);
        return status;
    }
    free(changes->made);
    changes->made = made;
    changes->made_count = count;
    free(scenario->changes);
    scenario->changes = next.changes;
    scenario->change_count = next.change_count;
    return 0;
}
