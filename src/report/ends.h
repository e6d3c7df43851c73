#ifndef CR_REPORT_ENDS_H
#define CR_REPORT_ENDS_H

#include "report/axes.h"
#include "report/legend.h"

/* Names at the ends of lines, in the lines' colours, in a strip of their own right of the data. */

struct cr_end {
    const char *name; /* NULL: unnamed */
    struct cr_colour colour;
    double x, y; /* the last value of the line; NaN: it has none */
};

/* The width that the names need; 0 if they would take more than a third of `outer` or do not fit above each other, or
 * if a line has no end near the right end of the closed axis `x`. At most CR_LEGEND_MOST ends. */
double cr_ends_width(const struct cr_canvas *canvas, const struct cr_end *ends, size_t count,
    const struct cr_chart_axis *x, struct cr_rect outer);

/* Writes the names, apart from each other and as near to their lines as can be; returns the rectangle they take. */
struct cr_rect cr_ends_draw(
    const struct cr_canvas *canvas, const struct cr_end *ends, size_t count, const struct cr_axes *axes);

/* The last point of a line that the axes take; NaN if none. */
struct cr_end cr_ends_last(const char *name, struct cr_colour colour, const struct cr_chart_axis *x_axis,
    const struct cr_chart_axis *y_axis, const double *x, const double *y, size_t count);

#endif
