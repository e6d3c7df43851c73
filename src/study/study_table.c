#include "study/study_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <csv.h>

#include "base/text.h"

enum { PLACE_SIZE = 256, SHOWN_PATH = 200, PIECE_SIZE = 16384 };

struct reader {
    struct cr_study *study;
    const char *path;
    struct csv_parser parser;
    long long line, header_line; /* the present one, and that of the keys; 0: not read yet */
    size_t column;               /* cells read of the present row */
    char last;                   /* the byte read before */
    int code;                    /* of the first failure */
    struct cr_error *error;
};

/* "path:line: "; a long path loses its beginning. */
static const char *place(const struct reader *reader, long long line, char buffer[PLACE_SIZE]) {
    const size_t length = strlen(reader->path);
    const char *tail = reader->path;
    if (length > SHOWN_PATH)
        for (tail += length - SHOWN_PATH; ((unsigned char)*tail & 0xc0U) == 0x80U;)
            tail++;
    return cr_text_format(buffer, PLACE_SIZE, "%s%s:%lld: ", tail == reader->path ? "" : "...", tail, line);
}

static void refuse(struct reader *reader, const char *what) {
    char where[PLACE_SIZE];
    reader->code = cr_error_set(reader->error, CR_ERROR_CONFIG, "%s%s", place(reader, reader->line, where), what);
}

static void read_key(struct reader *reader, const char *key) {
    char where[PLACE_SIZE];
    struct cr_axis *axis;
    if (!*key)
        refuse(reader, "the first line must name the key of every column");
    else
        reader->code = cr_study_add_axis(reader->study, key, &axis, place(reader, reader->line, where), reader->error);
}

static void read_value(struct reader *reader, const char *text) {
    char where[PLACE_SIZE], prefix[PLACE_SIZE + CR_AXIS_KEY_SIZE];
    struct cr_axis *const axis = &reader->study->axes[reader->column];
    union cr_axis_room room;
    cr_axis_prefix(axis, place(reader, reader->line, where), prefix, sizeof prefix);
    reader->code = cr_field_set_text(axis->field, &room, text, prefix, reader->error);
    if (reader->code == 0)
        reader->code = cr_axis_add_value(axis, cr_field_get(axis->field, &room), reader->error);
}

/* libcsv's: a cell is complete. The parser ends it with a NUL. */
static void take_cell(void *cell, size_t size, void *context) {
    struct reader *const reader = context;
    if (reader->code)
        return;
    if (!cr_text_is_utf8(cell, size))
        refuse(reader, "this is no UTF-8 text");
    else if (reader->header_line == 0)
        read_key(reader, cell);
    else if (reader->column < reader->study->axis_count)
        read_value(reader, cell);
    reader->column++;
}

/* libcsv's: a row is complete. */
static void end_row(int terminator, void *context) {
    (void)terminator;
    struct reader *const reader = context;
    if (reader->code)
        return;
    if (reader->header_line == 0) {
        reader->header_line = reader->line;
    } else if (reader->column != reader->study->axis_count) {
        char what[96];
        refuse(reader,
            cr_text_format(what, sizeof what, "the row must have %zu values, as many as there are keys, not %zu",
                reader->study->axis_count, reader->column));
    }
    reader->column = 0;
}

static void tell_parser_failure(struct reader *reader) {
    if (csv_error(&reader->parser) == CSV_ENOMEM)
        reader->code = cr_error_set(reader->error, CR_ERROR_MEMORY, "there is no memory to read %.200s", reader->path);
    else
        refuse(reader, "quotes must enclose a whole value, and be doubled within it");
}

/* How many bytes there are up to the end of the line. */
static size_t rest_of_line(const char *text, size_t size) {
    size_t length = 0;
    while (length < size && text[length] != '\n' && text[length] != '\r')
        length++;
    return length < size ? length + 1 : length;
}

static bool is_text(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        if ((byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n') || byte == 0x7f)
            return false;
    }
    return true;
}

static void parse(struct reader *reader, const char *text, size_t size) {
    while (reader->code == 0 && size > 0) {
        const size_t length = rest_of_line(text, size);
        if (reader->last == '\n' || (reader->last == '\r' && *text != '\n'))
            reader->line++;
        if (!is_text(text, length))
            refuse(reader, "this is no text (it holds a control character)");
        else if (csv_parse(&reader->parser, text, length, take_cell, end_row, reader) != length)
            tell_parser_failure(reader);
        reader->last = text[length - 1];
        text += length;
        size -= length;
    }
}

static void read_stream(struct reader *reader, FILE *stream) {
    char piece[PIECE_SIZE];
    bool first = true;
    size_t size;
    while (reader->code == 0 && (size = fread(piece, 1, sizeof piece, stream)) > 0) {
        const size_t mark = first && size >= 3 && memcmp(piece, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        parse(reader, piece + mark, size - mark);
        first = false;
    }
    if (reader->code == 0 && ferror(stream))
        reader->code =
            cr_error_set(reader->error, CR_ERROR_IO, "reading %.200s broke off: %s", reader->path, strerror(errno));
    if (reader->code == 0 && csv_fini(&reader->parser, take_cell, end_row, reader) != 0)
        tell_parser_failure(reader);
}

static void check_axes(struct reader *reader) {
    const struct cr_study *const study = reader->study;
    char where[PLACE_SIZE];
    if (reader->code == 0 && reader->header_line == 0)
        refuse(reader, "the table is empty; its first line must name the keys");
    if (reader->code == 0 && study->axes[0].value_count == 0)
        refuse(reader, "the table has no points; every line after the first is one");
    for (size_t i = 0; reader->code == 0 && i < study->axis_count; i++)
        reader->code = cr_study_check_axis(study, i, place(reader, reader->header_line, where), reader->error);
}

static int cannot_open(const char *path, const char *where, const char *why, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_CONFIG, "%scannot read the table %.200s: %s", where, path, why);
}

int cr_study_table_read(struct cr_study *study, const char *path, const char *where, struct cr_error *error) {
    struct stat status;
    FILE *const stream = fopen(path, "rb");
    if (!stream)
        return cannot_open(path, where, strerror(errno), error);
    struct reader reader = {.study = study, .path = path, .line = 1, .error = error};
    if (fstat(fileno(stream), &status) == 0 && S_ISDIR(status.st_mode))
        reader.code = cannot_open(path, where, "it is a folder", error);
    (void)csv_init(&reader.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_realloc_func(&reader.parser, realloc);
    csv_set_free_func(&reader.parser, free);
    if (reader.code == 0)
        read_stream(&reader, stream);
    csv_free(&reader.parser);
    check_axes(&reader);
    (void)fclose(stream);
    return reader.code;
}
