#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "seat.h"
#include "viz/viewer/deed.h"
#include "viz/viewer/readout.h"
#include "viz/viewer/viewer.h"

enum { WEEK = 24 * 52, STRATEGIES = 1 };

/* Two worlds in their year 24. */
static int open_seat(void **state) {
    struct seat *const seat = take_seat(2, 1024, 640, 0, 18.0);
    *state = seat;
    cr_deed_go(&seat->viewer, WEEK);
    for (int k = 0; k < 2000 && cr_viewer_now(&seat->viewer, 0)->week < WEEK; k++)
        frames(seat, 1);
    frames(seat, 3);
    return 0;
}

static int close_seat(void **state) {
    leave_seat(*state);
    return 0;
}

static void point(struct seat *seat, double x, double y) {
    SDL_Event event = {.type = SDL_MOUSEMOTION};
    event.motion.x = (Sint32)x;
    event.motion.y = (Sint32)y;
    (void)SDL_PushEvent(&event);
    frames(seat, 2);
}

/* The point of the window where a value of a plot's x axis stands, in the middle of its height. */
static void point_at(struct seat *seat, size_t panel, size_t plot, double at) {
    struct cr_panel_seen seen;
    assert_true(cr_panels_seen(seat->viewer.panels, panel, &seen));
    const struct cr_rect where = seat->viewer.layout.panel[panel];
    const struct cr_plot *const stands = &seen.placement->plots[plot];
    point(seat, where.x + seen.scale * cr_scale_place(&stands->x, at),
        where.y + seen.scale * (stands->area.y + stands->area.height / 2.0));
}

static void enlarge(struct seat *seat) {
    cr_deed_do(&seat->viewer, CR_DO_ENLARGE, STRATEGIES);
    frames(seat, 3);
}

static void the_mouse_reads_small_charts(void **state) {
    struct seat *seat = *state;
    const struct cr_readout *const readout = &seat->viewer.readout;
    assert_int_equal(readout->panel, -1);
    for (size_t plot = 0; plot < 2; plot++) {
        point_at(seat, STRATEGIES, plot, 22.2);
        assert_int_equal(readout->panel, STRATEGIES);
        assert_int_equal(readout->of.plot, plot);
        assert_near(readout->of.at, 22.0, 0.0);
        assert_int_equal(readout->of.count, 2);
        assert_string_equal(readout->of.values[1].name, "world_1");
    }
    point(seat, 200.0, 300.0);
    assert_int_equal(readout->panel, -1);
}

static void the_plate_stays_in_the_window(void **state) {
    struct seat *seat = *state;
    const struct cr_readout *const readout = &seat->viewer.readout;
    size_t read = 0;
    for (size_t panel = 0; panel < seat->viewer.layout.panel_count; panel++) {
        const struct cr_rect where = seat->viewer.layout.panel[panel];
        for (double x = where.x + 2.0; x < cr_rect_right(where); x += 40.0)
            for (double y = where.y + 2.0; y < cr_rect_bottom(where); y += 40.0) {
                point(seat, x, y);
                if (readout->panel < 0)
                    continue;
                read++;
                assert_true(readout->plate.x >= 0.0 && cr_rect_right(readout->plate) <= 1024.0);
                assert_true(readout->plate.y >= 0.0 && cr_rect_bottom(readout->plate) <= 640.0);
            }
    }
    assert_true(read > 10);
}

static void it_is_drawn_anew_only_when_it_changes(void **state) {
    struct seat *seat = *state;
    struct cr_readout *const readout = &seat->viewer.readout;
    point_at(seat, STRATEGIES, 0, 22.0);
    const uint64_t sum = readout->sum;
    int width = 0, height = 0;
    assert_int_equal(SDL_QueryTexture(readout->words.texture, NULL, NULL, &width, &height), 0);
    assert_int_equal(width, (int)readout->plate.width);
    readout->words.width = 7; /* would be set by drawing */
    point_at(seat, STRATEGIES, 0, 22.1);
    assert_true(readout->sum == sum);
    assert_int_equal(readout->words.width, 7);
    readout->words.width = width;
    point_at(seat, STRATEGIES, 0, 23.1);
    assert_true(readout->sum != sum);
}

static void keys_move_on_into_the_next_small_chart(void **state) {
    struct seat *seat = *state;
    const struct cr_readout *const readout = &seat->viewer.readout;
    const int32_t week = cr_viewer_now(&seat->viewer, 0)->week;
    enlarge(seat);
    press(seat, SDLK_RIGHT, 0);
    assert_true(readout->by_keys);
    assert_near(readout->of.at, 24.0, 0.0);
    assert_int_equal(readout->of.plot, 0);
    press(seat, SDLK_RIGHT, 0);
    assert_int_equal(readout->of.plot, 1);
    assert_true(readout->of.at < 24.0);
    press(seat, SDLK_LEFT, 0);
    assert_int_equal(readout->of.plot, 0);
    assert_near(readout->of.at, 24.0, 0.0);
    press(seat, SDLK_LEFT, 0);
    assert_near(readout->of.at, 23.0, 0.0);
    assert_int_equal(cr_viewer_now(&seat->viewer, 0)->week, week);
    for (int k = 0; k < 60; k++)
        press(seat, SDLK_RIGHT, 0);
    assert_int_equal(readout->of.plot, 1); /* the last one */
    assert_near(readout->of.at, 24.0, 0.0);
    press(seat, SDLK_ESCAPE, 0);
    assert_int_equal(readout->panel, -1);
    press(seat, SDLK_RIGHT, 0); /* a small panel leaves weeks to the arrows */
    assert_int_equal(seat->viewer.pace.aim, week + 1);
}

static void the_mouse_takes_over_from_the_keys(void **state) {
    struct seat *seat = *state;
    enlarge(seat);
    press(seat, SDLK_LEFT, 0);
    assert_true(seat->viewer.readout.by_keys);
    point_at(seat, STRATEGIES, 1, 21.0);
    assert_false(seat->viewer.readout.by_keys);
    assert_int_equal(seat->viewer.readout.of.plot, 1);
    press(seat, SDLK_RIGHT, 0); /* from where the mouse was */
    assert_int_equal(seat->viewer.readout.of.plot, 1);
    assert_near(seat->viewer.readout.of.at, 22.0, 0.0);
}

static void groups_are_turned_round_and_round(void **state) {
    static const char *const turn[] = {"protest", "deactivate", "open", "appease", "", "protest"};
    struct seat *seat = *state;
    enlarge(seat);
    for (size_t k = 0; k < 6; k++) {
        press(seat, SDLK_DOWN, 0);
        assert_string_equal(cr_panels_group(seat->viewer.panels, STRATEGIES), turn[k]);
    }
    press(seat, SDLK_UP, 0);
    assert_string_equal(cr_panels_group(seat->viewer.panels, STRATEGIES), "");
    press(seat, SDLK_UP, 0);
    press(seat, SDLK_ESCAPE, 0);
    assert_string_equal(cr_panels_group(seat->viewer.panels, STRATEGIES), "appease");
    assert_false(cr_readout_turn(&seat->viewer, -1, 1));
}

static void another_size_begins_anew(void **state) {
    struct seat *seat = *state;
    struct cr_error error = {0};
    cr_panels_choose_group(seat->viewer.panels, STRATEGIES, "open");
    frames(seat, 2);
    point_at(seat, STRATEGIES, 0, 22.0);
    assert_int_equal(seat->viewer.readout.of.count, 2);
    assert_int_equal(cr_viewer_resize(&seat->viewer, 1600, 900, &error), 0);
    assert_int_equal(seat->viewer.readout.of.count, 0);
    frames(seat, 3);
    assert_string_equal(cr_panels_group(seat->viewer.panels, STRATEGIES), "open");
    point_at(seat, STRATEGIES, 0, 22.0);
    assert_int_equal(seat->viewer.readout.of.count, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_mouse_reads_small_charts, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(the_plate_stays_in_the_window, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(it_is_drawn_anew_only_when_it_changes, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(keys_move_on_into_the_next_small_chart, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(the_mouse_takes_over_from_the_keys, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(groups_are_turned_round_and_round, open_seat, close_seat),
        cmocka_unit_test_setup_teardown(another_size_begins_anew, open_seat, close_seat),
    };
    return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
