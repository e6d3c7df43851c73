#ifndef CR_TESTS_RUN_FOLDER_H
#define CR_TESTS_RUN_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "io/run_files.h"
#include "study/replicates.h"

/* Folders that runs are written to, as `cradle run --out` writes them. Include after cmocka.h. */

enum { FOLDER_SIZE = 256 };

static inline void make_folder(char folder[FOLDER_SIZE]) {
    (void)snprintf(folder, FOLDER_SIZE, "/tmp/cradle_world_XXXXXX");
    assert_non_null(mkdtemp(folder));
}

static inline int remove_entry(const char *path, const struct stat *found, int kind, struct FTW *place) {
    (void)found;
    (void)kind;
    (void)place;
    return remove(path);
}

/* With all that is in it. */
static inline void remove_folder(const char *folder) {
    assert_int_equal(nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static inline int take_replicate(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    return cr_run_files_add(context, replicate->number, &replicate->record, &replicate->readings, NULL, error);
}

/* `cradle run` of a scenario into FOLDER/NAME, which `into` is given the path of. */
static inline void run_into(
    const struct cr_scenario *scenario, int threads, const char *folder, const char *name, char into[FOLDER_SIZE]) {
    struct cr_run_files files;
    struct cr_error error = {0};
    const struct cr_replicates_plan plan = {
        .scenario = scenario, .threads = threads, .take = take_replicate, .context = &files};
    assert_true(snprintf(into, FOLDER_SIZE, "%s/%s", folder, name) < FOLDER_SIZE);
    if (cr_run_files_open(&files, into, false, &error) != 0 || cr_replicates_run(&plan, &error) != 0 ||
        cr_run_files_finish(&files, into, scenario, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_run_files_free(&files);
}

static inline char *content_of(const char *folder, const char *name, size_t *size) {
    char path[2 * FOLDER_SIZE];
    struct stat found;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    if (stat(path, &found) != 0)
        fail_msg("there is no %s", path);
    *size = (size_t)found.st_size;
    char *content = malloc(*size + 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(content);
    assert_non_null(file);
    assert_int_equal(fread(content, 1, *size, file), *size);
    assert_int_equal(fclose(file), 0);
    content[*size] = '\0';
    return content;
}

/* Both hold all files of a run, and the same bytes in each. */
static inline void expect_same_runs(const char *left, const char *right) {
    static const char *const names[] = {
        "measures.csv", "series.csv", "people.csv", "relationships.csv", "infants.csv", "manifest.json"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        size_t sizes[2];
        char *const contents[2] = {content_of(left, names[k], &sizes[0]), content_of(right, names[k], &sizes[1])};
        if (sizes[0] != sizes[1] || memcmp(contents[0], contents[1], sizes[0]) != 0)
            fail_msg("%s differs between %s and %s", names[k], left, right);
        assert_true(sizes[0] > 100);
        free(contents[0]);
        free(contents[1]);
    }
}

#endif
