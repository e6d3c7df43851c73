#include "io/config_file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

/* Whole numbers of at most so many digits fit 32 and 64 bits. */
enum { SAFE_DIGITS = 9, MOST_DIGITS = 18 };

/* What is being gathered, over all included files. */
struct gathering {
    struct cr_config_file *file;
    size_t length, capacity; /* of file->text */
    unsigned line;           /* of the gathered text, from 1 */
    size_t settings, nesting;
    struct cr_error *error;
};

/* One file of the chain of includes. */
struct source {
    const char *path;
    const struct source *includer;
    dev_t device;
    ino_t inode;
    unsigned depth;
    const char *text; /* with a NUL behind it */
    size_t length;
    size_t at;
    unsigned line;
};

static const char *write_where(const char *path, unsigned line, char buffer[CR_CONFIG_WHERE_SIZE]) {
    enum { ROOM = CR_CONFIG_WHERE_SIZE - 32 };
    const size_t length = strlen(path);
    const char *tail = path;
    if (length > ROOM) {
        tail += length - ROOM;
        while (((unsigned char)*tail & 0xc0U) == 0x80U)
            tail++;
    }
    return cr_text_format(buffer, CR_CONFIG_WHERE_SIZE, "%s%s:%u: ", tail == path ? "" : "...", tail, line);
}

static int refuse(const struct gathering *g, const struct source *source, const char *what) {
    char where[CR_CONFIG_WHERE_SIZE];
    return cr_error_set(g->error, CR_ERROR_CONFIG, "%s%s", write_where(source->path, source->line, where), what);
}

static int no_memory(const struct gathering *g, const char *path) {
    return cr_error_set(g->error, CR_ERROR_MEMORY, "there is no memory to read %.200s", path);
}

static int append(struct gathering *g, const struct source *source, char c) {
    if (g->length + 1 >= g->capacity) {
        const size_t capacity = g->capacity ? 2 * g->capacity : 4096;
        char *const grown = realloc(g->file->text, capacity);
        if (!grown)
            return no_memory(g, source->path);
        g->file->text = grown;
        g->capacity = capacity;
    }
    if (g->length >= CR_CONFIG_BYTES)
        return refuse(g, source, "the file and what it includes are too large (over 4 MiB)");
    g->file->text[g->length++] = c;
    g->file->text[g->length] = '\0';
    if (c == '\n')
        g->line++;
    return 0;
}

static int begin_span(struct gathering *g, const struct source *source) {
    struct cr_config_span *const grown = realloc(g->file->spans, (g->file->span_count + 1) * sizeof *grown);
    if (!grown)
        return no_memory(g, source->path);
    g->file->spans = grown;
    grown[g->file->span_count++] = (struct cr_config_span){g->line, source->line, source->path};
    return 0;
}

static int keep_path(struct gathering *g, const char *path, const char **kept) {
    if (g->file->path_count >= CR_CONFIG_FILES)
        return cr_error_set(
            g->error, CR_ERROR_CONFIG, "%.200s and what it includes are too many files (over 1000)", g->file->paths[0]);
    char **const grown = realloc(g->file->paths, (g->file->path_count + 1) * sizeof *grown);
    if (!grown)
        return no_memory(g, path);
    g->file->paths = grown;
    const size_t size = strlen(path) + 1;
    char *const copy = malloc(size);
    if (!copy)
        return no_memory(g, path);
    memcpy(copy, path, size);
    *kept = grown[g->file->path_count++] = copy;
    return 0;
}

static int join(const char *includer, const char *relative, char buffer[CR_CONFIG_PATH_SIZE]) {
    const char *const slash = strrchr(includer, '/');
    const size_t folder = slash && relative[0] != '/' ? (size_t)(slash - includer) + 1 : 0;
    if (!*relative || folder + strlen(relative) >= CR_CONFIG_PATH_SIZE)
        return CR_ERROR_CONFIG;
    memcpy(buffer, includer, folder);
    strcpy(buffer + folder, relative);
    return 0;
}

static int cannot_open(struct cr_error *error, const char *where, const char *path, const char *why) {
    const size_t length = strlen(path);
    return cr_error_set(error, CR_ERROR_CONFIG, "%scannot read %s%s: %s", where, length > 200 ? "..." : "",
        path + (length > 200 ? length - 200 : 0), why);
}

/* Reads all bytes of a file; `*text` is the caller's, also after a failure. */
static int slurp(const struct gathering *g, struct source *source, const char *where, char **text) {
    struct stat status;
    FILE *const stream = fopen(source->path, "rb");
    if (!stream || fstat(fileno(stream), &status) != 0) {
        const int reason = errno;
        if (stream)
            fclose(stream);
        return cannot_open(g->error, where, source->path, strerror(reason));
    }
    int code = 0;
    size_t capacity = 0, length = 0;
    if (S_ISDIR(status.st_mode))
        code = cannot_open(g->error, where, source->path, "it is a folder");
    while (code == 0) {
        if (length + 1 >= capacity) {
            capacity = capacity ? 4 * capacity : 16384;
            char *const grown = realloc(*text, capacity);
            if (!grown) {
                code = no_memory(g, source->path);
                break;
            }
            *text = grown;
        }
        const size_t got = fread(*text + length, 1, capacity - length - 1, stream);
        length += got;
        (*text)[length] = '\0';
        if (length > CR_CONFIG_BYTES)
            code = cannot_open(g->error, where, source->path, "it is too large for a config (over 4 MiB)");
        else if (ferror(stream))
            code = cr_error_set(
                g->error, CR_ERROR_IO, "%sreading %.200s broke off: %s", where, source->path, strerror(errno));
        else if (got == 0)
            break;
    }
    fclose(stream);
    source->device = status.st_dev;
    source->inode = status.st_ino;
    source->text = *text ? *text : "";
    source->length = length;
    return code;
}

static int check_bytes(const struct gathering *g, struct source *source) {
    const char *line = source->text, *const end = source->text + source->length;
    while (line < end) {
        const char *const newline = memchr(line, '\n', (size_t)(end - line));
        const char *const stop = newline ? newline : end;
        for (const char *at = line; at < stop; at++) {
            const unsigned char byte = (unsigned char)*at;
            if ((byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\f') || byte == 0x7f)
                return refuse(g, source, "this is no text (it holds a control character)");
        }
        if (!cr_text_is_utf8(line, (size_t)(stop - line)))
            return refuse(g, source, "this is no UTF-8 text");
        line = stop + 1;
        source->line++;
    }
    source->line = 1;
    return 0;
}

static int gather(struct gathering *g, const char *path, const struct source *includer, const char *where);

/* Carries out the directive at source->at, which is left behind its closing quote. */
static int include(struct gathering *g, struct source *source) {
    static const char word[] = "@include";
    const char *at = source->text + source->at;
    const char *before = at;
    while (before > source->text && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    const bool alone = before == source->text || before[-1] == '\n' || before[-1] == '\r';
    const bool spelled = strncmp(at, word, sizeof word - 1) == 0;
    at += spelled ? sizeof word - 1 : 0;
    const size_t blanks = strspn(at, " \t");
    const char *const open = at + blanks;
    const size_t length = *open == '"' ? strcspn(open + 1, "\"\\\r\n") : 0;
    if (!alone || !spelled || !blanks || !length || open[length + 1] != '"')
        return refuse(g, source, "'@' may only begin a line such as @include \"other.cfg\"");
    char relative[CR_CONFIG_PATH_SIZE], path[CR_CONFIG_PATH_SIZE];
    if (length >= sizeof relative)
        return refuse(g, source, "the name of the included file is too long");
    memcpy(relative, open + 1, length);
    relative[length] = '\0';
    if (join(source->path, relative, path))
        return refuse(g, source, "the name of the included file is too long");
    if (source->depth >= CR_CONFIG_INCLUDES)
        return refuse(g, source, "includes are nested too deeply (over 10)");
    char where[CR_CONFIG_WHERE_SIZE];
    source->at = (size_t)(open - source->text) + length + 2;
    int code = append(g, source, '\n');
    if (code == 0)
        code = gather(g, path, source, write_where(source->path, source->line, where));
    if (code == 0)
        code = append(g, source, '\n');
    if (code == 0)
        code = begin_span(g, source);
    return code;
}

static int unended(const struct gathering *g, struct source *source, unsigned line, const char *what) {
    source->line = line;
    return refuse(g, source, what);
}

/* What names and numbers are made of. */
static const char token_characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_*-+.";

/* Measures the name or number at source->at. libconfig keeps only 32 bits of a whole number that does not end with 'L',
 * so `*large` tells whether one must be added. */
static int weigh_token(struct gathering *g, const struct source *source, size_t *width, bool *large) {
    const char *const at = source->text + source->at;
    const size_t length = strspn(at, token_characters);
    const size_t sign = *at == '-' || *at == '+';
    const size_t digits = strspn(at + sign, "0123456789");
    *width = length;
    if (digits == 0 && at[sign] != '.')
        return 0;
    char number[64], what[160];
    double value;
    size_t kept = length;
    if (digits > 0)
        while (kept > sign + digits && at[kept - 1] == 'L' && length - kept < 2)
            kept--;
    if (kept < length && kept != sign + digits)
        kept = length;
    cr_text_format(number, sizeof number, "%.*s", (int)(kept < sizeof number ? kept : sizeof number - 1), at);
    if (kept >= sizeof number || cr_text_to_real(number, &value) == CR_ERROR_USAGE) {
        const bool hexadecimal = at[sign] == '0' && (at[sign + 1] == 'x' || at[sign + 1] == 'X');
        return refuse(g, source,
            cr_text_format(what, sizeof what, "%.*s is no number%s", (int)(length < 60 ? length : 60), at,
                hexadecimal ? "; write it in decimals" : ""));
    }
    if (kept == sign + digits && digits > MOST_DIGITS)
        return refuse(g, source,
            cr_text_format(what, sizeof what, "%s has too many digits for a whole number (over 18)", number));
    *large = length == sign + digits && digits > SAFE_DIGITS;
    return 0;
}

/* Measures what begins at source->at in plain code, and counts what is limited. */
static int weigh(struct gathering *g, const struct source *source, size_t *width, bool *large) {
    const char c = source->text[source->at];
    if (strchr(token_characters, c))
        return weigh_token(g, source, width, large);
    if ((c == '=' || c == ':') && ++g->settings > CR_CONFIG_SETTINGS)
        return refuse(g, source, "there are too many settings (over 20000)");
    if ((c == '{' || c == '(' || c == '[') && ++g->nesting > CR_CONFIG_NESTING)
        return refuse(g, source, "groups are nested too deeply (over 32)");
    if ((c == '}' || c == ')' || c == ']') && g->nesting-- == 0)
        return refuse(g, source, "a bracket is closed that was never opened");
    return 0;
}

/* Copies the text and follows its includes. The states are those of libconfig's own scanner. */
static int copy(struct gathering *g, struct source *source) {
    enum { CODE, REMARK, COMMENT, QUOTED } state = CODE;
    unsigned begun = 1;
    while (source->at < source->length) {
        const char *const at = source->text + source->at;
        const bool turned = *at == '\r' || *at == '\f';
        const char c = turned ? '\n' : *at;
        size_t width = 1;
        bool large = false;
        int code = 0;
        if (*at == '\r' && at[1] == '\n') {
            source->at++;
            continue;
        }
        if (state == CODE && c == '@') {
            code = include(g, source);
            if (code)
                return code;
            continue;
        }
        if (state == CODE) {
            code = weigh(g, source, &width, &large);
            begun = source->line;
            if (c == '#' || (c == '/' && at[1] == '/'))
                state = REMARK;
            if (c == '/' && at[1] == '*') {
                state = COMMENT;
                width = 2;
            }
            if (c == '"')
                state = QUOTED;
        } else if (state == REMARK) {
            if (c == '\n')
                state = CODE;
        } else if (state == COMMENT) {
            if (c == '*' && at[1] == '/') {
                state = CODE;
                width = 2;
            }
        } else if (c == '"') {
            state = CODE;
        } else if (c == '\\' && (at[1] == '"' || at[1] == '\\')) {
            width = 2;
        }
        for (size_t i = 0; code == 0 && i < width; i++)
            code = append(g, source, turned ? c : at[i]);
        if (code == 0 && large)
            code = append(g, source, 'L');
        if (code)
            return code;
        source->at += width;
        if (c == '\n')
            source->line++;
    }
    if (state == COMMENT)
        return unended(g, source, begun, "the comment that begins here has no end");
    if (state == QUOTED)
        return unended(g, source, begun, "the text in quotes that begins here has no end");
    return 0;
}

static int gather(struct gathering *g, const char *path, const struct source *includer, const char *where) {
    struct source source = {
        .path = path, .text = "", .includer = includer, .depth = includer ? includer->depth + 1 : 0, .line = 1};
    char *text = NULL;
    int code = keep_path(g, path, &source.path);
    if (code == 0)
        code = slurp(g, &source, where, &text);
    for (const struct source *above = includer; code == 0 && above; above = above->includer)
        if (above->device == source.device && above->inode == source.inode)
            code = cannot_open(g->error, where, source.path, "it would include itself");
    if (code == 0)
        code = check_bytes(g, &source);
    if (code == 0 && strncmp(source.text, "\xef\xbb\xbf", 3) == 0)
        source.at = 3; /* a byte order mark */
    if (code == 0)
        code = begin_span(g, &source);
    if (code == 0)
        code = copy(g, &source);
    if (code == 0)
        code = append(g, &source, '\n'); /* libconfig wants a comment's line to end */
    free(text);
    return code;
}

/* The span that holds a line of the gathered text; there is always one. */
static const struct cr_config_span *span_of(const struct cr_config_file *file, unsigned line) {
    size_t i = file->span_count - 1;
    while (i > 0 && file->spans[i].first > line)
        i--;
    return &file->spans[i];
}

static const char *where_of_line(const struct cr_config_file *file, unsigned line, char buffer[CR_CONFIG_WHERE_SIZE]) {
    const struct cr_config_span *const span = span_of(file, line);
    return write_where(span->path, span->line + (line > span->first ? line - span->first : 0), buffer);
}

static const char *line_of_text(const char *text, unsigned line, int *length) {
    for (unsigned i = 1; i < line && *text; i++) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    text += strspn(text, " \t");
    size_t count = strcspn(text, "\n");
    if (count > 80)
        for (count = 80; ((unsigned char)text[count] & 0xc0U) == 0x80U;)
            count--;
    *length = (int)count;
    return text;
}

static int parse(struct cr_config_file *file, struct cr_error *error) {
    config_init(&file->config);
    file->parsed = true;
    if (config_read_string(&file->config, file->text) == CONFIG_TRUE)
        return 0;
    const int line = config_error_line(&file->config);
    const char *const why = config_error_text(&file->config);
    const unsigned known = line > 0 ? (unsigned)line : 1;
    char where[CR_CONFIG_WHERE_SIZE];
    int length;
    const char *const shown = line_of_text(file->text, known, &length);
    return cr_error_set(error, CR_ERROR_CONFIG, "%s%s%s%.*s%s", where_of_line(file, known, where),
        why ? why : "syntax error", length ? " at or just before: " : " at or just before this line", length, shown,
        "");
}

int cr_config_file_read(const char *path, struct cr_config_file *file, struct cr_error *error) {
    memset(file, 0, sizeof *file);
    if (!*path)
        return cr_error_set(error, CR_ERROR_CONFIG, "the name of a config file must not be empty");
    struct gathering gathering = {.file = file, .line = 1, .error = error};
    const int code = gather(&gathering, path, NULL, "");
    return code ? code : parse(file, error);
}

void cr_config_file_free(struct cr_config_file *file) {
    if (file->parsed)
        config_destroy(&file->config);
    for (size_t i = 0; i < file->path_count; i++)
        free(file->paths[i]);
    free(file->paths);
    free(file->spans);
    free(file->text);
    memset(file, 0, sizeof *file);
}

const char *cr_config_file_where(
    const struct cr_config_file *file, const config_setting_t *setting, char buffer[CR_CONFIG_WHERE_SIZE]) {
    return where_of_line(file, config_setting_source_line(setting), buffer);
}

int cr_config_file_beside(const struct cr_config_file *file, const config_setting_t *setting, const char *relative,
    char buffer[CR_CONFIG_PATH_SIZE], struct cr_error *error) {
    if (join(span_of(file, config_setting_source_line(setting))->path, relative, buffer) == 0)
        return 0;
    char where[CR_CONFIG_WHERE_SIZE];
    return cr_error_set(error, CR_ERROR_CONFIG, "%sthe name of a file must not be %s",
        cr_config_file_where(file, setting, where), *relative ? "that long" : "empty");
}
