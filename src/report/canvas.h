#ifndef CR_REPORT_CANVAS_H
#define CR_REPORT_CANVAS_H

#include <pango/pangocairo.h>
#include <stdbool.h>

#include "base/error.h"
#include "report/geometry.h"
#include "report/theme.h"

/* What charts draw on: a Cairo context, a theme, and one unit that all sizes derive from. */
struct cr_canvas {
    cairo_t *cairo; /* borrowed */
    const struct cr_theme *theme;
    double unit;         /* pixels: the size of the base letters */
    double hair;         /* pixels: the width of the thinnest lines */
    PangoLayout *layout; /* owned */
};

/* Opens a canvas for a chart of that size. The unit grows with the chart, but more slowly, and never falls below what
 * can be read: 9 px at 320 x 240, 13 at 800 x 500, 22 at 1600 x 1000, 40 at 4K; times `text_scale`. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_canvas_init(struct cr_canvas *canvas, cairo_t *cairo, const struct cr_theme *theme, double width,
    double height, double text_scale, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_canvas_free(struct cr_canvas *canvas);

/* The unit of a chart of that size. */
double cr_canvas_unit(double width, double height, double text_scale);

void cr_canvas_set_colour(const struct cr_canvas *canvas, struct cr_colour colour);

/* The coordinate nearest to `place` at which a line of the hair's width falls on whole pixels. */
double cr_canvas_snap(const struct cr_canvas *canvas, double place);

/* A hairline, on whole pixels if it is upright or level. */
void cr_canvas_hairline(
    const struct cr_canvas *canvas, double x1, double y1, double x2, double y2, struct cr_colour colour);

void cr_canvas_fill(const struct cr_canvas *canvas, struct cr_rect rect, struct cr_colour colour);

/* Sets the dashes of a mark for lines of that width. */
void cr_canvas_set_dashes(const struct cr_canvas *canvas, const struct cr_mark *mark, double width);

/* A filled marker of that diameter with an edge in the background's colour; `hollow`: an outline filled with the
 * background. */
void cr_canvas_marker(
    const struct cr_canvas *canvas, double x, double y, double size, const struct cr_mark *mark, bool hollow);

/* Parallel strokes across the current path, which is consumed; `gap` is the distance between them. */
void cr_canvas_hatch(const struct cr_canvas *canvas, struct cr_colour colour, double gap, double width);

struct cr_lettering {
    double size; /* times the unit; 0: 1 */
    bool bold;
    struct cr_colour colour;
    double across,
        down;     /* which point of the text stands at the given place: 0 its left or top, 1 its right or bottom */
    double angle; /* radians, clockwise, about that place */
    double width; /* pixels at which lines break, or end in an ellipsis; 0: never */
    int lines;    /* at most; 0: 1 */
    bool halo;    /* on a rim of the background's colour, over data */
    bool plate;   /* on a plate of the background's colour, over strong data */
};

struct cr_extent {
    double width, height;
};

/* How much room a text takes, before it is turned; none if `text` is NULL or empty. */
struct cr_extent cr_canvas_measure(
    const struct cr_canvas *canvas, const char *text, const struct cr_lettering *lettering);

/* Makes the letters smaller, down to `least` times the unit, until the text fits the lettering's width in one line;
 * true if it does. */
bool cr_canvas_shrink(const struct cr_canvas *canvas, const char *text, struct cr_lettering *lettering, double least);

/* Writes a text at a place. Bytes that are not UTF-8 show as replacement characters. */
void cr_canvas_write(
    const struct cr_canvas *canvas, const char *text, const struct cr_lettering *lettering, double x, double y);

#endif
