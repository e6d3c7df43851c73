#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/holdings.h"
#include "failing_allocation.h"

enum { PIECES = 200 };

static void pieces_are_zero_and_stay_where_they_are(void **state) {
    (void)state;
    struct cr_holdings holdings = {0};
    int *piece[PIECES];
    for (int k = 0; k < PIECES; k++) {
        piece[k] = cr_holdings_take(&holdings, 3, sizeof *piece[k]);
        assert_non_null(piece[k]);
        assert_true(piece[k][0] == 0 && piece[k][2] == 0);
        piece[k][1] = k;
    }
    for (int k = 0; k < PIECES; k++)
        assert_int_equal(piece[k][1], k);
    assert_non_null(cr_holdings_take(&holdings, 0, sizeof(int)));
    assert_int_equal(holdings.count, PIECES + 1);
    assert_false(holdings.failed);
    cr_holdings_free(&holdings);
}

static void texts_are_as_long_as_they_need_to_be(void **state) {
    (void)state;
    struct cr_holdings holdings = {0};
    char expected[1001];
    memset(expected, 'x', sizeof expected - 1);
    expected[sizeof expected - 1] = '\0';
    assert_string_equal(cr_holdings_text(&holdings, "%d of %s", 3, "four"), "3 of four");
    assert_string_equal(cr_holdings_text(&holdings, "%s", expected), expected);
    assert_string_equal(cr_holdings_text(&holdings, "%s", ""), "");
    cr_holdings_free(&holdings);
}

static void all_is_given_back_and_may_be_given_back_twice(void **state) {
    (void)state;
    struct cr_holdings holdings = {0};
    const long held = allocations_held;
    for (int k = 0; k < PIECES; k++)
        (void)cr_holdings_text(&holdings, "%d", k);
    assert_true(allocations_held > held);
    cr_holdings_free(&holdings);
    cr_holdings_free(&holdings);
    assert_int_equal(allocations_held, held);
    assert_true(holdings.piece == NULL && holdings.count == 0);
}

static void memory_that_ran_out_stays_known(void **state) {
    (void)state;
    const long held = allocations_held;
    for (long n = 0; n < 2; n++) { /* the piece itself, and the list of pieces */
        struct cr_holdings holdings = {0};
        allocations_left = n;
        void *piece = cr_holdings_take(&holdings, 1, 1);
        allocations_left = -1;
        assert_null(piece);
        assert_true(holdings.failed);
        assert_non_null(cr_holdings_text(&holdings, "later"));
        assert_true(holdings.failed);
        cr_holdings_free(&holdings);
        assert_false(holdings.failed);
        allocations_left = n;
        piece = cr_holdings_text(&holdings, "text");
        allocations_left = -1;
        assert_null(piece);
        assert_true(holdings.failed);
        cr_holdings_free(&holdings);
    }
    assert_int_equal(allocations_held, held);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zero_and_stay_where_they_are),
        cmocka_unit_test(texts_are_as_long_as_they_need_to_be),
        cmocka_unit_test(all_is_given_back_and_may_be_given_back_twice),
        cmocka_unit_test(memory_that_ran_out_stays_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
