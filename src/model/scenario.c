#include "model/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* "profile.", a name, ".", a field. */
enum { KEY_SIZE = 2 * CR_SCENARIO_NAME_SIZE + 32 };

void cr_scenario_init(struct cr_scenario *scenario) {
    memset(scenario, 0, sizeof *scenario);
    cr_registry_reset(&cr_parameter_registry, &scenario->parameters);
}

void cr_scenario_free(struct cr_scenario *scenario) {
    free(scenario->profiles);
    free(scenario->events);
    free(scenario->changes);
    scenario->profiles = NULL;
    scenario->profile_count = 0;
    scenario->events = NULL;
    scenario->event_count = 0;
    scenario->changes = NULL;
    scenario->change_count = 0;
}

/* A copy of `count` things, or NULL for none; `*failed` if there is no memory. */
static void *copy_of(const void *things, size_t count, size_t size, bool *failed) {
    if (count == 0)
        return NULL;
    void *const copy = malloc(count * size);
    if (copy)
        memcpy(copy, things, count * size);
    else
        *failed = true;
    return copy;
}

int cr_scenario_copy(struct cr_scenario *to, const struct cr_scenario *from, struct cr_error *error) {
    bool failed = false;
    *to = *from;
    to->profiles = copy_of(from->profiles, from->profile_count, sizeof *from->profiles, &failed);
    to->events = copy_of(from->events, from->event_count, sizeof *from->events, &failed);
    to->changes = copy_of(from->changes, from->change_count, sizeof *from->changes, &failed);
    if (!failed)
        return 0;
    cr_scenario_free(to);
    return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for a copy of the scenario");
}

static struct cr_named_profile *named_profile(const struct cr_scenario *scenario, const char *name, size_t length) {
    for (size_t i = 0; i < scenario->profile_count; i++) {
        struct cr_named_profile *const each = &scenario->profiles[i];
        if (strlen(each->name) == length && memcmp(each->name, name, length) == 0)
            return each;
    }
    return NULL;
}

static struct cr_named_event *named_event(const struct cr_scenario *scenario, const char *name, size_t length) {
    for (size_t i = 0; i < scenario->event_count; i++) {
        struct cr_named_event *const each = &scenario->events[i];
        if (strlen(each->name) == length && memcmp(each->name, name, length) == 0)
            return each;
    }
    return NULL;
}

static int check_name(const char *noun, const char *name, struct cr_error *error) {
    if (cr_text_is_word(name, CR_SCENARIO_NAME_SIZE - 1))
        return 0;
    return cr_error_set(error, CR_ERROR_CONFIG,
        "the name of %s must be a word of at most %d letters, digits, '_' or '-', not \"%.80s\"", noun,
        CR_SCENARIO_NAME_SIZE - 1, name);
}

int cr_scenario_profile(
    struct cr_scenario *scenario, const char *name, struct cr_profile **profile, struct cr_error *error) {
    struct cr_named_profile *named = named_profile(scenario, name, strlen(name));
    if (!named) {
        const int code = check_name("a profile", name, error);
        if (code)
            return code;
        struct cr_named_profile *const grown =
            realloc(scenario->profiles, (scenario->profile_count + 1) * sizeof *grown);
        if (!grown)
            return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for profile %s", name);
        scenario->profiles = grown;
        named = &grown[scenario->profile_count++];
        memset(named, 0, sizeof *named);
        strcpy(named->name, name);
        cr_registry_reset(&cr_profile_registry, &named->profile);
    }
    *profile = &named->profile;
    return 0;
}

int cr_scenario_event(struct cr_scenario *scenario, const char *name, struct cr_event **event, struct cr_error *error) {
    struct cr_named_event *named = named_event(scenario, name, strlen(name));
    if (!named) {
        const int code = check_name("an event", name, error);
        if (code)
            return code;
        struct cr_named_event *const grown = realloc(scenario->events, (scenario->event_count + 1) * sizeof *grown);
        if (!grown)
            return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for event %s", name);
        scenario->events = grown;
        named = &grown[scenario->event_count++];
        memset(named, 0, sizeof *named);
        strcpy(named->name, name);
        cr_registry_reset(&cr_event_registry, &named->event);
    }
    *event = &named->event;
    return 0;
}

static int check_change(int32_t week, const struct cr_field *field, const char *where, struct cr_error *error) {
    if (week < 0 || week > CR_CHANGE_WEEK_MAX)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "%sthe week of a change must be a whole number from 0 to %d, not %d", where, CR_CHANGE_WEEK_MAX, week);
    if (field->role != CR_LIVE)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "%s%s has the role %s and cannot change in week %d; only live parameters change during a run", where,
            field->key, cr_role_name(field->role), week);
    return 0;
}

/* Where a change of that week and field stands, or, if there is none, the place after the last of its week. */
static size_t place_of(const struct cr_scenario *scenario, int32_t week, const struct cr_field *field, bool *found) {
    size_t after = scenario->change_count;
    while (after > 0 && scenario->changes[after - 1].week > week)
        after--;
    for (size_t i = after; i > 0 && scenario->changes[i - 1].week == week; i--)
        if (scenario->changes[i - 1].field == field) {
            *found = true;
            return i - 1;
        }
    *found = false;
    return after;
}

int cr_scenario_change(struct cr_scenario *scenario, int32_t week, const struct cr_field *field, double value,
    const char *where, struct cr_error *error) {
    struct cr_parameters room;
    char full_where[512];
    int code = check_change(week, field, where, error);
    if (code == 0)
        code = cr_field_set(
            field, &room, value, cr_text_format(full_where, sizeof full_where, "%sat.%d.", where, week), error);
    if (code)
        return code;
    bool found;
    const size_t place = place_of(scenario, week, field, &found);
    if (!found) {
        struct cr_change *const grown = realloc(scenario->changes, (scenario->change_count + 1) * sizeof *grown);
        if (!grown)
            return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for a change of %s", field->key);
        memmove(&grown[place + 1], &grown[place], (scenario->change_count - place) * sizeof *grown);
        scenario->changes = grown;
        scenario->change_count++;
    }
    scenario->changes[place] = (struct cr_change){week, field, cr_field_get(field, &room)};
    return 0;
}

void cr_scenario_parameters(const struct cr_scenario *scenario, int32_t week, struct cr_parameters *parameters) {
    *parameters = scenario->parameters;
    for (size_t i = 0; i < scenario->change_count && scenario->changes[i].week <= week; i++)
        cr_field_store(scenario->changes[i].field, parameters, scenario->changes[i].value);
}

/* "<group>.<name>.<field>" taken apart; false if `key` is not of that form. */
static bool take_apart(const char *key, const char *group, const char **name, size_t *length, const char **field) {
    const size_t prefix = strlen(group);
    if (strncmp(key, group, prefix) != 0 || key[prefix] != '.')
        return false;
    *name = key + prefix + 1;
    const char *const dot = strchr(*name, '.');
    if (!dot)
        return false;
    *length = (size_t)(dot - *name);
    *field = dot + 1;
    return true;
}

static int unknown_name(const char *noun, const char *name, size_t length, const struct cr_nearest *nearest,
    const char *where, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_CONFIG, "%sthe scenario has no %s %.*s%s%s%s", where, noun,
        (int)(length < 80 ? length : 80), name, nearest->best ? "; did you mean " : "",
        nearest->best ? nearest->best : "", nearest->best ? "?" : "");
}

static int find_field(const struct cr_registry *registry, void *holder, const char *name, const char *key,
    const struct cr_field **field, void **object, const char *where, struct cr_error *error) {
    const struct cr_field *const found = cr_registry_find(registry, name);
    if (!found) {
        struct cr_nearest nearest = CR_NEAREST_INIT;
        for (size_t i = 0; i < registry->count; i++)
            cr_nearest_consider(&nearest, name, registry->fields[i].key);
        return cr_error_set(error, CR_ERROR_CONFIG, "%sunknown %s %.160s%s%.*s%s%s", where, registry->noun, key,
            nearest.best ? "; did you mean " : "", nearest.best ? (int)(name - key) : 0, key,
            nearest.best ? nearest.best : "", nearest.best ? "?" : "");
    }
    *field = found;
    *object = holder;
    return 0;
}

/* One week has one spelling, so that no two keys stand for the same change. */
static bool read_week(const char *digits, size_t length, int32_t *week) {
    *week = 0;
    for (size_t i = 0; i < length; i++) {
        if (digits[i] < '0' || digits[i] > '9' || (digits[0] == '0' && length > 1) || *week > CR_CHANGE_WEEK_MAX)
            return false;
        *week = 10 * *week + (digits[i] - '0');
    }
    return length > 0 && *week <= CR_CHANGE_WEEK_MAX;
}

static bool is_change(const char *key) {
    return strncmp(key, "at.", 3) == 0;
}

static int find_change(
    const char *key, int32_t *week, const struct cr_field **field, const char *where, struct cr_error *error) {
    const char *digits, *rest;
    size_t length;
    if (!take_apart(key, "at", &digits, &length, &rest) || !read_week(digits, length, week))
        return cr_error_set(error, CR_ERROR_CONFIG,
            "%s%.160s tells no week; a change is written at.<week>.<group>.<name>, with a week from 0 to %d, such as "
            "at.520.needs.rate_adult",
            where, key, CR_CHANGE_WEEK_MAX);
    void *none;
    const int code = find_field(&cr_parameter_registry, NULL, rest, key, field, &none, where, error);
    return code || !*field ? code : check_change(*week, *field, where, error);
}

int cr_scenario_find(struct cr_scenario *scenario, const char *key, const struct cr_field **field, void **object,
    const char *where, struct cr_error *error) {
    if (is_change(key)) {
        int32_t week;
        *field = NULL;
        *object = NULL;
        return find_change(key, &week, field, where, error);
    }
    const char *name, *rest;
    size_t length;
    char wanted[CR_SCENARIO_NAME_SIZE];
    struct cr_nearest nearest = CR_NEAREST_INIT;
    if (take_apart(key, "profile", &name, &length, &rest)) {
        struct cr_named_profile *const named = named_profile(scenario, name, length);
        if (named)
            return find_field(&cr_profile_registry, &named->profile, rest, key, field, object, where, error);
        cr_text_format(wanted, sizeof wanted, "%.*s", (int)(length < sizeof wanted ? length : sizeof wanted), name);
        for (size_t i = 0; i < scenario->profile_count; i++)
            cr_nearest_consider(&nearest, wanted, scenario->profiles[i].name);
        return unknown_name("profile", name, length, &nearest, where, error);
    }
    if (take_apart(key, "event", &name, &length, &rest)) {
        struct cr_named_event *const named = named_event(scenario, name, length);
        if (named)
            return find_field(&cr_event_registry, &named->event, rest, key, field, object, where, error);
        cr_text_format(wanted, sizeof wanted, "%.*s", (int)(length < sizeof wanted ? length : sizeof wanted), name);
        for (size_t i = 0; i < scenario->event_count; i++)
            cr_nearest_consider(&nearest, wanted, scenario->events[i].name);
        return unknown_name("event", name, length, &nearest, where, error);
    }
    const struct cr_field *const found = cr_registry_find(&cr_parameter_registry, key);
    if (found) {
        *field = found;
        *object = &scenario->parameters;
        return 0;
    }
    /* Config files say "profiles : { ... }", keys say "profile.name.field". */
    if (take_apart(key, "profiles", &name, &length, &rest) || take_apart(key, "events", &name, &length, &rest))
        return cr_error_set(error, CR_ERROR_CONFIG, "%sunknown parameter %.80s; did you mean %s.%.80s?", where, key,
            key[0] == 'p' ? "profile" : "event", name);
    return cr_registry_unknown(&cr_parameter_registry, key, where, error);
}

/* A field of a profile is known by its bare name; the sentence shall name the whole key. */
static const char *prefixed(
    const char *key, const struct cr_field *field, const char *where, char *buffer, size_t size) {
    return cr_text_format(buffer, size, "%s%.*s", where, (int)(strlen(key) - strlen(field->key)), key);
}

int cr_scenario_set(
    struct cr_scenario *scenario, const char *key, double value, const char *where, struct cr_error *error) {
    const struct cr_field *field = NULL;
    void *object = NULL;
    int32_t week = 0;
    char full_where[512];
    if (is_change(key)) {
        const int code = find_change(key, &week, &field, where, error);
        return code || !field ? code : cr_scenario_change(scenario, week, field, value, where, error);
    }
    const int code = cr_scenario_find(scenario, key, &field, &object, where, error);
    if (code || !field)
        return code;
    return cr_field_set(field, object, value, prefixed(key, field, where, full_where, sizeof full_where), error);
}

static int assign_change(
    struct cr_scenario *scenario, const char *key, const char *text, const char *where, struct cr_error *error) {
    const struct cr_field *field = NULL;
    int32_t week = 0;
    char full_where[512];
    struct cr_parameters room;
    int code = find_change(key, &week, &field, where, error);
    if (code || !field)
        return code;
    code = cr_field_set_text(field, &room, text, prefixed(key, field, where, full_where, sizeof full_where), error);
    return code ? code : cr_scenario_change(scenario, week, field, cr_field_get(field, &room), where, error);
}

int cr_scenario_assign(
    struct cr_scenario *scenario, const char *assignment, const char *where, struct cr_error *error) {
    const char *const equals = strchr(assignment, '=');
    const size_t length = equals ? (size_t)(equals - assignment) : 0;
    if (length == 0)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "%san assignment must be written key=value, such as %s=%s, not %.80s", where, "run.people", "1000",
            *assignment ? assignment : "empty");
    char key[KEY_SIZE], full_where[512];
    if (length >= sizeof key)
        return cr_error_set(error, CR_ERROR_CONFIG, "%sno key is as long as %.80s...", where, assignment);
    memcpy(key, assignment, length);
    key[length] = '\0';
    if (is_change(key))
        return assign_change(scenario, key, equals + 1, where, error);
    const struct cr_field *field = NULL;
    void *object = NULL;
    const int code = cr_scenario_find(scenario, key, &field, &object, where, error);
    if (code || !field)
        return code;
    return cr_field_set_text(
        field, object, equals + 1, prefixed(key, field, where, full_where, sizeof full_where), error);
}

static bool asks_for_mix(const struct cr_scenario *scenario) {
    const struct cr_field *const form = cr_registry_find(&cr_parameter_registry, "caregiving.form");
    char word[64];
    return form && strcmp(cr_field_format(form, &scenario->parameters, word, sizeof word), "profiles") == 0;
}

int cr_scenario_check(const struct cr_scenario *scenario, struct cr_error *error) {
    if (asks_for_mix(scenario)) {
        if (scenario->profile_count == 0)
            return cr_error_set(
                error, CR_ERROR_CONFIG, "caregiving.form is profiles, but the scenario names no profile");
        double sum = 0.0;
        for (size_t i = 0; i < scenario->profile_count; i++)
            sum += scenario->profiles[i].profile.share;
        if (!(sum > 0.0))
            return cr_error_set(error, CR_ERROR_CONFIG,
                "caregiving.form is profiles, but the shares of all %zu profiles are 0", scenario->profile_count);
    }
    const struct cr_parameters *const p = &scenario->parameters;
    if (p->run_first_replicate + p->run_replicates - 1 > CR_REPLICATE_MAX)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "the last replicate would have the number %lld; at most %lld is allowed",
            (long long)(p->run_first_replicate + p->run_replicates - 1), (long long)CR_REPLICATE_MAX);
    if (scenario->event_count > CR_EVENTS_MAX)
        return cr_error_set(error, CR_ERROR_CONFIG, "the timeline has %zu events; at most %d are allowed",
            scenario->event_count, (int)CR_EVENTS_MAX);
    return 0;
}

static void visit_part(const struct cr_registry *registry, const void *object, const char *prefix, const char *name,
    cr_scenario_visitor *visit, void *context) {
    for (size_t i = 0; i < registry->count; i++) {
        const struct cr_field *const field = &registry->fields[i];
        char key[KEY_SIZE], value[64];
        cr_text_format(key, sizeof key, "%s%s%s%s", prefix, name, *name ? "." : "", field->key);
        visit(context, key, cr_field_format(field, object, value, sizeof value), field);
    }
}

void cr_scenario_visit(const struct cr_scenario *scenario, cr_scenario_visitor *visit, void *context) {
    visit_part(&cr_parameter_registry, &scenario->parameters, "", "", visit, context);
    for (size_t i = 0; i < scenario->profile_count; i++)
        visit_part(&cr_profile_registry, &scenario->profiles[i].profile, "profile.", scenario->profiles[i].name, visit,
            context);
    for (size_t i = 0; i < scenario->event_count; i++)
        visit_part(&cr_event_registry, &scenario->events[i].event, "event.", scenario->events[i].name, visit, context);
    for (size_t i = 0; i < scenario->change_count; i++) {
        const struct cr_change *const change = &scenario->changes[i];
        struct cr_parameters room;
        char key[KEY_SIZE], value[64];
        cr_field_store(change->field, &room, change->value);
        cr_text_format(key, sizeof key, "at.%d.%s", change->week, change->field->key);
        visit(context, key, cr_field_format(change->field, &room, value, sizeof value), change->field);
    }
}
