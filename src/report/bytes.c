#include "report/bytes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void cr_bytes_add(struct cr_bytes *bytes, const void *data, size_t size) {
    if (bytes->failed || size == 0)
        return;
    if (size > bytes->capacity - bytes->size) {
        size_t wanted = bytes->capacity ? bytes->capacity : 4096;
        while (wanted - bytes->size < size && wanted <= SIZE_MAX / 4)
            wanted *= 2;
        char *grown = wanted - bytes->size < size ? NULL : realloc(bytes->data, wanted);
        if (!grown) {
            bytes->failed = true;
            return;
        }
        bytes->data = grown;
        bytes->capacity = wanted;
    }
    memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

void cr_bytes_add_text(struct cr_bytes *bytes, const char *text) {
    cr_bytes_add(bytes, text, strlen(text));
}

void cr_bytes_free(struct cr_bytes *bytes) {
    free(bytes->data);
    memset(bytes, 0, sizeof *bytes);
}
