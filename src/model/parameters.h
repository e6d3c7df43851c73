#ifndef CR_MODEL_PARAMETERS_H
#define CR_MODEL_PARAMETERS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/registry.h"

/* The parameters of the model. Their meaning, unit, range, default and source stand in model/parameters.def, one row a
 * parameter; the row `CR_REAL_ROW(couple, fit_weight, ...)` is the field `couple_fit_weight` here and the key
 * "couple.fit_weight" in a scenario. */
struct cr_parameters {
#define CR_REAL_ROW(group, name, initial, minimum, maximum, unit, role, what, source) double group##_##name;
#define CR_INTEGER_ROW(group, name, initial, minimum, maximum, unit, role, what, source) int64_t group##_##name;
#define CR_BOOLEAN_ROW(group, name, initial, role, what, source) bool group##_##name;
#define CR_CHOICE_ROW(group, name, initial, words, role, what, source) int group##_##name;
#include "model/parameters.def"
};

/* The registry that describes struct cr_parameters; static, never freed. */
extern const struct cr_registry cr_parameter_registry;

#endif
