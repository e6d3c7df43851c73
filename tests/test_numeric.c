#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>

#include "base/numeric.h"
#include "near.h"

/* The error allowed to ours, 4e-16, and half a unit in the last place for libm's. */
static const double relative_error = 4e-16 + DBL_EPSILON / 2.0;

static const double ln2 = 0.69314718055994530942;

static void expect_exp(double x) {
    const double expected = exp(x);
    if (!(fabs(cr_exp(x) - expected) <= relative_error * expected))
        fail_msg("cr_exp(%.17g) is %.17g, not %.17g", x, cr_exp(x), expected);
}

static void expect_log(double x) {
    const double expected = log(x);
    if (!(fabs(cr_log(x) - expected) <= fmax(1e-15, relative_error * fabs(expected))))
        fail_msg("cr_log(%.17g) is %.17g, not %.17g", x, cr_log(x), expected);
}

static void the_exponential_agrees_with_libm_to_4e_16(void **state) {
    (void)state;
    for (int k = -70000; k <= 70000; k++)
        expect_exp(k * 0.01);
    for (int k = -100000; k <= 100000; k++)
        expect_exp(k * 1.000003e-5);
    for (int k = 1; k <= 50; k++) {
        expect_exp(ldexp(1.0, -k));
        expect_exp(-ldexp(1.0, -k));
    }
}

static void the_exponential_agrees_with_libm_where_its_reduction_changes_over(void **state) {
    (void)state;
    for (int k = -1009; k <= 1009; k++) {
        const double border = (k + 0.5) * ln2;
        expect_exp(border);
        expect_exp(nextafter(border, -HUGE_VAL));
        expect_exp(nextafter(border, HUGE_VAL));
    }
}

static void the_logarithm_agrees_with_libm(void **state) {
    (void)state;
    for (int k = 1; k <= 200000; k++)
        expect_log(k * 1e-5);
    for (int k = -70000; k <= 70000; k++)
        expect_log(exp(k * 0.01));
    for (int k = -1021; k <= 1022; k++) {
        expect_log(ldexp(1.0, k));
        expect_log(ldexp(sqrt(0.5), k));
        expect_log(nextafter(ldexp(sqrt(0.5), k), 0.0));
        expect_log(nextafter(ldexp(1.0, k), 0.0));
    }
}

static void a_logarithm_close_to_zero_is_exact_to_1e_15(void **state) {
    (void)state;
    for (int k = -5000; k <= 20000; k++) {
        const double x = 1.0 + k * 1e-4;
        assert_near(cr_log(x), log(x), 1e-15);
    }
}

static void zero_and_one_are_met_exactly(void **state) {
    (void)state;
    assert_true(cr_exp(0.0) == 1.0);
    assert_true(cr_exp(-0.0) == 1.0);
    assert_true(cr_log(1.0) == 0.0);
    assert_true(cr_logistic(0.0) == 0.5);
}

static void beyond_700_the_exponential_stays_where_it_is(void **state) {
    (void)state;
    expect_exp(700.0);
    expect_exp(-700.0);
    const double far[] = {700.1, 1e4, 1e300, HUGE_VAL};
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        assert_true(cr_exp(far[i]) == cr_exp(700.0));
        assert_true(cr_exp(-far[i]) == cr_exp(-700.0));
    }
}

static void the_extremes_of_the_logarithm_are_those_of_libm(void **state) {
    (void)state;
    expect_log(DBL_MIN);
    expect_log(DBL_MAX);
}

static void what_is_missing_stays_missing(void **state) {
    (void)state;
    assert_true(isnan(CR_MISSING));
    assert_true(isnan(cr_exp(CR_MISSING)));
    assert_true(isnan(cr_logistic(CR_MISSING)));
}

static void the_exponential_rises_throughout(void **state) {
    (void)state;
    double last = cr_exp(-700.0);
    for (int k = -699999; k <= 700000; k++) {
        const double value = cr_exp(k * 0.001);
        if (!(value > last))
            fail_msg("cr_exp falls before %.17g", k * 0.001);
        last = value;
    }
    for (int k = -1009; k <= 1009; k++) {
        const double border = (k + 0.5) * ln2;
        assert_true(cr_exp(border - 1e-12) < cr_exp(border));
        assert_true(cr_exp(border) < cr_exp(border + 1e-12));
    }
}

static void the_logarithm_rises_throughout(void **state) {
    (void)state;
    for (int k = -1020; k <= 1020; k++) {
        double last = cr_log(ldexp(0.999, k));
        for (int step = 0; step < 1000; step++) {
            const double value = cr_log(ldexp(1.0 + step * 0.001, k));
            assert_true(value > last);
            last = value;
        }
        const double border = ldexp(sqrt(0.5), k);
        assert_true(cr_log(border * (1.0 - 1e-12)) < cr_log(border));
        assert_true(cr_log(border) < cr_log(border * (1.0 + 1e-12)));
    }
}

static void logarithm_and_exponential_undo_each_other(void **state) {
    (void)state;
    for (int k = -6900; k <= 6900; k++)
        assert_near(cr_log(cr_exp(k * 0.1)), k * 0.1, 1e-15 + 1e-15 * fabs(k * 0.1));
}

static void the_logistic_function_is_symmetric_and_stays_in_0_to_1(void **state) {
    (void)state;
    for (int k = 0; k <= 8000; k++) {
        const double x = k * 0.1;
        assert_near(cr_logistic(x) + cr_logistic(-x), 1.0, 4e-16);
        assert_near(cr_logistic(x), 1.0 / (1.0 + exp(-x)), 4e-16);
        assert_true(cr_logistic(-x) >= 0.0 && cr_logistic(x) <= 1.0);
    }
}

static void bounds_bound(void **state) {
    (void)state;
    assert_true(cr_min(1.0, 2.0) == 1.0 && cr_min(2.0, 1.0) == 1.0);
    assert_true(cr_max(1.0, 2.0) == 2.0 && cr_max(2.0, 1.0) == 2.0);
    assert_true(cr_clamp(-1.0, 0.0, 1.0) == 0.0);
    assert_true(cr_clamp(0.25, 0.0, 1.0) == 0.25);
    assert_true(cr_clamp(2.0, 0.0, 1.0) == 1.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exponential_agrees_with_libm_to_4e_16),
        cmocka_unit_test(the_exponential_agrees_with_libm_where_its_reduction_changes_over),
        cmocka_unit_test(the_logarithm_agrees_with_libm),
        cmocka_unit_test(a_logarithm_close_to_zero_is_exact_to_1e_15),
        cmocka_unit_test(zero_and_one_are_met_exactly),
        cmocka_unit_test(beyond_700_the_exponential_stays_where_it_is),
        cmocka_unit_test(the_extremes_of_the_logarithm_are_those_of_libm),
        cmocka_unit_test(what_is_missing_stays_missing),
        cmocka_unit_test(the_exponential_rises_throughout),
        cmocka_unit_test(the_logarithm_rises_throughout),
        cmocka_unit_test(logarithm_and_exponential_undo_each_other),
        cmocka_unit_test(the_logistic_function_is_symmetric_and_stays_in_0_to_1),
        cmocka_unit_test(bounds_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
