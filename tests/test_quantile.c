#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "base/quantile.h"
#include "near.h"

enum { LAST = CR_QUANTILE_KNOTS - 1, DRAWS = 1 << 16 };

static const double grain = 0x1p-30;

static const double shapes[] = {0.3, 1.0, 3.0, 12.0, 50.0};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static void expect_monotone(const struct cr_quantile *quantile) {
    double last = -HUGE_VAL;
    for (int k = 0; k < DRAWS; k++) {
        const double draw = cr_quantile_draw(quantile, (k + 0.5) / DRAWS);
        assert_true(draw >= last);
        last = draw;
    }
}

/* Mean and variance over evenly spread uniform numbers. */
static void moments(const struct cr_quantile *quantile, double *mean, double *variance) {
    double sum = 0.0;
    double squares = 0.0;
    for (int k = 0; k < DRAWS; k++) {
        const double draw = cr_quantile_draw(quantile, (k + 0.5) / DRAWS);
        sum += draw;
        squares += draw * draw;
    }
    *mean = sum / DRAWS;
    *variance = squares / DRAWS - *mean * *mean;
}

static void the_knots_of_a_gamma_table_are_its_quantiles(void **state) {
    (void)state;
    for (int s = 0; s < SHAPES; s++) {
        struct cr_quantile quantile;
        cr_quantile_gamma(&quantile, shapes[s], 2.0);
        for (int k = 1; k < LAST; k++) {
            const double exact = gsl_cdf_gamma_Pinv((double)k / LAST, shapes[s], 2.0 / shapes[s]);
            assert_near(cr_quantile_draw(&quantile, (double)k / LAST), exact, grain);
        }
        assert_near(quantile.knot[0], gsl_cdf_gamma_Pinv(1.0 / 2048.0, shapes[s], 2.0 / shapes[s]), grain);
        assert_near(quantile.knot[LAST], gsl_cdf_gamma_Pinv(2047.0 / 2048.0, shapes[s], 2.0 / shapes[s]), grain);
    }
}

static void the_knots_of_the_normal_table_are_its_quantiles(void **state) {
    (void)state;
    struct cr_quantile quantile;
    cr_quantile_normal(&quantile);
    for (int k = 1; k < LAST; k++)
        assert_near(cr_quantile_draw(&quantile, (double)k / LAST), gsl_cdf_ugaussian_Pinv((double)k / LAST), grain);
    assert_near(quantile.knot[0], gsl_cdf_ugaussian_Pinv(1.0 / 2048.0), grain);
    assert_near(quantile.knot[LAST], gsl_cdf_ugaussian_Pinv(2047.0 / 2048.0), grain);
}

static void between_two_knots_a_draw_goes_straight(void **state) {
    (void)state;
    struct cr_quantile quantile;
    cr_quantile_normal(&quantile);
    for (int k = 0; k < LAST; k++) {
        const double quarter = 0.75 * quantile.knot[k] + 0.25 * quantile.knot[k + 1];
        assert_near(cr_quantile_draw(&quantile, (k + 0.25) / LAST), quarter, 1e-14);
    }
}

static void draws_from_a_gamma_table_have_its_mean_and_variance(void **state) {
    (void)state;
    for (int s = 0; s < SHAPES; s++) {
        struct cr_quantile quantile;
        double mean, variance;
        cr_quantile_gamma(&quantile, shapes[s], 1.0);
        moments(&quantile, &mean, &variance);
        assert_near(mean, 1.0, 0.005);
        assert_near(variance * shapes[s], 1.0, 0.04);
    }
}

static void draws_from_the_normal_table_have_mean_0_and_variance_1(void **state) {
    (void)state;
    struct cr_quantile quantile;
    double mean, variance;
    cr_quantile_normal(&quantile);
    moments(&quantile, &mean, &variance);
    assert_near(mean, 0.0, 1e-9);
    assert_near(variance, 1.0, 0.01);
}

static void a_mean_only_stretches_a_gamma_table(void **state) {
    (void)state;
    struct cr_quantile one, five;
    cr_quantile_gamma(&one, 3.0, 1.0);
    cr_quantile_gamma(&five, 3.0, 5.0);
    for (int k = 0; k < CR_QUANTILE_KNOTS; k++)
        assert_near(five.knot[k], 5.0 * one.knot[k], 6.0 * grain);
}

static void a_larger_number_never_makes_a_smaller_draw(void **state) {
    (void)state;
    struct cr_quantile quantile;
    for (int s = 0; s < SHAPES; s++) {
        cr_quantile_gamma(&quantile, shapes[s], 1.0);
        assert_true(quantile.knot[0] >= 0.0);
        expect_monotone(&quantile);
    }
    cr_quantile_normal(&quantile);
    expect_monotone(&quantile);
}

static void the_outermost_uniform_numbers_stay_within_the_table(void **state) {
    (void)state;
    struct cr_quantile quantile;
    cr_quantile_normal(&quantile);
    assert_near(cr_quantile_draw(&quantile, 0x1p-33), quantile.knot[0], 1e-6);
    assert_near(cr_quantile_draw(&quantile, 1.0 - 0x1p-33), quantile.knot[LAST], 1e-6);
}

static void everything_is_rounded_to_the_grain(void **state) {
    (void)state;
    struct cr_quantile quantile;
    cr_quantile_gamma(&quantile, 3.0, 1.0);
    for (int k = 0; k < CR_QUANTILE_KNOTS; k++)
        assert_true(nearbyint(quantile.knot[k] / grain) * grain == quantile.knot[k]);
    assert_true(cr_quantile_round(0.3) / grain == nearbyint(0.3 / grain));
    assert_near(cr_quantile_round(0.3), 0.3, grain / 2.0);
    const double normal = cr_quantile_normal_at(0.3) / grain;
    const double beta = cr_quantile_beta_at(0.3, 0.4, 5.0) / grain;
    assert_true(normal == nearbyint(normal));
    assert_true(beta == nearbyint(beta));
}

static void exact_inversion_gives_the_quantiles(void **state) {
    (void)state;
    for (int k = 1; k < 1000; k++) {
        const double u = k / 1000.0;
        assert_near(cr_quantile_normal_at(u), gsl_cdf_ugaussian_Pinv(u), grain);
        assert_near(gsl_cdf_beta_P(cr_quantile_beta_at(u, 0.3, 5.0), 1.5, 3.5), u, 1e-7);
        assert_near(cr_quantile_beta_at(u, 0.5, 2.0), u, grain);
    }
}

static void a_mean_of_0_or_1_gives_itself(void **state) {
    (void)state;
    const double u[] = {1e-9, 0.5, 1.0 - 1e-9};
    for (int k = 0; k < 3; k++) {
        assert_true(cr_quantile_beta_at(u[k], 0.0, 5.0) == 0.0);
        assert_true(cr_quantile_beta_at(u[k], 1.0, 5.0) == 1.0);
    }
}

static void a_beta_draw_exists_for_whatever_mean_and_concentration(void **state) {
    (void)state;
    const double means[] = {1e-6, 0.001, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.999};
    const double concentrations[] = {0.1, 0.5, 1.5, 5.0, 30.0, 1000.0};
    int missing = 0;
    for (size_t m = 0; m < sizeof means / sizeof *means; m++)
        for (size_t c = 0; c < sizeof concentrations / sizeof *concentrations; c++) {
            double last = 0.0;
            for (int k = 0; k < 100; k++) {
                const double u = k == 0 ? 1e-9 : (k == 99 ? 1.0 - 1e-9 : k / 99.0);
                const double draw = cr_quantile_beta_at(u, means[m], concentrations[c]);
                missing += !(draw >= 0.0 && draw <= 1.0);
                if (draw < last - 4.0 * grain)
                    fail_msg("mean %g, concentration %g: falls to %g at %g", means[m], concentrations[c], draw, u);
                last = fmax(draw, last);
            }
        }
    assert_int_equal(missing, 0);
}

static void beta_draws_have_the_mean_and_variance_asked_for(void **state) {
    (void)state;
    const double asked[][2] = {{0.62, 5.0}, {0.08, 1.5}, {0.03, 1.5}, {0.97, 1.0}, {0.5, 0.1}};
    enum { COUNT = 4000 };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const double mean = asked[i][0];
        double sum = 0.0;
        double squares = 0.0;
        for (int k = 0; k < COUNT; k++) {
            const double draw = cr_quantile_beta_at((k + 0.5) / COUNT, mean, asked[i][1]);
            sum += draw;
            squares += (draw - mean) * (draw - mean);
        }
        assert_near(sum / COUNT, mean, 5e-4);
        assert_near(squares / COUNT, mean * (1.0 - mean) / (1.0 + asked[i][1]), 5e-4);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_knots_of_a_gamma_table_are_its_quantiles),
        cmocka_unit_test(the_knots_of_the_normal_table_are_its_quantiles),
        cmocka_unit_test(between_two_knots_a_draw_goes_straight),
        cmocka_unit_test(draws_from_a_gamma_table_have_its_mean_and_variance),
        cmocka_unit_test(draws_from_the_normal_table_have_mean_0_and_variance_1),
        cmocka_unit_test(a_mean_only_stretches_a_gamma_table),
        cmocka_unit_test(a_larger_number_never_makes_a_smaller_draw),
        cmocka_unit_test(the_outermost_uniform_numbers_stay_within_the_table),
        cmocka_unit_test(everything_is_rounded_to_the_grain),
        cmocka_unit_test(exact_inversion_gives_the_quantiles),
        cmocka_unit_test(a_mean_of_0_or_1_gives_itself),
        cmocka_unit_test(a_beta_draw_exists_for_whatever_mean_and_concentration),
        cmocka_unit_test(beta_draws_have_the_mean_and_variance_asked_for),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
