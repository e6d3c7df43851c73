#ifndef CR_REPORT_BYTES_H
#define CR_REPORT_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that grow at the end. All zero is empty. A failed addition is remembered, so that the many calls need no
 * check. */
struct cr_bytes {
    char *data; /* owned */
    size_t size, capacity;
    bool failed; /* there was no memory */
};

void cr_bytes_add(struct cr_bytes *bytes, const void *data, size_t size);
void cr_bytes_add_text(struct cr_bytes *bytes, const char *text);

/* Gives everything back; safe twice. */
void cr_bytes_free(struct cr_bytes *bytes);

#endif
