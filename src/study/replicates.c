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

static int live(struct crew *crew, struct cr_replicate *replicate, struct cr_error *error) {
    const struct cr_scenario *scenario = crew->plan->scenario;
    int status = cr_simulation_init(&replicate->simulation, scenario, replicate->number, error);
    if (status == 0)
        status = cr_record_init(&replicate->record, &replicate->simulation, error);
    const int32_t weeks = cr_simulation_weeks(scenario);
    while (status == 0 && replicate->simulation.week < weeks && crew->status == 0) {
        status = cr_simulation_reserve(&replicate->simulation, error);
        if (status != 0)
            break;
        cr_simulation_step(&replicate->simulation);
        cr_record_week(&replicate->record);
        status = cr_panel_week(&replicate->panel, &replicate->simulation, error);
        if (replicate->simulation.week % CR_WEEKS_A_YEAR == 0)
            report(crew, CR_WEEKS_A_YEAR);
    }
    report(crew, weeks % CR_WEEKS_A_YEAR);
    return status != 0 ? status : cr_measures_compute(&replicate->record, &replicate->readings, error);
}

static void empty(struct cr_replicate *replicate) {
    cr_readings_free(&replicate->readings);
    cr_panel_free(&replicate->panel);
    cr_record_free(&replicate->record);
    cr_simulation_free(&replicate->simulation);
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
        struct cr_replicate replicate = {.number = (uint32_t)(first + k), .panel = {.interval = plan->panel_interval}};
        struct cr_error own = {0};
        int status = crew.status != 0 ? 0 : live(&crew, &replicate, &own);
        if (status != 0)
            fail(&crew, status, &own);
#pragma omp ordered
        if (crew.status == 0) {
            status = plan->take(plan->context, &replicate, &own);
            if (status != 0)
                fail(&crew, status, &own);
        }
        empty(&replicate);
    }
    omp_destroy_lock(&crew.lock);
    if (crew.status != 0 && error != NULL)
        *error = crew.error;
    return crew.status;
}
