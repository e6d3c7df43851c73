#ifndef CR_IO_DIGEST_H
#define CR_IO_DIGEST_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <sha2.h>

/* SHA-256 (FIPS 180-4), by libmd, piece by piece. */
struct cr_digest {
    SHA2_CTX context;
};

/* 64 lower-case hexadecimal digits and a NUL. */
enum { CR_DIGEST_HEX_SIZE = SHA256_DIGEST_STRING_LENGTH };

void cr_digest_init(struct cr_digest *digest);
void cr_digest_update(struct cr_digest *digest, const void *data, size_t size);

/* Writes the digest of all that was added so far. The digest is used up then; init begins a new one. */
void cr_digest_hex(struct cr_digest *digest, char hex[CR_DIGEST_HEX_SIZE]);

#endif
