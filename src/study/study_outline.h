#ifndef CR_STUDY_STUDY_OUTLINE_H
#define CR_STUDY_STUDY_OUTLINE_H

#include "io/store_outline.h"
#include "study/study.h"

/* A study as the outline of a store: one that is empty gets it (cr_store_begin), another is compared with it
 * (cr_store_compare). The store then holds the runs of that shard; shard 1 of 1: all. Errors of both, and
 * CR_ERROR_MEMORY. */
CR_NODISCARD int cr_study_begin(
    const struct cr_study *study, const struct cr_store *store, int64_t shard, int64_t shards, struct cr_error *error);
CR_NODISCARD int cr_study_compare(
    const struct cr_study *study, const struct cr_store *store, int64_t shard, int64_t shards, struct cr_error *error);

/* Begins a store with no more than so many points and replicates of each, to see how large it gets. */
CR_NODISCARD int cr_study_begin_sample(const struct cr_study *study, const struct cr_store *store, int64_t points,
    int64_t replicates, struct cr_error *error);

#endif
