#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawing.h"
#include "near.h"
#include "report/legend.h"

static struct cr_legend filled(size_t count, const char *const *names) {
    struct cr_legend legend = {.count = 0};
    for (size_t i = 0; i < count; i++)
        cr_legend_add(&legend, names[i], cr_theme_mark(cr_theme(CR_THEME_LIGHT), CR_MEANING_BY_PLACE, i),
            (enum cr_swatch)(i % 4));
    return legend;
}

static const char *const names[] = {"secure", "preoccupied", "dismissing", "fearful", "all adults of the cohort",
    "those once insecure", "published", "simulated"};

static void a_name_stands_once_and_none_is_left_out(void **state) {
    (void)state;
    const char *const some[] = {"secure", NULL, "fearful", "secure", ""};
    assert_int_equal(filled(5, some).count, 2);
}

static void entries_flow_into_as_many_rows_as_they_need(void **state) {
    (void)state;
    struct drawing drawing = drawing_blank(800, 200);
    struct cr_canvas canvas;
    assert_int_equal(cr_canvas_init(&canvas, drawing.cairo, cr_theme(CR_THEME_LIGHT), 800.0, 500.0, 0.0, NULL), 0);
    const struct cr_legend legend = filled(8, names);
    const double row = cr_legend_height(&legend, &canvas, 1e5);
    assert_near(cr_legend_height(&legend, &canvas, 500.0), 3.0 * row, 1e-9);
    assert_near(cr_legend_height(&legend, &canvas, 30.0), 6.0 * row, 1e-9);
    assert_near(cr_legend_height(&(struct cr_legend){.count = 0}, &canvas, 500.0), 0.0, 0.0);
    for (double width = 30.0; width < 700.0; width += 13.0) {
        const struct cr_rect strip = {20.0, 10.0, width, cr_legend_height(&legend, &canvas, width)};
        const struct cr_rect taken = cr_legend_draw(&legend, &canvas, strip);
        assert_true(taken.width <= width + 1e-9);
        assert_near(taken.height, strip.height, 1e-9);
    }
    cr_canvas_free(&canvas);
    drawing_free(&drawing);
}

static void spread_places_keep_apart_and_in_order(void **state) {
    (void)state;
    double places[] = {50.0, 10.0, 52.0, 51.0, 90.0};
    cr_legend_spread(places, 5, 10.0, 0.0, 100.0);
    assert_near(places[1], 10.0, 1e-9);
    assert_near(places[0], 41.0, 1e-9);
    assert_near(places[3], 51.0, 1e-9);
    assert_near(places[2], 61.0, 1e-9);
    assert_near(places[4], 90.0, 1e-9);
}

static void spread_places_stay_within_bounds(void **state) {
    (void)state;
    double top[] = {1.0, 2.0, 3.0}, bottom[] = {99.0, 99.5, 140.0}, crowded[] = {5.0, 5.0, 5.0, 5.0};
    cr_legend_spread(top, 3, 12.0, 6.0, 94.0);
    assert_near(top[0], 6.0, 1e-9);
    assert_near(top[2], 30.0, 1e-9);
    cr_legend_spread(bottom, 3, 12.0, 6.0, 94.0);
    assert_near(bottom[2], 94.0, 1e-9);
    assert_near(bottom[0], 70.0, 1e-9);
    cr_legend_spread(crowded, 4, 12.0, 0.0, 20.0);
    for (int i = 1; i < 4; i++)
        assert_near(crowded[i] - crowded[i - 1], 12.0, 1e-9);
    cr_legend_spread(crowded, 0, 12.0, 0.0, 20.0);
}

/* No arrangement that keeps the gaps is nearer in least squares: moving any one, or all, is worse. */
static void spread_places_move_as_little_as_can_be(void **state) {
    (void)state;
    uint32_t luck = 1;
    for (int trial = 0; trial < 200; trial++) {
        double wanted[6], places[6];
        for (int i = 0; i < 6; i++) {
            luck = luck * 1664525U + 1013904223U;
            places[i] = wanted[i] = 200.0 + (double)(luck >> 8) / 16777216.0 * 60.0;
        }
        cr_legend_spread(places, 6, 10.0, 0.0, 1000.0);
        double loss = 0.0, pull = 0.0;
        for (int i = 0; i < 6; i++) {
            loss += (places[i] - wanted[i]) * (places[i] - wanted[i]);
            pull += places[i] - wanted[i];
            for (int j = 0; j < i; j++) {
                assert_true(fabs(places[i] - places[j]) >= 10.0 - 1e-9);
                assert_true((places[i] > places[j]) == (wanted[i] > wanted[j]));
            }
        }
        assert_near(pull, 0.0, 1e-9);
        assert_true(loss >= 0.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_stands_once_and_none_is_left_out),
        cmocka_unit_test(entries_flow_into_as_many_rows_as_they_need),
        cmocka_unit_test(spread_places_keep_apart_and_in_order),
        cmocka_unit_test(spread_places_stay_within_bounds),
        cmocka_unit_test(spread_places_move_as_little_as_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
