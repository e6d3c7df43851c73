#ifndef CR_VIZ_TRAILS_H
#define CR_VIZ_TRAILS_H

#include <stdbool.h>

#include "viz/draw/raster.h"

/* What moving people leave behind: a glow of its own that fades, laid on the picture as light on a dark ground and as
 * ink on a light one. */
struct cr_trails {
    struct cr_raster glow; /* owned */
    bool darkening;        /* ink */
    int left;              /* passes of fading until nothing can be left of it */
    double due;            /* seconds of fading that are still to be done */
};

/* Makes it that large, and empty if it was not; begin with all zero. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_trails_fit(struct cr_trails *trails, int width, int height, bool darkening, struct cr_error *error);
void cr_trails_free(struct cr_trails *trails);
void cr_trails_clear(struct cr_trails *trails);

/* Adds a piece of a trail in the colour of an ink. */
void cr_trails_add(struct cr_trails *trails, const struct cr_stroke *stroke);

/* Lets a time pass: each second leaves less than a third, and a few seconds nothing. */
void cr_trails_fade(struct cr_trails *trails, double seconds);

/* The ground with the trails on it; all of one size. */
void cr_trails_lay(const struct cr_trails *trails, struct cr_raster *raster, const struct cr_raster *ground);

#endif
