#include "report/trace.h"

#include <math.h>

#include "base/numeric.h"

/* What has fallen on the present column. */
struct column {
    cairo_t *cairo;
    double at, first_x, last_x;
    double first, low, high, last; /* places, so that low stands higher up */
    bool any, low_came_last;
    bool begun;    /* the path has a current point */
    double length; /* of the path so far, in pixels */
    double pen_x, pen_y;
    double thickness; /* of the line, if columns are filled as upright bars rather than traced; otherwise 0 */
};

static void go(struct column *column, double x, double y) {
    if (column->begun) {
        column->length += fabs(x - column->pen_x) + fabs(y - column->pen_y);
        cairo_line_to(column->cairo, x, y);
    } else {
        cairo_move_to(column->cairo, x, y);
    }
    column->begun = true;
    column->pen_x = x;
    column->pen_y = y;
}

/* A bar as high as what fell on the column, and on to where the line came from. */
static void fill_bar(struct column *column) {
    const double low = column->begun ? cr_min(column->low, column->pen_y) : column->low;
    const double high = column->begun ? cr_max(column->high, column->pen_y) : column->high;
    cairo_rectangle(column->cairo, column->at, low - column->thickness / 2.0, 1.0, high - low + column->thickness);
    column->begun = true;
    column->pen_y = column->last;
}

static void flush(struct column *column) {
    if (!column->any)
        return;
    column->any = false;
    if (column->thickness > 0.0) {
        fill_bar(column);
        return;
    }
    go(column, column->first_x, column->first);
    const double earlier = column->low_came_last ? column->high : column->low;
    const double later = column->low_came_last ? column->low : column->high;
    if (earlier != column->first)
        go(column, column->first_x, earlier);
    if (later != column->pen_y)
        go(column, column->last_x, later);
    if (column->last != column->pen_y || column->last_x != column->pen_x)
        go(column, column->last_x, column->last);
}

static void add(struct column *column, double x, double y) {
    const double at = column->thickness > 0.0 ? floor(x) : floor(2.0 * x); /* whole pixels, or halves */
    if (column->any && at == column->at) {
        if (y < column->low) {
            column->low = y;
            column->low_came_last = true;
        }
        if (y > column->high) {
            column->high = y;
            column->low_came_last = false;
        }
        column->last = y;
        column->last_x = x;
        return;
    }
    flush(column);
    column->any = true;
    column->at = at;
    column->first_x = column->last_x = x;
    column->first = column->low = column->high = column->last = y;
}

static double x_of(const struct cr_points *points, size_t i) {
    return points->x ? points->x[i] : (double)i;
}

static bool stands(const struct cr_axes *axes, const struct cr_points *points, const double *ys, size_t i) {
    return cr_chart_axis_takes(&axes->x, x_of(points, i)) && cr_chart_axis_takes(&axes->y, ys[i]);
}

/* Adds points `from` to `to` of a line whose heights are `ys`, forwards or backwards. */
static void add_run(struct column *column, const struct cr_axes *axes, const struct cr_points *points, const double *ys,
    size_t from, size_t to, bool backwards) {
    for (size_t k = 0; k < to - from; k++) {
        const size_t i = backwards ? to - 1 - k : from + k;
        const double x = cr_axes_x(axes, x_of(points, i)), y = cr_axes_y(axes, ys[i]);
        if (points->steps && k > 0) {
            const size_t before = backwards ? i + 1 : i - 1;
            if (backwards)
                add(column, cr_axes_x(axes, x_of(points, before)), y);
            else
                add(column, x, cr_axes_y(axes, ys[before]));
        }
        add(column, x, y);
    }
    flush(column);
}

static void add_line(struct column *column, const struct cr_axes *axes, const struct cr_points *points) {
    cairo_new_path(column->cairo);
    for (size_t i = 0; i < points->count;) {
        if (!stands(axes, points, points->y, i)) {
            i++;
            continue;
        }
        size_t end = i + 1;
        while (end < points->count && stands(axes, points, points->y, end))
            end++;
        add_run(column, axes, points, points->y, i, end, false);
        if (end == i + 1 && column->thickness <= 0.0) /* round ends make a dot of it */
            go(column, column->pen_x, column->pen_y);
        column->begun = false;
        i = end;
    }
}

void cr_trace_line(const struct cr_canvas *canvas, const struct cr_axes *axes, const struct cr_points *points,
    const struct cr_mark *mark, double width) {
    cairo_t *cairo = canvas->cairo;
    struct column column = {.cairo = cairo};
    cr_canvas_set_colour(canvas, mark->colour);
    add_line(&column, axes, points);
    if (column.length > 12.0 * (axes->area.width + axes->area.height)) {
        /* so dense that strokes would only cover each other, and slowly */
        column = (struct column){.cairo = cairo, .thickness = cr_max(0.5 * width, canvas->hair)};
        add_line(&column, axes, points);
        cairo_fill(cairo);
        return;
    }
    cairo_set_line_width(cairo, width);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, mark->dash_count ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    cr_canvas_set_dashes(canvas, mark, width);
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0.0);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
}

void cr_trace_band(const struct cr_canvas *canvas, const struct cr_axes *axes, const struct cr_points *low,
    const double *high, struct cr_colour colour) {
    cairo_t *cairo = canvas->cairo;
    cr_canvas_set_colour(canvas, colour);
    for (size_t i = 0; i < low->count;) {
        if (!stands(axes, low, low->y, i) || !stands(axes, low, high, i)) {
            i++;
            continue;
        }
        size_t end = i + 1;
        while (end < low->count && stands(axes, low, low->y, end) && stands(axes, low, high, end))
            end++;
        struct column column = {.cairo = cairo};
        cairo_new_path(cairo);
        add_run(&column, axes, low, high, i, end, false);
        add_run(&column, axes, low, low->y, i, end, true);
        cairo_close_path(cairo);
        cairo_fill(cairo);
        i = end;
    }
}
