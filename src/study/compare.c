#include "study/compare.h"

#include <stdlib.h>

#include "study/replicates.h"

/* The fewest replicates that are added at a time for the sake of precision. */
enum { LEAST_BATCH = 10 };

struct work {
    const struct cr_compare_plan *plan;
    struct cr_compared *compared;
    struct cr_history *adding;
    int64_t most;       /* replicates of each that there may be */
    double done, share; /* of all work: before the present scenario's batch, and that batch */
};

static int check_wanted(
    const struct cr_kept_list *wanted, const struct cr_collection *measures, struct cr_error *error) {
    for (size_t k = 0; k < wanted->count; k++) {
        const struct cr_kept *kept = &wanted->kept[k];
        const struct cr_measure *measure = &cr_measures[kept->measure];
        if (*kept->group && cr_collection_find(measures, measure->name, kept->group) < 0)
            return cr_error_set(error, CR_ERROR_USAGE, "the measure %s has no group \"%s\"; its groups are: %s",
                measure->name, kept->group, measure->groups);
    }
    return 0;
}

/* The first replicate of all tells whether there is what is wanted. */
static int take(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    struct work *work = context;
    const struct cr_collection *measures = &work->adding->measures;
    const int status = cr_history_add(work->adding, replicate, error);
    const bool first = work->adding == work->compared->histories && measures->replicates == 1;
    return status == 0 && first && work->plan->wanted != NULL ? check_wanted(work->plan->wanted, measures, error)
                                                              : status;
}

static void tell(void *context, double done) {
    const struct work *work = context;
    if (work->plan->progress != NULL)
        work->plan->progress(work->plan->context, work->done + work->share * done);
}

/* Lives `count` more replicates of every scenario. Unpaired, each scenario has numbers of its own. */
static int live(struct work *work, int64_t count, struct cr_error *error) {
    const struct cr_compare_plan *plan = work->plan;
    struct cr_compared *compared = work->compared;
    const int64_t first = plan->scenarios[0].parameters.run_first_replicate + compared->replicates;
    int status = 0;
    work->share = (double)count / (double)(work->most * (int64_t)plan->count);
    for (size_t k = 0; status == 0 && k < plan->count; k++) {
        struct cr_parameters *p = &plan->scenarios[k].parameters;
        const struct cr_parameters before = *p;
        p->run_first_replicate = first + (plan->paired ? 0 : (int64_t)k * CR_UNPAIRED_STEP);
        p->run_replicates = count;
        const struct cr_replicates_plan replicates = {
            .scenario = &plan->scenarios[k], .threads = plan->threads, .take = take, .progress = tell, .context = work};
        work->adding = &compared->histories[k];
        status = cr_replicates_run(&replicates, error);
        *p = before;
        work->done += work->share;
    }
    compared->replicates += count;
    return status;
}

static int compare(const struct cr_compare_plan *plan, struct cr_compared *compared, struct cr_error *error) {
    const struct cr_bootstrap bootstrap = {
        .resamples = plan->resamples, .level = plan->level, .seed = (uint64_t)plan->scenarios[0].parameters.run_seed};
    int status = 0;
    compared->widest = 0.0;
    for (size_t k = 1; status == 0 && k < plan->count; k++) {
        struct cr_comparison *comparison = &compared->comparisons[k - 1];
        const struct cr_comparison_plan each = {.first = &compared->histories[0].measures,
            .second = &compared->histories[k].measures,
            .wanted = plan->wanted,
            .paired = plan->paired,
            .bootstrap = &bootstrap};
        cr_comparison_free(comparison);
        status = cr_comparison_init(comparison, &each, error);
        compared->widest = fmax(compared->widest, cr_comparison_widest(comparison));
    }
    return status;
}

int cr_compare_run(struct cr_compared *compared, const struct cr_compare_plan *plan, struct cr_error *error) {
    const bool goes_on = plan->precision > 0.0 && plan->most > plan->replicates;
    struct work work = {.plan = plan, .compared = compared, .most = goes_on ? plan->most : plan->replicates};
    const int64_t last = plan->scenarios[0].parameters.run_first_replicate - 1 + work.most +
                         (plan->paired ? 0 : ((int64_t)plan->count - 1) * CR_UNPAIRED_STEP);
    *compared = (struct cr_compared){.histories = calloc(plan->count, sizeof *compared->histories),
        .comparisons = calloc(plan->count, sizeof *compared->comparisons),
        .count = plan->count};
    if (last > CR_REPLICATE_MAX || (!plan->paired && work.most > CR_UNPAIRED_STEP))
        return cr_error_set(error, CR_ERROR_USAGE,
            "the last replicate would have the number %lld; at most %lld is allowed", (long long)last,
            (long long)CR_REPLICATE_MAX);
    if (compared->histories == NULL || compared->comparisons == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to compare %zu scenarios", plan->count);
    int status = live(&work, plan->replicates, error);
    if (status == 0)
        status = compare(plan, compared, error);
    while (status == 0 && compared->widest > plan->precision && compared->replicates < work.most) {
        const int64_t half = compared->replicates / 2, left = work.most - compared->replicates;
        const int64_t more = half > LEAST_BATCH ? half : LEAST_BATCH;
        status = live(&work, more < left ? more : left, error);
        if (status == 0)
            status = compare(plan, compared, error);
    }
    return status;
}

void cr_compared_free(struct cr_compared *compared) {
    for (size_t k = 0; compared->histories != NULL && k < compared->count; k++)
        cr_history_free(&compared->histories[k]);
    for (size_t k = 0; compared->comparisons != NULL && k + 1 < compared->count; k++)
        cr_comparison_free(&compared->comparisons[k]);
    free(compared->histories);
    free(compared->comparisons);
    *compared = (struct cr_compared){0};
}
