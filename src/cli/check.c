#include <stdio.h>

#include "base/text.h"
#include "cli/command.h"

static void print_scenario(const char *path, const struct cr_scenario *scenario) {
    char years[32];
    const struct cr_parameters *const parameters = &scenario->parameters;
    printf("%s: ok: %s%s%s%s, %lld people, %s years, %zu profile%s, %zu event%s\n", path, scenario->name,
        *scenario->title ? " (" : "", scenario->title, *scenario->title ? ")" : "", (long long)parameters->run_people,
        cr_text_real(parameters->run_years, years, sizeof years), scenario->profile_count,
        scenario->profile_count == 1 ? "" : "s", scenario->event_count, scenario->event_count == 1 ? "" : "s");
}

/* Every file is looked at, whatever is wrong with the others. */
static int check(const struct cr_call *call, struct cr_error *error) {
    (void)error;
    int code = 0;
    for (size_t i = 0; i < call->argument_count; i++) {
        struct cr_scenario scenario;
        struct cr_error own = {0};
        if (cr_call_scenario(call, call->arguments[i], &scenario, &own) == 0) {
            print_scenario(call->arguments[i], &scenario);
        } else {
            code = CR_ERROR_CONFIG;
            fflush(stdout);
            fprintf(stderr, "cradle check: %s\n", own.sentence);
        }
        cr_scenario_free(&scenario);
    }
    return code;
}

static const struct cr_option options[] = {CR_SCENARIO_OPTIONS, {0}};

static const struct cr_example examples[] = {
    {"cradle check configs/baseline.cfg",
        "one line if it is right; else what is wrong, where, and what would be right"},
    {"cradle check configs/scenarios/*.cfg", "all of them, before they go to a cluster"},
    {"cradle check configs/baseline.cfg --set run.people=500", "whether the scenario would still be right with that"},
    {0}};

const struct cr_command cr_command_check = {
    .name = "check",
    .summary = "validates scenario files without running them",
    .arguments = "SCENARIO...",
    .least = 1,
    .most = (size_t)-1,
    .description =
        "Reads every scenario file with all it extends and includes, carries out the options, and checks the whole "
        "without running it. Prints one line for each file that is right: name, title, people, years, profiles of "
        "caregivers and events.\n\nWhat is wrong is told on the standard error, with file, line, the allowed range "
        "and the nearest known name. The exit status is 0 if all files are right and 2 if any is wrong.",
    .options = options,
    .examples = examples,
    .main = check,
};
