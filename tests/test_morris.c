#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "failing_allocation.h"
#include "near.h"
#include "study/morris.h"

enum { AXES_MAX = 8, POINTS_MAX = 4096 };

static const struct cr_bootstrap quick = {.resamples = 200, .level = 0.9, .seed = 3};

static struct cr_morris started(const struct cr_morris_plan *plan) {
    struct cr_morris morris;
    assert_int_equal(cr_morris_init(&morris, plan, NULL), 0);
    return morris;
}

/* All points of a plan. */
struct points {
    double at[POINTS_MAX][AXES_MAX];
    size_t count;
};

static void list(struct points *points, const struct cr_morris_plan *plan) {
    assert_true(plan->axes <= AXES_MAX && cr_morris_points(plan) <= POINTS_MAX);
    memset(points, 0, sizeof *points);
    struct cr_morris morris = started(plan);
    while (cr_morris_next(&morris, points->at[points->count]))
        points->count++;
    assert_false(cr_morris_next(&morris, points->at[0]));
    assert_int_equal(points->count, cr_morris_points(plan));
    cr_morris_free(&morris);
}

typedef double function(const double *unit_point);

static void evaluate(const struct cr_morris_plan *plan, function *f, double *y) {
    static struct points points;
    list(&points, plan);
    for (size_t n = 0; n < points.count; n++)
        y[n] = f(points.at[n]);
}

static struct cr_morris_effects effects_of(const struct cr_morris_plan *plan, const double *y) {
    struct cr_morris_effects effects;
    assert_int_equal(cr_morris_effects_init(&effects, plan, y, &quick, NULL), 0);
    assert_int_equal(effects.axes, plan->axes);
    return effects;
}

static struct cr_morris_effects effects_on(const struct cr_morris_plan *plan, function *f) {
    static double y[POINTS_MAX];
    evaluate(plan, f, y);
    return effects_of(plan, y);
}

static void a_trajectory_moves_each_axis_once_by_delta_and_stays_on_the_grid(void **state) {
    (void)state;
    static struct points points;
    for (int levels = 2; levels <= 10; levels += 2) {
        const struct cr_morris_plan plan = {.axes = 7, .trajectories = 50, .levels = levels, .seed = 11};
        list(&points, &plan);
        assert_near(cr_morris_delta(&plan), levels / (2.0 * (levels - 1)), 1e-15);
        struct cr_morris morris = started(&plan);
        bool has_moved[AXES_MAX] = {false};
        for (size_t n = 0; n < points.count; n++) {
            double unit_point[AXES_MAX];
            assert_true(cr_morris_next(&morris, unit_point));
            if (n % 8 == 0) {
                memset(has_moved, 0, sizeof has_moved);
                assert_int_equal(morris.moved, 7);
                assert_true(morris.by == 0.0);
            } else {
                assert_false(has_moved[morris.moved]);
                has_moved[morris.moved] = true;
                assert_near(fabs(morris.by), cr_morris_delta(&plan), 0.0);
            }
            for (size_t i = 0; i < 7; i++) {
                const double level = points.at[n][i] * (levels - 1);
                assert_near(level, round(level), 1e-12);
                assert_true(points.at[n][i] >= 0.0 && points.at[n][i] <= 1.0);
                if (n % 8 > 0)
                    assert_near(points.at[n][i] - points.at[n - 1][i], i == morris.moved ? morris.by : 0.0, 1e-15);
            }
        }
        cr_morris_free(&morris);
    }
}

static void expect_even(const int *count, int bins) {
    int total = 0;
    double chi2 = 0.0;
    for (int k = 0; k < bins; k++)
        total += count[k];
    for (int k = 0; k < bins; k++)
        chi2 += pow(count[k] - (double)total / bins, 2.0) * bins / total;
    const double p = gsl_cdf_chisq_Q(chi2, bins - 1);
    if (!(p > 1e-4))
        fail_msg("chi2 is %g with %d degrees of freedom", chi2, bins - 1);
}

static void starts_are_on_every_level_and_axes_move_in_every_order_equally_often(void **state) {
    (void)state;
    enum { LEVELS = 6, AXES = 3 };
    static struct points points;
    const struct cr_morris_plan plan = {.axes = AXES, .trajectories = 1000, .levels = LEVELS, .seed = 1};
    list(&points, &plan);
    int starts[AXES][LEVELS] = {{0}}, ends[AXES][LEVELS] = {{0}}, orders[AXES * AXES] = {0};
    struct cr_morris morris = started(&plan);
    size_t first = 0;
    for (size_t n = 0; n < points.count; n++) {
        double unit_point[AXES];
        (void)cr_morris_next(&morris, unit_point);
        for (size_t i = 0; i < AXES; i++) {
            if (n % (AXES + 1) == 0)
                starts[i][(int)round(unit_point[i] * (LEVELS - 1))]++;
            if (n % (AXES + 1) == AXES)
                ends[i][(int)round(unit_point[i] * (LEVELS - 1))]++;
        }
        if (n % (AXES + 1) == 1)
            first = morris.moved;
        if (n % (AXES + 1) == 2)
            orders[first * AXES + morris.moved]++;
    }
    cr_morris_free(&morris);
    for (size_t i = 0; i < AXES; i++) {
        expect_even(starts[i], LEVELS);
        expect_even(ends[i], LEVELS);
    }
    const int six[] = {orders[1], orders[2], orders[3], orders[5], orders[6], orders[7]};
    expect_even(six, 6);
}

static void a_trajectory_is_a_function_of_the_seed_and_its_number(void **state) {
    (void)state;
    static struct points few, many, other;
    const struct cr_morris_plan plan = {.axes = 5, .trajectories = 10, .levels = 4, .seed = 9};
    struct cr_morris_plan more = plan, another = plan;
    more.trajectories = 100;
    another.seed = 10;
    list(&few, &plan);
    list(&many, &more);
    list(&other, &another);
    assert_memory_equal(few.at, many.at, few.count * sizeof few.at[0]);
    assert_memory_not_equal(few.at, other.at, few.count * sizeof few.at[0]);
    for (size_t t = 1; t < 10; t++)
        assert_memory_not_equal(few.at, &few.at[6 * t], 6 * sizeof few.at[0]);
}

static double linear(const double *x) {
    return 3.0 * x[0] - 2.0 * x[1] + 0.5 * x[3] + 40.0;
}

static void on_a_linear_function_mu_is_the_coefficient_and_sigma_nothing(void **state) {
    (void)state;
    const double coefficients[] = {3.0, -2.0, 0.0, 0.5};
    for (int levels = 2; levels <= 8; levels += 2) {
        const struct cr_morris_plan plan = {.axes = 4, .trajectories = 20, .levels = levels, .seed = 2};
        struct cr_morris_effects effects = effects_on(&plan, linear);
        for (size_t i = 0; i < 4; i++) {
            const struct cr_morris_effect *effect = &effects.axis[i];
            assert_int_equal(effect->n, 20);
            assert_near(effect->mu.value, coefficients[i], 1e-12);
            assert_near(effect->mu_star.value, fabs(coefficients[i]), 1e-12);
            assert_near(effect->sigma.value, 0.0, 1e-12);
            assert_near(effect->mu.interval.low, coefficients[i], 1e-12);
            assert_near(effect->mu_star.interval.high, fabs(coefficients[i]), 1e-12);
            assert_near(effect->sigma.interval.high, 0.0, 1e-12);
        }
        cr_morris_effects_free(&effects);
    }
}

/* A truth value: false below the middle, and true from it on. */
static double truth(const double *x) {
    return 4.0 * (x[0] >= 0.5) + x[1];
}

static double whole_moves(const void *context, size_t axis, double from, double to) {
    (void)context;
    return axis == 0 ? (double)((to >= 0.5) - (from >= 0.5)) : to - from;
}

static void the_effect_of_an_axis_of_few_values_is_that_of_the_move_it_made(void **state) {
    (void)state;
    const struct cr_morris_plan plan = {.axes = 2, .trajectories = 20, .levels = 4, .seed = 2, .moved = whole_moves};
    struct cr_morris_effects effects = effects_on(&plan, truth);
    assert_near(effects.axis[0].mu_star.value, 4.0, 1e-12);
    assert_near(effects.axis[0].sigma.value, 0.0, 1e-12);
    assert_near(effects.axis[1].mu.value, 1.0, 1e-12);
    cr_morris_effects_free(&effects);
}

/* The effect of either axis is where the other stands: with p = 4 it is 0, 1/3, 2/3 or 1, with the standard deviation
 * sqrt(5) / 6. */
static double product(const double *x) {
    return x[0] * x[1];
}

static void an_interaction_shows_in_sigma(void **state) {
    (void)state;
    const struct cr_morris_plan plan = {.axes = 3, .trajectories = 1000, .levels = 4, .seed = 4};
    struct cr_morris_effects effects = effects_on(&plan, product);
    const double sd = sqrt(5.0) / 6.0;
    for (size_t i = 0; i < 2; i++) {
        assert_near(effects.axis[i].mu.value, 0.5, 4.0 * sd / sqrt(1000.0));
        assert_near(effects.axis[i].mu_star.value, effects.axis[i].mu.value, 1e-15);
        assert_near(effects.axis[i].sigma.value, sd, 0.03);
        assert_true(effects.axis[i].sigma.interval.low < effects.axis[i].sigma.value);
        assert_true(effects.axis[i].sigma.interval.high > effects.axis[i].sigma.value);
    }
    assert_true(effects.axis[2].mu_star.value == 0.0 && effects.axis[2].sigma.value == 0.0);
    cr_morris_effects_free(&effects);
}

/* With p = 4 an axis moves between 0 and 2/3 or 1/3 and 1: the effect is -1/3 or 1/3. */
static double valley(const double *x) {
    return (x[0] - 0.5) * (x[0] - 0.5);
}

static void effects_of_both_signs_cancel_in_mu_but_not_in_mu_star(void **state) {
    (void)state;
    const struct cr_morris_plan plan = {.axes = 1, .trajectories = 1000, .levels = 4, .seed = 4};
    struct cr_morris_effects effects = effects_on(&plan, valley);
    assert_near(effects.axis[0].mu.value, 0.0, 4.0 / 3.0 / sqrt(1000.0));
    assert_near(effects.axis[0].mu_star.value, 1.0 / 3.0, 1e-12);
    const double mu = effects.axis[0].mu.value;
    assert_near(effects.axis[0].sigma.value, sqrt((1.0 / 9.0 - mu * mu) * 1000.0 / 999.0), 1e-12);
    cr_morris_effects_free(&effects);
}

/* The figures are those of effects worked out by hand from the points. */
static void figures_are_the_mean_absolute_mean_and_standard_deviation_of_the_effects(void **state) {
    (void)state;
    enum { TRAJECTORIES = 6 };
    static struct points points;
    const struct cr_morris_plan plan = {.axes = 2, .trajectories = TRAJECTORIES, .levels = 4, .seed = 21};
    list(&points, &plan);
    double y[3 * TRAJECTORIES], effect[2][TRAJECTORIES];
    for (size_t n = 0; n < points.count; n++) {
        y[n] = sin(17.0 * (double)n);
        for (size_t i = 0; i < 2; i++)
            if (n % 3 > 0 && points.at[n][i] != points.at[n - 1][i])
                effect[i][n / 3] = (y[n] - y[n - 1]) / (points.at[n][i] - points.at[n - 1][i]);
    }
    struct cr_morris_effects effects = effects_of(&plan, y);
    for (size_t i = 0; i < 2; i++) {
        double absolute[TRAJECTORIES];
        for (size_t t = 0; t < TRAJECTORIES; t++)
            absolute[t] = fabs(effect[i][t]);
        assert_near(effects.axis[i].mu.value, cr_statistics_mean(effect[i], TRAJECTORIES).value, 1e-12);
        assert_near(effects.axis[i].mu_star.value, cr_statistics_mean(absolute, TRAJECTORIES).value, 1e-12);
        assert_near(effects.axis[i].sigma.value, cr_statistics_sd(effect[i], TRAJECTORIES).value, 1e-12);
    }
    cr_morris_effects_free(&effects);
}

/* The first axis's effect is where the second stands less 0.4: -0.4, -1/15, 4/15 or 0.6. */
static double tilt(const double *x) {
    return x[0] * (x[1] - 0.4);
}

static bool covers(const struct cr_bootstrap_estimate *estimate, double truth) {
    return estimate->interval.low <= truth && truth <= estimate->interval.high;
}

static void intervals_cover_the_truth_at_about_the_stated_rate(void **state) {
    (void)state;
    enum { DESIGNS = 400 };
    const double mu = 0.1, mu_star = 1.0 / 3.0, sigma = sqrt(5.0) / 6.0;
    int covered[3] = {0};
    for (uint64_t seed = 1; seed <= DESIGNS; seed++) {
        const struct cr_morris_plan plan = {.axes = 2, .trajectories = 100, .levels = 4, .seed = seed};
        struct cr_morris_effects effects = effects_on(&plan, tilt);
        covered[0] += covers(&effects.axis[0].mu, mu);
        covered[1] += covers(&effects.axis[0].mu_star, mu_star);
        covered[2] += covers(&effects.axis[0].sigma, sigma);
        cr_morris_effects_free(&effects);
    }
    /* Three standard errors of a share of 0.9, and a hundredth for so few trajectories. */
    for (int k = 0; k < 3; k++)
        assert_near(covered[k] / (double)DESIGNS, 0.9, 3.0 * sqrt(0.9 * 0.1 / DESIGNS) + 0.01);
}

static void a_step_with_a_missing_end_is_left_out_and_no_other(void **state) {
    (void)state;
    enum { AXES = 4, TRAJECTORIES = 5 };
    const struct cr_morris_plan plan = {.axes = AXES, .trajectories = TRAJECTORIES, .levels = 4, .seed = 6};
    for (size_t missing = 0; missing < AXES + 1; missing++) {
        double y[TRAJECTORIES * (AXES + 1)];
        evaluate(&plan, linear, y);
        y[2 * (AXES + 1) + missing] = missing % 2 == 0 ? (double)NAN : (double)INFINITY;
        struct cr_morris_effects effects = effects_of(&plan, y);
        const double coefficients[] = {3.0, -2.0, 0.0, 0.5};
        int64_t known = 0;
        for (size_t i = 0; i < AXES; i++) {
            known += effects.axis[i].n;
            assert_near(effects.axis[i].mu.value, coefficients[i], 1e-12);
            assert_near(effects.axis[i].sigma.value, 0.0, 1e-12);
        }
        assert_int_equal(known, AXES * TRAJECTORIES - (missing == 0 || missing == AXES ? 1 : 2));
        cr_morris_effects_free(&effects);
    }
}

static void without_effects_nothing_is_defined_and_with_one_no_sigma(void **state) {
    (void)state;
    const struct cr_morris_plan plan = {.axes = 1, .trajectories = 2, .levels = 4, .seed = 6};
    const double none[] = {1.0, (double)NAN, (double)NAN, 1.0};
    struct cr_morris_effects effects = effects_of(&plan, none);
    assert_int_equal(effects.axis[0].n, 0);
    assert_true(isnan(effects.axis[0].mu.value) && isnan(effects.axis[0].mu_star.value));
    assert_true(isnan(effects.axis[0].sigma.value) && isnan(effects.axis[0].mu_star.interval.low));
    cr_morris_effects_free(&effects);
    const double one[] = {(double)NAN, 5.0, 2.0, 1.0};
    effects = effects_of(&plan, one);
    assert_int_equal(effects.axis[0].n, 1);
    assert_near(effects.axis[0].mu_star.value, 1.5, 1e-12);
    assert_near(effects.axis[0].mu_star.interval.high, 1.5, 1e-12);
    assert_true(isnan(effects.axis[0].sigma.value) && isnan(effects.axis[0].sigma.interval.low));
    cr_morris_effects_free(&effects);
}

static void a_constant_output_has_no_effects(void **state) {
    (void)state;
    const struct cr_morris_plan plan = {.axes = 1, .trajectories = 2, .levels = 4, .seed = 6};
    const double y[] = {0.1, 0.1, 0.1, 0.1};
    struct cr_morris_effects effects = effects_of(&plan, y);
    assert_true(effects.axis[0].mu.value == 0.0 && effects.axis[0].mu_star.value == 0.0);
    assert_true(effects.axis[0].sigma.value == 0.0 && effects.axis[0].sigma.interval.high == 0.0);
    cr_morris_effects_free(&effects);
}

static void refused(struct cr_morris_plan plan, const char *reason) {
    const double y[4] = {0};
    struct cr_error error = {0};
    struct cr_morris morris;
    assert_int_equal(cr_morris_init(&morris, &plan, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, reason));
    cr_morris_free(&morris);
    struct cr_morris_effects effects;
    error = (struct cr_error){0};
    assert_int_equal(cr_morris_effects_init(&effects, &plan, y, &quick, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, reason));
    cr_morris_effects_free(&effects);
}

static void plans_out_of_range_are_refused(void **state) {
    (void)state;
    const size_t huge = (size_t)1 << 40;
    refused((struct cr_morris_plan){.axes = 0, .trajectories = 10, .levels = 4}, "1 to 1048576 axes, not 0");
    refused((struct cr_morris_plan){.axes = huge, .trajectories = 10, .levels = 4}, "axes, not 1099511627776");
    refused((struct cr_morris_plan){.axes = 1, .trajectories = 1, .levels = 4}, "trajectories, not 1");
    refused((struct cr_morris_plan){.axes = 1, .trajectories = huge, .levels = 4}, "2 to 16777216 trajectories");
    refused((struct cr_morris_plan){.axes = 1, .trajectories = 10, .levels = 5}, "an even number of 2 or more");
    refused((struct cr_morris_plan){.axes = 1, .trajectories = 10, .levels = 0}, "and not 0");
    refused((struct cr_morris_plan){.axes = 1, .trajectories = 10, .levels = -4}, "and not -4");
    const struct cr_morris_plan plan = {.axes = 1, .trajectories = 2, .levels = 4};
    const double y[4] = {0};
    struct cr_morris_effects effects;
    const struct cr_bootstrap percent = {.resamples = 10, .level = 95.0, .seed = 1};
    assert_int_equal(cr_morris_effects_init(&effects, &plan, y, &percent, NULL), CR_ERROR_USAGE);
    assert_null(effects.axis);
}

static void without_memory_it_says_so_and_gives_everything_back(void **state) {
    (void)state;
    const struct cr_morris_plan plan = {.axes = 3, .trajectories = 4, .levels = 4, .seed = 1};
    const double y[16] = {0};
    const long held = allocations_held;
    for (long n = 0;; n++) {
        struct cr_morris_effects effects;
        struct cr_error error = {0};
        allocations_left = n;
        const int code = cr_morris_effects_init(&effects, &plan, y, &quick, &error);
        allocations_left = -1;
        cr_morris_effects_free(&effects);
        cr_morris_effects_free(&effects);
        assert_int_equal(allocations_held, held);
        if (code == 0) {
            assert_int_equal(n, 2 + 4 + 3);
            break;
        }
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_non_null(strstr(error.sentence, "no memory"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trajectory_moves_each_axis_once_by_delta_and_stays_on_the_grid),
        cmocka_unit_test(starts_are_on_every_level_and_axes_move_in_every_order_equally_often),
        cmocka_unit_test(a_trajectory_is_a_function_of_the_seed_and_its_number),
        cmocka_unit_test(on_a_linear_function_mu_is_the_coefficient_and_sigma_nothing),
        cmocka_unit_test(the_effect_of_an_axis_of_few_values_is_that_of_the_move_it_made),
        cmocka_unit_test(an_interaction_shows_in_sigma),
        cmocka_unit_test(effects_of_both_signs_cancel_in_mu_but_not_in_mu_star),
        cmocka_unit_test(figures_are_the_mean_absolute_mean_and_standard_deviation_of_the_effects),
        cmocka_unit_test(intervals_cover_the_truth_at_about_the_stated_rate),
        cmocka_unit_test(a_step_with_a_missing_end_is_left_out_and_no_other),
        cmocka_unit_test(without_effects_nothing_is_defined_and_with_one_no_sigma),
        cmocka_unit_test(a_constant_output_has_no_effects),
        cmocka_unit_test(plans_out_of_range_are_refused),
        cmocka_unit_test(without_memory_it_says_so_and_gives_everything_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
