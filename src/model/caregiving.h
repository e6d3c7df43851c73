#ifndef CR_MODEL_CAREGIVING_H
#define CR_MODEL_CAREGIVING_H

#include <stdbool.h>
#include <stdint.h>

#include "model/registry.h"

/* What an attachment figure is like to the one who turns to it. Meaning, unit and range of each field stand in
 * model/profile.def; the field of the row `CR_REAL_ROW(profile, sensitivity, ...)` is `sensitivity`. */
struct cr_profile {
#define CR_REAL_ROW(group, name, initial, minimum, maximum, unit, role, what, source) double name;
#include "model/profile.def"
};

/* Something that happens to a child's care at an age: a separation, a loss, maltreatment, poverty, an intervention.
 * Fields: model/event.def. */
struct cr_event {
#define CR_REAL_ROW(group, name, initial, minimum, maximum, unit, role, what, source) double name;
#define CR_BOOLEAN_ROW(group, name, initial, role, what, source) bool name;
#include "model/event.def"
};

struct cr_parameters;
struct cr_scenario;
struct cr_stream;

/* The words of caregiving.form, in their order. */
enum cr_caregiving_form { CR_FORM_DISTRIBUTION, CR_FORM_PROFILES };

/* At most so many events on a timeline. */
enum { CR_EVENTS_MAX = 64 };

/* (17) A caregiver for a child, the `number`-th (from 0) that the child has: beta distributed about the means of the
 * scenario or about a profile of its mix, good and bad qualities going together by a Gaussian copula
 * (caregiving.coherence). */
struct cr_profile cr_caregiving_draw(
    const struct cr_scenario *scenario, const struct cr_stream *luck, uint32_t child, uint32_t number);

/* Which events of the timeline befall a child: bit e for event e. */
uint64_t cr_caregiving_befall(const struct cr_scenario *scenario, const struct cr_stream *luck, uint32_t child);

/* (20) Shifts `care` by all events that last at an age (years) and returns their factor on the rate of needs. */
double cr_caregiving_under_events(
    const struct cr_scenario *scenario, uint64_t befallen, double age, struct cr_profile *care);

/* (20b) Shifts `care` by the period event that the parameters tell of, `times.*`. */
void cr_caregiving_under_times(const struct cr_parameters *parameters, struct cr_profile *care);

/* How many of the events that bring a new caregiver are past at an age. */
uint32_t cr_caregiving_replacements(const struct cr_scenario *scenario, uint64_t befallen, double age);

/* The registries that describe the two structs; keys are the bare field names ("sensitivity"). */
extern const struct cr_registry cr_profile_registry;
extern const struct cr_registry cr_event_registry;

#endif
