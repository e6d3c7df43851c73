#ifndef CR_VIZ_SCENE_BACKDROP_H
#define CR_VIZ_SCENE_BACKDROP_H

#include "report/ticks.h"
#include "viz/draw/camera.h"
#include "viz/scene/arrangement_map.h"
#include "viz/scene/scene_layout.h"
#include "viz/scene/scene_legend.h"

/* What lies behind the people and seldom changes: background, axes, names of styles, legend. */
struct cr_scene_backdrop {
    struct cr_look look;
    struct cr_scene_content content;
    struct cr_scene_layout layout; /* worked out by cr_scene_backdrop_lay */
    struct cr_camera camera;
    double anxiety_cut, avoidance_cut;     /* plane */
    int32_t begin, end;                    /* timeline: weeks at its edges */
    const struct cr_map *map;              /* map; borrowed */
    struct cr_rect numbers[CR_TICKS_MOST]; /* timeline: where the axis's numbers stand, as drawn last */
    size_t number_count;
};

/* Works out the layout of a scene of that size from the other fields. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_scene_backdrop_lay(
    struct cr_scene_backdrop *backdrop, int width, int height, struct cr_error *error);

/* Draws it, opaque, to a context of the scene's size. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_scene_backdrop_draw(struct cr_scene_backdrop *backdrop, cairo_t *cairo, struct cr_error *error);

#endif
