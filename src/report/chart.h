#ifndef CR_REPORT_CHART_H
#define CR_REPORT_CHART_H

#include <cairo.h>

#include "base/error.h"
#include "report/chart_bars.h"
#include "report/chart_density.h"
#include "report/chart_flows.h"
#include "report/chart_forest.h"
#include "report/chart_hazard.h"
#include "report/chart_heat_map.h"
#include "report/chart_lines.h"
#include "report/chart_multiples.h"
#include "report/chart_survival.h"
#include "report/geometry.h"
#include "report/scale.h"
#include "report/theme.h"

/* Charts: what to draw as plain structs that the caller owns, drawn to a file, to text or onto any Cairo context.
 * All data are borrowed for the call, and texts are UTF-8. The same chart and look give the same bytes each time on one
 * machine (between machines fonts differ). Any number of threads may draw at the same time. */

enum cr_chart_kind {
    CR_CHART_LINES,
    CR_CHART_SURVIVAL,
    CR_CHART_HAZARD,
    CR_CHART_DENSITY,
    CR_CHART_FLOWS,
    CR_CHART_FOREST,
    CR_CHART_HEAT_MAP,
    CR_CHART_BARS,
    CR_CHART_MULTIPLES,
    CR_CHART_KINDS
};

/* Where the names of series stand; never on the data. */
enum cr_legend_place {
    CR_LEGEND_BEST,  /* at the ends of the lines if there is room, otherwise above */
    CR_LEGEND_ABOVE, /* in a strip between title and data */
    CR_LEGEND_NONE
};

/* Something that happened at a value of the x axis (a separation shock): a line through the data of lines, survival and
 * hazard, its label above them. */
struct cr_occasion {
    double at;
    const char *label; /* NULL: the line alone */
};

struct cr_chart {
    enum cr_chart_kind kind;
    const char *title;       /* what is seen, in a line or two; NULL: none, as for the four below */
    const char *subtitle;    /* of whom, when, how many */
    const char *note;        /* sources and cautions, beneath */
    const char *brief;       /* one line that stands there if the note has no room */
    const char *description; /* for those who cannot see it; NULL: one is made of kind, axes and names */
    const char *empty;       /* what stands in the place of data if there are none; NULL: "No data" */
    enum cr_legend_place legend;
    const struct cr_occasion *occasions;
    size_t occasion_count;
    union {
        struct cr_chart_lines lines;
        struct cr_chart_survival survival;
        struct cr_chart_hazard hazard;
        struct cr_chart_density density;
        struct cr_chart_flows flows;
        struct cr_chart_forest forest;
        struct cr_chart_heat_map heat_map;
        struct cr_chart_bars bars;
        struct cr_chart_multiples multiples;
    } of; /* what `kind` says */
};

/* Sizes outside these are refused. Letters never get smaller than legible, so a small chart has fewer of them: notes,
 * subtitles and tables give way first. */
enum { CR_CHART_LEAST = 64, CR_CHART_MOST = 16384 };

struct cr_chart_look {
    enum cr_theme_name theme;
    double width, height; /* pixels of 1/96 inch */
    double text_scale;    /* letters and lines so much larger than usual; 0: 1 */
};

/* Where the data of a chart with axes came to stand; the area is empty if there are none. */
struct cr_plot {
    struct cr_rect area;
    struct cr_scale x, y;
};

enum { CR_PLOTS_MOST = 16 };

/* Where things came to stand, in the units of the drawing; for clicks, highlights and values to be read off
 * (report/chart_reading.h). Widths are 0 where there is none. */
struct cr_placement {
    struct cr_rect title, legend;        /* the legend above the data, or the names beside them */
    struct cr_rect area;                 /* the data; of multiples all panels together */
    struct cr_scale x, y;                /* of the data, if the kind has axes */
    struct cr_plot plots[CR_PLOTS_MOST]; /* the chart's own, or of multiples one a panel in their order */
    size_t plot_count;
    bool without_subtitle, without_note; /* there was no room for them, be it that the brief one stands for the note */
};

/* Draws onto the rectangle `where` of a context, its background included; `look` gives theme and text scale, its width
 * and height are not read. `placement` may be NULL. CR_ERROR_USAGE for a chart that contradicts itself or a bad size
 * (nothing is drawn), CR_ERROR_MEMORY. A chart without data is not an error: it says so. */
CR_NODISCARD int cr_chart_draw(const struct cr_chart *chart, const struct cr_chart_look *look, cairo_t *cairo,
    struct cr_rect where, struct cr_placement *placement, struct cr_error *error);

/* Writes DIRECTORY/NAME, whose ending says how: .svg, .png or .pdf. It appears whole or not at all (io/whole_file.h).
 * Errors as for draw, CR_ERROR_USAGE for another ending, and CR_ERROR_IO. */
CR_NODISCARD int cr_chart_write(const struct cr_chart *chart, const struct cr_chart_look *look, const char *directory,
    const char *name, struct cr_error *error);

/* Makes the text of an <svg> element to set into a page. All its ids begin with `prefix` (letters, digits, '-' and '_',
 * a letter first), so that several do not clash. `*svg` is yours to free. Errors as for draw. */
CR_NODISCARD int cr_chart_svg(const struct cr_chart *chart, const struct cr_chart_look *look, const char *prefix,
    char **svg, struct cr_error *error);

/* A height in pixels that suits the chart at that width: enough for every row of a forest, every panel of multiples;
 * square for squares. */
double cr_chart_height(const struct cr_chart *chart, double width);

#endif
