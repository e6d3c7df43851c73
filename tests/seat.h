#ifndef CR_TESTS_SEAT_H
#define CR_TESTS_SEAT_H

#include <stdio.h>
#include <stdlib.h>

#include "viz/viewer/viewer.h"

/* A viewer of one or two small worlds without a display; time passes frame by frame. Include after cmocka.h. */
struct seat {
    struct cr_viewing viewing;
    struct cr_viewer viewer;
};

static inline void frames(struct seat *seat, int count) {
    struct cr_error error = {0};
    for (int i = 0; i < count; i++)
        if (cr_viewer_frame(&seat->viewer, 1.0 / 60.0, &error) != 0)
            fail_msg("%s", error.sentence);
}

/* Both have 80 people, born within a year, and last 25 years; "world_0" and "world_1". Yours: leave it. */
static inline struct seat *take_seat(size_t worlds, int width, int height, int32_t week, double adult_age) {
    struct cr_error error = {0};
    struct seat *seat = calloc(1, sizeof *seat);
    assert_non_null(seat);
    seat->viewing = (struct cr_viewing){.count = worlds,
        .replicate = 1,
        .threads = 1,
        .most_bytes = 1 << 26,
        .week = week,
        .width = width,
        .height = height,
        .scale = 1.0,
        .theme = CR_THEME_DARK,
        .speed = CR_SPEED_52,
        .offscreen = true,
        .counted = true,
        .folder = "/tmp"};
    for (size_t w = 0; w < worlds; w++) {
        struct cr_scenario *const scenario = &seat->viewing.scenarios[w];
        cr_scenario_init(scenario);
        (void)snprintf(scenario->name, sizeof scenario->name, "world_%zu", w);
        scenario->parameters.run_people = 80;
        scenario->parameters.run_years = 25.0;
        scenario->parameters.life_birth_years = 1.0;
        scenario->parameters.life_adult_age = adult_age;
    }
    if (cr_viewer_open(&seat->viewer, &seat->viewing, &error) != 0)
        fail_msg("%s", error.sentence);
    frames(seat, 2);
    return seat;
}

static inline void leave_seat(struct seat *seat) {
    cr_viewer_close(&seat->viewer);
    cr_viewer_close(&seat->viewer);
    cr_viewing_free(&seat->viewing);
    free(seat);
}

/* Presses and lets go of a key, with others held (KMOD_...). */
static inline void press(struct seat *seat, SDL_Keycode code, Uint16 held) {
    SDL_Event event = {.type = SDL_KEYDOWN};
    event.key.keysym.sym = code;
    event.key.keysym.mod = held;
    (void)SDL_PushEvent(&event);
    event.type = SDL_KEYUP;
    (void)SDL_PushEvent(&event);
    frames(seat, 1);
}

#endif
