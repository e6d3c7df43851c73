#include "report/ends.h"

#include <math.h>

#include "base/numeric.h"

static struct cr_lettering names(void) {
    return (struct cr_lettering){.size = 0.95, .down = 0.5};
}

static double row_height(const struct cr_canvas *canvas) {
    return 1.2 * canvas->unit;
}

double cr_ends_width(const struct cr_canvas *canvas, const struct cr_end *ends, size_t count,
    const struct cr_chart_axis *x, struct cr_rect outer) {
    const struct cr_lettering lettering = names();
    double width = 0.0;
    if (count > CR_LEGEND_MOST || outer.width < 28.0 * canvas->unit ||
        (double)count * row_height(canvas) > 0.6 * outer.height)
        return 0.0;
    for (size_t i = 0; i < count; i++) {
        if (!ends[i].name)
            continue;
        const double near = x->logarithmic ? x->to * pow(x->from / x->to, 0.06) : x->to - 0.06 * (x->to - x->from);
        if (!(ends[i].x >= near && ends[i].x <= x->to))
            return 0.0;
        width = cr_max(width, cr_canvas_measure(canvas, ends[i].name, &lettering).width);
    }
    width += 1.4 * canvas->unit;
    return width <= outer.width / 3.0 ? width : 0.0;
}

struct cr_rect cr_ends_draw(
    const struct cr_canvas *canvas, const struct cr_end *ends, size_t count, const struct cr_axes *axes) {
    const double unit = canvas->unit, edge = cr_rect_right(axes->area);
    const double half = row_height(canvas) / 2.0;
    double places[CR_LEGEND_MOST];
    size_t named[CR_LEGEND_MOST], total = 0;
    for (size_t i = 0; i < count && total < CR_LEGEND_MOST; i++)
        if (ends[i].name && !isnan(ends[i].y)) {
            named[total] = i;
            places[total++] = cr_axes_y(axes, ends[i].y);
        }
    cr_legend_spread(places, total, row_height(canvas), axes->area.y, cr_rect_bottom(axes->area));
    struct cr_lettering lettering = names();
    struct cr_rect taken = {edge + 1.2 * unit, INFINITY, 0.0, 0.0};
    double bottom = -INFINITY;
    for (size_t k = 0; k < total; k++) {
        const struct cr_end *end = &ends[named[k]];
        const double y = cr_clamp(cr_axes_y(axes, end->y), axes->area.y, cr_rect_bottom(axes->area));
        const double x = cr_axes_x(axes, end->x);
        cr_canvas_set_colour(canvas, cr_colour_with_alpha(end->colour, 0.7));
        cairo_set_line_width(canvas->cairo, canvas->hair);
        cairo_move_to(canvas->cairo, x + 0.15 * unit, y);
        cairo_line_to(canvas->cairo, edge + 0.35 * unit, y);
        cairo_line_to(canvas->cairo, edge + 0.85 * unit, places[k]);
        cairo_line_to(canvas->cairo, edge + 1.05 * unit, places[k]);
        cairo_stroke(canvas->cairo);
        lettering.colour = cr_colour_readable(end->colour, canvas->theme->background, 4.5);
        cr_canvas_write(canvas, end->name, &lettering, taken.x, places[k]);
        taken.width = cr_max(taken.width, cr_canvas_measure(canvas, end->name, &lettering).width);
        taken.y = cr_min(taken.y, places[k] - half);
        bottom = cr_max(bottom, places[k] + half);
    }
    if (total == 0)
        return (struct cr_rect){0};
    taken.height = bottom - taken.y;
    return taken;
}

struct cr_end cr_ends_last(const char *name, struct cr_colour colour, const struct cr_chart_axis *x_axis,
    const struct cr_chart_axis *y_axis, const double *x, const double *y, size_t count) {
    for (size_t i = count; i > 0; i--) {
        const double at = x ? x[i - 1] : (double)(i - 1);
        if (cr_chart_axis_takes(x_axis, at) && cr_chart_axis_takes(y_axis, y[i - 1]))
            return (struct cr_end){name, colour, at, y[i - 1]};
    }
    return (struct cr_end){name, colour, CR_MISSING, CR_MISSING};
}
