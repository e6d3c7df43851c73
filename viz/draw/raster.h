#ifndef CR_VIZ_RASTER_H
#define CR_VIZ_RASTER_H

#include <stdint.h>

#include "base/error.h"
#include "report/colour.h"

/* Opaque pixels that smooth lines and small pictures are blended into, many thousands a frame: SDL's software renderer
 * neither smooths lines nor blends as many sprites in that time. */

/* What is drawn may reach so many pixels beyond the edges; there it is not seen. */
enum { CR_RASTER_MARGIN = 64 };

struct cr_raster {
    int width, height; /* pixels that are seen */
    int stride;        /* pixels from one row to the next */
    uint32_t *pixels;  /* the upper left one that is seen: 0xAARRGGBB; within `memory` */
    uint32_t *memory;  /* owned, or NULL: of others */
};

/* Makes it that large, each pixel 0; nothing happens if it is. Begin with all zero. CR_ERROR_MEMORY leaves it empty. */
CR_NODISCARD int cr_raster_fit(struct cr_raster *raster, int width, int height, struct cr_error *error);

/* The size of the memory that a raster of that size lies in, margins included. */
int cr_raster_padded_width(int width);
int cr_raster_padded_height(int height);

/* A raster of that size in memory of others: as many rows of `pitch` bytes as above. Not to be freed. */
struct cr_raster cr_raster_within(void *memory, int pitch, int width, int height);

/* Gives everything back; safe twice. */
void cr_raster_free(struct cr_raster *raster);

/* All pixels 0. */
void cr_raster_clear(struct cr_raster *raster);

/* A colour as a pixel, 0xFFRRGGBB; its alpha is left aside. */
uint32_t cr_raster_ink(struct cr_colour colour);

struct cr_stroke {
    double x1, y1, x2, y2; /* pixels; of any size */
    double width;          /* pixels; thinner than one is drawn one wide and fainter */
    uint32_t ink;
    double opacity; /* 0 to 1 */
};

/* A straight smooth line. */
void cr_raster_line(struct cr_raster *raster, const struct cr_stroke *stroke);

/* The same, but each channel keeps the larger of what is there and what the line brings on black. */
void cr_raster_streak(struct cr_raster *raster, const struct cr_stroke *stroke);

/* A small picture about a centre, made to be blended fast: a pixel p becomes add + p keep / 255. */
struct cr_stamp {
    int size;       /* pixels a side, a multiple of four, at most twice the margin; the centre is at size / 2 */
    int first, end; /* rows that hold anything */
    uint8_t *add;   /* size * size * 4, the colour, premultiplied; */
    uint8_t *keep;  /* as many: what it lets through, 0 to 255. Both borrowed. */
};

/* Blends a stamp with its centre at a pixel, which may lie anywhere, but shows nothing if it reaches beyond the margin;
 * opacity 0 to 256. */
void cr_raster_stamp(struct cr_raster *raster, const struct cr_stamp *stamp, int x, int y, int opacity);

/* Lays light on a picture (or ink, which darkens it): each channel of `raster` becomes `ground` + `glow`, or `ground` -
 * `glow`. All of one size. */
void cr_raster_lay(
    struct cr_raster *raster, const struct cr_raster *ground, const struct cr_raster *glow, int darkening);

/* Copies all that is seen. Both of one size. */
void cr_raster_copy(struct cr_raster *raster, const struct cr_raster *from);

/* Takes `loss` / 256 of each channel, and at least one step of 255, until it is 0. */
void cr_raster_fade(struct cr_raster *raster, int loss);

#endif
