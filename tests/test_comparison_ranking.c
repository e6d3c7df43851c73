#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "report/comparison_ranking.h"

enum { ROWS = 60 };

/* Rows without a finding, but for what a test sets. */
static struct cr_comparison comparison_of(struct cr_difference *rows, size_t count) {
    for (size_t r = 0; r < count; r++) {
        memset(&rows[r], 0, sizeof rows[r]);
        rows[r].measure = cr_measure_find("self_worth");
        memcpy(rows[r].group, "secure", sizeof "secure");
        rows[r].finding = CR_FINDING_SAME;
        rows[r].least = 0.1;
    }
    return (struct cr_comparison){.row = rows, .count = count, .level = 0.95};
}

static void differ(struct cr_difference *row, const char *measure, const char *group, double effect, double value) {
    row->measure = cr_measure_find(measure);
    memcpy(row->group, group, strlen(group) + 1);
    row->effect = effect;
    row->difference.value = value;
    row->finding = CR_FINDING_DIFFERS;
}

static void main_measures_come_first_and_large_effects_before_small(void **state) {
    (void)state;
    static struct cr_difference rows[ROWS];
    struct cr_comparison comparison = comparison_of(rows, ROWS);
    struct cr_comparison_ranking ranking;
    struct cr_error error = {0};
    differ(&rows[3], "strategy_share", "secure open", -2.0, -0.3);
    differ(&rows[5], "style_share", "secure", 0.1, 0.03);
    differ(&rows[7], "availability_bias", "all", (double)NAN, 0.9);
    differ(&rows[9], "ecr_mean", "anxiety", -0.6, -0.5);
    differ(&rows[11], "availability_bias", "secure", (double)NAN, -0.9);
    assert_int_equal(cr_comparison_ranking_init(&ranking, &comparison, CR_FINDING_DIFFERS, &error), 0);
    static const size_t expected[] = {9, 5, 7, 3, 11};
    assert_int_equal(ranking.count, 5);
    assert_int_equal(ranking.main, 3);
    assert_memory_equal(ranking.row, expected, sizeof expected);
    cr_comparison_ranking_free(&ranking);
    cr_comparison_ranking_free(&ranking);
}

static void in_a_short_comparison_everything_comes_first(void **state) {
    (void)state;
    static struct cr_difference rows[ROWS];
    struct cr_comparison comparison = comparison_of(rows, 40);
    assert_true(cr_comparison_is_main(&comparison, 0));
    comparison = comparison_of(rows, 41);
    assert_false(cr_comparison_is_main(&comparison, 0));
}

static void exactly_equal_is_without_any_spread(void **state) {
    (void)state;
    static struct cr_difference rows[ROWS];
    struct cr_comparison comparison = comparison_of(rows, 3);
    assert_true(cr_comparison_is_exactly_equal(&comparison));
    rows[1].difference.se = 0.01;
    assert_false(cr_comparison_is_exactly_equal(&comparison));
    rows[1].finding = CR_FINDING_UNDEFINED;
    assert_true(cr_comparison_is_exactly_equal(&comparison));
    rows[0].finding = rows[2].finding = CR_FINDING_UNDEFINED;
    assert_false(cr_comparison_is_exactly_equal(&comparison));
}

static void without_memory_it_says_so(void **state) {
    (void)state;
    static struct cr_difference rows[ROWS];
    const struct cr_comparison comparison = comparison_of(rows, 3);
    for (long n = 0; n < 2; n++) {
        struct cr_comparison_ranking ranking;
        struct cr_error error = {0};
        allocations_left = n;
        assert_int_equal(cr_comparison_ranking_init(&ranking, &comparison, CR_FINDING_SAME, &error), CR_ERROR_MEMORY);
        allocations_left = -1;
        cr_comparison_ranking_free(&ranking);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(main_measures_come_first_and_large_effects_before_small),
        cmocka_unit_test(in_a_short_comparison_everything_comes_first),
        cmocka_unit_test(exactly_equal_is_without_any_spread),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
