#include "io/digest.h"

void cr_digest_init(struct cr_digest *digest) {
    SHA256Init(&digest->context);
}

void cr_digest_update(struct cr_digest *digest, const void *data, size_t size) {
    SHA256Update(&digest->context, data, size);
}

void cr_digest_hex(struct cr_digest *digest, char hex[CR_DIGEST_HEX_SIZE]) {
    SHA256End(&digest->context, hex);
}
