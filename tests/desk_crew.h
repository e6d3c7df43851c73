#ifndef CR_TESTS_DESK_CREW_H
#define CR_TESTS_DESK_CREW_H

#include "study/crew.h"

/* A crew within the process of the test, which does a run when its outcome is asked for. Include after cmocka.h. */
enum { DESK_ROOM = 4, DESK_AXES = 8 };

struct desk {
    cr_crew_work *work;
    void *context;
    size_t axis_count;
    bool last_first;  /* gives back the run that was given last */
    int64_t given;    /* so far */
    int64_t fails_at; /* taking this outcome fails; 0: none */
    struct cr_waiting_run queue[DESK_ROOM];
    double values[DESK_ROOM][DESK_AXES];
    size_t queued;
};

static inline bool desk_has_room(void *self) {
    return ((struct desk *)self)->queued < DESK_ROOM;
}

static inline int desk_give(void *self, const struct cr_waiting_run *run, struct cr_error *error) {
    struct desk *const desk = self;
    (void)error;
    desk->given++;
    desk->queue[desk->queued] = *run;
    memcpy(desk->values[desk->queued], run->values, desk->axis_count * sizeof(double));
    desk->queued++;
    return 0;
}

static inline int desk_take(void *self, double seconds, struct cr_run_outcome *outcome, struct cr_error *error) {
    struct desk *const desk = self;
    (void)seconds;
    memset(outcome, 0, sizeof *outcome);
    if (desk->queued == 0)
        return 0;
    const size_t which = desk->last_first ? desk->queued - 1 : 0;
    struct cr_waiting_run run = desk->queue[which];
    double values[DESK_AXES];
    memcpy(values, desk->values[which], sizeof values);
    run.values = values;
    desk->queued--;
    for (size_t k = which; k < desk->queued; k++) {
        desk->queue[k] = desk->queue[k + 1];
        memcpy(desk->values[k], desk->values[k + 1], sizeof values);
    }
    if (desk->fails_at != 0 && --desk->fails_at == 0)
        return cr_error_set(error, CR_ERROR_IO, "the desk has fallen over");
    outcome->run = run.run;
    desk->work(desk->context, &run, outcome);
    return 0;
}

static inline struct cr_crew desk_crew(struct desk *desk) {
    return (struct cr_crew){.self = desk, .has_room = desk_has_room, .give = desk_give, .take = desk_take};
}

#endif
