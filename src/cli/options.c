#include "cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "io/config.h"
#include "model/simulation.h"

/* What getopt tells a long option by: no letter, and never the same twice, or a beginning of both would pass. */
enum { FIRST_VALUE = 256, LETTERS_SIZE = 64 };

static size_t count_options(const struct cr_option *options) {
    size_t count = 0;
    while (options && options[count].name)
        count++;
    return count;
}

static int refuse(
    const struct cr_option *option, const char *text, const char *kind, const char *range, struct cr_error *error) {
    return cr_error_set(
        error, CR_ERROR_USAGE, "--%s must be %s%s, not %.80s", option->name, kind, range, *text ? text : "empty");
}

static int check_parameter(const struct cr_option *option, const char *text, struct cr_error *error) {
    const struct cr_field *const field = cr_registry_find(&cr_parameter_registry, option->key);
    assert(field);
    struct cr_parameters scratch;
    struct cr_error own = {0};
    const int code = cr_field_set_text(field, &scratch, text, "", &own);
    if (code)
        cr_error_set(error, CR_ERROR_USAGE, "--%s: %.400s", option->name, own.sentence);
    return code ? CR_ERROR_USAGE : 0;
}

static int check_value(const struct cr_option *option, const char *text, struct cr_error *error) {
    char low[32], high[32], range[80];
    double real = 0.0;
    int64_t whole = 0;
    int code = 0;
    switch (option->type) {
    case CR_OPTION_FLAG:
        break;
    case CR_OPTION_TEXT:
        if (!*text)
            return refuse(option, text, "followed by a value", "", error);
        break;
    case CR_OPTION_ASSIGNMENT:
        if (!strchr(text, '=') || *text == '=')
            return refuse(option, text, "followed by key=value", ", such as run.people=1000", error);
        break;
    case CR_OPTION_CHOICE:
        if (cr_text_choice(option->choices, text) < 0)
            return refuse(option, text, "one of ", option->choices, error);
        break;
    case CR_OPTION_PARAMETER:
        return check_parameter(option, text, error);
    case CR_OPTION_INTEGER:
        code = cr_text_to_integer(text, &whole);
        real = (double)whole;
        break;
    case CR_OPTION_REAL:
        code = cr_text_to_real(text, &real);
        break;
    }
    if (option->type != CR_OPTION_INTEGER && option->type != CR_OPTION_REAL)
        return 0;
    if (code == 0 && real >= option->minimum && real <= option->maximum)
        return 0;
    cr_text_format(range, sizeof range, "%s to %s", cr_text_real(option->minimum, low, sizeof low),
        cr_text_real(option->maximum, high, sizeof high));
    return refuse(
        option, text, option->type == CR_OPTION_INTEGER ? "a whole number from " : "a number from ", range, error);
}

/* getopt says only that a word is wrong. */
static int explain(const struct cr_command *command, const char *word, struct cr_error *error) {
    char name[80];
    const char *const own = command->name;
    if (strncmp(word, "--", 2) != 0)
        return cr_error_set(error, CR_ERROR_USAGE, "unknown option %.80s; see cradle %s --help", word, own);
    cr_text_format(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
    struct cr_nearest nearest = CR_NEAREST_INIT;
    const size_t count = count_options(command->options);
    size_t begun = 0;
    for (size_t i = 0; i < count; i++) {
        const char *const each = command->options[i].name;
        if (strcmp(each, name) == 0 || (strcmp(name, "help") == 0))
            return cr_error_set(error, CR_ERROR_USAGE, "--%s takes no value", name);
        begun += strncmp(each, name, strlen(name)) == 0;
        cr_nearest_consider(&nearest, name, each);
    }
    if (begun > 1)
        return cr_error_set(error, CR_ERROR_USAGE, "--%s could be several options; see cradle %s --help", name, own);
    if (nearest.best)
        return cr_error_set(error, CR_ERROR_USAGE, "unknown option --%s; did you mean --%s?", name, nearest.best);
    return cr_error_set(error, CR_ERROR_USAGE, "unknown option --%s; see cradle %s --help", name, own);
}

static int check_arguments(const struct cr_call *call, struct cr_error *error) {
    const struct cr_command *const command = call->command;
    if (call->argument_count < command->least)
        return cr_error_set(
            error, CR_ERROR_USAGE, "%s is missing; see cradle %s --help", command->arguments, command->name);
    if (call->argument_count > command->most)
        return cr_error_set(error, CR_ERROR_USAGE, "%.80s is one argument too many; see cradle %s --help",
            call->arguments[command->most], command->name);
    return 0;
}

/* The option that getopt found: by its number, or by its letter. */
static const struct cr_option *option_found(const struct cr_option *options, int found) {
    if (found >= FIRST_VALUE)
        return &options[found - FIRST_VALUE];
    while (options->letter != found)
        options++;
    return options;
}

/* The letters as getopt takes them: ":ho:". */
static void list_letters(const struct cr_option *options, char letters[LETTERS_SIZE]) {
    size_t used = (size_t)snprintf(letters, LETTERS_SIZE, ":h");
    for (size_t i = 0; options && options[i].name; i++)
        if (options[i].letter && used + 3 < LETTERS_SIZE) {
            letters[used++] = options[i].letter;
            if (options[i].type != CR_OPTION_FLAG)
                letters[used++] = ':';
            letters[used] = '\0';
        }
}

static int take_options(
    struct cr_call *call, const struct option *table, int argc, char **argv, struct cr_error *error) {
    const struct cr_option *const options = call->command->options;
    char letters[LETTERS_SIZE];
    list_letters(options, letters);
    opterr = 0;
    optind = 0; /* makes getopt forget an earlier call */
    for (;;) {
        const int found = getopt_long(argc, argv, letters, table, NULL);
        if (found == -1)
            break;
        if (found == 'h') {
            call->help = true;
            return 0;
        }
        if (found == ':')
            return cr_error_set(error, CR_ERROR_USAGE, "%.80s needs a value; see cradle %s --help", argv[optind - 1],
                call->command->name);
        if (found == '?') {
            const char letter[] = {'-', (char)optopt, '\0'};
            const bool is_letter = optopt > 0 && optopt < FIRST_VALUE && optopt != 'h'; /* --help=x is told by 'h' */
            return explain(call->command, is_letter ? letter : argv[optind - 1], error);
        }
        const struct cr_option *const option = option_found(options, found);
        if (found < FIRST_VALUE && optarg && *optarg == '=')
            return cr_error_set(error, CR_ERROR_USAGE, "-%c takes its value without '=': -%c %s, or --%s=%s", found,
                found, option->argument, option->name, option->argument);
        const int code = check_value(option, optarg ? optarg : "", error);
        if (code)
            return code;
        call->given[call->given_count++] = (struct cr_given){option, optarg};
    }
    call->arguments = argv + optind;
    call->argument_count = (size_t)(argc - optind);
    return check_arguments(call, error);
}

int cr_call_parse(
    struct cr_call *call, const struct cr_command *command, int argc, char **argv, struct cr_error *error) {
    *call = (struct cr_call){.command = command};
    const size_t count = count_options(command->options);
    struct option *const table = calloc(count + 2, sizeof *table);
    call->given = calloc((size_t)argc + 1, sizeof *call->given);
    int code = CR_ERROR_MEMORY;
    if (table && call->given) {
        for (size_t i = 0; i < count; i++) {
            table[i].name = command->options[i].name;
            table[i].has_arg = command->options[i].type == CR_OPTION_FLAG ? no_argument : required_argument;
            table[i].val = FIRST_VALUE + (int)i;
        }
        table[count] = (struct option){"help", no_argument, NULL, 'h'};
        code = take_options(call, table, argc, argv, error);
    } else {
        cr_error_set(error, code, "there is no memory for the command line");
    }
    free(table);
    return code;
}

void cr_call_free(struct cr_call *call) {
    free(call->given);
    call->given = NULL;
    call->given_count = 0;
}

static const struct cr_given *last_given(const struct cr_call *call, const char *name) {
    for (size_t i = call->given_count; i > 0; i--)
        if (strcmp(call->given[i - 1].option->name, name) == 0)
            return &call->given[i - 1];
    return NULL;
}

bool cr_call_has(const struct cr_call *call, const char *name) {
    return last_given(call, name) != NULL;
}

const char *cr_call_text(const struct cr_call *call, const char *name) {
    const struct cr_given *const given = last_given(call, name);
    return given ? given->text : NULL;
}

int64_t cr_call_integer(const struct cr_call *call, const char *name, int64_t fallback) {
    const char *const text = cr_call_text(call, name);
    int64_t value;
    return text && cr_text_to_integer(text, &value) == 0 ? value : fallback;
}

double cr_call_real(const struct cr_call *call, const char *name, double fallback) {
    const char *const text = cr_call_text(call, name);
    double value;
    return text && cr_text_to_real(text, &value) == 0 ? value : fallback;
}

int cr_call_choice(const struct cr_call *call, const char *name) {
    const struct cr_given *const given = last_given(call, name);
    return given ? cr_text_choice(given->option->choices, given->text) : 0;
}

int cr_call_threads(const struct cr_call *call) {
    return (int)cr_call_integer(call, "threads", omp_get_num_procs());
}

static int carry_out(const struct cr_given *given, struct cr_scenario *scenario, struct cr_error *error) {
    char where[80];
    cr_text_format(where, sizeof where, "--%s: ", given->option->name);
    if (given->option->type == CR_OPTION_ASSIGNMENT)
        return cr_scenario_assign(scenario, given->text, where, error);
    if (given->option->type != CR_OPTION_PARAMETER)
        return 0;
    const struct cr_field *field;
    void *object;
    const int code = cr_scenario_find(scenario, given->option->key, &field, &object, where, error);
    return code ? code : cr_field_set_text(field, object, given->text, where, error);
}

int cr_call_adjust(const struct cr_call *call, struct cr_scenario *scenario, struct cr_error *error) {
    int code = 0;
    for (size_t i = 0; code == 0 && i < call->given_count; i++)
        code = carry_out(&call->given[i], scenario, error);
    return code;
}

static void note_late_change(const struct cr_call *call, const char *path, const struct cr_scenario *scenario) {
    const int32_t weeks = cr_simulation_weeks(scenario);
    const struct cr_change *const last =
        scenario->change_count > 0 ? &scenario->changes[scenario->change_count - 1] : NULL;
    if (last && last->week >= weeks)
        (void)fprintf(stderr,
            "cradle %s: note: %s changes %s in week %d, which is after the end of a run of %d weeks\n",
            call->command->name, path, last->field->key, last->week, weeks);
}

int cr_call_scenario(
    const struct cr_call *call, const char *path, struct cr_scenario *scenario, struct cr_error *error) {
    int code = cr_config_load_scenario(path, scenario, error);
    if (code == 0)
        code = cr_call_adjust(call, scenario, error);
    if (code == 0)
        code = cr_config_check_scenario(path, scenario, error);
    if (code == 0)
        note_late_change(call, path, scenario);
    if (code == 0 && scenario->profile_count > 0 && scenario->parameters.caregiving_form != CR_FORM_PROFILES)
        (void)fprintf(stderr,
            "cradle %s: note: %s names %zu profiles, which caregiving.form = distribution does not use\n",
            call->command->name, path, scenario->profile_count);
    return code;
}
