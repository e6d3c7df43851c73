#ifndef CR_IO_STORE_H
#define CR_IO_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "io/file_lock.h"

/* The store of a sweep: one SQLite file that holds what was to be run and what came of it. docs/store.md tells its
 * tables, with queries for R and Python.
 *
 * While it is written to, it keeps SQLite's write-ahead log (FILE-wal, FILE-shm), so that others may read it meanwhile;
 * closed, it is one file. Every commit is on the disk before it returns (synchronous = FULL): what was committed
 * outlives a kill and a loss of power, and what was not is gone as a whole. */

/* The version of the tables. A store of a later version is refused; this program reads all earlier ones. */
enum { CR_STORE_SCHEMA = 1 };

enum cr_store_mode {
    CR_STORE_READ,   /* the file must be a store */
    CR_STORE_WRITE,  /* made if it does not exist; one process at a time */
    CR_STORE_SCRATCH /* in memory alone, whatever the path */
};

struct cr_store {
    sqlite3 *database; /* owned */
    char *path;        /* owned */
    struct cr_file_lock lock;
    bool writes;
};

/* Opens a store. CR_ERROR_USAGE for a file that is none, or that another process writes to; CR_ERROR_IO,
 * CR_ERROR_MEMORY. Close it in any case. */
CR_NODISCARD int cr_store_open(
    struct cr_store *store, const char *path, enum cr_store_mode mode, struct cr_error *error);

/* Takes back what was not committed, leaves one file, unlocks; safe twice. */
void cr_store_close(struct cr_store *store);

/* Finds whether nothing has been written to it yet. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_store_is_empty(const struct cr_store *store, bool *is_empty, struct cr_error *error);

/* For the other files of the store. Records why the last call of SQLite failed, after "<path> cannot be <what>: ", and
 * returns CR_ERROR_IO or CR_ERROR_MEMORY. */
int cr_store_fail(const struct cr_store *store, const char *what, struct cr_error *error);

/* Carries out one or several statements. */
CR_NODISCARD int cr_store_execute(const struct cr_store *store, const char *sql, struct cr_error *error);

/* Prepares a statement; the caller finalizes it. */
CR_NODISCARD int cr_store_prepare(
    const struct cr_store *store, const char *sql, sqlite3_stmt **statement, struct cr_error *error);

/* Steps a statement that changes something and yields no row, and readies it for the next time. */
CR_NODISCARD int cr_store_step(const struct cr_store *store, sqlite3_stmt *statement, struct cr_error *error);

/* The first column of the first row of a query that yields a whole number; `fallback` when there is no row. */
CR_NODISCARD int cr_store_count(
    const struct cr_store *store, const char *sql, int64_t fallback, int64_t *count, struct cr_error *error);

#endif
