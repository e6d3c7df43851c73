#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "near.h"
#include "study/comparison.h"
#include "synthetic_values.h"

static const double none = (double)NAN;
static const struct cr_bootstrap usual = {.resamples = 200, .level = 0.95, .seed = 1};
static const struct cr_bootstrap without_resamples = {.resamples = 0, .level = 0.95, .seed = 1};

static struct cr_comparison compare(const struct cr_collection *first, const struct cr_collection *second, bool paired,
    const struct cr_bootstrap *bootstrap) {
    const struct cr_comparison_plan plan = {.first = first, .second = second, .paired = paired, .bootstrap = bootstrap};
    struct cr_comparison comparison;
    struct cr_error error = {0};
    if (cr_comparison_init(&comparison, &plan, &error) != 0)
        fail_msg("%s", error.sentence);
    return comparison;
}

/* One row of a measure whose least difference that matters is 0.1. */
static struct cr_difference compare_values(const double *first, size_t first_count, const double *second,
    size_t second_count, bool paired, const struct cr_bootstrap *bootstrap) {
    const struct synthetic_row one = {"ecr_mean", "all", first}, other = {"ecr_mean", "all", second};
    struct cr_collection a = synthetic_collection(&one, 1, first_count);
    struct cr_collection b = synthetic_collection(&other, 1, second_count);
    struct cr_comparison comparison = compare(&a, &b, paired, bootstrap);
    assert_int_equal(comparison.count, 1);
    const struct cr_difference row = comparison.row[0];
    assert_true(row.least == 0.1);
    cr_comparison_free(&comparison);
    cr_collection_free(&a);
    cr_collection_free(&b);
    return row;
}

/* What R 4.2 makes of
 *     a <- c(2.1, 3.4, 1.9, 4.4, 2.8, 3.9, 3.1, 2.2); b <- c(2.9, 3.6, 2.5, 5.8, 2.6, 4.7, 3.3, 3.5) */
enum { VALUES = 8, FEWER = 5 };
static const double a[VALUES] = {2.1, 3.4, 1.9, 4.4, 2.8, 3.9, 3.1, 2.2};
static const double b[VALUES] = {2.9, 3.6, 2.5, 5.8, 2.6, 4.7, 3.3, 3.5};

/* t.test(b, a, paired = TRUE); detectable: (qt(.975, 7) + qt(.8, 7)) * sd(b - a) / sqrt(8); gain: (var(a) + var(b)) /
 * var(b - a) */
static void pairs_get_the_interval_and_p_of_r(void **state) {
    (void)state;
    const struct cr_difference row = compare_values(a, VALUES, b, VALUES, true, &usual);
    assert_near(row.first.value, 2.975, 1e-12);
    assert_near(row.first.se, sqrt(0.805 / 8.0), 1e-12);
    assert_near(row.second.value, 3.6125, 1e-12);
    assert_int_equal(row.first.n, 8);
    assert_int_equal(row.second.n, 8);
    assert_near(row.difference.value, 0.6375, 1e-12);
    assert_near(row.difference.se, 0.196339265412849, 1e-12);
    assert_int_equal(row.difference.n, 8);
    assert_near(row.df, 7.0, 0.0);
    assert_near(row.t.low, 0.173231411464865, 1e-9);
    assert_near(row.t.high, 1.10176858853513, 1e-9);
    assert_near(row.p, 0.0141170633565663, 1e-10);
    assert_near(row.corrected, row.p, 1e-15);
    assert_near(row.detectable, 0.640194390687836, 1e-9);
    assert_near(row.gain, 6.70932252460915, 1e-9);
    assert_int_equal(row.finding, CR_FINDING_DIFFERS);
}

/* t.test(b, a, paired = TRUE, conf.level = .9) */
static void the_level_decides_how_wide_intervals_are(void **state) {
    (void)state;
    const struct cr_bootstrap ninety = {.resamples = 200, .level = 0.9, .seed = 1};
    const struct cr_difference row = compare_values(a, VALUES, b, VALUES, true, &ninety);
    assert_near(row.t.low, 0.265519828409728, 1e-9);
    assert_near(row.t.high, 1.00948017159027, 1e-9);
    const struct cr_difference wider = compare_values(a, VALUES, b, VALUES, true, &usual);
    assert_true(wider.bootstrap.low < row.bootstrap.low && wider.bootstrap.high > row.bootstrap.high);
    assert_true(wider.detectable > row.detectable);
}

/* t.test(b, a) */
static void replicates_that_are_no_pairs_get_welchs_interval_and_p_of_r(void **state) {
    (void)state;
    const struct cr_difference row = compare_values(a, VALUES, b, VALUES, false, &usual);
    assert_near(row.difference.value, 0.6375, 1e-12);
    assert_near(row.difference.se, 0.508565033065726, 1e-12);
    assert_near(row.df, 13.3430717176807, 1e-9);
    assert_near(row.t.low, -0.458323253926102, 1e-8);
    assert_near(row.t.high, 1.7333232539261, 1e-8);
    assert_near(row.p, 0.231533787165423, 1e-9);
    assert_true(isnan(row.gain));
    assert_int_equal(row.finding, CR_FINDING_OPEN);
}

/* t.test(b[1:5], a); detectable: with its df and stderr, (qt(.975, df) + qt(.8, df)) * stderr */
static void unequal_numbers_of_replicates_are_compared_as_r_does(void **state) {
    (void)state;
    const struct cr_difference row = compare_values(a, VALUES, b, FEWER, false, &usual);
    assert_int_equal(row.first.n, 8);
    assert_int_equal(row.second.n, 5);
    assert_int_equal(row.difference.n, 5);
    assert_near(row.second.value, 3.48, 1e-12);
    assert_near(row.difference.se, 0.688494734910878, 1e-12);
    assert_near(row.df, 6.18949903399992, 1e-9);
    assert_near(row.t.low, -1.16726175034932, 1e-8);
    assert_near(row.t.high, 2.17726175034932, 1e-8);
    assert_near(row.p, 0.490102237743112, 1e-9);
    assert_near(row.detectable, 2.29439610044897, 1e-8);
    const struct cr_difference back = compare_values(b, FEWER, a, VALUES, false, &usual);
    assert_near(back.p, row.p, 1e-12);
    assert_near(back.t.low, -row.t.high, 1e-12);
}

static void unequal_numbers_of_replicates_are_not_paired(void **state) {
    (void)state;
    const struct synthetic_row one = {"ecr_mean", "all", a};
    struct cr_collection eight = synthetic_collection(&one, 1, VALUES), five = synthetic_collection(&one, 1, FEWER);
    const struct cr_comparison_plan plan = {.first = &eight, .second = &five, .paired = true, .bootstrap = &usual};
    struct cr_comparison comparison;
    struct cr_error error = {0};
    assert_int_equal(cr_comparison_init(&comparison, &plan, &error), CR_ERROR_USAGE);
    assert_string_equal(error.sentence, "8 replicates cannot be paired with 5");
    cr_comparison_free(&comparison);
    cr_comparison_free(&comparison);
    cr_collection_free(&eight);
    cr_collection_free(&five);
}

static void a_pair_counts_only_if_both_values_are_present(void **state) {
    (void)state;
    const double gaps_a[] = {2.1, none, 3.4, 1.9, 4.4, 9.0, 2.8, 3.9, none, 3.1, 2.2};
    const double gaps_b[] = {2.9, 7.0, 3.6, 2.5, 5.8, none, 2.6, 4.7, none, 3.3, 3.5};
    const struct cr_difference gaps = compare_values(gaps_a, 11, gaps_b, 11, true, &usual);
    const struct cr_difference whole = compare_values(a, VALUES, b, VALUES, true, &usual);
    assert_int_equal(gaps.difference.n, 8);
    assert_int_equal(gaps.first.n, 8);
    assert_int_equal(gaps.second.n, 8);
    assert_near(gaps.first.value, whole.first.value, 1e-15);
    assert_near(gaps.second.value, whole.second.value, 1e-15);
    assert_near(gaps.t.low, whole.t.low, 1e-15);
    assert_near(gaps.p, whole.p, 1e-15);
    assert_near(gaps.gain, whole.gain, 1e-12);
    assert_near(gaps.bootstrap.low, whole.bootstrap.low, 0.15);
    assert_near(gaps.bootstrap.high, whole.bootstrap.high, 0.15);
}

static void without_pairs_each_scenario_counts_its_own_values(void **state) {
    (void)state;
    const double gaps_a[] = {2.1, none, 3.4, 1.9, 4.4, 2.8, 3.9, none, 3.1, 2.2};
    const double gaps_b[] = {none, 2.9, 3.6, 2.5, none, 5.8, none, none, 2.6, none};
    const struct cr_difference gaps = compare_values(gaps_a, 10, gaps_b, 10, false, &usual);
    const struct cr_difference whole = compare_values(a, VALUES, b, FEWER, false, &usual);
    assert_int_equal(gaps.first.n, 8);
    assert_int_equal(gaps.second.n, 5);
    assert_near(gaps.df, whole.df, 1e-12);
    assert_near(gaps.p, whole.p, 1e-15);
    assert_true(gaps.bootstrap.low < gaps.difference.value && gaps.bootstrap.high > gaps.difference.value);
}

static void assert_undefined(struct cr_difference row, int64_t n) {
    assert_int_equal(row.finding, CR_FINDING_UNDEFINED);
    assert_int_equal(row.difference.n, n);
    const double undefined[] = {row.difference.value, row.difference.se, row.df, row.t.low, row.t.high,
        row.bootstrap.low, row.bootstrap.high, row.effect, row.p, row.corrected, row.detectable, row.needed, row.gain};
    for (size_t k = 0; k < sizeof undefined / sizeof *undefined; k++)
        assert_true(isnan(undefined[k]));
}

static void with_fewer_than_two_values_a_difference_is_undefined(void **state) {
    (void)state;
    const double gaps[] = {none, none, none, 3.0, none, none, none, none};
    const double nothing[] = {none, none, none, none, none, none, none, none};
    assert_undefined(compare_values(a, 1, b, 1, true, &usual), 1);
    assert_undefined(compare_values(a, 1, b, 1, false, &usual), 1);
    assert_undefined(compare_values(a, VALUES, b, 1, false, &usual), 1);
    assert_undefined(compare_values(a, VALUES, gaps, VALUES, true, &usual), 1);
    assert_undefined(compare_values(gaps, VALUES, b, VALUES, false, &usual), 1);
    assert_undefined(compare_values(nothing, VALUES, b, VALUES, true, &usual), 0);
    const struct cr_difference one = compare_values(a, VALUES, gaps, VALUES, true, &usual);
    assert_true(one.first.value == a[3] && one.second.value == 3.0);
    assert_true(isnan(compare_values(nothing, VALUES, b, VALUES, false, &usual).first.value));
}

static void a_constant_difference_is_certain(void **state) {
    (void)state;
    const double lower[] = {1.0, 2.0, 4.0}, higher[] = {1.5, 2.5, 4.5}, near[] = {1.03125, 2.03125, 4.03125};
    const struct cr_difference row = compare_values(lower, 3, higher, 3, true, &usual);
    assert_true(row.difference.value == 0.5 && row.difference.se == 0.0);
    assert_true(row.t.low == 0.5 && row.t.high == 0.5);
    assert_near(row.bootstrap.low, 0.5, 1e-15);
    assert_near(row.bootstrap.high, 0.5, 1e-15);
    assert_true(row.p == 0.0 && row.corrected == 0.0);
    assert_true(row.detectable == 0.0 && row.needed == 2.0);
    assert_true(isinf(row.gain) && row.gain > 0.0);
    assert_int_equal(row.finding, CR_FINDING_DIFFERS);
    assert_int_equal(compare_values(lower, 3, near, 3, true, &usual).finding, CR_FINDING_SLIGHT);
    const double ones[] = {1.0, 1.0, 1.0}, twos[] = {2.0, 2.0, 2.0};
    const struct cr_difference unpaired = compare_values(ones, 3, twos, 3, false, &usual);
    assert_true(unpaired.p == 0.0 && unpaired.df == 4.0 && unpaired.t.low == 1.0 && unpaired.needed == 2.0);
    const struct cr_difference without = compare_values(ones, 3, twos, 3, true, &usual);
    assert_true(isnan(without.gain));
}

static double noise_of(const void *context, uint32_t row, uint32_t replicate) {
    const uint64_t *seed = context;
    return replicate % 7 == row % 9 ? none : synthetic_normal(*seed, row, replicate);
}

static void a_compared_with_a_gives_exactly_zero_everywhere(void **state) {
    (void)state;
    const uint64_t seed = 5;
    struct cr_collection one = synthetic_matrix("ssp_share", 300, 20, noise_of, &seed);
    struct cr_comparison comparison = compare(&one, &one, true, &usual);
    assert_int_equal(comparison.count, 300);
    assert_int_equal(comparison.tests, 300);
    for (size_t r = 0; r < comparison.count; r++) {
        const struct cr_difference *row = &comparison.row[r];
        assert_true(row->difference.value == 0.0 && row->difference.se == 0.0);
        assert_true(row->t.low == 0.0 && row->t.high == 0.0);
        assert_true(row->bootstrap.low == 0.0 && row->bootstrap.high == 0.0);
        assert_true(row->p == 1.0 && row->corrected == 1.0);
        assert_true(isnan(row->effect) || row->effect == 0.0);
        assert_true(row->detectable == 0.0 && row->needed == 2.0);
        assert_true(isinf(row->gain));
        assert_int_equal(row->finding, CR_FINDING_SAME);
    }
    assert_int_equal(cr_comparison_count(&comparison, CR_FINDING_SAME), 300);
    assert_true(cr_comparison_widest(&comparison) == 0.0);
    assert_true(isnan(cr_comparison_median_gain(&comparison)));
    cr_comparison_free(&comparison);
    cr_collection_free(&one);
}

/* Differences of four pairs that have exactly that mean and standard error. */
static void four_differences(double mean, double se, double x[4]) {
    const double half_sd = se * sqrt(3.0); /* deviations of -+ d have the variance 4 d^2 / 3, over 4 pairs */
    for (int k = 0; k < 4; k++)
        x[k] = mean + (k % 2 == 0 ? half_sd : -half_sd);
}

static struct cr_difference four_pairs(double mean, double se) {
    const double zero[4] = {0.0};
    double x[4];
    four_differences(mean, se, x);
    const struct cr_difference row = compare_values(zero, 4, x, 4, true, &usual);
    assert_near(row.difference.value, mean, 1e-15);
    assert_near(row.difference.se, se, 1e-15);
    return row;
}

/* p.adjust(c(0.0004, 0.031, 0.02, 0.5, 0.012, 0.02, 0.9, 1), "BH") */
static void p_is_corrected_as_r_does(void **state) {
    (void)state;
    enum { TESTS = 8, ROWS = 10 };
    static const double p[ROWS] = {0.0004, 0.031, none, 0.02, 0.5, 0.012, 0.02, none, 0.9, 1.0};
    static const double corrected[ROWS] = {0.0032, 0.0496, none, 0.04, 0.666666666666667, 0.04, 0.04, none, 1.0, 1.0};
    double zero[4] = {0.0}, x[ROWS][4];
    struct synthetic_row first[ROWS], second[ROWS];
    char groups[ROWS][16];
    for (int r = 0; r < ROWS; r++) {
        four_differences(isnan(p[r]) ? none : 0.01 * gsl_cdf_tdist_Qinv(0.5 * p[r], 3.0), 0.01, x[r]);
        (void)snprintf(groups[r], sizeof groups[r], "g%d", r);
        first[r] = (struct synthetic_row){"ecr_mean", groups[r], zero};
        second[r] = (struct synthetic_row){"ecr_mean", groups[r], x[r]};
    }
    struct cr_collection one = synthetic_collection(first, ROWS, 4), other = synthetic_collection(second, ROWS, 4);
    struct cr_comparison comparison = compare(&one, &other, true, &usual);
    assert_int_equal(comparison.tests, TESTS);
    for (int r = 0; r < ROWS; r++) {
        if (isnan(p[r])) {
            assert_undefined(comparison.row[r], 0);
            continue;
        }
        assert_near(comparison.row[r].p, p[r], 1e-9);
        assert_near(comparison.row[r].corrected, corrected[r], 1e-7);
    }
    cr_comparison_free(&comparison);
    cr_collection_free(&one);
    cr_collection_free(&other);
}

/* Of one row alone the corrected p is p, below 0.05 if the difference is more than t(3; .975) = 3.1824 standard errors;
 * it is surely small if it and t(3; .95) = 2.3534 of them stay below 0.1. */
static void findings_change_where_the_tests_say(void **state) {
    (void)state;
    assert_int_equal(four_pairs(0.0, 0.0999 / 2.3534).finding, CR_FINDING_SAME);
    assert_int_equal(four_pairs(0.0, 0.1001 / 2.3533).finding, CR_FINDING_OPEN);
    assert_int_equal(four_pairs(0.02, 0.0799 / 2.3534).finding, CR_FINDING_SAME);
    assert_int_equal(four_pairs(-0.02, 0.0799 / 2.3534).finding, CR_FINDING_SAME);
    assert_int_equal(four_pairs(0.02, 0.0801 / 2.3533).finding, CR_FINDING_OPEN);
    assert_int_equal(four_pairs(-0.02, 0.0801 / 2.3533).finding, CR_FINDING_OPEN);
    assert_int_equal(four_pairs(0.32, 0.1).finding, CR_FINDING_DIFFERS);
    assert_int_equal(four_pairs(0.3183, 0.1).finding, CR_FINDING_DIFFERS);
    assert_int_equal(four_pairs(-0.3183, 0.1).finding, CR_FINDING_DIFFERS);
    assert_int_equal(four_pairs(0.3181, 0.1).finding, CR_FINDING_OPEN);
    assert_int_equal(four_pairs(0.03183, 0.01).finding, CR_FINDING_SLIGHT);
    assert_int_equal(four_pairs(-0.03183, 0.01).finding, CR_FINDING_SLIGHT);
    assert_int_equal(four_pairs(0.03181, 0.01).finding, CR_FINDING_SAME);
    assert_int_equal(four_pairs(0.0764, 0.01).finding, CR_FINDING_SLIGHT);
    assert_int_equal(four_pairs(0.0765, 0.01).finding, CR_FINDING_DIFFERS);
}

static void every_finding_has_a_name(void **state) {
    (void)state;
    for (int k = 0; k < CR_FINDINGS; k++)
        for (int other = 0; other < k; other++)
            assert_string_not_equal(cr_finding_names[k], cr_finding_names[other]);
}

static void rows_are_those_that_both_have_in_the_order_of_the_first(void **state) {
    (void)state;
    const double one[] = {1.0, 2.0}, two[] = {2.0, 4.0}, three[] = {3.0, 5.0};
    const struct synthetic_row first[] = {
        {"conflict", "all", one}, {"ecr_mean", "anxiety", two}, {"conflict", "secure", three}};
    const struct synthetic_row second[] = {
        {"conflict", "secure", one}, {"ecr_mean", "avoidance", two}, {"conflict", "all", three}};
    struct cr_collection a_rows = synthetic_collection(first, 3, 2), b_rows = synthetic_collection(second, 3, 2);
    struct cr_comparison comparison = compare(&a_rows, &b_rows, true, &usual);
    assert_int_equal(comparison.count, 2);
    assert_string_equal(comparison.row[0].group, "all");
    assert_true(comparison.row[0].first.value == 1.5 && comparison.row[0].second.value == 4.0);
    assert_string_equal(comparison.row[1].group, "secure");
    assert_true(comparison.row[1].first.value == 4.0 && comparison.row[1].second.value == 1.5);
    assert_int_equal(comparison.row[1].measure, cr_measure_find("conflict"));
    cr_comparison_free(&comparison);
    const struct synthetic_row nothing = {"self_worth", "all", one};
    struct cr_collection other = synthetic_collection(&nothing, 1, 2);
    comparison = compare(&a_rows, &other, false, &usual);
    assert_int_equal(comparison.count, 0);
    assert_int_equal(comparison.tests, 0);
    assert_true(cr_comparison_widest(&comparison) == 0.0);
    assert_true(isnan(cr_comparison_median_gain(&comparison)));
    cr_comparison_free(&comparison);
    cr_collection_free(&a_rows);
    cr_collection_free(&b_rows);
    cr_collection_free(&other);
}

static void what_is_not_wanted_neither_shows_nor_is_corrected_for(void **state) {
    (void)state;
    struct cr_kept kept[] = {
        {.measure = cr_measure_find("conflict"), .group = "all"}, {.measure = cr_measure_find("ecr_mean")}};
    const struct cr_kept_list wanted = {.kept = kept, .count = 2};
    const struct synthetic_row first[] = {{"conflict", "all", a}, {"conflict", "secure", a}, {"ecr_mean", "anxiety", a},
        {"ecr_mean", "avoidance", a}, {"self_worth", "all", a}};
    const struct synthetic_row second[] = {{"conflict", "all", b}, {"conflict", "secure", b},
        {"ecr_mean", "anxiety", b}, {"ecr_mean", "avoidance", b}, {"self_worth", "all", b}};
    struct cr_collection one = synthetic_collection(first, 5, VALUES), other = synthetic_collection(second, 5, VALUES);
    const struct cr_comparison_plan plan = {
        .first = &one, .second = &other, .wanted = &wanted, .paired = true, .bootstrap = &usual};
    struct cr_comparison comparison;
    assert_int_equal(cr_comparison_init(&comparison, &plan, NULL), 0);
    assert_int_equal(comparison.count, 3);
    assert_int_equal(comparison.tests, 3);
    assert_int_equal(comparison.row[0].measure, kept[0].measure);
    assert_string_equal(comparison.row[1].group, "anxiety");
    assert_string_equal(comparison.row[2].group, "avoidance");
    assert_near(comparison.row[2].difference.value, 0.6375, 1e-12);
    cr_comparison_free(&comparison);
    cr_collection_free(&one);
    cr_collection_free(&other);
}

static struct cr_difference difference_of(const char *measure, double first, double second) {
    const double x[] = {first, first}, y[] = {second, second};
    const struct synthetic_row one = {measure, "all", x}, other = {measure, "all", y};
    struct cr_collection a_row = synthetic_collection(&one, 1, 2), b_row = synthetic_collection(&other, 1, 2);
    struct cr_comparison comparison = compare(&a_row, &b_row, true, &usual);
    const struct cr_difference row = comparison.row[0];
    cr_comparison_free(&comparison);
    cr_collection_free(&a_row);
    cr_collection_free(&b_row);
    return row;
}

/* Persons differ by a standard deviation of 0.5 * sqrt(16) = 2. */
static void effects_are_those_of_the_unit(void **state) {
    (void)state;
    const struct cr_difference share = difference_of("style_share", 0.5, 0.75);
    assert_int_equal(share.effect_kind, CR_EFFECT_H);
    assert_near(share.effect, 3.14159265358979324 / 6.0, 1e-14);
    assert_true(share.least == 0.02);
    const struct cr_difference correlation = difference_of("ecr_r", tanh(0.5), tanh(0.25));
    assert_int_equal(correlation.effect_kind, CR_EFFECT_Q);
    assert_near(correlation.effect, -0.25, 1e-14);
    const struct cr_difference mean = difference_of("ecr_mean", 3.0, 4.0);
    assert_int_equal(mean.effect_kind, CR_EFFECT_D);
    assert_near(mean.effect, 0.5, 1e-14);
    const struct cr_difference rate = difference_of("relationship_hazard", 0.1, 0.2);
    assert_int_equal(rate.effect_kind, CR_EFFECT_NONE);
    assert_true(isnan(rate.effect));
}

/* Each row's second values follow the first by less and less of the noise. */
static void the_median_gain_is_that_of_the_rows_that_have_one(void **state) {
    (void)state;
    double x[4][VALUES], y[4][VALUES], gain[4];
    static const char *const groups[4] = {"A", "B", "C", "D"};
    struct synthetic_row first[6], second[6];
    for (int r = 0; r < 4; r++) {
        double mean[3] = {0.0}, squares[3] = {0.0};
        for (uint32_t k = 0; k < VALUES; k++) {
            x[r][k] = synthetic_normal(3, 0, k);
            y[r][k] = x[r][k] + 0.2 * (r + 1) * synthetic_normal(4, 0, k);
            mean[0] += x[r][k] / VALUES;
            mean[1] += y[r][k] / VALUES;
        }
        mean[2] = mean[1] - mean[0];
        for (uint32_t k = 0; k < VALUES; k++) {
            squares[0] += (x[r][k] - mean[0]) * (x[r][k] - mean[0]);
            squares[1] += (y[r][k] - mean[1]) * (y[r][k] - mean[1]);
            squares[2] += (y[r][k] - x[r][k] - mean[2]) * (y[r][k] - x[r][k] - mean[2]);
        }
        gain[r] = (squares[0] + squares[1]) / squares[2];
        first[r] = (struct synthetic_row){"ssp_share", groups[r], x[r]};
        second[r] = (struct synthetic_row){"ssp_share", groups[r], y[r]};
    }
    assert_true(gain[0] > gain[1] && gain[1] > gain[2] && gain[2] > gain[3]);
    const double constant[VALUES] = {0.0};
    first[4] = (struct synthetic_row){"conflict", "all", x[0]};
    second[4] = (struct synthetic_row){"conflict", "all", x[0]}; /* an infinite gain */
    first[5] = second[5] = (struct synthetic_row){"self_worth", "all", constant};
    struct cr_collection one = synthetic_collection(first, 6, VALUES), other = synthetic_collection(second, 6, VALUES);
    struct cr_comparison comparison = compare(&one, &other, true, &without_resamples);
    for (int r = 0; r < 4; r++)
        assert_near(comparison.row[r].gain, gain[r], 1e-9);
    assert_true(isinf(comparison.row[4].gain));
    assert_true(isnan(comparison.row[5].gain));
    assert_near(cr_comparison_median_gain(&comparison), 0.5 * (gain[1] + gain[2]), 1e-9);
    cr_comparison_free(&comparison);
    comparison = compare(&one, &other, false, &without_resamples);
    assert_true(isnan(cr_comparison_median_gain(&comparison)));
    cr_comparison_free(&comparison);
    cr_collection_free(&one);
    cr_collection_free(&other);
}

static void the_widest_interval_is_told_in_the_unit_of_its_measure(void **state) {
    (void)state;
    const double nothing[VALUES] = {none, none, none, none, none, none, none, none};
    double wide[VALUES];
    for (int k = 0; k < VALUES; k++)
        wide[k] = 10.0 * b[k];
    const struct synthetic_row first[] = {
        {"style_share", "secure", a}, {"earned_security_age", "all", a}, {"conflict", "all", a}};
    const struct synthetic_row second[] = {
        {"style_share", "secure", b}, {"earned_security_age", "all", wide}, {"conflict", "all", nothing}};
    struct cr_collection one = synthetic_collection(first, 3, VALUES), other = synthetic_collection(second, 3, VALUES);
    struct cr_comparison comparison = compare(&one, &other, true, &usual);
    const struct cr_interval share = comparison.row[0].t, years = comparison.row[1].t;
    assert_true(years.high - years.low > share.high - share.low);
    assert_true(cr_comparison_widest(&comparison) == years.high - years.low);
    assert_int_equal(cr_comparison_count(&comparison, CR_FINDING_UNDEFINED), 1);
    assert_int_equal(cr_comparison_count(&comparison, CR_FINDING_DIFFERS), 2);
    cr_comparison_free(&comparison);
    cr_collection_free(&one);
    cr_collection_free(&other);
}

static void the_bootstrap_is_the_seeds_alone(void **state) {
    (void)state;
    const struct cr_bootstrap other_seed = {.resamples = 200, .level = 0.95, .seed = 2};
    for (int paired = 0; paired < 2; paired++) {
        const struct cr_difference one = compare_values(a, VALUES, b, VALUES, paired, &usual);
        const struct cr_difference again = compare_values(a, VALUES, b, VALUES, paired, &usual);
        const struct cr_difference other = compare_values(a, VALUES, b, VALUES, paired, &other_seed);
        const struct cr_difference nothing = compare_values(a, VALUES, b, VALUES, paired, &without_resamples);
        assert_true(one.bootstrap.low == again.bootstrap.low && one.bootstrap.high == again.bootstrap.high);
        assert_true(one.bootstrap.low != other.bootstrap.low || one.bootstrap.high != other.bootstrap.high);
        assert_true(one.p == other.p && one.t.low == other.t.low);
        assert_true(isnan(nothing.bootstrap.low) && isnan(nothing.bootstrap.high));
        assert_true(nothing.p == one.p);
    }
}

/* Normal values of unit variance: the second's are moved by `shift`, and share `common` of the variance of the first's.
 */
struct normal_world {
    uint64_t seed;
    double shift, common, sd;
};

static double first_value(const void *context, uint32_t row, uint32_t replicate) {
    const struct normal_world *world = context;
    return world->sd * synthetic_normal(world->seed, row, replicate);
}

static double second_value(const void *context, uint32_t row, uint32_t replicate) {
    const struct normal_world *world = context;
    const double own = synthetic_normal(world->seed + 1, row, replicate);
    const double common = synthetic_normal(world->seed, row, replicate);
    return world->shift + world->sd * (sqrt(world->common) * common + sqrt(1.0 - world->common) * own);
}

/* As many comparisons as there are rows. */
static struct cr_comparison many_comparisons(const struct normal_world *world, size_t rows, size_t replicates,
    bool paired, const struct cr_bootstrap *bootstrap) {
    struct cr_collection one = synthetic_matrix("ecr_mean", rows, replicates, first_value, world);
    struct cr_collection other = synthetic_matrix("ecr_mean", rows, replicates, second_value, world);
    struct cr_comparison comparison = compare(&one, &other, paired, bootstrap);
    assert_int_equal(comparison.tests, rows);
    cr_collection_free(&one);
    cr_collection_free(&other);
    return comparison;
}

static double share_found(struct normal_world world, size_t rows, size_t replicates, bool paired) {
    struct cr_comparison comparison = many_comparisons(&world, rows, replicates, paired, &without_resamples);
    size_t found = 0;
    for (size_t r = 0; r < rows; r++)
        found += comparison.row[r].p < 0.05;
    cr_comparison_free(&comparison);
    return (double)found / (double)rows;
}

static void differences_that_are_none_are_found_at_the_stated_level(void **state) {
    (void)state;
    const struct normal_world apart = {.seed = 11, .sd = 1.0}, together = {.seed = 21, .common = 0.8, .sd = 1.0};
    const double unpaired = share_found(apart, 400, 20, false);
    print_message("    400 comparisons without common numbers: %.4f found\n", unpaired);
    assert_near(unpaired, 0.05, 0.02);
    const size_t replicates[] = {2, 3, 8, 30};
    for (size_t k = 0; k < 4; k++) {
        const double pairs = share_found(together, 2000, replicates[k], true);
        const double welch = share_found(apart, 2000, replicates[k], false);
        print_message(
            "    %zu replicates, 2000 comparisons: %.4f of pairs found, %.4f unpaired\n", replicates[k], pairs, welch);
        assert_near(pairs, 0.05, 0.015);
        /* Welch's test finds too few with few replicates, never too many. */
        assert_true(welch < 0.065 && welch > (replicates[k] < 8 ? 0.0 : 0.035));
    }
}

static void of_many_measures_without_difference_one_is_seldom_called_different(void **state) {
    (void)state;
    enum { COMPARISONS = 400, MEASURES = 40 };
    size_t wrong = 0;
    for (uint64_t k = 0; k < COMPARISONS; k++) {
        const struct normal_world world = {.seed = 1000 + 2 * k, .sd = 1.0};
        struct cr_comparison comparison = many_comparisons(&world, MEASURES, 8, true, &without_resamples);
        wrong += cr_comparison_count(&comparison, CR_FINDING_DIFFERS) > 0;
        cr_comparison_free(&comparison);
    }
    print_message("    %zu of %d comparisons of %d measures call one different\n", wrong, COMPARISONS, MEASURES);
    assert_near((double)wrong / COMPARISONS, 0.05, 0.03);
}

/* What 400 comparisons say on the average: `detectable` as root mean square, since it is its square that is unbiased.
 */
struct prospects {
    double detectable, needed;
};

static struct prospects prospects_of(const struct normal_world *world, size_t replicates, bool paired) {
    struct cr_comparison pilot = many_comparisons(world, 400, replicates, paired, &without_resamples);
    double squares = 0.0, needed = 0.0;
    for (size_t r = 0; r < pilot.count; r++) {
        squares += pilot.row[r].detectable * pilot.row[r].detectable;
        needed += pilot.row[r].needed;
    }
    const double count = (double)pilot.count;
    cr_comparison_free(&pilot);
    return (struct prospects){.detectable = sqrt(squares / count), .needed = needed / count};
}

static void a_shift_as_large_as_detectable_is_found_in_four_of_five(void **state) {
    (void)state;
    const size_t replicates[] = {5, 20, 60};
    for (int paired = 0; paired < 2; paired++)
        for (size_t k = 0; k < 3; k++) {
            struct normal_world world = {.seed = 31, .common = paired ? 0.7 : 0.0, .sd = 1.0};
            world.shift = prospects_of(&world, replicates[k], paired).detectable;
            world.seed = 41;
            const double found = share_found(world, 1000, replicates[k], paired);
            print_message("    %s, %zu replicates: a shift of %.3f is found in %.3f\n", paired ? "paired" : "unpaired",
                replicates[k], world.shift, found);
            assert_near(found, 0.8, 0.04);
            world.shift *= -1.0;
            assert_near(share_found(world, 1000, replicates[k], paired), 0.8, 0.04);
        }
}

/* Far fewer, and far more, than the replicates that tell of it. */
static void with_as_many_replicates_as_needed_the_least_shift_is_found_in_four_of_five(void **state) {
    (void)state;
    const double sds[] = {0.06, 0.2, 0.6};
    for (int paired = 0; paired < 2; paired++)
        for (size_t k = 0; k < 3; k++) {
            struct normal_world world = {.seed = 51, .common = paired ? 0.5 : 0.0, .sd = sds[k]};
            const size_t replicates = (size_t)round(prospects_of(&world, 30, paired).needed);
            world.shift = 0.1;
            world.seed = 61;
            const double found = share_found(world, 1000, replicates, paired);
            print_message("    %s, sd %.2f: %zu replicates find 0.1 in %.3f\n", paired ? "paired" : "unpaired", sds[k],
                replicates, found);
            assert_near(found, 0.8, replicates < 10 ? 0.09 : 0.04); /* a whole replicate more tells when they are few */
        }
}

/* ceiling(power.t.test(delta = 0.1, sd = s, power = 0.8, type = "paired")$n) for s = 0.02, 0.05, 0.1, 0.3, 1 */
static void as_many_pairs_are_needed_as_r_says(void **state) {
    (void)state;
    static const double sds[] = {0.02, 0.05, 0.1, 0.3, 1.0};
    static const double pairs[] = {3.0, 5.0, 10.0, 73.0, 787.0};
    for (size_t k = 0; k < 5; k++)
        assert_true(four_pairs(0.0, sds[k] / 2.0).needed == pairs[k]);
    assert_true(four_pairs(0.0, 0.0001).needed == 2.0);
}

static void the_bootstrap_covers_the_true_difference_at_about_the_stated_rate(void **state) {
    (void)state;
    enum { COMPARISONS = 500 };
    const struct cr_bootstrap ninety = {.resamples = 400, .level = 0.9, .seed = 9};
    for (int paired = 0; paired < 2; paired++) {
        const struct normal_world world = {.seed = 71, .shift = 0.4, .common = paired ? 0.6 : 0.0, .sd = 1.0};
        struct cr_comparison comparison = many_comparisons(&world, COMPARISONS, 30, paired, &ninety);
        size_t covered = 0, by_t = 0;
        for (size_t r = 0; r < COMPARISONS; r++) {
            const struct cr_difference *row = &comparison.row[r];
            covered += row->bootstrap.low <= 0.4 && row->bootstrap.high >= 0.4;
            by_t += row->t.low <= 0.4 && row->t.high >= 0.4;
        }
        print_message("    %s: bootstrap %.3f, t %.3f of 0.9\n", paired ? "paired" : "unpaired",
            (double)covered / COMPARISONS, (double)by_t / COMPARISONS);
        assert_near((double)covered / COMPARISONS, 0.9, 0.04);
        assert_near((double)by_t / COMPARISONS, 0.9, 0.04);
        cr_comparison_free(&comparison);
    }
}

static void without_memory_it_says_so_and_gives_everything_back(void **state) {
    (void)state;
    const struct synthetic_row rows[] = {{"ecr_mean", "all", a}, {"conflict", "all", b}};
    struct cr_collection one = synthetic_collection(rows, 2, VALUES);
    const struct cr_comparison_plan plan = {.first = &one, .second = &one, .paired = true, .bootstrap = &usual};
    const long held = allocations_held;
    int code = CR_ERROR_MEMORY;
    long n = 0;
    for (; code != 0; n++) {
        struct cr_comparison comparison;
        struct cr_error error = {0};
        allocations_left = n;
        code = cr_comparison_init(&comparison, &plan, &error);
        allocations_left = -1;
        assert_int_equal(error.code, code);
        assert_true(code == 0 || code == CR_ERROR_MEMORY);
        if (code == 0) {
            allocations_left = 0;
            assert_true(isnan(cr_comparison_median_gain(&comparison)));
            allocations_left = -1;
        }
        cr_comparison_free(&comparison);
        assert_int_equal(allocations_held, held);
    }
    assert_true(n > 8);
    cr_collection_free(&one);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_get_the_interval_and_p_of_r),
        cmocka_unit_test(the_level_decides_how_wide_intervals_are),
        cmocka_unit_test(replicates_that_are_no_pairs_get_welchs_interval_and_p_of_r),
        cmocka_unit_test(unequal_numbers_of_replicates_are_compared_as_r_does),
        cmocka_unit_test(unequal_numbers_of_replicates_are_not_paired),
        cmocka_unit_test(a_pair_counts_only_if_both_values_are_present),
        cmocka_unit_test(without_pairs_each_scenario_counts_its_own_values),
        cmocka_unit_test(with_fewer_than_two_values_a_difference_is_undefined),
        cmocka_unit_test(a_constant_difference_is_certain),
        cmocka_unit_test(a_compared_with_a_gives_exactly_zero_everywhere),
        cmocka_unit_test(p_is_corrected_as_r_does),
        cmocka_unit_test(findings_change_where_the_tests_say),
        cmocka_unit_test(every_finding_has_a_name),
        cmocka_unit_test(rows_are_those_that_both_have_in_the_order_of_the_first),
        cmocka_unit_test(what_is_not_wanted_neither_shows_nor_is_corrected_for),
        cmocka_unit_test(effects_are_those_of_the_unit),
        cmocka_unit_test(the_median_gain_is_that_of_the_rows_that_have_one),
        cmocka_unit_test(the_widest_interval_is_told_in_the_unit_of_its_measure),
        cmocka_unit_test(the_bootstrap_is_the_seeds_alone),
        cmocka_unit_test(differences_that_are_none_are_found_at_the_stated_level),
        cmocka_unit_test(of_many_measures_without_difference_one_is_seldom_called_different),
        cmocka_unit_test(a_shift_as_large_as_detectable_is_found_in_four_of_five),
        cmocka_unit_test(with_as_many_replicates_as_needed_the_least_shift_is_found_in_four_of_five),
        cmocka_unit_test(as_many_pairs_are_needed_as_r_says),
        cmocka_unit_test(the_bootstrap_covers_the_true_difference_at_about_the_stated_rate),
        cmocka_unit_test(without_memory_it_says_so_and_gives_everything_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
