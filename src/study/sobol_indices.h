#ifndef CR_STUDY_SOBOL_INDICES_H
#define CR_STUDY_SOBOL_INDICES_H

#include <stddef.h>

#include "base/error.h"
#include "study/bootstrap.h"
#include "study/sobol_design.h"

/* Variance-based sensitivity: which share of an output's variance each axis of the unit cube makes alone (first order),
 * with one other beyond what the two make alone (second order), and in all (total). The points are those of
 * study/sobol_design.h.
 *
 * Where the output has no variance over the points A and B that count, or fewer than two base rows count, there is
 * nothing to apportion and every index is undefined (NaN). By chance an estimate may be below 0 or above 1. */
struct cr_sobol_indices {
    size_t axes;
    size_t rows;                          /* base rows that count */
    size_t rows_left_out;                 /* base rows with a missing output */
    double mean, variance;                /* of the output over A and B, variance with the divisor 2 rows - 1 */
    struct cr_bootstrap_estimate *first;  /* owned; S_i of each axis */
    struct cr_bootstrap_estimate *total;  /* within `first`; ST_i of each axis */
    struct cr_bootstrap_estimate *second; /* within `first`; see cr_sobol_indices_second; NULL without */
};

/* Estimates from the outputs `y` (cr_sobol_points of them, in the order of the points; borrowed). With f(X) for the
 * output at X less its mean over A and B, V for its variance, and means over the base rows that count:
 *
 *   S_i  = mean f(B) (f(AB_i) - f(A)) / V
 *   ST_i = mean (f(A) - f(AB_i))^2 / (2 V)
 *   S_ij = mean (f(BA_i) f(AB_j) - f(A) f(B)) / V - S_i - S_j
 *
 * (Saltelli et al. 2010, Computer Physics Communications 181, 259-270, table 2 (b); Jansen 1999, the same 117, 35-43;
 * Saltelli 2002, the same 145, 280-297.)
 *
 * With second order each has a twin in which A and B change places, and is the mean of the two (Saltelli 2002); S_ij is
 * then equal to mean ((f(BA_i) - f(B)) (f(AB_j) - f(A)) + (f(BA_j) - f(B)) (f(AB_i) - f(A))) / (2 V), and so computed.
 *
 * A base row of which any output is missing (NaN, or not finite) is left out. Intervals are those of the bootstrap over
 * base rows; they take rows as independent, so that under Sobol's sequence they are wider than need be.
 * CR_ERROR_USAGE for a plan or a bootstrap out of range; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_sobol_indices_init(struct cr_sobol_indices *indices, const struct cr_sobol_plan *plan,
    const double *y, const struct cr_bootstrap *bootstrap, struct cr_error *error);

/* S_ij of two axes i != j, in either order; borrowed. NULL without second order. */
const struct cr_bootstrap_estimate *cr_sobol_indices_second(const struct cr_sobol_indices *indices, size_t i, size_t j);

/* Gives everything back; safe twice. */
void cr_sobol_indices_free(struct cr_sobol_indices *indices);

#endif
