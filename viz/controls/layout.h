#ifndef CR_VIZ_LAYOUT_H
#define CR_VIZ_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "report/geometry.h"

/* Where everything stands in the window. All places are whole pixels; sizes are given in points and become pixels by
 * the scale. Nothing overlaps but what lies over all on purpose (toasts, tips, boxes): a card and the search stand
 * beside the scenes, which give way. */

enum { CR_LAYOUT_PANELS = 6, CR_LAYOUT_WORLDS = 2 };

/* In points: the least window in which all is usable, and the heights and widths that stay. */
enum {
    CR_LAYOUT_LEAST_WIDTH = 1024,
    CR_LAYOUT_LEAST_HEIGHT = 640,
    CR_LAYOUT_TOOLBAR = 48,
    CR_LAYOUT_SCRUB = 56,
    CR_LAYOUT_DRAWER = 348,
    CR_LAYOUT_NAME = 34,
    CR_LAYOUT_MARGIN = 8
};

/* The pixels a point that a window of that size in pixels is given where nobody says: what the display asks for, or
 * more in a large window, which is looked at from farther away: four fifths of what 1600 x 900 points would fill it
 * with, in quarters, rounded down. At least 1. */
double cr_layout_scale(int width, int height, double asked);

struct cr_layout_wish {
    int width, height; /* pixels */
    double scale;      /* pixels a point, as wished */
    size_t worlds;     /* scenes side by side, 1 or 2 */
    bool drawer, panels;
    int enlarged;      /* the panel that is shown large; -1 for none */
    double side;       /* points: the width of what stands beside the scenes; 0: nothing does */
    double side_broad; /* and the width at which it is best, for windows that have so much room */
};

struct cr_layout {
    double scale; /* as wished, or less where the window would not hold the least size in points */
    struct cr_rect toolbar, scrub;
    struct cr_rect drawer;                  /* empty if closed */
    struct cr_rect side;                    /* at the right of the scenes, as high as they; empty without */
    struct cr_rect scene[CR_LAYOUT_WORLDS]; /* of equal size */
    struct cr_rect name[CR_LAYOUT_WORLDS];  /* above the scenes; empty for one */
    struct cr_rect
        panel[CR_LAYOUT_PANELS]; /* `panel_count` of them from the first; an enlarged one alone is not empty */
    size_t panel_count;          /* 0 while they are hidden or what else is open leaves no room */
};

void cr_layout_make(struct cr_layout *layout, const struct cr_layout_wish *wish);

/* How the scenes glide to another size when something beside them opens or closes. Begin with all zero. */
struct cr_layout_glide {
    struct cr_layout_wish wish;                                     /* of the last layout */
    struct cr_rect scene[CR_LAYOUT_WORLDS], from[CR_LAYOUT_WORLDS]; /* in the last layout; where the gliding began */
    double left;                                                    /* seconds until they are where they belong */
    bool begun;
};

/* Lays out as cr_layout_make does, but where only `side` is another than in the last layout the scenes (and their
 * names) are still on their way. With `at_once` they never glide. */
void cr_layout_glide(
    struct cr_layout_glide *glide, const struct cr_layout_wish *wish, bool at_once, struct cr_layout *layout);

/* Lets time pass for them. */
void cr_layout_pass(struct cr_layout_glide *glide, double seconds);

/* A box of that size in the middle of another, made smaller if it must, on whole pixels. */
struct cr_rect cr_layout_centre(struct cr_rect around, double width, double height);

/* Whether a point lies in a box: its left and upper edges belong to it. */
static inline bool cr_layout_within(struct cr_rect rect, double x, double y) {
    return x >= rect.x && x < cr_rect_right(rect) && y >= rect.y && y < cr_rect_bottom(rect);
}

#endif
