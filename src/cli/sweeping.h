#ifndef CR_CLI_SWEEPING_H
#define CR_CLI_SWEEPING_H

#include "cli/command.h"
#include "study/study.h"

/* What the commands that run a study share. */

/* Rows of their tables of options. */
#define CR_SWEEP_OPTIONS                                                                                               \
    CR_SCENARIO_OPTIONS,                                                                                               \
        {.name = "store",                                                                                              \
            .type = CR_OPTION_TEXT,                                                                                    \
            .argument = "FILE",                                                                                        \
            .what = "the SQLite file that the runs go to; required"},                                                  \
        {.name = "jobs",                                                                                               \
            .type = CR_OPTION_INTEGER,                                                                                 \
            .argument = "N",                                                                                           \
            .minimum = 1,                                                                                              \
            .maximum = 4096,                                                                                           \
            .what = "runs at a time, each a process of one thread; the results do not depend on it",                   \
            .initial = "all cores; under mpirun 1 a rank"},                                                            \
        {.name = "resume", .type = CR_OPTION_FLAG, .what = "goes on with a store that was begun, or begins it"},       \
        {.name = "retry", .type = CR_OPTION_FLAG, .what = "with --resume: runs again what has failed"},                \
        {.name = "verbose",                                                                                            \
            .type = CR_OPTION_FLAG,                                                                                    \
            .what = "prints a line for each run once it is safe in the store"},                                        \
    {                                                                                                                  \
        .name = "quiet", .type = CR_OPTION_FLAG, .what = "shows no progress"                                           \
    }

/* Fills `study` (any content) from a file, carries out CR_SCENARIO_OPTIONS, checks the whole, and that what it
 * keeps is there to be kept. The caller frees it, also after a failure. Errors of cr_study_read. */
CR_NODISCARD int cr_call_study(
    const struct cr_call *call, const char *path, struct cr_study *study, struct cr_error *error);

/* What came of a sweep. */
struct cr_swept {
    int64_t failed; /* runs of the store that have failed */
    bool leads;     /* whether this process has the store; under mpirun rank 0 alone */
};

/* Runs shard `shard` of `shards` of a study as the call says, shows the progress, and tells on standard output what
 * came of it. Under mpirun all ranks call this and share the runs. Errors of cr_sweep_run. */
CR_NODISCARD int cr_call_sweep(const struct cr_call *call, const struct cr_study *study, int64_t shard, int64_t shards,
    struct cr_swept *swept, struct cr_error *error);

#endif
