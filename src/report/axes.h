#ifndef CR_REPORT_AXES_H
#define CR_REPORT_AXES_H

#include "report/canvas.h"
#include "report/chart_axis.h"
#include "report/scale.h"
#include "report/ticks.h"

/* A pair of axes around an area of data: where everything stands, and drawing it. Fill what is asked, lay out with
 * either `fit` or `set`, then draw. */

enum { CR_AXES_TITLE = 200 };

struct cr_axes {
    /* asked for: closed axes, and how they are drawn */
    struct cr_chart_axis asked_x, asked_y;
    bool x_loose, y_loose; /* the range came from the data and may grow to the next tick */
    bool x_grid, y_grid;   /* lines behind the data */
    bool bare;             /* no base line either */
    bool box;              /* a line on all sides rather than a base line */
    bool thin;             /* categories are left out rather than turned where they are too many */
    bool x_open, y_open;   /* the range was not told */
    bool hide_x, hide_y;   /* no numbers */
    bool hide_x_title, hide_y_title;
    bool low; /* there is little height: the title of the x axis stands among its numbers; of categories it is left out
               */
    double least_left;  /* room that is needed left of the data for something else */
    double below;       /* room beneath the title of the x axis for something else */
    double above;       /* room between the title of the y axis and the data */
    double most_aspect; /* the most times that the data may be wider than high; 0: any */
    /* laid out */
    struct cr_chart_axis x, y; /* as drawn */
    struct cr_rect area;       /* the data */
    struct cr_scale x_scale, y_scale;
    struct cr_ticks x_ticks, y_ticks; /* of axes with numbers */
    double left, right, top, bottom;  /* the room that is needed around the data */
    double numbers;                   /* the height of the numbers beneath */
    double outer_height;              /* of what was fitted into; 0: unknown */
    double slant;                     /* radians by which categories beneath are turned; 0: level */
    double stagger;                   /* how much lower every second category beneath stands; 0: all in a row */
    double slot;                      /* the width in which categories break */
    size_t x_every, y_every;          /* every how many categories are named */
};

/* Lays out for a given area of data. */
void cr_axes_set(struct cr_axes *axes, const struct cr_canvas *canvas, struct cr_rect area);

/* Lays out so that all fits into a rectangle. */
void cr_axes_fit(struct cr_axes *axes, const struct cr_canvas *canvas, struct cr_rect outer);

/* Draws the lines that stand behind the data. */
void cr_axes_draw_grid(const struct cr_axes *axes, const struct cr_canvas *canvas);

/* Draws base lines, ticks, numbers and titles. The y axis has its title above its numbers, level, so that nobody has to
 * turn the head. */
void cr_axes_draw(const struct cr_axes *axes, const struct cr_canvas *canvas);

/* Sets the label of an axis and its unit into a buffer of CR_AXES_TITLE bytes; "" if it has none. */
const char *cr_axes_title(const struct cr_chart_axis *axis, char *buffer);

/* The places of a value. */
static inline double cr_axes_x(const struct cr_axes *axes, double value) {
    return cr_scale_place(&axes->x_scale, value);
}
static inline double cr_axes_y(const struct cr_axes *axes, double value) {
    return cr_scale_place(&axes->y_scale, value);
}

#endif
