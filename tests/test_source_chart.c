#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "chart_place.h"
#include "measure/measures.h"

static void groups_mean_what_their_names_say(void **state) {
    (void)state;
    assert_int_equal(cr_meaning_of("secure"), CR_MEANING_SECURE);
    assert_int_equal(cr_meaning_of("fearful"), CR_MEANING_FEARFUL);
    assert_int_equal(cr_meaning_of("D"), CR_MEANING_CLASS_D);
    assert_int_equal(cr_meaning_of("all"), CR_MEANING_NEUTRAL);
    assert_int_equal(cr_meaning_of("anxiety"), CR_MEANING_BY_PLACE);
    assert_int_equal(cr_meaning_of(""), CR_MEANING_BY_PLACE);
}

static void measures_are_told_in_words(void **state) {
    (void)state;
    struct cr_holdings held = {0};
    assert_string_equal(cr_source_title(&held, "style_share", NULL), "Attachment styles of adults");
    assert_string_equal(cr_source_title(&held, "style_share", "secure"), "Share of secure adults");
    assert_string_equal(cr_source_group(&held, "ssp_share", "D"), "D (disorganized)");
    assert_string_equal(cr_source_group(&held, "relationship_survival", "10"), "10 years");
    for (int m = 0; m < cr_measure_count; m++) {
        const char *title = cr_source_title(&held, cr_measures[m].name, NULL);
        assert_true(title[0] >= 'A' && title[0] <= 'Z' && strchr(title, '_') == NULL && strchr(title, '{') == NULL);
    }
    cr_holdings_free(&held);
}

static void measures_of_other_versions_are_told_as_they_are_named(void **state) {
    (void)state;
    struct cr_holdings held = {0};
    assert_string_equal(cr_source_title(&held, "joy_of_life", NULL), "joy of life");
    assert_string_equal(cr_source_title(&held, "joy_of_life", "all"), "joy_of_life: all");
    assert_string_equal(cr_source_group(&held, "joy_of_life", "age_18"), "age 18");
    assert_null(cr_source_axis("joy_of_life").label);
    cr_holdings_free(&held);
}

static void shares_are_told_in_percent_from_zero(void **state) {
    (void)state;
    const struct cr_chart_axis share = cr_source_axis("style_share"), points = cr_source_axis("ecr_mean");
    assert_int_equal(share.form, CR_NUMBER_PERCENT);
    assert_true(share.with_zero);
    assert_string_equal(points.label, "scale points (1-7)");
    assert_int_equal(points.form, CR_NUMBER_PLAIN);
    assert_false(points.with_zero);
}

static void axes_know_between_which_values_a_unit_lies(void **state) {
    (void)state;
    static const struct {
        const char *measure;
        double least, most;
    } cases[] = {{"style_share", 0.0, 1.0}, {"earned_security", 0.0, 1.0}, {"relationship_survival", 0.0, 1.0},
        {"self_worth", 0.0, 1.0}, {"ecr_r", -1.0, 1.0}, {"availability_bias", -1.0, 1.0}, {"ecr_mean", 1.0, 7.0},
        {"distress", 0.0, INFINITY}, {"conflict", 0.0, INFINITY}, {"satisfaction", 0.0, 0.0}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const struct cr_chart_axis axis = cr_source_axis(cases[k].measure);
        assert_true(axis.least == cases[k].least && axis.most == cases[k].most);
    }
}

/* t(1; .975) = 12.706205, t(2; .975) = 4.302653. */
static void intervals_are_students_and_of_shares_within_their_bounds(void **state) {
    (void)state;
    struct cr_interval interval = cr_source_interval("ecr_mean", (struct cr_estimate){3.0, 0.5, 2});
    assert_near(interval.low, 3.0 - 12.706205 * 0.5, 1e-5);
    assert_near(interval.high, 3.0 + 12.706205 * 0.5, 1e-5);
    interval = cr_source_interval("style_share", (struct cr_estimate){0.4, 0.05, 3});
    assert_near(interval.low, 0.4 - 4.302653 * 0.05, 1e-6);
    interval = cr_source_interval("style_share", (struct cr_estimate){0.4, 0.2, 3});
    assert_true(interval.low == 0.0 && interval.high == 1.0);
    interval = cr_source_interval("style_share", (struct cr_estimate){0.4, (double)NAN, 1});
    assert_true(isnan(interval.low) && isnan(interval.high));
}

static void a_source_that_is_not_there_is_named(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    struct cr_error error = {0};
    const struct cr_source source = {.path = place->store};
    for (int kind = 0; kind < CR_CHART_KINDS; kind++) {
        error = (struct cr_error){0};
        assert_int_not_equal(cr_source_chart_init(&made, (enum cr_chart_kind)kind, &source, &error), 0);
        assert_non_null(strstr(error.sentence, place->store));
        cr_source_chart_free(&made);
        assert_false(exists(place->store));
    }
}

static void a_text_is_no_store(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    struct cr_error error = {0};
    const struct cr_source source = {.path = place->store};
    put_text(place, "store.db", "a text that is long enough to be read as the beginning of a database, but is none\n");
    assert_int_not_equal(cr_source_chart_init(&made, CR_CHART_HEAT_MAP, &source, &error), 0);
    assert_non_null(strstr(error.sentence, place->store));
    cr_source_chart_free(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_mean_what_their_names_say),
        cmocka_unit_test(measures_are_told_in_words),
        cmocka_unit_test(measures_of_other_versions_are_told_as_they_are_named),
        cmocka_unit_test(shares_are_told_in_percent_from_zero),
        cmocka_unit_test(axes_know_between_which_values_a_unit_lies),
        cmocka_unit_test(intervals_are_students_and_of_shares_within_their_bounds),
        IN_A_STORE_PLACE(a_source_that_is_not_there_is_named),
        IN_A_STORE_PLACE(a_text_is_no_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
