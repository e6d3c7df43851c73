#ifndef CR_VIZ_ENGINE_H
#define CR_VIZ_ENGINE_H

#include "viz/world/orders.h"
#include "viz/world/world.h"

/* One or two worlds, lived on a thread of their own, in the same week. The view tells it what it wants and looks at the
 * newest snapshots; neither ever waits for the other (but for cr_engine_wait, which is made to). All functions are for
 * one thread, that of the view. */

enum { CR_WORLDS_MAX = 2 };

/* What one look shows. */
struct cr_sight {
    struct cr_snapshot of[CR_WORLDS_MAX];
    size_t count;
    uint64_t asked;        /* number of the last order that was carried out before */
    bool living;           /* weeks are being lived, or gone back through */
    struct cr_error error; /* of the last order or week that failed; code 0: none since the last look */
};

struct cr_engine_plan {
    const struct cr_scenario *scenarios; /* copied; as many people in each; all get the first one's seed */
    size_t count;                        /* 1 or 2 */
    uint32_t replicate;                  /* from 1; the same luck for both */
    int threads;                         /* of OpenMP that a week may use; changes no result */
    size_t most_bytes;                   /* of memory to go back with, for all worlds */
};

struct cr_engine_state; /* what both threads share */
struct cr_engine {
    struct cr_engine_state *state; /* owned */
};

/* Begins, in week 0 and at rest. CR_ERROR_CONFIG if the scenarios differ in people, CR_ERROR_MEMORY, CR_ERROR_IO if
 * there can be no thread. */
CR_NODISCARD int cr_engine_start(struct cr_engine *engine, const struct cr_engine_plan *plan, struct cr_error *error);

/* Ends the thread and gives everything back; safe twice. */
void cr_engine_stop(struct cr_engine *engine);

/* The newest sight, complete and consistent; borrowed until the next call. `*fresh` (may be NULL): whether it is
 * another than at the last call. */
const struct cr_sight *cr_engine_look(struct cr_engine *engine, bool *fresh);

/* Orders. Each returns at once, with a number that grows; they are carried out in their order and before any further
 * week is lived, and cr_sight.asked tells when. 0: not enough memory to pass it on. */

/* Live up to this week, or (if it lies in the past) go back to it. A new aim replaces the last one, also on the way.
 * The last week that can be aimed at is the end of the shorter run. */
uint64_t cr_engine_aim(struct cr_engine *engine, int32_t week);

/* Go to a week that was lived before, back or forward, without living through all weeks on the way; no further than all
 * worlds' `head`. It is the new aim. */
uint64_t cr_engine_go(struct cr_engine *engine, int32_t week);

/* Begins anew in week 0, at rest, under the luck of another replicate (from 1); changes made so far stay. */
uint64_t cr_engine_begin_anew(struct cr_engine *engine, uint32_t replicate);

/* Changes live parameters in the present week, all in the same one, in world 0, 1, or both (`world` = CR_WORLDS_MAX);
 * and back to what they would have been after `weeks`, if that is more than 0. If the aim lies in the past, or was gone
 * to, when that is reached. At most CR_WISHES_MAX; the first that is refused ends it. */
uint64_t cr_engine_change(struct cr_engine *engine, size_t world, const struct cr_wish *wishes, size_t count);

/* Looks at a person (in both worlds), or at nobody (CR_NOBODY). */
uint64_t cr_engine_look_at(struct cr_engine *engine, int32_t person);

/* What the panels show. */
uint64_t cr_engine_want(struct cr_engine *engine, const struct cr_wants *wants);

/* Writes the run's files (cr_world_write) into a folder; of two worlds into DIRECTORY/NAME-OF-THE-SCENARIO, the second
 * one's with "-2" after it if the names are the same. Lives on to the end of the run first, and comes back afterwards.
 */
uint64_t cr_engine_write(struct cr_engine *engine, const char *directory);

/* Writes a world's scenario with its changes as a config file (io/config_text.h). */
uint64_t cr_engine_save(struct cr_engine *engine, size_t world, const char *path);

/* Waits until an order is carried out and the thread rests (its aim is reached, or it failed), and a sight of that can
 * be looked at; what there is no memory to show is shown after the next order. For scripts, videos and tests, where
 * what is seen must not hang on how fast the machine is. */
void cr_engine_wait(struct cr_engine *engine, uint64_t order);

#endif
