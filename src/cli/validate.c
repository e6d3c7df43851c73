#include <stdio.h>

#include "cli/simulate.h"

static int validate(const struct cr_call *call, struct cr_error *error) {
    struct cr_scenario scenario;
    struct cr_collection collection = {0};
    struct cr_evidence evidence = {0};
    size_t misses = 0;
    int status = cr_call_scenario(call, call->arguments[0], &scenario, error);
    if (status == 0)
        status = cr_simulate_evidence(&evidence, call->arguments[0], cr_call_text(call, "evidence"), error);
    if (status == 0)
        status = cr_simulate(call, &scenario, NULL, 0, &collection, error);
    if (status == 0)
        status = cr_simulate_judge(&collection, &evidence, &misses, error);
    if (status == 0 && cr_call_has(call, "strict") && misses > 0) {
        (void)fflush(stdout);
        status = cr_error_set(error, CR_ERROR_NUMERIC, "%zu calibrated findings are outside their bands", misses);
    }
    cr_evidence_free(&evidence);
    cr_collection_free(&collection);
    cr_scenario_free(&scenario);
    return status;
}

static const struct cr_option options[] = {CR_SIMULATE_OPTIONS,
    {.name = "evidence",
        .type = CR_OPTION_TEXT,
        .argument = "PATH",
        .what = "file or folder of evidence",
        .initial = "the folder evidence beside the scenario, or one above"},
    {.name = "strict", .type = CR_OPTION_FLAG, .what = "exits with 1 if a calibrated finding is outside its band"},
    {0}};

static const struct cr_example examples[] = {
    {"cradle validate configs/baseline.cfg", "the table of evidence for the baseline"},
    {"cradle validate configs/baseline.cfg --replicates 10", "with standard errors over ten replicates"},
    {"cradle validate configs/baseline.cfg --evidence configs/evidence/couples.cfg", "only what is known of couples"},
    {0}};

const struct cr_command cr_command_validate = {
    .name = "validate",
    .summary = "holds a scenario against published findings",
    .arguments = "SCENARIO",
    .least = 1,
    .most = 1,
    .description =
        "Simulates a scenario and prints the table of evidence: each published finding with its band, what the "
        "simulation gave, whether that is in the band or a miss, and whether the finding was used to calibrate the "
        "model or held out. Misses are told as misses.",
    .options = options,
    .examples = examples,
    .main = validate,
};
