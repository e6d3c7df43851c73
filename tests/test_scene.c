#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "stage.h"

static void without_motion_the_same_snapshot_gives_the_same_picture(void **state) {
    struct stage *stage = *state;
    stage->look.reduced_motion = true;
    for (int theme = 0; theme < 2; theme++) {
        const unsigned char *last = NULL;
        stage->look.theme = theme == 0 ? CR_THEME_DARK : CR_THEME_LIGHT;
        for (int k = 0; k < CR_ARRANGEMENTS; k++) {
            stage->options.arrangement = (enum cr_arrangement)k;
            see(stage, false);
            draw(stage, 0.0);
            const unsigned char *first = picture(stage);
            draw(stage, 0.7);
            assert_true(same(first, picture(stage)));
            cr_scene_forget_textures(stage->scene);
            draw(stage, 5.0);
            assert_true(same(first, picture(stage)));
            assert_false(last && same(first, last));
            last = first;
        }
    }
}

static void the_scene_keeps_to_its_rectangle(void **state) {
    struct stage *stage = *state;
    struct cr_error error = {0};
    const SDL_Rect where = {100, 60, 400, 320};
    see(stage, false);
    for (int k = 0; k < CR_ARRANGEMENTS; k++) {
        stage->options.arrangement = (enum cr_arrangement)k;
        stage->options.chosen = 5;
        SDL_SetRenderDrawColor(stage->renderer, 1, 2, 3, 255);
        SDL_RenderClear(stage->renderer);
        expect(cr_scene_draw(stage->scene, &stage->options, &stage->look, where, 0.1, &error), &error);
        SDL_RenderFlush(stage->renderer);
        const unsigned char *pixels = stage->surface->pixels;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                const unsigned char *pixel = pixels + 4 * ((size_t)y * WIDTH + (size_t)x);
                const bool inside = x >= where.x && y >= where.y && x < where.x + where.w && y < where.y + where.h;
                assert_int_equal(pixel[0] == 3 && pixel[1] == 2 && pixel[2] == 1, !inside);
            }
        }
    }
    SDL_RenderClear(stage->renderer);
    expect(cr_scene_draw(stage->scene, &stage->options, &stage->look, (SDL_Rect){0, 0, 0, 0}, 0.1, &error), &error);
}

static void before_anything_was_seen_there_are_axes_but_nobody(void **state) {
    struct stage *stage = *state;
    draw(stage, 0.1);
    const struct cr_pick pick = cr_scene_pick(stage->scene, 200.0, 200.0);
    assert_int_equal(pick.person, CR_NOBODY);
    assert_int_equal(pick.bond, CR_NOBODY);
    double x, y;
    assert_false(cr_scene_place(stage->scene, 0, &x, &y));
    const unsigned char *empty = picture(stage);
    see(stage, false);
    rest(stage);
    assert_false(same(empty, picture(stage)));
}

static void people_glide_from_one_arrangement_to_the_next(void **state) {
    struct stage *stage = *state;
    double from_x, from_y, x, y, to_x, to_y;
    int32_t person = 0;
    see(stage, false);
    rest(stage);
    while (!cr_scene_place(stage->scene, person, &from_x, &from_y))
        person++;
    stage->options.arrangement = CR_ARRANGEMENT_MAP;
    rest(stage);
    assert_true(cr_scene_place(stage->scene, person, &to_x, &to_y));
    stage->options.arrangement = CR_ARRANGEMENT_PLANE;
    rest(stage);
    stage->options.arrangement = CR_ARRANGEMENT_MAP;
    double last = hypot(to_x - from_x, to_y - from_y);
    assert_true(last > 20.0);
    for (int k = 0; k < 30; k++) {
        draw(stage, 1.0 / 60.0);
        assert_true(cr_scene_place(stage->scene, person, &x, &y));
        const double left = hypot(to_x - x, to_y - y);
        assert_true(k > 0 || left > 5.0);
        assert_true(left < last);
        last = left;
    }
    assert_true(last < 0.05 * hypot(to_x - from_x, to_y - from_y));
    stage->look.reduced_motion = true;
    stage->options.arrangement = CR_ARRANGEMENT_PLANE;
    draw(stage, 1.0 / 60.0);
    assert_true(cr_scene_place(stage->scene, person, &x, &y));
    assert_near(x, from_x, 1e-3);
    assert_near(y, from_y, 1e-3);
}

static void people_glide_with_time_but_not_through_a_jump(void **state) {
    struct stage *stage = *state;
    struct cr_error error = {0};
    double x[PEOPLE], y[PEOPLE], now_x, now_y;
    bool there[PEOPLE];
    see(stage, false);
    rest(stage);
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t i = 0; i < PEOPLE; i++)
            there[i] = cr_scene_place(stage->scene, i, &x[i], &y[i]);
        if (pass == 0)
            live_until(stage, 0, stage->snapshot[0].week + 100);
        else
            expect(cr_world_go(&stage->world[0], WEEKS, NULL, NULL, &error), &error);
        if (pass == 1)
            expect(cr_world_glance(&stage->world[0], &stage->snapshot[0], &error), &error);
        see(stage, false);
        draw(stage, 1.0 / 60.0);
        double first[PEOPLE];
        for (int32_t i = 0; i < PEOPLE; i++)
            first[i] = cr_scene_place(stage->scene, i, &now_x, &now_y) ? now_x : (double)NAN;
        rest(stage);
        int glided = 0, jumped = 0;
        for (int32_t i = 0; i < PEOPLE; i++) {
            if (!there[i] || isnan(first[i]) || !cr_scene_place(stage->scene, i, &now_x, &now_y) ||
                fabs(now_x - x[i]) < 3.0)
                continue;
            glided += fabs(now_x - first[i]) > 0.5 * fabs(now_x - x[i]);
            jumped += fabs(now_x - first[i]) < 1e-3;
        }
        assert_true(pass == 0 ? glided > 10 && jumped == 0 : jumped > 10 && glided == 0);
    }
}

/* Trails fade to nothing and flares end: then it does not matter what was seen before. */
static void in_the_end_only_the_snapshot_is_seen(void **state) {
    struct stage *stage = *state;
    for (int k = 0; k < CR_ARRANGEMENTS; k++) {
        stage->options.arrangement = (enum cr_arrangement)k;
        live_until(stage, 0, stage->snapshot[0].week + 1);
        new_scene(stage);
        see(stage, false);
        rest(stage);
        for (int week = 0; week < 40; week++) {
            live_until(stage, 0, stage->snapshot[0].week + 1);
            see(stage, false);
            draw(stage, 1.0 / 20.0);
        }
        const unsigned char *lively = picture(stage);
        rest(stage);
        const unsigned char *settled = picture(stage);
        if (k != CR_ARRANGEMENT_TIMELINE)
            assert_false(same(lively, settled));
        new_scene(stage);
        see(stage, false);
        rest(stage);
        assert_true(same(settled, picture(stage)));
    }
}

static void moving_people_leave_trails(void **state) {
    struct stage *stage = *state;
    const unsigned char *with[2];
    for (int k = 0; k < 2; k++) {
        struct cr_error error = {0};
        expect(cr_world_go(&stage->world[0], WEEKS, NULL, NULL, &error), &error);
        expect(cr_world_glance(&stage->world[0], &stage->snapshot[0], &error), &error);
        stage->options.trails = k == 0;
        new_scene(stage);
        see(stage, false);
        rest(stage);
        live_until(stage, 0, WEEKS + 60);
        memset(stage->snapshot[0].bids[CR_PROTEST], 0, PEOPLE);
        see(stage, false);
        for (int frame = 0; frame < 30; frame++)
            draw(stage, 1.0 / 60.0);
        with[k] = picture(stage);
    }
    assert_true(differing(with[0], with[1], WIDTH / 2.0, HEIGHT / 2.0, WIDTH) > 200);
}

static void whoever_is_chosen_stands_out_and_so_does_the_partner(void **state) {
    struct stage *stage = *state;
    stage->look.reduced_motion = true;
    see(stage, false);
    for (int k = 0; k <= CR_ARRANGEMENT_MAP; k++) {
        stage->options.arrangement = (enum cr_arrangement)k;
        stage->options.chosen = CR_NOBODY;
        draw(stage, 0.1);
        const unsigned char *before = picture(stage);
        const int32_t chosen = stage->snapshot[0].ties[stage->snapshot[0].lasting[3]].person[0];
        stage->options.chosen = chosen;
        draw(stage, 0.1);
        const unsigned char *after = picture(stage);
        double x, y;
        assert_true(cr_scene_place(stage->scene, chosen, &x, &y));
        assert_true(differing(before, after, x, y, 14) > 60);
        assert_true(cr_scene_place(stage->scene, stage->snapshot[0].partner[chosen], &x, &y));
        assert_true(differing(before, after, x, y, 14) > 30);
    }
    stage->options.arrangement = CR_ARRANGEMENT_TIMELINE;
    draw(stage, 0.1);
    const unsigned char *chosen = picture(stage);
    stage->options.chosen = CR_NOBODY;
    draw(stage, 0.1);
    assert_false(same(chosen, picture(stage)));
    stage->options.chosen = PEOPLE + 7;
    draw(stage, 0.1);
}

static void children_can_be_left_out(void **state) {
    struct stage *stage = *state;
    struct cr_error error = {0};
    double x, y;
    expect(cr_world_go(&stage->world[0], 15 * 52, NULL, NULL, &error), &error);
    expect(cr_world_glance(&stage->world[0], &stage->snapshot[0], &error), &error);
    see(stage, false);
    int children = 0, adults = 0;
    for (int pass = 0; pass < 2; pass++) {
        stage->options.children = pass == 0;
        rest(stage);
        for (int32_t i = 0; i < PEOPLE; i++) {
            const bool seen = cr_scene_place(stage->scene, i, &x, &y);
            children += pass == 1 && seen && stage->snapshot[0].presence[i] == CR_CHILD;
            adults += pass == 1 && seen && stage->snapshot[0].presence[i] == CR_ADULT;
            if (pass == 0)
                assert_int_equal(
                    seen, stage->snapshot[0].presence[i] == CR_CHILD || stage->snapshot[0].presence[i] == CR_ADULT);
        }
    }
    assert_int_equal(children, 0);
    assert_true(adults > 10);
}

static void those_who_fare_differently_in_the_other_world_are_marked(void **state) {
    struct stage *stage = *state;
    stage->look.reduced_motion = true;
    stage->options.ties = false;
    const struct cr_snapshot *here = &stage->snapshot[0], *there = &stage->snapshot[1];
    see(stage, true);
    draw(stage, 0.1);
    const unsigned char *marked = picture(stage);
    struct cr_error error = {0};
    expect(cr_scene_see(stage->scene, here, here, &error), &error);
    draw(stage, 0.1);
    const unsigned char *alike = picture(stage);
    int differ = 0;
    for (int32_t i = 0; i < PEOPLE; i++) {
        double x, y;
        if (here->presence[i] != CR_ADULT || there->presence[i] != CR_ADULT ||
            (here->style[i] == there->style[i] && here->partner[i] == there->partner[i]))
            continue;
        differ++;
        assert_true(cr_scene_place(stage->scene, i, &x, &y));
        assert_true(differing(marked, alike, x, y, 9) > 5);
    }
    assert_true(differ > 10);
    stage->options.differences = false;
    see(stage, true);
    draw(stage, 0.1);
    const unsigned char *plain = picture(stage);
    see(stage, false);
    draw(stage, 0.1);
    assert_true(same(plain, picture(stage)));
}

static void in_two_worlds_the_same_people_are_at_home_in_the_same_place(void **state) {
    struct stage *stage = *state;
    struct cr_error error = {0};
    stage->look.reduced_motion = true;
    stage->options.arrangement = CR_ARRANGEMENT_MAP;
    double x[PEOPLE], y[PEOPLE], other_x, other_y;
    bool seen[PEOPLE];
    for (int w = 0; w < 2; w++) {
        expect(cr_world_go(&stage->world[w], 15 * 52, NULL, NULL, &error), &error);
        expect(cr_world_glance(&stage->world[w], &stage->snapshot[w], &error), &error);
    }
    see(stage, true);
    draw(stage, 0.1);
    for (int32_t i = 0; i < PEOPLE; i++)
        seen[i] = cr_scene_place(stage->scene, i, &x[i], &y[i]);
    expect(cr_scene_see(stage->scene, &stage->snapshot[1], &stage->snapshot[0], &error), &error);
    draw(stage, 0.1);
    int at_home = 0;
    for (int32_t i = 0; i < PEOPLE; i++) {
        const bool single = stage->snapshot[0].partner[i] == CR_NOBODY && stage->snapshot[1].partner[i] == CR_NOBODY;
        if (!single || !seen[i] || !cr_scene_place(stage->scene, i, &other_x, &other_y))
            continue;
        assert_near(hypot(other_x - x[i], other_y - y[i]), 0.0, 1e-3);
        at_home++;
    }
    assert_true(at_home > 20);
}

/* Nobody does anything, and nothing happens to anybody. */
static void calm(struct cr_snapshot *snapshot) {
    uint8_t *const counts[] = {snapshot->bids[0], snapshot->bids[1], snapshot->bids[2], snapshot->bids[3],
        snapshot->comforted, snapshot->rebuffed, snapshot->frightened};
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++)
        memset(counts[k], 0, PEOPLE);
    for (int32_t k = 0; k < snapshot->tie_count; k++)
        snapshot->ties[k].quarrels = 0;
    snapshot->happening_count = 0;
}

/* The scene anew, without motion, as it shows a snapshot first. */
static const unsigned char *first_picture(struct stage *stage, bool two) {
    new_scene(stage);
    see(stage, two);
    draw(stage, 0.1);
    return picture(stage);
}

/* What is seen of a calm week, whoever is chosen; then come others. */
static void begin_calmly(struct stage *stage) {
    calm(&stage->snapshot[0]);
    stage->snapshot[0].week--;
    (void)first_picture(stage, false);
    draw(stage, 1.0);
    draw(stage, 1.0);
    stage->snapshot[0].week++;
}

static const unsigned char *second_picture(struct stage *stage) {
    see(stage, false);
    draw(stage, 0.1);
    return picture(stage);
}

static void what_comes_of_bids_is_seen_each_in_its_own_way(void **state) {
    struct stage *stage = *state;
    struct cr_snapshot *snapshot = &stage->snapshot[0];
    uint8_t *const came[] = {snapshot->bids[CR_APPEASE], snapshot->comforted, snapshot->rebuffed, snapshot->frightened};
    enum { WAYS = sizeof came / sizeof came[0] };
    const int32_t person = snapshot->ties[snapshot->lasting[3]].person[0];
    stage->look.reduced_motion = true;
    stage->options.chosen = person; /* who is chosen shows everything */
    begin_calmly(stage);
    const unsigned char *pictures[WAYS + 1] = {second_picture(stage)};
    double x, y;
    assert_true(cr_scene_place(stage->scene, person, &x, &y));
    for (int k = 0; k < WAYS; k++) {
        begin_calmly(stage);
        came[k][person] = 1;
        pictures[k + 1] = second_picture(stage);
    }
    for (int k = 0; k <= WAYS; k++)
        for (int j = 0; j < k; j++)
            assert_true(differing(pictures[j], pictures[k], x, y, 14) > 8);
}

static void flares_can_be_thinned(void **state) {
    struct stage *stage = *state;
    struct cr_snapshot *snapshot = &stage->snapshot[0];
    const struct cr_tie *tie = &snapshot->ties[snapshot->lasting[3]];
    const int32_t person = snapshot->ties[snapshot->lasting[1]].person[0];
    const unsigned char *kept[2][CR_FLARES_SHOWN];
    double x, y, there_x, there_y;
    stage->look.reduced_motion = true;
    for (int k = 0; k < 2; k++) {
        for (int shown = 0; shown < CR_FLARES_SHOWN; shown++) {
            stage->options.flares = (enum cr_flares_shown)shown;
            begin_calmly(stage);
            snapshot->frightened[person] = k == 1;
            snapshot->happenings[0] = (struct cr_happening){
                .week = snapshot->week, .kind = CR_HAPPENED_WEDDING, .person = {tie->person[0], tie->person[1]}};
            snapshot->happening_count = k == 1;
            kept[k][shown] = second_picture(stage);
        }
    }
    assert_true(cr_scene_place(stage->scene, person, &x, &y));
    assert_true(cr_scene_place(stage->scene, tie->person[0], &there_x, &there_y));
    assert_true(differing(kept[0][CR_FLARES_ALL], kept[1][CR_FLARES_ALL], x, y, 10) > 8);
    assert_false(same(kept[1][CR_FLARES_ALL], kept[1][CR_FLARES_LIVES]));
    assert_true(differing(kept[0][CR_FLARES_LIVES], kept[1][CR_FLARES_LIVES], there_x, there_y, 10) > 8);
    assert_true(same(kept[0][CR_FLARES_NONE], kept[1][CR_FLARES_NONE]));
}

/* How far the middle of a person's dot is from the ground, 0 to 765. */
static int strength(const struct stage *stage, const unsigned char *picture, double x, double y) {
    const unsigned char *pixel = picture + (ptrdiff_t)y * stage->surface->pitch + 4 * (ptrdiff_t)x;
    const unsigned char *ground = picture + 2 * (ptrdiff_t)stage->surface->pitch + 8;
    int sum = 0;
    for (int k = 0; k < 3; k++)
        sum += abs(pixel[k] - ground[k]);
    return sum;
}

static void whoever_fares_alike_in_both_worlds_is_faint(void **state) {
    struct stage *stage = *state;
    struct cr_error error = {0};
    stage->look.reduced_motion = true;
    stage->options.ties = false;
    calm(&stage->snapshot[0]);
    for (int k = 0; k <= CR_ARRANGEMENT_MAP; k++) {
        stage->options.arrangement = (enum cr_arrangement)k;
        new_scene(stage);
        expect(cr_scene_see(stage->scene, &stage->snapshot[0], &stage->snapshot[0], &error), &error);
        stage->options.differences = false;
        draw(stage, 0.1);
        const unsigned char *plain = picture(stage);
        stage->options.differences = true;
        draw(stage, 0.1);
        const unsigned char *compared = picture(stage);
        int seen = 0, faint = 0;
        for (int32_t i = 0; i < PEOPLE; i++) {
            double x, y;
            if (stage->snapshot[0].presence[i] != CR_ADULT || !cr_scene_place(stage->scene, i, &x, &y))
                continue;
            const int before = strength(stage, plain, x, y), after = strength(stage, compared, x, y);
            seen += before > 150;
            faint += before > 150 && after < 0.75 * before;
        }
        assert_true(seen > 20 && faint > 0.8 * seen);
    }
}

/* On the timeline what is not in the other world, or ends otherwise there, is marked, and the rest is faint. */
static void relationships_that_are_otherwise_in_the_other_world_are_marked(void **state) {
    struct stage *stage = *state;
    struct cr_error error = {0};
    stage->look.reduced_motion = true;
    stage->options.arrangement = CR_ARRANGEMENT_TIMELINE;
    stage->options.differences = false;
    const unsigned char *plain = first_picture(stage, true);
    stage->options.differences = true;
    draw(stage, 0.1);
    const unsigned char *marked = picture(stage);
    new_scene(stage);
    expect(cr_scene_see(stage->scene, &stage->snapshot[0], &stage->snapshot[0], &error), &error);
    draw(stage, 0.1);
    const unsigned char *alike = picture(stage);
    const int faint = differing(plain, alike, WIDTH / 2.0, HEIGHT / 2.0, WIDTH);
    assert_true(faint > 500);
    assert_true(differing(marked, alike, WIDTH / 2.0, HEIGHT / 2.0, WIDTH) > 500);
    /* with one world alone there is nothing to mark */
    assert_int_equal(differing(plain, first_picture(stage, false), 200.0, 200.0, 100), 0);
    /* a relationship of the one who is chosen is marked, too, if it is not there */
    struct cr_snapshot *there = &stage->snapshot[1];
    const int32_t ties = there->tie_count, lasting = there->lasting_count;
    there->tie_count = there->lasting_count = 0;
    stage->options.chosen = stage->snapshot[0].ties[0].person[0];
    const unsigned char *chosen = first_picture(stage, true);
    stage->options.differences = false;
    draw(stage, 0.1);
    assert_true(differing(chosen, picture(stage), WIDTH / 2.0, HEIGHT / 2.0, WIDTH) > 50);
    there->tie_count = ties;
    there->lasting_count = lasting;
}

static void nothing_is_lost_or_leaked_when_memory_runs_out(void **state) {
    struct stage *stage = *state;
    allocations_left = 0;
    struct cr_error error = {0};
    assert_null(cr_scene_new(stage->renderer, &error));
    allocations_left = -1;
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    stage->look.reduced_motion = true;
    see(stage, true);
    draw(stage, 0.1);
    const unsigned char *good = picture(stage);
    int failures = 0, code = CR_ERROR_MEMORY;
    for (long n = 0; code; n++) {
        new_scene(stage);
        error = (struct cr_error){0};
        allocations_left = n;
        code = cr_scene_see(stage->scene, &stage->snapshot[0], &stage->snapshot[1], &error);
        allocations_left = -1;
        failures += code != 0;
        assert_int_equal(code, error.code);
        draw(stage, 0.1);
        see(stage, true);
        draw(stage, 0.1);
        assert_true(same(good, picture(stage)));
    }
    assert_true(failures > 20);
    code = CR_ERROR_MEMORY;
    failures = 0;
    for (long n = 0; code; n++) {
        new_scene(stage);
        see(stage, true);
        allocations_left = n;
        code = cr_scene_draw(stage->scene, &stage->options, &stage->look, all, 0.1, NULL);
        allocations_left = -1;
        failures += code != 0;
        draw(stage, 0.1);
        assert_true(same(good, picture(stage)));
    }
    assert_true(failures > 2);
    const long held = allocations_held;
    new_scene(stage);
    see(stage, true);
    draw(stage, 0.1);
    assert_int_equal(allocations_held, held);
}

static void a_world_of_another_size_begins_anew(void **state) {
    struct stage *stage = *state;
    struct cr_error error = {0};
    struct cr_snapshot small;
    expect(cr_snapshot_init(&small, 3, &error), &error);
    small.weeks = 100;
    see(stage, true);
    draw(stage, 0.1);
    expect(cr_scene_see(stage->scene, &small, NULL, &error), &error);
    for (int k = 0; k < CR_ARRANGEMENTS; k++) {
        stage->options.arrangement = (enum cr_arrangement)k;
        draw(stage, 0.1);
    }
    double x, y;
    assert_false(cr_scene_place(stage->scene, 2, &x, &y));
    see(stage, false);
    stage->options.arrangement = CR_ARRANGEMENT_MAP;
    draw(stage, 0.1);
    cr_snapshot_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENE_TEST(without_motion_the_same_snapshot_gives_the_same_picture),
        SCENE_TEST(the_scene_keeps_to_its_rectangle),
        SCENE_TEST(before_anything_was_seen_there_are_axes_but_nobody),
        SCENE_TEST(people_glide_from_one_arrangement_to_the_next),
        SCENE_TEST(people_glide_with_time_but_not_through_a_jump),
        SCENE_TEST(in_the_end_only_the_snapshot_is_seen),
        SCENE_TEST(moving_people_leave_trails),
        SCENE_TEST(whoever_is_chosen_stands_out_and_so_does_the_partner),
        SCENE_TEST(children_can_be_left_out),
        SCENE_TEST(those_who_fare_differently_in_the_other_world_are_marked),
        SCENE_TEST(in_two_worlds_the_same_people_are_at_home_in_the_same_place),
        SCENE_TEST(what_comes_of_bids_is_seen_each_in_its_own_way),
        SCENE_TEST(flares_can_be_thinned),
        SCENE_TEST(whoever_fares_alike_in_both_worlds_is_faint),
        SCENE_TEST(relationships_that_are_otherwise_in_the_other_world_are_marked),
        SCENE_TEST(nothing_is_lost_or_leaked_when_memory_runs_out),
        SCENE_TEST(a_world_of_another_size_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
