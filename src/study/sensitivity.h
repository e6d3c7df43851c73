#ifndef CR_STUDY_SENSITIVITY_H
#define CR_STUDY_SENSITIVITY_H

#include "io/store_values.h"
#include "study/study.h"

/* What the axes of a study of design morris or saltelli do to its measures, computed from a store that has its runs. Of
 * a point counts the mean over its replicates. */

struct cr_sensitivity_plan {
    const struct cr_study *study; /* borrowed, as all here */
    const char *path;             /* of the store */
    size_t resamples;             /* of the bootstrap */
    double level;                 /* of its intervals, such as 0.95 */
};

struct cr_sensitivity {
    struct cr_stored_readings readings; /* owned: the measures and groups */
    struct cr_stored_index *rows;       /* owned: reading by reading; their texts belong to `readings` and the study */
    size_t row_count;
    size_t rows_a_reading;
    int64_t left_out; /* the most effects (morris) or base rows (saltelli) that a reading lacked */
};

/* Whether the design is one of the two. */
bool cr_sensitivity_fits(const struct cr_study *study);

/* Computes all indices and writes them to the store, in the place of earlier ones. CR_ERROR_USAGE when runs still wait,
 * or none is done; CR_ERROR_IO, CR_ERROR_MEMORY. Free in any case. */
CR_NODISCARD int cr_sensitivity_run(
    struct cr_sensitivity *sensitivity, const struct cr_sensitivity_plan *plan, struct cr_error *error);
void cr_sensitivity_free(struct cr_sensitivity *sensitivity);

#endif
