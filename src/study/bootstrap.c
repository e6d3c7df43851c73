#include "study/bootstrap.h"

#include <math.h>
#include <stdlib.h>

#include "base/numeric.h"
#include "base/stream.h"

static int check(const struct cr_bootstrap *bootstrap, size_t rows, struct cr_error *error) {
    if (!(bootstrap->level > 0.0 && bootstrap->level < 1.0))
        return cr_error_set(error, CR_ERROR_USAGE,
            "an interval's level lies between 0 and 1, for example 0.95, and is not %g", bootstrap->level);
    if (bootstrap->resamples > CR_BOOTSTRAP_RESAMPLES_MAX)
        return cr_error_set(error, CR_ERROR_USAGE, "there are at most %d resamples of a bootstrap, not %zu",
            CR_BOOTSTRAP_RESAMPLES_MAX, bootstrap->resamples);
    if (rows > CR_BOOTSTRAP_ROWS_MAX)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a bootstrap draws from at most %d rows, not from %zu", CR_BOOTSTRAP_ROWS_MAX, rows);
    return 0;
}

static void draw(gsl_rng *rng, double *weights, size_t rows) {
    for (size_t j = 0; j < rows; j++)
        weights[j] = 0.0;
    for (size_t j = 0; j < rows; j++)
        weights[gsl_rng_uniform_int(rng, rows)] += 1.0;
}

/* `drawn` gets a row of `resamples` numbers for each statistic. */
static void resample(const struct cr_bootstrap *bootstrap, size_t rows, cr_bootstrap_statistic *statistic,
    void *context, gsl_rng *rng, double *weights, double *values, double *drawn, size_t count) {
    const struct cr_stream luck = {.seed = bootstrap->seed};
    for (size_t b = 0; b < bootstrap->resamples; b++) {
        cr_stream_seek(rng, &luck, CR_LUCK_RESAMPLE, (uint32_t)b, 0);
        draw(rng, weights, rows);
        statistic(context, weights, values);
        for (size_t s = 0; s < count; s++)
            drawn[s * bootstrap->resamples + b] = values[s];
    }
}

static struct cr_interval percentiles(double *drawn, size_t resamples, double level) {
    const size_t present = cr_statistics_sort(drawn, resamples);
    return (struct cr_interval){.low = cr_statistics_quantile(drawn, present, 0.5 - 0.5 * level),
        .high = cr_statistics_quantile(drawn, present, 0.5 + 0.5 * level)};
}

int cr_bootstrap_run(const struct cr_bootstrap *bootstrap, size_t rows, cr_bootstrap_statistic *statistic,
    void *context, struct cr_bootstrap_estimate *estimates, size_t count, struct cr_error *error) {
    const int checked = check(bootstrap, rows, error);
    if (checked)
        return checked;
    gsl_rng *rng = gsl_rng_alloc(cr_stream_rng_type);
    double *weights = calloc(rows + 1, sizeof *weights);
    double *values = calloc(count + 1, sizeof *values);
    double *drawn = calloc(count + 1, (bootstrap->resamples + 1) * sizeof *drawn);
    int code = 0;
    if (rng && weights && values && drawn) {
        for (size_t j = 0; j < rows; j++)
            weights[j] = 1.0;
        statistic(context, weights, values);
        for (size_t s = 0; s < count; s++)
            estimates[s].value = values[s];
        resample(bootstrap, rows, statistic, context, rng, weights, values, drawn, count);
        for (size_t s = 0; s < count; s++)
            estimates[s].interval =
                isnan(estimates[s].value)
                    ? (struct cr_interval){.low = CR_MISSING, .high = CR_MISSING}
                    : percentiles(drawn + s * bootstrap->resamples, bootstrap->resamples, bootstrap->level);
    } else {
        code = cr_error_set(error, CR_ERROR_MEMORY, "no memory for %zu resamples of %zu rows and %zu statistics",
            bootstrap->resamples, rows, count);
    }
    if (rng)
        gsl_rng_free(rng);
    free(weights);
    free(values);
    free(drawn);
    return code;
}
