#include <string.h>

#include "study/ranks.h"

/* For a program that is built without MPI. */

int cr_ranks_start(struct cr_ranks *ranks, size_t jobs, cr_crew_work *work, void *context, size_t value_count,
    struct cr_error *error) {
    (void)jobs, (void)work, (void)context, (void)value_count;
    memset(ranks, 0, sizeof *ranks);
    return cr_error_set(error, CR_ERROR_USAGE,
        "this program was built without MPI and cannot run under mpirun; build it with MPI, or use --shard");
}

struct cr_crew cr_ranks_crew(struct cr_ranks *ranks) {
    return cr_workers_crew(&ranks->local);
}

int cr_ranks_serve(struct cr_ranks *ranks, struct cr_error *error) {
    (void)ranks, (void)error;
    return 0;
}

void cr_ranks_stop(struct cr_ranks *ranks) {
    cr_workers_stop(&ranks->local);
}
