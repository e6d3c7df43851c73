#ifndef CR_BASE_HOLDINGS_H
#define CR_BASE_HOLDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Many small pieces of memory that are made one by one and given back together. Begin with all zero. */
struct cr_holdings {
    void **piece; /* owned, and each of them; `count` of them */
    size_t count, capacity;
    bool failed; /* whether memory ran out */
};

/* A piece of `count` things of `size`, all zero; NULL after memory ran out, which stays known. */
void *cr_holdings_take(struct cr_holdings *holdings, size_t count, size_t size);

/* A text; NULL likewise. */
char *cr_holdings_text(struct cr_holdings *holdings, const char *format, ...) CR_PRINTF(2, 3);

/* Gives everything back; safe twice. */
void cr_holdings_free(struct cr_holdings *holdings);

#endif
