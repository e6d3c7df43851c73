#include "viz/viewer/viewer.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "viz/viewer/alteration.h"
#include "viz/viewer/composition.h"
#include "viz/viewer/face.h"
#include "viz/viewer/hints.h"
#include "viz/viewer/input.h"
#include "viz/viewer/saving.h"

/* Seconds for which the picture goes on moving after something happened: people glide, charts are being drawn. */
static const double lively = 3.0;
static const double toast_seconds = 4.0;
static const double seconds_at_end = 3.0;

void cr_viewer_tell(struct cr_viewer *viewer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(viewer->toast, sizeof viewer->toast, format, arguments);
    va_end(arguments);
    viewer->toast_left = toast_seconds;
    viewer->complains = false;
}

void cr_viewer_complain(struct cr_viewer *viewer, const char *sentence) {
    cr_viewer_tell(viewer, "%s", sentence);
    viewer->complains = true;
}

void cr_viewer_content(struct cr_viewer *viewer) {
    if (viewer->complains)
        viewer->toast_left = 0.0;
    viewer->complains = false;
}

void cr_viewer_aim(struct cr_viewer *viewer) {
    if (viewer->aimed == viewer->pace.aim)
        return;
    viewer->aimed = viewer->pace.aim;
    viewer->order = cr_engine_aim(&viewer->engine, viewer->aimed);
}

void cr_viewer_begin_anew(struct cr_viewer *viewer, uint32_t replicate) {
    viewer->replicate = replicate;
    viewer->anew = viewer->order = cr_engine_begin_anew(&viewer->engine, replicate);
    cr_pace_go(&viewer->pace, 0);
    viewer->aimed = 0;
    viewer->at_end = 0.0;
}

void cr_viewer_choose_scale(struct cr_viewer *viewer) {
    const struct cr_window *const window = &viewer->window;
    const double called = viewer->viewing->scale;
    viewer->wished_scale =
        called > 0.0 ? called : cr_layout_scale(window->width, window->height, cr_window_scale(window));
}

static void set_up(struct cr_viewer *viewer) {
    static const enum cr_panel_kind usual[CR_LAYOUT_PANELS] = {CR_PANEL_SURVIVAL, CR_PANEL_STRATEGIES, CR_PANEL_EARNED,
        CR_PANEL_SATISFACTION, CR_PANEL_STYLES_BY_AGE, CR_PANEL_AROUSAL};
    const struct cr_viewing *const viewing = viewer->viewing;
    for (size_t i = 0; i < CR_LAYOUT_PANELS; i++)
        cr_panels_choose(viewer->panels, i, (struct cr_panel_choice){.kind = usual[i]});
    viewer->look = (struct cr_look){
        .theme = viewing->theme, .scale = 1.0, .text_scale = 1.0, .reduced_motion = viewing->reduced_motion};
    cr_viewer_choose_scale(viewer);
    viewer->options = (struct cr_scene_options){.arrangement = viewing->arrangement,
        .trails = true,
        .ties = true,
        .children = true,
        .differences = true,
        .chosen = CR_NOBODY,
        .hovered = CR_NOBODY};
    viewer->panels_shown = true;
    viewer->enlarged = viewer->readout.panel = -1;
    viewer->choice.person = viewer->looked_at = CR_NOBODY;
    viewer->world = viewing->count > 1 ? CR_WORLDS_MAX : 0;
    viewer->hint = viewing->hints && !cr_hints_seen() ? 0 : -1;
    viewer->pace.counted = viewing->counted;
    viewer->pace.speed = viewing->speed;
    cr_pace_go(&viewer->pace, viewing->week);
    viewer->pace.playing = viewing->plays;
    viewer->replicate = viewing->replicate;
    viewer->going = true;
    viewer->alive = lively;
}

static int open_engine(struct cr_viewer *viewer, struct cr_error *error) {
    const struct cr_viewing *const viewing = viewer->viewing;
    const struct cr_engine_plan plan = {.scenarios = viewing->scenarios,
        .count = viewing->count,
        .replicate = viewing->replicate,
        .threads = viewing->threads,
        .most_bytes = viewing->most_bytes};
    const int code = cr_engine_start(&viewer->engine, &plan, error);
    if (code == 0)
        viewer->sight = cr_engine_look(&viewer->engine, NULL);
    return code;
}

static int open_drawing(struct cr_viewer *viewer, struct cr_error *error) {
    SDL_Renderer *const renderer = viewer->window.renderer;
    for (size_t w = 0; w < viewer->viewing->count; w++) {
        viewer->scene[w] = cr_scene_new(renderer, error);
        if (!viewer->scene[w])
            return CR_ERROR_MEMORY;
    }
    viewer->panels = cr_panels_new(renderer, error);
    viewer->card = viewer->panels ? cr_card_new(renderer, error) : NULL;
    return viewer->card ? 0 : error->code ? (int)error->code : CR_ERROR_MEMORY;
}

static void close_drawing(struct cr_viewer *viewer) {
    cr_layers_free(&viewer->layers);
    cr_readout_forget(&viewer->readout);
    cr_card_free(viewer->card);
    cr_panels_free(viewer->panels);
    viewer->card = NULL;
    viewer->panels = NULL;
    for (size_t w = 0; w < CR_WORLDS_MAX; w++) {
        cr_scene_free(viewer->scene[w]);
        viewer->scene[w] = NULL;
    }
}

static int open_controls(struct cr_viewer *viewer, struct cr_error *error) {
    viewer->widgets.list = calloc(CR_WIDGETS_MAX, sizeof *viewer->widgets.list);
    if (!viewer->widgets.list)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the controls");
    viewer->measure_surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1, 1);
    viewer->measure_cairo = cairo_create(viewer->measure_surface);
    viewer->look = (struct cr_look){.theme = viewer->viewing->theme, .scale = 1.0, .text_scale = 1.0};
    return cr_paint_canvas(&viewer->measure, viewer->measure_cairo, &viewer->look, error);
}

/* Shows the newest sight to all that draw it. */
static int see(struct cr_viewer *viewer, struct cr_error *error) {
    const struct cr_sight *const sight = viewer->sight;
    int code = 0;
    for (size_t w = 0; code == 0 && w < sight->count; w++)
        code = cr_scene_see(viewer->scene[w], &sight->of[w], sight->count > 1 ? &sight->of[1 - w] : NULL, error);
    if (code == 0)
        code = cr_panels_see(viewer->panels, sight, error);
    viewer->alive = lively;
    if (sight->error.code != 0) {
        /* The engine has stopped at that; so does time. */
        cr_pace_play(&viewer->pace, false);
        cr_pace_go(&viewer->pace, sight->of[0].week);
        viewer->aimed = viewer->pace.aim;
        cr_viewer_tell(viewer, "%s", sight->error.sentence);
    }
    return code;
}

int cr_viewer_open(struct cr_viewer *viewer, struct cr_viewing *viewing, struct cr_error *error) {
    memset(viewer, 0, sizeof *viewer);
    viewer->viewing = viewing;
    viewer->aimed = -1;
    char title[128];
    (void)cr_text_format(title, sizeof title, "Cradle: %s%s%s", viewing->scenarios[0].name,
        viewing->count > 1 ? " | " : "", viewing->count > 1 ? viewing->scenarios[1].name : "");
    const struct cr_window_wish wish = {.title = title,
        .width = viewing->width,
        .height = viewing->height,
        .offscreen = viewing->offscreen,
        .visible = true};
    int code = cr_window_open(&viewer->window, &wish, error);
    if (code == 0)
        code = open_engine(viewer, error);
    if (code == 0)
        code = open_drawing(viewer, error);
    if (code == 0)
        code = open_controls(viewer, error);
    if (code == 0) {
        set_up(viewer);
        code = see(viewer, error);
    }
    if (code == 0)
        cr_face_compose(viewer);
    if (code == 0 && viewing->video)
        code = cr_saving_record(viewer, viewing->video, error);
    viewer->toast_left = 0.0;
    return code;
}

void cr_viewer_close(struct cr_viewer *viewer) {
    struct cr_error ignored = {0};
    (void)!cr_recorder_end(&viewer->recorder, &ignored);
    cr_engine_stop(&viewer->engine);
    close_drawing(viewer);
    cr_canvas_free(&viewer->measure);
    if (viewer->measure_cairo)
        cairo_destroy(viewer->measure_cairo);
    if (viewer->measure_surface)
        cairo_surface_destroy(viewer->measure_surface);
    viewer->measure_cairo = NULL;
    viewer->measure_surface = NULL;
    free(viewer->widgets.list);
    viewer->widgets.list = NULL;
    for (size_t i = 0; i < viewer->saved_count; i++)
        free(viewer->saved[i]);
    viewer->saved_count = 0;
    cr_window_close(&viewer->window);
}

/* What has been chosen and shown differently is ordered from the engine. */
static void order_views(struct cr_viewer *viewer) {
    if (viewer->looked_at != viewer->choice.person) {
        viewer->looked_at = viewer->choice.person;
        viewer->order = cr_engine_look_at(&viewer->engine, viewer->looked_at);
    }
    const struct cr_wants wants = cr_panels_wants(viewer->panels, viewer->layout.panel_count);
    bool same = wants.count == viewer->wants.count && wants.stability == viewer->wants.stability;
    for (size_t i = 0; same && i < wants.count; i++)
        same = wants.measure[i] == viewer->wants.measure[i];
    if (!same) {
        viewer->wants = wants;
        viewer->order = cr_engine_want(&viewer->engine, &wants);
    }
}

/* The run's files, as soon as it is at its end; they are written again at closing if it was changed since. */
static void write_at_end(struct cr_viewer *viewer) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    if (!viewer->viewing->out || viewer->written || now->week < now->weeks)
        return;
    viewer->order = cr_engine_write(&viewer->engine, viewer->viewing->out);
    viewer->written = true;
    cr_viewer_tell(viewer, "The run's files go to %s", viewer->viewing->out);
}

/* A run that repeats itself is looked at in its last week for a while, and then lived by others. */
static void repeat(struct cr_viewer *viewer, double seconds) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    viewer->at_end = now->week < now->weeks ? 0.0 : viewer->at_end + seconds;
    if (!viewer->viewing->repeats || viewer->at_end < seconds_at_end)
        return;
    cr_viewer_begin_anew(viewer, viewer->replicate < CR_REPLICATE_MAX ? viewer->replicate + 1 : 1);
    cr_pace_play(&viewer->pace, true);
}

static void let_pass(struct cr_viewer *viewer, double seconds) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    viewer->seconds = seconds;
    viewer->alive -= seconds;
    viewer->toast_left = cr_max(0.0, viewer->toast_left - seconds);
    viewer->mouse.rests += seconds;
    viewer->focus_rests += seconds;
    cr_layout_pass(&viewer->glide, seconds);
    cr_alteration_pass(viewer, seconds);
    const bool is_past = viewer->sight->asked < viewer->anew; /* what is in sight is of another luck */
    if (!is_past)
        repeat(viewer, seconds);
    if (!viewer->scrubbing && !is_past)
        (void)cr_pace_pass(&viewer->pace, seconds, now->week, now->weeks);
    cr_viewer_aim(viewer);
    order_views(viewer);
    write_at_end(viewer);
}

int cr_viewer_frame(struct cr_viewer *viewer, double seconds, struct cr_error *error) {
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        cr_input_event(viewer, &event);
        /* What the next key or click meets is what this one has made, however many come in one frame. */
        if (event.type == SDL_KEYDOWN || event.type == SDL_TEXTINPUT || event.type == SDL_MOUSEBUTTONDOWN ||
            event.type == SDL_MOUSEBUTTONUP || event.type == SDL_MOUSEWHEEL)
            cr_face_compose(viewer);
    }
    let_pass(viewer, seconds);
    if (viewer->viewing->counted)
        cr_engine_wait(&viewer->engine, viewer->order);
    bool fresh;
    viewer->sight = cr_engine_look(&viewer->engine, &fresh);
    int code = fresh ? see(viewer, error) : 0;
    if (code == 0) {
        cr_face_compose(viewer);
        if (viewer->mouse.seen && !viewer->mouse.down)
            cr_input_hover(viewer);
        code = cr_composition_draw(viewer, seconds, error);
    }
    if (code == 0 && !viewer->window.lost) {
        cr_saving_frame(viewer, seconds);
        cr_window_present(&viewer->window);
        viewer->frames++;
    }
    return code;
}

bool cr_viewer_moves(const struct cr_viewer *viewer) {
    return viewer->viewing->counted || viewer->viewing->repeats || viewer->pace.playing || viewer->sight->living ||
           viewer->alive > 0.0 || viewer->toast_left > 0.0 || viewer->slide.field ||
           cr_recorder_runs(&viewer->recorder);
}

int cr_viewer_capture(struct cr_viewer *viewer, SDL_Surface **copy, struct cr_error *error) {
    *copy = NULL;
    const int code = viewer->window.lost ? 0 : cr_composition_draw(viewer, 0.0, error);
    return code ? code : cr_window_copy(&viewer->window, copy, error);
}

int cr_viewer_resize(struct cr_viewer *viewer, int width, int height, struct cr_error *error) {
    if (viewer->window.window)
        return cr_window_resize(&viewer->window, width, height, error);
    /* Offscreen all that draws begins anew, since what it draws on does. */
    struct cr_panel_choice choices[CR_LAYOUT_PANELS];
    char groups[CR_LAYOUT_PANELS][CR_GROUP_SIZE];
    for (size_t i = 0; i < CR_LAYOUT_PANELS; i++) {
        choices[i] = cr_panels_choice(viewer->panels, i);
        (void)cr_text_format(groups[i], sizeof groups[i], "%s", cr_panels_group(viewer->panels, i));
    }
    close_drawing(viewer);
    int code = cr_window_resize(&viewer->window, width, height, error);
    cr_viewer_choose_scale(viewer);
    if (code == 0)
        code = open_drawing(viewer, error);
    for (size_t i = 0; code == 0 && i < CR_LAYOUT_PANELS; i++) {
        cr_panels_choose(viewer->panels, i, choices[i]);
        cr_panels_choose_group(viewer->panels, i, groups[i]);
    }
    return code ? code : see(viewer, error);
}
