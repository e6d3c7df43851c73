#ifndef CR_MEASURE_CLUSTERED_H
#define CR_MEASURE_CLUSTERED_H

#include "measure/sample.h"
#include "measure/statistics.h"

/* Estimates from rows that are not independent, since the same person or couple gives many of them. The values are
 * those of measure/statistics; standard errors add up each cluster's influence on the estimate before squaring it (the
 * sandwich estimator of Liang & Zeger 1986, with the factor G / (G - 1) for G clusters), and `n` is the number of
 * clusters.
 *
 * A row's cluster is the whole number >= 0 in the column CR_SAMPLE_CLUSTER. Rows with a missing value do not count.
 * What is undefined has a value of NaN; without memory everything is, and the sample is marked as failed. */

/* Sum of one column over the sum of another: a mean or a share where the other is 1 in each row. */
struct cr_estimate cr_clustered_ratio(struct cr_sample *sample, int numerator, int denominator);

/* Mean of a column. */
struct cr_estimate cr_clustered_mean(struct cr_sample *sample, int column);

/* Standard deviation of a column. */
struct cr_estimate cr_clustered_sd(struct cr_sample *sample, int column);

/* Pearson's correlation of two columns. */
struct cr_estimate cr_clustered_correlation(struct cr_sample *sample, int x, int y);

/* Least-squares slope of column y on column x. */
struct cr_estimate cr_clustered_slope(struct cr_sample *sample, int x, int y);

/* Gives an estimate from the rows the standard error and n that its clusters allow, where no influence is at hand: as
 * if each cluster had given one row. */
struct cr_estimate cr_clustered_widen(struct cr_sample *sample, struct cr_estimate estimate);

#endif
