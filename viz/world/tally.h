#ifndef CR_VIZ_TALLY_H
#define CR_VIZ_TALLY_H

#include "viz/world/snapshot.h"

/* What happened in a world since the last glance at it: episodes, quarrels and turning points of lives, counted week by
 * week from the simulation's own state. */
struct cr_tally {
    uint32_t people;
    uint8_t *bids[CR_STRATEGIES], *comforted, *rebuffed, *frightened; /* owned, [person]; at most 255 */
    uint8_t *quarrels;                                                /* owned, [bond]; at most 255 */
    int32_t quarrels_capacity;
    struct cr_happening *happenings;         /* owned: a ring of CR_HAPPENINGS_KEPT, */
    size_t happening_begin, happening_count; /* with the oldest at `happening_begin` */
    int64_t happened[CR_HAPPENINGS];         /* all, by kind */
    int32_t *lasting;                        /* owned: numbers of the relationships that lasted before the week */
    int32_t lasting_count, bond_count;       /* how many those are, and how many there had been */
};

/* Nothing has happened yet. CR_ERROR_MEMORY. Free with cr_tally_free in any case; safe twice. */
CR_NODISCARD int cr_tally_init(struct cr_tally *tally, uint32_t people, struct cr_error *error);
void cr_tally_free(struct cr_tally *tally);

/* Call before each step that is to be counted, when there is room for it (cr_simulation_reserve). CR_ERROR_MEMORY. */
CR_NODISCARD int cr_tally_expect(
    struct cr_tally *tally, const struct cr_simulation *simulation, struct cr_error *error);

/* Counts the week just lived. */
void cr_tally_week(struct cr_tally *tally, const struct cr_simulation *simulation);

/* Counts one thing that the simulation itself does not know of. */
void cr_tally_happening(struct cr_tally *tally, const struct cr_happening *happening);

/* Begins anew with nothing. */
void cr_tally_clear(struct cr_tally *tally);

/* Begins anew with the episodes and quarrels of the week lived last, for a simulation that was put into another week.
 * There must be room (cr_tally_expect). */
void cr_tally_recall(struct cr_tally *tally, const struct cr_simulation *simulation);

/* A sum of counts, at most 255. */
static inline uint8_t cr_tally_sum(unsigned one, unsigned other) {
    return (uint8_t)(one + other < 255 ? one + other : 255);
}

#endif
