#include "report/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* How many bytes the UTF-8 character that begins with this byte has; 0 if none does. */
static size_t length_of(unsigned char first) {
    if (first < 0x80U)
        return 1;
    if (first >= 0xC2U && first < 0xE0U)
        return 2;
    if (first >= 0xE0U && first < 0xF0U)
        return 3;
    return first >= 0xF0U && first < 0xF5U ? 4 : 0;
}

static bool is_character(const char *at, size_t length) {
    return length > 0 && strnlen(at, length) == length && cr_text_is_utf8(at, length);
}

/* U+007F to U+009F, U+FFFE and U+FFFF, which are no text either. */
static bool is_control(const char *at, size_t length) {
    const unsigned char first = (unsigned char)at[0], second = length > 1 ? (unsigned char)at[1] : 0;
    if (length == 1)
        return first < ' ' || first == 0x7FU;
    if (length == 2)
        return first == 0xC2U && second < 0xA0U;
    return length == 3 && first == 0xEFU && second == 0xBFU && (unsigned char)at[2] >= 0xBEU;
}

static const char *entity_of(char character) {
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void cr_page_add_text(struct cr_bytes *page, const char *text) {
    while (*text != '\0') {
        const size_t length = length_of((unsigned char)*text);
        const char *const entity = entity_of(*text);
        if (!is_character(text, length)) {
            cr_bytes_add_text(page, "\xEF\xBF\xBD");
            text++;
            continue;
        }
        if (entity != NULL)
            cr_bytes_add_text(page, entity);
        else if (is_control(text, length))
            cr_bytes_add_text(page, " ");
        else
            cr_bytes_add(page, text, length);
        text += length;
    }
}

/* Adds one argument; returns the end of its directive. */
static const char *add_argument(struct cr_bytes *page, const char *directive, va_list *arguments) {
    char number[32];
    if (*directive == 's') {
        cr_page_add_text(page, va_arg(*arguments, const char *));
        return directive + 1;
    }
    if (*directive == 'd')
        (void)snprintf(number, sizeof number, "%d", va_arg(*arguments, int));
    else if (*directive == 'z')
        (void)snprintf(number, sizeof number, "%zu", va_arg(*arguments, size_t));
    else if (*directive == 'l')
        (void)snprintf(number, sizeof number, "%lld", va_arg(*arguments, long long));
    else
        (void)snprintf(number, sizeof number, "%%");
    cr_bytes_add_text(page, number);
    return directive + (*directive == 'z' ? 2 : *directive == 'l' ? 3 : 1);
}

void cr_page_add(struct cr_bytes *page, const char *markup, ...) {
    va_list arguments;
    va_start(arguments, markup);
    while (*markup != '\0') {
        const size_t plain = strcspn(markup, "%");
        cr_bytes_add(page, markup, plain);
        markup += plain;
        if (*markup == '%')
            markup = add_argument(page, markup + 1, &arguments);
    }
    va_end(arguments);
}
