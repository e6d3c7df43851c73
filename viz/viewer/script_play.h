#ifndef CR_VIZ_SCRIPT_PLAY_H
#define CR_VIZ_SCRIPT_PLAY_H

#include "viz/viewer/viewer.h"

/* Carries out the viewer's script before a frame: as many lines as come before the next that waits. Keys and clicks
 * become SDL's events, so that what happens is what happens by hand. When the script is at its end, the viewer is asked
 * to end. CR_ERROR_USAGE for a widget or person that is not to be seen, CR_ERROR_NUMERIC for what was expected and does
 * not hold, and errors of what is saved; each with the script's line. */
CR_NODISCARD int cr_script_play(struct cr_viewer *viewer, struct cr_error *error);

#endif
