#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMPARED = 127 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t cr_text_distance(const char *a, const char *b) {
    const size_t height = strnlen(a, COMPARED), width = strnlen(b, COMPARED);
    size_t rows[3][COMPARED + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= width; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= height; i++) {
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            const size_t substitution = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = least(substitution, least(above[j], row[j - 1]) + 1U);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1U);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[width];
}

void cr_nearest_consider(struct cr_nearest *nearest, const char *wanted, const char *candidate) {
    const size_t third = strnlen(wanted, COMPARED) / 3;
    const size_t distance = cr_text_distance(wanted, candidate);
    if (distance > (third > 1 ? third : 1) || distance >= nearest->distance)
        return;
    nearest->best = candidate;
    nearest->distance = distance;
}

int cr_text_to_real(const char *text, double *value) {
    /* strtod also reads blanks, hexadecimals, "nan" and "inf". */
    if (!*text || text[strspn(text, "+-.0123456789eE")])
        return CR_ERROR_USAGE;
    char *end;
    const double read = strtod(text, &end);
    if (end == text || *end || !isfinite(read))
        return CR_ERROR_USAGE;
    *value = read;
    return 0;
}

int cr_text_to_integer(const char *text, int64_t *value) {
    if (!*text || text[strspn(text, "+-0123456789")])
        return CR_ERROR_USAGE;
    char *end;
    errno = 0;
    const long long read = strtoll(text, &end, 10);
    if (end == text || *end || errno)
        return CR_ERROR_USAGE;
    *value = read;
    return 0;
}

const char *cr_text_format(char *buffer, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(buffer, size, format, arguments) < 0 && size > 0)
        buffer[0] = '\0';
    va_end(arguments);
    return buffer;
}

const char *cr_text_real(double value, char *buffer, size_t size) {
    if (isnan(value))
        return cr_text_format(buffer, size, "NA");
    if (fabs(value) < 1e15 && floor(value) == value)
        return cr_text_format(buffer, size, "%.0f", value + 0.0); /* + 0.0 turns -0 into 0 */
    char digits[32];
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    return cr_text_format(buffer, size, "%s", digits);
}

bool cr_text_is_word(const char *text, size_t limit) {
    const size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return length > 0 && length <= limit && text[length] == '\0';
}

bool cr_text_is_utf8(const char *text, size_t length) {
    const unsigned char *at = (const unsigned char *)text, *const end = at + length;
    while (at < end) {
        const unsigned char lead = *at++;
        if (lead < 0x80)
            continue;
        if (lead < 0xc2 || lead > 0xf4)
            return false;
        const int following = lead < 0xe0 ? 1 : (lead < 0xf0 ? 2 : 3);
        /* The second byte rules out overlong forms, surrogates and what lies beyond U+10FFFF. */
        unsigned char low = 0x80, high = 0xbf;
        if (lead == 0xe0)
            low = 0xa0;
        if (lead == 0xed)
            high = 0x9f;
        if (lead == 0xf0)
            low = 0x90;
        if (lead == 0xf4)
            high = 0x8f;
        for (int i = 0; i < following; i++) {
            if (at == end || *at < low || *at > high)
                return false;
            at++;
            low = 0x80;
            high = 0xbf;
        }
    }
    return true;
}

int cr_text_choice(const char *words, const char *text) {
    for (int index = 0;; index++) {
        const size_t length = strcspn(words, "|");
        if (strlen(text) == length && memcmp(words, text, length) == 0)
            return index;
        if (!words[length])
            return -1;
        words += length + 1;
    }
}

const char *cr_text_split_path(const char *path, char *folder, size_t size) {
    const char *const slash = strrchr(path, '/');
    const size_t length = slash == NULL || slash == path ? 1 : (size_t)(slash - path);
    if (length >= size)
        return NULL;
    (void)cr_text_format(folder, size, "%.*s", (int)length, slash == NULL ? "." : path);
    return slash == NULL ? path : slash + 1;
}
