#include "viz/viewer/hints.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "viz/viewer/face.h"

bool cr_hints_path(char *buffer, size_t size) {
    const char *const state = getenv("XDG_STATE_HOME"), *const home = getenv("HOME");
    /* The specification: a path that is not absolute does not count. */
    if (state && *state == '/')
        (void)cr_text_format(buffer, size, "%s/cradle/hints-seen", state);
    else if (home && *home == '/')
        (void)cr_text_format(buffer, size, "%s/.local/state/cradle/hints-seen", home);
    else
        return false;
    return strlen(buffer) + 1 < size;
}

bool cr_hints_seen(void) {
    char path[4096];
    return !cr_hints_path(path, sizeof path) || access(path, F_OK) == 0;
}

/* Makes all folders above; what cannot be made is not remembered, and the hints come again. */
static void remember(void) {
    char path[4096];
    if (!cr_hints_path(path, sizeof path))
        return;
    for (char *at = path + 1; *at; at++)
        if (*at == '/') {
            *at = '\0';
            if (mkdir(path, 0700) != 0 && errno != EEXIST)
                return;
            *at = '/';
        }
    const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0)
        (void)close(file);
}

void cr_hints_close(struct cr_viewer *viewer) {
    viewer->hint = -1;
    remember();
}

void cr_hints_next(struct cr_viewer *viewer) {
    if (viewer->hint + 1 < cr_face_hints())
        viewer->hint++;
    else
        cr_hints_close(viewer);
}
