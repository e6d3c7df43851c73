#include "io/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 100 };

static int refuse(int descriptor, const char *path, struct cr_error *error) {
    struct flock holder = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    const int known = fcntl(descriptor, F_GETLK, &holder);
    if (known == 0 && holder.l_type != F_UNLCK && holder.l_pid > 0)
        return cr_error_set(error, CR_ERROR_USAGE,
            "%s is being written to by another process (%ld); wait for it or end it first", path, (long)holder.l_pid);
    return cr_error_set(
        error, CR_ERROR_USAGE, "%s is being written to by another process; wait for it or end it first", path);
}

/* Whoever held the lock before may have removed the file that was opened here. */
static int is_still_there(const struct cr_file_lock *lock) {
    struct stat opened, named;
    return fstat(lock->descriptor, &opened) == 0 && stat(lock->path, &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

static int try_to_take(struct cr_file_lock *lock, const char *path, struct cr_error *error) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        lock->descriptor = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (lock->descriptor < 0)
            return cr_error_set(error, CR_ERROR_IO, "%s cannot be made: %s", lock->path, strerror(errno));
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int status = 0;
        if (fcntl(lock->descriptor, F_SETLK, &whole) != 0)
            status = errno == EACCES || errno == EAGAIN
                         ? refuse(lock->descriptor, path, error)
                         : cr_error_set(error, CR_ERROR_IO, "%s cannot be locked: %s", lock->path, strerror(errno));
        else if (is_still_there(lock))
            return 0;
        (void)close(lock->descriptor);
        if (status != 0)
            return status;
    }
    return cr_error_set(error, CR_ERROR_IO, "%s vanishes again and again", lock->path);
}

int cr_file_lock_take(struct cr_file_lock *lock, const char *path, struct cr_error *error) {
    static const char suffix[] = "-lock";
    *lock = (struct cr_file_lock){0};
    /* Whatever name a file goes by, its lock is one. */
    char *const real = realpath(path, NULL);
    const char *const name = real != NULL ? real : path;
    const size_t size = strlen(name) + sizeof suffix;
    lock->path = malloc(size);
    if (lock->path != NULL)
        (void)snprintf(lock->path, size, "%s%s", name, suffix);
    free(real);
    if (lock->path == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to lock %s", path);
    const int status = try_to_take(lock, path, error);
    if (status != 0) {
        free(lock->path);
        lock->path = NULL;
    }
    return status;
}

void cr_file_lock_drop(struct cr_file_lock *lock) {
    if (lock->path != NULL) {
        (void)unlink(lock->path);
        (void)close(lock->descriptor);
    }
    free(lock->path);
    *lock = (struct cr_file_lock){0};
}
