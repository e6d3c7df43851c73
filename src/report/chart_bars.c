#include <math.h>

#include "base/numeric.h"
#include "report/kind.h"

static const struct cr_chart_bars *bars_of(const struct cr_chart *chart) {
    return &chart->of.bars;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_bars *bars = bars_of(chart);
    if (bars->x.category_count > 0 && !bars->x.categories && !bars->x.values)
        return cr_error_set(error, CR_ERROR_USAGE, "the bars of a chart have no names");
    if (bars->series_count > 0 && !bars->series)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a bar chart was told of %zu series, but not which", bars->series_count);
    for (size_t i = 0; i < bars->series_count; i++) {
        const struct cr_bar_series *series = &bars->series[i];
        const char *name = series->name ? series->name : "without a name";
        if (!series->values)
            return cr_error_set(error, CR_ERROR_USAGE, "bars %zu (%.64s) have no values", i + 1, name);
        if (!series->low != !series->high)
            return cr_error_set(
                error, CR_ERROR_USAGE, "the intervals of bars %zu (%.64s) have only one side", i + 1, name);
    }
    if (bars->y.logarithmic || bars->y.category_count > 0)
        return cr_error_set(error, CR_ERROR_USAGE, "bars grow from 0, so their axis must be linear");
    return cr_kind_check_axis(&bars->y, "y", error);
}

static bool close_axes(const struct cr_chart *chart, struct cr_axes *axes) {
    const struct cr_chart_bars *bars = bars_of(chart);
    struct cr_range y = {0};
    *axes = cr_kind_axes(&bars->x, &bars->y);
    for (size_t i = 0; i < bars->series_count; i++) {
        cr_range_add(&y, &bars->y, bars->series[i].values, bars->x.category_count);
        cr_range_add(&y, &bars->y, bars->series[i].low, bars->x.category_count);
        cr_range_add(&y, &bars->y, bars->series[i].high, bars->x.category_count);
    }
    axes->asked_y.with_zero = true;
    const bool has_y = cr_chart_axis_close(&axes->asked_y, y);
    (void)cr_chart_axis_close(&axes->asked_x, (struct cr_range){0});
    return has_y && y.any;
}

static void name(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend) {
    const struct cr_chart_bars *bars = bars_of(chart);
    for (size_t i = 0; i < bars->series_count; i++)
        cr_legend_add(legend, bars->series[i].name, cr_theme_mark(theme, bars->series[i].meaning, i), CR_SWATCH_BOX);
}

static void draw_whisker(
    const struct cr_canvas *canvas, const struct cr_axes *axes, double x, double width, double low, double high) {
    cairo_t *cairo = canvas->cairo;
    if (!cr_chart_axis_takes(&axes->y, low) || !cr_chart_axis_takes(&axes->y, high))
        return;
    const double top = cr_axes_y(axes, high), bottom = cr_axes_y(axes, low);
    const double cap = cr_min(0.22 * canvas->unit, 0.3 * width);
    const double widths[] = {0.3 * canvas->unit, 0.11 * canvas->unit};
    const struct cr_colour colours[] = {cr_colour_with_alpha(canvas->theme->background, 0.7), canvas->theme->ink};
    for (int pass = 0; pass < 2; pass++) {
        cr_canvas_set_colour(canvas, colours[pass]);
        cairo_set_line_width(cairo, cr_min(widths[pass], 0.5 * width));
        cairo_move_to(cairo, x - cap, top);
        cairo_line_to(cairo, x + cap, top);
        cairo_move_to(cairo, x, top);
        cairo_line_to(cairo, x, bottom);
        cairo_move_to(cairo, x - cap, bottom);
        cairo_line_to(cairo, x + cap, bottom);
        cairo_stroke(cairo);
    }
}

static int draw(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error) {
    (void)error;
    const struct cr_chart_bars *bars = bars_of(chart);
    const double slot = axes->area.width / (double)bars->x.category_count;
    /* few bars need not be as broad as barn doors */
    const double bar = cr_min(0.76 * slot / (double)bars->series_count, 5.0 * canvas->unit);
    const double gap = bar > 4.0 ? cr_min(0.08 * bar, canvas->hair) : 0.0;
    const double zero = cr_axes_y(axes, cr_clamp(0.0, axes->y.from, axes->y.to));
    for (size_t c = 0; c < bars->x.category_count; c++)
        for (size_t i = 0; i < bars->series_count; i++) {
            const struct cr_bar_series *series = &bars->series[i];
            const double left = cr_axes_x(axes, (double)c) + ((double)i - 0.5 * (double)bars->series_count) * bar;
            if (!cr_chart_axis_takes(&axes->y, series->values[c]))
                continue;
            const double y = cr_clamp(cr_axes_y(axes, series->values[c]), axes->area.y, cr_rect_bottom(axes->area));
            const struct cr_rect rect = {left + gap, cr_min(y, zero), bar - 2.0 * gap, fabs(zero - y)};
            const enum cr_meaning meaning = series->meanings ? series->meanings[c] : series->meaning;
            cr_canvas_fill(canvas, rect, cr_theme_mark(canvas->theme, meaning, i).colour);
            if (series->low)
                draw_whisker(canvas, axes, left + bar / 2.0, bar, series->low[c], series->high[c]);
        }
    return 0;
}

static size_t tracks(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_track *tracks, size_t most) {
    const struct cr_chart_bars *bars = bars_of(chart);
    size_t count = 0;
    for (; count < bars->series_count && count < most; count++) {
        const struct cr_bar_series *series = &bars->series[count];
        tracks[count] = (struct cr_track){.name = series->name,
            .mark = cr_theme_mark(theme, series->meaning, count),
            .swatch = CR_SWATCH_BOX,
            .meanings = series->meanings,
            .y = series->values,
            .low = series->low,
            .high = series->high,
            .count = bars->x.category_count};
    }
    return count;
}

const struct cr_kind cr_kind_bars = {
    .noun = "Bar chart",
    .check = check,
    .axes = close_axes,
    .name = name,
    .tracks = tracks,
    .draw = draw,
};
