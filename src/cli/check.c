#include <math.h>
#include <omp.h>
#include <stdio.h>

#include "base/text.h"
#include "cli/progress.h"
#include "cli/sweeping.h"
#include "study/pilot.h"
#include "study/study_file.h"

static void print_scenario(const char *path, const struct cr_scenario *scenario) {
    char years[32];
    const struct cr_parameters *const parameters = &scenario->parameters;
    printf("%s: ok: %s%s%s%s, %lld people, %s years, %zu profile%s, %zu event%s, %zu change%s\n", path, scenario->name,
        *scenario->title ? " (" : "", scenario->title, *scenario->title ? ")" : "", (long long)parameters->run_people,
        cr_text_real(parameters->run_years, years, sizeof years), scenario->profile_count,
        scenario->profile_count == 1 ? "" : "s", scenario->event_count, scenario->event_count == 1 ? "" : "s",
        scenario->change_count, scenario->change_count == 1 ? "" : "s");
}

static int check_scenario(const struct cr_call *call, const char *path, struct cr_error *error) {
    struct cr_scenario scenario;
    const int status = cr_call_scenario(call, path, &scenario, error);
    if (status == 0)
        print_scenario(path, &scenario);
    cr_scenario_free(&scenario);
    return status;
}

static void print_axis(const struct cr_axis *axis) {
    char low[32], high[32];
    if (axis->values != NULL)
        printf("    %-36s %zu value%s\n", axis->key, axis->value_count, axis->value_count == 1 ? "" : "s");
    else if (axis->field->type == CR_REAL || axis->field->type == CR_INTEGER)
        printf("    %-36s %s to %s%s\n", axis->key, cr_text_real(axis->low, low, sizeof low),
            cr_text_real(axis->high, high, sizeof high), axis->logarithmic ? ", by ratio" : "");
    else
        printf("    %-36s %s\n", axis->key, axis->field->type == CR_BOOLEAN ? "false, true" : axis->field->choices);
}

static void print_cost(const struct cr_study *study, const struct cr_pilot *pilot, int64_t jobs) {
    char least[32], most[32], each_least[32], each_most[32];
    const double rounds = (double)cr_study_runs(study) / (double)jobs;
    if (pilot->failed > 0)
        printf("  warning: %d of %d runs that were tried failed\n", pilot->failed, pilot->runs);
    if (!isnan(pilot->least))
        printf("  time    %s to %s with %lld jobs (%d runs tried: %s to %s each)\n",
            cr_progress_words(0.9 * pilot->least * rounds, least, sizeof least),
            cr_progress_words(1.1 * pilot->most * rounds, most, sizeof most), (long long)jobs, pilot->runs,
            cr_progress_words(pilot->least, each_least, sizeof each_least),
            cr_progress_words(pilot->most, each_most, sizeof each_most));
    printf("  size    about %.3g MB: %zu values and %zu of time courses a run\n", pilot->bytes * 1e-6, pilot->measures,
        pilot->series);
}

static void print_study(const char *path, const struct cr_study *study) {
    char design[32], years[32];
    const struct cr_parameters *const parameters = &study->scenario.parameters;
    printf("%s: ok: %s%s%s%s\n", path, study->name, *study->title ? " (" : "", study->title, *study->title ? ")" : "");
    printf("  runs    %lld: %s of %lld points, %lld replicate%s of each; %s with %lld people, %s years\n",
        (long long)cr_study_runs(study),
        cr_field_format(cr_registry_find(&cr_study_registry, "design"), &study->settings, design, sizeof design),
        (long long)cr_study_points(study), (long long)parameters->run_replicates,
        parameters->run_replicates == 1 ? "" : "s", study->scenario.name, (long long)parameters->run_people,
        cr_text_real(parameters->run_years, years, sizeof years));
    printf("  axes\n");
    for (size_t k = 0; k < study->axis_count; k++)
        print_axis(&study->axes[k]);
}

static int check_study(const struct cr_call *call, const char *path, struct cr_error *error) {
    struct cr_study study;
    struct cr_pilot pilot;
    int status = cr_call_study(call, path, &study, error);
    if (status == 0) {
        print_study(path, &study);
        (void)fflush(stdout);
        status = cr_pilot_run(&study, &pilot, error);
    }
    if (status == 0)
        print_cost(&study, &pilot, cr_call_integer(call, "jobs", omp_get_num_procs()));
    cr_study_free(&study);
    return status;
}

/* Every file is looked at, whatever is wrong with the others. */
static int check(const struct cr_call *call, struct cr_error *error) {
    (void)error;
    int worst = 0;
    for (size_t i = 0; i < call->argument_count; i++) {
        const char *const path = call->arguments[i];
        struct cr_error own = {0};
        const int status = cr_study_file_is(path) ? check_study(call, path, &own) : check_scenario(call, path, &own);
        if (status == 0)
            continue;
        worst = status;
        (void)fflush(stdout);
        (void)fprintf(stderr, "cradle check: %s\n", own.sentence);
    }
    return worst;
}

static const struct cr_option options[] = {CR_SCENARIO_OPTIONS,
    {.name = "jobs",
        .type = CR_OPTION_INTEGER,
        .argument = "N",
        .minimum = 1,
        .maximum = 4096,
        .what = "of a study: the jobs that its time is told for",
        .initial = "all cores"},
    {0}};

static const struct cr_example examples[] = {
    {"cradle check configs/baseline.cfg",
        "one line if it is right; else what is wrong, where, and what would be right"},
    {"cradle check configs/scenarios/*.cfg", "all of them, before they go to a cluster"},
    {"cradle check configs/baseline.cfg --set run.people=500", "whether the scenario would still be right with that"},
    {"cradle check configs/studies/sobol_twelve.cfg --jobs 64", "how many runs, how long with 64 jobs, how large"},
    {0}};

const struct cr_command cr_command_check = {
    .name = "check",
    .summary = "checks scenarios and studies without running them; tells what a study costs",
    .arguments = "FILE...",
    .least = 1,
    .most = (size_t)-1,
    .description =
        "Reads every scenario or study with all it extends and includes, carries out the options, and checks the "
        "whole. Prints one line for each scenario that is right: name, title, people, years, profiles of caregivers "
        "and events.\n\nOf a study it prints how many runs it has, its axes, how long it will take (from up to three "
        "runs, at the first, the middle and the last point, each timed for at most two seconds), and how large its "
        "store will be.\n\nWhat is wrong is told on the standard error, with file, line, the allowed range and the "
        "nearest known name. The exit status is 0 if all files are right and 2 if any is wrong.",
    .options = options,
    .examples = examples,
    .main = check,
};
