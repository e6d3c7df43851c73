#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"
#include "report/ends.h"

enum { WIDTH = 800, HEIGHT = 500 };
static const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
static const struct cr_chart_axis age = {.from = 18.0, .to = 70.0}, share = {.from = 0.0, .to = 1.0};

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

static const struct cr_colour red = CR_COLOUR(0xD4442A);

static void the_end_of_a_line_is_its_last_value_that_is_not_missing(void **state) {
    (void)state;
    const double x[] = {20.0, 30.0, 40.0}, y[] = {0.1, 0.2, (double)NAN};
    const struct cr_end end = cr_ends_last("secure", red, &age, &share, x, y, 3);
    assert_near(end.x, 30.0, 0.0);
    assert_near(end.y, 0.2, 0.0);
    assert_near(cr_ends_last("secure", red, &age, &share, NULL, y, 3).x, 1.0, 0.0);
    assert_true(isnan(cr_ends_last("secure", red, &age, &share, x, y + 2, 1).y));
}

static void names_at_the_ends_need_lines_that_get_there_and_room(void **state) {
    (void)state;
    struct scene scene = opened();
    struct cr_end ends[] = {{"secure", red, 70.0, 0.6}, {"fearful", red, 69.0, 0.1}};
    const double width = cr_ends_width(&scene.canvas, ends, 2, &age, all);
    assert_true(width > 40.0 && width < 120.0);
    assert_near(cr_ends_width(&scene.canvas, ends, 2, &age, (struct cr_rect){0.0, 0.0, 200.0, HEIGHT}), 0.0, 0.0);
    assert_near(cr_ends_width(&scene.canvas, ends, 2, &age, (struct cr_rect){0.0, 0.0, WIDTH, 40.0}), 0.0, 0.0);
    ends[1].x = 50.0;
    assert_near(cr_ends_width(&scene.canvas, ends, 2, &age, all), 0.0, 0.0);
    ends[1].name = NULL;
    assert_true(cr_ends_width(&scene.canvas, ends, 2, &age, all) > 0.0);
    closed(&scene);
}

static void names_stand_right_of_the_data_and_apart(void **state) {
    (void)state;
    struct scene scene = opened();
    struct cr_axes axes = {.asked_x = age, .asked_y = share};
    const struct cr_end ends[] = {{"secure", red, 70.0, 0.5}, {"preoccupied", red, 70.0, 0.5}, {NULL, red, 70.0, 0.5},
        {"fearful", red, 70.0, 0.51}};
    const struct cr_rect area = {50.0, 50.0, 500.0, 400.0};
    cr_axes_set(&axes, &scene.canvas, area);
    const struct cr_rect taken = cr_ends_draw(&scene.canvas, ends, 4, &axes);
    assert_false(cr_rect_overlap(taken, area));
    assert_near(taken.height, 3.0 * 1.2 * scene.canvas.unit, 1e-9);
    const struct cr_rect left = {0.0, 0.0, cr_rect_right(area) - 1.0, HEIGHT};
    assert_int_equal(drawing_count(&scene.drawing, left, (struct cr_colour)CR_COLOUR(0xFFFFFF)), 549 * HEIGHT);
    closed(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_of_a_line_is_its_last_value_that_is_not_missing),
        cmocka_unit_test(names_at_the_ends_need_lines_that_get_there_and_room),
        cmocka_unit_test(names_stand_right_of_the_data_and_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
