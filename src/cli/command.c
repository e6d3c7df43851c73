#include "cli/command.h"

#include <string.h>

#include "base/text.h"

const struct cr_command *const *cr_commands(void) {
    static const struct cr_command *const commands[] = {
        &cr_command_run,
        &cr_command_validate,
        &cr_command_compare,
        &cr_command_chart,
        &cr_command_view,
        &cr_command_sweep,
        &cr_command_sensitivity,
        &cr_command_merge,
        &cr_command_export,
        &cr_command_check,
        &cr_command_params,
        &cr_command_measures,
        &cr_command_completion,
        &cr_command_manual,
        NULL,
    };
    return commands;
}

const struct cr_command *cr_command_find(const char *name, struct cr_error *error) {
    struct cr_nearest nearest = CR_NEAREST_INIT;
    for (const struct cr_command *const *each = cr_commands(); *each; each++) {
        if (strcmp((*each)->name, name) == 0)
            return *each;
        if (!(*each)->hidden)
            cr_nearest_consider(&nearest, name, (*each)->name);
    }
    if (nearest.best)
        cr_error_set(error, CR_ERROR_USAGE, "unknown command %.80s; did you mean %s?", name, nearest.best);
    else
        cr_error_set(error, CR_ERROR_USAGE, "unknown command %.80s; see cradle --help", *name ? name : "(empty)");
    return NULL;
}

const char *cr_version(void) {
    return CR_VERSION;
}
