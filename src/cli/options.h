#ifndef CR_CLI_OPTIONS_H
#define CR_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/scenario.h"

/* What a command is called with. Each command has one table of options, closed by a row without a name; parsing, help,
 * manual page and completion all come from it. Long options, a few with a letter, too, their values checked before the
 * command begins; options and arguments may be mixed; "--" ends the options; an unambiguous beginning stands for a
 * name. Every command also has --help. */

enum cr_option_type {
    CR_OPTION_FLAG,       /* takes no argument */
    CR_OPTION_TEXT,       /* any text; an `argument` of FILE or DIR completes as such */
    CR_OPTION_INTEGER,    /* a whole number from minimum to maximum */
    CR_OPTION_REAL,       /* a number from minimum to maximum */
    CR_OPTION_CHOICE,     /* one of `choices` */
    CR_OPTION_ASSIGNMENT, /* key=value of a scenario; may be given again and again */
    CR_OPTION_PARAMETER   /* the value of the parameter `key`; range and kind are the registry's */
};

struct cr_option {
    const char *name; /* without the dashes */
    char letter;      /* of its short form, as in -o; '\0': none */
    enum cr_option_type type;
    const char *argument; /* what help calls its argument, such as "N"; NULL for a flag */
    const char *what;     /* one sentence, for help */
    const char *initial;  /* the default in words; NULL if there is none worth telling */
    double minimum, maximum;
    const char *choices; /* CR_OPTION_CHOICE: the words, separated by '|' */
    const char *key;     /* CR_OPTION_PARAMETER */
};

/* The rows of every command that takes scenarios: `static const struct cr_option options[] = {CR_SCENARIO_OPTIONS, ...,
 * {0}};` cr_call_scenario carries them out. */
#define CR_SCENARIO_OPTIONS                                                                                            \
    {.name = "set",                                                                                                    \
        .type = CR_OPTION_ASSIGNMENT,                                                                                  \
        .argument = "KEY=VALUE",                                                                                       \
        .what =                                                                                                        \
            "sets a parameter, or a field as profile.NAME.FIELD or event.NAME.FIELD, or a live parameter from a week " \
            "on as at.WEEK.KEY; may be given again and again"},                                                        \
        {.name = "seed",                                                                                               \
            .type = CR_OPTION_PARAMETER,                                                                               \
            .argument = "N",                                                                                           \
            .key = "run.seed",                                                                                         \
            .what = "the seed of all luck",                                                                            \
            .initial = "the scenario's"},                                                                              \
        {.name = "people",                                                                                             \
            .type = CR_OPTION_PARAMETER,                                                                               \
            .argument = "N",                                                                                           \
            .key = "run.people",                                                                                       \
            .what = "how many people are born",                                                                        \
            .initial = "the scenario's"},                                                                              \
        {.name = "years",                                                                                              \
            .type = CR_OPTION_PARAMETER,                                                                               \
            .argument = "N",                                                                                           \
            .key = "run.years",                                                                                        \
            .what = "how many years are simulated",                                                                    \
            .initial = "the scenario's"},                                                                              \
    {                                                                                                                  \
        .name = "replicates", .type = CR_OPTION_PARAMETER, .argument = "N", .key = "run.replicates",                   \
        .what = "how many replicates are run", .initial = "the scenario's"                                             \
    }

/* The row of commands that simulate; cr_call_threads reads it. */
#define CR_THREADS_OPTION                                                                                              \
    {                                                                                                                  \
        .name = "threads", .type = CR_OPTION_INTEGER, .argument = "N", .minimum = 1, .maximum = 4096,                  \
        .what = "threads to use; the results do not depend on it", .initial = "all cores"                              \
    }

struct cr_command;

struct cr_given {
    const struct cr_option *option;
    const char *text; /* its argument; NULL for a flag; borrowed from argv */
};

struct cr_call {
    const struct cr_command *command;
    struct cr_given *given; /* owned: the options in the order of the call */
    size_t given_count;
    char **arguments; /* borrowed from argv: what is no option, in order */
    size_t argument_count;
    bool help; /* --help was given; then nothing else is checked */
};

/* Fills `call` (any content) from a command's own argc and argv, whose first word is the command's name and whose
 * words are reordered. The caller frees it, also after a failure. CR_ERROR_USAGE, CR_ERROR_CONFIG (a parameter out of
 * its range), CR_ERROR_MEMORY. */
CR_NODISCARD int cr_call_parse(
    struct cr_call *call, const struct cr_command *command, int argc, char **argv, struct cr_error *error);
void cr_call_free(struct cr_call *call);

/* Whether an option was given, and what it was given last: NULL, or `fallback`, if it was not. The name must be one of
 * the command's table. */
bool cr_call_has(const struct cr_call *call, const char *name);
const char *cr_call_text(const struct cr_call *call, const char *name);
int64_t cr_call_integer(const struct cr_call *call, const char *name, int64_t fallback);
double cr_call_real(const struct cr_call *call, const char *name, double fallback);

/* The index of the word given to a CR_OPTION_CHOICE; 0, the first word, if it was not given. */
int cr_call_choice(const struct cr_call *call, const char *name);

/* --threads, or as many as this process may use. */
int cr_call_threads(const struct cr_call *call);

/* Fills `scenario` (any content) from a file, carries out what CR_SCENARIO_OPTIONS were given, in their order, and
 * checks the whole. The caller frees the scenario, also after a failure. Errors of cr_config_read_scenario. */
CR_NODISCARD int cr_call_scenario(
    const struct cr_call *call, const char *path, struct cr_scenario *scenario, struct cr_error *error);

/* Carries out what CR_SCENARIO_OPTIONS were given, in their order, without checking the whole. CR_ERROR_CONFIG. */
CR_NODISCARD int cr_call_adjust(const struct cr_call *call, struct cr_scenario *scenario, struct cr_error *error);

#endif
