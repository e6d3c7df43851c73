#ifndef CR_REPORT_CHART_BARS_H
#define CR_REPORT_CHART_BARS_H

#include "report/chart_axis.h"
#include "report/theme.h"

/* Bars with intervals, in groups: one group a category, in it one bar a series. */

struct cr_bar_series {
    const char *name;
    enum cr_meaning meaning;
    const enum cr_meaning
        *meanings;            /* one a category, where these have colours of their own; NULL: `meaning` for all */
    const double *values;     /* one a category; NaN: no bar */
    const double *low, *high; /* intervals, likewise; both NULL: none */
};

struct cr_chart_bars {
    struct cr_chart_axis x; /* its categories */
    struct cr_chart_axis y; /* always with 0, from which bars grow */
    const struct cr_bar_series *series;
    size_t series_count;
};

#endif
