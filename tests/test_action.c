#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "viz/controls/action.h"

static struct cr_key key_of(const char *text) {
    struct cr_key key;
    if (!cr_key_parse(text, &key))
        fail_msg("no key: %s", text);
    return key;
}

static void keys_are_read_with_what_is_held(void **state) {
    (void)state;
    assert_int_equal(key_of("space").code, SDLK_SPACE);
    assert_true(key_of("shift+right").shift);
    assert_int_equal(key_of("ctrl+s").code, SDLK_s);
    assert_true(key_of("ctrl+s").control);
    assert_int_equal(key_of("P").code, SDLK_p);
    assert_int_equal(key_of("?").character, '?');
    assert_int_equal(key_of("+").character, '+');
    struct cr_key key;
    static const char *const none[] = {"", "spacebar", "shift+", "ctrl+?", "pp", " "};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(cr_key_parse(none[i], &key));
}

static void every_key_does_one_thing(void **state) {
    (void)state;
    for (int a = 0; a < CR_ACTIONS; a++) {
        char keys[128];
        (void)strcpy(keys, cr_action_row((enum cr_action)a)->keys);
        for (char *word = strtok(keys, " "); word; word = strtok(NULL, " "))
            assert_int_equal(cr_key_action(key_of(word)), a);
    }
}

static void keys_that_mean_nothing_do_nothing(void **state) {
    (void)state;
    assert_int_equal(cr_key_action(key_of("ctrl+p")), CR_DO_NOTHING);
    assert_int_equal(cr_key_action(key_of("&")), CR_DO_NOTHING);
    assert_int_equal(cr_key_action(key_of("s")), CR_DO_SCREENSHOT);
    assert_int_equal(cr_key_action(key_of("shift+s")), CR_DO_DRAWINGS);
    assert_int_equal(cr_key_action(key_of("ctrl+s")), CR_DO_SAVE);
}

static void keys_are_said_as_people_say_them(void **state) {
    (void)state;
    char text[64];
    assert_string_equal(cr_action_keys(CR_DO_PLAY, 2, text, sizeof text), "Space");
    assert_string_equal(cr_action_keys(CR_DO_SAVE, 2, text, sizeof text), "Ctrl + S");
    assert_string_equal(cr_action_keys(CR_DO_HELP, 2, text, sizeof text), "? or F1");
    assert_string_equal(cr_action_keys(CR_DO_HELP, 1, text, sizeof text), "?");
    assert_string_equal(cr_action_keys(CR_DO_SPEED, 1, text, sizeof text), "");
}

static void rows_with_keys_come_first_and_in_groups(void **state) {
    (void)state;
    bool keyless = false;
    for (int a = 0; a < CR_ACTIONS; a++) {
        const struct cr_action_row *row = cr_action_row((enum cr_action)a);
        assert_true(*row->words != '\0' && !isupper((unsigned char)row->words[0]));
        if (!*row->keys)
            keyless = true;
        else
            assert_false(keyless);
        for (int b = a + 1; b < CR_ACTIONS && a > 0; b++) /* a group stays together */
            if (strcmp(cr_action_row((enum cr_action)b)->group, row->group) == 0)
                assert_string_equal(cr_action_row((enum cr_action)(b - 1))->group, row->group);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_read_with_what_is_held),
        cmocka_unit_test(every_key_does_one_thing),
        cmocka_unit_test(keys_that_mean_nothing_do_nothing),
        cmocka_unit_test(keys_are_said_as_people_say_them),
        cmocka_unit_test(rows_with_keys_come_first_and_in_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
