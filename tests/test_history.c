#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "near.h"
#include "study/history.h"
#include "study/replicates.h"

enum { REPLICATES = 5 };

static void short_lives(struct cr_scenario *scenario) {
    cr_scenario_init(scenario);
    struct cr_parameters *p = &scenario->parameters;
    p->run_people = 80;
    p->run_years = 22.3;
    p->run_replicates = REPLICATES;
    p->life_birth_years = 4.0;
    p->life_adult_age = 12.0;
    p->life_median_age = 24.0;
    p->life_death_doubling = 3.0;
    p->meeting_rate = 0.8;
    p->pairing_acceptance = 1.0;
}

/* All that a history is made of, kept otherwise: the readings of each replicate, and its relationships. */
struct lived {
    struct cr_history history;
    struct cr_readings readings[REPLICATES];
    int32_t bonds[REPLICATES], separations;
    double relationship_weeks;
    size_t count;
};

static void keep_readings(struct lived *lived, const struct cr_readings *readings) {
    struct cr_readings *copy = &lived->readings[lived->count++];
    for (size_t k = 0; k < readings->count; k++) {
        copy->measure = readings->reading[k].measure;
        copy->year = readings->reading[k].year;
        cr_readings_add(copy, readings->reading[k].group, readings->reading[k].estimate);
    }
    assert_false(copy->failed);
}

static int take(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    struct lived *lived = context;
    const struct cr_bonds *bonds = &replicate->simulation.bonds;
    lived->bonds[lived->count] = bonds->count;
    for (int32_t k = 0; k < bonds->count; k++) {
        const struct cr_bond *bond = &bonds->bond[k];
        lived->separations += bond->ending != CR_LASTING && bond->ending != CR_DEATH;
        lived->relationship_weeks += (bond->end < 0 ? replicate->simulation.week : bond->end) - bond->start;
    }
    keep_readings(lived, &replicate->readings);
    return cr_history_add(&lived->history, replicate, error);
}

static void live(struct lived *lived, const struct cr_scenario *scenario) {
    memset(lived, 0, sizeof *lived);
    struct cr_error error = {0};
    const struct cr_replicates_plan plan = {.scenario = scenario, .threads = 2, .take = take, .context = lived};
    if (cr_replicates_run(&plan, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void end(struct lived *lived) {
    cr_history_free(&lived->history);
    cr_history_free(&lived->history);
    for (size_t k = 0; k < lived->count; k++)
        cr_readings_free(&lived->readings[k]);
}

static void the_course_is_the_mean_of_the_series_over_replicates(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct lived lived;
    short_lives(&scenario);
    live(&lived, &scenario);
    const struct cr_history *history = &lived.history;
    size_t at = 0, gaps = 0;
    for (size_t k = 0; k < lived.readings[0].count; k++) {
        const struct cr_reading *reading = &lived.readings[0].reading[k];
        if (isnan(reading->year))
            continue;
        assert_true(at < history->course_count);
        const struct cr_course_point *point = &history->course[at++];
        double values[REPLICATES];
        for (int r = 0; r < REPLICATES; r++)
            values[r] = lived.readings[r].reading[k].estimate.value;
        const struct cr_estimate mean = cr_statistics_mean(values, REPLICATES);
        assert_int_equal(point->measure, reading->measure);
        assert_string_equal(point->group, reading->group);
        assert_true(point->year == reading->year);
        assert_int_equal(point->n, mean.n);
        gaps += mean.n < REPLICATES;
        if (mean.n > 0)
            assert_near(point->mean, mean.value, 1e-12);
        if (mean.n > 1)
            assert_near(cr_course_se(point), mean.se, 1e-12);
        else
            assert_true(isnan(cr_course_se(point)));
    }
    assert_int_equal(at, history->course_count);
    assert_true(at > 22 * 20 && gaps > 0 && gaps < at);
    end(&lived);
}

static void measures_and_fates_of_all_replicates_are_kept(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct lived lived;
    short_lives(&scenario);
    live(&lived, &scenario);
    assert_int_equal(lived.history.measures.replicates, REPLICATES);
    assert_int_equal(lived.history.fates.replicates, REPLICATES);
    assert_int_equal(lived.history.fates.people, 80);
    const int64_t row = cr_collection_find(&lived.history.measures, "ssp_share", "B");
    assert_true(row >= 0);
    for (int r = 0; r < REPLICATES; r++) {
        int secure = 0, known = 0;
        for (int i = 0; i < 80; i++) {
            const struct cr_fate *fate = &lived.history.fates.fate[r * 80 + i];
            known += fate->class >= 0;
            secure += fate->class == CR_CLASS_B;
        }
        const struct cr_estimate share = cr_collection_at(&lived.history.measures, (size_t)row, r);
        assert_int_equal(share.n, known);
        assert_near(share.value, (double)secure / known, 1e-12);
    }
    end(&lived);
}

static void lengths_are_those_of_all_relationships_of_all_replicates(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct lived lived;
    short_lives(&scenario);
    live(&lived, &scenario);
    const struct cr_lengths *lengths = &lived.history.lengths;
    double weeks = 0.0;
    int32_t separations = 0;
    size_t at = 0;
    for (size_t k = 0; k < lengths->count; k++) {
        weeks += lengths->weeks[k];
        separations += lengths->event[k];
        assert_true(lengths->weeks[k] >= 0.0);
    }
    assert_near(weeks, lived.relationship_weeks, 1e-6);
    assert_int_equal(separations, lived.separations);
    assert_true(separations > 20 && (size_t)separations < lengths->count);
    /* Each replicate's survive as its own measure says. */
    const int64_t row = cr_collection_find(&lived.history.measures, "relationship_survival", "1");
    assert_true(row >= 0);
    for (int r = 0; r < REPLICATES; at += (size_t)lived.bonds[r++]) {
        struct cr_survival survival;
        const struct cr_spells spells = {
            .exit = lengths->weeks + at, .event = lengths->event + at, .count = (size_t)lived.bonds[r]};
        assert_int_equal(cr_survival_init(&survival, &spells, NULL), 0);
        const struct cr_estimate year = cr_survival_at(&survival, CR_WEEKS_A_YEAR);
        assert_near(year.value, cr_collection_at(&lived.history.measures, (size_t)row, r).value, 1e-12);
        cr_survival_free(&survival);
    }
    assert_int_equal(at, lengths->count);
    end(&lived);
}

/* Two made-up histories; the test itself is held against R in test_survival.c. */
static void the_log_rank_test_takes_each_history_as_a_group(void **state) {
    (void)state;
    double short_ones[30], long_ones[20], all[50];
    bool ended[50];
    int group[50];
    for (int k = 0; k < 50; k++) {
        ended[k] = k % 4 != 3;
        group[k] = k < 30 ? 0 : 1;
        all[k] = k < 30 ? 10.0 + k : 15.0 + 3.0 * k;
        if (k < 30)
            short_ones[k] = all[k];
        else
            long_ones[k - 30] = all[k];
    }
    const struct cr_lengths one = {.weeks = short_ones, .event = ended, .count = 30};
    const struct cr_lengths other = {.weeks = long_ones, .event = ended + 30, .count = 20};
    const struct cr_spells spells = {.exit = all, .event = ended, .count = 50};
    struct cr_log_rank pooled, test, same;
    assert_int_equal(cr_survival_log_rank(&pooled, &spells, group, 2, NULL), 0);
    assert_int_equal(cr_lengths_log_rank((const struct cr_lengths *const[]){&one, &other}, 2, &test, NULL), 0);
    assert_true(test.chi2 == pooled.chi2 && test.p == pooled.p);
    assert_int_equal(test.df, 1);
    assert_true(test.p < 0.001);
    assert_int_equal(cr_lengths_log_rank((const struct cr_lengths *const[]){&one, &one}, 2, &same, NULL), 0);
    assert_near(same.chi2, 0.0, 1e-12);
    assert_near(same.p, 1.0, 1e-6);
    const struct cr_lengths none = {0};
    assert_int_equal(cr_lengths_log_rank((const struct cr_lengths *const[]){&none, &none}, 2, &test, NULL), 0);
    assert_true(isnan(test.p));
}

static void a_log_rank_test_without_memory_says_so(void **state) {
    (void)state;
    double weeks[] = {1.0, 2.0, 3.0};
    bool event[] = {true, false, true};
    const struct cr_lengths lengths = {.weeks = weeks, .event = event, .count = 3};
    const long held = allocations_held;
    int code = CR_ERROR_MEMORY;
    long n = 0;
    for (; code != 0; n++) {
        struct cr_log_rank test;
        struct cr_error error = {0};
        allocations_left = n;
        code = cr_lengths_log_rank((const struct cr_lengths *const[]){&lengths, &lengths}, 2, &test, &error);
        allocations_left = -1;
        assert_int_equal(error.code, code);
        assert_true(code == 0 || code == CR_ERROR_MEMORY);
        assert_int_equal(allocations_held, held);
    }
    assert_true(n > 4);
}

static void a_replicate_that_finds_no_memory_says_so(void **state) {
    (void)state;
    struct cr_scenario scenario;
    short_lives(&scenario);
    struct cr_replicate replicate;
    const struct cr_replicate_plan plan = {.scenario = &scenario, .number = 1};
    assert_int_equal(cr_replicate_live(&replicate, &plan, NULL), 0);
    const long held = allocations_held;
    int code = CR_ERROR_MEMORY;
    long n = 0;
    for (; code != 0; n++) {
        struct cr_history history = {0};
        struct cr_error error = {0};
        allocations_left = n;
        code = cr_history_add(&history, &replicate, &error);
        allocations_left = -1;
        assert_int_equal(error.code, code);
        assert_true(code == 0 || code == CR_ERROR_MEMORY);
        cr_history_free(&history);
        assert_int_equal(allocations_held, held);
    }
    assert_int_equal(n, 8); /* two of the measures, one of the course, two each of lengths and fates */
    cr_replicate_free(&replicate);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_course_is_the_mean_of_the_series_over_replicates),
        cmocka_unit_test(measures_and_fates_of_all_replicates_are_kept),
        cmocka_unit_test(lengths_are_those_of_all_relationships_of_all_replicates),
        cmocka_unit_test(the_log_rank_test_takes_each_history_as_a_group),
        cmocka_unit_test(a_log_rank_test_without_memory_says_so),
        cmocka_unit_test(a_replicate_that_finds_no_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
