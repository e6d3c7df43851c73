#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/config_field.h"

static int open_text(struct cr_config_file *file, char *path, const char *text) {
    FILE *const stream = fdopen(mkstemp(path), "w");
    if (!stream || fputs(text, stream) < 0 || fclose(stream) != 0)
        return -1;
    const int code = cr_config_file_read(path, file, NULL);
    unlink(path);
    return code;
}

static void a_setting_is_stored_by_its_fields_type(void **state) {
    (void)state;
    char path[] = "/tmp/cradle_field_XXXXXX";
    struct cr_config_file file;
    struct cr_parameters p;
    cr_registry_reset(&cr_parameter_registry, &p);
    assert_int_equal(
        open_text(&file, path, "people = 30; years = 12; rate = 0.25; form = \"profiles\"; on = true;"), 0);
    static const struct {
        const char *name, *key;
        int code;
    } rows[] = {{"people", "run.people", 0}, {"years", "run.years", 0}, {"rate", "learning.rate", 0},
        {"form", "caregiving.form", 0}, {"rate", "run.people", CR_ERROR_CONFIG}, {"form", "run.years", CR_ERROR_CONFIG},
        {"on", "learning.rate", CR_ERROR_CONFIG}, {"people", "caregiving.form", CR_ERROR_CONFIG}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cr_error error = {0};
        const struct cr_field *const field = cr_registry_find(&cr_parameter_registry, rows[i].key);
        assert_int_equal(
            cr_config_field_set(field, &p, config_lookup(&file.config, rows[i].name), "here: ", &error), rows[i].code);
        assert_int_equal(strncmp(error.sentence, "here: ", 6) == 0, rows[i].code != 0);
    }
    assert_true(p.run_people == 30 && p.run_years == 12.0 && p.learning_rate == 0.25 && p.caregiving_form == 1);
    cr_config_file_free(&file);
}

static void a_line_of_text_is_not_empty_and_one_line(void **state) {
    (void)state;
    char path[] = "/tmp/cradle_field_XXXXXX", sentence[128];
    struct cr_config_file file;
    assert_int_equal(open_text(&file, path,
                         "good = \"\xc3\xa9t\xc3\xa9 1\";\nempty = \"\";\nnumber = 3;\ntwo = \"a\\nb\";\n"
                         "bell = \"\\x07\";\nbytes = \"\\xff\";"),
        0);
    const char *line = NULL;
    assert_int_equal(cr_config_line(&file, config_lookup(&file.config, "good"), "it", &line, NULL), 0);
    assert_string_equal(line, "\xc3\xa9t\xc3\xa9 1");
    static const char *const bad[] = {"empty", "number", "two", "bell", "bytes"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct cr_error error = {0};
        assert_int_equal(
            cr_config_line(&file, config_lookup(&file.config, bad[i]), "it", &line, &error), CR_ERROR_CONFIG);
        snprintf(sentence, sizeof sentence, "%s:%zu: it must be a line of text in quotes, and not empty", path, i + 2);
        assert_string_equal(error.sentence, sentence);
    }
    cr_config_file_free(&file);
}

static void a_long_sentence_is_cut(void **state) {
    (void)state;
    char path[] = "/tmp/cradle_field_XXXXXX", what[2000];
    struct cr_config_file file;
    struct cr_error error = {0};
    memset(what, 'x', sizeof what);
    what[sizeof what - 1] = '\0';
    assert_int_equal(open_text(&file, path, "a = 1;"), 0);
    assert_int_equal(cr_config_refuse(&file, config_lookup(&file.config, "a"), &error, "%s", what), CR_ERROR_CONFIG);
    assert_int_equal(error.code, CR_ERROR_CONFIG);
    assert_memory_equal(error.sentence, path, strlen(path));
    assert_memory_equal(error.sentence + strlen(path), ":1: xxx", 7);
    cr_config_file_free(&file);
}

static void a_files_name_becomes_a_name(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"a/b.c/mix.cfg", "mix"}, {"mix", "mix"}, {"x y.v2.cfg", "x_y_v2"}, {".cfg", "_cfg"}, {"a/", ""}};
    char name[CR_SCENARIO_NAME_SIZE], path[200];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        cr_config_name_after_file(pairs[i][0], name);
        assert_string_equal(name, pairs[i][1]);
    }
    memset(path, 'x', sizeof path);
    path[sizeof path - 1] = '\0';
    cr_config_name_after_file(path, name);
    assert_int_equal(strlen(name), CR_SCENARIO_NAME_SIZE - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_is_stored_by_its_fields_type),
        cmocka_unit_test(a_line_of_text_is_not_empty_and_one_line),
        cmocka_unit_test(a_long_sentence_is_cut),
        cmocka_unit_test(a_files_name_becomes_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
