#include <math.h>

#include "base/numeric.h"
#include "viz/scene/scene_state.h"

/* How far beside a mark one may point, in points. */
static const double slack = 4.0;

static int32_t nearest_person(const struct cr_scene *scene, double x, double y) {
    const struct cr_motion *motion = &scene->here.motion;
    const double reach = scene->stamps.radius + slack * scene->look.scale;
    double best = reach * reach;
    int32_t person = CR_NOBODY;
    for (uint32_t i = 0; i < scene->people; i++) {
        if (!(motion->goal_seen[i] > 0.0F) || !(motion->seen[i] > 0.0F))
            continue;
        const double dx = cr_scene_across(scene, (double)motion->x[i]) - x;
        const double dy = cr_scene_down(scene, (double)motion->y[i]) - y;
        const double distance = dx * dx + dy * dy;
        if (distance < best) {
            best = distance;
            person = (int32_t)i;
        }
    }
    return person;
}

/* The distance of a point from a straight piece between two others. */
static double distance_from(double x, double y, double x1, double y1, double x2, double y2) {
    const double dx = x2 - x1, dy = y2 - y1, length = dx * dx + dy * dy;
    const double t = length > 0.0 ? cr_clamp(((x - x1) * dx + (y - y1) * dy) / length, 0.0, 1.0) : 0.0;
    return hypot(x1 + t * dx - x, y1 + t * dy - y);
}

static int32_t nearest_tie(const struct cr_scene *scene, double x, double y) {
    const struct cr_motion *motion = &scene->here.motion;
    const int32_t one_in = scene->backdrop.content.ties_one_in;
    double best = slack * scene->look.scale;
    int32_t bond = CR_NOBODY;
    for (int32_t k = 0; k < scene->lasting_count; k++) {
        const int32_t number = scene->lasting[k];
        if (number % one_in != 0)
            continue;
        const int32_t a = scene->ties[number].person[0], b = scene->ties[number].person[1];
        const double distance = distance_from(x, y, cr_scene_across(scene, (double)motion->x[a]),
            cr_scene_down(scene, (double)motion->y[a]), cr_scene_across(scene, (double)motion->x[b]),
            cr_scene_down(scene, (double)motion->y[b]));
        if (distance < best) {
            best = distance;
            bond = number;
        }
    }
    return bond;
}

/* Whether a week is within the time of a relationship, or nearly. */
static bool covers(const struct cr_scene *scene, const struct cr_tie *tie, double x) {
    const double room = slack * scene->look.scale;
    return x >= cr_scene_week_across(scene, tie->start) - room &&
           x <= cr_scene_week_across(scene, tie->end >= 0 ? tie->end : scene->week) + room;
}

static int32_t nearest_line(const struct cr_scene *scene, double x, double y) {
    const struct cr_timeline_view view = cr_scene_timeline_view(scene);
    const struct cr_timeline timeline = cr_timeline_lay(&view);
    const double gap = timeline.row * view.zoom * timeline.stride;
    double best = cr_max(0.5 * gap, slack * scene->look.scale);
    int32_t bond = CR_NOBODY;
    /* the chosen person's own lines stand between the others */
    for (int32_t k = 0; k < timeline.shown + scene->own_count; k++) {
        const int32_t number =
            k < timeline.shown ? timeline.first + k * timeline.stride : scene->own[k - timeline.shown];
        const double distance = fabs(cr_timeline_place(&timeline, &view, number) - y);
        if (distance < best && covers(scene, &scene->ties[number], x)) {
            best = distance;
            bond = number;
        }
    }
    return bond;
}

struct cr_pick cr_scene_pick(const struct cr_scene *scene, double x, double y) {
    struct cr_pick pick = {CR_NOBODY, CR_NOBODY};
    const struct cr_rect plot = scene->backdrop.layout.plot;
    const double across = x - scene->where.x - plot.x, down = y - scene->where.y - plot.y;
    if (!scene->drawn || scene->people == 0 || across < 0.0 || down < 0.0 || across >= plot.width ||
        down >= plot.height)
        return pick;
    if (scene->options.arrangement == CR_ARRANGEMENT_TIMELINE) {
        pick.bond = nearest_line(scene, across, down);
        return pick;
    }
    pick.person = nearest_person(scene, across, down);
    if (pick.person == CR_NOBODY && scene->options.ties)
        pick.bond = nearest_tie(scene, across, down);
    return pick;
}

bool cr_scene_place(const struct cr_scene *scene, int32_t person, double *x, double *y) {
    const struct cr_rect plot = scene->backdrop.layout.plot;
    double across, down;
    if (!scene->drawn || person < 0 || (uint32_t)person >= scene->people)
        return false;
    if (scene->options.arrangement == CR_ARRANGEMENT_TIMELINE) {
        const struct cr_tie *tie = cr_scene_tie(scene, scene->bond[person]);
        if (!tie)
            return false;
        const struct cr_timeline_view view = cr_scene_timeline_view(scene);
        const struct cr_timeline timeline = cr_timeline_lay(&view);
        across = cr_scene_week_across(scene, scene->week);
        down = cr_timeline_place(&timeline, &view, scene->bond[person]);
    } else {
        if (!cr_scene_shows(scene, person))
            return false;
        across = cr_scene_across(scene, (double)scene->here.motion.x[person]);
        down = cr_scene_down(scene, (double)scene->here.motion.y[person]);
    }
    if (across < 0.0 || down < 0.0 || across > plot.width || down > plot.height)
        return false;
    *x = scene->where.x + plot.x + across;
    *y = scene->where.y + plot.y + down;
    return true;
}
