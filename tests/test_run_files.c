#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "failing_allocation.h"
#include "io/run_files.h"
#include "small_run.h"

static const char *const assignments[] = {"run.people=40", "run.years=19.5", "life.birth_years=2", "life.adult_age=12",
    "meeting.rate=0.8", "pairing.acceptance=2", NULL};

struct written {
    char folder[64];
    struct small_run run;
    struct cr_readings readings;
};

static int make_run(void **state) {
    struct written *written = calloc(1, sizeof *written);
    if (written == NULL)
        return -1;
    small_run_begin(&written->run, 1, assignments);
    written->run.panel.interval = 52;
    while (small_run_week(&written->run))
        continue;
    *state = written;
    return cr_measures_compute(&written->run.record, &written->readings, NULL);
}

static int free_run(void **state) {
    struct written *written = *state;
    cr_readings_free(&written->readings);
    small_run_end(&written->run);
    free(written);
    return 0;
}

static int make_folder(void **state) {
    struct written *written = *state;
    (void)snprintf(written->folder, sizeof written->folder, "/tmp/cradle_run_files_XXXXXX");
    return mkdtemp(written->folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state) {
    const struct written *written = *state;
    char path[512];
    DIR *entries = opendir(written->folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        (void)snprintf(path, sizeof path, "%s/%s", written->folder, entry->d_name);
        (void)unlink(path);
    }
    if (entries != NULL)
        (void)closedir(entries);
    return rmdir(written->folder);
}

static int files_in(const char *folder) {
    int count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        count += entry->d_name[0] != '.';
    (void)closedir(entries);
    return count;
}

static const char *path_of(const struct written *written, const char *name, char path[128]) {
    (void)snprintf(path, 128, "%s/%s", written->folder, name);
    return path;
}

static bool exists(const struct written *written, const char *name) {
    char path[128];
    return access(path_of(written, name, path), F_OK) == 0;
}

/* The caller frees it. */
static char *content_of(const struct written *written, const char *name) {
    char path[128];
    FILE *file = fopen(path_of(written, name, path), "rb");
    assert_non_null(file);
    char *text = NULL;
    size_t length = 0;
    for (size_t got = 1, room; got > 0; length += got) {
        room = length + 65536;
        text = realloc(text, room + 1);
        assert_non_null(text);
        got = fread(text + length, 1, room - length, file);
    }
    text[length] = '\0';
    (void)fclose(file);
    return text;
}

/* Writes the run as that many replicates. */
static void write_run(const struct written *written, uint32_t replicates, bool panel) {
    struct cr_run_files files;
    struct cr_error error = {0};
    const struct small_run *run = &written->run;
    int status = cr_run_files_open(&files, written->folder, panel, &error);
    for (uint32_t r = 1; status == 0 && r <= replicates; r++)
        status = cr_run_files_add(&files, r, &run->record, &written->readings, &run->panel, &error);
    assert_false(exists(written, "manifest.json"));
    if (status == 0)
        status = cr_run_files_finish(&files, written->folder, &run->scenario, &error);
    cr_run_files_free(&files);
    cr_run_files_free(&files);
    if (status != 0)
        fail_msg("%s", error.sentence);
}

static void name_of(enum cr_run_file file, char name[32]) {
    (void)snprintf(name, 32, "%s.csv", cr_run_file_name(file));
}

static void every_file_has_columns_of_its_own_each_explained_and_the_replicate_first(void **state) {
    (void)state;
    for (int f = 0; f < CR_RUN_FILES; f++) {
        size_t count;
        const struct cr_column *columns = cr_run_file_columns((enum cr_run_file)f, &count);
        assert_true(count >= 5);
        assert_string_equal(columns[0].name, "replicate");
        assert_int_equal(columns[0].type, CR_COLUMN_INTEGER);
        for (size_t k = 0; k < count; k++) {
            assert_true(columns[k].what != NULL && columns[k].what[0] != '\0');
            assert_true(strspn(columns[k].name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(columns[k].name));
            for (size_t other = 0; other < k; other++)
                assert_string_not_equal(columns[k].name, columns[other].name);
        }
        for (int other = 0; other < f; other++)
            assert_string_not_equal(cr_run_file_name((enum cr_run_file)f), cr_run_file_name((enum cr_run_file)other));
    }
}

/* Takes the next cell off a line; no text of a run needs quotes. */
static char *next_cell(char **line) {
    char *cell = *line;
    assert_non_null(cell);
    char *comma = strchr(cell, ',');
    if (comma != NULL)
        *comma = '\0';
    *line = comma != NULL ? comma + 1 : NULL;
    return cell;
}

static void expect_cell(const char *cell, enum cr_column_type type, const char *column) {
    char *end;
    if (strcmp(cell, "NA") == 0)
        return;
    if (type == CR_COLUMN_TEXT) {
        assert_true(*cell != '\0' && strchr(cell, '"') == NULL);
        return;
    }
    const bool digits = strspn(cell, type == CR_COLUMN_INTEGER ? "-0123456789" : "-+.e0123456789") == strlen(cell);
    const double value = strtod(cell, &end);
    if (!digits || *cell == '\0' || *end != '\0' || !isfinite(value))
        fail_msg("%s holds %s", column, cell);
}

/* Counts the rows of a file, and how many of its cells are missing, after checking every cell. */
static int64_t rows_of(const struct written *written, enum cr_run_file file, int64_t *missing) {
    char name[32];
    size_t count;
    const struct cr_column *columns = cr_run_file_columns(file, &count);
    name_of(file, name);
    char *text = content_of(written, name);
    int64_t rows = -1;
    char *line = text;
    for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1, rows++) {
        *end = '\0';
        char *rest = line;
        for (size_t k = 0; k < count; k++) {
            const char *cell = next_cell(&rest);
            if (rows < 0)
                assert_string_equal(cell, columns[k].name);
            else
                expect_cell(cell, columns[k].type, columns[k].name);
            *missing += rows >= 0 && strcmp(cell, "NA") == 0;
        }
        assert_null(rest);
    }
    assert_true(*line == '\0'); /* the last line ends, too */
    free(text);
    return rows;
}

static void each_file_has_a_header_and_one_row_an_observation(void **state) {
    const struct written *written = *state;
    write_run(written, 2, true);
    const struct small_run *run = &written->run;
    int64_t wanted[CR_RUN_FILES] = {0};
    for (size_t k = 0; k < written->readings.count; k++)
        wanted[isnan(written->readings.reading[k].year) ? CR_FILE_MEASURES : CR_FILE_SERIES]++;
    wanted[CR_FILE_PEOPLE] = run->record.people;
    wanted[CR_FILE_PANEL] = (int64_t)run->panel.count;
    wanted[CR_FILE_RELATIONSHIPS] = run->simulation.bonds.count;
    for (int v = 0; v < CR_VISITS; v++)
        for (uint32_t i = 0; i < run->record.people; i++)
            wanted[CR_FILE_INFANTS] += run->record.visits[v][i].week >= 0;
    int64_t missing = 0;
    for (int f = 0; f < CR_RUN_FILES; f++) {
        assert_true(wanted[f] > 0);
        assert_int_equal(rows_of(written, (enum cr_run_file)f, &missing), 2 * wanted[f]);
    }
    assert_true(missing > 100);
    assert_int_equal(files_in(written->folder), CR_RUN_FILES + 1); /* and the manifest */
}

static void the_manifest_tells_rows_and_checksum_of_every_file(void **state) {
    const struct written *written = *state;
    write_run(written, 1, true);
    char *text = content_of(written, "manifest.json");
    json_t *root = json_loads(text, 0, NULL);
    const json_t *list = json_object_get(root, "files");
    assert_int_equal(json_array_size(list), CR_RUN_FILES);
    for (int f = 0; f < CR_RUN_FILES; f++) {
        char name[32], hex[CR_DIGEST_HEX_SIZE];
        int64_t missing = 0;
        const json_t *entry = json_array_get(list, (size_t)f);
        name_of((enum cr_run_file)f, name);
        assert_string_equal(json_string_value(json_object_get(entry, "name")), name);
        assert_int_equal(
            json_integer_value(json_object_get(entry, "rows")), rows_of(written, (enum cr_run_file)f, &missing));
        char *content = content_of(written, name);
        struct cr_digest digest;
        cr_digest_init(&digest);
        cr_digest_update(&digest, content, strlen(content));
        cr_digest_hex(&digest, hex);
        assert_string_equal(json_string_value(json_object_get(entry, "sha256")), hex);
        free(content);
    }
    json_decref(root);
    free(text);
}

static void without_a_panel_there_is_no_file_of_it(void **state) {
    const struct written *written = *state;
    write_run(written, 1, false);
    assert_false(exists(written, "panel.csv"));
    assert_int_equal(files_in(written->folder), CR_RUN_FILES);
    char *text = content_of(written, "manifest.json");
    assert_null(strstr(text, "panel.csv"));
    free(text);
}

static void files_without_rows_still_name_their_columns(void **state) {
    const struct written *written = *state;
    write_run(written, 0, true);
    for (int f = 0; f < CR_RUN_FILES; f++) {
        int64_t missing = 0;
        assert_int_equal(rows_of(written, (enum cr_run_file)f, &missing), 0);
    }
}

static void a_folder_is_made_if_there_is_none(void **state) {
    struct written *written = *state;
    assert_int_equal(rmdir(written->folder), 0);
    write_run(written, 1, false);
    assert_true(exists(written, "manifest.json"));
}

static void an_old_manifest_is_gone_before_anything_is_written(void **state) {
    const struct written *written = *state;
    write_run(written, 1, false);
    struct cr_run_files files;
    assert_int_equal(cr_run_files_open(&files, written->folder, false, NULL), 0);
    assert_false(exists(written, "manifest.json"));
    assert_true(exists(written, "people.csv")); /* the old one, as long as there is no new one */
    assert_true(exists(written, "people.csv.partial"));
    cr_run_files_free(&files);
    assert_false(exists(written, "manifest.json"));
    assert_false(exists(written, "people.csv.partial"));
}

static void what_is_not_finished_leaves_nothing(void **state) {
    const struct written *written = *state;
    struct cr_run_files files;
    assert_int_equal(cr_run_files_open(&files, written->folder, true, NULL), 0);
    assert_int_equal(
        cr_run_files_add(&files, 1, &written->run.record, &written->readings, &written->run.panel, NULL), 0);
    assert_int_equal(files_in(written->folder), CR_RUN_FILES);
    cr_run_files_free(&files);
    assert_int_equal(files_in(written->folder), 0);
}

static void a_folder_that_cannot_be_made_is_told(void **state) {
    const struct written *written = *state;
    char path[128];
    struct cr_run_files files;
    struct cr_error error = {0};
    assert_int_equal(cr_run_files_open(&files, path_of(written, "no/such", path), false, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, path));
    cr_run_files_free(&files);
    FILE *file = fopen(path_of(written, "taken", path), "wb");
    assert_non_null(file);
    (void)fclose(file);
    error = (struct cr_error){0};
    assert_int_equal(cr_run_files_open(&files, path, false, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, path));
    cr_run_files_free(&files);
}

/* Each file in turn is one that nothing can be written to, as on a full disk. */
static void a_full_disk_is_told_whichever_file_meets_it(void **state) {
    const struct written *written = *state;
    for (int f = 0; f <= CR_RUN_FILES; f++) {
        char name[48] = "manifest.json", partial[64], path[128];
        struct cr_run_files files;
        struct cr_error error = {0};
        if (f < CR_RUN_FILES)
            name_of((enum cr_run_file)f, name);
        (void)snprintf(partial, sizeof partial, "%s.partial", name);
        assert_int_equal(symlink("/dev/full", path_of(written, partial, path)), 0);
        int status = cr_run_files_open(&files, written->folder, true, &error);
        assert_int_equal(status, 0);
        status = cr_run_files_add(&files, 1, &written->run.record, &written->readings, &written->run.panel, &error);
        if (status == 0)
            status = cr_run_files_finish(&files, written->folder, &written->run.scenario, &error);
        cr_run_files_free(&files);
        assert_int_equal(status, CR_ERROR_IO);
        assert_non_null(strstr(error.sentence, name));
        assert_false(exists(written, "manifest.json"));
        assert_false(exists(written, partial));
        assert_false(exists(written, "people.csv.partial"));
    }
}

static void files_without_memory_say_so(void **state) {
    const struct written *written = *state;
    long n = 0;
    for (int status = CR_ERROR_MEMORY; status != 0; n++) {
        struct cr_run_files files;
        struct cr_error error = {0};
        allocations_left = n;
        status = cr_run_files_open(&files, written->folder, true, &error);
        if (status == 0)
            status = cr_run_files_add(&files, 1, &written->run.record, &written->readings, &written->run.panel, &error);
        allocations_left = -1;
        cr_run_files_free(&files);
        assert_int_equal(status, error.code);
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
        assert_int_equal(files_in(written->folder), 0);
    }
    assert_true(n > 2 * CR_RUN_FILES);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_has_columns_of_its_own_each_explained_and_the_replicate_first),
        TEST(each_file_has_a_header_and_one_row_an_observation),
        TEST(the_manifest_tells_rows_and_checksum_of_every_file),
        TEST(without_a_panel_there_is_no_file_of_it),
        TEST(files_without_rows_still_name_their_columns),
        TEST(a_folder_is_made_if_there_is_none),
        TEST(an_old_manifest_is_gone_before_anything_is_written),
        TEST(what_is_not_finished_leaves_nothing),
        TEST(a_folder_that_cannot_be_made_is_told),
        TEST(a_full_disk_is_told_whichever_file_meets_it),
        TEST(files_without_memory_say_so),
    };
    return cmocka_run_group_tests(tests, make_run, free_run);
}
