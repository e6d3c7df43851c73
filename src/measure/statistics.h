#ifndef CR_MEASURE_STATISTICS_H
#define CR_MEASURE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* Descriptive statistics with standard errors, on plain arrays.
 *
 * NaN marks a missing value: an element (of one array) or a row (of several arrays of the same length) counts only if
 * all its values are present; all others are expected to be finite. Sums run once over the array in index order, so a
 * result depends on nothing but its input. Nothing here allocates or fails: what cannot be computed is undefined, a
 * `value` of NaN (too few observations, no variance); a `value` may stand without its `se`, which is NaN then. */

/* An estimate of one quantity. */
struct cr_estimate {
    double value; /* NaN: undefined */
    double se;    /* standard error, in the unit of `value`; NaN: unknown */
    int64_t n;    /* observations (complete rows) that it rests on */
};

/* An interval; both ends NaN when undefined. */
struct cr_interval {
    double low;
    double high;
};

/* Half the width of a 95% interval, in standard errors of a normal estimate. */
#define CR_NORMAL_95 1.959963984540054

/* The undefined estimate that rests on `n` observations. */
struct cr_estimate cr_estimate_undefined(int64_t n);

/* Arithmetic mean; se = sd / sqrt(n). Undefined for n = 0, without se for n = 1. */
struct cr_estimate cr_statistics_mean(const double *x, size_t count);

/* Standard deviation with the divisor n - 1; se = sd / sqrt(2 (n - 1)), the large-sample value under normality (Ahn &
 * Fessler 2003). Undefined for n < 2. */
struct cr_estimate cr_statistics_sd(const double *x, size_t count);

/* The share of `hits` among `n` trials; se = sqrt(p (1 - p) / n) (Wald). Undefined for n < 1. */
struct cr_estimate cr_statistics_share(int64_t hits, int64_t n);

/* The share of the values present that are not 0, as cr_statistics_share. */
struct cr_estimate cr_statistics_proportion(const double *x, size_t count);

/* Pearson's correlation; with `x` of 0 and 1 it is the point-biserial correlation, with both the phi coefficient.
 * se = (1 - r^2) / sqrt(n - 3): Fisher's 1/sqrt(n - 3) for z = artanh r, carried back to r (delta method; Fisher 1921).
 * Undefined for n < 2 or when either variable is constant; without se for n < 4. */
struct cr_estimate cr_statistics_correlation(const double *x, const double *y, size_t count);

/* Cohen's d: the mean of `value` where `group` is 1, minus that where it is 0, over the pooled standard deviation;
 * se = sqrt((n1 + n0) / (n1 n0) + d^2 / (2 (n1 + n0))) (Hedges & Olkin 1985; Borenstein et al. 2009, eq. 4.20).
 * A row whose group is neither 0 nor 1 is missing. Undefined unless both groups have a row, there are three rows or
 * more in all, and the values vary within a group. */
struct cr_estimate cr_statistics_cohen_d(const double *group, const double *value, size_t count);

/* Least-squares slope b = Sxy / Sxx of `y` on `x` (with intercept); se = sqrt(RSS / (n - 2) / Sxx).
 * Undefined for n < 2 or a constant `x`; without se for n < 3. */
struct cr_estimate cr_statistics_slope(const double *x, const double *y, size_t count);

/* The standardized regression of `y` on two predictors together, such as a person's own avoidance (actor) and the
 * partner's (partner): first = (r1y - r2y r12) / (1 - r12^2), second likewise, and for both
 * se = sqrt((1 - R^2) / ((1 - r12^2) (n - 3))) (Cohen, Cohen, West & Aiken 2003, ch. 3). The standard
 * errors take rows as independent: of a couple that gives two rows they are approximate.
 * Undefined for n < 3, for a constant variable, and for predictors that determine each other; without se for n < 4. */
struct cr_standardized_pair {
    struct cr_estimate first;
    struct cr_estimate second;
};
struct cr_standardized_pair cr_statistics_standardized_pair(
    const double *first, const double *second, const double *y, size_t count);

/* Sorts `x` upwards in place, missing values last, and returns how many are present. */
size_t cr_statistics_sort(double *x, size_t count);

/* The quantile at `p` (0 to 1) of `present` values sorted by cr_statistics_sort, interpolated linearly between order
 * statistics (Hyndman & Fan 1996, type 7, the default of R). NaN for no values or `p` outside 0 to 1. */
double cr_statistics_quantile(const double *sorted, size_t present, double p);

/* Student's interval of a mean over independent replicates: value -+ t(n - 1; (1 + level) / 2) se, for the estimate
 * that cr_statistics_mean gave. `level` is the confidence, such as 0.95. NaN for n < 2 or a level not within 0 to 1. */
struct cr_interval cr_statistics_t_interval(struct cr_estimate mean, double level);

/* Cohen's kappa, agreement beyond chance of two classifications into the classes 0, 1, ... `classes` - 1 (at most
 * CR_KAPPA_CLASSES_MAX); any other value is missing. se by Fleiss, Cohen & Everitt (1969).
 * Undefined for n = 0 and when chance alone would agree always. */
enum { CR_KAPPA_CLASSES_MAX = 16 };
struct cr_estimate cr_statistics_kappa(const double *first, const double *second, size_t count, size_t classes);

#endif
