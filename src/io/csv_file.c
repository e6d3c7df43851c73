#include "io/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { PIECE_SIZE = 1 << 16 };

struct reader {
    struct cr_csv_file *file;
    const char *path;
    size_t *target; /* owned: of each column of the file, the wanted one; SIZE_MAX: none */
    size_t target_count;
    size_t capacity; /* rows that there is room for */
    size_t column;   /* of the next cell */
    bool headed;     /* whether the header line has been read */
    int code;        /* of the first failure */
    struct cr_error *error;
};

static void lack_memory(struct reader *reader) {
    reader->code = cr_error_set(reader->error, CR_ERROR_MEMORY, "not enough memory to read %.300s", reader->path);
}

static void take_heading(struct reader *reader, const char *name) {
    size_t *grown = realloc(reader->target, (reader->column + 1) * sizeof *grown);
    if (grown == NULL) {
        lack_memory(reader);
        return;
    }
    reader->target = grown;
    reader->target_count = reader->column + 1;
    grown[reader->column] = SIZE_MAX;
    for (size_t k = 0; k < reader->file->column_count; k++)
        if (strcmp(reader->file->columns[k].name, name) == 0)
            grown[reader->column] = k;
}

static void make_room(struct reader *reader) {
    const size_t capacity = reader->capacity == 0 ? 4096 : 2 * reader->capacity;
    for (size_t k = 0; k < reader->file->column_count; k++) {
        struct cr_csv_column *column = &reader->file->columns[k];
        void *grown = column->text ? realloc(column->word, capacity * sizeof *column->word)
                                   : realloc(column->number, capacity * sizeof *column->number);
        if (grown == NULL) {
            lack_memory(reader);
            return;
        }
        if (column->text)
            column->word = grown;
        else
            column->number = grown;
    }
    reader->capacity = capacity;
}

/* Rows that follow one another most often have the same word. */
static int32_t number_of_word(struct cr_csv_column *column, size_t row, const char *word) {
    const int32_t before = row > 0 ? column->word[row - 1] : -1;
    if (before >= 0 && strcmp(column->words[before], word) == 0)
        return before;
    const int32_t known = cr_csv_word(column, word);
    if (known >= 0)
        return known;
    char **grown = realloc(column->words, (column->word_count + 1) * sizeof *grown);
    if (grown == NULL)
        return -1;
    column->words = grown;
    grown[column->word_count] = strdup(word);
    return grown[column->word_count] != NULL ? (int32_t)column->word_count++ : -1;
}

static void take_value(struct reader *reader, const char *cell) {
    if (reader->column >= reader->target_count || reader->target[reader->column] == SIZE_MAX)
        return;
    struct cr_csv_column *column = &reader->file->columns[reader->target[reader->column]];
    const size_t row = reader->file->rows;
    const bool missing = strcmp(cell, "NA") == 0;
    if (column->text) {
        column->word[row] = missing ? -1 : number_of_word(column, row, cell);
        if (!missing && column->word[row] < 0)
            lack_memory(reader);
    } else if (missing) {
        column->number[row] = (double)NAN;
    } else if (cr_text_to_real(cell, &column->number[row]) != 0) {
        reader->code = cr_error_set(reader->error, CR_ERROR_USAGE, "%.300s:%zu: %s is no number: %.60s", reader->path,
            row + 2, column->name, cell);
    }
}

/* libcsv's: a cell is complete, ended with a NUL. */
static void take_cell(void *cell, size_t size, void *context) {
    struct reader *reader = context;
    (void)size;
    if (reader->code == 0 && !reader->headed)
        take_heading(reader, cell);
    else if (reader->code == 0)
        take_value(reader, cell);
    reader->column++;
}

static void check_heading(struct reader *reader) {
    for (size_t k = 0; k < reader->file->column_count; k++) {
        bool there = false;
        for (size_t j = 0; j < reader->target_count; j++)
            there = there || reader->target[j] == k;
        if (!there && reader->code == 0)
            reader->code = cr_error_set(
                reader->error, CR_ERROR_USAGE, "%.300s has no column %s", reader->path, reader->file->columns[k].name);
    }
    reader->headed = true;
}

/* libcsv's: a row is complete. */
static void end_row(int terminator, void *context) {
    struct reader *reader = context;
    (void)terminator;
    if (reader->code != 0)
        return;
    if (!reader->headed)
        check_heading(reader);
    else if (reader->column != reader->target_count)
        reader->code = cr_error_set(reader->error, CR_ERROR_USAGE, "%.300s:%zu: the row has %zu values, not %zu",
            reader->path, reader->file->rows + 2, reader->column, reader->target_count);
    else
        reader->file->rows++;
    reader->column = 0;
    if (reader->code == 0 && reader->file->rows == reader->capacity)
        make_room(reader);
}

static int parse(struct reader *reader, struct csv_parser *parser, FILE *stream) {
    char *piece = malloc(PIECE_SIZE);
    if (piece == NULL)
        lack_memory(reader);
    while (reader->code == 0) {
        const size_t size = fread(piece, 1, PIECE_SIZE, stream);
        if (size == 0)
            break;
        if (csv_parse(parser, piece, size, take_cell, end_row, reader) != size && reader->code == 0)
            reader->code = cr_error_set(
                reader->error, CR_ERROR_USAGE, "%.300s is no CSV: %s", reader->path, csv_strerror(csv_error(parser)));
    }
    if (reader->code == 0 && ferror(stream))
        reader->code =
            cr_error_set(reader->error, CR_ERROR_IO, "%.300s cannot be read: %s", reader->path, strerror(errno));
    if (reader->code == 0)
        (void)csv_fini(parser, take_cell, end_row, reader);
    if (reader->code == 0 && !reader->headed)
        reader->code = cr_error_set(reader->error, CR_ERROR_USAGE, "%.300s is empty", reader->path);
    free(piece);
    return reader->code;
}

int cr_csv_read(struct cr_csv_file *file, const char *path, struct cr_csv_column *columns, size_t column_count,
    struct cr_error *error) {
    *file = (struct cr_csv_file){.columns = columns, .column_count = column_count};
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "%.300s cannot be read: %s", path, strerror(errno));
    struct reader reader = {.file = file, .path = path, .error = error};
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        lack_memory(&reader);
    } else {
        (void)parse(&reader, &parser, stream);
        csv_free(&parser);
    }
    free(reader.target);
    (void)fclose(stream);
    return reader.code;
}

void cr_csv_free(struct cr_csv_file *file) {
    for (size_t k = 0; k < file->column_count; k++) {
        struct cr_csv_column *column = &file->columns[k];
        for (size_t w = 0; w < column->word_count; w++)
            free(column->words[w]);
        free(column->words);
        free(column->word);
        free(column->number);
        *column = (struct cr_csv_column){.name = column->name, .text = column->text};
    }
    *file = (struct cr_csv_file){0};
}

int32_t cr_csv_word(const struct cr_csv_column *column, const char *word) {
    for (size_t w = 0; w < column->word_count; w++)
        if (strcmp(column->words[w], word) == 0)
            return (int32_t)w;
    return -1;
}
