#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"

enum { WIDTH = 1600, HEIGHT = 1000 };

static void expect_refused(const struct cr_chart *chart, const char *why) {
    struct cr_error error = {0};
    struct drawing drawing = drawing_blank(WIDTH, HEIGHT);
    const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
    const struct cr_chart_look look = {.theme = CR_THEME_LIGHT};
    assert_int_equal(cr_chart_draw(chart, &look, drawing.cairo, all, NULL, &error), CR_ERROR_USAGE);
    if (!strstr(error.sentence, why))
        fail_msg("\"%s\" does not say \"%s\"", error.sentence, why);
    drawing_free(&drawing);
}

static struct cr_colour colour_of(enum cr_meaning meaning) {
    return cr_theme(CR_THEME_LIGHT)->colours[meaning];
}

static struct drawing drawn(const struct cr_chart *chart) {
    return drawing_of(chart, WIDTH, HEIGHT, CR_THEME_LIGHT);
}

/* How many pixels of the colour are near the place of a value. */
static int seen_at(const struct drawing *drawing, double x, double y, struct cr_colour colour) {
    return drawing_count(drawing,
        drawing_around(cr_scale_place(&drawing->placement.x, x), cr_scale_place(&drawing->placement.y, y), 2.0),
        colour);
}

static const double when[] = {1.0, 2.0, 5.0, 10.0}, lasting[] = {0.8, 0.6, 0.5, 0.4};
static const double low[] = {0.7, 0.5, 0.4, 0.3}, high[] = {0.9, 0.7, 0.6, 0.5};
static const int64_t at_risk[] = {100, 80, 60, 40};

static struct cr_survival_line curve(void) {
    return (struct cr_survival_line){.name = "both secure",
        .meaning = CR_MEANING_SECURE,
        .time = when,
        .survival = lasting,
        .low = low,
        .high = high,
        .at_risk = at_risk,
        .count = 4};
}

static struct cr_chart chart_of(const struct cr_survival_line *lines, size_t count) {
    return (struct cr_chart){.kind = CR_CHART_SURVIVAL, .of.survival = {.lines = lines, .line_count = count}};
}

static void survival_begins_at_one_and_falls_in_steps(void **state) {
    (void)state;
    const struct cr_survival_line line = curve();
    const struct cr_chart chart = chart_of(&line, 1);
    struct drawing drawing = drawn(&chart);
    const struct cr_colour blue = colour_of(CR_MEANING_SECURE);
    assert_true(seen_at(&drawing, 0.5, 1.0, blue) > 0);
    assert_true(seen_at(&drawing, 1.0, 0.9, blue) > 0);
    assert_true(seen_at(&drawing, 1.5, 0.8, blue) > 0);
    assert_true(seen_at(&drawing, 8.0, 0.5, blue) > 0);
    assert_int_equal(seen_at(&drawing, 8.0, 0.45, blue), 0);
    assert_near(drawing.placement.x.from, 0.0, 0.0);
    assert_near(drawing.placement.y.to, 1.0, 0.0);
    drawing_free(&drawing);
}

static void the_table_of_those_at_risk_needs_room_and_gets_it_only_in_large_charts(void **state) {
    (void)state;
    struct cr_survival_line line = curve();
    const struct cr_chart chart = chart_of(&line, 1);
    struct drawing with = drawn(&chart), small = drawing_of(&chart, 320, 90, CR_THEME_LIGHT);
    line.at_risk = NULL;
    struct drawing without = drawn(&chart), small_without = drawing_of(&chart, 320, 90, CR_THEME_LIGHT);
    assert_true(with.placement.area.height < without.placement.area.height - 20.0);
    assert_true(with.placement.area.x > without.placement.area.x + 20.0);
    assert_near(small.placement.area.height, small_without.placement.area.height, 0.0);
    drawing_free(&with);
    drawing_free(&without);
    drawing_free(&small);
    drawing_free(&small_without);
}

static void censored_times_are_marked_on_the_curve(void **state) {
    (void)state;
    struct cr_survival_line line = curve();
    const double censored[] = {3.0, 7.0, (double)NAN};
    const struct cr_chart chart = chart_of(&line, 1);
    const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
    struct drawing drawing = drawn(&chart);
    const int before = drawing_count(&drawing, all, colour_of(CR_MEANING_SECURE));
    drawing_free(&drawing);
    line.censored = censored;
    line.censored_count = 3;
    drawing = drawn(&chart);
    assert_true(drawing_count(&drawing, all, colour_of(CR_MEANING_SECURE)) >= before + 6);
    drawing_free(&drawing);
}

static void no_steps_are_no_data(void **state) {
    (void)state;
    struct cr_survival_line line = curve();
    line.count = 0;
    const struct cr_chart charts[] = {chart_of(&line, 1), chart_of(NULL, 0)};
    for (int i = 0; i < 2; i++) {
        struct drawing drawing = drawn(&charts[i]);
        const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
        assert_int_equal(drawing_count(&drawing, all, colour_of(CR_MEANING_SECURE)), 0);
        assert_true(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->soft_ink) > 20);
        drawing_free(&drawing);
    }
}

static void curves_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    struct cr_survival_line line = curve();
    struct cr_chart chart = chart_of(&line, 1);
    line.high = NULL;
    expect_refused(&chart, "the band of survival curve 1 (both secure) has only one side");
    line = curve();
    line.survival = NULL;
    expect_refused(&chart, "has no values");
    line = curve();
    line.censored_count = 3;
    expect_refused(&chart, "lacks its censored times");
    line = curve();
    chart.of.survival.x.logarithmic = true;
    expect_refused(&chart, "must be linear");
    chart = chart_of(NULL, 2);
    expect_refused(&chart, "2 curves");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survival_begins_at_one_and_falls_in_steps),
        cmocka_unit_test(the_table_of_those_at_risk_needs_room_and_gets_it_only_in_large_charts),
        cmocka_unit_test(censored_times_are_marked_on_the_curve),
        cmocka_unit_test(no_steps_are_no_data),
        cmocka_unit_test(curves_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
