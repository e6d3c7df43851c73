#ifndef CR_IO_FILE_LOCK_H
#define CR_IO_FILE_LOCK_H

#include "base/error.h"

/* Sees to it that one process at a time changes a file: a POSIX record lock (fcntl) on "<path>-lock", which the system
 * takes back when the process ends in whatever way. It holds between machines wherever the file system's locks do. */
struct cr_file_lock {
    int descriptor; /* of the lock file, while it is locked */
    char *path;     /* owned: of the lock file; NULL: not locked */
};

/* Locks. CR_ERROR_USAGE tells the process that holds the lock; CR_ERROR_IO, CR_ERROR_MEMORY. Nothing is locked then. */
CR_NODISCARD int cr_file_lock_take(struct cr_file_lock *lock, const char *path, struct cr_error *error);

/* Removes the lock file and unlocks; safe twice. */
void cr_file_lock_drop(struct cr_file_lock *lock);

#endif
