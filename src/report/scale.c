#include "report/scale.h"

#include <math.h>

#include "base/numeric.h"

/* Differences of halves cannot overflow. */
static double share(double value, double from, double to) {
    return (value / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0);
}

double cr_scale_place(const struct cr_scale *scale, double value) {
    if (isnan(value) || (scale->logarithmic && value <= 0.0))
        return CR_MISSING;
    const double t = scale->logarithmic ? share(log10(value), log10(scale->from), log10(scale->to))
                                        : share(value, scale->from, scale->to);
    const double place = scale->start + t * (scale->end - scale->start);
    const double margin = 1e5; /* Cairo's coordinates end at some eight million */
    return cr_clamp(place, cr_min(scale->start, scale->end) - margin, cr_max(scale->start, scale->end) + margin);
}

double cr_scale_value(const struct cr_scale *scale, double place) {
    const double t = share(place, scale->start, scale->end);
    if (scale->logarithmic)
        return pow(10.0, log10(scale->from) + t * (log10(scale->to) - log10(scale->from)));
    return scale->from + t * (scale->to - scale->from);
}
