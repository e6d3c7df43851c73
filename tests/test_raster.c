#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "viz/draw/raster.h"
#include "viz/draw/stamps.h"
#include "viz/scene/trails.h"

enum { WHITE = 0xFFFFFF };

static struct cr_raster raster_of(int width, int height) {
    struct cr_raster raster = {0};
    assert_int_equal(cr_raster_fit(&raster, width, height, NULL), 0);
    return raster;
}

static uint32_t at(const struct cr_raster *raster, int x, int y) {
    return raster->pixels[(ptrdiff_t)y * raster->stride + x] & 0xFFFFFF;
}

/* The light of all pixels together, in white pixels. */
static double light(const struct cr_raster *raster) {
    double sum = 0.0;
    for (int y = 0; y < raster->height; y++)
        for (int x = 0; x < raster->width; x++)
            sum += (at(raster, x, y) & 255) / 255.0;
    return sum;
}

static void line(struct cr_raster *raster, double x1, double y1, double x2, double y2, double width, double opacity) {
    const struct cr_stroke stroke = {x1, y1, x2, y2, width, 0xFFFFFFFF, opacity};
    cr_raster_line(raster, &stroke);
}

static void a_line_brings_as_much_ink_as_it_is_long_and_wide(void **state) {
    (void)state;
    static const struct {
        double x, y;
    } ways[] = {{60.0, 0.0}, {0.0, 60.0}, {48.0, 36.0}, {-36.0, 48.0}, {-48.0, -36.0}, {42.4, -42.4}};
    static const double widths[] = {0.5, 1.0, 2.5, 7.0};
    for (size_t k = 0; k < 6; k++) {
        for (size_t w = 0; w < 4; w++) {
            struct cr_raster raster = raster_of(200, 200);
            line(&raster, 100.3, 99.6, 100.3 + ways[k].x, 99.6 + ways[k].y, widths[w], 1.0);
            assert_near(light(&raster), 60.0 * widths[w], 0.03 * 60.0 * widths[w] + 1.5);
            cr_raster_free(&raster);
        }
    }
}

static void a_line_on_whole_pixels_is_sharp(void **state) {
    (void)state;
    struct cr_raster raster = raster_of(20, 20);
    line(&raster, 2.0, 5.5, 9.0, 5.5, 1.0, 1.0);
    for (int x = 0; x < 20; x++) {
        assert_int_equal(at(&raster, x, 4), 0);
        assert_int_equal(at(&raster, x, 5), x >= 2 && x < 9 ? WHITE : 0);
        assert_int_equal(at(&raster, x, 6), 0);
    }
    cr_raster_free(&raster);
}

static void half_opacity_meets_in_the_middle(void **state) {
    (void)state;
    struct cr_raster raster = raster_of(20, 20);
    line(&raster, 0.0, 5.5, 20.0, 5.5, 1.0, 0.5);
    assert_in_range(at(&raster, 10, 5) & 255, 126, 128);
    assert_int_equal(raster.pixels[(ptrdiff_t)5 * raster.stride + 10] >> 24, 255);
    cr_raster_free(&raster);
}

/* Run under the address sanitizer, too. */
static void lines_and_stamps_from_anywhere_stay_within_the_memory(void **state) {
    (void)state;
    struct cr_raster raster = raster_of(50, 30);
    struct cr_stamps stamps = {0};
    assert_int_equal(cr_stamps_make(&stamps, cr_theme(CR_THEME_DARK), 7.0, 2.0, NULL), 0);
    static const double places[] = {-1e12, -3e5, -170.0, -64.0, -20.0, 0.0, 15.0, 49.9, 60.0, 95.0, 130.0, 4e6, 1e12};
    enum { COUNT = sizeof places / sizeof places[0] };
    for (size_t a = 0; a < COUNT; a++) {
        for (size_t b = 0; b < COUNT; b++) {
            for (size_t c = 0; c < COUNT; c++)
                line(&raster, places[a], places[b], places[c], places[(c + a) % COUNT], 90.0, 0.3);
            for (int name = 0; name < CR_STAMPS; name++) {
                cr_stamps_put(&stamps, &raster, (enum cr_stamp_name)name, places[a], places[b], 256);
                cr_stamps_flare(&stamps, &raster, (enum cr_stamp_name)name, places[a], places[b], 0.5, 100);
            }
        }
    }
    line(&raster, (double)NAN, 3.0, 5.0, 5.0, 1.0, 1.0);
    cr_stamps_put(&stamps, &raster, CR_STAMP_SECURE, (double)NAN, 1.0, 256);
    cr_stamps_free(&stamps);
    cr_stamps_free(&stamps);
    cr_raster_free(&raster);
    cr_raster_free(&raster);
}

static void a_line_that_passes_by_leaves_nothing(void **state) {
    (void)state;
    struct cr_raster raster = raster_of(50, 30);
    line(&raster, -300.0, -200.0, -100.0, 500.0, 3.0, 1.0);
    line(&raster, 200.0, 0.0, 200.0, 30.0, 3.0, 1.0);
    assert_near(light(&raster), 0.0, 0.0);
    line(&raster, -1000.0, 15.0, 1000.0, 15.0, 2.0, 1.0);
    assert_near(light(&raster), 100.0, 0.1);
    cr_raster_free(&raster);
}

static void a_stamp_stands_where_it_is_put_to_a_quarter_of_a_pixel(void **state) {
    (void)state;
    struct cr_stamps stamps = {0};
    assert_int_equal(cr_stamps_make(&stamps, cr_theme(CR_THEME_LIGHT), 4.0, 1.0, NULL), 0);
    for (double shift = 0.0; shift < 1.0; shift += 0.25) {
        struct cr_raster raster = raster_of(60, 60);
        cr_stamps_put(&stamps, &raster, CR_STAMP_UNRATED, 30.0 + shift, 20.0 - shift, 256);
        double sum = 0.0, x_sum = 0.0, y_sum = 0.0;
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 60; x++) {
                const double weight = at(&raster, x, y) & 255;
                sum += weight;
                x_sum += weight * (x + 0.5);
                y_sum += weight * (y + 0.5);
            }
        }
        assert_true(sum > 1000.0);
        assert_near(x_sum / sum, 30.0 + shift, 0.04);
        assert_near(y_sum / sum, 20.0 - shift, 0.04);
        cr_raster_free(&raster);
    }
    cr_stamps_free(&stamps);
}

static void faint_stamps_change_less(void **state) {
    (void)state;
    struct cr_stamps stamps = {0};
    assert_int_equal(cr_stamps_make(&stamps, cr_theme(CR_THEME_DARK), 6.0, 1.0, NULL), 0);
    double last = 0.0;
    for (int opacity = 0; opacity <= 256; opacity += 64) {
        struct cr_raster raster = raster_of(40, 40);
        cr_stamps_put(&stamps, &raster, CR_STAMP_SECURE, 20.0, 20.0, opacity);
        const double now = light(&raster);
        assert_true(opacity == 0 ? now == 0.0 : now > last + 5.0);
        last = now;
        cr_raster_free(&raster);
    }
    cr_stamps_free(&stamps);
}

static double area(const struct cr_stamp *stamp) {
    double sum = 0.0;
    for (size_t b = 0; b < 4 * (size_t)stamp->size * (size_t)stamp->size; b += 4)
        sum += (255.0 - stamp->keep[b]) / 255.0;
    return sum;
}

static void styles_have_shapes_of_one_area_even_when_small(void **state) {
    (void)state;
    static const double radii[] = {2.25, 4.0, 9.0};
    for (size_t k = 0; k < 3; k++) {
        struct cr_stamps stamps = {0};
        assert_true(cr_stamp_is_shaped(radii[k]));
        assert_int_equal(cr_stamps_make(&stamps, cr_theme(CR_THEME_DARK), radii[k], 2.0, NULL), 0);
        for (int a = CR_STAMP_SECURE; a < CR_STAMP_UNRATED; a++) {
            const struct cr_stamp *one = stamps.stamp[a];
            assert_near(area(one) / area(stamps.stamp[CR_STAMP_UNRATED]), 1.0, 0.12);
            for (int b = CR_STAMP_SECURE; b < a; b++)
                assert_memory_not_equal(one->keep, stamps.stamp[b]->keep, 4 * (size_t)one->size * (size_t)one->size);
        }
        cr_stamps_free(&stamps);
    }
    assert_false(cr_stamp_is_shaped(2.0));
}

static void no_stamp_is_cut_off_at_its_edge(void **state) {
    (void)state;
    static const double radii[] = {1.6, 3.0, 5.5, 9.0, 14.0};
    for (size_t k = 0; k < 5; k++) {
        struct cr_stamps stamps = {0};
        assert_int_equal(cr_stamps_make(&stamps, cr_theme(CR_THEME_DARK), radii[k], 1.0, NULL), 0);
        for (int name = 0; name < CR_STAMPS; name++) {
            for (int phase = 0; phase < CR_STAMP_PHASES; phase++) {
                const struct cr_stamp *stamp = &stamps.stamp[name][phase];
                const size_t row = 4 * (size_t)stamp->size;
                assert_true(stamp->size <= 2 * CR_RASTER_MARGIN && stamp->end <= stamp->size);
                for (size_t b = 0; b < row; b++) {
                    assert_true(stamp->keep[b] > 250);
                    assert_true(stamp->keep[((size_t)stamp->size - 1) * row + b] > 250);
                    assert_true(stamp->keep[b / 4 * row + b % 4] > 250);
                }
            }
        }
        cr_stamps_free(&stamps);
    }
}

static void stamps_without_memory_are_none(void **state) {
    (void)state;
    struct cr_stamps stamps = {0};
    struct cr_error error = {0};
    allocations_left = 0;
    assert_int_equal(cr_stamps_make(&stamps, cr_theme(CR_THEME_DARK), 3.0, 1.0, &error), CR_ERROR_MEMORY);
    allocations_left = -1;
    assert_null(stamps.memory);
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    struct cr_raster raster = {0};
    allocations_left = 0;
    assert_int_equal(cr_raster_fit(&raster, 10, 10, NULL), CR_ERROR_MEMORY);
    allocations_left = -1;
    assert_null(raster.memory);
}

static void trail(struct cr_trails *trails, double x1, double x2, uint32_t ink) {
    const struct cr_stroke stroke = {x1, 10.5, x2, 10.5, 3.0, ink, 0.5};
    cr_trails_add(trails, &stroke);
}

static void trails_are_light_on_dark_and_ink_on_light(void **state) {
    (void)state;
    for (int darkening = 0; darkening < 2; darkening++) {
        struct cr_trails trails = {0};
        struct cr_raster ground = raster_of(40, 20), raster = raster_of(40, 20);
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 40; x++)
                ground.pixels[(ptrdiff_t)y * ground.stride + x] = darkening ? 0xFFF0F0F0 : 0xFF101010;
        assert_int_equal(cr_trails_fit(&trails, 40, 20, darkening, NULL), 0);
        trail(&trails, 5.0, 30.0, 0xFF4080C0);
        cr_trails_lay(&trails, &raster, &ground);
        const uint32_t pixel = raster.pixels[(ptrdiff_t)10 * raster.stride + 20];
        assert_int_equal(pixel >> 24, 255);
        if (darkening)
            assert_true((pixel & 255) < 0xF0 && (pixel >> 16 & 255) < (pixel & 255));
        else
            assert_true((pixel & 255) > 0x10 && (pixel >> 16 & 255) < (pixel & 255));
        assert_int_equal(at(&raster, 20, 2), at(&ground, 20, 2));
        cr_trails_free(&trails);
        cr_raster_free(&ground);
        cr_raster_free(&raster);
    }
}

static void pieces_of_a_trail_join_without_seams(void **state) {
    (void)state;
    struct cr_trails trails = {0};
    assert_int_equal(cr_trails_fit(&trails, 60, 20, false, NULL), 0);
    for (double x = 5.0; x < 50.0; x += 1.7)
        trail(&trails, x, x + 1.7, 0xFFFFFFFF);
    const uint32_t colour = at(&trails.glow, 25, 10);
    assert_true(colour > 0);
    for (int x = 6; x < 48; x++)
        assert_int_equal(at(&trails.glow, x, 10), colour);
    cr_trails_free(&trails);
}

static void trails_fade_to_nothing_whatever_the_rate_of_frames(void **state) {
    (void)state;
    static const double frames[] = {1.0 / 240.0, 1.0 / 60.0, 1.0 / 10.0};
    double after_a_second[3];
    for (size_t k = 0; k < 3; k++) {
        struct cr_trails trails = {0};
        assert_int_equal(cr_trails_fit(&trails, 40, 20, false, NULL), 0);
        trail(&trails, 5.0, 30.0, 0xFFFFFFFF);
        const double before = light(&trails.glow);
        for (double passed = 0.0; passed < 1.0; passed += frames[k])
            cr_trails_fade(&trails, frames[k]);
        after_a_second[k] = light(&trails.glow) / before;
        for (double passed = 0.0; passed < 6.0; passed += frames[k])
            cr_trails_fade(&trails, frames[k]);
        assert_near(light(&trails.glow), 0.0, 0.0);
        cr_trails_free(&trails);
    }
    assert_true(after_a_second[1] < 0.34 && after_a_second[1] > 0.1);
    assert_near(after_a_second[0], after_a_second[1], 0.02);
    assert_near(after_a_second[2], after_a_second[1], 0.12);
}

static void trails_go_at_once_when_cleared(void **state) {
    (void)state;
    struct cr_trails trails = {0};
    assert_int_equal(cr_trails_fit(&trails, 40, 20, true, NULL), 0);
    trail(&trails, 5.0, 30.0, 0xFF000000);
    assert_true(light(&trails.glow) > 1.0);
    assert_int_equal(cr_trails_fit(&trails, 40, 20, false, NULL), 0);
    assert_near(light(&trails.glow), 0.0, 0.0);
    trail(&trails, 5.0, 30.0, 0xFFFFFFFF);
    cr_trails_clear(&trails);
    assert_near(light(&trails.glow), 0.0, 0.0);
    cr_trails_free(&trails);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_brings_as_much_ink_as_it_is_long_and_wide),
        cmocka_unit_test(a_line_on_whole_pixels_is_sharp),
        cmocka_unit_test(half_opacity_meets_in_the_middle),
        cmocka_unit_test(lines_and_stamps_from_anywhere_stay_within_the_memory),
        cmocka_unit_test(a_line_that_passes_by_leaves_nothing),
        cmocka_unit_test(a_stamp_stands_where_it_is_put_to_a_quarter_of_a_pixel),
        cmocka_unit_test(faint_stamps_change_less),
        cmocka_unit_test(styles_have_shapes_of_one_area_even_when_small),
        cmocka_unit_test(no_stamp_is_cut_off_at_its_edge),
        cmocka_unit_test(stamps_without_memory_are_none),
        cmocka_unit_test(trails_are_light_on_dark_and_ink_on_light),
        cmocka_unit_test(pieces_of_a_trail_join_without_seams),
        cmocka_unit_test(trails_fade_to_nothing_whatever_the_rate_of_frames),
        cmocka_unit_test(trails_go_at_once_when_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
