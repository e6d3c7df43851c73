#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "model/caregiving.h"
#include "model/parameters.h"

struct sample {
    double spread;
    int64_t people;
    bool open;
    int form;
};

#define FORMS "none|profiles|distribution"
static const struct cr_field fields[] = {
    {"couple.spread", CR_REAL, 0.5, -1, 10, NULL, "sd", CR_LIVE, "how wide", "assumed",
        offsetof(struct sample, spread)},
    {"run.people", CR_INTEGER, 100, 2, 9007199254740991, NULL, "persons", CR_FIXED, "how many", "assumed",
        offsetof(struct sample, people)},
    {"run.open", CR_BOOLEAN, true, 0, 1, NULL, "1", CR_FIXED, "whether open", "assumed", offsetof(struct sample, open)},
    {"care.form", CR_CHOICE, 1, 0, CR_LAST_CHOICE(FORMS), FORMS, "1", CR_FIXED, "which form", "assumed",
        offsetof(struct sample, form)},
};
static const struct cr_registry registry = {"parameter", fields, 4};
enum { SPREAD, PEOPLE, OPEN, FORM };

static void defaults_fill_every_field(void **state) {
    (void)state;
    struct sample sample;
    memset(&sample, 0x5a, sizeof sample);
    cr_registry_reset(&registry, &sample);
    assert_true(sample.spread == 0.5);
    assert_int_equal(sample.people, 100);
    assert_true(sample.open);
    assert_int_equal(sample.form, 1);
    for (size_t i = 0; i < registry.count; i++)
        assert_true(cr_field_get(&fields[i], &sample) == fields[i].initial);
}

static void keys_are_found_whole(void **state) {
    (void)state;
    assert_ptr_equal(cr_registry_find(&registry, "run.people"), &fields[PEOPLE]);
    assert_null(cr_registry_find(&registry, "run.peopl"));
    assert_null(cr_registry_find(&registry, "run.people "));
    assert_null(cr_registry_find(&registry, ""));
}

static void refused(int field, const char *text, const char *sentence) {
    struct sample sample, before;
    struct cr_error error = {0};
    memset(&sample, 0, sizeof sample);
    cr_registry_reset(&registry, &sample);
    before = sample;
    assert_int_equal(cr_field_set_text(&fields[field], &sample, text, "x.cfg:3: ", &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, sentence);
    assert_memory_equal(&sample, &before, sizeof sample);
}

static void a_wrong_value_is_refused_with_the_allowed_range(void **state) {
    (void)state;
    refused(SPREAD, "10.5", "x.cfg:3: couple.spread must be a number from -1 to 10, not 10.5");
    refused(SPREAD, "wide", "x.cfg:3: couple.spread must be a number from -1 to 10, not wide");
    refused(SPREAD, "", "x.cfg:3: couple.spread must be a number from -1 to 10, not empty");
    refused(PEOPLE, "1", "x.cfg:3: run.people must be a whole number from 2 to 9007199254740991, not 1");
    refused(PEOPLE, "2.5", "x.cfg:3: run.people must be a whole number from 2 to 9007199254740991, not 2.5");
    refused(PEOPLE, "9007199254740993",
        "x.cfg:3: run.people must be a whole number from 2 to 9007199254740991, not 9007199254740993");
    refused(OPEN, "maybe", "x.cfg:3: run.open must be true or false, not maybe");
    refused(FORM, "profile", "x.cfg:3: care.form must be one of none | profiles | distribution, not profile");
    refused(FORM, "", "x.cfg:3: care.form must be one of none | profiles | distribution, not empty");
    refused(
        FORM, "none|profiles", "x.cfg:3: care.form must be one of none | profiles | distribution, not none|profiles");
}

static void a_wrong_number_is_refused_and_nothing_stored(void **state) {
    (void)state;
    struct sample sample;
    cr_registry_reset(&registry, &sample);
    assert_int_equal(cr_field_set(&fields[SPREAD], &sample, (double)NAN, "", NULL), CR_ERROR_CONFIG);
    assert_int_equal(cr_field_set(&fields[SPREAD], &sample, (double)INFINITY, "", NULL), CR_ERROR_CONFIG);
    assert_int_equal(cr_field_set(&fields[PEOPLE], &sample, 2.5, "", NULL), CR_ERROR_CONFIG);
    assert_int_equal(cr_field_set(&fields[OPEN], &sample, 0.5, "", NULL), CR_ERROR_CONFIG);
    assert_int_equal(cr_field_set(&fields[FORM], &sample, 3.0, "", NULL), CR_ERROR_CONFIG);
    for (size_t i = 0; i < registry.count; i++)
        assert_true(cr_field_get(&fields[i], &sample) == fields[i].initial);
}

static void what_is_written_reads_back(void **state) {
    (void)state;
    static const struct {
        int field;
        const char *text;
        double value;
    } values[] = {{SPREAD, "-1", -1.0}, {SPREAD, "0.1", 0.1}, {PEOPLE, "9007199254740991", 9007199254740991.0},
        {OPEN, "false", 0.0}, {OPEN, "true", 1.0}, {FORM, "none", 0.0}, {FORM, "distribution", 2.0}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct sample sample;
        char buffer[64];
        const struct cr_field *const field = &fields[values[i].field];
        cr_registry_reset(&registry, &sample);
        assert_int_equal(cr_field_set_text(field, &sample, values[i].text, "", NULL), 0);
        assert_true(cr_field_get(field, &sample) == values[i].value);
        assert_string_equal(cr_field_format(field, &sample, buffer, sizeof buffer), values[i].text);
    }
}

static void truth_has_many_words(void **state) {
    (void)state;
    static const char *const truths[] = {"true", "yes", "on", "1"}, *const lies[] = {"false", "no", "off", "0"};
    struct sample sample;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(cr_field_set_text(&fields[OPEN], &sample, truths[i], "", NULL), 0);
        assert_true(sample.open);
        assert_int_equal(cr_field_set_text(&fields[OPEN], &sample, lies[i], "", NULL), 0);
        assert_false(sample.open);
    }
}

static void minus_zero_is_zero(void **state) {
    (void)state;
    struct sample sample;
    assert_int_equal(cr_field_set_text(&fields[SPREAD], &sample, "-0", "", NULL), 0);
    assert_false(signbit(sample.spread));
}

static void ranges_are_told_in_words(void **state) {
    (void)state;
    char buffer[64], small[12];
    assert_string_equal(cr_field_range(&fields[SPREAD], buffer, sizeof buffer), "-1 to 10");
    assert_string_equal(cr_field_range(&fields[OPEN], buffer, sizeof buffer), "true or false");
    assert_string_equal(cr_field_range(&fields[FORM], buffer, sizeof buffer), "none | profiles | distribution");
    assert_string_equal(cr_field_range(&fields[FORM], small, sizeof small), "none | prof");
}

static void an_unknown_key_names_the_nearest_one(void **state) {
    (void)state;
    static const struct {
        const char *key, *sentence;
    } pairs[] = {{"run.peple", "x: unknown parameter run.peple; did you mean run.people?"},
        {"people", "x: unknown parameter people; did you mean run.people?"},
        {"couple.people", "x: unknown parameter couple.people; did you mean run.people?"},
        {"zzz.qqqq", "x: unknown parameter zzz.qqqq"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct cr_error error = {0};
        assert_int_equal(cr_registry_unknown(&registry, pairs[i].key, "x: ", &error), CR_ERROR_CONFIG);
        assert_string_equal(error.sentence, pairs[i].sentence);
    }
}

static void check_rows(const struct cr_registry *rows, bool dotted) {
    for (size_t i = 0; i < rows->count; i++) {
        const struct cr_field *const field = &rows->fields[i];
        assert_ptr_equal(cr_registry_find(rows, field->key), field); /* no key twice */
        assert_true(!dotted == !strchr(field->key, '.'));
        assert_true(strlen(field->key) < 64);
        assert_true(field->minimum <= field->initial && field->initial <= field->maximum);
        assert_true(*field->what && *field->source && *field->unit);
        assert_true(strlen(field->what) < 400);
        assert_int_equal(strcspn(field->what, "\n\""), strlen(field->what));
        if (field->type == CR_REAL) {
            assert_true(isfinite(field->minimum) && isfinite(field->maximum));
            continue;
        }
        assert_true(floor(field->initial) == field->initial);
        if (field->type != CR_CHOICE)
            continue;
        int bars = 0;
        for (const char *at = field->choices; *at; at++)
            bars += *at == '|';
        assert_true(strlen(field->choices) < 128);
        assert_true(field->maximum == bars);
    }
}

static void every_row_of_the_model_is_sound(void **state) {
    (void)state;
    check_rows(&cr_parameter_registry, true);
    check_rows(&cr_profile_registry, false);
    check_rows(&cr_event_registry, false);
}

static void the_struct_holds_what_the_row_says(void **state) {
    (void)state;
    struct cr_parameters parameters;
    struct cr_profile profile;
    struct cr_event event;
    cr_registry_reset(&cr_parameter_registry, &parameters);
    cr_registry_reset(&cr_profile_registry, &profile);
    cr_registry_reset(&cr_event_registry, &event);
    assert_int_equal(
        cr_field_set_text(cr_registry_find(&cr_parameter_registry, "run.people"), &parameters, "77", "", NULL), 0);
    assert_int_equal(parameters.run_people, 77);
    assert_int_equal(
        cr_field_set_text(cr_registry_find(&cr_profile_registry, "rebuff"), &profile, "0.25", "", NULL), 0);
    assert_true(profile.rebuff == 0.25);
    assert_int_equal(cr_field_set_text(cr_registry_find(&cr_event_registry, "replaces"), &event, "yes", "", NULL), 0);
    assert_true(event.replaces);
}

static void structs_are_equal_while_every_field_is(void **state) {
    (void)state;
    struct cr_parameters one, other;
    memset(&one, 0, sizeof one);
    memset(&other, 0xff, sizeof other); /* whatever lies between the fields does not count */
    cr_registry_reset(&cr_parameter_registry, &one);
    cr_registry_reset(&cr_parameter_registry, &other);
    assert_true(cr_registry_equal(&cr_parameter_registry, &one, &other));
    other.run_seed++;
    assert_false(cr_registry_equal(&cr_parameter_registry, &one, &other));
}

static void types_and_roles_have_names(void **state) {
    (void)state;
    assert_string_equal(cr_value_type_name(CR_CHOICE), "choice");
    assert_string_equal(cr_role_name(CR_INSTRUMENT), "instrument");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_fill_every_field),
        cmocka_unit_test(keys_are_found_whole),
        cmocka_unit_test(a_wrong_value_is_refused_with_the_allowed_range),
        cmocka_unit_test(a_wrong_number_is_refused_and_nothing_stored),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(truth_has_many_words),
        cmocka_unit_test(minus_zero_is_zero),
        cmocka_unit_test(ranges_are_told_in_words),
        cmocka_unit_test(an_unknown_key_names_the_nearest_one),
        cmocka_unit_test(every_row_of_the_model_is_sound),
        cmocka_unit_test(the_struct_holds_what_the_row_says),
        cmocka_unit_test(structs_are_equal_while_every_field_is),
        cmocka_unit_test(types_and_roles_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
