#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void distance_counts_edits_and_swaps_of_neighbours(void **state) {
    (void)state;
    assert_int_equal(cr_text_distance("", ""), 0);
    assert_int_equal(cr_text_distance("", "abc"), 3);
    assert_int_equal(cr_text_distance("kitten", "sitting"), 3);
    assert_int_equal(cr_text_distance("peolpe", "people"), 1);
    assert_int_equal(cr_text_distance("ca", "abc"), 3); /* no edit within a swapped pair */
    assert_int_equal(cr_text_distance("share", "share"), 0);
}

static void long_texts_compare_by_their_beginning(void **state) {
    (void)state;
    char a[300], b[300];
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    a[299] = b[299] = '\0';
    b[200] = 'b';
    assert_int_equal(cr_text_distance(a, b), 0);
    b[100] = 'b';
    assert_int_equal(cr_text_distance(a, b), 1);
}

static void the_nearest_name_is_found_if_it_is_near(void **state) {
    (void)state;
    struct cr_nearest nearest = CR_NEAREST_INIT;
    cr_nearest_consider(&nearest, "sensitvity", "availability");
    assert_null(nearest.best);
    cr_nearest_consider(&nearest, "sensitvity", "sensitivity");
    cr_nearest_consider(&nearest, "sensitvity", "insensitivity");
    assert_string_equal(nearest.best, "sensitivity");
    nearest = (struct cr_nearest)CR_NEAREST_INIT;
    cr_nearest_consider(&nearest, "ag", "age");
    assert_string_equal(nearest.best, "age");
    nearest = (struct cr_nearest)CR_NEAREST_INIT;
    cr_nearest_consider(&nearest, "ab", "xy");
    assert_null(nearest.best);
}

static void only_whole_finite_decimals_are_reals(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "", " 1", "1 ", "abc", "1x", "0x10", "nan", "inf", "1e999", "-", ".", "e5", "1,5", "1e", "--1"};
    double value = 42.0;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(cr_text_to_real(wrong[i], &value), CR_ERROR_USAGE);
        assert_true(value == 42.0);
    }
    assert_int_equal(cr_text_to_real("-2.5e-3", &value), 0);
    assert_true(value == -2.5e-3);
    assert_int_equal(cr_text_to_real("7", &value), 0);
    assert_true(value == 7.0);
}

static void only_whole_numbers_are_integers(void **state) {
    (void)state;
    static const char *const wrong[] = {"", " 1", "1 ", "1.0", "1e3", "0x10", "9223372036854775808", "-", "+-1"};
    int64_t value = 42;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(cr_text_to_integer(wrong[i], &value), CR_ERROR_USAGE);
        assert_int_equal(value, 42);
    }
    assert_int_equal(cr_text_to_integer("-9223372036854775808", &value), 0);
    assert_true(value == INT64_MIN);
    assert_int_equal(cr_text_to_integer("+12", &value), 0);
    assert_int_equal(value, 12);
}

static void a_real_is_written_with_the_fewest_digits_that_read_back(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } pairs[] = {{0.1, "0.1"}, {4000.0, "4000"}, {9007199254740991.0, "9007199254740991"}, {-0.0, "0"}, {1e-9, "1e-09"},
        {1e300, "1e+300"}, {1.0 / 3.0, "0.3333333333333333"}, {-2.5, "-2.5"}, {0.1 + 0.2, "0.30000000000000004"}};
    char buffer[32];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_string_equal(cr_text_real(pairs[i].value, buffer, sizeof buffer), pairs[i].text);
        assert_true(strtod(buffer, NULL) == pairs[i].value);
    }
    assert_string_equal(cr_text_real((double)NAN, buffer, sizeof buffer), "NA");
}

static void a_text_that_is_too_long_is_cut(void **state) {
    (void)state;
    char buffer[4];
    assert_string_equal(cr_text_format(buffer, sizeof buffer, "%s", "abcdef"), "abc");
}

static void words_have_no_blanks_and_no_signs(void **state) {
    (void)state;
    assert_true(cr_text_is_word("war_time-2", 10));
    assert_false(cr_text_is_word("war_time-2", 9));
    assert_false(cr_text_is_word("", 9));
    assert_false(cr_text_is_word("a b", 9));
    assert_false(cr_text_is_word("a.b", 9));
    assert_false(cr_text_is_word("\xc3\xa9", 9));
}

static void utf8_is_told_from_other_bytes(void **state) {
    (void)state;
    static const char *const right[] = {
        "", "abc", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf", "\xee\x80\x80"};
    static const char *const wrong[] = {"\x80", "\xc3", "\xc3(", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xf0\x80\x80\x80", "\xff"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(cr_text_is_utf8(right[i], strlen(right[i])));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(cr_text_is_utf8(wrong[i], strlen(wrong[i])));
}

static void a_choice_is_one_whole_word(void **state) {
    (void)state;
    assert_int_equal(cr_text_choice("none|mix|profiles", "none"), 0);
    assert_int_equal(cr_text_choice("none|mix|profiles", "profiles"), 2);
    assert_int_equal(cr_text_choice("none|mix|profiles", "profile"), -1);
    assert_int_equal(cr_text_choice("none|mix|profiles", "none|mix"), -1);
    assert_int_equal(cr_text_choice("none|mix|profiles", ""), -1);
}

static void a_path_is_split_into_its_folder_and_its_name(void **state) {
    (void)state;
    static const char *const paths[][3] = {{"a.cfg", ".", "a.cfg"}, {"x/y/a.cfg", "x/y", "a.cfg"},
        {"/a.cfg", "/", "a.cfg"}, {"./a", ".", "a"}, {"x/", "x", ""}};
    for (size_t k = 0; k < sizeof paths / sizeof *paths; k++) {
        char folder[8];
        assert_string_equal(cr_text_split_path(paths[k][0], folder, sizeof folder), paths[k][2]);
        assert_string_equal(folder, paths[k][1]);
    }
    char folder[4];
    assert_non_null(cr_text_split_path("abc/d", folder, sizeof folder));
    assert_null(cr_text_split_path("abcd/e", folder, sizeof folder));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_choice_is_one_whole_word),
        cmocka_unit_test(distance_counts_edits_and_swaps_of_neighbours),
        cmocka_unit_test(long_texts_compare_by_their_beginning),
        cmocka_unit_test(the_nearest_name_is_found_if_it_is_near),
        cmocka_unit_test(only_whole_finite_decimals_are_reals),
        cmocka_unit_test(only_whole_numbers_are_integers),
        cmocka_unit_test(a_real_is_written_with_the_fewest_digits_that_read_back),
        cmocka_unit_test(a_text_that_is_too_long_is_cut),
        cmocka_unit_test(words_have_no_blanks_and_no_signs),
        cmocka_unit_test(utf8_is_told_from_other_bytes),
        cmocka_unit_test(a_path_is_split_into_its_folder_and_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
