#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A sentence may quote a broken file or argument: control bytes would garble the terminal that shows it. */
static void make_printable(char *sentence) {
    for (char *at = sentence; *at; at++) {
        const unsigned char byte = (unsigned char)*at;
        if (byte < 0x20 || byte == 0x7f)
            *at = byte == '\n' || byte == '\t' ? ' ' : '?';
    }
}

static void mark_cut(char *sentence, size_t size) {
    size_t end = size - 4;
    while (end > 0 && ((unsigned char)sentence[end] & 0xc0U) == 0x80U)
        end--; /* never half a UTF-8 character */
    memcpy(sentence + end, "...", 4);
}

int cr_error_set(struct cr_error *error, enum cr_error_code code, const char *format, ...) {
    if (!error || error->code)
        return code;
    error->code = code;
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(error->sentence, sizeof error->sentence, format, arguments);
    va_end(arguments);
    if (length < 0)
        error->sentence[0] = '\0';
    if (length >= (int)sizeof error->sentence)
        mark_cut(error->sentence, sizeof error->sentence);
    make_printable(error->sentence);
    return code;
}

int cr_error_exit_status(int code) {
    switch (code) {
    case 0:
        return 0;
    case CR_ERROR_USAGE:
    case CR_ERROR_CONFIG:
        return 2;
    default:
        return 1;
    }
}
