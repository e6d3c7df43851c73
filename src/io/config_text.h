#ifndef CR_IO_CONFIG_TEXT_H
#define CR_IO_CONFIG_TEXT_H

#include "base/error.h"
#include "model/scenario.h"

/* A scenario as the text of a config file: name, title, every parameter, profile, event and change, each in the order
 * of the registry or of the scenario, extending and including nothing. cr_config_read_scenario reads it back to a
 * scenario of the same fingerprint; equal scenarios give equal text.
 *
 * Stores the text in `*text`, which the caller frees; NULL after a failure. CR_ERROR_MEMORY; CR_ERROR_CONFIG for a
 * profile or an event whose name does not begin with a letter, which no config file can hold. */
CR_NODISCARD int cr_config_text(const struct cr_scenario *scenario, char **text, struct cr_error *error);

#endif
