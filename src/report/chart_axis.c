#include "report/chart_axis.h"

#include <math.h>

#include "base/numeric.h"

bool cr_chart_axis_takes(const struct cr_chart_axis *axis, double value) {
    return fabs(value) <= CR_CHART_HUGE && (!axis->logarithmic || value > 0.0);
}

void cr_range_add(struct cr_range *range, const struct cr_chart_axis *axis, const double *values, size_t count) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; values && i < count; i++)
        if (cr_chart_axis_takes(axis, values[i])) {
            low = cr_min(low, values[i]);
            high = cr_max(high, values[i]);
        }
    if (low > high)
        return;
    range->low = range->any ? cr_min(range->low, low) : low;
    range->high = range->any ? cr_max(range->high, high) : high;
    range->any = true;
}

double cr_chart_axis_within(const struct cr_chart_axis *axis, double to, double value) {
    if (!(axis->least < axis->most))
        return to;
    return cr_clamp(to, cr_min(axis->least, value), cr_max(axis->most, value));
}

/* A range of one value gets some room around it. */
static void widen(struct cr_chart_axis *axis) {
    if (axis->logarithmic) {
        if (axis->to / axis->from < 1.0 + 1e-9) {
            axis->from /= 2.0;
            axis->to *= 2.0;
        }
        return;
    }
    const double size = cr_max(fabs(axis->from), fabs(axis->to));
    if (axis->to - axis->from > 1e-12 * size)
        return;
    const double span = axis->most - axis->least, low = axis->from, high = axis->to;
    double room = 1.0;
    if (size > 0.0)
        room = 0.1 * size;
    else if (span > 0.0 && span <= CR_CHART_HUGE)
        room = 0.1 * span;
    axis->from = cr_chart_axis_within(axis, low - room, low);
    axis->to = cr_chart_axis_within(axis, high + room, high);
}

bool cr_chart_axis_close(struct cr_chart_axis *axis, struct cr_range range) {
    if (axis->category_count > 0) {
        axis->from = -0.5;
        axis->to = (double)axis->category_count - 0.5;
        return true;
    }
    if (axis->from < axis->to)
        return true;
    axis->from = axis->logarithmic ? 1.0 : 0.0;
    axis->to = axis->logarithmic ? 10.0 : 1.0;
    if (!range.any)
        return false;
    axis->from = range.low;
    axis->to = range.high;
    if (axis->with_zero && !axis->logarithmic) {
        axis->from = cr_min(axis->from, 0.0);
        axis->to = cr_max(axis->to, 0.0);
    }
    widen(axis);
    return true;
}
