#ifndef CR_VIZ_FUTURE_H
#define CR_VIZ_FUTURE_H

#include "measure/record.h"
#include "model/checkpoint.h"

/* What was lived and recorded beyond the present week, while looking back: what a checkpoint of that time alone does
 * not hold, so that one can go forward again without living all weeks in between. */
struct cr_future {
    int32_t week; /* up to which it is known; 0: nothing is */
    struct cr_bond *bonds;
    int32_t bond_count, bond_capacity;
    struct cr_visit *visits[CR_VISITS]; /* [person] */
};

/* Keeps all up to the present week of the simulation, before it goes back. Without enough memory nothing is known, and
 * the way forward must be lived again. Begin with all zero; free with cr_future_free; safe twice. */
void cr_future_keep(struct cr_future *future, const struct cr_record *record);
void cr_future_free(struct cr_future *future);

/* Brings the simulation and its record forward to a checkpoint of before `future->week`. */
void cr_future_restore(const struct cr_future *future, const struct cr_checkpoint *checkpoint,
    struct cr_simulation *simulation, struct cr_record *record);

#endif
