#include "study/sobol_indices.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"

/* What the estimators need of the base rows that count. Outputs are centred, and scaled by their largest distance from
 * the mean, so that squares neither overflow nor vanish. */
struct table {
    size_t axes, rows;
    bool second_order;
    double mean, scale;
    double *at;      /* of each row: f(A), f(B), f(AB_i) - f(A), and with second order f(BA_i) - f(B) */
    double *sums;    /* room for k weighted sums */
    double *crossed; /* k x k: room for the weighted sums of (f(BA_i) - f(B)) (f(AB_j) - f(A)) */
};

static size_t row_length(const struct table *table) {
    return (table->second_order ? 2 : 1) * table->axes + 2;
}

static bool is_complete(const double *y, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!isfinite(y[i]))
            return false;
    return true;
}

/* Rows that count move up in `at`; outputs stay as they are. */
static void gather(struct table *table, const double *y, size_t base) {
    const size_t length = row_length(table);
    for (size_t j = 0; j < base; j++)
        if (is_complete(y + j * length, length))
            memcpy(table->at + table->rows++ * length, y + j * length, length * sizeof *y);
}

/* Sums distances from the first output, so that the mean of equal outputs is exactly theirs. */
static void find_scale(struct table *table) {
    const size_t length = row_length(table);
    const double origin = table->rows > 0 ? table->at[0] : 0.0;
    double sum = 0.0;
    for (size_t j = 0; j < table->rows; j++)
        sum += (table->at[j * length] - origin) + (table->at[(j + 1) * length - 1] - origin);
    table->mean = table->rows > 0 ? origin + sum / (2.0 * (double)table->rows) : CR_MISSING;
    double largest = 0.0;
    for (size_t j = 0; j < table->rows; j++)
        largest = cr_max(largest,
            cr_max(fabs(table->at[j * length] - table->mean), fabs(table->at[(j + 1) * length - 1] - table->mean)));
    table->scale = largest > 0.0 ? largest : 1.0;
}

static void centre(struct table *table) {
    const size_t axes = table->axes, length = row_length(table);
    for (size_t j = 0; j < table->rows; j++) {
        double *row = table->at + j * length;
        const double a = row[0], b = row[length - 1];
        for (size_t i = axes; table->second_order && i > 0; i--)
            row[1 + axes + i] = (row[axes + i] - b) / table->scale;
        for (size_t i = axes; i > 0; i--)
            row[1 + i] = (row[i] - a) / table->scale;
        row[0] = (a - table->mean) / table->scale;
        row[1] = (b - table->mean) / table->scale;
    }
}

/* `change` starts from one point of a row that was drawn `weight` times; `other` is the output at its other point. */
static void add_changes(
    const double *change, size_t axes, double other, double weight, double *first, double *total, double *sums) {
    for (size_t i = 0; i < axes; i++) {
        const double weighted = weight * change[i];
        first[i] += other * weighted;
        total[i] += change[i] * weighted;
        sums[i] += weighted;
    }
}

static void add_crossed(const double *a_changes, const double *b_changes, size_t axes, double weight, double *crossed) {
    for (size_t i = 0; i < axes; i++) {
        const double weighted = weight * b_changes[i];
        for (size_t j = 0; j < axes; j++)
            crossed[i * axes + j] += weighted * a_changes[j];
    }
}

/* Statistics: k of first order, k in all, and the pairs i < j in the order of i, then j. */
static size_t statistics_of(const struct cr_sobol_plan *plan) {
    return 2 * plan->axes + (plan->second_order ? plan->axes * (plan->axes - 1) / 2 : 0);
}

static void estimate(void *context, const double *weights, double *values) {
    const struct table *table = context;
    const size_t axes = table->axes, length = row_length(table);
    double *first = values, *total = values + axes, *second = values + 2 * axes;
    double n = 0.0, sum = 0.0, squares = 0.0;
    memset(values, 0, 2 * axes * sizeof *values);
    memset(table->sums, 0, axes * sizeof *table->sums);
    if (table->second_order)
        memset(table->crossed, 0, axes * axes * sizeof *table->crossed);
    for (size_t r = 0; r < table->rows; r++) {
        const double weight = weights[r];
        const double *row = table->at + r * length;
        const double a = row[0], b = row[1], *a_changes = row + 2, *b_changes = row + 2 + axes;
        if (weight == 0.0)
            continue;
        n += weight;
        sum += weight * (a + b);
        squares += weight * (a * a + b * b);
        add_changes(a_changes, axes, b, weight, first, total, table->sums);
        if (table->second_order) {
            add_changes(b_changes, axes, a, weight, first, total, table->sums);
            add_crossed(a_changes, b_changes, axes, weight, table->crossed);
        }
    }
    const double mean = sum / (2.0 * n);
    const double spread = squares - mean * sum;
    /* Of equal outputs away from the centre rounding leaves some spread. */
    const bool varies = n >= 2.0 && spread > 1e-12 * squares;
    const double variance = varies ? spread / (2.0 * n - 1.0) : CR_MISSING;
    const double twins = table->second_order ? 2.0 : 1.0;
    for (size_t i = 0; i < axes; i++) {
        first[i] = (first[i] - mean * table->sums[i]) / (twins * n * variance);
        total[i] = total[i] / (2.0 * twins * n * variance);
    }
    for (size_t i = 0; table->second_order && i < axes; i++)
        for (size_t j = i + 1; j < axes; j++)
            *second++ = (table->crossed[i * axes + j] + table->crossed[j * axes + i]) / (2.0 * n * variance);
}

static double variance_of(const struct table *table) {
    const size_t length = row_length(table);
    if (table->rows < 2)
        return CR_MISSING;
    double squares = 0.0;
    for (size_t r = 0; r < table->rows; r++)
        squares +=
            table->at[r * length] * table->at[r * length] + table->at[r * length + 1] * table->at[r * length + 1];
    return squares * table->scale * table->scale / (2.0 * (double)table->rows - 1.0);
}

int cr_sobol_indices_init(struct cr_sobol_indices *indices, const struct cr_sobol_plan *plan, const double *y,
    const struct cr_bootstrap *bootstrap, struct cr_error *error) {
    *indices = (struct cr_sobol_indices){.axes = plan->axes};
    int code = cr_sobol_plan_check(plan, error);
    if (code)
        return code;
    struct table table = {.axes = plan->axes, .second_order = plan->second_order};
    table.at = calloc(plan->base, row_length(&table) * sizeof *table.at);
    table.sums = calloc(plan->axes, sizeof *table.sums);
    table.crossed = plan->second_order ? calloc(plan->axes, plan->axes * sizeof *table.crossed) : NULL;
    indices->first = calloc(statistics_of(plan), sizeof *indices->first);
    if (!table.at || !table.sums || (plan->second_order && !table.crossed) || !indices->first) {
        code = cr_error_set(error, CR_ERROR_MEMORY, "no memory for the Sobol indices of %zu axes from %zu base rows",
            plan->axes, plan->base);
        goto out;
    }
    gather(&table, y, plan->base);
    find_scale(&table);
    centre(&table);
    code = cr_bootstrap_run(bootstrap, table.rows, estimate, &table, indices->first, statistics_of(plan), error);
    if (code)
        goto out;
    indices->total = indices->first + plan->axes;
    indices->second = plan->second_order ? indices->total + plan->axes : NULL;
    indices->rows = table.rows;
    indices->rows_left_out = plan->base - table.rows;
    indices->mean = table.mean;
    indices->variance = variance_of(&table);
out:
    free(table.at);
    free(table.sums);
    free(table.crossed);
    if (code)
        cr_sobol_indices_free(indices);
    return code;
}

const struct cr_bootstrap_estimate *cr_sobol_indices_second(
    const struct cr_sobol_indices *indices, size_t i, size_t j) {
    if (!indices->second)
        return NULL;
    const size_t low = i < j ? i : j, high = i < j ? j : i;
    return &indices->second[low * (2 * indices->axes - low - 1) / 2 + (high - low - 1)];
}

void cr_sobol_indices_free(struct cr_sobol_indices *indices) {
    free(indices->first);
    indices->first = NULL;
    indices->total = NULL;
    indices->second = NULL;
}
