#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measure/statistics.h"

/* Where nothing else is said, the values to compare with come from R 4.2 (mean, sd, lm, quantile, t.test). */

static const double x[] = {1, 2, 4, 7, 11, 3}, y[] = {2, 1, 5, 6, 14, 2.5}, z[] = {3, 1, 4, 1, 5, 9};
enum { COUNT = 6 };

static void expect_near(double value, double expected, double within) {
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g instead of %.17g", value, expected);
}

static void expect(struct cr_estimate estimate, double value, double se, int64_t n) {
    expect_near(estimate.value, value, 1e-12);
    expect_near(estimate.se, se, 1e-12);
    assert_int_equal(estimate.n, n);
}

static void expect_undefined(struct cr_estimate estimate) {
    assert_true(isnan(estimate.value));
    assert_true(isnan(estimate.se));
}

static void a_mean_and_a_standard_deviation_agree_with_r(void **state) {
    (void)state;
    expect(cr_statistics_mean(x, COUNT), 4.66666666666666667, 1.52023390013218, COUNT);
    expect(cr_statistics_sd(x, COUNT), 3.72379734500505, 3.72379734500505 / sqrt(10.0), COUNT);
}

static void too_few_values_leave_an_estimate_undefined(void **state) {
    (void)state;
    const double one[] = {3.0}, missing[] = {(double)NAN, (double)NAN};
    expect_undefined(cr_statistics_mean(one, 0));
    expect_undefined(cr_statistics_mean(missing, 2));
    expect_undefined(cr_statistics_sd(one, 1));
    expect_undefined(cr_statistics_share(0, 0));
    expect_undefined(cr_statistics_correlation(one, one, 1));
    expect_undefined(cr_statistics_slope(one, one, 1));
    expect_undefined(cr_statistics_kappa(missing, missing, 2, 2));
    expect_undefined(cr_statistics_cohen_d(one, one, 1));
    expect_undefined(cr_statistics_standardized_pair(x, z, y, 2).first);
    const struct cr_estimate mean = cr_statistics_mean(one, 1);
    expect_near(mean.value, 3.0, 0.0);
    assert_true(isnan(mean.se));
    assert_true(isnan(cr_statistics_correlation(x, y, 3).se));
    assert_true(isnan(cr_statistics_slope(x, y, 2).se));
}

static void a_row_with_a_missing_value_does_not_count(void **state) {
    (void)state;
    const double holed_x[] = {1, (double)NAN, 2, 4, 7, 11, 3, 5}, holed_y[] = {2, 9, 1, 5, 6, 14, 2.5, (double)NAN};
    const double holed_z[] = {3, 8, 1, 4, 1, 5, 9, 2};
    const struct cr_estimate r = cr_statistics_correlation(x, y, COUNT);
    const struct cr_estimate slope = cr_statistics_slope(x, y, COUNT);
    const struct cr_standardized_pair pair = cr_statistics_standardized_pair(x, z, y, COUNT);
    const struct cr_standardized_pair holed = cr_statistics_standardized_pair(holed_x, holed_z, holed_y, 8);
    expect(cr_statistics_correlation(holed_x, holed_y, 8), r.value, r.se, COUNT);
    expect(cr_statistics_slope(holed_x, holed_y, 8), slope.value, slope.se, COUNT);
    expect(holed.first, pair.first.value, pair.first.se, COUNT);
    assert_int_equal(cr_statistics_mean(holed_x, 8).n, 7);
}

static void a_share_has_the_binomial_standard_error(void **state) {
    (void)state;
    const double hits[] = {1, 0, 0, (double)NAN, 1, 0};
    expect(cr_statistics_share(30, 100), 0.3, sqrt(0.3 * 0.7 / 100.0), 100);
    expect(cr_statistics_proportion(hits, 6), 0.4, sqrt(0.4 * 0.6 / 5.0), 5);
}

static void a_correlation_agrees_with_r_and_has_fishers_standard_error(void **state) {
    (void)state;
    expect(cr_statistics_correlation(x, y, COUNT), 0.961301038041342, 0.0438210668699567, COUNT);
    const double opposite[] = {-1, -2, -4, -7, -11, -3};
    expect(cr_statistics_correlation(x, opposite, COUNT), -1.0, 0.0, COUNT);
}

static void a_constant_variable_has_no_correlation_even_if_its_mean_rounds(void **state) {
    (void)state;
    const double same[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    const struct cr_estimate r = cr_statistics_correlation(same, y, COUNT);
    expect_undefined(r);
    assert_int_equal(r.n, COUNT);
    expect_undefined(cr_statistics_correlation(y, same, COUNT));
    expect_undefined(cr_statistics_slope(same, y, COUNT));
    expect_undefined(cr_statistics_standardized_pair(x, same, y, COUNT).first);
    expect(cr_statistics_sd(same, COUNT), 0.0, 0.0, COUNT);
}

static void a_correlation_does_not_lose_digits_far_from_zero(void **state) {
    (void)state;
    double far_x[COUNT], far_y[COUNT];
    for (int i = 0; i < COUNT; i++) {
        far_x[i] = x[i] + 1e9;
        far_y[i] = y[i] - 1e9;
    }
    expect_near(cr_statistics_correlation(far_x, far_y, COUNT).value, 0.961301038041342, 1e-7);
}

static void cohens_d_agrees_with_its_formula(void **state) {
    (void)state;
    const double group[] = {1, 0, 1, 0, 1, 0};
    expect(cr_statistics_cohen_d(group, x, COUNT), 0.32659863237109, 0.82192186706253, COUNT);
    const double other[] = {0, 1, 0, 1, 0, 1};
    expect(cr_statistics_cohen_d(other, x, COUNT), -0.32659863237109, 0.82192186706253, COUNT);
}

static void cohens_d_needs_both_groups_and_variance_within(void **state) {
    (void)state;
    const double ones[] = {1, 1, 1, 1, 1, 1}, group[] = {1, 0, 1, 0, 2, (double)NAN}, flat[] = {3, 5, 3, 5, 9, 9};
    expect_undefined(cr_statistics_cohen_d(ones, x, COUNT));
    expect_undefined(cr_statistics_cohen_d(group, flat, COUNT));
    assert_int_equal(cr_statistics_cohen_d(group, x, COUNT).n, 4);
}

static void a_slope_agrees_with_r(void **state) {
    (void)state;
    expect(cr_statistics_slope(x, y, COUNT), 1.228365384615385, 0.176019162222965, COUNT);
    const double line[] = {3, 5, 9, 15, 23, 7};
    expect(cr_statistics_slope(x, line, COUNT), 2.0, 0.0, COUNT);
}

static void two_standardized_predictors_agree_with_r(void **state) {
    (void)state;
    const struct cr_standardized_pair pair = cr_statistics_standardized_pair(x, z, y, COUNT);
    expect(pair.first, 0.957729478739793, 0.153295320092530, COUNT);
    expect(pair.second, 0.0746724994125543, 0.153295320092530, COUNT);
}

static void predictors_that_determine_each_other_have_no_effects_of_their_own(void **state) {
    (void)state;
    double twice[COUNT];
    for (int i = 0; i < COUNT; i++)
        twice[i] = 2.0 * x[i] + 0.1;
    const struct cr_standardized_pair pair = cr_statistics_standardized_pair(x, twice, y, COUNT);
    expect_undefined(pair.first);
    expect_undefined(pair.second);
}

static void quantiles_agree_with_r_and_leave_missing_values_out(void **state) {
    (void)state;
    double values[] = {(double)NAN, 1, 2, (double)NAN, 4, 7, 11, 3};
    const size_t present = cr_statistics_sort(values, 8);
    assert_int_equal(present, 6);
    expect_near(cr_statistics_quantile(values, present, 0.1), 1.5, 1e-12);
    expect_near(cr_statistics_quantile(values, present, 0.25), 2.25, 1e-12);
    expect_near(cr_statistics_quantile(values, present, 0.9), 9.0, 1e-12);
    expect_near(cr_statistics_quantile(values, present, 0.0), 1.0, 0.0);
    expect_near(cr_statistics_quantile(values, present, 1.0), 11.0, 0.0);
    assert_true(isnan(cr_statistics_quantile(values, present, 1.1)));
    assert_true(isnan(cr_statistics_quantile(values, present, (double)NAN)));
    assert_true(isnan(cr_statistics_quantile(values, 0, 0.5)));
    assert_int_equal(cr_statistics_sort(values, 0), 0);
}

static void students_interval_agrees_with_r(void **state) {
    (void)state;
    const struct cr_interval interval = cr_statistics_t_interval(cr_statistics_mean(x, COUNT), 0.95);
    expect_near(interval.low, 0.758781017068325, 1e-9);
    expect_near(interval.high, 8.574552316265009, 1e-9);
    assert_true(isnan(cr_statistics_t_interval(cr_statistics_mean(x, 1), 0.95).low));
    assert_true(isnan(cr_statistics_t_interval(cr_statistics_mean(x, COUNT), 1.0).high));
}

static size_t ratings_of(size_t classes, const int *cells, double *first, double *second) {
    size_t count = 0;
    for (size_t a = 0; a < classes; a++)
        for (size_t b = 0; b < classes; b++)
            for (int k = 0; k < cells[a * classes + b]; k++) {
                first[count] = (double)a;
                second[count++] = (double)b;
            }
    return count;
}

/* The standard error is Fleiss, Cohen & Everitt's in its expanded form, computed apart. */
static void kappa_agrees_with_agreement_tables(void **state) {
    (void)state;
    double first[128], second[128];
    const int two[] = {20, 5, 10, 15}, three[] = {44, 7, 9, 5, 20, 10, 1, 3, 6};
    size_t count = ratings_of(2, two, first, second);
    expect(cr_statistics_kappa(first, second, count, 2), 0.4, 0.1269960629311, 50);
    count = ratings_of(3, three, first, second);
    expect(cr_statistics_kappa(first, second, count, 3), 0.4535315985130111, 0.0680753309873891, 105);
    first[0] = (double)NAN;
    second[1] = 3.0;
    first[2] = 0.5;
    second[3] = -1.0;
    assert_int_equal(cr_statistics_kappa(first, second, count, 3).n, 101);
}

static void kappa_is_undefined_when_chance_agrees_always(void **state) {
    (void)state;
    const double same[] = {1, 1, 1, 1};
    expect_undefined(cr_statistics_kappa(same, same, 4, 2));
    expect_undefined(cr_statistics_kappa(same, same, 4, CR_KAPPA_CLASSES_MAX + 1));
    const double both[] = {1, 1, 0, 0};
    expect(cr_statistics_kappa(both, both, 4, CR_KAPPA_CLASSES_MAX), 1.0, 0.0, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mean_and_a_standard_deviation_agree_with_r),
        cmocka_unit_test(too_few_values_leave_an_estimate_undefined),
        cmocka_unit_test(a_row_with_a_missing_value_does_not_count),
        cmocka_unit_test(a_share_has_the_binomial_standard_error),
        cmocka_unit_test(a_correlation_agrees_with_r_and_has_fishers_standard_error),
        cmocka_unit_test(a_constant_variable_has_no_correlation_even_if_its_mean_rounds),
        cmocka_unit_test(a_correlation_does_not_lose_digits_far_from_zero),
        cmocka_unit_test(cohens_d_agrees_with_its_formula),
        cmocka_unit_test(cohens_d_needs_both_groups_and_variance_within),
        cmocka_unit_test(a_slope_agrees_with_r),
        cmocka_unit_test(two_standardized_predictors_agree_with_r),
        cmocka_unit_test(predictors_that_determine_each_other_have_no_effects_of_their_own),
        cmocka_unit_test(quantiles_agree_with_r_and_leave_missing_values_out),
        cmocka_unit_test(students_interval_agrees_with_r),
        cmocka_unit_test(kappa_agrees_with_agreement_tables),
        cmocka_unit_test(kappa_is_undefined_when_chance_agrees_always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
