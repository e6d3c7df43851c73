#ifndef CR_TESTS_DRAWING_H
#define CR_TESTS_DRAWING_H

#include <cairo.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart.h"

/* A chart drawn into memory, and what can be seen there. Include after cmocka.h. */

struct drawing {
    cairo_surface_t *surface;
    cairo_t *cairo;
    struct cr_placement placement;
};

static inline struct drawing drawing_blank(int width, int height) {
    struct drawing drawing = {.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)};
    drawing.cairo = cairo_create(drawing.surface);
    cairo_set_source_rgb(drawing.cairo, 1.0, 1.0, 1.0);
    cairo_paint(drawing.cairo);
    return drawing;
}

static inline struct drawing drawing_of(const struct cr_chart *chart, int width, int height, enum cr_theme_name theme) {
    struct drawing drawing = drawing_blank(width, height);
    const struct cr_chart_look look = {.theme = theme};
    const struct cr_rect all = {0.0, 0.0, width, height};
    struct cr_error error = {0};
    const int code = cr_chart_draw(chart, &look, drawing.cairo, all, &drawing.placement, &error);
    if (code)
        fail_msg("%s", error.sentence);
    return drawing;
}

static inline void drawing_free(struct drawing *drawing) {
    cairo_destroy(drawing->cairo);
    cairo_surface_destroy(drawing->surface);
}

static inline struct cr_colour drawing_pixel(const struct drawing *drawing, int x, int y) {
    cairo_surface_flush(drawing->surface);
    const unsigned char *row = cairo_image_surface_get_data(drawing->surface) +
                               (ptrdiff_t)y * cairo_image_surface_get_stride(drawing->surface);
    uint32_t pixel;
    memcpy(&pixel, row + (ptrdiff_t)x * 4, sizeof pixel);
    return (struct cr_colour)CR_COLOUR(pixel);
}

/* How many pixels of a rectangle look like the colour, within two percent of each part. */
static inline int drawing_count(const struct drawing *drawing, struct cr_rect rect, struct cr_colour colour) {
    const int width = cairo_image_surface_get_width(drawing->surface);
    const int height = cairo_image_surface_get_height(drawing->surface);
    int count = 0;
    for (int y = (int)fmax(0.0, floor(rect.y)); y < height && y < cr_rect_bottom(rect); y++)
        for (int x = (int)fmax(0.0, floor(rect.x)); x < width && x < cr_rect_right(rect); x++) {
            const struct cr_colour pixel = drawing_pixel(drawing, x, y);
            count += fabs(pixel.red - colour.red) < 0.02 && fabs(pixel.green - colour.green) < 0.02 &&
                     fabs(pixel.blue - colour.blue) < 0.02;
        }
    return count;
}

/* Whether all pixels of a rectangle look like the colour. */
static inline bool drawing_all(const struct drawing *drawing, struct cr_rect rect, struct cr_colour colour) {
    const int columns = (int)(ceil(cr_rect_right(rect)) - floor(rect.x));
    const int rows = (int)(ceil(cr_rect_bottom(rect)) - floor(rect.y));
    return drawing_count(drawing, rect, colour) == columns * rows;
}

/* The pixels around a place, as many each way. */
static inline struct cr_rect drawing_around(double x, double y, double reach) {
    return (struct cr_rect){x - reach, y - reach, 2.0 * reach, 2.0 * reach};
}

#endif
