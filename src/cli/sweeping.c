#include "cli/sweeping.h"

#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/progress.h"
#include "io/config.h"
#include "study/pilot.h"
#include "study/ranks.h"
#include "study/study_file.h"
#include "study/sweep.h"

enum { FAILURES_TOLD = 5 };

/* What an axis sets at every point cannot be set for all. */
static int refuse_axes(const struct cr_call *call, const struct cr_study *study, struct cr_error *error) {
    for (size_t k = 0; k < call->given_count; k++) {
        const struct cr_given *given = &call->given[k];
        const bool assigns = given->option->type == CR_OPTION_ASSIGNMENT;
        const char *const key = assigns ? given->text : given->option->key;
        if (key == NULL)
            continue;
        const size_t length = strcspn(key, "=");
        for (size_t a = 0; a < study->axis_count; a++)
            if (strncmp(study->axes[a].key, key, length) == 0 && study->axes[a].key[length] == '\0')
                return cr_error_set(error, CR_ERROR_USAGE, "--%s: %s is an axis of the study, which sets it",
                    given->option->name, study->axes[a].key);
    }
    return 0;
}

int cr_call_study(const struct cr_call *call, const char *path, struct cr_study *study, struct cr_error *error) {
    int status = cr_study_read(path, study, error);
    if (status == 0 && call->given_count > 0) {
        status = cr_call_adjust(call, &study->scenario, error);
        if (status == 0)
            status = cr_config_check_scenario(path, &study->scenario, error);
        if (status == 0)
            status = cr_study_check(study, error);
    }
    if (status == 0)
        status = refuse_axes(call, study, error);
    if (status == 0) {
        struct cr_error own = {0};
        status = cr_pilot_check_kept(study, &own);
        if (status != 0)
            (void)cr_error_set(error, own.code, "%.240s: %.250s", path, own.sentence);
    }
    /* Of all ranks that stumble over the same file, one tells. */
    if (status != 0 && cr_ranks_launched() > 0)
        *error = (struct cr_error){0};
    return status;
}

struct watch {
    struct cr_progress progress;
    int64_t replicates; /* at each point */
    bool verbose;
    int64_t failures_told;
};

static void tell_run(void *context, const struct cr_run_outcome *outcome) {
    struct watch *watch = context;
    const long long run = (long long)outcome->run;
    if (outcome->status == 0) {
        if (watch->verbose)
            (void)printf("run %lld done\n", run);
    } else if (watch->verbose || watch->failures_told < FAILURES_TOLD) {
        if (!watch->verbose)
            cr_progress_clear(&watch->progress);
        (void)fprintf(watch->verbose ? stdout : stderr, "run %lld failed (point %lld): %s\n", run,
            (run - 1) / (long long)watch->replicates + 1, outcome->sentence);
        watch->failures_told++;
    }
    if (watch->verbose)
        (void)fflush(stdout);
}

static void tell_state(void *context, const struct cr_sweep_state *state) {
    struct watch *watch = context;
    cr_progress_runs(&watch->progress, state->tally.done + state->tally.failed, state->tally.failed, state->runs);
}

static void summarize(const char *path, const struct cr_sweep_state *state) {
    char time[32];
    (void)printf("%s: %lld of %lld runs done, %lld failed", path, (long long)state->tally.done, (long long)state->runs,
        (long long)state->tally.failed);
    if (state->done_here > 0)
        (void)printf("; %lld of them now, in %s (%.3g a second)", (long long)state->done_here,
            cr_progress_words(state->seconds, time, sizeof time), (double)state->done_here / state->seconds);
    if (state->tally.waiting > 0)
        (void)printf("; stopped, %lld wait", (long long)state->tally.waiting);
    (void)putchar('\n');
}

static int sweep(const struct cr_call *call, const struct cr_study *study, const struct cr_crew *crew, int64_t shard,
    int64_t shards, struct cr_swept *swept, struct cr_error *error) {
    struct watch watch = {
        .replicates = study->scenario.parameters.run_replicates, .verbose = cr_call_has(call, "verbose")};
    struct cr_sweep_state state;
    const struct cr_sweep_plan plan = {.study = study,
        .path = cr_call_text(call, "store"),
        .shard = shard,
        .shards = shards,
        .resume = cr_call_has(call, "resume"),
        .retry = cr_call_has(call, "retry"),
        .crew = crew,
        .told = tell_run,
        .progress = tell_state,
        .context = &watch};
    cr_progress_begin(&watch.progress, "sweeping", watch.verbose || cr_call_has(call, "quiet"));
    const int status = cr_sweep_run(&plan, &state, error);
    cr_progress_end(&watch.progress);
    if (status == 0)
        summarize(plan.path, &state);
    swept->failed = state.tally.failed;
    return status;
}

static int sweep_here(const struct cr_call *call, const struct cr_study *study, int64_t shard, int64_t shards,
    struct cr_swept *swept, struct cr_error *error) {
    struct cr_workers workers;
    int status = cr_workers_start(&workers, (size_t)cr_call_integer(call, "jobs", omp_get_num_procs()), cr_sweep_work,
        (void *)study, study->axis_count, error);
    if (status == 0) {
        const struct cr_crew crew = cr_workers_crew(&workers);
        status = sweep(call, study, &crew, shard, shards, swept, error);
    }
    cr_workers_stop(&workers);
    return status;
}

static int sweep_ranks(const struct cr_call *call, const struct cr_study *study, int64_t shard, int64_t shards,
    struct cr_swept *swept, struct cr_error *error) {
    struct cr_ranks ranks;
    int status = cr_ranks_start(
        &ranks, (size_t)cr_call_integer(call, "jobs", 1), cr_sweep_work, (void *)study, study->axis_count, error);
    if (status == 0 && ranks.rank == 0) {
        const struct cr_crew crew = cr_ranks_crew(&ranks);
        status = sweep(call, study, &crew, shard, shards, swept, error);
    } else if (status == 0) {
        swept->leads = false;
        status = cr_ranks_serve(&ranks, error);
    }
    cr_ranks_stop(&ranks);
    return status;
}

int cr_call_sweep(const struct cr_call *call, const struct cr_study *study, int64_t shard, int64_t shards,
    struct cr_swept *swept, struct cr_error *error) {
    *swept = (struct cr_swept){.leads = true};
    if (cr_call_text(call, "store") == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "--store FILE is missing: the SQLite file that the runs go to");
    /* What is printed and not yet written would be written by each worker, too. */
    (void)fflush(NULL);
    return cr_ranks_launched() >= 0 ? sweep_ranks(call, study, shard, shards, swept, error)
                                    : sweep_here(call, study, shard, shards, swept, error);
}
