#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/apa_number.h"

#define MINUS "\xE2\x88\x92"

static char buffer[CR_APA_SIZE];

static void a_number_that_cannot_exceed_one_has_no_leading_zero(void **state) {
    (void)state;
    assert_string_equal(cr_apa_number(0.5234, 2, true, buffer), ".52");
    assert_string_equal(cr_apa_number(-0.5234, 2, true, buffer), MINUS ".52");
    assert_string_equal(cr_apa_number(0.5234, 2, false, buffer), "0.52");
    assert_string_equal(cr_apa_number(1.0, 2, true, buffer), "1.00");
    assert_string_equal(cr_apa_number(0.2, 0, true, buffer), "0");
}

static void nothing_has_no_sign(void **state) {
    (void)state;
    assert_string_equal(cr_apa_number(-0.001, 2, true, buffer), ".00");
    assert_string_equal(cr_apa_number(-0.0, 1, false, buffer), "0.0");
}

static void what_is_missing_is_a_dash(void **state) {
    (void)state;
    assert_string_equal(cr_apa_number((double)NAN, 2, true, buffer), "\xE2\x80\x94");
    assert_string_equal(cr_apa_interval((double)NAN, 1.0, 2, true, buffer), "\xE2\x80\x94");
    assert_string_equal(cr_apa_p((double)NAN, "", buffer), "\xE2\x80\x94");
}

static void any_number_has_room(void **state) {
    (void)state;
    assert_string_equal(cr_apa_number(-1.7e308, 4, false, buffer), MINUS "1.7e+308");
    assert_string_equal(cr_apa_number(INFINITY, 2, false, buffer), "inf");
}

static void an_interval_stands_in_brackets(void **state) {
    (void)state;
    assert_string_equal(cr_apa_interval(-0.102, 0.1249, 2, true, buffer), "[" MINUS ".10, .12]");
}

static void a_p_has_three_decimals_or_is_below_a_thousandth(void **state) {
    (void)state;
    assert_string_equal(cr_apa_p(0.0341, "p ", buffer), "p = .034");
    assert_string_equal(cr_apa_p(0.0341, "", buffer), ".034");
    assert_string_equal(cr_apa_p(0.00099, "p ", buffer), "p < .001");
    assert_string_equal(cr_apa_p(1.0, "", buffer), "1");
}

static void decimals_show_two_digits_of_the_difference_or_of_its_interval(void **state) {
    (void)state;
    assert_int_equal(cr_apa_decimals(0.11, 0.01, 1, 3), 2);
    assert_int_equal(cr_apa_decimals(-0.083, 0.003, 1, 3), 3);
    assert_int_equal(cr_apa_decimals(0.0001, 0.03, 1, 3), 3);
    assert_int_equal(cr_apa_decimals(0.0001, 0.0, 1, 3), 3);
    assert_int_equal(cr_apa_decimals(0.0001, 0.0, 1, 4), 4);
    assert_int_equal(cr_apa_decimals(0.1, 0.0, 1, 3), 2);
    assert_int_equal(cr_apa_decimals(12.0, 1.0, 1, 3), 1);
    assert_int_equal(cr_apa_decimals(0.0, 0.0, 1, 3), 2);
    assert_int_equal(cr_apa_decimals((double)NAN, (double)NAN, 1, 3), 2);
}

static void thousands_are_set_apart(void **state) {
    (void)state;
    assert_string_equal(cr_apa_count(0, buffer), "0");
    assert_string_equal(cr_apa_count(999, buffer), "999");
    assert_string_equal(cr_apa_count(20878, buffer), "20,878");
    assert_string_equal(cr_apa_count(-1234567, buffer), "-1,234,567");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_that_cannot_exceed_one_has_no_leading_zero),
        cmocka_unit_test(nothing_has_no_sign),
        cmocka_unit_test(what_is_missing_is_a_dash),
        cmocka_unit_test(any_number_has_room),
        cmocka_unit_test(an_interval_stands_in_brackets),
        cmocka_unit_test(a_p_has_three_decimals_or_is_below_a_thousandth),
        cmocka_unit_test(decimals_show_two_digits_of_the_difference_or_of_its_interval),
        cmocka_unit_test(thousands_are_set_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
