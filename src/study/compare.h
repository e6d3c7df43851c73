#ifndef CR_STUDY_COMPARE_H
#define CR_STUDY_COMPARE_H

#include "study/comparison.h"
#include "study/history.h"

/* Lives several scenarios, replicate by replicate, and compares all others with the first. */

/* Unpaired, the k-th scenario's replicates are numbered from so many times k on, whatever their number. */
enum { CR_UNPAIRED_STEP = 100000000 };

struct cr_compare_plan {
    struct cr_scenario *scenarios; /* borrowed, and changed only during the call; `count` of them, 2 or more, of one
                                      seed; the first's run.first_replicate holds for all */
    size_t count;
    int64_t replicates;                /* of each, 2 or more */
    bool paired;                       /* replicate k of all has the same luck; otherwise no two share theirs */
    const struct cr_kept_list *wanted; /* borrowed; NULL: all measures */
    double precision;                  /* goes on until no interval is wider, in units of the measures; 0: does not */
    int64_t most;     /* replicates of each that there may be then; no fewer than `replicates` are lived */
    size_t resamples; /* of the bootstrap */
    double level;     /* of all intervals */
    int threads;      /* at least 1; changes no result */
    void (*progress)(void *context, double done); /* told what share of the work is done, up to `most` replicates; may
                                                     be NULL */
    void *context;
};

struct cr_compared {
    struct cr_history *histories;      /* owned; of each scenario */
    struct cr_comparison *comparisons; /* owned; of each but the first with the first: `count` - 1 */
    size_t count;                      /* of scenarios */
    int64_t replicates;                /* of each, as lived */
    double widest;                     /* the widest interval, in units of its measure */
};

/* CR_ERROR_MEMORY; CR_ERROR_USAGE when a measure is wanted of a group that runs do not give, told after the first, or
 * when replicates would have numbers above CR_REPLICATE_MAX. Free in any case. */
CR_NODISCARD int cr_compare_run(
    struct cr_compared *compared, const struct cr_compare_plan *plan, struct cr_error *error);
void cr_compared_free(struct cr_compared *compared);

#endif
