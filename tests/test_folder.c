#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/folder.h"

enum { PATH_SIZE = 128 };

static int make_place(void **state) {
    char *const place = calloc(PATH_SIZE, 1);
    if (!place)
        return -1;
    (void)snprintf(place, PATH_SIZE, "/tmp/cradle_folder_XXXXXX");
    *state = place;
    return mkdtemp(place) ? 0 : -1;
}

static int remove_place(void **state) {
    const int status = rmdir(*state);
    free(*state);
    return status;
}

static void a_folder_is_made_or_is_there_already(void **state) {
    char path[PATH_SIZE + 8];
    struct cr_error error = {0};
    struct stat found;
    (void)snprintf(path, sizeof path, "%s/new", (const char *)*state);
    assert_int_equal(cr_folder_make(path, &error), 0);
    assert_int_equal(cr_folder_make(path, &error), 0);
    assert_int_equal(stat(path, &found), 0);
    assert_true(S_ISDIR(found.st_mode));
    assert_int_equal(rmdir(path), 0);
}

static void what_cannot_be_a_folder_is_refused_in_one_sentence(void **state) {
    char path[PATH_SIZE + 8];
    struct cr_error error = {0};
    (void)snprintf(path, sizeof path, "%s/a/b", (const char *)*state);
    assert_int_equal(cr_folder_make(path, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "/a/b cannot be made: No such file or directory"));

    error = (struct cr_error){0};
    (void)snprintf(path, sizeof path, "%s/file", (const char *)*state);
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(cr_folder_make(path, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "/file is no folder that anything could be written to"));
    assert_int_equal(unlink(path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_is_made_or_is_there_already, make_place, remove_place),
        cmocka_unit_test_setup_teardown(what_cannot_be_a_folder_is_refused_in_one_sentence, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
