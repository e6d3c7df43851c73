#include "viz/viewer/script.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/bytes.h"

static const struct cr_script_row rows[] = {
#define CR_SCRIPT_ROW(command, name, least, most, arguments, what) {name, least, most, arguments, what},
#include "viz/viewer/script_commands.def"
};

const struct cr_script_row *cr_script_row(enum cr_script_command command) {
    return &rows[command];
}

static int find_command(const char *name, enum cr_script_command *command, const char *place, struct cr_error *error) {
    struct cr_nearest nearest = CR_NEAREST_INIT;
    for (int c = 0; c < CR_SCRIPT_COMMANDS; c++) {
        if (strcmp(rows[c].name, name) == 0) {
            *command = (enum cr_script_command)c;
            return 0;
        }
        cr_nearest_consider(&nearest, name, rows[c].name);
    }
    return cr_error_set(error, CR_ERROR_USAGE, "%sthere is no command %.40s%s%s%s", place, name,
        nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
}

/* Takes the next word of a line, without its quotation marks. Returns where to go on; NULL: no word is left.
 * `*wrong` tells of one that does not fit or does not end. */
static const char *take_word(const char *at, const char *end, char word[CR_SCRIPT_WORD_SIZE], bool *wrong) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    if (at == end || *at == '#')
        return NULL;
    const bool quoted = *at == '"';
    const char *const begin = at + quoted;
    at = begin;
    while (at < end && (quoted ? *at != '"' : *at != ' ' && *at != '\t' && *at != '\r'))
        at++;
    *wrong = (quoted && at == end) || at - begin >= CR_SCRIPT_WORD_SIZE;
    if (!*wrong)
        (void)cr_text_format(word, CR_SCRIPT_WORD_SIZE, "%.*s", (int)(at - begin), begin);
    return at + quoted;
}

static int parse_line(
    struct cr_script_line *line, const char *at, const char *end, const char *place, struct cr_error *error) {
    char name[CR_SCRIPT_WORD_SIZE], spare[CR_SCRIPT_WORD_SIZE];
    bool wrong = false;
    at = take_word(at, end, name, &wrong);
    if (!at)
        return 1;
    int code = wrong ? cr_error_set(error, CR_ERROR_USAGE, "%sa word is too long or does not end", place)
                     : find_command(name, &line->command, place, error);
    while (code == 0) {
        char *const word = line->count < CR_SCRIPT_WORDS ? line->words[line->count] : spare;
        at = take_word(at, end, word, &wrong);
        if (!at)
            break;
        if (wrong)
            return cr_error_set(error, CR_ERROR_USAGE, "%sa word is too long or does not end", place);
        line->count++;
    }
    const struct cr_script_row *row = &rows[line->command];
    if (code == 0 && (line->count < row->least || line->count > row->most))
        return cr_error_set(
            error, CR_ERROR_USAGE, "%s%s takes %s", place, row->name, *row->arguments ? row->arguments : "nothing");
    return code;
}

static struct cr_script_line *add_line(struct cr_script *script, struct cr_error *error) {
    if (script->count == script->capacity) {
        const size_t wanted = script->capacity ? 2 * script->capacity : 16;
        struct cr_script_line *grown = realloc(script->lines, wanted * sizeof *grown);
        if (!grown) {
            cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the script");
            return NULL;
        }
        script->lines = grown;
        script->capacity = wanted;
    }
    struct cr_script_line *line = &script->lines[script->count];
    memset(line, 0, sizeof *line);
    return line;
}

int cr_script_parse(struct cr_script *script, const char *text, const char *where, struct cr_error *error) {
    *script = (struct cr_script){.lines = NULL};
    int number = 0;
    for (const char *at = text; *at;) {
        const char *const end = at + strcspn(at, "\n");
        char place[128];
        (void)cr_text_format(place, sizeof place, "%.96s:%d: ", where, ++number);
        struct cr_script_line *line = add_line(script, error);
        if (!line)
            return CR_ERROR_MEMORY;
        line->number = number;
        const int code = parse_line(line, at, end, place, error);
        if (code < 0)
            return code;
        script->count += code == 0;
        at = end + (*end == '\n');
    }
    return 0;
}

int cr_script_read(struct cr_script *script, const char *path, struct cr_error *error) {
    *script = (struct cr_script){.lines = NULL};
    const bool standard = strcmp(path, "-") == 0;
    FILE *stream = standard ? stdin : fopen(path, "r");
    if (!stream)
        return cr_error_set(error, CR_ERROR_IO, "the script %.300s cannot be read: %s", path, strerror(errno));
    struct cr_bytes bytes = {0};
    char block[4096];
    size_t size;
    while ((size = fread(block, 1, sizeof block, stream)) > 0)
        cr_bytes_add(&bytes, block, size);
    cr_bytes_add(&bytes, "", 1);
    const bool failed = ferror(stream) != 0;
    if (!standard)
        (void)fclose(stream);
    int code = 0;
    if (failed)
        code = cr_error_set(error, CR_ERROR_IO, "the script %.300s cannot be read", path);
    else if (bytes.failed)
        code = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the script");
    else
        code = cr_script_parse(script, bytes.data, standard ? "standard input" : path, error);
    cr_bytes_free(&bytes);
    return code;
}

void cr_script_free(struct cr_script *script) {
    free(script->lines);
    *script = (struct cr_script){.lines = NULL};
}

/* What a path such as "panels.0.name" leads to; borrowed, NULL for nothing. Names of members may hold dots
 * ("parameters.conflict.rate"). */
static json_t *follow(json_t *state, const char *path) {
    while (state && *path) {
        if (json_object_get(state, path))
            return json_object_get(state, path);
        char step[64];
        const size_t length = strcspn(path, ".");
        (void)cr_text_format(step, sizeof step, "%.*s", (int)length, path);
        int64_t index;
        if (json_is_array(state) && strcmp(step, "count") == 0)
            return state;
        if (json_is_array(state))
            state = cr_text_to_integer(step, &index) == 0 && index >= 0 ? json_array_get(state, (size_t)index) : NULL;
        else
            state = json_object_get(state, step);
        path += length + (path[length] == '.');
    }
    return state;
}

static const char *show(json_t *value, bool counted, char *buffer, size_t size) {
    char number[32];
    if (counted)
        return cr_text_format(buffer, size, "%zu", json_array_size(value));
    switch (json_typeof(value)) {
    case JSON_STRING:
        return cr_text_format(buffer, size, "%s", json_string_value(value));
    case JSON_INTEGER:
    case JSON_REAL:
        return cr_text_format(buffer, size, "%s", cr_text_real(json_number_value(value), number, sizeof number));
    case JSON_TRUE:
        return cr_text_format(buffer, size, "true");
    case JSON_FALSE:
        return cr_text_format(buffer, size, "false");
    case JSON_NULL:
        return cr_text_format(buffer, size, "null");
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    return cr_text_format(buffer, size, "(several)");
}

static bool holds(const char *shown, const char *sign, const char *wanted) {
    double one, other;
    const bool numbers = cr_text_to_real(shown, &one) == 0 && cr_text_to_real(wanted, &other) == 0;
    const bool equal = numbers ? fabs(one - other) <= 1e-9 * fmax(1.0, fabs(other)) : strcmp(shown, wanted) == 0;
    if (strcmp(sign, "=") == 0)
        return equal;
    if (strcmp(sign, "!=") == 0)
        return !equal;
    return numbers && !equal && (*sign == '<' ? one < other : one > other);
}

int cr_script_expect(const struct cr_script_line *line, json_t *state, struct cr_error *error) {
    const char *const path = line->words[0], *const sign = line->count == 3 ? line->words[1] : "=";
    const char *const wanted = line->words[line->count - 1];
    char shown[256];
    if (cr_text_choice("=|!=|<|>", sign) < 0)
        return cr_error_set(error, CR_ERROR_NUMERIC, "line %d: %.20s is none of =, !=, <, >", line->number, sign);
    json_t *const value = follow(state, path);
    if (!value)
        return cr_error_set(error, CR_ERROR_NUMERIC, "line %d: the state has no %.100s", line->number, path);
    const size_t length = strlen(path);
    const bool counted = json_is_array(value) && length > 6 && strcmp(path + length - 6, ".count") == 0;
    (void)show(value, counted, shown, sizeof shown);
    if (holds(shown, sign, wanted))
        return 0;
    return cr_error_set(error, CR_ERROR_NUMERIC, "line %d: expected %.100s %s %.100s, but it is %.100s", line->number,
        path, sign, wanted, shown);
}
