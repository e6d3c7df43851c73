#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "busy_life.h"
#include "failing_allocation.h"
#include "viz/world/future.h"

struct lived {
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    struct cr_record record;
};

static void begin(struct lived *lived) {
    busy_life(&lived->scenario, 200, 30.0);
    assert_int_equal(cr_simulation_init(&lived->simulation, &lived->scenario, 1, NULL), 0);
    assert_int_equal(cr_record_init(&lived->record, &lived->simulation, NULL), 0);
}

static void live_until(struct lived *lived, int32_t week) {
    while (lived->simulation.week < week) {
        assert_int_equal(cr_simulation_reserve(&lived->simulation, NULL), 0);
        cr_simulation_step(&lived->simulation);
        cr_record_week(&lived->record);
    }
}

static void end(struct lived *lived) {
    cr_record_free(&lived->record);
    cr_simulation_free(&lived->simulation);
    cr_scenario_free(&lived->scenario);
}

static void expect_same_records(const struct cr_record *left, const struct cr_record *right) {
    assert_int_equal(left->survey_count, right->survey_count);
    for (int32_t y = 0; y < left->survey_count; y++) {
        assert_int_equal(left->surveys[y].week, right->surveys[y].week);
        assert_memory_equal(left->surveys[y].anxiety, right->surveys[y].anxiety, left->people * sizeof(float));
        assert_memory_equal(left->surveys[y].bond, right->surveys[y].bond, left->people * sizeof(int32_t));
    }
    for (int v = 0; v < CR_VISITS; v++)
        for (uint32_t i = 0; i < left->people; i++) {
            assert_int_equal(left->visits[v][i].week, right->visits[v][i].week);
            assert_int_equal(left->visits[v][i].coding.class, right->visits[v][i].coding.class);
            assert_true(left->visits[v][i].fright == right->visits[v][i].fright);
        }
}

/* Forward from any week to any checkpoint, after the weeks in between were lived again half-way or not at all. */
static void going_forward_gives_what_living_on_gave(void **state) {
    (void)state;
    static const int32_t weeks[] = {0, 70, 260, 800, 1000, 1300};
    enum { KEPT = sizeof weeks / sizeof *weeks };
    struct cr_checkpoint checkpoints[KEPT];
    struct cr_future future = {0};
    struct lived lived, straight;
    begin(&lived);
    for (int k = 0; k < KEPT; k++) {
        live_until(&lived, weeks[k]);
        assert_int_equal(cr_checkpoint_init(&checkpoints[k], &lived.simulation, NULL), 0);
    }
    live_until(&lived, 1400);
    cr_future_keep(&future, &lived.record);
    assert_int_equal(future.week, 1400);
    for (int from = 0; from < KEPT; from++)
        for (int to = from + 1; to < KEPT; to++) {
            cr_checkpoint_restore(&checkpoints[from], &lived.simulation);
            cr_record_rewind(&lived.record, weeks[from]);
            live_until(&lived, (weeks[from] + weeks[to]) / 2);
            cr_future_restore(&future, &checkpoints[to], &lived.simulation, &lived.record);
            begin(&straight);
            live_until(&straight, weeks[to]);
            expect_same_simulation(&lived.simulation, &straight.simulation);
            expect_same_records(&lived.record, &straight.record);
            live_until(&lived, 1500);
            live_until(&straight, 1500);
            expect_same_simulation(&lived.simulation, &straight.simulation);
            expect_same_records(&lived.record, &straight.record);
            end(&straight);
        }
    for (int k = 0; k < KEPT; k++)
        cr_checkpoint_free(&checkpoints[k]);
    cr_future_free(&future);
    cr_future_free(&future);
    end(&lived);
}

static void without_memory_nothing_is_known(void **state) {
    (void)state;
    struct lived lived;
    struct cr_future future = {0};
    const long before = allocations_held;
    begin(&lived);
    live_until(&lived, 900);
    for (long n = 0; n < 4; n++) {
        allocations_left = n;
        cr_future_keep(&future, &lived.record);
        allocations_left = -1;
        assert_int_equal(future.week, n < 3 ? 0 : 900);
        cr_future_free(&future);
    }
    cr_future_keep(&future, &lived.record);
    while (lived.simulation.bonds.capacity <= future.bond_capacity)
        live_until(&lived, lived.simulation.week + 1);
    allocations_left = 0;
    cr_future_keep(&future, &lived.record);
    allocations_left = -1;
    assert_int_equal(future.week, 0);
    cr_future_free(&future);
    end(&lived);
    assert_int_equal(allocations_held, before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(going_forward_gives_what_living_on_gave),
        cmocka_unit_test(without_memory_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
