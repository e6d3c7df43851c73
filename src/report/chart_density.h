#ifndef CR_REPORT_CHART_DENSITY_H
#define CR_REPORT_CHART_DENSITY_H

#include "report/chart_axis.h"

/* Where people are on the plane of anxiety and avoidance, or any other two bounded scales: the smallest regions that
 * hold 25, 50, 75 and 95 % of them, darker where they crowd. Density by a Gaussian kernel on a grid (Silverman 1986)
 * that is reflected at the bounds, for nobody scores outside them; regions of highest density after Hyndman (1996). */
struct cr_chart_density {
    struct cr_chart_axis x, y; /* `from` and `to` (1 and 7) bound the scales; from the data if open */
    const double *xs, *ys;     /* one person each; people with a NaN do not count */
    size_t count;              /* of people */
    const double *counts;      /* or, with xs and ys NULL, counts in equal cells: row by row, the lowest y first */
    size_t columns, rows;      /* of `counts` */
    double bandwidth;          /* standard deviation of the kernel in units of the axes; 0: Scott's (1992) rule */
    double x_cut, y_cut;       /* lines that part the quadrants; NaN or outside the axis: none */
    const char *names[4]; /* of the quadrants: low, high x at low y; then low, high x at high y; NULL: no name. With
                           * both cuts each is followed by its share of people */
};

#endif
