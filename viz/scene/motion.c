#include "viz/scene/motion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In one second nobody is half seen any more. */
static const double appearing = 2.5;

int cr_motion_fit(struct cr_motion *motion, uint32_t people, struct cr_error *error) {
    if (motion->x && motion->people == people)
        return 0;
    cr_motion_free(motion);
    const size_t count = people > 0 ? people : 1;
    motion->x = calloc(6 * count, sizeof *motion->x);
    if (!motion->x)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to draw %u persons", people);
    motion->people = people;
    motion->y = motion->x + count;
    motion->goal_x = motion->y + count;
    motion->goal_y = motion->goal_x + count;
    motion->seen = motion->goal_y + count;
    motion->goal_seen = motion->seen + count;
    return 0;
}

void cr_motion_free(struct cr_motion *motion) {
    free(motion->x);
    *motion = (struct cr_motion){0};
}

/* Whoever is nearer than this, in pixels, has arrived. */
static const float near = 0.02F;

static void approach(float *restrict at, const float *restrict goal, uint32_t count, float share) {
    for (uint32_t i = 0; i < count; i++) {
        const float left = goal[i] - at[i];
        at[i] = fabsf(left) < near ? goal[i] : at[i] + share * left;
    }
}

static void appear(float *restrict seen, const float *restrict goal, uint32_t count, float step) {
    for (uint32_t i = 0; i < count; i++) {
        const float left = goal[i] - seen[i];
        seen[i] += left > step ? step : (left < -step ? -step : left);
    }
}

void cr_motion_pass(struct cr_motion *motion, double seconds) {
    const float share = (float)(1.0 - exp(-3.0 * seconds / CR_MOTION_SECONDS));
    approach(motion->x, motion->goal_x, motion->people, share);
    approach(motion->y, motion->goal_y, motion->people, share);
    appear(motion->seen, motion->goal_seen, motion->people, (float)(appearing * seconds));
}

void cr_motion_shift(struct cr_motion *motion, double x, double y) {
    for (uint32_t i = 0; i < motion->people; i++) {
        motion->x[i] += (float)x;
        motion->y[i] += (float)y;
    }
}

void cr_motion_arrive(struct cr_motion *motion) {
    const size_t size = motion->people * sizeof *motion->x;
    if (size == 0)
        return;
    memcpy(motion->x, motion->goal_x, size);
    memcpy(motion->y, motion->goal_y, size);
    memcpy(motion->seen, motion->goal_seen, size);
}
