#include <math.h>

#include "base/numeric.h"
#include "report/kind.h"

static const struct cr_chart_hazard *hazard_of(const struct cr_chart *chart) {
    return &chart->of.hazard;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_hazard *hazard = hazard_of(chart);
    if (hazard->line_count > 0 && !hazard->lines)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a hazard chart was told of %zu groups, but not which", hazard->line_count);
    for (size_t i = 0; i < hazard->line_count; i++) {
        const struct cr_hazard_line *line = &hazard->lines[i];
        const char *name = line->name ? line->name : "without a name";
        if (line->count > 0 && (!line->from || !line->to || !line->rate))
            return cr_error_set(error, CR_ERROR_USAGE, "hazard %zu (%.64s) has no intervals or rates", i + 1, name);
        if (!line->low != !line->high)
            return cr_error_set(
                error, CR_ERROR_USAGE, "the intervals of hazard %zu (%.64s) have only one side", i + 1, name);
    }
    const int code = cr_kind_check_axis(&hazard->x, "x", error);
    return code ? code : cr_kind_check_axis(&hazard->y, "y", error);
}

static bool close_axes(const struct cr_chart *chart, struct cr_axes *axes) {
    const struct cr_chart_hazard *hazard = hazard_of(chart);
    struct cr_range x = {0}, y = {0};
    *axes = cr_kind_axes(&hazard->x, &hazard->y);
    for (size_t i = 0; i < hazard->line_count; i++) {
        const struct cr_hazard_line *line = &hazard->lines[i];
        cr_range_add(&x, &hazard->x, line->from, line->count);
        cr_range_add(&x, &hazard->x, line->to, line->count);
        cr_range_add(&y, &hazard->y, line->rate, line->count);
        cr_range_add(&y, &hazard->y, line->low, line->count);
        cr_range_add(&y, &hazard->y, line->high, line->count);
    }
    axes->asked_x.with_zero = axes->asked_y.with_zero = true;
    if (!(axes->asked_y.least < axes->asked_y.most))
        axes->asked_y.most = INFINITY;
    const bool has_x = cr_chart_axis_close(&axes->asked_x, x), has_y = cr_chart_axis_close(&axes->asked_y, y);
    return has_x && has_y && x.any && y.any;
}

/* Its lines are too short for dashes; the markers tell them apart. */
static struct cr_mark mark_of(const struct cr_chart_hazard *hazard, const struct cr_theme *theme, size_t i) {
    struct cr_mark mark = cr_theme_mark(theme, hazard->lines[i].meaning, i);
    mark.dash_count = 0;
    return mark;
}

static void name(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend) {
    const struct cr_chart_hazard *hazard = hazard_of(chart);
    for (size_t i = 0; i < hazard->line_count; i++)
        cr_legend_add(legend, hazard->lines[i].name, mark_of(hazard, theme, i), CR_SWATCH_POINT);
}

/* One interval: a level line as long as it, and a point with a whisker, which stand beside those of other groups. */
static void draw_interval(const struct cr_canvas *canvas, const struct cr_axes *axes, const struct cr_hazard_line *line,
    size_t k, const struct cr_mark *mark, double aside) {
    cairo_t *cairo = canvas->cairo;
    if (!cr_chart_axis_takes(&axes->y, line->rate[k]) || !cr_chart_axis_takes(&axes->x, line->to[k]))
        return;
    const double from = axes->x.logarithmic ? cr_max(line->from[k], axes->x.from) : line->from[k];
    const double left = cr_axes_x(axes, from), right = cr_axes_x(axes, line->to[k]);
    const double y = cr_axes_y(axes, line->rate[k]);
    if (isnan(left) || isnan(right))
        return;
    const double gap = cr_min(0.12 * canvas->unit, 0.2 * (right - left)); /* intervals that touch stay apart */
    const double x = (left + right) / 2.0 + aside * cr_min(0.9 * canvas->unit, 0.8 * (right - left));
    cr_canvas_set_colour(canvas, cr_colour_with_alpha(mark->colour, 0.75));
    cairo_set_line_width(cairo, 0.8 * cr_kind_line_width(canvas));
    cairo_move_to(cairo, left + gap, y);
    cairo_line_to(cairo, right - gap, y);
    cairo_stroke(cairo);
    if (line->low && cr_chart_axis_takes(&axes->y, line->high[k]) && !isnan(line->low[k])) {
        const double foot = cr_chart_axis_takes(&axes->y, line->low[k]) ? line->low[k] : axes->y.from;
        cr_canvas_set_colour(canvas, mark->colour);
        cairo_set_line_width(cairo, 0.12 * canvas->unit);
        cairo_move_to(cairo, x, cr_axes_y(axes, foot));
        cairo_line_to(cairo, x, cr_axes_y(axes, line->high[k]));
        cairo_stroke(cairo);
    }
    cr_canvas_marker(canvas, x, y, 0.62 * canvas->unit, mark, false);
}

static int draw(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error) {
    (void)error;
    const struct cr_chart_hazard *hazard = hazard_of(chart);
    for (size_t i = 0; i < hazard->line_count; i++) {
        const struct cr_mark mark = mark_of(hazard, canvas->theme, i);
        const double aside = hazard->line_count > 1 ? (double)i / (double)(hazard->line_count - 1) - 0.5 : 0.0;
        for (size_t k = 0; k < hazard->lines[i].count; k++)
            draw_interval(canvas, axes, &hazard->lines[i], k, &mark, aside);
    }
    return 0;
}

static size_t tracks(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_track *tracks, size_t most) {
    const struct cr_chart_hazard *hazard = hazard_of(chart);
    size_t count = 0;
    for (; count < hazard->line_count && count < most; count++) {
        const struct cr_hazard_line *line = &hazard->lines[count];
        tracks[count] = (struct cr_track){.name = line->name,
            .mark = mark_of(hazard, theme, count),
            .swatch = CR_SWATCH_POINT,
            .x = line->from,
            .x_to = line->to,
            .y = line->rate,
            .low = line->low,
            .high = line->high,
            .count = line->count};
    }
    return count;
}

const struct cr_kind cr_kind_hazard = {
    .noun = "Hazard by duration",
    .check = check,
    .axes = close_axes,
    .name = name,
    .tracks = tracks,
    .draw = draw,
};
