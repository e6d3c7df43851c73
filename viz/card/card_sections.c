#include "viz/card/card_sections.h"

#include <math.h>
#include <stdio.h>

#include "base/numeric.h"
#include "viz/card/card_words.h"

static struct cr_colour colour_of_style(const struct cr_theme *theme, enum cr_style style) {
    return style == CR_STYLE_NONE ? theme->empty : theme->colours[CR_MEANING_SECURE + (int)style];
}

/* The style as rated last, in a pill at the right end. */
static void draw_pill(const struct cr_card_page *page, const struct cr_dossier *who, double right, double y) {
    if (who->style == CR_STYLE_NONE)
        return;
    const struct cr_theme *theme = page->canvas.theme;
    struct cr_lettering letters = cr_card_letters(page, 1.0, false);
    letters.bold = true;
    const struct cr_colour colour = colour_of_style(theme, who->style);
    const char *const text = cr_card_style(who->style);
    const struct cr_extent extent = cr_canvas_measure(&page->canvas, text, &letters);
    const struct cr_rect pill = {right - extent.width - 20.0, y, extent.width + 20.0, extent.height + 6.0};
    cr_card_round(page->canvas.cairo, pill, pill.height);
    cr_canvas_set_colour(&page->canvas, cr_colour_mix(theme->background, colour, 0.24));
    cairo_fill(page->canvas.cairo);
    letters.colour = cr_colour_readable(colour, cr_colour_mix(theme->background, colour, 0.24), 4.5);
    (void)cr_card_write(page, text, letters, pill.x + 10.0, pill.y + 3.0);
}

/* One step of the way from infancy to now: when, and what was found then; `taken` is the width of the first. */
static void draw_step(const struct cr_card_page *page, const char *when, const char *what, struct cr_colour colour,
    bool differs, double taken, struct cr_rect where) {
    const struct cr_mark mark = {.colour = colour, .marker = CR_MARKER_CIRCLE};
    struct cr_lettering value = cr_card_letters(page, 0.92, false);
    const double left = where.x + taken + 15.0;
    value.width = cr_rect_right(where) - left;
    (void)cr_canvas_shrink(&page->canvas, what, &value, CR_CARD_LEAST_LETTERS);
    (void)cr_card_write(page, when, cr_card_letters(page, CR_CARD_LEAST_LETTERS, true), where.x, where.y + 1.0);
    if (differs) {
        const struct cr_extent extent = cr_canvas_measure(&page->canvas, what, &value);
        cr_card_mark_difference(page, (struct cr_rect){left, where.y, extent.width, extent.height});
    }
    cr_canvas_marker(&page->canvas, left - 7.0, where.y + 7.0, 8.0, &mark, false);
    (void)cr_card_write(page, what, value, left, where.y);
}

void cr_card_draw_head(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct cr_dossier *who = subject->who, *against = subject->against;
    const struct cr_theme *theme = page->canvas.theme;
    char text[32], words[CR_CARD_WORDS];
    struct cr_lettering name = cr_card_letters(page, 1.5, false), soft = cr_card_letters(page, 1.0, true);
    name.bold = true;
    (void)snprintf(text, sizeof text, "Person %d", (int)who->person);
    (void)cr_card_write(page, text, name, where.x, where.y);
    draw_pill(page, who, cr_rect_right(where), where.y + 1.0);
    const double past = where.x + cr_card_write(page, cr_card_who(who, words), soft, where.x, where.y + 25.0);
    if (who->earned) {
        soft.colour = cr_colour_readable(theme->colours[CR_MEANING_SECURE], theme->background, 4.5);
        soft.bold = true;
        soft.width = cr_rect_right(where) - past;
        (void)cr_card_write(
            page, who->lost ? "  ·  earned security, lost again" : "  ·  earned security", soft, past, where.y + 25.0);
    }
    /* In infancy above, as an adult beneath. */
    static const char *const when[] = {"13 months", "18 months", "18 years", "now"};
    const struct cr_lettering letters = cr_card_letters(page, CR_CARD_LEAST_LETTERS, true);
    const double half = where.width / 2.0;
    const double first = cr_max(cr_canvas_measure(&page->canvas, when[0], &letters).width,
        cr_canvas_measure(&page->canvas, when[1], &letters).width);
    for (int k = 0; k < 4; k++) {
        const struct cr_rect place = {
            where.x + k % 2 * half, where.y + (k < CR_VISITS ? 47.0 : 64.0), half - 4.0, 17.0};
        if (k < CR_VISITS) {
            const enum cr_class class = who->coding[k].class;
            draw_step(page, when[k], cr_card_class(class),
                class == CR_CLASS_NONE ? theme->empty : theme->colours[CR_MEANING_CLASS_A + (int)class],
                against != NULL && against->coding[k].class != class, first, place);
            continue;
        }
        const enum cr_style style = k == 2 ? who->style_18 : who->style;
        const bool differs = against != NULL && (k == 2 ? against->style_18 : against->style) != style;
        draw_step(page, when[k], cr_card_style(style), colour_of_style(theme, style), differs, first, place);
    }
}

static void share_out_care(const struct cr_dossier *who, double share[CR_CARD_SHARES]) {
    const double all = who->lived[CR_LIVED_EPISODES], comforted = who->lived[CR_LIVED_COMFORTED],
                 rebuffed = who->lived[CR_LIVED_REBUFFED], frightened = who->lived[CR_LIVED_FRIGHTENED];
    const double counts[CR_CARD_SHARES] = {comforted, all - comforted - rebuffed - frightened, rebuffed, frightened};
    for (int k = 0; k < CR_CARD_SHARES; k++)
        share[k] = all > 0.0 ? cr_max(0.0, counts[k] / all) : (double)NAN;
}

void cr_card_draw_care(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct cr_dossier *who = subject->who;
    struct cr_card_shares shares = {.name = {"comforted", "ignored", "rebuffed", "frightened"},
        .meaning = {CR_MEANING_SECURE, CR_MEANING_NEUTRAL, CR_MEANING_PREOCCUPIED, CR_MEANING_FEARFUL}};
    double other[CR_CARD_SHARES];
    char aside[CR_CARD_WORDS] = "";
    const double weeks = who->lived[CR_LIVED_WEEKS];
    share_out_care(who, shares.share);
    if (subject->against != NULL)
        share_out_care(subject->against, other);
    if (weeks > 0.0)
        (void)snprintf(
            aside, sizeof aside, "caregiver there %.0f%% of the time", 100.0 * who->lived[CR_LIVED_AVAILABLE] / weeks);
    cr_card_heading(page, "Care as a child", aside, where.x, where.y, where.width);
    cr_card_draw_shares(page, &shares, subject->against != NULL ? other : NULL, where.x, where.y + 25.0, where.width);
}

void cr_card_draw_caregiver(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct cr_dossier *who = subject->who;
    const struct cr_profile *care = &who->caregiver;
    static const char *const names[] = {"sensitive", "available", "inconsistent", "rebuffing", "frightening"};
    const double qualities[] = {care->sensitivity, care->availability, care->inconsistency, care->rebuff, care->fright};
    enum { COUNT = sizeof qualities / sizeof *qualities };
    struct cr_lettering letters = cr_card_letters(page, CR_CARD_LEAST_LETTERS, false);
    char text[CR_CARD_WORDS];
    double width[COUNT], spare = where.width, x = where.x;
    for (int k = 0; k < COUNT; k++) {
        width[k] = cr_canvas_measure(&page->canvas, names[k], &letters).width;
        spare -= width[k];
    }
    (void)snprintf(text, sizeof text, "%s caregiver%s", who->caregivers > 1 ? "The present" : "The",
        who->caregiver_alive ? (who->caregivers > 1 ? ", not the first one" : "") : ", who has died");
    (void)cr_card_write(page, text, cr_card_letters(page, 0.87, true), where.x, where.y);
    for (int k = 0; k < COUNT; k++) {
        const double y = where.y + 16.0;
        cr_canvas_fill(&page->canvas, (struct cr_rect){x, y, width[k], 4.0}, page->canvas.theme->grid);
        cr_canvas_fill(&page->canvas, (struct cr_rect){x, y, width[k] * cr_clamp(qualities[k], 0.0, 1.0), 4.0},
            page->canvas.theme->soft_ink);
        (void)cr_card_write(page, names[k], letters, x, y + 6.0);
        x += width[k] + cr_max(0.0, spare / (COUNT - 1));
    }
}

/* The key to the markers, from right to left. */
static void draw_key(const struct cr_card_page *page, double right, double y, bool partner) {
    const struct cr_theme *theme = page->canvas.theme;
    const struct cr_mark own = {.colour = theme->colours[CR_MEANING_SECURE], .marker = CR_MARKER_CIRCLE};
    const struct cr_mark theirs = {.colour = theme->ink, .marker = CR_MARKER_DIAMOND};
    const struct {
        const char *word;
        const struct cr_mark *mark;
        bool hollow;
    } key[] = {{"of the partner", &theirs, false}, {"now", &own, false}, {"in infancy", &own, true}};
    for (size_t k = partner ? 0 : 1; k < sizeof key / sizeof *key; k++) {
        struct cr_lettering letters = cr_card_letters(page, 0.87, true);
        letters.across = 1.0;
        right -= cr_card_write(page, key[k].word, letters, right, y) + 8.0;
        cr_canvas_marker(&page->canvas, right, y + 6.0, 7.0, key[k].mark, key[k].hollow);
        right -= 14.0;
    }
}

void cr_card_draw_beliefs(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct cr_dossier *who = subject->who;
    const double row = 18.0, right = cr_rect_right(where), left = where.x + 0.53 * where.width;
    cr_card_heading(page, "Beliefs", NULL, where.x, where.y, where.width);
    draw_key(page, right, where.y + 6.5, who->partner != CR_NOBODY);
    for (int b = 0; b < CR_BELIEFS; b++) {
        const struct cr_card_track track = {.label = cr_card_beliefs[b],
            .to = 1.0,
            .value = who->general[b],
            .then = who->prototype[b],
            .theirs = who->of_partner[b],
            .elsewhere = subject->against != NULL ? subject->against->general[b] : (double)NAN,
            .meaning = CR_MEANING_SECURE,
            .elsewhere_meaning = subject->against_meaning};
        cr_card_draw_track(page, &track, where.x, where.y + 25.0 + b * row, where.width);
    }
    struct cr_lettering ends = cr_card_letters(page, CR_CARD_LEAST_LETTERS, true);
    const double y = where.y + 22.0 + CR_BELIEFS * row;
    (void)cr_card_write(page, "never", ends, left, y);
    ends.across = 1.0;
    (void)cr_card_write(page, "always", ends, right - 4.0, y);
}

void cr_card_draw_need(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct cr_dossier *who = subject->who;
    const bool lives = who->death < 0 && who->week > who->birth;
    struct cr_card_shares shares = {.name = {"open bid", "protest", "deactivation", "appeasement"},
        .meaning = {CR_MEANING_SECURE, CR_MEANING_PREOCCUPIED, CR_MEANING_DISMISSING, CR_MEANING_FEARFUL}};
    for (int k = 0; k < CR_STRATEGIES; k++)
        shares.share[k] = lives ? who->policy[k] : (double)NAN;
    const char *const whom = !lives                           ? NULL
                             : who->turned_to == CR_PARTNER   ? "towards the partner, this week"
                             : who->turned_to == CR_CAREGIVER ? "towards the caregiver, this week"
                                                              : "alone with it, this week";
    cr_card_heading(page, "When in need", whom, where.x, where.y, where.width);
    cr_card_draw_shares(page, &shares, subject->against != NULL ? subject->against->policy : NULL, where.x,
        where.y + 25.0, where.width);
}

void cr_card_draw_distress(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct cr_dossier *who = subject->who;
    const double most = 4.0; /* needs of average severity, beyond which bars end */
    static const char *const names[] = {"felt", "shown", "strain"};
    const double values[] = {who->felt, who->shown, who->strain};
    const enum cr_meaning meanings[] = {CR_MEANING_NEUTRAL, CR_MEANING_SCENARIO_2, CR_MEANING_NEUTRAL};
    const double first = 58.0, cell = (where.width - first) / 3.0;
    (void)cr_card_write(page, "Distress", cr_card_letters(page, 0.9, false), where.x, where.y);
    for (int k = 0; k < 3; k++) {
        char text[16];
        const double x = where.x + first + k * cell;
        struct cr_lettering number = cr_card_letters(page, 0.87, false);
        const double name = cr_card_write(page, names[k], cr_card_letters(page, 0.87, true), x, where.y + 1.0);
        const double length = cr_max(10.0, cell - name - 36.0);
        cr_canvas_fill(
            &page->canvas, (struct cr_rect){x + name + 5.0, where.y + 5.5, length, 4.0}, page->canvas.theme->grid);
        cr_canvas_fill(&page->canvas,
            (struct cr_rect){x + name + 5.0, where.y + 5.5, length * cr_clamp(values[k] / most, 0.0, 1.0), 4.0},
            page->canvas.theme->colours[meanings[k]]);
        (void)snprintf(text, sizeof text, "%.1f", values[k]);
        (void)cr_card_write(page, text, number, x + name + length + 9.0, where.y + 1.0);
    }
}

/* Since when there is nobody. */
static void tell_single(struct cr_card_page *page, const struct cr_dossier *who, struct cr_rect where) {
    enum { GROWN_UP = 18 * CR_WEEKS_A_YEAR };
    char text[CR_CARD_WORDS + 32], time[CR_CARD_TIME];
    int32_t last = -1;
    for (size_t k = 0; k < who->event_count; k++)
        if (who->events[k].kind == CR_LIFE_SEPARATION || who->events[k].kind == CR_LIFE_BEREAVEMENT)
            last = who->events[k].week;
    if (who->death >= 0)
        (void)snprintf(text, sizeof text, "–");
    else if (last >= 0)
        (void)snprintf(text, sizeof text, "single for %s", cr_card_time(who->week - last, time));
    else
        (void)snprintf(text, sizeof text, who->week - who->birth < GROWN_UP ? "too young for that" : "nobody so far");
    (void)cr_card_write(page, text, cr_card_letters(page, 1.0, true), where.x, where.y + 25.0);
}

void cr_card_draw_love(struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where) {
    const struct cr_dossier *who = subject->who, *against = subject->against;
    char aside[CR_CARD_WORDS] = "", text[CR_CARD_WORDS + 16], time[CR_CARD_TIME];
    int count = 0;
    for (size_t k = 0; k < who->event_count; k++)
        count += who->events[k].kind == CR_LIFE_PAIRING;
    if (count > 0)
        (void)snprintf(aside, sizeof aside, "%d relationship%s so far", count, count == 1 ? "" : "s");
    cr_card_heading(page, "Love", aside, where.x, where.y, where.width);
    if (who->partner == CR_NOBODY) {
        tell_single(page, who, where);
        return;
    }
    struct cr_lettering letters = cr_card_letters(page, 1.0, false);
    const double y = where.y + 24.0;
    double x = where.x + cr_card_write(page, "with", letters, where.x, y) + 4.0;
    letters.bold = true;
    if (against != NULL && against->partner != who->partner) {
        (void)snprintf(text, sizeof text, "Person %d", (int)who->partner);
        const struct cr_extent extent = cr_canvas_measure(&page->canvas, text, &letters);
        cr_card_mark_difference(page, (struct cr_rect){x, y, extent.width, extent.height});
    }
    x += cr_card_write_person(page, who->partner, letters, x, y);
    (void)snprintf(text, sizeof text, ", for %s", cr_card_time(who->together, time));
    (void)cr_card_write(page, text, cr_card_letters(page, 1.0, false), x, y);
    const bool both = against != NULL && against->partner != CR_NOBODY;
    const double missing = (double)NAN;
    const enum cr_meaning own = CR_MEANING_SECURE, theirs = subject->against_meaning;
    const struct cr_card_track tracks[] = {
        {"satisfaction (◆ the partner’s)", -2.0, 2.0, who->satisfaction, missing, who->partner_satisfaction,
            both ? against->satisfaction : missing, own, theirs},
        {"commitment", -1.0, 5.0, who->commitment, missing, missing, both ? against->commitment : missing, own, theirs},
        {"closeness", 0.0, 1.0, who->intimacy, missing, missing, both ? against->intimacy : missing, own, theirs},
        {"quarrels (up to 1 a week)", 0.0, 1.0, who->conflict, missing, missing, both ? against->conflict : missing,
            CR_MEANING_PREOCCUPIED, theirs},
    };
    for (size_t k = 0; k < sizeof tracks / sizeof *tracks; k++)
        cr_card_draw_track(page, &tracks[k], where.x, y + 18.0 + 15.5 * (double)k, where.width);
}
