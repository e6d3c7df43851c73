#include "study/replicates.h"

#include <omp.h>
#include <stdatomic.h>
#include <string.h>

/* What the threads of a run share. */
struct crew {
    const struct cr_replicates_plan *plan;
    int64_t weeks_done, weeks_all;
    atomic_int status; /* the first failure */
    struct cr_error error;
    omp_lock_t lock; /* on all of the above */
};

static void fail(struct crew *crew, int status, const struct cr_error *error) {
    omp_set_lock(&crew->lock);
    if (crew->status == 0) {
        crew->error = *error;
        crew->status = status;
    }
    omp_unset_lock(&crew->lock);
}

static void report(struct crew *crew, int32_t weeks) {
    if (crew->plan->progress == NULL)
        return;
    omp_set_lock(&crew->lock);
    crew->weeks_done += weeks;
    crew->plan->progress(crew->plan->context, (double)crew->weeks_done / (double)crew->weeks_all);
    omp_unset_lock(&crew->lock);
}

/* Tells each full year, and what is left at the end. A failure elsewhere ends this replicate, too. */
static int after_week(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    struct crew *crew = context;
    (void)error;
    const int32_t week = replicate->simulation.week, rest = week % CR_WEEKS_A_YEAR;
    if (rest == 0)
        report(crew, CR_WEEKS_A_YEAR);
    else if (week == cr_simulation_weeks(crew->plan->scenario))
        report(crew, rest);
    return crew->status;
}

int cr_replicates_run(const struct cr_replicates_plan *plan, struct cr_error *error) {
    const int64_t count = plan->scenario->parameters.run_replicates;
    const int64_t first = plan->scenario->parameters.run_first_replicate;
    struct crew crew = {.plan = plan, .weeks_all = count * cr_simulation_weeks(plan->scenario)};
    /* Few replicates share their threads within a step; many run side by side. */
    const int side_by_side = count < plan->threads ? 1 : plan->threads;
    omp_init_lock(&crew.lock);
    omp_set_max_active_levels(1);
    omp_set_num_threads(plan->threads);
#pragma omp parallel for ordered schedule(static, 1) num_threads(side_by_side) if (side_by_side > 1)
    for (int64_t k = 0; k < count; k++) {
        const struct cr_replicate_plan each = {.scenario = plan->scenario,
            .number = (uint32_t)(first + k),
            .panel_interval = plan->panel_interval,
            .after_week = after_week,
            .context = &crew};
        struct cr_replicate replicate = {0};
        struct cr_error own = {0};
        int status = crew.status != 0 ? 0 : cr_replicate_live(&replicate, &each, &own);
        if (status != 0)
            fail(&crew, status, &own);
#pragma omp ordered
        if (crew.status == 0) {
            status = plan->take(plan->context, &replicate, &own);
            if (status != 0)
                fail(&crew, status, &own);
        }
        cr_replicate_free(&replicate);
    }
    omp_destroy_lock(&crew.lock);
    if (crew.status != 0 && error != NULL)
        *error = crew.error;
    return crew.status;
}
