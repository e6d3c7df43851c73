#include "io/config.h"

#include <libconfig.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "io/config_field.h"
#include "io/config_file.h"

/* "path:line: " and "profile.<name>." */
enum { PREFIX_SIZE = CR_CONFIG_WHERE_SIZE + CR_SCENARIO_NAME_SIZE + 16 };

/* The files that extend one another, the one being read first. */
struct chain {
    const struct chain *extender;
    dev_t device;
    ino_t inode;
    unsigned length;
};

static const char *const top_settings[] = {"name", "title", "extends", "profiles", "events", "changes"};
enum { TOP_SETTINGS = sizeof top_settings / sizeof *top_settings };

static int refuse(const struct cr_config_file *file, const config_setting_t *setting, struct cr_error *error,
    const char *what, const char *detail) {
    char where[CR_CONFIG_WHERE_SIZE];
    return cr_error_set(error, CR_ERROR_CONFIG, "%s%s%s", cr_config_file_where(file, setting, where), what, detail);
}

static int read_fields(const struct cr_config_file *file, const config_setting_t *group,
    const struct cr_registry *registry, const char *path, void *object, struct cr_error *error) {
    int code = 0;
    for (int i = 0; code == 0 && i < config_setting_length(group); i++) {
        const config_setting_t *const setting = config_setting_get_elem(group, (unsigned)i);
        const char *const name = config_setting_name(setting);
        char where[CR_CONFIG_WHERE_SIZE], prefix[PREFIX_SIZE];
        cr_text_format(prefix, sizeof prefix, "%s%s", cr_config_file_where(file, setting, where), path);
        const struct cr_field *const field = cr_registry_find(registry, name);
        if (field) {
            code = cr_config_field_set(field, object, setting, prefix, error);
        } else {
            struct cr_nearest nearest = CR_NEAREST_INIT;
            for (size_t k = 0; k < registry->count; k++)
                cr_nearest_consider(&nearest, name, registry->fields[k].key);
            code = cr_error_set(error, CR_ERROR_CONFIG, "%sunknown %s %s%.80s%s%s%s", where, registry->noun, path, name,
                nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
        }
    }
    return code;
}

/* `make` finds or adds the part of that name and yields its struct. */
typedef int part_maker(struct cr_scenario *scenario, const char *name, void **object, struct cr_error *error);

static int make_profile(struct cr_scenario *scenario, const char *name, void **object, struct cr_error *error) {
    struct cr_profile *profile = NULL;
    const int code = cr_scenario_profile(scenario, name, &profile, error);
    *object = profile;
    return code;
}

static int make_event(struct cr_scenario *scenario, const char *name, void **object, struct cr_error *error) {
    struct cr_event *event = NULL;
    const int code = cr_scenario_event(scenario, name, &event, error);
    *object = event;
    return code;
}

static int read_parts(const struct cr_config_file *file, const config_setting_t *group, const char *noun,
    const struct cr_registry *registry, part_maker *make, struct cr_scenario *scenario, struct cr_error *error) {
    char form[128];
    cr_text_format(
        form, sizeof form, "s must be a group of named groups, such as %ss : { some_name : { ... }; };", noun);
    if (!config_setting_is_group(group))
        return refuse(file, group, error, noun, form);
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *const part = config_setting_get_elem(group, (unsigned)i);
        const char *const name = config_setting_name(part);
        if (!config_setting_is_group(part))
            return refuse(file, part, error, noun, form);
        void *object;
        struct cr_error own = {0};
        int code = make(scenario, name, &object, &own);
        if (code) {
            char where[CR_CONFIG_WHERE_SIZE];
            return cr_error_set(error, own.code, "%s%.250s", cr_config_file_where(file, part, where), own.sentence);
        }
        char path[CR_SCENARIO_NAME_SIZE + 16];
        cr_text_format(path, sizeof path, "%s.%s.", noun, name);
        code = read_fields(file, part, registry, path, object, error);
        if (code)
            return code;
    }
    return 0;
}

static const char *const change_settings[] = {"week", "key", "value"};
enum { CHANGE_WEEK, CHANGE_KEY, CHANGE_VALUE, CHANGE_SETTINGS };

/* Read as a parameter is, into an int64_t of its own. */
static const struct cr_field week_of_change = {
    .key = "the week of a change", .type = CR_INTEGER, .maximum = CR_CHANGE_WEEK_MAX, .unit = "weeks"};

/* Finds the settings of one change: all of them, and nothing else. */
static int find_change_settings(const struct cr_config_file *file, const config_setting_t *change,
    const config_setting_t *found[CHANGE_SETTINGS], struct cr_error *error) {
    for (int i = 0; i < config_setting_length(change); i++) {
        const config_setting_t *const setting = config_setting_get_elem(change, (unsigned)i);
        const char *const name = config_setting_name(setting);
        struct cr_nearest nearest = CR_NEAREST_INIT;
        int which = 0;
        while (which < CHANGE_SETTINGS && strcmp(name, change_settings[which]) != 0)
            cr_nearest_consider(&nearest, name, change_settings[which++]);
        if (which == CHANGE_SETTINGS)
            return cr_config_refuse(file, setting, error, "unknown setting of a change %.80s%s%s%s", name,
                nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
        found[which] = setting;
    }
    for (int which = 0; which < CHANGE_SETTINGS; which++)
        if (!found[which])
            return cr_config_refuse(file, change, error, "a change must have a %s", change_settings[which]);
    return 0;
}

static int read_change(const struct cr_config_file *file, const config_setting_t *change, struct cr_scenario *scenario,
    struct cr_error *error) {
    const config_setting_t *found[CHANGE_SETTINGS] = {NULL};
    int code = find_change_settings(file, change, found, error);
    if (code)
        return code;
    int64_t week = 0;
    char where[CR_CONFIG_WHERE_SIZE];
    code = cr_config_field_set(
        &week_of_change, &week, found[CHANGE_WEEK], cr_config_file_where(file, found[CHANGE_WEEK], where), error);
    if (code)
        return code;
    const char *key;
    code = cr_config_line(file, found[CHANGE_KEY], "the key of a change", &key, error);
    if (code)
        return code;
    struct cr_parameters room;
    const struct cr_field *const field = cr_registry_find(&cr_parameter_registry, key);
    if (!field)
        return cr_registry_unknown(
            &cr_parameter_registry, key, cr_config_file_where(file, found[CHANGE_KEY], where), error);
    cr_config_file_where(file, found[CHANGE_VALUE], where);
    code = cr_config_field_set(field, &room, found[CHANGE_VALUE], where, error);
    return code ? code
                : cr_scenario_change(scenario, (int32_t)week, field, cr_field_get(field, &room),
                      cr_config_file_where(file, found[CHANGE_KEY], where), error);
}

static int read_changes(const struct cr_config_file *file, const config_setting_t *list, struct cr_scenario *scenario,
    struct cr_error *error) {
    static const char form[] = "changes must be a list of groups, such as "
                               "changes : ( { week = 520; key = \"times.load\"; value = 2.0; } );";
    if (!config_setting_is_list(list))
        return refuse(file, list, error, form, "");
    int code = 0;
    for (int i = 0; code == 0 && i < config_setting_length(list); i++) {
        const config_setting_t *const change = config_setting_get_elem(list, (unsigned)i);
        code = config_setting_is_group(change) ? read_change(file, change, scenario, error)
                                               : refuse(file, change, error, form, "");
    }
    return code;
}

static bool is_group_of_parameters(const char *name) {
    const size_t length = strlen(name);
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const char *const key = cr_parameter_registry.fields[i].key;
        if (strncmp(key, name, length) == 0 && key[length] == '.')
            return true;
    }
    return false;
}

static int unknown_setting(const struct cr_config_file *file, const config_setting_t *setting, struct cr_error *error) {
    const char *const name = config_setting_name(setting);
    struct cr_nearest nearest = CR_NEAREST_INIT;
    for (size_t i = 0; i < TOP_SETTINGS; i++)
        cr_nearest_consider(&nearest, name, top_settings[i]);
    char best[128] = "", where[CR_CONFIG_WHERE_SIZE];
    if (nearest.best)
        cr_text_format(best, sizeof best, "%s", nearest.best);
    const char *alike = NULL;
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const char *const key = cr_parameter_registry.fields[i].key;
        const char *const dot = strchr(key, '.');
        char group[64];
        const size_t before = nearest.distance;
        cr_text_format(group, sizeof group, "%.*s", (int)(dot - key), key);
        cr_nearest_consider(&nearest, name, group);
        if (nearest.distance < before)
            cr_text_format(best, sizeof best, "%s", group);
        if (strcmp(dot + 1, name) == 0)
            alike = key;
    }
    cr_config_file_where(file, setting, where);
    if (alike)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "%sunknown setting %s; did you mean %s, written %.*s : { %s = ...; };?", where, name, alike,
            (int)strcspn(alike, "."), alike, name);
    return cr_error_set(error, CR_ERROR_CONFIG, "%sunknown %s %.80s%s%s%s", where,
        config_setting_is_group(setting) ? "group" : "setting", name, *best ? "; did you mean " : "", best,
        *best ? "?" : "");
}

static int read_setting(const struct cr_config_file *file, const config_setting_t *setting,
    struct cr_scenario *scenario, struct cr_error *error) {
    const char *const name = config_setting_name(setting);
    if (strcmp(name, "extends") == 0)
        return 0;
    if (strcmp(name, "name") == 0)
        return cr_config_name(file, setting, scenario->name, error);
    if (strcmp(name, "title") == 0)
        return cr_config_title(file, setting, scenario->title, sizeof scenario->title, error);
    if (strcmp(name, "profiles") == 0)
        return read_parts(file, setting, "profile", &cr_profile_registry, make_profile, scenario, error);
    if (strcmp(name, "events") == 0)
        return read_parts(file, setting, "event", &cr_event_registry, make_event, scenario, error);
    if (strcmp(name, "changes") == 0)
        return read_changes(file, setting, scenario, error);
    if (!is_group_of_parameters(name))
        return unknown_setting(file, setting, error);
    if (!config_setting_is_group(setting)) {
        char form[160];
        cr_text_format(form, sizeof form, " must be a group, such as %s : { ... };", name);
        return refuse(file, setting, error, name, form);
    }
    for (int i = 0; i < config_setting_length(setting); i++) {
        const config_setting_t *const child = config_setting_get_elem(setting, (unsigned)i);
        char key[256], where[CR_CONFIG_WHERE_SIZE];
        cr_text_format(key, sizeof key, "%s.%s", name, config_setting_name(child));
        cr_config_file_where(file, child, where);
        const struct cr_field *const field = cr_registry_find(&cr_parameter_registry, key);
        const int code = field ? cr_config_field_set(field, &scenario->parameters, child, where, error)
                               : cr_registry_unknown(&cr_parameter_registry, key, where, error);
        if (code)
            return code;
    }
    return 0;
}

static int load(const char *path, const struct chain *extender, struct cr_scenario *scenario, struct cr_error *error);

static int read_base(const struct cr_config_file *file, const config_setting_t *setting, const struct chain *chain,
    struct cr_scenario *scenario, struct cr_error *error) {
    const char *const relative = config_setting_get_string(setting);
    char path[CR_CONFIG_PATH_SIZE], where[CR_CONFIG_WHERE_SIZE];
    struct stat status;
    if (!relative)
        return refuse(file, setting, error, "extends must name a file in quotes", ", such as \"../baseline.cfg\"");
    if (chain->length >= CR_CONFIG_EXTENDS)
        return refuse(file, setting, error, "too many files extend each other", " (over 16)");
    const int code = cr_config_file_beside(file, setting, relative, path, error);
    if (code)
        return code;
    cr_config_file_where(file, setting, where);
    for (const struct chain *each = chain; each && stat(path, &status) == 0; each = each->extender)
        if (each->device == status.st_dev && each->inode == status.st_ino)
            return cr_error_set(error, CR_ERROR_CONFIG, "%sa scenario cannot extend itself, not even by way of %.150s",
                where, relative);
    if (stat(path, &status) != 0)
        return cr_error_set(error, CR_ERROR_CONFIG, "%scannot read %.200s, which this scenario extends", where, path);
    return load(path, chain, scenario, error);
}

/* Reads one file, after what it extends, into a scenario that is already filled. */
static int load(const char *path, const struct chain *extender, struct cr_scenario *scenario, struct cr_error *error) {
    struct cr_config_file file;
    int code = cr_config_file_read(path, &file, error);
    if (code == 0) {
        struct stat status = {0};
        struct chain chain = {.extender = extender, .length = extender ? extender->length + 1 : 1};
        if (stat(path, &status) == 0) {
            chain.device = status.st_dev;
            chain.inode = status.st_ino;
        }
        const config_setting_t *const root = config_root_setting(&file.config);
        const config_setting_t *const extends = config_setting_get_member(root, "extends");
        if (extends)
            code = read_base(&file, extends, &chain, scenario, error);
        scenario->name[0] = scenario->title[0] = '\0';
        for (int i = 0; code == 0 && i < config_setting_length(root); i++)
            code = read_setting(&file, config_setting_get_elem(root, (unsigned)i), scenario, error);
    }
    cr_config_file_free(&file);
    return code;
}

int cr_config_load_scenario(const char *path, struct cr_scenario *scenario, struct cr_error *error) {
    cr_scenario_init(scenario);
    const int code = load(path, NULL, scenario, error);
    if (code == 0 && !*scenario->name)
        cr_config_name_after_file(path, scenario->name);
    return code;
}

int cr_config_check_scenario(const char *path, const struct cr_scenario *scenario, struct cr_error *error) {
    struct cr_error own = {0};
    const int code = cr_scenario_check(scenario, &own);
    if (code)
        cr_error_set(error, own.code, "%.240s: %.250s", path, own.sentence);
    return code;
}

int cr_config_read_scenario(const char *path, struct cr_scenario *scenario, struct cr_error *error) {
    const int code = cr_config_load_scenario(path, scenario, error);
    return code ? code : cr_config_check_scenario(path, scenario, error);
}
