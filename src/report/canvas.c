#include "report/canvas.h"

#include <math.h>

#include "base/numeric.h"

static const double circle = 6.28318530717958648;

double cr_canvas_unit(double width, double height, double text_scale) {
    const double scale = text_scale > 0.0 ? text_scale : 1.0;
    const double size = cr_min(sqrt(width * height), 0.9 * width) / 632.0; /* 1 at 800 x 500 */
    return scale * cr_max(9.0, 13.0 * pow(size, 0.75));
}

/* Letters are measured as if unhinted, so that a chart is laid out alike on every kind of surface. */
static PangoLayout *letters(cairo_t *cairo) {
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    if (layout) {
        PangoContext *context = pango_layout_get_context(layout);
        pango_cairo_context_set_font_options(context, options);
        pango_cairo_context_set_resolution(context, 96.0);
        pango_context_set_language(context, pango_language_from_string("en"));
        pango_context_set_round_glyph_positions(context, FALSE);
    }
    cairo_font_options_destroy(options);
    return layout;
}

int cr_canvas_init(struct cr_canvas *canvas, cairo_t *cairo, const struct cr_theme *theme, double width, double height,
    double text_scale, struct cr_error *error) {
    const double unit = cr_canvas_unit(width, height, text_scale);
    *canvas = (struct cr_canvas){cairo, theme, unit, cr_max(1.0, round(unit / 14.0)), letters(cairo)};
    if (!canvas->layout || cairo_status(cairo) != CAIRO_STATUS_SUCCESS)
        return cr_error_set(error, CR_ERROR_MEMORY, "cannot draw: %s", cairo_status_to_string(cairo_status(cairo)));
    return 0;
}

void cr_canvas_free(struct cr_canvas *canvas) {
    if (canvas->layout)
        g_object_unref(canvas->layout);
    canvas->layout = NULL;
}

void cr_canvas_set_colour(const struct cr_canvas *canvas, struct cr_colour colour) {
    cairo_set_source_rgba(canvas->cairo, colour.red, colour.green, colour.blue, colour.alpha);
}

double cr_canvas_snap(const struct cr_canvas *canvas, double place) {
    return fmod(canvas->hair, 2.0) > 0.5 ? floor(place) + 0.5 : round(place);
}

void cr_canvas_hairline(
    const struct cr_canvas *canvas, double x1, double y1, double x2, double y2, struct cr_colour colour) {
    if (fabs(x1 - x2) < 1e-9)
        x1 = x2 = cr_canvas_snap(canvas, x1);
    if (fabs(y1 - y2) < 1e-9)
        y1 = y2 = cr_canvas_snap(canvas, y1);
    cr_canvas_set_colour(canvas, colour);
    cairo_set_line_width(canvas->cairo, canvas->hair);
    cairo_move_to(canvas->cairo, x1, y1);
    cairo_line_to(canvas->cairo, x2, y2);
    cairo_stroke(canvas->cairo);
}

void cr_canvas_fill(const struct cr_canvas *canvas, struct cr_rect rect, struct cr_colour colour) {
    cr_canvas_set_colour(canvas, colour);
    cairo_rectangle(canvas->cairo, rect.x, rect.y, rect.width, rect.height);
    cairo_fill(canvas->cairo);
}

void cr_canvas_set_dashes(const struct cr_canvas *canvas, const struct cr_mark *mark, double width) {
    double lengths[8];
    const int count = mark->dash_count < 8 ? mark->dash_count : 8;
    for (int i = 0; i < count; i++)
        lengths[i] = mark->dashes[i] * width;
    cairo_set_dash(canvas->cairo, lengths, count, 0.0);
}

static void trace_marker(cairo_t *cairo, double x, double y, double r, enum cr_marker marker) {
    cairo_new_path(cairo);
    switch (marker) {
    case CR_MARKER_CIRCLE:
        cairo_arc(cairo, x, y, r, 0.0, circle);
        break;
    case CR_MARKER_SQUARE:
        cairo_rectangle(cairo, x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
        break;
    case CR_MARKER_TRIANGLE:
        cairo_move_to(cairo, x, y - 1.2 * r);
        cairo_line_to(cairo, x + 1.1 * r, y + 0.8 * r);
        cairo_line_to(cairo, x - 1.1 * r, y + 0.8 * r);
        break;
    case CR_MARKER_DIAMOND:
        cairo_move_to(cairo, x, y - 1.25 * r);
        cairo_line_to(cairo, x + 1.25 * r, y);
        cairo_line_to(cairo, x, y + 1.25 * r);
        cairo_line_to(cairo, x - 1.25 * r, y);
        break;
    case CR_MARKER_CROSS: {
        const double far = 1.1 * r, near = 0.38 * r;
        const double corners[][2] = {{-near, -far}, {near, -far}, {near, -near}, {far, -near}, {far, near},
            {near, near}, {near, far}, {-near, far}, {-near, near}, {-far, near}, {-far, -near}, {-near, -near}};
        for (int i = 0; i < 12; i++)
            cairo_line_to(cairo, x + corners[i][0], y + corners[i][1]);
        break;
    }
    }
    cairo_close_path(cairo);
}

void cr_canvas_marker(
    const struct cr_canvas *canvas, double x, double y, double size, const struct cr_mark *mark, bool hollow) {
    cairo_t *cairo = canvas->cairo;
    const double edge = cr_max(0.16 * size, 0.8);
    cairo_set_dash(cairo, NULL, 0, 0.0);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
    trace_marker(cairo, x, y, hollow ? size / 2.0 - edge / 2.0 : size / 2.0, mark->marker);
    cairo_set_line_width(cairo, hollow ? 1.2 * edge : edge);
    if (!hollow) {
        cr_canvas_set_colour(canvas, canvas->theme->background);
        cairo_stroke_preserve(cairo);
    }
    cr_canvas_set_colour(canvas, hollow ? canvas->theme->background : mark->colour);
    cairo_fill_preserve(cairo);
    if (hollow) {
        cr_canvas_set_colour(canvas, mark->colour);
        cairo_stroke_preserve(cairo);
    }
    cairo_new_path(cairo);
}

void cr_canvas_hatch(const struct cr_canvas *canvas, struct cr_colour colour, double gap, double width) {
    cairo_t *cairo = canvas->cairo;
    double left, top, right, bottom;
    cairo_save(cairo);
    cairo_path_extents(cairo, &left, &top, &right, &bottom);
    cairo_clip(cairo);
    cairo_set_dash(cairo, NULL, 0, 0.0);
    cairo_set_line_width(cairo, width);
    cr_canvas_set_colour(canvas, colour);
    /* strokes on one lattice for the whole chart, so that neighbours join */
    const double height = bottom - top;
    const int first = (int)floor((left + top) / gap), last = (int)ceil((right + bottom) / gap);
    for (int k = first; k < last; k++) {
        const double at = k * gap;
        cairo_move_to(cairo, at - top, top);
        cairo_line_to(cairo, at - top - height, bottom);
    }
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

/* Quarters of a pixel: Pango keeps what it has found out about each size of letters, so there must not be endlessly
 * many of them while a window is resized. */
static double size_of(const struct cr_canvas *canvas, const struct cr_lettering *lettering) {
    return round(4.0 * canvas->unit * (lettering->size > 0.0 ? lettering->size : 1.0)) / 4.0;
}

/* Prepares the layout; false if there is nothing to write. */
static bool set_letters(const struct cr_canvas *canvas, const char *text, const struct cr_lettering *lettering) {
    if (!text || !*text)
        return false;
    PangoLayout *layout = canvas->layout;
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, canvas->theme->family);
    pango_font_description_set_weight(font, lettering->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, size_of(canvas, lettering) * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    if (g_utf8_validate(text, -1, NULL)) {
        pango_layout_set_text(layout, text, -1);
    } else {
        char *valid = g_utf8_make_valid(text, -1);
        pango_layout_set_text(layout, valid, -1);
        g_free(valid);
    }
    const bool bounded = lettering->width > 0.0;
    pango_layout_set_width(layout, bounded ? (int)cr_min(ceil(lettering->width * PANGO_SCALE), 1e9) : -1);
    pango_layout_set_height(layout, lettering->lines > 1 ? -lettering->lines : -1);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_ellipsize(layout, bounded ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_alignment(layout, lettering->across < 0.25   ? PANGO_ALIGN_LEFT
                                       : lettering->across > 0.75 ? PANGO_ALIGN_RIGHT
                                                                  : PANGO_ALIGN_CENTER);
    return true;
}

struct cr_extent cr_canvas_measure(
    const struct cr_canvas *canvas, const char *text, const struct cr_lettering *lettering) {
    if (!set_letters(canvas, text, lettering))
        return (struct cr_extent){0.0, 0.0};
    PangoRectangle logical;
    pango_layout_get_extents(canvas->layout, NULL, &logical);
    return (struct cr_extent){(double)logical.width / PANGO_SCALE, (double)logical.height / PANGO_SCALE};
}

bool cr_canvas_shrink(const struct cr_canvas *canvas, const char *text, struct cr_lettering *lettering, double least) {
    struct cr_lettering unbounded = *lettering;
    unbounded.width = 0.0;
    if (!(lettering->size > 0.0))
        lettering->size = unbounded.size = 1.0;
    const double natural = cr_canvas_measure(canvas, text, &unbounded).width;
    if (natural <= lettering->width)
        return true;
    lettering->size = unbounded.size = cr_max(least, 0.97 * lettering->size * lettering->width / natural);
    return cr_canvas_measure(canvas, text, &unbounded).width <= lettering->width;
}

void cr_canvas_write(
    const struct cr_canvas *canvas, const char *text, const struct cr_lettering *lettering, double x, double y) {
    if (!set_letters(canvas, text, lettering))
        return;
    cairo_t *cairo = canvas->cairo;
    PangoRectangle logical;
    pango_layout_get_extents(canvas->layout, NULL, &logical);
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    if (lettering->angle != 0.0)
        cairo_rotate(cairo, lettering->angle);
    cairo_translate(cairo, -((double)logical.x + lettering->across * logical.width) / PANGO_SCALE,
        -((double)logical.y + lettering->down * logical.height) / PANGO_SCALE);
    if (lettering->plate) {
        const double pad = 0.25 * size_of(canvas, lettering);
        cr_canvas_fill(canvas,
            (struct cr_rect){(double)logical.x / PANGO_SCALE - pad, (double)logical.y / PANGO_SCALE,
                (double)logical.width / PANGO_SCALE + 2.0 * pad, (double)logical.height / PANGO_SCALE},
            cr_colour_with_alpha(canvas->theme->background, 0.82));
    }
    if (lettering->halo) {
        cairo_set_dash(cairo, NULL, 0, 0.0);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(cairo, 0.32 * size_of(canvas, lettering));
        cr_canvas_set_colour(canvas, cr_colour_with_alpha(canvas->theme->background, 0.85));
        cairo_new_path(cairo);
        pango_cairo_layout_path(cairo, canvas->layout);
        cairo_stroke(cairo);
    }
    cr_canvas_set_colour(canvas, lettering->colour);
    cairo_move_to(cairo, 0.0, 0.0);
    pango_cairo_show_layout(cairo, canvas->layout);
    cairo_new_path(cairo);
    cairo_restore(cairo);
}
