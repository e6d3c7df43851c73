#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "viz/controls/text_field.h"

static void what_is_typed_stands_at_the_cursor(void **state) {
    (void)state;
    struct cr_text_field field = {.cursor = 0};
    cr_text_field_type(&field, "abd");
    cr_text_field_move(&field, CR_TEXT_LEFT);
    cr_text_field_type(&field, "c");
    assert_string_equal(field.text, "abcd");
    assert_int_equal(field.cursor, 3);
    cr_text_field_move(&field, CR_TEXT_HOME);
    cr_text_field_type(&field, "x");
    assert_string_equal(field.text, "xabcd");
    cr_text_field_move(&field, CR_TEXT_END);
    assert_int_equal(field.cursor, 5);
}

static void characters_of_several_bytes_stay_whole(void **state) {
    (void)state;
    struct cr_text_field field = {.cursor = 0};
    cr_text_field_type(&field, "a\303\244\342\202\254b");
    cr_text_field_move(&field, CR_TEXT_LEFT);
    cr_text_field_backspace(&field);
    assert_string_equal(field.text, "a\303\244b");
    cr_text_field_move(&field, CR_TEXT_LEFT);
    assert_int_equal(field.cursor, 1);
    cr_text_field_delete(&field);
    assert_string_equal(field.text, "ab");
}

static void at_the_ends_nothing_is_removed(void **state) {
    (void)state;
    struct cr_text_field field = {.cursor = 0};
    cr_text_field_set(&field, "ab");
    cr_text_field_delete(&field);
    assert_string_equal(field.text, "ab");
    cr_text_field_move(&field, CR_TEXT_HOME);
    cr_text_field_backspace(&field);
    cr_text_field_move(&field, CR_TEXT_LEFT);
    assert_string_equal(field.text, "ab");
    assert_int_equal(field.cursor, 0);
    cr_text_field_move(&field, CR_TEXT_END);
    cr_text_field_move(&field, CR_TEXT_RIGHT);
    assert_int_equal(field.cursor, 2);
}

static void a_fresh_text_is_replaced_or_kept(void **state) {
    (void)state;
    struct cr_text_field field = {.cursor = 0};
    cr_text_field_set(&field, "0.8");
    field.fresh = true;
    cr_text_field_type(&field, "1");
    assert_string_equal(field.text, "1");
    field.fresh = true;
    cr_text_field_move(&field, CR_TEXT_END);
    cr_text_field_type(&field, "2");
    assert_string_equal(field.text, "12");
    field.fresh = true;
    cr_text_field_backspace(&field);
    assert_string_equal(field.text, "");
    assert_false(field.fresh);
}

static void what_does_not_fit_is_left_out(void **state) {
    (void)state;
    struct cr_text_field field = {.cursor = 0};
    for (int i = 0; i < 60; i++)
        cr_text_field_type(&field, "\303\244");
    assert_int_equal(strlen(field.text), 94); /* 95 bytes would break the last one */
    assert_int_equal(field.cursor, 94);
}

static void what_is_no_text_is_left_out(void **state) {
    (void)state;
    struct cr_text_field field = {.cursor = 0};
    cr_text_field_type(&field, "\n");
    cr_text_field_type(&field, "\377");
    cr_text_field_type(&field, "");
    assert_string_equal(field.text, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_typed_stands_at_the_cursor),
        cmocka_unit_test(characters_of_several_bytes_stay_whole),
        cmocka_unit_test(at_the_ends_nothing_is_removed),
        cmocka_unit_test(a_fresh_text_is_replaced_or_kept),
        cmocka_unit_test(what_does_not_fit_is_left_out),
        cmocka_unit_test(what_is_no_text_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
