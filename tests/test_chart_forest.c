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

static const struct cr_forest_row rows[] = {{.label = "anxiety",
                                                .estimate = 0.5,
                                                .low = 0.3,
                                                .high = 0.7,
                                                .wide_low = 0.2,
                                                .wide_high = 0.8,
                                                .clear = true,
                                                .columns = {"0.5"}},
    {.label = "avoidance",
        .estimate = -0.1,
        .low = -0.3,
        .high = 0.1,
        .wide_low = (double)NAN,
        .wide_high = (double)NAN,
        .columns = {"-0.1"}},
    {.label = "unknown", .estimate = (double)NAN}};

static struct cr_chart chart_of_rows(void) {
    return (struct cr_chart){
        .kind = CR_CHART_FOREST, .of.forest = {.rows = rows, .row_count = 3, .column_titles = {"difference"}}};
}

/* How many pixels of the colour are near a value in a row. */
static int seen_in(const struct drawing *drawing, double value, int row, struct cr_colour colour) {
    const struct cr_rect area = drawing->placement.area;
    const double y = area.y + area.height * (row + 0.5) / 3.0;
    return drawing_count(drawing, drawing_around(cr_scale_place(&drawing->placement.x, value), y, 2.0), colour);
}

static void estimates_and_intervals_stand_in_their_rows(void **state) {
    (void)state;
    const struct cr_chart chart = chart_of_rows();
    const struct cr_colour red = colour_of(CR_MEANING_SCENARIO_2), grey = colour_of(CR_MEANING_NEUTRAL);
    struct drawing drawing = drawn(&chart);
    assert_true(seen_in(&drawing, 0.5, 0, red) >= 9);
    assert_true(seen_in(&drawing, 0.35, 0, red) > 0);
    assert_true(seen_in(&drawing, 0.75, 0, red) > 0);
    assert_int_equal(seen_in(&drawing, 0.9, 0, red), 0);
    assert_true(seen_in(&drawing, -0.25, 1, grey) > 0);
    assert_int_equal(seen_in(&drawing, -0.35, 1, grey), 0);
    assert_int_equal(seen_in(&drawing, -0.1, 1, grey), 0);
    assert_int_equal(seen_in(&drawing, 0.5, 2, red), 0);
    drawing_free(&drawing);
}

static void zero_is_on_the_axis_and_marked(void **state) {
    (void)state;
    const struct cr_chart chart = chart_of_rows();
    struct drawing drawing = drawn(&chart);
    assert_true(seen_in(&drawing, 0.0, 0, cr_theme(CR_THEME_LIGHT)->ink) > 0);
    assert_true(drawing.placement.x.from < 0.0 && drawing.placement.x.to >= 0.8);
    drawing_free(&drawing);
}

static void an_interval_beyond_a_told_axis_ends_in_an_arrow(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_rows();
    chart.of.forest.x = (struct cr_chart_axis){.from = -0.4, .to = 0.6};
    struct drawing drawing = drawn(&chart);
    const struct cr_rect area = drawing.placement.area;
    const struct cr_colour red = colour_of(CR_MEANING_SCENARIO_2);
    const struct cr_rect beyond = {cr_rect_right(area) + 1.0, 0.0, WIDTH, HEIGHT};
    assert_int_equal(drawing_count(&drawing, beyond, red), 0);
    const struct cr_rect head = {cr_rect_right(area) - 5.0, area.y, 5.0, area.height / 3.0};
    assert_true(drawing_count(&drawing, head, red) > 12);
    drawing_free(&drawing);
}

static void columns_give_way_to_the_plot_where_it_is_narrow(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_rows();
    struct drawing wide = drawing_of(&chart, 500, 300, CR_THEME_LIGHT),
                   narrow = drawing_of(&chart, 180, 300, CR_THEME_LIGHT);
    assert_true(cr_rect_right(wide.placement.area) < 500.0 - 50.0);
    assert_true(cr_rect_right(narrow.placement.area) > 180.0 - 30.0);
    drawing_free(&wide);
    drawing_free(&narrow);
}

static void rows_without_room_are_counted_not_squeezed(void **state) {
    (void)state;
    enum { MANY = 200 };
    struct cr_forest_row many[MANY];
    for (int i = 0; i < MANY; i++)
        many[i] = (struct cr_forest_row){.label = "measure", .estimate = 1.0, .low = 0.5, .high = 1.5, .clear = true};
    struct cr_chart chart = chart_of_rows();
    chart.of.forest.rows = many;
    chart.of.forest.row_count = MANY;
    struct drawing drawing = drawing_of(&chart, 400, 300, CR_THEME_LIGHT);
    assert_true(cr_rect_bottom(drawing.placement.area) < 300.0);
    assert_true(drawing_count(&drawing, drawing.placement.area, colour_of(CR_MEANING_SCENARIO_2)) > 200);
    drawing_free(&drawing);
}

static void no_rows_are_no_data_and_unknown_ones_are_rows(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_rows();
    chart.of.forest.rows = rows + 2;
    chart.of.forest.row_count = 1;
    struct drawing drawing = drawn(&chart);
    assert_true(drawing_count(&drawing, (struct cr_rect){0.0, 0.0, WIDTH, HEIGHT}, cr_theme(CR_THEME_LIGHT)->ink) > 20);
    drawing_free(&drawing);
    chart.of.forest.row_count = 0;
    drawing = drawn(&chart);
    assert_true(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->soft_ink) > 20);
    drawing_free(&drawing);
}

static void forests_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_rows();
    chart.of.forest.rows = NULL;
    expect_refused(&chart, "3 rows, but not which");
    chart = chart_of_rows();
    chart.of.forest.x.category_count = 2;
    expect_refused(&chart, "must show numbers");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(estimates_and_intervals_stand_in_their_rows),
        cmocka_unit_test(zero_is_on_the_axis_and_marked),
        cmocka_unit_test(an_interval_beyond_a_told_axis_ends_in_an_arrow),
        cmocka_unit_test(columns_give_way_to_the_plot_where_it_is_narrow),
        cmocka_unit_test(rows_without_room_are_counted_not_squeezed),
        cmocka_unit_test(no_rows_are_no_data_and_unknown_ones_are_rows),
        cmocka_unit_test(forests_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
