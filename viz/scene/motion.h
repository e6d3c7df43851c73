#ifndef CR_VIZ_MOTION_H
#define CR_VIZ_MOTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Where people are drawn: each glides to where it belongs, fast at first, and appears or fades where it stands. Places
 * are in pixels of the picture without zoom. */
struct cr_motion {
    uint32_t people;
    float *x, *y;           /* owned; where each is drawn, */
    float *goal_x, *goal_y; /* where it belongs */
    float *seen;            /* 0 to 1: how far it has appeared, */
    float *goal_seen;       /* and 0 or 1: whether it is to be seen */
};

/* Makes room for so many people, none of them to be seen; nothing happens if there is. CR_ERROR_MEMORY leaves it
 * empty. Begin with all zero. */
CR_NODISCARD int cr_motion_fit(struct cr_motion *motion, uint32_t people, struct cr_error *error);
void cr_motion_free(struct cr_motion *motion);

/* Says where a person belongs from now on; whoever has not been seen just now begins there. */
static inline void cr_motion_aim(struct cr_motion *motion, uint32_t person, float x, float y) {
    if (motion->seen[person] <= 0.0F) {
        motion->x[person] = x;
        motion->y[person] = y;
    }
    motion->goal_x[person] = x;
    motion->goal_y[person] = y;
    motion->goal_seen[person] = 1.0F;
}

/* Says that a person is not to be seen any more: it fades where it is. */
static inline void cr_motion_leave(struct cr_motion *motion, uint32_t person) {
    motion->goal_seen[person] = 0.0F;
}

/* Lets a time pass: of each way, 1 - 1/e is covered in CR_MOTION_SECONDS / 3. */
#define CR_MOTION_SECONDS 0.4
void cr_motion_pass(struct cr_motion *motion, double seconds);

/* Moves everybody by so much from where they are; where they belong stays. */
void cr_motion_shift(struct cr_motion *motion, double x, double y);

/* Puts everybody where they belong at once. */
void cr_motion_arrive(struct cr_motion *motion);

#endif
