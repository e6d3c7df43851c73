#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "near.h"
#include "small_run.h"

static const char *const short_lives[] = {"run.people=80", "run.years=30", "life.birth_years=3", "life.adult_age=12",
    "life.median_age=24", "life.death_doubling=3", "meeting.rate=0.8", "pairing.acceptance=1", NULL};

static int live_with_panel(void **state) {
    struct small_run *run = malloc(sizeof *run);
    if (run == NULL)
        return -1;
    small_run_begin(run, 1, short_lives);
    run->panel.interval = 13;
    while (small_run_week(run))
        continue;
    *state = run;
    return 0;
}

static int end_run(void **state) {
    small_run_end(*state);
    free(*state);
    return 0;
}

static void everybody_alive_has_one_row_at_every_observation_and_nobody_else(void **state) {
    const struct small_run *run = *state;
    const struct cr_population *people = &run->simulation.people;
    size_t row = 0;
    for (int32_t week = 12; week < run->simulation.week; week += 13)
        for (uint32_t i = 0; i < people->count; i++) {
            if (!cr_person_alive(people, i, week))
                continue;
            assert_true(row < run->panel.count);
            assert_int_equal(run->panel.rows[row].person, i);
            assert_int_equal(run->panel.rows[row].week, week);
            row++;
        }
    assert_int_equal(row, run->panel.count);
}

static void only_grown_ups_answer_and_of_their_partner_only_those_who_have_one(void **state) {
    const struct small_run *run = *state;
    const struct cr_population *people = &run->simulation.people;
    int32_t minors = 0, singles = 0, partnered = 0;
    for (size_t k = 0; k < run->panel.count; k++) {
        const struct cr_panel_row *row = &run->panel.rows[k];
        const int32_t weeks = row->week - people->birth[row->person];
        const bool adult = weeks >= 12 * 52;
        const bool pair = row->partner != CR_NOBODY;
        minors += !adult;
        singles += adult && !pair;
        partnered += pair;
        assert_true(fabs((double)row->age - weeks / 52.0) < 1e-5);
        assert_int_equal(row->adult, adult);
        assert_int_equal(!isnan(row->anxiety), adult);
        assert_int_equal(!isnan(row->avoidance), adult);
        assert_true(adult || !pair);
        assert_int_equal(!isnan(row->satisfaction), pair);
        assert_int_equal(!isnan(row->trust), pair);
        assert_int_equal(!isnan(row->conflict), pair);
        assert_int_equal(!isnan(row->perceived), pair);
        assert_int_equal(!isnan(row->actual), pair);
        if (pair)
            assert_true(row->trust >= 0.0F && row->trust <= row->perceived && row->perceived <= 1.0F);
    }
    assert_true(minors > 100 && singles > 100 && partnered > 100);
}

static void strategies_are_shares_and_feelings_are_not_negative(void **state) {
    const struct small_run *run = *state;
    for (size_t k = 0; k < run->panel.count; k++) {
        const struct cr_panel_row *row = &run->panel.rows[k];
        double sum = 0.0;
        for (int s = 0; s < CR_STRATEGIES; s++) {
            assert_true(row->share[s] >= 0.0F);
            sum += (double)row->share[s];
        }
        assert_near(sum, 1.0, 1e-6);
        assert_true(row->felt >= 0.0F && row->shown >= 0.0F && row->strain >= 0.0F);
    }
}

static void a_panel_and_a_survey_of_the_same_week_say_the_same(void **state) {
    const struct small_run *run = *state;
    int32_t compared = 0;
    for (size_t k = 0; k < run->panel.count; k++) {
        const struct cr_panel_row *row = &run->panel.rows[k];
        if ((row->week + 1) % 52 != 0 || !row->adult)
            continue;
        const struct cr_survey *survey = &run->record.surveys[row->week / 52];
        const uint32_t i = row->person;
        assert_int_equal(survey->week, row->week);
        assert_true(row->anxiety == survey->anxiety[i] && row->avoidance == survey->avoidance[i]);
        assert_int_equal(row->partner, survey->partner[i]);
        if (row->partner != CR_NOBODY) {
            assert_true(row->satisfaction == survey->satisfaction[i] && row->conflict == survey->conflict[i]);
            assert_true(row->perceived == survey->perceived[i] && row->actual == survey->actual[i]);
        }
        compared++;
    }
    assert_true(compared > 100);
}

static void without_an_interval_nobody_is_observed(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=5", "run.years=1", "life.birth_years=0.1", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    while (small_run_week(&run))
        continue;
    assert_int_equal(run.panel.count, 0);
    assert_null(run.panel.rows);
    small_run_end(&run);
}

static void an_interval_of_one_week_observes_every_week(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=2", "run.years=1", "life.birth_years=0.02", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    run.panel.interval = 1;
    while (small_run_week(&run))
        continue;
    size_t lived = 0;
    for (uint32_t i = 0; i < 2; i++)
        lived += (size_t)(52 - run.simulation.people.birth[i]);
    assert_int_equal(run.panel.count, lived);
    small_run_end(&run);
}

static void a_panel_without_memory_says_so_and_keeps_its_rows(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=4", "run.years=1", "life.birth_years=0.02", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    run.panel.interval = 1;
    bool failed = false;
    while (!failed && run.simulation.week < 50) {
        struct cr_error error = {0};
        const size_t had = run.panel.count;
        assert_int_equal(cr_simulation_reserve(&run.simulation, NULL), 0);
        cr_simulation_step(&run.simulation);
        allocations_left = run.simulation.week > 20 ? 0 : -1;
        const int status = cr_panel_week(&run.panel, &run.simulation, &error);
        allocations_left = -1;
        if (status != 0) {
            failed = true;
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(error.code, CR_ERROR_MEMORY);
            assert_int_equal(run.panel.count, had);
            assert_int_equal(run.panel.rows[had - 1].week, run.simulation.setting.week - 1);
            assert_int_equal(cr_panel_week(&run.panel, &run.simulation, NULL), 0);
            assert_int_equal(run.panel.count, had + 4);
        }
    }
    assert_true(failed);
    cr_panel_free(&run.panel);
    small_run_end(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_alive_has_one_row_at_every_observation_and_nobody_else),
        cmocka_unit_test(only_grown_ups_answer_and_of_their_partner_only_those_who_have_one),
        cmocka_unit_test(strategies_are_shares_and_feelings_are_not_negative),
        cmocka_unit_test(a_panel_and_a_survey_of_the_same_week_say_the_same),
        cmocka_unit_test(without_an_interval_nobody_is_observed),
        cmocka_unit_test(an_interval_of_one_week_observes_every_week),
        cmocka_unit_test(a_panel_without_memory_says_so_and_keeps_its_rows),
    };
    return cmocka_run_group_tests(tests, live_with_panel, end_run);
}
