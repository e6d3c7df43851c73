#ifndef CR_REPORT_CHART_HEAT_MAP_H
#define CR_REPORT_CHART_HEAT_MAP_H

#include <stdbool.h>

#include "report/chart_axis.h"

/* A measure over two swept parameters: one cell a pair of values, equally large whatever lies between the values. */
struct cr_chart_heat_map {
    struct cr_chart_axis x, y; /* label and unit; with categories if the values are words */
    const double *xs, *ys;     /* the values of the parameters; NULL: the categories of the axis */
    size_t columns, rows;
    const double *values;       /* row by row, the first of `ys` first, which stands lowest; NaN: hatched as missing */
    struct cr_chart_axis value; /* label, unit, range and form of the measure */
    bool diverging;             /* colours part at `middle` */
    double middle;
    bool numbers;           /* the value in each cell, if the cells have room */
    const double *contours; /* lines of equal value between the cells' centres; NULL: none */
    size_t contour_count;
};

#endif
