#ifndef CR_STUDY_REPLICATES_H
#define CR_STUDY_REPLICATES_H

#include "study/replicate.h"

/* Runs the replicates of a scenario, each from its first week to its last, and hands over what was recorded. */

struct cr_replicates_plan {
    const struct cr_scenario *scenario; /* borrowed; run.replicates of them, numbered from run.first_replicate */
    int threads;                        /* at least 1; changes no result */
    int32_t panel_interval;             /* weeks; 0: no panel */
    /* Takes one replicate; called in the order of their numbers, one at a time, from any thread. Borrowed for the call.
     */
    int (*take)(void *context, const struct cr_replicate *replicate, struct cr_error *error);
    /* Told how much of all work is done, in [0, 1]; may be NULL. Called one at a time, from any thread. */
    void (*progress)(void *context, double done);
    void *context;
};

/* Runs them all. Memory holds as many replicates as there are threads, whatever their number. The first failure ends
 * it: CR_ERROR_MEMORY, or what `take` returned. */
CR_NODISCARD int cr_replicates_run(const struct cr_replicates_plan *plan, struct cr_error *error);

#endif
