#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "report/density_grid.h"

enum { PEOPLE = 20000, NODES = CR_DENSITY_NODES };
static double xs[PEOPLE], ys[PEOPLE];

static const struct cr_chart_density people = {.x = {.from = 1.0, .to = 7.0},
    .y = {.from = 1.0, .to = 7.0},
    .xs = xs,
    .ys = ys,
    .count = PEOPLE,
    .x_cut = 4.0,
    .y_cut = 4.0};

/* A two-dimensional low-discrepancy sequence (golden ratios), as uniform as can be. */
static void spread_people(void) {
    for (int i = 0; i < PEOPLE; i++) {
        xs[i] = 1.0 + 6.0 * fmod(0.5 + i * 0.7548776662466927, 1.0);
        ys[i] = 1.0 + 6.0 * fmod(0.5 + i * 0.5698402909980532, 1.0);
    }
}

static void even_people_are_evenly_dense_up_to_the_borders(void **state) {
    (void)state;
    struct cr_density_grid grid;
    spread_people();
    assert_int_equal(cr_density_grid_init(&grid, &people, NULL), 0);
    for (int k = 0; k < NODES * NODES; k++)
        assert_near(grid.values[k], 1.0, 0.06);
    for (int q = 0; q < 4; q++)
        assert_near(grid.share[q], 0.25, 0.001);
    cr_density_grid_free(&grid);
    cr_density_grid_free(&grid);
}

/* A Gaussian with standard deviation 1 about (3, 3): the region that holds a share p is a disc with radius
 * sqrt(-2 ln(1 - p)), where the density is (1 - p) times its top. */
static void a_gaussian_is_found_again(void **state) {
    (void)state;
    struct cr_density_grid grid;
    spread_people();
    for (int i = 0; i < PEOPLE; i++) {
        const double radius = 0.8 * sqrt(-2.0 * log(1.0 - (xs[i] - 1.0) / 6.0 * 0.999)),
                     angle = (ys[i] - 1.0) / 6.0 * 6.283185307179586;
        xs[i] = 4.0 + radius * cos(angle);
        ys[i] = 4.0 + radius * sin(angle);
    }
    struct cr_chart_density narrow = people;
    narrow.bandwidth = 0.1;
    assert_int_equal(cr_density_grid_init(&grid, &narrow, NULL), 0);
    const double top = grid.values[48 * NODES + 48], sd2 = 0.8 * 0.8 + 0.1 * 0.1;
    assert_near(top, 36.0 / (6.283185307179586 * sd2), 0.08 * top);
    for (double share = 0.25; share < 0.9; share += 0.25) {
        double level = 0.0;
        assert_int_equal(cr_density_grid_level(&grid, share, &level, NULL), 0);
        assert_near(level, (1.0 - share) * 36.0 / (6.283185307179586 * sd2), 0.05 * top);
    }
    cr_density_grid_free(&grid);
}

static void counts_give_what_people_give(void **state) {
    (void)state;
    enum { CELLS = 30 };
    double counts[CELLS * CELLS] = {0.0};
    spread_people();
    for (int i = 0; i < PEOPLE; i++) {
        xs[i] = 1.0 + (xs[i] - 1.0) * (xs[i] - 1.0) / 6.0;
        const int column = (int)((xs[i] - 1.0) * 5.0), row = (int)((ys[i] - 1.0) * 5.0);
        counts[row * CELLS + column] += 1.0;
    }
    struct cr_chart_density binned = people;
    binned.xs = binned.ys = NULL;
    binned.counts = counts;
    binned.columns = binned.rows = CELLS;
    struct cr_density_grid one, other;
    assert_int_equal(cr_density_grid_init(&one, &people, NULL), 0);
    assert_int_equal(cr_density_grid_init(&other, &binned, NULL), 0);
    assert_near(other.total, PEOPLE, 0.0);
    for (int q = 0; q < 4; q++)
        assert_near(one.share[q], other.share[q], 0.002);
    for (int j = 10; j < NODES - 10; j++)
        for (int i = 20; i < NODES - 10; i++)
            assert_near(one.values[j * NODES + i], other.values[j * NODES + i], 0.12);
    cr_density_grid_free(&one);
    cr_density_grid_free(&other);
}

static void the_missing_and_those_outside_do_not_count(void **state) {
    (void)state;
    const double x[] = {2.0, (double)NAN, 9.0, 5.0, INFINITY}, y[] = {2.0, 2.0, 2.0, 6.0, 1.0};
    struct cr_chart_density few = people;
    few.xs = x;
    few.ys = y;
    few.count = 5;
    struct cr_density_grid grid;
    assert_int_equal(cr_density_grid_init(&grid, &few, NULL), 0);
    assert_near(grid.total, 2.0, 0.0);
    assert_near(grid.share[0], 0.5, 0.0);
    assert_near(grid.share[3], 0.5, 0.0);
    cr_density_grid_free(&grid);
    few.count = 0;
    assert_int_equal(cr_density_grid_init(&grid, &few, NULL), 0);
    assert_near(grid.total, 0.0, 0.0);
    assert_true(isnan(grid.share[0]));
    cr_density_grid_free(&grid);
}

static void shares_need_both_cuts(void **state) {
    (void)state;
    struct cr_chart_density uncut = people;
    struct cr_density_grid grid;
    uncut.y_cut = 0.0;
    assert_int_equal(cr_density_grid_init(&grid, &uncut, NULL), 0);
    assert_true(isnan(grid.share[2]));
    cr_density_grid_free(&grid);
}

static void no_memory_is_told(void **state) {
    (void)state;
    struct cr_density_grid grid;
    struct cr_error error = {0};
    double level = 0.0;
    allocations_left = 0;
    assert_int_equal(cr_density_grid_init(&grid, &people, &error), CR_ERROR_MEMORY);
    cr_density_grid_free(&grid);
    allocations_left = 1;
    assert_int_equal(cr_density_grid_init(&grid, &people, NULL), 0);
    assert_int_equal(cr_density_grid_level(&grid, 0.5, &level, NULL), CR_ERROR_MEMORY);
    allocations_left = -1;
    cr_density_grid_free(&grid);
    assert_int_equal(allocations_held, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_people_are_evenly_dense_up_to_the_borders),
        cmocka_unit_test(a_gaussian_is_found_again),
        cmocka_unit_test(counts_give_what_people_give),
        cmocka_unit_test(the_missing_and_those_outside_do_not_count),
        cmocka_unit_test(shares_need_both_cuts),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
