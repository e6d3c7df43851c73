#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "made_up_runs.h"
#include "near.h"
#include "sensitivity_functions.h"
#include "study/design.h"
#include "study/sensitivity.h"

/* Three axes of the whole width [0, 1], so that a value is where it stands in the unit cube. */
static void unit_study(struct cr_study *study, int design, int64_t points) {
    static const char *const keys[] = {"caregiving.sensitivity", "caregiving.availability", "caregiving.rebuff"};
    cr_study_init(study);
    for (size_t k = 0; k < 3; k++) {
        struct cr_axis *axis;
        assert_int_equal(cr_study_add_axis(study, keys[k], &axis, "", NULL), 0);
        axis->low = 0.0;
        axis->high = 1.0;
    }
    study->settings.design = design;
    study->settings.points = study->settings.trajectories = points;
    assert_int_equal(cr_study_check(study, NULL), 0);
}

/* 2 x_1 - 3 x_2, and nothing of the third. */
static double slopes(const double *unit_point) {
    return 2.0 * unit_point[0] - 3.0 * unit_point[1];
}

typedef double function(const double *unit_point);

/* Begins a store and does all runs of which `leave` waits: "secure" is the function of the point, raised by 1 in the
 * first replicate and lowered by 1 in the second if there is one, "fearful" a constant, "anxiety" missing. */
static void fill(const struct cr_study *study, const char *path, function *y, int64_t leave) {
    const double none = (double)NAN;
    const int64_t replicates = study->scenario.parameters.run_replicates;
    struct open_runs open;
    struct cr_design design;
    double point[3];
    make_shard(study, path, 1, 1, 0);
    open_runs(&open, study, path);
    assert_int_equal(cr_design_init(&design, study, NULL), 0);
    for (int64_t run = 1; run <= cr_study_runs(study); run++) {
        struct cr_run_outcome outcome;
        const int64_t k = (run - 1) % replicates;
        if (k == 0)
            cr_design_next(&design, point);
        if (run == leave)
            continue;
        memset(&outcome, 0, sizeof outcome);
        outcome.run = run;
        outcome.readings = calloc(3, sizeof *outcome.readings);
        assert_non_null(outcome.readings);
        outcome.reading_count = 3;
        const double luck = replicates == 1 ? 0.0 : k == 0 ? 1.0 : -1.0;
        outcome.readings[0] = made_up_reading("style_share", "secure", none, y(point) + luck, none);
        outcome.readings[1] = made_up_reading("style_share", "fearful", none, 7.0, none);
        outcome.readings[2] = made_up_reading("ecr_mean", "anxiety", none, none, none);
        put(&open, &outcome);
    }
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    cr_design_free(&design);
    close_runs(&open);
}

static void computed(struct cr_sensitivity *sensitivity, const struct cr_study *study, const char *path) {
    struct cr_error error = {0};
    const struct cr_sensitivity_plan plan = {.study = study, .path = path, .resamples = 100, .level = 0.95};
    if (cr_sensitivity_run(sensitivity, &plan, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void refused(const struct cr_study *study, const char *path, const char *sentence) {
    struct cr_sensitivity sensitivity;
    struct cr_error error = {0};
    char expected[256];
    const struct cr_sensitivity_plan plan = {.study = study, .path = path, .resamples = 100, .level = 0.95};
    assert_int_equal(cr_sensitivity_run(&sensitivity, &plan, &error), CR_ERROR_USAGE);
    snprintf(expected, sizeof expected, sentence, path);
    assert_string_equal(error.sentence, expected);
    cr_sensitivity_free(&sensitivity);
    cr_sensitivity_free(&sensitivity);
}

static const struct cr_stored_index *find(const struct cr_sensitivity *sensitivity, const char *group,
    const char *index, const char *parameter, const char *other) {
    for (size_t k = 0; k < sensitivity->row_count; k++) {
        const struct cr_stored_index *const row = &sensitivity->rows[k];
        if (strcmp(row->group, group) == 0 && strcmp(row->index, index) == 0 &&
            strcmp(row->parameter, parameter) == 0 && (other == NULL) == (row->other == NULL) &&
            (other == NULL || strcmp(row->other, other) == 0))
            return row;
    }
    fail_msg("no index %s of %s", index, parameter);
    return NULL;
}

static void only_its_two_designs_fit(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    for (int design = 0; design <= CR_DESIGN_SALTELLI; design++) {
        study.settings.design = design;
        assert_int_equal(cr_sensitivity_fits(&study), design >= CR_DESIGN_MORRIS);
    }
    cr_study_free(&study);
}

static void the_indices_of_ishigami_come_out_of_the_store(void **state) {
    const struct store_place *const place = *state;
    const struct closed_form form = ishigami_closed_form();
    struct cr_study study;
    struct cr_sensitivity sensitivity;
    unit_study(&study, CR_DESIGN_SALTELLI, 1024);
    fill(&study, place->store, ishigami, 0);
    computed(&sensitivity, &study, place->store);
    assert_int_equal(sensitivity.readings.count, 3);
    assert_int_equal(sensitivity.rows_a_reading, 9);
    assert_int_equal(sensitivity.row_count, 27);
    for (size_t i = 0; i < 3; i++) {
        const struct cr_stored_index *const first = find(&sensitivity, "secure", "first", study.axes[i].key, NULL);
        const struct cr_stored_index *const total = find(&sensitivity, "secure", "total", study.axes[i].key, NULL);
        assert_near(first->value, form.first[i], 0.03);
        assert_near(total->value, form.total[i], 0.03);
        assert_true(total->low <= total->value && total->value <= total->high);
        assert_int_equal(first->n, 1024);
        assert_true(isnan(find(&sensitivity, "fearful", "total", study.axes[i].key, NULL)->value));
        assert_int_equal(find(&sensitivity, "anxiety", "first", study.axes[i].key, NULL)->n, 0);
        for (size_t j = i + 1; j < 3; j++)
            assert_near(find(&sensitivity, "secure", "second", study.axes[i].key, study.axes[j].key)->value,
                form.second[i][j], 0.05);
    }
    assert_int_equal(sensitivity.left_out, 1024); /* of the missing measure */
    cr_sensitivity_free(&sensitivity);
    cr_study_free(&study);
}

static void the_table_is_replaced_and_not_doubled(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_sensitivity sensitivity;
    unit_study(&study, CR_DESIGN_SALTELLI, 16);
    study.settings.second_order = false;
    fill(&study, place->store, ishigami, 0);
    computed(&sensitivity, &study, place->store);
    cr_sensitivity_free(&sensitivity);
    char *const once = export_of(place->store);
    computed(&sensitivity, &study, place->store);
    assert_int_equal(sensitivity.rows_a_reading, 6);
    cr_sensitivity_free(&sensitivity);
    char *const twice = export_of(place->store);
    same_text(once, twice);
    assert_rows(
        place->store, "SELECT count(*), count(DISTINCT parameter), count(DISTINCT \"index\") FROM indices", "18|3|2;");
    assert_rows(place->store, "SELECT position, parameter, \"index\", other FROM indices WHERE position < 4",
        "1|caregiving.sensitivity|first|-;2|caregiving.sensitivity|total|-;3|caregiving.availability|first|-;");
    assert_int_equal(files_in(place->folder), 1);
    free(once);
    free(twice);
    cr_study_free(&study);
}

static void the_slopes_of_a_plane_are_its_elementary_effects(void **state) {
    const struct store_place *const place = *state;
    static const double slope[] = {2.0, -3.0, 0.0};
    struct cr_study study;
    struct cr_sensitivity sensitivity;
    unit_study(&study, CR_DESIGN_MORRIS, 6);
    study.scenario.parameters.run_replicates = 2; /* whose mean is the plane */
    fill(&study, place->store, slopes, 0);
    computed(&sensitivity, &study, place->store);
    for (size_t i = 0; i < 3; i++) {
        assert_near(find(&sensitivity, "secure", "mu", study.axes[i].key, NULL)->value, slope[i], 1e-12);
        assert_near(find(&sensitivity, "secure", "mu_star", study.axes[i].key, NULL)->value, fabs(slope[i]), 1e-12);
        assert_near(find(&sensitivity, "secure", "sigma", study.axes[i].key, NULL)->value, 0.0, 1e-12);
        assert_near(find(&sensitivity, "fearful", "mu", study.axes[i].key, NULL)->value, 0.0, 1e-12);
        assert_int_equal(find(&sensitivity, "secure", "mu", study.axes[i].key, NULL)->n, 6);
    }
    assert_rows(place->store, "SELECT count(*) FROM indices WHERE other IS NULL", "27;");
    cr_sensitivity_free(&sensitivity);
    cr_study_free(&study);
}

static void a_failed_run_leaves_out_what_hung_on_it(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_sensitivity sensitivity;
    unit_study(&study, CR_DESIGN_SALTELLI, 32);
    fill(&study, place->store, slopes, 20);
    ask(place->store, "UPDATE runs SET state = 'failed', error = 'it failed' WHERE run = 20", NULL, 0);
    computed(&sensitivity, &study, place->store);
    assert_int_equal(find(&sensitivity, "secure", "first", "caregiving.rebuff", NULL)->n, 31);
    cr_sensitivity_free(&sensitivity);
    cr_study_free(&study);
}

static void runs_that_wait_are_waited_for(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    unit_study(&study, CR_DESIGN_SALTELLI, 4);
    fill(&study, place->store, slopes, 20);
    refused(&study, place->store, "1 runs of %s still wait; go on with --resume");
    assert_rows(place->store, "SELECT count(*) FROM indices", "0;");
    cr_study_free(&study);
}

static void without_a_run_done_well_there_is_nothing_to_tell(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    unit_study(&study, CR_DESIGN_SALTELLI, 4);
    make_shard(&study, place->store, 1, 1, 0);
    ask(place->store, "UPDATE runs SET state = 'failed', error = 'it failed'", NULL, 0);
    refused(&study, place->store, "no run of %s has been done well");
    cr_study_free(&study);
}

static void without_memory_the_table_stays_as_it_was(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_sensitivity sensitivity;
    long n = 0;
    unit_study(&study, CR_DESIGN_SALTELLI, 4);
    fill(&study, place->store, slopes, 0);
    const struct cr_sensitivity_plan plan = {.study = &study, .path = place->store, .resamples = 10, .level = 0.95};
    for (int status = CR_ERROR_MEMORY; status != 0; n++) {
        struct cr_error error = {0};
        allocations_left = n;
        status = cr_sensitivity_run(&sensitivity, &plan, &error);
        allocations_left = -1;
        cr_sensitivity_free(&sensitivity);
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(error.code, CR_ERROR_MEMORY);
            assert_rows(place->store, "SELECT count(*) FROM indices", "0;");
        }
    }
    assert_in_range(n, 8, 200);
    assert_rows(place->store, "SELECT count(*) FROM indices", "27;");
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_its_two_designs_fit),
        IN_A_STORE_PLACE(the_indices_of_ishigami_come_out_of_the_store),
        IN_A_STORE_PLACE(the_table_is_replaced_and_not_doubled),
        IN_A_STORE_PLACE(the_slopes_of_a_plane_are_its_elementary_effects),
        IN_A_STORE_PLACE(a_failed_run_leaves_out_what_hung_on_it),
        IN_A_STORE_PLACE(runs_that_wait_are_waited_for),
        IN_A_STORE_PLACE(without_a_run_done_well_there_is_nothing_to_tell),
        IN_A_STORE_PLACE(without_memory_the_table_stays_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
