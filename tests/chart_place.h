#ifndef CR_TESTS_CHART_PLACE_H
#define CR_TESTS_CHART_PLACE_H

#include "failing_allocation.h"
#include "near.h"
#include "report/source_chart.h"
#include "store_place.h"

/* A folder of its own with files written by hand, and the charts of it. Include after cmocka.h; linked as
 * failing_allocation.h asks. */

/* What a run of so many people, replicates and years says of itself. */
#define MANIFEST(people, replicates, years)                                                                            \
    "{\"program\": \"cradle\", \"scenario\": {\"name\": \"plain\", \"title\": \"\"}, \"people\": " #people             \
    ", \"replicates\": " #replicates ", \"years\": " #years "}"

/* Puts a text into a file of the folder. */
static inline void put_text(const struct store_place *place, const char *name, const char *text) {
    char path[192];
    (void)snprintf(path, sizeof path, "%s/%s", place->folder, name);
    put_bytes(path, text, strlen(text));
}

/* The chart of a folder or store; free it. */
static inline void chart_of(
    struct cr_source_chart *made, enum cr_chart_kind kind, const char *path, const char *measure, int age) {
    const struct cr_source source = {.path = path, .measure = measure, .age = age};
    struct cr_error error = {0};
    if (cr_source_chart_init(made, kind, &source, &error) != 0)
        fail_msg("%s", error.sentence);
    assert_int_equal(error.code, 0);
    assert_int_equal(made->chart.kind, kind);
}

/* It can be drawn, too. */
static inline void chart_is_drawable(const struct cr_source_chart *made) {
    const struct cr_chart_look look = {.width = 400.0, .height = 300.0};
    struct cr_error error = {0};
    char *svg = NULL;
    if (cr_chart_svg(&made->chart, &look, "c", &svg, &error) != 0)
        fail_msg("%s", error.sentence);
    free(svg);
}

/* There is no such chart; the sentence may name the source by one "%s". */
static inline void chart_is_refused(
    enum cr_chart_kind kind, const char *path, const char *measure, int code, const char *sentence) {
    const struct cr_source source = {.path = path, .measure = measure};
    struct cr_source_chart made;
    struct cr_error error = {0};
    char expected[512];
    const int status = cr_source_chart_init(&made, kind, &source, &error);
    cr_source_chart_free(&made);
    cr_source_chart_free(&made);
    (void)snprintf(expected, sizeof expected, sentence, path); /* NOLINT(clang-diagnostic-format-nonliteral) */
    assert_string_equal(error.sentence, expected);
    assert_int_equal(status, code);
    assert_int_equal(error.code, code);
}

/* Whichever allocation fails, there is a sentence of it, and nothing stays behind; `counted` unless strdup is among
 * them, which is not. */
static inline void chart_survives_want(
    enum cr_chart_kind kind, const char *path, const char *measure, bool counted, long least) {
    const struct cr_source source = {.path = path, .measure = measure};
    long n = 0;
    for (int status = -1; status != 0; n++) {
        struct cr_source_chart made;
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_source_chart_init(&made, kind, &source, &error);
        allocations_left = -1;
        cr_source_chart_free(&made);
        if (counted)
            assert_int_equal(allocations_held, held);
        if (status != 0 && status != CR_ERROR_MEMORY)
            fail_msg("allocation %ld: %d, %s", n, status, error.sentence);
        assert_int_equal(status, error.code);
        assert_int_equal(status != 0, error.sentence[0] != '\0');
    }
    assert_true(n > least);
}

#endif
