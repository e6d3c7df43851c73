#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"
#include "report/ends.h"
#include "report/kind.h"
#include "report/trace.h"

static const struct cr_chart_survival *survival_of(const struct cr_chart *chart) {
    return &chart->of.survival;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_survival *survival = survival_of(chart);
    if (survival->line_count > 0 && !survival->lines)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a survival chart was told of %zu curves, but not which", survival->line_count);
    for (size_t i = 0; i < survival->line_count; i++) {
        const struct cr_survival_line *line = &survival->lines[i];
        const char *name = line->name ? line->name : "without a name";
        if (line->count > 0 && (!line->time || !line->survival))
            return cr_error_set(error, CR_ERROR_USAGE, "survival curve %zu (%.64s) has no values", i + 1, name);
        if (!line->low != !line->high)
            return cr_error_set(
                error, CR_ERROR_USAGE, "the band of survival curve %zu (%.64s) has only one side", i + 1, name);
        if (line->censored_count > 0 && !line->censored)
            return cr_error_set(
                error, CR_ERROR_USAGE, "survival curve %zu (%.64s) lacks its censored times", i + 1, name);
    }
    if (survival->x.logarithmic || survival->x.category_count > 0)
        return cr_error_set(error, CR_ERROR_USAGE, "the x axis of a survival chart must be linear");
    const int code = cr_kind_check_axis(&survival->x, "x", error);
    return code ? code : cr_kind_check_axis(&survival->y, "y", error);
}

static bool close_axes(const struct cr_chart *chart, struct cr_axes *axes) {
    const struct cr_chart_survival *survival = survival_of(chart);
    struct cr_range x = {0}, y = {0};
    *axes = cr_kind_axes(&survival->x, &survival->y);
    for (size_t i = 0; i < survival->line_count; i++) {
        cr_range_add(&x, &survival->x, survival->lines[i].time, survival->lines[i].count);
        cr_range_add(&y, &survival->y, survival->lines[i].survival, survival->lines[i].count);
    }
    axes->asked_x.with_zero = true;
    axes->y_loose = false;
    if (!(axes->asked_y.from < axes->asked_y.to)) {
        axes->asked_y.from = axes->asked_y.logarithmic && y.any ? cr_max(1e-3, 0.8 * y.low) : 0.0;
        axes->asked_y.to = 1.0;
    }
    return cr_chart_axis_close(&axes->asked_x, x) && x.any && y.any;
}

static void name(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend) {
    const struct cr_chart_survival *survival = survival_of(chart);
    for (size_t i = 0; i < survival->line_count; i++)
        cr_legend_add(
            legend, survival->lines[i].name, cr_theme_mark(theme, survival->lines[i].meaning, i), CR_SWATCH_LINE);
}

static size_t find_ends(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_end *ends) {
    const struct cr_chart_survival *survival = survival_of(chart);
    size_t count = 0;
    for (; count < survival->line_count && count < CR_LEGEND_MOST; count++) {
        const struct cr_survival_line *line = &survival->lines[count];
        const struct cr_mark mark = cr_theme_mark(canvas->theme, line->meaning, count);
        ends[count] =
            cr_ends_last(line->name, mark.colour, &survival->x, &survival->y, line->time, line->survival, line->count);
    }
    return count;
}

static double beside(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect outer) {
    struct cr_end ends[CR_LEGEND_MOST];
    struct cr_axes axes;
    if (!close_axes(chart, &axes) || survival_of(chart)->line_count > CR_LEGEND_MOST)
        return 0.0;
    return cr_ends_width(canvas, ends, find_ends(chart, canvas, ends), &axes.asked_x, outer);
}

static struct cr_rect draw_beside(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes) {
    struct cr_end ends[CR_LEGEND_MOST];
    return cr_ends_draw(canvas, ends, find_ends(chart, canvas, ends), axes);
}

static struct cr_lettering table_letters(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 0.88, .colour = canvas->theme->soft_ink, .down = 0.5};
}

static double table_row(const struct cr_canvas *canvas) {
    return 1.3 * canvas->unit;
}

static size_t table_rows(const struct cr_chart_survival *survival) {
    size_t rows = 0;
    for (size_t i = 0; i < survival->line_count; i++)
        rows += survival->lines[i].at_risk != NULL;
    return rows;
}

static void ask_below(
    const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect outer, struct cr_axes *axes) {
    const struct cr_chart_survival *survival = survival_of(chart);
    const struct cr_lettering lettering = table_letters(canvas);
    const size_t rows = table_rows(survival);
    const double height = ((double)rows + 1.1) * table_row(canvas);
    double width = cr_canvas_measure(canvas, "At risk", &lettering).width;
    for (size_t i = 0; i < survival->line_count; i++)
        if (survival->lines[i].at_risk)
            width = cr_max(width, cr_canvas_measure(canvas, survival->lines[i].name, &lettering).width);
    if (rows == 0 || height > 0.3 * outer.height)
        return;
    axes->below = height;
    /* the numbers at time 0 stand in the middle of the left edge */
    axes->least_left = cr_min(width + 2.0 * canvas->unit, 0.3 * outer.width);
}

/* How many are at risk at a time: those of the first step that is not before it. */
static int64_t at_risk(const struct cr_survival_line *line, double time) {
    size_t low = 0, high = line->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (line->time[middle] < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low < line->count ? line->at_risk[low] : 0;
}

static void draw_below(const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes) {
    const struct cr_chart_survival *survival = survival_of(chart);
    if (axes->below <= 0.0)
        return;
    struct cr_lettering lettering = table_letters(canvas);
    const double left = axes->area.x - axes->left;
    double y = cr_rect_bottom(axes->area) + axes->bottom - axes->below + 0.7 * table_row(canvas);
    cr_canvas_write(canvas, "At risk", &lettering, left, y);
    for (size_t i = 0; i < survival->line_count; i++) {
        const struct cr_survival_line *line = &survival->lines[i];
        if (!line->at_risk)
            continue;
        y += table_row(canvas);
        lettering.across = 0.0;
        lettering.width = axes->left - 1.2 * canvas->unit;
        lettering.colour =
            cr_colour_readable(cr_theme_mark(canvas->theme, line->meaning, i).colour, canvas->theme->background, 4.5);
        cr_canvas_write(canvas, line->name, &lettering, left, y);
        lettering.across = 0.5;
        lettering.width = 0.0;
        double end = -INFINITY;
        for (size_t k = 0; k < axes->x_ticks.count; k++) {
            char text[CR_TICK_TEXT];
            (void)cr_ticks_write((double)at_risk(line, axes->x_ticks.at[k]), 0, CR_NUMBER_PLAIN, text, sizeof text);
            const double x = cr_axes_x(axes, axes->x_ticks.at[k]);
            const double half = cr_canvas_measure(canvas, text, &lettering).width / 2.0;
            if (x - half < end + 0.5 * canvas->unit)
                continue;
            cr_canvas_write(canvas, text, &lettering, x, y);
            end = x + half;
        }
    }
}

/* A copy of a curve that begins with 1 at time 0. */
struct curve {
    double *memory; /* owned: four runs of `count` numbers */
    const double *time, *survival, *low, *high;
    size_t count;
};

static bool copy(struct curve *curve, const struct cr_survival_line *line) {
    const size_t count = line->count + 1;
    curve->memory = malloc(4 * count * sizeof *curve->memory);
    if (!curve->memory)
        return false;
    const double *const from[] = {line->time, line->survival, line->low, line->high};
    for (size_t k = 0; k < 4; k++) {
        double *to = curve->memory + k * count;
        to[0] = k == 0 ? 0.0 : 1.0;
        if (from[k] && line->count > 0)
            memcpy(to + 1, from[k], line->count * sizeof *to);
    }
    curve->count = count;
    curve->time = curve->memory;
    curve->survival = curve->memory + count;
    curve->low = line->low ? curve->memory + 2 * count : NULL;
    curve->high = line->high ? curve->memory + 3 * count : NULL;
    return true;
}

static void draw_censored(const struct cr_canvas *canvas, const struct cr_axes *axes,
    const struct cr_survival_line *line, const struct cr_mark *mark) {
    const double half = 0.28 * canvas->unit;
    double last = -INFINITY;
    size_t step = 0;
    cr_canvas_set_colour(canvas, mark->colour);
    cairo_set_line_width(canvas->cairo, canvas->hair);
    for (size_t i = 0; i < line->censored_count; i++) {
        while (step < line->count && line->time[step] <= line->censored[i])
            step++;
        const double x = cr_canvas_snap(canvas, cr_axes_x(axes, line->censored[i]));
        const double y = cr_axes_y(axes, step > 0 ? line->survival[step - 1] : 1.0);
        if (isnan(x) || isnan(y) || x < last + 0.35 * canvas->unit)
            continue;
        cairo_move_to(canvas->cairo, x, y - half);
        cairo_line_to(canvas->cairo, x, y + half);
        last = x;
    }
    cairo_stroke(canvas->cairo);
}

static int draw(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error) {
    const struct cr_chart_survival *survival = survival_of(chart);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < survival->line_count; i++) {
            const struct cr_survival_line *line = &survival->lines[i];
            const struct cr_mark mark = cr_theme_mark(canvas->theme, line->meaning, i);
            struct curve curve;
            if (!copy(&curve, line))
                return cr_error_set(error, CR_ERROR_MEMORY, "no memory to draw %zu survival steps", line->count);
            const struct cr_points low = {curve.time, curve.low, curve.count, true};
            const struct cr_points points = {curve.time, curve.survival, curve.count, true};
            if (pass == 0 && curve.low)
                cr_trace_band(canvas, axes, &low, curve.high, cr_colour_with_alpha(mark.colour, 0.18));
            if (pass == 1) {
                cr_trace_line(canvas, axes, &points, &mark, cr_kind_line_width(canvas));
                draw_censored(canvas, axes, line, &mark);
            }
            free(curve.memory);
        }
    return 0;
}

static size_t tracks(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_track *tracks, size_t most) {
    const struct cr_chart_survival *survival = survival_of(chart);
    size_t count = 0;
    for (; count < survival->line_count && count < most; count++) {
        const struct cr_survival_line *line = &survival->lines[count];
        tracks[count] = (struct cr_track){.name = line->name,
            .mark = cr_theme_mark(theme, line->meaning, count),
            .swatch = CR_SWATCH_LINE,
            .x = line->time,
            .y = line->survival,
            .low = line->low,
            .high = line->high,
            .count = line->count,
            .steps = true,
            .before = 1.0};
    }
    return count;
}

const struct cr_kind cr_kind_survival = {
    .noun = "Survival curves",
    .check = check,
    .axes = close_axes,
    .name = name,
    .beside = beside,
    .draw_beside = draw_beside,
    .ask_below = ask_below,
    .draw_below = draw_below,
    .tracks = tracks,
    .draw = draw,
};
