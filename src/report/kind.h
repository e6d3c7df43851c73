#ifndef CR_REPORT_KIND_H
#define CR_REPORT_KIND_H

#include "report/axes.h"
#include "report/chart.h"
#include "report/legend.h"

enum { CR_TRACKS_MOST = 12 };

/* A series as values along the x axis, however the kind draws it; borrowed from the chart. */
struct cr_track {
    const char *name; /* NULL: none */
    struct cr_mark mark;
    enum cr_swatch swatch;
    const enum cr_meaning *meanings; /* one a value, where these have colours of their own; NULL */
    const double *x;                 /* increasing; NULL: 0, 1, 2, ... */
    const double *x_to;              /* until where each value holds; NULL: at its x alone */
    const double *y;                 /* NaN: no value */
    const double *low, *high;        /* intervals; both NULL: none */
    size_t count;                    /* length of all arrays */
    bool steps;                      /* each value holds until the next x, */
    double before;                   /* and this one before the first x */
};

/* What each kind of chart can do, so that frames and multiples need not know the kinds. Functions that a kind does not
 * need are NULL; a kind has either `axes` and `draw`, or `draw_whole`. */
struct cr_kind {
    const char *noun; /* "Line chart", to begin a description with */

    /* Refuses a chart that contradicts itself (CR_ERROR_USAGE). Called before all others. */
    int (*check)(const struct cr_chart *chart, struct cr_error *error);

    /* Closes the axes and says how they look. False if there are no data. */
    bool (*axes)(const struct cr_chart *chart, struct cr_axes *axes);

    /* Names what is drawn. */
    void (*name)(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend);

    /* A strip of its own instead of the legend: its height, and drawing it. */
    double (*strip_height)(const struct cr_chart *chart, const struct cr_canvas *canvas, double width);
    void (*draw_strip)(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect strip);

    /* The width that names at the ends of lines need right of the data, 0 if the legend is better; drawing them returns
     * the rectangle that they take. */
    double (*beside)(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect outer);
    struct cr_rect (*draw_beside)(
        const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes);

    /* Asks for room beneath the title of the x axis in a chart of that size, by setting `below` and `least_left`;
     * drawing what stands there. */
    void (*ask_below)(
        const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect outer, struct cr_axes *axes);
    void (*draw_below)(const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes);

    /* The series, to read values off at an x; returns how many of at most `most` there are. */
    size_t (*tracks)(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_track *tracks, size_t most);

    /* Draws the data into the area of the axes, which is clipped but for a rim for markers. CR_ERROR_MEMORY. */
    int (*draw)(const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes,
        struct cr_error *error);

    /* Draws all beneath the title and legend into a rectangle, and says where it put the data. CR_ERROR_MEMORY. */
    int (*draw_whole)(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect rect,
        struct cr_placement *placement, struct cr_error *error);

    /* A good height beneath title and legend at that width. */
    double (*height)(const struct cr_chart *chart, double unit, double width);
};

extern const struct cr_kind cr_kind_lines, cr_kind_survival, cr_kind_hazard, cr_kind_density, cr_kind_flows,
    cr_kind_forest, cr_kind_heat_map, cr_kind_bars, cr_kind_multiples;

/* The kind of a chart that was checked. */
const struct cr_kind *cr_kind_of(const struct cr_chart *chart);

/* Refuses an unknown kind, an impossible axis, and whatever the kind itself refuses. CR_ERROR_USAGE. */
CR_NODISCARD int cr_kind_check(const struct cr_chart *chart, struct cr_error *error);

/* Refuses an axis whose range is not finite, or not positive on a logarithmic one. */
CR_NODISCARD int cr_kind_check_axis(const struct cr_chart_axis *axis, const char *name, struct cr_error *error);

/* The axes of a chart in which the kind has set nothing yet. */
struct cr_axes cr_kind_axes(const struct cr_chart_axis *x, const struct cr_chart_axis *y);

/* Says in the middle of a rectangle that there are no data, in the chart's words. */
void cr_kind_say_no_data(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect rect);

/* The usual width of a line that shows data. */
double cr_kind_line_width(const struct cr_canvas *canvas);

#endif
