#ifndef CR_VIZ_STATE_H
#define CR_VIZ_STATE_H

#include <jansson.h>

#include "viz/viewer/viewer.h"

/* The recorded state: what the viewer shows and does now, as JSON, for tests and for those who cannot see it. The
 * caller owns the value (json_decref). NULL: CR_ERROR_MEMORY is recorded. */
json_t *cr_state_make(const struct cr_viewer *viewer, struct cr_error *error);

/* Writes it to a file, which appears whole or not at all. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_state_write(const struct cr_viewer *viewer, const char *path, struct cr_error *error);

#endif
