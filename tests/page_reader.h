#ifndef CR_TESTS_PAGE_READER_H
#define CR_TESTS_PAGE_READER_H

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Reads a page as a careful reader would, who sees structure where others see colours. Include after cmocka.h. */

struct page_reader {
    GString *text;         /* all that can be read, without the style */
    GHashTable *ids;       /* of the elements */
    GPtrArray *references; /* ids that something refers to */
    int level;             /* of the last heading */
    int headings, drawings, tables, details, mains, navs;
    bool in_style, in_language;
    char wrong[256]; /* the first fault; "": none */
};

static inline void page_reader_blame(struct page_reader *reader, const char *what, const char *which) {
    if (reader->wrong[0] == '\0')
        (void)g_snprintf(reader->wrong, sizeof reader->wrong, "%s: %s", what, which);
}

static inline const char *page_reader_attribute(const char **names, const char **values, const char *name) {
    for (size_t k = 0; names[k] != NULL; k++)
        if (strcmp(names[k], name) == 0)
            return values[k];
    return NULL;
}

static inline void page_reader_refer(struct page_reader *reader, const char *ids) {
    char **const each = g_strsplit(ids, " ", -1);
    for (size_t k = 0; each[k] != NULL; k++)
        g_ptr_array_add(reader->references, g_strdup(each[k]));
    g_strfreev(each);
}

static inline void page_reader_look_at_attributes(struct page_reader *reader, const char **names, const char **values) {
    for (size_t k = 0; names[k] != NULL; k++) {
        if (strcmp(names[k], "id") == 0 && !g_hash_table_add(reader->ids, g_strdup(values[k])))
            page_reader_blame(reader, "two elements have one id", values[k]);
        if (strncmp(names[k], "aria-labelledby", 15) == 0)
            page_reader_refer(reader, values[k]);
        if (strcmp(names[k], "href") == 0 || strcmp(names[k], "xlink:href") == 0) {
            if (values[k][0] == '#')
                page_reader_refer(reader, values[k] + 1);
            else
                page_reader_blame(reader, "a link leads out of the page", values[k]);
        }
        if (strcmp(names[k], "src") == 0 || strncmp(names[k], "on", 2) == 0)
            page_reader_blame(reader, "an attribute loads or runs something", names[k]);
    }
}

static inline void page_reader_look_at_heading(struct page_reader *reader, int level) {
    if (level > reader->level + 1 || (level == 1) != (reader->headings == 0))
        page_reader_blame(reader, "a heading is out of order", "h");
    reader->level = level;
    reader->headings++;
}

static inline void page_reader_begin(GMarkupParseContext *context, const char *name, const char **names,
    const char **values, void *user, GError **error) {
    static const char *const refused[] = {"script", "img", "link", "iframe", "object", "embed", "image", "base"};
    struct page_reader *const reader = user;
    (void)context;
    (void)error;
    page_reader_look_at_attributes(reader, names, values);
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++)
        if (strcmp(name, refused[k]) == 0)
            page_reader_blame(reader, "there is an element that has no place here", name);
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0')
        page_reader_look_at_heading(reader, name[1] - '0');
    if (strcmp(name, "html") == 0)
        reader->in_language = page_reader_attribute(names, values, "lang") != NULL;
    if (strcmp(name, "svg") == 0) {
        const char *const role = page_reader_attribute(names, values, "role");
        reader->drawings++;
        if (role == NULL || strcmp(role, "img") != 0 || page_reader_attribute(names, values, "aria-labelledby") == NULL)
            page_reader_blame(reader, "a drawing says not what it shows", name);
    }
    if (strcmp(name, "th") == 0 && page_reader_attribute(names, values, "scope") == NULL)
        page_reader_blame(reader, "a header of a table has no scope", name);
    reader->tables += strcmp(name, "table") == 0;
    reader->details += strcmp(name, "details") == 0;
    reader->mains += strcmp(name, "main") == 0;
    reader->navs += strcmp(name, "nav") == 0;
    reader->in_style = strcmp(name, "style") == 0;
}

static inline void page_reader_end(GMarkupParseContext *context, const char *name, void *user, GError **error) {
    (void)context;
    (void)name;
    (void)error;
    ((struct page_reader *)user)->in_style = false;
}

static inline void page_reader_text(
    GMarkupParseContext *context, const char *text, gsize length, void *user, GError **error) {
    struct page_reader *const reader = user;
    (void)context;
    (void)error;
    if (!reader->in_style)
        g_string_append_len(reader->text, text, (gssize)length);
    else if (strstr(text, "url(") != NULL || strstr(text, "@import") != NULL || strstr(text, "http") != NULL)
        page_reader_blame(reader, "the style loads something", "style");
}

/* Reads a page; fails the test if it is not well-formed. Free with page_reader_free. */
static inline struct page_reader page_reader_read(const char *page, size_t size) {
    static const GMarkupParser parser = {page_reader_begin, page_reader_end, page_reader_text, NULL, NULL};
    struct page_reader reader = {.text = g_string_new(NULL),
        .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .references = g_ptr_array_new_with_free_func(g_free)};
    GError *error = NULL;
    GMarkupParseContext *const context = g_markup_parse_context_new(&parser, 0, &reader, NULL);
    if (!g_markup_parse_context_parse(context, page, (gssize)size, &error) ||
        !g_markup_parse_context_end_parse(context, &error))
        page_reader_blame(&reader, "it is not well-formed", error->message);
    g_clear_error(&error);
    g_markup_parse_context_free(context);
    for (guint k = 0; k < reader.references->len; k++)
        if (!g_hash_table_contains(reader.ids, g_ptr_array_index(reader.references, k)))
            page_reader_blame(&reader, "nothing has the id", g_ptr_array_index(reader.references, k));
    if (reader.mains != 1 || reader.navs != 1 || !reader.in_language)
        page_reader_blame(&reader, "a landmark or the language is missing", "main, nav, lang");
    return reader;
}

static inline void page_reader_free(struct page_reader *reader) {
    g_string_free(reader->text, TRUE);
    g_hash_table_destroy(reader->ids);
    g_ptr_array_free(reader->references, TRUE);
}

static inline bool page_reader_finds(const struct page_reader *reader, const char *words) {
    return strstr(reader->text->str, words) != NULL;
}

#endif
