#ifndef CR_VIZ_PAINT_H
#define CR_VIZ_PAINT_H

#include "report/canvas.h"
#include "viz/controls/widget.h"
#include "viz/draw/look.h"

/* How controls look. One quiet ground, one ink; colour is left to the data, but for what differs from the scenario and
 * what is being recorded. */

/* What of a control is seen besides what it is. */
struct cr_touch {
    const char *hovered, *focused, *pressed; /* names of widgets; "" for none */
    bool ring;                               /* the focus is shown, since keys moved it */
    bool caret;                              /* the cursor of a field is seen just now */
};

/* The colour of bars, plates and the ground. */
struct cr_colour cr_paint_ground(enum cr_theme_name theme);
struct cr_colour cr_paint_bar(enum cr_theme_name theme);
struct cr_colour cr_paint_plate(enum cr_theme_name theme);

/* Opens a canvas whose unit is that of controls (13 points). CR_ERROR_MEMORY. */
CR_NODISCARD int cr_paint_canvas(
    struct cr_canvas *canvas, cairo_t *cairo, const struct cr_look *look, struct cr_error *error);

/* Letters of a kind, as texts and controls have them. */
struct cr_lettering cr_paint_letters(const struct cr_look *look, enum cr_lettering_kind kind);

/* Draws a plate in a frame, in the frame's own coordinates. */
void cr_paint_plate_in(
    const struct cr_canvas *canvas, const struct cr_look *look, enum cr_plate plate, double width, double height);

/* Draws a widget where it is; the canvas's origin is the window's. */
void cr_paint_widget(const struct cr_canvas *canvas, const struct cr_look *look, const struct cr_widget *widget,
    const struct cr_touch *touch);

/* Where the track of the bar of time runs, on whole pixels. */
struct cr_rect cr_paint_time_track(const struct cr_widget *time, double scale);

/* How high a text gets that is broken into lines at that width, pixels. */
double cr_paint_height(const struct cr_canvas *canvas, const struct cr_look *look, enum cr_lettering_kind kind,
    const char *text, double width);
double cr_paint_width(
    const struct cr_canvas *canvas, const struct cr_look *look, enum cr_lettering_kind kind, const char *text);

#endif
