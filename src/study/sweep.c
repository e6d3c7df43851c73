#include "study/sweep.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "study/replicate.h"
#include "study/study_outline.h"

/* How long the crew is waited for at once, and how many outcomes one commit holds at most. */
#define PATIENCE_SECONDS 0.05
enum { BATCH = 256 };

struct deadline {
    double begun, limit; /* seconds; limit 0: none */
};

static int keep_time(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    const struct deadline *deadline = context;
    if (deadline->limit <= 0.0 || cr_clock_seconds() - deadline->begun <= deadline->limit)
        return 0;
    return cr_error_set(error, CR_ERROR_TIME, "it took longer than time_limit = %g s and had come to week %d",
        deadline->limit, (int)replicate->simulation.week);
}

/* Moves what the study keeps to the outcome. */
static int keep(const struct cr_study *study, const struct cr_readings *readings, struct cr_run_outcome *outcome,
    struct cr_error *error) {
    outcome->readings = calloc(readings->count + 1, sizeof *outcome->readings);
    if (outcome->readings == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the measures of a run");
    for (size_t k = 0; k < readings->count; k++)
        if (cr_study_keeps(study, &readings->reading[k]))
            outcome->readings[outcome->reading_count++] = readings->reading[k];
    return 0;
}

void cr_sweep_work(void *context, const struct cr_waiting_run *run, struct cr_run_outcome *outcome) {
    const struct cr_study *study = context;
    struct deadline deadline = {.begun = cr_clock_seconds(), .limit = study->settings.time_limit};
    struct cr_scenario scenario;
    struct cr_replicate replicate;
    struct cr_error error = {0};
    memset(&replicate, 0, sizeof replicate);
    int status = cr_study_scenario(study, run->values, &scenario, &error);
    if (status == 0) {
        const struct cr_replicate_plan plan = {
            .scenario = &scenario, .number = (uint32_t)run->replicate, .after_week = keep_time, .context = &deadline};
        status = cr_replicate_live(&replicate, &plan, &error);
    }
    if (status == 0)
        status = keep(study, &replicate.readings, outcome, &error);
    cr_replicate_free(&replicate);
    cr_scenario_free(&scenario);
    outcome->status = status;
    outcome->seconds = cr_clock_seconds() - deadline.begun;
    strcpy(outcome->sentence, error.sentence);
}

struct sweep {
    const struct cr_sweep_plan *plan;
    struct cr_sweep_state *state;
    struct cr_store store;
    struct cr_store_runs runs;
    const struct cr_field **fields;     /* owned: one an axis */
    struct cr_waiting_run next;         /* its values: owned */
    int64_t out;                        /* runs given and not yet back */
    bool stopping;                      /* gives no more */
    struct cr_run_outcome batch[BATCH]; /* put and not yet committed, without their readings */
    size_t batch_count;
    double started, batch_begun;
    sigset_t watched;
};

static int enter(struct sweep *sweep, struct cr_error *error) {
    const struct cr_sweep_plan *plan = sweep->plan;
    bool is_empty;
    int status = cr_store_open(&sweep->store, plan->path, CR_STORE_WRITE, error);
    if (status == 0)
        status = cr_store_is_empty(&sweep->store, &is_empty, error);
    if (status != 0)
        return status;
    if (is_empty)
        return cr_study_begin(plan->study, &sweep->store, plan->shard, plan->shards, error);
    if (!plan->resume) {
        struct cr_tally tally;
        status = cr_store_runs_tally(&sweep->store, &tally, error);
        const int64_t runs = tally.done + tally.failed + tally.waiting;
        return status != 0 ? status
                           : cr_error_set(error, CR_ERROR_USAGE,
                                 "%s holds a sweep already (%lld of %lld runs done); go on with --resume, or name "
                                 "another file",
                                 plan->path, (long long)tally.done, (long long)runs);
    }
    status = cr_study_compare(plan->study, &sweep->store, plan->shard, plan->shards, error);
    return status == 0 && plan->retry ? cr_store_runs_retry(&sweep->store, error) : status;
}

static int prepare(struct sweep *sweep, struct cr_error *error) {
    const struct cr_study *study = sweep->plan->study;
    sweep->fields = calloc(study->axis_count + 1, sizeof(struct cr_field *));
    sweep->next.values = calloc(study->axis_count + 1, sizeof *sweep->next.values);
    if (sweep->fields == NULL || sweep->next.values == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the axes of a study");
    for (size_t k = 0; k < study->axis_count; k++)
        sweep->fields[k] = study->axes[k].field;
    int status = cr_store_runs_init(&sweep->runs, &sweep->store, sweep->fields, study->axis_count, error);
    if (status == 0)
        status = cr_store_runs_tally(&sweep->store, &sweep->state->tally, error);
    if (status == 0)
        status = cr_store_runs_next(&sweep->runs, 0, &sweep->next, error);
    const struct cr_tally *tally = &sweep->state->tally;
    sweep->state->runs = tally->waiting + tally->done + tally->failed;
    return status;
}

static int commit(struct sweep *sweep, struct cr_error *error) {
    const int status = cr_store_runs_commit(&sweep->runs, error);
    if (status != 0)
        return status;
    for (size_t k = 0; k < sweep->batch_count; k++) {
        const struct cr_run_outcome *each = &sweep->batch[k];
        sweep->state->tally.waiting--;
        sweep->state->done_here++;
        if (each->status == 0)
            sweep->state->tally.done++;
        else
            sweep->state->tally.failed++;
        if (sweep->plan->told != NULL)
            sweep->plan->told(sweep->plan->context, each);
    }
    sweep->batch_count = 0;
    return 0;
}

static int put(struct sweep *sweep, struct cr_run_outcome *outcome, struct cr_error *error) {
    const int status = cr_store_runs_put(&sweep->runs, outcome, error);
    cr_run_outcome_free(outcome);
    if (status != 0)
        return status;
    sweep->out--;
    if (outcome->status != 0 && sweep->plan->study->settings.on_failure == CR_FAILURE_STOP)
        sweep->stopping = true;
    if (sweep->batch_count == 0)
        sweep->batch_begun = cr_clock_seconds();
    sweep->batch[sweep->batch_count++] = *outcome;
    return 0;
}

static int give(struct sweep *sweep, struct cr_error *error) {
    const struct cr_crew *crew = sweep->plan->crew;
    int status = 0;
    while (status == 0 && !sweep->stopping && sweep->next.run != 0 && crew->has_room(crew->self)) {
        status = crew->give(crew->self, &sweep->next, error);
        if (status == 0) {
            sweep->out++;
            status = cr_store_runs_next(&sweep->runs, sweep->next.run, &sweep->next, error);
        }
    }
    return status;
}

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof *signals };

/* What the caller ignores, as under nohup, would wait all the same while it is blocked. */
static void watch(struct sweep *sweep, sigset_t *before) {
    struct sigaction action;
    (void)sigemptyset(&sweep->watched);
    for (size_t k = 0; k < SIGNALS; k++)
        if (sigaction(signals[k], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            (void)sigaddset(&sweep->watched, signals[k]);
    (void)sigprocmask(SIG_BLOCK, &sweep->watched, before);
}

/* Takes all that wait: a second one would end the program as soon as it came through. */
static bool is_interrupted(const struct sweep *sweep) {
    bool any = false;
    for (size_t k = 0; k < SIGNALS; k++) {
        sigset_t pending, this_one;
        int which;
        (void)sigemptyset(&this_one);
        (void)sigaddset(&this_one, signals[k]);
        if (sigismember(&sweep->watched, signals[k]) == 1 && sigpending(&pending) == 0 &&
            sigismember(&pending, signals[k]) == 1 && sigwait(&this_one, &which) == 0)
            any = true;
    }
    return any;
}

static int interrupt(struct sweep *sweep, struct cr_error *error) {
    const int status = commit(sweep, error);
    const int64_t safe = sweep->state->tally.done + sweep->state->tally.failed;
    return status != 0 ? status
                       : cr_error_set(error, CR_ERROR_INTERRUPTED,
                             "interrupted; %lld of %lld runs are safe in %s: go on with --resume", (long long)safe,
                             (long long)sweep->state->runs, sweep->plan->path);
}

static int go(struct sweep *sweep, struct cr_error *error) {
    const struct cr_crew *crew = sweep->plan->crew;
    int status = give(sweep, error);
    while (status == 0 && (sweep->out > 0 || sweep->batch_count > 0)) {
        struct cr_run_outcome outcome;
        memset(&outcome, 0, sizeof outcome);
        if (sweep->out > 0)
            status = crew->take(crew->self, PATIENCE_SECONDS, &outcome, error);
        if (status == 0 && outcome.run != 0)
            status = put(sweep, &outcome, error);
        if (status == 0)
            status = give(sweep, error);
        if (status == 0 && sweep->batch_count > 0 &&
            (sweep->batch_count == BATCH || sweep->out == 0 ||
                cr_clock_seconds() - sweep->batch_begun >= CR_SWEEP_COMMIT_SECONDS))
            status = commit(sweep, error);
        sweep->state->seconds = cr_clock_seconds() - sweep->started;
        if (status == 0 && sweep->plan->progress != NULL)
            sweep->plan->progress(sweep->plan->context, sweep->state);
        if (status == 0 && is_interrupted(sweep))
            status = interrupt(sweep, error);
    }
    return status;
}

int cr_sweep_run(const struct cr_sweep_plan *plan, struct cr_sweep_state *state, struct cr_error *error) {
    *state = (struct cr_sweep_state){0};
    struct sweep *sweep = calloc(1, sizeof *sweep);
    if (sweep == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a sweep");
    sigset_t before;
    sweep->plan = plan;
    sweep->state = state;
    sweep->started = cr_clock_seconds();
    watch(sweep, &before);
    int status = enter(sweep, error);
    if (status == 0)
        status = prepare(sweep, error);
    if (status == 0)
        status = go(sweep, error);
    state->seconds = cr_clock_seconds() - sweep->started;
    cr_store_runs_free(&sweep->runs);
    cr_store_close(&sweep->store);
    if (status == CR_ERROR_INTERRUPTED)
        (void)is_interrupted(sweep); /* asked once more meanwhile */
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    free(sweep->next.values);
    free(sweep->fields);
    free(sweep);
    return status;
}
