#ifndef CR_IO_RUN_COLUMNS_H
#define CR_IO_RUN_COLUMNS_H

#include "io/table.h"

/* The files of a run and their columns, each with its meaning; `cradle measures --files` shows them. */

enum cr_run_file {
    CR_FILE_MEASURES,
    CR_FILE_SERIES,
    CR_FILE_PEOPLE,
    CR_FILE_PANEL,
    CR_FILE_RELATIONSHIPS,
    CR_FILE_INFANTS,
    CR_RUN_FILES
};

/* The columns of a file, for documentation: name, type, and `*count` of them. */
const struct cr_column *cr_run_file_columns(enum cr_run_file file, size_t *count);

/* The file's name without ".csv". */
const char *cr_run_file_name(enum cr_run_file file);

#endif
