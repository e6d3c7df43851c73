#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "near.h"
#include "viz/card/card_page.h"

static bool has(unsigned sections, enum cr_card_section section) {
    return (sections >> section & 1U) != 0;
}

static void where_there_is_room_all_is_told(void **state) {
    (void)state;
    const unsigned all = cr_card_choose_sections(false, false, HUGE_VAL);
    for (int s = 0; s < CR_CARD_SECTIONS; s++)
        assert_true(has(all, (enum cr_card_section)s));
    assert_int_equal(cr_card_choose_sections(false, false, cr_card_column_height(false, all)), all);
    assert_false(has(cr_card_choose_sections(false, true, HUGE_VAL), CR_CARD_LOVE));
}

static void what_has_no_room_is_left_out_but_not_who_it_is_and_the_life(void **state) {
    (void)state;
    const double whole = cr_card_column_height(false, cr_card_choose_sections(false, false, HUGE_VAL));
    for (double height = 0.0; height < whole; height += 7.0) {
        const unsigned sections = cr_card_choose_sections(false, false, height);
        assert_true(has(sections, CR_CARD_HEAD) && has(sections, CR_CARD_LIFE));
        if (sections != cr_card_choose_sections(false, false, 0.0))
            assert_true(cr_card_column_height(false, sections) <= height);
        assert_true(has(sections, CR_CARD_CARE) || !has(sections, CR_CARD_CAREGIVER));
        assert_true(has(sections, CR_CARD_NEED) || !has(sections, CR_CARD_DISTRESS));
    }
}

static void the_names_of_worlds_take_room(void **state) {
    (void)state;
    const unsigned all = cr_card_choose_sections(true, false, HUGE_VAL);
    assert_true(cr_card_column_height(true, all) > cr_card_column_height(false, all) + 10.0);
}

static struct cr_card_content content_of(bool couple, size_t worlds) {
    struct cr_card_content content;
    memset(&content, 0, sizeof content);
    content.couple = couple;
    content.count = worlds;
    for (size_t w = 0; w < 2; w++) {
        content.dossier[w].week = 100;
        content.dossier[w].death = -1;
        content.dossier[w].style = content.dossier[w].style_18 = CR_STYLE_NONE;
        content.dossier[w].partner = CR_NOBODY;
        content.partner[w].person = CR_NOBODY;
    }
    return content;
}

static double zoom_of(bool couple, size_t worlds, double width, double height) {
    const struct cr_card_content content = content_of(couple, worlds);
    struct cr_card_page page = {.link_count = 0};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
    cairo_t *cairo = cairo_create(surface);
    assert_int_equal(cr_canvas_init(&page.canvas, cairo, cr_theme(CR_THEME_DARK), width, height, 1.0, NULL), 0);
    page.canvas.unit = 12.0;
    const double zoom = cr_card_draw_page(&page, &content, width, height);
    assert_int_equal(page.link_count, 0);
    cr_canvas_free(&page.canvas);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return zoom;
}

static void a_card_grows_with_its_place(void **state) {
    (void)state;
    double width, height;
    for (int couple = 0; couple < 2; couple++)
        for (size_t worlds = 1; worlds <= 2; worlds++) {
            cr_card_page_size(couple == 1, worlds, &width, &height);
            assert_near(zoom_of(couple == 1, worlds, width, height), 1.0, 1e-9);
            assert_near(zoom_of(couple == 1, worlds, 2.0 * width, 2.0 * height), 2.0, 1e-9);
            /* a little too low: smaller letters; far too low: fewer sections */
            assert_near(zoom_of(couple == 1, worlds, width, 0.95 * height), 0.95, 1e-9);
            assert_near(zoom_of(couple == 1, worlds, width, 0.7 * height), 1.0, 1e-9);
            assert_true(zoom_of(couple == 1, worlds, width, 0.2 * height) < 0.7);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_there_is_room_all_is_told),
        cmocka_unit_test(what_has_no_room_is_left_out_but_not_who_it_is_and_the_life),
        cmocka_unit_test(the_names_of_worlds_take_room),
        cmocka_unit_test(a_card_grows_with_its_place),
    };
    return cmocka_run_group_tests_name("card_page", tests, NULL, NULL);
}
