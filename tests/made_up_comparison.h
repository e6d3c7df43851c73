#ifndef CR_TESTS_MADE_UP_COMPARISON_H
#define CR_TESTS_MADE_UP_COMPARISON_H

#include <stdlib.h>
#include <string.h>

#include "report/comparison_page.h"
#include "study/replicates.h"

/* Small scenarios, lived and compared, to be reported. Include after cmocka.h. */

enum { MADE_UP_SCENARIOS = 3 };

struct made_up_comparison {
    struct cr_scenario scenarios[MADE_UP_SCENARIOS];
    struct cr_history histories[MADE_UP_SCENARIOS];
    struct cr_comparison comparisons[MADE_UP_SCENARIOS - 1];
    struct cr_comparison_page page;
};

static inline int made_up_take(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    return cr_history_add(context, replicate, error);
}

/* Lives `count` scenarios, each after an assignment ("" for none), and compares all others with the first. */
static inline void made_up_comparison_begin(struct made_up_comparison *made, size_t count,
    const char *const *assignments, const char *const *common, bool paired) {
    static const char *const names[MADE_UP_SCENARIOS] = {"plain", "other", "third"};
    const struct cr_bootstrap bootstrap = {.resamples = 100, .level = 0.95, .seed = 1};
    struct cr_error error = {0};
    memset(made, 0, sizeof *made);
    for (size_t i = 0; i < count; i++) {
        struct cr_scenario *const scenario = &made->scenarios[i];
        cr_scenario_init(scenario);
        memcpy(scenario->name, names[i], strlen(names[i]) + 1);
        if (*assignments[i] != '\0' && cr_scenario_assign(scenario, assignments[i], "", &error) != 0)
            fail_msg("%s", error.sentence);
        for (size_t k = 0; common[k] != NULL; k++)
            if (cr_scenario_assign(scenario, common[k], "", &error) != 0)
                fail_msg("%s", error.sentence);
        const struct cr_replicates_plan plan = {
            .scenario = scenario, .threads = 1, .take = made_up_take, .context = &made->histories[i]};
        if (cr_replicates_run(&plan, &error) != 0)
            fail_msg("%s", error.sentence);
    }
    for (size_t i = 1; i < count; i++) {
        const struct cr_comparison_plan plan = {.first = &made->histories[0].measures,
            .second = &made->histories[i].measures,
            .paired = paired,
            .bootstrap = &bootstrap};
        if (cr_comparison_init(&made->comparisons[i - 1], &plan, &error) != 0)
            fail_msg("%s", error.sentence);
    }
    made->page = (struct cr_comparison_page){.scenarios = made->scenarios,
        .histories = made->histories,
        .count = count,
        .comparisons = made->comparisons,
        .command = "cradle compare plain.cfg other.cfg"};
}

static inline void made_up_comparison_end(struct made_up_comparison *made) {
    for (size_t i = 0; i < MADE_UP_SCENARIOS; i++) {
        cr_scenario_free(&made->scenarios[i]);
        cr_history_free(&made->histories[i]);
        if (i > 0)
            cr_comparison_free(&made->comparisons[i - 1]);
    }
}

#endif
