#include "model/caregiving.h"

static const struct cr_field profile_fields[] = {
#define CR_REAL_ROW(group, name, initial, minimum, maximum, unit, role, what, source)                                  \
    {#name, CR_REAL, initial, minimum, maximum, NULL, unit, role, what, source, offsetof(struct cr_profile, name)},
#include "model/profile.def"
};

static const struct cr_field event_fields[] = {
#define CR_REAL_ROW(group, name, initial, minimum, maximum, unit, role, what, source)                                  \
    {#name, CR_REAL, initial, minimum, maximum, NULL, unit, role, what, source, offsetof(struct cr_event, name)},
#define CR_BOOLEAN_ROW(group, name, initial, role, what, source)                                                       \
    {#name, CR_BOOLEAN, initial, 0, 1, NULL, "1", role, what, source, offsetof(struct cr_event, name)},
#include "model/event.def"
};

const struct cr_registry cr_profile_registry = {
    "profile field", profile_fields, sizeof profile_fields / sizeof *profile_fields};
const struct cr_registry cr_event_registry = {"event field", event_fields, sizeof event_fields / sizeof *event_fields};
