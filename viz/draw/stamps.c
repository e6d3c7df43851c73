#include "viz/draw/stamps.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"

static const double circle = 6.28318530717958648;

static void set(cairo_t *cairo, struct cr_colour colour, double opacity) {
    cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, colour.alpha * opacity);
}

static void ring(cairo_t *cairo, struct cr_colour colour, double opacity, double radius, double width) {
    set(cairo, colour, opacity);
    cairo_set_line_width(cairo, width);
    cairo_new_path(cairo);
    cairo_arc(cairo, 0.0, 0.0, radius, 0.0, circle);
    cairo_stroke(cairo);
}

/* A ring with a rim of the background's colour, to stand out from a crowd. */
static void rimmed(cairo_t *cairo, const struct cr_theme *theme, double radius, double width) {
    ring(cairo, theme->background, 0.75, radius, 2.2 * width);
    ring(cairo, theme->ink, 1.0, radius, width);
}

/* All shapes have the area of the circle, within a fiftieth. */
static void outline(cairo_t *cairo, enum cr_marker marker, double r) {
    cairo_new_path(cairo);
    if (marker == CR_MARKER_SQUARE) {
        cairo_rectangle(cairo, -0.88 * r, -0.88 * r, 1.76 * r, 1.76 * r);
    } else if (marker == CR_MARKER_TRIANGLE) {
        cairo_move_to(cairo, 0.0, -1.43 * r);
        cairo_line_to(cairo, 1.31 * r, 0.96 * r);
        cairo_line_to(cairo, -1.31 * r, 0.96 * r);
        cairo_close_path(cairo);
    } else if (marker == CR_MARKER_DIAMOND) {
        cairo_move_to(cairo, 0.0, -1.25 * r);
        cairo_line_to(cairo, 1.25 * r, 0.0);
        cairo_line_to(cairo, 0.0, 1.25 * r);
        cairo_line_to(cairo, -1.25 * r, 0.0);
        cairo_close_path(cairo);
    } else {
        cairo_arc(cairo, 0.0, 0.0, r, 0.0, circle);
    }
}

/* Pixels, not points: what tells shapes apart is how many pixels they are made of. */
static const double least_shaped = 2.25;

bool cr_stamp_is_shaped(double radius) {
    return radius >= least_shaped;
}

/* The rim keeps neighbours apart. */
static void paint_adult(
    cairo_t *cairo, const struct cr_theme *theme, enum cr_meaning meaning, double radius, double unit) {
    const struct cr_mark mark = cr_theme_mark(theme, meaning, 0);
    const bool large = cr_stamp_is_shaped(radius);
    outline(cairo, large && meaning != CR_MEANING_NEUTRAL ? mark.marker : CR_MARKER_CIRCLE, radius);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    if (radius >= 1.9 * unit) {
        set(cairo, theme->background, 0.8);
        cairo_set_line_width(cairo, cr_max(0.3 * radius, unit));
        cairo_stroke_preserve(cairo);
    }
    set(cairo, mark.colour, large ? 1.0 : 0.92);
    cairo_fill(cairo);
}

static void paint_child(cairo_t *cairo, const struct cr_theme *theme, double radius, double unit) {
    const double width = cr_max(0.9 * unit, 0.3 * radius), r = cr_max(0.85 * radius - 0.5 * width, 0.8 * unit);
    outline(cairo, CR_MARKER_CIRCLE, r);
    set(cairo, theme->background, 0.7);
    cairo_fill(cairo);
    ring(cairo, theme->soft_ink, 0.8, r, width);
}

/* The length that rings are measured in: seen about the smallest dots, and not too large about large ones. */
static double step_of(double radius, double unit) {
    return cr_clamp(0.75 * radius, 2.2 * unit, 3.6 * unit);
}

struct pen {
    double radius, step; /* of the dot; of rings about it */
    double phase, left;  /* 0 to 1; 1 to 0 */
};

static void paint_protest(cairo_t *cairo, struct cr_colour colour, const struct pen *pen) {
    const double at = pen->radius + pen->step * (0.35 + 1.3 * pen->phase);
    ring(cairo, colour, 0.95 * pen->left, at, pen->step * (0.2 + 0.45 * pen->left));
    cairo_set_line_width(cairo, 0.4 * pen->step);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (int k = 0; k < 8; k++) {
        const double angle = circle * (k + 0.5) / 8.0, from = at + 0.65 * pen->step, to = from + 0.7 * pen->step;
        cairo_move_to(cairo, from * cos(angle), from * sin(angle));
        cairo_line_to(cairo, to * cos(angle), to * sin(angle));
    }
    set(cairo, colour, 0.9 * pen->left);
    cairo_stroke(cairo);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

/* What swells and goes again, 0 to 1. */
static double swell(const struct pen *pen) {
    return sin(0.5 * circle * (0.12 + 0.83 * pen->phase));
}

static void paint_deactivation(cairo_t *cairo, struct cr_colour colour, const struct pen *pen) {
    const double radius = pen->radius + pen->step * (2.2 - 1.8 * pen->phase), piece = circle * radius / 12.0;
    cairo_set_dash(cairo, (double[]){0.62 * piece, 0.38 * piece}, 2, 0.0);
    ring(cairo, colour, 0.8 * swell(pen), radius, 0.5 * pen->step);
    cairo_set_dash(cairo, NULL, 0, 0.0);
}

static void arc(cairo_t *cairo, double radius, double from, double to) {
    cairo_new_path(cairo);
    cairo_arc(cairo, 0.0, 0.0, radius, from * circle, to * circle);
    cairo_stroke(cairo);
}

static void paint_appeasement(cairo_t *cairo, struct cr_colour colour, const struct pen *pen) {
    set(cairo, colour, 0.95 * swell(pen));
    cairo_set_line_width(cairo, 0.6 * pen->step);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    arc(cairo, pen->radius + pen->step * (1.9 - 1.1 * pen->phase), 0.11, 0.39);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

/* By far the most frequent, so it is the quietest. */
static void paint_comfort(cairo_t *cairo, const struct cr_theme *theme, const struct pen *pen) {
    static const struct cr_colour pale = CR_COLOUR(0xFFDDB8), deep = CR_COLOUR(0xA8642A);
    const bool dark = cr_colour_to_oklab(theme->background).lightness < 0.5;
    const struct cr_colour warm = dark ? pale : deep;
    const double reach = pen->radius + 2.4 * pen->step;
    cairo_pattern_t *glow = cairo_pattern_create_radial(0.0, 0.0, 0.8 * pen->radius, 0.0, 0.0, reach);
    cairo_pattern_add_color_stop_rgba(glow, 0.0, warm.red, warm.green, warm.blue, 0.3 * swell(pen));
    cairo_pattern_add_color_stop_rgba(glow, 1.0, warm.red, warm.green, warm.blue, 0.0);
    cairo_set_source(cairo, glow);
    cairo_new_path(cairo);
    cairo_arc(cairo, 0.0, 0.0, reach, 0.0, circle);
    cairo_new_sub_path(cairo);
    cairo_arc_negative(cairo, 0.0, 0.0, pen->radius, 0.0, -circle);
    cairo_fill(cairo);
    cairo_pattern_destroy(glow);
    set(cairo, warm, 0.5 * swell(pen));
    cairo_set_line_width(cairo, 0.42 * pen->step);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (int side = 0; side < 2; side++)
        arc(cairo, pen->radius + pen->step * (1.5 - 0.9 * pen->phase), 0.5 * side - 0.13, 0.5 * side + 0.13);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

static void paint_rebuff(cairo_t *cairo, struct cr_colour colour, const struct pen *pen) {
    const double half = pen->radius + 0.7 * pen->step, y = -pen->radius - pen->step * (2.1 - 1.3 * pen->phase);
    set(cairo, colour, 0.9 * swell(pen));
    cairo_set_line_width(cairo, 0.65 * pen->step);
    cairo_new_path(cairo);
    cairo_move_to(cairo, -half, y);
    cairo_line_to(cairo, half, y);
    cairo_stroke(cairo);
}

static void paint_fright(cairo_t *cairo, struct cr_colour colour, const struct pen *pen) {
    enum { CORNERS = 18 };
    const double scale = 1.1 - 0.2 * pen->phase;
    cairo_new_path(cairo);
    for (int k = 0; k < CORNERS; k++) {
        const double angle = circle * k / CORNERS;
        const double at = pen->radius + scale * pen->step * (k % 2 == 0 ? 2.2 : 0.9);
        cairo_line_to(cairo, at * sin(angle), -at * cos(angle));
    }
    cairo_close_path(cairo);
    set(cairo, colour, pow(pen->left, 0.6));
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
    cairo_set_line_width(cairo, 0.36 * pen->step);
    cairo_stroke(cairo);
}

static void paint_quarrel(cairo_t *cairo, struct cr_colour colour, const struct pen *pen) {
    static const double zigzag[][2] = {
        {0.25, -1.3}, {-0.65, 0.15}, {-0.05, 0.15}, {-0.25, 1.3}, {0.65, -0.15}, {0.05, -0.15}};
    cairo_new_path(cairo);
    for (int k = 0; k < 6; k++)
        cairo_line_to(cairo, 1.8 * pen->step * zigzag[k][0], 1.8 * pen->step * zigzag[k][1]);
    cairo_close_path(cairo);
    set(cairo, colour, pen->left);
    cairo_fill(cairo);
}

/* A halo; the dot itself stays clear. On a light ground gold is seen only if it is deep, but glows only if it is
 * bright. */
static void paint_earning(cairo_t *cairo, const struct cr_theme *theme, const struct pen *pen) {
    static const struct cr_colour bright = CR_COLOUR(0xFFE27A), deep = CR_COLOUR(0x8A6A00), sunny = CR_COLOUR(0xFFC700);
    const bool dark = cr_colour_to_oklab(theme->background).lightness < 0.5;
    const struct cr_colour light = dark ? bright : sunny;
    const double left = pow(pen->left, 0.8), reach = pen->radius + 3.6 * pen->step;
    cairo_pattern_t *glow = cairo_pattern_create_radial(0.0, 0.0, pen->radius, 0.0, 0.0, reach);
    cairo_pattern_add_color_stop_rgba(glow, 0.0, light.red, light.green, light.blue, 0.7 * left);
    cairo_pattern_add_color_stop_rgba(glow, 0.45, light.red, light.green, light.blue, 0.25 * left);
    cairo_pattern_add_color_stop_rgba(glow, 1.0, light.red, light.green, light.blue, 0.0);
    cairo_set_source(cairo, glow);
    cairo_new_path(cairo);
    cairo_arc(cairo, 0.0, 0.0, reach, 0.0, circle);
    cairo_new_sub_path(cairo);
    cairo_arc_negative(cairo, 0.0, 0.0, pen->radius, 0.0, -circle);
    cairo_fill(cairo);
    cairo_pattern_destroy(glow);
    ring(cairo, dark ? bright : deep, left, pen->radius + 0.7 * pen->step, 0.5 * pen->step);
}

static void paint_changing(
    cairo_t *cairo, const struct cr_theme *theme, enum cr_stamp_name name, const struct pen *pen) {
    const struct cr_colour hot = theme->colours[CR_MEANING_SCENARIO_2];
    const double radius = pen->radius, step = pen->step, phase = pen->phase, left = pen->left;
    switch (name) {
    case CR_STAMP_PROTEST:
        paint_protest(cairo, hot, pen);
        break;
    case CR_STAMP_DEACTIVATION:
        paint_deactivation(cairo, theme->soft_ink, pen);
        break;
    case CR_STAMP_APPEASEMENT:
        paint_appeasement(cairo, theme->soft_ink, pen);
        break;
    case CR_STAMP_COMFORT:
        paint_comfort(cairo, theme, pen);
        break;
    case CR_STAMP_REBUFF:
        paint_rebuff(cairo, theme->ink, pen);
        break;
    case CR_STAMP_FRIGHT:
        paint_fright(cairo, theme->ink, pen);
        break;
    case CR_STAMP_QUARREL:
        paint_quarrel(cairo, hot, pen);
        break;
    case CR_STAMP_PAIRING:
        ring(cairo, theme->ink, 0.35 + 0.65 * phase, radius + step * (3.2 - 2.5 * phase), step * (0.3 + 0.35 * phase));
        break;
    case CR_STAMP_WEDDING:
        ring(cairo, theme->ink, left, radius + step * (0.6 + 1.0 * phase), 0.6 * step);
        ring(cairo, theme->ink, 0.8 * left, radius + step * (1.6 + 1.8 * phase), 0.4 * step);
        break;
    case CR_STAMP_EARNING:
        paint_earning(cairo, theme, pen);
        break;
    case CR_STAMP_BIRTH:
        ring(cairo, theme->soft_ink, 0.8 * left, radius + 2.5 * step * phase, 0.4 * step);
        break;
    default:
        ring(cairo, theme->axis, 0.9 * left, radius + 3.0 * step * phase, step * (0.2 + 0.5 * left));
        break;
    }
}

void cr_stamp_paint(
    cairo_t *cairo, const struct cr_theme *theme, enum cr_stamp_name name, double radius, double unit, double phase) {
    switch (name) {
    case CR_STAMP_SECURE:
    case CR_STAMP_PREOCCUPIED:
    case CR_STAMP_DISMISSING:
    case CR_STAMP_FEARFUL:
        paint_adult(
            cairo, theme, (enum cr_meaning)((int)CR_MEANING_SECURE + (int)name - (int)CR_STAMP_SECURE), radius, unit);
        break;
    case CR_STAMP_UNRATED:
        paint_adult(cairo, theme, CR_MEANING_NEUTRAL, radius, unit);
        break;
    case CR_STAMP_CHILD:
        paint_child(cairo, theme, radius, unit);
        break;
    case CR_STAMP_CHOSEN:
        rimmed(cairo, theme, radius + 4.5 * unit, 2.4 * unit);
        break;
    case CR_STAMP_PARTNER:
        rimmed(cairo, theme, radius + 3.5 * unit, 1.4 * unit);
        break;
    case CR_STAMP_DIFFERS:
        ring(cairo, theme->ink, 1.0, radius + 1.2 * unit, 0.9 * unit);
        break;
    default:
        paint_changing(cairo, theme, name, &(const struct pen){radius, step_of(radius, unit), phase, 1.0 - phase});
        break;
    }
}

double cr_stamp_reach(enum cr_stamp_name name, double radius, double unit) {
    if (name < CR_STAMP_CHOSEN)
        return 1.6 * radius + 1.5 * unit;
    if (name < CR_STAMP_STILL)
        return radius + 7.5 * unit;
    return radius + step_of(radius, unit) * (name == CR_STAMP_DEACTIVATION || name == CR_STAMP_QUARREL ? 2.6 : 3.8);
}

/* The side of a stamp: whole groups of four pixels, and no more than the raster's margin allows. */
static int side_of(enum cr_stamp_name name, double radius, double unit) {
    const int half = (int)ceil(cr_stamp_reach(name, radius, unit) + 0.75) + 1;
    const int side = (2 * half + 3) / 4 * 4;
    return side < 2 * CR_RASTER_MARGIN ? side : 2 * CR_RASTER_MARGIN;
}

static bool draw(const struct cr_stamps *stamps, enum cr_stamp_name name, int phase, struct cr_stamp *stamp) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, stamp->size, stamp->size);
    cairo_t *cairo = cairo_create(surface);
    const bool still = name < CR_STAMP_STILL;
    const int column = phase % 4, row = phase / 4;
    const double middle = 0.5 * stamp->size;
    cairo_translate(cairo, middle + (still ? 0.25 * column : 0.5), middle + (still ? 0.25 * row : 0.5));
    cr_stamp_paint(cairo, stamps->theme, name, stamps->radius, stamps->unit, still ? 0.0 : phase / 15.0);
    cairo_surface_flush(surface);
    const bool drawn = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    if (drawn) {
        const unsigned char *rows = cairo_image_surface_get_data(surface);
        const int stride = cairo_image_surface_get_stride(surface);
        for (int y = 0; y < stamp->size; y++) {
            for (int x = 0; x < stamp->size; x++) {
                uint32_t pixel;
                memcpy(&pixel, rows + (ptrdiff_t)y * stride + 4 * (ptrdiff_t)x, sizeof pixel);
                const size_t at = 4 * ((size_t)y * (size_t)stamp->size + (size_t)x);
                memcpy(stamp->add + at, &pixel, sizeof pixel);
                memset(stamp->keep + at, (int)(255 - (pixel >> 24)), sizeof pixel);
                if (pixel != 0)
                    stamp->end = y + 1;
            }
            if (stamp->end == 0)
                stamp->first = y + 1;
        }
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return drawn;
}

int cr_stamps_make(
    struct cr_stamps *stamps, const struct cr_theme *theme, double radius, double unit, struct cr_error *error) {
    if (stamps->memory && stamps->theme == theme && stamps->radius == radius && stamps->unit == unit)
        return 0;
    cr_stamps_free(stamps);
    size_t bytes = 0;
    for (int name = 0; name < CR_STAMPS; name++) {
        const size_t side = (size_t)side_of((enum cr_stamp_name)name, radius, unit);
        bytes += 8 * side * side * CR_STAMP_PHASES;
    }
    stamps->memory = malloc(bytes);
    stamps->theme = theme;
    stamps->radius = radius;
    stamps->unit = unit;
    bool drawn = stamps->memory != NULL;
    uint8_t *next = stamps->memory;
    for (int name = 0; name < CR_STAMPS && drawn; name++) {
        const int side = side_of((enum cr_stamp_name)name, radius, unit);
        const size_t size = 4 * (size_t)side * (size_t)side;
        for (int phase = 0; phase < CR_STAMP_PHASES && drawn; phase++) {
            struct cr_stamp *stamp = &stamps->stamp[name][phase];
            *stamp = (struct cr_stamp){.size = side, .add = next, .keep = next + size};
            next += 2 * size;
            drawn = draw(stamps, (enum cr_stamp_name)name, phase, stamp);
        }
    }
    if (drawn)
        return 0;
    cr_stamps_free(stamps);
    return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to draw people");
}

void cr_stamps_free(struct cr_stamps *stamps) {
    free(stamps->memory);
    *stamps = (struct cr_stamps){0};
}

void cr_stamps_put(const struct cr_stamps *stamps, struct cr_raster *raster, enum cr_stamp_name name, double x,
    double y, int opacity) {
    /* far places are cut off before they become whole numbers */
    if (!(fabs(x) < 1e6 && fabs(y) < 1e6))
        return;
    const int across = (int)floor(4.0 * x + 0.5), down = (int)floor(4.0 * y + 0.5);
    cr_raster_stamp(raster, &stamps->stamp[name][(down & 3) * 4 + (across & 3)], across >> 2, down >> 2, opacity);
}

void cr_stamps_flare(const struct cr_stamps *stamps, struct cr_raster *raster, enum cr_stamp_name name, double x,
    double y, double phase, int opacity) {
    if (!(fabs(x) < 1e6 && fabs(y) < 1e6))
        return;
    const int frame = (int)(cr_clamp(phase, 0.0, 1.0) * (CR_STAMP_PHASES - 1) + 0.5);
    cr_raster_stamp(raster, &stamps->stamp[name][frame], (int)floor(x), (int)floor(y), opacity);
}
