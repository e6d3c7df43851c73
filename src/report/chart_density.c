#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"
#include "report/contour.h"
#include "report/density_grid.h"
#include "report/kind.h"

/* The regions, the largest first. */
static const double shares[] = {0.95, 0.75, 0.5, 0.25};
static const char *const share_names[] = {"95% of people", "75%", "50%", "25%"};
enum { REGIONS = sizeof shares / sizeof *shares, FEW = 3000 };

static const struct cr_chart_density *density_of(const struct cr_chart *chart) {
    return &chart->of.density;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_density *density = density_of(chart);
    if (density->count > 0 && (!density->xs || !density->ys))
        return cr_error_set(error, CR_ERROR_USAGE, "a density was told of %zu people, but not where", density->count);
    if (!density->xs && density->counts && (density->x.from >= density->x.to || density->y.from >= density->y.to))
        return cr_error_set(error, CR_ERROR_USAGE, "a density of counts must be told the range of both axes");
    if (!density->xs && !density->counts && density->columns * density->rows > 0)
        return cr_error_set(error, CR_ERROR_USAGE, "a density was told of %zu by %zu cells, but of no counts",
            density->columns, density->rows);
    if (density->x.logarithmic || density->y.logarithmic || density->x.category_count || density->y.category_count)
        return cr_error_set(error, CR_ERROR_USAGE, "the axes of a density must be linear");
    const int code = cr_kind_check_axis(&density->x, "x", error);
    return code ? code : cr_kind_check_axis(&density->y, "y", error);
}

static bool any_count(const struct cr_chart_density *density) {
    for (size_t i = 0; density->counts && i < density->columns * density->rows; i++)
        if (density->counts[i] > 0.0)
            return true;
    return false;
}

static bool close_axes(const struct cr_chart *chart, struct cr_axes *axes) {
    const struct cr_chart_density *density = density_of(chart);
    struct cr_range x = {0}, y = {0};
    *axes = cr_kind_axes(&density->x, &density->y);
    axes->y_grid = axes->y_loose = false;
    axes->box = true;
    axes->most_aspect = 1.9;
    cr_range_add(&x, &density->x, density->xs, density->count);
    cr_range_add(&y, &density->y, density->ys, density->count);
    const bool has_x = cr_chart_axis_close(&axes->asked_x, x), has_y = cr_chart_axis_close(&axes->asked_y, y);
    return has_x && has_y && (density->xs ? x.any && y.any : any_count(density));
}

static struct cr_colour region_colour(const struct cr_theme *theme, int region) {
    return cr_theme_sequential(theme, (region + 0.55) / (REGIONS + 0.1));
}

static void name(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend) {
    (void)chart;
    for (int k = REGIONS - 1; k >= 0; k--)
        cr_legend_add(legend, share_names[k], (struct cr_mark){.colour = region_colour(theme, k)}, CR_SWATCH_BOX);
}

static void draw_cuts(
    const struct cr_chart_density *density, const struct cr_canvas *canvas, const struct cr_axes *axes) {
    static const double dashes[] = {3.0, 3.0};
    const struct cr_mark dashed = {.dashes = dashes, .dash_count = 2};
    const struct cr_rect area = axes->area;
    cr_canvas_set_dashes(canvas, &dashed, canvas->hair);
    if (density->x_cut > axes->x.from && density->x_cut < axes->x.to) {
        const double x = cr_axes_x(axes, density->x_cut);
        cr_canvas_hairline(canvas, x, area.y, x, cr_rect_bottom(area), canvas->theme->ink);
    }
    if (density->y_cut > axes->y.from && density->y_cut < axes->y.to) {
        const double y = cr_axes_y(axes, density->y_cut);
        cr_canvas_hairline(canvas, area.x, y, cr_rect_right(area), y, canvas->theme->ink);
    }
    cairo_set_dash(canvas->cairo, NULL, 0, 0.0);
}

/* The names stand in the corners, where people are fewest. */
static void draw_names(const struct cr_chart_density *density, const struct cr_canvas *canvas,
    const struct cr_axes *axes, const struct cr_density_grid *grid) {
    const double inset = 0.75 * canvas->unit;
    const struct cr_rect inner = cr_rect_without(axes->area, inset, inset * 0.7, inset, inset * 0.7);
    for (int q = 0; q < 4; q++) {
        if (!density->names[q])
            continue;
        const bool right = q % 2 == 1, upper = q >= 2;
        struct cr_lettering lettering = {.size = 1.0,
            .bold = true,
            .colour = canvas->theme->ink,
            .across = right,
            .down = upper ? 0.0 : 1.0,
            .width = axes->area.width / 2.0 - 2.0 * inset,
            .plate = true};
        char share[CR_TICK_TEXT], text[128];
        const char *shown = density->names[q];
        if (!isnan(grid->share[q])) {
            (void)cr_text_format(text, sizeof text, "%s %s", density->names[q],
                cr_ticks_write(grid->share[q], 0, CR_NUMBER_PERCENT, share, sizeof share));
            if (cr_canvas_shrink(canvas, text, &lettering, 0.9))
                shown = text;
        }
        if (shown != text && !cr_canvas_shrink(canvas, shown, &lettering, 0.8))
            continue;
        cr_canvas_write(
            canvas, shown, &lettering, right ? cr_rect_right(inner) : inner.x, upper ? inner.y : cr_rect_bottom(inner));
    }
}

/* The few people outside the largest region are shown one by one. */
static void draw_outsiders(const struct cr_chart_density *density, const struct cr_canvas *canvas,
    const struct cr_axes *axes, const struct cr_density_grid *grid, double level) {
    const double last = CR_DENSITY_NODES - 1;
    if (!density->xs || density->count > FEW)
        return;
    cr_canvas_set_colour(canvas, cr_colour_with_alpha(region_colour(canvas->theme, REGIONS - 2), 0.8));
    for (size_t i = 0; i < density->count; i++) {
        const double u = (density->xs[i] - axes->x.from) / (axes->x.to - axes->x.from);
        const double v = (density->ys[i] - axes->y.from) / (axes->y.to - axes->y.from);
        if (!(u >= 0.0 && u <= 1.0 && v >= 0.0 && v <= 1.0))
            continue;
        const size_t node = (size_t)round(v * last) * CR_DENSITY_NODES + (size_t)round(u * last);
        if (grid->values[node] >= level)
            continue;
        cairo_arc(canvas->cairo, cr_axes_x(axes, density->xs[i]), cr_axes_y(axes, density->ys[i]), 0.11 * canvas->unit,
            0.0, 6.283185307179586);
        cairo_fill(canvas->cairo);
    }
}

static int draw_regions(const struct cr_chart_density *density, const struct cr_canvas *canvas,
    const struct cr_axes *axes, const struct cr_density_grid *grid, struct cr_error *error) {
    const struct cr_grid nodes = {grid->values, CR_DENSITY_NODES, CR_DENSITY_NODES, axes->area};
    for (int k = 0; k < REGIONS; k++) {
        double level = 0.0;
        const int code = cr_density_grid_level(grid, shares[k], &level, error);
        if (code)
            return code;
        if (k == 0)
            draw_outsiders(density, canvas, axes, grid, level);
        cairo_new_path(canvas->cairo);
        cr_contour_fill(canvas->cairo, &nodes, level);
        cr_canvas_set_colour(canvas, region_colour(canvas->theme, k));
        cairo_fill(canvas->cairo);
    }
    return 0;
}

static int draw(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error) {
    struct cr_chart_density closed = *density_of(chart);
    struct cr_density_grid grid;
    closed.x = axes->x;
    closed.y = axes->y;
    int code = cr_density_grid_init(&grid, &closed, error);
    if (!code && grid.total <= 0.0)
        cr_kind_say_no_data(chart, canvas, axes->area);
    else if (!code)
        code = draw_regions(&closed, canvas, axes, &grid, error);
    if (!code) {
        draw_cuts(&closed, canvas, axes);
        draw_names(&closed, canvas, axes, &grid);
    }
    cr_density_grid_free(&grid);
    return code;
}

static double height(const struct cr_chart *chart, double unit, double width) {
    (void)chart;
    return cr_min(width, 46.0 * unit);
}

const struct cr_kind cr_kind_density = {
    .noun = "Density",
    .check = check,
    .axes = close_axes,
    .name = name,
    .draw = draw,
    .height = height,
};
