#include "viz/card/card_page.h"

#include <math.h>

#include "base/numeric.h"

/* Points. */
static const double alone_width = 348.0, beside_width = 332.0, gap = 24.0, margin = 16.0;

/* Letters may be so much smaller before sections are left out. */
static const double least_zoom = 0.87;

/* Who stands in the columns. */
static size_t find_subjects(const struct cr_card_content *content, struct cr_card_subject subject[CR_CARD_COLUMNS]) {
    if (content->count > 1) {
        for (size_t w = 0; w < CR_CARD_COLUMNS; w++)
            subject[w] = (struct cr_card_subject){.who = &content->dossier[w],
                .against = &content->dossier[1 - w],
                .world = content->world[w],
                .world_meaning = (enum cr_meaning)(CR_MEANING_SCENARIO_1 + (int)w),
                .against_meaning = (enum cr_meaning)(CR_MEANING_SCENARIO_2 - (int)w)};
        return CR_CARD_COLUMNS;
    }
    subject[0] = (struct cr_card_subject){.who = &content->dossier[0]};
    subject[1] = (struct cr_card_subject){.who = &content->partner[0]};
    return content->couple && content->partner[0].person != CR_NOBODY ? 2 : 1;
}

static bool has_two_columns(bool couple, size_t worlds) {
    return couple || worlds > 1;
}

static double strip_height(bool couple) {
    return couple ? cr_card_couple_height() : 0.0;
}

static double height_with(bool couple, size_t worlds, unsigned sections) {
    return 2.0 * margin + cr_card_column_height(worlds > 1, sections) + strip_height(couple);
}

/* The sections that a card of so many points has room for. */
static unsigned choose_sections(bool couple, size_t worlds, double height) {
    return cr_card_choose_sections(worlds > 1, couple, height - 2.0 * margin - strip_height(couple));
}

void cr_card_page_size(bool couple, size_t worlds, double *width, double *height) {
    *width = 2.0 * margin + (has_two_columns(couple, worlds) ? CR_CARD_COLUMNS * beside_width + gap : alone_width);
    *height = height_with(couple, worlds, choose_sections(couple, worlds, HUGE_VAL));
}

/* Pixels a point: as wide as can be; a little smaller if all sections fit then; as small as needed for those that must
 * be there. */
static double choose_zoom(bool couple, size_t worlds, double width, double height) {
    double full_width, full_height;
    cr_card_page_size(couple, worlds, &full_width, &full_height);
    const double broad = width / full_width, whole = height / full_height;
    const double least = height / height_with(couple, worlds, choose_sections(couple, worlds, 0.0));
    return whole >= least_zoom * broad ? cr_min(broad, whole) : cr_min(broad, least);
}

static void draw_ground(const struct cr_card_page *page, double width, double height) {
    const struct cr_theme *theme = page->canvas.theme;
    cr_card_round(page->canvas.cairo, (struct cr_rect){0.5, 0.5, width - 1.0, height - 1.0}, 9.0);
    cr_canvas_set_colour(&page->canvas, theme->background);
    cairo_fill_preserve(page->canvas.cairo);
    cr_canvas_set_colour(&page->canvas, theme->empty);
    cairo_set_line_width(page->canvas.cairo, 1.0);
    cairo_stroke(page->canvas.cairo);
}

/* The strips of couples: one across the card, or one under each world. */
static void draw_strips(
    struct cr_card_page *page, const struct cr_card_content *content, double column, struct cr_rect where) {
    for (size_t w = 0; w < content->count; w++) {
        const bool one_of_two = content->count > 1;
        const struct cr_rect strip = {one_of_two ? where.x + (double)w * (column + gap) : where.x, where.y,
            one_of_two ? column : where.width, where.height};
        if (content->partner[w].person != CR_NOBODY && content->dossier[w].partner == content->partner[w].person)
            cr_card_draw_couple(page, &content->dossier[w], &content->partner[w], strip);
    }
}

double cr_card_draw_page(
    struct cr_card_page *page, const struct cr_card_content *content, double width, double height) {
    const bool couple = content->couple, two = has_two_columns(couple, content->count);
    const double zoom = choose_zoom(couple, content->count, width, height);
    const double wide = width / zoom, high = height / zoom;
    const double column = two ? (wide - 2.0 * margin - gap) / CR_CARD_COLUMNS : wide - 2.0 * margin;
    /* a hair more, for what was divided and multiplied */
    const unsigned sections = choose_sections(couple, content->count, high + 1e-6);
    const double column_height = high - 2.0 * margin - strip_height(couple);
    struct cr_card_subject subject[CR_CARD_COLUMNS];
    const size_t columns = find_subjects(content, subject);
    cairo_scale(page->canvas.cairo, zoom, zoom);
    draw_ground(page, wide, high);
    for (size_t c = 0; c < columns; c++)
        cr_card_draw_column(page, &subject[c], sections,
            (struct cr_rect){margin + (double)c * (column + gap), margin, column, column_height});
    if (couple)
        draw_strips(page, content, column,
            (struct cr_rect){margin, margin + column_height, wide - 2.0 * margin, strip_height(couple)});
    return zoom;
}
