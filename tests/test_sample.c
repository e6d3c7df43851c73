#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "measure/sample.h"

static void an_empty_sample_holds_nothing_and_may_be_freed_twice(void **state) {
    (void)state;
    struct cr_sample sample = {0};
    assert_int_equal(sample.count, 0);
    cr_sample_clear(&sample);
    cr_sample_free(&sample);
    cr_sample_free(&sample);
    assert_null(sample.column[0]);
}

static void a_short_row_fills_four_columns_and_leaves_zeros_in_the_others(void **state) {
    (void)state;
    struct cr_sample sample = {0};
    const double row[CR_SAMPLE_COLUMNS] = {11.0, 12.0, 13.0, 14.0, 15.0, 16.0};
    cr_sample_add6(&sample, row);
    cr_sample_clear(&sample);
    cr_sample_add(&sample, 1.0, 2.0, 3.0, 4.0);
    const double expected[CR_SAMPLE_COLUMNS] = {1.0, 2.0, 3.0, 4.0, 0.0, 0.0};
    assert_int_equal(sample.count, 1);
    for (int k = 0; k < CR_SAMPLE_COLUMNS; k++)
        assert_true(sample.column[k][0] == expected[k]);
    cr_sample_free(&sample);
}

static void every_row_stays_as_it_was_while_a_sample_grows(void **state) {
    (void)state;
    enum { ROWS = 10000 };
    struct cr_sample sample = {0};
    for (int i = 0; i < ROWS; i++) {
        double row[CR_SAMPLE_COLUMNS];
        for (int k = 0; k < CR_SAMPLE_COLUMNS; k++)
            row[k] = i * 10.0 + k;
        cr_sample_add6(&sample, row);
    }
    assert_false(sample.failed);
    assert_int_equal(sample.count, ROWS);
    for (int i = 0; i < ROWS; i++)
        for (int k = 0; k < CR_SAMPLE_COLUMNS; k++)
            assert_true(sample.column[k][i] == i * 10.0 + k);
    cr_sample_free(&sample);
    assert_int_equal(sample.count, 0);
}

static void a_cleared_sample_forgets_its_rows_and_keeps_its_memory(void **state) {
    (void)state;
    struct cr_sample sample = {0};
    for (int i = 0; i < 5000; i++)
        cr_sample_add(&sample, i, 0.0, 0.0, 0.0);
    const size_t capacity = sample.capacity;
    cr_sample_clear(&sample);
    assert_int_equal(sample.count, 0);
    allocations_left = 0;
    for (size_t i = 0; i < capacity; i++)
        cr_sample_add(&sample, 7.0, 0.0, 0.0, 0.0);
    allocations_left = -1;
    assert_false(sample.failed);
    assert_int_equal(sample.count, capacity);
    assert_true(sample.column[0][0] == 7.0);
    cr_sample_free(&sample);
}

/* The first block and a later one, at each of the columns. */
static void a_sample_without_memory_says_so_and_keeps_what_it_had(void **state) {
    (void)state;
    for (size_t blocks = 0; blocks < 2; blocks++)
        for (int n = 0; n < CR_SAMPLE_COLUMNS; n++) {
            struct cr_sample sample = {0};
            if (blocks > 0)
                do
                    cr_sample_add(&sample, (double)sample.count, 0.0, 0.0, 0.0);
                while (sample.count < sample.capacity);
            const size_t had = sample.count;
            allocations_left = n;
            cr_sample_add(&sample, -1.0, 0.0, 0.0, 0.0);
            allocations_left = -1;
            assert_true(sample.failed);
            cr_sample_add(&sample, -1.0, 0.0, 0.0, 0.0); /* a sample with a hole would be worse than none */
            assert_true(sample.failed);
            assert_int_equal(sample.count, had);
            for (size_t i = 0; i < had; i++)
                assert_true(sample.column[0][i] == (double)i);
            cr_sample_free(&sample);
            assert_false(sample.failed);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_sample_holds_nothing_and_may_be_freed_twice),
        cmocka_unit_test(a_short_row_fills_four_columns_and_leaves_zeros_in_the_others),
        cmocka_unit_test(every_row_stays_as_it_was_while_a_sample_grows),
        cmocka_unit_test(a_cleared_sample_forgets_its_rows_and_keeps_its_memory),
        cmocka_unit_test(a_sample_without_memory_says_so_and_keeps_what_it_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
