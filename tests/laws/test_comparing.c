/* Comparisons of simulated lives: as much as the level says is found where there is nothing, and common random numbers
 * make differences surer. */
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <omp.h>

#include "laws/law.h"
#include "near.h"
#include "study/compare.h"

static const struct cr_bootstrap no_intervals = {.resamples = 0, .level = 0.95, .seed = 1};

/* The replicates `first` ... `first + count - 1` of a collection. Free it. */
static struct cr_collection part_of(const struct cr_collection *all, int64_t first, int64_t count) {
    struct cr_collection part = {0};
    for (int64_t r = first; r < first + count; r++) {
        struct cr_readings readings = {0};
        for (size_t row = 0; row < all->row_count; row++) {
            readings.measure = all->row[row].measure;
            readings.year = (double)NAN;
            cr_readings_add(&readings, all->row[row].group, cr_collection_at(all, row, r));
        }
        assert_false(readings.failed);
        assert_int_equal(cr_collection_add(&part, &readings, NULL), 0);
        cr_readings_free(&readings);
    }
    return part;
}

/* Measures of different sides of life, none a copy of another. */
static const char *const sides_of_life = "ssp_share:B,ssp_scale:disorganization,infant_strategy_share:protest,"
                                         "ssp_temperament_d:insecure,ecr_mean:anxiety,ecr_sd:avoidance,"
                                         "partnered_share:all,satisfaction:all,conflict:all,strategy_share:open";

/* 400 comparisons of six replicates of a scenario with six others of the same, each under a seed's luck of its own.
 * The measures of a comparison are somewhat correlated; the share over all ten is within 0.01 or so by chance. */
static void two_samples_of_the_same_scenario_differ_at_the_stated_level(void **state) {
    (void)state;
    enum { COMPARISONS = 400, REPLICATES = 6, MEASURES = 10 };
    struct cr_scenario scenario;
    struct cr_kept_list wanted;
    cr_scenario_init(&scenario);
    scenario.parameters.run_people = 24;
    scenario.parameters.run_years = 21.0;
    scenario.parameters.life_birth_years = 1.0;
    assert_int_equal(cr_kept_list_parse(&wanted, sides_of_life, "", NULL), 0);
    struct cr_collection one = law_run(&scenario, COMPARISONS * REPLICATES);
    scenario.parameters.run_seed += 1;
    struct cr_collection other = law_run(&scenario, COMPARISONS * REPLICATES);
    int64_t found[MEASURES] = {0}, tests = 0, all = 0;
    for (int64_t k = 0; k < COMPARISONS; k++) {
        struct cr_collection first = part_of(&one, k * REPLICATES, REPLICATES);
        struct cr_collection second = part_of(&other, k * REPLICATES, REPLICATES);
        const struct cr_comparison_plan plan = {
            .first = &first, .second = &second, .wanted = &wanted, .paired = false, .bootstrap = &no_intervals};
        struct cr_comparison comparison;
        assert_int_equal(cr_comparison_init(&comparison, &plan, NULL), 0);
        assert_int_equal(comparison.count, MEASURES);
        for (size_t r = 0; r < MEASURES; r++)
            found[r] += comparison.row[r].p < 0.05;
        tests += (int64_t)comparison.tests;
        cr_comparison_free(&comparison);
        cr_collection_free(&first);
        cr_collection_free(&second);
    }
    assert_int_equal(tests, COMPARISONS * MEASURES);
    for (size_t r = 0; r < MEASURES; r++) {
        all += found[r];
        print_message("    %s %s: %.4f\n", cr_measures[wanted.kept[r].measure].name, wanted.kept[r].group,
            (double)found[r] / COMPARISONS);
        /* Each measure's share alone varies by 0.011; three times that, and a little for what is not normal. */
        assert_true((double)found[r] < 0.09 * COMPARISONS);
    }
    print_message("    all: %.4f\n", (double)all / (double)tests);
    assert_near((double)all / (double)tests, 0.05, 0.02);
    cr_kept_list_free(&wanted);
    cr_collection_free(&one);
    cr_collection_free(&other);
}

static void compare_under_common_luck(struct cr_compared *compared, struct cr_scenario *scenarios, size_t count) {
    struct cr_kept_list wanted;
    struct cr_error error = {0};
    assert_int_equal(cr_kept_list_parse(&wanted,
                         "satisfaction,partner_satisfaction_r,partner_avoidance_r,satisfaction_avoidance_beta,"
                         "satisfaction_conflict_within_r,satisfaction_icc,conflict,partnered_share,availability_bias,"
                         "relationship_survival,relationship_hazard,ended_13_months,ending_share,marriage_survival,"
                         "cohabitation_survival",
                         "", NULL),
        0);
    const struct cr_compare_plan plan = {.scenarios = scenarios,
        .count = count,
        .replicates = 16,
        .paired = true,
        .wanted = &wanted,
        .level = 0.95,
        .threads = omp_get_num_procs()};
    if (cr_compare_run(compared, &plan, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_kept_list_free(&wanted);
}

/* Scenarios that differ in one parameter of adults, so that childhoods are the same; and in the rate of all learning,
 * which makes other children, too. */
static void common_luck_makes_differences_between_couples_surer(void **state) {
    (void)state;
    static const char *const changes[] = {"irritation.protest=0.09", "couple.conflict_weight=2.7", "learning.rate=0.1"};
    static const double at_least[] = {3.0, 3.0, 2.0};
    enum { CHANGES = 3 };
    struct cr_scenario scenarios[CHANGES + 1];
    struct cr_compared compared;
    for (int k = 0; k <= CHANGES; k++) {
        cr_scenario_init(&scenarios[k]);
        scenarios[k].parameters.run_people = 1000;
        scenarios[k].parameters.run_years = 60.0;
        if (k > 0)
            assert_int_equal(cr_scenario_assign(&scenarios[k], changes[k - 1], "", NULL), 0);
    }
    compare_under_common_luck(&compared, scenarios, CHANGES + 1);
    for (int k = 0; k < CHANGES; k++) {
        const struct cr_comparison *comparison = &compared.comparisons[k];
        const double gain = cr_comparison_median_gain(comparison);
        print_message("    %s: variance divided by %.2f (median of %zu)\n", changes[k], gain, comparison->tests);
        assert_true(comparison->tests > 60);
        assert_true(gain >= at_least[k]);
    }
    cr_compared_free(&compared);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_samples_of_the_same_scenario_differ_at_the_stated_level),
        cmocka_unit_test(common_luck_makes_differences_between_couples_surer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
