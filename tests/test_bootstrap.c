#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "base/stream.h"
#include "failing_allocation.h"
#include "near.h"
#include "study/bootstrap.h"

enum { ROWS = 200 };

static const struct cr_bootstrap plain = {.resamples = 2000, .level = 0.9, .seed = 1};

struct sample {
    double x[ROWS];
    size_t count;
    size_t calls;
};

static struct sample uniform_numbers(uint32_t number) {
    struct sample sample = {.count = ROWS};
    for (uint32_t j = 0; j < ROWS; j++) {
        double u[4];
        cr_stream_uniforms(&(struct cr_stream){.seed = 77}, CR_LUCK_WEEK, j, number, 0, u);
        sample.x[j] = u[0];
    }
    return sample;
}

/* The mean, and the mean of those above 0.999: often of none. */
static void means(void *context, const double *weights, double *values) {
    struct sample *sample = context;
    double sum = 0.0, n = 0.0, high = 0.0, n_high = 0.0;
    for (size_t j = 0; j < sample->count; j++) {
        sum += weights[j] * sample->x[j];
        n += weights[j];
        if (sample->x[j] > 0.999) {
            high += weights[j] * sample->x[j];
            n_high += weights[j];
        }
    }
    assert_true(n == (double)sample->count);
    values[0] = sum / n;
    values[1] = high / n_high;
    sample->calls++;
}

static void run(const struct cr_bootstrap *bootstrap, struct sample *sample, struct cr_bootstrap_estimate *estimates) {
    assert_int_equal(cr_bootstrap_run(bootstrap, sample->count, means, sample, estimates, 2, NULL), 0);
}

static void the_value_is_that_of_all_rows_once(void **state) {
    (void)state;
    struct sample sample = uniform_numbers(0);
    struct cr_bootstrap_estimate estimates[2];
    run(&plain, &sample, estimates);
    assert_near(estimates[0].value, cr_statistics_mean(sample.x, ROWS).value, 1e-14);
    assert_int_equal(sample.calls, plain.resamples + 1);
}

/* With 2000 resamples an end of the interval, half a width of 1.64 se from the mean, is uncertain by about 0.05 se. */
static void the_interval_of_a_mean_is_as_wide_as_its_standard_error_says(void **state) {
    (void)state;
    struct sample sample = uniform_numbers(0);
    const struct cr_estimate mean = cr_statistics_mean(sample.x, ROWS);
    const double levels[] = {0.5, 0.9, 0.99};
    for (size_t k = 0; k < 3; k++) {
        const struct cr_bootstrap bootstrap = {.resamples = 2000, .level = levels[k], .seed = 5};
        struct cr_bootstrap_estimate estimates[2];
        const double reach = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * levels[k]) * mean.se;
        run(&bootstrap, &sample, estimates);
        assert_near(estimates[0].interval.low, mean.value - reach, 0.2 * mean.se);
        assert_near(estimates[0].interval.high, mean.value + reach, 0.2 * mean.se);
    }
}

static void intervals_cover_the_truth_at_the_stated_rate(void **state) {
    (void)state;
    enum { SAMPLES = 500 };
    int covered = 0;
    for (uint32_t number = 0; number < SAMPLES; number++) {
        const struct cr_bootstrap bootstrap = {.resamples = 200, .level = 0.9, .seed = number};
        struct sample sample = uniform_numbers(number);
        struct cr_bootstrap_estimate estimates[2];
        run(&bootstrap, &sample, estimates);
        covered += estimates[0].interval.low <= 0.5 && estimates[0].interval.high >= 0.5;
    }
    assert_near(covered, 0.9 * SAMPLES, 3.0 * sqrt(0.9 * 0.1 * SAMPLES));
}

static void the_same_seed_gives_the_same_interval_and_another_another(void **state) {
    (void)state;
    struct sample sample = uniform_numbers(0);
    const struct cr_bootstrap other = {.resamples = 2000, .level = 0.9, .seed = 2};
    struct cr_bootstrap_estimate first[2], again[2], another[2];
    run(&plain, &sample, first);
    run(&plain, &sample, again);
    run(&other, &sample, another);
    assert_memory_equal(&first[0], &again[0], sizeof first[0]);
    assert_true(first[0].value == another[0].value);
    assert_true(first[0].interval.low != another[0].interval.low);
    assert_true(first[0].interval.high != another[0].interval.high);
}

static void resamples_without_a_value_do_not_count(void **state) {
    (void)state;
    struct sample sample = uniform_numbers(0);
    struct cr_bootstrap_estimate estimates[2];
    for (size_t j = 0; j < ROWS; j++)
        sample.x[j] = cr_statistics_mean(sample.x, ROWS).value;
    sample.x[7] = 2.0;
    run(&plain, &sample, estimates);
    assert_true(estimates[1].value == 2.0);
    assert_true(estimates[1].interval.low == 2.0 && estimates[1].interval.high == 2.0);
}

static void what_is_undefined_has_no_interval(void **state) {
    (void)state;
    struct sample sample = uniform_numbers(0);
    struct cr_bootstrap_estimate estimates[2];
    for (size_t j = 0; j < ROWS; j++)
        sample.x[j] *= 0.5;
    run(&plain, &sample, estimates);
    assert_true(isfinite(estimates[0].interval.low));
    assert_true(isnan(estimates[1].value));
    assert_true(isnan(estimates[1].interval.low) && isnan(estimates[1].interval.high));
}

static void without_resamples_or_rows_there_are_no_intervals(void **state) {
    (void)state;
    const struct cr_bootstrap none = {.resamples = 0, .level = 0.9, .seed = 1};
    struct sample sample = uniform_numbers(0);
    struct cr_bootstrap_estimate estimates[2];
    run(&none, &sample, estimates);
    assert_near(estimates[0].value, 0.5, 0.1);
    assert_true(isnan(estimates[0].interval.low) && isnan(estimates[0].interval.high));
    sample.count = 0;
    run(&plain, &sample, estimates);
    assert_true(isnan(estimates[0].value) && isnan(estimates[0].interval.low) && isnan(estimates[0].interval.high));
}

static void refused(struct cr_bootstrap bootstrap, size_t rows, const char *reason) {
    struct sample sample = uniform_numbers(0);
    struct cr_bootstrap_estimate estimates[2];
    struct cr_error error = {0};
    assert_int_equal(cr_bootstrap_run(&bootstrap, rows, means, &sample, estimates, 2, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, reason));
    assert_int_equal(sample.calls, 0);
}

static void a_level_or_a_number_out_of_range_is_refused(void **state) {
    (void)state;
    refused((struct cr_bootstrap){.resamples = 10, .level = 0.0}, ROWS, "and is not 0");
    refused((struct cr_bootstrap){.resamples = 10, .level = 1.0}, ROWS, "and is not 1");
    refused((struct cr_bootstrap){.resamples = 10, .level = 95.0}, ROWS, "for example 0.95, and is not 95");
    refused((struct cr_bootstrap){.resamples = 10, .level = (double)NAN}, ROWS, "level");
    refused((struct cr_bootstrap){.resamples = (size_t)CR_BOOTSTRAP_RESAMPLES_MAX + 1, .level = 0.9}, ROWS,
        "at most 1048576 resamples");
    refused((struct cr_bootstrap){.resamples = 10, .level = 0.9}, (size_t)CR_BOOTSTRAP_ROWS_MAX + 1,
        "at most 16777216 rows");
}

static void without_memory_it_says_so_and_gives_everything_back(void **state) {
    (void)state;
    const long held = allocations_held;
    for (long n = 0;; n++) {
        struct sample sample = uniform_numbers(0);
        struct cr_bootstrap_estimate estimates[2];
        struct cr_error error = {0};
        allocations_left = n;
        const int code = cr_bootstrap_run(&plain, ROWS, means, &sample, estimates, 2, &error);
        allocations_left = -1;
        assert_int_equal(allocations_held, held);
        if (code == 0) {
            assert_int_equal(n, 3);
            break;
        }
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_non_null(strstr(error.sentence, "no memory"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_value_is_that_of_all_rows_once),
        cmocka_unit_test(the_interval_of_a_mean_is_as_wide_as_its_standard_error_says),
        cmocka_unit_test(intervals_cover_the_truth_at_the_stated_rate),
        cmocka_unit_test(the_same_seed_gives_the_same_interval_and_another_another),
        cmocka_unit_test(resamples_without_a_value_do_not_count),
        cmocka_unit_test(what_is_undefined_has_no_interval),
        cmocka_unit_test(without_resamples_or_rows_there_are_no_intervals),
        cmocka_unit_test(a_level_or_a_number_out_of_range_is_refused),
        cmocka_unit_test(without_memory_it_says_so_and_gives_everything_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
