#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "report/colour.h"

static const struct cr_colour black = CR_COLOUR(0x000000), white = CR_COLOUR(0xFFFFFF);

static void contrast_is_what_the_guidelines_say(void **state) {
    (void)state;
    const struct cr_colour grey = CR_COLOUR(0x767676), blue = CR_COLOUR(0x0000FF);
    assert_near(cr_colour_contrast(black, white), 21.0, 1e-9);
    assert_near(cr_colour_contrast(white, black), 21.0, 1e-9);
    assert_near(cr_colour_contrast(grey, white), 4.54, 0.005);
    assert_near(cr_colour_contrast(blue, white), 8.59, 0.005);
    assert_near(cr_colour_contrast(blue, blue), 1.0, 0.0);
}

/* Red as Ottosson's page gives it. */
static void oklab_is_as_published(void **state) {
    (void)state;
    const struct cr_oklab red = cr_colour_to_oklab((struct cr_colour)CR_COLOUR(0xFF0000));
    assert_near(red.lightness, 0.628, 0.001);
    assert_near(red.a, 0.225, 0.001);
    assert_near(red.b, 0.126, 0.001);
    assert_near(cr_colour_distance(black, white), 1.0, 1e-6);
}

static void oklab_and_back_is_the_same_colour(void **state) {
    (void)state;
    for (unsigned rgb = 0; rgb < 0x1000000; rgb += 0x010F35) {
        const struct cr_colour colour = CR_COLOUR(rgb);
        const struct cr_colour back = cr_colour_from_oklab(cr_colour_to_oklab(colour));
        assert_near(back.red, colour.red, 1e-4);
        assert_near(back.green, colour.green, 1e-4);
        assert_near(back.blue, colour.blue, 1e-4);
    }
}

static void a_mix_lies_between_and_keeps_its_share_of_opacity(void **state) {
    (void)state;
    const struct cr_colour faint = cr_colour_with_alpha(white, 0.5);
    assert_near(cr_colour_distance(cr_colour_mix(black, white, 0.25), black), 0.25, 1e-6);
    assert_near(cr_colour_mix(black, faint, 0.5).alpha, 0.75, 1e-12);
}

static void any_colour_can_be_made_readable_on_any_other(void **state) {
    (void)state;
    for (unsigned rgb = 0; rgb < 0x1000000; rgb += 0x03A9B1)
        for (unsigned under = 0; under < 0x1000000; under += 0x0913F7) {
            const struct cr_colour colour = CR_COLOUR(rgb), background = CR_COLOUR(under);
            const struct cr_colour readable = cr_colour_readable(colour, background, 4.5);
            assert_true(cr_colour_contrast(readable, background) >= 4.5);
        }
}

static void a_readable_colour_is_left_alone(void **state) {
    (void)state;
    const struct cr_colour navy = CR_COLOUR(0x000080);
    assert_near(cr_colour_distance(cr_colour_readable(navy, white, 4.5), navy), 0.0, 0.0);
    const struct cr_colour orange = CR_COLOUR(0xE69F00), darker = cr_colour_readable(orange, white, 4.5);
    assert_true(cr_colour_to_oklab(darker).lightness < cr_colour_to_oklab(orange).lightness);
    assert_true(darker.red > darker.blue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_what_the_guidelines_say),
        cmocka_unit_test(oklab_is_as_published),
        cmocka_unit_test(oklab_and_back_is_the_same_colour),
        cmocka_unit_test(a_mix_lies_between_and_keeps_its_share_of_opacity),
        cmocka_unit_test(any_colour_can_be_made_readable_on_any_other),
        cmocka_unit_test(a_readable_colour_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
