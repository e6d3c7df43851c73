#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"
#include "report/contour.h"

enum { SIDE = 41, PIXELS = 200 };
static const struct cr_colour black = CR_COLOUR(0x000000);
static const struct cr_rect all = {0.0, 0.0, PIXELS, PIXELS};

/* A cone over the square, 1 in the middle and 0 at a distance of half its side. */
static void fill_cone(double *values) {
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++)
            values[j * SIDE + i] = 1.0 - hypot(i - 20.0, j - 20.0) / 20.0;
}

static int filled_pixels(const double *values, double level) {
    struct drawing drawing = drawing_blank(PIXELS, PIXELS);
    const struct cr_grid grid = {values, SIDE, SIDE, all};
    cairo_set_source_rgb(drawing.cairo, 0.0, 0.0, 0.0);
    cr_contour_fill(drawing.cairo, &grid, level);
    cairo_fill(drawing.cairo);
    const int count = drawing_count(&drawing, all, black);
    drawing_free(&drawing);
    return count;
}

static void a_region_has_the_area_that_geometry_says(void **state) {
    (void)state;
    double values[SIDE * SIDE];
    fill_cone(values);
    for (double level = 0.2; level < 0.9; level += 0.2) {
        const double radius = (1.0 - level) * PIXELS / 2.0;
        const double area = 3.14159265358979 * radius * radius;
        assert_near(filled_pixels(values, level), area, 0.03 * area + 6.0 * radius);
    }
    assert_int_equal(filled_pixels(values, -1.0), PIXELS * PIXELS);
    assert_int_equal(filled_pixels(values, 1.5), 0);
}

static void cells_with_a_missing_corner_hold_nothing(void **state) {
    (void)state;
    double values[SIDE * SIDE];
    fill_cone(values);
    values[20 * SIDE + 20] = (double)NAN;
    const int cell = PIXELS / (SIDE - 1);
    assert_int_equal(filled_pixels(values, -1.0), PIXELS * PIXELS - 4 * cell * cell);
}

static void a_line_runs_where_the_level_is(void **state) {
    (void)state;
    double values[SIDE * SIDE];
    fill_cone(values);
    struct drawing drawing = drawing_blank(PIXELS, PIXELS);
    const struct cr_grid grid = {values, SIDE, SIDE, all};
    cairo_set_source_rgb(drawing.cairo, 0.0, 0.0, 0.0);
    cairo_set_line_width(drawing.cairo, 3.0);
    cr_contour_line(drawing.cairo, &grid, 0.5);
    cairo_stroke(drawing.cairo);
    for (double angle = 0.0; angle < 6.28; angle += 0.1) {
        const double x = 100.0 + 50.0 * cos(angle), y = 100.0 + 50.0 * sin(angle);
        assert_true(drawing_count(&drawing, drawing_around(x, y, 2.0), black) > 0);
    }
    assert_int_equal(drawing_count(&drawing, drawing_around(100.0, 100.0, 40.0 * 0.7), black), 0);
    drawing_free(&drawing);
}

static void the_lowest_row_stands_lowest(void **state) {
    (void)state;
    const double values[] = {1.0, 1.0, 0.0, 0.0};
    struct drawing drawing = drawing_blank(PIXELS, PIXELS);
    const struct cr_grid grid = {values, 2, 2, all};
    cairo_set_source_rgb(drawing.cairo, 0.0, 0.0, 0.0);
    cr_contour_fill(drawing.cairo, &grid, 0.75);
    cairo_fill(drawing.cairo);
    assert_int_equal(drawing_count(&drawing, all, black), PIXELS * PIXELS / 4);
    assert_int_equal(drawing_count(&drawing, (struct cr_rect){0.0, 150.0, PIXELS, 50.0}, black), PIXELS * PIXELS / 4);
    drawing_free(&drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_region_has_the_area_that_geometry_says),
        cmocka_unit_test(cells_with_a_missing_corner_hold_nothing),
        cmocka_unit_test(a_line_runs_where_the_level_is),
        cmocka_unit_test(the_lowest_row_stands_lowest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
