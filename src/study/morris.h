#ifndef CR_STUDY_MORRIS_H
#define CR_STUDY_MORRIS_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "study/bootstrap.h"

/* Screening by elementary effects (Morris 1991, Technometrics 33, 161-174; Campolongo, Cariboni & Saltelli 2007,
 * Environmental Modelling & Software 22, 1509-1518).
 *
 * The unit cube is seen as a grid of `levels` = p values an axis: 0, 1 / (p - 1), ..., 1. A trajectory starts anywhere
 * on the grid and then moves each axis once, in random order, by delta = p / (2 (p - 1)): upwards from the lower half
 * of the levels and downwards from the upper half, so that every level is as likely as any other. */
struct cr_morris_plan {
    size_t axes;         /* k, 1 to CR_MORRIS_AXES_MAX */
    size_t trajectories; /* r, 2 to CR_MORRIS_TRAJECTORIES_MAX; 10 to 100 are usual */
    int levels;          /* p, even, 2 or more; 4 to 8 are usual */
    uint64_t seed;

    /* How far an axis really moved, as a share of its range, when its unit coordinate went from `from` to `to`: not the
     * same where it has few values. NULL: to - from. 0: it did not move, and there is no effect. */
    double (*moved)(const void *context, size_t axis, double from, double to);
    const void *context; /* borrowed */
};

enum { CR_MORRIS_AXES_MAX = 1 << 20, CR_MORRIS_TRAJECTORIES_MAX = CR_BOOTSTRAP_ROWS_MAX };

/* How many points the plan has: r (k + 1). */
size_t cr_morris_points(const struct cr_morris_plan *plan);

/* How far an axis moves: p / (2 (p - 1)). */
double cr_morris_delta(const struct cr_morris_plan *plan);

/* Gives the points one after the other, trajectory by trajectory, in O(k) memory. Trajectory number t is a function of
 * (seed, t, k, p), whatever their number r (CR_LUCK_DESIGN). */
struct cr_morris {
    struct cr_morris_plan plan;
    size_t trajectory; /* of the next point, from 0; plan.trajectories after the last */
    size_t step;       /* of the next point in its trajectory, 0 (the start) to k */
    size_t moved;      /* the axis in which the point last given differs from the one before; k: it was a start */
    double by;         /* how far it moved: delta or -delta; 0 for a start */
    size_t *order;     /* owned; the axes in the order in which they move */
    int *level;        /* owned; where each axis stands, 0 to p - 1 */
    gsl_rng *rng;      /* owned */
};

/* Places it before the first point. CR_ERROR_USAGE for a plan out of range; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_morris_init(struct cr_morris *morris, const struct cr_morris_plan *plan, struct cr_error *error);

/* Fills `unit_point` (k numbers from 0 to 1) with the next point; false after the last. */
bool cr_morris_next(struct cr_morris *morris, double *unit_point);

/* Gives everything back; safe twice. */
void cr_morris_free(struct cr_morris *morris);

/* The elementary effects of an axis, each (y after the move - y before it) / (the move, of the unit axis), as the
 * trajectories found them. */
struct cr_morris_effect {
    int64_t n;                            /* effects known; at most r */
    struct cr_bootstrap_estimate mu;      /* their mean; undefined for n = 0 */
    struct cr_bootstrap_estimate mu_star; /* mean of their absolute values; undefined for n = 0 */
    struct cr_bootstrap_estimate sigma;   /* their standard deviation, divisor n - 1; undefined for n < 2 */
};

struct cr_morris_effects {
    struct cr_morris_effect *axis; /* owned */
    size_t axes;
};

/* Estimates from the outputs `y` (cr_morris_points of them, in the order of the points; borrowed). An effect of which
 * either end is missing (NaN, or not finite) is left out. Intervals are those of the bootstrap over whole trajectories.
 * CR_ERROR_USAGE for a plan or a bootstrap out of range; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_morris_effects_init(struct cr_morris_effects *effects, const struct cr_morris_plan *plan,
    const double *y, const struct cr_bootstrap *bootstrap, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_morris_effects_free(struct cr_morris_effects *effects);

#endif
