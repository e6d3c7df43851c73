#ifndef CR_VIZ_SESSION_H
#define CR_VIZ_SESSION_H

#include "viz/viewer/viewing.h"

/* Opens the viewer, lives, and ends as it was called, with everything saved that was to be: the altered scenario, the
 * video, the picture, the recorded state, the run's files. Whatever ends it (a key, the window, an interrupt, the end
 * of a script or of the run), it closes in this way. Errors of all of these, and of the script; CR_ERROR_INTERRUPTED if
 * it is called to end once more while it still lives what is to be written. */
CR_NODISCARD int cr_session_run(struct cr_viewing *viewing, struct cr_error *error);

#endif
