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

static struct cr_chart chart_of(const struct cr_line *lines, size_t count) {
    return (struct cr_chart){.kind = CR_CHART_LINES, .of.lines = {.lines = lines, .line_count = count}};
}

static void lines_and_bands_stand_where_their_values_are(void **state) {
    (void)state;
    const double x[] = {0.0, 10.0, 20.0}, y[] = {1.0, 3.0, 2.0}, low[] = {0.5, 2.5, 1.5}, high[] = {1.5, 3.5, 2.5};
    const struct cr_line line = {
        .name = "secure", .meaning = CR_MEANING_SECURE, .x = x, .y = y, .low = low, .high = high, .count = 3};
    struct cr_chart chart = chart_of(&line, 1);
    chart.of.lines.y = (struct cr_chart_axis){.from = 0.0, .to = 4.0};
    struct drawing drawing = drawn(&chart);
    const struct cr_colour blue = colour_of(CR_MEANING_SECURE), white = CR_COLOUR(0xFFFFFF);
    assert_true(seen_at(&drawing, 5.0, 2.0, blue) > 0);
    assert_true(seen_at(&drawing, 15.0, 2.5, blue) > 0);
    assert_int_equal(seen_at(&drawing, 10.0, 3.3, white), 0);
    assert_true(seen_at(&drawing, 10.0, 3.7, white) > 0);
    drawing_free(&drawing);
}

static void points_are_marked_if_asked_and_if_there_is_room(void **state) {
    (void)state;
    double y[500];
    for (int i = 0; i < 500; i++)
        y[i] = 1.0;
    struct cr_line line = {.meaning = CR_MEANING_FEARFUL, .y = y, .count = 5};
    const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
    int count[3];
    for (int k = 0; k < 3; k++) {
        line.points = k > 0;
        line.count = k == 2 ? 500 : 5;
        const struct cr_chart chart = chart_of(&line, 1);
        struct drawing drawing = drawn(&chart);
        count[k] = drawing_count(&drawing, all, colour_of(CR_MEANING_FEARFUL));
        drawing_free(&drawing);
    }
    assert_true(count[1] > count[0] + 60);
    assert_near(count[2], count[0], 40.0);
}

static void one_line_needs_no_legend_and_two_do(void **state) {
    (void)state;
    const double y[] = {1.0, 2.0}, later[] = {3.0, 1.0};
    const struct cr_line lines[] = {
        {.name = "baseline", .y = y, .count = 2}, {.name = "other", .y = later, .count = 2}};
    struct cr_chart chart = chart_of(lines, 1);
    struct drawing drawing = drawn(&chart);
    assert_near(drawing.placement.legend.width, 0.0, 0.0);
    drawing_free(&drawing);
    chart.of.lines.line_count = 2;
    drawing = drawn(&chart);
    assert_true(drawing.placement.legend.x > cr_rect_right(drawing.placement.area));
    drawing_free(&drawing);
    chart.legend = CR_LEGEND_ABOVE;
    drawing = drawn(&chart);
    assert_true(cr_rect_bottom(drawing.placement.legend) < drawing.placement.area.y);
    drawing_free(&drawing);
}

/* What comes out must at least be a drawing, and a line where there is one. */
static void odd_data_are_drawn_all_the_same(void **state) {
    (void)state;
    const double nothing[] = {(double)NAN, (double)NAN}, one[] = {5.0}, huge[] = {-1e300, 1e300, 2e300};
    const double negative[] = {-1e-12, -3e-12}, same[] = {7.0, 7.0, 7.0}, infinite[] = {INFINITY, -INFINITY, 1.0};
    const struct {
        const double *y;
        size_t count;
        bool seen;
    } cases[] = {{nothing, 2, false}, {one, 1, true}, {huge, 3, true}, {negative, 2, true}, {same, 3, true},
        {infinite, 3, true}, {one, 0, false}, {NULL, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
            const struct cr_line line = {.meaning = CR_MEANING_SECURE, .y = cases[i].y, .count = cases[i].count};
            struct cr_chart chart = chart_of(&line, 1);
            chart.of.lines.y.logarithmic = logarithmic;
            struct drawing drawing = drawn(&chart);
            const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
            if (!logarithmic)
                assert_int_equal(drawing_count(&drawing, all, colour_of(CR_MEANING_SECURE)) > 0, cases[i].seen);
            drawing_free(&drawing);
        }
}

static void a_chart_that_contradicts_itself_is_refused(void **state) {
    (void)state;
    const double y[] = {1.0, 2.0};
    struct cr_line line = {.name = "secure", .count = 2};
    struct cr_chart chart = chart_of(&line, 1);
    expect_refused(&chart, "line 1 (secure) of a chart has no values");
    line.y = line.low = y;
    expect_refused(&chart, "only one side");
    line.low = NULL;
    chart.of.lines.x = (struct cr_chart_axis){.from = 3.0, .to = 2.0};
    expect_refused(&chart, "the x axis of a chart cannot run from 3 to 2");
    chart.of.lines.x = (struct cr_chart_axis){.from = 0.0, .to = 2.0, .logarithmic = true};
    expect_refused(&chart, "must begin above 0");
    chart.of.lines.x = (struct cr_chart_axis){.from = 0.0, .to = INFINITY};
    expect_refused(&chart, "cannot run from");
    chart = chart_of(NULL, 3);
    expect_refused(&chart, "3 lines, but not which");
    chart = chart_of(NULL, 0);
    chart.occasion_count = 2;
    expect_refused(&chart, "2 occasions");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_bands_stand_where_their_values_are),
        cmocka_unit_test(points_are_marked_if_asked_and_if_there_is_room),
        cmocka_unit_test(one_line_needs_no_legend_and_two_do),
        cmocka_unit_test(odd_data_are_drawn_all_the_same),
        cmocka_unit_test(a_chart_that_contradicts_itself_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
