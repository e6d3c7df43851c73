#ifndef CR_REPORT_SCALE_H
#define CR_REPORT_SCALE_H

#include <stdbool.h>

/* From values to places along an axis, and back. */
struct cr_scale {
    double from, to;   /* values */
    double start, end; /* their places, in pixels; end < start on an axis that runs upwards */
    bool logarithmic;
};

/* The place of a value, at most a hundred thousand pixels off the axis; NaN for NaN and for what a logarithmic scale
 * cannot show. */
double cr_scale_place(const struct cr_scale *scale, double value);

/* The value at a place. */
double cr_scale_value(const struct cr_scale *scale, double place);

#endif
