#include "io/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { PIECE_SIZE = 1 << 16 };

/* A word in the tree of its column. */
struct known_word {
    const char *word; /* borrowed from the column */
    int32_t place;
};

struct reader {
    struct cr_csv_file *file;
    const char *path;
    size_t *target; /* owned: of each column of the file, the wanted one; SIZE_MAX: none */
    size_t target_count;
    void **tree;     /* owned: of each wanted column, its words (tsearch) */
    size_t capacity; /* rows that there is room for */
    size_t column;   /* of the next cell */
    size_t line;     /* of the file, from 1 */
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
    for (size_t k = 0; k < reader->file->column_count; k++) {
        if (strcmp(reader->file->columns[k].name, name) != 0)
            continue;
        for (size_t j = 0; j < reader->column; j++)
            if (grown[j] == k)
                reader->code = cr_error_set(
                    reader->error, CR_ERROR_USAGE, "%.300s has the column %s more than once", reader->path, name);
        grown[reader->column] = k;
    }
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

static int compare_entries(const void *left, const void *right) {
    return strcmp(((const struct known_word *)left)->word, ((const struct known_word *)right)->word);
}

/* Puts a word that is new at the end of the column's words. */
static const struct known_word *add_word(void **tree, struct cr_csv_column *column, const char *word) {
    const size_t count = column->word_count;
    if ((count & (count - 1)) == 0) { /* there is room for the next power of two */
        char **grown = realloc(column->words, (count == 0 ? 1 : 2 * count) * sizeof *grown);
        if (grown == NULL)
            return NULL;
        column->words = grown;
    }
    struct known_word *entry = malloc(sizeof *entry);
    const size_t size = strlen(word) + 1;
    char *copy = malloc(size);
    if (entry != NULL && copy != NULL) {
        memcpy(copy, word, size);
        *entry = (struct known_word){.word = copy, .place = (int32_t)count};
        if (tsearch(entry, tree, compare_entries) != NULL) {
            column->words[column->word_count++] = copy;
            return entry;
        }
    }
    free(copy);
    free(entry);
    return NULL;
}

static void fell(void **tree, const struct cr_csv_column *column) {
    for (size_t w = 0; w < column->word_count; w++) {
        const struct known_word asked = {.word = column->words[w]};
        struct known_word *const *known = tfind(&asked, tree, compare_entries);
        struct known_word *entry = *known;
        (void)tdelete(&asked, tree, compare_entries);
        free(entry);
    }
}

/* Rows that follow one another often have the same word. */
static int32_t number_of_word(struct reader *reader, size_t wanted, const char *word) {
    struct cr_csv_column *column = &reader->file->columns[wanted];
    const int32_t before = reader->file->rows > 0 ? column->word[reader->file->rows - 1] : -1;
    if (before >= 0 && strcmp(column->words[before], word) == 0)
        return before;
    const struct known_word asked = {.word = word};
    struct known_word *const *known = tfind(&asked, &reader->tree[wanted], compare_entries);
    const struct known_word *entry = known != NULL ? *known : add_word(&reader->tree[wanted], column, word);
    if (entry == NULL)
        lack_memory(reader);
    return entry != NULL ? entry->place : -1;
}

static void take_number(struct reader *reader, const struct cr_csv_column *column, const char *cell) {
    double *number = &column->number[reader->file->rows];
    if (strcmp(cell, "NA") == 0)
        *number = (double)NAN;
    else if (strcmp(cell, "Inf") == 0 || strcmp(cell, "-Inf") == 0)
        *number = *cell == '-' ? -HUGE_VAL : HUGE_VAL;
    else if (cr_text_to_real(cell, number) != 0)
        reader->code = cr_error_set(reader->error, CR_ERROR_USAGE, "%.300s:%zu: %s is no number: %.60s", reader->path,
            reader->line, column->name, *cell != '\0' ? cell : "(empty)");
}

static void take_value(struct reader *reader, const char *cell) {
    if (reader->column >= reader->target_count || reader->target[reader->column] == SIZE_MAX)
        return;
    const size_t wanted = reader->target[reader->column];
    struct cr_csv_column *column = &reader->file->columns[wanted];
    if (column->text)
        column->word[reader->file->rows] = strcmp(cell, "NA") == 0 ? -1 : number_of_word(reader, wanted, cell);
    else
        take_number(reader, column, cell);
}

/* libcsv's: a cell is complete, ended with a NUL. */
static void take_cell(void *cell, size_t size, void *context) {
    struct reader *reader = context;
    if (reader->code == 0 && strlen(cell) != size)
        reader->code = cr_error_set(reader->error, CR_ERROR_USAGE, "%.300s:%zu: there is a NUL byte; is it a text?",
            reader->path, reader->line);
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
            reader->path, reader->line, reader->column, reader->target_count);
    else
        reader->file->rows++;
    reader->column = 0;
    if (reader->code == 0 && reader->file->rows == reader->capacity)
        make_room(reader);
}

static void explain(struct reader *reader, struct csv_parser *parser) {
    if (csv_error(parser) == CSV_ENOMEM)
        lack_memory(reader);
    else
        reader->code = cr_error_set(reader->error, CR_ERROR_USAGE,
            "%.300s:%zu: this is no CSV; each quote within a value must be written twice", reader->path, reader->line);
}

/* Line by line, which tells where something is wrong. */
static void parse_piece(struct reader *reader, struct csv_parser *parser, const char *piece, size_t size) {
    while (reader->code == 0 && size > 0) {
        const char *end = memchr(piece, '\n', size);
        const size_t length = end != NULL ? (size_t)(end - piece) + 1 : size;
        if (csv_parse(parser, piece, length, take_cell, end_row, reader) != length && reader->code == 0)
            explain(reader, parser);
        reader->line += end != NULL;
        piece += length;
        size -= length;
    }
}

static int parse(struct reader *reader, struct csv_parser *parser, FILE *stream) {
    static const char mark[] = "\xef\xbb\xbf"; /* that some programs put before UTF-8 */
    char *piece = malloc(PIECE_SIZE);
    if (piece == NULL)
        lack_memory(reader);
    for (bool first = true; reader->code == 0; first = false) {
        const size_t size = fread(piece, 1, PIECE_SIZE, stream);
        if (size == 0)
            break;
        const size_t skipped = first && size >= 3 && memcmp(piece, mark, 3) == 0 ? 3 : 0;
        parse_piece(reader, parser, piece + skipped, size - skipped);
    }
    if (reader->code == 0 && ferror(stream))
        reader->code =
            cr_error_set(reader->error, CR_ERROR_IO, "%.300s cannot be read: %s", reader->path, strerror(errno));
    if (reader->code == 0 && csv_fini(parser, take_cell, end_row, reader) != 0 && reader->code == 0)
        explain(reader, parser);
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
    struct reader reader = {
        .file = file, .path = path, .tree = calloc(column_count + 1, sizeof(void *)), .line = 1, .error = error};
    struct csv_parser parser;
    if (reader.tree == NULL || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        lack_memory(&reader);
    } else {
        (void)parse(&reader, &parser, stream);
        csv_free(&parser);
    }
    for (size_t k = 0; reader.tree != NULL && k < column_count; k++)
        fell(&reader.tree[k], &columns[k]);
    free(reader.tree);
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
