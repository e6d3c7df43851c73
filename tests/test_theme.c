#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "report/theme.h"

static const enum cr_theme_name names[] = {CR_THEME_LIGHT, CR_THEME_DARK};

/* Full protanopia, deuteranopia and tritanopia by Machado, Oliveira & Fernandes (2009), on linear light. */
static const double blindness[3][3][3] = {
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

static double linear(double part) {
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double companded(double part) {
    const double bounded = fmin(1.0, fmax(0.0, part));
    return bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * pow(bounded, 1.0 / 2.4) - 0.055;
}

static struct cr_colour seen_by(int kind, struct cr_colour colour) {
    const double from[] = {linear(colour.red), linear(colour.green), linear(colour.blue)};
    double to[3];
    for (int i = 0; i < 3; i++)
        to[i] = companded(
            blindness[kind][i][0] * from[0] + blindness[kind][i][1] * from[1] + blindness[kind][i][2] * from[2]);
    return (struct cr_colour){to[0], to[1], to[2], 1.0};
}

static void lines_and_marks_stand_out_by_three_and_text_by_four_and_a_half(void **state) {
    (void)state;
    for (int k = 0; k < 2; k++) {
        const struct cr_theme *theme = cr_theme(names[k]);
        for (int m = CR_MEANING_SECURE; m < CR_MEANINGS; m++)
            assert_true(cr_colour_contrast(theme->colours[m], theme->background) >= 3.0);
        assert_true(cr_colour_contrast(theme->axis, theme->background) >= 3.0);
        assert_true(cr_colour_contrast(theme->ink, theme->background) >= 4.5);
        assert_true(cr_colour_contrast(theme->soft_ink, theme->background) >= 4.5);
        assert_true(cr_colour_contrast(theme->grid, theme->background) < 2.0);
    }
}

static double nearest(const struct cr_theme *theme, int first, int last, int kind) {
    double least = INFINITY;
    for (int i = first; i <= last; i++)
        for (int j = first; j < i; j++) {
            const struct cr_colour a = theme->colours[i], b = theme->colours[j];
            least = fmin(
                least, kind < 0 ? cr_colour_distance(a, b) : cr_colour_distance(seen_by(kind, a), seen_by(kind, b)));
        }
    return least;
}

/* 0.02 is about what can just be told apart side by side. */
static void the_colour_blind_tell_styles_and_scenarios_apart(void **state) {
    (void)state;
    for (int k = 0; k < 2; k++)
        for (int kind = -1; kind < 3; kind++) {
            const struct cr_theme *theme = cr_theme(names[k]);
            assert_true(nearest(theme, CR_MEANING_SECURE, CR_MEANING_FEARFUL, kind) > 0.09);
            assert_true(nearest(theme, CR_MEANING_SCENARIO_1, CR_MEANING_SCENARIO_8, kind) > 0.06);
        }
}

static void colour_is_never_alone(void **state) {
    (void)state;
    const struct cr_theme *theme = cr_theme(CR_THEME_LIGHT);
    for (size_t i = 0; i < 8; i++)
        for (size_t j = 0; j < i; j++) {
            const struct cr_mark a = cr_theme_mark(theme, CR_MEANING_BY_PLACE, i);
            const struct cr_mark b = cr_theme_mark(theme, CR_MEANING_BY_PLACE, j);
            assert_true(a.dash_count != b.dash_count || a.dashes != b.dashes);
            if (i < 5)
                assert_true(a.marker != b.marker);
        }
    for (int s = CR_MEANING_SECURE; s <= CR_MEANING_FEARFUL; s++)
        for (int t = CR_MEANING_SECURE; t < s; t++)
            assert_true(cr_theme_mark(theme, (enum cr_meaning)s, 0).marker !=
                        cr_theme_mark(theme, (enum cr_meaning)t, 0).marker);
}

static void a_meaning_keeps_its_colour_wherever_it_stands(void **state) {
    (void)state;
    const struct cr_theme *theme = cr_theme(CR_THEME_DARK);
    for (int m = CR_MEANING_SECURE; m < CR_MEANINGS; m++)
        for (size_t place = 0; place < 10; place++) {
            const struct cr_mark mark = cr_theme_mark(theme, (enum cr_meaning)m, place);
            assert_memory_equal(&mark.colour, &theme->colours[m], sizeof mark.colour);
        }
    const struct cr_mark second = cr_theme_mark(theme, CR_MEANING_BY_PLACE, 1);
    assert_memory_equal(&second.colour, &theme->colours[CR_MEANING_SCENARIO_2], sizeof second.colour);
    const struct cr_mark class = cr_theme_mark(theme, CR_MEANING_CLASS_A, 0);
    const struct cr_mark style = cr_theme_mark(theme, CR_MEANING_DISMISSING, 0);
    assert_memory_equal(&class.colour, &style.colour, sizeof class.colour);
    assert_int_equal(class.marker, style.marker);
}

static void expect_even(
    const struct cr_theme *theme, struct cr_colour (*map)(const struct cr_theme *, double), double from, double to) {
    enum { STEPS = 20 };
    double least = INFINITY, most = 0.0, before = cr_colour_to_oklab(map(theme, from)).lightness;
    double direction = 0.0;
    for (int i = 1; i <= STEPS; i++) {
        const double a = from + (to - from) * (i - 1) / STEPS, b = from + (to - from) * i / STEPS;
        const double step = cr_colour_distance(map(theme, a), map(theme, b));
        const double lightness = cr_colour_to_oklab(map(theme, b)).lightness;
        least = fmin(least, step);
        most = fmax(most, step);
        assert_true((lightness - before) * direction >= 0.0);
        direction = lightness - before;
        before = lightness;
    }
    assert_true(most < 1.7 * least);
}

static void colour_maps_change_evenly_and_only_one_way_in_lightness(void **state) {
    (void)state;
    for (int k = 0; k < 2; k++) {
        const struct cr_theme *theme = cr_theme(names[k]);
        expect_even(theme, cr_theme_sequential, 0.0, 1.0);
        expect_even(theme, cr_theme_diverging, 0.0, 1.0);
        expect_even(theme, cr_theme_diverging, 0.0, -1.0);
    }
}

static void little_is_near_the_background_and_much_is_far(void **state) {
    (void)state;
    for (int k = 0; k < 2; k++) {
        const struct cr_theme *theme = cr_theme(names[k]);
        assert_true(cr_colour_contrast(cr_theme_sequential(theme, 0.0), theme->background) < 1.4);
        assert_true(cr_colour_contrast(cr_theme_sequential(theme, 1.0), theme->background) > 9.0);
        assert_true(cr_colour_contrast(cr_theme_diverging(theme, 0.0), theme->background) < 1.6);
        for (double t = 0.1; t <= 1.0; t += 0.1)
            assert_near(cr_colour_to_oklab(cr_theme_diverging(theme, t)).lightness,
                cr_colour_to_oklab(cr_theme_diverging(theme, -t)).lightness, 0.01);
        assert_near(cr_colour_distance(cr_theme_sequential(theme, 7.0), cr_theme_sequential(theme, 1.0)), 0.0, 0.0);
        const struct cr_colour none = cr_theme_sequential(theme, (double)NAN);
        assert_memory_equal(&none, &theme->empty, sizeof none);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_marks_stand_out_by_three_and_text_by_four_and_a_half),
        cmocka_unit_test(the_colour_blind_tell_styles_and_scenarios_apart),
        cmocka_unit_test(colour_is_never_alone),
        cmocka_unit_test(a_meaning_keeps_its_colour_wherever_it_stands),
        cmocka_unit_test(colour_maps_change_evenly_and_only_one_way_in_lightness),
        cmocka_unit_test(little_is_near_the_background_and_much_is_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
