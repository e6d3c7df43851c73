#ifndef CR_IO_RUN_FILES_H
#define CR_IO_RUN_FILES_H

#include "io/manifest.h"
#include "io/run_columns.h"
#include "io/table.h"
#include "measure/measures.h"
#include "measure/panel.h"

/* The files of `cradle run --out DIR`: measures, series, people, panel (if asked for), relationships and infants as
 * CSV, and the manifest. docs/ODD.md and `cradle measures --files` tell what each column is. A file has its name only
 * once it is complete; the manifest comes last. */

struct cr_run_files {
    struct cr_table_writer writer[CR_RUN_FILES]; /* owned */
    struct cr_table table[CR_RUN_FILES];         /* owned; rows of the replicate being written */
    bool wanted[CR_RUN_FILES];
};

/* Opens the files in a folder, which is made if it does not exist. An old manifest there is removed, for it no longer
 * holds. CR_ERROR_IO, CR_ERROR_MEMORY. Free with cr_run_files_free in any case; it is safe twice. */
CR_NODISCARD int cr_run_files_open(
    struct cr_run_files *files, const char *directory, bool panel, struct cr_error *error);

/* Adds a replicate. Call in the order of the replicates' numbers. */
CR_NODISCARD int cr_run_files_add(struct cr_run_files *files, uint32_t replicate, const struct cr_record *record,
    const struct cr_readings *readings, const struct cr_panel *panel, struct cr_error *error);

/* Completes all files and writes the manifest. */
CR_NODISCARD int cr_run_files_finish(
    struct cr_run_files *files, const char *directory, const struct cr_scenario *scenario, struct cr_error *error);
void cr_run_files_free(struct cr_run_files *files);

#endif
