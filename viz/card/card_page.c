#include "viz/card/card_page.h"

#include <math.h>

#include "base/numeric.h"

/* Points. */
static const double alone_width = 348.0, beside_width = 332.0, gap = 24.0, margin = 16.0;

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

/* Whether the two of a world are one of the couples that a strip tells of. */
static bool has_strip(const struct cr_card_content *content, size_t world) {
    return content->couple && content->partner[world].person != CR_NOBODY &&
           content->dossier[world].partner == content->partner[world].person;
}

struct cr_card_shape cr_card_content_shape(const struct cr_card_content *content) {
    struct cr_card_shape shape = {.couple = content->couple, .worlds = content->count};
    for (size_t w = 0; w < content->count; w++)
        shape.partnered[w] = content->partner[w].person != CR_NOBODY;
    return shape;
}

static size_t column_count(const struct cr_card_shape *shape) {
    return shape->worlds > 1 || (shape->couple && shape->partnered[0]) ? CR_CARD_COLUMNS : 1;
}

static double strip_height(const struct cr_card_shape *shape, size_t world) {
    return shape->couple && shape->partnered[world] ? cr_card_couple_height() : 0.0;
}

/* The strips of all worlds: beside each other, or beneath. */
static double strips_height(const struct cr_card_shape *shape, bool beside) {
    const double one = strip_height(shape, 0), other = shape->worlds > 1 ? strip_height(shape, 1) : 0.0;
    return beside ? cr_max(one, other) : one + other;
}

static double page_height(const struct cr_card_shape *shape, bool beside) {
    const double column = cr_card_column_height(shape->worlds > 1, shape->couple);
    const double columns = beside ? 1.0 : (double)column_count(shape);
    return 2.0 * margin + columns * column + (columns - 1.0) * gap + strips_height(shape, beside);
}

double cr_card_page_width(const struct cr_card_shape *shape, bool beside) {
    const bool two = beside && (shape->couple || shape->worlds > 1);
    return 2.0 * margin + (two ? CR_CARD_COLUMNS * beside_width + gap : alone_width - 2.0 * margin);
}

struct cr_card_plan cr_card_plan(const struct cr_card_shape *shape, double zoom, int width, int least_height) {
    const double broad = cr_card_page_width(shape, true), narrow = cr_card_page_width(shape, false);
    /* a pixel of what was rounded on the way */
    const bool beside = broad > narrow && width >= broad * zoom - 1.0;
    struct cr_card_plan plan = {.beside = beside, .zoom = cr_min(zoom, width / (beside ? broad : narrow))};
    plan.height = (int)cr_max(least_height, ceil(plan.zoom * page_height(shape, beside)));
    return plan;
}

static void draw_strip(
    struct cr_card_page *page, const struct cr_card_content *content, size_t world, struct cr_rect where) {
    if (has_strip(content, world))
        cr_card_draw_couple(page, &content->dossier[world], &content->partner[world], where);
}

/* Two columns, and beneath both the strips of couples: one across the card, or one under each world. */
static void draw_beside(struct cr_card_page *page, const struct cr_card_content *content, double wide, double high) {
    const struct cr_card_shape shape = cr_card_content_shape(content);
    const double strips = strips_height(&shape, true), height = high - 2.0 * margin - strips;
    const double column = (wide - 2.0 * margin - gap) / CR_CARD_COLUMNS, below = margin + height;
    struct cr_card_subject subject[CR_CARD_COLUMNS];
    const size_t columns = find_subjects(content, subject);
    for (size_t c = 0; c < columns; c++)
        cr_card_draw_column(page, &subject[c], content->couple,
            (struct cr_rect){margin + (double)c * (column + gap), margin, column, height});
    for (size_t w = 0; w < content->count; w++)
        draw_strip(page, content, w,
            content->count > 1 ? (struct cr_rect){margin + (double)w * (column + gap), below, column, strips}
                               : (struct cr_rect){margin, below, wide - 2.0 * margin, strips});
}

/* All in one column: a world's strip follows what is told of it; the only one stands between the two partners. */
static void draw_beneath(struct cr_card_page *page, const struct cr_card_content *content, double wide, double high) {
    const struct cr_card_shape shape = cr_card_content_shape(content);
    struct cr_card_subject subject[CR_CARD_COLUMNS];
    const size_t columns = find_subjects(content, subject);
    const double column = wide - 2.0 * margin;
    const double spare = cr_max(0.0, high - page_height(&shape, false)) / (double)columns;
    const double height = cr_card_column_height(content->count > 1, content->couple) + spare;
    double y = margin;
    for (size_t c = 0; c < columns; c++) {
        cr_card_draw_column(page, &subject[c], content->couple, (struct cr_rect){margin, y, column, height});
        y += height;
        if (c < content->count) {
            const double strip = strip_height(&shape, c);
            draw_strip(page, content, c, (struct cr_rect){margin, y, column, strip});
            y += strip;
        }
        y += gap;
    }
}

void cr_card_draw_page(
    struct cr_card_page *page, const struct cr_card_content *content, const struct cr_card_plan *plan, int width) {
    const double wide = width / plan->zoom, high = plan->height / plan->zoom;
    cairo_scale(page->canvas.cairo, plan->zoom, plan->zoom);
    if (plan->beside)
        draw_beside(page, content, wide, high);
    else
        draw_beneath(page, content, wide, high);
}
