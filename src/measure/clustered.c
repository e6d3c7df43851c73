#include "measure/clustered.h"

#include <math.h>
#include <stdlib.h>

/* Adds up the rows' influences by cluster; `influence` is freed. */
static struct cr_estimate gather(struct cr_sample *sample, double value, double *influence) {
    const double *cluster = sample->column[CR_SAMPLE_CLUSTER];
    size_t clusters = 0;
    for (size_t k = 0; k < sample->count; k++)
        if ((size_t)cluster[k] >= clusters)
            clusters = (size_t)cluster[k] + 1;
    double *sum = calloc(clusters + 1, sizeof *sum);
    bool *seen = calloc(clusters + 1, sizeof *seen);
    struct cr_estimate estimate = cr_estimate_undefined(0);
    if (sum != NULL && seen != NULL && influence != NULL) {
        for (size_t k = 0; k < sample->count; k++)
            if (!isnan(influence[k])) {
                sum[(size_t)cluster[k]] += influence[k];
                seen[(size_t)cluster[k]] = true;
            }
        double squares = 0.0;
        for (size_t c = 0; c < clusters; c++) {
            squares += sum[c] * sum[c];
            estimate.n += seen[c];
        }
        estimate.value = value;
        if (estimate.n > 1)
            estimate.se = sqrt(squares * (double)estimate.n / (double)(estimate.n - 1));
    } else {
        sample->failed = true;
    }
    free(sum);
    free(seen);
    free(influence);
    return estimate;
}

/* Room for the influence of each row. */
static double *influences(const struct cr_sample *sample) {
    return calloc(sample->count + 1, sizeof(double));
}

struct cr_estimate cr_clustered_ratio(struct cr_sample *sample, int numerator, int denominator) {
    const double *a = sample->column[numerator];
    const double *b = sample->column[denominator];
    double over = 0.0;
    double under = 0.0;
    for (size_t k = 0; k < sample->count; k++)
        if (!isnan(a[k]) && !isnan(b[k])) {
            over += a[k];
            under += b[k];
        }
    if (!(under > 0.0))
        return cr_estimate_undefined(0);
    double *influence = influences(sample);
    for (size_t k = 0; influence != NULL && k < sample->count; k++)
        influence[k] = (a[k] - over / under * b[k]) / under;
    return gather(sample, over / under, influence);
}

struct cr_estimate cr_clustered_mean(struct cr_sample *sample, int column) {
    const double *x = sample->column[column];
    const struct cr_estimate mean = cr_statistics_mean(x, sample->count);
    if (isnan(mean.value))
        return mean;
    double *influence = influences(sample);
    for (size_t k = 0; influence != NULL && k < sample->count; k++)
        influence[k] = (x[k] - mean.value) / (double)mean.n;
    return gather(sample, mean.value, influence);
}

struct cr_estimate cr_clustered_sd(struct cr_sample *sample, int column) {
    const double *x = sample->column[column];
    const struct cr_estimate mean = cr_statistics_mean(x, sample->count);
    const struct cr_estimate sd = cr_statistics_sd(x, sample->count);
    if (!(sd.value > 0.0))
        return sd;
    double *influence = influences(sample);
    for (size_t k = 0; influence != NULL && k < sample->count; k++) {
        const double off = x[k] - mean.value;
        influence[k] = (off * off - sd.value * sd.value) / (2.0 * sd.value * (double)sd.n);
    }
    return gather(sample, sd.value, influence);
}

/* Means, spreads and count of the rows in which both columns are present. */
struct moments {
    double mean_x, mean_y, xx, yy;
    int64_t n;
};

static struct moments moments_of(const struct cr_sample *sample, int column_x, int column_y) {
    const double *x = sample->column[column_x];
    const double *y = sample->column[column_y];
    struct moments m = {0};
    for (size_t k = 0; k < sample->count; k++)
        if (!isnan(x[k]) && !isnan(y[k])) {
            m.mean_x += x[k];
            m.mean_y += y[k];
            m.n++;
        }
    m.mean_x /= (double)m.n;
    m.mean_y /= (double)m.n;
    for (size_t k = 0; k < sample->count; k++)
        if (!isnan(x[k]) && !isnan(y[k])) {
            m.xx += (x[k] - m.mean_x) * (x[k] - m.mean_x);
            m.yy += (y[k] - m.mean_y) * (y[k] - m.mean_y);
        }
    return m;
}

struct cr_estimate cr_clustered_correlation(struct cr_sample *sample, int x, int y) {
    const struct cr_estimate r = cr_statistics_correlation(sample->column[x], sample->column[y], sample->count);
    if (isnan(r.value))
        return r;
    const struct moments m = moments_of(sample, x, y);
    const double sd_x = sqrt(m.xx / (double)m.n);
    const double sd_y = sqrt(m.yy / (double)m.n);
    double *influence = influences(sample);
    for (size_t k = 0; influence != NULL && k < sample->count; k++) {
        const double u = (sample->column[x][k] - m.mean_x) / sd_x;
        const double v = (sample->column[y][k] - m.mean_y) / sd_y;
        influence[k] = (u * v - 0.5 * r.value * (u * u + v * v)) / (double)m.n;
    }
    return gather(sample, r.value, influence);
}

struct cr_estimate cr_clustered_slope(struct cr_sample *sample, int x, int y) {
    const struct cr_estimate slope = cr_statistics_slope(sample->column[x], sample->column[y], sample->count);
    if (isnan(slope.value))
        return slope;
    const struct moments m = moments_of(sample, x, y);
    double *influence = influences(sample);
    for (size_t k = 0; influence != NULL && k < sample->count; k++) {
        const double off = sample->column[x][k] - m.mean_x;
        influence[k] = off * (sample->column[y][k] - m.mean_y - slope.value * off) / m.xx;
    }
    return gather(sample, slope.value, influence);
}

struct cr_estimate cr_clustered_widen(struct cr_sample *sample, struct cr_estimate estimate) {
    const struct cr_estimate clusters = gather(sample, 0.0, influences(sample));
    if (clusters.n > 0 && estimate.n > clusters.n) {
        estimate.se *= sqrt((double)estimate.n / (double)clusters.n);
        estimate.n = clusters.n;
    }
    return estimate;
}
