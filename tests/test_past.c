#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "busy_life.h"
#include "failing_allocation.h"
#include "viz/world/past.h"

/* A simulation of few people, and what is kept of it. */
struct lived {
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    struct cr_past past;
    size_t each; /* bytes that one state takes, without its relationships */
};

static void begin(struct lived *lived, double states, int32_t interval) {
    busy_life(&lived->scenario, 30, 30.0);
    assert_int_equal(cr_simulation_init(&lived->simulation, &lived->scenario, 1, NULL), 0);
    lived->each = cr_checkpoint_size(&lived->simulation);
    cr_past_init(&lived->past, (size_t)(states * (double)lived->each), interval);
}

static void live_until(struct lived *lived, int32_t week) {
    while (lived->simulation.week < week) {
        assert_int_equal(cr_past_keep(&lived->past, &lived->simulation, NULL), 0);
        assert_int_equal(cr_simulation_reserve(&lived->simulation, NULL), 0);
        cr_simulation_step(&lived->simulation);
    }
}

static void end(struct lived *lived) {
    cr_past_free(&lived->past);
    cr_past_free(&lived->past);
    cr_simulation_free(&lived->simulation);
    cr_scenario_free(&lived->scenario);
}

static size_t bytes_of(const struct cr_past *past) {
    size_t bytes = 0;
    for (size_t k = 0; k < past->count; k++)
        bytes += past->kept[k].bytes;
    return bytes;
}

static void a_state_is_kept_every_so_many_weeks_and_once(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 1000.0, 10);
    live_until(&lived, 95);
    assert_int_equal(cr_past_keep(&lived.past, &lived.simulation, NULL), 0);
    assert_int_equal(lived.past.count, 10);
    for (int k = 0; k < 10; k++)
        assert_int_equal(lived.past.kept[k].week, 10 * k);
    assert_int_equal(lived.past.bytes, bytes_of(&lived.past));
    cr_checkpoint_restore(&lived.past.kept[4], &lived.simulation);
    live_until(&lived, 95);
    assert_int_equal(lived.past.count, 10);
    end(&lived);
}

static void the_newest_that_is_not_after_a_week_is_found(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 1000.0, 10);
    live_until(&lived, 95);
    for (int32_t week = 0; week < 95; week++)
        assert_int_equal(cr_past_before(&lived.past, week)->week, week / 10 * 10);
    assert_int_equal(cr_past_before(&lived.past, 5000)->week, 90);
    end(&lived);
}

static void a_full_past_drops_every_second_state_and_keeps_half_as_often(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 8.5, 10);
    int32_t interval = 10;
    size_t most = 0;
    while (lived.simulation.week < 1500) {
        live_until(&lived, lived.simulation.week + 1);
        assert_true(lived.past.bytes <= lived.past.most_bytes);
        assert_int_equal(lived.past.bytes, bytes_of(&lived.past));
        assert_int_equal(lived.past.kept[0].week, 0);
        assert_true(lived.past.interval == interval || lived.past.interval == 2 * interval);
        interval = lived.past.interval;
        for (size_t k = 0; k < lived.past.count; k++)
            assert_int_equal(lived.past.kept[k].week, (int32_t)k * interval);
        /* Never is much more forgotten than must be. */
        if (interval > 10)
            assert_true(lived.past.count >= 4);
        most = lived.past.count > most ? lived.past.count : most;
    }
    assert_int_equal(most, 8);
    assert_true(interval >= 160);
    end(&lived);
}

static void week_0_is_kept_in_any_case(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 0.0, 10);
    live_until(&lived, 400);
    assert_int_equal(lived.past.count, 1);
    assert_int_equal(lived.past.kept[0].week, 0);
    assert_int_equal(cr_past_before(&lived.past, 399)->week, 0);
    end(&lived);
}

static void states_after_a_week_can_be_forgotten(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 1000.0, 10);
    live_until(&lived, 95);
    cr_past_forget(&lived.past, 70);
    assert_int_equal(lived.past.count, 8);
    assert_int_equal(lived.past.bytes, bytes_of(&lived.past));
    cr_past_forget(&lived.past, 69);
    assert_int_equal(cr_past_before(&lived.past, 95)->week, 60);
    cr_checkpoint_restore(cr_past_before(&lived.past, 69), &lived.simulation);
    live_until(&lived, 95);
    assert_int_equal(lived.past.count, 10);
    end(&lived);
}

static void a_past_without_memory_says_so_and_can_go_on(void **state) {
    (void)state;
    struct lived lived;
    const long before = allocations_held;
    begin(&lived, 1000.0, 10);
    int status = CR_ERROR_MEMORY;
    long n = 0;
    for (; status != 0; n++) {
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_past_keep(&lived.past, &lived.simulation, &error);
        allocations_left = -1;
        assert_int_equal(status, error.code);
        assert_int_equal(lived.past.count, status == 0);
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_true(allocations_held - held <= 1); /* the list may have grown */
        }
    }
    assert_in_range(n, 4, 8);
    end(&lived);
    assert_int_equal(allocations_held, before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_is_kept_every_so_many_weeks_and_once),
        cmocka_unit_test(the_newest_that_is_not_after_a_week_is_found),
        cmocka_unit_test(a_full_past_drops_every_second_state_and_keeps_half_as_often),
        cmocka_unit_test(week_0_is_kept_in_any_case),
        cmocka_unit_test(states_after_a_week_can_be_forgotten),
        cmocka_unit_test(a_past_without_memory_says_so_and_can_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
