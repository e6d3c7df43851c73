#ifndef CR_TESTS_STAGE_H
#define CR_TESTS_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "viz/scene/scene.h"
#include "viz/world/world.h"

/* Two small worlds and a scene in a window in memory, and what can be seen there. Include after cmocka.h. */

enum { WIDTH = 720, HEIGHT = 560, PEOPLE = 160, WEEKS = 24 * 52 };

/* A lively small world some decades on, another one of harsh times, and a scene in a window in memory. */
struct stage {
    struct cr_scenario scenario[2];
    struct cr_world world[2];
    struct cr_snapshot snapshot[2];
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct cr_scene *scene;
    struct cr_scene_options options;
    struct cr_look look;
};

static const SDL_Rect all = {0, 0, WIDTH, HEIGHT};

static inline void expect(int code, const struct cr_error *error) {
    if (code)
        fail_msg("%s", error->sentence);
}

static inline void live_until(struct stage *stage, int w, int32_t week) {
    struct cr_error error = {0};
    while (stage->world[w].simulation.week < week) {
        expect(cr_world_prepare(&stage->world[w], &error), &error);
        expect(cr_world_step(&stage->world[w], &error), &error);
    }
    expect(cr_world_glance(&stage->world[w], &stage->snapshot[w], &error), &error);
}

static inline void see(struct stage *stage, bool two) {
    struct cr_error error = {0};
    expect(cr_scene_see(stage->scene, &stage->snapshot[0], two ? &stage->snapshot[1] : NULL, &error), &error);
}

static inline void draw(struct stage *stage, double seconds) {
    struct cr_error error = {0};
    SDL_SetRenderDrawColor(stage->renderer, 1, 2, 3, 255);
    SDL_RenderClear(stage->renderer);
    expect(cr_scene_draw(stage->scene, &stage->options, &stage->look, all, seconds, &error), &error);
    SDL_RenderFlush(stage->renderer);
}

/* Draws as many frames as it takes until nothing moves any more. */
static inline void rest(struct stage *stage) {
    for (int k = 0; k < 260; k++)
        draw(stage, 1.0 / 30.0);
}

static inline void new_scene(struct stage *stage) {
    cr_scene_free(stage->scene);
    stage->scene = cr_scene_new(stage->renderer, NULL);
    assert_non_null(stage->scene);
}

static inline int open_stage(void **state) {
    static const char *const lively[] = {"run.people=160", "run.years=40", "life.birth_years=3", "life.adult_age=14",
        "life.median_age=45", "life.death_doubling=4", "meeting.rate=0.8", "pairing.acceptance=1", "stage.threshold=0"};
    static struct stage stage;
    memset(&stage, 0, sizeof stage);
    struct cr_error error = {0};
    for (int w = 0; w < 2; w++) {
        cr_scenario_init(&stage.scenario[w]);
        for (size_t k = 0; k < sizeof lively / sizeof lively[0]; k++)
            expect(cr_scenario_assign(&stage.scenario[w], lively[k], "", &error), &error);
        if (w == 1)
            expect(cr_scenario_assign(&stage.scenario[w], "times.rebuff=0.6", "", &error), &error);
        const struct cr_world_plan plan = {&stage.scenario[w], 1, 1U << 24U};
        expect(cr_world_init(&stage.world[w], &plan, &error), &error);
        expect(cr_snapshot_init(&stage.snapshot[w], PEOPLE, &error), &error);
        live_until(&stage, w, WEEKS);
    }
    stage.surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_ARGB8888);
    stage.renderer = SDL_CreateSoftwareRenderer(stage.surface);
    stage.options = (struct cr_scene_options){
        CR_ARRANGEMENT_PLANE, true, true, true, true, .chosen = CR_NOBODY, .hovered = CR_NOBODY};
    stage.look = (struct cr_look){CR_THEME_DARK, 1.0, 1.0, false};
    new_scene(&stage);
    *state = &stage;
    return 0;
}

static inline int close_stage(void **state) {
    struct stage *stage = *state;
    cr_scene_free(stage->scene);
    SDL_DestroyRenderer(stage->renderer);
    SDL_FreeSurface(stage->surface);
    for (int w = 0; w < 2; w++) {
        cr_snapshot_free(&stage->snapshot[w]);
        cr_world_free(&stage->world[w]);
        cr_scenario_free(&stage->scenario[w]);
    }
    return 0;
}

static inline size_t picture_size(const struct stage *stage) {
    return (size_t)stage->surface->pitch * HEIGHT;
}

/* A copy of what is in the window; one of a few that take turns. */
static inline const unsigned char *picture(const struct stage *stage) {
    static unsigned char copies[16][WIDTH * HEIGHT * 4];
    static int turn;
    turn = (turn + 1) % 16;
    assert_int_equal(picture_size(stage), sizeof copies[0]);
    memcpy(copies[turn], stage->surface->pixels, sizeof copies[0]);
    return copies[turn];
}

static inline bool same(const unsigned char *a, const unsigned char *b) {
    return memcmp(a, b, (size_t)WIDTH * HEIGHT * 4) == 0;
}

/* How many pixels within some distance of a place differ. */
static inline int differing(const unsigned char *a, const unsigned char *b, double x, double y, int reach) {
    int count = 0;
    for (int dy = -reach; dy <= reach; dy++) {
        for (int dx = -reach; dx <= reach; dx++) {
            const int column = (int)x + dx, row = (int)y + dy;
            if (column < 0 || row < 0 || column >= WIDTH || row >= HEIGHT)
                continue;
            const size_t at = 4 * ((size_t)row * WIDTH + (size_t)column);
            count += memcmp(a + at, b + at, 3) != 0;
        }
    }
    return count;
}

#define SCENE_TEST(name) cmocka_unit_test_setup_teardown(name, open_stage, close_stage)

#endif
