#include "study/morris.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "base/numeric.h"
#include "base/stream.h"

enum { STATISTICS = 3 }; /* an axis's: mu, mu_star, sigma */

static int check(const struct cr_morris_plan *plan, struct cr_error *error) {
    if (plan->axes < 1 || plan->axes > CR_MORRIS_AXES_MAX)
        return cr_error_set(
            error, CR_ERROR_USAGE, "a Morris design has 1 to %d axes, not %zu", CR_MORRIS_AXES_MAX, plan->axes);
    if (plan->trajectories < 2 || plan->trajectories > CR_MORRIS_TRAJECTORIES_MAX)
        return cr_error_set(error, CR_ERROR_USAGE, "a Morris design has 2 to %d trajectories, not %zu",
            CR_MORRIS_TRAJECTORIES_MAX, plan->trajectories);
    if (plan->levels < 2 || plan->levels % 2 != 0)
        return cr_error_set(error, CR_ERROR_USAGE,
            "the levels of a Morris design are an even number of 2 or more, for example 4, and not %d", plan->levels);
    return 0;
}

size_t cr_morris_points(const struct cr_morris_plan *plan) {
    return plan->trajectories * (plan->axes + 1);
}

double cr_morris_delta(const struct cr_morris_plan *plan) {
    return plan->levels / (2.0 * (plan->levels - 1.0));
}

int cr_morris_init(struct cr_morris *morris, const struct cr_morris_plan *plan, struct cr_error *error) {
    *morris = (struct cr_morris){.plan = *plan, .moved = plan->axes};
    const int checked = check(plan, error);
    if (checked)
        return checked;
    morris->order = calloc(plan->axes, sizeof *morris->order);
    morris->level = calloc(plan->axes, sizeof *morris->level);
    morris->rng = gsl_rng_alloc(cr_stream_rng_type);
    if (morris->order && morris->level && morris->rng)
        return 0;
    cr_morris_free(morris);
    (void)cr_error_set(error, CR_ERROR_MEMORY, "no memory for a Morris design of %zu axes", plan->axes);
    return CR_ERROR_MEMORY;
}

void cr_morris_free(struct cr_morris *morris) {
    free(morris->order);
    free(morris->level);
    if (morris->rng)
        gsl_rng_free(morris->rng);
    morris->order = NULL;
    morris->level = NULL;
    morris->rng = NULL;
}

static void start(struct cr_morris *morris) {
    const struct cr_stream luck = {.seed = morris->plan.seed};
    cr_stream_seek(morris->rng, &luck, CR_LUCK_DESIGN, (uint32_t)morris->trajectory, 0);
    for (size_t i = 0; i < morris->plan.axes; i++) {
        morris->level[i] = (int)gsl_rng_uniform_int(morris->rng, (unsigned long)morris->plan.levels);
        morris->order[i] = i;
    }
    gsl_ran_shuffle(morris->rng, morris->order, morris->plan.axes, sizeof *morris->order);
    morris->moved = morris->plan.axes;
    morris->by = 0.0;
}

static void move(struct cr_morris *morris) {
    const int half = morris->plan.levels / 2;
    int *level = &morris->level[morris->order[morris->step - 1]];
    const bool rises = *level < half;
    *level += rises ? half : -half;
    morris->moved = morris->order[morris->step - 1];
    morris->by = rises ? cr_morris_delta(&morris->plan) : -cr_morris_delta(&morris->plan);
}

bool cr_morris_next(struct cr_morris *morris, double *unit_point) {
    if (morris->trajectory == morris->plan.trajectories)
        return false;
    if (morris->step == 0)
        start(morris);
    else
        move(morris);
    for (size_t i = 0; i < morris->plan.axes; i++)
        unit_point[i] = morris->level[i] / (morris->plan.levels - 1.0);
    if (++morris->step > morris->plan.axes) {
        morris->step = 0;
        morris->trajectory++;
    }
    return true;
}

/* What is known of the effects: a row of r numbers for each axis, NaN where missing. */
struct table {
    double *effect;
    size_t axes, trajectories;
};

static void fill(struct table *table, struct cr_morris *morris, const double *y, double *unit_point) {
    for (size_t point = 0; cr_morris_next(morris, unit_point); point++) {
        if (morris->moved == table->axes)
            continue;
        /* The generator already stands at the next trajectory once a trajectory's last point is given. */
        const size_t trajectory = point / (table->axes + 1);
        const double change = y[point] - y[point - 1], to = unit_point[morris->moved];
        const struct cr_morris_plan *const plan = &morris->plan;
        const double by = plan->moved ? plan->moved(plan->context, morris->moved, to - morris->by, to) : morris->by;
        table->effect[morris->moved * table->trajectories + trajectory] =
            isfinite(change) && by != 0.0 ? change / by : CR_MISSING;
    }
}

/* The mean of the effects, or of their absolute values, and how many there are. */
static double mean_of(
    const double *effect, const double *weights, size_t trajectories, double (*of)(double), double *n) {
    double sum = 0.0;
    *n = 0.0;
    for (size_t t = 0; t < trajectories; t++)
        if (!isnan(effect[t])) {
            sum += weights[t] * of(effect[t]);
            *n += weights[t];
        }
    return *n > 0.0 ? sum / *n : CR_MISSING;
}

static double itself(double x) {
    return x;
}

static double sd_of(const double *effect, const double *weights, size_t trajectories, double mean, double n) {
    if (n < 2.0)
        return CR_MISSING;
    double squares = 0.0;
    for (size_t t = 0; t < trajectories; t++)
        if (!isnan(effect[t]))
            squares += weights[t] * (effect[t] - mean) * (effect[t] - mean);
    return sqrt(squares / (n - 1.0));
}

static void estimate(void *context, const double *weights, double *values) {
    const struct table *table = context;
    for (size_t i = 0; i < table->axes; i++) {
        const double *effect = table->effect + i * table->trajectories;
        double n;
        values[STATISTICS * i] = mean_of(effect, weights, table->trajectories, itself, &n);
        values[STATISTICS * i + 1] = mean_of(effect, weights, table->trajectories, fabs, &n);
        values[STATISTICS * i + 2] = sd_of(effect, weights, table->trajectories, values[STATISTICS * i], n);
    }
}

static int64_t known(const double *effect, size_t trajectories) {
    int64_t n = 0;
    for (size_t t = 0; t < trajectories; t++)
        n += !isnan(effect[t]);
    return n;
}

int cr_morris_effects_init(struct cr_morris_effects *effects, const struct cr_morris_plan *plan, const double *y,
    const struct cr_bootstrap *bootstrap, struct cr_error *error) {
    *effects = (struct cr_morris_effects){.axes = plan->axes};
    struct cr_morris morris;
    int code = cr_morris_init(&morris, plan, error);
    if (code)
        return code;
    struct table table = {.axes = plan->axes, .trajectories = plan->trajectories};
    table.effect = calloc(plan->axes * plan->trajectories, sizeof *table.effect);
    double *unit_point = calloc(plan->axes, sizeof *unit_point);
    struct cr_bootstrap_estimate *estimates = calloc(plan->axes, STATISTICS * sizeof *estimates);
    effects->axis = calloc(plan->axes, sizeof *effects->axis);
    if (!table.effect || !unit_point || !estimates || !effects->axis) {
        code = cr_error_set(error, CR_ERROR_MEMORY, "no memory for the elementary effects of %zu axes", plan->axes);
        goto out;
    }
    fill(&table, &morris, y, unit_point);
    code = cr_bootstrap_run(bootstrap, plan->trajectories, estimate, &table, estimates, STATISTICS * plan->axes, error);
    if (code)
        goto out;
    for (size_t i = 0; i < plan->axes; i++)
        effects->axis[i] =
            (struct cr_morris_effect){.n = known(table.effect + i * plan->trajectories, plan->trajectories),
                .mu = estimates[STATISTICS * i],
                .mu_star = estimates[STATISTICS * i + 1],
                .sigma = estimates[STATISTICS * i + 2]};
out:
    cr_morris_free(&morris);
    free(table.effect);
    free(unit_point);
    free(estimates);
    if (code)
        cr_morris_effects_free(effects);
    return code;
}

void cr_morris_effects_free(struct cr_morris_effects *effects) {
    free(effects->axis);
    effects->axis = NULL;
}
