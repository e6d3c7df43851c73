#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "io/manifest.h"

static const struct cr_manifest_file files[] = {
    {"measures.csv", 120, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"people.csv", 4000, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}};

static void read_whole(const char *path, char *text, size_t size) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    (void)fclose(file);
}

/* Writes the manifest into a new folder, which is gone afterwards, and hands its text over. */
static char *manifest_of(const struct cr_scenario *scenario) {
    enum { SIZE = 1 << 18 };
    char folder[] = "/tmp/cradle_manifest_XXXXXX", path[64];
    char *text = malloc(SIZE);
    assert_non_null(text);
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/manifest.json", folder);
    assert_int_equal(cr_manifest_write(folder, scenario, files, 2, NULL), 0);
    read_whole(path, text, SIZE);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
    return text;
}

static int make_scenario(void **state) {
    struct cr_scenario *scenario = malloc(sizeof *scenario);
    if (!scenario)
        return -1;
    cr_scenario_init(scenario);
    (void)strcpy(scenario->name, "baseline");
    (void)strcpy(scenario->title, "Life as it is");
    *state = scenario;
    return 0;
}

static int free_scenario(void **state) {
    cr_scenario_free(*state);
    free(*state);
    return 0;
}

static void assign(struct cr_scenario *scenario, const char *assignment) {
    assert_int_equal(cr_scenario_assign(scenario, assignment, "", NULL), 0);
}

static void a_manifest_says_what_was_run_in_a_fixed_order(void **state) {
    struct cr_scenario *scenario = *state;
    assign(scenario, "run.seed=9007199254740991");
    assign(scenario, "run.years=2.1");
    assign(scenario, "run.people=50");
    char *text = manifest_of(scenario), fingerprint[CR_DIGEST_HEX_SIZE];
    cr_fingerprint(scenario, fingerprint);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    static const char *const keys[] = {"program", "version", "scenario", "seed", "replicates", "people", "years",
        "fingerprint", "parameters", "files"};
    const char *before = text;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "\n  \"%s\": ", keys[i]);
        before = strstr(before, line);
        assert_non_null(before);
    }
    assert_int_equal(json_object_size(root), 10);
    assert_string_equal(json_string_value(json_object_get(root, "program")), "cradle");
    assert_string_equal(json_string_value(json_object_get(root, "fingerprint")), fingerprint);
    assert_int_equal(json_integer_value(json_object_get(root, "seed")), INT64_C(9007199254740991));
    assert_int_equal(json_integer_value(json_object_get(root, "people")), 50);
    assert_non_null(strstr(text, "\"years\": 2.1,"));
    const json_t *named = json_object_get(root, "scenario");
    assert_string_equal(json_string_value(json_object_get(named, "name")), "baseline");
    assert_string_equal(json_string_value(json_object_get(named, "title")), "Life as it is");
    const json_t *second = json_array_get(json_object_get(root, "files"), 1);
    assert_string_equal(json_string_value(json_object_get(second, "name")), "people.csv");
    assert_int_equal(json_integer_value(json_object_get(second, "rows")), 4000);
    assert_string_equal(json_string_value(json_object_get(second, "sha256")), files[1].sha256);
    assert_true(strlen(text) > 2 && strcmp(text + strlen(text) - 2, "}\n") == 0);
    json_decref(root);
    free(text);
}

struct comparison {
    const json_t *parameters;
    size_t seen;
};

static void expect_in_json(void *context, const char *key, const char *value, const struct cr_field *field) {
    struct comparison *comparison = context;
    const json_t *found = json_object_get(comparison->parameters, key);
    comparison->seen++;
    switch (field->type) {
    case CR_REAL:
        assert_true(json_is_real(found));
        assert_true(json_real_value(found) == strtod(value, NULL));
        break;
    case CR_INTEGER:
        assert_true(json_is_integer(found));
        assert_int_equal(json_integer_value(found), strtoll(value, NULL, 10));
        break;
    case CR_BOOLEAN:
        assert_true(json_is_boolean(found));
        assert_int_equal(json_is_true(found), strcmp(value, "true") == 0);
        break;
    case CR_CHOICE:
        assert_string_equal(json_string_value(found), value);
        break;
    }
}

static void a_manifest_holds_every_parameter_with_all_its_digits(void **state) {
    struct cr_scenario *scenario = *state;
    struct cr_profile *profile;
    struct cr_event *event;
    assert_int_equal(cr_scenario_profile(scenario, "attuned", &profile, NULL), 0);
    assert_int_equal(cr_scenario_event(scenario, "war", &event, NULL), 0);
    profile->sensitivity = 0.1 + 0.2;
    event->replaces = true;
    assign(scenario, "at.650.couple.conflict_weight=1.1000000000000001");
    char *text = manifest_of(scenario);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    struct comparison comparison = {.parameters = json_object_get(root, "parameters")};
    cr_scenario_visit(scenario, expect_in_json, &comparison);
    assert_int_equal(json_object_size(comparison.parameters), comparison.seen);
    assert_non_null(json_object_get(comparison.parameters, "profile.attuned.sensitivity"));
    assert_non_null(json_object_get(comparison.parameters, "at.650.couple.conflict_weight"));
    json_decref(root);
    free(text);
}

static void equal_scenarios_give_equal_manifests(void **state) {
    char *first = manifest_of(*state), *second = manifest_of(*state);
    assert_string_equal(first, second);
    assert_null(strstr(first, "/tmp"));
    free(first);
    free(second);
}

static void a_title_in_another_encoding_does_not_lose_the_manifest(void **state) {
    struct cr_scenario *scenario = *state;
    (void)strcpy(scenario->title, "caf\xe9");
    char *text = manifest_of(scenario);
    assert_non_null(strstr(text, "\"title\": \"caf?\""));
    free(text);
    (void)strcpy(scenario->title, "caf\xc3\xa9 \"x\"");
    text = manifest_of(scenario);
    assert_non_null(strstr(text, "\"title\": \"caf\xc3\xa9 \\\"x\\\"\""));
    free(text);
}

static bool changes(struct cr_scenario *scenario, const char *assignment) {
    char before[CR_DIGEST_HEX_SIZE], after[CR_DIGEST_HEX_SIZE];
    cr_fingerprint(scenario, before);
    assign(scenario, assignment);
    cr_fingerprint(scenario, after);
    return strcmp(before, after) != 0;
}

static void whatever_can_change_a_result_changes_the_fingerprint(void **state) {
    struct cr_scenario *scenario = *state;
    struct cr_profile *profile;
    struct cr_event *event;
    assert_true(changes(scenario, "run.seed=77"));
    assert_true(changes(scenario, "run.years=12.25"));
    assert_true(changes(scenario, "run.people=77"));
    assert_true(changes(scenario, "run.replicates=77"));
    char before[CR_DIGEST_HEX_SIZE], after[CR_DIGEST_HEX_SIZE];
    cr_fingerprint(scenario, before);
    assert_int_equal(cr_scenario_profile(scenario, "attuned", &profile, NULL), 0);
    cr_fingerprint(scenario, after);
    assert_string_not_equal(before, after);
    assert_int_equal(cr_scenario_event(scenario, "war", &event, NULL), 0);
    assert_true(changes(scenario, "profile.attuned.sensitivity=0.51"));
    assert_true(changes(scenario, "event.war.age=3.5"));
    assert_true(changes(scenario, "event.war.replaces=true"));
    assert_true(changes(scenario, "at.52.times.load=1"));
    assert_true(changes(scenario, "at.52.times.load=2"));
    assert_true(changes(scenario, "at.53.times.load=2"));
}

static void what_cannot_change_a_result_leaves_the_fingerprint(void **state) {
    struct cr_scenario *scenario = *state;
    char before[CR_DIGEST_HEX_SIZE], after[CR_DIGEST_HEX_SIZE];
    cr_fingerprint(scenario, before);
    (void)strcpy(scenario->name, "other");
    (void)strcpy(scenario->title, "Another title");
    assert_false(changes(scenario, "run.seed=1"));
    cr_fingerprint(scenario, after);
    assert_string_equal(before, after);
    assert_int_equal(strlen(after), 64);
}

static void a_folder_that_is_not_there_is_named(void **state) {
    struct cr_error error = {0};
    assert_int_equal(cr_manifest_write("/nowhere/at/all", *state, files, 2, &error), CR_ERROR_IO);
    assert_string_equal(error.sentence, "cannot write /nowhere/at/all/manifest.json: No such file or directory");
}

/* Puts a text in the place of a manifest; the folder is gone once it has been taken away again. */
struct placed {
    char folder[32], path[64];
};

static void place(struct placed *placed, const char *text) {
    (void)strcpy(placed->folder, "/tmp/cradle_manifest_XXXXXX");
    assert_non_null(mkdtemp(placed->folder));
    (void)snprintf(placed->path, sizeof placed->path, "%s/manifest.json", placed->folder);
    FILE *file = fopen(placed->path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void take_away(const struct placed *placed) {
    assert_int_equal(unlink(placed->path), 0);
    assert_int_equal(rmdir(placed->folder), 0);
}

static int read_text(const char *text, struct cr_manifest_summary *summary, struct cr_error *error) {
    struct placed placed;
    place(&placed, text);
    const int status = cr_manifest_read(placed.folder, summary, error);
    take_away(&placed);
    return status;
}

static void what_was_written_is_read(void **state) {
    struct cr_scenario *scenario = *state;
    struct cr_manifest_summary summary;
    struct cr_error error = {0};
    assign(scenario, "run.years=2.1");
    assign(scenario, "run.people=50");
    assign(scenario, "run.replicates=7");
    char *text = manifest_of(scenario);
    assert_int_equal(read_text(text, &summary, &error), 0);
    assert_string_equal(summary.name, "baseline");
    assert_int_equal(summary.people, 50);
    assert_int_equal(summary.replicates, 7);
    assert_true(summary.years == 2.1);
    free(text);
}

static void what_is_no_manifest_of_a_run_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"", "{", "[]", "{\"program\": \"cradle\"}",
        "{\"program\": \"other\", \"scenario\": {\"name\": \"a\"}, \"people\": 1, \"replicates\": 1, \"years\": 1}",
        "{\"program\": \"cradle\", \"scenario\": {\"name\": \"a\"}, \"people\": 1.5, \"replicates\": 1, \"years\": 1}",
        "{\"program\": \"cradle\", \"scenario\": {\"name\": \"a\"}, \"people\": 1, \"replicates\": 0, \"years\": 1}",
        "{\"program\": \"cradle\", \"scenario\": {\"name\": \"a\"}, \"people\": 1, \"replicates\": 1, \"years\": -1}",
        "{\"program\": \"cradle\", \"scenario\": \"a\", \"people\": 1, \"replicates\": 1, \"years\": 1}"};
    struct cr_manifest_summary summary;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct cr_error error = {0};
        assert_int_equal(read_text(texts[i], &summary, &error), CR_ERROR_USAGE);
        assert_non_null(
            strstr(error.sentence, " has no manifest.json of a complete run; name the folder that cradle run"));
    }
    struct cr_error error = {0};
    assert_int_equal(cr_manifest_read("/nowhere/at/all", &summary, &error), CR_ERROR_USAGE);
    assert_memory_equal(error.sentence, "/nowhere/at/all has no manifest.json", 36);
    assert_int_equal(read_text("{\"program\": \"cradle\", \"scenario\": {\"name\": \"a\"}, \"people\": 1, "
                               "\"replicates\": 1, \"years\": 1}",
                         &summary, &error),
        0);
}

static void a_name_or_path_that_is_too_long_is_refused_and_not_cut(void **state) {
    (void)state;
    struct cr_manifest_summary summary;
    struct cr_error error = {0};
    char text[512], name[201], path[5001];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    memset(path, 'p', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    (void)snprintf(text, sizeof text,
        "{\"program\": \"cradle\", \"scenario\": {\"name\": \"%s\"}, \"people\": 1, \"replicates\": 1, \"years\": 1}",
        name);
    assert_int_equal(read_text(text, &summary, &error), CR_ERROR_USAGE);
    error = (struct cr_error){0};
    assert_int_equal(cr_manifest_read(path, &summary, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "is too long"));
}

static void a_scenario_comes_back_from_its_manifest(void **state) {
    struct cr_scenario *scenario = *state, again;
    struct cr_profile *profile;
    struct cr_event *event;
    struct cr_error error = {0};
    struct placed placed;
    static const char *const names[] = {"zeal", "1st", "attuned", "_war-2"};
    for (int k = 0; k < 4; k++) {
        assert_int_equal(cr_scenario_profile(scenario, names[k], &profile, NULL), 0);
        assert_int_equal(cr_scenario_event(scenario, names[3 - k], &event, NULL), 0);
        profile->share = 0.1 + 0.2 * k;
        event->age = 1.0 / 3.0 + k;
        event->replaces = k % 2 == 0;
    }
    assign(scenario, "run.seed=9007199254740991");
    assign(scenario, "run.first_replicate=3");
    assign(scenario, "caregiving.form=profiles");
    assign(scenario, "at.90.times.load=2.0000000000000004");
    assign(scenario, "at.90.learning.rate=0.5");
    assign(scenario, "at.9.times.load=3");
    char *text = manifest_of(scenario), before[CR_DIGEST_HEX_SIZE], after[CR_DIGEST_HEX_SIZE];
    place(&placed, text);
    memset(&again, 0x5a, sizeof again);
    if (cr_manifest_scenario(placed.folder, &again, &error) != 0)
        fail_msg("%s", error.sentence);
    take_away(&placed);
    cr_fingerprint(scenario, before);
    cr_fingerprint(&again, after);
    assert_string_equal(before, after);
    assert_string_equal(again.name, "baseline");
    assert_string_equal(again.title, "Life as it is");
    assert_int_equal(again.parameters.run_seed, INT64_C(9007199254740991));
    assert_string_equal(again.profiles[0].name, "zeal");
    assert_string_equal(again.events[0].name, "_war-2");
    assert_int_equal(again.change_count, 3);
    char *text_again = manifest_of(&again);
    assert_string_equal(text, text_again);
    cr_scenario_free(&again);
    free(text);
    free(text_again);
}

/* The manifest with `was` in place of its first `is` cannot be replayed, for a reason that begins so. */
static void refused(struct cr_scenario *scenario, const char *is, const char *was, const char *reason) {
    struct cr_scenario again;
    struct cr_error error = {0};
    struct placed placed;
    char *text = manifest_of(scenario), expected[600];
    char *found = strstr(text, is);
    assert_non_null(found);
    char *altered = malloc(strlen(text) + strlen(was) + 1);
    assert_non_null(altered);
    (void)sprintf(altered, "%.*s%s%s", (int)(found - text), text, was, found + strlen(is));
    place(&placed, altered);
    assert_int_equal(cr_manifest_scenario(placed.folder, &again, &error), CR_ERROR_USAGE);
    take_away(&placed);
    (void)snprintf(expected, sizeof expected, "%s cannot be replayed: %s", placed.path, reason);
    assert_memory_equal(error.sentence, expected, strlen(expected));
    cr_scenario_free(&again);
    free(text);
    free(altered);
}

static void a_manifest_that_this_program_would_not_live_alike_is_refused(void **state) {
    struct cr_scenario *scenario = *state;
    assign(scenario, "at.90.times.load=3");
    static const char altered[] = "it has been altered: its parameters do not have its fingerprint";
    refused(scenario, "\"version\": \"", "\"version\": \"0.0.", "the run was made by version 0.0.");
    refused(scenario, "\"run.people\": 4000", "\"run.people\": 4001", altered);
    refused(scenario, "    \"run.people\": 4000,\n", "    \"event.war.age\": 3.0,\n", altered);
    refused(scenario, "at.90.times.load", "at.91.times.load", altered);
    refused(scenario, "at.90.times.load", "at.90.times.lode",
        "unknown parameter at.90.times.lode; did you mean at.90.times.load?");
    refused(scenario, "\"run.people\": 4000", "\"run.people\": 1",
        "run.people must be a whole number from 2 to 10000000, not 1");
    refused(scenario, "\"run.people\": 4000", "\"run.people\": 10.5",
        "run.people must be a whole number from 2 to 10000000, not 10.5");
    refused(scenario, "\"run.people\": 4000", "\"run.people\": null",
        "run.people must be a whole number from 2 to 10000000, not empty");
    refused(scenario, "\"run.people\"", "\"event.a b.age\"",
        "the name of an event must be a word of at most 63 letters, digits, '_' or '-', not \"a b\"");
    refused(scenario, "\"distribution\"", "\"profiles\"", altered);
    refused(scenario, "\"name\": \"baseline\"", "\"name\": \"a b\"",
        "its scenario has a name that is no word, or too long a title");
    refused(scenario, "\"title\"", "\"heading\"", "it does not tell of a scenario");
}

static void where_there_is_no_manifest_there_is_no_scenario(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    assert_int_equal(cr_manifest_scenario("/nowhere/at/all", &scenario, &error), CR_ERROR_USAGE);
    assert_string_equal(error.sentence,
        "/nowhere/at/all has no manifest.json of a complete run; name the folder that cradle run --out wrote");
    cr_scenario_free(&scenario);
}

#define OF_A_SCENARIO(test) cmocka_unit_test_setup_teardown(test, make_scenario, free_scenario)

int main(void) {
    const struct CMUnitTest tests[] = {
        OF_A_SCENARIO(a_manifest_says_what_was_run_in_a_fixed_order),
        OF_A_SCENARIO(a_manifest_holds_every_parameter_with_all_its_digits),
        OF_A_SCENARIO(equal_scenarios_give_equal_manifests),
        OF_A_SCENARIO(a_title_in_another_encoding_does_not_lose_the_manifest),
        OF_A_SCENARIO(whatever_can_change_a_result_changes_the_fingerprint),
        OF_A_SCENARIO(what_cannot_change_a_result_leaves_the_fingerprint),
        OF_A_SCENARIO(a_folder_that_is_not_there_is_named),
        OF_A_SCENARIO(what_was_written_is_read),
        cmocka_unit_test(what_is_no_manifest_of_a_run_is_refused),
        OF_A_SCENARIO(a_scenario_comes_back_from_its_manifest),
        OF_A_SCENARIO(a_manifest_that_this_program_would_not_live_alike_is_refused),
        cmocka_unit_test(where_there_is_no_manifest_there_is_no_scenario),
        cmocka_unit_test(a_name_or_path_that_is_too_long_is_refused_and_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
