#include "report/palette.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/page.h"

static const char opening[] = "rgb(";

/* The length of a colour with its parenthesis; 0 if the text does not begin with one. */
static size_t colour_length(const char *text) {
    if (strncmp(text, opening, sizeof opening - 1) != 0)
        return 0;
    const size_t inside = strcspn(text, ")");
    return text[inside] == ')' && inside + 1 < CR_PALETTE_COLOUR ? inside + 1 : 0;
}

static bool is_colour(const char *colour, const char *text, size_t length) {
    return strlen(colour) == length && memcmp(colour, text, length) == 0;
}

/* The number of the pair, which is added if it is new; -1 without memory. */
static long find_pair(
    struct cr_palette *palette, const char *light, size_t light_length, const char *dark, size_t dark_length) {
    for (size_t k = 0; k < palette->count; k++)
        if (is_colour(palette->pair[k].light, light, light_length) &&
            is_colour(palette->pair[k].dark, dark, dark_length))
            return (long)k;
    if (palette->count == palette->capacity) {
        const size_t capacity = palette->capacity == 0 ? 32 : 2 * palette->capacity;
        struct cr_colour_pair *grown = realloc(palette->pair, capacity * sizeof *grown);
        if (grown == NULL)
            return -1;
        palette->pair = grown;
        palette->capacity = capacity;
    }
    struct cr_colour_pair *const pair = &palette->pair[palette->count];
    memset(pair, 0, sizeof *pair);
    memcpy(pair->light, light, light_length);
    memcpy(pair->dark, dark, dark_length);
    return (long)palette->count++;
}

/* Whether both are the same but for colours. */
static bool is_same_drawing(const char *light, const char *dark) {
    while (*light != '\0' && *dark != '\0') {
        const size_t one = colour_length(light), other = colour_length(dark);
        if (one > 0 && other > 0) {
            light += one;
            dark += other;
        } else if (*light++ != *dark++) {
            return false;
        }
    }
    return *light == *dark;
}

int cr_palette_add_drawing(
    struct cr_palette *palette, struct cr_bytes *page, const char *light, const char *dark, struct cr_error *error) {
    if (!is_same_drawing(light, dark)) {
        cr_bytes_add_text(page, light);
        return 0;
    }
    const char *plain = light;
    while (*light != '\0') {
        const size_t one = colour_length(light), other = colour_length(dark);
        if (one == 0) {
            light++;
            dark++;
            continue;
        }
        const long number = find_pair(palette, light, one, dark, other);
        char name[32];
        if (number < 0)
            return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the colours of a page");
        cr_bytes_add(page, plain, (size_t)(light - plain));
        cr_bytes_add_text(page, cr_text_format(name, sizeof name, "var(--k%ld)", number));
        light += one;
        dark += other;
        plain = light;
    }
    cr_bytes_add(page, plain, (size_t)(light - plain));
    return 0;
}

void cr_palette_add_light(const struct cr_palette *palette, struct cr_bytes *page) {
    for (size_t k = 0; k < palette->count; k++)
        cr_page_add(page, "--k%zu:%s;", k, palette->pair[k].light);
}

void cr_palette_add_dark(const struct cr_palette *palette, struct cr_bytes *page) {
    for (size_t k = 0; k < palette->count; k++)
        cr_page_add(page, "--k%zu:%s;", k, palette->pair[k].dark);
}

void cr_palette_free(struct cr_palette *palette) {
    free(palette->pair);
    memset(palette, 0, sizeof *palette);
}
