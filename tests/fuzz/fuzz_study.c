#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "io/config_text.h"
#include "study/design.h"
#include "study/study_file.h"

/* No study file and no table of points, however broken, crashes its reader: it is read whole, and its points lie in
 * their ranges, or it is refused with a sentence. What stands behind a line "---" is the table, points.csv. */

enum { POINTS_TRIED = 64, POINTS_HELD = 100000 };

static void promise(bool kept, const char *sentence) {
    if (!kept) {
        (void)fprintf(stderr, "broken promise: %s\n", sentence);
        abort();
    }
}

static void write_file(const char *path, const uint8_t *data, size_t size) {
    FILE *const stream = fopen(path, "wb");
    promise(stream && fwrite(data, 1, size, stream) == size && fclose(stream) == 0, "the input can be written");
}

static void promise_outcome(int code, const struct cr_error *error) {
    promise(code == (int)error->code, "the code that is returned is the code that is recorded");
    promise(code <= 0, "codes are negative");
    promise((code != 0) == (error->sentence[0] != '\0'), "a failure has a sentence, and only a failure");
    promise(strchr(error->sentence, '\n') == NULL, "a sentence is one line");
}

static void try_point(const struct cr_study *study, const double *values) {
    struct cr_scenario scenario;
    struct cr_error error = {0};
    for (size_t i = 0; i < study->axis_count; i++) {
        const struct cr_field *const field = study->axes[i].field;
        promise(values[i] >= field->minimum && values[i] <= field->maximum, "a value lies in its parameter's range");
        promise(field->type == CR_REAL || floor(values[i]) == values[i], "a whole number is whole");
    }
    const int code = cr_study_scenario(study, values, &scenario, &error);
    promise_outcome(code, &error);
    cr_scenario_free(&scenario);
}

static void lay_out(const struct cr_study *study) {
    struct cr_design design;
    double values[CR_STUDY_AXES_MAX];
    const int64_t points = cr_study_points(study);
    promise(points >= 1 && cr_study_runs(study) <= CR_STUDY_RUNS_MAX, "a study has runs, and not too many");
    promise(cr_study_check(study, NULL) == 0, "what is read has been checked");
    if (points > POINTS_HELD)
        return;
    promise(cr_design_init(&design, study, NULL) == 0, "a checked study can be laid out");
    for (int64_t i = 0; i < points && i < POINTS_TRIED; i++) {
        cr_design_next(&design, values);
        try_point(study, values);
    }
    cr_design_free(&design);
    char *text = NULL;
    promise(cr_config_text(&study->scenario, &text, NULL) == 0, "a scenario that was read can be written");
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char line[] = "\n---\n";
    char folder[] = "/tmp/fuzz-study-XXXXXX", study_path[64], table_path[64];
    promise(mkdtemp(folder) != NULL, "a temporary folder can be made");
    (void)snprintf(study_path, sizeof study_path, "%s/study.cfg", folder);
    (void)snprintf(table_path, sizeof table_path, "%s/points.csv", folder);
    size_t end = 0;
    while (end + sizeof line - 1 <= size && memcmp(data + end, line, sizeof line - 1) != 0)
        end++;
    const bool has_table = end + sizeof line - 1 <= size;
    write_file(study_path, data, has_table ? end : size);
    if (has_table)
        write_file(table_path, data + end + sizeof line - 1, size - end - (sizeof line - 1));

    struct cr_study study;
    struct cr_error error = {0};
    const int code = cr_study_read(study_path, &study, &error);
    promise_outcome(code, &error);
    if (code == 0) {
        promise(cr_study_file_is(study_path), "what is read as a study is one");
        lay_out(&study);
    }
    cr_study_free(&study);
    cr_study_free(&study);
    (void)unlink(study_path);
    (void)unlink(table_path);
    (void)rmdir(folder);
    return 0;
}
