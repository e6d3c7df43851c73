#ifndef CR_VIZ_ICON_H
#define CR_VIZ_ICON_H

#include "report/canvas.h"
#include "viz/controls/widget.h"

/* Draws the sign of a button about a point, so many pixels large, in the colour. */
void cr_icon_draw(
    const struct cr_canvas *canvas, enum cr_icon icon, double x, double y, double size, struct cr_colour colour);

#endif
