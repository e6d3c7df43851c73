#include <math.h>

#include "base/numeric.h"
#include "report/ends.h"
#include "report/kind.h"
#include "report/trace.h"

static const struct cr_chart_lines *lines_of(const struct cr_chart *chart) {
    return &chart->of.lines;
}

static int check(const struct cr_chart *chart, struct cr_error *error) {
    const struct cr_chart_lines *lines = lines_of(chart);
    if (lines->line_count > 0 && !lines->lines)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a line chart was told of %zu lines, but not which", lines->line_count);
    for (size_t i = 0; i < lines->line_count; i++) {
        const struct cr_line *line = &lines->lines[i];
        const char *name = line->name ? line->name : "without a name";
        if (line->count > 0 && !line->y)
            return cr_error_set(error, CR_ERROR_USAGE, "line %zu (%.64s) of a chart has no values", i + 1, name);
        if (!line->low != !line->high)
            return cr_error_set(
                error, CR_ERROR_USAGE, "the band of line %zu (%.64s) of a chart has only one side", i + 1, name);
    }
    const int code = cr_kind_check_axis(&lines->x, "x", error);
    return code ? code : cr_kind_check_axis(&lines->y, "y", error);
}

static void add_numbers(struct cr_range *range, const struct cr_chart_axis *axis, size_t count) {
    const double ends[] = {0.0, (double)count - 1.0};
    cr_range_add(range, axis, ends, count > 0 ? 2 : 0);
}

static bool close_axes(const struct cr_chart *chart, struct cr_axes *axes) {
    const struct cr_chart_lines *lines = lines_of(chart);
    struct cr_range x = {0}, y = {0};
    *axes = cr_kind_axes(&lines->x, &lines->y);
    for (size_t i = 0; i < lines->line_count; i++) {
        const struct cr_line *line = &lines->lines[i];
        cr_range_add(&y, &lines->y, line->y, line->count);
        cr_range_add(&y, &lines->y, line->low, line->count);
        cr_range_add(&y, &lines->y, line->high, line->count);
        if (line->x)
            cr_range_add(&x, &lines->x, line->x, line->count);
        else
            add_numbers(&x, &lines->x, line->count);
    }
    const bool has_x = cr_chart_axis_close(&axes->asked_x, x), has_y = cr_chart_axis_close(&axes->asked_y, y);
    return has_x && has_y && x.any && y.any;
}

static void name(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_legend *legend) {
    const struct cr_chart_lines *lines = lines_of(chart);
    for (size_t i = 0; i < lines->line_count; i++)
        cr_legend_add(legend, lines->lines[i].name, cr_theme_mark(theme, lines->lines[i].meaning, i),
            lines->lines[i].points ? CR_SWATCH_POINT : CR_SWATCH_LINE);
}

/* The ends of at most CR_LEGEND_MOST lines. */
static size_t find_ends(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_end *ends) {
    const struct cr_chart_lines *lines = lines_of(chart);
    size_t count = 0;
    for (; count < lines->line_count && count < CR_LEGEND_MOST; count++) {
        const struct cr_line *line = &lines->lines[count];
        const struct cr_mark mark = cr_theme_mark(canvas->theme, line->meaning, count);
        ends[count] = cr_ends_last(line->name, mark.colour, &lines->x, &lines->y, line->x, line->y, line->count);
    }
    return count;
}

static double beside(const struct cr_chart *chart, const struct cr_canvas *canvas, struct cr_rect outer) {
    struct cr_end ends[CR_LEGEND_MOST];
    struct cr_axes axes;
    if (!close_axes(chart, &axes) || lines_of(chart)->line_count > CR_LEGEND_MOST)
        return 0.0;
    return cr_ends_width(canvas, ends, find_ends(chart, canvas, ends), &axes.asked_x, outer);
}

static struct cr_rect draw_beside(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes) {
    struct cr_end ends[CR_LEGEND_MOST];
    return cr_ends_draw(canvas, ends, find_ends(chart, canvas, ends), axes);
}

static void draw_points(const struct cr_canvas *canvas, const struct cr_axes *axes, const struct cr_line *line,
    const struct cr_mark *mark) {
    const double size = 0.55 * canvas->unit;
    if ((double)line->count * 1.4 * size > axes->area.width)
        return;
    for (size_t i = 0; i < line->count; i++) {
        const double x = line->x ? line->x[i] : (double)i;
        if (cr_chart_axis_takes(&axes->x, x) && cr_chart_axis_takes(&axes->y, line->y[i]))
            cr_canvas_marker(canvas, cr_axes_x(axes, x), cr_axes_y(axes, line->y[i]), size, mark, false);
    }
}

static int draw(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_error *error) {
    (void)error;
    const struct cr_chart_lines *lines = lines_of(chart);
    for (size_t i = 0; i < lines->line_count; i++) {
        const struct cr_line *line = &lines->lines[i];
        const struct cr_points low = {line->x, line->low, line->count, false};
        if (line->low)
            cr_trace_band(canvas, axes, &low, line->high,
                cr_colour_with_alpha(cr_theme_mark(canvas->theme, line->meaning, i).colour, 0.2));
    }
    for (size_t i = 0; i < lines->line_count; i++) {
        const struct cr_line *line = &lines->lines[i];
        const struct cr_mark mark = cr_theme_mark(canvas->theme, line->meaning, i);
        const struct cr_points points = {line->x, line->y, line->count, false};
        cr_trace_line(canvas, axes, &points, &mark, cr_kind_line_width(canvas));
        if (line->points)
            draw_points(canvas, axes, line, &mark);
    }
    return 0;
}

static size_t tracks(const struct cr_chart *chart, const struct cr_theme *theme, struct cr_track *tracks, size_t most) {
    const struct cr_chart_lines *lines = lines_of(chart);
    size_t count = 0;
    for (; count < lines->line_count && count < most; count++) {
        const struct cr_line *line = &lines->lines[count];
        tracks[count] = (struct cr_track){.name = line->name,
            .mark = cr_theme_mark(theme, line->meaning, count),
            .swatch = line->points ? CR_SWATCH_POINT : CR_SWATCH_LINE,
            .x = line->x,
            .y = line->y,
            .low = line->low,
            .high = line->high,
            .count = line->count};
    }
    return count;
}

const struct cr_kind cr_kind_lines = {
    .noun = "Line chart",
    .check = check,
    .axes = close_axes,
    .name = name,
    .beside = beside,
    .draw_beside = draw_beside,
    .tracks = tracks,
    .draw = draw,
};
