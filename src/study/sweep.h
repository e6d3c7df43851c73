#ifndef CR_STUDY_SWEEP_H
#define CR_STUDY_SWEEP_H

#include "study/crew.h"
#include "study/study.h"

/* Runs what a study asks for, into a store. */

/* How far it is. What counts here is safe in the store. */
struct cr_sweep_state {
    struct cr_tally tally;
    int64_t runs;      /* all of the store: of the study, or of its shard */
    int64_t done_here; /* done or failed since this call began */
    double seconds;    /* since then, on a clock that never steps back */
};

struct cr_sweep_plan {
    const struct cr_study *study; /* borrowed; cr_study_check has passed it */
    const char *path;             /* of the store */
    int64_t shard, shards;        /* runs number shard, shard + shards, ... alone; 1 of 1: all */
    bool resume;                  /* go on with a store that has been begun; begin one that has not */
    bool retry;                   /* run again what has failed */
    const struct cr_crew *crew;   /* borrowed */

    /* Told of each run once it is safe in the store, without its readings; may be NULL. */
    void (*told)(void *context, const struct cr_run_outcome *outcome);
    /* Told how far it is, several times a second; may be NULL. */
    void (*progress)(void *context, const struct cr_sweep_state *state);
    void *context;
};

/* The work of a crew for a study: `context` is the study. */
cr_crew_work cr_sweep_work;

/* Runs all that waits, fills `state`. Each outcome is committed as a whole, soon (CR_SWEEP_COMMIT_SECONDS) after it
 * came. SIGINT, SIGTERM and SIGHUP, unless ignored, end it in good order: CR_ERROR_INTERRUPTED. CR_ERROR_USAGE when
 * the store is not the study's, has been begun without `resume`, or is written to by another process. CR_ERROR_IO (a
 * full disk, above all), CR_ERROR_MEMORY. Failed runs are no failure of the sweep; with on_failure = "stop" no more are
 * given out after one. */
#define CR_SWEEP_COMMIT_SECONDS 0.1
CR_NODISCARD int cr_sweep_run(const struct cr_sweep_plan *plan, struct cr_sweep_state *state, struct cr_error *error);

#endif
