#ifndef CR_VIZ_WORLD_H
#define CR_VIZ_WORLD_H

#include "viz/world/changes.h"
#include "viz/world/future.h"
#include "viz/world/past.h"
#include "viz/world/snapshot.h"
#include "viz/world/tally.h"

/* A simulation that one can go back in. It is lived and recorded exactly as `cradle run` lives and records it; going
 * back restores a state that was kept and lives again from there, which gives the same again, since luck hangs on
 * nothing but seed, replicate, person and week. Parameters are changed by adding to the scenario's changes, so that a
 * world with changes is what `cradle run` makes of the scenario that it has become. No thread, no window. */
struct cr_world {
    struct cr_scenario scenario; /* owned: a copy, of this replicate alone, with the changes made here */
    struct cr_changes changes;   /* those that it came with, and those made here since it began in week 0 */
    uint32_t replicate;
    struct cr_simulation simulation;
    struct cr_record record;
    int32_t head; /* the furthest week lived since the last change of the past */
    uint64_t era; /* from 1; grows whenever it is put into another week than the next */
    struct cr_past past;
    struct cr_future future;
    struct cr_findings findings;
    bool findings_dated; /* they are of another week than the last survey's or the one gone back to */
    struct cr_wants wants;
    uint8_t *earning;  /* owned, [person]: enum cr_earning as of the last survey */
    int32_t looked_at; /* the person whose dossier is kept; CR_NOBODY for none */
    struct cr_tally tally;
};

struct cr_world_plan {
    const struct cr_scenario *scenario; /* copied */
    uint32_t replicate;                 /* from 1 */
    size_t most_bytes;                  /* of memory for states to go back to; one is always kept */
};

/* Begins a world in week 0. CR_ERROR_MEMORY. Free with cr_world_free in any case; safe twice. */
CR_NODISCARD int cr_world_init(struct cr_world *world, const struct cr_world_plan *plan, struct cr_error *error);
void cr_world_free(struct cr_world *world);

/* Sees to all that the next week needs, so that cr_world_step cannot but live it. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_world_prepare(struct cr_world *world, struct cr_error *error);

/* Begins anew in week 0, the same scenario with the changes made so far, under the luck of another replicate (from 1).
 * CR_ERROR_MEMORY, and the world is what it was. */
CR_NODISCARD int cr_world_begin_anew(struct cr_world *world, uint32_t replicate, struct cr_error *error);

/* Lives one week; nothing once the run is at its end. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_world_step(struct cr_world *world, struct cr_error *error);

/* Goes to a week, back or on, up to the end of the run. Weeks up to `head` are not seen on the way: a new glance
 * begins, with the episodes of the week lived last. What lies between the week gone back to and `head` stays known to
 * `findings`. `stop`, if not NULL, is asked between weeks whether to give up; then the world stands in some week on the
 * way. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_world_go(
    struct cr_world *world, int32_t week, bool (*stop)(void *context), void *context, struct cr_error *error);

/* From the present week on (from the next step) a live parameter has another value, until the next change of it that
 * the scenario came with. While looking back this forgets all that was recorded after the present week, and what was
 * changed in later weeks. CR_ERROR_CONFIG for a value out of range or a parameter that may not change, and nothing is
 * changed or forgotten; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_world_change(
    struct cr_world *world, const struct cr_field *field, double value, struct cr_error *error);

/* The same for so many weeks, at least 1, in which no other change of the parameter is made; then the value is what it
 * would be by then without this one. */
CR_NODISCARD int cr_world_change_for(
    struct cr_world *world, const struct cr_field *field, double value, int32_t weeks, struct cr_error *error);

/* What the panels are to show from now on; worked out at once. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_world_want(struct cr_world *world, const struct cr_wants *wants, struct cr_error *error);

/* Copies what can be seen now into a snapshot made for as many people, and begins a new glance. A snapshot is for one
 * world only: what it has of that already is not copied again. CR_ERROR_MEMORY, and the glance goes on. */
CR_NODISCARD int cr_world_glance(struct cr_world *world, struct cr_snapshot *snapshot, struct cr_error *error);

/* The same for a snapshot that nobody has looked at since the last glance, which was into it, too: what was counted
 * then is counted on, unless time has been set back. */
CR_NODISCARD int cr_world_glance_again(struct cr_world *world, struct cr_snapshot *snapshot, struct cr_error *error);

/* Writes the files of `cradle run --out` of this one replicate, lived to its end: the same bytes as a run of the
 * scenario with its changes. The world is lived to its end first if it is not. Errors of io/run_files.h. */
CR_NODISCARD int cr_world_write(struct cr_world *world, const char *directory, struct cr_error *error);

#endif
