#include <math.h>
#include <stdio.h>

#include "base/numeric.h"
#include "viz/card/card_sections.h"
#include "viz/card/card_words.h"

/* From this width on there is room to say who is who. */
static const double broad = 500.0;

static const double heading = 26.0, plot_height = 78.0, height = 128.0, most = 2.0;

double cr_card_couple_height(void) {
    return height;
}

/* How far the two have come: of the events since they met. */
static const char *stage_of(const struct cr_dossier *who) {
    const char *stage = "";
    for (size_t k = 0; k < who->event_count; k++)
        if (who->events[k].other == who->partner && who->events[k].week >= who->week - who->together) {
            if (who->events[k].kind == CR_LIFE_MOVING_IN)
                stage = ", living together";
            else if (who->events[k].kind == CR_LIFE_WEDDING)
                stage = ", married";
        }
    return stage;
}

struct plot {
    double left, right, top, span; /* years together */
};

static double place_rating(const struct plot *plot, double rating) {
    return plot->top + plot_height * (most - cr_clamp(rating, -most, most)) / (2.0 * most);
}

static void draw_axes(const struct cr_card_page *page, const struct plot *plot) {
    struct cr_lettering letters = cr_card_letters(page, CR_CARD_LEAST_LETTERS, true);
    char text[24];
    letters.across = 1.0;
    letters.down = 0.5;
    for (int rating = -2; rating <= 2; rating += 2) {
        const double y = place_rating(plot, rating);
        cr_canvas_hairline(&page->canvas, plot->left, y, plot->right, y,
            rating == -2 ? page->canvas.theme->axis : page->canvas.theme->grid);
        (void)snprintf(text, sizeof text, rating < 0 ? "−%d" : "%d", abs(rating));
        (void)cr_card_write(page, text, letters, plot->left - 5.0, y);
    }
    letters.across = 0.5;
    letters.down = 0.0;
    const int step = plot->span > 20.0 ? 10 : plot->span > 8.0 ? 5 : 1;
    for (int year = 0; year <= (int)plot->span; year += step) {
        const double x = plot->left + (plot->right - plot->left) * year / plot->span;
        (void)snprintf(text, sizeof text, year > 0 ? "%d" : "met", year);
        (void)cr_card_write(page, text, letters, x, plot->top + plot_height + 3.0);
    }
}

/* One partner's ratings of satisfaction since the two met, and how satisfied that one is now. */
static void draw_partner(const struct cr_card_page *page, const struct plot *plot, const struct cr_dossier *who,
    double now, int32_t together, const struct cr_mark *mark) {
    const struct cr_canvas *canvas = &page->canvas;
    const double start = (double)(who->week - together) / CR_WEEKS_A_YEAR;
    bool open = false;
    cairo_new_path(canvas->cairo);
    for (int32_t s = 0; s < who->year_count; s++) {
        const double years = (double)who->year[s] - start;
        if (years < 0.0 || isnan(who->satisfaction_rated[s]))
            continue;
        const double x = plot->left + (plot->right - plot->left) * years / plot->span;
        const double y = place_rating(plot, (double)who->satisfaction_rated[s]);
        if (open)
            cairo_line_to(canvas->cairo, x, y);
        else
            cairo_move_to(canvas->cairo, x, y);
        open = true;
    }
    cr_canvas_set_colour(canvas, mark->colour);
    cairo_set_line_width(canvas->cairo, 1.8);
    cairo_stroke(canvas->cairo);
    const double end = plot->left + (plot->right - plot->left) * together / CR_WEEKS_A_YEAR / plot->span;
    cr_canvas_marker(canvas, end, place_rating(plot, now), 9.0, mark, false);
}

void cr_card_draw_couple(
    struct cr_card_page *page, const struct cr_dossier *one, const struct cr_dossier *other, struct cr_rect where) {
    const struct cr_theme *theme = page->canvas.theme;
    char aside[2 * CR_CARD_WORDS], time[CR_CARD_TIME];
    const char *const time_together = cr_card_time(one->together, time), *const stage = stage_of(one);
    if (where.width < broad)
        (void)snprintf(aside, sizeof aside, "for %s%s", time_together, stage);
    else
        (void)snprintf(aside, sizeof aside, "● Person %d   ◆ Person %d   for %s%s", (int)one->person,
            (int)other->person, time_together, stage);
    cr_card_heading(page, "Together", aside, where.x, where.y, where.width);
    const double half = where.width / 2.0, gap = 24.0;
    const struct plot plot = {.left = where.x + 20.0,
        .right = where.x + half - gap / 2.0,
        .top = where.y + heading + 4.0,
        .span = cr_max(5.0, 5.0 * ceil(((double)one->together / CR_WEEKS_A_YEAR + 0.5) / 5.0))};
    const struct cr_mark circle = {.colour = theme->colours[CR_MEANING_SECURE], .marker = CR_MARKER_CIRCLE};
    const struct cr_mark diamond = {.colour = theme->ink, .marker = CR_MARKER_DIAMOND};
    draw_axes(page, &plot);
    draw_partner(page, &plot, other, one->partner_satisfaction, one->together, &diamond);
    draw_partner(page, &plot, one, one->satisfaction, one->together, &circle);
    const double none = (double)NAN;
    const struct cr_card_track tracks[] = {
        {"satisfaction", -2.0, 2.0, one->satisfaction, none, other->satisfaction, none, CR_MEANING_SECURE,
            CR_MEANING_NEUTRAL},
        {"commitment", -1.0, 5.0, one->commitment, none, other->commitment, none, CR_MEANING_SECURE,
            CR_MEANING_NEUTRAL},
        {"closeness", 0.0, 1.0, one->intimacy, none, none, none, CR_MEANING_NEUTRAL, CR_MEANING_NEUTRAL},
        {"quarrels", 0.0, 1.0, one->conflict, none, none, none, CR_MEANING_PREOCCUPIED, CR_MEANING_NEUTRAL},
        {"fit", -3.0, 3.0, one->fit, none, none, none, CR_MEANING_NEUTRAL, CR_MEANING_NEUTRAL},
    };
    for (size_t k = 0; k < sizeof tracks / sizeof *tracks; k++)
        cr_card_draw_track(
            page, &tracks[k], where.x + half + gap / 2.0, where.y + heading + 18.0 * (double)k, half - gap / 2.0);
}
