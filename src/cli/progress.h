#ifndef CR_CLI_PROGRESS_H
#define CR_CLI_PROGRESS_H

#include <stdbool.h>

/* How far a long command is, in one line on the standard error that is written over again; silent unless that is a
 * terminal. It never goes backwards. */
struct cr_progress {
    bool shown;
    const char *what; /* what is being done, such as "simulating" */
    double started;   /* seconds of a clock that never steps back */
    double last;      /* when the line was last written */
    double done;      /* the largest share told so far */
};

/* Begins; `quiet` keeps it silent in any case. */
void cr_progress_begin(struct cr_progress *progress, const char *what, bool quiet);

/* Tells what share of all, in [0, 1], is done; writes at most ten times a second. */
void cr_progress_tell(struct cr_progress *progress, double done);

/* Removes the line. */
void cr_progress_end(struct cr_progress *progress);

#endif
