#include <math.h>

#include "base/numeric.h"
#include "viz/scene/scene_state.h"

static void aim_plane(const struct cr_scene *scene, struct cr_scene_sight *sight, uint32_t i) {
    const struct cr_scene_layout *layout = &scene->backdrop.layout;
    cr_motion_aim(&sight->motion, i, (float)cr_scene_plane_x(layout, (double)sight->anxiety[i]),
        (float)cr_scene_plane_y(layout, (double)sight->avoidance[i]));
}

static void aim_map(const struct cr_scene *scene, struct cr_scene_sight *sight, uint32_t i) {
    const struct cr_scene_layout *layout = &scene->backdrop.layout;
    const double radius = cr_scene_map_radius(layout);
    cr_motion_aim(&sight->motion, i, (float)(0.5 * layout->plot.width + radius * (double)sight->map.x[i]),
        (float)(0.5 * layout->plot.height + radius * (double)sight->map.y[i]));
}

static void aim(const struct cr_scene *scene, struct cr_scene_sight *sight, bool there) {
    const enum cr_arrangement arrangement = scene->options.arrangement;
    if (arrangement == CR_ARRANGEMENT_MAP)
        cr_map_arrange(&sight->map, sight->couples, (size_t)sight->couple_count);
    for (uint32_t i = 0; i < scene->people; i++) {
        const uint8_t presence = sight->presence[i];
        const bool alive = presence == CR_ADULT || (presence == CR_CHILD && scene->options.children);
        if (arrangement == CR_ARRANGEMENT_TIMELINE || !alive || (there && !scene->differs[i]))
            cr_motion_leave(&sight->motion, i);
        else if (arrangement == CR_ARRANGEMENT_MAP)
            aim_map(scene, sight, i);
        else
            aim_plane(scene, sight, i);
    }
}

void cr_scene_aim(struct cr_scene *scene) {
    aim(scene, &scene->here, false);
    if (scene->two)
        aim(scene, &scene->there, true);
}

bool cr_scene_shows(const struct cr_scene *scene, int32_t person) {
    return person >= 0 && (uint32_t)person < scene->people && scene->here.motion.seen[person] > 0.0F;
}

double cr_scene_dot(const struct cr_scene *scene) {
    const struct cr_scene_layout *layout = &scene->backdrop.layout;
    const double zoom = scene->cameras[scene->options.arrangement].zoom, point = layout->point;
    double radius;
    if (scene->options.arrangement == CR_ARRANGEMENT_MAP)
        radius = cr_clamp(
            0.3 * cr_scene_map_radius(layout) * (double)scene->here.map.pitch * zoom, 0.9 * point, 9.0 * point);
    else
        radius = cr_clamp(0.31 * sqrt(layout->plot.width * layout->plot.height / cr_max(1.0, scene->people)),
                     1.6 * point, 5.5 * point) *
                 cr_min(sqrt(zoom), 2.5);
    return round(4.0 * radius) / 4.0;
}

static enum cr_stamp_name dot_of(const struct cr_scene_sight *sight, uint32_t i) {
    if (sight->presence[i] == CR_CHILD)
        return CR_STAMP_CHILD;
    return sight->style[i] == CR_STYLE_NONE ? CR_STAMP_UNRATED
                                            : (enum cr_stamp_name)((int)CR_STAMP_SECURE + sight->style[i]);
}

/* A crowd's trails are fainter, or nothing else would be seen. */
void cr_scene_add_trails(struct cr_scene *scene) {
    const struct cr_motion *motion = &scene->here.motion;
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    const double point = scene->look.scale, least = (scene->alive > 2000 ? 1.6 : 0.8) * point;
    const double opacity = cr_clamp(9.0 / sqrt(cr_max(1.0, scene->alive)), 0.16, 0.5);
    uint32_t inks[CR_STAMP_CHOSEN];
    for (int name = 0; name < CR_STAMP_CHOSEN; name++)
        inks[name] = cr_raster_ink(name == CR_STAMP_CHILD || name == CR_STAMP_UNRATED
                                       ? theme->axis
                                       : theme->colours[(int)CR_MEANING_SECURE + name - (int)CR_STAMP_SECURE]);
    for (uint32_t i = 0; i < scene->people; i++) {
        const float dx = motion->x[i] - scene->trail_x[i], dy = motion->y[i] - scene->trail_y[i];
        if ((double)(dx * dx + dy * dy) < least * least)
            continue;
        if (motion->seen[i] >= 1.0F) {
            const enum cr_stamp_name name = dot_of(&scene->here, i);
            const struct cr_stroke stroke = {.x1 = cr_scene_across(scene, (double)scene->trail_x[i]),
                .y1 = cr_scene_down(scene, (double)scene->trail_y[i]),
                .x2 = cr_scene_across(scene, (double)motion->x[i]),
                .y2 = cr_scene_down(scene, (double)motion->y[i]),
                .width = cr_max(1.2 * point, 0.6 * scene->stamps.radius),
                .ink = inks[name],
                .opacity = opacity * (name == CR_STAMP_CHILD ? 0.6 : 1.0)};
            cr_trails_add(&scene->trails, &stroke);
        }
        scene->trail_x[i] = motion->x[i];
        scene->trail_y[i] = motion->y[i];
    }
}

static void put(
    struct cr_scene *scene, enum cr_stamp_name name, const struct cr_motion *motion, uint32_t i, double opacity) {
    cr_stamps_put(&scene->stamps, &scene->frame, name, cr_scene_across(scene, (double)motion->x[i]),
        cr_scene_down(scene, (double)motion->y[i]), (int)(256.0 * opacity * (double)motion->seen[i]));
}

void cr_scene_draw_people(struct cr_scene *scene) {
    const struct cr_scene_sight *here = &scene->here;
    if (scene->options.children)
        for (uint32_t i = 0; i < scene->people; i++)
            if (here->motion.seen[i] > 0.0F && here->presence[i] == CR_CHILD)
                put(scene, CR_STAMP_CHILD, &here->motion, i, cr_scene_emphasis(scene, (int32_t)i));
    for (uint32_t i = 0; i < scene->people; i++)
        if (here->motion.seen[i] > 0.0F && here->presence[i] != CR_CHILD)
            put(scene, dot_of(here, i), &here->motion, i, cr_scene_emphasis(scene, (int32_t)i));
}

/* Threads drawn at a time; more would hide what they tell. */
enum { THREADS = 600 };

static void draw_thread(struct cr_scene *scene, uint32_t i, double opacity, double width) {
    const struct cr_motion *here = &scene->here.motion, *there = &scene->there.motion;
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    const double seen = (double)(here->seen[i] < there->seen[i] ? here->seen[i] : there->seen[i]);
    const struct cr_stroke stroke = {.x1 = cr_scene_across(scene, (double)here->x[i]),
        .y1 = cr_scene_down(scene, (double)here->y[i]),
        .x2 = cr_scene_across(scene, (double)there->x[i]),
        .y2 = cr_scene_down(scene, (double)there->y[i]),
        .width = width * scene->look.scale,
        .ink = cr_raster_ink(theme->soft_ink),
        .opacity = opacity * seen};
    cr_raster_line(&scene->frame, &stroke);
    put(scene, dot_of(&scene->there, i), there, i, 0.55);
}

void cr_scene_draw_differences(struct cr_scene *scene) {
    uint32_t count = 0, step = 1;
    for (uint32_t i = 0; i < scene->people; i++)
        count += scene->differs[i];
    while (count > THREADS * step)
        step *= 2;
    const double opacity = cr_clamp(8.0 / sqrt(cr_max(1.0, (double)count / step)), 0.3, 0.8);
    for (uint32_t i = 0; i < scene->people; i++)
        if (scene->differs[i] && i % step == 0)
            draw_thread(scene, i, opacity, 1.0);
    for (uint32_t i = 0; i < scene->people; i++)
        if (scene->differs[i])
            put(scene, CR_STAMP_DIFFERS, &scene->here.motion, i, cr_clamp(16.0 / sqrt((double)count), 0.3, 0.9));
}

/* The way of the chosen one on the plane, from years ago until now. */
static void draw_path(struct cr_scene *scene, int32_t person) {
    const struct cr_scene_layout *layout = &scene->backdrop.layout;
    const struct cr_theme *theme = cr_theme(scene->look.theme);
    const double point = scene->look.scale;
    for (int pass = 0; pass < 2; pass++) {
        bool any = false;
        double x = 0.0, y = 0.0;
        for (int k = 0; k <= scene->paths.count; k++) {
            double anxiety, avoidance, next_x, next_y;
            if (k == scene->paths.count) {
                next_x = (double)scene->here.motion.x[person];
                next_y = (double)scene->here.motion.y[person];
            } else if (cr_paths_at(&scene->paths, (uint32_t)person, k, &anxiety, &avoidance)) {
                next_x = cr_scene_plane_x(layout, anxiety);
                next_y = cr_scene_plane_y(layout, avoidance);
            } else {
                continue;
            }
            const double age = (k + 1.0) / (scene->paths.count + 1.0);
            const struct cr_stroke stroke = {.x1 = cr_scene_across(scene, x),
                .y1 = cr_scene_down(scene, y),
                .x2 = cr_scene_across(scene, next_x),
                .y2 = cr_scene_down(scene, next_y),
                .width = point * (pass == 0 ? 4.5 : 1.0 + 1.4 * age),
                .ink = cr_raster_ink(pass == 0 ? theme->background : theme->ink),
                .opacity = (pass == 0 ? 0.6 : 0.9) * (0.15 + 0.85 * age)};
            if (any)
                cr_raster_line(&scene->frame, &stroke);
            x = next_x;
            y = next_y;
            any = true;
        }
    }
}

static void draw_one(struct cr_scene *scene, int32_t person, enum cr_stamp_name ring) {
    if (!cr_scene_shows(scene, person))
        return;
    put(scene, dot_of(&scene->here, (uint32_t)person), &scene->here.motion, (uint32_t)person, 1.0);
    put(scene, ring, &scene->here.motion, (uint32_t)person, 1.0);
}

void cr_scene_draw_followed(struct cr_scene *scene) {
    const int32_t followed[] = {scene->options.hovered, scene->options.chosen};
    for (int k = 0; k < 2; k++) {
        const int32_t person = followed[k];
        if (!cr_scene_shows(scene, person))
            continue;
        if (k == 1 && scene->options.arrangement == CR_ARRANGEMENT_PLANE && scene->options.trails &&
            !scene->look.reduced_motion)
            draw_path(scene, person);
        if (cr_scene_compares(scene) && scene->differs[person])
            draw_thread(scene, (uint32_t)person, 1.0, 2.0);
        cr_scene_draw_tie_of(scene, person);
        draw_one(scene, scene->here.partner[person], CR_STAMP_PARTNER);
        draw_one(scene, person, k == 1 ? CR_STAMP_CHOSEN : CR_STAMP_PARTNER);
    }
}
