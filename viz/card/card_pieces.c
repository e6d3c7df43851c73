#include <stdio.h>

#include "base/numeric.h"
#include "viz/card/card_page.h"

struct cr_lettering cr_card_letters(const struct cr_card_page *page, double size, bool soft) {
    const struct cr_theme *theme = page->canvas.theme;
    return (struct cr_lettering){.size = size, .colour = soft ? theme->soft_ink : theme->ink};
}

double cr_card_write(
    const struct cr_card_page *page, const char *text, struct cr_lettering lettering, double x, double y) {
    cr_canvas_write(&page->canvas, text, &lettering, x, y);
    return cr_canvas_measure(&page->canvas, text, &lettering).width;
}

double cr_card_write_person(
    struct cr_card_page *page, int32_t person, struct cr_lettering lettering, double x, double y) {
    char text[32];
    (void)snprintf(text, sizeof text, "Person %d", (int)person);
    const struct cr_extent extent = cr_canvas_measure(&page->canvas, text, &lettering);
    const struct cr_rect where = {x, y, extent.width, extent.height};
    cr_canvas_write(&page->canvas, text, &lettering, x, y);
    const double under = cr_canvas_snap(&page->canvas, cr_rect_bottom(where) - 1.0);
    cr_canvas_hairline(
        &page->canvas, x, under, cr_rect_right(where), under, cr_colour_with_alpha(lettering.colour, 0.6));
    if (page->link_count < CR_CARD_LINKS)
        page->link[page->link_count++] = (struct cr_card_link){where, person};
    return extent.width;
}

void cr_card_heading(
    const struct cr_card_page *page, const char *text, const char *aside, double x, double y, double width) {
    struct cr_lettering bold = cr_card_letters(page, 1.0, false);
    struct cr_lettering soft = cr_card_letters(page, 0.87, true);
    cr_canvas_hairline(&page->canvas, x, y, x + width, y, page->canvas.theme->grid);
    bold.bold = true;
    const double taken = cr_card_write(page, text, bold, x, y + 5.0);
    soft.across = 1.0;
    soft.width = width - taken - page->canvas.unit;
    (void)cr_card_write(page, aside, soft, x + width, y + 6.5);
}

void cr_card_round(cairo_t *cairo, struct cr_rect where, double radius) {
    const double quarter = 1.5707963267948966, r = cr_min(radius, cr_min(where.width, where.height) / 2.0);
    const double right = cr_rect_right(where) - r, bottom = cr_rect_bottom(where) - r;
    cairo_new_path(cairo);
    cairo_arc(cairo, right, where.y + r, r, -quarter, 0.0);
    cairo_arc(cairo, right, bottom, r, 0.0, quarter);
    cairo_arc(cairo, where.x + r, bottom, r, quarter, 2.0 * quarter);
    cairo_arc(cairo, where.x + r, where.y + r, r, 2.0 * quarter, 3.0 * quarter);
    cairo_close_path(cairo);
}

void cr_card_mark_difference(const struct cr_card_page *page, struct cr_rect where) {
    const struct cr_rect wide = {where.x - 3.0, where.y - 1.0, where.width + 6.0, where.height + 2.0};
    cr_card_round(page->canvas.cairo, wide, 3.0);
    cr_canvas_set_colour(&page->canvas, cr_colour_with_alpha(page->canvas.theme->colours[CR_MEANING_SCENARIO_2], 0.28));
    cairo_fill(page->canvas.cairo);
}
