#ifndef CR_REPORT_CHART_LINES_H
#define CR_REPORT_CHART_LINES_H

#include <stdbool.h>

#include "report/chart_axis.h"
#include "report/theme.h"

/* Lines over time or any other number, with bands of uncertainty. */

struct cr_line {
    const char *name; /* NULL: none, and not in the legend */
    enum cr_meaning meaning;
    const double *x; /* NULL: 0, 1, 2, ...; if it increases, the time to draw hardly grows with the number of points */
    const double *y; /* NaN breaks the line */
    const double *low, *high; /* the band; both NULL: none */
    size_t count;             /* length of all arrays */
    bool points;              /* a marker at each point */
};

struct cr_chart_lines {
    struct cr_chart_axis x, y;
    const struct cr_line *lines;
    size_t line_count;
};

#endif
