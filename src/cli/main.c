#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/help.h"

static int call_command(const struct cr_command *command, int argc, char **argv, struct cr_error *error) {
    struct cr_call call;
    int code = cr_call_parse(&call, command, argc, argv, error);
    if (code == 0 && call.help)
        cr_help_command(stdout, command);
    else if (code == 0)
        code = command->main(&call, error);
    cr_call_free(&call);
    return code;
}

static int dispatch(int argc, char **argv, const struct cr_command **command, struct cr_error *error) {
    const char *const word = argc > 1 ? argv[1] : "";
    const bool asks_help = strcmp(word, "help") == 0;
    if (argc < 2) {
        cr_help_program(stderr);
        return CR_ERROR_USAGE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || (asks_help && (argc == 2 || argv[2][0] == '-'))) {
        cr_help_program(stdout);
        return 0;
    }
    if (strcmp(word, "--version") == 0) {
        printf("cradle %s\n", cr_version());
        return 0;
    }
    if (*word == '-')
        return cr_error_set(error, CR_ERROR_USAGE, "a command must come before %.80s; see cradle --help", word);
    *command = cr_command_find(asks_help ? argv[2] : word, error);
    if (!*command)
        return CR_ERROR_USAGE;
    if (!asks_help)
        return call_command(*command, argc - 1, argv + 1, error);
    cr_help_command(stdout, *command);
    return 0;
}

int main(int argc, char **argv) {
    gsl_set_error_handler_off();
    /* A limit on the size of files is then an error like a full disk, with a sentence, and no sudden end. */
    (void)signal(SIGXFSZ, SIG_IGN);
    struct cr_error error = {0};
    const struct cr_command *command = NULL;
    int code = dispatch(argc, argv, &command, &error);
    /* A full disk must not pass for a result. */
    const int flushed = fflush(stdout);
    if (code == 0 && (flushed != 0 || ferror(stdout)))
        code = cr_error_set(&error, CR_ERROR_IO, "the standard output could not be written");
    if (error.code)
        fprintf(stderr, "cradle%s%s: %s\n", command ? " " : "", command ? command->name : "", error.sentence);
    return cr_error_exit_status(code);
}
