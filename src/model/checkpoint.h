#ifndef CR_MODEL_CHECKPOINT_H
#define CR_MODEL_CHECKPOINT_H

#include "model/simulation.h"

/* The state of a simulation between two weeks, to go back to. "Live 80 weeks" is "live 40, keep, live on, restore, live
 * 40". What never changes any more (relationships that have ended) is not kept twice, so a checkpoint is good only for
 * the simulation that it was taken of, or one of the same scenario and replicate that has lived as long. */
struct cr_checkpoint {
    int32_t week;
    void *people;          /* owned: what the arrays of persons hold */
    struct cr_bond *bonds; /* owned: the relationships that lasted, in the order of `active` */
    int32_t *active;       /* owned: their numbers */
    int32_t active_count, bond_count;
    size_t bytes; /* of memory that it takes */
};

/* How many bytes keeping the present state would take. */
size_t cr_checkpoint_size(const struct cr_simulation *simulation);

/* Keeps the present state. CR_ERROR_MEMORY. Free with cr_checkpoint_free; safe twice. */
CR_NODISCARD int cr_checkpoint_init(
    struct cr_checkpoint *checkpoint, const struct cr_simulation *simulation, struct cr_error *error);
void cr_checkpoint_free(struct cr_checkpoint *checkpoint);

/* Brings the simulation, which has lived at least as long, back to it, with the parameters that its scenario now has
 * for the week before. */
void cr_checkpoint_restore(const struct cr_checkpoint *checkpoint, struct cr_simulation *simulation);

#endif
