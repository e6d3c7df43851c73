#ifndef CR_IO_CONFIG_H
#define CR_IO_CONFIG_H

#include "base/error.h"
#include "model/scenario.h"

/* Scenarios from libconfig files. A file may hold
 *
 *     name = "wartime";                    a word; else the file's own name without ".cfg"
 *     title = "Separation by war";         one sentence; else empty
 *     extends = "../baseline.cfg";         a scenario to start from, relative to this file
 *     couple : { fit_weight = 1.0; };      parameters: this one is couple.fit_weight of model/parameters.def
 *     profiles : { attuned : { share = 0.6; sensitivity = 0.8; }; };      fields of model/profile.def
 *     events : { war : { age = 3.0; length = 0.5; }; };                   fields of model/event.def
 *     changes : ( { week = 650; key = "times.load"; value = 2.0; } );     live parameters, from that week on
 *
 * What it extends is read first; its own settings then override, and its changes are added to those of the file that it
 * extends, one of the same week and key in its place. Whole numbers are taken for reals, reals are not
 * taken for whole numbers. Everything else is refused with file, line, allowed range and the nearest name. Includes
 * and what is no readable text: io/config_file.h. */

enum { CR_CONFIG_EXTENDS = 16 }; /* how many files may extend each other */

/* Fills `scenario` (any content) from a file, without cr_scenario_check, so that the caller may still assign. The
 * caller frees the scenario, also after a failure. CR_ERROR_CONFIG, CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_config_load_scenario(const char *path, struct cr_scenario *scenario, struct cr_error *error);

/* The same, and checks the scenario. */
CR_NODISCARD int cr_config_read_scenario(const char *path, struct cr_scenario *scenario, struct cr_error *error);

/* cr_scenario_check, its sentence beginning with the path. */
CR_NODISCARD int cr_config_check_scenario(const char *path, const struct cr_scenario *scenario, struct cr_error *error);

#endif
