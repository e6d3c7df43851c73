#include "study/ranks.h"

#include <stdlib.h>

#include "base/text.h"

/* Open MPI's mpirun, srun --mpi=pmix, MPICH's mpiexec and srun --mpi=pmi2. Slurm's own variables do not tell: they are
 * there when srun starts programs that are no ranks. */
int cr_ranks_launched(void) {
    static const char *const variables[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"};
    for (size_t k = 0; k < sizeof variables / sizeof *variables; k++) {
        const char *const text = getenv(variables[k]);
        int64_t rank;
        if (text != NULL && cr_text_to_integer(text, &rank) == 0 && rank >= 0 && rank < INT32_MAX)
            return (int)rank;
    }
    return -1;
}
