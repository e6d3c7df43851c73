#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"

static void an_error_holds_its_sentence_and_gives_back_its_code(void **state) {
    (void)state;
    struct cr_error error = {0};
    assert_int_equal(cr_error_set(&error, CR_ERROR_CONFIG, "%s is %d", "people", 3), CR_ERROR_CONFIG);
    assert_int_equal(error.code, CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, "people is 3");
}

static void a_first_failure_is_not_overwritten(void **state) {
    (void)state;
    struct cr_error error = {0};
    cr_error_set(&error, CR_ERROR_IO, "first");
    assert_int_equal(cr_error_set(&error, CR_ERROR_MEMORY, "second"), CR_ERROR_MEMORY);
    assert_int_equal(error.code, CR_ERROR_IO);
    assert_string_equal(error.sentence, "first");
}

static void nobody_needs_to_listen(void **state) {
    (void)state;
    assert_int_equal(cr_error_set(NULL, CR_ERROR_NUMERIC, "unheard"), CR_ERROR_NUMERIC);
}

static void a_long_sentence_is_cut_at_a_whole_character(void **state) {
    (void)state;
    char text[2048];
    for (size_t lead = 0; lead < 4; lead++) {
        struct cr_error error = {0};
        memset(text, 'x', lead);
        for (size_t i = lead; i + 3 < sizeof text; i += 2)
            memcpy(text + i, "\xc3\xa9", 3);
        cr_error_set(&error, CR_ERROR_CONFIG, "%s", text);
        const size_t length = strlen(error.sentence);
        assert_in_range(length, sizeof error.sentence - 4, sizeof error.sentence - 1);
        assert_string_equal(error.sentence + length - 3, "...");
        assert_int_equal((length - 3 - lead) % 2, 0);
    }
}

static void control_characters_do_not_reach_the_terminal(void **state) {
    (void)state;
    struct cr_error error = {0};
    cr_error_set(&error, CR_ERROR_CONFIG, "%s", "a\x1b[31mb\nc\x7f");
    assert_string_equal(error.sentence, "a?[31mb c?");
}

static void exit_status_tells_a_wrong_call_from_a_failure(void **state) {
    (void)state;
    assert_int_equal(cr_error_exit_status(0), 0);
    assert_int_equal(cr_error_exit_status(CR_ERROR_USAGE), 2);
    assert_int_equal(cr_error_exit_status(CR_ERROR_CONFIG), 2);
    assert_int_equal(cr_error_exit_status(CR_ERROR_MEMORY), 1);
    assert_int_equal(cr_error_exit_status(CR_ERROR_IO), 1);
    assert_int_equal(cr_error_exit_status(CR_ERROR_NUMERIC), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_holds_its_sentence_and_gives_back_its_code),
        cmocka_unit_test(a_first_failure_is_not_overwritten),
        cmocka_unit_test(nobody_needs_to_listen),
        cmocka_unit_test(a_long_sentence_is_cut_at_a_whole_character),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(exit_status_tells_a_wrong_call_from_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
