#ifndef CR_VIZ_SCENE_LAYOUT_H
#define CR_VIZ_SCENE_LAYOUT_H

#include <stdbool.h>

#include "report/canvas.h"
#include "viz/draw/look.h"
#include "viz/scene/scene.h"

/* Where the parts of a scene are, in pixels from its upper left corner. */
struct cr_scene_layout {
    int width, height;     /* of the scene */
    double unit;           /* the size of letters, */
    double legend_unit;    /* and of those of the legend: smaller where there is little room */
    double point;          /* a point */
    bool beside;           /* the legend stands at the right of the picture, not below it */
    struct cr_rect plot;   /* the picture: whole pixels */
    struct cr_rect legend; /* the legend, down to the scene's edge */
};

/* The layout of a scene of that size whose legend, set in that unit, takes so much width beside the picture, or so much
 * height below it. */
struct cr_scene_layout cr_scene_layout(enum cr_arrangement arrangement, const struct cr_look *look, int width,
    int height, double legend_width, double legend_height);

/* The size of letters, and whether the legend stands beside: what a legend must know before there is a layout. */
double cr_scene_unit(const struct cr_look *look, int width, int height);
bool cr_scene_is_wide(int width, int height);

/* The plane's margin within the picture: 1 and 7 do not lie on its edges. */
double cr_scene_plane_margin(const struct cr_scene_layout *layout);

/* Place of an anxiety, and of an avoidance, in pixels of the picture without zoom; and back. */
double cr_scene_plane_x(const struct cr_scene_layout *layout, double anxiety);
double cr_scene_plane_y(const struct cr_scene_layout *layout, double avoidance);
double cr_scene_plane_anxiety(const struct cr_scene_layout *layout, double x);
double cr_scene_plane_avoidance(const struct cr_scene_layout *layout, double y);

/* The map's radius in pixels; its centre is the picture's. */
double cr_scene_map_radius(const struct cr_scene_layout *layout);

/* Place of a week on the timeline that begins with `begin` and has room for weeks up to `end`; without zoom. */
double cr_scene_timeline_x(const struct cr_scene_layout *layout, double begin, double end, double week);

#endif
