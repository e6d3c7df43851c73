#ifndef CR_CLI_PROGRESS_H
#define CR_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How far a long command is, in one line on the standard error that is written over again; silent unless that is a
 * terminal. What is done never goes backwards. */
struct cr_progress {
    bool shown;
    const char *what; /* what is being done, such as "simulating" */
    double started;   /* seconds of a clock that never steps back */
    double last;      /* when the line was last written */
    double done;      /* the largest share told so far */

    /* Of runs: their rate in stretches of about a second, so that the time left can be told as a range. */
    int64_t first_done, stretch_done;
    double stretch_begun;
    double stretches, rate_mean, rate_squares; /* Welford's sums */
};

/* Begins; `quiet` keeps it silent in any case. */
void cr_progress_begin(struct cr_progress *progress, const char *what, bool quiet);

/* Tells what share of all, in [0, 1], is done; writes at most ten times a second. */
void cr_progress_tell(struct cr_progress *progress, double done);

/* The same of runs: how many are done (the failed ones among them), failed, and to be done in all. The first call tells
 * how many were done before. */
void cr_progress_runs(struct cr_progress *progress, int64_t done, int64_t failed, int64_t all);

/* Removes the line, so that another can be printed in its place; the next call writes it again. */
void cr_progress_clear(struct cr_progress *progress);

/* Removes the line for good. */
void cr_progress_end(struct cr_progress *progress);

/* The range of the time left, in seconds, for `left` runs, from the mean rate and its standard error, two of them to
 * either side; at least 5 % to either side. Both NaN while fewer than two stretches have passed. */
struct cr_time_left {
    double least, most;
};
struct cr_time_left cr_progress_left(const struct cr_progress *progress, int64_t left);

/* Writes a time in words, such as "48 s", "3 min 20 s", "2 h 5 min", "4 days 3 h". Returns `buffer`. */
const char *cr_progress_words(double seconds, char *buffer, size_t size);

#endif
