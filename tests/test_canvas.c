#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"
#include "report/canvas.h"

enum { WIDTH = 200, HEIGHT = 120 };

struct scene {
    struct drawing drawing;
    struct cr_canvas canvas;
};

static struct scene opened(void) {
    struct scene scene = {.drawing = drawing_blank(WIDTH, HEIGHT)};
    assert_int_equal(
        cr_canvas_init(&scene.canvas, scene.drawing.cairo, cr_theme(CR_THEME_LIGHT), WIDTH, HEIGHT, 1.5, NULL), 0);
    return scene;
}

static void closed(struct scene *scene) {
    cr_canvas_free(&scene->canvas);
    cr_canvas_free(&scene->canvas);
    drawing_free(&scene->drawing);
}

static void letters_grow_with_the_chart_and_stay_readable(void **state) {
    (void)state;
    assert_near(cr_canvas_unit(320.0, 240.0, 0.0), 9.0, 0.0);
    assert_near(cr_canvas_unit(800.0, 500.0, 1.0), 13.0, 0.1);
    assert_near(cr_canvas_unit(1600.0, 1000.0, 1.0), 22.0, 0.3);
    assert_near(cr_canvas_unit(3840.0, 2160.0, 1.0), 40.5, 1.0);
    assert_near(cr_canvas_unit(800.0, 500.0, 2.0), 26.0, 0.2);
    assert_true(cr_canvas_unit(800.0, 5000.0, 1.0) < 16.0);
}

static void text_takes_the_room_that_was_measured(void **state) {
    (void)state;
    struct scene scene = opened();
    const struct cr_lettering lettering = {.colour = scene.canvas.theme->ink, .across = 1.0, .down = 1.0};
    const struct cr_extent extent = cr_canvas_measure(&scene.canvas, "fearful", &lettering);
    cr_canvas_write(&scene.canvas, "fearful", &lettering, 150.0, 80.0);
    const struct cr_rect box = {150.0 - extent.width, 80.0 - extent.height, extent.width, extent.height};
    const struct cr_rect all = {0.0, 0.0, WIDTH, HEIGHT};
    const struct cr_colour white = CR_COLOUR(0xFFFFFF);
    assert_int_equal(WIDTH * HEIGHT - drawing_count(&scene.drawing, all, white),
        (int)(ceil(cr_rect_right(box)) - floor(box.x)) * (int)(ceil(cr_rect_bottom(box)) - floor(box.y)) -
            drawing_count(&scene.drawing, box, white));
    assert_true(drawing_count(&scene.drawing, box, scene.canvas.theme->ink) > 10);
    closed(&scene);
}

static void long_text_breaks_or_ends_in_an_ellipsis(void **state) {
    (void)state;
    struct scene scene = opened();
    const char *text = "preoccupied and dismissing and fearful";
    const struct cr_extent free = cr_canvas_measure(&scene.canvas, text, &(struct cr_lettering){0});
    const struct cr_extent cut = cr_canvas_measure(&scene.canvas, text, &(struct cr_lettering){.width = 100.0});
    const struct cr_extent broken =
        cr_canvas_measure(&scene.canvas, text, &(struct cr_lettering){.width = 100.0, .lines = 9});
    assert_true(free.width > 200.0);
    assert_true(cut.width <= 100.5 && broken.width <= 100.5);
    assert_near(cut.height, free.height, 0.01);
    assert_true(broken.height > 2.0 * free.height);
    assert_near(cr_canvas_measure(&scene.canvas, NULL, &(struct cr_lettering){0}).width, 0.0, 0.0);
    closed(&scene);
}

static void letters_shrink_no_further_than_told(void **state) {
    (void)state;
    struct scene scene = opened();
    struct cr_lettering lettering = {.width = 90.0};
    assert_true(cr_canvas_shrink(&scene.canvas, "dismissing", &lettering, 0.5));
    assert_true(lettering.size > 0.5 && lettering.size <= 1.0);
    assert_false(cr_canvas_shrink(&scene.canvas, "dismissing, dismissing, dismissing", &lettering, 0.5));
    assert_near(lettering.size, 0.5, 0.041);
    closed(&scene);
}

static void bytes_that_are_no_text_do_no_harm(void **state) {
    (void)state;
    struct scene scene = opened();
    const struct cr_lettering lettering = {.colour = scene.canvas.theme->ink, .halo = true, .plate = true};
    cr_canvas_write(&scene.canvas, "a\xFF\xC3(", &lettering, 10.0, 10.0);
    assert_int_equal(cairo_status(scene.drawing.cairo), CAIRO_STATUS_SUCCESS);
    assert_true(cr_canvas_measure(&scene.canvas, "a\xFF", &lettering).width > 0.0);
    closed(&scene);
}

static void hairlines_fall_on_whole_pixels(void **state) {
    (void)state;
    struct scene scene = opened();
    const struct cr_colour black = CR_COLOUR(0x000000);
    cr_canvas_hairline(&scene.canvas, 20.3, 10.0, 20.3, 50.0, black);
    assert_int_equal(drawing_count(&scene.drawing, (struct cr_rect){0.0, 30.0, WIDTH, 1.0}, black), 1);
    closed(&scene);
}

static void every_marker_has_the_size_that_was_asked_for(void **state) {
    (void)state;
    for (int marker = CR_MARKER_CIRCLE; marker <= CR_MARKER_CROSS; marker++) {
        struct scene scene = opened();
        const struct cr_mark mark = {.colour = CR_COLOUR(0xA8327E), .marker = (enum cr_marker)marker};
        cr_canvas_marker(&scene.canvas, 60.0, 60.0, 40.0, &mark, false);
        cr_canvas_marker(&scene.canvas, 140.0, 60.0, 40.0, &mark, true);
        const struct cr_colour white = CR_COLOUR(0xFFFFFF);
        assert_in_range(drawing_count(&scene.drawing, drawing_around(60.0, 60.0, 30.0), mark.colour), 600, 1700);
        assert_int_equal(drawing_count(&scene.drawing, drawing_around(60.0, 60.0, 2.0), mark.colour), 16);
        assert_int_equal(drawing_count(&scene.drawing, drawing_around(140.0, 60.0, 2.0), white), 16);
        assert_in_range(drawing_count(&scene.drawing, drawing_around(140.0, 60.0, 30.0), mark.colour), 200, 1100);
        for (int side = 0; side < 2; side++)
            assert_int_equal(
                drawing_count(&scene.drawing, (struct cr_rect){side ? 88.0 : 0.0, 0.0, 24.0, HEIGHT}, mark.colour), 0);
        closed(&scene);
    }
}

static void hatching_stays_within_its_path(void **state) {
    (void)state;
    struct scene scene = opened();
    const struct cr_colour black = CR_COLOUR(0x000000);
    cairo_rectangle(scene.drawing.cairo, 50.0, 40.0, 40.0, 30.0);
    cr_canvas_hatch(&scene.canvas, black, 8.0, 3.0);
    const struct cr_rect inside = {50.0, 40.0, 40.0, 30.0};
    const int dark = drawing_count(&scene.drawing, inside, black);
    assert_in_range(dark, 150, 800);
    assert_int_equal(drawing_count(&scene.drawing, (struct cr_rect){0.0, 0.0, WIDTH, HEIGHT}, black), dark);
    closed(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_grow_with_the_chart_and_stay_readable),
        cmocka_unit_test(text_takes_the_room_that_was_measured),
        cmocka_unit_test(long_text_breaks_or_ends_in_an_ellipsis),
        cmocka_unit_test(letters_shrink_no_further_than_told),
        cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
        cmocka_unit_test(hairlines_fall_on_whole_pixels),
        cmocka_unit_test(every_marker_has_the_size_that_was_asked_for),
        cmocka_unit_test(hatching_stays_within_its_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
