#include "viz/viewer/composition.h"

#include <math.h>

#include "base/numeric.h"

static SDL_Rect whole(struct cr_rect rect) {
    return (SDL_Rect){(int)rect.x, (int)rect.y, (int)rect.width, (int)rect.height};
}

static void set_colour(SDL_Renderer *renderer, struct cr_colour colour) {
    SDL_SetRenderDrawBlendMode(renderer, colour.alpha < 1.0 ? SDL_BLENDMODE_BLEND : SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(renderer, (Uint8)lround(255.0 * colour.red), (Uint8)lround(255.0 * colour.green),
        (Uint8)lround(255.0 * colour.blue), (Uint8)lround(255.0 * colour.alpha));
}

static void fill(SDL_Renderer *renderer, struct cr_rect rect, struct cr_colour colour) {
    const SDL_Rect box = whole(rect);
    set_colour(renderer, colour);
    SDL_RenderFillRect(renderer, &box);
}

/* Keeps who is followed in the middle half of the scene. */
static void follow(struct cr_viewer *viewer, size_t world, double seconds) {
    const struct cr_rect scene = viewer->layout.scene[world];
    double x, y;
    if (!viewer->choice.follows || !cr_scene_place(viewer->scene[world], viewer->choice.person, &x, &y))
        return;
    const double away_x = scene.x + scene.width / 2.0 - x, away_y = scene.y + scene.height / 2.0 - y;
    const double share = viewer->look.reduced_motion ? 1.0 : cr_min(1.0, 5.0 * seconds);
    if (fabs(away_x) > scene.width / 8.0 || fabs(away_y) > scene.height / 8.0)
        cr_scene_pan(viewer->scene[world], share * away_x, share * away_y);
}

static int draw_scenes(struct cr_viewer *viewer, double seconds, struct cr_error *error) {
    int code = 0;
    for (size_t w = 0; code == 0 && w < viewer->viewing->count; w++) {
        follow(viewer, w, seconds);
        struct cr_scene_options options = viewer->options;
        if (viewer->viewing->count > 1)
            options.legend = w == 0 ? CR_LEGEND_LEFT : CR_LEGEND_RIGHT;
        code = cr_scene_draw(viewer->scene[w], &options, &viewer->look, whole(viewer->layout.scene[w]), seconds, error);
    }
    return code;
}

static int draw_panels(struct cr_viewer *viewer, struct cr_error *error) {
    int code = 0;
    for (size_t i = 0; code == 0 && i < viewer->layout.panel_count; i++)
        if (viewer->layout.panel[i].width >= 1.0)
            code = cr_panels_draw(viewer->panels, i, &viewer->look, whole(viewer->layout.panel[i]), error);
    return code;
}

static int draw_card(struct cr_viewer *viewer, struct cr_error *error) {
    if (!(viewer->card_place.width > 0.0))
        return 0;
    const enum cr_card_kind kind = viewer->choice.card == CR_SHOWN_COUPLE ? CR_CARD_COUPLE : CR_CARD_PERSON;
    return cr_card_draw(viewer->card, kind, viewer->sight, &viewer->look, whole(viewer->card_place),
        (int)lround(viewer->card_scroll), error);
}

/* What is recorded, and where we are: the part of the bar of time that changes from frame to frame. */
static void draw_time(const struct cr_viewer *viewer) {
    SDL_Renderer *const renderer = viewer->window.renderer;
    const struct cr_widget *const time = cr_widgets_find(&viewer->widgets, "time");
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    const struct cr_theme *const theme = cr_theme(viewer->look.theme);
    if (!time)
        return;
    const double scale = viewer->look.scale;
    const struct cr_rect track = cr_paint_time_track(time, scale);
    const double head = cr_slider_place(time, now->head, scale), here = cr_slider_place(time, now->week, scale);
    fill(renderer, (struct cr_rect){track.x, track.y, round(head - track.x), track.height},
        cr_colour_mix(theme->background, theme->ink, 0.48));
    fill(renderer, (struct cr_rect){track.x, track.y, round(here - track.x), track.height}, theme->ink);
    const double width = cr_max(3.0, round(4.0 * scale)), over = round(7.0 * scale);
    fill(renderer, (struct cr_rect){round(here - width / 2.0), track.y - over, width, track.height + 2.0 * over},
        theme->ink);
}

static int draw_controls(struct cr_viewer *viewer, struct cr_error *error) {
    SDL_Renderer *const renderer = viewer->window.renderer;
    const struct cr_touch touch = {.hovered = viewer->mouse.over,
        .focused = viewer->focus,
        .pressed = viewer->mouse.pressed,
        .ring = viewer->by_keys,
        .caret = true};
    int code = 0;
    for (int layer = 0; code == 0 && layer < CR_LAYERS; layer++) {
        if (layer == CR_LAYER_BOX && viewer->box != CR_BOX_NONE && viewer->box != CR_BOX_SEARCH)
            fill(renderer, (struct cr_rect){0.0, 0.0, viewer->window.width, viewer->window.height},
                (struct cr_colour){0.0, 0.0, 0.0, 0.45});
        code = cr_layers_show(
            &viewer->layers, (enum cr_layer)layer, renderer, &viewer->widgets, &viewer->look, &touch, error);
        if (layer == CR_LAYER_SCRUB)
            draw_time(viewer);
    }
    return code;
}

int cr_composition_draw(struct cr_viewer *viewer, double seconds, struct cr_error *error) {
    SDL_Renderer *const renderer = viewer->window.renderer;
    set_colour(renderer, cr_paint_ground(viewer->look.theme));
    SDL_RenderClear(renderer);
    int code = draw_scenes(viewer, seconds, error);
    if (code == 0)
        code = draw_panels(viewer, error);
    if (code == 0 && viewer->viewing->counted) {
        /* What was ordered just now belongs to this frame. */
        cr_card_wait(viewer->card);
        cr_panels_wait(viewer->panels);
        code = draw_panels(viewer, error);
    }
    if (code == 0)
        code = draw_card(viewer, error);
    if (code == 0)
        code = draw_controls(viewer, error);
    cr_readout_follow(viewer);
    return code ? code : cr_readout_draw(viewer, error);
}
