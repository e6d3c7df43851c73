#include "viz/world/world.h"

#include <stdlib.h>
#include <string.h>

#include "io/run_files.h"
#include "measure/earned_security.h"

/* At first a state is kept so often (weeks): going back lives again half as many weeks on average. */
enum { INTERVAL = 26 };

static int copy_plan(struct cr_world *world, const struct cr_world_plan *plan, struct cr_error *error) {
    const int status = cr_scenario_copy(&world->scenario, plan->scenario, error);
    if (status != 0)
        return status;
    world->scenario.parameters.run_replicates = 1;
    world->scenario.parameters.run_first_replicate = plan->replicate;
    world->earning = calloc((size_t)world->scenario.parameters.run_people, 1);
    if (world->earning == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the world of %s", plan->scenario->name);
    return cr_changes_init(&world->changes, &world->scenario, error);
}

int cr_world_init(struct cr_world *world, const struct cr_world_plan *plan, struct cr_error *error) {
    memset(world, 0, sizeof *world);
    world->replicate = plan->replicate;
    world->era = 1;
    world->looked_at = CR_NOBODY;
    cr_past_init(&world->past, plan->most_bytes, INTERVAL);
    int status = copy_plan(world, plan, error);
    if (status == 0)
        status = cr_simulation_init(&world->simulation, &world->scenario, world->replicate, error);
    if (status == 0)
        status = cr_record_init(&world->record, &world->simulation, error);
    if (status == 0)
        status = cr_tally_init(&world->tally, world->record.people, error);
    if (status == 0)
        status = cr_tally_expect(&world->tally, &world->simulation, error);
    if (status == 0)
        status = cr_past_keep(&world->past, &world->simulation, error);
    if (status == 0)
        status = cr_findings_work_out(&world->findings, &world->record, &world->wants, error);
    if (status != 0)
        cr_world_free(world);
    return status;
}

void cr_world_free(struct cr_world *world) {
    cr_tally_free(&world->tally);
    cr_findings_free(&world->findings);
    cr_past_free(&world->past);
    cr_future_free(&world->future);
    cr_record_free(&world->record);
    cr_simulation_free(&world->simulation);
    cr_scenario_free(&world->scenario);
    cr_changes_free(&world->changes);
    free(world->earning);
    memset(world, 0, sizeof *world);
}

static enum cr_earning earning_of(const struct cr_record *record, uint32_t i, int32_t survey) {
    const struct cr_earned earned = cr_earned_security(record, i, survey);
    if (earned.survey < 0)
        return CR_EARNING_NONE;
    return earned.lost < 0 ? CR_EARNING_SECURE : CR_EARNING_LOST;
}

/* Whether the last survey can have changed what was found at the one before: nothing follows loss, only a secure rating
 * lets security be earned, and only another one lets it be lost. */
static bool may_have_changed(const struct cr_world *world, uint32_t i, int32_t survey) {
    const enum cr_style style = cr_record_style(&world->record, survey, i);
    if (style == CR_STYLE_NONE || world->earning[i] == CR_EARNING_LOST)
        return false;
    return (world->earning[i] == CR_EARNING_SECURE) != (style == CR_STYLE_SECURE);
}

/* Finds who has earned security by the last survey, and who lost it, given what was found at the one before. */
static void follow_earning(struct cr_world *world, bool counted) {
    const int32_t survey = world->record.survey_count - 1;
    for (uint32_t i = 0; i < world->record.people; i++) {
        if (!may_have_changed(world, i, survey))
            continue;
        const enum cr_earning earning = earning_of(&world->record, i, survey);
        if (counted && earning == CR_EARNING_SECURE && world->earning[i] != earning)
            cr_tally_happening(&world->tally, &(struct cr_happening){.week = world->record.surveys[survey].week,
                                                  .kind = CR_HAPPENED_EARNING,
                                                  .person = {(int32_t)i, CR_NOBODY},
                                                  .bond = CR_NOBODY});
        world->earning[i] = (uint8_t)earning;
    }
}

/* Finds the same without knowing anything of before. */
static void find_earning(struct cr_world *world) {
    const int32_t survey = world->record.survey_count - 1;
    for (uint32_t i = 0; i < world->record.people; i++)
        world->earning[i] = (uint8_t)(survey < 0 ? CR_EARNING_NONE : earning_of(&world->record, i, survey));
}

static int work_out(struct cr_world *world, struct cr_error *error) {
    const int status = cr_findings_work_out(&world->findings, &world->record, &world->wants, error);
    world->findings_dated = status != 0;
    return status;
}

int cr_world_prepare(struct cr_world *world, struct cr_error *error) {
    int status = cr_findings_add(&world->findings, &world->record, error);
    if (status == 0)
        status = cr_simulation_reserve(&world->simulation, error);
    if (status == 0)
        status = cr_tally_expect(&world->tally, &world->simulation, error);
    return status != 0 ? status : cr_past_keep(&world->past, &world->simulation, error);
}

/* Lives and records a week. `counted`: its episodes and turning points belong to the present glance. */
static int live(struct cr_world *world, bool counted, struct cr_error *error) {
    const int status = cr_world_prepare(world, error);
    if (status != 0)
        return status;
    const int32_t surveys = world->record.survey_count;
    cr_simulation_step(&world->simulation);
    cr_record_week(&world->record);
    if (world->simulation.week > world->head)
        world->head = world->simulation.week;
    if (counted)
        cr_tally_week(&world->tally, &world->simulation);
    if (world->record.survey_count == surveys)
        return 0;
    world->findings_dated = true;
    follow_earning(world, counted);
    return cr_findings_add(&world->findings, &world->record, error);
}

int cr_world_begin_anew(struct cr_world *world, uint32_t replicate, struct cr_error *error) {
    struct cr_simulation simulation;
    struct cr_checkpoint beginning;
    struct cr_changes changes;
    int status = cr_simulation_init(&simulation, &world->scenario, replicate, error);
    if (status != 0)
        return status;
    status = cr_tally_expect(&world->tally, &simulation, error);
    if (status == 0)
        status = cr_changes_init(&changes, &world->scenario, error);
    if (status == 0) {
        status = cr_checkpoint_init(&beginning, &simulation, error);
        if (status != 0)
            cr_changes_free(&changes);
    }
    if (status != 0) {
        cr_simulation_free(&simulation);
        return status;
    }
    cr_simulation_free(&world->simulation);
    world->simulation = simulation;
    cr_changes_free(&world->changes);
    world->changes = changes;
    world->scenario.parameters.run_first_replicate = replicate;
    cr_simulation_resolve(&world->simulation);
    world->replicate = replicate;
    world->head = 0;
    world->era++;
    world->future.week = 0;
    cr_record_rewind(&world->record, 0);
    cr_past_begin_anew(&world->past, &beginning);
    cr_findings_forget(&world->findings, 0);
    find_earning(world);
    cr_tally_recall(&world->tally, &world->simulation);
    world->findings_dated = true;
    return 0;
}

int cr_world_step(struct cr_world *world, struct cr_error *error) {
    if (world->simulation.week >= cr_simulation_weeks(&world->scenario))
        return 0;
    const int32_t surveys = world->record.survey_count;
    const int status = live(world, true, error);
    return status != 0 || world->record.survey_count == surveys ? status : work_out(world, error);
}

/* Puts the world into the newest state that is not after a week, if that is nearer than the present one. */
static void restore(struct cr_world *world, int32_t week) {
    const struct cr_checkpoint *const checkpoint = cr_past_before(&world->past, week);
    const int32_t present = world->simulation.week;
    if (present == world->head)
        cr_future_keep(&world->future, &world->record);
    if (week < present) {
        cr_checkpoint_restore(checkpoint, &world->simulation);
        cr_record_rewind(&world->record, checkpoint->week);
    } else if (checkpoint->week > present && world->future.week == world->head) {
        cr_future_restore(&world->future, checkpoint, &world->simulation, &world->record);
    } else {
        return;
    }
    find_earning(world);
}

/* Goes to a week that was lived before, leaving the present glance alone. */
static int revisit(
    struct cr_world *world, int32_t week, bool (*stop)(void *context), void *context, struct cr_error *error) {
    int status = 0;
    restore(world, week);
    while (status == 0 && world->simulation.week < week && (stop == NULL || !stop(context)))
        status = live(world, false, error);
    world->findings_dated = true;
    world->era++;
    cr_tally_recall(&world->tally, &world->simulation);
    return status;
}

int cr_world_go(
    struct cr_world *world, int32_t week, bool (*stop)(void *context), void *context, struct cr_error *error) {
    const int32_t weeks = cr_simulation_weeks(&world->scenario);
    const int32_t target = week < 0 ? 0 : week > weeks ? weeks : week;
    int status = 0;
    if (target < world->simulation.week || target <= world->head)
        return target == world->simulation.week ? 0 : revisit(world, target, stop, context, error);
    while (status == 0 && world->simulation.week < target && (stop == NULL || !stop(context)))
        status = cr_world_step(world, error);
    return status;
}

static int change_until(
    struct cr_world *world, const struct cr_field *field, double value, int32_t end, struct cr_error *error) {
    const int32_t week = world->simulation.week;
    const int status =
        cr_changes_make(&world->changes, &world->scenario, &(struct cr_made_change){week, end, field, value}, error);
    if (status != 0 || week >= world->head)
        return status;
    cr_findings_forget(&world->findings, week / CR_WEEKS_A_YEAR);
    cr_past_forget(&world->past, week);
    world->future.week = 0;
    world->head = week;
    return 0;
}

int cr_world_change(struct cr_world *world, const struct cr_field *field, double value, struct cr_error *error) {
    return change_until(world, field, value, CR_FOR_GOOD, error);
}

int cr_world_change_for(
    struct cr_world *world, const struct cr_field *field, double value, int32_t weeks, struct cr_error *error) {
    const int32_t week = world->simulation.week;
    return change_until(world, field, value, weeks < INT32_MAX - week ? week + weeks : INT32_MAX, error);
}

int cr_world_want(struct cr_world *world, const struct cr_wants *wants, struct cr_error *error) {
    world->wants = *wants;
    return work_out(world, error);
}

int cr_world_write(struct cr_world *world, const char *directory, struct cr_error *error) {
    struct cr_run_files files;
    struct cr_readings readings = {0};
    memset(&files, 0, sizeof files);
    int status = cr_world_go(world, cr_simulation_weeks(&world->scenario), NULL, NULL, error);
    if (status == 0)
        status = cr_measures_compute(&world->record, &readings, error);
    if (status == 0)
        status = cr_run_files_open(&files, directory, false, error);
    if (status == 0)
        status = cr_run_files_add(&files, world->replicate, &world->record, &readings, NULL, error);
    if (status == 0)
        status = cr_run_files_finish(&files, directory, &world->scenario, error);
    cr_run_files_free(&files);
    cr_readings_free(&readings);
    return status;
}
