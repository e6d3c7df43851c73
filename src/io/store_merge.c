#include "io/store_merge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What belongs to the study, not to a shard of it. */
static const char copy_outline[] =
    "INSERT INTO main.study SELECT key, CASE key WHEN 'shard' THEN '1/1' ELSE value END, decides FROM shard.study;"
    "INSERT INTO main.scenario SELECT * FROM shard.scenario;"
    "INSERT INTO main.axes SELECT * FROM shard.axes;"
    "INSERT INTO main.points SELECT * FROM shard.points;";

/* Each yields what differs, if anything does. */
static const char *const differences[] = {
    "SELECT 'the study''s ' || s.key || ' is ' || m.value || ' in one and ' || s.value || ' in the other' FROM"
    " shard.study s JOIN main.study m USING (key) WHERE s.decides AND s.key <> 'shard' AND s.value <> m.value LIMIT 1",
    "SELECT s.key || ' is ' || m.value || ' in one and ' || s.value || ' in the other' FROM shard.scenario s JOIN"
    " main.scenario m USING (key) WHERE s.value <> m.value LIMIT 1",
    "SELECT 'the scenarios have different settings' WHERE EXISTS (SELECT key FROM shard.scenario EXCEPT SELECT key FROM"
    " main.scenario) OR EXISTS (SELECT key FROM main.scenario EXCEPT SELECT key FROM shard.scenario)",
    "SELECT 'the points of the design differ' WHERE EXISTS (SELECT * FROM shard.points EXCEPT SELECT * FROM "
    "main.points)"
    " OR EXISTS (SELECT * FROM main.points EXCEPT SELECT * FROM shard.points)",
    "SELECT 'run ' || v.run || ' has other values' FROM shard.measure_values v JOIN shard.readings s USING (reading)"
    " JOIN main.measure_values w USING (run, position) JOIN main.readings m ON m.reading = w.reading WHERE"
    " s.measure <> m.measure OR s.\"group\" <> m.\"group\" OR v.value IS NOT w.value OR v.se IS NOT w.se OR"
    " v.n IS NOT w.n LIMIT 1",
    "SELECT 'run ' || v.run || ' has other values over the years' FROM shard.series_values v JOIN shard.readings s"
    " USING (reading) JOIN main.series_values w USING (run, position) JOIN main.readings m ON m.reading = w.reading"
    " WHERE s.measure <> m.measure OR s.\"group\" <> m.\"group\" OR v.year IS NOT w.year OR v.value IS NOT w.value"
    " LIMIT 1",
    "SELECT 'run ' || s.run || ' has more values in one than in the other' FROM shard.runs s JOIN main.runs m USING"
    " (run) WHERE s.state = 'done' AND m.state = 'done' AND ((SELECT count(*) FROM shard.measure_values v WHERE v.run ="
    " s.run) <> (SELECT count(*) FROM main.measure_values v WHERE v.run = s.run) OR (SELECT count(*) FROM"
    " shard.series_values v WHERE v.run = s.run) <> (SELECT count(*) FROM main.series_values v WHERE v.run = s.run))"
    " LIMIT 1",
};

static const char copy_runs[] =
    "CREATE TEMP TABLE taken(run INTEGER PRIMARY KEY);"
    "INSERT INTO temp.taken SELECT s.run FROM shard.runs s LEFT JOIN main.runs m USING (run) WHERE m.run IS NULL OR"
    " (m.state = 'waiting' AND s.state <> 'waiting') OR (m.state = 'failed' AND s.state = 'done');"
    "INSERT OR REPLACE INTO main.runs SELECT s.* FROM shard.runs s JOIN temp.taken USING (run);"
    "INSERT OR IGNORE INTO main.readings(measure, \"group\") SELECT measure, \"group\" FROM shard.readings ORDER BY"
    " reading;"
    "INSERT INTO main.measure_values SELECT v.run, v.position, m.reading, v.value, v.se, v.n FROM shard.measure_values "
    "v"
    " JOIN temp.taken USING (run) JOIN shard.readings s USING (reading) JOIN main.readings m ON m.measure = s.measure"
    " AND m.\"group\" = s.\"group\";"
    "INSERT INTO main.series_values SELECT v.run, v.position, m.reading, v.year, v.value FROM shard.series_values v"
    " JOIN temp.taken USING (run) JOIN shard.readings s USING (reading) JOIN main.readings m ON m.measure = s.measure"
    " AND m.\"group\" = s.\"group\";"
    "DROP TABLE temp.taken;";

static int copy_schema(const struct cr_store *store, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    int status = cr_store_prepare(store,
        "SELECT sql FROM shard.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid", &query,
        error);
    while (status == 0 && sqlite3_step(query) == SQLITE_ROW)
        status = cr_store_execute(store, (const char *)sqlite3_column_text(query, 0), error);
    (void)sqlite3_finalize(query);
    return status;
}

static int refuse_difference(
    const struct cr_store *store, const char *first, const char *path, struct cr_error *error) {
    int status = 0;
    for (size_t k = 0; status == 0 && k < sizeof differences / sizeof *differences; k++) {
        sqlite3_stmt *query = NULL;
        status = cr_store_prepare(store, differences[k], &query, error);
        const int stepped = status == 0 ? sqlite3_step(query) : SQLITE_DONE;
        if (stepped == SQLITE_ROW)
            status = cr_error_set(error, CR_ERROR_USAGE, "%.120s and %.120s do not belong together: %.200s", first,
                path, (const char *)sqlite3_column_text(query, 0));
        else if (stepped != SQLITE_DONE)
            status = cr_store_fail(store, "read", error);
        (void)sqlite3_finalize(query);
    }
    return status;
}

static int check_store(const char *path, struct cr_error *error) {
    struct cr_store shard;
    const int status = cr_store_open(&shard, path, CR_STORE_READ, error);
    cr_store_close(&shard);
    return status;
}

static int attach(const struct cr_store *store, const char *path, struct cr_error *error) {
    sqlite3_stmt *statement = NULL;
    int status = cr_store_prepare(store, "ATTACH ? AS shard", &statement, error);
    if (status == 0) {
        (void)sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
        status = cr_store_step(store, statement, error);
    }
    (void)sqlite3_finalize(statement);
    return status;
}

static int join(const struct cr_store *store, char *const *shards, size_t which, struct cr_error *error) {
    int status = attach(store, shards[which], error);
    if (status == 0)
        status = cr_store_execute(store, "BEGIN", error);
    if (status == 0 && which == 0) {
        status = copy_schema(store, error);
        if (status == 0)
            status = cr_store_execute(store, copy_outline, error);
    } else if (status == 0) {
        status = refuse_difference(store, shards[0], shards[which], error);
    }
    if (status == 0)
        status = cr_store_execute(store, copy_runs, error);
    return status == 0 ? cr_store_execute(store, "COMMIT; DETACH shard", error) : status;
}

/* The user knows the shards and the new store's name; what stands in between is not theirs to mend. */
static int take(
    const struct cr_store *store, const char *path, char *const *shards, size_t which, struct cr_error *error) {
    struct cr_error own = {0};
    int status = check_store(shards[which], error);
    if (status != 0)
        return status;
    status = join(store, shards, which, &own);
    if (status == 0)
        return 0;
    if (status != CR_ERROR_IO)
        return cr_error_set(error, own.code, "%s", own.sentence);
    if (sqlite3_errcode(store->database) == SQLITE_FULL)
        return cr_error_set(error, CR_ERROR_IO,
            "%s cannot be written: the disk is full; the shards are as they were, so make room and merge again", path);
    return cr_error_set(error, CR_ERROR_IO, "%s cannot be merged: %s", shards[which], sqlite3_errmsg(store->database));
}

static int check_complete(const struct cr_store *store, const char *first, struct cr_error *error) {
    int64_t missing;
    const int status = cr_store_count(store,
        "SELECT (SELECT count(*) FROM points) * (SELECT value FROM scenario WHERE key = 'run.replicates')"
        " - (SELECT count(*) FROM runs)",
        0, &missing, error);
    if (status != 0 || missing == 0)
        return status;
    return cr_error_set(error, CR_ERROR_USAGE,
        "%lld runs belong to none of these stores; name those of all shards that %s is one of", (long long)missing,
        first);
}

static int merge_into(
    const char *partial, const char *path, char *const *shards, size_t shard_count, struct cr_error *error) {
    struct cr_store store;
    int status = cr_store_open(&store, partial, CR_STORE_WRITE, error);
    for (size_t k = 0; status == 0 && k < shard_count; k++)
        status = take(&store, path, shards, k, error);
    if (status == 0)
        status = check_complete(&store, shards[0], error);
    cr_store_close(&store);
    return status;
}

static const char *const files_of_store[] = {"", "-wal", "-shm"};

/* Removes what a merge that failed or was killed has left; the name has room for the longest part. */
static void discard(char *partial) {
    char *end = partial + strlen(partial);
    for (size_t k = 0; k < sizeof files_of_store / sizeof *files_of_store; k++) {
        strcpy(end, files_of_store[k]);
        (void)unlink(partial);
    }
    *end = '\0';
}

static int merge_alone(const char *path, char *const *shards, size_t shard_count, struct cr_error *error) {
    static const char suffix[] = ".partial";
    if (access(path, F_OK) == 0)
        return cr_error_set(error, CR_ERROR_USAGE, "%s exists already; name another file", path);
    const size_t size = strlen(path) + sizeof suffix + strlen(files_of_store[1]);
    char *partial = malloc(size);
    if (partial == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to merge %zu stores", shard_count);
    (void)snprintf(partial, size, "%s%s", path, suffix);
    discard(partial);
    int status = merge_into(partial, path, shards, shard_count, error);
    if (status == 0 && rename(partial, path) != 0)
        status = cr_error_set(error, CR_ERROR_IO, "%s cannot be written: %s", path, strerror(errno));
    if (status != 0)
        discard(partial);
    free(partial);
    return status;
}

int cr_store_merge(const char *path, char *const *shards, size_t shard_count, struct cr_error *error) {
    struct cr_file_lock lock;
    int status = cr_file_lock_take(&lock, path, error);
    if (status == 0)
        status = merge_alone(path, shards, shard_count, error);
    cr_file_lock_drop(&lock);
    return status;
}
