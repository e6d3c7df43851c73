// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "base/stream.h"
#include "measure/clustered.h"
#include "near.h"

enum { ROWS = 200 };

/* Rows of two related columns and of ones; each row is told `times` times, under a cluster of its own. */
static struct cr_sample rows(int times) {
    const struct cr_stream luck = {.seed = 5, .replicate = 1};
    struct cr_sample sample = {0};
    for (int again = 0; again < times; again++)
        for (uint32_t k = 0; k < ROWS; k++) {
            double u[4];
            cr_stream_uniforms(&luck, CR_LUCK_RESAMPLE, k, 0, 0, u);
            cr_sample_add_of(&sample, k, u[0], 0.5 * u[0] + u[1], 1.0);
        }
    assert_false(sample.failed);
    return sample;
}

static void with_a_row_a_cluster_the_mean_has_its_usual_error(void **state) {
    (void)state;
    struct cr_sample sample = rows(1);
    const struct cr_estimate plain = cr_statistics_mean(sample.column[0], sample.count);
    const struct cr_estimate clustered = cr_clustered_mean(&sample, 0);
    assert_near(clustered.value, plain.value, 1e-15);
    assert_near(clustered.se, plain.se, 1e-12);
    assert_int_equal(clustered.n, ROWS);
    const struct cr_estimate ratio = cr_clustered_ratio(&sample, 0, 2);
    assert_near(ratio.value, plain.value, 1e-12);
    assert_near(ratio.se, plain.se, 1e-12);
    cr_sample_free(&sample);
}

static void what_is_said_five_times_is_not_known_better(void **state) {
    (void)state;
    struct cr_sample once = rows(1);
    struct cr_sample often = rows(5);
    const struct cr_estimate pairs[][2] = {
        {cr_clustered_mean(&once, 0), cr_clustered_mean(&often, 0)},
        {cr_clustered_ratio(&once, 0, 1), cr_clustered_ratio(&often, 0, 1)},
        {cr_clustered_correlation(&once, 0, 1), cr_clustered_correlation(&often, 0, 1)},
        {cr_clustered_slope(&once, 0, 1), cr_clustered_slope(&often, 0, 1)},
    };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        assert_near(pairs[k][1].value, pairs[k][0].value, 1e-12);
        assert_near(pairs[k][1].se, pairs[k][0].se, 1e-12);
        assert_int_equal(pairs[k][1].n, ROWS);
    }
    /* The divisor n - 1 makes the two standard deviations differ a little. */
    assert_near(cr_clustered_sd(&often, 0).se, cr_clustered_sd(&once, 0).se, 1e-4);
    const struct cr_estimate widened = cr_clustered_widen(&often, cr_statistics_mean(often.column[0], often.count));
    assert_int_equal(widened.n, ROWS);
    assert_near(widened.se, cr_clustered_mean(&once, 0).se, 1e-4);
    cr_sample_free(&once);
    cr_sample_free(&often);
}

static void errors_are_about_those_of_independent_rows(void **state) {
    (void)state;
    struct cr_sample sample = rows(1);
    const struct cr_estimate r = cr_statistics_correlation(sample.column[0], sample.column[1], sample.count);
    const struct cr_estimate slope = cr_statistics_slope(sample.column[0], sample.column[1], sample.count);
    const struct cr_estimate sd = cr_clustered_sd(&sample, 0);
    assert_near(cr_clustered_correlation(&sample, 0, 1).se, r.se, 0.25 * r.se);
    assert_near(cr_clustered_slope(&sample, 0, 1).se, slope.se, 0.25 * slope.se);
    /* Of a uniform variable: var(s^2) = (mu4 - sigma^4) / n, mu4 = 1/80, sigma^2 = 1/12. */
    assert_near(sd.se, sqrt((1.0 / 80.0 - 1.0 / 144.0) / ROWS) / (2.0 * sqrt(1.0 / 12.0)), 0.2 * sd.se);
    cr_sample_free(&sample);
}

static void missing_rows_do_not_count(void **state) {
    (void)state;
    struct cr_sample sample = rows(1);
    const struct cr_estimate before = cr_clustered_correlation(&sample, 0, 1);
    cr_sample_add_of(&sample, 900, (double)NAN, 1.0, 1.0);
    cr_sample_add_of(&sample, 901, 1.0, (double)NAN, 1.0);
    const struct cr_estimate after = cr_clustered_correlation(&sample, 0, 1);
    assert_near(after.value, before.value, 1e-15);
    assert_near(after.se, before.se, 1e-15);
    assert_int_equal(after.n, before.n);
    cr_sample_clear(&sample);
    assert_true(isnan(cr_clustered_mean(&sample, 0).value));
    assert_true(isnan(cr_clustered_ratio(&sample, 0, 1).value));
    assert_true(isnan(cr_clustered_sd(&sample, 0).value));
    assert_true(isnan(cr_clustered_slope(&sample, 0, 1).value));
    cr_sample_free(&sample);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_a_row_a_cluster_the_mean_has_its_usual_error),
        cmocka_unit_test(what_is_said_five_times_is_not_known_better),
        cmocka_unit_test(errors_are_about_those_of_independent_rows),
        cmocka_unit_test(missing_rows_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
