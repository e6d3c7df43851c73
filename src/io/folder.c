#include "io/folder.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

int cr_folder_make(const char *path, struct cr_error *error) {
    struct stat found;
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &found) == 0 && S_ISDIR(found.st_mode)))
        return 0;
    if (errno == EEXIST)
        return cr_error_set(error, CR_ERROR_IO, "%.300s is no folder that anything could be written to", path);
    return cr_error_set(error, CR_ERROR_IO, "the folder %.300s cannot be made: %s", path, strerror(errno));
}
