#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "io/store_values.h"
#include "made_up_runs.h"
#include "near.h"

static void opened(struct cr_store *store, const char *path, enum cr_store_mode mode) {
    struct cr_error error = {0};
    if (cr_store_open(store, path, mode, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void readings_are_those_of_the_first_run_that_is_done(void **state) {
    const struct store_place *const place = *state;
    static const char *const names[][2] = {
        {"style_share", "secure"}, {"style_share", "fearful"}, {"ecr_mean", "anxiety"}};
    struct cr_study study;
    struct open_runs open;
    struct cr_run_outcome outcome;
    struct cr_stored_readings readings;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    open_runs(&open, &study, place->store);
    memset(&outcome, 0, sizeof outcome);
    outcome.run = 4; /* put first, with another list */
    outcome.readings = malloc(sizeof *outcome.readings);
    assert_non_null(outcome.readings);
    outcome.readings[0] = made_up_reading("conflict", "all", (double)NAN, 3.0, 1.0);
    outcome.reading_count = 1;
    put(&open, &outcome);
    failed_outcome(&outcome, 1, "it failed");
    put(&open, &outcome);
    put_made_up(&open, 2);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    assert_int_equal(cr_stored_readings_init(&readings, &open.store, NULL), 0);
    assert_int_equal(readings.count, 3);
    for (size_t k = 0; k < 3; k++) {
        assert_string_equal(readings.reading[k].measure, names[k][0]);
        assert_string_equal(readings.reading[k].group, names[k][1]);
    }
    cr_stored_readings_free(&readings);
    cr_stored_readings_free(&readings);
    close_runs(&open);
    cr_study_free(&study);
}

static void a_store_without_finished_runs_has_no_readings(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    struct cr_stored_readings readings;
    struct cr_error error = {0};
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    opened(&store, place->store, CR_STORE_READ);
    assert_int_equal(cr_stored_readings_init(&readings, &store, NULL), 0);
    assert_int_equal(readings.count, 0);
    cr_store_close(&store);
    unlink(place->store);
    opened(&store, place->store, CR_STORE_WRITE);
    assert_int_equal(cr_stored_readings_init(&readings, &store, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "no such table"));
    cr_stored_readings_free(&readings);
    cr_store_close(&store);
    cr_study_free(&study);
}

static void of_a_point_counts_the_mean_of_its_replicates_if_all_gave_a_value(void **state) {
    const struct store_place *const place = *state;
    enum { POINTS = 4 };
    struct cr_study study;
    struct cr_store store;
    struct cr_stored_readings readings;
    double means[3 * POINTS];
    small_study(&study, POINTS);
    make_shard(&study, place->store, 1, 1, 7); /* run 8, the second of the last point, waits */
    ask(place->store, "UPDATE measure_values SET value = NULL WHERE run = 3 AND position = 3", NULL, 0);
    opened(&store, place->store, CR_STORE_READ);
    assert_int_equal(cr_stored_readings_init(&readings, &store, NULL), 0);
    assert_int_equal(readings.count, 3);
    assert_int_equal(cr_store_point_means(&store, readings.reading, 3, POINTS, means, NULL), 0);
    for (int p = 0; p < POINTS - 1; p++)
        assert_near(means[p], (2.0 * p + 1.5) / 3.0, 1e-15);
    assert_true(isnan(means[3])); /* run 8 waits */
    assert_near(means[POINTS], 15.0, 1e-13);
    assert_true(isnan(means[POINTS + 1])); /* run 3 gave no value */
    for (int p = 0; p < POINTS; p++)
        assert_true(isnan(means[2 * POINTS + p]));
    double other[2 * POINTS]; /* a part of the readings gives the same numbers */
    assert_int_equal(cr_store_point_means(&store, readings.reading + 1, 2, POINTS, other, NULL), 0);
    assert_memory_equal(other, means + POINTS, POINTS * sizeof *other);
    assert_int_equal(cr_store_point_means(&store, readings.reading, 1, 2, other, NULL), 0); /* or of the points */
    assert_memory_equal(other, means, 2 * sizeof *other);
    cr_stored_readings_free(&readings);
    cr_store_close(&store);
    cr_study_free(&study);
}

static void a_point_has_the_mean_of_its_replicates_and_its_error(void **state) {
    const struct store_place *const place = *state;
    enum { POINTS = 4 };
    struct cr_study study;
    struct cr_store store;
    struct cr_stored_readings readings;
    struct cr_estimate estimates[POINTS];
    small_study(&study, POINTS);
    make_shard(&study, place->store, 1, 1, 7); /* run 8, the second of the last point, waits */
    ask(place->store, "UPDATE measure_values SET value = NULL WHERE run IN (3, 4) AND position = 1", NULL, 0);
    opened(&store, place->store, CR_STORE_READ);
    assert_int_equal(cr_stored_readings_init(&readings, &store, NULL), 0);
    assert_int_equal(cr_store_point_estimates(&store, &readings.reading[0], POINTS, estimates, NULL), 0);
    assert_near(estimates[0].value, 0.5, 1e-15); /* 1/3 and 2/3 */
    assert_near(estimates[0].se, 1.0 / 6.0, 1e-15);
    assert_int_equal(estimates[0].n, 2);
    assert_true(isnan(estimates[1].value) && isnan(estimates[1].se) && estimates[1].n == 0);
    assert_near(estimates[3].value, 7.0 / 3.0, 1e-15);
    assert_true(isnan(estimates[3].se) && estimates[3].n == 1);
    assert_int_equal(cr_store_point_estimates(&store, &readings.reading[0], 1, estimates + 1, NULL), 0);
    assert_memory_equal(estimates, estimates + 1, sizeof *estimates); /* fewer points than there are */
    cr_stored_readings_free(&readings);
    cr_store_close(&store);
    cr_study_free(&study);
}

static void errors_do_not_drown_in_a_large_mean(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    struct cr_stored_readings readings;
    struct cr_estimate estimates[2];
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 4);
    ask(place->store, "UPDATE measure_values SET value = 1e9 + run WHERE position = 1", NULL, 0);
    opened(&store, place->store, CR_STORE_READ);
    assert_int_equal(cr_stored_readings_init(&readings, &store, NULL), 0);
    assert_int_equal(cr_store_point_estimates(&store, &readings.reading[0], 2, estimates, NULL), 0);
    assert_near(estimates[1].value, 1e9 + 3.5, 1e-6);
    assert_near(estimates[1].se, 0.5, 1e-9);
    cr_stored_readings_free(&readings);
    cr_store_close(&store);
    cr_study_free(&study);
}

static const struct cr_stored_index rows[] = {
    {"style_share", "secure", "first", "learning.rate", NULL, 0.25, 0.125, 0.5, 1024},
    {"style_share", "secure", "second", "learning.rate", "couple.fit_weight", -0.5, (double)NAN, (double)NAN, 1024},
    {"style_share", "fearful", "first", "learning.rate", NULL, (double)NAN, (double)NAN, (double)NAN, 0},
};

static void indices_take_the_place_of_earlier_ones(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 4);
    for (size_t count = 1; count <= 3; count++) {
        opened(&store, place->store, CR_STORE_WRITE);
        assert_int_equal(cr_store_indices_replace(&store, rows, 3, NULL), 0);
        assert_int_equal(cr_store_indices_replace(&store, rows + 3 - count, count, NULL), 0);
        cr_store_close(&store);
    }
    assert_rows(place->store, "SELECT * FROM indices",
        "1|style_share|secure|first|learning.rate|-|0.25|0.125|0.5|1024;"
        "2|style_share|secure|second|learning.rate|couple.fit_weight|-0.5|-|-|1024;"
        "3|style_share|fearful|first|learning.rate|-|-|-|-|0;");
    char *const text = export_of(place->store);
    assert_non_null(strstr(text, "measure,group,index,parameter,other,value,low,high,n\n"
                                 "style_share,secure,first,learning.rate,NA,0.25,0.125,0.5,1024\n"
                                 "style_share,secure,second,learning.rate,couple.fit_weight,-0.5,NA,NA,1024\n"
                                 "style_share,fearful,first,learning.rate,NA,NA,NA,NA,0\n"));
    free(text);
    cr_study_free(&study);
}

static void indices_are_replaced_as_a_whole_or_not_at_all(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    struct cr_error error = {0};
    struct cr_stored_index broken[2] = {rows[0], rows[1]};
    broken[1].measure = NULL;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 4);
    opened(&store, place->store, CR_STORE_WRITE);
    assert_int_equal(cr_store_indices_replace(&store, rows + 2, 1, NULL), 0);
    assert_int_equal(cr_store_indices_replace(&store, broken, 2, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "NOT NULL constraint failed"));
    assert_int_equal(cr_store_indices_replace(&store, rows + 2, 1, NULL), 0); /* the failure is over */
    assert_int_equal(cr_store_indices_replace(&store, broken, 2, NULL), CR_ERROR_IO);
    cr_store_close(&store);
    assert_rows(place->store, "SELECT \"group\" FROM indices", "fearful;");
    cr_study_free(&study);
}

static void without_memory_nothing_is_read(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    struct cr_stored_readings readings;
    struct cr_error error = {0};
    double means[6];
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 4);
    opened(&store, place->store, CR_STORE_READ);
    for (long n = 0; n < 3; n++) {
        error = (struct cr_error){0};
        allocations_left = n;
        const int status = cr_stored_readings_init(&readings, &store, &error);
        allocations_left = -1;
        assert_int_equal(status, CR_ERROR_MEMORY);
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        cr_stored_readings_free(&readings);
    }
    assert_int_equal(cr_stored_readings_init(&readings, &store, NULL), 0);
    allocations_left = 0;
    assert_int_equal(cr_store_point_means(&store, readings.reading, 3, 2, means, NULL), CR_ERROR_MEMORY);
    allocations_left = -1;
    cr_stored_readings_free(&readings);
    cr_store_close(&store);
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(readings_are_those_of_the_first_run_that_is_done),
        IN_A_STORE_PLACE(a_store_without_finished_runs_has_no_readings),
        IN_A_STORE_PLACE(of_a_point_counts_the_mean_of_its_replicates_if_all_gave_a_value),
        IN_A_STORE_PLACE(a_point_has_the_mean_of_its_replicates_and_its_error),
        IN_A_STORE_PLACE(errors_do_not_drown_in_a_large_mean),
        IN_A_STORE_PLACE(indices_take_the_place_of_earlier_ones),
        IN_A_STORE_PLACE(indices_are_replaced_as_a_whole_or_not_at_all),
        IN_A_STORE_PLACE(without_memory_nothing_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
