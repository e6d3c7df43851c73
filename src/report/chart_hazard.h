#ifndef CR_REPORT_CHART_HAZARD_H
#define CR_REPORT_CHART_HAZARD_H

#include "report/chart_axis.h"
#include "report/theme.h"

/* Hazard by duration: a rate for each interval of time, as a step with its confidence interval. */

struct cr_hazard_line {
    const char *name;
    enum cr_meaning meaning;
    const double *from, *to;  /* the intervals, increasing */
    const double *rate;       /* in each */
    const double *low, *high; /* its confidence interval; both NULL: none */
    size_t count;             /* length of all arrays */
};

struct cr_chart_hazard {
    struct cr_chart_axis x; /* from 0 unless told */
    struct cr_chart_axis y; /* with 0 unless logarithmic or told */
    const struct cr_hazard_line *lines;
    size_t line_count;
};

#endif
