#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "failing_allocation.h"
#include "model/scenario.h"

static struct cr_profile *profile_of(struct cr_scenario *scenario, const char *name) {
    struct cr_profile *profile = NULL;
    assert_int_equal(cr_scenario_profile(scenario, name, &profile, NULL), 0);
    return profile;
}

static struct cr_event *event_of(struct cr_scenario *scenario, const char *name) {
    struct cr_event *event = NULL;
    assert_int_equal(cr_scenario_event(scenario, name, &event, NULL), 0);
    return event;
}

static void a_new_scenario_has_the_defaults_and_nothing_else(void **state) {
    (void)state;
    struct cr_scenario scenario;
    memset(&scenario, 0x5a, sizeof scenario);
    cr_scenario_init(&scenario);
    assert_string_equal(scenario.name, "");
    assert_string_equal(scenario.title, "");
    assert_int_equal(scenario.profile_count, 0);
    assert_int_equal(scenario.event_count, 0);
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        assert_true(cr_field_get(field, &scenario.parameters) == field->initial);
    }
    cr_scenario_free(&scenario);
    cr_scenario_free(&scenario);
}

static void a_name_stands_for_one_profile_and_one_event(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    profile_of(&scenario, "cold")->rebuff = 0.75;
    profile_of(&scenario, "warm");
    event_of(&scenario, "cold")->age = 5.0;
    assert_true(profile_of(&scenario, "cold")->rebuff == 0.75);
    assert_true(event_of(&scenario, "cold")->age == 5.0);
    assert_int_equal(scenario.profile_count, 2);
    assert_int_equal(scenario.event_count, 1);
    cr_scenario_free(&scenario);
}

static void a_new_part_has_its_defaults(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_profile *const profile = profile_of(&scenario, "a");
    for (size_t i = 0; i < cr_profile_registry.count; i++)
        assert_true(cr_field_get(&cr_profile_registry.fields[i], profile) == cr_profile_registry.fields[i].initial);
    struct cr_event *const event = event_of(&scenario, "b");
    for (size_t i = 0; i < cr_event_registry.count; i++)
        assert_true(cr_field_get(&cr_event_registry.fields[i], event) == cr_event_registry.fields[i].initial);
    cr_scenario_free(&scenario);
}

static void names_must_be_words(void **state) {
    (void)state;
    char endless[200];
    memset(endless, 'n', sizeof endless);
    endless[199] = '\0';
    const char *const wrong[] = {"", "a b", "a.b", "a=b", "*", endless};
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct cr_profile *profile;
        struct cr_event *event;
        struct cr_error error = {0};
        assert_int_equal(cr_scenario_profile(&scenario, wrong[i], &profile, &error), CR_ERROR_CONFIG);
        assert_non_null(strstr(error.sentence, "must be a word"));
        assert_int_equal(cr_scenario_event(&scenario, wrong[i], &event, NULL), CR_ERROR_CONFIG);
    }
    assert_int_equal(scenario.profile_count + scenario.event_count, 0);
    cr_scenario_free(&scenario);
}

static void without_memory_a_part_is_refused_and_the_others_stay(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error profile_error = {0}, event_error = {0};
    struct cr_profile *profile;
    struct cr_event *event;
    cr_scenario_init(&scenario);
    profile_of(&scenario, "warm")->sensitivity = 0.875;
    event_of(&scenario, "war")->age = 4.0;
    allocations_left = 0;
    const int profile_code = cr_scenario_profile(&scenario, "cold", &profile, &profile_error);
    const int event_code = cr_scenario_event(&scenario, "loss", &event, &event_error);
    allocations_left = -1;
    assert_int_equal(profile_code, CR_ERROR_MEMORY);
    assert_int_equal(event_code, CR_ERROR_MEMORY);
    assert_non_null(strstr(profile_error.sentence, "profile cold"));
    assert_non_null(strstr(event_error.sentence, "event loss"));
    assert_int_equal(scenario.profile_count, 1);
    assert_int_equal(scenario.event_count, 1);
    assert_true(profile_of(&scenario, "warm")->sensitivity == 0.875);
    assert_true(event_of(&scenario, "war")->age == 4.0);
    cr_scenario_free(&scenario);
}

static void an_assignment_reaches_every_part(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    profile_of(&scenario, "cold-1");
    event_of(&scenario, "war");
    assert_int_equal(cr_scenario_assign(&scenario, "run.people=123", "", NULL), 0);
    assert_int_equal(cr_scenario_assign(&scenario, "profile.cold-1.rebuff=0.5", "", NULL), 0);
    assert_int_equal(cr_scenario_assign(&scenario, "event.war.replaces=yes", "", NULL), 0);
    assert_int_equal(scenario.parameters.run_people, 123);
    assert_true(profile_of(&scenario, "cold-1")->rebuff == 0.5);
    assert_true(event_of(&scenario, "war")->replaces);
    cr_scenario_free(&scenario);
}

static void a_wrong_assignment_says_what_would_be_right(void **state) {
    (void)state;
    static const struct {
        const char *assignment, *sentence;
    } pairs[] = {{"run.people=1", "--set: run.people must be a whole number from 2 to 10000000, not 1"},
        {"run.people=", "--set: run.people must be a whole number from 2 to 10000000, not empty"},
        {"run.people=5=6", "--set: run.people must be a whole number from 2 to 10000000, not 5=6"},
        {"run.peolpe=5", "--set: unknown parameter run.peolpe; did you mean run.people?"},
        {"profile.cold.rebuff=2", "--set: profile.cold.rebuff must be a number from 0 to 1, not 2"},
        {"profile.cold.rebuf=0", "--set: unknown profile field profile.cold.rebuf; did you mean profile.cold.rebuff?"},
        {"profile.cald.rebuff=0", "--set: the scenario has no profile cald; did you mean cold?"},
        {"profile.nobody_here.rebuff=0", "--set: the scenario has no profile nobody_here"},
        {"profiles.cold.rebuff=0", "--set: unknown parameter profiles.cold.rebuff; did you mean profile.cold.rebuff?"},
        {"event.wra.age=0", "--set: the scenario has no event wra; did you mean war?"},
        {"event.war.agee=0", "--set: unknown event field event.war.agee; did you mean event.war.age?"},
        {"events.war.age=0", "--set: unknown parameter events.war.age; did you mean event.war.age?"},
        {"run.people", "--set: an assignment must be written key=value, such as run.people=1000, not run.people"},
        {"=3", "--set: an assignment must be written key=value, such as run.people=1000, not =3"},
        {"", "--set: an assignment must be written key=value, such as run.people=1000, not empty"}};
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    profile_of(&scenario, "cold");
    event_of(&scenario, "war");
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct cr_error error = {0};
        assert_int_equal(cr_scenario_assign(&scenario, pairs[i].assignment, "--set: ", &error), CR_ERROR_CONFIG);
        assert_string_equal(error.sentence, pairs[i].sentence);
    }
    cr_scenario_free(&scenario);
}

/* Writes text into the middle of a buffer, without an end. */
static void put(char *place, const char *text) {
    while (*text)
        *place++ = *text++;
}

static void an_endless_key_is_refused(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    char assignment[5000];
    memset(assignment, 'k', sizeof assignment);
    strcpy(assignment + sizeof assignment - 3, "=1");
    cr_scenario_init(&scenario);
    assert_int_equal(cr_scenario_assign(&scenario, assignment, "", &error), CR_ERROR_CONFIG);
    put(assignment, "profile.");
    assignment[4000] = '.';
    const struct cr_field *field;
    void *object;
    assert_int_equal(cr_scenario_find(&scenario, assignment, &field, &object, "", NULL), CR_ERROR_CONFIG);
    cr_scenario_free(&scenario);
}

static void a_mix_needs_a_profile_with_a_share(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error none = {0}, empty = {0};
    cr_scenario_init(&scenario);
    assert_int_equal(cr_scenario_check(&scenario, NULL), 0);
    assert_int_equal(cr_scenario_assign(&scenario, "caregiving.form=profiles", "", NULL), 0);
    assert_int_equal(cr_scenario_check(&scenario, &none), CR_ERROR_CONFIG);
    assert_non_null(strstr(none.sentence, "names no profile"));
    profile_of(&scenario, "cold")->share = 0.0;
    assert_int_equal(cr_scenario_check(&scenario, &empty), CR_ERROR_CONFIG);
    assert_non_null(strstr(empty.sentence, "are 0"));
    profile_of(&scenario, "cold")->share = 0.25;
    assert_int_equal(cr_scenario_check(&scenario, NULL), 0);
    cr_scenario_free(&scenario);
}

struct visits {
    struct cr_scenario *copy;
    size_t count;
    char first[128], last[128];
};

static void visit(void *context, const char *key, const char *value, const struct cr_field *field) {
    struct visits *const visits = context;
    char assignment[256];
    assert_non_null(field);
    if (visits->count++ == 0)
        snprintf(visits->first, sizeof visits->first, "%s", key);
    snprintf(visits->last, sizeof visits->last, "%s", key);
    snprintf(assignment, sizeof assignment, "%s=%s", key, value);
    assert_int_equal(cr_scenario_assign(visits->copy, assignment, "", NULL), 0);
}

static void what_a_visitor_is_told_makes_the_same_scenario(void **state) {
    (void)state;
    struct cr_scenario scenario, copy;
    cr_scenario_init(&scenario);
    cr_scenario_init(&copy);
    assert_int_equal(cr_scenario_assign(&scenario, "run.years=12.345678901234567", "", NULL), 0);
    assert_int_equal(cr_scenario_assign(&scenario, "caregiving.form=profiles", "", NULL), 0);
    profile_of(&scenario, "cold")->rebuff = 1.0 / 3.0;
    event_of(&scenario, "war")->replaces = true;
    profile_of(&copy, "cold");
    event_of(&copy, "war");
    struct visits visits = {.copy = &copy};
    cr_scenario_visit(&scenario, visit, &visits);
    assert_int_equal(visits.count, cr_parameter_registry.count + cr_profile_registry.count + cr_event_registry.count);
    assert_string_equal(visits.first, cr_parameter_registry.fields[0].key);
    assert_memory_equal(visits.last, "event.war.", 10);
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        assert_true(cr_field_get(field, &copy.parameters) == cr_field_get(field, &scenario.parameters));
    }
    assert_true(profile_of(&copy, "cold")->rebuff == 1.0 / 3.0);
    assert_true(event_of(&copy, "war")->replaces);
    cr_scenario_free(&scenario);
    cr_scenario_free(&copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_scenario_has_the_defaults_and_nothing_else),
        cmocka_unit_test(a_name_stands_for_one_profile_and_one_event),
        cmocka_unit_test(a_new_part_has_its_defaults),
        cmocka_unit_test(names_must_be_words),
        cmocka_unit_test(without_memory_a_part_is_refused_and_the_others_stay),
        cmocka_unit_test(an_assignment_reaches_every_part),
        cmocka_unit_test(a_wrong_assignment_says_what_would_be_right),
        cmocka_unit_test(an_endless_key_is_refused),
        cmocka_unit_test(a_mix_needs_a_profile_with_a_share),
        cmocka_unit_test(what_a_visitor_is_told_makes_the_same_scenario),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
