#include "io/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "Crdl": what `file` and SQLite tell a store by. */
enum { APPLICATION = 0x4372646c, PATIENCE_MS = 30000 };

int cr_store_fail(const struct cr_store *store, const char *what, struct cr_error *error) {
    const int code = sqlite3_extended_errcode(store->database);
    const int system = sqlite3_system_errno(store->database);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %s", store->path);
    case SQLITE_FULL:
        return cr_error_set(error, CR_ERROR_IO,
            "%s cannot be %s: the disk is full; every run that was reported done is safe in it, so make room and go on "
            "with --resume",
            store->path, what);
    case SQLITE_NOTADB:
        return cr_error_set(error, CR_ERROR_USAGE, "%s is no store of Cradle", store->path);
    case SQLITE_CORRUPT:
        return cr_error_set(error, CR_ERROR_IO, "%s is damaged: %s", store->path, sqlite3_errmsg(store->database));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return cr_error_set(
            error, CR_ERROR_IO, "%s cannot be %s: another program holds it; close it there", store->path, what);
    default:
        return cr_error_set(error, CR_ERROR_IO, "%s cannot be %s: %s%s%s", store->path, what,
            sqlite3_errmsg(store->database), system != 0 ? ": " : "", system != 0 ? strerror(system) : "");
    }
}

int cr_store_execute(const struct cr_store *store, const char *sql, struct cr_error *error) {
    return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK ? 0
                                                                             : cr_store_fail(store, "written", error);
}

int cr_store_prepare(const struct cr_store *store, const char *sql, sqlite3_stmt **statement, struct cr_error *error) {
    return sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) == SQLITE_OK
               ? 0
               : cr_store_fail(store, "read", error);
}

int cr_store_step(const struct cr_store *store, sqlite3_stmt *statement, struct cr_error *error) {
    const int status = sqlite3_step(statement) == SQLITE_DONE ? 0 : cr_store_fail(store, "written", error);
    (void)sqlite3_reset(statement);
    return status;
}

int cr_store_count(
    const struct cr_store *store, const char *sql, int64_t fallback, int64_t *count, struct cr_error *error) {
    sqlite3_stmt *statement = NULL;
    int status = cr_store_prepare(store, sql, &statement, error);
    *count = fallback;
    if (status == 0) {
        const int stepped = sqlite3_step(statement);
        if (stepped == SQLITE_ROW)
            *count = sqlite3_column_int64(statement, 0);
        else if (stepped != SQLITE_DONE)
            status = cr_store_fail(store, "read", error);
    }
    (void)sqlite3_finalize(statement);
    return status;
}

int cr_store_is_empty(const struct cr_store *store, bool *is_empty, struct cr_error *error) {
    int64_t tables;
    const int status = cr_store_count(store, "SELECT count(*) FROM sqlite_schema", 0, &tables, error);
    *is_empty = tables == 0;
    return status;
}

static int check_kind(const struct cr_store *store, struct cr_error *error) {
    int64_t tables, application, schema;
    int status = cr_store_count(store, "SELECT count(*) FROM sqlite_schema", 0, &tables, error);
    if (status == 0)
        status = cr_store_count(store, "PRAGMA application_id", 0, &application, error);
    if (status == 0)
        status = cr_store_count(store, "PRAGMA user_version", 0, &schema, error);
    if (status != 0)
        return status;
    if (tables == 0)
        return store->writes ? 0 : cr_error_set(error, CR_ERROR_USAGE, "%s holds no sweep yet", store->path);
    if (application != APPLICATION)
        return cr_error_set(
            error, CR_ERROR_USAGE, "%s is a database, but no store of Cradle; name another file", store->path);
    if (schema > CR_STORE_SCHEMA)
        return cr_error_set(error, CR_ERROR_USAGE,
            "%s was made by a later version of Cradle (tables of version %lld, this program knows %d); use that one",
            store->path, (long long)schema, CR_STORE_SCHEMA);
    return 0;
}

static int ready_to_write(const struct cr_store *store, struct cr_error *error) {
    char marks[128];
    bool is_empty;
    (void)snprintf(
        marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION, CR_STORE_SCHEMA);
    int status = cr_store_execute(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", error);
    if (status == 0)
        status = cr_store_is_empty(store, &is_empty, error);
    if (status == 0 && is_empty)
        status = cr_store_execute(store, marks, error);
    return status;
}

/* To SQLite ":memory:" and "file:..." are no names of files; "./:memory:" is. */
static int open_file(struct cr_store *store, int flags) {
    char *name = sqlite3_mprintf("%s%s", store->path[0] == '/' || flags & SQLITE_OPEN_MEMORY ? "" : "./", store->path);
    const int code = name != NULL ? sqlite3_open_v2(name, &store->database, flags, NULL) : SQLITE_NOMEM;
    sqlite3_free(name);
    return code;
}

int cr_store_open(struct cr_store *store, const char *path, enum cr_store_mode mode, struct cr_error *error) {
    static const int flags[] = {
        [CR_STORE_READ] = SQLITE_OPEN_READWRITE, /* a loss of power may have left what must be taken back first */
        [CR_STORE_WRITE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        [CR_STORE_SCRATCH] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
    };
    *store = (struct cr_store){.path = strdup(path), .writes = mode != CR_STORE_READ};
    if (store->path == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %s", path);
    if (!store->writes && access(path, R_OK) != 0)
        return cr_error_set(error, CR_ERROR_USAGE, "%s cannot be read: %s", path, strerror(errno));
    int status = mode == CR_STORE_WRITE ? cr_file_lock_take(&store->lock, path, error) : 0;
    if (status != 0)
        return status;
    if (open_file(store, flags[mode]) != SQLITE_OK) {
        if (store->database == NULL)
            return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %s", path);
        return cr_store_fail(store, "opened", error);
    }
    (void)sqlite3_busy_timeout(store->database, PATIENCE_MS);
    if (!store->writes)
        (void)sqlite3_exec(store->database, "PRAGMA query_only = TRUE", NULL, NULL, NULL);
    status = check_kind(store, error);
    if (status != 0)
        store->writes = false; /* what is no store stays as it is */
    return status == 0 && store->writes ? ready_to_write(store, error) : status;
}

void cr_store_close(struct cr_store *store) {
    if (store->database != NULL) {
        if (sqlite3_get_autocommit(store->database) == 0)
            (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
        /* Whoever reads just now may keep the log alive; then the next writer folds it in. */
        if (store->writes) {
            (void)sqlite3_busy_timeout(store->database, 0);
            (void)sqlite3_exec(store->database, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
        }
        (void)sqlite3_close(store->database);
    }
    cr_file_lock_drop(&store->lock);
    free(store->path);
    *store = (struct cr_store){0};
}
