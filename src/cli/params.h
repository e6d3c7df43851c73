#ifndef CR_CLI_PARAMS_H
#define CR_CLI_PARAMS_H

#include <stddef.h>

#include "model/registry.h"

enum { CR_PARAMS_KEY_SIZE = 128 };

/* What the keys of a study's settings begin with; in a study file they stand without it. */
#define CR_PARAMS_STUDY "study."

/* The `index`-th row of the registries of parameters, profiles, events and studies, in this order; NULL behind the
 * last. Writes its key as users know it: "couple.fit_weight", "profile.<name>.sensitivity". The row is static. */
const struct cr_field *cr_params_row(size_t index, char key[CR_PARAMS_KEY_SIZE]);

/* Writes a row's default as it is written in a scenario. Returns `buffer`. */
const char *cr_params_initial(const struct cr_field *field, char *buffer, size_t size);

#endif
