#include <math.h>
#include <stdio.h>

#include "base/numeric.h"
#include "viz/card/card_page.h"
#include "viz/card/card_words.h"

/* Heights of what stands beneath each other, in points. */
static const double heading = 24.0, row_height = 13.0, lane_height = 14.0, axis_height = 20.0;
enum { ROWS = 3 };

/* Weeks of life before which the first visit has taken place, and the second has not. */
static const int32_t first_visit = 60;

struct life {
    struct cr_card_page *page;
    const struct cr_dossier *who;
    double left, right, span;        /* of the years of life; how many */
    double labels, plot, lane, axis; /* upper edges */
    double plot_height;
};

static double age_at(const struct cr_dossier *who, int32_t week) {
    return (double)(week - who->birth) / CR_WEEKS_A_YEAR;
}

static double place_age(const struct life *life, double age) {
    return life->left + (life->right - life->left) * cr_clamp(age / life->span, 0.0, 1.0);
}

static double place_week(const struct life *life, int32_t week) {
    return place_age(life, age_at(life->who, week));
}

static struct life lay_out(struct cr_card_page *page, const struct cr_dossier *who, struct cr_rect where) {
    const double age = age_at(who, who->death >= 0 ? who->death : who->week);
    const double labels = where.y + heading, plot = labels + ROWS * row_height + 4.0;
    const double axis = cr_rect_bottom(where) - axis_height, lane = axis - 2.0 - lane_height;
    return (struct life){.page = page,
        .who = who,
        .left = where.x + 14.0,
        .right = cr_rect_right(where) - 4.0,
        .span = cr_max(20.0, 10.0 * ceil((age + 1.0) / 10.0)),
        .labels = labels,
        .plot = plot,
        .lane = lane,
        .axis = axis,
        .plot_height = lane - 5.0 - plot};
}

static void draw_axes(const struct life *life) {
    const struct cr_canvas *canvas = &life->page->canvas;
    struct cr_lettering letters = cr_card_letters(life->page, CR_CARD_LEAST_LETTERS, true);
    char text[16];
    letters.across = 1.0;
    letters.down = 0.5;
    for (int rating = 1; rating <= 7; rating += 3) {
        const double y = life->plot + life->plot_height * (7 - rating) / 6.0;
        cr_canvas_hairline(canvas, life->left, y, life->right, y, canvas->theme->grid);
        (void)snprintf(text, sizeof text, "%d", rating);
        (void)cr_card_write(life->page, text, letters, life->left - 4.0, y);
    }
    cr_canvas_hairline(canvas, life->left, life->axis, life->right, life->axis, canvas->theme->axis);
    letters.across = 0.5;
    letters.down = 0.0;
    const int step = life->span > 50.0 ? 20 : 10;
    for (int age = 0; age <= (int)life->span; age += step) {
        const double x = place_age(life, age);
        cr_canvas_hairline(canvas, x, life->axis, x, life->axis + 3.0, canvas->theme->axis);
        (void)snprintf(text, sizeof text, age == 0 ? "age 0" : "%d", age);
        (void)cr_card_write(life->page, text, letters, cr_max(x, life->left + 6.0), life->axis + 3.0);
    }
}

static void draw_ratings(const struct life *life, const float *rated, enum cr_meaning meaning) {
    const struct cr_canvas *canvas = &life->page->canvas;
    const struct cr_dossier *who = life->who;
    struct cr_mark mark = cr_theme_mark(canvas->theme, meaning, 0);
    bool open = false;
    cairo_new_path(canvas->cairo);
    for (int32_t s = 0; s < who->year_count; s++) {
        if (isnan(rated[s])) {
            open = false;
            continue;
        }
        const double x = place_age(life, (double)who->year[s] - (double)who->birth / CR_WEEKS_A_YEAR);
        const double y = life->plot + life->plot_height * (7.0 - (double)rated[s]) / 6.0;
        if (open)
            cairo_line_to(canvas->cairo, x, y);
        else
            cairo_move_to(canvas->cairo, x, y);
        open = true;
    }
    cr_canvas_set_colour(canvas, mark.colour);
    cairo_set_line_width(canvas->cairo, 1.8);
    cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
    cr_canvas_set_dashes(canvas, &mark, 1.8);
    cairo_stroke(canvas->cairo);
    cairo_set_dash(canvas->cairo, NULL, 0, 0.0);
}

/* Relationships as bars that grow thicker with moving in and marrying. */
static void draw_relationships(const struct life *life) {
    static const double thickness[] = {3.0, 6.0, 10.0};
    const struct cr_canvas *canvas = &life->page->canvas;
    const struct cr_dossier *who = life->who;
    const double middle = life->lane + lane_height / 2.0;
    const int32_t end = who->death >= 0 ? who->death : who->week;
    int stage = -1;
    for (size_t k = 0; k < who->event_count; k++) {
        const struct cr_life_event *event = &who->events[k];
        if (event->kind == CR_LIFE_PAIRING)
            stage = 0;
        else if (event->kind == CR_LIFE_MOVING_IN)
            stage = 1;
        else if (event->kind == CR_LIFE_WEDDING)
            stage = 2;
        else if (event->kind == CR_LIFE_SEPARATION || event->kind == CR_LIFE_BEREAVEMENT ||
                 event->kind == CR_LIFE_DEATH)
            stage = -1;
        if (stage < 0)
            continue;
        int32_t until = end;
        bool lasts = true;
        for (size_t j = k + 1; j < who->event_count && lasts; j++)
            if (who->events[j].kind >= CR_LIFE_PAIRING && who->events[j].kind <= CR_LIFE_BEREAVEMENT) {
                until = who->events[j].week;
                lasts = false;
            }
        const double from = place_week(life, event->week), to = place_week(life, until);
        cr_canvas_fill(canvas,
            (struct cr_rect){from, middle - thickness[stage] / 2.0, cr_max(1.5, to - from), thickness[stage]},
            lasts && who->death < 0 ? canvas->theme->colours[CR_MEANING_SECURE]
                                    : canvas->theme->colours[CR_MEANING_NEUTRAL]);
    }
}

/* A named event, in place. */
struct label {
    struct cr_rect where;
    double at;  /* the event itself */
    bool taken; /* looked at already */
};

static bool clash(struct cr_rect one, struct cr_rect other) {
    const struct cr_rect wide = {one.x - 4.0, one.y, one.width + 8.0, one.height};
    return cr_rect_overlap(wide, other);
}

static int32_t lasted(const struct cr_dossier *who, size_t k) {
    const struct cr_life_event *event = &who->events[k];
    if (event->kind == CR_LIFE_PAIRING) {
        for (size_t j = k + 1; j < who->event_count; j++)
            if (who->events[j].other == event->other &&
                (who->events[j].kind == CR_LIFE_SEPARATION || who->events[j].kind == CR_LIFE_BEREAVEMENT))
                return who->events[j].week - event->week;
        return (who->death >= 0 ? who->death : who->week) - event->week;
    }
    for (size_t j = k; j > 0; j--)
        if (who->events[j - 1].kind == CR_LIFE_PAIRING && who->events[j - 1].other == event->other)
            return event->week - who->events[j - 1].week;
    return 0;
}

/* The event that matters most of those that were not looked at; of equals the newest. */
static size_t next_event(const struct cr_dossier *who, const struct label *labels) {
    size_t best = who->event_count;
    int most = 0;
    for (size_t k = 0; k < who->event_count; k++) {
        const int weight = labels[k].taken ? 0 : cr_card_event_weight(&who->events[k], lasted(who, k));
        if (weight > 0 && weight >= most) {
            most = weight;
            best = k;
        }
    }
    return best;
}

/* Finds a place that no other label takes: over its event, or to its right or left, in the lowest row that has one. */
static bool find_place(
    const struct life *life, const struct label *labels, const size_t *placed, size_t count, struct label *label) {
    static const double across[] = {0.5, 0.0, 1.0};
    for (int row = ROWS - 1; row >= 0; row--)
        for (size_t a = 0; a < sizeof across / sizeof *across; a++) {
            bool clear = true;
            label->where.y = life->labels + row * row_height;
            label->where.x = cr_clamp(
                label->at - across[a] * label->where.width, life->left - 10.0, life->right - label->where.width + 4.0);
            for (size_t k = 0; k < count && clear; k++)
                clear = !clash(label->where, labels[placed[k]].where);
            if (clear)
                return true;
        }
    return false;
}

/* Chooses the events that are named and where; returns how many. */
static size_t place_labels(const struct life *life, struct label *labels, size_t *placed) {
    const struct cr_dossier *who = life->who;
    const struct cr_lettering letters = cr_card_letters(life->page, 0.85, false);
    size_t count = 0;
    for (size_t k = next_event(who, labels); k < who->event_count; k = next_event(who, labels)) {
        char text[CR_CARD_WORDS];
        struct label *label = &labels[k];
        label->taken = true;
        label->at = place_week(life, who->events[k].week);
        if (who->events[k].kind == CR_LIFE_VISIT && who->events[k].week - who->birth > first_visit)
            continue; /* the head tells of both visits */
        label->where = (struct cr_rect){0.0, 0.0,
            cr_canvas_measure(&life->page->canvas, cr_card_event(&who->events[k], text), &letters).width, row_height};
        if (find_place(life, labels, placed, count, label))
            placed[count++] = k;
    }
    return count;
}

/* Lines first, so that names stand on them. */
static void draw_events(const struct life *life) {
    struct cr_card_page *page = life->page;
    const struct cr_dossier *who = life->who;
    const struct cr_theme *theme = page->canvas.theme;
    struct label labels[CR_DOSSIER_EVENTS] = {0};
    size_t placed[CR_DOSSIER_EVENTS];
    const size_t count = place_labels(life, labels, placed);
    for (size_t k = 0; k < count; k++) {
        const struct label *label = &labels[placed[k]];
        cr_canvas_hairline(
            &page->canvas, label->at, cr_rect_bottom(label->where), label->at, life->lane + lane_height, theme->empty);
    }
    for (size_t k = 0; k < count; k++) {
        const struct cr_life_event *event = &who->events[placed[k]];
        const struct cr_rect where = labels[placed[k]].where;
        char text[CR_CARD_WORDS];
        struct cr_lettering letters = cr_card_letters(page, 0.85, false);
        if (event->kind == CR_LIFE_EARNING)
            letters.colour = cr_colour_readable(theme->colours[CR_MEANING_SECURE], theme->background, 4.5);
        cr_canvas_fill(&page->canvas, (struct cr_rect){where.x - 2.0, where.y, where.width + 4.0, where.height},
            theme->background);
        (void)cr_card_write(page, cr_card_event(event, text), letters, where.x, where.y);
        if (event->other != CR_NOBODY && page->link_count < CR_CARD_LINKS)
            page->link[page->link_count++] = (struct cr_card_link){where, event->other};
    }
}

static void draw_key(const struct cr_card_page *page, double right, double y) {
    static const struct {
        const char *word;
        enum cr_meaning meaning;
    } key[] = {{"avoidance", CR_MEANING_DISMISSING}, {"anxiety", CR_MEANING_PREOCCUPIED}};
    for (size_t k = 0; k < sizeof key / sizeof *key; k++) {
        const struct cr_mark mark = cr_theme_mark(page->canvas.theme, key[k].meaning, 0);
        struct cr_lettering letters = cr_card_letters(page, 0.87, true);
        letters.across = 1.0;
        right -= cr_card_write(page, key[k].word, letters, right, y) + 6.0;
        cr_canvas_set_colour(&page->canvas, mark.colour);
        cairo_set_line_width(page->canvas.cairo, 1.8);
        cr_canvas_set_dashes(&page->canvas, &mark, 1.8);
        cairo_move_to(page->canvas.cairo, right - 18.0, y + 6.5);
        cairo_line_to(page->canvas.cairo, right, y + 6.5);
        cairo_stroke(page->canvas.cairo);
        cairo_set_dash(page->canvas.cairo, NULL, 0, 0.0);
        right -= 30.0;
    }
}

/* There are no ratings of a child. */
static void tell_when_asked(const struct life *life) {
    struct cr_lettering letters = cr_card_letters(life->page, 0.87, true);
    letters.across = letters.down = 0.5;
    (void)cr_card_write(life->page, "rated once grown up", letters, (life->left + life->right) / 2.0,
        life->plot + life->plot_height / 2.0);
}

void cr_card_draw_life(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct life life = lay_out(page, subject->who, where);
    cr_card_heading(page, "Life", NULL, where.x, where.y, where.width);
    draw_key(page, cr_rect_right(where), where.y + 6.5);
    draw_axes(&life);
    if (subject->who->week < subject->who->birth)
        return;
    draw_relationships(&life);
    draw_events(&life);
    if (subject->who->style == CR_STYLE_NONE)
        tell_when_asked(&life);
    draw_ratings(&life, subject->who->avoidance_rated, CR_MEANING_DISMISSING);
    draw_ratings(&life, subject->who->anxiety_rated, CR_MEANING_PREOCCUPIED);
}
