#ifndef CR_REPORT_CHART_SURVIVAL_H
#define CR_REPORT_CHART_SURVIVAL_H

#include <stdint.h>

#include "report/chart_axis.h"
#include "report/theme.h"

/* Survival: Kaplan-Meier steps from 1 at time 0, with confidence bands, and beneath the axis how many are at risk. */

struct cr_survival_line {
    const char *name;
    enum cr_meaning meaning;
    const double *time;       /* increasing, in the unit of the axis */
    const double *survival;   /* 0-1, from time[i] until time[i + 1] */
    const double *low, *high; /* the confidence band, likewise; both NULL: none */
    const int64_t *at_risk;   /* at time[i], as in struct cr_survival_step; NULL: no row in the table */
    size_t count;             /* length of all of these */
    const double *censored;   /* times at which a small stroke is set; NULL: none */
    size_t censored_count;
};

struct cr_chart_survival {
    struct cr_chart_axis x; /* from 0 unless told */
    struct cr_chart_axis y; /* from 0 to 1 unless told */
    const struct cr_survival_line *lines;
    size_t line_count;
};

#endif
