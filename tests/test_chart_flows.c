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

static const struct cr_flow_category before[] = {{"A", CR_MEANING_CLASS_A}, {"B", CR_MEANING_CLASS_B}};
static const struct cr_flow_category after[] = {{"secure", CR_MEANING_PREOCCUPIED}, {"fearful", CR_MEANING_FEARFUL}};
static const struct cr_flow_stage stages[] = {{"in infancy", before, 2}, {"at 40", after, 2}};

static struct cr_chart chart_of(const struct cr_flow *flows, size_t count) {
    return (struct cr_chart){.kind = CR_CHART_FLOWS,
        .of.flows = {.stages = stages,
            .stage_count = 2,
            .flows = flows,
            .flow_count = count,
            .picked_name = "earned security",
            .picked_meaning = CR_MEANING_SCENARIO_2}};
}

/* The height of a node: the pixels of its colour in the column in the middle of it. */
static int height_of(const struct drawing *drawing, bool last, enum cr_meaning meaning) {
    const struct cr_rect area = drawing->placement.area;
    const double x = floor(last ? cr_rect_right(area) - 5.0 : area.x + 5.0);
    return drawing_count(drawing, (struct cr_rect){x, 0.0, 1.0, HEIGHT}, colour_of(meaning));
}

static void nodes_are_as_high_as_their_share(void **state) {
    (void)state;
    const struct cr_flow flows[] = {{.category = {0, 0}, .weight = 30.0}, {.category = {1, 0}, .weight = 50.0},
        {.category = {1, 1}, .weight = 20.0}, {.category = {0, 1}, .weight = -5.0},
        {.category = {0, 1}, .weight = (double)NAN}};
    const struct cr_chart chart = chart_of(flows, 5);
    struct drawing drawing = drawn(&chart);
    const double a = height_of(&drawing, false, CR_MEANING_CLASS_A), b = height_of(&drawing, false, CR_MEANING_CLASS_B);
    const double secure = height_of(&drawing, true, CR_MEANING_PREOCCUPIED);
    const double fearful = height_of(&drawing, true, CR_MEANING_FEARFUL);
    assert_true(a + b > 0.7 * HEIGHT);
    assert_near(a / (a + b), 0.3, 0.01);
    assert_near(secure / (secure + fearful), 0.8, 0.01);
    drawing_free(&drawing);
}

static void strands_are_coloured_by_where_they_come_from(void **state) {
    (void)state;
    const struct cr_flow flow = {.category = {0, 1}, .weight = 1.0};
    const struct cr_chart chart = chart_of(&flow, 1);
    struct drawing drawing = drawn(&chart);
    const struct cr_rect area = drawing.placement.area;
    const struct cr_colour middle =
        drawing_pixel(&drawing, (int)(area.x + area.width / 2.0), (int)(area.y + area.height / 2.0));
    const struct cr_colour source = colour_of(CR_MEANING_CLASS_A), white = CR_COLOUR(0xFFFFFF);
    assert_near(middle.red, white.red + 0.3 * (source.red - white.red), 0.01);
    assert_near(middle.blue, white.blue + 0.3 * (source.blue - white.blue), 0.01);
    drawing_free(&drawing);
}

static void the_picked_ones_stand_out_and_are_named(void **state) {
    (void)state;
    struct cr_flow flows[] = {{.category = {0, 0}, .weight = 1.0, .picked = true}, {.category = {1, 0}, .weight = 1.0}};
    const struct cr_chart chart = chart_of(flows, 2);
    struct drawing drawing = drawn(&chart);
    const struct cr_colour strong =
        cr_colour_readable(colour_of(CR_MEANING_SCENARIO_2), (struct cr_colour)CR_COLOUR(0xFFFFFF), 4.5);
    const double right = cr_rect_right(drawing.placement.area);
    const struct cr_rect margin = {right + 1.0, 0.0, WIDTH - right, HEIGHT};
    assert_true(drawing_count(&drawing, margin, strong) > 30);
    drawing_free(&drawing);
    flows[0].picked = false;
    drawing = drawn(&chart);
    assert_int_equal(drawing_count(&drawing, (struct cr_rect){0.0, 0.0, WIDTH, HEIGHT}, strong), 0);
    drawing_free(&drawing);
}

static void no_flow_is_no_data(void **state) {
    (void)state;
    const struct cr_flow none = {.category = {0, 0}, .weight = 0.0};
    const struct cr_chart charts[] = {chart_of(&none, 1), chart_of(NULL, 0)};
    for (int i = 0; i < 2; i++) {
        struct drawing drawing = drawn(&charts[i]);
        assert_true(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->soft_ink) > 20);
        drawing_free(&drawing);
    }
}

static void flows_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    const struct cr_flow astray = {.category = {0, 2}, .weight = 1.0};
    struct cr_chart chart = chart_of(&astray, 1);
    expect_refused(&chart, "flow 1 of a chart passes category 2 of stage 2, which has only 2");
    chart.of.flows.stage_count = 1;
    expect_refused(&chart, "2 to 6 stages, not 1");
    chart = chart_of(NULL, 4);
    expect_refused(&chart, "4 flows, but not which");
    static const struct cr_flow_stage empty[] = {{"in infancy", before, 2}, {"at 40", NULL, 0}};
    chart.of.flows.stages = empty;
    expect_refused(&chart, "stage 2 of a chart of flows has 0 categories");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_are_as_high_as_their_share),
        cmocka_unit_test(strands_are_coloured_by_where_they_come_from),
        cmocka_unit_test(the_picked_ones_stand_out_and_are_named),
        cmocka_unit_test(no_flow_is_no_data),
        cmocka_unit_test(flows_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
