#ifndef CR_TESTS_SWEEP_COSTS_H
#define CR_TESTS_SWEEP_COSTS_H

#include <stddef.h>
#include <stdint.h>

#include "study/study.h"

/* What a sweep costs beside its runs, measured on the real thing: workers, store, commits. */

enum { SWEEP_LOOKS_MAX = 2 };

struct sweep_costs {
    double seconds;                        /* from the first fork to the closed store */
    double run_seconds;                    /* mean of what the runs say that they took */
    double main_memory[SWEEP_LOOKS_MAX];   /* bytes of this process that are in memory, when so many runs were done */
    double worker_memory[SWEEP_LOOKS_MAX]; /* and of the first worker */
};

/* Fills `study` (any content): `points` values of caregiving.sensitivity, `replicates` runs of each with so many people
 * and years; keeps the measure of that name and all its groups, or with NULL all measures. Returns 0, or -1 after
 * telling why not on the standard error, as the others here do. The caller frees the study. */
int sweep_costs_study(
    struct cr_study *study, int64_t points, int64_t replicates, int64_t people, double years, const char *measure);

/* Runs the study with so many jobs into a store in a folder of its own, which is then removed, and looks at the memory
 * once `looks[0] < looks[1] < ...` runs are done. Call while the process has one thread. */
int sweep_costs_measure(
    const struct cr_study *study, size_t jobs, const int64_t *looks, size_t look_count, struct sweep_costs *costs);

/* Seconds of a clock that never steps back. */
double sweep_costs_now(void);

#endif
