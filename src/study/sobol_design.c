#include "study/sobol_design.h"

#include <stdlib.h>
#include <string.h>

#include "base/stream.h"

int cr_sobol_plan_check(const struct cr_sobol_plan *plan, struct cr_error *error) {
    if (plan->axes < 1 || plan->axes > CR_SOBOL_AXES_MAX)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a Sobol design has 1 to %d axes, not %zu", CR_SOBOL_AXES_MAX, plan->axes);
    if (plan->base < 2 || plan->base > CR_SOBOL_BASE_MAX)
        return cr_error_set(error, CR_ERROR_USAGE,
            "the base size of a Sobol design is 2 to %d, for example 1024, not %zu", CR_SOBOL_BASE_MAX, plan->base);
    if (plan->second_order && plan->axes < 2)
        return cr_error_set(error, CR_ERROR_USAGE, "indices of second order need two axes or more, and there is one");
    return 0;
}

size_t cr_sobol_row_points(const struct cr_sobol_plan *plan) {
    return (plan->second_order ? 2 : 1) * plan->axes + 2;
}

size_t cr_sobol_points(const struct cr_sobol_plan *plan) {
    return plan->base * cr_sobol_row_points(plan);
}

/* The uniform number of a dimension: of each base row where rows are independent, and of the shift otherwise. */
static double draw(const struct cr_sobol_plan *plan, size_t row, size_t dimension) {
    const struct cr_stream luck = {.seed = plan->seed};
    double u[4];
    cr_stream_uniforms(&luck, CR_LUCK_DESIGN, (uint32_t)row, 0, (uint32_t)(dimension / 4), u);
    return u[dimension % 4];
}

int cr_sobol_design_init(struct cr_sobol_design *design, const struct cr_sobol_plan *plan, struct cr_error *error) {
    *design = (struct cr_sobol_design){.plan = *plan};
    const int checked = cr_sobol_plan_check(plan, error);
    if (checked)
        return checked;
    const bool quasi_random = plan->axes <= CR_SOBOL_SEQUENCE_AXES_MAX;
    design->pair = calloc(2 * plan->axes, sizeof *design->pair);
    design->shift = calloc(2 * plan->axes, sizeof *design->shift);
    if (quasi_random)
        design->sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)(2 * plan->axes));
    if (!design->pair || !design->shift || (quasi_random && !design->sequence)) {
        cr_sobol_design_free(design);
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory for a Sobol design of %zu axes", plan->axes);
    }
    for (size_t d = 0; d < 2 * plan->axes; d++)
        design->shift[d] = (uint32_t)(draw(plan, 0, d) * 0x1p30);
    return 0;
}

void cr_sobol_design_free(struct cr_sobol_design *design) {
    free(design->pair);
    free(design->shift);
    if (design->sequence)
        gsl_qrng_free(design->sequence);
    design->pair = NULL;
    design->shift = NULL;
    design->sequence = NULL;
}

/* GSL's numbers are multiples of 2^-30; half of one more keeps them off the cube's faces. */
static void next_pair(struct cr_sobol_design *design) {
    const size_t dimensions = 2 * design->plan.axes;
    double *pair = design->pair;
    if (!design->sequence) {
        for (size_t d = 0; d < dimensions; d++)
            pair[d] = draw(&design->plan, design->row, d);
        return;
    }
    if (design->row == 0)
        memset(pair, 0, dimensions * sizeof *pair);
    else
        (void)gsl_qrng_get(design->sequence, pair);
    for (size_t d = 0; d < dimensions; d++)
        pair[d] = ((double)((uint32_t)(pair[d] * 0x1p30) ^ design->shift[d]) + 0.5) * 0x1p-30;
}

bool cr_sobol_design_next(struct cr_sobol_design *design, double *unit_point) {
    const size_t axes = design->plan.axes;
    const size_t last = cr_sobol_row_points(&design->plan) - 1;
    if (design->row == design->plan.base)
        return false;
    if (design->place == 0)
        next_pair(design);
    const double *a = design->pair, *b = design->pair + axes;
    const bool mostly_b = design->place > axes;
    memcpy(unit_point, mostly_b ? b : a, axes * sizeof *unit_point);
    if (design->place > 0 && design->place < last) {
        const size_t i = (design->place - 1) % axes;
        unit_point[i] = mostly_b ? a[i] : b[i];
    }
    if (++design->place > last) {
        design->place = 0;
        design->row++;
    }
    return true;
}
