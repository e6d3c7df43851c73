#ifndef CR_VIZ_HINTS_H
#define CR_VIZ_HINTS_H

#include "viz/viewer/viewer.h"

/* Three hints on what to look at, on the first start; that they were seen is remembered in
 * $XDG_STATE_HOME/cradle/hints-seen, or ~/.local/state/cradle/hints-seen. */

/* Whether they were ever seen to their end or closed; true if that cannot be known. */
bool cr_hints_seen(void);

/* The next one, and after the last none; closes them. Both remember. */
void cr_hints_next(struct cr_viewer *viewer);
void cr_hints_close(struct cr_viewer *viewer);

/* Writes where it is remembered; false if there is no such place. */
bool cr_hints_path(char *buffer, size_t size);

#endif
