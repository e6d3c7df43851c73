#include "report/kind.h"

#include <math.h>

static const struct cr_kind *const kinds[CR_CHART_KINDS] = {
    [CR_CHART_LINES] = &cr_kind_lines,
    [CR_CHART_SURVIVAL] = &cr_kind_survival,
    [CR_CHART_HAZARD] = &cr_kind_hazard,
    [CR_CHART_DENSITY] = &cr_kind_density,
    [CR_CHART_FLOWS] = &cr_kind_flows,
    [CR_CHART_FOREST] = &cr_kind_forest,
    [CR_CHART_HEAT_MAP] = &cr_kind_heat_map,
    [CR_CHART_BARS] = &cr_kind_bars,
    [CR_CHART_MULTIPLES] = &cr_kind_multiples,
};

const struct cr_kind *cr_kind_of(const struct cr_chart *chart) {
    return kinds[chart->kind];
}

int cr_kind_check(const struct cr_chart *chart, struct cr_error *error) {
    if ((int)chart->kind < 0 || chart->kind >= CR_CHART_KINDS)
        return cr_error_set(error, CR_ERROR_USAGE, "there is no kind of chart with the number %d", (int)chart->kind);
    if (chart->occasion_count > 0 && !chart->occasions)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a chart was told of %zu occasions, but not which", chart->occasion_count);
    return cr_kind_of(chart)->check(chart, error);
}

int cr_kind_check_axis(const struct cr_chart_axis *axis, const char *name, struct cr_error *error) {
    const bool open = axis->from == 0.0 && axis->to == 0.0;
    if (axis->category_count > 0 || open)
        return 0;
    if (!(axis->from < axis->to) || fabs(axis->from) > CR_CHART_HUGE || fabs(axis->to) > CR_CHART_HUGE)
        return cr_error_set(
            error, CR_ERROR_USAGE, "the %s axis of a chart cannot run from %g to %g", name, axis->from, axis->to);
    if (axis->logarithmic && axis->from <= 0.0)
        return cr_error_set(error, CR_ERROR_USAGE, "the logarithmic %s axis of a chart must begin above 0, not at %g",
            name, axis->from);
    return 0;
}

struct cr_axes cr_kind_axes(const struct cr_chart_axis *x, const struct cr_chart_axis *y) {
    const bool x_open = !(x->from < x->to), y_open = !(y->from < y->to);
    return (struct cr_axes){
        .asked_x = *x, .asked_y = *y, .x_open = x_open, .y_open = y_open, .y_loose = y_open, .y_grid = true};
}

double cr_kind_line_width(const struct cr_canvas *canvas) {
    return 0.165 * canvas->unit;
}
