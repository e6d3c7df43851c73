#ifndef CR_REPORT_CHART_AXIS_H
#define CR_REPORT_CHART_AXIS_H

#include <stdbool.h>
#include <stddef.h>

/* What an axis is asked to show. All zero is an axis without a label whose range comes from the data. */

enum cr_number_form {
    CR_NUMBER_PLAIN,  /* 0.25 */
    CR_NUMBER_PERCENT /* shares of one as percent: 25% */
};

struct cr_chart_axis {
    const char *label;  /* NULL: none */
    const char *unit;   /* set after the label in parentheses; NULL: none */
    double from, to;    /* where the axis begins and ends; from < to, or both 0: as the data need it */
    double least, most; /* beyond which no value can be (`most` may be infinite), and what is made up of a range stays
                           within; both 0: no such ends */
    bool logarithmic;   /* a logarithmic scale; values that are not positive are missing then */
    bool whole;         /* ticks at whole numbers only: ages, years, counts */
    bool with_zero;     /* a range from the data takes in 0 */
    enum cr_number_form form;
    size_t category_count;         /* 0: an axis of numbers; otherwise category i stands at the value i */
    const char *const *categories; /* their names, borrowed; or, if NULL, */
    const double *values;          /* the numbers that name them */
};

/* Numbers beyond this size count as missing, so that the range of any data is finite. */
#define CR_CHART_HUGE 1e300

/* The nearest number to `to` that is not beyond `least` and `most`, or `value` if that is farther out. */
double cr_chart_axis_within(const struct cr_chart_axis *axis, double to, double value);

/* Whether a value has a place on the axis: neither missing nor huge, and positive on a logarithmic one. */
bool cr_chart_axis_takes(const struct cr_chart_axis *axis, double value);

/* A range that grows by values; all zero takes none yet. */
struct cr_range {
    double low, high;
    bool any;
};

/* Widens the range by those of the values that the axis takes; `values` NULL adds none. */
void cr_range_add(struct cr_range *range, const struct cr_chart_axis *axis, const double *values, size_t count);

/* Sets `from` and `to` where they are open: to the categories, or to the range, which is widened if it is a single
 * value, though not beyond `least` and `most`, and takes in 0 if the axis asks for it. False if the axis is open and
 * the range has no value; `from` and `to` then are 0 and 1 (1 and 10). */
bool cr_chart_axis_close(struct cr_chart_axis *axis, struct cr_range range);

#endif
