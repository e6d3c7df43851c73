#ifndef CR_STUDY_CREW_H
#define CR_STUDY_CREW_H

#include "io/store_runs.h"

/* Those who do the runs of a sweep: given runs, in time they hand over what came of them, in any order. Processes of
 * this machine: study/workers.h; of several machines: study/ranks.h. */
struct cr_crew {
    void *self;

    /* Whether another run can be given. */
    bool (*has_room)(void *self);

    /* Gives a run; its values are copied. Only while there is room. */
    int (*give)(void *self, const struct cr_waiting_run *run, struct cr_error *error);

    /* Waits for an outcome, at most `seconds`. Stores run 0 if none came. The caller frees it. */
    int (*take)(void *self, double seconds, struct cr_run_outcome *outcome, struct cr_error *error);
};

/* Does one run: fills all but `run` of an outcome that is all zero. */
typedef void cr_crew_work(void *context, const struct cr_waiting_run *run, struct cr_run_outcome *outcome);

#endif
