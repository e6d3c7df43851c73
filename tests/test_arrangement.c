#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "model/population.h"
#include "near.h"
#include "viz/scene/arrangement_map.h"
#include "viz/scene/arrangement_timeline.h"

enum { MANY = 3000 };

static double distance(const struct cr_map *map, int32_t a, int32_t b) {
    return hypot((double)(map->x[a] - map->x[b]), (double)(map->y[a] - map->y[b]));
}

static double radius_of(const struct cr_map *map, int32_t person) {
    return hypot((double)map->x[person], (double)map->y[person]);
}

/* Births in an order that has nothing to do with numbers, spread over ten years. */
static void settle(struct cr_map *map, uint32_t people, double *birth) {
    assert_int_equal(cr_map_fit(map, people, NULL), 0);
    for (uint32_t i = 0; i < people; i++)
        birth[i] = 520.0 * fmod(0.6180339887 * (i + 1.0), 1.0);
    cr_map_settle(map, birth);
}

static struct cr_map_couple couple_of(int32_t a, int32_t b, uint8_t stage, int32_t since) {
    return (struct cr_map_couple){{a, b}, since, stage};
}

/* Two by two, by number: a fifth of them date, a fifth live together, the others are married; a few are single. */
static size_t pair_up(struct cr_map_couple *couples, uint32_t people) {
    size_t count = 0;
    for (int32_t a = 0; a + 1 < (int32_t)people - (int32_t)people / 10; a += 2) {
        const uint8_t stage = count % 5 == 0 ? CR_DATING : (count % 5 == 1 ? CR_COHABITING : CR_MARRIED);
        couples[count] = couple_of(a, a + 1, stage, (int32_t)(count * 37 % 1000));
        count++;
    }
    return count;
}

static void homes_go_clockwise_by_birth(void **state) {
    (void)state;
    static double birth[MANY];
    struct cr_map map = {0};
    settle(&map, MANY, birth);
    for (uint32_t i = 0; i + 1 < MANY; i++) {
        if (birth[i] < birth[i + 1])
            assert_true(map.home_angle[i] <= map.home_angle[i + 1]);
        const double angle = 2.0 * 3.14159265358979 * (double)map.home_angle[i], r = radius_of(&map, (int32_t)i);
        assert_near((double)map.home_x[i], r * sin(angle), 1e-4);
        assert_near((double)map.home_y[i], -r * cos(angle), 1e-4);
        assert_true(r <= 1.0 && r >= (double)map.home_inner);
    }
    cr_map_free(&map);
    cr_map_free(&map);
}

static void no_two_homes_are_one(void **state) {
    (void)state;
    static double birth[MANY];
    static const uint32_t sizes[] = {2, 3, 17, 200, MANY};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        struct cr_map map = {0};
        settle(&map, sizes[k], birth);
        for (int32_t a = 0; a < (int32_t)sizes[k]; a++)
            for (int32_t b = 0; b < a; b++)
                assert_true(distance(&map, a, b) > 0.6 * (double)map.pitch);
        cr_map_free(&map);
    }
}

static void a_home_hangs_on_birth_alone(void **state) {
    (void)state;
    static double birth[MANY];
    static struct cr_map_couple couples[MANY / 2];
    struct cr_map map = {0}, other = {0};
    settle(&map, MANY, birth);
    assert_int_equal(cr_map_fit(&other, MANY, NULL), 0);
    cr_map_settle_like(&other, &map);
    cr_map_arrange(&map, couples, pair_up(couples, MANY));
    cr_map_arrange(&other, couples, 0);
    for (uint32_t i = 0; i < MANY; i++) {
        assert_true(other.x[i] == map.home_x[i] && other.y[i] == map.home_y[i]);
        if (i >= MANY - MANY / 10)
            assert_true(map.x[i] == map.home_x[i] && map.y[i] == map.home_y[i]);
    }
    cr_map_free(&map);
    cr_map_free(&other);
}

static void those_of_unknown_birth_come_last(void **state) {
    (void)state;
    struct cr_map map = {0};
    assert_int_equal(cr_map_fit(&map, 3, NULL), 0);
    cr_map_settle(&map, (const double[]){(double)NAN, 5.0, 1.0});
    assert_true(map.home_angle[2] < map.home_angle[1] && map.home_angle[1] < map.home_angle[0]);
    cr_map_free(&map);
}

static void couples_are_side_by_side_and_apart_from_all_others(void **state) {
    (void)state;
    static double birth[MANY];
    static struct cr_map_couple couples[MANY / 2];
    static const uint32_t sizes[] = {2, 5, 40, 300, MANY};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        struct cr_map map = {0};
        settle(&map, sizes[k], birth);
        const size_t count = pair_up(couples, sizes[k]);
        cr_map_arrange(&map, couples, count);
        const double pitch = (double)map.pitch;
        for (size_t c = 0; c < count; c++) {
            const int32_t a = couples[c].person[0];
            assert_near(distance(&map, a, couples[c].person[1]), 1.08 * pitch, 0.07 * pitch);
            for (int32_t b = 0; b < (int32_t)sizes[k]; b++)
                if (b != a && b != couples[c].person[1])
                    assert_true(distance(&map, a, b) > 0.8 * pitch);
        }
        cr_map_free(&map);
    }
}

static void the_further_a_bond_has_gone_the_nearer_the_centre(void **state) {
    (void)state;
    static double birth[MANY];
    static struct cr_map_couple couples[MANY / 2];
    struct cr_map map = {0};
    settle(&map, MANY, birth);
    const size_t count = pair_up(couples, MANY);
    cr_map_arrange(&map, couples, count);
    for (size_t c = 0; c < count; c++) {
        const int band = CR_MARRIED - couples[c].stage;
        const double r = radius_of(&map, couples[c].person[0]);
        assert_true(r < (double)map.edge[band]);
        assert_true(band == 0 || r > (double)map.edge[band - 1]);
    }
    assert_true(map.edge[2] < map.home_inner);
    cr_map_free(&map);
}

/* Couples live where their homes are: nobody crosses the map who has neighbours for a partner. */
static void a_couple_lives_in_the_direction_of_its_homes(void **state) {
    (void)state;
    static double birth[MANY];
    struct cr_map map = {0};
    assert_int_equal(cr_map_fit(&map, MANY, NULL), 0);
    for (uint32_t i = 0; i < MANY; i++)
        birth[i] = i;
    cr_map_settle(&map, birth);
    for (int32_t a = 0; a < MANY; a += 97) {
        const struct cr_map_couple couple = couple_of(a, (a + 200) % MANY, CR_MARRIED, 0);
        cr_map_arrange(&map, &couple, 1);
        const double wanted = fmod(a + 100.0, MANY) / MANY;
        const double x = (double)(map.x[a] + map.x[couple.person[1]]), y = (double)(map.y[a] + map.y[couple.person[1]]);
        const double turn = atan2(x, -y) / (2.0 * 3.14159265358979) - wanted;
        const double around = (double)map.pitch * 1.2 / (6.28 * hypot(x, y) / 2.0);
        assert_near(turn - round(turn), 0.0, 0.01 + around);
    }
    cr_map_free(&map);
}

static void when_one_couple_parts_nearly_all_stay_where_they_are(void **state) {
    (void)state;
    static double birth[MANY];
    static struct cr_map_couple couples[MANY / 2];
    static float x[MANY];
    struct cr_map map = {0};
    settle(&map, MANY, birth);
    const size_t count = pair_up(couples, MANY);
    long moved = 0;
    for (size_t gone = 0; gone < count; gone += 29) {
        cr_map_arrange(&map, couples, count);
        memcpy(x, map.x, sizeof x);
        const struct cr_map_couple parted = couples[gone];
        couples[gone] = couples[count - 1];
        cr_map_arrange(&map, couples, count - 1);
        for (int32_t i = 0; i < MANY; i++)
            if (i != parted.person[0] && i != parted.person[1])
                moved += map.x[i] != x[i];
        couples[gone] = parted;
    }
    assert_true(moved < 20 * (long)(count / 29 + 1));
    cr_map_free(&map);
}

static void a_newcomer_drives_nobody_out(void **state) {
    (void)state;
    static double birth[MANY];
    static struct cr_map_couple couples[MANY / 2];
    static float x[MANY];
    struct cr_map map = {0};
    settle(&map, MANY, birth);
    const size_t count = pair_up(couples, MANY) - 1;
    cr_map_arrange(&map, couples, count);
    memcpy(x, map.x, sizeof x);
    couples[count].since = 2000;
    const struct cr_map_couple newcomer = couples[count];
    memmove(&couples[1], &couples[0], count * sizeof couples[0]);
    couples[0] = newcomer;
    cr_map_arrange(&map, couples, count + 1);
    for (int32_t i = 0; i < MANY; i++)
        if (i != newcomer.person[0] && i != newcomer.person[1])
            assert_true(map.x[i] == x[i]);
    cr_map_free(&map);
}

static void a_band_that_is_full_makes_couples_live_in_the_next(void **state) {
    (void)state;
    static double birth[MANY];
    static struct cr_map_couple couples[MANY / 2];
    for (int stage = CR_DATING; stage <= CR_MARRIED; stage++) {
        struct cr_map map = {0};
        settle(&map, MANY, birth);
        for (int32_t c = 0; c < MANY / 2; c++)
            couples[c] = couple_of(2 * c, 2 * c + 1, (uint8_t)stage, 0);
        cr_map_arrange(&map, couples, MANY / 2);
        assert_int_equal(map.tenants[0] + map.tenants[1] + map.tenants[2], MANY / 2);
        for (int32_t i = 0; i < MANY; i++)
            assert_true(radius_of(&map, i) < (double)map.home_inner);
        for (int32_t a = 0; a < MANY; a += 211)
            for (int32_t b = 0; b < MANY; b++)
                assert_true(a == b || distance(&map, a, b) > 0.8 * (double)map.pitch);
        cr_map_free(&map);
    }
}

static void a_stage_is_reached_when_it_is_entered(void **state) {
    (void)state;
    const int32_t two[] = {3, 8};
    assert_int_equal(cr_map_couple(two, CR_DATING, 10, -1, -1).since, 10);
    assert_int_equal(cr_map_couple(two, CR_COHABITING, 10, 60, -1).since, 60);
    assert_int_equal(cr_map_couple(two, CR_MARRIED, 10, 60, 90).since, 90);
    assert_int_equal(cr_map_couple(two, CR_MARRIED, 10, -1, 90).since, 90);
    assert_int_equal(cr_map_couple(two, CR_MARRIED, 10, 60, 90).person[1], 8);
}

static void a_map_without_memory_is_empty(void **state) {
    (void)state;
    for (long n = 0; n < 6; n++) {
        struct cr_map map = {0};
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        const int code = cr_map_fit(&map, 100, &error);
        allocations_left = -1;
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_int_equal(map.people, 0);
        assert_int_equal(allocations_held, held);
    }
}

static struct cr_timeline_view view_of(int32_t ties, double zoom, double top) {
    return (struct cr_timeline_view){
        .ties = ties, .height = 600.0, .margin = 10.0, .most = 12.0, .least = 2.5, .zoom = zoom, .top = top};
}

static void every_line_fits_while_there_are_few(void **state) {
    (void)state;
    for (int32_t ties = 1; ties < 230; ties++) {
        const struct cr_timeline_view view = view_of(ties, 1.0, 0.0);
        const struct cr_timeline timeline = cr_timeline_lay(&view);
        assert_int_equal(timeline.stride, 1);
        assert_int_equal(timeline.first, 0);
        assert_int_equal(timeline.shown, ties);
        assert_true(timeline.row <= 12.0);
        assert_true(cr_timeline_place(&timeline, &view, 0) > 10.0);
        assert_true(cr_timeline_place(&timeline, &view, ties - 1) < 590.0);
    }
}

static void of_many_lines_as_many_are_drawn_as_can_be_told_apart(void **state) {
    (void)state;
    for (int32_t ties = 300; ties < 3000000; ties = ties * 5 / 3) {
        const struct cr_timeline_view view = view_of(ties, 1.0, 0.0);
        const struct cr_timeline timeline = cr_timeline_lay(&view);
        assert_int_equal(timeline.stride & (timeline.stride - 1), 0);
        assert_in_range(timeline.shown, 100, 233);
        assert_int_equal(timeline.shown, (ties + timeline.stride - 1) / timeline.stride);
    }
}

static void magnified_all_lines_to_be_seen_are_drawn_and_no_others(void **state) {
    (void)state;
    for (double top = -19400.0; top <= -700.0; top += 850.0) {
        const struct cr_timeline_view view = view_of(40000, 64.0, top);
        const struct cr_timeline timeline = cr_timeline_lay(&view);
        const int32_t last = timeline.first + (timeline.shown - 1) * timeline.stride;
        assert_in_range(timeline.shown, 1, 250);
        assert_true(cr_timeline_place(&timeline, &view, timeline.first) >= 0.0);
        assert_true(cr_timeline_place(&timeline, &view, last) <= 600.0);
        if (timeline.first > 0)
            assert_true(cr_timeline_place(&timeline, &view, timeline.first - timeline.stride) < 0.0);
        if (last + timeline.stride < 40000)
            assert_true(cr_timeline_place(&timeline, &view, last + timeline.stride) > 600.0);
    }
}

static void before_the_first_relationship_there_are_no_lines(void **state) {
    (void)state;
    const struct cr_timeline_view view = view_of(0, 1.0, 0.0);
    assert_int_equal(cr_timeline_lay(&view).shown, 0);
    const struct cr_timeline_view beyond = view_of(3, 64.0, -30000.0);
    assert_int_equal(cr_timeline_lay(&beyond).shown, 0);
}

static void the_calendar_begins_in_a_round_year(void **state) {
    (void)state;
    assert_int_equal(cr_timeline_begin(0), 0);
    assert_int_equal(cr_timeline_begin(5 * 52 - 1), 0);
    assert_int_equal(cr_timeline_begin(18 * 52 + 7), 15 * 52);
    assert_int_equal(cr_timeline_begin(20 * 52), 20 * 52);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(homes_go_clockwise_by_birth),
        cmocka_unit_test(no_two_homes_are_one),
        cmocka_unit_test(a_home_hangs_on_birth_alone),
        cmocka_unit_test(those_of_unknown_birth_come_last),
        cmocka_unit_test(couples_are_side_by_side_and_apart_from_all_others),
        cmocka_unit_test(the_further_a_bond_has_gone_the_nearer_the_centre),
        cmocka_unit_test(a_couple_lives_in_the_direction_of_its_homes),
        cmocka_unit_test(when_one_couple_parts_nearly_all_stay_where_they_are),
        cmocka_unit_test(a_newcomer_drives_nobody_out),
        cmocka_unit_test(a_band_that_is_full_makes_couples_live_in_the_next),
        cmocka_unit_test(a_stage_is_reached_when_it_is_entered),
        cmocka_unit_test(a_map_without_memory_is_empty),
        cmocka_unit_test(every_line_fits_while_there_are_few),
        cmocka_unit_test(of_many_lines_as_many_are_drawn_as_can_be_told_apart),
        cmocka_unit_test(magnified_all_lines_to_be_seen_are_drawn_and_no_others),
        cmocka_unit_test(before_the_first_relationship_there_are_no_lines),
        cmocka_unit_test(the_calendar_begins_in_a_round_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
