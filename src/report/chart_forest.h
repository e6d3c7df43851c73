#ifndef CR_REPORT_CHART_FOREST_H
#define CR_REPORT_CHART_FOREST_H

#include <stdbool.h>

#include "report/chart_axis.h"
#include "report/theme.h"

/* A forest of differences: one row a measure, with estimate, interval and, in columns beside it, the numbers. */

enum { CR_FOREST_COLUMNS = 3 };

struct cr_forest_row {
    const char *heading; /* set above the row, of the group that begins with it; NULL: none */
    const char *label;
    double estimate;                        /* NaN: the row says "cannot be told" */
    double low, high;                       /* its interval; NaN: none */
    double wide_low, wide_high;             /* a second, wider interval (corrected for many measures); NaN: none */
    enum cr_meaning meaning;                /* BY_PLACE: in the colour of scenario 2 if `clear`, otherwise neutral */
    bool clear;                             /* differs beyond doubt: drawn full, otherwise hollow */
    const char *columns[CR_FOREST_COLUMNS]; /* texts right of the plot; NULL: empty */
};

struct cr_chart_forest {
    struct cr_chart_axis x; /* with 0 */
    const struct cr_forest_row *rows;
    size_t row_count;
    const char *column_titles[CR_FOREST_COLUMNS]; /* NULL: no such column */
    const char *lower, *higher; /* what lies left and right of zero ("lower under B"); NULL: not said */
};

#endif
