#include "io/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* Closes and removes what was written so far, unless the stream is lent; `why` is an errno. */
static int give_up(struct cr_whole_file *file, int why, struct cr_error *error) {
    if (file->stream && file->partial)
        (void)fclose(file->stream);
    file->stream = NULL;
    if (file->partial)
        (void)unlink(file->partial);
    return cr_error_set(error, CR_ERROR_IO, "cannot write %s: %s", file->path, strerror(why));
}

static char *joined(const char *first, const char *second, const char *third) {
    const size_t size = strlen(first) + strlen(second) + strlen(third) + 1;
    char *text = malloc(size);
    if (text)
        (void)snprintf(text, size, "%s%s%s", first, second, third);
    return text;
}

int cr_whole_file_open(struct cr_whole_file *file, const char *directory, const char *name, struct cr_error *error) {
    memset(file, 0, sizeof *file);
    file->path = joined(directory, "/", name);
    file->partial = file->path ? joined(file->path, ".partial", "") : NULL;
    if (!file->partial) {
        cr_whole_file_free(file);
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory to open %s/%s", directory, name);
    }
    file->stream = fopen(file->partial, "wb");
    if (!file->stream) {
        const int code = cr_error_set(error, CR_ERROR_IO, "cannot write %s: %s", file->path, strerror(errno));
        cr_whole_file_free(file);
        return code;
    }
    cr_digest_init(&file->digest);
    return 0;
}

int cr_whole_file_lend(struct cr_whole_file *file, FILE *stream, const char *name, struct cr_error *error) {
    memset(file, 0, sizeof *file);
    file->path = strdup(name);
    if (!file->path)
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory to write to %s", name);
    file->stream = stream;
    cr_digest_init(&file->digest);
    return 0;
}

int cr_whole_file_write(struct cr_whole_file *file, const void *data, size_t size, struct cr_error *error) {
    if (!file->stream)
        return cr_error_set(error, CR_ERROR_IO, "cannot write to a file that is not open");
    if (size > 0 && fwrite(data, 1, size, file->stream) != size)
        return give_up(file, errno, error);
    cr_digest_update(&file->digest, data, size);
    return 0;
}

/* A new name lives in the directory, which a power cut may lose unless it is on the disk, too. Not every file system
 * can do that; the content is safe either way. */
static void sync_directory_of(const char *path) {
    char *directory = strdup(path);
    if (!directory)
        return;
    *strrchr(directory, '/') = '\0';
    const int descriptor = open(*directory ? directory : "/", O_RDONLY);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        (void)close(descriptor);
    }
    free(directory);
}

int cr_whole_file_finish(struct cr_whole_file *file, char sha256[CR_DIGEST_HEX_SIZE], struct cr_error *error) {
    if (!file->stream)
        return cr_error_set(error, CR_ERROR_IO, "cannot write to a file that is not open");
    if (fflush(file->stream) != 0 || (file->partial && fsync(fileno(file->stream)) != 0))
        return give_up(file, errno, error);
    FILE *stream = file->stream;
    file->stream = NULL;
    if (file->partial) {
        if (fclose(stream) != 0 || rename(file->partial, file->path) != 0)
            return give_up(file, errno, error);
        sync_directory_of(file->path);
    }
    if (sha256)
        cr_digest_hex(&file->digest, sha256);
    return 0;
}

void cr_whole_file_free(struct cr_whole_file *file) {
    if (file->stream && file->partial) {
        (void)fclose(file->stream);
        (void)unlink(file->partial);
    }
    free(file->path);
    free(file->partial);
    memset(file, 0, sizeof *file);
}

int cr_whole_file_put(const char *path, const void *data, size_t size, struct cr_error *error) {
    char folder[4096];
    struct cr_whole_file file = {0};
    const char *const name = cr_text_split_path(path, folder, sizeof folder);
    if (!name)
        return cr_error_set(error, CR_ERROR_IO, "the path %.64s... is too long", path);
    int status = cr_whole_file_open(&file, folder, name, error);
    if (status == 0)
        status = cr_whole_file_write(&file, data, size, error);
    if (status == 0)
        status = cr_whole_file_finish(&file, NULL, error);
    cr_whole_file_free(&file);
    return status;
}
