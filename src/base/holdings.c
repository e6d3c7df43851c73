#include "base/holdings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void *hold(struct cr_holdings *holdings, void *piece) {
    if (piece != NULL && holdings->count == holdings->capacity) {
        const size_t capacity = holdings->capacity == 0 ? 32 : 2 * holdings->capacity;
        void **grown = realloc(holdings->piece, capacity * sizeof *grown);
        if (grown == NULL) {
            free(piece);
            piece = NULL;
        } else {
            holdings->piece = grown;
            holdings->capacity = capacity;
        }
    }
    if (piece == NULL)
        holdings->failed = true;
    else
        holdings->piece[holdings->count++] = piece;
    return piece;
}

void *cr_holdings_take(struct cr_holdings *holdings, size_t count, size_t size) {
    return hold(holdings, calloc(count > 0 ? count : 1, size));
}

char *cr_holdings_text(struct cr_holdings *holdings, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    va_start(arguments, format);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return hold(holdings, text);
}

void cr_holdings_free(struct cr_holdings *holdings) {
    for (size_t k = 0; k < holdings->count; k++)
        free(holdings->piece[k]);
    free(holdings->piece);
    *holdings = (struct cr_holdings){0};
}
