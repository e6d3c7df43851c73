#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "study/kept.h"

static void a_measure_is_read_with_or_without_a_group(void **state) {
    (void)state;
    struct cr_kept kept;
    assert_int_equal(cr_kept_parse(&kept, "style_share", false, "", NULL), 0);
    assert_int_equal(kept.measure, cr_measure_find("style_share"));
    assert_string_equal(kept.group, "");
    assert_int_equal(cr_kept_parse(&kept, "ended_13_months:unmarried 0-1", false, "", NULL), 0);
    assert_int_equal(kept.measure, cr_measure_find("ended_13_months"));
    assert_string_equal(kept.group, "unmarried 0-1");
    assert_int_equal(cr_kept_parse(&kept, "satisfaction", true, "", NULL), 0);
}

static void refused(const char *text, bool course, const char *reason) {
    struct cr_kept kept;
    struct cr_error error = {0};
    assert_int_equal(cr_kept_parse(&kept, text, course, "here: ", &error), CR_ERROR_CONFIG);
    assert_int_equal(strncmp(error.sentence, "here: ", 6), 0);
    if (strstr(error.sentence, reason) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", error.sentence, reason);
}

static void what_is_no_measure_is_refused_with_the_nearest(void **state) {
    (void)state;
    refused("style_shrae", false, "unknown measure style_shrae; did you mean style_share?");
    refused("", false, "unknown measure ");
    refused(":secure", false, "unknown measure ");
    refused("Style_share ", false, "unknown measure");
    refused("a_name_that_is_far_too_long_for_any_measure_and_for_the_room_that_there_is_for_one", false,
        "unknown measure a_name");
}

static void a_group_has_one_letter_at_least_and_no_more_than_there_is_room_for(void **state) {
    (void)state;
    struct cr_kept kept;
    refused("style_share:", false, "must be of 1 to 31 letters; its groups are: secure, preoccupied");
    refused("style_share:12345678901234567890123456789012", false, "must be of 1 to 31 letters");
    assert_int_equal(cr_kept_parse(&kept, "style_share:1234567890123456789012345678901", false, "", NULL), 0);
    assert_int_equal(strlen(kept.group), CR_GROUP_SIZE - 1);
}

static void a_measure_must_have_what_is_wanted_of_it(void **state) {
    (void)state;
    refused("ssp_share", true, "the measure ssp_share has no time course");
}

static struct cr_kept_list read_list(const char *text) {
    struct cr_kept_list list;
    struct cr_error error = {0};
    if (cr_kept_list_parse(&list, text, "", &error) != 0)
        fail_msg("%s", error.sentence);
    return list;
}

static void a_list_has_what_it_names_and_nothing_else(void **state) {
    (void)state;
    struct cr_kept_list list = read_list("style_share:secure,satisfaction,style_share:fearful");
    const int style = cr_measure_find("style_share"), satisfaction = cr_measure_find("satisfaction");
    assert_int_equal(list.count, 3);
    assert_true(cr_kept_list_has(&list, style, "secure"));
    assert_true(cr_kept_list_has(&list, style, "fearful"));
    assert_false(cr_kept_list_has(&list, style, "dismissing"));
    assert_false(cr_kept_list_has(&list, style, ""));
    assert_true(cr_kept_list_has(&list, satisfaction, "all"));
    assert_true(cr_kept_list_has(&list, satisfaction, "secure"));
    assert_false(cr_kept_list_has(&list, cr_measure_find("conflict"), "all"));
    list.all = true;
    assert_true(cr_kept_list_has(&list, cr_measure_find("conflict"), "all"));
    cr_kept_list_free(&list);
    assert_null(list.kept);
    cr_kept_list_free(&list);
    assert_false(cr_kept_list_has(&list, style, "secure"));
}

static void a_list_with_a_gap_or_a_wrong_name_is_refused(void **state) {
    (void)state;
    static const char too_long[] = "style_share:a_group_that_is_so_long_that_it_does_not_even_fit_into_the_room_that_"
                                   "there_is_for_a_measure_with_its_group_and_that_must_not_be_cut_short";
    static const char *const wrong[] = {"", ",", "conflict,", ",conflict", "conflict,,satisfaction", "conflict,nothing",
        "conflict, satisfaction", too_long};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct cr_kept_list list;
        struct cr_error error = {0};
        assert_int_equal(cr_kept_list_parse(&list, wrong[k], "--measures: ", &error), CR_ERROR_CONFIG);
        assert_int_equal(strncmp(error.sentence, "--measures: ", 12), 0);
        cr_kept_list_free(&list);
    }
}

static void a_list_without_memory_says_so(void **state) {
    (void)state;
    struct cr_kept_list list;
    struct cr_error error = {0};
    const long held = allocations_held;
    allocations_left = 0;
    const int code = cr_kept_list_parse(&list, "conflict", "", &error);
    allocations_left = -1;
    assert_int_equal(code, CR_ERROR_MEMORY);
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    cr_kept_list_free(&list);
    assert_int_equal(allocations_held, held);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_is_read_with_or_without_a_group),
        cmocka_unit_test(what_is_no_measure_is_refused_with_the_nearest),
        cmocka_unit_test(a_group_has_one_letter_at_least_and_no_more_than_there_is_room_for),
        cmocka_unit_test(a_measure_must_have_what_is_wanted_of_it),
        cmocka_unit_test(a_list_has_what_it_names_and_nothing_else),
        cmocka_unit_test(a_list_with_a_gap_or_a_wrong_name_is_refused),
        cmocka_unit_test(a_list_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
