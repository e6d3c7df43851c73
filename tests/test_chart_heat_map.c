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

static struct drawing drawn(const struct cr_chart *chart) {
    return drawing_of(chart, WIDTH, HEIGHT, CR_THEME_LIGHT);
}

/* Whether all pixels near the place of a value have the colour. */
static bool all_at(const struct drawing *drawing, double x, double y, struct cr_colour colour) {
    return drawing_all(drawing,
        drawing_around(cr_scale_place(&drawing->placement.x, x), cr_scale_place(&drawing->placement.y, y), 2.0),
        colour);
}

static const double xs[] = {0.1, 0.2, 0.4}, ys[] = {1.0, 2.0}, values[] = {0.0, 0.5, 1.0, 0.25, (double)NAN, 0.75};

static struct cr_chart chart_of_map(void) {
    return (struct cr_chart){
        .kind = CR_CHART_HEAT_MAP, .of.heat_map = {.xs = xs, .ys = ys, .columns = 3, .rows = 2, .values = values}};
}

static void a_cell_has_the_colour_of_its_value(void **state) {
    (void)state;
    const struct cr_chart chart = chart_of_map();
    const struct cr_theme *theme = cr_theme(CR_THEME_LIGHT);
    struct drawing drawing = drawn(&chart);
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 3; i++)
            if (!isnan(values[j * 3 + i]))
                assert_true(all_at(&drawing, i, j, cr_theme_sequential(theme, values[j * 3 + i])));
    drawing_free(&drawing);
}

static void a_missing_cell_is_hatched_and_explained(void **state) {
    (void)state;
    const struct cr_chart chart = chart_of_map();
    const struct cr_theme *theme = cr_theme(CR_THEME_LIGHT);
    struct drawing drawing = drawn(&chart);
    const struct cr_rect cell =
        drawing_around(cr_scale_place(&drawing.placement.x, 1.0), cr_scale_place(&drawing.placement.y, 1.0), 40.0);
    const int gaps = drawing_count(&drawing, cell, theme->background);
    assert_true(gaps > 2000 && gaps < 5900);
    drawing_free(&drawing);
}

static void differences_part_at_the_middle(void **state) {
    (void)state;
    const struct cr_theme *theme = cr_theme(CR_THEME_LIGHT);
    struct cr_chart chart = chart_of_map();
    chart.of.heat_map.diverging = true;
    chart.of.heat_map.middle = 0.25;
    struct drawing drawing = drawn(&chart);
    assert_true(all_at(&drawing, 0.0, 1.0, cr_theme_diverging(theme, 0.0)));
    assert_true(all_at(&drawing, 2.0, 0.0, cr_theme_diverging(theme, 1.0)));
    assert_true(all_at(&drawing, 0.0, 0.0, cr_theme_diverging(theme, -1.0 / 3.0)));
    drawing_free(&drawing);
}

static int of_ink(const struct cr_chart *chart, struct cr_colour ink) {
    struct drawing drawing = drawn(chart);
    const int count = drawing_count(&drawing, drawing.placement.area, ink);
    drawing_free(&drawing);
    return count;
}

static void cells_show_numbers_and_contours_if_asked(void **state) {
    (void)state;
    static const double levels[] = {0.4, 0.6};
    struct cr_chart chart = chart_of_map();
    chart.of.heat_map.rows = 1;
    chart.of.heat_map.numbers = true;
    assert_true(of_ink(&chart, (struct cr_colour)CR_COLOUR(0x14181F)) > 30);
    chart.of.heat_map.numbers = false;
    assert_int_equal(of_ink(&chart, (struct cr_colour)CR_COLOUR(0x14181F)), 0);
    chart = chart_of_map();
    const double whole[] = {0.0, 0.5, 1.0, 0.25, 0.5, 0.75};
    chart.of.heat_map.values = whole;
    assert_int_equal(of_ink(&chart, cr_theme(CR_THEME_LIGHT)->ink), 0);
    chart.of.heat_map.contours = levels;
    chart.of.heat_map.contour_count = 2;
    assert_true(of_ink(&chart, cr_theme(CR_THEME_LIGHT)->ink) > 100);
}

static void many_cells_are_named_only_as_far_as_there_is_room(void **state) {
    (void)state;
    enum { SIDE = 300 };
    static double many[SIDE * SIDE], steps[SIDE];
    for (int i = 0; i < SIDE * SIDE; i++)
        many[i] = i;
    for (int i = 0; i < SIDE; i++)
        steps[i] = i * 0.125;
    struct cr_chart chart = chart_of_map();
    chart.of.heat_map = (struct cr_chart_heat_map){
        .xs = steps, .ys = steps, .columns = SIDE, .rows = SIDE, .values = many, .numbers = true};
    struct drawing drawing = drawn(&chart);
    assert_true(drawing.placement.area.height > 0.6 * HEIGHT);
    assert_int_equal(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->background), 0);
    drawing_free(&drawing);
}

static void no_cells_and_only_missing_ones_are_no_data(void **state) {
    (void)state;
    static const double missing[] = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
    struct cr_chart charts[] = {chart_of_map(), chart_of_map()};
    charts[0].of.heat_map.values = missing;
    charts[1].of.heat_map = (struct cr_chart_heat_map){.columns = 0};
    for (int i = 0; i < 2; i++) {
        struct drawing drawing = drawn(&charts[i]);
        assert_true(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->soft_ink) > 20);
        drawing_free(&drawing);
    }
}

static void maps_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_map();
    chart.of.heat_map.xs = NULL;
    expect_refused(&chart, "3 columns must be told what they are");
    chart = chart_of_map();
    chart.of.heat_map.ys = NULL;
    expect_refused(&chart, "2 rows must be told what they are");
    chart = chart_of_map();
    chart.of.heat_map.values = NULL;
    expect_refused(&chart, "has no values");
    chart = chart_of_map();
    chart.of.heat_map.contour_count = 1;
    expect_refused(&chart, "1 contours");
    chart = chart_of_map();
    chart.of.heat_map.value.logarithmic = true;
    expect_refused(&chart, "cannot be logarithmic");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_has_the_colour_of_its_value),
        cmocka_unit_test(a_missing_cell_is_hatched_and_explained),
        cmocka_unit_test(differences_part_at_the_middle),
        cmocka_unit_test(cells_show_numbers_and_contours_if_asked),
        cmocka_unit_test(many_cells_are_named_only_as_far_as_there_is_room),
        cmocka_unit_test(no_cells_and_only_missing_ones_are_no_data),
        cmocka_unit_test(maps_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
