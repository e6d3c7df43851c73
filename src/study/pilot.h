#ifndef CR_STUDY_PILOT_H
#define CR_STUDY_PILOT_H

#include "study/study.h"

/* What a study will cost, from a few of its runs, timed: the first replicate at the first, the middle and the last
 * point. */
enum { CR_PILOT_RUNS = 3 };

/* How long one of them is watched; a longer one is extrapolated from the weeks it has come to. */
#define CR_PILOT_SECONDS 2.0

struct cr_pilot {
    int runs;           /* that were timed; fewer for a design of fewer points */
    int failed;         /* of them, in whatever way */
    double least, most; /* seconds of one run, on one core; NaN if all have failed */
    size_t measures;    /* values of the whole run that a run keeps */
    size_t series;      /* values of time courses */
    double bytes;       /* of the whole store */
};

/* Runs them, one after the other, on one thread. CR_ERROR_MEMORY, CR_ERROR_IO. */
CR_NODISCARD int cr_pilot_run(const struct cr_study *study, struct cr_pilot *pilot, struct cr_error *error);

/* Checks that every measure and group that the study keeps is there to be kept, by one run of few people. A run that
 * fails tells nothing. CR_ERROR_CONFIG names the groups that there are. */
CR_NODISCARD int cr_pilot_check_kept(const struct cr_study *study, struct cr_error *error);

#endif
