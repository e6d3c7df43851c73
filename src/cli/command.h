#ifndef CR_CLI_COMMAND_H
#define CR_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"

struct cr_example {
    const char *call; /* what to type */
    const char *what; /* what it does */
};

/* One subcommand. Help, manual page and completion are made from it. */
struct cr_command {
    const char *name;
    const char *summary;   /* one line, a verb first, no full stop */
    const char *arguments; /* as in "SCENARIO..."; "" for none; SCENARIO and STUDY complete as files, KEY as keys, NAME
                              as measures */
    size_t least, most;    /* how many arguments it takes */
    const char *description;           /* paragraphs, separated by an empty line */
    const struct cr_option *options;   /* closed by a row without a name; NULL for none */
    const struct cr_example *examples; /* closed by a row without a call; NULL for none */
    bool hidden;                       /* left out of the list of commands */

    /* Does it. Returns 0, or a negative code with a sentence in `error`, which `main` prints; without a sentence if
     * the command has told already what failed. */
    int (*main)(const struct cr_call *call, struct cr_error *error);
};

/* One row a command, each in its own file; src/cli/command.c lists them in the order of the help. */
extern const struct cr_command cr_command_run;
extern const struct cr_command cr_command_validate;
extern const struct cr_command cr_command_chart;
extern const struct cr_command cr_command_check;
extern const struct cr_command cr_command_compare;
extern const struct cr_command cr_command_completion;
extern const struct cr_command cr_command_export;
extern const struct cr_command cr_command_manual;
extern const struct cr_command cr_command_measures;
extern const struct cr_command cr_command_merge;
extern const struct cr_command cr_command_params;
extern const struct cr_command cr_command_sensitivity;
extern const struct cr_command cr_command_sweep;
extern const struct cr_command cr_command_view;

/* All commands, closed by NULL. */
const struct cr_command *const *cr_commands(void);

/* The command of that name, or NULL with the nearest name recorded as CR_ERROR_USAGE. */
const struct cr_command *cr_command_find(const char *name, struct cr_error *error);

/* The version of the program, such as "0.1.0". */
const char *cr_version(void);

#endif
