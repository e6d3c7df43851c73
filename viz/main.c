#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/help.h"
#include "viz/viewer/manual.h"
#include "viz/viewer/session.h"

static int view(const struct cr_call *call, struct cr_error *error) {
    struct cr_viewing viewing;
    int code = cr_viewing_read(&viewing, call, error);
    if (code == 0)
        code = cr_session_run(&viewing, error);
    cr_viewing_free(&viewing);
    return code;
}

/* A terminal that is closed ends the viewer in as good an order as any other call to end. */
static void hang_up(int number) {
    (void)number;
    (void)raise(SIGTERM);
}

int main(int argc, char **argv) {
    struct cr_error error = {0};
    struct cr_call call;
    gsl_set_error_handler_off();
    /* An encoder that ends is then an error with a sentence, as is a limit on the size of files. */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)signal(SIGHUP, hang_up);
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        printf("cradle %s\n", cr_version());
        return 0;
    }
    if (argc > 1 && strcmp(argv[1], "--manual") == 0) {
        cr_manual_write(stdout);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    int code = cr_call_parse(&call, &cr_command_view, argc, argv, &error);
    if (code == 0 && call.help)
        cr_help_command(stdout, &cr_command_view);
    else if (code == 0)
        code = view(&call, &error);
    cr_call_free(&call);
    const int flushed = fflush(stdout);
    if (code == 0 && (flushed != 0 || ferror(stdout)))
        code = cr_error_set(&error, CR_ERROR_IO, "the standard output could not be written");
    if (error.code)
        fprintf(stderr, "cradle view: %s\n", error.sentence);
    return cr_error_exit_status(code);
}
