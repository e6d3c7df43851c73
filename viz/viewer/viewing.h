#ifndef CR_VIZ_VIEWING_H
#define CR_VIZ_VIEWING_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/options.h"
#include "viz/controls/pace.h"
#include "viz/scene/scene.h"
#include "viz/viewer/script.h"
#include "viz/world/engine.h"

/* What the viewer is called with, ready to be shown. Texts are borrowed from the call. */
struct cr_viewing {
    struct cr_scenario scenarios[CR_WORLDS_MAX]; /* owned */
    size_t count;
    uint32_t replicate;
    int threads;
    size_t most_bytes; /* of memory to go back with */
    int32_t week;      /* to begin to show in */
    enum cr_speed speed;
    enum cr_arrangement arrangement;
    enum cr_theme_name theme;
    int width, height; /* pixels */
    double scale;      /* pixels a point; 0: cr_layout_scale */
    bool reduced_motion, offscreen;
    bool counted;            /* time passes frame by frame, and every frame waits until all is as it will be */
    bool plays;              /* from the start */
    bool repeats;            /* at its end it begins anew under the luck of the next replicate */
    bool hints;              /* are shown if they never were */
    int64_t frames;          /* to end after; 0: when asked to */
    bool whole;              /* ends when the run is at its end */
    struct cr_script script; /* owned */
    bool scripted;
    const char *out;                        /* folder for the run's files; NULL for none */
    const char *folder;                     /* for all that is saved by hand */
    const char *screenshot, *video, *state; /* files; NULL for none */
};

/* Fills `viewing` (any content) from a call of cr_command_view: reads scenarios and script, and refuses what does not
 * go together. CR_ERROR_USAGE, for a script that cannot be read, too, and errors of cr_call_scenario,
 * cr_manifest_scenario and cr_script_parse. Free with
 * cr_viewing_free in any case. */
CR_NODISCARD int cr_viewing_read(struct cr_viewing *viewing, const struct cr_call *call, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_viewing_free(struct cr_viewing *viewing);

#endif
