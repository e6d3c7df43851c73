#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/config.h"
#include "io/config_text.h"
#include "io/manifest.h"

static char *text_of(const struct cr_scenario *scenario) {
    char *text = NULL;
    struct cr_error error = {0};
    if (cr_config_text(scenario, &text, &error))
        fail_msg("%s", error.sentence);
    assert_non_null(text);
    return text;
}

static void read_text(const char *text, struct cr_scenario *scenario) {
    char path[] = "/tmp/cradle_text_XXXXXX";
    struct cr_error error = {0};
    FILE *const stream = fdopen(mkstemp(path), "w");
    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0 && fclose(stream) == 0);
    const int code = cr_config_load_scenario(path, scenario, &error);
    unlink(path);
    if (code)
        fail_msg("%s", error.sentence);
}

/* Writes, reads and writes a scenario; frees it. */
static void assert_survives(struct cr_scenario *scenario) {
    struct cr_scenario again;
    char one[CR_DIGEST_HEX_SIZE], other[CR_DIGEST_HEX_SIZE];
    char *const text = text_of(scenario);
    read_text(text, &again);
    cr_fingerprint(scenario, one);
    cr_fingerprint(&again, other);
    assert_string_equal(one, other);
    assert_string_equal(scenario->title, again.title);
    if (*scenario->name)
        assert_string_equal(scenario->name, again.name);
    char *const text_again = text_of(&again);
    if (*scenario->name)
        assert_string_equal(text, text_again);
    free(text);
    free(text_again);
    cr_scenario_free(scenario);
    cr_scenario_free(&again);
}

static void every_shipped_scenario_survives(void **state) {
    (void)state;
    static const char *const folders[] = {CR_SOURCE_DIR "/configs", CR_SOURCE_DIR "/configs/scenarios"};
    int count = 0;
    for (size_t i = 0; i < 2; i++) {
        DIR *const entries = opendir(folders[i]);
        assert_non_null(entries);
        for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
            char path[512];
            struct cr_scenario scenario;
            if (!strstr(entry->d_name, ".cfg"))
                continue;
            snprintf(path, sizeof path, "%s/%s", folders[i], entry->d_name);
            assert_int_equal(cr_config_read_scenario(path, &scenario, NULL), 0);
            assert_survives(&scenario);
            count++;
        }
        closedir(entries);
    }
    assert_true(count >= 10);
}

/* A value of the field that neither is its default nor is easily written. */
static double odd_value(const struct cr_field *field, double part) {
    if (field->type == CR_REAL)
        return field->minimum + part * (field->maximum - field->minimum);
    if (field->type == CR_INTEGER)
        return field->maximum;
    return field->minimum + field->maximum - field->initial;
}

static void set_all(const struct cr_registry *registry, void *object, double part) {
    for (size_t i = 0; i < registry->count; i++)
        assert_int_equal(
            cr_field_set(&registry->fields[i], object, odd_value(&registry->fields[i], part), "", NULL), 0);
}

static void change_all(struct cr_scenario *scenario, int32_t week, double part) {
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        if (field->role == CR_LIVE)
            assert_int_equal(cr_scenario_change(scenario, week, field, odd_value(field, part), "", NULL), 0);
    }
}

static void all_that_a_scenario_can_hold_survives(void **state) {
    (void)state;
    static const double parts[] = {0.0, 1.0, 1.0 / 3.0, 1e-7, 1e-300, 0.12345678901234567};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct cr_scenario scenario;
        struct cr_profile *profile;
        struct cr_event *event;
        cr_scenario_init(&scenario);
        strcpy(scenario.name, "all-of_it");
        strcpy(scenario.title, "\"Quoted\" \\ and \xc3\xa9t\xc3\xa9 # no comment /* nor this; */ @include");
        set_all(&cr_parameter_registry, &scenario.parameters, parts[i]);
        assert_int_equal(cr_scenario_profile(&scenario, "z-last_1", &profile, NULL), 0);
        set_all(&cr_profile_registry, profile, parts[i]);
        assert_int_equal(cr_scenario_profile(&scenario, "a", &profile, NULL), 0);
        assert_int_equal(cr_scenario_event(&scenario, "war", &event, NULL), 0);
        set_all(&cr_event_registry, event, parts[i]);
        change_all(&scenario, 3, parts[i]);
        change_all(&scenario, 0, parts[i]);
        assert_survives(&scenario);
    }
}

static void the_default_scenario_without_a_name_survives(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    assert_survives(&scenario);
}

static void whole_numbers_keep_all_their_digits(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.run_seed = 9000000000000000; /* as a real it would be written 9e+15 */
    scenario.parameters.run_people = 10000000;
    char *const text = text_of(&scenario);
    assert_non_null(strstr(text, "\n    seed = 9000000000000000;\n"));
    assert_non_null(strstr(text, "\n    people = 10000000;\n"));
    free(text);
    assert_survives(&scenario);
}

static void changes_are_written_one_a_line_in_their_order(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    char *const none = text_of(&scenario);
    assert_non_null(strstr(none, "\nchanges : (\n);\n"));
    free(none);
    assert_int_equal(cr_scenario_assign(&scenario, "at.650.couple.conflict_weight=3", "", NULL), 0);
    assert_int_equal(cr_scenario_assign(&scenario, "at.52.times.fright=-0.25", "", NULL), 0);
    char *const text = text_of(&scenario);
    assert_non_null(strstr(text, "\nchanges : (\n    { week = 52; key = \"times.fright\"; value = -0.25; },\n"
                                 "    { week = 650; key = \"couple.conflict_weight\"; value = 3; }\n);\n"));
    free(text);
    assert_survives(&scenario);
}

static void a_name_that_no_file_can_hold_is_refused(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_profile *profile;
    struct cr_event *event;
    struct cr_error error = {0};
    char *text = &(char){'x'};
    cr_scenario_init(&scenario);
    assert_int_equal(cr_scenario_event(&scenario, "_war", &event, NULL), 0);
    assert_int_equal(cr_config_text(&scenario, &text, &error), CR_ERROR_CONFIG);
    assert_null(text);
    assert_string_equal(
        error.sentence, "the event _war cannot be written in a config file, where names begin with a letter");
    error = (struct cr_error){0};
    assert_int_equal(cr_scenario_profile(&scenario, "1st", &profile, NULL), 0);
    assert_int_equal(cr_config_text(&scenario, &text, &error), CR_ERROR_CONFIG);
    assert_string_equal(
        error.sentence, "the profile 1st cannot be written in a config file, where names begin with a letter");
    cr_scenario_free(&scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_scenario_survives),
        cmocka_unit_test(all_that_a_scenario_can_hold_survives),
        cmocka_unit_test(the_default_scenario_without_a_name_survives),
        cmocka_unit_test(whole_numbers_keep_all_their_digits),
        cmocka_unit_test(changes_are_written_one_a_line_in_their_order),
        cmocka_unit_test(a_name_that_no_file_can_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
