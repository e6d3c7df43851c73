#include "viz/card/card.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/numeric.h"
#include "viz/card/card_page.h"
#include "viz/draw/painter.h"
#include "viz/draw/pane.h"

static const double unit = 12.0; /* points: the size of letters */

/* While weeks are lived a card is drawn anew no sooner. */
static const double rest_seconds = 0.1;

/* All that decides a picture, but for the dossiers themselves. */
struct shown {
    bool any, couple;
    size_t worlds;
    int32_t person, week[CR_WORLDS_MAX], partner[CR_WORLDS_MAX];
    int width;
    struct cr_card_plan plan;
    enum cr_theme_name theme;
};

/* What is drawn on the painter's thread, and what that finds out. */
struct drawing {
    atomic_int holders;
    struct shown shown;
    struct cr_card_content content;
    struct cr_card_link link[CR_CARD_LINKS];
    size_t link_count;
};

/* What decides how the ground looks. */
struct drawn_ground {
    int width, height;
    enum cr_theme_name theme;
    double scale;
};

struct cr_card {
    SDL_Renderer *renderer;      /* borrowed */
    struct cr_painter *painter;  /* owned */
    struct cr_pane pane, ground; /* all of the card, transparent; what it lies on, as large as what is in view */
    struct drawn_ground ground_of;
    struct drawing *ordered; /* held; NULL: none is being drawn, or waits to be taken over */
    struct drawing *drawn;   /* held; what the pane shows; NULL for nothing */
    double ordered_at;       /* seconds */
    bool complete;           /* the next frame shows how things are, however long it takes */
    int scroll;              /* pixels above what was in view in the last frame */
};

static void let_go(void *context) {
    struct drawing *const drawing = context;
    if (drawing != NULL && atomic_fetch_sub(&drawing->holders, 1) == 1)
        free(drawing);
}

static int draw(void *subject, cairo_t *cairo, int width, int height, struct cr_error *error) {
    struct drawing *const drawing = subject;
    struct cr_card_page *const page = calloc(1, sizeof *page);
    if (page == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the card");
    const int status = cr_canvas_init(&page->canvas, cairo, cr_theme(drawing->shown.theme), width, height, 1.0, error);
    if (status == 0) {
        page->canvas.unit = unit;
        page->canvas.hair = 1.0;
        cr_card_draw_page(page, &drawing->content, &drawing->shown.plan, width);
        memcpy(drawing->link, page->link, sizeof drawing->link);
        drawing->link_count = page->link_count;
    }
    cr_canvas_free(&page->canvas);
    free(page);
    return status;
}

struct cr_card *cr_card_new(SDL_Renderer *renderer, struct cr_error *error) {
    struct cr_card *const card = calloc(1, sizeof *card);
    if (card == NULL) {
        cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the card");
        return NULL;
    }
    card->renderer = renderer;
    card->painter = cr_painter_new(1, error);
    if (card->painter != NULL)
        return card;
    free(card);
    return NULL;
}

void cr_card_free(struct cr_card *card) {
    if (card == NULL)
        return;
    cr_painter_free(card->painter);
    cr_pane_free(&card->pane);
    cr_pane_free(&card->ground);
    let_go(card->ordered);
    let_go(card->drawn);
    free(card);
}

double cr_card_width(enum cr_card_kind kind, size_t worlds, bool beside) {
    const struct cr_card_shape shape = {.couple = kind == CR_CARD_COUPLE, .worlds = worlds};
    return cr_card_page_width(&shape, beside);
}

static struct cr_card_plan plan_for(
    enum cr_card_kind kind, const struct cr_sight *sight, const struct cr_look *look, int width, int height) {
    struct cr_card_shape shape = {.couple = kind == CR_CARD_COUPLE, .worlds = sight->count};
    for (size_t w = 0; w < sight->count; w++)
        shape.partnered[w] = sight->of[w].partner_dossier.person != CR_NOBODY;
    return cr_card_plan(&shape, look->scale * look->text_scale, width, height);
}

int cr_card_height(enum cr_card_kind kind, const struct cr_sight *sight, const struct cr_look *look, int width) {
    return plan_for(kind, sight, look, width, 0).height;
}

static bool same(const struct shown *one, const struct shown *other, bool weeks) {
    if (one->any != other->any || one->couple != other->couple || one->worlds != other->worlds ||
        one->person != other->person || one->width != other->width || one->plan.height != other->plan.height ||
        one->plan.beside != other->plan.beside || one->plan.zoom < other->plan.zoom ||
        one->plan.zoom > other->plan.zoom || one->theme != other->theme)
        return false;
    for (size_t w = 0; weeks && w < one->worlds; w++)
        if (one->week[w] != other->week[w] || one->partner[w] != other->partner[w])
            return false;
    return true;
}

static struct shown describe(
    enum cr_card_kind kind, const struct cr_sight *sight, const struct cr_look *look, SDL_Rect where) {
    struct shown shown = {.any = true,
        .couple = kind == CR_CARD_COUPLE,
        .worlds = sight->count,
        .person = sight->of[0].dossier.person,
        .width = where.w,
        .plan = plan_for(kind, sight, look, where.w, where.h),
        .theme = look->theme};
    for (size_t w = 0; w < sight->count; w++) {
        shown.week[w] = sight->of[w].dossier.week;
        shown.partner[w] = sight->of[w].partner_dossier.person;
    }
    return shown;
}

static int order(
    struct cr_card *card, const struct shown *shown, const struct cr_sight *sight, struct cr_error *error) {
    struct drawing *const drawing = calloc(1, sizeof *drawing);
    if (drawing == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the card");
    atomic_init(&drawing->holders, 2); /* the card and the painter */
    drawing->shown = *shown;
    drawing->content.couple = shown->couple;
    drawing->content.count = sight->count;
    for (size_t w = 0; w < sight->count; w++) {
        drawing->content.dossier[w] = sight->of[w].dossier;
        drawing->content.partner[w] = sight->of[w].partner_dossier;
        memcpy(drawing->content.world[w], sight->of[w].scenario->name, sizeof drawing->content.world[w]);
    }
    const struct cr_painter_order order = {.width = shown->width,
        .height = shown->plan.height,
        .transparent = true,
        .draw = draw,
        .subject = drawing,
        .let_go = let_go};
    card->ordered = drawing;
    card->ordered_at = cr_clock_seconds();
    cr_painter_order(card->painter, 0, &order);
    return 0;
}

/* Shows from now on what was ordered, if it is done. */
static int take_over(struct cr_card *card, struct cr_error *error) {
    struct cr_error failure = {0};
    if (card->ordered == NULL || cr_painter_busy(card->painter, 0))
        return 0;
    cairo_surface_t *const picture = cr_painter_take(card->painter, 0, &failure);
    int status = failure.code != 0 ? cr_error_set(error, failure.code, "%s", failure.sentence) : 0;
    if (picture != NULL) {
        status = cr_pane_take(&card->pane, card->renderer, picture, error);
        cairo_surface_destroy(picture);
        let_go(card->drawn);
        card->drawn = card->ordered;
    } else {
        let_go(card->ordered);
    }
    card->ordered = NULL;
    return status;
}

static int finish(struct cr_card *card, struct cr_error *error) {
    cr_painter_wait(card->painter);
    return take_over(card, error);
}

/* While weeks are lived the same card may be a little late. */
static int bring_up_to_date(
    struct cr_card *card, const struct shown *now, const struct cr_sight *sight, struct cr_error *error) {
    const struct shown nothing = {0};
    const bool at_once =
        card->complete || !sight->living || !same(now, card->drawn != NULL ? &card->drawn->shown : &nothing, false);
    int status = at_once ? finish(card, error) : take_over(card, error);
    if (status != 0 || (card->drawn != NULL && same(now, &card->drawn->shown, true)))
        return status;
    if (at_once) {
        status = order(card, now, sight, error);
        return status == 0 ? finish(card, error) : status;
    }
    if (card->ordered == NULL && cr_clock_seconds() - card->ordered_at >= rest_seconds)
        status = order(card, now, sight, error);
    return status;
}

/* The card's ground: seldom drawn, since only its size and the look decide it. */
static int draw_ground(struct cr_card *card, const struct cr_look *look, SDL_Rect where, struct cr_error *error) {
    const struct drawn_ground now = {where.w, where.h, look->theme, look->scale}, *const was = &card->ground_of;
    if (card->ground.texture != NULL && was->width == now.width && was->height == now.height &&
        was->theme == now.theme && !(was->scale < now.scale) && !(was->scale > now.scale))
        return 0;
    cairo_t *cairo = cr_pane_begin(&card->ground, where.w, where.h, error);
    if (cairo == NULL)
        return CR_ERROR_MEMORY;
    const struct cr_theme *theme = cr_theme(look->theme);
    const double line = cr_max(1.0, round(look->scale)), half = line / 2.0;
    cr_card_round(cairo, (struct cr_rect){half, half, where.w - line, where.h - line}, 9.0 * look->scale);
    cairo_set_source_rgb(cairo, theme->background.red, theme->background.green, theme->background.blue);
    cairo_fill_preserve(cairo);
    cairo_set_source_rgb(cairo, theme->empty.red, theme->empty.green, theme->empty.blue);
    cairo_set_line_width(cairo, line);
    cairo_stroke(cairo);
    cairo_destroy(cairo);
    card->ground_of = now;
    return cr_pane_end(&card->ground, card->renderer, error);
}

/* A thin bar at the right tells that there is more, and where we are. */
static void draw_scroll(const struct cr_card *card, const struct cr_look *look, SDL_Rect where) {
    const int all = card->drawn->shown.plan.height, width = (int)cr_max(2.0, round(3.0 * look->scale));
    if (all <= where.h)
        return;
    const struct cr_colour ink = cr_colour_mix(cr_theme(look->theme)->background, cr_theme(look->theme)->ink, 0.4);
    const int pad = 3 * width, room = where.h - 2 * pad, height = (int)((double)room * where.h / all);
    const SDL_Rect bar = {where.x + where.w - 3 * width,
        where.y + pad + (int)((double)(room - height) * card->scroll / (all - where.h)), width, height};
    SDL_SetRenderDrawBlendMode(card->renderer, SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(card->renderer, (Uint8)lround(255.0 * ink.red), (Uint8)lround(255.0 * ink.green),
        (Uint8)lround(255.0 * ink.blue), 255);
    SDL_RenderFillRect(card->renderer, &bar);
}

/* What is in view of the card, within the line around it. */
static void show(const struct cr_card *card, const struct cr_look *look, SDL_Rect where) {
    const int line = (int)cr_max(1.0, round(look->scale));
    const SDL_Rect inside = {where.x + line, where.y + line, where.w - 2 * line, where.h - 2 * line};
    SDL_Rect clip;
    const bool clipped = SDL_RenderIsClipEnabled(card->renderer);
    SDL_RenderGetClipRect(card->renderer, &clip);
    cr_pane_show(&card->ground, card->renderer, where.x, where.y);
    SDL_RenderSetClipRect(card->renderer, &inside);
    cr_pane_show(&card->pane, card->renderer, where.x, where.y - card->scroll);
    draw_scroll(card, look, where);
    SDL_RenderSetClipRect(card->renderer, clipped ? &clip : NULL);
}

int cr_card_draw(struct cr_card *card, enum cr_card_kind kind, const struct cr_sight *sight, const struct cr_look *look,
    SDL_Rect where, int scroll, struct cr_error *error) {
    const struct shown now = describe(kind, sight, look, where);
    card->scroll = scroll < 0 ? 0 : scroll;
    if (now.person == CR_NOBODY || where.w < 1 || where.h < 1) {
        let_go(card->drawn);
        card->drawn = NULL;
        return 0;
    }
    int status = bring_up_to_date(card, &now, sight, error);
    card->complete = false;
    if (status == 0)
        status = draw_ground(card, look, where, error);
    if (status == 0 && card->drawn != NULL)
        show(card, look, where);
    return status;
}

void cr_card_wait(struct cr_card *card) {
    card->complete = true;
}

bool cr_card_link(const struct cr_card *card, size_t index, struct cr_rect *where, int32_t *person) {
    const struct drawing *const drawn = card->drawn;
    if (drawn == NULL || index >= drawn->link_count)
        return false;
    const struct cr_rect link = drawn->link[index].where;
    const double zoom = drawn->shown.plan.zoom;
    *where = (struct cr_rect){zoom * link.x, zoom * link.y, zoom * link.width, zoom * link.height};
    *person = drawn->link[index].person;
    return true;
}

void cr_card_forget_textures(struct cr_card *card) {
    cr_pane_free(&card->pane);
    cr_pane_free(&card->ground);
    let_go(card->drawn);
    card->drawn = NULL;
}
