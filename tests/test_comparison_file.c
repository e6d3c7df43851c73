#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "near.h"
#include "study/comparison_file.h"

enum { SCENARIOS = 3, REPLICATES = 3 };

/* Three scenarios, compared; and a folder of its own. */
struct compared_lives {
    char folder[64];
    struct cr_scenario scenarios[SCENARIOS];
    struct cr_compared compared;
};

static int compare(struct compared_lives *lives, bool paired, int threads) {
    const struct cr_compare_plan plan = {.scenarios = lives->scenarios,
        .count = SCENARIOS,
        .replicates = REPLICATES,
        .paired = paired,
        .resamples = 50,
        .level = 0.95,
        .threads = threads};
    return cr_compare_run(&lives->compared, &plan, NULL);
}

static int begin(void **state) {
    static const char *const names[SCENARIOS] = {"plain", "quick", "plain"};
    struct compared_lives *lives = calloc(1, sizeof *lives);
    if (lives == NULL)
        return -1;
    for (size_t k = 0; k < SCENARIOS; k++) {
        struct cr_parameters *p = &lives->scenarios[k].parameters;
        cr_scenario_init(&lives->scenarios[k]);
        (void)snprintf(lives->scenarios[k].name, sizeof lives->scenarios[k].name, "%s", names[k]);
        p->run_people = 30;
        p->run_years = 20.0;
        p->life_birth_years = 1.0;
        p->life_adult_age = 12.0;
        p->meeting_rate = 0.8;
        p->pairing_acceptance = 2.0;
        p->learning_rate *= k == 1 ? 2.0 : 1.0;
    }
    *state = lives;
    (void)snprintf(lives->folder, sizeof lives->folder, "/tmp/cradle_comparison_XXXXXX");
    return mkdtemp(lives->folder) != NULL ? compare(lives, true, 1) : -1;
}

static int end(void **state) {
    struct compared_lives *lives = *state;
    char path[512];
    DIR *entries = opendir(lives->folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        (void)snprintf(path, sizeof path, "%s/%s", lives->folder, entry->d_name);
        (void)unlink(path);
    }
    if (entries != NULL)
        (void)closedir(entries);
    const int status = rmdir(lives->folder);
    cr_compared_free(&lives->compared);
    free(lives);
    return status;
}

static FILE *open_file(const struct compared_lives *lives, const char *name) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", lives->folder, name);
    FILE *stream = fopen(path, "r");
    assert_non_null(stream);
    return stream;
}

static void write_files(const struct compared_lives *lives) {
    struct cr_error error = {0};
    if (cr_comparison_write(&lives->compared, lives->scenarios, lives->folder, &error) != 0)
        fail_msg("%s", error.sentence);
}

enum { CELLS = 21 };

/* Takes a line apart; the caller keeps `line`, from which the cells are borrowed. Returns how many there are. */
static int take_apart(char *line, char *cells[CELLS]) {
    int count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at != NULL && count < CELLS; count++) {
        char *comma = strchr(at, ',');
        cells[count] = at;
        if (comma != NULL)
            *comma++ = '\0';
        at = comma;
    }
    return count;
}

/* As tables write reals, with six digits. */
static void expect_real(const char *cell, double value) {
    if (isnan(value)) {
        assert_string_equal(cell, "NA");
    } else if (isinf(value)) {
        assert_string_equal(cell, "Inf");
    } else {
        assert_near(strtod(cell, NULL), value, 1e-5 * fabs(value));
    }
}

static void expect_row(char *cells[CELLS], const struct cr_difference *row) {
    const double reals[] = {row->second.value, row->first.value, row->difference.value, row->t.low, row->t.high,
        row->bootstrap.low, row->bootstrap.high, row->effect};
    for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
        expect_real(cells[4 + k], reals[k]);
    const double more[] = {row->p, row->corrected, row->least, row->detectable, row->needed, row->gain};
    for (size_t k = 0; k < sizeof more / sizeof *more; k++)
        expect_real(cells[13 + k], more[k]);
    assert_string_equal(cells[2], cr_measures[row->measure].name);
    assert_string_equal(cells[3], row->group);
    assert_string_equal(cells[12], row->effect_kind == CR_EFFECT_NONE ? "NA" : cr_effect_letter(row->effect_kind));
    assert_int_equal(strtol(cells[19], NULL, 10), row->difference.n);
    assert_string_equal(cells[20], cr_finding_names[row->finding]);
}

static void comparison_csv_has_every_row_of_every_comparison(void **state) {
    const struct compared_lives *lives = *state;
    char line[1024], *cells[CELLS];
    size_t differing = 0, infinite = 0;
    write_files(lives);
    FILE *stream = open_file(lives, "comparison.csv");
    assert_non_null(fgets(line, sizeof line, stream));
    assert_string_equal(line, "scenario,with,measure,group,mean,mean_with,difference,low,high,bootstrap_low,"
                              "bootstrap_high,effect,effect_kind,p,p_corrected,least,detectable,needed,gain,n,"
                              "finding\n");
    for (size_t k = 1; k < SCENARIOS; k++) {
        const struct cr_comparison *comparison = &lives->compared.comparisons[k - 1];
        assert_true(comparison->count > 100);
        for (size_t r = 0; r < comparison->count; r++) {
            assert_non_null(fgets(line, sizeof line, stream));
            assert_int_equal(take_apart(line, cells), CELLS);
            assert_string_equal(cells[0], lives->scenarios[k].name);
            assert_string_equal(cells[1], "plain");
            expect_row(cells, &comparison->row[r]);
            differing += strtod(cells[6], NULL) != 0.0;
            infinite += strcmp(cells[18], "Inf") == 0;
        }
    }
    assert_null(fgets(line, sizeof line, stream));
    (void)fclose(stream);
    assert_true(differing > 50 && infinite > 50);
}

static void who_csv_has_every_change_of_every_trait(void **state) {
    const struct compared_lives *lives = *state;
    char line[1024], *cells[CELLS];
    int64_t changed = 0;
    write_files(lives);
    FILE *stream = open_file(lives, "who.csv");
    assert_non_null(fgets(line, sizeof line, stream));
    assert_string_equal(line, "scenario,with,trait,value_with,value,persons\n");
    for (size_t k = 1; k < SCENARIOS; k++)
        for (int t = 0; t < CR_TRAITS; t++) {
            const enum cr_trait trait = (enum cr_trait)t;
            const struct cr_changes changes =
                cr_fates_compare(&lives->compared.histories[0].fates, &lives->compared.histories[k].fates, trait);
            int64_t persons = 0;
            for (int i = 0; i < cr_trait_values(trait); i++)
                for (int j = 0; j < cr_trait_values(trait); j++) {
                    assert_non_null(fgets(line, sizeof line, stream));
                    assert_int_equal(take_apart(line, cells), 6);
                    assert_string_equal(cells[0], lives->scenarios[k].name);
                    assert_string_equal(cells[1], "plain");
                    assert_string_equal(cells[2], cr_trait_name(trait));
                    assert_string_equal(cells[3], cr_trait_value_name(trait, i));
                    assert_string_equal(cells[4], cr_trait_value_name(trait, j));
                    assert_int_equal(strtol(cells[5], NULL, 10), changes.count[i][j]);
                    persons += changes.count[i][j];
                    changed += i != j && k == 1 ? changes.count[i][j] : 0;
                    assert_true(k == 1 || i == j || changes.count[i][j] == 0);
                }
            assert_int_equal(persons, changes.known);
        }
    assert_null(fgets(line, sizeof line, stream));
    (void)fclose(stream);
    assert_true(changed > 10);
}

/* How many lines a file has. */
static size_t lines_of(const struct compared_lives *lives, const char *name) {
    char line[1024];
    size_t count = 0;
    FILE *stream = open_file(lives, name);
    while (fgets(line, sizeof line, stream) != NULL)
        count++;
    (void)fclose(stream);
    return count;
}

static void without_pairs_nobody_is_the_same_person(void **state) {
    struct compared_lives *lives = *state;
    cr_compared_free(&lives->compared);
    assert_int_equal(compare(lives, false, 1), 0);
    write_files(lives);
    assert_int_equal(lines_of(lives, "who.csv"), 1);
    assert_true(lines_of(lives, "comparison.csv") > 200);
}

static void among_unequal_numbers_of_people_nobody_is_the_same_person(void **state) {
    struct compared_lives *lives = *state;
    cr_compared_free(&lives->compared);
    lives->scenarios[1].parameters.run_people = 31;
    assert_int_equal(compare(lives, true, 1), 0);
    write_files(lives);
    assert_int_equal(lines_of(lives, "who.csv"), 1 + 5 * 16 + 4); /* of the third scenario alone */
}

/* The caller frees it. */
static char *content_of(const struct compared_lives *lives, const char *name) {
    enum { ROOM = 1 << 20 };
    char *text = calloc(1, ROOM);
    assert_non_null(text);
    FILE *stream = open_file(lives, name);
    const size_t length = fread(text, 1, ROOM - 1, stream);
    assert_in_range(length, 2000, ROOM - 2);
    (void)fclose(stream);
    return text;
}

static void threads_change_no_byte(void **state) {
    struct compared_lives *lives = *state;
    char *text[2][2];
    for (int threads = 1; threads <= 2; threads++) {
        cr_compared_free(&lives->compared);
        assert_int_equal(compare(lives, true, threads), 0);
        write_files(lives);
        text[threads - 1][0] = content_of(lives, "comparison.csv");
        text[threads - 1][1] = content_of(lives, "who.csv");
    }
    for (int file = 0; file < 2; file++) {
        assert_string_equal(text[0][file], text[1][file]);
        free(text[0][file]);
        free(text[1][file]);
    }
}

static void the_folder_is_made_and_a_place_where_it_cannot_be_is_told(void **state) {
    struct compared_lives *lives = *state;
    char path[128];
    struct cr_error error = {0};
    (void)snprintf(path, sizeof path, "%s/new", lives->folder);
    assert_int_equal(cr_comparison_write(&lives->compared, lives->scenarios, path, &error), 0);
    assert_int_equal(cr_comparison_write(&lives->compared, lives->scenarios, path, &error), 0);
    for (int file = 0; file < 2; file++) {
        (void)snprintf(path, sizeof path, "%s/new/%s.csv", lives->folder, file == 0 ? "who" : "comparison");
        assert_int_equal(unlink(path), 0);
    }
    (void)snprintf(path, sizeof path, "%s/new", lives->folder);
    assert_int_equal(rmdir(path), 0);
    (void)snprintf(path, sizeof path, "%s/no/such", lives->folder);
    assert_int_equal(cr_comparison_write(&lives->compared, lives->scenarios, path, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, path));
    (void)snprintf(path, sizeof path, "%s/taken", lives->folder);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    (void)fclose(stream);
    error = (struct cr_error){0};
    assert_int_equal(cr_comparison_write(&lives->compared, lives->scenarios, path, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, path));
}

static void without_memory_it_says_so(void **state) {
    struct compared_lives *lives = *state;
    int code = CR_ERROR_MEMORY;
    long n = 0;
    for (; code != 0; n++) {
        struct cr_error error = {0};
        allocations_left = n;
        code = cr_comparison_write(&lives->compared, lives->scenarios, lives->folder, &error);
        allocations_left = -1;
        assert_int_equal(error.code, code);
        assert_true(code == 0 || code == CR_ERROR_MEMORY);
    }
    assert_true(n > 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comparison_csv_has_every_row_of_every_comparison, begin, end),
        cmocka_unit_test_setup_teardown(who_csv_has_every_change_of_every_trait, begin, end),
        cmocka_unit_test_setup_teardown(without_pairs_nobody_is_the_same_person, begin, end),
        cmocka_unit_test_setup_teardown(among_unequal_numbers_of_people_nobody_is_the_same_person, begin, end),
        cmocka_unit_test_setup_teardown(threads_change_no_byte, begin, end),
        cmocka_unit_test_setup_teardown(the_folder_is_made_and_a_place_where_it_cannot_be_is_told, begin, end),
        cmocka_unit_test_setup_teardown(without_memory_it_says_so, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
