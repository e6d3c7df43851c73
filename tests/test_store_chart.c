#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "chart_place.h"
#include "io/store_values.h"
#include "made_up_runs.h"

/* Stores of two replicates a point whose run number x gives a share of secure adults of x / 1000. */

static const double rates[] = {0.3, 0.1, 0.2}, forms[] = {1.0, 0.0};

/* An axis of a study to come. */
static void add_axis(struct cr_study *study, const char *key, const double *values, size_t count) {
    struct cr_error error = {0};
    struct cr_axis *axis = NULL;
    if (cr_study_add_axis(study, key, &axis, "", &error) != 0)
        fail_msg("%s", error.sentence);
    for (size_t k = 0; k < count; k++)
        assert_int_equal(cr_axis_add_value(axis, values[k], NULL), 0);
}

static void put_share(struct open_runs *open, int64_t run) {
    struct cr_run_outcome outcome;
    memset(&outcome, 0, sizeof outcome);
    outcome.run = run;
    outcome.readings = malloc(2 * sizeof *outcome.readings);
    assert_non_null(outcome.readings);
    outcome.readings[0] = made_up_reading("style_share", "secure", (double)NAN, (double)run / 1000.0, 0.125);
    outcome.readings[1] = made_up_reading("ecr_mean", "anxiety", (double)NAN, run == 1 ? (double)NAN : 3.0, 0.125);
    outcome.reading_count = 2;
    put(open, &outcome);
}

/* Begins the store of a study and does its runs up to `last`; frees the study. */
static void make_store(struct cr_study *study, const char *path, int64_t last) {
    struct cr_error error = {0};
    struct cr_store store;
    struct open_runs open;
    study->scenario.parameters.run_replicates = 2;
    study->scenario.parameters.run_people = 20;
    study->scenario.parameters.run_years = 1.5;
    (void)snprintf(study->title, sizeof study->title, "a study made up");
    if (cr_study_check(study, &error) != 0 || cr_store_open(&store, path, CR_STORE_WRITE, &error) != 0 ||
        cr_study_begin(study, &store, 1, 1, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
    open_runs(&open, study, path);
    for (int64_t run = 1; run <= last; run++)
        put_share(&open, run);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
    cr_study_free(study);
}

/* Three rates by two words, or by none. */
static void make_grid(const char *path, bool words, int64_t last) {
    struct cr_study study;
    cr_study_init(&study);
    add_axis(&study, "learning.rate", rates, 3);
    if (words)
        add_axis(&study, "caregiving.form", forms, 2);
    make_store(&study, path, last);
}

/* The mean of the two replicates of the point that SQL names; NaN if it has no run. */
static double share_at(const char *path, double rate, const char *form) {
    char sql[256], rows[64];
    (void)snprintf(sql, sizeof sql,
        "SELECT avg(value) FROM measures WHERE measure = 'style_share' AND"
        " \"learning.rate\" = %g AND \"caregiving.form\" = '%s'",
        rate, form);
    ask(path, sql, rows, sizeof rows);
    return rows[0] == '-' ? (double)NAN : strtod(rows, NULL);
}

static void cells_are_the_means_of_points_and_words_name_them(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    int missing = 0;
    make_grid(place->store, true, 10); /* the last point waits */
    chart_of(&made, CR_CHART_HEAT_MAP, place->store, "style_share:secure", 0);
    const struct cr_chart_heat_map *map = &made.chart.of.heat_map;
    assert_string_equal(made.chart.title, "Share of secure adults");
    assert_string_equal(made.chart.subtitle, "a study made up");
    assert_int_equal(map->columns, 3);
    assert_int_equal(map->rows, 2);
    assert_string_equal(map->x.label, "learning.rate");
    assert_string_equal(map->y.label, "caregiving.form");
    assert_null(map->ys);
    assert_int_equal(map->y.category_count, 2);
    assert_int_equal(map->value.form, CR_NUMBER_PERCENT);
    for (size_t y = 0; y < 2; y++)
        for (size_t x = 0; x < 3; x++) {
            const double expected = share_at(place->store, map->xs[x], map->y.categories[y]);
            const double value = map->values[y * 3 + x];
            assert_near(map->xs[x], 0.1 * (double)(x + 1), 1e-15);
            if (isnan(expected)) {
                assert_true(isnan(value));
                missing++;
            } else {
                assert_near(value, expected, 1e-15);
            }
        }
    assert_int_equal(missing, 1);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

/* Points come in the order in which the study names its values: 0.3, 0.1, 0.2. t(1; .975) = 12.706205. */
static void a_line_goes_along_one_axis_with_intervals_over_replicates(void **state) {
    const struct store_place *const place = *state;
    static const double means[] = {0.0035, 0.0055, 0.0015};
    struct cr_source_chart made;
    make_grid(place->store, false, 6);
    chart_of(&made, CR_CHART_LINES, place->store, NULL, 0);
    const struct cr_chart_lines *lines = &made.chart.of.lines;
    assert_int_equal(lines->line_count, 1);
    assert_null(lines->lines[0].name);
    assert_int_equal(lines->lines[0].count, 3);
    for (size_t k = 0; k < 3; k++) {
        assert_near(lines->lines[0].x[k], 0.1 * (double)(k + 1), 1e-15);
        assert_near(lines->lines[0].y[k], means[k], 1e-15);
        assert_near(lines->lines[0].high[k], means[k] + 12.706205 * 0.0005, 1e-9);
        assert_true(lines->lines[0].low[k] == 0.0);
    }
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    chart_of(&made, CR_CHART_LINES, place->store, "ecr_mean", 0);
    assert_near(made.chart.of.lines.lines[0].y[2], 3.0, 1e-15); /* one replicate of the first point had none */
    assert_true(isnan(made.chart.of.lines.lines[0].low[2]));
    cr_source_chart_free(&made);
}

static void a_second_axis_makes_a_line_a_value(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    make_grid(place->store, true, 12);
    chart_of(&made, CR_CHART_LINES, place->store, "style_share", 0);
    const struct cr_chart_lines *lines = &made.chart.of.lines;
    assert_int_equal(lines->line_count, 2);
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < 3; i++)
            assert_near(
                lines->lines[k].y[i], share_at(place->store, lines->lines[k].x[i], lines->lines[k].name), 1e-15);
    assert_string_not_equal(lines->lines[0].name, lines->lines[1].name);
    assert_non_null(strstr(made.chart.note, "Lines: caregiving.form"));
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void many_lines_have_no_bands(void **state) {
    static const double values[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0};
    const struct store_place *const place = *state;
    for (size_t count = 3; count <= 9; count += count == 3 ? 1 : 5) {
        struct cr_study study;
        struct cr_source_chart made;
        cr_study_init(&study);
        add_axis(&study, "learning.rate", rates, 3);
        add_axis(&study, "life.birth_years", values, count);
        make_store(&study, place->store, 6 * (int64_t)count);
        if (count < 9) {
            chart_of(&made, CR_CHART_LINES, place->store, NULL, 0);
            assert_int_equal(made.chart.of.lines.line_count, count);
            assert_int_equal(made.chart.of.lines.lines[0].low != NULL, count == 3);
            assert_string_equal(made.chart.of.lines.lines[1].name, "2");
            cr_source_chart_free(&made);
        } else {
            chart_is_refused(CR_CHART_LINES, place->store, NULL, CR_ERROR_USAGE,
                "lines need a sweep along one axis of numbers, or along two with at most 8 values of the second");
        }
        assert_int_equal(unlink(place->store), 0);
    }
}

static void a_sweep_that_does_not_fit_the_chart_is_refused(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    make_grid(place->store, false, 6);
    chart_is_refused(
        CR_CHART_HEAT_MAP, place->store, NULL, CR_ERROR_USAGE, "a heat map needs a sweep over two axes; %s has 1");
    chart_is_refused(
        CR_CHART_LINES, place->store, "joy", CR_ERROR_USAGE, "%s has no measure joy; cradle export tells what it has");
    chart_is_refused(CR_CHART_LINES, place->store, "style_share:happy", CR_ERROR_USAGE,
        "%s has no measure style_share:happy; cradle export tells what it has");
    chart_is_refused(CR_CHART_BARS, place->store, NULL, CR_ERROR_USAGE,
        "%s has no sensitivity indices of style_share; cradle sensitivity computes them");
    chart_is_refused(CR_CHART_FLOWS, place->store, NULL, CR_ERROR_USAGE,
        "from a store come heat maps, lines and bars; the other charts need the folder that cradle run --out wrote");
    cr_study_init(&study);
    add_axis(&study, "caregiving.form", forms, 2);
    make_store(&study, place->other, 4);
    chart_is_refused(CR_CHART_LINES, place->other, NULL, CR_ERROR_USAGE,
        "lines need a sweep along one axis of numbers, or along two with at most 8 values of the second");
}

static void a_store_without_finished_runs_says_so(void **state) {
    const struct store_place *const place = *state;
    make_grid(place->store, true, 0);
    chart_is_refused(CR_CHART_HEAT_MAP, place->store, NULL, CR_ERROR_USAGE, "%s has no finished run yet");
    chart_is_refused(CR_CHART_LINES, place->store, "style_share", CR_ERROR_USAGE, "%s has no finished run yet");
}

static void a_sample_of_points_is_no_heat_map(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_source_chart made;
    static const double values[] = {0.1, 0.2, 0.3, 0.4, 0.5};
    for (size_t count = 4; count <= 5; count++) {
        cr_study_init(&study);
        study.settings.design = CR_DESIGN_ZIP;
        add_axis(&study, "learning.rate", values, count);
        add_axis(&study, "prototype.strength", values, count);
        make_store(&study, place->store, 2 * (int64_t)count);
        if (count == 4) {
            chart_of(&made, CR_CHART_HEAT_MAP, place->store, NULL, 0);
            for (size_t k = 0; k < 16; k++)
                assert_int_equal(isnan(made.chart.of.heat_map.values[k]), k % 5 != 0);
            cr_source_chart_free(&made);
        } else {
            char sentence[256];
            (void)snprintf(sentence, sizeof sentence,
                "a heat map needs a grid, such as design factorial gives; the 5 points of %s lie on 5 x 5 values",
                "%s");
            chart_is_refused(CR_CHART_HEAT_MAP, place->store, NULL, CR_ERROR_USAGE, sentence);
        }
        assert_int_equal(unlink(place->store), 0);
    }
}

static void put_indices(const char *path, const struct cr_stored_index *rows, size_t count) {
    struct cr_store store;
    struct cr_error error = {0};
    if (cr_store_open(&store, path, CR_STORE_WRITE, &error) != 0 ||
        cr_store_indices_replace(&store, rows, count, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
}

static void bars_of_variance_have_the_largest_total_first(void **state) {
    const struct store_place *const place = *state;
    static const struct cr_stored_index rows[] = {
        {"style_share", "secure", "first", "learning.rate", NULL, 0.25, 0.2, 0.3, 64},
        {"style_share", "secure", "total", "learning.rate", NULL, 0.375, 0.3, 0.4, 64},
        {"style_share", "secure", "first", "caregiving.form", NULL, 0.5, (double)NAN, (double)NAN, 64},
        {"style_share", "secure", "total", "caregiving.form", NULL, 0.625, 0.5, 0.75, 64},
        {"style_share", "secure", "second", "learning.rate", "caregiving.form", 0.1, 0.0, 0.2, 64},
        {"style_share", "fearful", "total", "learning.rate", NULL, 0.9, 0.8, 1.0, 64}};
    struct cr_source_chart made;
    make_grid(place->store, true, 12);
    put_indices(place->store, rows, sizeof rows / sizeof *rows);
    chart_of(&made, CR_CHART_BARS, place->store, NULL, 0);
    const struct cr_chart_bars *bars = &made.chart.of.bars;
    assert_int_equal(bars->x.category_count, 2);
    assert_string_equal(bars->x.categories[0], "caregiving.form");
    assert_string_equal(bars->x.categories[1], "learning.rate");
    assert_string_equal(bars->y.label, "share of variance");
    assert_string_equal(bars->series[0].name, "total");
    assert_string_equal(bars->series[1].name, "first order");
    assert_true(bars->series[0].values[0] == 0.625 && bars->series[0].values[1] == 0.375);
    assert_true(bars->series[0].low[0] == 0.5 && bars->series[0].high[0] == 0.75);
    assert_true(bars->series[1].values[0] == 0.5 && bars->series[1].values[1] == 0.25);
    assert_true(isnan(bars->series[1].low[0]) && bars->series[1].high[1] == 0.3);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    chart_is_refused(CR_CHART_BARS, place->store, "ecr_mean:anxiety", CR_ERROR_USAGE,
        "%s has no sensitivity indices of ecr_mean; cradle sensitivity computes them");
}

static void bars_of_a_screening_are_the_fifteen_largest(void **state) {
    const struct store_place *const place = *state;
    enum { PARAMETERS = 20 };
    static char names[PARAMETERS][16];
    struct cr_stored_index rows[2 * PARAMETERS];
    struct cr_source_chart made;
    for (int k = 0; k < PARAMETERS; k++) {
        (void)snprintf(names[k], sizeof names[k], "p.%d", k);
        for (int i = 0; i < 2; i++)
            rows[2 * k + i] = (struct cr_stored_index){
                "style_share", "secure", i == 0 ? "mu_star" : "sigma", names[k], NULL, (double)(k + i), 0.0, 1.0, 20};
    }
    make_grid(place->store, true, 12);
    put_indices(place->store, rows, 2 * (size_t)PARAMETERS);
    chart_of(&made, CR_CHART_BARS, place->store, "style_share", 0);
    const struct cr_chart_bars *bars = &made.chart.of.bars;
    assert_int_equal(bars->x.category_count, 15);
    assert_string_equal(bars->x.categories[0], "p.19");
    assert_string_equal(bars->x.categories[14], "p.5");
    assert_string_equal(bars->y.label, "elementary effect");
    assert_string_equal(bars->series[0].name, "μ*");
    assert_true(bars->series[0].values[14] == 5.0 && bars->series[1].values[14] == 6.0);
    assert_string_equal(made.chart.note, "The 15 largest of 20 parameters; intervals by the bootstrap");
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void stores_survive_want(void **state) {
    const struct store_place *const place = *state;
    static const struct cr_stored_index rows[] = {
        {"style_share", "secure", "mu_star", "learning.rate", NULL, 0.25, 0.2, 0.3, 64},
        {"style_share", "secure", "sigma", "learning.rate", NULL, 0.375, 0.3, 0.4, 64}};
    make_grid(place->store, true, 12);
    put_indices(place->store, rows, 2);
    chart_survives_want(CR_CHART_HEAT_MAP, place->store, NULL, false, 15);
    chart_survives_want(CR_CHART_LINES, place->store, NULL, false, 15);
    chart_survives_want(CR_CHART_BARS, place->store, NULL, false, 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(cells_are_the_means_of_points_and_words_name_them),
        IN_A_STORE_PLACE(a_line_goes_along_one_axis_with_intervals_over_replicates),
        IN_A_STORE_PLACE(a_second_axis_makes_a_line_a_value),
        IN_A_STORE_PLACE(many_lines_have_no_bands),
        IN_A_STORE_PLACE(a_sweep_that_does_not_fit_the_chart_is_refused),
        IN_A_STORE_PLACE(a_store_without_finished_runs_says_so),
        IN_A_STORE_PLACE(a_sample_of_points_is_no_heat_map),
        IN_A_STORE_PLACE(bars_of_variance_have_the_largest_total_first),
        IN_A_STORE_PLACE(bars_of_a_screening_are_the_fifteen_largest),
        IN_A_STORE_PLACE(stores_survive_want),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
