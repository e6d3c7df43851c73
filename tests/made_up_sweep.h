#ifndef CR_TESTS_MADE_UP_SWEEP_H
#define CR_TESTS_MADE_UP_SWEEP_H

#include <signal.h>
#include <time.h>

#include "desk_crew.h"
#include "made_up_runs.h"
#include "study/sweep.h"

/* Sweeps of made-up runs in the process of the test, which must be linked with -Wl,--wrap=clock_gettime. Include after
 * cmocka.h. */

/* The clock of the sweep, which may run ahead at every look: then it commits often, however short the runs are. */
int ahead_clock_gettime(clockid_t clock, struct timespec *time) __asm__("__wrap_clock_gettime");
int real_clock_gettime(clockid_t clock, struct timespec *time) __asm__("__real_clock_gettime");

static struct { long step, ahead; /* nanoseconds */ } lead;

int ahead_clock_gettime(clockid_t clock, struct timespec *time) {
    const int status = real_clock_gettime(clock, time);
    lead.ahead += lead.step;
    time->tv_sec += (time->tv_nsec + lead.ahead) / 1000000000;
    time->tv_nsec = (time->tv_nsec + lead.ahead) % 1000000000;
    return status;
}

enum { RUNS_MAX = 512 };

/* What a sweep has told. */
struct heard {
    const char *path;     /* of the store; NULL: it is not looked into */
    int signal, after;    /* raises it once so many runs have been told; signal 0: none */
    int told[RUNS_MAX];   /* how often each run was */
    int status[RUNS_MAX]; /* and as what the last time */
    int runs;             /* that were told */
    char sentence[RUNS_MAX][64];
    struct cr_sweep_state last; /* progress */
    int backwards;              /* how often that went back */
};

static inline void hear(void *context, const struct cr_run_outcome *outcome) {
    struct heard *const heard = context;
    assert_in_range(outcome->run, 1, RUNS_MAX - 1);
    assert_null(outcome->readings);
    heard->told[outcome->run]++;
    heard->status[outcome->run] = outcome->status;
    snprintf(heard->sentence[outcome->run], sizeof heard->sentence[0], "%.63s", outcome->sentence);
    heard->runs++;
    if (heard->path != NULL) {
        char sql[96];
        snprintf(sql, sizeof sql, "SELECT state FROM runs WHERE run = %d", (int)outcome->run);
        assert_rows(heard->path, sql, outcome->status == 0 ? "done;" : "failed;");
    }
    if (heard->signal != 0 && heard->runs == heard->after)
        (void)raise(heard->signal);
}

/* Made-up runs, quickly done. */
struct made_up {
    int64_t fails; /* the run that fails; 0: none */
};

static inline void make_up(void *context, const struct cr_waiting_run *run, struct cr_run_outcome *outcome) {
    const struct made_up *const made_up = context;
    if (run->run == made_up->fails) {
        failed_outcome(outcome, run->run, "it failed");
        return;
    }
    made_up_outcome(outcome, run->run);
    outcome->readings[0].estimate.value = run->values[0] + (double)run->replicate;
}

static inline struct cr_sweep_plan plan_of(const struct cr_study *study, const char *path, const struct cr_crew *crew) {
    return (struct cr_sweep_plan){.study = study, .path = path, .shard = 1, .shards = 1, .crew = crew};
}

/* Sweeps with made-up runs; the first plan's further wishes hold. */
static inline int sweep_made_up(struct cr_sweep_plan plan, struct made_up made_up, struct cr_error *error) {
    struct desk desk = {.work = make_up, .context = &made_up, .axis_count = plan.study->axis_count, .last_first = true};
    const struct cr_crew crew = desk_crew(&desk);
    struct cr_sweep_state state;
    plan.crew = &crew;
    return cr_sweep_run(&plan, &state, error);
}

static inline void swept(struct cr_sweep_plan plan, struct made_up made_up) {
    struct cr_error error = {0};
    if (sweep_made_up(plan, made_up, &error) != 0)
        fail_msg("%s", error.sentence);
}

static inline void assert_same_export(const char *one, const char *other) {
    char *const a = export_of(one), *const b = export_of(other);
    same_text(a, b);
    free(a);
    free(b);
}

#endif
