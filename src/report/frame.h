#ifndef CR_REPORT_FRAME_H
#define CR_REPORT_FRAME_H

#include "report/kind.h"

/* Draws a whole checked chart into a rectangle of a canvas: title, subtitle, legend, axes, data, note. What there is no
 * room for gives way in this order: note (to the brief one, if there is one), subtitle, a second line of title, brief
 * note, legend. `inner` charts stand beside others: without padding, under a smaller title, without a table beneath.
 * CR_ERROR_MEMORY. */
CR_NODISCARD int cr_frame_draw(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect where,
    bool inner, struct cr_placement *placement, struct cr_error *error);

/* Draws the data of a chart with axes that are laid out, between its grid and its lines, with the occasions. */
CR_NODISCARD int cr_frame_draw_data(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error);

/* The height of title, subtitle, legend and note at that width, with what pads them. */
double cr_frame_height(const struct cr_chart *chart, const struct cr_canvas *canvas, double width);

#endif
