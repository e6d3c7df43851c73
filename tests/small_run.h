#ifndef CR_TESTS_SMALL_RUN_H
#define CR_TESTS_SMALL_RUN_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/measures.h"
#include "measure/panel.h"

/* One replicate, recorded as `cradle run` records it, for tests that look into the record. Include after cmocka.h. */
struct small_run {
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    struct cr_record record;
    struct cr_panel panel;
};

/* Begins a replicate of the default scenario after "key=value" assignments, closed by NULL. The struct must stay where
 * it is until small_run_end. */
static inline void small_run_begin(struct small_run *run, uint32_t replicate, const char *const *assignments) {
    struct cr_error error = {0};
    memset(run, 0, sizeof *run);
    cr_scenario_init(&run->scenario);
    for (; *assignments != NULL; assignments++)
        if (cr_scenario_assign(&run->scenario, *assignments, "", &error) != 0)
            fail_msg("%s", error.sentence);
    if (cr_simulation_init(&run->simulation, &run->scenario, replicate, &error) != 0 ||
        cr_record_init(&run->record, &run->simulation, &error) != 0)
        fail_msg("%s", error.sentence);
}

/* Lives one week and takes it down; false when the run is over. */
static inline bool small_run_week(struct small_run *run) {
    struct cr_error error = {0};
    if (run->simulation.week >= cr_simulation_weeks(&run->scenario))
        return false;
    assert_int_equal(cr_simulation_reserve(&run->simulation, &error), 0);
    cr_simulation_step(&run->simulation);
    cr_record_week(&run->record);
    assert_int_equal(cr_panel_week(&run->panel, &run->simulation, &error), 0);
    return true;
}

static inline void small_run_end(struct small_run *run) {
    cr_panel_free(&run->panel);
    cr_record_free(&run->record);
    cr_simulation_free(&run->simulation);
    cr_scenario_free(&run->scenario);
}

/* The reading of a measure for a group over the whole run; NULL for none. */
static inline const struct cr_reading *whole_reading(
    const struct cr_readings *readings, const char *measure, const char *group) {
    for (size_t k = 0; k < readings->count; k++) {
        const struct cr_reading *reading = &readings->reading[k];
        if (isnan(reading->year) && strcmp(cr_measures[reading->measure].name, measure) == 0 &&
            strcmp(reading->group, group) == 0)
            return reading;
    }
    return NULL;
}

#endif
