#include "viz/panel/panel_matter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Looking back shows where one stands; at the head only years count. */
static int32_t shown_week(int32_t week, int32_t head) {
    return week < head ? week : week / CR_WEEKS_A_YEAR * CR_WEEKS_A_YEAR;
}

static bool same_world(const struct cr_panel_world *world, const struct cr_snapshot *snapshot) {
    if (world->findings.version != snapshot->findings.version || world->change_count != snapshot->change_count)
        return false;
    for (size_t k = 0; k < world->change_count; k++) {
        const struct cr_change *one = &world->changes[k], *other = &snapshot->changes[k];
        if (one->week != other->week || one->field != other->field || one->value != other->value)
            return false;
    }
    return true;
}

static bool same(const struct cr_panel_matter *matter, const struct cr_sight *sight) {
    const struct cr_snapshot *snapshot = &sight->of[0];
    if (matter->count != sight->count || matter->weeks != snapshot->weeks ||
        (matter->week < matter->head) != (snapshot->week < snapshot->head) ||
        shown_week(matter->week, matter->head) != shown_week(snapshot->week, snapshot->head))
        return false;
    for (size_t w = 0; w < sight->count; w++)
        if (!same_world(&matter->world[w], &sight->of[w]))
            return false;
    return true;
}

static int copy_world(struct cr_panel_world *world, const struct cr_snapshot *snapshot, struct cr_error *error) {
    (void)snprintf(world->name, sizeof world->name, "%s", snapshot->scenario->name);
    if (snapshot->change_count > world->change_capacity) {
        struct cr_change *const grown = realloc(world->changes, snapshot->change_count * sizeof *grown);
        if (grown == NULL)
            return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the panels");
        world->changes = grown;
        world->change_capacity = snapshot->change_count;
    }
    if (snapshot->change_count > 0)
        memcpy(world->changes, snapshot->changes, snapshot->change_count * sizeof *world->changes);
    world->change_count = snapshot->change_count;
    return cr_findings_copy(&world->findings, &snapshot->findings, error);
}

int cr_panel_matter_see(struct cr_panel_matter **matter, const struct cr_sight *sight, struct cr_error *error) {
    struct cr_panel_matter *old = *matter;
    if (old != NULL && same(old, sight))
        return 0;
    struct cr_panel_matter *made = old;
    if (old == NULL || atomic_load(&old->holders) > 1) {
        made = calloc(1, sizeof *made);
        if (made == NULL)
            return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the panels");
        atomic_init(&made->holders, 1);
    }
    int status = 0;
    made->count = 0;
    for (size_t w = 0; status == 0 && w < sight->count; w++)
        status = copy_world(&made->world[w], &sight->of[w], error);
    if (status != 0) {
        if (made != old)
            cr_panel_matter_let_go(made);
        return status;
    }
    const struct cr_snapshot *snapshot = &sight->of[0];
    made->count = sight->count;
    made->week = snapshot->week;
    made->head = snapshot->head;
    made->weeks = snapshot->weeks;
    made->adult_age = snapshot->parameters.life_adult_age;
    made->number = old == NULL ? 1 : old->number + 1;
    if (made != old)
        cr_panel_matter_let_go(old);
    *matter = made;
    return 0;
}

struct cr_panel_matter *cr_panel_matter_hold(struct cr_panel_matter *matter) {
    atomic_fetch_add(&matter->holders, 1);
    return matter;
}

void cr_panel_matter_let_go(struct cr_panel_matter *matter) {
    if (matter == NULL || atomic_fetch_sub(&matter->holders, 1) > 1)
        return;
    for (size_t w = 0; w < CR_WORLDS_MAX; w++) {
        cr_findings_free(&matter->world[w].findings);
        free(matter->world[w].changes);
    }
    free(matter);
}

int32_t cr_panel_matter_survey(const struct cr_panel_matter *matter) {
    int32_t count = matter->week / CR_WEEKS_A_YEAR;
    for (size_t w = 0; w < matter->count; w++)
        if (matter->world[w].findings.survey_count < count)
            count = matter->world[w].findings.survey_count;
    return count - 1;
}
