#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
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
    assert_int_equal(scenario.change_count, 0);
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
        {"at.5.times.load=10.5", "--set: at.5.times.load must be a number from 0 to 10, not 10.5"},
        {"at.5.times.load=", "--set: at.5.times.load must be a number from 0 to 10, not empty"},
        {"at.5.times.laod=1", "--set: unknown parameter at.5.times.laod; did you mean at.5.times.load?"},
        {"at.5.run.people=9", "--set: run.people has the role fixed and cannot change in week 5; only live parameters "
                              "change during a run"},
        {"at.7.ecr.anxiety_cut=3", "--set: ecr.anxiety_cut has the role instrument and cannot change in week 7; only "
                                   "live parameters change during a run"},
        {"at.times.load=1", "--set: at.times.load tells no week; a change is written at.<week>.<group>.<name>, with a "
                            "week from 0 to 9999, such as at.520.needs.rate_adult"},
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

static const struct cr_field *field_of(const char *key) {
    const struct cr_field *const field = cr_registry_find(&cr_parameter_registry, key);
    assert_non_null(field);
    return field;
}

static void change(struct cr_scenario *scenario, int32_t week, const char *key, double value) {
    assert_int_equal(cr_scenario_change(scenario, week, field_of(key), value, "", NULL), 0);
}

static void expect_change(
    const struct cr_scenario *scenario, size_t place, int32_t week, const char *key, double value) {
    assert_true(place < scenario->change_count);
    assert_int_equal(scenario->changes[place].week, week);
    assert_string_equal(scenario->changes[place].field->key, key);
    assert_true(scenario->changes[place].value == value);
}

static void changes_stand_by_week_and_within_one_as_they_were_added(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    change(&scenario, 20, "times.load", 2.0);
    change(&scenario, 0, "learning.rate", 0.5);
    change(&scenario, 20, "grief.years", 1.5);
    change(&scenario, 20, "couple.adjustment", 0.25);
    change(&scenario, CR_CHANGE_WEEK_MAX, "times.load", 1.0);
    change(&scenario, 19, "times.load", 3.0);
    static const char *const keys[] = {
        "learning.rate", "times.load", "times.load", "grief.years", "couple.adjustment", "times.load"};
    static const int32_t weeks[] = {0, 19, 20, 20, 20, CR_CHANGE_WEEK_MAX};
    static const double values[] = {0.5, 3.0, 2.0, 1.5, 0.25, 1.0};
    assert_int_equal(scenario.change_count, 6);
    for (size_t i = 0; i < 6; i++)
        expect_change(&scenario, i, weeks[i], keys[i], values[i]);
    cr_scenario_free(&scenario);
    cr_scenario_free(&scenario);
    assert_int_equal(scenario.change_count, 0);
}

static void a_second_change_of_a_week_and_parameter_takes_the_place_of_the_first(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    change(&scenario, 20, "times.load", 2.0);
    change(&scenario, 20, "grief.years", 1.5);
    change(&scenario, 21, "times.load", 1.0);
    change(&scenario, 20, "times.load", 4.0);
    assert_int_equal(scenario.change_count, 3);
    expect_change(&scenario, 0, 20, "times.load", 4.0);
    expect_change(&scenario, 1, 20, "grief.years", 1.5);
    expect_change(&scenario, 2, 21, "times.load", 1.0);
    cr_scenario_free(&scenario);
}

static void a_wrong_change_is_refused_and_leaves_the_others(void **state) {
    (void)state;
    static const struct {
        int32_t week;
        const char *key;
        double value;
        const char *sentence;
    } rows[] = {{-1, "times.load", 1.0, "x:3: the week of a change must be a whole number from 0 to 9999, not -1"},
        {10000, "times.load", 1.0, "x:3: the week of a change must be a whole number from 0 to 9999, not 10000"},
        {3, "times.fright", 1.5, "x:3: at.3.times.fright must be a number from -1 to 1, not 1.5"},
        {3, "times.load", (double)NAN, "x:3: at.3.times.load must be a number from 0 to 10, not NA"},
        {3, "life.median_age", 70.0,
            "x:3: life.median_age has the role fixed and cannot change in week 3; only live "
            "parameters change during a run"}};
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    change(&scenario, 3, "times.load", 2.0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cr_error error = {0};
        assert_int_equal(
            cr_scenario_change(&scenario, rows[i].week, field_of(rows[i].key), rows[i].value, "x:3: ", &error),
            CR_ERROR_CONFIG);
        assert_string_equal(error.sentence, rows[i].sentence);
    }
    assert_int_equal(scenario.change_count, 1);
    expect_change(&scenario, 0, 3, "times.load", 2.0);
    cr_scenario_free(&scenario);
}

static void every_live_parameter_can_change_and_no_other(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    size_t live = 0;
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        const int code = cr_scenario_change(&scenario, 1, field, field->maximum, "", NULL);
        assert_int_equal(code, field->role == CR_LIVE ? 0 : CR_ERROR_CONFIG);
        live += field->role == CR_LIVE;
    }
    assert_true(live > 50 && live < cr_parameter_registry.count);
    assert_int_equal(scenario.change_count, live);
    cr_scenario_free(&scenario);
}

static void a_change_is_in_force_from_its_week_until_the_next(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_parameters parameters;
    cr_scenario_init(&scenario);
    scenario.parameters.times_load = 1.25;
    change(&scenario, 30, "times.load", 3.0);
    change(&scenario, 20, "times.load", 2.0);
    change(&scenario, 20, "learning.rate", 0.5);
    static const int32_t weeks[] = {0, 19, 20, 29, 30, 9000};
    static const double loads[] = {1.25, 1.25, 2.0, 2.0, 3.0, 3.0};
    for (int k = 0; k < 6; k++) {
        cr_scenario_parameters(&scenario, weeks[k], &parameters);
        assert_true(parameters.times_load == loads[k]);
        assert_true(parameters.learning_rate == (k < 2 ? scenario.parameters.learning_rate : 0.5));
        parameters.times_load = scenario.parameters.times_load;
        parameters.learning_rate = scenario.parameters.learning_rate;
        assert_true(cr_registry_equal(&cr_parameter_registry, &parameters, &scenario.parameters));
    }
    cr_scenario_free(&scenario);
}

static void a_change_can_be_assigned_under_one_key_only(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    assert_int_equal(cr_scenario_assign(&scenario, "at.650.couple.conflict_weight=3", "", NULL), 0);
    assert_int_equal(cr_scenario_assign(&scenario, "at.0.couple.conflict_weight=1", "", NULL), 0);
    assert_int_equal(cr_scenario_set(&scenario, "at.650.couple.conflict_weight", 4.0, "", NULL), 0);
    assert_int_equal(scenario.change_count, 2);
    expect_change(&scenario, 0, 0, "couple.conflict_weight", 1.0);
    expect_change(&scenario, 1, 650, "couple.conflict_weight", 4.0);
    static const char *const wrong[] = {"at.0650.couple.conflict_weight", "at.00.couple.conflict_weight",
        "at.+1.couple.conflict_weight", "at.-1.couple.conflict_weight", "at.1e2.couple.conflict_weight",
        "at..couple.conflict_weight", "at.10000.couple.conflict_weight", "at.99999999999999999999.times.load", "at.5",
        "at.", "at.5.", "at.5.profile.cold.rebuff"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct cr_field *field;
        void *object;
        assert_int_equal(cr_scenario_set(&scenario, wrong[i], 1.0, "", NULL), CR_ERROR_CONFIG);
        assert_int_equal(cr_scenario_find(&scenario, wrong[i], &field, &object, "", NULL), CR_ERROR_CONFIG);
    }
    const struct cr_field *field = NULL;
    void *object = &scenario;
    assert_int_equal(cr_scenario_find(&scenario, "at.12.times.load", &field, &object, "", NULL), 0);
    assert_ptr_equal(field, field_of("times.load"));
    assert_null(object);
    assert_int_equal(scenario.change_count, 2);
    cr_scenario_free(&scenario);
}

static void a_value_can_be_set_by_key_in_every_part(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    cr_scenario_init(&scenario);
    profile_of(&scenario, "cold");
    event_of(&scenario, "war");
    assert_int_equal(cr_scenario_set(&scenario, "run.people", 77.0, "", NULL), 0);
    assert_int_equal(cr_scenario_set(&scenario, "profile.cold.rebuff", 0.75, "", NULL), 0);
    assert_int_equal(cr_scenario_set(&scenario, "event.war.replaces", 1.0, "", NULL), 0);
    assert_int_equal(scenario.parameters.run_people, 77);
    assert_true(profile_of(&scenario, "cold")->rebuff == 0.75);
    assert_true(event_of(&scenario, "war")->replaces);
    assert_int_equal(cr_scenario_set(&scenario, "profile.cold.rebuff", 2.0, "x: ", &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, "x: profile.cold.rebuff must be a number from 0 to 1, not 2");
    cr_scenario_free(&scenario);
}

static void fill(struct cr_scenario *scenario) {
    cr_scenario_init(scenario);
    strcpy(scenario->name, "full");
    profile_of(scenario, "cold")->rebuff = 0.75;
    event_of(scenario, "war")->age = 5.0;
    change(scenario, 9, "times.load", 2.0);
}

static void a_copy_shares_nothing_with_its_original(void **state) {
    (void)state;
    struct cr_scenario scenario, copy, empty;
    fill(&scenario);
    memset(&copy, 0x5a, sizeof copy);
    assert_int_equal(cr_scenario_copy(&copy, &scenario, NULL), 0);
    scenario.profiles[0].profile.rebuff = scenario.events[0].event.age = scenario.changes[0].value = 0.0;
    cr_scenario_free(&scenario);
    assert_string_equal(copy.name, "full");
    assert_true(profile_of(&copy, "cold")->rebuff == 0.75);
    assert_true(event_of(&copy, "war")->age == 5.0);
    expect_change(&copy, 0, 9, "times.load", 2.0);
    assert_int_equal(copy.profile_count + copy.event_count + copy.change_count, 3);
    cr_scenario_free(&copy);
    assert_int_equal(cr_scenario_copy(&empty, &scenario, NULL), 0);
    assert_null(empty.changes);
    cr_scenario_free(&empty);
}

static void without_memory_there_is_no_change_and_no_copy(void **state) {
    (void)state;
    struct cr_scenario scenario, copy;
    struct cr_error error = {0};
    fill(&scenario);
    allocations_left = 0;
    const int code = cr_scenario_change(&scenario, 4, field_of("times.load"), 3.0, "", &error);
    allocations_left = -1;
    assert_int_equal(code, CR_ERROR_MEMORY);
    assert_string_equal(error.sentence, "there is no memory for a change of times.load");
    assert_int_equal(scenario.change_count, 1);
    expect_change(&scenario, 0, 9, "times.load", 2.0);
    const long held = allocations_held;
    for (long n = 0; n < 3; n++) {
        error = (struct cr_error){0};
        allocations_left = n;
        const int copied = cr_scenario_copy(&copy, &scenario, &error);
        allocations_left = -1;
        assert_int_equal(copied, CR_ERROR_MEMORY);
        assert_string_equal(error.sentence, "there is no memory for a copy of the scenario");
        assert_int_equal(allocations_held, held);
        cr_scenario_free(&copy);
    }
    cr_scenario_free(&scenario);
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
    change(&scenario, 52, "times.fright", 1.0 / 3.0);
    change(&scenario, 7, "times.fright", -0.5);
    profile_of(&copy, "cold");
    event_of(&copy, "war");
    struct visits visits = {.copy = &copy};
    cr_scenario_visit(&scenario, visit, &visits);
    assert_int_equal(
        visits.count, cr_parameter_registry.count + cr_profile_registry.count + cr_event_registry.count + 2);
    assert_string_equal(visits.first, cr_parameter_registry.fields[0].key);
    assert_string_equal(visits.last, "at.52.times.fright");
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        assert_true(cr_field_get(field, &copy.parameters) == cr_field_get(field, &scenario.parameters));
    }
    assert_true(profile_of(&copy, "cold")->rebuff == 1.0 / 3.0);
    assert_true(event_of(&copy, "war")->replaces);
    assert_int_equal(copy.change_count, 2);
    expect_change(&copy, 0, 7, "times.fright", -0.5);
    expect_change(&copy, 1, 52, "times.fright", 1.0 / 3.0);
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
        cmocka_unit_test(changes_stand_by_week_and_within_one_as_they_were_added),
        cmocka_unit_test(a_second_change_of_a_week_and_parameter_takes_the_place_of_the_first),
        cmocka_unit_test(a_wrong_change_is_refused_and_leaves_the_others),
        cmocka_unit_test(every_live_parameter_can_change_and_no_other),
        cmocka_unit_test(a_change_is_in_force_from_its_week_until_the_next),
        cmocka_unit_test(a_change_can_be_assigned_under_one_key_only),
        cmocka_unit_test(a_value_can_be_set_by_key_in_every_part),
        cmocka_unit_test(a_copy_shares_nothing_with_its_original),
        cmocka_unit_test(without_memory_there_is_no_change_and_no_copy),
        cmocka_unit_test(what_a_visitor_is_told_makes_the_same_scenario),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
