#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "busy_life.h"
#include "failing_allocation.h"
#include "model/checkpoint.h"

static void begin(struct cr_simulation *simulation, const struct cr_scenario *scenario) {
    struct cr_error error = {0};
    if (cr_simulation_init(simulation, scenario, 2, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void live_until(struct cr_simulation *simulation, int32_t week) {
    while (simulation->week < week) {
        assert_int_equal(cr_simulation_reserve(simulation, NULL), 0);
        cr_simulation_step(simulation);
    }
}

static void keep(struct cr_checkpoint *checkpoint, const struct cr_simulation *simulation) {
    assert_int_equal(cr_checkpoint_init(checkpoint, simulation, NULL), 0);
    assert_int_equal(checkpoint->week, simulation->week);
    assert_int_equal(checkpoint->bytes, cr_checkpoint_size(simulation));
}

static int32_t ended(const struct cr_simulation *simulation) {
    return simulation->bonds.count - simulation->bonds.active_count;
}

static void living_on_after_going_back_gives_what_living_on_gave(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation straight, restored;
    struct cr_checkpoint checkpoint;
    busy_life(&scenario, 300, 30.0);
    begin(&straight, &scenario);
    begin(&restored, &scenario);
    live_until(&straight, 800);
    live_until(&restored, 800);
    keep(&checkpoint, &restored);
    const int32_t had_ended = ended(&restored);
    assert_true(had_ended > 5 && restored.bonds.active_count > 20);
    for (int32_t week = 801; week < 1300; week += 166) {
        live_until(&restored, week);
        cr_checkpoint_restore(&checkpoint, &restored);
        expect_same_simulation(&restored, &straight);
        assert_int_equal(cr_simulation_verify(&restored, NULL), 0);
        live_until(&straight, week);
        live_until(&restored, week);
        expect_same_simulation(&restored, &straight);
        cr_checkpoint_restore(&checkpoint, &restored);
        cr_checkpoint_restore(&checkpoint, &straight); /* of the same scenario and replicate */
        expect_same_simulation(&restored, &straight);
    }
    live_until(&restored, 1300);
    assert_true(ended(&restored) > had_ended + 20); /* some that lasted have ended, others have begun */
    cr_checkpoint_free(&checkpoint);
    cr_simulation_free(&straight);
    cr_simulation_free(&restored);
    cr_scenario_free(&scenario);
}

static void one_can_go_back_further_and_further_until_week_0(void **state) {
    (void)state;
    enum { KEPT = 8, APART = 140 };
    struct cr_scenario scenario;
    struct cr_simulation simulation, fresh;
    struct cr_checkpoint checkpoints[KEPT];
    busy_life(&scenario, 200, 30.0);
    begin(&simulation, &scenario);
    for (int k = 0; k < KEPT; k++) {
        keep(&checkpoints[k], &simulation);
        live_until(&simulation, (k + 1) * APART);
    }
    for (int k = KEPT - 1; k >= 0; k--) {
        cr_checkpoint_restore(&checkpoints[k], &simulation);
        begin(&fresh, &scenario);
        live_until(&fresh, k * APART);
        expect_same_simulation(&simulation, &fresh);
        cr_simulation_free(&fresh);
        cr_checkpoint_free(&checkpoints[k]);
    }
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

static void the_parameters_of_the_week_before_are_in_force_again(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    struct cr_checkpoint early, late;
    busy_life(&scenario, 20, 5.0);
    add_change(&scenario, 50, "needs.rate_adult", 3.0);
    add_change(&scenario, 100, "needs.rate_adult", 5.0);
    begin(&simulation, &scenario);
    live_until(&simulation, 50);
    keep(&early, &simulation);
    live_until(&simulation, 51);
    keep(&late, &simulation);
    live_until(&simulation, 150);
    assert_true(simulation.setting.parameters->needs_rate_adult == 5.0);
    cr_checkpoint_restore(&late, &simulation);
    assert_int_equal(simulation.setting.week, 50);
    assert_true(simulation.setting.parameters->needs_rate_adult == 3.0);
    cr_checkpoint_restore(&early, &simulation);
    assert_int_equal(simulation.setting.week, 49);
    assert_true(simulation.setting.parameters->needs_rate_adult == scenario.parameters.needs_rate_adult);
    assert_true(simulation.setting.resolved.needs_rate_adult == scenario.parameters.needs_rate_adult);
    cr_checkpoint_free(&early);
    cr_checkpoint_free(&late);
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

static void another_future_is_that_of_a_scenario_that_always_was_so(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation, straight;
    struct cr_checkpoint checkpoint;
    busy_life(&scenario, 200, 30.0);
    begin(&simulation, &scenario);
    live_until(&simulation, 900);
    keep(&checkpoint, &simulation);
    live_until(&simulation, 1100);
    cr_checkpoint_restore(&checkpoint, &simulation);
    add_change(&scenario, 900, "separation.rate", 0.2);
    live_until(&simulation, 1100);
    begin(&straight, &scenario);
    live_until(&straight, 1100);
    expect_same_simulation(&simulation, &straight);
    cr_checkpoint_free(&checkpoint);
    cr_simulation_free(&simulation);
    cr_simulation_free(&straight);
    cr_scenario_free(&scenario);
}

static void a_checkpoint_without_memory_says_so_and_leaves_nothing_behind(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    busy_life(&scenario, 20, 5.0);
    begin(&simulation, &scenario);
    int status = CR_ERROR_MEMORY;
    long n = 0;
    for (; status != 0; n++) {
        struct cr_checkpoint checkpoint;
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_checkpoint_init(&checkpoint, &simulation, &error);
        allocations_left = -1;
        assert_int_equal(status, error.code);
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_non_null(strstr(error.sentence, "memory"));
            assert_int_equal(allocations_held, held);
        }
        cr_checkpoint_free(&checkpoint);
        cr_checkpoint_free(&checkpoint);
        assert_int_equal(allocations_held, held);
    }
    assert_int_equal(n, 4);
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(living_on_after_going_back_gives_what_living_on_gave),
        cmocka_unit_test(one_can_go_back_further_and_further_until_week_0),
        cmocka_unit_test(the_parameters_of_the_week_before_are_in_force_again),
        cmocka_unit_test(another_future_is_that_of_a_scenario_that_always_was_so),
        cmocka_unit_test(a_checkpoint_without_memory_says_so_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
