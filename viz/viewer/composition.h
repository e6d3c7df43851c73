#ifndef CR_VIZ_COMPOSITION_H
#define CR_VIZ_COMPOSITION_H

#include "viz/viewer/viewer.h"

/* Draws everything that there is to see, `seconds` after the last frame, without presenting it. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_composition_draw(struct cr_viewer *viewer, double seconds, struct cr_error *error);

#endif
