#ifndef CR_REPORT_LEGEND_H
#define CR_REPORT_LEGEND_H

#include "report/canvas.h"

/* Names of what is drawn: in a strip of their own, or at the ends of lines. */

enum { CR_LEGEND_MOST = 32 };

enum cr_swatch {
    CR_SWATCH_LINE,  /* a piece of line in colour and dashes */
    CR_SWATCH_POINT, /* the same with its marker */
    CR_SWATCH_BOX,   /* a filled box */
    CR_SWATCH_HATCH  /* a hatched box */
};

struct cr_legend_entry {
    const char *name;
    struct cr_mark mark;
    enum cr_swatch swatch;
};

struct cr_legend {
    struct cr_legend_entry entries[CR_LEGEND_MOST];
    size_t count;
};

/* Adds an entry unless its name is NULL or already there, or there are too many. */
void cr_legend_add(struct cr_legend *legend, const char *name, struct cr_mark mark, enum cr_swatch swatch);

/* The height of a strip of that width: 0 for no entries. Entries flow from the left; what would make more than five
 * rows is left out, and the last entry says how many. */
double cr_legend_height(const struct cr_legend *legend, const struct cr_canvas *canvas, double width);

/* The width of all entries in one row. */
double cr_legend_width(const struct cr_legend *legend, const struct cr_canvas *canvas);

/* Draws the strip; returns the rectangle that its entries take. */
struct cr_rect cr_legend_draw(const struct cr_legend *legend, const struct cr_canvas *canvas, struct cr_rect strip);

/* Moves `places`, which need not be sorted, as little as can be (least squares) so that each keeps `gap` from the next
 * and all lie between `low` and `high`. If there is not room for all, they overrun `high`. At most CR_LEGEND_MOST. */
void cr_legend_spread(double *places, size_t count, double gap, double low, double high);

#endif
