#include <dirent.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/table.h"

static const struct cr_column columns[] = {
    {"replicate", CR_COLUMN_INTEGER, NULL}, {"measure", CR_COLUMN_TEXT, NULL}, {"value", CR_COLUMN_REAL, NULL}};
enum { COLUMNS = 3 };

struct folder {
    char path[64];
};

static int make_folder(void **state) {
    struct folder *folder = malloc(sizeof *folder);
    if (!folder)
        return -1;
    (void)snprintf(folder->path, sizeof folder->path, "/tmp/cradle_table_XXXXXX");
    *state = folder;
    return mkdtemp(folder->path) ? 0 : -1;
}

/* Removes the folder with what is left in it. */
static int remove_folder(void **state) {
    struct folder *folder = *state;
    char path[512];
    DIR *entries = opendir(folder->path);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        (void)snprintf(path, sizeof path, "%s/%s", folder->path, entry->d_name);
        (void)unlink(path);
    }
    if (entries)
        (void)closedir(entries);
    const int code = rmdir(folder->path);
    free(folder);
    return code;
}

static const char *inside(const struct folder *folder, const char *name, char path[128]) {
    (void)snprintf(path, 128, "%s/%s", folder->path, name);
    return path;
}

static bool exists(const struct folder *folder, const char *name) {
    char path[128];
    return access(inside(folder, name, path), F_OK) == 0;
}

static void expect_content(const struct folder *folder, const char *name, const char *expected) {
    char path[128], content[1024];
    FILE *file = fopen(inside(folder, name, path), "rb");
    assert_non_null(file);
    const size_t size = fread(content, 1, sizeof content - 1, file);
    content[size] = '\0';
    (void)fclose(file);
    assert_string_equal(content, expected);
}

static void add_row(struct cr_table *table, int64_t replicate, const char *measure, double value) {
    cr_table_integer(table, replicate);
    cr_table_text(table, measure);
    cr_table_real(table, value);
}

static void a_digest_is_that_of_the_standards_example(void **state) {
    (void)state;
    struct cr_digest digest;
    char hex[CR_DIGEST_HEX_SIZE];
    cr_digest_init(&digest);
    cr_digest_update(&digest, "a", 1);
    cr_digest_update(&digest, "bc", 2);
    cr_digest_hex(&digest, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_table_grows_by_chunks_and_appears_when_it_is_finished(void **state) {
    const struct folder *folder = *state;
    struct cr_table table;
    struct cr_table_writer writer;
    cr_table_init(&table, columns, COLUMNS);
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "measures", columns, COLUMNS, NULL), 0);
    add_row(&table, 1, "ssp_share", 0.1234567);
    add_row(&table, 1, NULL, (double)NAN);
    assert_int_equal(cr_table_rows(&table), 2);
    assert_int_equal(cr_table_writer_append(&writer, &table, NULL), 0);
    cr_table_clear(&table);
    add_row(&table, CR_TABLE_MISSING, "", -0.0);
    assert_int_equal(cr_table_writer_append(&writer, &table, NULL), 0);
    assert_true(exists(folder, "measures.csv.partial"));
    assert_false(exists(folder, "measures.csv"));
    assert_int_equal(cr_table_writer_finish(&writer, NULL), 0);
    assert_false(exists(folder, "measures.csv.partial"));
    const char *expected = "replicate,measure,value\n1,ssp_share,0.123457\n1,NA,NA\nNA,,0\n";
    expect_content(folder, "measures.csv", expected);
    assert_int_equal(writer.rows, 3);
    struct cr_digest digest;
    char hex[CR_DIGEST_HEX_SIZE];
    cr_digest_init(&digest);
    cr_digest_update(&digest, expected, strlen(expected));
    cr_digest_hex(&digest, hex);
    assert_string_equal(writer.sha256, hex);
    cr_table_writer_free(&writer);
    cr_table_writer_free(&writer);
    cr_table_free(&table);
    cr_table_free(&table);
    assert_true(exists(folder, "measures.csv"));
}

static void a_text_is_quoted_only_if_it_must_be(void **state) {
    const struct folder *folder = *state;
    static const struct cr_column text[] = {{"plain", CR_COLUMN_TEXT, NULL}, {"a,b", CR_COLUMN_TEXT, NULL}};
    struct cr_table table;
    struct cr_table_writer writer;
    cr_table_init(&table, text, 2);
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "text", text, 2, NULL), 0);
    const char *cells[] = {"two words; 'so'", "a,b", "say \"it\"", "\"", "line\nbreak", "NA", "end\r", "NAN"};
    for (size_t i = 0; i < 8; i++)
        cr_table_text(&table, cells[i]);
    assert_int_equal(cr_table_writer_append(&writer, &table, NULL), 0);
    assert_int_equal(cr_table_writer_finish(&writer, NULL), 0);
    expect_content(folder, "text.csv",
        "plain,\"a,b\"\ntwo words; 'so',\"a,b\"\n\"say "
        "\"\"it\"\"\",\"\"\"\"\n\"line\nbreak\",\"NA\"\n\"end\r\",NAN\n");
    cr_table_writer_free(&writer);
    cr_table_free(&table);
}

static void a_real_has_six_digits_at_most(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0.1, "0.1"}, {1.0 / 3.0, "0.333333"}, {-2.5, "-2.5"}, {1e-9, "1e-09"}, {1234567.0, "1.23457e+06"},
        {0.0, "0"}, {-0.0, "0"}, {(double)NAN, "NA"}, {(double)INFINITY, "Inf"}, {-(double)INFINITY, "-Inf"},
        {70.0, "70"}};
    char buffer[32];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(cr_table_format_real(cases[i].value, buffer, sizeof buffer), cases[i].text);
}

static void a_decimal_point_is_a_point_in_every_locale(void **state) {
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "ps_AF.UTF-8", "fa_IR.UTF-8"};
    char buffer[32];
    int tried = 0;
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        if (!setlocale(LC_NUMERIC, locales[i]))
            continue;
        tried++;
        assert_string_equal(cr_table_format_real(-0.25, buffer, sizeof buffer), "-0.25");
    }
    (void)setlocale(LC_NUMERIC, "C");
    if (tried == 0)
        skip();
}

static void a_cell_of_the_wrong_type_is_told_when_the_table_is_written(void **state) {
    const struct folder *folder = *state;
    struct cr_error error = {0};
    struct cr_table table;
    struct cr_table_writer writer;
    cr_table_init(&table, columns, COLUMNS);
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "wrong", columns, COLUMNS, NULL), 0);
    cr_table_integer(&table, 1);
    cr_table_real(&table, 1.0);
    cr_table_real(&table, 1.0);
    cr_table_missing(&table);
    assert_int_equal(cr_table_writer_append(&writer, &table, &error), CR_ERROR_USAGE);
    assert_string_equal(error.sentence, "column measure was given a cell of another type");
    assert_int_equal(writer.rows, 0);
    cr_table_clear(&table);
    cr_table_missing(&table);
    cr_table_missing(&table);
    cr_table_missing(&table);
    assert_int_equal(cr_table_writer_append(&writer, &table, NULL), 0);
    cr_table_writer_free(&writer);
    cr_table_free(&table);
    assert_false(exists(folder, "wrong.csv"));
    assert_false(exists(folder, "wrong.csv.partial"));
}

static void an_incomplete_row_and_other_columns_are_refused(void **state) {
    const struct folder *folder = *state;
    static const struct cr_column others[] = {
        {"replicate", CR_COLUMN_INTEGER, NULL}, {"group", CR_COLUMN_TEXT, NULL}, {"value", CR_COLUMN_REAL, NULL}};
    struct cr_error error = {0};
    struct cr_table table, other;
    struct cr_table_writer writer;
    cr_table_init(&table, columns, COLUMNS);
    cr_table_init(&other, others, COLUMNS);
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "rows", columns, COLUMNS, NULL), 0);
    add_row(&table, 1, "x", 1.0);
    cr_table_integer(&table, 2);
    assert_int_equal(cr_table_writer_append(&writer, &table, &error), CR_ERROR_USAGE);
    assert_string_equal(error.sentence, "row 2 of a table ends before column measure");
    assert_int_equal(cr_table_writer_append(&writer, &other, NULL), CR_ERROR_USAGE);
    other.column_count = 2;
    assert_int_equal(cr_table_writer_append(&writer, &other, NULL), CR_ERROR_USAGE);
    cr_table_writer_free(&writer);
    cr_table_free(&table);
    cr_table_free(&other);
}

static void a_folder_that_is_not_there_is_named(void **state) {
    const struct folder *folder = *state;
    char path[128], expected[256];
    struct cr_error error = {0};
    struct cr_table_writer writer;
    assert_int_equal(
        cr_table_writer_open(&writer, inside(folder, "none", path), "people", columns, COLUMNS, &error), CR_ERROR_IO);
    (void)snprintf(expected, sizeof expected, "cannot write %s/people.csv: No such file or directory", path);
    assert_string_equal(error.sentence, expected);
    assert_int_equal(cr_table_writer_finish(&writer, NULL), CR_ERROR_IO);
    cr_table_writer_free(&writer);
}

static void expect_nothing_left(const struct folder *folder, const struct cr_error *error, const char *why) {
    char path[128], expected[256];
    (void)snprintf(expected, sizeof expected, "cannot write %s: %s", inside(folder, "people.csv", path), why);
    assert_string_equal(error->sentence, expected);
    assert_false(exists(folder, "people.csv"));
    assert_false(exists(folder, "people.csv.partial"));
}

/* The partial file is a link to the device that is always full. */
static void a_full_disk_is_one_sentence_and_leaves_no_file(void **state) {
    const struct folder *folder = *state;
    char path[128];
    if (symlink("/dev/full", inside(folder, "people.csv.partial", path)) != 0 || access(path, W_OK) != 0)
        skip();
    struct cr_error error = {0};
    struct cr_table table;
    struct cr_table_writer writer;
    cr_table_init(&table, columns, COLUMNS);
    add_row(&table, 1, "x", 1.0);
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "people", columns, COLUMNS, &error), 0);
    assert_int_equal(cr_table_writer_append(&writer, &table, &error), 0);
    assert_int_equal(cr_table_writer_finish(&writer, &error), CR_ERROR_IO);
    expect_nothing_left(folder, &error, "No space left on device");
    cr_table_writer_free(&writer);
    cr_table_free(&table);
}

static void a_file_size_limit_met_midway_leaves_no_file(void **state) {
    const struct folder *folder = *state;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limit = {.rlim_cur = 100000, .rlim_max = before.rlim_max};
    struct cr_error error = {0};
    struct cr_table table;
    struct cr_table_writer writer;
    cr_table_init(&table, columns, COLUMNS);
    for (int i = 0; i < 100; i++)
        add_row(&table, i, "measure", 0.5);
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "people", columns, COLUMNS, &error), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    const int limited = setrlimit(RLIMIT_FSIZE, &limit);
    int code = 0;
    for (int i = 0; i < 1000 && !code; i++)
        code = cr_table_writer_append(&writer, &table, &error);
    const int again = cr_table_writer_append(&writer, &table, NULL), finish = cr_table_writer_finish(&writer, NULL);
    const int restored = setrlimit(RLIMIT_FSIZE, &before);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(limited, 0);
    assert_int_equal(restored, 0);
    assert_int_equal(code, CR_ERROR_IO);
    assert_int_equal(again, CR_ERROR_IO);
    assert_int_equal(finish, CR_ERROR_IO);
    expect_nothing_left(folder, &error, "File too large");
    cr_table_writer_free(&writer);
    cr_table_free(&table);
}

static void a_name_that_is_taken_by_a_folder_leaves_no_partial_file(void **state) {
    const struct folder *folder = *state;
    char path[128];
    struct cr_error error = {0};
    struct cr_table_writer writer;
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "people", columns, COLUMNS, &error), 0);
    assert_int_equal(mkdir(inside(folder, "people.csv", path), 0700), 0);
    assert_int_equal(cr_table_writer_finish(&writer, &error), CR_ERROR_IO);
    assert_int_equal(rmdir(path), 0);
    expect_nothing_left(folder, &error, "Is a directory");
    cr_table_writer_free(&writer);
}

static void an_earlier_result_stays_until_the_new_one_is_whole(void **state) {
    const struct folder *folder = *state;
    struct cr_table_writer writer;
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "people", columns, 1, NULL), 0);
    assert_int_equal(cr_table_writer_finish(&writer, NULL), 0);
    cr_table_writer_free(&writer);
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "people", columns, 2, NULL), 0);
    expect_content(folder, "people.csv", "replicate\n");
    cr_table_writer_free(&writer);
    expect_content(folder, "people.csv", "replicate\n");
    assert_int_equal(cr_table_writer_open(&writer, folder->path, "people", columns, 2, NULL), 0);
    assert_int_equal(cr_table_writer_finish(&writer, NULL), 0);
    cr_table_writer_free(&writer);
    expect_content(folder, "people.csv", "replicate,measure\n");
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_is_that_of_the_standards_example),
        IN_A_FOLDER(a_table_grows_by_chunks_and_appears_when_it_is_finished),
        IN_A_FOLDER(a_text_is_quoted_only_if_it_must_be),
        cmocka_unit_test(a_real_has_six_digits_at_most),
        cmocka_unit_test(a_decimal_point_is_a_point_in_every_locale),
        IN_A_FOLDER(a_cell_of_the_wrong_type_is_told_when_the_table_is_written),
        IN_A_FOLDER(an_incomplete_row_and_other_columns_are_refused),
        IN_A_FOLDER(a_folder_that_is_not_there_is_named),
        IN_A_FOLDER(a_full_disk_is_one_sentence_and_leaves_no_file),
        IN_A_FOLDER(a_file_size_limit_met_midway_leaves_no_file),
        IN_A_FOLDER(a_name_that_is_taken_by_a_folder_leaves_no_partial_file),
        IN_A_FOLDER(an_earlier_result_stays_until_the_new_one_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
