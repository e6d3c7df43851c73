#ifndef CR_REPORT_TICKS_H
#define CR_REPORT_TICKS_H

#include <stdbool.h>
#include <stddef.h>

#include "report/chart_axis.h"

/* Where ticks stand on an axis of numbers, and how they are written. */

enum { CR_TICKS_MOST = 48, CR_TICK_TEXT = 32 };

struct cr_ticks {
    double at[CR_TICKS_MOST];               /* increasing */
    char text[CR_TICKS_MOST][CR_TICK_TEXT]; /* "": a tick without a number, between the powers of ten */
    size_t count;
};

enum cr_ticks_fit {
    CR_TICKS_INSIDE, /* none outside the range */
    CR_TICKS_COVER   /* the outermost enclose the range */
};

/* Ticks for the range of a closed axis, about `wanted` of them: for a linear axis those that score best for simple
 * steps, for covering the range and for nearness to the wanted number (an optimization over labelings, after Talbot,
 * Lin & Hanrahan 2010, with their weights; legibility means no more decimals than the step's power of ten has); for a
 * logarithmic one powers of ten, with 2 and 5 between if these are few. At least one, at most CR_TICKS_MOST. Texts have
 * the digits that the step needs. */
void cr_ticks_find(struct cr_ticks *ticks, const struct cr_chart_axis *axis, double wanted, enum cr_ticks_fit fit);

/* Writes a number with so many decimals, '.' in every locale and a true minus sign, with commas between thousands from
 * 10,000 on, or as percent; returns `buffer`. */
const char *cr_ticks_write(double value, int decimals, enum cr_number_form form, char *buffer, size_t size);

/* How many decimals write all of some numbers to four significant digits of each: 2 for 0.5 and 12.25. */
int cr_ticks_decimals(const double *values, size_t count, enum cr_number_form form);

/* Writes a number to about three significant digits, as cells and captions need it: 0.123, 12.3, 1,230, 1.2 × 10⁹. "NA"
 * for NaN. */
const char *cr_ticks_brief(double value, enum cr_number_form form, char *buffer, size_t size);

#endif
