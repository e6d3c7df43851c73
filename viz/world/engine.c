#include "viz/world/engine.h"

#include <SDL.h>
#include <omp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/config_text.h"
#include "io/folder.h"
#include "io/whole_file.h"
#include "viz/world/exchange.h"
#include "viz/world/orders.h"

enum { SIGHTS = 3 };

struct cr_engine_state {
    /* Both threads'. */
    struct cr_orders orders;
    struct cr_exchange exchange;
    struct cr_sight sights[SIGHTS]; /* the exchange tells whose they are */
    pthread_t thread;
    size_t count;

    /* The engine's own. */
    struct cr_world worlds[CR_WORLDS_MAX];
    int threads;
    int32_t weeks, aim;
    bool going; /* towards the aim without living through all weeks on the way */
    uint64_t asked;
    bool writing;
    bool shown;                     /* what there is to see has been handed over */
    bool counted_on[CR_WORLDS_MAX]; /* the sight being made holds a glance at that world that nobody has looked at */
    struct cr_error news;           /* a failure that no sight has told yet */
};

static int32_t week_of(const struct cr_engine_state *state) {
    return state->worlds[0].simulation.week;
}

static void tell(struct cr_engine_state *state, const struct cr_error *error) {
    state->news = *error;
    state->shown = false;
}

/* A week that failed is told, and no further one is lived until somebody says so. */
static void fail(struct cr_engine_state *state, const struct cr_error *error) {
    state->aim = week_of(state);
    state->going = false;
    tell(state, error);
}

static int glance(struct cr_engine_state *state, struct cr_sight *sight, size_t w, struct cr_error *error) {
    struct cr_snapshot *const snapshot = &sight->of[w];
    struct cr_world *const world = &state->worlds[w];
    const int status =
        state->counted_on[w] ? cr_world_glance_again(world, snapshot, error) : cr_world_glance(world, snapshot, error);
    state->counted_on[w] = state->counted_on[w] || status == 0;
    return status;
}

static int publish(struct cr_engine_state *state, struct cr_error *error) {
    bool taken_back;
    struct cr_sight *const sight = &state->sights[cr_exchange_begin(&state->exchange, &taken_back)];
    int status = 0;
    for (size_t w = 0; w < state->count; w++)
        state->counted_on[w] = state->counted_on[w] || taken_back;
    for (size_t w = 0; status == 0 && w < state->count; w++)
        status = glance(state, sight, w, error);
    if (status != 0)
        return status;
    sight->asked = state->asked;
    sight->living = week_of(state) != state->aim || state->writing;
    if (!taken_back || state->news.code != 0)
        sight->error = state->news;
    state->news.code = 0;
    memset(state->counted_on, 0, sizeof state->counted_on);
    cr_exchange_hand_over(&state->exchange);
    state->shown = true;
    return 0;
}

static void show(struct cr_engine_state *state) {
    struct cr_error error = {0};
    if (publish(state, &error) != 0)
        fail(state, &error);
}

/* All worlds live the week, or none. */
static int live_week(struct cr_engine_state *state, struct cr_error *error) {
    int status = 0;
    for (size_t w = 0; status == 0 && w < state->count; w++)
        status = cr_world_prepare(&state->worlds[w], error);
    if (status != 0)
        return status;
    for (size_t w = 0; w < state->count; w++) {
        const int lived = cr_world_step(&state->worlds[w], error);
        status = status == 0 ? lived : status;
    }
    state->shown = false;
    return status;
}

static void live(struct cr_engine_state *state) {
    struct cr_error error = {0};
    if (live_week(state, &error) != 0)
        fail(state, &error);
    else if (week_of(state) != state->aim && cr_exchange_is_wanted(&state->exchange))
        show(state);
}

static bool has_ended(void *context) {
    const struct cr_engine_state *state = context;
    return cr_orders_ended(&state->orders);
}

static bool is_aim_void(void *context) {
    const struct cr_engine_state *state = context;
    return cr_orders_ended(&state->orders) || cr_orders_aim_waits(&state->orders);
}

static bool has_to_go(const struct cr_engine_state *state) {
    return state->aim < week_of(state) || (state->going && state->aim != week_of(state));
}

/* All worlds go to the aim, or, if `stop` says so on the way, to one and the same other week. Returns whether they have
 * reached it. */
static bool go(struct cr_engine_state *state, bool (*stop)(void *context)) {
    struct cr_error error = {0};
    const int32_t target = state->aim;
    int32_t week = target;
    int status = 0;
    for (size_t w = 0; w < state->count; w++) {
        const int gone = cr_world_go(&state->worlds[w], week, w == 0 ? stop : NULL, state, &error);
        status = status == 0 ? gone : status;
        week = state->worlds[w].simulation.week;
    }
    if (week != week_of(state))
        status = cr_world_go(&state->worlds[0], week, NULL, NULL, &error);
    state->going = week != target;
    state->shown = false;
    if (status != 0)
        fail(state, &error);
    else if (cr_exchange_is_wanted(&state->exchange))
        show(state);
    return week == target;
}

static int grant(struct cr_world *world, const struct cr_wish *wish, struct cr_error *error) {
    return wish->weeks > 0 ? cr_world_change_for(world, wish->field, wish->value, wish->weeks, error)
                           : cr_world_change(world, wish->field, wish->value, error);
}

static void change(struct cr_engine_state *state, const struct cr_order *order, struct cr_error *error) {
    if (has_to_go(state) && !go(state, has_ended))
        return;
    if (order->world != CR_WORLDS_MAX && order->world >= state->count) {
        (void)cr_error_set(error, CR_ERROR_USAGE, "there is no world %zu to change", order->world + 1);
        return;
    }
    int status = 0;
    for (size_t w = 0; status == 0 && w < state->count; w++)
        if (order->world == CR_WORLDS_MAX || order->world == w)
            for (size_t k = 0; status == 0 && k < order->wish_count; k++)
                status = grant(&state->worlds[w], &order->wishes[k], error);
}

static void want(struct cr_engine_state *state, const struct cr_wants *wants, struct cr_error *error) {
    int status = 0;
    for (size_t w = 0; status == 0 && w < state->count; w++)
        status = cr_world_want(&state->worlds[w], wants, error);
}

/* DIRECTORY/NAME of one of two worlds. */
static int name_folder(const struct cr_engine_state *state, size_t w, const char *directory, char *path, size_t size,
    struct cr_error *error) {
    const char *const name = state->worlds[w].scenario.name;
    const bool is_taken = w > 0 && strcmp(name, state->worlds[0].scenario.name) == 0;
    const int length = state->count == 1 ? snprintf(path, size, "%s", directory)
                                         : snprintf(path, size, "%s/%s%s", directory, name, is_taken ? "-2" : "");
    if (length < 0 || (size_t)length >= size)
        return cr_error_set(error, CR_ERROR_IO, "the path of the folder %.80s... is too long", directory);
    return state->count > 1 ? cr_folder_make(directory, error) : 0;
}

static void write_run(struct cr_engine_state *state, const char *directory, struct cr_error *error) {
    int status = 0;
    state->writing = true;
    while (status == 0 && week_of(state) < state->weeks && !has_ended(state)) {
        status = live_week(state, error);
        if (status == 0 && cr_exchange_is_wanted(&state->exchange))
            show(state);
    }
    for (size_t w = 0; status == 0 && w < state->count && !has_ended(state); w++) {
        char path[4096];
        status = name_folder(state, w, directory, path, sizeof path, error);
        if (status == 0)
            status = cr_world_write(&state->worlds[w], path, error);
        const int gone = cr_world_go(&state->worlds[w], state->weeks, NULL, NULL, error);
        status = status == 0 ? gone : status;
    }
    state->writing = false;
}

static int save(const struct cr_engine_state *state, size_t w, const char *path, struct cr_error *error) {
    if (w >= state->count)
        return cr_error_set(error, CR_ERROR_USAGE, "there is no world %zu to save", w + 1);
    char *text;
    int status = cr_config_text(&state->worlds[w].scenario, &text, error);
    if (status == 0)
        status = cr_whole_file_put(path, text, strlen(text), error);
    free(text);
    return status;
}

static void aim(struct cr_engine_state *state, int32_t week, bool going) {
    int32_t last = state->weeks;
    for (size_t w = 0; going && w < state->count; w++)
        last = state->worlds[w].head < last ? state->worlds[w].head : last;
    state->aim = week < 0 ? 0 : week > last ? last : week;
    state->going = going;
}

/* All worlds begin anew under the same luck; should memory not suffice, under the one that they had. */
static void begin_anew(struct cr_engine_state *state, uint32_t replicate, struct cr_error *error) {
    const uint32_t before = state->worlds[0].replicate;
    int status = 0;
    for (size_t w = 0; status == 0 && w < state->count; w++)
        status = cr_world_begin_anew(&state->worlds[w], replicate, error);
    if (status != 0 && state->worlds[0].replicate != before)
        (void)!cr_world_begin_anew(&state->worlds[0], before, error);
    for (size_t w = 0; status != 0 && w < state->count; w++)
        (void)!cr_world_go(&state->worlds[w], 0, NULL, NULL, error);
    aim(state, 0, false);
}

static void carry_out(struct cr_engine_state *state, const struct cr_order *order) {
    struct cr_error error = {0};
    switch (order->kind) {
    case CR_ORDER_AIM:
    case CR_ORDER_GO:
        aim(state, order->week, order->kind == CR_ORDER_GO);
        break;
    case CR_ORDER_BEGIN_ANEW:
        begin_anew(state, order->replicate, &error);
        break;
    case CR_ORDER_CHANGE:
        change(state, order, &error);
        break;
    case CR_ORDER_LOOK_AT:
        for (size_t w = 0; w < state->count; w++)
            state->worlds[w].looked_at = order->person;
        break;
    case CR_ORDER_WANT:
        want(state, &order->wants, &error);
        break;
    case CR_ORDER_WRITE:
        write_run(state, order->path, &error);
        break;
    case CR_ORDER_SAVE:
        (void)save(state, order->world, order->path, &error);
        break;
    }
    if (error.code != 0)
        tell(state, &error);
    state->asked = order->number;
    state->shown = false;
}

/* Shows what there is to see and waits for orders. What could not be shown for lack of memory is tried once more. */
static void rest(struct cr_engine_state *state) {
    for (int attempt = 0; attempt < 2 && !state->shown; attempt++)
        show(state);
    cr_orders_rest(&state->orders, state->asked);
}

static void *run(void *context) {
    struct cr_engine_state *state = context;
    /* Drawing goes first. */
    (void)SDL_SetThreadPriority(SDL_THREAD_PRIORITY_LOW);
    omp_set_num_threads(state->threads);
    while (!has_ended(state)) {
        struct cr_order *const order = cr_orders_take(&state->orders);
        if (order != NULL)
            carry_out(state, order);
        else if (has_to_go(state))
            (void)go(state, is_aim_void);
        else if (week_of(state) < state->aim)
            live(state);
        else
            rest(state);
        free(order);
    }
    return NULL;
}

static void free_state(struct cr_engine_state *state) {
    for (size_t w = 0; w < CR_WORLDS_MAX; w++) {
        for (size_t k = 0; k < SIGHTS; k++)
            cr_snapshot_free(&state->sights[k].of[w]);
        cr_world_free(&state->worlds[w]);
    }
    free(state);
}

static int begin_world(
    struct cr_engine_state *state, const struct cr_engine_plan *plan, size_t w, struct cr_error *error) {
    struct cr_scenario scenario = plan->scenarios[w]; /* sharing all that it owns */
    const struct cr_parameters *first = &plan->scenarios[0].parameters;
    if (scenario.parameters.run_people != first->run_people)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "side by side there must be as many people in %s as in %s: run.people is %lld and %lld", scenario.name,
            plan->scenarios[0].name, (long long)scenario.parameters.run_people, (long long)first->run_people);
    scenario.parameters.run_seed = first->run_seed;
    const struct cr_world_plan world = {
        .scenario = &scenario, .replicate = plan->replicate, .most_bytes = plan->most_bytes / plan->count};
    int status = cr_world_init(&state->worlds[w], &world, error);
    for (size_t k = 0; status == 0 && k < SIGHTS; k++) {
        state->sights[k].count = plan->count;
        status = cr_snapshot_init(&state->sights[k].of[w], (uint32_t)first->run_people, error);
    }
    const int32_t weeks = cr_simulation_weeks(&scenario);
    state->weeks = w == 0 || weeks < state->weeks ? weeks : state->weeks;
    return status;
}

int cr_engine_start(struct cr_engine *engine, const struct cr_engine_plan *plan, struct cr_error *error) {
    struct cr_engine_state *const state = calloc(1, sizeof *state);
    engine->state = NULL;
    if (state == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the engine");
    state->count = plan->count;
    state->threads = plan->threads;
    cr_exchange_init(&state->exchange);
    int status = 0;
    for (size_t w = 0; status == 0 && w < plan->count; w++)
        status = begin_world(state, plan, w, error);
    if (status == 0)
        status = publish(state, error);
    if (status == 0)
        status = cr_orders_init(&state->orders, error);
    if (status != 0) {
        free_state(state);
        return status;
    }
    const int refused = pthread_create(&state->thread, NULL, run, state);
    if (refused != 0) {
        cr_orders_free(&state->orders);
        free_state(state);
        return cr_error_set(error, CR_ERROR_IO, "there can be no thread for the engine: %s", strerror(refused));
    }
    engine->state = state;
    return 0;
}

void cr_engine_stop(struct cr_engine *engine) {
    struct cr_engine_state *const state = engine->state;
    if (state == NULL)
        return;
    cr_orders_end(&state->orders);
    (void)pthread_join(state->thread, NULL);
    cr_orders_free(&state->orders);
    free_state(state);
    engine->state = NULL;
}

const struct cr_sight *cr_engine_look(struct cr_engine *engine, bool *fresh) {
    bool is_fresh;
    const struct cr_sight *sight = &engine->state->sights[cr_exchange_look(&engine->state->exchange, &is_fresh)];
    if (fresh != NULL)
        *fresh = is_fresh;
    return sight;
}

uint64_t cr_engine_aim(struct cr_engine *engine, int32_t week) {
    return cr_orders_give(&engine->state->orders, &(struct cr_order){.kind = CR_ORDER_AIM, .week = week});
}

uint64_t cr_engine_go(struct cr_engine *engine, int32_t week) {
    return cr_orders_give(&engine->state->orders, &(struct cr_order){.kind = CR_ORDER_GO, .week = week});
}

uint64_t cr_engine_begin_anew(struct cr_engine *engine, uint32_t replicate) {
    return cr_orders_give(
        &engine->state->orders, &(struct cr_order){.kind = CR_ORDER_BEGIN_ANEW, .replicate = replicate});
}

uint64_t cr_engine_change(struct cr_engine *engine, size_t world, const struct cr_wish *wishes, size_t count) {
    struct cr_order order = {.kind = CR_ORDER_CHANGE, .world = world};
    for (; order.wish_count < count && order.wish_count < CR_WISHES_MAX; order.wish_count++)
        order.wishes[order.wish_count] = wishes[order.wish_count];
    return cr_orders_give(&engine->state->orders, &order);
}

uint64_t cr_engine_look_at(struct cr_engine *engine, int32_t person) {
    return cr_orders_give(&engine->state->orders, &(struct cr_order){.kind = CR_ORDER_LOOK_AT, .person = person});
}

uint64_t cr_engine_want(struct cr_engine *engine, const struct cr_wants *wants) {
    return cr_orders_give(&engine->state->orders, &(struct cr_order){.kind = CR_ORDER_WANT, .wants = *wants});
}

uint64_t cr_engine_write(struct cr_engine *engine, const char *directory) {
    return cr_orders_give(&engine->state->orders, &(struct cr_order){.kind = CR_ORDER_WRITE, .path = directory});
}

uint64_t cr_engine_save(struct cr_engine *engine, size_t world, const char *path) {
    return cr_orders_give(
        &engine->state->orders, &(struct cr_order){.kind = CR_ORDER_SAVE, .world = world, .path = path});
}

void cr_engine_wait(struct cr_engine *engine, uint64_t order) {
    cr_orders_wait(&engine->state->orders, order);
}
