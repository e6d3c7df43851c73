#include <math.h>

#include "base/numeric.h"
#include "viz/draw/tint.h"
#include "viz/scene/scene_state.h"

/* Ties drawn on the plane at a time; more would hide each other. */
enum { TIES = 700 };

/* What was thinned out stays so until there are far fewer, lest it come and go from week to week. */
static int32_t thinned(const struct cr_scene *scene) {
    const struct cr_scene_content *before = &scene->backdrop.content;
    int32_t one_in = before->arrangement == CR_ARRANGEMENT_PLANE && before->ties_one_in > 0 ? before->ties_one_in : 1;
    while (scene->lasting_count > TIES * one_in)
        one_in *= 2;
    while (one_in > 1 && 5 * scene->lasting_count < 2 * TIES * one_in)
        one_in /= 2;
    return one_in;
}

int32_t cr_scene_ties_one_in(const struct cr_scene *scene, enum cr_arrangement arrangement) {
    if (arrangement == CR_ARRANGEMENT_PLANE)
        return thinned(scene);
    if (arrangement == CR_ARRANGEMENT_MAP)
        return 1;
    const struct cr_timeline_view view = cr_scene_timeline_view(scene);
    return cr_timeline_lay(&view).stride;
}

const struct cr_tie *cr_scene_tie(const struct cr_scene *scene, int32_t bond) {
    return bond >= 0 && bond < scene->tie_count ? &scene->ties[bond] : NULL;
}

uint32_t cr_scene_tint(const struct cr_scene *scene, double satisfaction) {
    const double share = isnan(satisfaction) ? 0.5 : cr_clamp(0.5 + 0.5 * satisfaction / CR_TINT_MOST, 0.0, 1.0);
    return scene->tints[(int)(share * (CR_TINTS - 1) + 0.5)];
}

/* The line between two people where they are drawn. On the map it fades while they are apart. */
static struct cr_stroke between(const struct cr_scene *scene, int32_t a, int32_t b) {
    const struct cr_motion *motion = &scene->here.motion;
    double seen = (double)(motion->seen[a] < motion->seen[b] ? motion->seen[a] : motion->seen[b]);
    if (scene->options.arrangement == CR_ARRANGEMENT_MAP) {
        const double apart = hypot((double)(motion->x[a] - motion->x[b]), (double)(motion->y[a] - motion->y[b]));
        const double near = 2.0 * cr_scene_map_radius(&scene->backdrop.layout) * (double)scene->here.map.pitch;
        seen *= cr_clamp(near / cr_max(apart, 1.0), 0.12, 1.0);
    }
    return (struct cr_stroke){.x1 = cr_scene_across(scene, (double)motion->x[a]),
        .y1 = cr_scene_down(scene, (double)motion->y[a]),
        .x2 = cr_scene_across(scene, (double)motion->x[b]),
        .y2 = cr_scene_down(scene, (double)motion->y[b]),
        .opacity = seen};
}

/* A tie as it is drawn among many. */
static struct cr_stroke stroke_of(const struct cr_scene *scene, const struct cr_tie *tie) {
    struct cr_stroke stroke = between(scene, tie->person[0], tie->person[1]);
    const double intimacy = (double)tie->intimacy;
    stroke.ink = cr_scene_tint(scene, (double)tie->satisfaction);
    if (scene->options.arrangement == CR_ARRANGEMENT_MAP)
        stroke.width = scene->stamps.radius * (1.0 + 1.6 * intimacy);
    else
        stroke.width = scene->look.scale * (0.7 + 1.5 * intimacy);
    return stroke;
}

void cr_scene_draw_ties(struct cr_scene *scene) {
    const bool plane = scene->options.arrangement == CR_ARRANGEMENT_PLANE;
    const int32_t one_in = scene->backdrop.content.ties_one_in;
    const double opacity =
        plane ? cr_clamp(7.0 / sqrt(cr_max(1.0, (double)scene->lasting_count / one_in)), 0.16, 0.75) : 1.0;
    for (int32_t k = 0; k < scene->lasting_count; k++) {
        const int32_t number = scene->lasting[k];
        if (plane && number % one_in != 0)
            continue;
        const int32_t *person = scene->ties[number].person;
        struct cr_stroke stroke = stroke_of(scene, &scene->ties[number]);
        stroke.opacity *= opacity * cr_max(cr_scene_emphasis(scene, person[0]), cr_scene_emphasis(scene, person[1]));
        cr_raster_line(&scene->frame, &stroke);
    }
}

void cr_scene_draw_tie_of(struct cr_scene *scene, int32_t person) {
    const struct cr_tie *tie = cr_scene_tie(scene, scene->bond[person]);
    if (!tie || tie->end >= 0)
        return;
    struct cr_stroke stroke = stroke_of(scene, tie), rim = stroke;
    stroke.width = cr_max(stroke.width, 1.6 * scene->look.scale) * 1.4;
    rim.width = stroke.width + 3.0 * scene->look.scale;
    rim.ink = cr_raster_ink(cr_theme(scene->look.theme)->background);
    rim.opacity *= 0.8;
    cr_raster_line(&scene->frame, &rim);
    cr_raster_line(&scene->frame, &stroke);
}

/* A part of a line, from one share of it to another. */
static struct cr_stroke part(const struct cr_stroke *whole, double from, double to) {
    struct cr_stroke stroke = *whole;
    stroke.x1 = whole->x1 + from * (whole->x2 - whole->x1);
    stroke.y1 = whole->y1 + from * (whole->y2 - whole->y1);
    stroke.x2 = whole->x1 + to * (whole->x2 - whole->x1);
    stroke.y2 = whole->y1 + to * (whole->y2 - whole->y1);
    return stroke;
}

/* Two halves that run from both ends to the middle, or back: `joined` 0 to 1. */
static void draw_halves(struct cr_scene *scene, const struct cr_stroke *whole, double joined) {
    const struct cr_stroke first = part(whole, 0.0, 0.5 * joined), second = part(whole, 1.0, 1.0 - 0.5 * joined);
    cr_raster_line(&scene->frame, &first);
    cr_raster_line(&scene->frame, &second);
}

/* In a crowd lines across the plane are fainter. */
static double crowding(const struct cr_scene *scene, double most) {
    if (scene->options.arrangement == CR_ARRANGEMENT_MAP)
        return 1.0;
    return cr_clamp(most / sqrt(cr_max(1.0, scene->alive)), 0.15, 1.0);
}

static void draw_flare_of_two(struct cr_scene *scene, const struct cr_flare *flare, double phase) {
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    const double point = scene->look.scale;
    struct cr_stroke stroke = between(scene, flare->person[0], flare->person[1]);
    const double seen = stroke.opacity;
    stroke.width = 1.4 * point;
    stroke.ink = cr_raster_ink(theme->ink);
    switch ((enum cr_flare_kind)flare->kind) {
    case CR_FLARE_QUARREL:
        stroke.ink = cr_raster_ink(theme->colours[CR_MEANING_SCENARIO_2]);
        stroke.opacity = seen * (1.0 - phase) * crowding(scene, 14.0);
        cr_raster_line(&scene->frame, &stroke);
        cr_stamps_flare(&scene->stamps, &scene->frame, CR_STAMP_QUARREL, 0.5 * (stroke.x1 + stroke.x2),
            0.5 * (stroke.y1 + stroke.y2), phase, (int)(256.0 * seen));
        break;
    case CR_FLARE_SEPARATION:
        stroke.ink = cr_raster_ink(theme->colours[CR_MEANING_SCENARIO_2]);
        stroke.opacity = seen * (1.0 - 0.7 * phase) * crowding(scene, 45.0);
        draw_halves(scene, &stroke, 0.9 * (1.0 - phase));
        break;
    case CR_FLARE_BEREAVEMENT: {
        /* the line goes from the side of the one who died */
        stroke = between(scene, flare->person[1], flare->person[0]);
        const struct cr_stroke left = part(&stroke, 0.0, 1.0 - phase);
        stroke = left;
        stroke.opacity = (double)scene->here.motion.seen[flare->person[1]] * crowding(scene, 45.0);
        stroke.width = 1.4 * point;
        stroke.ink = cr_raster_ink(theme->soft_ink);
        cr_raster_line(&scene->frame, &stroke);
        break;
    }
    case CR_FLARE_PAIRING:
        stroke.opacity = seen * (phase < 0.6 ? 1.0 : (1.0 - phase) / 0.4) * crowding(scene, 60.0);
        draw_halves(scene, &stroke, cr_min(1.0, 1.6 * phase));
        break;
    default:
        stroke.width = (flare->kind == CR_FLARE_WEDDING ? 2.6 : 2.0) * point;
        stroke.opacity = seen * (1.0 - phase) * crowding(scene, 60.0);
        cr_raster_line(&scene->frame, &stroke);
        break;
    }
}

static void draw_flare_of(struct cr_scene *scene, enum cr_stamp_name name, int32_t person, double phase) {
    const struct cr_motion *motion = &scene->here.motion;
    const bool was_there = motion->goal_x[person] > 0.0F;
    const double seen = name == CR_STAMP_DEATH && was_there ? 1.0 : (double)motion->seen[person];
    /* Comfort is so frequent that it would drown all else. */
    const double opacity = name == CR_STAMP_COMFORT ? seen * crowding(scene, 16.0) : seen;
    cr_stamps_flare(&scene->stamps, &scene->frame, name, cr_scene_across(scene, (double)motion->x[person]),
        cr_scene_down(scene, (double)motion->y[person]), phase, (int)(256.0 * opacity));
}

/* Without motion nothing follows anything: all is seen at once. */
static bool is_drawn(const struct cr_scene *scene, const struct cr_flare *flare) {
    const enum cr_flares_shown shown = scene->options.flares;
    if (shown == CR_FLARES_NONE || (shown == CR_FLARES_LIVES && cr_flare_is_everyday((enum cr_flare_kind)flare->kind)))
        return false;
    return flare->age >= 0.0F || scene->look.reduced_motion;
}

void cr_scene_draw_flares(struct cr_scene *scene) {
    static const int stamp[CR_FLARE_KINDS] = {
        [CR_FLARE_PROTEST] = CR_STAMP_PROTEST,
        [CR_FLARE_DEACTIVATION] = CR_STAMP_DEACTIVATION,
        [CR_FLARE_APPEASEMENT] = CR_STAMP_APPEASEMENT,
        [CR_FLARE_COMFORT] = CR_STAMP_COMFORT,
        [CR_FLARE_REBUFF] = CR_STAMP_REBUFF,
        [CR_FLARE_FRIGHT] = CR_STAMP_FRIGHT,
        [CR_FLARE_BIRTH] = CR_STAMP_BIRTH,
        [CR_FLARE_DEATH] = CR_STAMP_DEATH,
        [CR_FLARE_EARNING] = CR_STAMP_EARNING,
        [CR_FLARE_PAIRING] = CR_STAMP_PAIRING,
        [CR_FLARE_WEDDING] = CR_STAMP_WEDDING,
    };
    for (size_t k = 0; k < scene->flares.count; k++) {
        const struct cr_flare *flare = &scene->flares.flare[k];
        const double phase = scene->look.reduced_motion ? 0.3 : cr_flare_phase(flare);
        if (!is_drawn(scene, flare))
            continue;
        if (flare->kind >= CR_FLARE_QUARREL)
            draw_flare_of_two(scene, flare, phase);
        for (int side = 0; side < 2; side++)
            if (stamp[flare->kind] != 0 && flare->person[side] != CR_NOBODY)
                draw_flare_of(scene, (enum cr_stamp_name)stamp[flare->kind], flare->person[side], phase);
    }
}
