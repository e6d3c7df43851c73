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

/* How many pixels of the colour are near the place of a value. */
static int seen_at(const struct drawing *drawing, double x, double y, struct cr_colour colour) {
    return drawing_count(drawing,
        drawing_around(cr_scale_place(&drawing->placement.x, x), cr_scale_place(&drawing->placement.y, y), 2.0),
        colour);
}

enum { PEOPLE = 4000 };
static double xs[PEOPLE], ys[PEOPLE];

/* Most people about (2, 2), some about (5, 5). */
static struct cr_chart chart_of_people(void) {
    for (int i = 0; i < PEOPLE; i++) {
        const double middle = i % 5 == 0 ? 5.0 : 2.0;
        xs[i] = middle + fmod(i * 0.7548776662466927, 1.0) - 0.5;
        ys[i] = middle + fmod(i * 0.5698402909980532, 1.0) - 0.5;
    }
    return (struct cr_chart){.kind = CR_CHART_DENSITY,
        .of.density = {.x = {.from = 1.0, .to = 7.0},
            .y = {.from = 1.0, .to = 7.0},
            .xs = xs,
            .ys = ys,
            .count = PEOPLE,
            .x_cut = 4.0,
            .y_cut = 4.0,
            .bandwidth = 0.1}};
}

static void crowds_are_dark_and_empty_places_bare(void **state) {
    (void)state;
    const struct cr_chart chart = chart_of_people();
    const struct cr_theme *theme = cr_theme(CR_THEME_LIGHT);
    struct drawing drawing = drawn(&chart);
    const struct cr_rect crowd =
        drawing_around(cr_scale_place(&drawing.placement.x, 2.0), cr_scale_place(&drawing.placement.y, 2.0), 3.0);
    assert_int_equal(drawing_count(&drawing, crowd, theme->background), 0);
    assert_true(
        cr_colour_contrast(drawing_pixel(&drawing, (int)crowd.x + 3, (int)crowd.y + 3), theme->background) > 3.0);
    assert_true(all_at(&drawing, 2.0, 5.5, theme->background));
    assert_int_equal(seen_at(&drawing, 5.0, 5.0, theme->background), 0);
    drawing_free(&drawing);
}

static void cuts_part_the_quadrants(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_people();
    const struct cr_colour ink = cr_theme(CR_THEME_LIGHT)->ink;
    struct drawing drawing = drawn(&chart);
    const int cut = drawing_count(&drawing, drawing.placement.area, ink);
    drawing_free(&drawing);
    chart.of.density.x_cut = chart.of.density.y_cut = (double)NAN;
    drawing = drawn(&chart);
    assert_true(cut > 300);
    assert_int_equal(drawing_count(&drawing, drawing.placement.area, ink), 0);
    drawing_free(&drawing);
}

static void quadrants_are_named_in_their_corners(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_people();
    chart.of.density.x_cut = chart.of.density.y_cut = (double)NAN;
    for (int q = 0; q < 4; q++) {
        for (int k = 0; k < 4; k++)
            chart.of.density.names[k] = k == q ? "name" : NULL;
        struct drawing drawing = drawn(&chart);
        const struct cr_rect area = drawing.placement.area;
        for (int k = 0; k < 4; k++) {
            const struct cr_rect quarter = {area.x + (k % 2) * area.width / 2.0, area.y + (k < 2) * area.height / 2.0,
                area.width / 2.0, area.height / 2.0};
            const int seen = drawing_count(&drawing, quarter, cr_theme(CR_THEME_LIGHT)->ink);
            assert_int_equal(seen > 0, k == q);
        }
        drawing_free(&drawing);
    }
}

static void nobody_is_no_data(void **state) {
    (void)state;
    static const double nan[] = {(double)NAN, 3.0}, far[] = {99.0, 3.0};
    struct cr_chart charts[] = {chart_of_people(), chart_of_people(), chart_of_people(), chart_of_people()};
    charts[0].of.density.count = 0;
    charts[1].of.density.xs = charts[1].of.density.ys = NULL;
    charts[1].of.density.count = 0;
    charts[2].of.density.xs = nan;
    charts[2].of.density.count = 1;
    charts[3].of.density.xs = far;
    charts[3].of.density.count = 1;
    for (int i = 0; i < 4; i++) {
        struct drawing drawing = drawn(&charts[i]);
        assert_true(drawing_count(&drawing, drawing.placement.area, cr_theme(CR_THEME_LIGHT)->soft_ink) > 20);
        drawing_free(&drawing);
    }
}

static void one_person_and_open_axes_are_drawn(void **state) {
    (void)state;
    struct cr_chart chart = chart_of_people();
    chart.of.density.x = chart.of.density.y = (struct cr_chart_axis){0};
    chart.of.density.count = 1;
    chart.of.density.bandwidth = 0.0;
    struct drawing drawing = drawn(&chart);
    assert_int_equal(seen_at(&drawing, xs[0], ys[0], cr_theme(CR_THEME_LIGHT)->background), 0);
    drawing_free(&drawing);
}

static void densities_that_contradict_themselves_are_refused(void **state) {
    (void)state;
    static const double counts[] = {1.0};
    struct cr_chart chart = chart_of_people();
    chart.of.density.ys = NULL;
    expect_refused(&chart, "4000 people, but not where");
    chart = chart_of_people();
    chart.of.density = (struct cr_chart_density){.counts = counts, .columns = 1, .rows = 1};
    expect_refused(&chart, "must be told the range of both axes");
    chart.of.density = (struct cr_chart_density){.columns = 2, .rows = 3};
    expect_refused(&chart, "2 by 3 cells, but of no counts");
    chart = chart_of_people();
    chart.of.density.x.logarithmic = true;
    expect_refused(&chart, "must be linear");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crowds_are_dark_and_empty_places_bare),
        cmocka_unit_test(cuts_part_the_quadrants),
        cmocka_unit_test(quadrants_are_named_in_their_corners),
        cmocka_unit_test(nobody_is_no_data),
        cmocka_unit_test(one_person_and_open_axes_are_drawn),
        cmocka_unit_test(densities_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
