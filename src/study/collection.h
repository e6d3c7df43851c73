#ifndef CR_STUDY_COLLECTION_H
#define CR_STUDY_COLLECTION_H

#include "measure/measures.h"

/* The whole-run measures of many replicates, side by side: one row a measure and group, one column a replicate. */
struct cr_collection {
    struct cr_reading *row; /* owned; measure and group of each row, as the first replicate gave them */
    size_t row_count;
    struct cr_estimate *estimate; /* owned; [replicate * row_count + row] */
    int64_t replicates, capacity;
};

/* Adds the readings of the next replicate; all replicates of a scenario give the same rows. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_collection_add(
    struct cr_collection *collection, const struct cr_readings *readings, struct cr_error *error);
void cr_collection_free(struct cr_collection *collection);

/* The row of that measure and group; -1 for none. */
int64_t cr_collection_find(const struct cr_collection *collection, const char *measure, const char *group);

/* One replicate's estimate, numbered from 0. */
struct cr_estimate cr_collection_at(const struct cr_collection *collection, size_t row, int64_t replicate);

/* The mean over the replicates that gave a value, with the standard error of their spread; of a single replicate its
 * own estimate. */
struct cr_estimate cr_collection_mean(const struct cr_collection *collection, size_t row);

#endif
