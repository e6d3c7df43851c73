#include "io/store_outline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char tables[] =
    "CREATE TABLE study(key TEXT PRIMARY KEY, value TEXT NOT NULL, decides INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE scenario(position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);"
    "CREATE TABLE axes(axis INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, type TEXT NOT NULL, unit TEXT NOT NULL,"
    " what TEXT NOT NULL);"
    "CREATE TABLE runs(run INTEGER PRIMARY KEY, point INTEGER NOT NULL, replicate INTEGER NOT NULL,"
    " seed INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),"
    " error TEXT, seconds REAL);"
    "CREATE TABLE readings(reading INTEGER PRIMARY KEY, measure TEXT NOT NULL, \"group\" TEXT NOT NULL,"
    " UNIQUE(measure, \"group\"));"
    "CREATE TABLE measure_values(run INTEGER, position INTEGER, reading INTEGER NOT NULL, value REAL, se REAL,"
    " n INTEGER NOT NULL, PRIMARY KEY(run, position)) WITHOUT ROWID;"
    "CREATE TABLE series_values(run INTEGER, position INTEGER, reading INTEGER NOT NULL, year REAL NOT NULL,"
    " value REAL, PRIMARY KEY(run, position)) WITHOUT ROWID;"
    "CREATE TABLE indices(position INTEGER PRIMARY KEY, measure TEXT NOT NULL, \"group\" TEXT NOT NULL,"
    " \"index\" TEXT NOT NULL, parameter TEXT NOT NULL, other TEXT, value REAL, low REAL, high REAL,"
    " n INTEGER NOT NULL);";

static const char *sql_type(const struct cr_field *field) {
    return field->type == CR_REAL ? "REAL" : field->type == CR_INTEGER ? "INTEGER" : "TEXT";
}

static int make_point_tables(
    const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error) {
    sqlite3_str *text = sqlite3_str_new(store->database);
    sqlite3_str_appendall(text, "CREATE TABLE points(point INTEGER PRIMARY KEY");
    for (size_t k = 0; k < outline->axis_count; k++)
        sqlite3_str_appendf(text, ", \"%w\" %s", outline->axes[k].key, sql_type(outline->axes[k].field));
    sqlite3_str_appendall(text, ");");
    static const struct {
        const char *name, *table, *columns;
    } views[] = {{"measures", "measure_values", "v.value, v.se, v.n"}, {"series", "series_values", "v.year, v.value"}};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        sqlite3_str_appendf(text, "CREATE VIEW %s AS SELECT v.run, r.point, r.replicate", views[i].name);
        for (size_t k = 0; k < outline->axis_count; k++)
            sqlite3_str_appendf(text, ", p.\"%w\"", outline->axes[k].key);
        sqlite3_str_appendf(text,
            ", g.measure, g.\"group\", %s FROM %s v JOIN runs r USING (run) JOIN points p USING (point)"
            " JOIN readings g USING (reading);",
            views[i].columns, views[i].table);
    }
    char *sql = sqlite3_str_finish(text);
    const int status = sql != NULL ? cr_store_execute(store, sql, error)
                                   : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %s", store->path);
    sqlite3_free(sql);
    return status;
}

struct rows {
    const struct cr_store *store;
    sqlite3_stmt *insert;
    int position, status;
    struct cr_error *error;
};

static void insert_parameter(void *context, const char *key, const char *value, const struct cr_field *field) {
    struct rows *rows = context;
    (void)field;
    if (rows->status != 0)
        return;
    (void)sqlite3_bind_int(rows->insert, 1, ++rows->position);
    (void)sqlite3_bind_text(rows->insert, 2, key, -1, SQLITE_TRANSIENT);
    (void)sqlite3_bind_text(rows->insert, 3, value, -1, SQLITE_TRANSIENT);
    rows->status = cr_store_step(rows->store, rows->insert, rows->error);
}

static int insert_scenario(
    const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error) {
    struct rows rows = {.store = store, .error = error};
    rows.status = cr_store_prepare(store, "INSERT INTO scenario VALUES(?, ?, ?)", &rows.insert, error);
    cr_scenario_visit(outline->scenario, insert_parameter, &rows);
    (void)sqlite3_finalize(rows.insert);
    return rows.status;
}

static int insert_facts(const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error) {
    sqlite3_stmt *insert = NULL;
    int status = cr_store_prepare(store, "INSERT INTO study VALUES(?, ?, ?)", &insert, error);
    for (size_t k = 0; status == 0 && k < outline->fact_count; k++) {
        (void)sqlite3_bind_text(insert, 1, outline->facts[k].key, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(insert, 2, outline->facts[k].value, -1, SQLITE_STATIC);
        (void)sqlite3_bind_int(insert, 3, outline->facts[k].decides);
        status = cr_store_step(store, insert, error);
    }
    (void)sqlite3_finalize(insert);
    return status;
}

static int insert_axes(const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error) {
    sqlite3_stmt *insert = NULL;
    int status = cr_store_prepare(store, "INSERT INTO axes VALUES(?, ?, ?, ?, ?)", &insert, error);
    for (size_t k = 0; status == 0 && k < outline->axis_count; k++) {
        const struct cr_store_axis *axis = &outline->axes[k];
        (void)sqlite3_bind_int64(insert, 1, (int64_t)k + 1);
        (void)sqlite3_bind_text(insert, 2, axis->key, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(insert, 3, cr_value_type_name(axis->field->type), -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(insert, 4, axis->field->unit, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(insert, 5, axis->field->what, -1, SQLITE_STATIC);
        status = cr_store_step(store, insert, error);
    }
    (void)sqlite3_finalize(insert);
    return status;
}

/* The words of a choice lie one behind the other. */
static const char *word_of(const struct cr_field *field, double value, int *length) {
    const char *word = cr_field_words(field);
    for (int skip = (int)value; skip > 0; skip--)
        word += strcspn(word, "|") + 1;
    *length = (int)strcspn(word, "|");
    return word;
}

static void bind_value(sqlite3_stmt *statement, int column, const struct cr_field *field, double value) {
    int length = 0;
    switch (field->type) {
    case CR_REAL:
        (void)sqlite3_bind_double(statement, column, value);
        break;
    case CR_INTEGER:
        (void)sqlite3_bind_int64(statement, column, (int64_t)value);
        break;
    case CR_BOOLEAN:
    case CR_CHOICE: {
        const char *word = word_of(field, value, &length);
        (void)sqlite3_bind_text(statement, column, word, length, SQLITE_STATIC);
        break;
    }
    }
}

static int prepare_points(const struct cr_store *store, const struct cr_store_outline *outline, sqlite3_stmt **insert,
    struct cr_error *error) {
    sqlite3_str *text = sqlite3_str_new(store->database);
    sqlite3_str_appendall(text, "INSERT INTO points VALUES(?");
    for (size_t k = 0; k < outline->axis_count; k++)
        sqlite3_str_appendall(text, ", ?");
    sqlite3_str_appendall(text, ")");
    char *sql = sqlite3_str_finish(text);
    const int status = sql != NULL ? cr_store_prepare(store, sql, insert, error)
                                   : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %s", store->path);
    sqlite3_free(sql);
    return status;
}

static double seed_at(const struct cr_store_outline *outline, const double *values) {
    for (size_t k = 0; k < outline->axis_count; k++)
        if (strcmp(outline->axes[k].key, "run.seed") == 0)
            return values[k];
    return (double)outline->scenario->parameters.run_seed;
}

static int insert_points(const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error) {
    sqlite3_stmt *point = NULL, *run = NULL;
    double *values = calloc(outline->axis_count + 1, sizeof *values);
    if (values == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the points of a design");
    int status = prepare_points(store, outline, &point, error);
    if (status == 0)
        status =
            cr_store_prepare(store, "INSERT INTO runs(run, point, replicate, seed) VALUES(?, ?, ?, ?)", &run, error);
    for (int64_t i = 0; status == 0 && i < outline->points; i++) {
        outline->next_point(outline->context, values);
        (void)sqlite3_bind_int64(point, 1, i + 1);
        for (size_t k = 0; k < outline->axis_count; k++)
            bind_value(point, (int)k + 2, outline->axes[k].field, values[k]);
        status = cr_store_step(store, point, error);
        for (int64_t k = 0; status == 0 && k < outline->replicates; k++) {
            const int64_t number = i * outline->replicates + k;
            if (number % outline->shards != outline->shard - 1)
                continue;
            (void)sqlite3_bind_int64(run, 1, number + 1);
            (void)sqlite3_bind_int64(run, 2, i + 1);
            (void)sqlite3_bind_int64(run, 3, outline->first_replicate + k);
            (void)sqlite3_bind_int64(run, 4, (int64_t)seed_at(outline, values));
            status = cr_store_step(store, run, error);
        }
    }
    (void)sqlite3_finalize(point);
    (void)sqlite3_finalize(run);
    free(values);
    return status;
}

int cr_store_begin(const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error) {
    int status = cr_store_execute(store, "BEGIN IMMEDIATE", error);
    if (status == 0)
        status = cr_store_execute(store, tables, error);
    if (status == 0)
        status = make_point_tables(store, outline, error);
    if (status == 0)
        status = insert_facts(store, outline, error);
    if (status == 0)
        status = insert_scenario(store, outline, error);
    if (status == 0)
        status = insert_axes(store, outline, error);
    if (status == 0)
        status = insert_points(store, outline, error);
    if (status == 0)
        status = cr_store_execute(store, "COMMIT", error);
    if (status != 0)
        (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

char *cr_store_fact(const struct cr_store *store, const char *key) {
    sqlite3_stmt *query = NULL;
    char *value = NULL;
    struct cr_error ignored = {0};
    if (cr_store_prepare(store, "SELECT value FROM study WHERE key = ?", &query, &ignored) == 0) {
        (void)sqlite3_bind_text(query, 1, key, -1, SQLITE_STATIC);
        if (sqlite3_step(query) == SQLITE_ROW) {
            const char *text = (const char *)sqlite3_column_text(query, 0);
            value = text != NULL ? strdup(text) : NULL;
        }
    }
    (void)sqlite3_finalize(query);
    return value;
}

/* What differs between a store and an outline. */
struct comparison {
    const struct cr_store *store;
    sqlite3_stmt *query;
    int64_t differences, rows;
    char first[256]; /* the first of them, in words */
    int status;
    struct cr_error *error;
};

/* Where two texts are shown from: the beginning, or shortly before they part if that is far behind it. */
static size_t shown_from(const char *was, const char *is) {
    enum { FAR = 40, BEFORE = 20 };
    size_t same = 0;
    while (was[same] != '\0' && was[same] == is[same])
        same++;
    return same > FAR ? same - BEFORE : 0;
}

static void differ(struct comparison *comparison, const char *what, const char *key, const char *was, const char *is) {
    if (comparison->differences++ > 0)
        return;
    if (was == NULL)
        was = "not there";
    const size_t from = shown_from(was, is);
    const char *dots = from > 0 ? "..." : "";
    (void)snprintf(comparison->first, sizeof comparison->first, "%s%s was %s%.60s and is %s%.60s now", what, key, dots,
        was + from, dots, is + from);
}

static void compare_count(struct comparison *comparison, const char *what, const char *sql, int64_t is) {
    int64_t was;
    char was_text[24], is_text[24];
    comparison->status = cr_store_count(comparison->store, sql, 0, &was, comparison->error);
    if (comparison->status != 0 || was == is)
        return;
    cr_text_format(was_text, sizeof was_text, "%lld", (long long)was);
    cr_text_format(is_text, sizeof is_text, "%lld", (long long)is);
    differ(comparison, "the number of ", what, was_text, is_text);
}

static void compare_text(struct comparison *comparison, const char *what, const char *key, const char *value) {
    if (comparison->status != 0)
        return;
    (void)sqlite3_bind_text(comparison->query, 1, key, -1, SQLITE_TRANSIENT);
    const int stepped = sqlite3_step(comparison->query);
    if (stepped != SQLITE_ROW && stepped != SQLITE_DONE)
        comparison->status = cr_store_fail(comparison->store, "read", comparison->error);
    const char *was = stepped == SQLITE_ROW ? (const char *)sqlite3_column_text(comparison->query, 0) : NULL;
    if (was == NULL || strcmp(was, value) != 0)
        differ(comparison, what, key, was, value);
    comparison->rows++;
    (void)sqlite3_reset(comparison->query);
}

static void compare_parameter(void *context, const char *key, const char *value, const struct cr_field *field) {
    (void)field;
    compare_text(context, "", key, value);
}

static void compare_facts(struct comparison *comparison, const struct cr_store_outline *outline) {
    comparison->status = cr_store_prepare(
        comparison->store, "SELECT value FROM study WHERE key = ?", &comparison->query, comparison->error);
    for (size_t k = 0; k < outline->fact_count; k++)
        if (outline->facts[k].decides)
            compare_text(comparison, "the study's ", outline->facts[k].key, outline->facts[k].value);
    (void)sqlite3_finalize(comparison->query);
}

static void compare_scenario(struct comparison *comparison, const struct cr_store_outline *outline) {
    if (comparison->status != 0)
        return;
    comparison->status = cr_store_prepare(
        comparison->store, "SELECT value FROM scenario WHERE key = ?", &comparison->query, comparison->error);
    comparison->rows = 0;
    cr_scenario_visit(outline->scenario, compare_parameter, comparison);
    (void)sqlite3_finalize(comparison->query);
    if (comparison->status == 0 && comparison->differences == 0)
        compare_count(comparison, "the scenario's settings", "SELECT count(*) FROM scenario", comparison->rows);
}

static bool same_value(sqlite3_stmt *query, int column, const struct cr_field *field, double value) {
    if (field->type == CR_REAL)
        return sqlite3_column_double(query, column) == value;
    if (field->type == CR_INTEGER)
        return sqlite3_column_int64(query, column) == (int64_t)value;
    const char *word = (const char *)sqlite3_column_text(query, column);
    return word != NULL && cr_text_choice(cr_field_words(field), word) == (int)value;
}

static void differ_in_value(
    struct comparison *comparison, sqlite3_stmt *query, int column, const struct cr_store_axis *axis, double value) {
    char was[32], is[32];
    int length = 0;
    if (axis->field->type == CR_REAL || axis->field->type == CR_INTEGER) {
        cr_text_real(sqlite3_column_double(query, column), was, sizeof was);
        cr_text_real(value, is, sizeof is);
    } else {
        const char *word = (const char *)sqlite3_column_text(query, column);
        cr_text_format(was, sizeof was, "%s", word != NULL ? word : "NA");
        word = word_of(axis->field, value, &length);
        cr_text_format(is, sizeof is, "%.*s", length, word);
    }
    differ(comparison, "in the design ", axis->key, was, is);
}

static void compare_points(struct comparison *comparison, const struct cr_store_outline *outline) {
    double *values = calloc(outline->axis_count + 1, sizeof *values);
    sqlite3_stmt *query = NULL;
    if (values == NULL) {
        comparison->status =
            cr_error_set(comparison->error, CR_ERROR_MEMORY, "not enough memory for the points of a design");
        return;
    }
    comparison->status =
        cr_store_prepare(comparison->store, "SELECT * FROM points ORDER BY point", &query, comparison->error);
    if (comparison->status == 0)
        compare_count(comparison, "points", "SELECT count(*) FROM points", outline->points);
    for (int64_t i = 0; comparison->status == 0 && comparison->differences == 0 && i < outline->points; i++) {
        outline->next_point(outline->context, values);
        if (sqlite3_step(query) != SQLITE_ROW)
            comparison->status = cr_store_fail(comparison->store, "read", comparison->error);
        for (size_t k = 0; comparison->status == 0 && k < outline->axis_count; k++)
            if (!same_value(query, (int)k + 1, outline->axes[k].field, values[k])) {
                differ_in_value(comparison, query, (int)k + 1, &outline->axes[k], values[k]);
                break;
            }
    }
    (void)sqlite3_finalize(query);
    free(values);
}

int cr_store_compare(const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error) {
    struct comparison comparison = {.store = store, .error = error};
    compare_facts(&comparison, outline);
    compare_scenario(&comparison, outline);
    if (comparison.status == 0 && comparison.differences == 0)
        compare_points(&comparison, outline);
    if (comparison.status != 0 || comparison.differences == 0)
        return comparison.status;
    char more[64] = "";
    if (comparison.differences > 1)
        (void)snprintf(more, sizeof more, ", and %lld more differ", (long long)comparison.differences - 1);
    return cr_error_set(error, CR_ERROR_USAGE,
        "%s was begun with something else: %s%s; bring that back, or name another store", store->path, comparison.first,
        more);
}
