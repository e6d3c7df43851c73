#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stream.h"
#include "failing_allocation.h"
#include "near.h"
#include "sensitivity_functions.h"
#include "study/sobol_indices.h"

static const struct cr_bootstrap quick = {.resamples = 100, .level = 0.95, .seed = 3};
static const struct cr_bootstrap none = {.resamples = 0, .level = 0.95, .seed = 3};

typedef double function(const double *unit_point);

/* The outputs at all points of a plan; the caller frees them. */
static double *evaluate(const struct cr_sobol_plan *plan, function *f) {
    struct cr_sobol_design design;
    assert_int_equal(cr_sobol_design_init(&design, plan, NULL), 0);
    double *unit_point = calloc(plan->axes, sizeof *unit_point);
    double *y = calloc(cr_sobol_points(plan), sizeof *y);
    assert_true(unit_point && y);
    size_t n = 0;
    for (; cr_sobol_design_next(&design, unit_point); n++)
        y[n] = f(unit_point);
    assert_int_equal(n, cr_sobol_points(plan));
    cr_sobol_design_free(&design);
    free(unit_point);
    return y;
}

static struct cr_sobol_indices indices_of(
    const struct cr_sobol_plan *plan, const double *y, const struct cr_bootstrap *bootstrap) {
    struct cr_sobol_indices indices;
    assert_int_equal(cr_sobol_indices_init(&indices, plan, y, bootstrap, NULL), 0);
    return indices;
}

static struct cr_sobol_indices indices_on(const struct cr_sobol_plan *plan, function *f) {
    double *y = evaluate(plan, f);
    const struct cr_sobol_indices indices = indices_of(plan, y, &quick);
    free(y);
    return indices;
}

static void expect_closed_form(
    const struct cr_sobol_indices *indices, const struct closed_form *form, double within, double variance_within) {
    assert_near(indices->mean, form->mean, variance_within * form->variance);
    assert_near(indices->variance, form->variance, variance_within * form->variance);
    for (size_t i = 0; i < indices->axes; i++) {
        assert_near(indices->first[i].value, form->first[i], within);
        assert_near(indices->total[i].value, form->total[i], within);
        for (size_t j = 0; indices->second && j < indices->axes; j++)
            if (i != j)
                assert_near(cr_sobol_indices_second(indices, i, j)->value, form->second[i][j], within);
    }
}

static void the_closed_forms_are_those_printed_in_the_literature(void **state) {
    (void)state;
    const struct closed_form form = ishigami_closed_form();
    const double first[] = {0.3139, 0.4424, 0.0}, total[] = {0.5576, 0.4424, 0.2437};
    for (size_t i = 0; i < 3; i++) {
        assert_near(form.first[i], first[i], 5e-5);
        assert_near(form.total[i], total[i], 5e-5);
    }
    assert_near(form.second[0][2], 0.2437, 5e-5);
    const struct closed_form g = sobol_g_closed_form();
    assert_near(g.first[0], 0.716, 5e-4);
    assert_near(g.first[1], 0.179, 5e-4);
    assert_near(g.total[0], 0.788, 1e-3);
    assert_near(g.total[1], 0.242, 1e-3);
}

/* Chance alone would err by about 1 / sqrt(N) = 0.016 in an index near 1/2; the sequence errs by a tenth of that. */
static void indices_of_ishigamis_function_are_the_closed_ones(void **state) {
    (void)state;
    const struct closed_form form = ishigami_closed_form();
    for (int second_order = 0; second_order < 2; second_order++)
        for (uint64_t seed = 1; seed <= 5; seed++) {
            const struct cr_sobol_plan plan = {
                .axes = ISHIGAMI_AXES, .base = 4096, .second_order = second_order, .seed = seed};
            struct cr_sobol_indices indices = indices_on(&plan, ishigami);
            expect_closed_form(&indices, &form, 0.006, 0.002);
            assert_int_equal(indices.rows, 4096);
            assert_int_equal(indices.rows_left_out, 0);
            cr_sobol_indices_free(&indices);
        }
}

static void indices_of_the_g_function_are_the_closed_ones(void **state) {
    (void)state;
    const struct closed_form form = sobol_g_closed_form();
    for (int second_order = 0; second_order < 2; second_order++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            const struct cr_sobol_plan plan = {
                .axes = SOBOL_G_AXES, .base = 8192, .second_order = second_order, .seed = seed};
            struct cr_sobol_indices indices = indices_on(&plan, sobol_g);
            expect_closed_form(&indices, &form, 0.006, 0.006);
            cr_sobol_indices_free(&indices);
        }
}

enum { MANY_AXES = 24 };

static double sum_of_many(const double *unit_point) {
    double sum = 0.0;
    for (int i = 0; i < MANY_AXES; i++)
        sum += (i % 3) * unit_point[i];
    return sum;
}

/* S_i = c_i^2 / sum of c^2 = 1/40 or 4/40. An estimate of the first order has a standard error of about
 * sqrt(2 S_i / N), one of the total of about S_i sqrt(1.4 / N). */
static void indices_of_many_axes_are_right_within_the_error_of_chance(void **state) {
    (void)state;
    enum { BASE = 2048 };
    const struct cr_sobol_plan plan = {.axes = MANY_AXES, .base = BASE, .second_order = true, .seed = 4};
    struct cr_sobol_indices indices = indices_on(&plan, sum_of_many);
    for (size_t i = 0; i < MANY_AXES; i++) {
        const double s = (double)((i % 3) * (i % 3)) / 40.0;
        assert_near(indices.first[i].value, s, 4.0 * sqrt(2.0 * s / BASE));
        assert_near(indices.total[i].value, s, 4.0 * s * sqrt(1.4 / BASE) + 0.05 * s);
    }
    assert_near(cr_sobol_indices_second(&indices, 2, 23)->value, 0.0, 4.0 * 0.2 / sqrt(BASE));
    cr_sobol_indices_free(&indices);
}

/* Numbers without any structure. */
static void scatter(double *y, size_t count, uint32_t number) {
    for (size_t n = 0; n < count; n++) {
        double u[4];
        cr_stream_uniforms(&(struct cr_stream){.seed = 31}, CR_LUCK_WEEK, (uint32_t)n, number, 0, u);
        y[n] = 10.0 + u[0];
    }
}

/* The published formulas, written out for outputs of any kind, with A and B changing places for the twin. */
struct reference {
    double first[3], total[3], closed[3][3];
};

static void add_reference(struct reference *sums, double a, const double *ab, double b, const double *ba) {
    for (int i = 0; i < 3; i++) {
        sums->first[i] += b * (ab[i] - a);
        sums->total[i] += 0.5 * (a - ab[i]) * (a - ab[i]);
        for (int j = 0; ba && j < 3; j++)
            sums->closed[i][j] += ba[i] * ab[j] - a * b;
    }
}

static void estimates_are_those_of_the_published_formulas(void **state) {
    (void)state;
    enum { BASE = 50 };
    for (int second_order = 0; second_order < 2; second_order++) {
        const struct cr_sobol_plan plan = {.axes = 3, .base = BASE, .second_order = second_order, .seed = 1};
        const size_t length = cr_sobol_row_points(&plan);
        double y[BASE * 8], both[2 * BASE];
        scatter(y, BASE * length, 0);
        struct cr_sobol_indices indices = indices_of(&plan, y, &none);
        for (size_t j = 0; j < BASE; j++) {
            both[2 * j] = y[j * length];
            both[2 * j + 1] = y[(j + 1) * length - 1];
        }
        const double mean = cr_statistics_mean(both, 2 * (size_t)BASE).value;
        const double variance = pow(cr_statistics_sd(both, 2 * (size_t)BASE).value, 2.0);
        struct reference sums = {0};
        for (size_t n = 0; n < BASE * length; n++)
            y[n] -= mean;
        for (size_t j = 0; j < BASE; j++) {
            const double *row = y + j * length, a = row[0], b = row[length - 1];
            add_reference(&sums, a, row + 1, b, second_order ? row + 4 : NULL);
            if (second_order)
                add_reference(&sums, b, row + 4, a, row + 1);
        }
        const double times = BASE * variance * (second_order ? 2.0 : 1.0);
        assert_near(indices.mean, mean, 1e-13);
        assert_near(indices.variance, variance, 1e-13);
        for (size_t i = 0; i < 3; i++) {
            assert_near(indices.first[i].value, sums.first[i] / times, 1e-12);
            assert_near(indices.total[i].value, sums.total[i] / times, 1e-12);
            for (size_t j = 0; second_order && j < 3; j++)
                if (i != j)
                    assert_near(cr_sobol_indices_second(&indices, i, j)->value,
                        (sums.closed[i][j] - sums.first[i] - sums.first[j]) / times, 1e-12);
        }
        cr_sobol_indices_free(&indices);
    }
}

static void without_second_order_there_are_no_pairs(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 3, .base = 64, .seed = 1};
    struct cr_sobol_indices indices = indices_on(&plan, ishigami);
    assert_null(cr_sobol_indices_second(&indices, 0, 2));
    cr_sobol_indices_free(&indices);
}

static double of_one_axis(const double *unit_point) {
    return unit_point[0] * unit_point[0];
}

static void an_only_axis_makes_all_the_variance(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 1, .base = 4096, .seed = 1};
    struct cr_sobol_indices indices = indices_on(&plan, of_one_axis);
    assert_near(indices.first[0].value, 1.0, 0.005);
    assert_near(indices.total[0].value, 1.0, 0.005);
    cr_sobol_indices_free(&indices);
}

static void an_axis_that_does_nothing_has_indices_of_exactly_nothing(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 3, .base = 64, .second_order = true, .seed = 1};
    struct cr_sobol_indices indices = indices_on(&plan, of_one_axis);
    assert_true(indices.first[1].value == 0.0 && indices.total[1].value == 0.0);
    assert_true(indices.first[1].interval.low == 0.0 && indices.first[1].interval.high == 0.0);
    assert_true(cr_sobol_indices_second(&indices, 0, 2)->value == 0.0);
    cr_sobol_indices_free(&indices);
}

/* Outputs at independent base rows, so that the bootstrap's view of them is right. */
static double *evaluate_by_chance(const struct cr_sobol_plan *plan, function *f) {
    const struct cr_stream luck = {.seed = plan->seed};
    double *y = calloc(cr_sobol_points(plan), sizeof *y);
    assert_non_null(y);
    size_t n = 0;
    for (uint32_t row = 0; row < plan->base; row++) {
        double u[8], mixed[3];
        cr_stream_uniforms(&luck, CR_LUCK_WEEK, row, 0, 0, u);
        cr_stream_uniforms(&luck, CR_LUCK_WEEK, row, 0, 1, u + 4);
        const double *pair[] = {u, u + 4};
        y[n++] = f(u);
        for (int from = 0; from < (plan->second_order ? 2 : 1); from++)
            for (size_t i = 0; i < 3; i++) {
                memcpy(mixed, pair[from], sizeof mixed);
                mixed[i] = pair[1 - from][i];
                y[n++] = f(mixed);
            }
        y[n++] = f(u + 4);
    }
    return y;
}

static bool covers(const struct cr_bootstrap_estimate *estimate, double truth) {
    return estimate->interval.low <= truth && truth <= estimate->interval.high;
}

static void intervals_cover_the_truth_at_about_the_stated_rate(void **state) {
    (void)state;
    enum { SAMPLES = 200 };
    const struct closed_form form = ishigami_closed_form();
    for (int second_order = 0; second_order < 2; second_order++) {
        int first[3] = {0}, total[3] = {0}, pairs[3] = {0};
        for (uint64_t seed = 1; seed <= SAMPLES; seed++) {
            const struct cr_sobol_plan plan = {.axes = 3, .base = 1024, .second_order = second_order, .seed = seed};
            const struct cr_bootstrap bootstrap = {.resamples = 200, .level = 0.9, .seed = seed};
            double *y = evaluate_by_chance(&plan, ishigami);
            struct cr_sobol_indices indices = indices_of(&plan, y, &bootstrap);
            for (size_t i = 0; i < 3; i++) {
                first[i] += covers(&indices.first[i], form.first[i]);
                total[i] += covers(&indices.total[i], form.total[i]);
                const size_t j = (i + 1) % 3;
                if (second_order)
                    pairs[i] += covers(cr_sobol_indices_second(&indices, i, j), form.second[i][j]);
            }
            cr_sobol_indices_free(&indices);
            free(y);
        }
        /* Three standard errors of a share of 0.9, and a hundredth for what 200 resamples and 1024 rows lack. */
        const double within = 3.0 * sqrt(0.9 * 0.1 / SAMPLES) + 0.01;
        for (int i = 0; i < 3; i++) {
            assert_near(first[i] / (double)SAMPLES, 0.9, within);
            assert_near(total[i] / (double)SAMPLES, 0.9, within);
            if (second_order)
                assert_near(pairs[i] / (double)SAMPLES, 0.9, within);
        }
    }
}

static void the_same_seed_gives_the_same_intervals_and_another_others(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 3, .base = 64, .second_order = true, .seed = 1};
    const struct cr_bootstrap other = {.resamples = 100, .level = 0.95, .seed = 4};
    double *y = evaluate(&plan, ishigami);
    struct cr_sobol_indices indices = indices_of(&plan, y, &quick), again = indices_of(&plan, y, &quick),
                            another = indices_of(&plan, y, &other);
    assert_memory_equal(indices.first, again.first, 9 * sizeof *indices.first);
    assert_true(indices.first[0].value == another.first[0].value);
    assert_true(indices.first[0].interval.low != another.first[0].interval.low);
    assert_true(indices.total[0].interval.low < indices.total[0].value);
    assert_true(indices.total[0].interval.high > indices.total[0].value);
    cr_sobol_indices_free(&indices);
    cr_sobol_indices_free(&again);
    cr_sobol_indices_free(&another);
    free(y);
}

static void a_base_row_with_a_missing_output_is_as_if_it_were_not_there(void **state) {
    (void)state;
    enum { BASE = 65 };
    const struct cr_sobol_plan plan = {.axes = 3, .base = BASE, .second_order = true, .seed = 1};
    struct cr_sobol_plan shorter = plan;
    shorter.base = BASE - 1;
    for (size_t missing = 0; missing < 8; missing++) {
        double y[BASE * 8], rest[(BASE - 1) * 8];
        scatter(y, sizeof y / sizeof *y, 1);
        memcpy(rest, y, (size_t)30 * 8 * sizeof *y);
        memcpy(rest + (ptrdiff_t)30 * 8, y + (ptrdiff_t)31 * 8, (size_t)(BASE - 31) * 8 * sizeof *y);
        y[30 * 8 + missing] = missing % 2 == 0 ? (double)NAN : -(double)INFINITY;
        struct cr_sobol_indices indices = indices_of(&plan, y, &quick), expected = indices_of(&shorter, rest, &quick);
        assert_memory_equal(indices.first, expected.first, 9 * sizeof *indices.first);
        assert_int_equal(indices.rows, BASE - 1);
        assert_int_equal(indices.rows_left_out, 1);
        assert_int_equal(expected.rows_left_out, 0);
        cr_sobol_indices_free(&indices);
        cr_sobol_indices_free(&expected);
    }
}

static void expect_undefined(const struct cr_sobol_indices *indices) {
    for (size_t s = 0; s < 9; s++) {
        assert_true(isnan(indices->first[s].value));
        assert_true(isnan(indices->first[s].interval.low) && isnan(indices->first[s].interval.high));
    }
}

static void an_output_without_variance_has_no_indices(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 3, .base = 37, .second_order = true, .seed = 1};
    const double constants[] = {0.0, 0.1, -1e9 / 3.0, 1e-300};
    double y[37 * 8];
    for (size_t c = 0; c < 4; c++) {
        for (size_t n = 0; n < 37 * 8; n++)
            y[n] = constants[c];
        struct cr_sobol_indices indices = indices_of(&plan, y, &quick);
        expect_undefined(&indices);
        assert_true(indices.mean == constants[c] && indices.variance == 0.0);
        cr_sobol_indices_free(&indices);
        y[3] += 1.0; /* at a mixture only: neither at A nor at B */
        indices = indices_of(&plan, y, &quick);
        expect_undefined(&indices);
        cr_sobol_indices_free(&indices);
    }
}

static void less_than_two_complete_rows_have_no_indices(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 3, .base = 2, .second_order = true, .seed = 1};
    double y[16];
    scatter(y, 16, 2);
    y[9] = (double)NAN;
    struct cr_sobol_indices indices = indices_of(&plan, y, &quick);
    expect_undefined(&indices);
    assert_int_equal(indices.rows, 1);
    assert_true(isfinite(indices.mean) && isnan(indices.variance));
    cr_sobol_indices_free(&indices);
    y[0] = (double)NAN;
    indices = indices_of(&plan, y, &quick);
    expect_undefined(&indices);
    assert_int_equal(indices.rows_left_out, 2);
    assert_true(isnan(indices.mean) && isnan(indices.variance));
    cr_sobol_indices_free(&indices);
}

/* Of three rows more than a quarter of the resamples hold only the two without variance, away from the centre of all,
 * where rounding may leave some. */
static void resamples_without_variance_do_not_widen_the_intervals(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 1, .base = 3, .seed = 1};
    for (int c = 1; c <= 50; c++) {
        const double constant = 0.01 * c;
        const double y[] = {constant, 0.3, constant, constant, 0.3, constant, 0.8, 0.2, 0.9};
        struct cr_sobol_indices indices = indices_of(&plan, y, &quick);
        assert_true(indices.first[0].interval.low > -1e3 && indices.first[0].interval.high < 1e3);
        assert_true(indices.total[0].interval.low >= 0.0 && indices.total[0].interval.high < 1e3);
        cr_sobol_indices_free(&indices);
    }
}

static void the_unit_of_the_output_and_its_offset_do_not_matter(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 3, .base = 256, .second_order = true, .seed = 1};
    const struct {
        double factor, offset, within;
    } units[] = {{-1000.0, 0.0, 1e-12}, {1.0, 1e6, 1e-8}, {1e200, 0.0, 1e-12}, {1e-200, 0.0, 1e-12}};
    double *y = evaluate(&plan, ishigami);
    struct cr_sobol_indices expected = indices_of(&plan, y, &quick);
    for (size_t u = 0; u < 4; u++) {
        double *in_unit = calloc(cr_sobol_points(&plan), sizeof *in_unit);
        assert_non_null(in_unit);
        for (size_t n = 0; n < cr_sobol_points(&plan); n++)
            in_unit[n] = units[u].factor * y[n] + units[u].offset;
        struct cr_sobol_indices indices = indices_of(&plan, in_unit, &quick);
        for (size_t s = 0; s < 9; s++) {
            assert_near(indices.first[s].value, expected.first[s].value, units[u].within);
            assert_near(indices.first[s].interval.low, expected.first[s].interval.low, units[u].within);
            assert_near(indices.first[s].interval.high, expected.first[s].interval.high, units[u].within);
        }
        cr_sobol_indices_free(&indices);
        free(in_unit);
    }
    cr_sobol_indices_free(&expected);
    free(y);
}

static void plans_and_bootstraps_out_of_range_are_refused(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 2, .base = 2}, no_axes = {.axes = 0, .base = 2};
    const struct cr_bootstrap percent = {.resamples = 10, .level = 95.0, .seed = 1};
    const double y[8] = {0};
    struct cr_sobol_indices indices;
    struct cr_error error = {0};
    assert_int_equal(cr_sobol_indices_init(&indices, &no_axes, y, &quick, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "1 to 1048576 axes, not 0"));
    cr_sobol_indices_free(&indices);
    error = (struct cr_error){0};
    assert_int_equal(cr_sobol_indices_init(&indices, &plan, y, &percent, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "not 95"));
    assert_null(indices.first);
}

static void without_memory_it_says_so_and_gives_everything_back(void **state) {
    (void)state;
    const struct cr_sobol_plan plan = {.axes = 3, .base = 4, .second_order = true, .seed = 1};
    const double y[32] = {0};
    const long held = allocations_held;
    for (long n = 0; n <= 4 + 3; n++) {
        struct cr_sobol_indices indices;
        struct cr_error error = {0};
        allocations_left = n;
        const int code = cr_sobol_indices_init(&indices, &plan, y, &quick, &error);
        allocations_left = -1;
        cr_sobol_indices_free(&indices);
        cr_sobol_indices_free(&indices);
        assert_int_equal(allocations_held, held);
        assert_int_equal(code, n < 4 + 3 ? CR_ERROR_MEMORY : 0);
        assert_true(code == 0 || strstr(error.sentence, "no memory") != NULL);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_closed_forms_are_those_printed_in_the_literature),
        cmocka_unit_test(indices_of_ishigamis_function_are_the_closed_ones),
        cmocka_unit_test(indices_of_the_g_function_are_the_closed_ones),
        cmocka_unit_test(indices_of_many_axes_are_right_within_the_error_of_chance),
        cmocka_unit_test(estimates_are_those_of_the_published_formulas),
        cmocka_unit_test(without_second_order_there_are_no_pairs),
        cmocka_unit_test(an_only_axis_makes_all_the_variance),
        cmocka_unit_test(an_axis_that_does_nothing_has_indices_of_exactly_nothing),
        cmocka_unit_test(intervals_cover_the_truth_at_about_the_stated_rate),
        cmocka_unit_test(the_same_seed_gives_the_same_intervals_and_another_others),
        cmocka_unit_test(a_base_row_with_a_missing_output_is_as_if_it_were_not_there),
        cmocka_unit_test(an_output_without_variance_has_no_indices),
        cmocka_unit_test(less_than_two_complete_rows_have_no_indices),
        cmocka_unit_test(resamples_without_variance_do_not_widen_the_intervals),
        cmocka_unit_test(the_unit_of_the_output_and_its_offset_do_not_matter),
        cmocka_unit_test(plans_and_bootstraps_out_of_range_are_refused),
        cmocka_unit_test(without_memory_it_says_so_and_gives_everything_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
