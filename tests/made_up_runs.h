#ifndef CR_TESTS_MADE_UP_RUNS_H
#define CR_TESTS_MADE_UP_RUNS_H

#include <math.h>

#include "io/store_runs.h"
#include "store_place.h"
#include "study/study_outline.h"

/* Stores of a small study whose runs give made-up values. Include after cmocka.h. */

/* One axis, learning.rate with `points` values, 1/10, 2/10, ...; two replicates of each. Free it. */
static inline void small_study(struct cr_study *study, size_t points) {
    struct cr_axis *axis = NULL;
    cr_study_init(study);
    assert_int_equal(cr_study_add_axis(study, "learning.rate", &axis, "", NULL), 0);
    for (size_t k = 0; k < points; k++)
        assert_int_equal(cr_axis_add_value(axis, (double)(k + 1) / 10.0, NULL), 0);
    study->scenario.parameters.run_replicates = 2;
    study->scenario.parameters.run_people = 20;
    study->scenario.parameters.run_years = 1.5;
    study->series.all = true;
    assert_int_equal(cr_study_check(study, NULL), 0);
}

static inline struct cr_reading made_up_reading(
    const char *measure, const char *group, double year, double value, double se) {
    struct cr_reading reading;
    memset(&reading, 0, sizeof reading);
    reading.measure = cr_measure_find(measure);
    assert_true(reading.measure >= 0);
    snprintf(reading.group, sizeof reading.group, "%s", group);
    reading.year = year;
    reading.estimate = (struct cr_estimate){.value = value, .se = se, .n = 40};
    return reading;
}

enum { MADE_UP_READINGS = 5 };

/* What a run gives: three values, one of them missing, and two points of a time course. Free it. */
static inline void made_up_outcome(struct cr_run_outcome *outcome, int64_t run) {
    const double none = (double)NAN, x = (double)run;
    memset(outcome, 0, sizeof *outcome);
    outcome->run = run;
    outcome->seconds = 0.25;
    outcome->readings = malloc(MADE_UP_READINGS * sizeof *outcome->readings);
    assert_non_null(outcome->readings);
    outcome->reading_count = MADE_UP_READINGS;
    outcome->readings[0] = made_up_reading("style_share", "secure", none, x / 3.0, 0.125);
    outcome->readings[1] = made_up_reading("satisfaction", "all", 1.0, -x, none);
    outcome->readings[2] = made_up_reading("style_share", "fearful", none, 10.0 * x, none);
    outcome->readings[3] = made_up_reading("ecr_mean", "anxiety", none, none, none);
    outcome->readings[4] = made_up_reading("satisfaction", "all", 2.0, none, none);
}

/* What a run that fails gives. */
static inline void failed_outcome(struct cr_run_outcome *outcome, int64_t run, const char *sentence) {
    memset(outcome, 0, sizeof *outcome);
    outcome->run = run;
    outcome->status = CR_ERROR_NUMERIC;
    outcome->seconds = 0.5;
    snprintf(outcome->sentence, sizeof outcome->sentence, "%s", sentence);
}

/* A store that is open with its runs. */
struct open_runs {
    struct cr_store store;
    struct cr_store_runs runs;
    const struct cr_field *fields[8];
};

static inline void open_runs(struct open_runs *open, const struct cr_study *study, const char *path) {
    struct cr_error error = {0};
    for (size_t k = 0; k < study->axis_count; k++)
        open->fields[k] = study->axes[k].field;
    if (cr_store_open(&open->store, path, CR_STORE_WRITE, &error) != 0 ||
        cr_store_runs_init(&open->runs, &open->store, open->fields, study->axis_count, &error) != 0)
        fail_msg("%s", error.sentence);
}

static inline void close_runs(struct open_runs *open) {
    cr_store_runs_free(&open->runs);
    cr_store_close(&open->store);
}

static inline void put(struct open_runs *open, struct cr_run_outcome *outcome) {
    struct cr_error error = {0};
    if (cr_store_runs_put(&open->runs, outcome, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_run_outcome_free(outcome);
}

static inline void put_made_up(struct open_runs *open, int64_t run) {
    struct cr_run_outcome outcome;
    made_up_outcome(&outcome, run);
    put(open, &outcome);
}

/* Begins the store of a shard, and does those of its runs that are numbered up to `last`. */
static inline void make_shard(
    const struct cr_study *study, const char *path, int64_t shard, int64_t shards, int64_t last) {
    struct cr_error error = {0};
    struct cr_store store;
    struct open_runs open;
    if (cr_store_open(&store, path, CR_STORE_WRITE, &error) != 0 ||
        cr_study_begin(study, &store, shard, shards, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
    open_runs(&open, study, path);
    for (int64_t run = shard; run <= last; run += shards)
        put_made_up(&open, run);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
}

#endif
