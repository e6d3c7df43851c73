#include <math.h>

#include "base/numeric.h"
#include "report/contour.h"
#include "report/kind.h"

static const struct cr_chart_heat_map *map_of(const struct cr_chart *chart) {
    return &chart->of.heat_map;
}

static int check_names(
    const struct cr_chart_axis *axis, const double *values, size_t count, const char *which, struct cr_error *error) {
    if (!values && (!axis->categories || axis->category_count != count))
        return cr_error_set(error, CR_ERROR_USAGE, "a heat map with %zu %s must be told what they are", count, which);
    return 0;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_heat_map *map = map_of(chart);
    int code = 0;
    if (map->columns > 0 && map->rows > 0) {
        code = check_names(&map->x, map->xs, map->columns, "columns", error);
        if (!code)
            code = check_names(&map->y, map->ys, map->rows, "rows", error);
        if (!code && !map->values)
            code = cr_error_set(error, CR_ERROR_USAGE, "a heat map has no values");
    }
    if (!code && map->contour_count > 0 && !map->contours)
        code = cr_error_set(
            error, CR_ERROR_USAGE, "a heat map was told of %zu contours, but not which", map->contour_count);
    if (!code && map->value.logarithmic)
        code = cr_error_set(error, CR_ERROR_USAGE, "the colours of a heat map cannot be logarithmic");
    return code ? code : cr_kind_check_axis(&map->value, "colour", error);
}

/* The range of colours: around the middle, as far as the farther end, if they part there. */
static bool close_value(const struct cr_chart_heat_map *map, struct cr_chart_axis *value) {
    struct cr_range range = {0};
    *value = map->value;
    cr_range_add(&range, value, map->values, map->columns * map->rows);
    const bool open = !(value->from < value->to);
    const bool any = cr_chart_axis_close(value, range);
    if (map->diverging && open) {
        const double reach = cr_max(fabs(value->to - map->middle), fabs(map->middle - value->from));
        value->from = map->middle - reach;
        value->to = map->middle + reach;
    }
    return any && range.any;
}

static bool close_axes(const struct cr_chart *chart, struct cr_axes *axes) {
    const struct cr_chart_heat_map *map = map_of(chart);
    struct cr_chart_axis value;
    *axes = cr_kind_axes(&map->x, &map->y);
    axes->y_grid = false;
    axes->thin = axes->bare = true;
    if (map->xs) {
        axes->asked_x.categories = NULL;
        axes->asked_x.values = map->xs;
    }
    if (map->ys) {
        axes->asked_y.categories = NULL;
        axes->asked_y.values = map->ys;
    }
    axes->asked_x.category_count = map->columns;
    axes->asked_y.category_count = map->rows;
    if (map->columns == 0 || map->rows == 0 || !close_value(map, &value)) {
        (void)cr_chart_axis_close(&axes->asked_x, (struct cr_range){0});
        (void)cr_chart_axis_close(&axes->asked_y, (struct cr_range){0});
        return false;
    }
    return cr_chart_axis_close(&axes->asked_x, (struct cr_range){0}) &&
           cr_chart_axis_close(&axes->asked_y, (struct cr_range){0});
}

static struct cr_colour colour_of(const struct cr_chart_heat_map *map, const struct cr_theme *theme,
    const struct cr_chart_axis *range, double value) {
    if (isnan(value))
        return theme->empty;
    if (!map->diverging)
        return cr_theme_sequential(theme, (value - range->from) / (range->to - range->from));
    const double side = value < map->middle ? map->middle - range->from : range->to - map->middle;
    return cr_theme_diverging(theme, side > 0.0 ? (value - map->middle) / side : 0.0);
}

static bool has_missing(const struct cr_chart_heat_map *map) {
    for (size_t i = 0; i < map->columns * map->rows; i++)
        if (!cr_chart_axis_takes(&map->value, map->values[i]))
            return true;
    return false;
}

static struct cr_lettering bar_letters(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 0.92, .colour = canvas->theme->soft_ink};
}

/* The bar stands at the left of the strip, beneath it its numbers, and right of it what it measures. */
static double strip_height(const struct cr_chart *chart, const struct cr_canvas *canvas, double width) {
    const struct cr_chart_heat_map *map = map_of(chart);
    struct cr_chart_axis value;
    (void)width;
    return map->columns * map->rows > 0 && close_value(map, &value) ? 3.5 * canvas->unit : 0.0;
}

static void draw_bar(const struct cr_chart_heat_map *map, const struct cr_canvas *canvas,
    const struct cr_chart_axis *value, struct cr_rect bar) {
    enum { STEPS = 96 };
    const double step = bar.width / STEPS;
    for (int k = 0; k < STEPS; k++) {
        const double at = value->from + (value->to - value->from) * (k + 0.5) / STEPS;
        /* each piece runs a little under the next, so that no seam shows */
        const double reach = k + 1 < STEPS ? step + 1.0 : step;
        cr_canvas_fill(canvas, (struct cr_rect){bar.x + k * step, bar.y, reach, bar.height},
            colour_of(map, canvas->theme, value, at));
    }
}

static void draw_strip(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect strip) {
    const struct cr_chart_heat_map *map = map_of(chart);
    const double unit = canvas->unit;
    struct cr_chart_axis value;
    struct cr_ticks ticks;
    char text[CR_AXES_TITLE];
    (void)close_value(map, &value);
    struct cr_lettering lettering = bar_letters(canvas);
    lettering.width = strip.width;
    cr_canvas_write(canvas, cr_axes_title(&value, text), &lettering, strip.x, strip.y);
    lettering.width = 0.0;
    const double inset = 1.2 * unit;
    const struct cr_rect bar = {strip.x, strip.y + 1.4 * unit, cr_min(18.0 * unit, 0.62 * strip.width), 0.75 * unit};
    draw_bar(map, canvas, &value, bar);
    const struct cr_scale scale = {value.from, value.to, bar.x, cr_rect_right(bar), false};
    cr_ticks_find(&ticks, &value, cr_max(2.0, bar.width / (4.5 * unit)), CR_TICKS_INSIDE);
    double end = -INFINITY;
    lettering.across = 0.5;
    for (size_t k = 0; k < ticks.count; k++) {
        const double x = cr_scale_place(&scale, ticks.at[k]);
        const double half = cr_canvas_measure(canvas, ticks.text[k], &lettering).width / 2.0;
        const double middle = cr_max(x, strip.x + half); /* the first must not stick out on the left */
        cr_canvas_hairline(canvas, x, cr_rect_bottom(bar), x, cr_rect_bottom(bar) + 0.2 * unit, canvas->theme->axis);
        if (middle - half < end + 0.4 * unit)
            continue;
        cr_canvas_write(canvas, ticks.text[k], &lettering, middle, cr_rect_bottom(bar) + 0.2 * unit);
        end = middle + half;
    }
    if (!has_missing(map))
        return;
    const struct cr_rect box = {cr_rect_right(bar) + inset + unit, bar.y, unit, bar.height};
    cairo_rectangle(canvas->cairo, box.x, box.y, box.width, box.height);
    cr_canvas_hatch(canvas, canvas->theme->empty, 0.4 * unit, canvas->hair);
    lettering.across = 0.0;
    lettering.down = 0.5;
    cr_canvas_write(canvas, "missing", &lettering, cr_rect_right(box) + 0.5 * unit, box.y + box.height / 2.0);
}

/* A number on a plate of its cell's colour, for contours run beneath. */
static void draw_number(const struct cr_canvas *canvas, const struct cr_chart_axis *range, double value,
    struct cr_rect cell, struct cr_colour on) {
    const struct cr_colour inks[] = {CR_COLOUR(0x14181F), CR_COLOUR(0xFFFFFF)};
    const struct cr_colour ink = cr_colour_contrast(inks[0], on) > cr_colour_contrast(inks[1], on) ? inks[0] : inks[1];
    const struct cr_lettering lettering = {.size = 0.85, .colour = ink, .across = 0.5, .down = 0.5};
    char text[CR_TICK_TEXT];
    (void)cr_ticks_brief(value, range->form, text, sizeof text);
    const struct cr_extent extent = cr_canvas_measure(canvas, text, &lettering);
    if (extent.width > 0.92 * cell.width || extent.height > cell.height)
        return;
    const double x = cell.x + cell.width / 2.0, y = cell.y + cell.height / 2.0;
    cr_canvas_fill(canvas,
        (struct cr_rect){
            x - extent.width / 2.0 - 1.0, y - 0.4 * extent.height, extent.width + 2.0, 0.8 * extent.height},
        on);
    cr_canvas_write(canvas, text, &lettering, x, y);
}

static void draw_contours(
    const struct cr_chart_heat_map *map, const struct cr_canvas *canvas, const struct cr_axes *axes) {
    if (map->columns < 2 || map->rows < 2)
        return;
    const double width = axes->area.width / (double)map->columns, height = axes->area.height / (double)map->rows;
    const struct cr_grid grid = {map->values, map->columns, map->rows,
        cr_rect_without(axes->area, width / 2.0, height / 2.0, width / 2.0, height / 2.0)};
    cairo_t *cairo = canvas->cairo;
    const struct cr_colour colours[] = {cr_colour_with_alpha(canvas->theme->background, 0.8), canvas->theme->ink};
    const double widths[] = {0.28 * canvas->unit, 0.12 * canvas->unit};
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (size_t k = 0; k < map->contour_count; k++)
        for (int pass = 0; pass < 2; pass++) {
            cairo_new_path(cairo);
            cr_contour_line(cairo, &grid, map->contours[k]);
            cr_canvas_set_colour(canvas, colours[pass]);
            cairo_set_line_width(cairo, widths[pass]);
            cairo_stroke(cairo);
        }
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

static void draw_cell(const struct cr_chart_heat_map *map, const struct cr_canvas *canvas,
    const struct cr_chart_axis *range, struct cr_rect cell, double value) {
    /* large cells stand apart by the breadth of a hair; small ones run under each other */
    const double gap = cr_min(cell.width, cell.height) > 6.0 * canvas->hair ? 0.5 * canvas->hair : -0.3;
    const struct cr_rect inner = {cell.x + gap, cell.y + gap, cell.width - 2.0 * gap, cell.height - 2.0 * gap};
    if (cr_chart_axis_takes(&map->value, value)) {
        cr_canvas_fill(canvas, inner, colour_of(map, canvas->theme, range, value));
        return;
    }
    cairo_rectangle(canvas->cairo, inner.x, inner.y, inner.width, inner.height);
    cr_canvas_hatch(canvas, canvas->theme->empty, 0.5 * canvas->unit, canvas->hair);
}

static int draw(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error) {
    (void)error;
    const struct cr_chart_heat_map *map = map_of(chart);
    struct cr_chart_axis range;
    (void)close_value(map, &range);
    const double width = axes->area.width / (double)map->columns, height = axes->area.height / (double)map->rows;
    const bool roomy = width > 1.2 * canvas->unit && height > 0.9 * canvas->unit;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t j = 0; j < map->rows; j++)
            for (size_t i = 0; i < map->columns; i++) {
                const double value = map->values[j * map->columns + i];
                const struct cr_rect cell = {axes->area.x + width * (double)i,
                    cr_rect_bottom(axes->area) - height * (double)(j + 1), width, height};
                if (pass == 0)
                    draw_cell(map, canvas, &range, cell, value);
                else if (map->numbers && roomy && cr_chart_axis_takes(&map->value, value))
                    draw_number(canvas, &range, value, cell, colour_of(map, canvas->theme, &range, value));
            }
        if (pass == 0)
            draw_contours(map, canvas, axes);
    }
    return 0;
}

static double height(const struct cr_chart *chart, double unit, double width) {
    const struct cr_chart_heat_map *map = map_of(chart);
    (void)unit;
    return map->columns > 0 ? width * cr_clamp((double)map->rows / (double)map->columns, 0.4, 0.9) : 0.6 * width;
}

const struct cr_kind cr_kind_heat_map = {
    .noun = "Heat map",
    .check = check,
    .axes = close_axes,
    .strip_height = strip_height,
    .draw_strip = draw_strip,
    .draw = draw,
    .height = height,
};
