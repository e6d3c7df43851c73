#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "near.h"
#include "study/axis.h"

static struct cr_axis axis_of(const char *key, double low, double high) {
    struct cr_axis axis = {.field = cr_registry_find(&cr_parameter_registry, key), .low = low, .high = high};
    assert_non_null(axis.field);
    strcpy(axis.key, key);
    return axis;
}

static void refused(const struct cr_axis *axis, const char *sentence) {
    struct cr_error error = {0};
    assert_int_equal(cr_axis_check_range(axis, "x.cfg:3: ", &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, sentence);
}

static void low_must_be_below_high(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("prototype.strength", 0.9, 0.9);
    refused(&axis, "x.cfg:3: low of prototype.strength must be below high, 0.9, not 0.9");
    axis.low = 1.0;
    refused(&axis, "x.cfg:3: low of prototype.strength must be below high, 0.9, not 1");
    axis.low = 0.8;
    assert_int_equal(cr_axis_check_range(&axis, "", NULL), 0);
}

static void a_logarithmic_axis_is_a_number_above_zero(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("prototype.strength", 0.0, 0.9);
    assert_int_equal(cr_axis_check_range(&axis, "", NULL), 0);
    axis.logarithmic = true;
    refused(&axis, "x.cfg:3: low of prototype.strength must be above 0 for a logarithmic scale, not 0");
    axis.low = 1e-310; /* of which no logarithm is known */
    assert_int_equal(cr_axis_check_range(&axis, "", NULL), CR_ERROR_CONFIG);
    axis.low = 1e-300;
    assert_int_equal(cr_axis_check_range(&axis, "", NULL), 0);
    struct cr_axis form = axis_of("caregiving.form", 0.0, 1.0);
    form.logarithmic = true;
    refused(&form, "x.cfg:3: caregiving.form is no number and has no scale");
}

static void assert_values(const struct cr_axis *axis, const double *expected, size_t count) {
    assert_int_equal(axis->value_count, count);
    for (size_t i = 0; i < count; i++)
        if (axis->values[i] != expected[i])
            fail_msg("value %zu is %.17g, not %.17g", i, axis->values[i], expected[i]);
}

static void equal_steps_are_the_numbers_that_one_would_write(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("couple.fit_weight", 0.1, 0.9);
    assert_int_equal(cr_axis_spread(&axis, 9, "", NULL), 0);
    assert_values(&axis, (const double[]){0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}, 9);
    axis.low = 0.19999999999999996;
    axis.high = 0.80000000000000004;
    assert_int_equal(cr_axis_spread(&axis, 3, "", NULL), 0);
    assert_values(&axis, (const double[]){0.19999999999999996, 0.5, 0.80000000000000004}, 3);
    cr_axis_free(&axis);
    cr_axis_free(&axis);
    assert_null(axis.values);
}

static void equal_ratios_are_the_numbers_that_one_would_write(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("prototype.strength", 0.01, 10.0);
    axis.logarithmic = true;
    assert_int_equal(cr_axis_spread(&axis, 4, "", NULL), 0);
    assert_values(&axis, (const double[]){0.01, 0.1, 1.0, 10.0}, 4);
    cr_axis_free(&axis);
}

static void whole_numbers_step_by_whole_numbers(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("run.people", 100.0, 10000.0);
    struct cr_error error = {0};
    axis.logarithmic = true;
    assert_int_equal(cr_axis_spread(&axis, 4, "", NULL), 0);
    assert_values(&axis, (const double[]){100.0, 464.0, 2154.0, 10000.0}, 4);
    axis.logarithmic = false;
    axis.high = 110.0;
    assert_int_equal(cr_axis_spread(&axis, 4, "", NULL), 0);
    assert_values(&axis, (const double[]){100.0, 103.0, 107.0, 110.0}, 4);
    axis.low = 2.0;
    axis.high = 4.0;
    assert_int_equal(cr_axis_spread(&axis, 4, "x.cfg:3: ", &error), CR_ERROR_CONFIG);
    assert_string_equal(
        error.sentence, "x.cfg:3: run.people has no 4 different values from 2 to 4 that are whole numbers");
    cr_axis_free(&axis);
}

static void both_ends_are_reached_exactly_and_never_left(void **state) {
    (void)state;
    static const double ranges[][2] = {{0.1, 0.9}, {1e-7, 0.7}, {0.3, 0.30000000000000004}, {1e-300, 5.0}};
    for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++)
        for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
            struct cr_axis axis = axis_of("couple.fit_weight", ranges[r][0], ranges[r][1]);
            axis.logarithmic = logarithmic;
            assert_true(cr_axis_at(&axis, 0.0) == axis.low);
            assert_true(cr_axis_at(&axis, 1.0) == axis.high);
            double before = axis.low;
            for (int i = 1; i <= 1000; i++) {
                const double value = cr_axis_at(&axis, i < 1000 ? i / 1000.0 : 0x1.fffffffffffffp-1);
                assert_true(value >= before && value <= axis.high);
                before = value;
            }
        }
}

static void half_way_is_the_mean_or_the_geometric_mean(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("couple.fit_weight", 0.04, 4.0);
    assert_near(cr_axis_at(&axis, 0.5), 2.02, 1e-15);
    axis.logarithmic = true;
    assert_near(cr_axis_at(&axis, 0.5), 0.4, 1e-15);
    assert_near(cr_axis_at(&axis, 0.25), 0.12649110640673517, 1e-15);
}

static void whole_values_have_equal_shares(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("run.people", 3.0, 9.0);
    int counts[7] = {0};
    for (int i = 0; i < 7000; i++) {
        const double value = cr_axis_at(&axis, (i + 0.5) / 7000.0);
        assert_true(value == floor(value));
        counts[(int)value - 3]++;
    }
    for (int i = 0; i < 7; i++)
        assert_int_equal(counts[i], 1000);
    struct cr_axis form = axis_of("caregiving.form", 0.0, 1.0);
    assert_true(cr_axis_at(&form, 0.49) == 0.0 && cr_axis_at(&form, 0.5) == 1.0 && cr_axis_at(&form, 1.0) == 1.0);
}

static void values_are_added_one_by_one(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("run.people", 0.0, 0.0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(cr_axis_add_value(&axis, i, NULL), 0);
    assert_int_equal(axis.value_count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_true(axis.values[i] == i);
    cr_axis_free(&axis);
}

static void a_prefix_completes_the_fields_own_key(void **state) {
    (void)state;
    struct cr_axis axis = {.field = cr_registry_find(&cr_profile_registry, "share")};
    char buffer[64];
    strcpy(axis.key, "profile.cold.share");
    assert_string_equal(cr_axis_prefix(&axis, "x.cfg:3: ", buffer, sizeof buffer), "x.cfg:3: profile.cold.");
    axis = axis_of("run.people", 0.0, 0.0);
    assert_string_equal(cr_axis_prefix(&axis, "", buffer, sizeof buffer), "");
}

static void without_memory_there_is_a_sentence_and_no_leak(void **state) {
    (void)state;
    struct cr_axis axis = axis_of("run.people", 2.0, 50.0);
    const long held = allocations_held;
    for (long n = 0; n < 2; n++) {
        struct cr_error error = {0};
        allocations_left = 0;
        const int code = n ? cr_axis_spread(&axis, 3, "", &error) : cr_axis_add_value(&axis, 1.0, &error);
        allocations_left = -1;
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_non_null(strstr(error.sentence, "run.people"));
        cr_axis_free(&axis);
    }
    assert_int_equal(allocations_held, held);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(low_must_be_below_high),
        cmocka_unit_test(a_logarithmic_axis_is_a_number_above_zero),
        cmocka_unit_test(equal_steps_are_the_numbers_that_one_would_write),
        cmocka_unit_test(equal_ratios_are_the_numbers_that_one_would_write),
        cmocka_unit_test(whole_numbers_step_by_whole_numbers),
        cmocka_unit_test(both_ends_are_reached_exactly_and_never_left),
        cmocka_unit_test(half_way_is_the_mean_or_the_geometric_mean),
        cmocka_unit_test(whole_values_have_equal_shares),
        cmocka_unit_test(values_are_added_one_by_one),
        cmocka_unit_test(a_prefix_completes_the_fields_own_key),
        cmocka_unit_test(without_memory_there_is_a_sentence_and_no_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
