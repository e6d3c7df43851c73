#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "study_place.h"

/* A study of one axis in one line. */
#define FACTORIAL(axis) "axes = ( {\n" axis " } );"
#define SOBOL(axis) "design = \"sobol\"; axes = ( {\n" axis " } );"

static void assert_values(const struct study_place *place, const char *text, const double *expected, size_t count) {
    struct cr_study study;
    accepted(place, text, &study);
    const struct cr_axis *const axis = &study.axes[study.axis_count - 1];
    assert_int_equal(axis->value_count, count);
    for (size_t i = 0; i < count; i++)
        assert_true(axis->values[i] == expected[i]);
    cr_study_free(&study);
}

static void values_are_numbers_words_or_truths(void **state) {
    const struct study_place *const place = *state;
    assert_values(place, FACTORIAL("key = \"learning.rate\"; values = [0.3, 0.1];"), (const double[]){0.3, 0.1}, 2);
    assert_values(place, FACTORIAL("key = \"learning.rate\"; values = (1, 0.1);"), (const double[]){1.0, 0.1}, 2);
    assert_values(place, FACTORIAL("key = \"run.people\"; values = [100, 50];"), (const double[]){100, 50}, 2);
    assert_values(place, FACTORIAL("key = \"caregiving.form\"; values = [\"distribution\"];"), (const double[]){0}, 1);
    assert_values(place,
        "scenario = \"mix.cfg\"; axes = ( { key = \"event.war.replaces\"; values = [true, false]; } );",
        (const double[]){1, 0}, 2);
}

static void low_and_high_make_steps(void **state) {
    const struct study_place *const place = *state;
    assert_values(place, FACTORIAL("key = \"learning.rate\"; low = 0.1; high = 0.7; steps = 3;"),
        (const double[]){0.1, 0.4, 0.7}, 3);
    assert_values(place, FACTORIAL("key = \"learning.rate\"; low = 0.001; high = 1; steps = 4; scale = \"log\";"),
        (const double[]){0.001, 0.01, 0.1, 1.0}, 4);
    assert_values(place, FACTORIAL("key = \"learning.rate\"; low = 0.0; high = 1.0; steps = 2; scale = \"linear\";"),
        (const double[]){0.0, 1.0}, 2);
}

static void low_and_high_are_a_range(void **state) {
    struct cr_study study;
    accepted(*state, SOBOL("key = \"learning.rate\"; low = 0.1; high = 0.7; scale = \"log\";"), &study);
    assert_true(study.axes[0].low == 0.1 && study.axes[0].high == 0.7 && study.axes[0].logarithmic);
    assert_int_equal(study.axes[0].value_count, 0);
    cr_study_free(&study);
}

static void words_and_truths_need_no_values(void **state) {
    const struct study_place *const place = *state;
    assert_values(place, FACTORIAL("key = \"caregiving.form\";") "set = [\"caregiving.form=distribution\"];",
        (const double[]){0, 1}, 2);
    assert_values(
        place, "scenario = \"mix.cfg\"; axes = ( { key = \"event.war.replaces\"; } );", (const double[]){0, 1}, 2);
    struct cr_study study;
    accepted(place, SOBOL("key = \"caregiving.form\";"), &study);
    assert_true(study.axes[0].low == 0.0 && study.axes[0].high == 1.0);
    assert_int_equal(study.axes[0].value_count, 0);
    cr_study_free(&study);
}

static void an_axis_has_a_known_key(void **state) {
    const struct study_place *const place = *state;
    refused(place, FACTORIAL("values = [0.1];"),
        "study.cfg:1: an axis must have a key, such as { key = \"prototype.strength\"; ... }");
    refused(place, FACTORIAL("key = 3;"),
        "study.cfg:2: the key of an axis must be a line of text in quotes, and not empty");
    refused(place, FACTORIAL("key = \"learning.rat\"; values = [0.1];"),
        "study.cfg:2: unknown parameter learning.rat; did you mean learning.rate?");
    refused(place, FACTORIAL("key = \"profile.cold.share\"; values = [0.1];"),
        "study.cfg:2: the scenario has no profile cold");
    refused(place, "scenario = \"mix.cfg\"; " FACTORIAL("key = \"profile.cold.shrae\"; values = [0.1];"),
        "study.cfg:2: unknown profile field profile.cold.shrae; did you mean profile.cold.share?");
    refused(place, FACTORIAL("key = \"learning.rate\"; value = [0.1];"),
        "study.cfg:2: unknown setting value of an axis; did you mean values?");
    refused(
        place, FACTORIAL("key = \"learning.rate\"; zzzzzz = [0.1];"), "study.cfg:2: unknown setting zzzzzz of an axis");
    refused(place, "axes = ( 3 );",
        "study.cfg:1: an axis must stand in braces, such as { key = \"prototype.strength\"; values = [0.1, 1.0]; }");
    refused(place, "axes = [ 3 ];",
        "study.cfg:1: axes must be a list in round brackets, such as ( { key = \"prototype.strength\"; values = [0.1, "
        "1.0]; } )");
}

static void values_keep_the_parameters_range_and_type(void **state) {
    const struct study_place *const place = *state;
    refused(place, FACTORIAL("key = \"learning.rate\"; values = [0.5,\n1.5];"),
        "study.cfg:3: learning.rate must be a number from 0 to 1, not 1.5");
    refused(place, FACTORIAL("key = \"learning.rate\"; low = -0.5;\nhigh = 0.5; steps = 2;"),
        "study.cfg:2: learning.rate must be a number from 0 to 1, not -0.5");
    refused(place, FACTORIAL("key = \"learning.rate\"; low = 0.5;\nhigh = 2.5; steps = 2;"),
        "study.cfg:3: learning.rate must be a number from 0 to 1, not 2.5");
    refused(place, FACTORIAL("key = \"run.people\"; values = [2.5];"),
        "study.cfg:2: run.people must be a whole number from 2 to 10000000, not the real 2.5");
    refused(place, FACTORIAL("key = \"caregiving.form\"; values = [\"mix\"];"),
        "study.cfg:2: caregiving.form must be one of distribution | profiles, not mix");
    refused(place, "scenario = \"mix.cfg\"; " FACTORIAL("key = \"event.war.replaces\"; values = [1];"),
        "study.cfg:2: event.war.replaces must be true or false, not the number 1");
    refused(place, "scenario = \"mix.cfg\"; " SOBOL("key = \"profile.cold.share\"; low = -1; high = 1;"),
        "study.cfg:2: profile.cold.share must be a number from 0 to 1000000, not -1");
}

static void an_axis_has_values_or_a_range_and_not_both(void **state) {
    const struct study_place *const place = *state;
    refused(place, FACTORIAL("key = \"learning.rate\"; values = [0.5]; low = 0.1; high = 0.2;"),
        "study.cfg:2: the axis learning.rate takes no low, since it has values");
    refused(place, FACTORIAL("key = \"learning.rate\"; values = [0.5]; high = 0.2;"),
        "study.cfg:2: the axis learning.rate takes no high, since it has values");
    refused(place, FACTORIAL("key = \"learning.rate\"; values = [0.5]; steps = 2;"),
        "study.cfg:2: the axis learning.rate takes no steps, since it has values");
    refused(place, FACTORIAL("key = \"learning.rate\"; values = [0.5]; scale = \"log\";"),
        "study.cfg:2: the axis learning.rate takes no scale, since it has values");
    refused(place, FACTORIAL("key = \"caregiving.form\"; low = 0; high = 1;"),
        "study.cfg:2: the axis caregiving.form takes no low, since it is no number");
    static const char *const partial[] = {"", "low = 0.1;", "high = 0.1;", "low = 0.1; high = 0.2;", "steps = 3;"};
    for (size_t i = 0; i < sizeof partial / sizeof *partial; i++) {
        char text[160];
        snprintf(text, sizeof text, "axes = (\n{ key = \"learning.rate\"; %s } );", partial[i]);
        refused(place, text, "study.cfg:2: the axis learning.rate must have values, or low, high and steps");
    }
    refused(
        place, FACTORIAL("key = \"learning.rate\"; values = [];"), "study.cfg:1: the axis learning.rate has no values");
    refused(place, FACTORIAL("key = \"learning.rate\"; values = 0.5;"),
        "study.cfg:2: the values of learning.rate must stand in brackets, such as values = [0.1, 1.0]");
}

static void an_axis_goes_with_its_design(void **state) {
    const struct study_place *const place = *state;
    refused(place, SOBOL("key = \"learning.rate\"; values = [0.5];"),
        "study.cfg:2: the axis learning.rate takes no values, since the design is sobol");
    refused(place, SOBOL("key = \"learning.rate\"; low = 0.1; high = 0.2; steps = 3;"),
        "study.cfg:2: the axis learning.rate takes no steps, since the design is sobol");
    refused(place, SOBOL("key = \"learning.rate\"; low = 0.1;"),
        "study.cfg:1: the axis learning.rate must have low and high");
    refused(place,
        "design = \"zip\"; axes = ( { key = \"learning.rate\"; values = [0.5]; },\n"
        "{ key = \"figure.rebuff\"; values = [0.5, 0.6]; } );",
        "study.cfg:2: learning.rate and figure.rebuff must have equally many values, not 1 and 2");
}

static void a_range_goes_upwards(void **state) {
    const struct study_place *const place = *state;
    refused(place, SOBOL("key = \"learning.rate\"; low = 0.2; high = 0.2;"),
        "study.cfg:2: low of learning.rate must be below high, 0.2, not 0.2");
    refused(place, FACTORIAL("key = \"learning.rate\"; low = 0.3; high = 0.2; steps = 3;"),
        "study.cfg:2: low of learning.rate must be below high, 0.2, not 0.3");
    refused(place, SOBOL("key = \"learning.rate\"; low = 0.0; high = 0.2; scale = \"log\";"),
        "study.cfg:2: low of learning.rate must be above 0 for a logarithmic scale, not 0");
    refused(place, SOBOL("key = \"learning.rate\"; low = 0.1; high = 0.2; scale = \"logarithmic\";"),
        "study.cfg:2: scale must be one of linear | log, not logarithmic");
    refused(place, FACTORIAL("key = \"learning.rate\"; low = 0.1; high = 0.2; steps = 1;"),
        "study.cfg:2: steps must be a whole number from 2 to 100000, not 1");
    refused(place, FACTORIAL("key = \"run.people\"; low = 2; high = 4; steps = 4;"),
        "study.cfg:1: run.people has no 4 different values from 2 to 4 that are whole numbers");
}

static void a_key_comes_once_and_does_not_number_the_runs(void **state) {
    const struct study_place *const place = *state;
    refused(place,
        "axes = ( { key = \"learning.rate\"; values = [0.5]; },\n{ key = \"learning.rate\"; values = [0.6]; } );",
        "study.cfg:2: two axes have the key learning.rate");
    refused(place, FACTORIAL("key = \"run.replicates\"; values = [2];"),
        "study.cfg:1: run.replicates numbers the runs of a point and cannot be an axis; every point has the same "
        "replicates");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(values_are_numbers_words_or_truths),
        IN_A_PLACE(low_and_high_make_steps),
        IN_A_PLACE(low_and_high_are_a_range),
        IN_A_PLACE(words_and_truths_need_no_values),
        IN_A_PLACE(an_axis_has_a_known_key),
        IN_A_PLACE(values_keep_the_parameters_range_and_type),
        IN_A_PLACE(an_axis_has_values_or_a_range_and_not_both),
        IN_A_PLACE(an_axis_goes_with_its_design),
        IN_A_PLACE(a_range_goes_upwards),
        IN_A_PLACE(a_key_comes_once_and_does_not_number_the_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
