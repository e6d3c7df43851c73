#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/survival.h"

/* Remission of leukemia in weeks, 6-MP against placebo (Freireich et al. 1963, Blood 21; Kalbfleisch & Prentice 2002,
 * table 1.1). Under placebo every remission ended. The first 21 are 6-MP. */
enum { TREATED = 21, BOTH = 42 };
static const double remission[BOTH] = {6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35, 1,
    1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};

static void leukemia(bool event[BOTH], int group[BOTH]) {
    for (int i = 0; i < BOTH; i++) {
        event[i] = i < 9 || i >= TREATED;
        group[i] = i >= TREATED;
    }
}

/* Eight spells that enter late or leave early; the expected values come from R 4.2, survival 3.5. */
static const double late_entry[] = {0, 0, 2, 3, 5, 0, 4, 7};
static const double late_exit[] = {3, 6, 6, 8, 9, 10, 10, 12};
static const bool late_event[] = {true, true, false, true, true, false, true, false};
static const struct cr_spells late = {.entry = late_entry, .exit = late_exit, .event = late_event, .count = 8};

static void expect_near(double value, double expected, double within) {
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g instead of %.17g", value, expected);
}

static void expect_at(const struct cr_survival *survival, double time, double value, double se, int64_t at_risk) {
    const struct cr_estimate estimate = cr_survival_at(survival, time);
    expect_near(estimate.value, value, 1e-9);
    expect_near(estimate.se, se, 1e-9);
    assert_int_equal(estimate.n, at_risk);
}

static void remission_under_6mp_lasts_as_published(void **state) {
    (void)state;
    bool event[BOTH];
    int group[BOTH];
    leukemia(event, group);
    const struct cr_spells spells = {.exit = remission, .event = event, .count = TREATED};
    struct cr_survival survival;
    assert_int_equal(cr_survival_init(&survival, &spells, NULL), 0);
    assert_int_equal(survival.spells, 21);
    assert_int_equal(survival.events, 9);
    expect_at(&survival, 0.0, 1.0, 0.0, 21);
    expect_at(&survival, 5.9, 1.0, 0.0, 21);
    expect_at(&survival, 6.0, 0.8571428571, 0.07636035483, 21);
    expect_at(&survival, 6.5, 0.8571428571, 0.07636035483, 17);
    expect_at(&survival, 7.0, 0.8067226891, 0.08693528518, 17);
    expect_at(&survival, 10.0, 0.7529411765, 0.09634965299, 15);
    expect_at(&survival, 13.0, 0.6901960784, 0.10681470778, 12);
    expect_at(&survival, 16.0, 0.6274509804, 0.11405386526, 11);
    expect_at(&survival, 22.0, 0.5378151261, 0.12823375169, 7);
    expect_at(&survival, 23.0, 0.4481792717, 0.13459145676, 6);
    expect_at(&survival, 35.0, 0.4481792717, 0.13459145676, 1);
    expect_near(cr_survival_median(&survival), 23.0, 0.0);
    cr_survival_free(&survival);
    cr_survival_free(&survival);
}

static void survival_is_undefined_beyond_the_last_observation(void **state) {
    (void)state;
    bool event[BOTH];
    int group[BOTH];
    leukemia(event, group);
    struct cr_spells spells = {.exit = remission, .event = event, .count = TREATED};
    struct cr_survival survival;
    assert_int_equal(cr_survival_init(&survival, &spells, NULL), 0);
    assert_true(isnan(cr_survival_at(&survival, 35.5).value));
    assert_true(isnan(cr_survival_at(&survival, -1.0).value));
    assert_true(isnan(cr_survival_at(&survival, (double)NAN).value));
    cr_survival_free(&survival);
    spells = (struct cr_spells){.exit = remission + TREATED, .event = event + TREATED, .count = TREATED};
    assert_int_equal(cr_survival_init(&survival, &spells, NULL), 0);
    expect_near(cr_survival_at(&survival, 500.0).value, 0.0, 0.0);
    assert_true(isnan(cr_survival_at(&survival, 500.0).se));
    expect_near(cr_survival_median(&survival), 8.0, 0.0);
    cr_survival_free(&survival);
}

static void spells_that_enter_late_count_only_from_then_on(void **state) {
    (void)state;
    struct cr_survival survival;
    assert_int_equal(cr_survival_init(&survival, &late, NULL), 0);
    expect_at(&survival, 3.0, 0.750, 0.216506350946, 4);
    expect_at(&survival, 6.0, 0.625, 0.213478140957, 6);
    expect_at(&survival, 8.0, 0.500, 0.204124145232, 5);
    expect_at(&survival, 9.0, 0.375, 0.187500000000, 4);
    expect_at(&survival, 10.0, 0.250, 0.161374306092, 3);
    expect_at(&survival, 12.0, 0.250, 0.161374306092, 1);
    expect_near(cr_survival_median(&survival), 8.0, 0.0);
    cr_survival_free(&survival);
}

static void spells_that_cannot_be_do_not_count(void **state) {
    (void)state;
    const double entry[] = {0, 5, (double)NAN, 0, -1, 4, 4, 0},
                 exit[] = {10, 3, 8, (double)NAN, 5, 4, (double)INFINITY, -2};
    const bool event[] = {true, true, true, true, true, true, true, true};
    const struct cr_spells spells = {.entry = entry, .exit = exit, .event = event, .count = 8};
    struct cr_survival survival;
    assert_int_equal(cr_survival_init(&survival, &spells, NULL), 0);
    assert_int_equal(survival.spells, 1);
    assert_int_equal(survival.events, 1);
    cr_survival_free(&survival);
}

static void a_spell_may_end_in_the_week_of_its_beginning(void **state) {
    (void)state;
    const double exit[] = {0, 2, 3, 4};
    const bool event[] = {true, false, false, false};
    const struct cr_spells spells = {.exit = exit, .event = event, .count = 4};
    struct cr_survival survival;
    assert_int_equal(cr_survival_init(&survival, &spells, NULL), 0);
    expect_near(cr_survival_at(&survival, 0.0).value, 0.75, 1e-15);
    assert_int_equal(cr_survival_at(&survival, 0.0).n, 4);
    cr_survival_free(&survival);
    struct cr_hazard hazard;
    cr_survival_hazards(&spells, (const double[]){0, 2}, 1, &hazard);
    assert_int_equal(hazard.events, 1);
}

static void no_spells_survive_undefined(void **state) {
    (void)state;
    const struct cr_spells none = {.count = 0};
    struct cr_survival survival;
    assert_int_equal(cr_survival_init(&survival, &none, NULL), 0);
    assert_true(isnan(cr_survival_at(&survival, 0.0).value));
    assert_true(isnan(cr_survival_median(&survival)));
    cr_survival_free(&survival);
}

static void without_censoring_survival_is_the_share_that_lasts(void **state) {
    (void)state;
    enum { COUNT = 200 };
    double exit[COUNT];
    bool event[COUNT];
    for (int i = 0; i < COUNT; i++) {
        exit[i] = (double)((i * 37) % 50 + 1);
        event[i] = true;
    }
    const struct cr_spells spells = {.exit = exit, .event = event, .count = COUNT};
    struct cr_survival survival;
    assert_int_equal(cr_survival_init(&survival, &spells, NULL), 0);
    for (int week = 0; week < 50; week++) {
        const double share = 1.0 - week / 50.0;
        expect_at(&survival, week, share, sqrt(share * (1.0 - share) / COUNT), COUNT - 4 * (week > 0 ? week - 1 : 0));
    }
    cr_survival_free(&survival);
}

/* 9 ends in 359 weeks against 21 in 182: the rates that the exponential model gives for these data. */
static void the_hazard_of_one_long_interval_is_ends_over_weeks(void **state) {
    (void)state;
    bool event[BOTH];
    int group[BOTH];
    leukemia(event, group);
    const struct cr_spells treated = {.exit = remission, .event = event, .count = TREATED};
    const struct cr_spells placebo = {.exit = remission + TREATED, .event = event + TREATED, .count = TREATED};
    const double edges[] = {0, 100};
    struct cr_hazard hazard;
    cr_survival_hazards(&treated, edges, 1, &hazard);
    expect_near(hazard.exposure, 359.0, 0.0);
    expect_near(hazard.rate.value, 9.0 / 359.0, 1e-15);
    expect_near(hazard.rate.se, 3.0 / 359.0, 1e-15);
    assert_int_equal(hazard.rate.n, 21);
    cr_survival_hazards(&placebo, edges, 1, &hazard);
    assert_int_equal(hazard.events, 21);
    expect_near(hazard.exposure, 182.0, 0.0);
}

static void life_table_intervals_share_out_weeks_and_ends(void **state) {
    (void)state;
    const double edges[] = {0, 3, 6, 12, 20};
    const double exposure[] = {10, 15, 18, 0};
    const int64_t events[] = {1, 1, 3, 0}, observed[] = {4, 6, 5, 0};
    struct cr_hazard hazards[4];
    cr_survival_hazards(&late, edges, 4, hazards);
    for (int k = 0; k < 4; k++) {
        expect_near(hazards[k].exposure, exposure[k], 0.0);
        assert_int_equal(hazards[k].events, events[k]);
        assert_int_equal(hazards[k].rate.n, observed[k]);
    }
    assert_true(isnan(hazards[3].rate.value));
}

static void the_log_rank_test_tells_6mp_from_placebo_as_published(void **state) {
    (void)state;
    bool event[BOTH];
    int group[BOTH];
    leukemia(event, group);
    const struct cr_spells spells = {.exit = remission, .event = event, .count = BOTH};
    struct cr_log_rank test;
    assert_int_equal(cr_survival_log_rank(&test, &spells, group, 2, NULL), 0);
    expect_near(test.chi2, 16.7929409892165, 1e-9);
    assert_int_equal(test.df, 1);
    expect_near(test.p, 4.16880911e-05, 1e-12);
    expect_near(test.observed[0], 9.0, 0.0);
    expect_near(test.expected[0], 19.2505009480311, 1e-9);
    expect_near(test.expected[1], 10.7494990519689, 1e-9);
}

static void the_log_rank_test_of_three_groups_agrees_with_r(void **state) {
    (void)state;
    const double exit[] = {6, 6, 7, 10, 13, 16, 22, 1, 2, 3, 4, 5, 8, 8, 11, 12, 9, 9, 15, 20, 21};
    const int ended[] = {1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0};
    int group[21];
    bool event[21];
    for (int i = 0; i < 21; i++) {
        group[i] = i < 7 ? 0 : i < 15 ? 1 : 2;
        event[i] = ended[i] == 1;
    }
    const struct cr_spells spells = {.exit = exit, .event = event, .count = 21};
    struct cr_log_rank test;
    assert_int_equal(cr_survival_log_rank(&test, &spells, group, 3, NULL), 0);
    expect_near(test.chi2, 12.11357512340546, 1e-8);
    assert_int_equal(test.df, 2);
    expect_near(test.p, 0.00234191206448, 1e-11);
    expect_near(test.expected[1], 2.40827778602546, 1e-9);
}

static void the_log_rank_test_has_no_freedom_for_groups_never_at_risk_together(void **state) {
    (void)state;
    bool event[BOTH];
    int group[BOTH];
    leukemia(event, group);
    const struct cr_spells spells = {.exit = remission, .event = event, .count = BOTH};
    struct cr_log_rank test;
    assert_int_equal(cr_survival_log_rank(&test, &spells, group, 4, NULL), 0);
    assert_int_equal(test.df, 1);
    expect_near(test.chi2, 16.7929409892165, 1e-8);
    assert_int_equal(cr_survival_log_rank(&test, &spells, group, 1, NULL), 0);
    assert_int_equal(test.df, 0);
    assert_true(isnan(test.chi2));
    assert_true(isnan(test.p));
    const double entry[] = {0, 0, 10, 10}, exit[] = {4, 5, 14, 15};
    const int apart[] = {0, 0, 1, 1};
    const struct cr_spells disjoint = {.entry = entry, .exit = exit, .event = event, .count = 4};
    assert_int_equal(cr_survival_log_rank(&test, &disjoint, apart, 2, NULL), 0);
    assert_int_equal(test.df, 0);
    assert_true(isnan(test.p));
}

static void the_log_rank_test_refuses_more_groups_than_it_has_room_for(void **state) {
    (void)state;
    struct cr_error error = {0};
    struct cr_log_rank test;
    assert_int_equal(cr_survival_log_rank(&test, &late, NULL, CR_LOG_RANK_GROUPS_MAX + 1, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "not 33"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remission_under_6mp_lasts_as_published),
        cmocka_unit_test(survival_is_undefined_beyond_the_last_observation),
        cmocka_unit_test(spells_that_enter_late_count_only_from_then_on),
        cmocka_unit_test(spells_that_cannot_be_do_not_count),
        cmocka_unit_test(a_spell_may_end_in_the_week_of_its_beginning),
        cmocka_unit_test(no_spells_survive_undefined),
        cmocka_unit_test(without_censoring_survival_is_the_share_that_lasts),
        cmocka_unit_test(the_hazard_of_one_long_interval_is_ends_over_weeks),
        cmocka_unit_test(life_table_intervals_share_out_weeks_and_ends),
        cmocka_unit_test(the_log_rank_test_tells_6mp_from_placebo_as_published),
        cmocka_unit_test(the_log_rank_test_of_three_groups_agrees_with_r),
        cmocka_unit_test(the_log_rank_test_has_no_freedom_for_groups_never_at_risk_together),
        cmocka_unit_test(the_log_rank_test_refuses_more_groups_than_it_has_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
