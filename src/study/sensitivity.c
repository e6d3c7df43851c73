#include "study/sensitivity.h"

#include <math.h>
#include <stdlib.h>

#include "io/store_runs.h"
#include "study/design.h"

/* How many numbers of a store are looked at in one reading of it. */
enum { NUMBERS_AT_ONCE = 32 << 20 };

bool cr_sensitivity_fits(const struct cr_study *study) {
    return study->settings.design == CR_DESIGN_MORRIS || study->settings.design == CR_DESIGN_SALTELLI;
}

static bool has_second_order(const struct cr_study *study) {
    return study->settings.design == CR_DESIGN_SALTELLI && study->settings.second_order;
}

static size_t rows_a_reading(const struct cr_study *study) {
    const size_t k = study->axis_count;
    if (study->settings.design == CR_DESIGN_MORRIS)
        return 3 * k;
    return 2 * k + (has_second_order(study) ? k * (k - 1) / 2 : 0);
}

/* Where the next row goes, and what all rows of a reading share. */
struct cursor {
    struct cr_stored_index *row;
    const struct cr_stored_reading *reading;
    const struct cr_study *study;
};

static void add(struct cursor *cursor, const char *index, size_t axis, size_t other,
    const struct cr_bootstrap_estimate *estimate, size_t n) {
    const struct cr_axis *axes = cursor->study->axes;
    *cursor->row++ = (struct cr_stored_index){.measure = cursor->reading->measure,
        .group = cursor->reading->group,
        .index = index,
        .parameter = axes[axis].key,
        .other = other != axis ? axes[other].key : NULL,
        .value = estimate->value,
        .low = estimate->interval.low,
        .high = estimate->interval.high,
        .n = (int64_t)n};
}

static int screen(struct cr_sensitivity *sensitivity, struct cursor *cursor, const double *y,
    const struct cr_bootstrap *bootstrap, struct cr_error *error) {
    const struct cr_morris_plan plan = cr_design_morris_plan(cursor->study);
    struct cr_morris_effects effects;
    const int status = cr_morris_effects_init(&effects, &plan, y, bootstrap, error);
    for (size_t i = 0; status == 0 && i < plan.axes; i++) {
        const struct cr_morris_effect *effect = &effects.axis[i];
        const int64_t lacking = (int64_t)plan.trajectories - effect->n;
        add(cursor, "mu_star", i, i, &effect->mu_star, (size_t)effect->n);
        add(cursor, "mu", i, i, &effect->mu, (size_t)effect->n);
        add(cursor, "sigma", i, i, &effect->sigma, (size_t)effect->n);
        if (lacking > sensitivity->left_out)
            sensitivity->left_out = lacking;
    }
    cr_morris_effects_free(&effects);
    return status;
}

static int apportion(struct cr_sensitivity *sensitivity, struct cursor *cursor, const double *y,
    const struct cr_bootstrap *bootstrap, struct cr_error *error) {
    const struct cr_sobol_plan plan = cr_design_saltelli_plan(cursor->study);
    struct cr_sobol_indices indices;
    const int status = cr_sobol_indices_init(&indices, &plan, y, bootstrap, error);
    for (size_t i = 0; status == 0 && i < plan.axes; i++) {
        add(cursor, "first", i, i, &indices.first[i], indices.rows);
        add(cursor, "total", i, i, &indices.total[i], indices.rows);
    }
    for (size_t i = 0; status == 0 && has_second_order(cursor->study) && i < plan.axes; i++)
        for (size_t j = i + 1; j < plan.axes; j++)
            add(cursor, "second", i, j, cr_sobol_indices_second(&indices, i, j), indices.rows);
    if (status == 0 && (int64_t)indices.rows_left_out > sensitivity->left_out)
        sensitivity->left_out = (int64_t)indices.rows_left_out;
    cr_sobol_indices_free(&indices);
    return status;
}

static int compute(struct cr_sensitivity *sensitivity, const struct cr_sensitivity_plan *plan,
    const struct cr_store *store, struct cr_error *error) {
    const struct cr_study *study = plan->study;
    const size_t points = (size_t)cr_study_points(study);
    const size_t at_once = NUMBERS_AT_ONCE / points > 0 ? NUMBERS_AT_ONCE / points : 1;
    const struct cr_bootstrap bootstrap = {
        .resamples = plan->resamples, .level = plan->level, .seed = (uint64_t)study->settings.design_seed};
    struct cr_stored_readings *readings = &sensitivity->readings;
    sensitivity->rows_a_reading = rows_a_reading(study);
    sensitivity->rows = calloc(readings->count * sensitivity->rows_a_reading + 1, sizeof *sensitivity->rows);
    double *y = malloc((at_once < readings->count ? at_once : readings->count) * points * sizeof *y);
    int status = sensitivity->rows != NULL && y != NULL
                     ? 0
                     : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the values of %s", plan->path);
    struct cursor cursor = {.row = sensitivity->rows, .study = study};
    for (size_t first = 0; status == 0 && first < readings->count; first += at_once) {
        const size_t count = readings->count - first < at_once ? readings->count - first : at_once;
        status = cr_store_point_means(store, readings->reading + first, count, points, y, error);
        for (size_t k = 0; status == 0 && k < count; k++) {
            cursor.reading = &readings->reading[first + k];
            status = study->settings.design == CR_DESIGN_MORRIS
                         ? screen(sensitivity, &cursor, y + k * points, &bootstrap, error)
                         : apportion(sensitivity, &cursor, y + k * points, &bootstrap, error);
        }
    }
    free(y);
    sensitivity->row_count = readings->count * sensitivity->rows_a_reading;
    return status;
}

int cr_sensitivity_run(
    struct cr_sensitivity *sensitivity, const struct cr_sensitivity_plan *plan, struct cr_error *error) {
    struct cr_store store;
    struct cr_tally tally;
    *sensitivity = (struct cr_sensitivity){0};
    int status = cr_store_open(&store, plan->path, CR_STORE_WRITE, error);
    if (status == 0)
        status = cr_store_runs_tally(&store, &tally, error);
    if (status == 0 && tally.waiting > 0)
        status = cr_error_set(error, CR_ERROR_USAGE, "%lld runs of %s still wait; go on with --resume",
            (long long)tally.waiting, plan->path);
    if (status == 0 && tally.done == 0)
        status = cr_error_set(error, CR_ERROR_USAGE, "no run of %s has been done well", plan->path);
    if (status == 0)
        status = cr_stored_readings_init(&sensitivity->readings, &store, error);
    if (status == 0)
        status = compute(sensitivity, plan, &store, error);
    if (status == 0)
        status = cr_store_indices_replace(&store, sensitivity->rows, sensitivity->row_count, error);
    cr_store_close(&store);
    return status;
}

void cr_sensitivity_free(struct cr_sensitivity *sensitivity) {
    cr_stored_readings_free(&sensitivity->readings);
    free(sensitivity->rows);
    *sensitivity = (struct cr_sensitivity){0};
}
