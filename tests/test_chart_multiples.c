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

static const double up[] = {1.0, 2.0, 3.0}, down[] = {30.0, 20.0, 10.0};
static const struct cr_line rising = {.name = "rising", .meaning = CR_MEANING_SECURE, .y = up, .count = 3};
static const struct cr_line falling = {.name = "falling", .meaning = CR_MEANING_FEARFUL, .y = down, .count = 3};

static void fill(struct cr_chart panels[4]) {
    for (int i = 0; i < 4; i++) {
        panels[i] = (struct cr_chart){.kind = CR_CHART_LINES, .title = "panel"};
        panels[i].of.lines = (struct cr_chart_lines){.lines = i % 2 ? &falling : &rising, .line_count = 1};
    }
}

static struct cr_chart chart_of(const struct cr_chart *panels, size_t count) {
    return (struct cr_chart){
        .kind = CR_CHART_MULTIPLES, .of.multiples = {.panels = panels, .count = count, .columns = 2}};
}

/* The range of rows, as shares of the chart's height, in which a colour is seen in one column of panels. */
static double height_seen(const struct drawing *drawing, double from, double to, struct cr_colour colour) {
    const struct cr_rect area = drawing->placement.area;
    int first = -1, last = -1;
    for (int y = (int)area.y; y < area.y + area.height / 2.0; y++) {
        const struct cr_rect row = {area.x + from * area.width, y, (to - from) * area.width, 1.0};
        if (drawing_count(drawing, row, colour) == 0)
            continue;
        first = first < 0 ? y : first;
        last = y;
    }
    return (last - first) / area.height;
}

static void panels_share_one_range_unless_each_has_its_own(void **state) {
    (void)state;
    struct cr_chart panels[4];
    fill(panels);
    struct cr_chart chart = chart_of(panels, 4);
    struct drawing shared = drawn(&chart);
    chart.of.multiples.own_y = true;
    struct drawing own = drawn(&chart);
    const struct cr_colour blue = colour_of(CR_MEANING_SECURE);
    assert_true(height_seen(&shared, 0.0, 0.5, blue) < 0.06);
    assert_true(height_seen(&own, 0.0, 0.5, blue) > 0.25);
    drawing_free(&shared);
    drawing_free(&own);
}

static void one_legend_names_what_all_panels_show(void **state) {
    (void)state;
    struct cr_chart panels[4];
    fill(panels);
    const struct cr_chart chart = chart_of(panels, 4);
    struct drawing drawing = drawn(&chart);
    const struct cr_rect legend = drawing.placement.legend;
    assert_true(legend.width > 0.0 && cr_rect_bottom(legend) <= drawing.placement.area.y);
    assert_true(drawing_count(&drawing, legend, colour_of(CR_MEANING_SECURE)) > 10);
    assert_true(drawing_count(&drawing, legend, colour_of(CR_MEANING_FEARFUL)) > 10);
    drawing_free(&drawing);
}

static void a_panel_without_data_says_so_beside_the_others(void **state) {
    (void)state;
    struct cr_chart panels[4];
    fill(panels);
    panels[0].of.lines.line_count = 0;
    const struct cr_chart chart = chart_of(panels, 4);
    struct drawing drawing = drawn(&chart);
    assert_true(drawing_count(&drawing, drawing.placement.area, colour_of(CR_MEANING_FEARFUL)) > 50);
    for (int i = 0; i < 4; i++)
        panels[i].of.lines.line_count = 0;
    drawing_free(&drawing);
    drawing = drawn(&chart);
    assert_int_equal(drawing_count(&drawing, drawing.placement.area, colour_of(CR_MEANING_FEARFUL)), 0);
    drawing_free(&drawing);
}

static void panels_of_several_kinds_stand_side_by_side(void **state) {
    (void)state;
    static const double values[] = {1.0, 2.0}, steps[] = {0.0, 1.0};
    struct cr_chart panels[4];
    fill(panels);
    panels[3] = (struct cr_chart){.kind = CR_CHART_HEAT_MAP,
        .of.heat_map = {.xs = steps, .ys = steps, .columns = 2, .rows = 1, .values = values}};
    const struct cr_chart chart = chart_of(panels, 4);
    struct drawing drawing = drawn(&chart);
    const struct cr_rect quarter = {WIDTH / 2.0, HEIGHT / 2.0, WIDTH / 2.0, HEIGHT / 2.0};
    assert_true(drawing_count(&drawing, quarter, cr_theme_sequential(cr_theme(CR_THEME_LIGHT), 1.0)) > 1000);
    assert_true(drawing_count(&drawing, (struct cr_rect){0.0, 0.0, WIDTH / 2.0, HEIGHT / 2.0},
                    colour_of(CR_MEANING_SECURE)) > 50);
    drawing_free(&drawing);
}

static void heat_maps_share_their_colours(void **state) {
    (void)state;
    static const double small[] = {0.0, 1.0}, large[] = {0.0, 2.0}, steps[] = {0.0, 1.0};
    struct cr_chart panels[2];
    for (int i = 0; i < 2; i++)
        panels[i] = (struct cr_chart){.kind = CR_CHART_HEAT_MAP,
            .of.heat_map = {.xs = steps, .ys = steps, .columns = 2, .rows = 1, .values = i ? large : small}};
    const struct cr_chart chart = chart_of(panels, 2);
    struct drawing drawing = drawn(&chart);
    const struct cr_rect area = drawing.placement.area;
    const struct cr_rect left = {area.x, area.y, 0.45 * area.width, area.height};
    const struct cr_theme *theme = cr_theme(CR_THEME_LIGHT);
    assert_true(drawing_count(&drawing, left, cr_theme_sequential(theme, 0.5)) > 1000);
    assert_int_equal(drawing_count(&drawing, left, cr_theme_sequential(theme, 1.0)), 0);
    drawing_free(&drawing);
}

static void multiples_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    struct cr_chart panels[4];
    fill(panels);
    panels[2] = chart_of(NULL, 0);
    struct cr_chart chart = chart_of(panels, 4);
    expect_refused(&chart, "panel 3 of small multiples cannot be multiples itself");
    fill(panels);
    panels[1].of.lines.lines = NULL;
    expect_refused(&chart, "1 lines, but not which");
    chart = chart_of(NULL, 4);
    expect_refused(&chart, "4 panels, but not which");
    chart = chart_of(NULL, 0);
    struct drawing drawing = drawn(&chart);
    assert_true(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->soft_ink) > 20);
    drawing_free(&drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_share_one_range_unless_each_has_its_own),
        cmocka_unit_test(one_legend_names_what_all_panels_show),
        cmocka_unit_test(a_panel_without_data_says_so_beside_the_others),
        cmocka_unit_test(panels_of_several_kinds_stand_side_by_side),
        cmocka_unit_test(heat_maps_share_their_colours),
        cmocka_unit_test(multiples_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
