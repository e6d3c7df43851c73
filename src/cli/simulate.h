#ifndef CR_CLI_SIMULATE_H
#define CR_CLI_SIMULATE_H

#include "cli/command.h"
#include "io/run_files.h"
#include "study/collection.h"
#include "study/evidence.h"

/* What the commands that simulate one scenario share: run all its replicates, collect the measures, and write the files
 * if a folder is given. */

/* Rows of their tables of options. */
#define CR_SIMULATE_OPTIONS                                                                                            \
    CR_SCENARIO_OPTIONS, CR_THREADS_OPTION, {                                                                          \
        .name = "quiet", .type = CR_OPTION_FLAG, .what = "shows no progress"                                           \
    }

/* Runs the scenario as the call says. `directory` NULL: no files. `panel_interval` in weeks; 0: no panel. The caller
 * frees the collection, also after a failure. */
CR_NODISCARD int cr_simulate(const struct cr_call *call, const struct cr_scenario *scenario, const char *directory,
    int32_t panel_interval, struct cr_collection *collection, struct cr_error *error);

/* Reads the evidence from a file or folder, `path` or, if that is NULL, the folder "evidence" beside the scenario's
 * file or one above; every measure that it names must exist. The caller frees it (cr_evidence_free). Errors of
 * cr_evidence_read. */
CR_NODISCARD int cr_simulate_evidence(
    struct cr_evidence *evidence, const char *scenario_path, const char *path, struct cr_error *error);

/* Holds what was collected against the evidence; `verdicts` has room for one an entry. Errors of cr_simulate_judge. */
CR_NODISCARD int cr_simulate_verdicts(const struct cr_collection *collection, const struct cr_evidence *evidence,
    struct cr_verdict *verdicts, struct cr_error *error);

/* The same, and prints the table. `*misses`: how many calibrated findings lie
 * outside their band. CR_ERROR_CONFIG if a measure has no such group, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_simulate_judge(
    const struct cr_collection *collection, const struct cr_evidence *evidence, size_t *misses, struct cr_error *error);

#endif
