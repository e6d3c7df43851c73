#include "study/replicate.h"

#include <string.h>

static int live_week(struct cr_replicate *replicate, const struct cr_replicate_plan *plan, struct cr_error *error) {
    int status = cr_simulation_reserve(&replicate->simulation, error);
    if (status != 0)
        return status;
    cr_simulation_step(&replicate->simulation);
    cr_record_week(&replicate->record);
    status = cr_panel_week(&replicate->panel, &replicate->simulation, error);
    if (status == 0 && plan->after_week != NULL)
        status = plan->after_week(plan->context, replicate, error);
    return status;
}

int cr_replicate_live(struct cr_replicate *replicate, const struct cr_replicate_plan *plan, struct cr_error *error) {
    memset(replicate, 0, sizeof *replicate);
    replicate->number = plan->number;
    replicate->panel.interval = plan->panel_interval;
    int status = cr_simulation_init(&replicate->simulation, plan->scenario, plan->number, error);
    if (status == 0)
        status = cr_record_init(&replicate->record, &replicate->simulation, error);
    const int32_t weeks = cr_simulation_weeks(plan->scenario);
    while (status == 0 && replicate->simulation.week < weeks)
        status = live_week(replicate, plan, error);
    return status != 0 ? status : cr_measures_compute(&replicate->record, &replicate->readings, error);
}

void cr_replicate_free(struct cr_replicate *replicate) {
    cr_readings_free(&replicate->readings);
    cr_panel_free(&replicate->panel);
    cr_record_free(&replicate->record);
    cr_simulation_free(&replicate->simulation);
}
