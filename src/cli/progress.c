#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void cr_progress_begin(struct cr_progress *progress, const char *what, bool quiet) {
    *progress = (struct cr_progress){.shown = !quiet && isatty(STDERR_FILENO) == 1, .what = what, .started = now()};
}

void cr_progress_tell(struct cr_progress *progress, double done) {
    if (!progress->shown || done <= progress->done)
        return;
    progress->done = done;
    const double time = now();
    if (time - progress->last < 0.1)
        return;
    progress->last = time;
    const double left = (time - progress->started) * (1.0 - done) / done;
    (void)fprintf(stderr, "\r%s: %5.1f %%, about %.0f s left ", progress->what, 100.0 * done, left);
}

void cr_progress_end(struct cr_progress *progress) {
    if (progress->shown && progress->last > 0.0)
        (void)fprintf(stderr, "\r%60s\r", "");
    progress->shown = false;
}
