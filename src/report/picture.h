#ifndef CR_REPORT_PICTURE_H
#define CR_REPORT_PICTURE_H

#include <cairo.h>

#include "base/error.h"
#include "report/bytes.h"

/* A surface that becomes the bytes of an SVG, PNG or PDF. No clock time is in them. */

enum cr_picture_format { CR_PICTURE_SVG, CR_PICTURE_PNG, CR_PICTURE_PDF };

struct cr_picture {
    enum cr_picture_format format;
    cairo_t *cairo; /* owned; draw here */
    struct cr_bytes bytes;
};

/* Opens a picture of that many pixels of 1/96 inch; those of a PNG are its pixels. `title` stands in a PDF; may be
 * NULL. CR_ERROR_MEMORY. Free it with cr_picture_free in any case. */
CR_NODISCARD int cr_picture_open(struct cr_picture *picture, enum cr_picture_format format, double width, double height,
    const char *title, struct cr_error *error);

/* Ends the drawing; `bytes` then holds the file. CR_ERROR_MEMORY, or CR_ERROR_NUMERIC if Cairo could not draw it. */
CR_NODISCARD int cr_picture_finish(struct cr_picture *picture, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_picture_free(struct cr_picture *picture);

#endif
