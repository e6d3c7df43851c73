#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "model/simulation.h"
#include "viz/world/changes.h"

static const char load[] = "times.load", rate[] = "meeting.rate";

static const struct cr_field *parameter(const char *key) {
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, key);
    assert_non_null(field);
    return field;
}

static int make(struct cr_changes *changes, struct cr_scenario *scenario, const char *key, double value, int32_t week,
    int32_t end, struct cr_error *error) {
    return cr_changes_make(changes, scenario, &(struct cr_made_change){week, end, parameter(key), value}, error);
}

static void expect(const struct cr_scenario *scenario, const char *key, int32_t week, double value) {
    struct cr_parameters parameters;
    cr_scenario_parameters(scenario, week, &parameters);
    assert_true(cr_field_get(parameter(key), &parameters) == value);
}

/* Ten years in which the load is 1.5 from week 300 on. */
static void begin(struct cr_scenario *scenario, struct cr_changes *changes) {
    cr_scenario_init(scenario);
    scenario->parameters.run_years = 10.0;
    assert_int_equal(cr_scenario_change(scenario, 300, parameter(load), 1.5, "", NULL), 0);
    assert_int_equal(cr_changes_init(changes, scenario, NULL), 0);
}

static void end(struct cr_scenario *scenario, struct cr_changes *changes) {
    cr_changes_free(changes);
    cr_changes_free(changes);
    cr_scenario_free(scenario);
}

static void a_change_for_good_holds_until_the_next_planned_one(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_changes changes;
    begin(&scenario, &changes);
    assert_int_equal(make(&changes, &scenario, load, 2.0, 100, 126, NULL), 0);
    assert_int_equal(make(&changes, &scenario, load, 3.0, 110, CR_FOR_GOOD, NULL), 0);
    expect(&scenario, load, 99, 1.0);
    expect(&scenario, load, 109, 2.0);
    expect(&scenario, load, 299, 3.0);
    expect(&scenario, load, 300, 1.5);
    assert_int_equal(scenario.change_count, 3);
    end(&scenario, &changes);
}

static void a_change_for_a_while_holds_over_all_else(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_changes changes;
    begin(&scenario, &changes);
    assert_int_equal(make(&changes, &scenario, load, 2.0, 290, 316, NULL), 0);
    expect(&scenario, load, 315, 2.0);
    expect(&scenario, load, 316, 1.5);
    assert_int_equal(make(&changes, &scenario, load, 4.0, 291, 10000, NULL), 0); /* beyond the run */
    expect(&scenario, load, 290, 2.0);
    expect(&scenario, load, cr_simulation_weeks(&scenario), 4.0);
    assert_int_equal(make(&changes, &scenario, load, 5.0, 292, 400, NULL), 0);
    expect(&scenario, load, 399, 5.0);
    expect(&scenario, load, 400, 4.0);
    end(&scenario, &changes);
}

static void what_was_made_later_is_forgotten_and_what_was_made_earlier_ends_in_time(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_changes changes;
    begin(&scenario, &changes);
    assert_int_equal(make(&changes, &scenario, load, 2.0, 50, 70, NULL), 0);
    assert_int_equal(make(&changes, &scenario, rate, 0.5, 80, CR_FOR_GOOD, NULL), 0);
    assert_int_equal(make(&changes, &scenario, load, 3.0, 60, 65, NULL), 0);
    assert_int_equal(changes.made_count, 2);
    expect(&scenario, rate, 100, cr_field_get(parameter(rate), &scenario.parameters));
    expect(&scenario, load, 64, 3.0);
    expect(&scenario, load, 65, 2.0);
    expect(&scenario, load, 70, 1.0);
    end(&scenario, &changes);
}

static void the_same_for_good_again_in_one_week_is_kept_once(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_changes changes;
    begin(&scenario, &changes);
    for (int k = 0; k < 100; k++)
        assert_int_equal(make(&changes, &scenario, load, 1.0 + 0.01 * k, 50, CR_FOR_GOOD, NULL), 0);
    assert_int_equal(changes.made_count, 1);
    expect(&scenario, load, 50, 1.0 + 0.01 * 99);
    end(&scenario, &changes);
}

static void what_is_refused_or_has_no_memory_changes_nothing(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_changes changes;
    struct cr_error error = {0};
    begin(&scenario, &changes);
    assert_int_equal(make(&changes, &scenario, load, 2.0, 50, 70, NULL), 0);
    assert_int_equal(make(&changes, &scenario, load, -1.0, 60, 70, &error), CR_ERROR_CONFIG);
    assert_int_equal(make(&changes, &scenario, "life.adult_age", 20.0, 60, 70, NULL), CR_ERROR_CONFIG);
    int status = CR_ERROR_MEMORY;
    for (long n = 0; status == CR_ERROR_MEMORY; n++) {
        assert_int_equal(scenario.change_count, 3);
        assert_int_equal(changes.made_count, 1);
        allocations_left = n;
        status = make(&changes, &scenario, rate, 0.5, 60, CR_FOR_GOOD, NULL);
        allocations_left = -1;
    }
    assert_int_equal(status, 0);
    assert_int_equal(scenario.change_count, 4);
    end(&scenario, &changes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_for_good_holds_until_the_next_planned_one),
        cmocka_unit_test(a_change_for_a_while_holds_over_all_else),
        cmocka_unit_test(what_was_made_later_is_forgotten_and_what_was_made_earlier_ends_in_time),
        cmocka_unit_test(the_same_for_good_again_in_one_week_is_kept_once),
        cmocka_unit_test(what_is_refused_or_has_no_memory_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
