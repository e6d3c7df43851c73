#ifndef CR_IO_STORE_EXPORT_H
#define CR_IO_STORE_EXPORT_H

#include <stdio.h>

#include "io/store.h"

/* The tables of a store as tidy CSV: one row an observation, the axes of the design as columns, in the order of the
 * design. Two stores of the same study give the same bytes, however they came to be. */

enum cr_export_table {
    CR_EXPORT_MEASURES, /* run, point, replicate, axes, measure, group, value, se, n */
    CR_EXPORT_SERIES,   /* run, point, replicate, axes, year, measure, group, value */
    CR_EXPORT_RUNS,     /* run, point, replicate, seed, axes, state, error */
    CR_EXPORT_POINTS,   /* point, axes */
    CR_EXPORT_INDICES,  /* measure, group, index, parameter, other, value, low, high, n */
    CR_EXPORT_TABLES
};

/* The tables' names, in their order, separated by '|'. */
#define CR_EXPORT_WORDS "measures|series|runs|points|indices"

/* The name of a table, and of its file without ".csv". */
const char *cr_export_table_name(enum cr_export_table table);

/* Whether a table has rows. */
CR_NODISCARD int cr_export_has(
    const struct cr_store *store, enum cr_export_table table, bool *has, struct cr_error *error);

/* Writes a table as DIRECTORY/<name>.csv, in a folder that exists; or, with `directory` NULL, to the standard output.
 * Axes have the digits that read back the same, all else up to six. Stores the number of rows. Memory does not grow
 * with it. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_export_write(const struct cr_store *store, enum cr_export_table table, const char *directory,
    int64_t *rows, struct cr_error *error);

#endif
