#ifndef CR_IO_CSV_FILE_H
#define CR_IO_CSV_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Columns of a CSV file as arrays: what a run or a comparison wrote, read back. */

struct cr_csv_column {
    const char *name; /* in the header line; borrowed */
    bool text;        /* words rather than numbers */
    double *number;   /* owned: one a row, NaN for NA; NULL for words */
    int32_t *word;    /* owned: one a row, the place in `words`, -1 for NA; NULL for numbers */
    char **words;     /* owned: each word once, in the order in which they first come */
    size_t word_count;
};

struct cr_csv_file {
    struct cr_csv_column *columns; /* borrowed from the caller, filled here */
    size_t column_count;
    size_t rows;
};

/* Fills the columns (name and text given, the rest all zero) from a file; the file may have others, too, and empty
 * lines, and a byte order mark. CR_ERROR_USAGE for a file that cannot be opened, that lacks one of the columns or has
 * it twice, and, with its line, for a row of another length, a quote that is not closed, a NUL byte, and a cell that is
 * no number (nor NA, Inf, -Inf) where there should be one; CR_ERROR_IO, CR_ERROR_MEMORY. Free in any case. */
CR_NODISCARD int cr_csv_read(struct cr_csv_file *file, const char *path, struct cr_csv_column *columns,
    size_t column_count, struct cr_error *error);

/* Gives the arrays back; safe twice. */
void cr_csv_free(struct cr_csv_file *file);

/* The place of a word among a column's words; -1 if it is not there. */
int32_t cr_csv_word(const struct cr_csv_column *column, const char *word);

#endif
