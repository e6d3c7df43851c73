#include "study/comparison.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The chance with which a difference is to be found. */
#define POWER 0.8

const char *const cr_finding_names[CR_FINDINGS] = {
    "differs", "differs slightly", "does not differ", "cannot be told", "undefined"};

/* The values of one row over replicates, those with a missing value left out of what they count for. */
struct values {
    const double *first, *second; /* of `count` replicates; NaN: missing */
    size_t count;
    bool paired;
    double sd; /* between persons */
};

/* Mean, variance (divisor n - 1) and number of what is present. */
struct moments {
    double mean, variance, n;
};

static struct moments moments_of(const double *x, size_t count) {
    struct moments m = {0.0, 0.0, 0.0};
    double squares = 0.0;
    for (size_t k = 0; k < count; k++)
        if (!isnan(x[k])) {
            const double before = x[k] - m.mean;
            m.n += 1.0;
            m.mean += before / m.n;
            squares += before * (x[k] - m.mean);
        }
    if (m.n < 1.0)
        m.mean = (double)NAN;
    m.variance = m.n > 1.0 ? squares / (m.n - 1.0) : (double)NAN;
    return m;
}

static struct cr_estimate estimate_of(struct moments m) {
    return (struct cr_estimate){.value = m.mean, .se = sqrt(m.variance / m.n), .n = (int64_t)m.n};
}

/* A paired row counts only where both values are present. */
static void pair_up(double *first, double *second, size_t count) {
    for (size_t k = 0; k < count; k++)
        if (isnan(first[k]) || isnan(second[k]))
            first[k] = second[k] = (double)NAN;
}

/* The difference, its standard error and degrees of freedom; and what n replicates of each would give: a squared
 * standard error of spread / n, and degrees of freedom of freedom (n - 1). */
struct contrast {
    struct cr_estimate difference;
    double df;
    double spread, freedom;
};

static struct contrast contrast_of(struct moments first, struct moments second, struct moments between, bool paired) {
    if (paired)
        return (struct contrast){
            .difference = estimate_of(between), .df = between.n - 1.0, .spread = between.variance, .freedom = 1.0};
    const double a = first.variance / first.n, b = second.variance / second.n;
    const double both = a + b, spread = first.variance + second.variance;
    return (struct contrast){
        .difference = {.value = second.mean - first.mean, .se = sqrt(both), .n = (int64_t)fmin(first.n, second.n)},
        /* Welch (1947) and Satterthwaite (1946) */
        .df =
            both > 0.0 ? both * both / (a * a / (first.n - 1.0) + b * b / (second.n - 1.0)) : first.n + second.n - 2.0,
        .spread = spread,
        .freedom = spread > 0.0
                       ? spread * spread / (first.variance * first.variance + second.variance * second.variance)
                       : 2.0,
    };
}

static double p_of(struct contrast contrast) {
    if (contrast.difference.se > 0.0)
        return 2.0 * gsl_cdf_tdist_Q(fabs(contrast.difference.value / contrast.difference.se), contrast.df);
    return contrast.difference.value == 0.0 ? 1.0 : 0.0;
}

/* The difference that is found with the wanted chance, in standard errors. */
static double standard_errors_found(double level, double df) {
    return gsl_cdf_tdist_Pinv(0.5 + 0.5 * level, df) + gsl_cdf_tdist_Pinv(POWER, df);
}

/* The fewest replicates, 2 or more, that find a difference of size `least` with the wanted chance. As many as normal
 * deviates ask for are too few by a handful, or just enough. */
static double replicates_needed(struct contrast contrast, double least, double level) {
    const double deviates = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * level) + gsl_cdf_ugaussian_Pinv(POWER);
    double n = fmax(2.0, floor(contrast.spread * deviates * deviates / (least * least)));
    while (standard_errors_found(level, contrast.freedom * (n - 1.0)) * sqrt(contrast.spread / n) > least)
        n += 1.0;
    return n;
}

static double gain_of(struct moments first, struct moments second, struct moments between) {
    const double unpaired = first.variance + second.variance;
    if (between.variance > 0.0)
        return unpaired / between.variance;
    return unpaired > 0.0 ? (double)INFINITY : (double)NAN;
}

/* The standard deviation between persons, from what the standard error within replicates says of it. */
static double sd_between_persons(const struct cr_collection *collection, size_t row) {
    double sum = 0.0;
    int64_t n = 0;
    for (int64_t r = 0; r < collection->replicates; r++) {
        const struct cr_estimate each = cr_collection_at(collection, row, r);
        if (each.se > 0.0 && each.n > 1) {
            sum += each.se * each.se * (double)each.n;
            n++;
        }
    }
    return n > 0 ? sqrt(sum / (double)n) : (double)NAN;
}

static void settle(struct cr_difference *row, struct contrast contrast, double level) {
    const double half = gsl_cdf_tdist_Pinv(0.5 + 0.5 * level, contrast.df) * contrast.difference.se;
    row->difference = contrast.difference;
    row->df = contrast.df;
    row->t = (struct cr_interval){contrast.difference.value - half, contrast.difference.value + half};
    row->p = p_of(contrast);
    row->detectable = standard_errors_found(level, contrast.df) * contrast.difference.se;
    row->needed = replicates_needed(contrast, row->least, level);
}

static void leave_undefined(struct cr_difference *row) {
    const struct cr_interval none = {(double)NAN, (double)NAN};
    row->difference = cr_estimate_undefined(row->difference.n);
    row->t = row->bootstrap = none;
    row->df = row->effect = row->p = row->corrected = row->detectable = row->needed = row->gain = (double)NAN;
    row->finding = CR_FINDING_UNDEFINED;
}

/* `first` and `second` are copies of the row's values, which are spoiled. */
static void compare_row(
    struct cr_difference *row, const struct values *values, double level, double *first, double *second) {
    if (values->paired)
        pair_up(first, second, values->count);
    const struct moments a = moments_of(first, values->count), b = moments_of(second, values->count);
    for (size_t k = 0; k < values->count; k++)
        first[k] = second[k] - first[k];
    const struct moments between = moments_of(first, values->count);
    const struct cr_unit *unit = cr_unit_find(cr_measures[row->measure].unit);
    row->first = estimate_of(a);
    row->second = estimate_of(b);
    row->least = unit->least;
    row->effect_kind = unit->effect;
    row->difference.n = (int64_t)fmin(a.n, b.n);
    if (fmin(a.n, b.n) < 2.0) {
        leave_undefined(row);
        return;
    }
    settle(row, contrast_of(a, b, between, values->paired), level);
    row->effect = cr_effect_size(unit->effect, a.mean, b.mean, values->sd);
    row->gain = values->paired ? gain_of(a, b, between) : (double)NAN;
}

/* What the bootstrap looks at: both scenarios' values, row by row. */
struct resampling {
    const struct values *values;
    size_t rows;
};

static double weighted_mean(const double *x, const double *weights, size_t count) {
    double sum = 0.0, weight = 0.0;
    for (size_t k = 0; k < count; k++)
        if (!isnan(x[k])) {
            sum += weights[k] * x[k];
            weight += weights[k];
        }
    return weight > 0.0 ? sum / weight : (double)NAN;
}

/* Pairs are drawn whole; unpaired replicates of both scenarios are drawn from one pool, each for its own mean. */
static void resampled_differences(void *context, const double *weights, double *differences) {
    const struct resampling *resampling = context;
    for (size_t r = 0; r < resampling->rows; r++) {
        const struct values *v = &resampling->values[r];
        if (!v->paired) {
            differences[r] =
                weighted_mean(v->second, weights + v->count, v->count) - weighted_mean(v->first, weights, v->count);
            continue;
        }
        double sum = 0.0, weight = 0.0;
        for (size_t k = 0; k < v->count; k++) {
            const double difference = v->second[k] - v->first[k];
            if (!isnan(difference)) {
                sum += weights[k] * difference;
                weight += weights[k];
            }
        }
        differences[r] = weight > 0.0 ? sum / weight : (double)NAN;
    }
}

static int resample(struct cr_comparison *comparison, const struct values *values, size_t replicates,
    const struct cr_bootstrap *bootstrap, struct cr_error *error) {
    struct resampling resampling = {.values = values, .rows = comparison->count};
    struct cr_bootstrap_estimate *estimates = calloc(comparison->count + 1, sizeof *estimates);
    if (estimates == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to compare %zu rows", comparison->count);
    const int status = cr_bootstrap_run(bootstrap, comparison->paired ? replicates : 2 * replicates,
        resampled_differences, &resampling, estimates, comparison->count, error);
    for (size_t r = 0; status == 0 && r < comparison->count; r++)
        if (comparison->row[r].finding != CR_FINDING_UNDEFINED)
            comparison->row[r].bootstrap = estimates[r].interval;
    free(estimates);
    return status;
}

/* Benjamini & Hochberg: from the largest p down, p times tests over its rank, never above the one before. */
static int correct(struct cr_comparison *comparison, struct cr_error *error) {
    double *p = calloc(comparison->count + 1, sizeof *p);
    size_t *row = calloc(comparison->count + 1, sizeof *row);
    size_t *order = calloc(comparison->count + 1, sizeof *order);
    int status = 0;
    if (p != NULL && row != NULL && order != NULL) {
        for (size_t r = 0; r < comparison->count; r++)
            if (!isnan(comparison->row[r].p)) {
                p[comparison->tests] = comparison->row[r].p;
                row[comparison->tests++] = r;
            }
        gsl_sort_index(order, p, 1, comparison->tests);
        double least = 1.0;
        for (size_t rank = comparison->tests; rank > 0; rank--) {
            const size_t at = order[rank - 1];
            least = fmin(least, p[at] * (double)comparison->tests / (double)rank);
            comparison->row[row[at]].corrected = least;
        }
    } else {
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to compare %zu rows", comparison->count);
    }
    free(p);
    free(row);
    free(order);
    return status;
}

/* Whether the difference is surely smaller than matters: the interval of both one-sided tests lies within. */
static bool is_small(const struct cr_difference *row, double level) {
    const double reach = gsl_cdf_tdist_Pinv(level, row->df) * row->difference.se;
    return fabs(row->difference.value) + reach < row->least;
}

static void find(struct cr_comparison *comparison) {
    for (size_t r = 0; r < comparison->count; r++) {
        struct cr_difference *row = &comparison->row[r];
        if (row->finding == CR_FINDING_UNDEFINED)
            continue;
        const bool differs = row->corrected < 1.0 - comparison->level, small = is_small(row, comparison->level);
        row->finding =
            differs ? (small ? CR_FINDING_SLIGHT : CR_FINDING_DIFFERS) : (small ? CR_FINDING_SAME : CR_FINDING_OPEN);
    }
}

/* All memory that comparing needs at once. */
struct workspace {
    struct values *values;
    double *numbers; /* of each row: first, second; and one row more of both, as scratch */
};

static int lay_out(struct cr_comparison *comparison, const struct cr_comparison_plan *plan, struct workspace *workspace,
    size_t replicates, struct cr_error *error) {
    const struct cr_collection *first = plan->first, *second = plan->second;
    comparison->row = calloc(first->row_count + 1, sizeof *comparison->row);
    workspace->values = calloc(first->row_count + 1, sizeof *workspace->values);
    workspace->numbers = malloc(2 * (first->row_count + 1) * (replicates + 1) * sizeof(double));
    if (comparison->row == NULL || workspace->values == NULL || workspace->numbers == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to compare %zu rows", first->row_count);
    comparison->count = 0;
    for (size_t r = 0; r < first->row_count; r++) {
        const struct cr_reading *reading = &first->row[r];
        const int64_t other = cr_collection_find(second, cr_measures[reading->measure].name, reading->group);
        if (other < 0 || (plan->wanted != NULL && !cr_kept_list_has(plan->wanted, reading->measure, reading->group)))
            continue;
        const size_t at = comparison->count++;
        double *numbers = workspace->numbers + 2 * at * replicates;
        for (size_t k = 0; k < replicates; k++) {
            const int64_t replicate = (int64_t)k;
            numbers[k] = replicate < first->replicates ? cr_collection_at(first, r, replicate).value : (double)NAN;
            numbers[replicates + k] =
                replicate < second->replicates ? cr_collection_at(second, (size_t)other, replicate).value : (double)NAN;
        }
        workspace->values[at] = (struct values){
            .first = numbers, .second = numbers + replicates, .count = replicates, .paired = plan->paired};
        struct cr_difference *row = &comparison->row[at];
        row->measure = reading->measure;
        memcpy(row->group, reading->group, sizeof row->group);
        workspace->values[at].sd = sd_between_persons(first, r);
    }
    return 0;
}

int cr_comparison_init(
    struct cr_comparison *comparison, const struct cr_comparison_plan *plan, struct cr_error *error) {
    *comparison = (struct cr_comparison){.paired = plan->paired, .level = plan->bootstrap->level};
    const int64_t one = plan->first->replicates, other = plan->second->replicates;
    if (plan->paired && one != other)
        return cr_error_set(
            error, CR_ERROR_USAGE, "%lld replicates cannot be paired with %lld", (long long)one, (long long)other);
    const size_t replicates = (size_t)(one > other ? one : other);
    struct workspace workspace = {0};
    int status = lay_out(comparison, plan, &workspace, replicates, error);
    for (size_t r = 0; status == 0 && r < comparison->count; r++) {
        double *scratch = workspace.numbers + 2 * comparison->count * replicates;
        memcpy(scratch, workspace.numbers + 2 * r * replicates, 2 * replicates * sizeof *scratch);
        compare_row(&comparison->row[r], &workspace.values[r], comparison->level, scratch, scratch + replicates);
    }
    if (status == 0)
        status = resample(comparison, workspace.values, replicates, plan->bootstrap, error);
    if (status == 0)
        status = correct(comparison, error);
    if (status == 0)
        find(comparison);
    free(workspace.values);
    free(workspace.numbers);
    return status;
}

void cr_comparison_free(struct cr_comparison *comparison) {
    free(comparison->row);
    *comparison = (struct cr_comparison){0};
}

size_t cr_comparison_count(const struct cr_comparison *comparison, enum cr_finding finding) {
    size_t count = 0;
    for (size_t r = 0; r < comparison->count; r++)
        count += comparison->row[r].finding == finding;
    return count;
}

bool cr_comparison_is_exactly_equal(const struct cr_comparison *comparison) {
    size_t equal = 0;
    for (size_t r = 0; r < comparison->count; r++) {
        const struct cr_difference *row = &comparison->row[r];
        if (row->finding == CR_FINDING_UNDEFINED)
            continue;
        if (row->difference.value != 0.0 || row->difference.se != 0.0)
            return false;
        equal++;
    }
    return equal > 0;
}

double cr_comparison_widest(const struct cr_comparison *comparison) {
    double widest = 0.0;
    for (size_t r = 0; r < comparison->count; r++) {
        const struct cr_difference *row = &comparison->row[r];
        if (row->finding != CR_FINDING_UNDEFINED)
            widest = fmax(widest, row->t.high - row->t.low);
    }
    return widest;
}

double cr_comparison_median_gain(const struct cr_comparison *comparison) {
    double *gains = malloc((comparison->count + 1) * sizeof *gains);
    if (gains == NULL)
        return (double)NAN;
    size_t count = 0;
    for (size_t r = 0; r < comparison->count; r++)
        if (isfinite(comparison->row[r].gain))
            gains[count++] = comparison->row[r].gain;
    const double median = cr_statistics_quantile(gains, cr_statistics_sort(gains, count), 0.5);
    free(gains);
    return median;
}
