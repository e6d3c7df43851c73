#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "near.h"
#include "viz/card/card_page.h"

static void a_couple_tells_of_love_elsewhere_and_the_names_of_worlds_take_room(void **state) {
    (void)state;
    assert_true(cr_card_column_height(false, true) < cr_card_column_height(false, false) - 50.0);
    assert_true(cr_card_column_height(true, false) > cr_card_column_height(false, false) + 10.0);
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

/* What a canvas of so many pixels shows: whether anything is dark in a rectangle of it. */
struct sheet {
    struct cr_card_page page;
    cairo_surface_t *surface;
    struct cr_card_plan plan;
};

static void draw(struct sheet *sheet, const struct cr_card_content *content, double zoom, int width) {
    const struct cr_card_shape shape = cr_card_content_shape(content);
    sheet->page.link_count = 0;
    sheet->plan = cr_card_plan(&shape, zoom, width, 0);
    sheet->surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, sheet->plan.height);
    cairo_t *cairo = cairo_create(sheet->surface);
    assert_int_equal(
        cr_canvas_init(&sheet->page.canvas, cairo, cr_theme(CR_THEME_DARK), width, sheet->plan.height, 1.0, NULL), 0);
    sheet->page.canvas.unit = 12.0;
    cr_card_draw_page(&sheet->page, content, &sheet->plan, width);
    cr_canvas_free(&sheet->page.canvas);
    cairo_destroy(cairo);
    cairo_surface_flush(sheet->surface);
}

/* The first and the last row and column that anything is drawn on. */
static struct cr_rect drawn_on(const struct sheet *sheet) {
    const int width = cairo_image_surface_get_width(sheet->surface),
              height = cairo_image_surface_get_height(sheet->surface);
    const unsigned char *const data = cairo_image_surface_get_data(sheet->surface);
    int left = width, right = -1, top = height, bottom = -1;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            if (data[y * cairo_image_surface_get_stride(sheet->surface) + 4 * x + 3] != 0) {
                left = x < left ? x : left;
                right = x > right ? x : right;
                top = y < top ? y : top;
                bottom = y > bottom ? y : bottom;
            }
    return (struct cr_rect){left, top, right - left + 1, bottom - top + 1};
}

/* From small to as large as is wished: all is drawn within the card, and letters are as large as wished. */
static void letters_are_as_large_as_wished_and_nothing_is_cut(void **state) {
    (void)state;
    for (int couple = 0; couple < 2; couple++)
        for (size_t worlds = 1; worlds <= 2; worlds++)
            for (double zoom = 1.0; zoom <= 2.0; zoom += 0.25) {
                struct cr_card_content content = content_of(couple == 1, worlds);
                for (size_t w = 0; w < 2; w++) {
                    content.partner[w] = content.dossier[w];
                    content.dossier[w].partner = content.partner[w].person = 7;
                }
                const struct cr_card_shape shape = cr_card_content_shape(&content);
                for (int beside = 0; beside < 2; beside++) {
                    struct sheet sheet;
                    draw(&sheet, &content, zoom, (int)ceil(zoom * cr_card_page_width(&shape, beside == 1)));
                    assert_near(sheet.plan.zoom, zoom, 1e-9);
                    assert_int_equal(sheet.plan.beside, beside == 1 && (couple == 1 || worlds > 1));
                    const struct cr_rect ink = drawn_on(&sheet);
                    const int width = cairo_image_surface_get_width(sheet.surface);
                    assert_true(ink.x >= 6.0 * zoom && cr_rect_right(ink) <= width - 6.0 * zoom);
                    assert_true(ink.y >= 6.0 * zoom && cr_rect_bottom(ink) <= sheet.plan.height - 6.0 * zoom);
                    cairo_surface_destroy(sheet.surface);
                }
            }
}

static void where_it_is_narrow_columns_stand_beneath_each_other(void **state) {
    (void)state;
    const struct cr_card_shape couple = {.couple = true, .worlds = 1, .partnered = {true}};
    const struct cr_card_shape alone = {.couple = true, .worlds = 1};
    const int broad = (int)cr_card_page_width(&couple, true), narrow = (int)cr_card_page_width(&couple, false);
    const struct cr_card_plan beside = cr_card_plan(&couple, 1.0, broad, 0);
    const struct cr_card_plan beneath = cr_card_plan(&couple, 1.0, broad - 20, 0);
    assert_true(beside.beside && !beneath.beside);
    assert_true(beneath.height > 1.6 * beside.height);
    assert_near(beneath.zoom, 1.0, 0.0);
    assert_true(cr_card_plan(&alone, 1.0, narrow, 0).height < 0.6 * beneath.height);
    /* not even one has room */
    assert_near(cr_card_plan(&couple, 1.0, narrow / 2, 0).zoom, 0.5, 0.01);
    /* and what is higher than needed stays so */
    assert_int_equal(cr_card_plan(&couple, 1.0, broad, 5000).height, 5000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_couple_tells_of_love_elsewhere_and_the_names_of_worlds_take_room),
        cmocka_unit_test(letters_are_as_large_as_wished_and_nothing_is_cut),
        cmocka_unit_test(where_it_is_narrow_columns_stand_beneath_each_other),
    };
    return cmocka_run_group_tests_name("card_page", tests, NULL, NULL);
}
