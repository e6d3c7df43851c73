#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"
#include "report/axes.h"

enum { WIDTH = 600, HEIGHT = 400 };
static const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};

struct scene {
    struct drawing drawing;
    struct cr_canvas canvas;
};

static struct scene opened(void) {
    struct scene scene = {.drawing = drawing_blank(WIDTH, HEIGHT)};
    assert_int_equal(
        cr_canvas_init(&scene.canvas, scene.drawing.cairo, cr_theme(CR_THEME_LIGHT), WIDTH, HEIGHT, 0.0, NULL), 0);
    return scene;
}

static void closed(struct scene *scene) {
    cr_canvas_free(&scene->canvas);
    drawing_free(&scene->drawing);
}

static void expect_apart(const struct cr_axes *axes, const struct cr_canvas *canvas) {
    const struct cr_lettering letters = {.size = 0.92};
    double end = -1e9;
    for (size_t k = 0; k < axes->x_ticks.count; k++) {
        if (!axes->x_ticks.text[k][0])
            continue;
        const double half = cr_canvas_measure(canvas, axes->x_ticks.text[k], &letters).width / 2.0;
        const double x = cr_axes_x(axes, axes->x_ticks.at[k]);
        assert_true(x - half > end);
        end = x + half;
    }
    double foot = 1e9;
    for (size_t k = 0; k < axes->y_ticks.count; k++) {
        if (!axes->y_ticks.text[k][0])
            continue;
        const double half = 0.4 * cr_canvas_measure(canvas, axes->y_ticks.text[k], &letters).height;
        const double y = cr_axes_y(axes, axes->y_ticks.at[k]);
        assert_true(y + half < foot);
        foot = y - half;
    }
}

static void numbers_never_overlap_however_small_the_chart(void **state) {
    (void)state;
    struct scene scene = opened();
    static const double ranges[][2] = {{0.0, 1.0}, {0.0, 1e6}, {-1e-5, 2e-5}, {123456.0, 123457.0}, {1.0, 7.0}};
    for (double width = 40.0; width < WIDTH; width *= 1.3)
        for (int r = 0; r < 5; r++)
            for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
                struct cr_axes axes = {.y_loose = true};
                axes.asked_x = (struct cr_chart_axis){.from = ranges[r][0], .to = ranges[r][1], .label = "x"};
                axes.asked_y = axes.asked_x;
                if (logarithmic) {
                    axes.asked_x.logarithmic = axes.asked_y.logarithmic = true;
                    axes.asked_x.from = axes.asked_y.from = 1e-4;
                    axes.asked_x.to = axes.asked_y.to = pow(10.0, r);
                }
                cr_axes_fit(&axes, &scene.canvas, (struct cr_rect){0.0, 0.0, width, 0.7 * width});
                expect_apart(&axes, &scene.canvas);
            }
    closed(&scene);
}

static void everything_fits_into_the_rectangle(void **state) {
    (void)state;
    static const char *const names[] = {"a lasting secure partner", "a caregiver who changed", "therapy",
        "grandparents", "friends and colleagues", "no single route", "unknown"};
    for (int kind = 0; kind < 3; kind++) {
        struct scene scene = opened();
        struct cr_axes axes = {.y_grid = true, .y_loose = true};
        axes.asked_x = (struct cr_chart_axis){.from = 0.0, .to = 123456.0, .label = "time", .unit = "weeks"};
        axes.asked_y = (struct cr_chart_axis){.from = -0.17, .to = 0.93, .label = "share"};
        if (kind > 0) {
            axes.asked_x = (struct cr_chart_axis){.categories = names, .category_count = kind == 1 ? 3 : 7};
            assert_true(cr_chart_axis_close(&axes.asked_x, (struct cr_range){0}));
        }
        const struct cr_rect outer = {60.0, 50.0, 420.0, 300.0};
        cr_axes_fit(&axes, &scene.canvas, outer);
        cr_axes_draw_grid(&axes, &scene.canvas);
        cr_axes_draw(&axes, &scene.canvas);
        const struct cr_colour white = CR_COLOUR(0xFFFFFF);
        /* ink may overhang a letter's place by a pixel */
        const struct cr_rect rim = {outer.x - 1.0, outer.y - 1.0, outer.width + 2.0, outer.height + 2.0};
        const int inside = (int)(rim.width * rim.height) - drawing_count(&scene.drawing, rim, white);
        assert_int_equal(WIDTH * HEIGHT - drawing_count(&scene.drawing, all, white), inside);
        assert_true(inside > 1000);
        closed(&scene);
    }
}

static void a_loose_axis_ends_on_ticks_and_a_told_one_where_it_was_told(void **state) {
    (void)state;
    struct scene scene = opened();
    struct cr_axes axes = {
        .y_loose = true, .asked_x = {.from = 18.3, .to = 69.7}, .asked_y = {.from = 0.113, .to = 0.887}};
    cr_axes_fit(&axes, &scene.canvas, all);
    assert_near(axes.x.from, 18.3, 0.0);
    assert_near(axes.x.to, 69.7, 0.0);
    assert_near(axes.y.from, axes.y_ticks.at[0], 1e-12);
    assert_near(axes.y.to, axes.y_ticks.at[axes.y_ticks.count - 1], 1e-12);
    assert_true(axes.y.from <= 0.113 && axes.y.to >= 0.887);
    assert_near(cr_axes_y(&axes, axes.y.from), cr_rect_bottom(axes.area), 1e-9);
    assert_near(cr_axes_x(&axes, 18.3), axes.area.x, 1e-9);
    closed(&scene);
}

static void a_loose_axis_ends_where_values_do(void **state) {
    (void)state;
    struct scene scene = opened();
    for (double top = 0.5; top <= 1.0; top += 0.01)
        for (double height = 60.0; height <= HEIGHT; height += 20.0) {
            struct cr_axes axes = {.y_loose = true,
                .asked_x = {.from = 0.0, .to = 1.0},
                .asked_y = {.from = 0.0, .to = top, .least = 0.0, .most = 1.0, .form = CR_NUMBER_PERCENT}};
            cr_axes_fit(&axes, &scene.canvas, (struct cr_rect){0.0, 0.0, WIDTH, height});
            assert_true(axes.y.from == 0.0 && axes.y.to >= top && axes.y.to <= 1.0);
            assert_true(axes.y_ticks.at[axes.y_ticks.count - 1] <= 1.0 + 1e-9);
            axes.asked_y = (struct cr_chart_axis){.from = 1.0 - top, .to = 1.0, .least = 1.0 - top, .most = 2.0};
            cr_axes_fit(&axes, &scene.canvas, (struct cr_rect){0.0, 0.0, WIDTH, height});
            assert_near(axes.y.from, 1.0 - top, 1e-12);
            assert_true(axes.y_ticks.at[0] >= 1.0 - top - 1e-9);
        }
    closed(&scene);
}

static void names_that_are_too_wide_stand_by_turns_in_two_rows(void **state) {
    (void)state;
    static const char *const names[] = {"all", "secure", "preoccupied", "dismissing", "fearful"};
    struct scene scene = opened();
    struct cr_axes axes = {.asked_x = {.categories = names, .category_count = 5}, .asked_y = {.from = 0.0, .to = 1.0}};
    const struct cr_lettering lettering = {.size = 0.92};
    const double widest = cr_canvas_measure(&scene.canvas, "preoccupied", &lettering).width;
    assert_true(cr_chart_axis_close(&axes.asked_x, (struct cr_range){0}));
    cr_axes_fit(&axes, &scene.canvas, all);
    assert_near(axes.stagger, 0.0, 0.0);
    const double line = axes.numbers;
    cr_axes_fit(&axes, &scene.canvas, (struct cr_rect){0.0, 0.0, 4.6 * widest, HEIGHT});
    assert_near(axes.slant, 0.0, 0.0);
    assert_true(axes.stagger > 0.9 * line && axes.x_every == 1);
    assert_near(axes.numbers, 2.0 * line, 1.0);
    assert_true(axes.slot >= widest); /* none is cut off */
    assert_true(2.0 * axes.area.width / 5.0 > widest);
    closed(&scene);
}

static void names_break_then_turn_and_short_ones_are_thinned_if_asked(void **state) {
    (void)state;
    static const char *const names[] = {"secure at 18", "secure at 25", "secure at 30", "secure at 35", "secure at 40"};
    struct scene scene = opened();
    struct cr_axes axes = {.asked_x = {.categories = names, .category_count = 5}, .asked_y = {.from = 0.0, .to = 1.0}};
    assert_true(cr_chart_axis_close(&axes.asked_x, (struct cr_range){0}));
    cr_axes_fit(&axes, &scene.canvas, all);
    const double line = axes.numbers;
    assert_near(axes.slant, 0.0, 0.0);
    cr_axes_fit(&axes, &scene.canvas, (struct cr_rect){0.0, 0.0, 300.0, HEIGHT});
    assert_near(axes.slant, 0.0, 0.0);
    assert_near(axes.numbers, 2.0 * line, 1.0);
    cr_axes_fit(&axes, &scene.canvas, (struct cr_rect){0.0, 0.0, 200.0, HEIGHT});
    assert_true(axes.slant < 0.0);
    axes.thin = true;
    cr_axes_fit(&axes, &scene.canvas, (struct cr_rect){0.0, 0.0, 200.0, HEIGHT});
    assert_near(axes.slant, 0.0, 0.0);
    assert_in_range(axes.x_every, 2, 4);
    closed(&scene);
}

static void the_data_are_no_wider_than_asked(void **state) {
    (void)state;
    struct scene scene = opened();
    struct cr_axes axes = {
        .most_aspect = 1.0, .asked_x = {.from = 1.0, .to = 7.0}, .asked_y = {.from = 1.0, .to = 7.0}};
    cr_axes_fit(&axes, &scene.canvas, all);
    assert_near(axes.area.width, axes.area.height, 1e-6);
    closed(&scene);
}

static void a_title_has_its_unit_in_parentheses(void **state) {
    (void)state;
    char text[CR_AXES_TITLE];
    assert_string_equal(cr_axes_title(&(struct cr_chart_axis){.label = "age", .unit = "years"}, text), "age (years)");
    assert_string_equal(cr_axes_title(&(struct cr_chart_axis){.label = "age"}, text), "age");
    assert_string_equal(cr_axes_title(&(struct cr_chart_axis){.unit = "years"}, text), "years");
    assert_string_equal(cr_axes_title(&(struct cr_chart_axis){0}, text), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_never_overlap_however_small_the_chart),
        cmocka_unit_test(everything_fits_into_the_rectangle),
        cmocka_unit_test(a_loose_axis_ends_on_ticks_and_a_told_one_where_it_was_told),
        cmocka_unit_test(a_loose_axis_ends_where_values_do),
        cmocka_unit_test(names_that_are_too_wide_stand_by_turns_in_two_rows),
        cmocka_unit_test(names_break_then_turn_and_short_ones_are_thinned_if_asked),
        cmocka_unit_test(the_data_are_no_wider_than_asked),
        cmocka_unit_test(a_title_has_its_unit_in_parentheses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
