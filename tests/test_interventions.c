#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "viz/world/interventions.h"

static void every_intervention_sets_live_parameters_within_their_range(void **state) {
    (void)state;
    for (size_t i = 0; i < cr_intervention_count(); i++) {
        struct cr_intervention_setting settings[CR_INTERVENTION_SETTINGS];
        struct cr_error error = {0};
        size_t count = 0;
        const struct cr_intervention *each = cr_intervention(i);
        if (cr_intervention_settings(each, settings, &count, &error) != 0)
            fail_msg("%s: %s", each->name, error.sentence);
        assert_in_range(count, 1, CR_INTERVENTION_SETTINGS);
        for (size_t k = 0; k < count; k++) {
            assert_int_equal(settings[k].field->role, CR_LIVE);
            assert_false(settings[k].value == settings[k].field->initial);
        }
        assert_in_range(each->weeks, 1, 52 * 50);
    }
}

static void names_are_words_of_their_own(void **state) {
    (void)state;
    for (size_t i = 0; i < cr_intervention_count(); i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(cr_intervention(i)->name, cr_intervention(k)->name);
}

static void what_is_no_setting_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"conflict.rate", "conflict.rat=1", "conflict.rate=99", "run.people=5",
        "conflict.rate=1 conflict.rate=1 conflict.rate=1 conflict.rate=1 conflict.rate=1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct cr_intervention_setting settings[CR_INTERVENTION_SETTINGS];
        struct cr_error error = {0};
        size_t count;
        const struct cr_intervention made_up = {"made_up", "Made up", 1, "nothing", wrong[i]};
        assert_int_equal(cr_intervention_settings(&made_up, settings, &count, &error), CR_ERROR_CONFIG);
        assert_true(*error.sentence != '\0');
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_intervention_sets_live_parameters_within_their_range),
        cmocka_unit_test(names_are_words_of_their_own),
        cmocka_unit_test(what_is_no_setting_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
