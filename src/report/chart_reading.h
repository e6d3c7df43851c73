#ifndef CR_REPORT_CHART_READING_H
#define CR_REPORT_CHART_READING_H

#include "report/chart.h"
#include "report/legend.h"

/* Values read off a drawn chart: what each series says at one place along the x axis. Where things are comes from the
 * placement that drawing gave, and the values are the chart's own, so that a reading is of what is seen. Kinds without
 * series along an x axis (density, flows, forests, heat maps) have none. */

enum { CR_CHART_READ_MOST = 12, CR_CHART_READ_TEXT = 64, CR_CHART_WHERE_TEXT = 160 };

struct cr_chart_value {
    const char *name; /* of the series, borrowed from the chart; NULL: none */
    struct cr_mark mark;
    enum cr_swatch swatch;
    double value, low, high;           /* low and high NaN: no interval */
    double y;                          /* the place of the value; NaN where the mark stands beside the line */
    char text[CR_CHART_READ_TEXT];     /* the value in the axis's form, to a hundredth of what the axis spans */
    char interval[CR_CHART_READ_TEXT]; /* "31.2% to 38.0%"; "" for none */
};

struct cr_chart_reading {
    size_t plot;         /* which of the small charts; 0 if there is but one */
    double at;           /* the value on the x axis; the number of a category */
    struct cr_rect area; /* of the plot, in the units of the drawing */
    double left, right;  /* the places between which the values hold; equal for a point */
    char
        where[CR_CHART_WHERE_TEXT]; /* "Year 31", "Years together: 2 to 3", with the title of a small chart before it */
    struct cr_chart_value values[CR_CHART_READ_MOST]; /* those that are known there, in the chart's order */
    size_t count;
};

/* Reads at the point (x, y) of the drawing: the plot it lies on, or in whose rim of a few units, and there the nearest
 * place along the x axis at which any series has a value. False if there is none. The chart must be one that was drawn
 * with that placement and theme. */
bool cr_chart_read(const struct cr_chart *chart, const struct cr_placement *placement, enum cr_theme_name theme,
    double x, double y, struct cr_chart_reading *reading);

/* Reads in a plot at the place nearest to `at` (0), or so many places behind (> 0) or before it (< 0), as far as there
 * are; `at` may be infinite for an end. False if the plot has no values. */
bool cr_chart_read_at(const struct cr_chart *chart, const struct cr_placement *placement, enum cr_theme_name theme,
    size_t plot, double at, int by, struct cr_chart_reading *reading);

#endif
