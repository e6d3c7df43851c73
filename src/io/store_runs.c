#include "io/store_runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void cr_run_outcome_free(struct cr_run_outcome *outcome) {
    free(outcome->readings);
    outcome->readings = NULL;
    outcome->reading_count = 0;
}

int cr_store_runs_init(struct cr_store_runs *runs, const struct cr_store *store, const struct cr_field *const *fields,
    size_t axis_count, struct cr_error *error) {
    *runs = (struct cr_store_runs){.store = store, .fields = fields, .axis_count = axis_count};
    const struct {
        const char *sql;
        sqlite3_stmt **statement;
    } statements[] = {
        {"SELECT r.run, r.replicate, p.* FROM runs r JOIN points p USING (point) WHERE r.run > ? AND r.state = "
         "'waiting' ORDER BY r.run LIMIT 1",
            &runs->next},
        {"UPDATE runs SET state = ?2, error = ?3, seconds = ?4 WHERE run = ?1", &runs->finish},
        {"INSERT INTO measure_values VALUES(?, ?, ?, ?, ?, ?)", &runs->measure},
        {"INSERT INTO series_values VALUES(?, ?, ?, ?, ?)", &runs->series},
        {"SELECT reading FROM readings WHERE measure = ? AND \"group\" = ?", &runs->find},
        {"INSERT INTO readings(measure, \"group\") VALUES(?, ?)", &runs->add_reading},
    };
    int status = 0;
    for (size_t k = 0; status == 0 && k < sizeof statements / sizeof *statements; k++)
        status = cr_store_prepare(store, statements[k].sql, statements[k].statement, error);
    return status;
}

void cr_store_runs_free(struct cr_store_runs *runs) {
    (void)sqlite3_finalize(runs->next);
    (void)sqlite3_finalize(runs->finish);
    (void)sqlite3_finalize(runs->measure);
    (void)sqlite3_finalize(runs->series);
    (void)sqlite3_finalize(runs->find);
    (void)sqlite3_finalize(runs->add_reading);
    free(runs->known);
    *runs = (struct cr_store_runs){0};
}

int cr_store_runs_tally(const struct cr_store *store, struct cr_tally *tally, struct cr_error *error) {
    *tally = (struct cr_tally){0};
    int status = cr_store_count(store, "SELECT count(*) FROM runs WHERE state = 'waiting'", 0, &tally->waiting, error);
    if (status == 0)
        status = cr_store_count(store, "SELECT count(*) FROM runs WHERE state = 'done'", 0, &tally->done, error);
    if (status == 0)
        status = cr_store_count(store, "SELECT count(*) FROM runs WHERE state = 'failed'", 0, &tally->failed, error);
    return status;
}

int cr_store_runs_retry(const struct cr_store *store, struct cr_error *error) {
    return cr_store_execute(store,
        "BEGIN; DELETE FROM indices; UPDATE runs SET state = 'waiting', error = NULL, seconds = NULL WHERE state = "
        "'failed'; COMMIT",
        error);
}

static double value_of(sqlite3_stmt *query, int column, const struct cr_field *field) {
    switch (field->type) {
    case CR_BOOLEAN:
    case CR_CHOICE: {
        const char *word = (const char *)sqlite3_column_text(query, column);
        return word == NULL ? 0.0 : cr_text_choice(cr_field_words(field), word);
    }
    case CR_REAL:
    case CR_INTEGER:
        break;
    }
    return sqlite3_column_double(query, column);
}

int cr_store_runs_next(struct cr_store_runs *runs, int64_t after, struct cr_waiting_run *run, struct cr_error *error) {
    (void)sqlite3_bind_int64(runs->next, 1, after);
    const int stepped = sqlite3_step(runs->next);
    int status = 0;
    run->run = 0;
    if (stepped == SQLITE_ROW) {
        run->run = sqlite3_column_int64(runs->next, 0);
        run->replicate = sqlite3_column_int64(runs->next, 1);
        for (size_t k = 0; k < runs->axis_count; k++)
            run->values[k] = value_of(runs->next, (int)k + 3, runs->fields[k]);
    } else if (stepped != SQLITE_DONE) {
        status = cr_store_fail(runs->store, "read", error);
    }
    (void)sqlite3_reset(runs->next);
    return status;
}

static int look_up(
    struct cr_store_runs *runs, const struct cr_reading *reading, int64_t *number, struct cr_error *error) {
    const char *measure = cr_measures[reading->measure].name;
    enum { BOTH = 2 };
    sqlite3_stmt *const both[BOTH] = {runs->find, runs->add_reading};
    for (size_t k = 0; k < BOTH; k++) {
        (void)sqlite3_bind_text(both[k], 1, measure, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(both[k], 2, reading->group, -1, SQLITE_STATIC);
    }
    const int stepped = sqlite3_step(runs->find);
    *number = stepped == SQLITE_ROW ? sqlite3_column_int64(runs->find, 0) : 0;
    (void)sqlite3_reset(runs->find);
    if (stepped == SQLITE_ROW)
        return 0;
    if (stepped != SQLITE_DONE)
        return cr_store_fail(runs->store, "read", error);
    const int status = cr_store_step(runs->store, runs->add_reading, error);
    *number = sqlite3_last_insert_rowid(runs->store->database);
    return status;
}

/* Runs give much the same readings in the same order, so most are where they were the last time. */
static int number_of(struct cr_store_runs *runs, const struct cr_reading *reading, size_t place, int64_t *number,
    struct cr_error *error) {
    if (place < runs->known_count && runs->known[place].measure == reading->measure &&
        strcmp(runs->known[place].group, reading->group) == 0) {
        *number = runs->known[place].number;
        return 0;
    }
    const int status = look_up(runs, reading, number, error);
    if (status == 0 && place < runs->known_count) {
        runs->known[place] = (struct cr_store_reading){.number = *number, .measure = reading->measure};
        strcpy(runs->known[place].group, reading->group);
    }
    return status;
}

static int make_room(struct cr_store_runs *runs, size_t count, struct cr_error *error) {
    if (count <= runs->known_count)
        return 0;
    struct cr_store_reading *grown = realloc(runs->known, count * sizeof *grown);
    if (grown == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the readings of a run");
    for (size_t k = runs->known_count; k < count; k++)
        grown[k] = (struct cr_store_reading){.measure = -1};
    runs->known = grown;
    runs->known_count = count;
    return 0;
}

static int bind_real(sqlite3_stmt *statement, int column, double value) {
    return isnan(value) ? sqlite3_bind_null(statement, column) : sqlite3_bind_double(statement, column, value);
}

static int put_reading(
    struct cr_store_runs *runs, const struct cr_run_outcome *outcome, size_t place, struct cr_error *error) {
    const struct cr_reading *reading = &outcome->readings[place];
    int64_t number;
    const int status = number_of(runs, reading, place, &number, error);
    if (status != 0)
        return status;
    const bool whole = isnan(reading->year);
    sqlite3_stmt *insert = whole ? runs->measure : runs->series;
    (void)sqlite3_bind_int64(insert, 1, outcome->run);
    (void)sqlite3_bind_int64(insert, 2, (int64_t)place + 1);
    (void)sqlite3_bind_int64(insert, 3, number);
    if (whole) {
        (void)bind_real(insert, 4, reading->estimate.value);
        (void)bind_real(insert, 5, reading->estimate.se);
        (void)sqlite3_bind_int64(insert, 6, reading->estimate.n);
    } else {
        (void)bind_real(insert, 4, reading->year);
        (void)bind_real(insert, 5, reading->estimate.value);
    }
    return cr_store_step(runs->store, insert, error);
}

int cr_store_runs_put(struct cr_store_runs *runs, const struct cr_run_outcome *outcome, struct cr_error *error) {
    int status = runs->begun ? 0 : cr_store_execute(runs->store, "BEGIN IMMEDIATE", error);
    if (status != 0)
        return status;
    runs->begun = true;
    status = make_room(runs, outcome->reading_count, error);
    for (size_t k = 0; status == 0 && k < outcome->reading_count; k++)
        status = put_reading(runs, outcome, k, error);
    if (status != 0)
        return status;
    (void)sqlite3_bind_int64(runs->finish, 1, outcome->run);
    (void)sqlite3_bind_text(runs->finish, 2, outcome->status == 0 ? "done" : "failed", -1, SQLITE_STATIC);
    (void)(outcome->status == 0 ? sqlite3_bind_null(runs->finish, 3)
                                : sqlite3_bind_text(runs->finish, 3, outcome->sentence, -1, SQLITE_STATIC));
    (void)sqlite3_bind_double(runs->finish, 4, outcome->seconds);
    return cr_store_step(runs->store, runs->finish, error);
}

int cr_store_runs_commit(struct cr_store_runs *runs, struct cr_error *error) {
    if (!runs->begun)
        return 0;
    const int status = cr_store_execute(runs->store, "COMMIT", error);
    if (status == 0)
        runs->begun = false;
    return status;
}
