#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "stage.h"

static void pointing_finds_who_is_drawn_there(void **state) {
    struct stage *stage = *state;
    stage->look.reduced_motion = true;
    see(stage, false);
    for (int k = 0; k <= CR_ARRANGEMENT_MAP; k++) {
        int found = 0;
        stage->options.arrangement = (enum cr_arrangement)k;
        draw(stage, 0.1);
        for (int32_t i = 0; i < PEOPLE; i++) {
            double x, y, there_x, there_y;
            const bool alive = stage->snapshot[0].presence[i] == CR_ADULT || stage->snapshot[0].presence[i] == CR_CHILD;
            assert_int_equal(cr_scene_place(stage->scene, i, &x, &y), alive);
            if (!alive)
                continue;
            const struct cr_pick pick = cr_scene_pick(stage->scene, x, y);
            assert_int_equal(pick.bond, CR_NOBODY);
            assert_true(cr_scene_place(stage->scene, pick.person, &there_x, &there_y));
            assert_near(hypot(there_x - x, there_y - y), 0.0, 1e-3);
            found++;
        }
        assert_true(found > PEOPLE / 2);
        assert_int_equal(cr_scene_pick(stage->scene, -5.0, 20.0).person, CR_NOBODY);
        assert_int_equal(cr_scene_pick(stage->scene, WIDTH - 2.0, 20.0).person, CR_NOBODY);
    }
}

static void pointing_at_a_tie_finds_the_relationship(void **state) {
    struct stage *stage = *state;
    stage->look.reduced_motion = true;
    see(stage, false);
    draw(stage, 0.1);
    int found = 0;
    for (int32_t k = 0; k < stage->snapshot[0].lasting_count; k++) {
        const int32_t number = stage->snapshot[0].lasting[k];
        const struct cr_tie *tie = &stage->snapshot[0].ties[number];
        double x[2], y[2];
        for (int side = 0; side < 2; side++)
            assert_true(cr_scene_place(stage->scene, tie->person[side], &x[side], &y[side]));
        for (double t = 0.1; t < 0.9; t += 0.1)
            found += cr_scene_pick(stage->scene, x[0] + t * (x[1] - x[0]), y[0] + t * (y[1] - y[0])).bond == number;
    }
    assert_true(found > stage->snapshot[0].lasting_count);
    stage->options.ties = false;
    draw(stage, 0.1);
    for (double x = 0.0; x < WIDTH; x += 7.0)
        for (double y = 0.0; y < HEIGHT; y += 7.0)
            assert_int_equal(cr_scene_pick(stage->scene, x, y).bond, CR_NOBODY);
}

static void pointing_at_a_line_of_the_timeline_finds_the_relationship(void **state) {
    struct stage *stage = *state;
    see(stage, false);
    stage->options.arrangement = CR_ARRANGEMENT_TIMELINE;
    draw(stage, 0.1);
    int found = 0, asked = 0;
    for (int32_t i = 0; i < PEOPLE; i++) {
        double x, y;
        const int32_t bond = stage->snapshot[0].bond[i];
        assert_int_equal(cr_scene_place(stage->scene, i, &x, &y), bond != CR_NOBODY);
        if (bond == CR_NOBODY)
            continue;
        /* also one whose line is not among those drawn, once it is chosen */
        stage->options.chosen = i;
        draw(stage, 0.1);
        const struct cr_pick pick = cr_scene_pick(stage->scene, x, y);
        assert_int_equal(pick.person, CR_NOBODY);
        asked++;
        found += pick.bond == bond;
    }
    assert_true(asked > 20);
    assert_int_equal(found, asked);
}

static void what_is_under_the_pointer_stays_there_when_magnified(void **state) {
    struct stage *stage = *state;
    stage->look.reduced_motion = true;
    see(stage, false);
    for (int k = 0; k <= CR_ARRANGEMENT_MAP; k++) {
        double x, y, magnified_x, magnified_y;
        int32_t person = 0;
        stage->options.arrangement = (enum cr_arrangement)k;
        draw(stage, 0.1);
        while (!cr_scene_place(stage->scene, person, &x, &y))
            person++;
        const unsigned char *before = picture(stage);
        cr_scene_zoom(stage->scene, 5.0, x, y);
        draw(stage, 0.1);
        assert_true(cr_scene_place(stage->scene, person, &magnified_x, &magnified_y));
        assert_near(magnified_x, x, 1e-3);
        assert_near(magnified_y, y, 1e-3);
        int seen = 0;
        for (int32_t i = 0; i < PEOPLE; i++)
            seen += cr_scene_place(stage->scene, i, &magnified_x, &magnified_y);
        assert_true(seen < PEOPLE / 2);
        cr_scene_pan(stage->scene, -13.0, 0.0);
        draw(stage, 0.1);
        if (cr_scene_place(stage->scene, person, &magnified_x, &magnified_y))
            assert_true(magnified_x <= x && magnified_x >= x - 13.001);
        cr_scene_show_all(stage->scene);
        draw(stage, 0.1);
        assert_true(same(before, picture(stage)));
        cr_scene_zoom(stage->scene, 0.1, x, y);
        cr_scene_pan(stage->scene, 500.0, -500.0);
        draw(stage, 0.1);
        assert_true(same(before, picture(stage)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENE_TEST(pointing_finds_who_is_drawn_there),
        SCENE_TEST(pointing_at_a_tie_finds_the_relationship),
        SCENE_TEST(pointing_at_a_line_of_the_timeline_finds_the_relationship),
        SCENE_TEST(what_is_under_the_pointer_stays_there_when_magnified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
