#include "io/store_export.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/table.h"

enum { ROWS_AT_ONCE = 1000, COLUMNS_MAX = 12 };

/* A column: of the table itself, or, marked by a NULL name, all axes of the design. */
struct part {
    const char *name;
    enum cr_column_type type;
    const char *sql;
};

#define AXES                                                                                                           \
    { NULL, CR_COLUMN_TEXT, NULL }

static const struct {
    const char *name;
    struct part parts[COLUMNS_MAX]; /* closed by a row without sql that is not AXES */
    const char *from;
} tables[CR_EXPORT_TABLES] = {
    [CR_EXPORT_MEASURES] = {"measures",
        {{"run", CR_COLUMN_INTEGER, "v.run"}, {"point", CR_COLUMN_INTEGER, "r.point"},
            {"replicate", CR_COLUMN_INTEGER, "r.replicate"}, AXES, {"measure", CR_COLUMN_TEXT, "g.measure"},
            {"group", CR_COLUMN_TEXT, "g.\"group\""}, {"value", CR_COLUMN_REAL, "v.value"},
            {"se", CR_COLUMN_REAL, "v.se"}, {"n", CR_COLUMN_INTEGER, "v.n"}, {"", CR_COLUMN_TEXT, NULL}},
        "FROM measure_values v CROSS JOIN runs r USING (run) CROSS JOIN points p USING (point)"
        " CROSS JOIN readings g USING (reading) ORDER BY v.run, v.position"},
    [CR_EXPORT_SERIES] = {"series",
        {{"run", CR_COLUMN_INTEGER, "v.run"}, {"point", CR_COLUMN_INTEGER, "r.point"},
            {"replicate", CR_COLUMN_INTEGER, "r.replicate"}, AXES, {"year", CR_COLUMN_REAL, "v.year"},
            {"measure", CR_COLUMN_TEXT, "g.measure"}, {"group", CR_COLUMN_TEXT, "g.\"group\""},
            {"value", CR_COLUMN_REAL, "v.value"}, {"", CR_COLUMN_TEXT, NULL}},
        "FROM series_values v CROSS JOIN runs r USING (run) CROSS JOIN points p USING (point)"
        " CROSS JOIN readings g USING (reading) ORDER BY v.run, v.position"},
    [CR_EXPORT_RUNS] = {"runs",
        {{"run", CR_COLUMN_INTEGER, "r.run"}, {"point", CR_COLUMN_INTEGER, "r.point"},
            {"replicate", CR_COLUMN_INTEGER, "r.replicate"}, {"seed", CR_COLUMN_INTEGER, "r.seed"}, AXES,
            {"state", CR_COLUMN_TEXT, "r.state"}, {"error", CR_COLUMN_TEXT, "r.error"}, {"", CR_COLUMN_TEXT, NULL}},
        "FROM runs r CROSS JOIN points p USING (point) ORDER BY r.run"},
    [CR_EXPORT_POINTS] = {"points", {{"point", CR_COLUMN_INTEGER, "p.point"}, AXES, {"", CR_COLUMN_TEXT, NULL}},
        "FROM points p ORDER BY p.point"},
    [CR_EXPORT_INDICES] = {"indices",
        {{"measure", CR_COLUMN_TEXT, "i.measure"}, {"group", CR_COLUMN_TEXT, "i.\"group\""},
            {"index", CR_COLUMN_TEXT, "i.\"index\""}, {"parameter", CR_COLUMN_TEXT, "i.parameter"},
            {"other", CR_COLUMN_TEXT, "i.other"}, {"value", CR_COLUMN_REAL, "i.value"},
            {"low", CR_COLUMN_REAL, "i.low"}, {"high", CR_COLUMN_REAL, "i.high"}, {"n", CR_COLUMN_INTEGER, "i.n"},
            {"", CR_COLUMN_TEXT, NULL}},
        "FROM indices i ORDER BY i.position"},
};

const char *cr_export_table_name(enum cr_export_table table) {
    return tables[table].name;
}

int cr_export_has(const struct cr_store *store, enum cr_export_table table, bool *has, struct cr_error *error) {
    static const char *const queries[CR_EXPORT_TABLES] = {
        [CR_EXPORT_MEASURES] = "SELECT EXISTS (SELECT 1 FROM measure_values)",
        [CR_EXPORT_SERIES] = "SELECT EXISTS (SELECT 1 FROM series_values)",
        [CR_EXPORT_RUNS] = "SELECT EXISTS (SELECT 1 FROM runs)",
        [CR_EXPORT_POINTS] = "SELECT EXISTS (SELECT 1 FROM points)",
        [CR_EXPORT_INDICES] = "SELECT EXISTS (SELECT 1 FROM indices)",
    };
    int64_t count;
    const int status = cr_store_count(store, queries[table], 0, &count, error);
    *has = count != 0;
    return status;
}

/* The columns of one table of one store, and its query. */
struct layout {
    struct cr_column *columns; /* owned */
    size_t column_count;
    char **axes; /* owned, and each of them */
    size_t axis_count;
    char *sql; /* owned by SQLite */
};

static void free_layout(struct layout *layout) {
    for (size_t k = 0; k < layout->axis_count; k++)
        free(layout->axes[k]);
    free(layout->axes);
    free(layout->columns);
    sqlite3_free(layout->sql);
}

static int read_axes(const struct cr_store *store, struct layout *layout, struct cr_error *error) {
    int64_t count;
    sqlite3_stmt *query = NULL;
    int status = cr_store_count(store, "SELECT count(*) FROM axes", 0, &count, error);
    if (status == 0)
        status = cr_store_prepare(store, "SELECT key FROM axes ORDER BY axis", &query, error);
    if (status == 0) {
        layout->axes = calloc((size_t)count + 1, sizeof *layout->axes);
        while (layout->axes != NULL && layout->axis_count < (size_t)count && sqlite3_step(query) == SQLITE_ROW) {
            const char *key = (const char *)sqlite3_column_text(query, 0);
            layout->axes[layout->axis_count] = key != NULL ? strdup(key) : NULL;
            if (layout->axes[layout->axis_count] == NULL)
                break;
            layout->axis_count++;
        }
        if (layout->axes == NULL || layout->axis_count < (size_t)count)
            status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the axes of %s", store->path);
    }
    (void)sqlite3_finalize(query);
    return status;
}

static void lay_out(const struct cr_store *store, enum cr_export_table table, struct layout *layout) {
    sqlite3_str *sql = sqlite3_str_new(store->database);
    sqlite3_str_appendall(sql, "SELECT ");
    for (const struct part *part = tables[table].parts; part->name == NULL || part->sql != NULL; part++) {
        if (part->name != NULL) {
            sqlite3_str_appendf(sql, "%s%s", layout->column_count > 0 ? ", " : "", part->sql);
            layout->columns[layout->column_count++] = (struct cr_column){.name = part->name, .type = part->type};
            continue;
        }
        for (size_t k = 0; k < layout->axis_count; k++) {
            sqlite3_str_appendf(sql, "%sp.\"%w\"", layout->column_count > 0 ? ", " : "", layout->axes[k]);
            layout->columns[layout->column_count++] =
                (struct cr_column){.name = layout->axes[k], .type = CR_COLUMN_TEXT};
        }
    }
    sqlite3_str_appendf(sql, " %s", tables[table].from);
    layout->sql = sqlite3_str_finish(sql);
}

static void add_cell(struct cr_table *rows, sqlite3_stmt *query, int column, enum cr_column_type type) {
    char number[32];
    const int stored = sqlite3_column_type(query, column);
    if (stored == SQLITE_NULL)
        cr_table_missing(rows);
    else if (type == CR_COLUMN_REAL)
        cr_table_real(rows, sqlite3_column_double(query, column));
    else if (type == CR_COLUMN_INTEGER)
        cr_table_integer(rows, sqlite3_column_int64(query, column));
    else if (stored == SQLITE_FLOAT)
        cr_table_text(rows, cr_text_real(sqlite3_column_double(query, column), number, sizeof number));
    else
        cr_table_text(rows, (const char *)sqlite3_column_text(query, column));
}

static int write_rows(
    const struct cr_store *store, const struct layout *layout, struct cr_table_writer *writer, struct cr_error *error) {
    sqlite3_stmt *query = NULL;
    struct cr_table rows;
    cr_table_init(&rows, layout->columns, layout->column_count);
    int status = cr_store_prepare(store, layout->sql, &query, error);
    int stepped = SQLITE_ROW;
    while (status == 0 && stepped == SQLITE_ROW) {
        cr_table_clear(&rows);
        while (cr_table_rows(&rows) < ROWS_AT_ONCE && (stepped = sqlite3_step(query)) == SQLITE_ROW)
            for (size_t j = 0; j < layout->column_count; j++)
                add_cell(&rows, query, (int)j, layout->columns[j].type);
        if (stepped != SQLITE_ROW && stepped != SQLITE_DONE)
            status = cr_store_fail(store, "read", error);
        else
            status = cr_table_writer_append(writer, &rows, error);
    }
    (void)sqlite3_finalize(query);
    cr_table_free(&rows);
    return status;
}

int cr_export_write(const struct cr_store *store, enum cr_export_table table, const char *directory, int64_t *rows,
    struct cr_error *error) {
    struct layout layout = {0};
    struct cr_table_writer writer = {0};
    int status = read_axes(store, &layout, error);
    if (status == 0) {
        layout.columns = calloc(layout.axis_count + COLUMNS_MAX, sizeof *layout.columns);
        if (layout.columns != NULL)
            lay_out(store, table, &layout);
        if (layout.columns == NULL || layout.sql == NULL)
            status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to export %s", store->path);
    }
    if (status == 0)
        status = directory != NULL ? cr_table_writer_open(&writer, directory, tables[table].name, layout.columns,
                                         layout.column_count, error)
                                   : cr_table_writer_lend(&writer, stdout, "the standard output", layout.columns,
                                         layout.column_count, error);
    if (status == 0)
        status = write_rows(store, &layout, &writer, error);
    if (status == 0)
        status = cr_table_writer_finish(&writer, error);
    *rows = writer.rows;
    cr_table_writer_free(&writer);
    free_layout(&layout);
    return status;
}
