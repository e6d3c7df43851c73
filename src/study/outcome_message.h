#ifndef CR_STUDY_OUTCOME_MESSAGE_H
#define CR_STUDY_OUTCOME_MESSAGE_H

#include "io/store_runs.h"

/* An outcome as bytes, from one process to another of the same program: a head of fixed size, then the readings. */
struct cr_outcome_head {
    int64_t run;
    int64_t status;
    uint64_t reading_count;
    double seconds;
    char sentence[sizeof((struct cr_run_outcome *)0)->sentence];
};

/* Fills a head, all its bytes. */
void cr_outcome_head_from(struct cr_outcome_head *head, const struct cr_run_outcome *outcome);

/* Fills an outcome, with room for its readings, whose bytes follow. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_outcome_from_head(
    struct cr_run_outcome *outcome, const struct cr_outcome_head *head, struct cr_error *error);

#endif
