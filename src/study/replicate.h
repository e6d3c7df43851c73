#ifndef CR_STUDY_REPLICATE_H
#define CR_STUDY_REPLICATE_H

#include "measure/measures.h"
#include "measure/panel.h"

/* One replicate of a scenario, lived from its first week to its last and measured. */
struct cr_replicate {
    uint32_t number; /* from 1 */
    struct cr_simulation simulation;
    struct cr_record record;
    struct cr_readings readings;
    struct cr_panel panel;
};

/* Called after each week that has been simulated and recorded. Not 0 ends the replicate, which fails with that code. */
typedef int cr_after_week(void *context, const struct cr_replicate *replicate, struct cr_error *error);

struct cr_replicate_plan {
    const struct cr_scenario *scenario; /* borrowed; must outlive the replicate */
    uint32_t number;                    /* from 1 */
    int32_t panel_interval;             /* weeks; 0: no panel */
    cr_after_week *after_week;          /* or NULL */
    void *context;
};

/* Fills `replicate` (any content) and lives it to its end; the weeks use as many OpenMP threads as there are.
 * CR_ERROR_MEMORY, or what `after_week` returned. Free with cr_replicate_free, also after a failure. */
CR_NODISCARD int cr_replicate_live(
    struct cr_replicate *replicate, const struct cr_replicate_plan *plan, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_replicate_free(struct cr_replicate *replicate);

#endif
