#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing_allocation.h"
#include "io/config.h"
#include "io/config_file.h"

#define FIXTURES CR_SOURCE_DIR "/tests/fixtures/"

/* A folder of its own for the files that a test writes. */
struct place {
    char folder[64];
    char path[96]; /* of x.cfg in it */
};

static int make_place(void **state) {
    struct place *const place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    snprintf(place->folder, sizeof place->folder, "/tmp/cradle_config_XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->path, sizeof place->path, "%s/x.cfg", place->folder);
    *state = place;
    return 0;
}

static int clear_place(void **state) {
    struct place *const place = *state;
    unlink(place->path);
    rmdir(place->folder);
    free(place);
    return 0;
}

static void write_bytes(const struct place *place, const char *bytes, size_t size) {
    FILE *const stream = fopen(place->path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

static void accepted(const struct place *place, const char *text, struct cr_scenario *scenario) {
    struct cr_error error = {0};
    write_bytes(place, text, strlen(text));
    const int code = cr_config_read_scenario(place->path, scenario, &error);
    if (code)
        fail_msg("%s", error.sentence);
}

static void refused_bytes(const struct place *place, const char *bytes, size_t size, const char *sentence) {
    struct cr_scenario scenario;
    struct cr_error error = {0};
    write_bytes(place, bytes, size);
    assert_int_equal(cr_config_read_scenario(place->path, &scenario, &error), CR_ERROR_CONFIG);
    cr_scenario_free(&scenario);
    assert_memory_equal(error.sentence, place->path, strlen(place->path));
    assert_string_equal(error.sentence + strlen(place->path), sentence);
}

static void refused(const struct place *place, const char *text, const char *sentence) {
    refused_bytes(place, text, strlen(text), sentence);
}

static void refused_file(const char *name, int expected, const char *part) {
    struct cr_scenario scenario;
    struct cr_error error = {0};
    char path[256];
    snprintf(path, sizeof path, "%s%s", *name == '/' ? "" : FIXTURES, name);
    assert_int_equal(cr_config_read_scenario(path, &scenario, &error), expected);
    if (!strstr(error.sentence, part))
        fail_msg("%s: %s", part, error.sentence);
    cr_scenario_free(&scenario);
}

static void expect_change(
    const struct cr_scenario *scenario, size_t place, int32_t week, const char *key, double value) {
    assert_true(place < scenario->change_count);
    assert_int_equal(scenario->changes[place].week, week);
    assert_string_equal(scenario->changes[place].field->key, key);
    assert_true(scenario->changes[place].value == value);
}

static void an_empty_file_is_the_defaults_under_its_own_name(void **state) {
    struct cr_scenario scenario;
    accepted(*state, "", &scenario);
    assert_string_equal(scenario.name, "x");
    assert_string_equal(scenario.title, "");
    assert_int_equal(scenario.profile_count + scenario.event_count + scenario.change_count, 0);
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        assert_true(cr_field_get(field, &scenario.parameters) == field->initial);
    }
    cr_scenario_free(&scenario);
}

static void a_file_says_all_that_a_scenario_holds(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    assert_int_equal(cr_config_read_scenario(FIXTURES "parent.cfg", &scenario, &error), 0);
    assert_string_equal(scenario.name, "parent");
    assert_string_equal(scenario.title, "The scenario that others start from");
    assert_int_equal(scenario.parameters.run_people, 300);
    assert_true(scenario.parameters.run_years == 12.5);
    assert_int_equal(scenario.parameters.run_seed, 7);
    assert_int_equal(scenario.profile_count, 2);
    assert_string_equal(scenario.profiles[0].name, "attuned");
    assert_true(scenario.profiles[0].profile.sensitivity == 0.8);
    assert_int_equal(scenario.event_count, 1);
    assert_string_equal(scenario.events[0].name, "war");
    assert_true(scenario.events[0].event.availability == -0.5);
    assert_int_equal(scenario.change_count, 3);
    expect_change(&scenario, 0, 260, "times.load", 1.5);
    expect_change(&scenario, 1, 520, "times.load", 2.0);
    expect_change(&scenario, 2, 520, "learning.rate", 0.1);
    cr_scenario_free(&scenario);
    cr_scenario_free(&scenario);
}

static void a_scenario_overrides_what_it_extends(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    assert_int_equal(cr_config_read_scenario(FIXTURES "child.cfg", &scenario, &error), 0);
    assert_string_equal(scenario.name, "child");
    assert_int_equal(scenario.parameters.run_people, 500);
    assert_true(scenario.parameters.run_years == 40.0); /* a whole number is a real, too */
    assert_int_equal(scenario.parameters.run_seed, 7);
    assert_int_equal(scenario.profile_count, 3);
    assert_string_equal(scenario.profiles[1].name, "erratic");
    assert_true(scenario.profiles[1].profile.share == 0.1);
    assert_true(scenario.profiles[1].profile.inconsistency == 0.9);
    assert_string_equal(scenario.profiles[2].name, "cold");
    assert_int_equal(scenario.event_count, 2);
    assert_true(scenario.events[1].event.replaces);
    assert_int_equal(scenario.change_count, 4);
    expect_change(&scenario, 0, 260, "times.load", 1.5);
    expect_change(&scenario, 1, 300, "times.fright", 0.5);
    expect_change(&scenario, 2, 520, "times.load", 3.0);
    expect_change(&scenario, 3, 520, "learning.rate", 0.1);
    cr_scenario_free(&scenario);
}

static void an_include_lies_beside_the_file_that_includes_it(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    assert_int_equal(cr_config_read_scenario(FIXTURES "grandchild.cfg", &scenario, &error), 0);
    assert_string_equal(scenario.name, "grandchild");
    assert_string_equal(scenario.title, ""); /* a title is not inherited */
    assert_int_equal(scenario.parameters.run_people, 900);
    assert_true(scenario.parameters.run_years == 40.0);
    cr_scenario_free(&scenario);
}

static void what_is_wrong_in_an_include_is_told_with_its_own_line(void **state) {
    (void)state;
    refused_file("wrong_in_include.cfg", CR_ERROR_CONFIG,
        "tests/fixtures/parts/wrong.cfg:3: run.people must be a whole number from 2 to 10000000, not 1");
}

static void cycles_are_refused(void **state) {
    (void)state;
    refused_file("cycle_one.cfg", CR_ERROR_CONFIG, "cycle_two.cfg:2: a scenario cannot extend itself");
    refused_file("includes_itself.cfg", CR_ERROR_CONFIG, "includes_itself.cfg:2: cannot read ");
    refused_file("includes_itself.cfg", CR_ERROR_CONFIG, "it would include itself");
}

static void a_file_that_cannot_be_read_is_named(void **state) {
    (void)state;
    refused_file("absent.cfg", CR_ERROR_CONFIG, "absent.cfg: No such file or directory");
    refused_file("/tmp", CR_ERROR_CONFIG, "cannot read /tmp: it is a folder");
    refused_file("parent.cfg/x", CR_ERROR_CONFIG, "Not a directory");
}

static void missing_files_are_told_with_the_line_that_asks_for_them(void **state) {
    const struct place *const place = *state;
    struct cr_scenario scenario;
    static const char *const texts[] = {
        "\nextends = \"absent.cfg\";", "\n@include \"absent.cfg\"\n", "\n@include \".\"\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct cr_error error = {0};
        write_bytes(place, texts[i], strlen(texts[i]));
        assert_int_equal(cr_config_read_scenario(place->path, &scenario, &error), CR_ERROR_CONFIG);
        assert_non_null(strstr(error.sentence, "x.cfg:2: cannot read "));
        cr_scenario_free(&scenario);
    }
}

static void an_unknown_key_names_the_nearest_one(void **state) {
    const struct place *const place = *state;
    refused(place, "\n\nrun : { peolpe = 3; };", ":3: unknown parameter run.peolpe; did you mean run.people?");
    refused(place, "rum : { people = 3; };", ":1: unknown group rum; did you mean run?");
    refused(place, "titel = \"x\";", ":1: unknown setting titel; did you mean title?");
    refused(
        place, "people = 3;", ":1: unknown setting people; did you mean run.people, written run : { people = ...; };?");
    refused(place, "zzzzzz : { a = 3; };", ":1: unknown group zzzzzz");
    refused(place, "profiles : {\n a : {\n rebuf = 0.1; }; };",
        ":3: unknown profile field profile.a.rebuf; did you mean rebuff?");
    refused(place, "events : { a : { aeg = 0.1; }; };", ":1: unknown event field event.a.aeg; did you mean age?");
}

static void a_wrong_type_is_refused(void **state) {
    const struct place *const place = *state;
    static const struct {
        const char *value, *shown;
    } pairs[] = {{"2.5", "the real 2.5"}, {"5.0", "the real 5.0"}, {"true", "true"}, {"\"12\"", "the text \"12\""},
        {"[1, 2]", "a list"}, {"(1)", "a list"}, {"{ a = 1; }", "a group"}, {"1", "1"}, {"-5L", "-5"},
        {"3000000000", "3000000000"}, {"999999999999999999", "1e+18"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[128], sentence[160];
        snprintf(text, sizeof text, "run : {\n people = %s;\n};", pairs[i].value);
        snprintf(sentence, sizeof sentence, ":2: run.people must be a whole number from 2 to 10000000, not %s",
            pairs[i].shown);
        refused(place, text, sentence);
    }
    refused(place, "events : { war : { replaces = 1; }; };",
        ":1: event.war.replaces must be true or false, not the number 1");
    refused(place, "events : { war : { age = \"3\"; }; };",
        ":1: event.war.age must be a number from 0 to 120, not the text \"3\"");
    refused(place, "events : { war : { age = 1e999; }; };", ":1: 1e999 is no number");
    refused(place, "run = 3;", ":1: run must be a group, such as run : { ... };");
    refused(place, "profiles = 3;",
        ":1: profiles must be a group of named groups, such as profiles : { some_name : { ... }; };");
    refused(place, "events : { war = 3; };",
        ":1: events must be a group of named groups, such as events : { some_name : { ... }; };");
    refused(
        place, "name = \"two words\";", ":1: name must be a word in quotes, of at most 63 letters, digits, '_' or '-'");
    refused(place, "name = 3;", ":1: name must be a word in quotes, of at most 63 letters, digits, '_' or '-'");
    refused(place, "title = \"a\\nb\";", ":1: title must be one line of text in quotes, of at most 255 bytes");
    refused(place, "title = \"\\xff\";", ":1: title must be one line of text in quotes, of at most 255 bytes");
    refused(place, "extends = 3;", ":1: extends must name a file in quotes, such as \"../baseline.cfg\"");
    refused(place, "extends = \"\";", ":1: the name of a file must not be empty");
    refused(place, "profiles : { a* : { }; };",
        ":1: the name of a profile must be a word of at most 63 letters, digits, '_' or '-', not \"a*\"");
}

/* One broken value for every row of the registry: below, above and of a wrong type. */
static void a_wrong_change_is_refused_with_its_line(void **state) {
    static const char form[] = ":1: changes must be a list of groups, such as changes : ( { week = 520; key = "
                               "\"times.load\"; value = 2.0; } );";
    static const struct {
        const char *text, *sentence;
    } rows[] = {{"changes = 3;", form}, {"changes : { };", form}, {"changes = [ 1, 2 ];", form},
        {"changes : ( 1 );", form}, {"changes : ( ( ) );", form},
        {"changes : ( { } );", ":1: a change must have a week"},
        {"changes : (\n  { week = 3; value = 1.0; }\n);", ":2: a change must have a key"},
        {"changes : ( { week = 3; key = \"times.load\"; } );", ":1: a change must have a value"},
        {"changes : ( { week = 3;\n valeu = 1; } );", ":2: unknown setting of a change valeu; did you mean value?"},
        {"changes : ( { weak_and_long = 3; } );", ":1: unknown setting of a change weak_and_long"},
        {"changes : ( { week = 3.0; key = \"times.load\"; value = 1; } );",
            ":1: the week of a change must be a whole number from 0 to 9999, not the real 3.0"},
        {"changes : ( { week = \"3\"; key = \"times.load\"; value = 1; } );",
            ":1: the week of a change must be a whole number from 0 to 9999, not the text \"3\""},
        {"changes : (\n { key = \"times.load\"; value = 1;\n week = -1; } );",
            ":3: the week of a change must be a whole number from 0 to 9999, not -1"},
        {"changes : ( { week = 4294967296L; key = \"times.load\"; value = 1; } );",
            ":1: the week of a change must be a whole number from 0 to 9999, not 4294967296"},
        {"changes : ( { week = 10000; key = \"times.load\"; value = 1; } );",
            ":1: the week of a change must be a whole number from 0 to 9999, not 10000"},
        {"changes : ( { week = 3; key = 5; value = 1; } );",
            ":1: the key of a change must be a line of text in quotes, and not empty"},
        {"changes : ( { week = 3;\n key = \"times.laod\"; value = 1; } );",
            ":2: unknown parameter times.laod; did you mean times.load?"},
        {"changes : ( { week = 3;\n key = \"run.people\";\n value = 100; } );",
            ":2: run.people has the role fixed and cannot change in week 3; only live parameters change during a run"},
        {"changes : ( { week = 3;\n key = \"times.load\";\n value = 11; } );",
            ":3: times.load must be a number from 0 to 10, not 11"},
        {"changes : ( { week = 3; key = \"times.load\"; value = \"2\"; } );",
            ":1: times.load must be a number from 0 to 10, not the text \"2\""},
        {"changes : ( { week = 3; key = \"times.load\"; value = { }; } );",
            ":1: times.load must be a number from 0 to 10, not a group"},
        {"chnages : ( );", ":1: unknown setting chnages; did you mean changes?"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(*state, rows[i].text, rows[i].sentence);
}

static void no_changes_are_changes_too(void **state) {
    struct cr_scenario scenario;
    accepted(*state, "changes : ( );", &scenario);
    assert_int_equal(scenario.change_count, 0);
    cr_scenario_free(&scenario);
}

static void every_parameter_keeps_its_range(void **state) {
    const struct place *const place = *state;
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        const int group = (int)strcspn(field->key, ".");
        char values[3][64] = {"\"no such word\""}, range[256];
        int count = 1;
        if (field->type == CR_REAL || field->type == CR_INTEGER) {
            const char *const format = field->type == CR_REAL ? "%.17e" : "%.0fL";
            snprintf(values[1], sizeof values[1], format, field->minimum - 1.0);
            snprintf(values[2], sizeof values[2], format, field->maximum + 1.0);
            count = 3;
        }
        cr_field_range(field, range, sizeof range);
        for (int k = 0; k < count; k++) {
            char text[256];
            struct cr_scenario scenario;
            struct cr_error error = {0};
            snprintf(
                text, sizeof text, "\n%.*s : {\n%s = %s;\n};", group, field->key, field->key + group + 1, values[k]);
            write_bytes(place, text, strlen(text));
            assert_int_equal(cr_config_read_scenario(place->path, &scenario, &error), CR_ERROR_CONFIG);
            assert_non_null(strstr(error.sentence, "x.cfg:3: "));
            assert_non_null(strstr(error.sentence, field->key));
            assert_non_null(strstr(error.sentence, range));
            cr_scenario_free(&scenario);
        }
    }
}

/* Writes all rows of the group that the `first` row is of, wherever they stand; nothing if it is not the first. */
static void write_group(FILE *stream, const struct cr_parameters *parameters, size_t first) {
    const char *const key = cr_parameter_registry.fields[first].key;
    const size_t length = strcspn(key, ".") + 1;
    for (size_t i = 0; i < first; i++)
        if (strncmp(cr_parameter_registry.fields[i].key, key, length) == 0)
            return;
    fprintf(stream, "%.*s : {\n", (int)length - 1, key);
    for (size_t i = first; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        const char *const quote = field->type == CR_CHOICE ? "\"" : "";
        char value[64];
        if (strncmp(field->key, key, length) == 0)
            fprintf(stream, "  %s = %s%s%s;\n", field->key + length, quote,
                cr_field_format(field, parameters, value, sizeof value), quote);
    }
    fprintf(stream, "};\n");
}

static void every_parameter_can_be_written_in_a_file(void **state) {
    const struct place *const place = *state;
    struct cr_scenario written, read;
    struct cr_error error = {0};
    FILE *const stream = fopen(place->path, "w");
    assert_non_null(stream);
    cr_scenario_init(&written);
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        if (strcmp(field->key, "caregiving.form") == 0)
            continue;
        const double middle = field->minimum + 0.37 * (field->maximum - field->minimum);
        const double value = field->type == CR_REAL ? middle : (double)(int64_t)middle;
        assert_int_equal(cr_field_set(field, &written.parameters, value, "", NULL), 0);
    }
    for (size_t i = 0; i < cr_parameter_registry.count; i++)
        write_group(stream, &written.parameters, i);
    assert_int_equal(fclose(stream), 0);
    const int code = cr_config_read_scenario(place->path, &read, &error);
    if (code)
        fail_msg("%s", error.sentence);
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *const field = &cr_parameter_registry.fields[i];
        if (cr_field_get(field, &read.parameters) != cr_field_get(field, &written.parameters))
            fail_msg("%s", field->key);
    }
    cr_scenario_free(&written);
    cr_scenario_free(&read);
}

static void broken_text_is_refused_with_its_line(void **state) {
    const struct place *const place = *state;
    refused(place, "\nrun : { people 3; };", ":2: syntax error at or just before: run : { people 3; };");
    refused(place, "a = 1;\na = 2;", ":2: duplicate setting name at or just before: a = 2;");
    refused(place, "\n/* no end\n\n", ":2: the comment that begins here has no end");
    refused(place, "\n\ntitle = \"no end\n\n", ":3: the text in quotes that begins here has no end");
    refused(place, "run : { years = .; };", ":1: . is no number");
    refused(place, "run : { years = 1.2.3; };", ":1: 1.2.3 is no number");
    refused(place, "run : { years = 1people = 3; };", ":1: 1people is no number");
    refused(place, "run : { years = 1.5L; };", ":1: 1.5L is no number");
    refused(place, "run : { years = 1LLL; };", ":1: 1LLL is no number");
    refused(place, "run : { seed = 0xFFFFFFFF; };", ":1: 0xFFFFFFFF is no number; write it in decimals");
    refused(place, "run : { seed = -0x1; };", ":1: -0x1 is no number; write it in decimals");
    refused(place, "run : { seed = 1000000000000000000; };",
        ":1: 1000000000000000000 has too many digits for a whole number (over 18)");
    refused(place, "\n};", ":2: a bracket is closed that was never opened");
    refused(place, "run : {", ":2: syntax error at or just before this line");
    refused(place, "a = @include \"x\"", ":1: '@' may only begin a line such as @include \"other.cfg\"");
    refused(place, "\n@include other.cfg\n", ":2: '@' may only begin a line such as @include \"other.cfg\"");
    refused(place, "@", ":1: '@' may only begin a line such as @include \"other.cfg\"");
    refused_bytes(place, "run\0x", 5, ":1: this is no text (it holds a control character)");
    refused(place,
        "\n\x7f"
        "ELF",
        ":2: this is no text (it holds a control character)");
    refused(place, "# ok\n# \xe9t\xe9\n", ":2: this is no UTF-8 text");
}

static void whole_numbers_keep_all_their_digits(void **state) {
    const struct place *const place = *state;
    static const struct {
        const char *text;
        int64_t seed;
    } pairs[] = {{"2147483647", 2147483647}, {"2147483648", 2147483648}, {"4294967297", 4294967297},
        {"9007199254740991", 9007199254740991}, {"+5000000000", 5000000000}, {"5000000000L", 5000000000},
        {"5000000000LL", 5000000000}, {"0000000000012", 12}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[128];
        struct cr_scenario scenario;
        snprintf(text, sizeof text, "run : { years = 1.0000000000000; seed = %s }", pairs[i].text);
        accepted(place, text, &scenario);
        assert_int_equal(scenario.parameters.run_seed, pairs[i].seed);
        assert_true(scenario.parameters.run_years == 1.0);
        cr_scenario_free(&scenario);
    }
}

static void comments_and_line_ends_of_all_kinds_are_read(void **state) {
    const struct place *const place = *state;
    static const char *const texts[] = {"run : { people = 12; }; # end", "run : { people = 12; }; // @ 0x . end",
        "/* \" @ } 0x10 */ run : { people = 12; };", "run :\r\n{ people = 12;\r\n};\r\n",
        "# a\rrun : { people = 12 }\r", "\xef\xbb\xbfrun : { people = 12; };",
        "title = \"/* # // @ 0x } \\\" \\\\\"; run : { people = 12; };",
        "run : { people = 12, years = 3 }\ntitle = \"a\" \"b\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct cr_scenario scenario;
        accepted(place, texts[i], &scenario);
        assert_int_equal(scenario.parameters.run_people, 12);
        cr_scenario_free(&scenario);
    }
}

static void every_byte_is_read_or_refused(void **state) {
    const struct place *const place = *state;
    for (int byte = 0; byte < 256; byte++) {
        const char bytes[] = {'a', (char)byte, 'b', '=', (char)byte, '\n', (char)byte};
        struct cr_scenario scenario;
        struct cr_error error = {0};
        write_bytes(place, bytes, sizeof bytes);
        assert_int_equal(cr_config_read_scenario(place->path, &scenario, &error), CR_ERROR_CONFIG);
        assert_true(*error.sentence);
        cr_scenario_free(&scenario);
    }
}

static void a_file_cut_anywhere_does_no_harm(void **state) {
    const struct place *const place = *state;
    static const char whole[] = "name = \"x\"; extends = \"x\\\"\"; /* c */ run : { people = 30; years = 1.5e1; };\n"
                                "@include \"absent\"\nprofiles : { a : { share = 1; }; }; # end";
    for (size_t size = 0; size < sizeof whole; size++) {
        struct cr_scenario scenario;
        struct cr_error error = {0};
        write_bytes(place, whole, size);
        const int code = cr_config_read_scenario(place->path, &scenario, &error);
        assert_int_equal(code, error.code);
        cr_scenario_free(&scenario);
    }
}

/* Writes text into the middle of a buffer, without an end. */
static void put(char *place, const char *text) {
    while (*text)
        *place++ = *text++;
}

static void deep_long_and_huge_files_are_refused(void **state) {
    const struct place *const place = *state;
    const size_t size = (size_t)5 << 20U;
    char *const text = malloc(size);
    assert_non_null(text);
    memset(text, '\n', size);
    struct cr_scenario scenario;
    struct cr_error error = {0};
    write_bytes(place, text, size);
    assert_int_equal(cr_config_read_scenario(place->path, &scenario, &error), CR_ERROR_CONFIG);
    assert_non_null(strstr(error.sentence, "too large"));
    memset(text, '(', 100000);
    put(text, "a = ");
    refused_bytes(place, text, 100000, ":1: groups are nested too deeply (over 32)");
    for (size_t i = 0; i < 30000; i++)
        put(text + 8 * i, "a = 1 \n ");
    refused_bytes(place, text, (size_t)8 * 30000, ":20001: there are too many settings (over 20000)");
    memset(text, 'a', 1 << 20);
    refused_bytes(place, text, 1 << 20, ":2: syntax error at or just before this line");
    free(text);
    cr_scenario_free(&scenario);
}

static void too_many_may_not_extend_each_other(void **state) {
    const struct place *const place = *state;
    char path[128], text[64];
    for (int i = 0; i < 20; i++) {
        snprintf(path, sizeof path, "%s/%d.cfg", place->folder, i);
        FILE *const stream = fopen(path, "w");
        assert_non_null(stream);
        snprintf(text, sizeof text, i < 19 ? "extends = \"%d.cfg\";" : "# %d", i + 1);
        fputs(text, stream);
        fclose(stream);
    }
    struct cr_scenario scenario;
    struct cr_error error = {0};
    snprintf(path, sizeof path, "%s/4.cfg", place->folder);
    assert_int_equal(cr_config_read_scenario(path, &scenario, &error), 0);
    cr_scenario_free(&scenario);
    snprintf(path, sizeof path, "%s/0.cfg", place->folder);
    assert_int_equal(cr_config_read_scenario(path, &scenario, &error), CR_ERROR_CONFIG);
    assert_non_null(strstr(error.sentence, "15.cfg:1: too many files extend each other (over 16)"));
    cr_scenario_free(&scenario);
    for (int i = 0; i < 20; i++) {
        snprintf(path, sizeof path, "%s/%d.cfg", place->folder, i);
        unlink(path);
    }
}

static void a_name_is_made_from_any_file_name(void **state) {
    const struct place *const place = *state;
    char path[256];
    snprintf(path, sizeof path, "%s/war & peace.v2.cfg", place->folder);
    FILE *const stream = fopen(path, "w");
    assert_non_null(stream);
    fclose(stream);
    struct cr_scenario scenario;
    struct cr_error error = {0};
    assert_int_equal(cr_config_read_scenario(path, &scenario, &error), 0);
    assert_string_equal(scenario.name, "war___peace_v2");
    cr_scenario_free(&scenario);
    unlink(path);
}

static void a_scenario_is_checked_as_a_whole(void **state) {
    const struct place *const place = *state;
    refused(place, "caregiving : { form = \"profiles\"; };",
        ": caregiving.form is profiles, but the scenario names no profile");
    struct cr_scenario scenario;
    struct cr_error error = {0};
    assert_int_equal(cr_config_load_scenario(place->path, &scenario, &error), 0);
    cr_scenario_free(&scenario);
    refused(place, "caregiving : { form = \"profile\"; };",
        ":1: caregiving.form must be one of distribution | profiles, not profile");
}

static void the_nth_allocation_fails_and_nothing_leaks(void **state) {
    (void)state;
    int code = CR_ERROR_MEMORY;
    long n = 0;
    for (; code; n++) {
        struct cr_scenario scenario;
        struct cr_error error = {0};
        allocations_left = n;
        code = cr_config_read_scenario(FIXTURES "grandchild.cfg", &scenario, &error);
        allocations_left = -1;
        if (code) {
            assert_int_equal(code, CR_ERROR_MEMORY);
            assert_non_null(strstr(error.sentence, "there is no memory"));
        }
        cr_scenario_free(&scenario);
        assert_in_range(n, 0, 1000);
    }
    assert_in_range(n, 10, 1000);
}

static void a_setting_knows_its_place(void **state) {
    (void)state;
    struct cr_config_file file;
    struct cr_error error = {0};
    assert_int_equal(cr_config_file_read(FIXTURES "grandchild.cfg", &file, &error), 0);
    const config_setting_t *const people = config_lookup(&file.config, "run.people");
    assert_non_null(people);
    char where[CR_CONFIG_WHERE_SIZE], path[CR_CONFIG_PATH_SIZE], endless[CR_CONFIG_PATH_SIZE + 1];
    assert_string_equal(cr_config_file_where(&file, people, where), FIXTURES "parts/people.cfg:1: ");
    assert_int_equal(cr_config_file_beside(&file, people, "data.csv", path, &error), 0);
    assert_string_equal(path, FIXTURES "parts/data.csv");
    assert_int_equal(cr_config_file_beside(&file, people, "/data.csv", path, &error), 0);
    assert_string_equal(path, "/data.csv");
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_int_equal(cr_config_file_beside(&file, people, endless, path, &error), CR_ERROR_CONFIG);
    cr_config_file_free(&file);
    cr_config_file_free(&file);
}

int main(void) {
#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, clear_place)
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(an_empty_file_is_the_defaults_under_its_own_name),
        cmocka_unit_test(a_file_says_all_that_a_scenario_holds),
        cmocka_unit_test(a_scenario_overrides_what_it_extends),
        cmocka_unit_test(an_include_lies_beside_the_file_that_includes_it),
        cmocka_unit_test(what_is_wrong_in_an_include_is_told_with_its_own_line),
        cmocka_unit_test(cycles_are_refused),
        cmocka_unit_test(a_file_that_cannot_be_read_is_named),
        IN_A_PLACE(missing_files_are_told_with_the_line_that_asks_for_them),
        IN_A_PLACE(an_unknown_key_names_the_nearest_one),
        IN_A_PLACE(a_wrong_type_is_refused),
        IN_A_PLACE(a_wrong_change_is_refused_with_its_line),
        IN_A_PLACE(no_changes_are_changes_too),
        IN_A_PLACE(every_parameter_keeps_its_range),
        IN_A_PLACE(every_parameter_can_be_written_in_a_file),
        IN_A_PLACE(broken_text_is_refused_with_its_line),
        IN_A_PLACE(whole_numbers_keep_all_their_digits),
        IN_A_PLACE(comments_and_line_ends_of_all_kinds_are_read),
        IN_A_PLACE(every_byte_is_read_or_refused),
        IN_A_PLACE(a_file_cut_anywhere_does_no_harm),
        IN_A_PLACE(deep_long_and_huge_files_are_refused),
        IN_A_PLACE(too_many_may_not_extend_each_other),
        IN_A_PLACE(a_name_is_made_from_any_file_name),
        IN_A_PLACE(a_scenario_is_checked_as_a_whole),
        cmocka_unit_test(the_nth_allocation_fails_and_nothing_leaks),
        IN_A_PLACE(a_setting_knows_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
