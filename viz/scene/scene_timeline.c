#include <math.h>

#include "base/numeric.h"
#include "viz/scene/scene_state.h"

struct cr_timeline_view cr_scene_timeline_view(const struct cr_scene *scene) {
    const struct cr_camera *camera = &scene->cameras[CR_ARRANGEMENT_TIMELINE];
    const double point = scene->look.scale, margin = 4.0 * point;
    return (struct cr_timeline_view){.ties = scene->tie_count,
        .height = scene->backdrop.layout.plot.height,
        .margin = margin,
        .most = 11.0 * point,
        .least = 2.5 * point,
        .zoom = camera->zoom,
        .top = camera->y};
}

void cr_scene_forget_own(struct cr_scene *scene) {
    scene->own_count = scene->own_searched = 0;
    scene->own_of = CR_NOBODY;
}

/* Finds the chosen person's relationships among those that were not searched yet. */
static void search_own(struct cr_scene *scene) {
    if (scene->own_of != scene->options.chosen)
        cr_scene_forget_own(scene);
    scene->own_of = scene->options.chosen;
    if (scene->own_of == CR_NOBODY)
        return;
    for (; scene->own_searched < scene->tie_count; scene->own_searched++) {
        const struct cr_tie *tie = &scene->ties[scene->own_searched];
        if ((tie->person[0] == scene->own_of || tie->person[1] == scene->own_of) && scene->own_count < CR_OWN_TIES)
            scene->own[scene->own_count++] = scene->own_searched;
    }
}

double cr_scene_week_across(const struct cr_scene *scene, double week) {
    const struct cr_scene_backdrop *backdrop = &scene->backdrop;
    return cr_scene_across(scene, cr_scene_timeline_x(&backdrop->layout, backdrop->begin, backdrop->end, week));
}

struct row {
    double y, thickness; /* of a marriage's line */
    double opacity;
    double mark, beyond; /* the side of a mark of what is otherwise in the other world, and how far off the line */
};

static void draw_stage(
    struct cr_scene *scene, const struct row *row, int32_t from, int32_t to, double share, uint32_t ink) {
    const struct cr_stroke stroke = {.x1 = cr_scene_week_across(scene, from),
        .y1 = row->y,
        .x2 = cr_scene_week_across(scene, to),
        .y2 = row->y,
        .width = cr_max(share * row->thickness, 0.8 * scene->look.scale),
        .ink = ink,
        .opacity = row->opacity};
    cr_raster_line(&scene->frame, &stroke);
}

static void draw_end(struct cr_scene *scene, const struct row *row, const struct cr_tie *tie) {
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    const double x = cr_scene_week_across(scene, tie->end), half = 0.55 * row->thickness + 0.4 * scene->look.scale;
    if (tie->ending == CR_DEATH) {
        cr_stamps_put(&scene->stamps, &scene->frame, CR_STAMP_UNRATED, x, row->y, (int)(256.0 * row->opacity));
        return;
    }
    const struct cr_stroke stroke = {.x1 = x,
        .y1 = row->y - half,
        .x2 = x,
        .y2 = row->y + half,
        .width = cr_max(scene->look.scale, 0.2 * row->thickness),
        .ink = cr_raster_ink(theme->soft_ink),
        .opacity = row->opacity};
    cr_raster_line(&scene->frame, &stroke);
}

/* The share of a marriage's thickness that each stage has. */
static const double dating = 0.26, cohabiting = 0.55;

static void draw_tie(struct cr_scene *scene, const struct row *row, const struct cr_tie *tie) {
    const int32_t end = tie->end >= 0 ? tie->end : scene->week;
    const int32_t married = tie->married >= 0 ? tie->married : end;
    const int32_t together = tie->cohabiting >= 0 && tie->cohabiting < married ? tie->cohabiting : married;
    const uint32_t ink = cr_scene_tint(scene, (double)tie->mean_satisfaction);
    draw_stage(scene, row, tie->start, together, dating, ink);
    if (married > together)
        draw_stage(scene, row, together, married, cohabiting, ink);
    if (end > married)
        draw_stage(scene, row, married, end, 1.0, ink);
    if (tie->end >= 0)
        draw_end(scene, row, tie);
}

/* What is otherwise in the other world has a mark: before its beginning if it is not there, behind its end if it ends
 * otherwise. */
static void draw_mark(struct cr_scene *scene, const struct row *row, const struct cr_tie *tie, bool at_end) {
    const double week = at_end ? (tie->end >= 0 ? tie->end : scene->week) : tie->start;
    const double x = cr_scene_week_across(scene, week), near = at_end ? row->beyond : -row->beyond - row->mark;
    const struct cr_stroke stroke = {.x1 = x + near,
        .y1 = row->y,
        .x2 = x + near + row->mark,
        .y2 = row->y,
        .width = row->mark,
        .ink = cr_raster_ink(cr_theme(scene->look.theme)->ink),
        .opacity = 1.0};
    cr_raster_line(&scene->frame, &stroke);
}

static enum cr_elsewhere compare(const struct cr_scene *scene, const struct cr_tie *tie) {
    return cr_scene_compares(scene) ? cr_counterparts_find(&scene->elsewhere, tie) : CR_ELSEWHERE_ALIKE;
}

/* As it is drawn among many; what is alike in both worlds is faint while they are compared. */
static void draw_compared(struct cr_scene *scene, struct row row, const struct cr_tie *tie) {
    const enum cr_elsewhere elsewhere = compare(scene, tie);
    if (cr_scene_compares(scene) && elsewhere == CR_ELSEWHERE_ALIKE)
        row.opacity *= CR_SCENE_FAINT;
    draw_tie(scene, &row, tie);
    if (elsewhere != CR_ELSEWHERE_ALIKE)
        draw_mark(scene, &row, tie, elsewhere == CR_ELSEWHERE_OTHERWISE);
}

/* A line that stands out: on a bed of the background's colour, with edges of ink. */
static void draw_own(struct cr_scene *scene, struct row row, const struct cr_tie *tie) {
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    const double point = scene->look.scale;
    const int32_t end = tie->end >= 0 ? tie->end : scene->week;
    row.thickness = cr_max(row.thickness, 5.0 * point);
    const struct cr_stroke edge = {.x1 = cr_scene_week_across(scene, tie->start) - 3.0 * point,
        .y1 = row.y,
        .x2 = cr_scene_week_across(scene, end) + 3.0 * point,
        .y2 = row.y,
        .width = row.thickness + 7.0 * point,
        .ink = cr_raster_ink(theme->ink),
        .opacity = 1.0};
    struct cr_stroke bed = edge;
    bed.x1 += 1.5 * point;
    bed.x2 -= 1.5 * point;
    bed.width -= 3.0 * point;
    bed.ink = cr_raster_ink(theme->background);
    cr_raster_line(&scene->frame, &edge);
    cr_raster_line(&scene->frame, &bed);
    row.mark = cr_max(row.mark, 4.0 * point);
    row.beyond = 4.5 * point;
    draw_tie(scene, &row, tie);
    const enum cr_elsewhere elsewhere = compare(scene, tie);
    if (elsewhere != CR_ELSEWHERE_ALIKE)
        draw_mark(scene, &row, tie, elsewhere == CR_ELSEWHERE_OTHERWISE);
}

void cr_scene_draw_timeline(struct cr_scene *scene) {
    const struct cr_timeline_view view = cr_scene_timeline_view(scene);
    const struct cr_timeline timeline = cr_timeline_lay(&view);
    const double gap = timeline.row * view.zoom * timeline.stride;
    const double point = scene->look.scale;
    struct row row = {.thickness = cr_min(0.72 * gap, 7.0 * point),
        .opacity = 1.0,
        .mark = cr_clamp(0.7 * gap, 1.6 * point, 5.0 * point),
        .beyond = 1.5 * point};
    for (int32_t k = 0; k < timeline.shown; k++) {
        const int32_t number = timeline.first + k * timeline.stride;
        row.y = cr_timeline_place(&timeline, &view, number);
        draw_compared(scene, row, &scene->ties[number]);
    }
    search_own(scene);
    for (int32_t k = 0; k < scene->own_count; k++) {
        row.y = cr_timeline_place(&timeline, &view, scene->own[k]);
        draw_own(scene, row, &scene->ties[scene->own[k]]);
    }
    const int32_t hovered = scene->options.hovered;
    const struct cr_tie *tie =
        hovered >= 0 && (uint32_t)hovered < scene->people ? cr_scene_tie(scene, scene->bond[hovered]) : NULL;
    if (tie) {
        row.y = cr_timeline_place(&timeline, &view, scene->bond[hovered]);
        draw_own(scene, row, tie);
    }
    const double now = cr_scene_week_across(scene, scene->week);
    const struct cr_stroke cursor = {.x1 = now,
        .y1 = 0.0,
        .x2 = now,
        .y2 = scene->frame.height,
        .width = 1.4 * scene->look.scale,
        .ink = cr_raster_ink(cr_theme(scene->look.theme)->ink),
        .opacity = 0.85};
    cr_raster_line(&scene->frame, &cursor);
}
