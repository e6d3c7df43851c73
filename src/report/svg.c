#include "report/svg.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/bytes.h"

/* The ids of the text, in the order in which they come up. */
struct ids {
    struct id {
        const char *name; /* borrowed from the text */
        size_t length;
    } * names; /* owned */
    size_t count, capacity;
    bool failed;
};

static size_t number_of(struct ids *ids, const char *name, size_t length) {
    for (size_t i = 0; i < ids->count; i++)
        if (ids->names[i].length == length && memcmp(ids->names[i].name, name, length) == 0)
            return i;
    if (ids->count == ids->capacity) {
        const size_t wanted = ids->capacity ? 2 * ids->capacity : 128;
        struct id *grown = realloc(ids->names, wanted * sizeof *grown);
        if (!grown) {
            ids->failed = true;
            return 0;
        }
        ids->names = grown;
        ids->capacity = wanted;
    }
    ids->names[ids->count] = (struct id){name, length};
    return ids->count++;
}

static bool begins(const char *at, const char *end, const char *word) {
    const size_t length = strlen(word);
    return (size_t)(end - at) >= length && memcmp(at, word, length) == 0;
}

/* Adds text in which XML's own characters are written out and what XML forbids becomes a blank. */
static void add_escaped(struct cr_bytes *out, const char *text) {
    for (; *text; text++) {
        if (*text == '&')
            cr_bytes_add_text(out, "&amp;");
        else if (*text == '<')
            cr_bytes_add_text(out, "&lt;");
        else if (*text == '>')
            cr_bytes_add_text(out, "&gt;");
        else if ((unsigned char)*text < ' ')
            cr_bytes_add_text(out, " ");
        else
            cr_bytes_add(out, text, 1);
    }
}

static bool is_text(const char *text) {
    return text && cr_text_is_utf8(text, strlen(text));
}

static void add_element(struct cr_bytes *out, const struct cr_svg_words *words, const char *name, const char *text) {
    if (!is_text(text))
        return;
    cr_bytes_add_text(out, "<");
    cr_bytes_add_text(out, name);
    cr_bytes_add_text(out, " id=\"");
    cr_bytes_add_text(out, words->prefix);
    cr_bytes_add_text(out, name);
    cr_bytes_add_text(out, "\">");
    add_escaped(out, text);
    cr_bytes_add_text(out, "</");
    cr_bytes_add_text(out, name);
    cr_bytes_add_text(out, ">\n");
}

static void add_names(struct cr_bytes *out, const struct cr_svg_words *words) {
    const bool title = is_text(words->title), description = is_text(words->description);
    if (!title && !description)
        return;
    cr_bytes_add_text(out, " role=\"img\" aria-labelledby=\"");
    if (title) {
        cr_bytes_add_text(out, words->prefix);
        cr_bytes_add_text(out, "title");
    }
    if (description) {
        cr_bytes_add_text(out, title ? " " : "");
        cr_bytes_add_text(out, words->prefix);
        cr_bytes_add_text(out, "desc");
    }
    cr_bytes_add_text(out, "\"");
}

/* Copies one character or one reference to an id; hundredths of a pixel are more than enough, so further decimals are
 * dropped. Returns where to go on. */
static const char *copy_piece(
    struct cr_bytes *out, struct ids *ids, const struct cr_svg_words *words, const char *at, const char *end) {
    static const char *const openings[] = {" id=\"", "href=\"#", "url(#"};
    enum { DECIMALS = 2 };
    for (int i = 0; i < 3; i++) {
        if (!begins(at, end, openings[i]))
            continue;
        const char *name = at + strlen(openings[i]), *stop = name;
        while (stop < end && *stop != '"' && *stop != ')')
            stop++;
        char number[32];
        (void)cr_text_format(number, sizeof number, "%zu", number_of(ids, name, (size_t)(stop - name)));
        cr_bytes_add_text(out, openings[i]);
        cr_bytes_add_text(out, words->prefix);
        cr_bytes_add_text(out, number);
        return stop;
    }
    const bool decimal = *at == '.';
    cr_bytes_add(out, at++, 1);
    if (!decimal)
        return at;
    const char *digits = at;
    while (at < end && isdigit((unsigned char)*at))
        at++;
    const size_t count = (size_t)(at - digits);
    cr_bytes_add(out, digits, count < DECIMALS ? count : DECIMALS);
    return at;
}

int cr_svg_rewrite(const char *svg, size_t size, const struct cr_svg_words *words, char **out, size_t *out_size,
    struct cr_error *error) {
    const char *end = svg + size, *root = svg;
    while (root < end && !begins(root, end, "<svg"))
        root++;
    const char *content = root;
    while (content < end && *content != '>')
        content++;
    if (content == end)
        return cr_error_set(error, CR_ERROR_NUMERIC, "the drawing is not the SVG that was expected");
    struct cr_bytes text = {0};
    struct ids ids = {0};
    if (words->whole)
        cr_bytes_add_text(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    cr_bytes_add(&text, root, (size_t)(content - root));
    add_names(&text, words);
    cr_bytes_add_text(&text, ">\n");
    add_element(&text, words, "title", words->title);
    add_element(&text, words, "desc", words->description);
    for (const char *at = content + 1; at < end;)
        at = copy_piece(&text, &ids, words, at, end);
    cr_bytes_add(&text, "", 1);
    free(ids.names);
    if (text.failed || ids.failed) {
        cr_bytes_free(&text);
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory for the text of a chart");
    }
    *out = text.data;
    *out_size = text.size - 1;
    return 0;
}
