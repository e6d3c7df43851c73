#ifndef CR_TESTS_STUDY_PLACE_H
#define CR_TESTS_STUDY_PLACE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/study_file.h"

/* A folder of its own for a study's files: study.cfg, beside it mix.cfg, a scenario with a profile "cold" and an event
 * "war", and points.csv. Include after cmocka.h. */
struct study_place {
    char folder[64];
    char study[96], scenario[96], table[96];
};

static inline void write_bytes(const char *path, const char *bytes, size_t size) {
    FILE *const stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

static inline void write_text(const char *path, const char *text) {
    write_bytes(path, text, strlen(text));
}

static inline int make_place(void **state) {
    struct study_place *const place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    snprintf(place->folder, sizeof place->folder, "/tmp/cradle_study_XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->study, sizeof place->study, "%s/study.cfg", place->folder);
    snprintf(place->scenario, sizeof place->scenario, "%s/mix.cfg", place->folder);
    snprintf(place->table, sizeof place->table, "%s/points.csv", place->folder);
    write_text(place->scenario, "profiles : { cold : { share = 2.0; }; warm : { share = 1.0; }; };\n"
                                "events : { war : { age = 3.0; }; };\nrun : { people = 50; years = 20.0; };\n");
    *state = place;
    return 0;
}

static inline int clear_place(void **state) {
    struct study_place *const place = *state;
    unlink(place->study);
    unlink(place->scenario);
    unlink(place->table);
    rmdir(place->folder);
    free(place);
    return 0;
}

/* Reads `text` as study.cfg; the caller frees the study. */
static inline void accepted(const struct study_place *place, const char *text, struct cr_study *study) {
    struct cr_error error = {0};
    write_text(place->study, text);
    if (cr_study_read(place->study, study, &error))
        fail_msg("%s", error.sentence);
}

/* `sentence` is what must be said, after the path of the folder. */
static inline void refused(const struct study_place *place, const char *text, const char *sentence) {
    struct cr_study study;
    struct cr_error error = {0};
    write_text(place->study, text);
    const int code = cr_study_read(place->study, &study, &error);
    cr_study_free(&study);
    assert_int_equal(code, CR_ERROR_CONFIG);
    assert_int_equal(error.code, CR_ERROR_CONFIG);
    const size_t length = strlen(place->folder) + 1;
    if (strncmp(error.sentence, place->folder, length - 1) != 0)
        fail_msg("%s", error.sentence);
    assert_string_equal(error.sentence + length, sentence);
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, clear_place)

#endif
