#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "desk_crew.h"
#include "failing_allocation.h"
#include "made_up_runs.h"
#include "study/pilot.h"
#include "study/sweep.h"

static void tiny_study(struct cr_study *study, size_t points) {
    small_study(study, points);
    study->scenario.parameters.life_birth_years = 0.1;
}

static void piloted(const struct cr_study *study, struct cr_pilot *pilot) {
    struct cr_error error = {0};
    if (cr_pilot_run(study, pilot, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void the_first_the_middle_and_the_last_point_are_timed(void **state) {
    (void)state;
    static const int runs[] = {1, 2, 3, 3, 3};
    for (size_t points = 1; points <= 5; points++) {
        struct cr_study study;
        struct cr_pilot pilot;
        tiny_study(&study, points);
        piloted(&study, &pilot);
        assert_int_equal(pilot.runs, runs[points - 1]);
        assert_int_equal(pilot.failed, 0);
        assert_true(pilot.least > 0.0 && pilot.least <= pilot.most && pilot.most < 60.0);
        cr_study_free(&study);
    }
}

static void it_tells_how_many_values_a_run_keeps(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_pilot pilot;
    struct cr_kept kept = {.measure = cr_measure_find("ssp_share"), .group = "B"};
    tiny_study(&study, 2);
    piloted(&study, &pilot);
    assert_true(pilot.measures > 100);
    assert_true(pilot.series > 0);
    study.series.all = false;
    study.measures = (struct cr_kept_list){.kept = &kept, .count = 1};
    piloted(&study, &pilot);
    assert_int_equal(pilot.measures, 1);
    assert_int_equal(pilot.series, 0);
    study.measures = (struct cr_kept_list){.all = true};
    cr_study_free(&study);
}

static void the_store_gets_about_as_large_as_it_says(void **state) {
    const struct store_place *const place = *state;
    static const size_t points[] = {2, 8};
    for (size_t k = 0; k < 2; k++) {
        struct cr_study study;
        struct cr_pilot pilot;
        struct cr_sweep_state swept;
        struct cr_error error = {0};
        struct stat file;
        tiny_study(&study, points[k]);
        study.scenario.parameters.run_replicates = k == 0 ? 1 : 20;
        piloted(&study, &pilot);
        struct desk desk = {.work = cr_sweep_work, .context = &study, .axis_count = 1};
        const struct cr_crew crew = desk_crew(&desk);
        const struct cr_sweep_plan plan = {
            .study = &study, .path = place->store, .shard = 1, .shards = 1, .crew = &crew};
        if (cr_sweep_run(&plan, &swept, &error) != 0)
            fail_msg("%s", error.sentence);
        assert_int_equal(swept.tally.failed, 0);
        assert_int_equal(stat(place->store, &file), 0);
        if (pilot.bytes < 0.8 * (double)file.st_size || pilot.bytes > 1.25 * (double)file.st_size)
            fail_msg("%g bytes were told, %g they are", pilot.bytes, (double)file.st_size);
        unlink(place->store);
        cr_study_free(&study);
    }
}

static void a_long_run_is_watched_for_a_while_and_extrapolated(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_pilot pilot;
    tiny_study(&study, 1);
    study.scenario.parameters.run_people = 40000;
    study.scenario.parameters.run_years = 90.0;
    piloted(&study, &pilot);
    assert_int_equal(pilot.failed, 0);
    assert_true(pilot.least > 2.0 * CR_PILOT_SECONDS);
    assert_true(pilot.measures > 100); /* from fewer people */
    cr_study_free(&study);
}

static void points_that_cannot_be_run_are_counted(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_pilot pilot;
    struct cr_axis *axis;
    tiny_study(&study, 2);
    assert_int_equal(cr_study_add_axis(&study, "caregiving.form", &axis, "", NULL), 0);
    assert_int_equal(cr_axis_add_value(axis, 0.0, NULL), 0);
    assert_int_equal(cr_axis_add_value(axis, 1.0, NULL), 0); /* profiles, of which there are none */
    study.settings.design = CR_DESIGN_ZIP;
    piloted(&study, &pilot);
    assert_int_equal(pilot.runs, 2);
    assert_int_equal(pilot.failed, 1);
    assert_true(pilot.least > 0.0 && pilot.least == pilot.most);
    axis->values[0] = 1.0;
    piloted(&study, &pilot);
    assert_int_equal(pilot.failed, 2);
    assert_true(isnan(pilot.least) && isnan(pilot.most));
    assert_int_equal(pilot.measures, 0);
    assert_true(pilot.bytes > 0.0);
    cr_study_free(&study);
}

static void the_study_is_left_as_it_was(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_pilot pilot;
    tiny_study(&study, 2);
    study.scenario.parameters.run_people = 150;
    study.settings.time_limit = 1e-9; /* which does not hold for the pilot */
    piloted(&study, &pilot);
    assert_int_equal(pilot.failed, 0);
    assert_true(pilot.measures > 100);
    assert_int_equal(study.scenario.parameters.run_people, 150);
    assert_true(study.settings.time_limit == 1e-9);
    cr_study_free(&study);
}

static void without_memory_it_says_so_or_counts_a_failure(void **state) {
    (void)state;
    struct cr_study study;
    int refusals = 0, status = CR_ERROR_MEMORY;
    struct cr_pilot pilot = {0};
    tiny_study(&study, 1);
    study.scenario.parameters.run_years = 0.1;
    for (long n = 0; status != 0 || pilot.failed > 0 || pilot.measures == 0; n += 3) {
        struct cr_error error = {0};
        allocations_left = n;
        status = cr_pilot_run(&study, &pilot, &error);
        allocations_left = -1;
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
        refusals += status != 0;
    }
    assert_true(refusals > 0);
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_the_middle_and_the_last_point_are_timed),
        cmocka_unit_test(it_tells_how_many_values_a_run_keeps),
        IN_A_STORE_PLACE(the_store_gets_about_as_large_as_it_says),
        cmocka_unit_test(a_long_run_is_watched_for_a_while_and_extrapolated),
        cmocka_unit_test(points_that_cannot_be_run_are_counted),
        cmocka_unit_test(the_study_is_left_as_it_was),
        cmocka_unit_test(without_memory_it_says_so_or_counts_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
