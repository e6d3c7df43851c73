#include "viz/draw/raster.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"

int cr_raster_fit(struct cr_raster *raster, int width, int height, struct cr_error *error) {
    if (raster->memory && raster->width == width && raster->height == height)
        return 0;
    cr_raster_free(raster);
    const size_t stride = (size_t)cr_raster_padded_width(width), rows = (size_t)cr_raster_padded_height(height);
    uint32_t *memory = calloc(stride * rows, sizeof *memory);
    if (!memory)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to draw %d x %d pixels", width, height);
    *raster = cr_raster_within(memory, (int)(stride * sizeof *memory), width, height);
    raster->memory = memory;
    return 0;
}

int cr_raster_padded_width(int width) {
    return (width + 2 * CR_RASTER_MARGIN + 15) / 16 * 16;
}

int cr_raster_padded_height(int height) {
    return height + 2 * CR_RASTER_MARGIN;
}

struct cr_raster cr_raster_within(void *memory, int pitch, int width, int height) {
    const int stride = pitch / (int)sizeof(uint32_t);
    uint32_t *first = memory;
    return (struct cr_raster){.width = width,
        .height = height,
        .stride = stride,
        .pixels = first + (ptrdiff_t)CR_RASTER_MARGIN * stride + CR_RASTER_MARGIN};
}

void cr_raster_free(struct cr_raster *raster) {
    free(raster->memory);
    *raster = (struct cr_raster){0};
}

void cr_raster_clear(struct cr_raster *raster) {
    if (raster->memory)
        memset(raster->memory, 0,
            (size_t)raster->stride * (size_t)cr_raster_padded_height(raster->height) * sizeof *raster->memory);
}

static uint32_t channel(double part) {
    return (uint32_t)(cr_clamp(part, 0.0, 1.0) * 255.0 + 0.5);
}

uint32_t cr_raster_ink(struct cr_colour colour) {
    return UINT32_C(0xFF000000) | channel(colour.red) << 16 | channel(colour.green) << 8 | channel(colour.blue);
}

/* `amount` 0 to 256. */
static inline void blend(uint32_t *pixel, uint32_t ink, uint32_t amount) {
    const uint32_t old = *pixel, kept = 256 - amount;
    const uint32_t outer = ((old & 0xFF00FF) * kept + (ink & 0xFF00FF) * amount) >> 8 & 0xFF00FF;
    const uint32_t inner = ((old & 0x00FF00) * kept + (ink & 0x00FF00) * amount) >> 8 & 0x00FF00;
    *pixel = UINT32_C(0xFF000000) | outer | inner;
}

static inline uint32_t larger(uint32_t a, uint32_t b, uint32_t mask) {
    return (a & mask) > (b & mask) ? a & mask : b & mask;
}

static inline void brighten(uint32_t *pixel, uint32_t ink, uint32_t amount) {
    const uint32_t outer = ((ink & 0xFF00FF) * amount) >> 8, inner = ((ink & 0x00FF00) * amount) >> 8;
    *pixel = larger(*pixel, outer, 0xFF0000) | larger(*pixel, inner, 0x00FF00) | larger(*pixel, outer, 0x0000FF);
}

static inline void touch(bool streak, uint32_t *pixel, uint32_t ink, int64_t amount) {
    if (streak)
        brighten(pixel, ink, (uint32_t)(amount >> 16));
    else
        blend(pixel, ink, (uint32_t)(amount >> 16));
}

/* What is left of a line within [0, along] x [0, across]; false for nothing. Liang & Barsky (1984). */
static bool clip(double *x1, double *y1, double *x2, double *y2, double left, double top, double right, double bottom) {
    const double dx = *x2 - *x1, dy = *y2 - *y1;
    const double towards[] = {-dx, dx, -dy, dy}, room[] = {*x1 - left, right - *x1, *y1 - top, bottom - *y1};
    double from = 0.0, to = 1.0;
    for (int side = 0; side < 4; side++) {
        if (towards[side] == 0.0) {
            if (room[side] < 0.0)
                return false;
            continue;
        }
        const double t = room[side] / towards[side];
        if (towards[side] < 0.0)
            from = cr_max(from, t);
        else
            to = cr_min(to, t);
    }
    if (!(from <= to))
        return false;
    const double x = *x1, y = *y1;
    *x1 = x + from * dx;
    *y1 = y + from * dy;
    *x2 = x + to * dx;
    *y2 = y + to * dy;
    return true;
}

enum { ONE = 65536 };

/* A column of pixels: each takes as much of the ink as the line covers of it, from `low` to `high`, which are in 1/ONE
 * of a pixel. */
static inline void draw_column(
    bool streak, uint32_t *column, ptrdiff_t side, uint32_t ink, int64_t amount, int64_t low, int64_t high) {
    const int64_t top = low >> 16, bottom = high >> 16;
    uint32_t *pixel = column + top * side;
    if (top == bottom) {
        touch(streak, pixel, ink, amount * (high - low));
        return;
    }
    touch(streak, pixel, ink, amount * (ONE - (low & (ONE - 1))));
    pixel += side;
    for (int64_t row = top + 1; row < bottom; row++, pixel += side)
        touch(streak, pixel, ink, amount * ONE);
    touch(streak, pixel, ink, amount * (high & (ONE - 1)));
}

/* Walks along the longer direction, a column a step. The pieces of a streak must join without seams, so its ends are
 * not smooth. */
static inline void draw(struct cr_raster *raster, const struct cr_stroke *stroke, bool streak) {
    const double thin = cr_min(stroke->width, 1.0), width = cr_clamp(stroke->width, 1.0, 0.5 * CR_RASTER_MARGIN);
    const double reach = CR_RASTER_MARGIN - 2.0 - width;
    double x1 = stroke->x1, y1 = stroke->y1, x2 = stroke->x2, y2 = stroke->y2;
    if (!(fabs(x1) + fabs(y1) + fabs(x2) + fabs(y2) < 1e15)) /* nor for NaN */
        return;
    if (!clip(&x1, &y1, &x2, &y2, -reach, -reach, raster->width + reach, raster->height + reach))
        return;
    const bool steep = fabs(y2 - y1) > fabs(x2 - x1);
    double along1 = steep ? y1 : x1, along2 = steep ? y2 : x2, across1 = steep ? x1 : y1, across2 = steep ? x2 : y2;
    if (along1 > along2) {
        const double along = along1, across = across1;
        along1 = along2;
        across1 = across2;
        along2 = along;
        across2 = across;
    }
    const double length = along2 - along1, slope = length > 1e-9 ? (across2 - across1) / length : 0.0;
    const double half = 0.5 * width * sqrt(1.0 + slope * slope);
    const double opacity = cr_clamp(stroke->opacity * thin, 0.0, 1.0) * 256.0;
    const ptrdiff_t step = steep ? raster->stride : 1, side = steep ? 1 : raster->stride;
    const int first = (int)floor(along1), last = (int)floor(along2);
    const int64_t thickness = (int64_t)(2.0 * half * ONE), rise = (int64_t)(slope * ONE);
    int64_t low = (int64_t)((across1 + (first + 0.5 - along1) * slope - half) * ONE);
    uint32_t *column = raster->pixels + first * step;
    const double begun = cr_min(first + 1.0, along2) - along1, ended = along2 - last;
    draw_column(streak, column, side, stroke->ink, (int64_t)(streak ? opacity : begun * opacity), low, low + thickness);
    for (int k = first + 1; k < last; k++) {
        low += rise;
        column += step;
        draw_column(streak, column, side, stroke->ink, (int64_t)opacity, low, low + thickness);
    }
    if (last > first)
        draw_column(streak, column + step, side, stroke->ink, (int64_t)(streak ? opacity : ended * opacity), low + rise,
            low + rise + thickness);
}

void cr_raster_line(struct cr_raster *raster, const struct cr_stroke *stroke) {
    draw(raster, stroke, false);
}

void cr_raster_streak(struct cr_raster *raster, const struct cr_stroke *stroke) {
    draw(raster, stroke, true);
}

/* The nearest whole number to product / 255, of a product of two bytes. */
static inline uint8_t divided(unsigned product) {
    const unsigned rounded = product + 128;
    return (uint8_t)((rounded + (rounded >> 8)) >> 8);
}

static void lay_row(uint8_t *restrict to, const uint8_t *restrict add, const uint8_t *restrict keep, int bytes) {
    for (int k = 0; k < bytes; k++)
        to[k] = (uint8_t)(add[k] + divided((unsigned)to[k] * keep[k]));
}

static void lay_faint_row(
    uint8_t *restrict to, const uint8_t *restrict add, const uint8_t *restrict keep, int bytes, unsigned opacity) {
    for (int k = 0; k < bytes; k++) {
        const unsigned lost = 255U - keep[k];
        to[k] = (uint8_t)(((unsigned)add[k] * opacity >> 8) + divided(to[k] * (255U - (lost * opacity >> 8))));
    }
}

void cr_raster_stamp(struct cr_raster *raster, const struct cr_stamp *stamp, int x, int y, int opacity) {
    const int half = stamp->size / 2;
    const int room = CR_RASTER_MARGIN - half;
    if (opacity <= 0 || x < -room || y < -room || x > raster->width + room || y > raster->height + room)
        return;
    const int bytes = 4 * stamp->size;
    uint32_t *row = raster->pixels + (ptrdiff_t)(y - half + stamp->first) * raster->stride + (x - half);
    for (int k = stamp->first; k < stamp->end; k++, row += raster->stride) {
        const size_t at = (size_t)k * (size_t)bytes;
        if (opacity >= 256)
            lay_row((uint8_t *)row, stamp->add + at, stamp->keep + at, bytes);
        else
            lay_faint_row((uint8_t *)row, stamp->add + at, stamp->keep + at, bytes, (unsigned)opacity);
    }
}

static void lighten_row(uint8_t *restrict to, const uint8_t *restrict ground, const uint8_t *restrict glow, int bytes) {
    for (int k = 0; k < bytes; k++) {
        const unsigned sum = (unsigned)ground[k] + glow[k];
        to[k] = (uint8_t)(sum < 255 ? sum : 255);
    }
}

static void darken_row(uint8_t *restrict to, const uint8_t *restrict ground, const uint8_t *restrict glow, int bytes) {
    for (int k = 0; k < bytes; k++)
        to[k] = (uint8_t)(ground[k] > glow[k] ? ground[k] - glow[k] : 0);
}

void cr_raster_lay(
    struct cr_raster *raster, const struct cr_raster *ground, const struct cr_raster *glow, int darkening) {
    for (int y = 0; y < raster->height; y++) {
        uint8_t *to = (uint8_t *)(raster->pixels + (ptrdiff_t)y * raster->stride);
        const uint8_t *below = (const uint8_t *)(ground->pixels + (ptrdiff_t)y * ground->stride);
        const uint8_t *above = (const uint8_t *)(glow->pixels + (ptrdiff_t)y * glow->stride);
        if (darkening)
            darken_row(to, below, above, 4 * raster->width);
        else
            lighten_row(to, below, above, 4 * raster->width);
    }
}

void cr_raster_copy(struct cr_raster *raster, const struct cr_raster *from) {
    for (int y = 0; y < raster->height; y++)
        memcpy(raster->pixels + (ptrdiff_t)y * raster->stride, from->pixels + (ptrdiff_t)y * from->stride,
            (size_t)raster->width * sizeof *raster->pixels);
}

static void fade_row(uint8_t *row, int bytes, unsigned loss) {
    for (int k = 0; k < bytes; k++)
        row[k] = (uint8_t)(row[k] - (((unsigned)row[k] * loss + 255) >> 8));
}

void cr_raster_fade(struct cr_raster *raster, int loss) {
    for (int y = 0; y < raster->height; y++)
        fade_row((uint8_t *)(raster->pixels + (ptrdiff_t)y * raster->stride), 4 * raster->width,
            (unsigned)(loss < 1 ? 1 : (loss > 255 ? 255 : loss)));
}
