#ifndef CR_VIZ_PAST_H
#define CR_VIZ_PAST_H

#include "model/checkpoint.h"

/* The states of a simulation that are kept to go back to: that of week 0, and one every so many weeks, in no more
 * memory than is allowed; when that is full, every second one is dropped and the next ones are kept half as often. */
struct cr_past {
    struct cr_checkpoint *kept; /* owned; by week */
    size_t count, capacity;
    size_t bytes, most_bytes; /* of memory that they take, and may take; week 0 is kept in any case */
    int32_t interval;         /* weeks from one to the next */
};

/* Nothing is kept yet. `interval` is at least 1. Free with cr_past_free; safe twice. */
void cr_past_init(struct cr_past *past, size_t most_bytes, int32_t interval);
void cr_past_free(struct cr_past *past);

/* Keeps the present state if its week is due and not kept yet. Call in week 0 and before each step. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_past_keep(struct cr_past *past, const struct cr_simulation *simulation, struct cr_error *error);

/* The newest state that is not after a week, from 0; borrowed. */
const struct cr_checkpoint *cr_past_before(const struct cr_past *past, int32_t week);

/* Drops all states and takes over that of week 0 of another life. At least one must have been kept. */
void cr_past_begin_anew(struct cr_past *past, const struct cr_checkpoint *beginning);

/* Drops all states after a week: another future begins. */
void cr_past_forget(struct cr_past *past, int32_t week);

#endif
