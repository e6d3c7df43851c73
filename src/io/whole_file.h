#ifndef CR_IO_WHOLE_FILE_H
#define CR_IO_WHOLE_FILE_H

#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "io/digest.h"

/* A file that appears whole or not at all. It is written as "<path>.partial"; only `finish`, once all bytes are on the
 * disk, gives it its name. A failure removes the partial file, and a killed program leaves nothing but that. */
struct cr_whole_file {
    FILE *stream;  /* NULL unless open */
    char *path;    /* owned: the final name */
    char *partial; /* owned; NULL for a stream that is lent */
    struct cr_digest digest;
};

/* Opens DIRECTORY/NAME (the directory must exist) and replaces a partial file that an earlier run left. CR_ERROR_IO,
 * CR_ERROR_MEMORY; nothing is open then. */
CR_NODISCARD int cr_whole_file_open(
    struct cr_whole_file *file, const char *directory, const char *name, struct cr_error *error);

/* Writes to a stream that the caller lends, such as the standard output, and keeps open; `name` is for sentences. Then
 * there is no partial file: what was written stays written. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_whole_file_lend(struct cr_whole_file *file, FILE *stream, const char *name, struct cr_error *error);

/* Adds bytes. After CR_ERROR_IO (a full disk, above all) the partial file is gone and nothing is open: write and
 * finish may be called, and fail with the same code. */
CR_NODISCARD int cr_whole_file_write(struct cr_whole_file *file, const void *data, size_t size, struct cr_error *error);

/* Brings all bytes to the disk, gives the file its final name (replacing one that had it) and closes. Writes the
 * SHA-256 of the content to `sha256` unless that is NULL. CR_ERROR_IO as for write. */
CR_NODISCARD int cr_whole_file_finish(
    struct cr_whole_file *file, char sha256[CR_DIGEST_HEX_SIZE], struct cr_error *error);

/* Writes a file at a path, whole or not at all, in one go. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_whole_file_put(const char *path, const void *data, size_t size, struct cr_error *error);

/* Gives everything back, and removes the partial file unless `finish` succeeded; safe twice. */
void cr_whole_file_free(struct cr_whole_file *file);

#endif
