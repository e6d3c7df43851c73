#include "io/table.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cr_table_init(struct cr_table *table, const struct cr_column *columns, size_t column_count) {
    memset(table, 0, sizeof *table);
    table->columns = columns;
    table->column_count = column_count;
}

void cr_table_free(struct cr_table *table) {
    free(table->cells);
    free(table->text);
    memset(table, 0, sizeof *table);
}

void cr_table_clear(struct cr_table *table) {
    table->cell_count = 0;
    table->text_size = 0;
    memset(&table->error, 0, sizeof table->error);
}

/* Makes room for `more` elements after `used`; false when there is no memory. */
static bool make_room(void **array, size_t used, size_t *capacity, size_t more, size_t size) {
    if (more <= *capacity - used)
        return true;
    size_t wanted = *capacity ? *capacity : 256;
    while (wanted - used < more) {
        if (wanted > SIZE_MAX / 2 / size)
            return false;
        wanted *= 2;
    }
    void *grown = realloc(*array, wanted * size);
    if (!grown)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

static const struct cr_column *next_column(const struct cr_table *table) {
    return &table->columns[table->cell_count % table->column_count];
}

static void add_cell(struct cr_table *table, union cr_cell cell) {
    void *cells = table->cells;
    if (!make_room(&cells, table->cell_count, &table->cell_capacity, 1, sizeof *table->cells)) {
        (void)cr_error_set(&table->error, CR_ERROR_MEMORY, "no memory for a table of %zu rows", cr_table_rows(table));
        return;
    }
    table->cells = cells;
    table->cells[table->cell_count++] = cell;
}

/* Whether the next cell may be of that type. */
static bool expects(struct cr_table *table, enum cr_column_type type) {
    if (table->error.code)
        return false;
    if (next_column(table)->type == type)
        return true;
    (void)cr_error_set(
        &table->error, CR_ERROR_USAGE, "column %s was given a cell of another type", next_column(table)->name);
    return false;
}

void cr_table_real(struct cr_table *table, double value) {
    if (expects(table, CR_COLUMN_REAL))
        add_cell(table, (union cr_cell){.real = value});
}

void cr_table_integer(struct cr_table *table, int64_t value) {
    if (expects(table, CR_COLUMN_INTEGER))
        add_cell(table, (union cr_cell){.integer = value});
}

void cr_table_text(struct cr_table *table, const char *value) {
    if (!expects(table, CR_COLUMN_TEXT))
        return;
    if (!value) {
        add_cell(table, (union cr_cell){.text = SIZE_MAX});
        return;
    }
    const size_t size = strlen(value) + 1;
    void *text = table->text;
    if (!make_room(&text, table->text_size, &table->text_capacity, size, 1)) {
        (void)cr_error_set(&table->error, CR_ERROR_MEMORY, "no memory for a table of %zu rows", cr_table_rows(table));
        return;
    }
    table->text = text;
    memcpy(table->text + table->text_size, value, size);
    add_cell(table, (union cr_cell){.text = table->text_size});
    table->text_size += size;
}

void cr_table_missing(struct cr_table *table) {
    switch (next_column(table)->type) {
    case CR_COLUMN_REAL:
        cr_table_real(table, (double)NAN);
        break;
    case CR_COLUMN_INTEGER:
        cr_table_integer(table, CR_TABLE_MISSING);
        break;
    case CR_COLUMN_TEXT:
        cr_table_text(table, NULL);
        break;
    }
}

size_t cr_table_rows(const struct cr_table *table) {
    return table->cell_count / table->column_count;
}

const char *cr_table_format_real(double value, char *buffer, size_t size) {
    char digits[32];
    size_t used = 0;
    if (isnan(value) || isinf(value)) {
        (void)snprintf(buffer, size, "%s", isnan(value) ? "NA" : value > 0.0 ? "Inf" : "-Inf");
        return buffer;
    }
    (void)snprintf(digits, sizeof digits, "%.6g", value == 0.0 ? 0.0 : value);
    /* whatever the locale puts between the digits, in however many bytes, is the decimal point */
    for (const char *from = digits; *from && used + 1 < size; from++) {
        if (strchr("0123456789+-e", *from))
            buffer[used++] = *from;
        else if (used == 0 || buffer[used - 1] != '.')
            buffer[used++] = '.';
    }
    buffer[used] = '\0';
    return buffer;
}

static int put(struct cr_table_writer *writer, const char *text, struct cr_error *error) {
    return cr_whole_file_write(&writer->file, text, strlen(text), error);
}

static int put_text(struct cr_table_writer *writer, const char *text, struct cr_error *error) {
    if (!strpbrk(text, ",\"\r\n") && strcmp(text, "NA") != 0)
        return put(writer, text, error);
    int code = put(writer, "\"", error);
    while (!code && *text) {
        const size_t plain = strcspn(text, "\"");
        code = cr_whole_file_write(&writer->file, text, plain, error);
        text += plain;
        if (!code && *text == '"') {
            code = put(writer, "\"\"", error);
            text++;
        }
    }
    return code ? code : put(writer, "\"", error);
}

static int put_cell(
    struct cr_table_writer *writer, const struct cr_table *table, size_t index, struct cr_error *error) {
    const union cr_cell cell = table->cells[index];
    char number[32];
    switch (table->columns[index % table->column_count].type) {
    case CR_COLUMN_REAL:
        return put(writer, cr_table_format_real(cell.real, number, sizeof number), error);
    case CR_COLUMN_INTEGER:
        if (cell.integer == CR_TABLE_MISSING)
            return put(writer, "NA", error);
        (void)snprintf(number, sizeof number, "%" PRId64, cell.integer);
        return put(writer, number, error);
    case CR_COLUMN_TEXT:
        if (cell.text == SIZE_MAX)
            return put(writer, "NA", error);
        return put_text(writer, table->text + cell.text, error);
    }
    return 0;
}

static int put_header(struct cr_table_writer *writer, struct cr_error *error) {
    int code = 0;
    for (size_t j = 0; j < writer->column_count && !code; j++) {
        code = put_text(writer, writer->columns[j].name, error);
        if (!code)
            code = put(writer, j + 1 < writer->column_count ? "," : "\n", error);
    }
    return code;
}

int cr_table_writer_open(struct cr_table_writer *writer, const char *directory, const char *name,
    const struct cr_column *columns, size_t column_count, struct cr_error *error) {
    *writer = (struct cr_table_writer){.columns = columns, .column_count = column_count};
    char file_name[256];
    if ((size_t)snprintf(file_name, sizeof file_name, "%s.csv", name) >= sizeof file_name)
        return cr_error_set(error, CR_ERROR_USAGE, "the name of a table is too long: %.64s...", name);
    const int code = cr_whole_file_open(&writer->file, directory, file_name, error);
    return code ? code : put_header(writer, error);
}

int cr_table_writer_lend(struct cr_table_writer *writer, FILE *stream, const char *name,
    const struct cr_column *columns, size_t column_count, struct cr_error *error) {
    *writer = (struct cr_table_writer){.columns = columns, .column_count = column_count};
    const int code = cr_whole_file_lend(&writer->file, stream, name, error);
    return code ? code : put_header(writer, error);
}

static bool same_columns(const struct cr_table_writer *writer, const struct cr_table *table) {
    if (writer->column_count != table->column_count)
        return false;
    for (size_t j = 0; j < table->column_count; j++)
        if (writer->columns[j].type != table->columns[j].type ||
            strcmp(writer->columns[j].name, table->columns[j].name) != 0)
            return false;
    return true;
}

int cr_table_writer_append(struct cr_table_writer *writer, const struct cr_table *table, struct cr_error *error) {
    if (table->error.code)
        return cr_error_set(error, table->error.code, "%s", table->error.sentence);
    if (!same_columns(writer, table))
        return cr_error_set(error, CR_ERROR_USAGE, "rows were added to a table of other columns");
    if (table->cell_count % table->column_count != 0)
        return cr_error_set(error, CR_ERROR_USAGE, "row %zu of a table ends before column %s", cr_table_rows(table) + 1,
            next_column(table)->name);
    for (size_t i = 0; i < table->cell_count; i++) {
        int code = put_cell(writer, table, i, error);
        if (!code)
            code = put(writer, (i + 1) % table->column_count != 0 ? "," : "\n", error);
        if (code)
            return code;
    }
    writer->rows += (int64_t)cr_table_rows(table);
    return 0;
}

int cr_table_writer_finish(struct cr_table_writer *writer, struct cr_error *error) {
    return cr_whole_file_finish(&writer->file, writer->sha256, error);
}

void cr_table_writer_free(struct cr_table_writer *writer) {
    cr_whole_file_free(&writer->file);
}
