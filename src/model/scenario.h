#ifndef CR_MODEL_SCENARIO_H
#define CR_MODEL_SCENARIO_H

#include "model/caregiving.h"
#include "model/parameters.h"

/* Everything that decides a run but the luck: all parameters, the named profiles of caregivers with their shares, and
 * the timeline of events by age. It knows no file; `io/config` reads one. */

enum { CR_SCENARIO_NAME_SIZE = 64 };

/* The largest number that a replicate may have. */
enum { CR_REPLICATE_MAX = 1000000000 };

struct cr_named_profile {
    char name[CR_SCENARIO_NAME_SIZE];
    struct cr_profile profile; /* fields: model/profile.def; `profile.share` is its share of the mix */
};

struct cr_named_event {
    char name[CR_SCENARIO_NAME_SIZE];
    struct cr_event event; /* fields: model/event.def */
};

struct cr_scenario {
    char name[CR_SCENARIO_NAME_SIZE]; /* a short word, for tables and charts */
    char title[256];                  /* one sentence, for people */
    struct cr_parameters parameters;
    struct cr_named_profile *profiles; /* owned; `profile_count` of them */
    size_t profile_count;
    struct cr_named_event *events; /* owned; `event_count` of them, in the order of the file */
    size_t event_count;
};

/* A scenario with every parameter at its default, no profiles and no events. */
void cr_scenario_init(struct cr_scenario *scenario);

/* Gives everything back; safe twice. */
void cr_scenario_free(struct cr_scenario *scenario);

/* Adds a profile or an event under a new name, or finds the one of that name, with its fields at their defaults if
 * new. The pointer stored in `*profile` (`*event`) is borrowed, until the next addition. CR_ERROR_MEMORY,
 * CR_ERROR_CONFIG (a name must be a word of letters, digits, '_' or '-'). */
CR_NODISCARD int cr_scenario_profile(
    struct cr_scenario *scenario, const char *name, struct cr_profile **profile, struct cr_error *error);
CR_NODISCARD int cr_scenario_event(
    struct cr_scenario *scenario, const char *name, struct cr_event **event, struct cr_error *error);

/* Finds what a key stands for: "group.name" a parameter, "profile.<name>.<field>" a field of a profile that exists,
 * "event.<name>.<field>" one of an event that exists. Stores the field and the struct that holds it (both borrowed).
 * CR_ERROR_CONFIG with the nearest name otherwise; `where` as in cr_field_set. */
CR_NODISCARD int cr_scenario_find(struct cr_scenario *scenario, const char *key, const struct cr_field **field,
    void **object, const char *where, struct cr_error *error);

/* Carries out one "key=value". CR_ERROR_CONFIG names key, value and the allowed range. */
CR_NODISCARD int cr_scenario_assign(
    struct cr_scenario *scenario, const char *assignment, const char *where, struct cr_error *error);

/* Checks what no single field can: that there are profiles, and not all of share 0, when the mix is asked for; that
 * the events are no more than CR_EVENTS_MAX. CR_ERROR_CONFIG with one sentence. */
CR_NODISCARD int cr_scenario_check(const struct cr_scenario *scenario, struct cr_error *error);

/* Calls `visit` with "key" and "value" of every field of every part, in a fixed order: parameters in the order of the
 * registry, then profiles and events in theirs. What the fingerprint, the manifest and `check` are made of. */
typedef void cr_scenario_visitor(void *context, const char *key, const char *value, const struct cr_field *field);
void cr_scenario_visit(const struct cr_scenario *scenario, cr_scenario_visitor *visit, void *context);

#endif
