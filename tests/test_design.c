#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "near.h"
#include "study/design.h"

static struct cr_axis *add(struct cr_study *study, const char *key, double low, double high) {
    struct cr_axis *axis = NULL;
    assert_int_equal(cr_study_add_axis(study, key, &axis, "", NULL), 0);
    axis->low = low;
    axis->high = high;
    return axis;
}

static void add_values(struct cr_study *study, const char *key, const double *values, size_t count) {
    struct cr_axis *const axis = add(study, key, 0.0, 0.0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(cr_axis_add_value(axis, values[i], NULL), 0);
}

/* All points of a study, row by row; the caller's to free. */
static double *points_of(const struct cr_study *study) {
    struct cr_design design;
    struct cr_error error = {0};
    if (cr_study_check(study, &error) || cr_design_init(&design, study, &error))
        fail_msg("%s", error.sentence);
    const size_t points = (size_t)cr_study_points(study);
    double *const values = calloc(points * study->axis_count + 1, sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < points; i++)
        cr_design_next(&design, values + i * study->axis_count);
    cr_design_free(&design);
    cr_design_free(&design);
    return values;
}

static void assert_points(const struct cr_study *study, const double *expected, size_t count) {
    double *const values = points_of(study);
    for (size_t i = 0; i < count; i++)
        if (values[i] != expected[i])
            fail_msg("value %zu is %.17g, not %.17g", i, values[i], expected[i]);
    free(values);
}

/* The unit square. */
static void init_square(struct cr_study *study, int design, int64_t points) {
    cr_study_init(study);
    study->settings.design = design;
    study->settings.points = points;
    (void)add(study, "learning.rate", 0.0, 1.0);
    (void)add(study, "figure.rebuff", 0.0, 1.0);
}

static void the_last_axis_of_a_factorial_changes_fastest(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    add_values(&study, "learning.rate", (const double[]){0.3, 0.1}, 2);
    add_values(&study, "caregiving.form", (const double[]){1.0}, 1);
    add_values(&study, "figure.rebuff", (const double[]){0.5, 0.7, 0.6}, 3);
    assert_int_equal(cr_study_points(&study), 6);
    assert_points(
        &study, (const double[]){0.3, 1, 0.5, 0.3, 1, 0.7, 0.3, 1, 0.6, 0.1, 1, 0.5, 0.1, 1, 0.7, 0.1, 1, 0.6}, 18);
    cr_study_free(&study);
}

static void every_combination_of_a_factorial_comes_once(void **state) {
    (void)state;
    static const char *const keys[] = {"learning.rate", "figure.rebuff", "figure.fright"};
    static const double values[] = {0.0, 0.25, 0.5, 0.75, 1.0};
    struct cr_study study;
    int seen[5][5][5] = {0};
    cr_study_init(&study);
    for (size_t k = 0; k < 3; k++)
        add_values(&study, keys[k], values, 5);
    double *const points = points_of(&study);
    for (int i = 0; i < 125; i++)
        seen[(int)(4 * points[3 * i])][(int)(4 * points[3 * i + 1])][(int)(4 * points[3 * i + 2])]++;
    for (int i = 0; i < 125; i++)
        assert_int_equal(seen[i / 25][i / 5 % 5][i % 5], 1);
    free(points);
    cr_study_free(&study);
}

static void zip_and_table_go_through_all_lists_together(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    add_values(&study, "learning.rate", (const double[]){0.3, 0.1, 0.1}, 3);
    add_values(&study, "figure.rebuff", (const double[]){0.5, 0.7, 0.6}, 3);
    study.settings.design = CR_DESIGN_ZIP;
    assert_points(&study, (const double[]){0.3, 0.5, 0.1, 0.7, 0.1, 0.6}, 6);
    study.settings.design = CR_DESIGN_TABLE;
    assert_points(&study, (const double[]){0.3, 0.5, 0.1, 0.7, 0.1, 0.6}, 6);
    cr_study_free(&study);
}

static void a_latin_hypercube_has_one_point_in_each_part_of_each_axis(void **state) {
    (void)state;
    enum { POINTS = 257, AXES = 5 };
    struct cr_study study;
    cr_study_init(&study);
    study.settings.design = CR_DESIGN_LATIN_HYPERCUBE;
    study.settings.points = POINTS;
    for (size_t i = 0; i < AXES; i++)
        (void)add(&study, cr_parameter_registry.fields[40 + i].key, 0.0, 1.0);
    double *const points = points_of(&study);
    for (size_t axis = 0; axis < AXES; axis++) {
        int seen[POINTS] = {0}, in_order = 0;
        double within = 0.0;
        for (size_t i = 0; i < POINTS; i++) {
            const double at = points[i * AXES + axis] * POINTS;
            assert_true(at >= 0.0 && at < POINTS);
            seen[(size_t)at]++;
            in_order += (size_t)at == i;
            within += at - floor(at);
        }
        for (size_t i = 0; i < POINTS; i++)
            assert_int_equal(seen[i], 1);
        assert_in_range(in_order, 0, 10);               /* a random order keeps one place in the mean */
        assert_near(within / POINTS, 0.5, 4.0 * 0.018); /* four standard errors, sqrt(1 / 12 / 257) each */
    }
    free(points);
    cr_study_free(&study);
}

static void the_axes_of_a_latin_hypercube_are_matched_at_random(void **state) {
    (void)state;
    enum { POINTS = 1000 };
    struct cr_study study;
    init_square(&study, CR_DESIGN_LATIN_HYPERCUBE, POINTS);
    double *const points = points_of(&study);
    double sum = 0.0;
    for (size_t i = 0; i < POINTS; i++)
        sum += (points[2 * i] - 0.5) * (points[2 * i + 1] - 0.5);
    assert_near(12.0 * sum / POINTS, 0.0, 4.0 / sqrt(POINTS)); /* a correlation, four standard errors */
    free(points);
    cr_study_free(&study);
}

static void an_axis_more_leaves_a_latin_hypercubes_other_axes_alone(void **state) {
    (void)state;
    struct cr_study study;
    init_square(&study, CR_DESIGN_LATIN_HYPERCUBE, 20);
    double *const two = points_of(&study);
    (void)add(&study, "figure.fright", 0.0, 1.0);
    double *const three = points_of(&study);
    study.settings.design_seed = 2;
    double *const other = points_of(&study);
    int same = 0;
    for (size_t i = 0; i < 20; i++) {
        assert_true(two[2 * i] == three[3 * i] && two[2 * i + 1] == three[3 * i + 1]);
        same += three[3 * i] == other[3 * i];
    }
    assert_int_equal(same, 0);
    free(two);
    free(three);
    free(other);
    cr_study_free(&study);
}

/* Sobol 1967, after the origin; Halton 1960 with the bases 2 and 3, whose terms GSL sums to within rounding. */
static void the_sequences_begin_as_published(void **state) {
    (void)state;
    static const double halton[] = {1.0 / 2, 1.0 / 3, 1.0 / 4, 2.0 / 3, 3.0 / 4, 1.0 / 9, 1.0 / 8, 4.0 / 9};
    struct cr_study study;
    init_square(&study, CR_DESIGN_SOBOL, 4);
    assert_points(&study, (const double[]){0.5, 0.5, 0.75, 0.25, 0.25, 0.75, 0.375, 0.375}, 8);
    study.settings.design = CR_DESIGN_HALTON;
    double *const points = points_of(&study);
    for (size_t i = 0; i < 8; i++)
        assert_near(points[i], halton[i], 1e-15);
    free(points);
    cr_study_free(&study);
}

static void ranges_and_scales_place_the_unit_points(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    study.settings.design = CR_DESIGN_SOBOL;
    study.settings.points = 3;
    (void)add(&study, "couple.fit_weight", 1.0, 3.0);
    add(&study, "prototype.strength", 0.0001, 1.0)->logarithmic = true;
    (void)add(&study, "run.people", 11.0, 20.0);
    double *const points = points_of(&study);
    static const double expected[] = {2.0, 0.01, 16.0, 2.5, 0.001, 18.0, 1.5, 0.1, 13.0};
    for (size_t i = 0; i < 9; i++)
        assert_near(points[i], expected[i], 1e-12);
    free(points);
    cr_study_free(&study);
}

static void morris_and_saltelli_are_those_of_the_estimators(void **state) {
    (void)state;
    struct cr_study study;
    init_square(&study, CR_DESIGN_MORRIS, 8);
    study.settings.trajectories = 6;
    study.settings.levels = 8;
    study.settings.design_seed = 77;
    const struct cr_morris_plan plan = cr_design_morris_plan(&study);
    assert_int_equal(cr_study_points(&study), cr_morris_points(&plan));
    struct cr_morris morris;
    assert_int_equal(cr_morris_init(&morris, &plan, NULL), 0);
    double *points = points_of(&study), expected[2];
    for (size_t i = 0; cr_morris_next(&morris, expected); i++)
        assert_true(points[2 * i] == expected[0] && points[2 * i + 1] == expected[1]);
    cr_morris_free(&morris);
    free(points);

    study.settings.design = CR_DESIGN_SALTELLI;
    for (int second = 0; second < 2; second++) {
        study.settings.second_order = second;
        const struct cr_sobol_plan sobol = cr_design_saltelli_plan(&study);
        assert_int_equal(cr_study_points(&study), cr_sobol_points(&sobol));
        struct cr_sobol_design design;
        assert_int_equal(cr_sobol_design_init(&design, &sobol, NULL), 0);
        points = points_of(&study);
        for (size_t i = 0; cr_sobol_design_next(&design, expected); i++)
            assert_true(points[2 * i] == expected[0] && points[2 * i + 1] == expected[1]);
        cr_sobol_design_free(&design);
        free(points);
    }
    cr_study_free(&study);
}

/* Reals of awkward ranges, whole numbers, a truth value and a choice. */
static void init_varied(struct cr_study *study, int design) {
    struct cr_event *event;
    cr_study_init(study);
    assert_int_equal(cr_scenario_event(&study->scenario, "war", &event, NULL), 0);
    study->settings.design = design;
    study->settings.points = 300;
    (void)add(study, "learning.rate", 0.1, 0.3);
    add(study, "prototype.strength", 1e-7, 0.7)->logarithmic = true;
    (void)add(study, "run.people", 5.0, 9.0);
    add(study, "run.seed", 1.0, 9007199254740991.0)->logarithmic = true;
    (void)add(study, "event.war.replaces", 0.0, 1.0);
    (void)add(study, "caregiving.form", 0.0, 1.0);
}

static void every_point_of_every_design_lies_within_the_ranges(void **state) {
    (void)state;
    static const int designs[] = {
        CR_DESIGN_LATIN_HYPERCUBE, CR_DESIGN_SOBOL, CR_DESIGN_HALTON, CR_DESIGN_MORRIS, CR_DESIGN_SALTELLI};
    for (size_t d = 0; d < sizeof designs / sizeof *designs; d++) {
        struct cr_study study;
        init_varied(&study, designs[d]);
        double *const points = points_of(&study), *const again = points_of(&study);
        const size_t count = (size_t)cr_study_points(&study) * study.axis_count;
        assert_memory_equal(points, again, count * sizeof *points);
        for (size_t i = 0; i < count; i++) {
            const struct cr_axis *const axis = &study.axes[i % study.axis_count];
            assert_true(points[i] >= axis->low && points[i] <= axis->high);
            assert_true(axis->field->type == CR_REAL || points[i] == floor(points[i]));
        }
        free(points);
        free(again);
        cr_study_free(&study);
    }
}

static void whole_numbers_truth_values_and_words_have_equal_shares(void **state) {
    (void)state;
    struct cr_study study;
    init_varied(&study, CR_DESIGN_LATIN_HYPERCUBE);
    double *const points = points_of(&study);
    int people[5] = {0}, truths[2] = {0}, words[2] = {0};
    for (size_t i = 0; i < 300; i++) {
        const double *const point = points + i * study.axis_count;
        people[(int)point[2] - 5]++;
        truths[(int)point[4]]++;
        words[(int)point[5]]++;
    }
    for (int i = 0; i < 5; i++)
        assert_int_equal(people[i], 60);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(truths[i], 150);
        assert_int_equal(words[i], 150);
    }
    free(points);
    cr_study_free(&study);
}

static void two_designs_do_not_disturb_each_other(void **state) {
    (void)state;
    static const int designs[] = {CR_DESIGN_LATIN_HYPERCUBE, CR_DESIGN_SOBOL, CR_DESIGN_HALTON, CR_DESIGN_MORRIS};
    for (size_t d = 0; d < sizeof designs / sizeof *designs; d++) {
        struct cr_study study;
        struct cr_design one, other;
        double mine[2], others[2];
        init_square(&study, designs[d], 8);
        double *const points = points_of(&study);
        assert_int_equal(cr_design_init(&one, &study, NULL), 0);
        assert_int_equal(cr_design_init(&other, &study, NULL), 0);
        cr_design_next(&other, others);
        for (size_t i = 0; i + 1 < 8; i++) {
            cr_design_next(&one, mine);
            cr_design_next(&other, others);
            assert_memory_equal(mine, points + 2 * i, sizeof mine);
            assert_memory_equal(others, points + 2 * (i + 1), sizeof others);
        }
        assert_int_equal(one.next, 7);
        cr_design_free(&one);
        cr_design_free(&other);
        free(points);
        cr_study_free(&study);
    }
}

static void the_nth_allocation_fails_and_nothing_leaks(void **state) {
    (void)state;
    static const struct {
        int design;
        long allocations; /* those of GSL are not counted */
    } rows[] = {{CR_DESIGN_LATIN_HYPERCUBE, 1}, {CR_DESIGN_MORRIS, 2}, {CR_DESIGN_SALTELLI, 2}};
    for (size_t d = 0; d < sizeof rows / sizeof *rows; d++) {
        struct cr_study study;
        init_square(&study, rows[d].design, 8);
        const long held = allocations_held;
        for (long n = 0; n <= rows[d].allocations; n++) {
            struct cr_design design;
            struct cr_error error = {0};
            allocations_left = n;
            const int code = cr_design_init(&design, &study, &error);
            allocations_left = -1;
            assert_int_equal(code, n < rows[d].allocations ? CR_ERROR_MEMORY : 0);
            assert_int_equal(error.code, code);
            cr_design_free(&design);
        }
        assert_int_equal(allocations_held, held);
        cr_study_free(&study);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_axis_of_a_factorial_changes_fastest),
        cmocka_unit_test(every_combination_of_a_factorial_comes_once),
        cmocka_unit_test(zip_and_table_go_through_all_lists_together),
        cmocka_unit_test(a_latin_hypercube_has_one_point_in_each_part_of_each_axis),
        cmocka_unit_test(the_axes_of_a_latin_hypercube_are_matched_at_random),
        cmocka_unit_test(an_axis_more_leaves_a_latin_hypercubes_other_axes_alone),
        cmocka_unit_test(the_sequences_begin_as_published),
        cmocka_unit_test(ranges_and_scales_place_the_unit_points),
        cmocka_unit_test(morris_and_saltelli_are_those_of_the_estimators),
        cmocka_unit_test(every_point_of_every_design_lies_within_the_ranges),
        cmocka_unit_test(whole_numbers_truth_values_and_words_have_equal_shares),
        cmocka_unit_test(two_designs_do_not_disturb_each_other),
        cmocka_unit_test(the_nth_allocation_fails_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
