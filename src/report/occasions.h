#ifndef CR_REPORT_OCCASIONS_H
#define CR_REPORT_OCCASIONS_H

#include "report/kind.h"

/* Occasions: upright lines at values of the x axis, with labels above the data. */

/* The room above the data that the labels need in a chart with closed axes that fills about `outer`; 0 if it has none
 * or no axis of numbers. */
double cr_occasions_height(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_rect outer);

/* Draws lines and labels. A label that would overlap another moves up a row; one that has no row is left out, its line
 * is not. */
void cr_occasions_draw(const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes);

#endif
