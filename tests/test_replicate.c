#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "failing_allocation.h"
#include "study/replicate.h"

static void small(struct cr_scenario *scenario) {
    cr_scenario_init(scenario);
    scenario->parameters.run_people = 20;
    scenario->parameters.run_years = 1.5;
    scenario->parameters.life_birth_years = 0.1;
}

/* Counts the weeks, and may end the replicate after one of them. */
struct weeks {
    int32_t seen, ends_after;
};

static int count_week(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    struct weeks *const weeks = context;
    weeks->seen++;
    assert_int_equal(replicate->simulation.week, weeks->seen);
    return weeks->seen == weeks->ends_after ? cr_error_set(error, CR_ERROR_TIME, "enough") : 0;
}

static bool is_same_number(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

static void a_replicate_lives_all_its_weeks_and_is_measured(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_replicate replicate;
    struct weeks weeks = {0};
    small(&scenario);
    const struct cr_replicate_plan plan = {
        .scenario = &scenario, .number = 3, .panel_interval = 26, .after_week = count_week, .context = &weeks};
    assert_int_equal(cr_replicate_live(&replicate, &plan, NULL), 0);
    assert_int_equal(weeks.seen, cr_simulation_weeks(&scenario));
    assert_int_equal(replicate.number, 3);
    assert_true(replicate.readings.count > 100);
    assert_true(replicate.panel.count > 0);
    bool seen_infants = false;
    for (size_t k = 0; k < replicate.readings.count; k++)
        seen_infants |= strcmp(cr_measures[replicate.readings.reading[k].measure].name, "ssp_share") == 0 &&
                        replicate.readings.reading[k].estimate.value > 0.0;
    assert_true(seen_infants);
    cr_replicate_free(&replicate);
    cr_replicate_free(&replicate);
    cr_scenario_free(&scenario);
}

static void its_number_alone_decides_its_luck(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_replicate replicates[3];
    int differences = 0;
    small(&scenario);
    for (int k = 0; k < 3; k++) {
        const struct cr_replicate_plan plan = {.scenario = &scenario, .number = k == 2 ? 8 : 7};
        memset(&replicates[k], k + 1, sizeof replicates[k]); /* any content */
        assert_int_equal(cr_replicate_live(&replicates[k], &plan, NULL), 0);
        assert_int_equal(replicates[k].panel.count, 0);
    }
    assert_int_equal(replicates[0].readings.count, replicates[1].readings.count);
    for (size_t k = 0; k < replicates[0].readings.count; k++) {
        const double value = replicates[0].readings.reading[k].estimate.value;
        assert_true(is_same_number(value, replicates[1].readings.reading[k].estimate.value));
        differences += k < replicates[2].readings.count &&
                       !is_same_number(value, replicates[2].readings.reading[k].estimate.value);
    }
    assert_true(differences > 0);
    for (int k = 0; k < 3; k++)
        cr_replicate_free(&replicates[k]);
    cr_scenario_free(&scenario);
}

static void it_can_be_ended_after_any_week(void **state) {
    (void)state;
    static const int32_t ends[] = {1, 40};
    for (size_t k = 0; k < 2; k++) {
        struct cr_scenario scenario;
        struct cr_replicate replicate;
        struct cr_error error = {0};
        struct weeks weeks = {.ends_after = ends[k]};
        small(&scenario);
        const struct cr_replicate_plan plan = {
            .scenario = &scenario, .number = 1, .after_week = count_week, .context = &weeks};
        assert_int_equal(cr_replicate_live(&replicate, &plan, &error), CR_ERROR_TIME);
        assert_string_equal(error.sentence, "enough");
        assert_int_equal(weeks.seen, ends[k]);
        assert_int_equal(replicate.readings.count, 0);
        cr_replicate_free(&replicate);
        cr_scenario_free(&scenario);
    }
}

static void without_memory_it_ends_and_gives_back_what_it_had(void **state) {
    (void)state;
    struct cr_scenario scenario;
    small(&scenario);
    scenario.parameters.run_years = 0.1;
    const long held = allocations_held;
    int failures = 0;
    for (int status = CR_ERROR_MEMORY; status != 0; failures++) {
        struct cr_replicate replicate;
        struct cr_error error = {0};
        const struct cr_replicate_plan plan = {.scenario = &scenario, .number = 1, .panel_interval = 2};
        allocations_left = failures;
        status = cr_replicate_live(&replicate, &plan, &error);
        allocations_left = -1;
        assert_true(status == 0 || (status == CR_ERROR_MEMORY && error.code == CR_ERROR_MEMORY));
        cr_replicate_free(&replicate);
        assert_int_equal(allocations_held, held);
    }
    assert_in_range(failures, 10, 10000);
    cr_scenario_free(&scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_replicate_lives_all_its_weeks_and_is_measured),
        cmocka_unit_test(its_number_alone_decides_its_luck),
        cmocka_unit_test(it_can_be_ended_after_any_week),
        cmocka_unit_test(without_memory_it_ends_and_gives_back_what_it_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
