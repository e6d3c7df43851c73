#ifndef CR_VIZ_SAVING_H
#define CR_VIZ_SAVING_H

#include "viz/viewer/viewer.h"

/* Everything that is kept: pictures, drawings, videos, altered scenarios. Each tells its path. */

/* The path FOLDER/NAME.ENDING, with a number added to the name ("name-2.ending") if it is taken. Returns `buffer`. */
const char *cr_saving_path(const char *folder, const char *name, const char *ending, char *buffer, size_t size);

/* Saves what is seen: in the folder under a name of its own, or at a path. Errors of cr_window_save. */
CR_NODISCARD int cr_saving_picture(struct cr_viewer *viewer, const char *path, struct cr_error *error);

/* Saves the panels that are shown as SVG. Errors of cr_panels_write. */
CR_NODISCARD int cr_saving_drawings(struct cr_viewer *viewer, struct cr_error *error);

/* Begins a video (at a path, or NULL) or ends it. Errors of viz/viewer/recorder.h. */
CR_NODISCARD int cr_saving_record(struct cr_viewer *viewer, const char *path, struct cr_error *error);

/* Adds the frame that was just drawn to the video, if one is being recorded. */
void cr_saving_frame(struct cr_viewer *viewer, double seconds);

/* Saves the scenario of each world that was changed by hand as FOLDER/NAME-altered.cfg; `aloud`: prints the paths. */
void cr_saving_scenarios(struct cr_viewer *viewer, bool aloud);

/* Remembers a path and tells it. */
void cr_saving_told(struct cr_viewer *viewer, const char *what, const char *path);

#endif
