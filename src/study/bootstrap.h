#ifndef CR_STUDY_BOOTSTRAP_H
#define CR_STUDY_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "measure/statistics.h"

/* Percentile intervals by the bootstrap (Efron & Tibshirani 1993, ch. 13): rows are drawn anew with replacement, the
 * statistics computed again from how often each row was drawn, and the middle part of what they come to is the
 * interval. Resample number b is a function of the seed and b (CR_LUCK_RESAMPLE). */
struct cr_bootstrap {
    size_t resamples; /* up to CR_BOOTSTRAP_RESAMPLES_MAX; 0: no intervals */
    double level;     /* confidence, within 0 to 1, such as 0.95 */
    uint64_t seed;
};

enum { CR_BOOTSTRAP_RESAMPLES_MAX = 1 << 20, CR_BOOTSTRAP_ROWS_MAX = 1 << 24 };

/* A statistic of all rows, each once, and its interval. */
struct cr_bootstrap_estimate {
    double value;                /* NaN: undefined */
    struct cr_interval interval; /* NaN: undefined */
};

/* Fills `values` with the statistics of a sample that holds row number j `weights[j]` times (a whole number, perhaps
 * 0). An undefined one is NaN. */
typedef void cr_bootstrap_statistic(void *context, const double *weights, double *values);

/* Fills `estimates`, room for `count` of them, with the statistics of `rows` rows. A resample in which a statistic is
 * undefined does not count for that statistic's interval, and an undefined value has no interval. CR_ERROR_MEMORY;
 * CR_ERROR_USAGE for a level or a number of resamples or rows out of range. */
CR_NODISCARD int cr_bootstrap_run(const struct cr_bootstrap *bootstrap, size_t rows, cr_bootstrap_statistic *statistic,
    void *context, struct cr_bootstrap_estimate *estimates, size_t count, struct cr_error *error);

#endif
