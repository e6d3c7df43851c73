#ifndef CR_STUDY_RANKS_H
#define CR_STUDY_RANKS_H

#include "study/workers.h"

/* A crew of MPI ranks, on one machine or many, as `mpirun` or `srun` started them. Each rank has workers of its own;
 * rank 0 gives the runs and takes what came of them, and the others do nothing else. Ranks tell each other twice a
 * second that they live. A rank that has been silent for CR_RANK_SILENCE_SECONDS is taken for lost, and its runs are
 * given to others; whether the rest may go on is for the launcher to decide (Open MPI: mpirun --enable-recovery).
 *
 * Built without MPI (study/ranks_absent.c), cr_ranks_start refuses. */

#define CR_RANK_BEAT_SECONDS 0.5
#define CR_RANK_SILENCE_SECONDS 10.0

struct cr_rank;

struct cr_ranks {
    int rank, size;               /* of this process, of all */
    bool initialized;             /* whether MPI has begun */
    bool lost;                    /* whether a rank ever was */
    struct cr_workers local;      /* of this rank */
    struct cr_rank *others;       /* owned by rank 0: one a rank, the first unused */
    struct cr_given_run *orphans; /* owned by rank 0: runs of lost ranks, their values owned */
    size_t orphan_count;
    size_t value_count, depth; /* values of a run; runs that a rank is given at once */
    double last_beat;
};

/* The rank that a launcher gave this process, as the environment tells; -1 when it was started by none. */
int cr_ranks_launched(void);

/* Forks `jobs` workers a rank (cr_workers_start), then begins MPI. CR_ERROR_USAGE without MPI; CR_ERROR_IO,
 * CR_ERROR_MEMORY. Stop in any case. */
CR_NODISCARD int cr_ranks_start(
    struct cr_ranks *ranks, size_t jobs, cr_crew_work *work, void *context, size_t value_count, struct cr_error *error);

/* All ranks as the crew of rank 0; borrows `ranks`. */
struct cr_crew cr_ranks_crew(struct cr_ranks *ranks);

/* What the other ranks do, until rank 0 stops. CR_ERROR_IO when it is silent for too long. */
CR_NODISCARD int cr_ranks_serve(struct cr_ranks *ranks, struct cr_error *error);

/* Ends: rank 0 tells the others, MPI is finalized (unless a rank was lost, which would hang), the workers are ended;
 * safe twice. */
void cr_ranks_stop(struct cr_ranks *ranks);

#endif
