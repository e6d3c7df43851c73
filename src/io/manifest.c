#include "io/manifest.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/text.h"
#include "io/whole_file.h"

static void add_to_fingerprint(void *context, const char *key, const char *value, const struct cr_field *field) {
    (void)field;
    struct cr_digest *digest = context;
    cr_digest_update(digest, key, strlen(key));
    cr_digest_update(digest, "=", 1);
    cr_digest_update(digest, value, strlen(value));
    cr_digest_update(digest, "\n", 1);
}

void cr_fingerprint(const struct cr_scenario *scenario, char hex[CR_DIGEST_HEX_SIZE]) {
    static const char program[] = "cradle " CR_VERSION "\n";
    struct cr_digest digest;
    cr_digest_init(&digest);
    cr_digest_update(&digest, program, sizeof program - 1);
    cr_scenario_visit(scenario, add_to_fingerprint, &digest);
    cr_digest_hex(&digest, hex);
}

struct parameters {
    json_t *object;
    size_t digits; /* significant digits that all reals need */
    bool failed;
};

/* Jansson writes all reals of a text with one number of digits. */
static size_t digits_needed(double value) {
    char text[40];
    for (int digits = 1; digits < 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) /* snprintf and strtod agree on the locale */
            return (size_t)digits;
    }
    return 17;
}

static json_t *value_of(struct parameters *parameters, const char *value, const struct cr_field *field) {
    double real;
    int64_t integer;
    switch (field->type) {
    case CR_REAL:
        if (cr_text_to_real(value, &real) != 0)
            return NULL;
        if (digits_needed(real) > parameters->digits)
            parameters->digits = digits_needed(real);
        return json_real(real);
    case CR_INTEGER:
        return cr_text_to_integer(value, &integer) == 0 ? json_integer(integer) : NULL;
    case CR_BOOLEAN:
        return json_boolean(strcmp(value, "true") == 0);
    case CR_CHOICE:
        return json_string(value);
    }
    return NULL;
}

static void add_parameter(void *context, const char *key, const char *value, const struct cr_field *field) {
    struct parameters *parameters = context;
    if (json_object_set_new(parameters->object, key, value_of(parameters, value, field)) != 0)
        parameters->failed = true;
}

static json_t *describe_files(const struct cr_manifest_file *files, size_t file_count) {
    json_t *array = json_array();
    for (size_t i = 0; i < file_count && array; i++) {
        json_t *file = json_pack(
            "{s:s, s:I, s:s}", "name", files[i].name, "rows", (json_int_t)files[i].rows, "sha256", files[i].sha256);
        if (json_array_append_new(array, file) != 0) {
            json_decref(array);
            array = NULL;
        }
    }
    return array;
}

/* The manifest comes after a long run, so a title in another encoding must not keep it from being written. */
static json_t *describe_scenario(const struct cr_scenario *scenario) {
    char title[sizeof scenario->title];
    memcpy(title, scenario->title, sizeof title);
    if (!cr_text_is_utf8(title, strlen(title)))
        for (char *c = title; *c; c++)
            if ((unsigned char)*c >= 0x80)
                *c = '?';
    return json_pack("{s:s, s:s}", "name", scenario->name, "title", title);
}

int cr_manifest_write(const char *directory, const struct cr_scenario *scenario, const struct cr_manifest_file *files,
    size_t file_count, struct cr_error *error) {
    const struct cr_parameters *run = &scenario->parameters;
    struct cr_whole_file file = {0};
    struct parameters parameters = {.object = json_object(), .digits = digits_needed(run->run_years)};
    char fingerprint[CR_DIGEST_HEX_SIZE];
    json_t *root = NULL;
    char *text = NULL;
    int code = 0;
    cr_fingerprint(scenario, fingerprint);
    if (parameters.object)
        cr_scenario_visit(scenario, add_parameter, &parameters);
    json_t *described = describe_files(files, file_count);
    if (parameters.object && !parameters.failed && described)
        root = json_pack("{s:s, s:s, s:o, s:I, s:I, s:I, s:f, s:s, s:O, s:O}", "program", "cradle", "version",
            CR_VERSION, "scenario", describe_scenario(scenario), "seed", (json_int_t)run->run_seed, "replicates",
            (json_int_t)run->run_replicates, "people", (json_int_t)run->run_people, "years", run->run_years,
            "fingerprint", fingerprint, "parameters", parameters.object, "files", described);
    if (root)
        text = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(parameters.digits));
    if (!text) {
        code = cr_error_set(error, CR_ERROR_MEMORY, "cannot put the manifest of %s together", scenario->name);
        goto out;
    }
    code = cr_whole_file_open(&file, directory, "manifest.json", error);
    if (!code)
        code = cr_whole_file_write(&file, text, strlen(text), error);
    if (!code)
        code = cr_whole_file_write(&file, "\n", 1, error);
    if (!code)
        code = cr_whole_file_finish(&file, NULL, error);
out:
    cr_whole_file_free(&file);
    free(text);
    json_decref(root);
    json_decref(described);
    json_decref(parameters.object);
    return code;
}

static int not_a_run(const char *directory, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_USAGE,
        "%.300s has no manifest.json of a complete run; name the folder that cradle run --out wrote", directory);
}

/* The manifest of a folder; NULL, and a sentence, if there is none. */
static json_t *load(const char *directory, struct cr_error *error) {
    char path[4096];
    json_error_t wrong;
    if ((size_t)snprintf(path, sizeof path, "%s/manifest.json", directory) >= sizeof path) {
        cr_error_set(error, CR_ERROR_USAGE, "the path %.64s... is too long", directory);
        return NULL;
    }
    json_t *root = json_load_file(path, 0, &wrong);
    const char *program = NULL;
    if (root != NULL && json_unpack(root, "{s:s}", "program", &program) == 0 && strcmp(program, "cradle") == 0)
        return root;
    json_decref(root);
    not_a_run(directory, error);
    return NULL;
}

int cr_manifest_read(const char *directory, struct cr_manifest_summary *summary, struct cr_error *error) {
    const char *name = NULL;
    json_int_t people = 0, replicates = 0;
    double years = 0.0;
    json_t *root = load(directory, error);
    if (root == NULL)
        return CR_ERROR_USAGE;
    const bool unpacked = json_unpack(root, "{s:{s:s}, s:I, s:I, s:F}", "scenario", "name", &name, "people", &people,
                              "replicates", &replicates, "years", &years) == 0;
    const bool ours = unpacked && strlen(name) < sizeof summary->name && people > 0 && replicates > 0 && years > 0.0;
    if (ours) {
        *summary = (struct cr_manifest_summary){.people = people, .replicates = replicates, .years = years};
        (void)snprintf(summary->name, sizeof summary->name, "%s", name);
    }
    json_decref(root);
    return ours ? 0 : not_a_run(directory, error);
}

/* The profile or event that a key names is made when it first comes up, so that they keep their order. */
static int make_part(struct cr_scenario *scenario, const char *key, struct cr_error *error) {
    const bool is_profile = strncmp(key, "profile.", 8) == 0;
    if (!is_profile && strncmp(key, "event.", 6) != 0)
        return 0;
    const char *const begin = strchr(key, '.') + 1;
    char name[CR_SCENARIO_NAME_SIZE + 1];
    struct cr_profile *profile;
    struct cr_event *event;
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(begin, "."), begin);
    return is_profile ? cr_scenario_profile(scenario, name, &profile, error)
                      : cr_scenario_event(scenario, name, &event, error);
}

static int set_parameter(struct cr_scenario *scenario, const char *key, const json_t *value, struct cr_error *error) {
    const int code = make_part(scenario, key, error);
    if (code)
        return code;
    if (json_is_number(value))
        return cr_scenario_set(scenario, key, json_number_value(value), "", error);
    if (json_is_boolean(value))
        return cr_scenario_set(scenario, key, json_is_true(value), "", error);
    char assignment[512];
    (void)snprintf(assignment, sizeof assignment, "%s=%s", key, json_is_string(value) ? json_string_value(value) : "");
    return cr_scenario_assign(scenario, assignment, "", error);
}

static int read_scenario(json_t *root, struct cr_scenario *scenario, struct cr_error *error) {
    const char *version, *name, *title, *fingerprint;
    json_t *parameters;
    if (json_unpack(root, "{s:s, s:{s:s, s:s}, s:s, s:o}", "version", &version, "scenario", "name", &name, "title",
            &title, "fingerprint", &fingerprint, "parameters", &parameters) != 0)
        return cr_error_set(error, CR_ERROR_USAGE, "it does not tell of a scenario");
    if (strcmp(version, CR_VERSION) != 0)
        return cr_error_set(error, CR_ERROR_USAGE,
            "the run was made by version %.32s, and this is " CR_VERSION ", which may not live it alike", version);
    if ((*name != '\0' && !cr_text_is_word(name, sizeof scenario->name - 1)) || strlen(title) >= sizeof scenario->title)
        return cr_error_set(error, CR_ERROR_USAGE, "its scenario has a name that is no word, or too long a title");
    strcpy(scenario->name, name);
    strcpy(scenario->title, title);
    const char *key;
    json_t *value;
    int code = 0;
    json_object_foreach(parameters, key, value) {
        code = set_parameter(scenario, key, value, error);
        if (code)
            return code;
    }
    char own[CR_DIGEST_HEX_SIZE];
    cr_fingerprint(scenario, own);
    if (strcmp(own, fingerprint) != 0)
        return cr_error_set(error, CR_ERROR_USAGE, "it has been altered: its parameters do not have its fingerprint");
    return cr_scenario_check(scenario, error);
}

int cr_manifest_scenario(const char *directory, struct cr_scenario *scenario, struct cr_error *error) {
    cr_scenario_init(scenario);
    json_t *root = load(directory, error);
    if (root == NULL)
        return CR_ERROR_USAGE;
    struct cr_error own = {0};
    const int code = read_scenario(root, scenario, &own);
    json_decref(root);
    if (code == 0 || code == CR_ERROR_MEMORY)
        return code ? cr_error_set(error, code, "%s", own.sentence) : 0;
    return cr_error_set(
        error, CR_ERROR_USAGE, "%.200s/manifest.json cannot be replayed: %.280s", directory, own.sentence);
}
