#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "viz/controls/pace.h"

/* Lets `frames` sixtieths of a second pass; the engine keeps up, or stays where it is. */
static int32_t pass(struct cr_pace *pace, int frames, int32_t week, bool keeps_up) {
    for (int i = 0; i < frames; i++) {
        const int32_t aim = cr_pace_pass(pace, 1.0 / 60.0, week, 5000);
        week = keeps_up ? aim : week;
    }
    return week;
}

static void a_second_is_as_many_weeks_as_the_speed_says(void **state) {
    (void)state;
    static const int32_t weeks[] = {1, 4, 13, 52, 260, CR_PACE_COUNTED};
    for (int s = 0; s < CR_SPEEDS; s++) {
        struct cr_pace pace = {.playing = true, .counted = true, .speed = (enum cr_speed)s};
        assert_int_equal(pass(&pace, 60, 0, true), weeks[s]);
        assert_int_equal(pass(&pace, 60, weeks[s], true), 2 * weeks[s]);
    }
}

static void at_rest_nothing_moves(void **state) {
    (void)state;
    struct cr_pace pace = {.speed = CR_SPEED_260};
    cr_pace_go(&pace, 77);
    assert_int_equal(pass(&pace, 100, 77, true), 77);
    assert_int_equal(pace.aim, 77);
}

static void time_waits_for_a_slow_engine(void **state) {
    (void)state;
    struct cr_pace pace = {.playing = true, .speed = CR_SPEED_260};
    (void)pass(&pace, 600, 10, false);
    assert_true(pace.aim <= 10 + 65);
    assert_true(pace.aim > 10);
}

static void the_fastest_keeps_a_little_ahead_of_the_engine(void **state) {
    (void)state;
    struct cr_pace pace = {.playing = true, .speed = CR_SPEED_FASTEST};
    int32_t week = 0, aim = 0;
    for (int i = 0; i < 20; i++) { /* an engine that lives up to 50 weeks a frame */
        aim = cr_pace_pass(&pace, 1.0 / 60.0, week, 5000);
        assert_true(aim > week);
        week = aim - week < 50 ? aim : week + 50;
    }
    assert_int_equal(week - pace.last, 50);
    assert_true(aim <= week + 150);
}

static void what_was_aimed_at_is_not_gone_back_from(void **state) {
    (void)state;
    struct cr_pace pace = {.playing = true, .speed = CR_SPEED_FASTEST};
    const int32_t aim = cr_pace_pass(&pace, 0.01, 100, 5000);
    cr_pace_play(&pace, false);
    assert_int_equal(cr_pace_pass(&pace, 0.01, 101, 5000), aim);
    cr_pace_play(&pace, true);
    cr_pace_hasten(&pace, CR_SPEED_1);
    assert_int_equal(cr_pace_pass(&pace, 0.01, 101, 5000), aim);
}

static void at_the_end_it_rests(void **state) {
    (void)state;
    struct cr_pace pace = {.playing = true, .counted = true, .speed = CR_SPEED_FASTEST};
    const int32_t end = pass(&pace, 1000, 0, true);
    assert_int_equal(end, 5000);
    assert_false(pace.playing);
    assert_int_equal(pace.aim, 5000);
}

static void going_somewhere_goes_on_from_there(void **state) {
    (void)state;
    struct cr_pace pace = {.playing = true, .speed = CR_SPEED_52};
    (void)pass(&pace, 60, 0, true);
    cr_pace_go(&pace, 1000);
    assert_int_equal(pass(&pace, 60, 1000, true), 1052);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_is_as_many_weeks_as_the_speed_says),
        cmocka_unit_test(at_rest_nothing_moves),
        cmocka_unit_test(time_waits_for_a_slow_engine),
        cmocka_unit_test(the_fastest_keeps_a_little_ahead_of_the_engine),
        cmocka_unit_test(what_was_aimed_at_is_not_gone_back_from),
        cmocka_unit_test(at_the_end_it_rests),
        cmocka_unit_test(going_somewhere_goes_on_from_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
