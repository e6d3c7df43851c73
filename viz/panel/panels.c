#include "viz/panel/panels.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "viz/draw/painter.h"
#include "viz/draw/pane.h"

/* From one round of pictures of something new to the next. */
static const double rest_seconds = 0.25;

/* Letters larger than on paper: panels are small, and looked at from afar. */
static const double legible = 1.22;

/* All that decides a picture. */
struct drawing {
    struct cr_panel_choice choice;
    char group[CR_GROUP_SIZE]; /* alone; "": the main ones */
    uint64_t matter;           /* its number; 0: none */
    int width, height;
    struct cr_look look;
};

/* What the painter draws, and has drawn: a chart with where things came to stand on it. The picture holds it, and while
 * the picture is shown so does its place. */
struct subject {
    struct cr_panel_choice choice;
    char group[CR_GROUP_SIZE];
    struct cr_panel_matter *matter; /* held */
    struct cr_look look;
    struct cr_panel_chart made; /* owned; empty before it is drawn */
    struct cr_chart_look chart_look;
    struct cr_placement placement;
    atomic_int holders;
};

struct slot {
    struct cr_panel_choice choice;
    char group[CR_GROUP_SIZE];
    struct drawing wanted, ordered;
    struct subject *seen; /* held; NULL before the first picture */
    struct cr_pane pane;
};

struct cr_panels {
    SDL_Renderer *renderer;         /* borrowed */
    struct cr_painter *painter;     /* owned */
    struct cr_panel_matter *matter; /* held; NULL before anything was seen */
    bool complete;                  /* all finished pictures are taken over, not one a frame */
    bool drawn[CR_PANELS_MAX];      /* in this frame */
    bool shown[CR_PANELS_MAX];      /* drawn in the frame before */
    size_t turn;                    /* the place whose picture is taken over in this frame; CR_PANELS_MAX: none */
    size_t taken;                   /* the place whose picture was taken over last */
    bool renewing;                  /* in this frame all places order what is new */
    double ordered_at;              /* seconds; the last order */
    struct slot slots[CR_PANELS_MAX];
};

/* Under which a picture keeps its subject. */
static const cairo_user_data_key_t subject_key;

static struct subject *hold_subject(struct subject *subject) {
    atomic_fetch_add(&subject->holders, 1);
    return subject;
}

static void let_go_subject(void *context) {
    struct subject *subject = context;
    if (subject == NULL || atomic_fetch_sub(&subject->holders, 1) > 1)
        return;
    cr_panel_chart_free(&subject->made);
    cr_panel_matter_let_go(subject->matter);
    free(subject);
}

static int draw_subject(void *context, cairo_t *cairo, int width, int height, struct cr_error *error) {
    struct subject *subject = context;
    const double scale = subject->look.scale, wide = width / scale, high = height / scale;
    subject->chart_look = (struct cr_chart_look){
        .theme = subject->look.theme, .width = wide, .height = high, .text_scale = legible * subject->look.text_scale};
    int status =
        cr_panel_chart_init(&subject->made, subject->choice, subject->group, subject->matter, wide, high, error);
    if (status == 0) {
        cairo_scale(cairo, scale, scale);
        status = cr_chart_draw(&subject->made.chart, &subject->chart_look, cairo,
            (struct cr_rect){0.0, 0.0, wide, high}, &subject->placement, error);
    }
    if (status == 0 && cairo_surface_set_user_data(cairo_get_target(cairo), &subject_key, hold_subject(subject),
                           let_go_subject) != CAIRO_STATUS_SUCCESS) {
        let_go_subject(subject);
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the panels");
    }
    return status;
}

struct cr_panels *cr_panels_new(SDL_Renderer *renderer, struct cr_error *error) {
    static const enum cr_panel_kind usual[CR_PANELS_MAX] = {CR_PANEL_STRATEGIES, CR_PANEL_SURVIVAL, CR_PANEL_EARNED,
        CR_PANEL_SATISFACTION, CR_PANEL_STYLES_BY_AGE, CR_PANEL_AROUSAL, CR_PANEL_HAZARD, CR_PANEL_ROUTES};
    struct cr_panels *const panels = calloc(1, sizeof *panels);
    if (panels == NULL) {
        cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the panels");
        return NULL;
    }
    panels->renderer = renderer;
    for (size_t k = 0; k < CR_PANELS_MAX; k++)
        panels->slots[k].choice = (struct cr_panel_choice){usual[k], -1};
    panels->turn = CR_PANELS_MAX;
    panels->taken = CR_PANELS_MAX - 1;
    panels->painter = cr_painter_new(CR_PANELS_MAX, error);
    if (panels->painter != NULL)
        return panels;
    free(panels);
    return NULL;
}

void cr_panels_free(struct cr_panels *panels) {
    if (panels == NULL)
        return;
    cr_painter_free(panels->painter);
    cr_panel_matter_let_go(panels->matter);
    for (size_t k = 0; k < CR_PANELS_MAX; k++) {
        let_go_subject(panels->slots[k].seen);
        cr_pane_free(&panels->slots[k].pane);
    }
    free(panels);
}

void cr_panels_choose(struct cr_panels *panels, size_t place, struct cr_panel_choice choice) {
    panels->slots[place].choice = choice;
    cr_panels_choose_group(panels, place, "");
}

struct cr_panel_choice cr_panels_choice(const struct cr_panels *panels, size_t place) {
    return panels->slots[place].choice;
}

void cr_panels_choose_group(struct cr_panels *panels, size_t place, const char *group) {
    struct slot *const slot = &panels->slots[place];
    (void)snprintf(slot->group, sizeof slot->group, "%s", group);
}

const char *cr_panels_group(const struct cr_panels *panels, size_t place) {
    return panels->slots[place].group;
}

bool cr_panels_seen(const struct cr_panels *panels, size_t place, struct cr_panel_seen *seen) {
    const struct subject *const subject = panels->slots[place].seen;
    if (subject == NULL)
        return false;
    *seen = (struct cr_panel_seen){&subject->made.chart, &subject->placement, subject->chart_look, subject->look.scale};
    return true;
}

static bool has(const struct cr_wants *wants, int measure) {
    for (size_t k = 0; k < wants->count; k++)
        if (wants->measure[k] == measure)
            return true;
    return false;
}

struct cr_wants cr_panels_wants(const struct cr_panels *panels, size_t shown) {
    struct cr_wants wants = {.count = 0};
    for (size_t k = 0; k < shown && k < CR_PANELS_MAX; k++) {
        const struct cr_panel_choice choice = panels->slots[k].choice;
        const int measure = cr_panel_wants(choice);
        if (measure >= 0 && !has(&wants, measure))
            wants.measure[wants.count++] = measure;
        wants.stability = wants.stability || choice.kind == CR_PANEL_SURVIVAL || choice.kind == CR_PANEL_HAZARD;
    }
    return wants;
}

int cr_panels_see(struct cr_panels *panels, const struct cr_sight *sight, struct cr_error *error) {
    return cr_panel_matter_see(&panels->matter, sight, error);
}

static bool same_choice(struct cr_panel_choice one, struct cr_panel_choice other) {
    return one.kind == other.kind && (one.kind != CR_PANEL_MEASURE || one.measure == other.measure);
}

/* Whether two drawings differ in nothing but how new their matter is. */
static bool alike(const struct drawing *one, const struct drawing *other) {
    return same_choice(one->choice, other->choice) && strcmp(one->group, other->group) == 0 &&
           one->width == other->width && one->height == other->height && one->look.theme == other->look.theme &&
           one->look.scale == other->look.scale && one->look.text_scale == other->look.text_scale;
}

static int order(struct cr_panels *panels, size_t place, struct cr_error *error) {
    struct slot *const slot = &panels->slots[place];
    struct subject *const subject = calloc(1, sizeof *subject);
    if (subject == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the panels");
    subject->choice = slot->wanted.choice;
    memcpy(subject->group, slot->wanted.group, sizeof subject->group);
    subject->matter = cr_panel_matter_hold(panels->matter);
    subject->look = slot->wanted.look;
    atomic_init(&subject->holders, 1);
    const struct cr_painter_order order = {.width = slot->wanted.width,
        .height = slot->wanted.height,
        .draw = draw_subject,
        .subject = subject,
        .let_go = let_go_subject};
    cr_painter_order(panels->painter, place, &order);
    slot->ordered = slot->wanted;
    panels->ordered_at = cr_clock_seconds();
    return 0;
}

/* What is to be seen in a place. */
static void want(struct cr_panels *panels, struct slot *slot) {
    slot->wanted.choice = slot->choice;
    memcpy(slot->wanted.group, slot->group, sizeof slot->wanted.group);
    slot->wanted.matter = panels->matter != NULL ? panels->matter->number : 0;
}

/* Orders a picture if the one that was ordered last is out of date; if only its matter is, when all are renewed. */
static int order_if_due(struct cr_panels *panels, size_t place, bool at_once, struct cr_error *error) {
    struct slot *const slot = &panels->slots[place];
    want(panels, slot);
    const double least = CR_CHART_LEAST * slot->wanted.look.scale;
    if (slot->wanted.matter == 0 || slot->wanted.width < least || slot->wanted.height < least)
        return 0;
    const bool like = alike(&slot->wanted, &slot->ordered);
    if (like && slot->wanted.matter == slot->ordered.matter)
        return 0;
    if (like && slot->ordered.matter != 0 && !at_once && !panels->renewing)
        return 0;
    return order(panels, place, error);
}

static int take_over(struct cr_panels *panels, size_t place, struct cr_error *error) {
    struct cr_error failure = {0};
    cairo_surface_t *const picture = cr_painter_take(panels->painter, place, &failure);
    int status = 0;
    if (failure.code != 0)
        status = cr_error_set(error, failure.code, "%s", failure.sentence);
    if (picture == NULL)
        return status;
    if (status == 0)
        status = cr_pane_take(&panels->slots[place].pane, panels->renderer, picture, error);
    if (status == 0) {
        let_go_subject(panels->slots[place].seen);
        panels->slots[place].seen = hold_subject(cairo_surface_get_user_data(picture, &subject_key));
    }
    cairo_surface_destroy(picture);
    return status;
}

/* Of the finished pictures of places that are shown, the first one behind the last that was taken over. */
static size_t next_turn(const struct cr_panels *panels) {
    for (size_t k = 1; k <= CR_PANELS_MAX; k++) {
        const size_t place = (panels->taken + k) % CR_PANELS_MAX;
        if (panels->shown[place] && cr_painter_ready(panels->painter, place))
            return place;
    }
    return CR_PANELS_MAX;
}

/* Whether pictures were ordered that are not shown yet. */
static bool unfinished(const struct cr_panels *panels) {
    for (size_t k = 0; k < CR_PANELS_MAX; k++)
        if (panels->shown[k] && (cr_painter_busy(panels->painter, k) || cr_painter_ready(panels->painter, k)))
            return true;
    return false;
}

/* A place that is drawn a second time begins another frame. */
static void notice_frame(struct cr_panels *panels, size_t place) {
    if (panels->drawn[place]) {
        memcpy(panels->shown, panels->drawn, sizeof panels->shown);
        memset(panels->drawn, 0, sizeof panels->drawn);
        panels->complete = false;
        panels->turn = next_turn(panels);
        panels->renewing = cr_clock_seconds() - panels->ordered_at >= rest_seconds && !unfinished(panels);
    }
    panels->drawn[place] = true;
}

static void show(const struct cr_panels *panels, const struct slot *slot, enum cr_theme_name theme, SDL_Rect where) {
    const struct cr_colour ground = cr_theme(theme)->background;
    SDL_Rect clip;
    const bool clipped = SDL_RenderIsClipEnabled(panels->renderer);
    SDL_RenderGetClipRect(panels->renderer, &clip);
    if (slot->pane.texture == NULL || slot->pane.width < where.w || slot->pane.height < where.h) {
        SDL_SetRenderDrawColor(panels->renderer, (Uint8)lround(255.0 * ground.red), (Uint8)lround(255.0 * ground.green),
            (Uint8)lround(255.0 * ground.blue), 255);
        SDL_RenderFillRect(panels->renderer, &where);
    }
    SDL_RenderSetClipRect(panels->renderer, &where);
    cr_pane_show(&slot->pane, panels->renderer, where.x, where.y);
    SDL_RenderSetClipRect(panels->renderer, clipped ? &clip : NULL);
}

int cr_panels_draw(
    struct cr_panels *panels, size_t place, const struct cr_look *look, SDL_Rect where, struct cr_error *error) {
    struct slot *const slot = &panels->slots[place];
    notice_frame(panels, place);
    slot->wanted.width = where.w;
    slot->wanted.height = where.h;
    slot->wanted.look = *look;
    int status = 0;
    if (panels->complete || panels->turn == place) {
        status = take_over(panels, place, error);
        panels->taken = place;
    }
    if (status == 0)
        status = order_if_due(panels, place, false, error);
    show(panels, slot, look->theme, where);
    return status;
}

void cr_panels_wait(struct cr_panels *panels) {
    for (size_t k = 0; k < CR_PANELS_MAX; k++)
        if (panels->slots[k].wanted.width > 0)
            (void)order_if_due(panels, k, true, NULL);
    cr_painter_wait(panels->painter);
    memset(panels->drawn, 0, sizeof panels->drawn);
    panels->complete = true;
}

int cr_panels_write(struct cr_panels *panels, size_t place, enum cr_theme_name theme, double width, double height,
    const char *directory, const char *name, struct cr_error *error) {
    if (panels->matter == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "%.200s cannot be drawn before anything was seen", name);
    const struct cr_chart_look look = {.theme = theme, .width = width, .height = height};
    struct cr_panel_chart made;
    int status = cr_panel_chart_init(
        &made, panels->slots[place].choice, panels->slots[place].group, panels->matter, width, height, error);
    if (status == 0)
        status = cr_chart_write(&made.chart, &look, directory, name, error);
    cr_panel_chart_free(&made);
    return status;
}

int cr_panels_chart(const struct cr_panels *panels, size_t place, struct cr_panel_chart *made, struct cr_error *error) {
    const struct slot *slot = &panels->slots[place];
    const double scale = slot->wanted.look.scale > 0.0 ? slot->wanted.look.scale : 1.0;
    memset(made, 0, sizeof *made);
    if (panels->matter == NULL)
        return 0;
    return cr_panel_chart_init(made, slot->choice, slot->group, panels->matter, slot->wanted.width / scale,
        slot->wanted.height / scale, error);
}

void cr_panels_forget_textures(struct cr_panels *panels) {
    for (size_t k = 0; k < CR_PANELS_MAX; k++) {
        cr_pane_free(&panels->slots[k].pane);
        panels->slots[k].ordered.matter = 0;
    }
}
