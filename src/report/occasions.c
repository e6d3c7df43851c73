#include "report/occasions.h"

#include <math.h>

#include "base/numeric.h"

enum { ROWS = 2 };

static double row_height(const struct cr_canvas *canvas) {
    return 1.3 * canvas->unit;
}

static bool shown(const struct cr_axes *axes, double at) {
    return cr_chart_axis_takes(&axes->asked_x, at) && at >= axes->asked_x.from && at <= axes->asked_x.to;
}

/* Where a label of that width stands: over its line, but within the chart. */
static double label_left(const struct cr_axes *axes, double x, double width) {
    const double left = axes->area.x - axes->left, right = cr_rect_right(axes->area) + axes->right;
    return cr_max(left, cr_min(x - width / 2.0, right - width));
}

/* Chooses the row of each label as it comes; -1: none has room. */
struct rows {
    double taken[ROWS]; /* how far to the right each is taken */
    int used;
};

static int choose_row(struct rows *rows, double left, double width, double gap) {
    for (int row = 0; row < ROWS; row++)
        if (left >= rows->taken[row] + gap) {
            rows->taken[row] = left + width;
            rows->used = row + 1 > rows->used ? row + 1 : rows->used;
            return row;
        }
    return -1;
}

static struct cr_lettering labels(const struct cr_canvas *canvas) {
    return (struct cr_lettering){.size = 0.88, .colour = canvas->theme->ink, .down = 1.0};
}

double cr_occasions_height(
    const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes, struct cr_rect outer) {
    const struct cr_lettering lettering = labels(canvas);
    struct rows rows = {.taken = {-INFINITY, -INFINITY}};
    struct cr_axes about = *axes;
    about.area = cr_rect_without(outer, 3.0 * canvas->unit, 0.0, 0.0, 0.0);
    about.left = about.right = 0.0;
    about.x_scale = (struct cr_scale){
        axes->asked_x.from, axes->asked_x.to, about.area.x, cr_rect_right(about.area), axes->asked_x.logarithmic};
    for (size_t i = 0; i < chart->occasion_count && axes->asked_x.category_count == 0; i++) {
        const double width = cr_canvas_measure(canvas, chart->occasions[i].label, &lettering).width;
        if (width > 0.0 && shown(axes, chart->occasions[i].at))
            (void)choose_row(
                &rows, label_left(&about, cr_axes_x(&about, chart->occasions[i].at), width), width, 1.2 * canvas->unit);
    }
    return rows.used * row_height(canvas);
}

void cr_occasions_draw(const struct cr_chart *chart, const struct cr_canvas *canvas, const struct cr_axes *axes) {
    static const double dashes[] = {3.0, 3.0};
    const struct cr_mark dashed = {.dashes = dashes, .dash_count = 2};
    const struct cr_lettering lettering = labels(canvas);
    struct rows rows = {.taken = {-INFINITY, -INFINITY}};
    for (size_t i = 0; i < chart->occasion_count && axes->asked_x.category_count == 0; i++) {
        const struct cr_occasion *occasion = &chart->occasions[i];
        if (!shown(axes, occasion->at))
            continue;
        const double x = cr_axes_x(axes, occasion->at);
        const double width = cr_canvas_measure(canvas, occasion->label, &lettering).width;
        const double left = label_left(axes, x, width);
        int row = width > 0.0 ? choose_row(&rows, left, width, 0.6 * canvas->unit) : -1;
        if ((row + 1) * row_height(canvas) > axes->above + 1.0)
            row = -1;
        const double foot = axes->area.y - (row >= 0 ? row * row_height(canvas) + 0.15 * canvas->unit : 0.0);
        cr_canvas_set_dashes(canvas, &dashed, canvas->hair);
        cr_canvas_hairline(canvas, x, foot, x, cr_rect_bottom(axes->area), canvas->theme->soft_ink);
        cairo_set_dash(canvas->cairo, NULL, 0, 0.0);
        if (row >= 0)
            cr_canvas_write(canvas, occasion->label, &lettering, left, foot);
    }
}
