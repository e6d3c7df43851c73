#include "study/pilot.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "study/design.h"
#include "study/replicate.h"
#include "study/study_outline.h"
#include "study/sweep.h"

/* To see how large the store gets: people of the run that is stored, how often it is, and what part of the design;
 * more of any changes little. */
enum { SMALL_PEOPLE = 100, STORED_RUNS = 64, SAMPLE_POINTS = 1000, SAMPLE_REPLICATES = 100 };

struct watch {
    double begun, seconds; /* of the whole run, as far as can be told */
    bool cut;              /* whether it was ended early */
};

static int watch_week(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    struct watch *watch = context;
    const double spent = cr_clock_seconds() - watch->begun;
    (void)error;
    watch->seconds =
        spent * (double)cr_simulation_weeks(replicate->simulation.scenario) / (double)replicate->simulation.week;
    watch->cut = spent > CR_PILOT_SECONDS;
    return watch->cut ? CR_ERROR_TIME : 0;
}

/* The seconds of one run; NaN if it fails. */
static double time_run(const struct cr_study *study, const double *values) {
    struct watch watch = {.begun = cr_clock_seconds()};
    struct cr_scenario scenario;
    struct cr_replicate replicate;
    struct cr_error ignored = {0};
    memset(&replicate, 0, sizeof replicate);
    int status = cr_study_scenario(study, values, &scenario, &ignored);
    if (status == 0) {
        const struct cr_replicate_plan plan = {.scenario = &scenario,
            .number = (uint32_t)scenario.parameters.run_first_replicate,
            .after_week = watch_week,
            .context = &watch};
        status = cr_replicate_live(&replicate, &plan, &ignored);
    }
    if (status == 0)
        watch.seconds = cr_clock_seconds() - watch.begun;
    cr_replicate_free(&replicate);
    cr_scenario_free(&scenario);
    return status == 0 || watch.cut ? watch.seconds : (double)NAN;
}

static int time_runs(const struct cr_study *study, struct cr_pilot *pilot, struct cr_error *error) {
    const int64_t points = cr_study_points(study);
    const int64_t wanted[CR_PILOT_RUNS] = {0, points / 2, points - 1};
    struct cr_design design;
    double *values = calloc(study->axis_count + 1, sizeof *values);
    int status = cr_design_init(&design, study, error);
    if (status == 0 && values == NULL)
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a point of the design");
    pilot->least = pilot->most = (double)NAN;
    for (int64_t i = 0, k = 0; status == 0 && i < points; i++) {
        cr_design_next(&design, values);
        if (i != wanted[k])
            continue;
        while (k < CR_PILOT_RUNS - 1 && wanted[k] == i)
            k++;
        const double seconds = time_run(study, values);
        pilot->runs++;
        pilot->failed += isnan(seconds);
        pilot->least = fmin(pilot->least, seconds);
        pilot->most = fmax(pilot->most, seconds);
    }
    cr_design_free(&design);
    free(values);
    return status;
}

static int store_size(const struct cr_store *store, double *bytes, struct cr_error *error) {
    int64_t pages, size;
    int status = cr_store_count(store, "PRAGMA page_count", 0, &pages, error);
    if (status == 0)
        status = cr_store_count(store, "PRAGMA page_size", 0, &size, error);
    *bytes = status == 0 ? (double)pages * (double)size : 0.0;
    return status;
}

/* Stores one outcome several times and sees how the store grows. */
static int weigh(const struct cr_study *study, struct cr_run_outcome *outcome, double *bytes, struct cr_error *error) {
    struct cr_store store;
    struct cr_store_runs runs = {0};
    struct cr_tally sample;
    double empty, full;
    int status = cr_store_open(&store, "the pilot's store", CR_STORE_SCRATCH, error);
    if (status == 0)
        status = cr_study_begin_sample(study, &store, SAMPLE_POINTS, SAMPLE_REPLICATES, error);
    if (status == 0)
        status = cr_store_runs_tally(&store, &sample, error);
    if (status == 0)
        status = store_size(&store, &empty, error);
    if (status == 0)
        status = cr_store_runs_init(&runs, &store, NULL, 0, error);
    for (int k = 0; status == 0 && k < STORED_RUNS; k++) {
        outcome->run = k + 1;
        status = cr_store_runs_put(&runs, outcome, error);
    }
    if (status == 0)
        status = store_size(&store, &full, error);
    if (status == 0)
        *bytes = (empty / (double)sample.waiting + (full - empty) / STORED_RUNS) * (double)cr_study_runs(study);
    cr_store_runs_free(&runs);
    cr_store_close(&store);
    return status;
}

static int measure_size(const struct cr_study *study, struct cr_pilot *pilot, struct cr_error *error) {
    struct cr_study small = *study;
    struct cr_design design;
    struct cr_run_outcome outcome;
    struct cr_waiting_run run = {.replicate = study->scenario.parameters.run_first_replicate};
    memset(&outcome, 0, sizeof outcome);
    if (small.scenario.parameters.run_people > SMALL_PEOPLE)
        small.scenario.parameters.run_people = SMALL_PEOPLE;
    small.settings.time_limit = 0.0;
    run.values = calloc(study->axis_count + 1, sizeof *run.values);
    int status = cr_design_init(&design, study, error);
    if (status == 0 && run.values == NULL)
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a point of the design");
    if (status == 0 && run.values != NULL) {
        cr_design_next(&design, run.values);
        for (size_t k = 0; k < study->axis_count; k++)
            if (strcmp(study->axes[k].key, "run.people") == 0)
                run.values[k] = fmin(run.values[k], SMALL_PEOPLE);
        cr_sweep_work(&small, &run, &outcome);
        for (size_t k = 0; k < outcome.reading_count; k++)
            if (isnan(outcome.readings[k].year))
                pilot->measures++;
            else
                pilot->series++;
        status = weigh(study, &outcome, &pilot->bytes, error);
    }
    cr_run_outcome_free(&outcome);
    cr_design_free(&design);
    free(run.values);
    return status;
}

static bool is_there(const struct cr_kept *kept, bool whole, const struct cr_readings *readings) {
    for (size_t k = 0; k < readings->count; k++) {
        const struct cr_reading *reading = &readings->reading[k];
        if (reading->measure == kept->measure && isnan(reading->year) == whole &&
            (kept->group[0] == '\0' || strcmp(kept->group, reading->group) == 0))
            return true;
    }
    return false;
}

static int refuse_kept(
    const struct cr_kept *kept, bool whole, const struct cr_readings *readings, struct cr_error *error) {
    const char *const measure = cr_measures[kept->measure].name;
    char groups[300] = "";
    for (size_t k = 0; k < readings->count; k++) {
        const struct cr_reading *reading = &readings->reading[k];
        const size_t used = strlen(groups);
        if (reading->measure == kept->measure && isnan(reading->year) == whole &&
            cr_text_choice(groups, reading->group) < 0 && used + strlen(reading->group) + 2 < sizeof groups)
            cr_text_format(groups + used, sizeof groups - used, "%s%s", used > 0 ? "|" : "", reading->group);
    }
    if (groups[0] == '\0')
        return cr_error_set(error, CR_ERROR_CONFIG, "%s is no measure of %s; see cradle measures", measure,
            whole ? "a whole run, but of time courses: keep it under series" : "time courses: keep it under measures");
    return cr_error_set(error, CR_ERROR_CONFIG, "%s has no group %s; it has %s", measure, kept->group, groups);
}

static int check_list(
    const struct cr_kept_list *list, bool whole, const struct cr_readings *readings, struct cr_error *error) {
    for (size_t k = 0; k < list->count; k++)
        if (!is_there(&list->kept[k], whole, readings))
            return refuse_kept(&list->kept[k], whole, readings, error);
    return 0;
}

int cr_pilot_check_kept(const struct cr_study *study, struct cr_error *error) {
    if (study->measures.count == 0 && study->series.count == 0)
        return 0;
    struct cr_study few = *study;
    struct cr_replicate replicate;
    struct cr_error ignored = {0};
    if (few.scenario.parameters.run_people > SMALL_PEOPLE)
        few.scenario.parameters.run_people = SMALL_PEOPLE;
    const struct cr_replicate_plan plan = {
        .scenario = &few.scenario, .number = (uint32_t)few.scenario.parameters.run_first_replicate};
    int status = 0;
    omp_set_num_threads(1);
    if (cr_replicate_live(&replicate, &plan, &ignored) == 0) {
        status = check_list(&study->measures, true, &replicate.readings, error);
        if (status == 0)
            status = check_list(&study->series, false, &replicate.readings, error);
    }
    cr_replicate_free(&replicate);
    return status;
}

int cr_pilot_run(const struct cr_study *study, struct cr_pilot *pilot, struct cr_error *error) {
    *pilot = (struct cr_pilot){0};
    omp_set_num_threads(1);
    const int status = time_runs(study, pilot, error);
    return status == 0 ? measure_size(study, pilot, error) : status;
}
