#ifndef CR_REPORT_CHART_PLATE_H
#define CR_REPORT_CHART_PLATE_H

#include "report/canvas.h"
#include "report/chart_reading.h"

/* How a reading is shown: marks on the chart, and a plate of words beside them. All in the units of the drawing and in
 * the letters of a chart of `look`'s theme, size and text scale. */

/* Draws a thin line through the plot where it was read, or a veil over the bar's or interval's width, and a point on
 * each line. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_chart_plate_mark(
    const struct cr_chart_reading *reading, const struct cr_chart_look *look, cairo_t *cairo, struct cr_error *error);

/* The rectangle that the marks lie in. */
struct cr_rect cr_chart_plate_marked(const struct cr_chart_reading *reading, const struct cr_chart_look *look);

/* What stands on a plate: where it was read; each series with its swatch, value and interval; and what the chart had no
 * room for. */
struct cr_chart_plate {
    const struct cr_chart_reading *reading;
    const char *subtitle, *note; /* NULL: none */
    double most_width;           /* at which the two break */
};

/* Writes the plate's words with their upper left corner at (x, y), without any ground; `size` gets the room they take
 * and may be NULL. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_chart_plate_draw(const struct cr_chart_plate *plate, const struct cr_chart_look *look,
    cairo_t *cairo, double x, double y, struct cr_extent *size, struct cr_error *error);

#endif
