#ifndef CR_REPORT_TRACE_H
#define CR_REPORT_TRACE_H

#include "report/axes.h"

/* Long lines cheaply: of all points that fall on one column of pixels only the first, lowest, highest and last are
 * drawn, which look the same. */

struct cr_points {
    const double *x; /* NULL: 0, 1, 2, ... */
    const double *y;
    size_t count;
    bool steps; /* each y holds until the next x */
};

/* Strokes a line through the points, in the colour and dashes of a mark. A point that the axes do not take breaks it; a
 * point alone between breaks is drawn as a dot. Where the line folds too densely for dashes, its
 * envelope is filled. */
void cr_trace_line(const struct cr_canvas *canvas, const struct cr_axes *axes, const struct cr_points *points,
    const struct cr_mark *mark, double width);

/* Fills the room between two lines of `count` points with a colour, steps likewise. */
void cr_trace_band(const struct cr_canvas *canvas, const struct cr_axes *axes, const struct cr_points *low,
    const double *high, struct cr_colour colour);

#endif
