#ifndef CR_STUDY_DESIGN_H
#define CR_STUDY_DESIGN_H

#include <gsl/gsl_qrng.h>

#include "study/morris.h"
#include "study/sobol_indices.h"
#include "study/study.h"

/* The points of a study's design, one after the other in a fixed order, always the same for the same study:
 *
 *   factorial        every combination; the last axis changes fastest
 *   zip, table       the first value of every axis, then the second, ...
 *   latin_hypercube  each axis cut into as many equal parts as there are points, one point in each part at a random
 *                    place, the parts of the axes matched at random (McKay, Beckman & Conover 1979, Technometrics 21,
 *                    section 2); an axis keeps its places when others are added after it
 *   sobol, halton    quasi-random sequences of GSL, without their first point, the origin
 *   morris           study/morris.h
 *   saltelli         study/sobol_indices.h
 *
 * The last five lay points u in the unit cube; an axis takes the value of cr_axis_at. Memory grows with the number of
 * points for latin_hypercube alone (4 bytes a point and axis). */
struct cr_design {
    const struct cr_study *study; /* borrowed */
    int64_t next;                 /* number of the next point, from 0 */
    uint32_t *parts;              /* owned: latin_hypercube: the part of each point, axis by axis */
    gsl_qrng *sequence;           /* owned: sobol, halton */
    struct cr_morris morris;
    struct cr_sobol_design saltelli;
};

/* What a study of design morris, or saltelli, asks of the estimators of these. */
struct cr_morris_plan cr_design_morris_plan(const struct cr_study *study);
struct cr_sobol_plan cr_design_saltelli_plan(const struct cr_study *study);

/* Begins at the first point of a study that cr_study_check has passed; the study must not change while the design is in
 * use. CR_ERROR_MEMORY. Free in any case. */
CR_NODISCARD int cr_design_init(struct cr_design *design, const struct cr_study *study, struct cr_error *error);

/* Fills `values`, one an axis, with the next point. Call at most cr_study_points times. */
void cr_design_next(struct cr_design *design, double *values);

/* Gives everything back; safe twice. */
void cr_design_free(struct cr_design *design);

#endif
