#include "study/design.h"

#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "base/stream.h"

/* The replicates of CR_LUCK_DESIGN that a Latin hypercube draws from. */
enum { LUCK_OF_ORDER, LUCK_OF_PLACE };

static int no_memory(const struct cr_study *study, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for a design of %zu axes and %lld points",
        study->axis_count, (long long)cr_study_points(study));
}

static int shuffle_parts(struct cr_design *design, struct cr_error *error) {
    const struct cr_study *const study = design->study;
    const size_t points = (size_t)study->settings.points;
    const struct cr_stream luck = {.seed = (uint64_t)study->settings.design_seed, .replicate = LUCK_OF_ORDER};
    gsl_rng *const rng = gsl_rng_alloc(cr_stream_rng_type);
    design->parts = calloc(points, study->axis_count * sizeof *design->parts);
    if (!design->parts || !rng) {
        if (rng)
            gsl_rng_free(rng);
        return no_memory(study, error);
    }
    for (size_t axis = 0; axis < study->axis_count; axis++) {
        uint32_t *const part = design->parts + axis * points;
        for (size_t i = 0; i < points; i++)
            part[i] = (uint32_t)i;
        cr_stream_seek(rng, &luck, CR_LUCK_DESIGN, (uint32_t)axis, 0);
        gsl_ran_shuffle(rng, part, points, sizeof *part);
    }
    gsl_rng_free(rng);
    return 0;
}

static int begin_sequence(struct cr_design *design, const gsl_qrng_type *type, struct cr_error *error) {
    design->sequence = gsl_qrng_alloc(type, (unsigned)design->study->axis_count);
    return design->sequence ? 0 : no_memory(design->study, error);
}

/* An axis of few values moves by whole ones, whatever its unit coordinate does; one of ratios by its coordinate. */
static double moved(const void *context, size_t axis, double from, double to) {
    const struct cr_study *const study = context;
    const struct cr_axis *const moving = &study->axes[axis];
    if (moving->field->type == CR_REAL || moving->logarithmic || moving->high <= moving->low)
        return to - from;
    const double before = from < 0.0 ? 0.0 : from > 1.0 ? 1.0 : from;
    return (cr_axis_at(moving, to) - cr_axis_at(moving, before)) / (moving->high - moving->low);
}

struct cr_morris_plan cr_design_morris_plan(const struct cr_study *study) {
    const struct cr_study_settings *const settings = &study->settings;
    return (struct cr_morris_plan){.axes = study->axis_count,
        .trajectories = (size_t)settings->trajectories,
        .levels = (int)settings->levels,
        .seed = (uint64_t)settings->design_seed,
        .moved = moved,
        .context = study};
}

struct cr_sobol_plan cr_design_saltelli_plan(const struct cr_study *study) {
    const struct cr_study_settings *const settings = &study->settings;
    return (struct cr_sobol_plan){.axes = study->axis_count,
        .base = (size_t)settings->points,
        .second_order = settings->second_order,
        .seed = (uint64_t)settings->design_seed};
}

static int begin_morris(struct cr_design *design, struct cr_error *error) {
    const struct cr_morris_plan plan = cr_design_morris_plan(design->study);
    return cr_morris_init(&design->morris, &plan, error);
}

static int begin_saltelli(struct cr_design *design, struct cr_error *error) {
    const struct cr_sobol_plan plan = cr_design_saltelli_plan(design->study);
    return cr_sobol_design_init(&design->saltelli, &plan, error);
}

int cr_design_init(struct cr_design *design, const struct cr_study *study, struct cr_error *error) {
    memset(design, 0, sizeof *design);
    design->study = study;
    switch ((enum cr_design_kind)study->settings.design) {
    case CR_DESIGN_LATIN_HYPERCUBE:
        return shuffle_parts(design, error);
    case CR_DESIGN_SOBOL:
        return begin_sequence(design, gsl_qrng_sobol, error);
    case CR_DESIGN_HALTON:
        return begin_sequence(design, gsl_qrng_halton, error);
    case CR_DESIGN_MORRIS:
        return begin_morris(design, error);
    case CR_DESIGN_SALTELLI:
        return begin_saltelli(design, error);
    case CR_DESIGN_FACTORIAL:
    case CR_DESIGN_ZIP:
    case CR_DESIGN_TABLE:
        break;
    }
    return 0;
}

static void combine(const struct cr_design *design, double *values) {
    int64_t rest = design->next;
    for (size_t i = design->study->axis_count; i-- > 0;) {
        const struct cr_axis *const axis = &design->study->axes[i];
        values[i] = axis->values[rest % (int64_t)axis->value_count];
        rest /= (int64_t)axis->value_count;
    }
}

static void place_in_parts(const struct cr_design *design, double *unit_point) {
    const struct cr_study *const study = design->study;
    const size_t points = (size_t)study->settings.points;
    const struct cr_stream luck = {.seed = (uint64_t)study->settings.design_seed, .replicate = LUCK_OF_PLACE};
    for (size_t axis = 0; axis < study->axis_count; axis++) {
        double u[4];
        cr_stream_uniforms(&luck, CR_LUCK_DESIGN, (uint32_t)axis, (uint32_t)design->next, 0, u);
        unit_point[axis] = (design->parts[axis * points + (size_t)design->next] + u[0]) / (double)points;
    }
}

void cr_design_next(struct cr_design *design, double *values) {
    const struct cr_study *const study = design->study;
    switch ((enum cr_design_kind)study->settings.design) {
    case CR_DESIGN_FACTORIAL:
        combine(design, values);
        break;
    case CR_DESIGN_ZIP:
    case CR_DESIGN_TABLE:
        for (size_t i = 0; i < study->axis_count; i++)
            values[i] = study->axes[i].values[design->next];
        break;
    case CR_DESIGN_LATIN_HYPERCUBE:
        place_in_parts(design, values);
        break;
    case CR_DESIGN_SOBOL:
    case CR_DESIGN_HALTON:
        (void)gsl_qrng_get(design->sequence, values);
        break;
    case CR_DESIGN_MORRIS:
        (void)cr_morris_next(&design->morris, values);
        break;
    case CR_DESIGN_SALTELLI:
        (void)cr_sobol_design_next(&design->saltelli, values);
        break;
    }
    if (!cr_study_lists_values(study))
        for (size_t i = 0; i < study->axis_count; i++)
            values[i] = cr_axis_at(&study->axes[i], values[i]);
    design->next++;
}

void cr_design_free(struct cr_design *design) {
    free(design->parts);
    design->parts = NULL;
    if (design->sequence)
        gsl_qrng_free(design->sequence);
    design->sequence = NULL;
    cr_morris_free(&design->morris);
    cr_sobol_design_free(&design->saltelli);
}
