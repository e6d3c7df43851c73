#ifndef CR_MODEL_SCENARIO_H
#define CR_MODEL_SCENARIO_H

#include "model/caregiving.h"
#include "model/parameters.h"

/* Everything that decides a run but the luck: all parameters, the named profiles of caregivers with their shares, the
 * timeline of events by age, and the timeline of changes by week. It knows no file; `io/config` reads one. */

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

/* The last week in which a parameter may change; no run lasts as long. */
enum { CR_CHANGE_WEEK_MAX = 9999 };

/* From a week on a live parameter has another value for everybody, whatever their age: a period event begins or ends.
 */
struct cr_change {
    int32_t week;                 /* the first week that is lived with it, from 0; the first week of a run is week 0 */
    const struct cr_field *field; /* a row of role CR_LIVE of the parameters; static */
    double value;                 /* as of cr_field_get, within the field's range */
};

struct cr_scenario {
    char name[CR_SCENARIO_NAME_SIZE]; /* a short word, for tables and charts */
    char title[256];                  /* one sentence, for people */
    struct cr_parameters parameters;
    struct cr_named_profile *profiles; /* owned; `profile_count` of them */
    size_t profile_count;
    struct cr_named_event *events; /* owned; `event_count` of them, in the order of the file */
    size_t event_count;
    struct cr_change *changes; /* owned; `change_count` of them, by week, those of one week in the order added */
    size_t change_count;
};

/* A scenario with every parameter at its default, no profiles, no events and no changes. */
void cr_scenario_init(struct cr_scenario *scenario);

/* Fills `to` (any content) with a copy that shares nothing with `from`. The caller frees it, also after a failure.
 * CR_ERROR_MEMORY. */
CR_NODISCARD int cr_scenario_copy(struct cr_scenario *to, const struct cr_scenario *from, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_scenario_free(struct cr_scenario *scenario);

/* Adds a profile or an event under a new name, or finds the one of that name, with its fields at their defaults if
 * new. The pointer stored in `*profile` (`*event`) is borrowed, until the next addition. CR_ERROR_MEMORY,
 * CR_ERROR_CONFIG (a name must be a word of letters, digits, '_' or '-'). */
CR_NODISCARD int cr_scenario_profile(
    struct cr_scenario *scenario, const char *name, struct cr_profile **profile, struct cr_error *error);
CR_NODISCARD int cr_scenario_event(
    struct cr_scenario *scenario, const char *name, struct cr_event **event, struct cr_error *error);

/* Adds a change, after those of the same week; one of the same week and field takes its value instead. A simulation
 * that has lived the week must be told (model/simulation.h). CR_ERROR_CONFIG, and nothing changed, for a week outside
 * 0 to CR_CHANGE_WEEK_MAX, a field that is not live, or a value out of its range, naming key and allowed range after
 * `where` as in cr_field_set; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_scenario_change(struct cr_scenario *scenario, int32_t week, const struct cr_field *field,
    double value, const char *where, struct cr_error *error);

/* Stores the parameters in force in a week: the scenario's, with all changes up to and of that week. */
void cr_scenario_parameters(const struct cr_scenario *scenario, int32_t week, struct cr_parameters *parameters);

/* Finds what a key stands for: "group.name" a parameter, "profile.<name>.<field>" a field of a profile that exists,
 * "event.<name>.<field>" one of an event that exists, "at.<week>.<group>.<name>" a parameter from that week on, which
 * must be live. Stores the field and the struct that holds it (both borrowed); for "at." there is no such struct, and
 * it stores NULL. CR_ERROR_CONFIG with the nearest name otherwise; `where` as in cr_field_set. */
CR_NODISCARD int cr_scenario_find(struct cr_scenario *scenario, const char *key, const struct cr_field **field,
    void **object, const char *where, struct cr_error *error);

/* Gives what a key stands for a value, as of cr_field_set; for "at." by cr_scenario_change. Errors of those and of
 * cr_scenario_find. */
CR_NODISCARD int cr_scenario_set(
    struct cr_scenario *scenario, const char *key, double value, const char *where, struct cr_error *error);

/* Carries out one "key=value", the key as of cr_scenario_find, the value as of cr_field_set_text. CR_ERROR_CONFIG names
 * key, value and the allowed range; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_scenario_assign(
    struct cr_scenario *scenario, const char *assignment, const char *where, struct cr_error *error);

/* Checks what no single field can: that there are profiles, and not all of share 0, when the mix is asked for; that
 * the events are no more than CR_EVENTS_MAX. CR_ERROR_CONFIG with one sentence. */
CR_NODISCARD int cr_scenario_check(const struct cr_scenario *scenario, struct cr_error *error);

/* Calls `visit` with "key" and "value" of every field of every part, in a fixed order: parameters in the order of the
 * registry, then profiles and events in theirs, then changes in theirs as "at.<week>.<group>.<name>". What the
 * fingerprint, the manifest and `check` are made of. */
typedef void cr_scenario_visitor(void *context, const char *key, const char *value, const struct cr_field *field);
void cr_scenario_visit(const struct cr_scenario *scenario, cr_scenario_visitor *visit, void *context);

#endif
