#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "small_run.h"
#include "study/collection.h"

/* What one replicate might give: two groups of the first measure, a point of a time course between them, and one group
 * of the second measure. */
static void give(struct cr_readings *readings, double a, double b, double c) {
    *readings = (struct cr_readings){.measure = 0, .year = (double)NAN};
    cr_readings_add(readings, "A", (struct cr_estimate){.value = a, .se = 0.5, .n = 10});
    readings->year = 3.0;
    cr_readings_add(readings, "A", (struct cr_estimate){.value = 1000.0, .se = 0.5, .n = 10});
    readings->year = (double)NAN;
    cr_readings_add(readings, "B", (struct cr_estimate){.value = b, .se = 0.25, .n = 20});
    readings->measure = 1;
    cr_readings_add(readings, "A", (struct cr_estimate){.value = c, .se = 0.125, .n = 30});
}

static void collect(struct cr_collection *collection, double a, double b, double c) {
    struct cr_readings readings;
    give(&readings, a, b, c);
    assert_int_equal(cr_collection_add(collection, &readings, NULL), 0);
    cr_readings_free(&readings);
}

static size_t row_of(const struct cr_collection *collection, int measure, const char *group) {
    const int64_t row = cr_collection_find(collection, cr_measures[measure].name, group);
    assert_true(row >= 0);
    return (size_t)row;
}

static void an_empty_collection_finds_nothing_and_may_be_freed_twice(void **state) {
    (void)state;
    struct cr_collection collection = {0};
    assert_int_equal(cr_collection_find(&collection, cr_measures[0].name, "A"), -1);
    cr_collection_free(&collection);
    cr_collection_free(&collection);
}

static void rows_are_those_of_the_whole_run_and_are_found_by_measure_and_group(void **state) {
    (void)state;
    struct cr_collection collection = {0};
    collect(&collection, 1.0, 2.0, 3.0);
    assert_int_equal(collection.row_count, 3);
    assert_true(cr_collection_at(&collection, row_of(&collection, 0, "A"), 0).value == 1.0);
    assert_true(cr_collection_at(&collection, row_of(&collection, 0, "B"), 0).value == 2.0);
    assert_true(cr_collection_at(&collection, row_of(&collection, 1, "A"), 0).value == 3.0);
    assert_int_equal(cr_collection_find(&collection, cr_measures[1].name, "B"), -1);
    assert_int_equal(cr_collection_find(&collection, cr_measures[0].name, "a"), -1);
    assert_int_equal(cr_collection_find(&collection, "no_such_measure", "A"), -1);
    cr_collection_free(&collection);
}

static void replicates_stay_apart_as_the_collection_grows(void **state) {
    (void)state;
    struct cr_collection collection = {0};
    for (int r = 0; r < 100; r++)
        collect(&collection, r, 1000.0 + r, 2000.0 + r);
    assert_int_equal(collection.replicates, 100);
    for (int r = 0; r < 100; r++) {
        const struct cr_estimate estimate = cr_collection_at(&collection, row_of(&collection, 0, "B"), r);
        assert_true(estimate.value == 1000.0 + r && estimate.se == 0.25);
        assert_int_equal(estimate.n, 20);
        assert_true(cr_collection_at(&collection, row_of(&collection, 0, "A"), r).value == r);
        assert_true(cr_collection_at(&collection, row_of(&collection, 1, "A"), r).value == 2000.0 + r);
    }
    cr_collection_free(&collection);
}

static void of_a_single_replicate_the_mean_is_its_own_estimate(void **state) {
    (void)state;
    struct cr_collection collection = {0};
    collect(&collection, 7.0, (double)NAN, 3.0);
    const struct cr_estimate own = cr_collection_mean(&collection, row_of(&collection, 0, "A"));
    assert_true(own.value == 7.0 && own.se == 0.5);
    assert_int_equal(own.n, 10);
    assert_true(isnan(cr_collection_mean(&collection, row_of(&collection, 0, "B")).value));
    cr_collection_free(&collection);
}

static void the_mean_is_of_those_that_gave_a_value_with_the_error_of_their_spread(void **state) {
    (void)state;
    const double none = (double)NAN;
    struct cr_collection collection = {0};
    collect(&collection, 1.0, none, none);
    collect(&collection, 2.0, 5.0, none);
    collect(&collection, none, none, none);
    collect(&collection, 6.0, none, none);
    const struct cr_estimate three = cr_collection_mean(&collection, row_of(&collection, 0, "A"));
    assert_int_equal(three.n, 3);
    assert_near(three.value, 3.0, 1e-15);
    assert_near(three.se, sqrt(7.0 / 3.0), 1e-15); /* variance 14 / 2, over 3 */
    const struct cr_estimate one = cr_collection_mean(&collection, row_of(&collection, 0, "B"));
    assert_int_equal(one.n, 1);
    assert_true(one.value == 5.0 && isnan(one.se));
    const struct cr_estimate nothing = cr_collection_mean(&collection, row_of(&collection, 1, "A"));
    assert_int_equal(nothing.n, 0);
    assert_true(isnan(nothing.value));
    cr_collection_free(&collection);
}

static void a_collection_without_memory_says_so_and_keeps_what_it_had(void **state) {
    (void)state;
    for (long n = 0; n < 2; n++) {
        struct cr_collection collection = {0};
        struct cr_error error = {0};
        struct cr_readings readings;
        const long held = allocations_held;
        give(&readings, 1.0, 2.0, 3.0);
        allocations_left = n;
        assert_int_equal(cr_collection_add(&collection, &readings, &error), CR_ERROR_MEMORY);
        allocations_left = -1;
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_int_equal(collection.replicates, 0);
        assert_int_equal(cr_collection_add(&collection, &readings, NULL), 0);
        while (collection.replicates < collection.capacity)
            assert_int_equal(cr_collection_add(&collection, &readings, NULL), 0);
        const int64_t had = collection.replicates;
        allocations_left = 0;
        assert_int_equal(cr_collection_add(&collection, &readings, NULL), CR_ERROR_MEMORY);
        allocations_left = -1;
        assert_int_equal(collection.replicates, had);
        assert_true(cr_collection_at(&collection, row_of(&collection, 1, "A"), had - 1).value == 3.0);
        cr_readings_free(&readings);
        cr_collection_free(&collection);
        assert_int_equal(allocations_held, held);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_collection_finds_nothing_and_may_be_freed_twice),
        cmocka_unit_test(rows_are_those_of_the_whole_run_and_are_found_by_measure_and_group),
        cmocka_unit_test(replicates_stay_apart_as_the_collection_grows),
        cmocka_unit_test(of_a_single_replicate_the_mean_is_its_own_estimate),
        cmocka_unit_test(the_mean_is_of_those_that_gave_a_value_with_the_error_of_their_spread),
        cmocka_unit_test(a_collection_without_memory_says_so_and_keeps_what_it_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
