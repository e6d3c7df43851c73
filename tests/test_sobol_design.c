#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "failing_allocation.h"
#include "near.h"
#include "study/sobol_design.h"

/* Points, n-th of the base rows, as the design gives them; the caller frees them. */
static double *list(const struct cr_sobol_plan *plan) {
    struct cr_sobol_design design;
    assert_int_equal(cr_sobol_design_init(&design, plan, NULL), 0);
    double *points = calloc(cr_sobol_points(plan), plan->axes * sizeof *points);
    assert_non_null(points);
    for (size_t n = 0; n < cr_sobol_points(plan); n++)
        assert_true(cr_sobol_design_next(&design, points + n * plan->axes));
    double beyond[64];
    assert_true(plan->axes <= 64);
    assert_false(cr_sobol_design_next(&design, beyond));
    cr_sobol_design_free(&design);
    return points;
}

static void expect_row(const struct cr_sobol_plan *plan, const double *row) {
    const size_t k = plan->axes, last = cr_sobol_row_points(plan) - 1;
    const double *a = row, *b = row + last * k;
    for (size_t point = 1; point < last; point++)
        for (size_t i = 0; i < k; i++) {
            const bool is_changed = i == (point - 1) % k;
            const bool from_a = (point <= k) != is_changed;
            assert_true(row[point * k + i] == (from_a ? a[i] : b[i]));
        }
    for (size_t i = 0; i < k; i++)
        assert_true(a[i] != b[i]);
}

static void a_base_row_is_a_then_its_mixtures_with_b_then_b(void **state) {
    (void)state;
    const size_t axes[] = {1, 2, 3, 20, 21, 40};
    for (size_t n = 0; n < 6; n++)
        for (int second_order = 0; second_order < 2; second_order++) {
            const struct cr_sobol_plan plan = {
                .axes = axes[n], .base = 9, .second_order = second_order && axes[n] > 1, .seed = 5};
            const size_t points = (plan.second_order ? 2 * plan.axes : plan.axes) + 2;
            assert_int_equal(cr_sobol_row_points(&plan), points);
            assert_int_equal(cr_sobol_points(&plan), 9 * points);
            double *rows = list(&plan);
            for (size_t j = 0; j < 9; j++)
                expect_row(&plan, rows + j * points * plan.axes);
            free(rows);
        }
}

/* Each dimension of the first 2^m points of Sobol's sequence has one point in each of 2^m equal strata, and a digital
 * shift leaves that so. */
static void every_axis_of_a_and_b_has_one_point_in_each_stratum(void **state) {
    (void)state;
    enum { BASE = 256 };
    for (size_t axes = 1; axes <= CR_SOBOL_SEQUENCE_AXES_MAX; axes++) {
        const struct cr_sobol_plan plan = {.axes = axes, .base = BASE, .seed = axes};
        double *points = list(&plan);
        for (size_t point = 0; point <= axes + 1; point += axes + 1)
            for (size_t i = 0; i < axes; i++) {
                bool has_point[BASE] = {false};
                for (size_t j = 0; j < BASE; j++) {
                    const double x = points[(j * (axes + 2) + point) * axes + i];
                    assert_true(x > 0.0 && x < 1.0);
                    assert_int_equal((uint32_t)(x * 0x1p31) % 2, 1); /* between the multiples of 2^-30 */
                    assert_false(has_point[(int)(x * BASE)]);
                    has_point[(int)(x * BASE)] = true;
                }
            }
        free(points);
    }
}

/* Of any two of the first few dimensions, the first 64 points have one in each of the 8 x 8 squares or nearly so; all
 * pairs of independent numbers would leave about 23 of them empty. */
static void two_dimensions_fill_the_square_evenly(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 2, .base = 64, .seed = 8};
    double *points = list(&plan);
    bool has_point[8][8] = {{false}};
    int filled = 0;
    for (size_t j = 0; j < 64; j++) {
        const double *a = points + j * 4 * 2;
        bool *square = &has_point[(int)(a[0] * 8.0)][(int)(a[1] * 8.0)];
        filled += !*square;
        *square = true;
    }
    assert_int_equal(filled, 64);
    free(points);
}

/* Correlations of n independent pairs have the standard error 1 / sqrt(n). */
static void beyond_twenty_axes_all_numbers_are_independent(void **state) {
    (void)state;
    enum { AXES = 40, BASE = 1024 };
    const struct cr_sobol_plan plan = {.axes = AXES, .base = BASE, .seed = 12};
    double *points = list(&plan);
    const size_t length = (AXES + 2) * AXES, to_b = (AXES + 1) * AXES;
    for (size_t d = 0; d < 2 * AXES; d++)
        for (size_t e = 0; e <= d; e++) {
            double sum = 0.0, products = 0.0;
            for (size_t j = 0; j < BASE; j++) {
                const double *row = points + j * length;
                const double x = row[d < AXES ? d : to_b + d - AXES], y = row[e < AXES ? e : to_b + e - AXES];
                sum += x;
                products += (x - 0.5) * (y - 0.5);
            }
            assert_near(sum / BASE, 0.5, 4.5 * sqrt(1.0 / 12.0 / BASE));
            assert_near(12.0 * products / BASE, d == e ? 1.0 : 0.0, 4.5 / sqrt(BASE));
        }
    free(points);
}

static void a_design_is_a_function_of_its_seed_and_more_rows_only_add_to_it(void **state) {
    (void)state;
    const size_t axes[] = {3, 30};
    for (size_t n = 0; n < 2; n++) {
        struct cr_sobol_plan plan = {.axes = axes[n], .base = 16, .seed = 1};
        const size_t bytes = cr_sobol_points(&plan) * plan.axes * sizeof(double);
        double *points = list(&plan), *again = list(&plan);
        plan.base = 40;
        double *more = list(&plan);
        plan.seed = 2;
        double *other = list(&plan);
        assert_memory_equal(points, again, bytes);
        assert_memory_equal(points, more, bytes);
        for (size_t i = 0; i < plan.axes; i++)
            assert_true(points[i] != other[i]);
        free(points);
        free(again);
        free(more);
        free(other);
    }
}

static void refused(struct cr_sobol_plan plan, const char *reason) {
    struct cr_error error = {0};
    struct cr_sobol_design design;
    assert_int_equal(cr_sobol_design_init(&design, &plan, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, reason));
    cr_sobol_design_free(&design);
}

static void plans_out_of_range_are_refused(void **state) {
    (void)state;
    const size_t huge = (size_t)1 << 40;
    refused((struct cr_sobol_plan){.axes = 0, .base = 8}, "1 to 1048576 axes, not 0");
    refused((struct cr_sobol_plan){.axes = huge, .base = 8}, "axes, not 1099511627776");
    refused((struct cr_sobol_plan){.axes = 2, .base = 1}, "2 to 16777216, for example 1024, not 1");
    refused((struct cr_sobol_plan){.axes = 2, .base = huge}, "not 1099511627776");
    refused((struct cr_sobol_plan){.axes = 1, .base = 8, .second_order = true}, "two axes or more");
}

static void without_memory_it_says_so_and_gives_everything_back(void **state) {
    (void)state;
    const size_t axes[] = {3, 30};
    const long held = allocations_held;
    for (size_t a = 0; a < 2; a++)
        for (long n = 0; n <= 2; n++) {
            const struct cr_sobol_plan plan = {.axes = axes[a], .base = 4, .seed = 1};
            struct cr_sobol_design design;
            struct cr_error error = {0};
            allocations_left = n;
            const int code = cr_sobol_design_init(&design, &plan, &error);
            allocations_left = -1;
            cr_sobol_design_free(&design);
            cr_sobol_design_free(&design);
            assert_int_equal(allocations_held, held);
            assert_int_equal(code, n < 2 ? CR_ERROR_MEMORY : 0);
            assert_true(code == 0 || strstr(error.sentence, "no memory") != NULL);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_base_row_is_a_then_its_mixtures_with_b_then_b),
        cmocka_unit_test(every_axis_of_a_and_b_has_one_point_in_each_stratum),
        cmocka_unit_test(two_dimensions_fill_the_square_evenly),
        cmocka_unit_test(beyond_twenty_axes_all_numbers_are_independent),
        cmocka_unit_test(a_design_is_a_function_of_its_seed_and_more_rows_only_add_to_it),
        cmocka_unit_test(plans_out_of_range_are_refused),
        cmocka_unit_test(without_memory_it_says_so_and_gives_everything_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
