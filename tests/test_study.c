#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "failing_allocation.h"
#include "study/study.h"

static struct cr_axis *add(struct cr_study *study, const char *key) {
    struct cr_axis *axis = NULL;
    struct cr_error error = {0};
    if (cr_study_add_axis(study, key, &axis, "", &error))
        fail_msg("%s", error.sentence);
    return axis;
}

static void add_list(struct cr_study *study, const char *key, size_t count) {
    struct cr_axis *const axis = add(study, key);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(cr_axis_add_value(axis, (double)(i + 1) / 8.0, NULL), 0);
}

static void add_range(struct cr_study *study, const char *key) {
    struct cr_axis *const axis = add(study, key);
    axis->low = axis->field->minimum;
    axis->high = axis->field->maximum;
}

static void refused(const struct cr_study *study, const char *sentence) {
    struct cr_error error = {0};
    assert_int_equal(cr_study_check(study, &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, sentence);
}

static void every_row_of_the_settings_can_be_found_and_has_its_default(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    for (size_t i = 0; i < cr_study_registry.count; i++) {
        const struct cr_field *const field = &cr_study_registry.fields[i];
        assert_ptr_equal(cr_registry_find(&cr_study_registry, field->key), field);
        assert_true(cr_field_get(field, &study.settings) == field->initial);
        assert_true(field->initial >= field->minimum && field->initial <= field->maximum);
    }
    assert_int_equal(study.settings.design, CR_DESIGN_FACTORIAL);
    assert_int_equal(study.settings.on_failure, CR_FAILURE_CONTINUE);
    assert_true(study.settings.second_order);
    cr_study_free(&study);
}

static void designs_and_words_go_together(void **state) {
    (void)state;
    static const char *const words[] = {[CR_DESIGN_FACTORIAL] = "factorial",
        [CR_DESIGN_ZIP] = "zip",
        [CR_DESIGN_LATIN_HYPERCUBE] = "latin_hypercube",
        [CR_DESIGN_SOBOL] = "sobol",
        [CR_DESIGN_HALTON] = "halton",
        [CR_DESIGN_TABLE] = "table",
        [CR_DESIGN_MORRIS] = "morris",
        [CR_DESIGN_SALTELLI] = "saltelli"};
    const struct cr_field *const field = cr_registry_find(&cr_study_registry, "design");
    struct cr_study study;
    char buffer[32];
    cr_study_init(&study);
    assert_true(field->maximum == sizeof words / sizeof *words - 1);
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
        assert_int_equal(cr_field_set_text(field, &study.settings, words[i], "", NULL), 0);
        assert_int_equal(study.settings.design, i);
        assert_string_equal(cr_study_design_name(&study, buffer, sizeof buffer), words[i]);
        assert_int_equal(
            cr_study_lists_values(&study), i == CR_DESIGN_FACTORIAL || i == CR_DESIGN_ZIP || i == CR_DESIGN_TABLE);
    }
    const struct cr_field *const failure = cr_registry_find(&cr_study_registry, "on_failure");
    assert_int_equal(cr_field_set_text(failure, &study.settings, "stop", "", NULL), 0);
    assert_int_equal(study.settings.on_failure, CR_FAILURE_STOP);
    cr_study_free(&study);
}

static void a_new_study_is_the_default_scenario_once(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_scenario scenario;
    cr_study_init(&study);
    assert_int_equal(cr_study_check(&study, NULL), 0);
    assert_int_equal(cr_study_runs(&study), 1);
    assert_int_equal(cr_study_scenario(&study, NULL, &scenario, NULL), 0);
    assert_true(cr_registry_equal(&cr_parameter_registry, &scenario.parameters, &study.scenario.parameters));
    cr_scenario_free(&scenario);
    cr_study_free(&study);
    cr_study_free(&study);
}

static void each_design_has_its_number_of_points(void **state) {
    (void)state;
    static const struct {
        int design;
        bool second_order;
        int64_t points;
    } rows[] = {{CR_DESIGN_FACTORIAL, true, 12}, {CR_DESIGN_LATIN_HYPERCUBE, true, 64}, {CR_DESIGN_SOBOL, true, 64},
        {CR_DESIGN_HALTON, true, 64}, {CR_DESIGN_MORRIS, true, 60}, {CR_DESIGN_SALTELLI, true, 384},
        {CR_DESIGN_SALTELLI, false, 256}};
    struct cr_study study;
    cr_study_init(&study);
    add_list(&study, "couple.fit_weight", 3);
    add_list(&study, "learning.rate", 4);
    study.settings.points = 64;
    study.scenario.parameters.run_replicates = 5;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        study.settings.design = rows[i].design;
        study.settings.second_order = rows[i].second_order;
        assert_int_equal(cr_study_points(&study), rows[i].points);
        assert_int_equal(cr_study_runs(&study), 5 * rows[i].points);
    }
    cr_study_free(&study);
    cr_study_init(&study);
    add_list(&study, "couple.fit_weight", 4);
    add_list(&study, "learning.rate", 4);
    study.settings.design = CR_DESIGN_ZIP;
    assert_int_equal(cr_study_points(&study), 4);
    study.settings.design = CR_DESIGN_TABLE;
    assert_int_equal(cr_study_points(&study), 4);
    cr_study_free(&study);
}

static void too_many_runs_are_refused_however_many(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    for (size_t i = 0; i < 30; i++) {
        assert_int_equal(cr_study_check(&study, NULL), i < 10 ? 0 : CR_ERROR_CONFIG);
        add_list(&study, cr_parameter_registry.fields[20 + i].key, 8);
    }
    assert_true(cr_study_points(&study) > CR_STUDY_RUNS_MAX);
    refused(&study, "the study has more than 1000000000 runs");
    study.axes[1].value_count = SIZE_MAX / 2; /* 8 times as many would be less than none */
    assert_true(cr_study_points(&study) > CR_STUDY_RUNS_MAX);
    cr_study_free(&study);
    cr_study_init(&study);
    add_range(&study, "learning.rate");
    study.settings.design = CR_DESIGN_SOBOL;
    study.settings.points = 10000000;
    study.scenario.parameters.run_replicates = 100;
    assert_int_equal(cr_study_check(&study, NULL), 0);
    study.scenario.parameters.run_replicates = 101;
    refused(&study, "the study has more than 1000000000 runs");
    cr_study_free(&study);
}

static void a_key_is_known_or_told_with_its_nearest(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_error error = {0};
    struct cr_axis *axis;
    cr_study_init(&study);
    assert_int_equal(cr_study_add_axis(&study, "couple.fit_wight", &axis, "x.cfg:1: ", &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, "x.cfg:1: unknown parameter couple.fit_wight; did you mean couple.fit_weight?");
    assert_int_equal(study.axis_count, 0);
    cr_study_free(&study);
}

static void two_axes_of_one_key_are_refused(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    add_list(&study, "learning.rate", 2);
    add_list(&study, "couple.fit_weight", 2);
    add_list(&study, "learning.rate", 2);
    refused(&study, "two axes have the key learning.rate");
    cr_study_free(&study);
}

static void what_numbers_the_replicates_is_no_axis(void **state) {
    (void)state;
    static const char *const keys[] = {"run.replicates", "run.first_replicate"};
    for (size_t i = 0; i < 2; i++) {
        struct cr_study study;
        char sentence[160];
        cr_study_init(&study);
        add_list(&study, keys[i], 2);
        snprintf(sentence, sizeof sentence,
            "%s numbers the runs of a point and cannot be an axis; every point has the same replicates", keys[i]);
        refused(&study, sentence);
        cr_study_free(&study);
    }
}

static void zip_and_table_want_lists_of_one_length(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    add_list(&study, "learning.rate", 2);
    add_list(&study, "couple.fit_weight", 3);
    assert_int_equal(cr_study_check(&study, NULL), 0);
    study.settings.design = CR_DESIGN_ZIP;
    refused(&study, "learning.rate and couple.fit_weight must have equally many values, not 2 and 3");
    study.settings.design = CR_DESIGN_TABLE;
    refused(&study, "learning.rate and couple.fit_weight must have equally many values, not 2 and 3");
    cr_study_free(&study);
}

static void an_axis_has_what_its_design_takes(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    add_range(&study, "learning.rate");
    refused(&study, "the axis learning.rate has no values");
    study.settings.design = CR_DESIGN_SOBOL;
    assert_int_equal(cr_study_check(&study, NULL), 0);
    study.axes[0].low = study.axes[0].high;
    refused(&study, "low of learning.rate must be below high, 1, not 1");
    cr_study_free(&study);
}

static void each_design_takes_its_number_of_axes(void **state) {
    (void)state;
    static const struct {
        int design;
        size_t axes;
        const char *sentence; /* NULL: accepted */
    } rows[] = {{CR_DESIGN_SOBOL, 0, "the design sobol takes from 1 to 40 axes, not 0"}, {CR_DESIGN_SOBOL, 40, NULL},
        {CR_DESIGN_SOBOL, 41, "the design sobol takes from 1 to 40 axes, not 41"}, {CR_DESIGN_HALTON, 41, NULL},
        {CR_DESIGN_LATIN_HYPERCUBE, 41, NULL}, {CR_DESIGN_MORRIS, 41, NULL},
        {CR_DESIGN_ZIP, 0, "the design zip takes from 1 to 200 axes, not 0"},
        {CR_DESIGN_SALTELLI, 1, "the design saltelli takes from 2 to 200 axes, not 1"}, {CR_DESIGN_SALTELLI, 2, NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cr_study study;
        cr_study_init(&study);
        study.settings.design = rows[i].design;
        for (size_t k = 0; k < rows[i].axes; k++)
            add_range(&study, cr_parameter_registry.fields[20 + k].key);
        if (rows[i].sentence)
            refused(&study, rows[i].sentence);
        else
            assert_int_equal(cr_study_check(&study, NULL), 0);
        cr_study_free(&study);
    }
    struct cr_study alone;
    cr_study_init(&alone);
    alone.settings.design = CR_DESIGN_SALTELLI;
    alone.settings.second_order = false;
    add_range(&alone, "learning.rate");
    assert_int_equal(cr_study_check(&alone, NULL), 0);
    cr_study_free(&alone);
}

static void no_more_axes_than_there_is_room_for(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_error error = {0};
    struct cr_axis *axis = NULL;
    cr_study_init(&study);
    for (int i = 0; i < CR_STUDY_AXES_MAX; i++)
        assert_int_equal(cr_study_add_axis(&study, "learning.rate", &axis, "", NULL), 0);
    assert_int_equal(cr_study_add_axis(&study, "learning.rate", &axis, "x.csv:1: ", &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, "x.csv:1: a study has at most 200 axes");
    cr_study_free(&study);
}

static void what_no_estimator_could_use_is_refused(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    add_range(&study, "learning.rate");
    add_range(&study, "couple.fit_weight");
    study.settings.design = CR_DESIGN_MORRIS;
    study.settings.levels = 5;
    refused(&study, "levels must be an even number, such as 4, not 5");
    study.settings.design = CR_DESIGN_SALTELLI;
    assert_int_equal(cr_study_check(&study, NULL), 0);
    study.settings.points = 1;
    refused(&study, "points must be 2 or more for design saltelli, such as 1024");
    cr_study_free(&study);
}

static void a_study_that_keeps_nothing_is_refused(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    study.measures.all = false;
    refused(&study, "the study keeps neither measures nor series of its runs");
    study.series.all = true;
    assert_int_equal(cr_study_check(&study, NULL), 0);
    cr_study_free(&study);
}

/* A study of the share of a profile, the age of an event and a parameter. */
static void init_mixed(struct cr_study *study) {
    struct cr_profile *profile;
    struct cr_event *event;
    cr_study_init(study);
    assert_int_equal(cr_scenario_profile(&study->scenario, "cold", &profile, NULL), 0);
    assert_int_equal(cr_scenario_profile(&study->scenario, "warm", &profile, NULL), 0);
    assert_int_equal(cr_scenario_event(&study->scenario, "war", &event, NULL), 0);
    assert_int_equal(cr_scenario_assign(&study->scenario, "caregiving.form=profiles", "", NULL), 0);
    add_list(study, "profile.cold.share", 2);
    add_list(study, "event.war.age", 2);
    add_list(study, "run.people", 1);
}

static void a_points_scenario_is_the_studys_with_the_axes_set(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_scenario scenario;
    init_mixed(&study);
    assert_int_equal(cr_study_scenario(&study, (const double[]){0.25, 7.5, 99.0}, &scenario, NULL), 0);
    assert_true(scenario.profiles[0].profile.share == 0.25 && scenario.profiles[1].profile.share == 1.0);
    assert_true(scenario.events[0].event.age == 7.5);
    assert_int_equal(scenario.parameters.run_people, 99);
    assert_string_equal(scenario.profiles[1].name, "warm");
    assert_true(study.scenario.profiles[0].profile.share == 1.0);
    assert_true(study.scenario.events[0].event.age == 1.0);
    assert_int_equal(study.scenario.parameters.run_people, 4000);
    cr_scenario_free(&scenario);
    cr_study_free(&study);
}

static void an_axis_may_be_what_a_parameter_is_from_a_week_on(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    struct cr_axis *axis;
    init_mixed(&study);
    assert_int_equal(cr_scenario_assign(&study.scenario, "at.52.times.load=3", "", NULL), 0);
    add_list(&study, "at.104.times.load", 2);
    add_list(&study, "at.52.times.load", 2);
    assert_int_equal(cr_study_scenario(&study, (const double[]){0.25, 7.5, 99.0, 1.5, 2.5}, &scenario, NULL), 0);
    assert_int_equal(scenario.change_count, 2);
    assert_true(scenario.changes[0].week == 52 && scenario.changes[0].value == 2.5);
    assert_true(scenario.changes[1].week == 104 && scenario.changes[1].value == 1.5);
    assert_int_equal(study.scenario.change_count, 1);
    assert_true(study.scenario.changes[0].value == 3.0);
    cr_scenario_free(&scenario);
    assert_int_equal(cr_study_add_axis(&study, "at.52.run.people", &axis, "x: ", &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence,
        "x: run.people has the role fixed and cannot change in week 52; only live parameters change during a run");
    cr_study_free(&study);
}

static void values_that_do_not_go_together_are_refused(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    init_mixed(&study);
    study.scenario.profiles[1].profile.share = 0.0;
    assert_int_equal(cr_study_scenario(&study, (const double[]){0.0, 7.5, 99.0}, &scenario, &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, "caregiving.form is profiles, but the shares of all 2 profiles are 0");
    cr_scenario_free(&scenario);
    error = (struct cr_error){0};
    assert_int_equal(cr_study_scenario(&study, (const double[]){-1.0, 7.5, 99.0}, &scenario, &error), CR_ERROR_CONFIG);
    assert_string_equal(error.sentence, "profile.cold.share must be a number from 0 to 1000000, not -1");
    cr_scenario_free(&scenario);
    cr_study_free(&study);
}

static struct cr_reading reading_of(const char *measure, const char *group, double year) {
    struct cr_reading reading = {.measure = cr_measure_find(measure), .year = year};
    assert_true(reading.measure >= 0);
    strcpy(reading.group, group);
    return reading;
}

static void what_is_named_is_kept_and_nothing_else(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    const struct cr_reading share = reading_of("style_share", "secure", (double)NAN);
    const struct cr_reading other = reading_of("style_share", "fearful", (double)NAN);
    const struct cr_reading mean = reading_of("ecr_mean", "anxiety", (double)NAN);
    const struct cr_reading course = reading_of("style_share", "secure", 30.0);
    assert_true(cr_study_keeps(&study, &share));
    assert_true(cr_study_keeps(&study, &mean));
    assert_false(cr_study_keeps(&study, &course));
    study.measures.all = false;
    assert_false(cr_study_keeps(&study, &share));
    study.measures.kept = calloc(2, sizeof *study.measures.kept);
    assert_non_null(study.measures.kept);
    study.measures.count = 1;
    study.measures.kept[0] = (struct cr_kept){.measure = cr_measure_find("style_share"), .group = "secure"};
    assert_true(cr_study_keeps(&study, &share));
    assert_false(cr_study_keeps(&study, &other));
    assert_false(cr_study_keeps(&study, &mean));
    assert_false(cr_study_keeps(&study, &course));
    study.measures.kept[1] = (struct cr_kept){.measure = cr_measure_find("style_share")};
    study.measures.count = 2;
    assert_true(cr_study_keeps(&study, &other));
    study.series.all = true;
    assert_true(cr_study_keeps(&study, &course));
    cr_study_free(&study);
}

static void the_nth_allocation_fails_and_nothing_leaks(void **state) {
    (void)state;
    const double values[] = {0.25, 7.5, 99.0};
    const long held = allocations_held;
    struct cr_study study;
    init_mixed(&study);
    long n = 0;
    for (int code = CR_ERROR_MEMORY; code; n++) {
        struct cr_scenario scenario;
        struct cr_error error = {0};
        allocations_left = n;
        code = cr_study_scenario(&study, values, &scenario, &error);
        allocations_left = -1;
        if (code) {
            assert_int_equal(code, CR_ERROR_MEMORY);
            assert_string_equal(error.sentence, "there is no memory for a copy of the scenario");
        }
        cr_scenario_free(&scenario);
    }
    assert_int_equal(n, 3);
    struct cr_axis *axis;
    allocations_left = 0;
    const int code = cr_study_add_axis(&study, "learning.rate", &axis, "", NULL);
    allocations_left = -1;
    assert_int_equal(code, CR_ERROR_MEMORY);
    assert_int_equal(study.axis_count, 3);
    cr_study_free(&study);
    assert_int_equal(allocations_held, held);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_settings_can_be_found_and_has_its_default),
        cmocka_unit_test(designs_and_words_go_together),
        cmocka_unit_test(a_new_study_is_the_default_scenario_once),
        cmocka_unit_test(each_design_has_its_number_of_points),
        cmocka_unit_test(too_many_runs_are_refused_however_many),
        cmocka_unit_test(a_key_is_known_or_told_with_its_nearest),
        cmocka_unit_test(two_axes_of_one_key_are_refused),
        cmocka_unit_test(what_numbers_the_replicates_is_no_axis),
        cmocka_unit_test(zip_and_table_want_lists_of_one_length),
        cmocka_unit_test(an_axis_has_what_its_design_takes),
        cmocka_unit_test(each_design_takes_its_number_of_axes),
        cmocka_unit_test(no_more_axes_than_there_is_room_for),
        cmocka_unit_test(what_no_estimator_could_use_is_refused),
        cmocka_unit_test(a_study_that_keeps_nothing_is_refused),
        cmocka_unit_test(a_points_scenario_is_the_studys_with_the_axes_set),
        cmocka_unit_test(an_axis_may_be_what_a_parameter_is_from_a_week_on),
        cmocka_unit_test(values_that_do_not_go_together_are_refused),
        cmocka_unit_test(what_is_named_is_kept_and_nothing_else),
        cmocka_unit_test(the_nth_allocation_fails_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
