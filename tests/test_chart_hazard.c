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

static const double from[] = {0.0, 1.0, 5.0}, to[] = {1.0, 5.0, 20.0}, rate[] = {0.5, 0.2, 0.1};
static const double low[] = {0.4, 0.15, (double)NAN}, high[] = {0.6, 0.25, (double)NAN};

static struct cr_hazard_line hazard(const char *name) {
    return (struct cr_hazard_line){.name = name,
        .meaning = CR_MEANING_SECURE,
        .from = from,
        .to = to,
        .rate = rate,
        .low = low,
        .high = high,
        .count = 3};
}

static struct cr_chart chart_of(const struct cr_hazard_line *lines, size_t count) {
    return (struct cr_chart){.kind = CR_CHART_HAZARD, .of.hazard = {.lines = lines, .line_count = count}};
}

static void each_interval_has_its_rate_in_the_middle_and_its_uncertainty(void **state) {
    (void)state;
    const struct cr_hazard_line line = hazard("all");
    const struct cr_chart chart = chart_of(&line, 1);
    struct drawing drawing = drawn(&chart);
    const struct cr_colour blue = colour_of(CR_MEANING_SECURE);
    for (int k = 0; k < 3; k++)
        assert_true(seen_at(&drawing, (from[k] + to[k]) / 2.0, rate[k], blue) > 0);
    assert_true(seen_at(&drawing, 3.0, 0.23, blue) > 0);
    assert_int_equal(seen_at(&drawing, 12.5, 0.13, blue), 0);
    assert_near(drawing.placement.y.from, 0.0, 0.0);
    drawing_free(&drawing);
}

static void groups_stand_beside_each_other(void **state) {
    (void)state;
    const struct cr_hazard_line one = hazard("one");
    struct cr_hazard_line two[] = {one, one};
    two[1].meaning = CR_MEANING_FEARFUL;
    const struct cr_chart single = chart_of(&one, 1), both = chart_of(two, 2);
    struct drawing alone = drawn(&single), together = drawn(&both);
    const double y = 0.245;
    assert_true(seen_at(&alone, 3.0, y, colour_of(CR_MEANING_SECURE)) > 0);
    assert_int_equal(seen_at(&together, 3.0, y, colour_of(CR_MEANING_SECURE)), 0);
    assert_true(drawing_count(&together, together.placement.area, colour_of(CR_MEANING_SECURE)) > 100);
    assert_true(drawing_count(&together, together.placement.area, colour_of(CR_MEANING_FEARFUL)) > 100);
    drawing_free(&alone);
    drawing_free(&together);
}

static void odd_rates_are_left_out(void **state) {
    (void)state;
    const double odd[] = {(double)NAN, 0.0, INFINITY};
    struct cr_hazard_line line = hazard("all");
    line.rate = odd;
    line.low = line.high = NULL;
    struct cr_chart chart = chart_of(&line, 1);
    struct drawing drawing = drawn(&chart);
    assert_true(drawing_count(&drawing, drawing.placement.area, colour_of(CR_MEANING_SECURE)) > 0);
    drawing_free(&drawing);
    chart.of.hazard.y.logarithmic = chart.of.hazard.x.logarithmic = true;
    drawing = drawn(&chart);
    assert_int_equal(drawing_count(&drawing, drawing.placement.area, colour_of(CR_MEANING_SECURE)), 0);
    drawing_free(&drawing);
}

static void rates_of_zero_stand_on_the_base_line(void **state) {
    (void)state;
    const double none[] = {0.0, 0.0, 0.0};
    struct cr_hazard_line line = hazard("all");
    line.rate = none;
    line.low = line.high = NULL;
    const struct cr_chart chart = chart_of(&line, 1);
    struct drawing drawing = drawn(&chart);
    assert_near(drawing.placement.y.from, 0.0, 0.0);
    drawing_free(&drawing);
}

static void hazards_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    struct cr_hazard_line line = hazard("all");
    struct cr_chart chart = chart_of(&line, 1);
    line.low = NULL;
    expect_refused(&chart, "the intervals of hazard 1 (all) have only one side");
    line = hazard("all");
    line.to = NULL;
    expect_refused(&chart, "has no intervals or rates");
    chart = chart_of(NULL, 1);
    expect_refused(&chart, "1 groups, but not which");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_interval_has_its_rate_in_the_middle_and_its_uncertainty),
        cmocka_unit_test(groups_stand_beside_each_other),
        cmocka_unit_test(odd_rates_are_left_out),
        cmocka_unit_test(rates_of_zero_stand_on_the_base_line),
        cmocka_unit_test(hazards_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
