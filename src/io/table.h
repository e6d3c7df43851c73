#ifndef CR_IO_TABLE_H
#define CR_IO_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "io/digest.h"
#include "io/whole_file.h"

/* Tables: rows of typed cells in memory, and the CSV files that they are written to. */

enum cr_column_type { CR_COLUMN_REAL, CR_COLUMN_INTEGER, CR_COLUMN_TEXT };

struct cr_column {
    const char *name;
    enum cr_column_type type;
    const char *what; /* meaning and unit, in words; NULL: none told */
};

/* A missing integer; a missing real is NaN, a missing text NULL. */
#define CR_TABLE_MISSING INT64_MIN

union cr_cell {
    double real;
    int64_t integer;
    size_t text; /* offset in `text`; SIZE_MAX: missing */
};

/* Rows in memory, all cells of a row side by side. One thread at a time. */
struct cr_table {
    const struct cr_column *columns; /* borrowed; must outlive the table */
    size_t column_count;
    union cr_cell *cells; /* owned; the cell of row i and column j is cells[i * column_count + j] */
    size_t cell_count;
    size_t cell_capacity;
    char *text; /* owned; all texts, each with its NUL */
    size_t text_size;
    size_t text_capacity;
    struct cr_error error; /* the first failure of an addition; told when the table is written */
};

/* An empty table with those columns. */
void cr_table_init(struct cr_table *table, const struct cr_column *columns, size_t column_count);

/* Gives everything back; safe twice. */
void cr_table_free(struct cr_table *table);

/* Removes all rows, and a recorded failure, and keeps the memory for the next. */
void cr_table_clear(struct cr_table *table);

/* Add the next cell, row by row from left to right. An addition that fails (no memory, a cell of another type than the
 * column) is recorded in the table and makes writing it fail; so the many calls need no check. The text is copied. */
void cr_table_real(struct cr_table *table, double value);
void cr_table_integer(struct cr_table *table, int64_t value);
void cr_table_text(struct cr_table *table, const char *value);

/* Adds a missing cell, whatever the type of the column. */
void cr_table_missing(struct cr_table *table);

/* How many rows are complete. */
size_t cr_table_rows(const struct cr_table *table);

/* Writes a real number as tables do: up to six significant digits, with '.' in every locale, "NA" for NaN, "Inf" and
 * "-Inf", and no sign on 0. Returns `buffer`, of which 32 bytes suffice. */
const char *cr_table_format_real(double value, char *buffer, size_t size);

/* A CSV file (RFC 4180, but with a bare newline after each row) that grows by tables; memory does not grow with it.
 * The first line names the columns. Missing cells are NA. A text is quoted only if it must be: for a comma, a quote, a
 * line break, or to tell the text "NA" from a missing one. It appears under its name when `finish` succeeds, and never
 * before (io/whole_file.h). */
struct cr_table_writer {
    struct cr_whole_file file;
    const struct cr_column *columns; /* borrowed; must outlive the writer */
    size_t column_count;
    int64_t rows;                    /* written so far */
    char sha256[CR_DIGEST_HEX_SIZE]; /* of the file's content, once finished */
};

/* Opens DIRECTORY/NAME.csv. CR_ERROR_IO, CR_ERROR_MEMORY. Free the writer with cr_table_writer_free in any case. */
CR_NODISCARD int cr_table_writer_open(struct cr_table_writer *writer, const char *directory, const char *name,
    const struct cr_column *columns, size_t column_count, struct cr_error *error);

/* Writes the same to a stream that the caller lends (cr_whole_file_lend). CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_table_writer_lend(struct cr_table_writer *writer, FILE *stream, const char *name,
    const struct cr_column *columns, size_t column_count, struct cr_error *error);

/* Adds all rows of a table with the same columns. A failed addition to the table, other columns or an incomplete last
 * row are told here (CR_ERROR_USAGE or CR_ERROR_MEMORY, nothing is added); CR_ERROR_IO ends the writing and removes
 * the partial file. */
CR_NODISCARD int cr_table_writer_append(
    struct cr_table_writer *writer, const struct cr_table *table, struct cr_error *error);

/* Brings everything to the disk, gives the file its name, and fills `sha256`. CR_ERROR_IO. */
CR_NODISCARD int cr_table_writer_finish(struct cr_table_writer *writer, struct cr_error *error);

/* Gives everything back, and removes a file that is not finished; safe twice. */
void cr_table_writer_free(struct cr_table_writer *writer);

#endif
