#include <math.h>
#include <stdio.h>

#include "base/numeric.h"
#include "viz/card/card_sections.h"

static const double bar_height = 10.0, label_share = 0.53;

void cr_card_draw_shares(const struct cr_card_page *page, const struct cr_card_shares *shares, const double *other,
    double x, double y, double width) {
    const struct cr_canvas *canvas = &page->canvas;
    const double cell = width / CR_CARD_SHARES;
    cairo_save(canvas->cairo);
    cr_card_round(canvas->cairo, (struct cr_rect){x, y, width, bar_height}, 3.0);
    cairo_clip(canvas->cairo);
    cr_canvas_fill(canvas, (struct cr_rect){x, y, width, bar_height}, canvas->theme->grid);
    double from = x;
    for (int k = 0; k < CR_CARD_SHARES && !isnan(shares->share[k]); k++) {
        const double part = width * shares->share[k];
        cr_canvas_fill(canvas, (struct cr_rect){from, y, cr_max(0.0, part - 1.0), bar_height},
            canvas->theme->colours[shares->meaning[k]]);
        from += part;
    }
    cairo_restore(canvas->cairo);
    for (int k = 0; k < CR_CARD_SHARES; k++) {
        char text[16];
        const double left = x + k * cell, top = y + bar_height + 4.0;
        struct cr_lettering number = cr_card_letters(page, 1.0, false), name = cr_card_letters(page, 0.87, true);
        number.bold = true;
        name.width = cell - 2.0;
        if (isnan(shares->share[k]))
            (void)snprintf(text, sizeof text, "–");
        else
            (void)snprintf(text, sizeof text, "%.0f%%", 100.0 * shares->share[k]);
        if (other != NULL && fabs(other[k] - shares->share[k]) >= CR_CARD_DIFFERENCE) {
            const struct cr_extent extent = cr_canvas_measure(canvas, text, &number);
            cr_card_mark_difference(page, (struct cr_rect){left + 11.0, top, extent.width, extent.height});
        }
        cr_canvas_fill(canvas, (struct cr_rect){left, top + 4.0, 7.0, 7.0}, canvas->theme->colours[shares->meaning[k]]);
        (void)cr_card_write(page, text, number, left + 11.0, top);
        (void)cr_card_write(page, shares->name[k], name, left, top + 15.0);
    }
}

void cr_card_draw_track(
    const struct cr_card_page *page, const struct cr_card_track *track, double x, double y, double width) {
    const struct cr_canvas *canvas = &page->canvas;
    const struct cr_theme *theme = canvas->theme;
    struct cr_lettering label = cr_card_letters(page, 0.9, false);
    const double left = x + label_share * width, right = x + width - 4.0, middle = y + 8.0;
    const double span = (right - left) / (track->to - track->from);
    const double values[] = {track->value, track->then, track->theirs, track->elsewhere};
    double at[4];
    label.width = label_share * width - 6.0;
    (void)cr_canvas_shrink(canvas, track->label, &label, CR_CARD_LEAST_LETTERS);
    (void)cr_card_write(page, track->label, label, x, y);
    cr_canvas_hairline(canvas, left, middle, right, middle, theme->axis);
    for (int k = 0; k <= 2; k++) {
        const double tick = left + k * (right - left) / 2.0;
        cr_canvas_hairline(canvas, tick, middle - 2.5, tick, middle + 2.5, theme->axis);
    }
    for (int k = 0; k < 4; k++)
        at[k] = left + span * (cr_clamp(values[k], track->from, track->to) - track->from);
    const struct cr_mark own = {.colour = theme->colours[track->meaning], .marker = CR_MARKER_CIRCLE};
    const struct cr_mark partner = {.colour = theme->ink, .marker = CR_MARKER_DIAMOND};
    const struct cr_mark ghost = {.colour = theme->colours[track->elsewhere_meaning], .marker = CR_MARKER_SQUARE};
    if (!isnan(track->then) && !isnan(track->value)) {
        cr_canvas_set_colour(canvas, cr_colour_with_alpha(own.colour, 0.55));
        cairo_set_line_width(canvas->cairo, 2.0);
        cairo_move_to(canvas->cairo, at[1], middle);
        cairo_line_to(canvas->cairo, at[0], middle);
        cairo_stroke(canvas->cairo);
    }
    const bool differs = !isnan(track->elsewhere) && !isnan(track->value) &&
                         fabs(track->elsewhere - track->value) >= CR_CARD_DIFFERENCE * (track->to - track->from);
    if (differs) {
        cr_canvas_set_colour(canvas, cr_colour_with_alpha(ghost.colour, 0.5));
        cairo_set_line_width(canvas->cairo, 4.0);
        cairo_move_to(canvas->cairo, at[3], middle);
        cairo_line_to(canvas->cairo, at[0], middle);
        cairo_stroke(canvas->cairo);
        cr_canvas_marker(canvas, at[3], middle, 8.0, &ghost, false);
    }
    if (!isnan(track->then))
        cr_canvas_marker(canvas, at[1], middle, 8.0, &own, true);
    if (!isnan(track->theirs))
        cr_canvas_marker(canvas, at[2], middle, 8.0, &partner, false);
    if (!isnan(track->value))
        cr_canvas_marker(canvas, at[0], middle, 9.5, &own, false);
}
