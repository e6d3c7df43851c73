#include "model/parameters.h"

static const struct cr_field fields[] = {
#define CR_FIELD(group, name) offsetof(struct cr_parameters, group##_##name)
#define CR_REAL_ROW(group, name, initial, minimum, maximum, unit, role, what, source)                                  \
    {#group "." #name, CR_REAL, initial, minimum, maximum, NULL, unit, role, what, source, CR_FIELD(group, name)},
#define CR_INTEGER_ROW(group, name, initial, minimum, maximum, unit, role, what, source)                               \
    {#group "." #name, CR_INTEGER, initial, minimum, maximum, NULL, unit, role, what, source, CR_FIELD(group, name)},
#define CR_BOOLEAN_ROW(group, name, initial, role, what, source)                                                       \
    {#group "." #name, CR_BOOLEAN, initial, 0, 1, NULL, "1", role, what, source, CR_FIELD(group, name)},
#define CR_CHOICE_ROW(group, name, initial, words, role, what, source)                                                 \
    {#group "." #name, CR_CHOICE, initial, 0, CR_LAST_CHOICE(words), words, "1", role, what, source,                   \
        CR_FIELD(group, name)},
#include "model/parameters.def"
};

const struct cr_registry cr_parameter_registry = {"parameter", fields, sizeof fields / sizeof *fields};
