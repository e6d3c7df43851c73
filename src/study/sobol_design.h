#ifndef CR_STUDY_SOBOL_DESIGN_H
#define CR_STUDY_SOBOL_DESIGN_H

#include <gsl/gsl_qrng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "study/bootstrap.h"

/* The points at which variance-based sensitivity is found by pick and freeze (Saltelli 2002, Computer Physics
 * Communications 145, 280-297; study/sobol_indices.h).
 *
 * Base row j is a pair of points of the unit cube, A_j and B_j. AB_i is A_j with axis i taken from B_j, and BA_i is B_j
 * with axis i taken from A_j. All points of a base row stand together: A, AB_1 ... AB_k, with second order BA_1 ...
 * BA_k, and B. */
struct cr_sobol_plan {
    size_t axes;       /* k, 1 to CR_SOBOL_AXES_MAX */
    size_t base;       /* N, 2 to CR_SOBOL_BASE_MAX; best a power of two, of 1024 or more */
    bool second_order; /* needs two axes or more */
    uint64_t seed;
};

enum {
    CR_SOBOL_AXES_MAX = 1 << 20,
    CR_SOBOL_BASE_MAX = CR_BOOTSTRAP_ROWS_MAX,
    CR_SOBOL_SEQUENCE_AXES_MAX = 20 /* axes up to which base rows are quasi-random */
};

/* Tells what is wrong with a plan out of range: CR_ERROR_USAGE. */
CR_NODISCARD int cr_sobol_plan_check(const struct cr_sobol_plan *plan, struct cr_error *error);

/* How many points a base row has, k + 2 or 2 k + 2, and how many there are in all, N times as many. */
size_t cr_sobol_row_points(const struct cr_sobol_plan *plan);
size_t cr_sobol_points(const struct cr_sobol_plan *plan);

/* Gives the points one after the other in O(k) memory. All lie in the open unit cube, and each is uniformly distributed
 * over the seeds (CR_LUCK_DESIGN).
 *
 * Up to 20 axes the pairs are points of Sobol's sequence in 2 k dimensions, GSL's gsl_qrng_sobol (40 dimensions;
 * direction numbers of Bratley & Fox 1988), from the origin on, which GSL leaves out, and under a random digital shift
 * (L'Ecuyer & Lemieux 2002). With that shift no first points need be skipped, and the first 2^m stay a net (Owen
 * 2020, "On dropping the first Sobol' point"). Below 4096 rows a few pairs of dimensions, one beyond the twentieth, are
 * correlated (up to .75); with 20 axes the indices then err about as much as under chance, and with fewer less.
 *
 * With more axes the pairs are independent uniform numbers: gsl_qrng_reversehalton has dimensions enough, but theirs
 * move together until N is far above the largest base (at 80 dimensions and N = 4096, a correlation of .74), and the
 * indices of 40 axes had errors two to six times those of chance. */
struct cr_sobol_design {
    struct cr_sobol_plan plan;
    size_t row;         /* of the next point, from 0; plan.base after the last */
    size_t place;       /* of the next point in its base row, 0 (A) to cr_sobol_row_points - 1 (B) */
    double *pair;       /* owned; A then B */
    uint32_t *shift;    /* owned; of each of the 2 k dimensions */
    gsl_qrng *sequence; /* owned; NULL: independent numbers */
};

/* Places it before the first point. CR_ERROR_USAGE for a plan out of range; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_sobol_design_init(
    struct cr_sobol_design *design, const struct cr_sobol_plan *plan, struct cr_error *error);

/* Fills `unit_point` (k numbers in (0, 1)) with the next point; false after the last. */
bool cr_sobol_design_next(struct cr_sobol_design *design, double *unit_point);

/* Gives everything back; safe twice. */
void cr_sobol_design_free(struct cr_sobol_design *design);

#endif
