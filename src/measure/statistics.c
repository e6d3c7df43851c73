#include "measure/statistics.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include "base/numeric.h"

/* Moments of the complete rows of up to three variables. */
enum { MOMENTS_MAX = 3 };

struct moments {
    int64_t n;
    double mean[MOMENTS_MAX];
    double product[MOMENTS_MAX][MOMENTS_MAX]; /* sums of products of deviations from the means */
    bool constant[MOMENTS_MAX];
};

static bool row_complete(const double *const *columns, size_t width, size_t row) {
    for (size_t j = 0; j < width; j++)
        if (isnan(columns[j][row]))
            return false;
    return true;
}

/* Two passes, as deviations from a known mean lose no digits. Constancy is judged by the values themselves: a mean
 * that rounds would leave a trace of variance in a variable that has none. */
static struct moments moments_of(const double *const *columns, size_t width, size_t count) {
    struct moments m = {0};
    double first[MOMENTS_MAX] = {0};
    for (size_t j = 0; j < width; j++)
        m.constant[j] = true;
    for (size_t i = 0; i < count; i++) {
        if (!row_complete(columns, width, i))
            continue;
        for (size_t j = 0; j < width; j++) {
            if (m.n == 0)
                first[j] = columns[j][i];
            m.constant[j] = m.constant[j] && columns[j][i] == first[j];
            m.mean[j] += columns[j][i];
        }
        m.n++;
    }
    for (size_t j = 0; j < width && m.n > 0; j++)
        m.mean[j] = m.constant[j] ? first[j] : m.mean[j] / (double)m.n;
    for (size_t i = 0; i < count; i++) {
        if (!row_complete(columns, width, i))
            continue;
        for (size_t j = 0; j < width; j++)
            for (size_t k = 0; k <= j; k++)
                m.product[j][k] += (columns[j][i] - m.mean[j]) * (columns[k][i] - m.mean[k]);
    }
    for (size_t j = 0; j < width; j++)
        for (size_t k = 0; k < j; k++)
            m.product[k][j] = m.product[j][k];
    return m;
}

static double moments_correlation(const struct moments *m, size_t j, size_t k) {
    if (m->n < 2 || m->constant[j] || m->constant[k])
        return (double)NAN;
    return cr_clamp(m->product[j][k] / (sqrt(m->product[j][j]) * sqrt(m->product[k][k])), -1.0, 1.0);
}

struct cr_estimate cr_estimate_undefined(int64_t n) {
    return (struct cr_estimate){.value = (double)NAN, .se = (double)NAN, .n = n};
}

struct cr_estimate cr_statistics_mean(const double *x, size_t count) {
    const struct moments m = moments_of(&x, 1, count);
    struct cr_estimate mean = cr_estimate_undefined(m.n);
    if (m.n >= 1)
        mean.value = m.mean[0];
    if (m.n >= 2)
        mean.se = sqrt(m.product[0][0] / (double)(m.n - 1) / (double)m.n);
    return mean;
}

struct cr_estimate cr_statistics_sd(const double *x, size_t count) {
    const struct moments m = moments_of(&x, 1, count);
    if (m.n < 2)
        return cr_estimate_undefined(m.n);
    const double sd = sqrt(m.product[0][0] / (double)(m.n - 1));
    return (struct cr_estimate){.value = sd, .se = sd / sqrt(2.0 * (double)(m.n - 1)), .n = m.n};
}

struct cr_estimate cr_statistics_share(int64_t hits, int64_t n) {
    if (n < 1)
        return cr_estimate_undefined(n);
    const double p = (double)hits / (double)n;
    return (struct cr_estimate){.value = p, .se = sqrt(p * (1.0 - p) / (double)n), .n = n};
}

struct cr_estimate cr_statistics_proportion(const double *x, size_t count) {
    int64_t hits = 0, n = 0;
    for (size_t i = 0; i < count; i++) {
        n += !isnan(x[i]);
        hits += !isnan(x[i]) && x[i] != 0.0;
    }
    return cr_statistics_share(hits, n);
}

struct cr_estimate cr_statistics_correlation(const double *x, const double *y, size_t count) {
    const struct moments m = moments_of((const double *const[]){x, y}, 2, count);
    const double r = moments_correlation(&m, 0, 1);
    const double se = m.n > 3 ? (1.0 - r * r) / sqrt((double)(m.n - 3)) : (double)NAN;
    return (struct cr_estimate){.value = r, .se = se, .n = m.n};
}

struct cr_estimate cr_statistics_cohen_d(const double *group, const double *value, size_t count) {
    double n[2] = {0.0, 0.0}, mean[2] = {0.0, 0.0}, first[2] = {0.0, 0.0}, squares = 0.0;
    bool constant = true;
    for (size_t i = 0; i < count; i++) {
        if (isnan(value[i]) || (group[i] != 0.0 && group[i] != 1.0))
            continue;
        const size_t g = group[i] == 1.0;
        if (n[g] == 0.0)
            first[g] = value[i];
        constant = constant && value[i] == first[g];
        n[g] += 1.0;
        mean[g] += value[i];
    }
    const double total = n[0] + n[1];
    if (n[0] < 1.0 || n[1] < 1.0 || total < 3.0 || constant)
        return cr_estimate_undefined((int64_t)total);
    mean[0] /= n[0];
    mean[1] /= n[1];
    for (size_t i = 0; i < count; i++) {
        if (isnan(value[i]) || (group[i] != 0.0 && group[i] != 1.0))
            continue;
        const double deviation = value[i] - mean[group[i] == 1.0];
        squares += deviation * deviation;
    }
    const double d = (mean[1] - mean[0]) / sqrt(squares / (total - 2.0));
    const double se = sqrt(total / (n[0] * n[1]) + d * d / (2.0 * total));
    return (struct cr_estimate){.value = d, .se = se, .n = (int64_t)total};
}

struct cr_estimate cr_statistics_slope(const double *x, const double *y, size_t count) {
    const struct moments m = moments_of((const double *const[]){x, y}, 2, count);
    if (m.n < 2 || m.constant[0])
        return cr_estimate_undefined(m.n);
    const double slope = m.product[0][1] / m.product[0][0];
    /* rounding may push the residual sum of a perfect line below zero */
    const double residual = fmax(0.0, m.product[1][1] - slope * m.product[0][1]);
    const double se = m.n > 2 ? sqrt(residual / (double)(m.n - 2) / m.product[0][0]) : (double)NAN;
    return (struct cr_estimate){.value = slope, .se = se, .n = m.n};
}

struct cr_standardized_pair cr_statistics_standardized_pair(
    const double *first, const double *second, const double *y, size_t count) {
    const struct moments m = moments_of((const double *const[]){first, second, y}, 3, count);
    struct cr_standardized_pair pair = {cr_estimate_undefined(m.n), cr_estimate_undefined(m.n)};
    const double r1 = moments_correlation(&m, 0, 2), r2 = moments_correlation(&m, 1, 2);
    const double r12 = moments_correlation(&m, 0, 1), apart = 1.0 - r12 * r12;
    /* of two rows any pair of variables is collinear, and below 1e-12 the difference is rounding */
    if (m.n < 3 || isnan(r1) || isnan(r2) || isnan(r12) || apart < 1e-12)
        return pair;
    pair.first.value = (r1 - r2 * r12) / apart;
    pair.second.value = (r2 - r1 * r12) / apart;
    if (m.n > 3) {
        const double unexplained = fmax(0.0, 1.0 - (pair.first.value * r1 + pair.second.value * r2));
        pair.first.se = pair.second.se = sqrt(unexplained / (apart * (double)(m.n - 3)));
    }
    return pair;
}

static int by_size(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    if (isnan(a) || isnan(b))
        return (isnan(a) != 0) - (isnan(b) != 0);
    return (a > b) - (a < b);
}

size_t cr_statistics_sort(double *x, size_t count) {
    if (count == 0)
        return 0;
    qsort(x, count, sizeof *x, by_size);
    size_t present = count;
    while (present > 0 && isnan(x[present - 1]))
        present--;
    return present;
}

double cr_statistics_quantile(const double *sorted, size_t present, double p) {
    if (present == 0 || !(p >= 0.0 && p <= 1.0))
        return (double)NAN;
    return gsl_stats_quantile_from_sorted_data(sorted, 1, present, p);
}

struct cr_interval cr_statistics_t_interval(struct cr_estimate mean, double level) {
    if (mean.n < 2 || !(level > 0.0 && level < 1.0))
        return (struct cr_interval){.low = (double)NAN, .high = (double)NAN};
    const double half = gsl_cdf_tdist_Qinv((1.0 - level) / 2.0, (double)(mean.n - 1)) * mean.se;
    return (struct cr_interval){.low = mean.value - half, .high = mean.value + half};
}

static bool class_of(double value, size_t classes, size_t *which) {
    if (!(value >= 0.0 && value < (double)classes) || value != floor(value))
        return false;
    *which = (size_t)value;
    return true;
}

struct cr_estimate cr_statistics_kappa(const double *first, const double *second, size_t count, size_t classes) {
    double cell[CR_KAPPA_CLASSES_MAX][CR_KAPPA_CLASSES_MAX] = {{0.0}};
    double row[CR_KAPPA_CLASSES_MAX] = {0.0}, column[CR_KAPPA_CLASSES_MAX] = {0.0};
    int64_t n = 0;
    if (classes > CR_KAPPA_CLASSES_MAX)
        return cr_estimate_undefined(0);
    for (size_t i = 0; i < count; i++) {
        size_t a, b;
        if (!class_of(first[i], classes, &a) || !class_of(second[i], classes, &b))
            continue;
        cell[a][b] += 1.0;
        n++;
    }
    if (n == 0)
        return cr_estimate_undefined(0);
    double agreed = 0.0, chance = 0.0;
    for (size_t a = 0; a < classes; a++)
        for (size_t b = 0; b < classes; b++) {
            cell[a][b] /= (double)n;
            row[a] += cell[a][b];
            column[b] += cell[a][b];
        }
    for (size_t a = 0; a < classes; a++) {
        agreed += cell[a][a];
        chance += row[a] * column[a];
    }
    if (chance > 1.0 - 1e-12) /* both always gave the same class; the rest is rounding */
        return cr_estimate_undefined(n);
    const double kappa = (agreed - chance) / (1.0 - chance), short_of = 1.0 - kappa;
    double variance = 0.0;
    for (size_t a = 0; a < classes; a++)
        for (size_t b = 0; b < classes; b++) {
            const double weight = a == b ? 1.0 - (row[a] + column[a]) * short_of : (column[a] + row[b]) * short_of;
            variance += cell[a][b] * weight * weight;
        }
    variance -= (kappa - chance * short_of) * (kappa - chance * short_of);
    variance /= (double)n * (1.0 - chance) * (1.0 - chance);
    return (struct cr_estimate){.value = kappa, .se = sqrt(fmax(0.0, variance)), .n = n};
}
