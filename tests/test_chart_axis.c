#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "report/chart_axis.h"

static struct cr_chart_axis closed(struct cr_chart_axis axis, const double *values, size_t count) {
    struct cr_range range = {0};
    cr_range_add(&range, &axis, values, count);
    assert_true(cr_chart_axis_close(&axis, range));
    return axis;
}

static void an_open_axis_takes_its_range_from_the_data(void **state) {
    (void)state;
    const double values[] = {3.0, (double)NAN, -2.0, INFINITY, 1e301, 5.0};
    const struct cr_chart_axis axis = closed((struct cr_chart_axis){0}, values, 6);
    assert_near(axis.from, -2.0, 0.0);
    assert_near(axis.to, 5.0, 0.0);
}

static void an_axis_that_is_told_its_range_keeps_it(void **state) {
    (void)state;
    const double values[] = {30.0};
    const struct cr_chart_axis axis = closed((struct cr_chart_axis){.from = 1.0, .to = 7.0}, values, 1);
    assert_near(axis.from, 1.0, 0.0);
    assert_near(axis.to, 7.0, 0.0);
}

static void zero_is_taken_in_if_asked(void **state) {
    (void)state;
    const double above[] = {2.0, 3.0}, below[] = {-3.0, -2.0};
    assert_near(closed((struct cr_chart_axis){.with_zero = true}, above, 2).from, 0.0, 0.0);
    assert_near(closed((struct cr_chart_axis){.with_zero = true}, below, 2).to, 0.0, 0.0);
    assert_near(closed((struct cr_chart_axis){0}, above, 2).from, 2.0, 0.0);
}

static void a_single_value_gets_room_around_it(void **state) {
    (void)state;
    const double values[] = {5.0, 0.0, -1e300, 3.0};
    for (size_t i = 0; i < 4; i++) {
        const struct cr_chart_axis axis = closed((struct cr_chart_axis){0}, &values[i], 1);
        assert_true(axis.from < values[i] && values[i] < axis.to);
    }
    const struct cr_chart_axis powers = closed((struct cr_chart_axis){.logarithmic = true}, &values[0], 1);
    assert_near(powers.from, 2.5, 1e-12);
    assert_near(powers.to, 10.0, 1e-12);
}

static void room_around_a_single_value_ends_where_values_do(void **state) {
    (void)state;
    const double values[] = {0.0, 1.0, 0.5, 1.25};
    const struct cr_chart_axis share = {.least = 0.0, .most = 1.0}, amount = {.least = 0.0, .most = INFINITY};
    struct cr_chart_axis axis = closed(share, &values[0], 1);
    assert_true(axis.from == 0.0 && axis.to > 0.05 && axis.to < 0.25);
    axis = closed(share, &values[1], 1);
    assert_true(axis.from > 0.75 && axis.from < 0.95 && axis.to == 1.0);
    axis = closed(share, &values[2], 1);
    assert_true(axis.from < 0.5 && axis.to > 0.5);
    axis = closed(share, &values[3], 1); /* which cannot be, but is seen */
    assert_true(axis.from < 1.25 && axis.to >= 1.25);
    axis = closed(amount, &values[0], 1);
    assert_true(axis.from == 0.0 && axis.to == 1.0);
}

static void what_is_not_positive_has_no_place_on_a_logarithmic_axis(void **state) {
    (void)state;
    const double values[] = {-1.0, 0.0, 0.1, 10.0};
    const struct cr_chart_axis axis = closed((struct cr_chart_axis){.logarithmic = true, .with_zero = true}, values, 4);
    assert_near(axis.from, 0.1, 0.0);
    assert_false(cr_chart_axis_takes(&axis, 0.0));
    assert_true(cr_chart_axis_takes(&axis, 1e-300));
}

static void without_data_an_open_axis_says_so_and_can_still_be_drawn(void **state) {
    (void)state;
    const double values[] = {(double)NAN, (double)NAN};
    struct cr_chart_axis axis = {0}, powers = {.logarithmic = true};
    struct cr_range range = {0};
    cr_range_add(&range, &axis, values, 2);
    cr_range_add(&range, &axis, NULL, 7);
    assert_false(cr_chart_axis_close(&axis, range));
    assert_near(axis.to, 1.0, 0.0);
    assert_false(cr_chart_axis_close(&powers, range));
    assert_near(powers.from, 1.0, 0.0);
}

static void categories_stand_at_whole_numbers(void **state) {
    (void)state;
    const char *const names[] = {"A", "B", "C"};
    struct cr_chart_axis axis = {.categories = names, .category_count = 3};
    assert_true(cr_chart_axis_close(&axis, (struct cr_range){0}));
    assert_near(axis.from, -0.5, 0.0);
    assert_near(axis.to, 2.5, 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_axis_takes_its_range_from_the_data),
        cmocka_unit_test(an_axis_that_is_told_its_range_keeps_it),
        cmocka_unit_test(zero_is_taken_in_if_asked),
        cmocka_unit_test(a_single_value_gets_room_around_it),
        cmocka_unit_test(room_around_a_single_value_ends_where_values_do),
        cmocka_unit_test(what_is_not_positive_has_no_place_on_a_logarithmic_axis),
        cmocka_unit_test(without_data_an_open_axis_says_so_and_can_still_be_drawn),
        cmocka_unit_test(categories_stand_at_whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
