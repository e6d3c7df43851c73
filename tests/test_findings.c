#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "measure/survival.h"
#include "near.h"
#include "small_run.h"
#include "viz/world/findings.h"

static const char *const lively[] = {"run.people=150", "run.years=30", "life.birth_years=3", "life.adult_age=14",
    "meeting.rate=0.8", "pairing.acceptance=1", "stage.threshold=0", NULL};

struct found {
    struct small_run run;
    struct cr_findings findings;
};

static int live(void **state) {
    struct found *found = calloc(1, sizeof *found);
    if (found == NULL)
        return -1;
    small_run_begin(&found->run, 1, lively);
    while (small_run_week(&found->run))
        if (found->run.simulation.week % 52 == 0 && cr_findings_add(&found->findings, &found->run.record, NULL) != 0)
            return -1;
    *state = found;
    return 0;
}

static int end(void **state) {
    struct found *found = *state;
    cr_findings_free(&found->findings);
    cr_findings_free(&found->findings);
    small_run_end(&found->run);
    free(found);
    return 0;
}

static const struct cr_series *series_of(const struct cr_findings *findings, int measure, const char *group) {
    for (size_t k = 0; k < findings->series_count; k++)
        if (findings->series[k].measure == measure && strcmp(findings->series[k].group, group) == 0)
            return &findings->series[k];
    return NULL;
}

static bool same(double value, float held) {
    return isnan(value) ? isnan(held) : (float)value == held;
}

static void courses_are_those_that_a_run_reports_year_by_year(void **state) {
    const struct found *found = *state;
    struct cr_readings readings = {0};
    assert_int_equal(cr_measures_compute(&found->run.record, &readings, NULL), 0);
    assert_int_equal(found->findings.survey_count, 30);
    size_t compared = 0;
    for (size_t k = 0; k < readings.count; k++) {
        const struct cr_reading *reading = &readings.reading[k];
        if (isnan(reading->year))
            continue;
        const struct cr_series *series = series_of(&found->findings, reading->measure, reading->group);
        assert_non_null(series);
        const int32_t survey = (int32_t)reading->year - 1;
        assert_true(same(reading->estimate.value, series->value[survey]));
        assert_true(same(reading->estimate.se, series->se[survey]));
        compared++;
    }
    assert_true(compared > 1000);
    assert_int_equal(compared, found->findings.series_count * 30);
    cr_readings_free(&readings);
}

static void a_survey_is_taken_in_once(void **state) {
    struct found *found = *state;
    const uint64_t version = found->findings.version;
    assert_int_equal(cr_findings_add(&found->findings, &found->run.record, NULL), 0);
    assert_int_equal(found->findings.survey_count, 30);
    assert_true(found->findings.version == version);
}

static void what_was_forgotten_is_found_again(void **state) {
    struct found *found = *state;
    struct cr_findings *findings = &found->findings;
    const struct cr_series *series = series_of(findings, cr_measure_find("ecr_mean"), "anxiety");
    assert_non_null(series);
    const float last = series->value[29];
    const uint64_t version = findings->version;
    cr_findings_forget(findings, 31);
    assert_int_equal(findings->survey_count, 30);
    assert_true(findings->version == version);
    cr_findings_forget(findings, 20);
    assert_int_equal(findings->survey_count, 20);
    assert_true(findings->version > version);
    assert_int_equal(cr_findings_add(findings, &found->run.record, NULL), 0);
    assert_int_equal(findings->survey_count, 30);
    series = series_of(findings, cr_measure_find("ecr_mean"), "anxiety");
    assert_true(series->value[29] == last);
}

static void whole_measures_are_those_that_are_wanted(void **state) {
    struct found *found = *state;
    const struct cr_wants wants = {
        .measure = {cr_measure_find("satisfaction_icc"), cr_measure_find("ssp_share")}, .count = 2};
    assert_int_equal(cr_findings_work_out(&found->findings, &found->run.record, &wants, NULL), 0);
    assert_int_equal(cr_findings_work_out(&found->findings, &found->run.record, &wants, NULL), 0);
    const struct cr_readings *whole = &found->findings.whole;
    assert_int_equal(whole->count, 1 + CR_CLASSES);
    assert_int_equal(found->findings.as_of, 30 * 52);
    struct cr_readings all = {0};
    assert_int_equal(cr_measures_compute(&found->run.record, &all, NULL), 0);
    for (size_t k = 0; k < whole->count; k++) {
        const struct cr_reading *reading =
            whole_reading(&all, cr_measures[whole->reading[k].measure].name, whole->reading[k].group);
        assert_non_null(reading);
        assert_true(reading->estimate.value == whole->reading[k].estimate.value);
        assert_true(isnan(whole->reading[k].year));
    }
    cr_readings_free(&all);
    assert_int_equal(found->findings.stability.relationships[CR_PAIRING_ALL], 0);
    assert_true(isnan(found->findings.stability.survival[CR_PAIRING_ALL][0]));
    assert_true(isnan(found->findings.stability.rate[CR_PAIRING_ALL][0]));
}

/* Durations in years and intervals that both the registry and the panels have. */
static void survival_and_hazard_are_those_of_the_registry(void **state) {
    struct found *found = *state;
    const struct cr_wants wants = {
        .measure = {cr_measure_find("relationship_survival"), cr_measure_find("relationship_hazard")},
        .count = 2,
        .stability = true};
    assert_int_equal(cr_findings_work_out(&found->findings, &found->run.record, &wants, NULL), 0);
    const struct cr_stability *stability = &found->findings.stability;
    static const char *const prefixes[CR_PAIRINGS] = {"", "secure-secure ", "secure-insecure ", "insecure-insecure "};
    static const int years[] = {3, 15};
    for (int p = 0; p < CR_PAIRINGS; p++)
        for (size_t y = 0; y < 2; y++) {
            char group[CR_GROUP_SIZE];
            (void)snprintf(group, sizeof group, "%s%d", prefixes[p], years[y]);
            const struct cr_reading *reading = whole_reading(&found->findings.whole, "relationship_survival", group);
            const int at = years[y] * 160 / 30;
            assert_non_null(reading);
            assert_near(stability->years[at], years[y], 1e-12);
            if (isnan(reading->estimate.value) || reading->estimate.n < CR_STABILITY_LEAST) {
                assert_true(isnan(stability->survival[p][at]));
                continue;
            }
            assert_near(stability->survival[p][at], reading->estimate.value, 1e-12);
            assert_true(stability->low[p][at] <= stability->survival[p][at]);
            assert_true(stability->survival[p][at] <= stability->high[p][at]);
        }
    static const char *const intervals[] = {"0-1", "1-2", "2-3"};
    for (int k = 0; k < 3; k++) {
        const struct cr_reading *reading = whole_reading(&found->findings.whole, "relationship_hazard", intervals[k]);
        assert_near(stability->from[k], k, 0.0);
        assert_near(stability->to[k], k + 1, 0.0);
        assert_near(stability->rate[CR_PAIRING_ALL][k], reading->estimate.value, 1e-12);
        assert_true(stability->rate_low[CR_PAIRING_ALL][k] < stability->rate_high[CR_PAIRING_ALL][k]);
    }
    assert_int_equal(stability->relationships[CR_PAIRING_ALL], found->run.simulation.bonds.count);
    int64_t told_apart = 0, ends = 0;
    for (int p = CR_PAIRING_BOTH_SECURE; p < CR_PAIRINGS; p++) {
        told_apart += stability->relationships[p];
        ends += stability->ends[p];
        assert_near(stability->survival[p][0], 1.0, 0.1);
    }
    assert_true(told_apart > 50 && told_apart <= stability->relationships[CR_PAIRING_ALL]);
    assert_true(ends > 10 && ends <= stability->ends[CR_PAIRING_ALL]);
}

static void where_few_are_left_nothing_is_said(void **state) {
    struct found *found = *state;
    const struct cr_wants wants = {.stability = true};
    assert_int_equal(cr_findings_work_out(&found->findings, &found->run.record, &wants, NULL), 0);
    const struct cr_stability *stability = &found->findings.stability;
    struct cr_relationship_spells spells;
    assert_int_equal(cr_relationship_spells_init(&spells, &found->run.record, NULL), 0);
    int silent = 0, said = 0;
    for (int p = 0; p < CR_PAIRINGS; p++) {
        struct cr_survival survival;
        cr_relationship_spells_take(&spells, &found->run.record, (enum cr_pairing_kind)p);
        const struct cr_spells plain = {.exit = spells.weeks, .event = spells.separated, .count = spells.count};
        assert_int_equal(cr_survival_init(&survival, &plain, NULL), 0);
        for (int k = 0; k < CR_SURVIVAL_POINTS; k++) {
            const struct cr_estimate at = cr_survival_at(&survival, 52.0 * stability->years[k]);
            assert_int_equal(isnan(stability->survival[p][k]), at.n < CR_STABILITY_LEAST);
            silent += !isnan(at.value) && isnan(stability->survival[p][k]);
            said += !isnan(stability->survival[p][k]);
        }
        cr_survival_free(&survival);
    }
    cr_relationship_spells_free(&spells);
    assert_true(silent > 5 && said > 50);
}

static void expect_same(const struct cr_findings *a, const struct cr_findings *b) {
    assert_int_equal(a->survey_count, b->survey_count);
    assert_int_equal(a->series_count, b->series_count);
    assert_true(a->version == b->version);
    assert_int_equal(a->as_of, b->as_of);
    for (size_t k = 0; k < a->series_count; k++) {
        assert_int_equal(a->series[k].measure, b->series[k].measure);
        assert_string_equal(a->series[k].group, b->series[k].group);
        for (int32_t s = 0; s < a->survey_count; s++) {
            assert_true(same((double)a->series[k].value[s], b->series[k].value[s]));
            assert_true(same((double)a->series[k].se[s], b->series[k].se[s]));
        }
    }
    assert_int_equal(a->whole.count, b->whole.count);
    for (size_t k = 0; k < a->whole.count; k++)
        assert_string_equal(a->whole.reading[k].group, b->whole.reading[k].group);
    assert_memory_equal(&a->stability, &b->stability, sizeof a->stability);
}

static void a_copy_is_the_same_and_costs_nothing_once_it_is(void **state) {
    struct found *found = *state;
    struct cr_findings copy = {0};
    assert_int_equal(cr_findings_copy(&copy, &found->findings, NULL), 0);
    expect_same(&found->findings, &copy);
    const long held = allocations_held;
    allocations_left = 0;
    assert_int_equal(cr_findings_copy(&copy, &found->findings, NULL), 0);
    allocations_left = -1;
    assert_true(allocations_held == held);
    cr_findings_forget(&found->findings, 7);
    assert_int_equal(cr_findings_copy(&copy, &found->findings, NULL), 0);
    expect_same(&found->findings, &copy);
    assert_int_equal(cr_findings_add(&found->findings, &found->run.record, NULL), 0);
    assert_int_equal(cr_findings_copy(&copy, &found->findings, NULL), 0);
    expect_same(&found->findings, &copy);
    cr_findings_free(&copy);
}

static void without_memory_it_says_so_and_can_go_on(void **state) {
    struct found *found = *state;
    const struct cr_wants wants = {.measure = {cr_measure_find("style_share")}, .count = 1, .stability = true};
    struct cr_findings fresh = {0}, copy = {0};
    struct cr_error error = {0};
    int status[3] = {-1, -1, -1};
    long failures = 0;
    for (long n = 0; status[0] != 0 || status[1] != 0 || status[2] != 0; n++) {
        error = (struct cr_error){0};
        allocations_left = n;
        status[0] = cr_findings_add(&fresh, &found->run.record, &error);
        if (status[0] == 0)
            status[1] = cr_findings_work_out(&fresh, &found->run.record, &wants, &error);
        if (status[1] == 0)
            status[2] = cr_findings_copy(&copy, &fresh, &error);
        allocations_left = -1;
        for (int k = 0; k < 3; k++)
            if (status[k] != 0) {
                assert_int_equal(error.code, CR_ERROR_MEMORY);
                failures++;
                break;
            }
    }
    assert_true(failures > 20);
    assert_int_equal(fresh.survey_count, 30);
    expect_same(&fresh, &copy);
    for (size_t k = 0; k < fresh.series_count; k++) {
        const struct cr_series *series = series_of(&found->findings, fresh.series[k].measure, fresh.series[k].group);
        for (int32_t s = 0; s < 30; s++)
            assert_true(same((double)series->value[s], fresh.series[k].value[s]));
    }
    cr_findings_free(&fresh);
    cr_findings_free(&copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(courses_are_those_that_a_run_reports_year_by_year),
        cmocka_unit_test(a_survey_is_taken_in_once),
        cmocka_unit_test(what_was_forgotten_is_found_again),
        cmocka_unit_test(whole_measures_are_those_that_are_wanted),
        cmocka_unit_test(survival_and_hazard_are_those_of_the_registry),
        cmocka_unit_test(where_few_are_left_nothing_is_said),
        cmocka_unit_test(a_copy_is_the_same_and_costs_nothing_once_it_is),
        cmocka_unit_test(without_memory_it_says_so_and_can_go_on),
    };
    return cmocka_run_group_tests_name("findings", tests, live, end);
}
