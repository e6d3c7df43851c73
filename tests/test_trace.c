#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"
#include "report/trace.h"

enum { WIDTH = 400, HEIGHT = 200, MANY = 200000 };
static const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
static const struct cr_mark red = {.colour = CR_COLOUR(0xFF0000)};

struct scene {
    struct drawing drawing;
    struct cr_canvas canvas;
    struct cr_axes axes;
};

/* x from 0 to 400 and y from 0 to 200, one a pixel. */
static struct scene opened(void) {
    struct scene scene = {.drawing = drawing_blank(WIDTH, HEIGHT)};
    assert_int_equal(
        cr_canvas_init(&scene.canvas, scene.drawing.cairo, cr_theme(CR_THEME_LIGHT), WIDTH, HEIGHT, 0.0, NULL), 0);
    scene.axes.asked_x = (struct cr_chart_axis){.from = 0.0, .to = WIDTH};
    scene.axes.asked_y = (struct cr_chart_axis){.from = 0.0, .to = HEIGHT};
    cr_axes_set(&scene.axes, &scene.canvas, all);
    return scene;
}

static void closed(struct scene *scene) {
    cr_canvas_free(&scene->canvas);
    drawing_free(&scene->drawing);
}

static int red_near(const struct scene *scene, double x, double y) {
    return drawing_count(&scene->drawing, drawing_around(x, HEIGHT - y, 1.5), red.colour);
}

static void a_line_goes_through_its_points_and_breaks_at_the_missing(void **state) {
    (void)state;
    struct scene scene = opened();
    const double x[] = {50, 150, 200, 250, 350}, y[] = {50, 150, (double)NAN, 100, 100};
    cr_trace_line(&scene.canvas, &scene.axes, &(struct cr_points){x, y, 5, false}, &red, 4.0);
    assert_true(red_near(&scene, 100.0, 100.0) > 0);
    assert_true(red_near(&scene, 300.0, 100.0) > 0);
    assert_int_equal(drawing_count(&scene.drawing, (struct cr_rect){160.0, 0.0, 80.0, HEIGHT}, red.colour), 0);
    closed(&scene);
}

static void a_point_alone_is_a_dot(void **state) {
    (void)state;
    struct scene scene = opened();
    const double x[] = {100, 200, 300}, y[] = {(double)NAN, 80, INFINITY};
    cr_trace_line(&scene.canvas, &scene.axes, &(struct cr_points){x, y, 3, false}, &red, 8.0);
    assert_in_range(drawing_count(&scene.drawing, all, red.colour), 20, 70);
    assert_true(red_near(&scene, 200.0, 80.0) > 0);
    closed(&scene);
}

static void steps_hold_until_the_next(void **state) {
    (void)state;
    struct scene scene = opened();
    const double x[] = {50, 150, 250}, y[] = {150, 100, 50};
    cr_trace_line(&scene.canvas, &scene.axes, &(struct cr_points){x, y, 3, true}, &red, 4.0);
    assert_true(red_near(&scene, 140.0, 150.0) > 0);
    assert_true(red_near(&scene, 150.0, 125.0) > 0);
    assert_true(red_near(&scene, 240.0, 100.0) > 0);
    assert_int_equal(red_near(&scene, 100.0, 125.0), 0);
    closed(&scene);
}

static void no_peak_among_very_many_points_is_lost(void **state) {
    (void)state;
    static double y[MANY], x[MANY];
    struct scene scene = opened();
    for (int i = 0; i < MANY; i++) {
        x[i] = (double)i * WIDTH / MANY;
        y[i] = 60.0;
    }
    y[MANY / 4 + 7] = 190.0;
    y[MANY / 2 + 7] = 10.0;
    cr_trace_line(&scene.canvas, &scene.axes, &(struct cr_points){x, y, MANY, false}, &red, 4.0);
    assert_true(red_near(&scene, 100.0, 185.0) > 0);
    assert_true(red_near(&scene, 200.0, 15.0) > 0);
    assert_true(red_near(&scene, 300.0, 60.0) > 0);
    closed(&scene);
}

static void dense_noise_fills_its_range_and_no_more(void **state) {
    (void)state;
    static double y[MANY], x[MANY];
    struct scene scene = opened();
    uint32_t luck = 1;
    for (int i = 0; i < MANY; i++) {
        luck = luck * 1664525U + 1013904223U;
        x[i] = (double)i * WIDTH / MANY;
        y[i] = 50.0 + 100.0 * (double)(luck >> 8) / 16777216.0;
    }
    cr_trace_line(&scene.canvas, &scene.axes, &(struct cr_points){x, y, MANY, false}, &red, 2.0);
    assert_near(drawing_count(&scene.drawing, (struct cr_rect){0.0, 55.0, WIDTH, 90.0}, red.colour), WIDTH * 90.0, 0.0);
    assert_int_equal(drawing_count(&scene.drawing, (struct cr_rect){0.0, 0.0, WIDTH, 47.0}, red.colour), 0);
    closed(&scene);
}

static void points_in_any_order_are_drawn(void **state) {
    (void)state;
    struct scene scene = opened();
    const double x[] = {300, 100, 300, 100}, y[] = {150, 150, 50, 50};
    cr_trace_line(&scene.canvas, &scene.axes, &(struct cr_points){x, y, 4, false}, &red, 4.0);
    assert_true(red_near(&scene, 200.0, 150.0) > 0);
    assert_true(red_near(&scene, 200.0, 100.0) > 0);
    assert_true(red_near(&scene, 200.0, 50.0) > 0);
    closed(&scene);
}

static void a_band_lies_between_its_sides_and_breaks_at_the_missing(void **state) {
    (void)state;
    struct scene scene = opened();
    const double x[] = {50, 150, 200, 250, 350}, low[] = {50, 50, 50, 50, 50};
    const double high[] = {150, 150, (double)NAN, 150, 150};
    cr_trace_band(&scene.canvas, &scene.axes, &(struct cr_points){x, low, 5, false}, high, red.colour);
    assert_near(drawing_count(&scene.drawing, all, red.colour), 2.0 * 100.0 * 100.0, 10.0);
    assert_int_equal(red_near(&scene, 200.0, 100.0), 0);
    closed(&scene);
}

static void a_band_of_steps_is_a_staircase(void **state) {
    (void)state;
    struct scene scene = opened();
    const double x[] = {50, 150, 250}, low[] = {100, 50, 50}, high[] = {150, 100, 100};
    cr_trace_band(&scene.canvas, &scene.axes, &(struct cr_points){x, low, 3, true}, high, red.colour);
    assert_near(drawing_count(&scene.drawing, all, red.colour), 2.0 * 100.0 * 50.0, 10.0);
    assert_int_equal(red_near(&scene, 100.0, 80.0), 0);
    assert_true(red_near(&scene, 148.0, 148.0) > 0);
    closed(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_goes_through_its_points_and_breaks_at_the_missing),
        cmocka_unit_test(a_point_alone_is_a_dot),
        cmocka_unit_test(steps_hold_until_the_next),
        cmocka_unit_test(no_peak_among_very_many_points_is_lost),
        cmocka_unit_test(dense_noise_fills_its_range_and_no_more),
        cmocka_unit_test(points_in_any_order_are_drawn),
        cmocka_unit_test(a_band_lies_between_its_sides_and_breaks_at_the_missing),
        cmocka_unit_test(a_band_of_steps_is_a_staircase),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
