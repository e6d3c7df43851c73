#include "io/store_values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A copy of a cell; NULL when memory is short, or in a damaged store. */
static char *copy_text(sqlite3_stmt *query, int column) {
    const char *text = (const char *)sqlite3_column_text(query, column);
    return text != NULL ? strdup(text) : NULL;
}

static int add_reading(struct cr_stored_readings *readings, sqlite3_stmt *query) {
    struct cr_stored_reading *grown = realloc(readings->reading, (readings->count + 1) * sizeof *readings->reading);
    if (grown == NULL)
        return CR_ERROR_MEMORY;
    readings->reading = grown;
    struct cr_stored_reading *added = &grown[readings->count];
    *added = (struct cr_stored_reading){
        .number = sqlite3_column_int64(query, 0), .measure = copy_text(query, 1), .group = copy_text(query, 2)};
    readings->count++;
    return added->measure != NULL && added->group != NULL ? 0 : CR_ERROR_MEMORY;
}

int cr_stored_readings_init(struct cr_stored_readings *readings, const struct cr_store *store, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    *readings = (struct cr_stored_readings){0};
    int status = cr_store_prepare(store,
        "SELECT g.reading, g.measure, g.\"group\" FROM measure_values v JOIN readings g USING (reading) WHERE v.run ="
        " (SELECT min(run) FROM runs WHERE state = 'done') ORDER BY v.position",
        &query, error);
    int stepped = SQLITE_DONE;
    while (status == 0 && (stepped = sqlite3_step(query)) == SQLITE_ROW)
        if (add_reading(readings, query) != 0)
            status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the measures of %s", store->path);
    if (status == 0 && stepped != SQLITE_DONE)
        status = cr_store_fail(store, "read", error);
    (void)sqlite3_finalize(query);
    return status;
}

void cr_stored_readings_free(struct cr_stored_readings *readings) {
    for (size_t k = 0; k < readings->count; k++) {
        free(readings->reading[k].measure);
        free(readings->reading[k].group);
    }
    free(readings->reading);
    *readings = (struct cr_stored_readings){0};
}

static size_t find(const struct cr_stored_reading *readings, size_t count, int64_t number, size_t hint) {
    for (size_t k = 0; k < count; k++) {
        const size_t at = (hint + k) % count;
        if (readings[at].number == number)
            return at;
    }
    return count;
}

int cr_store_point_means(const struct cr_store *store, const struct cr_stored_reading *readings, size_t count,
    size_t points, double *means, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    int32_t *n = calloc(count * points + 1, sizeof *n);
    if (n == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the values of %s", store->path);
    int status = cr_store_prepare(store,
        "SELECT r.point, v.reading, v.value FROM measure_values v CROSS JOIN runs r USING (run) WHERE v.value IS NOT"
        " NULL ORDER BY v.run, v.position",
        &query, error);
    int64_t replicates = 0;
    if (status == 0)
        status = cr_store_count(
            store, "SELECT max(n) FROM (SELECT count(*) AS n FROM runs GROUP BY point)", 0, &replicates, error);
    for (size_t k = 0; k < count * points; k++)
        means[k] = 0.0;
    int stepped = SQLITE_DONE;
    size_t at = 0;
    while (status == 0 && (stepped = sqlite3_step(query)) == SQLITE_ROW) {
        /* Rows come in the order of the readings, so the next is most often meant. */
        const size_t found = find(readings, count, sqlite3_column_int64(query, 1), at);
        const size_t point = (size_t)sqlite3_column_int64(query, 0) - 1;
        if (found == count || point >= points)
            continue;
        means[found * points + point] += sqlite3_column_double(query, 2);
        n[found * points + point]++;
        at = (found + 1) % count;
    }
    if (status == 0 && stepped != SQLITE_DONE)
        status = cr_store_fail(store, "read", error);
    for (size_t k = 0; status == 0 && k < count * points; k++)
        means[k] = n[k] > 0 && n[k] == replicates ? means[k] / n[k] : (double)NAN;
    (void)sqlite3_finalize(query);
    free(n);
    return status;
}

int cr_store_point_estimates(const struct cr_store *store, const struct cr_stored_reading *reading, size_t points,
    struct cr_estimate *estimates, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    int status = cr_store_prepare(store,
        "SELECT r.point, v.value FROM measure_values v CROSS JOIN runs r USING (run) WHERE v.reading = ? AND v.value IS"
        " NOT NULL ORDER BY v.run",
        &query, error);
    for (size_t p = 0; p < points; p++)
        estimates[p] = (struct cr_estimate){.value = 0.0, .se = 0.0, .n = 0};
    (void)sqlite3_bind_int64(query, 1, reading->number);
    int stepped = SQLITE_DONE;
    /* Welford (1962); until all are seen, se is the sum of squared deviations. */
    while (status == 0 && (stepped = sqlite3_step(query)) == SQLITE_ROW) {
        const size_t p = (size_t)sqlite3_column_int64(query, 0) - 1;
        if (p >= points)
            continue;
        struct cr_estimate *estimate = &estimates[p];
        const double value = sqlite3_column_double(query, 1), before = value - estimate->value;
        estimate->n++;
        estimate->value += before / (double)estimate->n;
        estimate->se += before * (value - estimate->value);
    }
    if (status == 0 && stepped != SQLITE_DONE)
        status = cr_store_fail(store, "read", error);
    for (size_t p = 0; p < points; p++) {
        const double n = (double)estimates[p].n;
        if (estimates[p].n == 0)
            estimates[p] = cr_estimate_undefined(0);
        else
            estimates[p].se = n > 1.0 ? sqrt(estimates[p].se / (n - 1.0) / n) : (double)NAN;
    }
    (void)sqlite3_finalize(query);
    return status;
}

static void bind_real(sqlite3_stmt *statement, int column, double value) {
    (void)(isnan(value) ? sqlite3_bind_null(statement, column) : sqlite3_bind_double(statement, column, value));
}

static int insert_index(const struct cr_store *store, sqlite3_stmt *insert, size_t position,
    const struct cr_stored_index *row, struct cr_error *error) {
    const char *const texts[] = {row->measure, row->group, row->index, row->parameter, row->other};
    (void)sqlite3_bind_int64(insert, 1, (int64_t)position);
    for (int k = 0; k < 5; k++)
        (void)sqlite3_bind_text(insert, k + 2, texts[k], -1, SQLITE_STATIC);
    bind_real(insert, 7, row->value);
    bind_real(insert, 8, row->low);
    bind_real(insert, 9, row->high);
    (void)sqlite3_bind_int64(insert, 10, row->n);
    return cr_store_step(store, insert, error);
}

int cr_store_indices_replace(
    const struct cr_store *store, const struct cr_stored_index *rows, size_t count, struct cr_error *error) {
    sqlite3_stmt *insert = NULL;
    int status = cr_store_execute(store, "BEGIN IMMEDIATE; DELETE FROM indices", error);
    if (status == 0)
        status = cr_store_prepare(store, "INSERT INTO indices VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", &insert, error);
    for (size_t k = 0; status == 0 && k < count; k++)
        status = insert_index(store, insert, k + 1, &rows[k], error);
    (void)sqlite3_finalize(insert);
    if (status == 0)
        status = cr_store_execute(store, "COMMIT", error);
    if (status != 0)
        (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
