/* Bounds on what a sweep costs beside its runs. They are wide: `./dev bench` measures, this finds what has gone wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sweep_costs.h"

enum { FEW = 2000, MANY = 20000 };

static void assert_within_5_percent(double first, double last) {
    assert_true(first > 0.0);
    if (last > 1.05 * first)
        fail_msg("%.0f bytes after %d runs, %.0f after %d", first, FEW, last, MANY);
}

static void memory_does_not_grow_with_the_runs(void **state) {
    (void)state;
    static const int64_t looks[] = {FEW, MANY};
    struct cr_study study;
    struct sweep_costs costs;
    assert_int_equal(sweep_costs_study(&study, 100, MANY / 100, 2, 0.02, NULL), 0);
    assert_int_equal(sweep_costs_measure(&study, 2, looks, 2, &costs), 0);
    cr_study_free(&study);
    assert_within_5_percent(costs.main_memory[0], costs.main_memory[1]);
    assert_within_5_percent(costs.worker_memory[0], costs.worker_memory[1]);
}

static void a_run_costs_little_beside_its_work(void **state) {
    (void)state;
    enum { RUNS = 2000 };
    struct cr_study study;
    struct sweep_costs costs;
    assert_int_equal(sweep_costs_study(&study, 100, RUNS / 100, 2, 0.02, "ssp_share"), 0);
    assert_int_equal(sweep_costs_measure(&study, 1, NULL, 0, &costs), 0);
    cr_study_free(&study);
    const double overhead = costs.seconds / RUNS - costs.run_seconds;
    if (overhead > 0.005)
        fail_msg("%.2f ms a run", 1e3 * overhead);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_does_not_grow_with_the_runs),
        cmocka_unit_test(a_run_costs_little_beside_its_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
