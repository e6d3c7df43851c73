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

/* Whether all pixels near the place of a value have the colour. */
static bool all_at(const struct drawing *drawing, double x, double y, struct cr_colour colour) {
    return drawing_all(drawing,
        drawing_around(cr_scale_place(&drawing->placement.x, x), cr_scale_place(&drawing->placement.y, y), 2.0),
        colour);
}

/* How many pixels of the colour are near the place of a value. */
static int seen_at(const struct drawing *drawing, double x, double y, struct cr_colour colour) {
    return drawing_count(drawing,
        drawing_around(cr_scale_place(&drawing->placement.x, x), cr_scale_place(&drawing->placement.y, y), 2.0),
        colour);
}

static const char *const names[] = {"secure", "avoidant", "resistant"};
static const double values[] = {0.5, -0.2, (double)NAN};

static struct cr_chart chart_of(const struct cr_bar_series *series, size_t count) {
    return (struct cr_chart){.kind = CR_CHART_BARS,
        .of.bars = {.x = {.categories = names, .category_count = 3}, .series = series, .series_count = count}};
}

static void bars_grow_from_zero_both_ways(void **state) {
    (void)state;
    const struct cr_bar_series series = {.name = "simulated", .meaning = CR_MEANING_SECURE, .values = values};
    const struct cr_chart chart = chart_of(&series, 1);
    struct drawing drawing = drawn(&chart);
    const struct cr_colour blue = colour_of(CR_MEANING_SECURE);
    assert_true(all_at(&drawing, 0.0, 0.45, blue));
    assert_true(all_at(&drawing, 0.0, 0.05, blue));
    assert_int_equal(seen_at(&drawing, 0.0, -0.05, blue), 0);
    assert_true(all_at(&drawing, 1.0, -0.1, blue));
    assert_int_equal(seen_at(&drawing, 1.0, 0.1, blue), 0);
    assert_int_equal(seen_at(&drawing, 2.0, 0.05, blue), 0);
    drawing_free(&drawing);
}

static void bars_of_one_series_may_have_colours_of_their_own(void **state) {
    (void)state;
    static const enum cr_meaning meanings[] = {CR_MEANING_CLASS_B, CR_MEANING_CLASS_A, CR_MEANING_CLASS_C};
    const struct cr_bar_series series = {.meaning = CR_MEANING_NEUTRAL, .meanings = meanings, .values = values};
    const struct cr_chart chart = chart_of(&series, 1);
    struct drawing drawing = drawn(&chart);
    assert_true(all_at(&drawing, 0.0, 0.25, colour_of(CR_MEANING_CLASS_B)));
    assert_true(all_at(&drawing, 1.0, -0.1, colour_of(CR_MEANING_CLASS_A)));
    drawing_free(&drawing);
}

static void series_stand_side_by_side_in_their_group(void **state) {
    (void)state;
    const struct cr_bar_series series[] = {{.name = "simulated", .meaning = CR_MEANING_SECURE, .values = values},
        {.name = "published", .meaning = CR_MEANING_NEUTRAL, .values = values}};
    const struct cr_chart chart = chart_of(series, 2);
    struct drawing drawing = drawn(&chart);
    assert_true(all_at(&drawing, -0.1, 0.3, colour_of(CR_MEANING_SECURE)));
    assert_true(all_at(&drawing, 0.1, 0.3, colour_of(CR_MEANING_NEUTRAL)));
    drawing_free(&drawing);
}

static void intervals_are_drawn_over_bars_and_beyond(void **state) {
    (void)state;
    const double low[] = {0.4, (double)NAN, 0.0}, high[] = {0.6, (double)NAN, 0.0};
    const struct cr_bar_series series = {.meaning = CR_MEANING_SECURE, .values = values, .low = low, .high = high};
    const struct cr_chart chart = chart_of(&series, 1);
    struct drawing drawing = drawn(&chart);
    assert_true(seen_at(&drawing, 0.0, 0.57, cr_theme(CR_THEME_LIGHT)->ink) > 0);
    assert_true(seen_at(&drawing, 0.0, 0.43, cr_theme(CR_THEME_LIGHT)->ink) > 0);
    assert_int_equal(seen_at(&drawing, 1.0, -0.2, cr_theme(CR_THEME_LIGHT)->ink), 0);
    drawing_free(&drawing);
}

static void no_bars_are_no_data(void **state) {
    (void)state;
    const double missing[] = {(double)NAN, (double)NAN, (double)NAN};
    const struct cr_bar_series series = {.meaning = CR_MEANING_SECURE, .values = missing};
    struct cr_chart charts[] = {chart_of(&series, 1), chart_of(NULL, 0), chart_of(&series, 1)};
    charts[2].of.bars.x = (struct cr_chart_axis){0};
    for (int i = 0; i < 3; i++) {
        struct drawing drawing = drawn(&charts[i]);
        assert_true(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->soft_ink) > 20);
        drawing_free(&drawing);
    }
}

static void bars_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    struct cr_bar_series series = {.name = "simulated"};
    struct cr_chart chart = chart_of(&series, 1);
    expect_refused(&chart, "bars 1 (simulated) have no values");
    series.values = series.low = values;
    expect_refused(&chart, "only one side");
    series.low = NULL;
    chart.of.bars.y.logarithmic = true;
    expect_refused(&chart, "bars grow from 0");
    chart = chart_of(&series, 1);
    chart.of.bars.x.categories = NULL;
    expect_refused(&chart, "have no names");
    chart = chart_of(NULL, 2);
    expect_refused(&chart, "2 series");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_grow_from_zero_both_ways),
        cmocka_unit_test(bars_of_one_series_may_have_colours_of_their_own),
        cmocka_unit_test(series_stand_side_by_side_in_their_group),
        cmocka_unit_test(intervals_are_drawn_over_bars_and_beyond),
        cmocka_unit_test(no_bars_are_no_data),
        cmocka_unit_test(bars_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
