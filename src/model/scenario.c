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
    scenario->profiles = NULL;
    scenario->profile_count = 0;
    scenario->events = NULL;
    scenario->event_count = 0;
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

int cr_scenario_find(struct cr_scenario *scenario, const char *key, const struct cr_field **field, void **object,
    const char *where, struct cr_error *error) {
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

int cr_scenario_assign(
    struct cr_scenario *scenario, const char *assignment, const char *where, struct cr_error *error) {
    const char *const equals = strchr(assignment, '=');
    const size_t length = equals ? (size_t)(equals - assignment) : 0;
    if (length == 0)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "%san assignment must be written key=value, such as %s=%s, not %.80s", where, "run.people", "1000",
            *assignment ? assignment : "empty");
    char key[KEY_SIZE];
    if (length >= sizeof key)
        return cr_error_set(error, CR_ERROR_CONFIG, "%sno key is as long as %.80s...", where, assignment);
    memcpy(key, assignment, length);
    key[length] = '\0';
    const struct cr_field *field = NULL;
    void *object = NULL;
    const int code = cr_scenario_find(scenario, key, &field, &object, where, error);
    if (code || !field)
        return code;
    /* A field of a profile is known by its bare name; the sentence shall name the whole key. */
    char full_where[512];
    cr_text_format(full_where, sizeof full_where, "%s%.*s", where, (int)(length - strlen(field->key)), key);
    return cr_field_set_text(field, object, equals + 1, full_where, error);
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
}
