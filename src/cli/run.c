#include <math.h>
#include <stdio.h>

#include "cli/simulate.h"

/* The summary: which measures it tells, under which heading. */
static const struct {
    const char *heading; /* NULL: goes on under the last one */
    const char *measure, *group, *label;
} lines[] = {
    {"Infants in the Strange Situation", "ssp_share", "B", "secure (B)"},
    {NULL, "ssp_share", "A", "avoidant (A)"},
    {NULL, "ssp_share", "C", "resistant (C)"},
    {NULL, "ssp_share", "D", "disorganized (D)"},
    {NULL, "ssp_sensitivity_r", "secure", "r with caregiver's sensitivity"},
    {"Adults", "style_share", "secure", "secure"},
    {NULL, "style_share", "preoccupied", "preoccupied"},
    {NULL, "style_share", "dismissing", "dismissing"},
    {NULL, "style_share", "fearful", "fearful"},
    {NULL, "ecr_mean", "anxiety", "attachment anxiety (1-7)"},
    {NULL, "ecr_mean", "avoidance", "attachment avoidance (1-7)"},
    {NULL, "strategy_share", "open", "needs brought openly"},
    {NULL, "strategy_share", "protest", "needs in protest"},
    {NULL, "strategy_share", "deactivate", "needs deactivated"},
    {NULL, "security_continuity_r", "age_30", "r of security, infancy and 30"},
    {NULL, "earned_security", "all", "insecure ones who earn security"},
    {"Couples", "partnered_share", "all", "adults with a partner"},
    {NULL, "satisfaction", "all", "satisfaction (0: neither nor)"},
    {NULL, "relationship_survival", "1", "relationships that last 1 year"},
    {NULL, "relationship_survival", "5", "... 5 years"},
    {NULL, "relationship_survival", "20", "... 20 years"},
    {NULL, "marriage_survival", "10", "first marriages that last 10 years"},
};

static void summarize(const struct cr_scenario *scenario, const struct cr_collection *collection) {
    const struct cr_parameters *p = &scenario->parameters;
    printf("%s%s%s\n%lld people, %g years, %lld replicate%s from number %lld, seed %lld\n", scenario->name,
        scenario->title[0] != '\0' ? ": " : "", scenario->title, (long long)p->run_people, p->run_years,
        (long long)p->run_replicates, p->run_replicates == 1 ? "" : "s", (long long)p->run_first_replicate,
        (long long)p->run_seed);
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        const int64_t row = cr_collection_find(collection, lines[k].measure, lines[k].group);
        if (lines[k].heading != NULL)
            printf("\n%s\n", lines[k].heading);
        const struct cr_estimate estimate =
            row < 0 ? cr_estimate_undefined(0) : cr_collection_mean(collection, (size_t)row);
        printf("  %-36s", lines[k].label);
        if (isnan(estimate.value))
            printf("%8s\n", "NA");
        else if (isnan(estimate.se))
            printf("%8.3f\n", estimate.value);
        else
            printf("%8.3f  +- %.3f\n", estimate.value, estimate.se);
    }
    printf("\n(value +- standard error, %s)\n", p->run_replicates > 1 ? "over replicates" : "within the one replicate");
}

static int run(const struct cr_call *call, struct cr_error *error) {
    struct cr_scenario scenario;
    struct cr_collection collection = {0};
    struct cr_evidence evidence = {0};
    const char *directory = cr_call_text(call, "out");
    const int32_t panel = (int32_t)cr_call_integer(call, "panel", 0);
    int status = cr_call_scenario(call, call->arguments[0], &scenario, error);
    if (status == 0 && panel > 0 && directory == NULL)
        status = cr_error_set(error, CR_ERROR_USAGE, "--panel needs --out DIR, where panel.csv goes");
    if (status == 0 && cr_call_has(call, "evidence"))
        status = cr_simulate_evidence(&evidence, call->arguments[0], NULL, error);
    if (status == 0)
        status = cr_simulate(call, &scenario, directory, panel, &collection, error);
    if (status == 0)
        summarize(&scenario, &collection);
    if (status == 0 && cr_call_has(call, "evidence")) {
        size_t misses;
        putchar('\n');
        status = cr_simulate_judge(&collection, &evidence, &misses, error);
    }
    cr_evidence_free(&evidence);
    cr_collection_free(&collection);
    cr_scenario_free(&scenario);
    return status;
}

static const struct cr_option options[] = {CR_SIMULATE_OPTIONS,
    {.name = "out",
        .type = CR_OPTION_TEXT,
        .argument = "DIR",
        .what = "writes the results there: manifest.json and tables in CSV",
        .initial = "no files"},
    {.name = "panel",
        .type = CR_OPTION_INTEGER,
        .argument = "WEEKS",
        .minimum = 1,
        .maximum = 10000,
        .what = "also writes panel.csv: everybody observed every so many weeks",
        .initial = "no panel"},
    {.name = "evidence", .type = CR_OPTION_FLAG, .what = "also prints the table of evidence, as cradle validate does"},
    {0}};

static const struct cr_example examples[] = {{"cradle run configs/baseline.cfg", "simulates and prints a summary"},
    {"cradle run configs/baseline.cfg --out out --panel 13", "writes the tables, and a panel every quarter of a year"},
    {"cradle run configs/baseline.cfg --set caregiving.rebuff=0.4 --replicates 10",
        "the same people under more rejecting caregivers, ten times"},
    {"cradle run configs/baseline.cfg --set run.first_replicate=7 --replicates 1", "replicate 7 alone"}, {0}};

const struct cr_command cr_command_run = {
    .name = "run",
    .summary = "simulates a scenario, prints a summary, writes tables",
    .arguments = "SCENARIO",
    .least = 1,
    .most = 1,
    .description =
        "Simulates all replicates of a scenario and prints what came of it: infants' classes, adults' styles, "
        "strategies, couples.\n\nWith --out DIR the results are written as tidy CSV, one row an observation, "
        "`replicate` "
        "first, NA for what is missing: measures.csv, series.csv, people.csv, relationships.csv, infants.csv, with "
        "--panel also panel.csv; and manifest.json with the resolved parameters, the fingerprint of all that can "
        "change "
        "a result, and each file's rows and SHA-256. `cradle measures` tells what each measure is.\n\nThe same "
        "scenario, seed and version give the same bytes, at any number of threads.",
    .options = options,
    .examples = examples,
    .main = run,
};
