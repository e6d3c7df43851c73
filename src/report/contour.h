#ifndef CR_REPORT_CONTOUR_H
#define CR_REPORT_CONTOUR_H

#include <cairo.h>
#include <stddef.h>

#include "report/geometry.h"

/* Lines of equal value on a grid (marching squares, linear between nodes). */

/* Values at columns x rows nodes, evenly spread over a rectangle; row by row, the lowest row first, which is at the
 * rectangle's bottom. Cells with a NaN at a corner hold nothing. */
struct cr_grid {
    const double *values;
    size_t columns, rows; /* at least 2 each */
    struct cr_rect rect;
};

/* Adds to the current path what covers the region where the value is at least `level`, to be filled at once. */
void cr_contour_fill(cairo_t *cairo, const struct cr_grid *grid, double level);

/* Adds to the current path the border of that region, without the edges of the grid, to be stroked. */
void cr_contour_line(cairo_t *cairo, const struct cr_grid *grid, double level);

#endif
