#include "cli/progress.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

#define LINE_SECONDS 0.1
#define STRETCH_SECONDS 1.0
enum { LINE_WIDTH = 78 };

void cr_progress_begin(struct cr_progress *progress, const char *what, bool quiet) {
    *progress = (struct cr_progress){
        .shown = !quiet && isatty(STDERR_FILENO) == 1, .what = what, .started = cr_clock_seconds(), .first_done = -1};
}

/* Whether the line is due. */
static bool advance(struct cr_progress *progress, double done, double time) {
    if (done > progress->done)
        progress->done = done;
    if (!progress->shown || time - progress->last < LINE_SECONDS)
        return false;
    progress->last = time;
    return true;
}

void cr_progress_tell(struct cr_progress *progress, double done) {
    const double time = cr_clock_seconds();
    if (done <= progress->done || !advance(progress, done, time))
        return;
    const double left = (time - progress->started) * (1.0 - done) / done;
    (void)fprintf(stderr, "\r%s: %5.1f %%, about %.0f s left ", progress->what, 100.0 * done, left);
}

const char *cr_progress_words(double seconds, char *buffer, size_t size) {
    static const struct {
        double seconds;
        const char *large, *small;
        double part;
    } units[] = {{86400.0, "days", "h", 3600.0}, {3600.0, "h", "min", 60.0}, {60.0, "min", "s", 1.0}};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (seconds >= units[k].seconds) {
            const double large = floor(seconds / units[k].seconds);
            (void)snprintf(buffer, size, "%.0f %s %.0f %s", large, units[k].large,
                floor((seconds - large * units[k].seconds) / units[k].part), units[k].small);
            return buffer;
        }
    (void)snprintf(buffer, size, seconds < 10.0 ? "%.2g s" : "%.0f s", seconds);
    return buffer;
}

struct cr_time_left cr_progress_left(const struct cr_progress *progress, int64_t left) {
    const double n = progress->stretches;
    if (n < 2.0 || progress->rate_mean <= 0.0)
        return (struct cr_time_left){(double)NAN, (double)NAN};
    const double error = 2.0 * sqrt(progress->rate_squares / (n - 1.0) / n);
    const double slack = fmin(fmax(error / progress->rate_mean, 0.05), 0.75);
    const double middle = (double)left / progress->rate_mean;
    return (struct cr_time_left){middle / (1.0 + slack), middle / (1.0 - slack)};
}

static void learn(struct cr_progress *progress, int64_t done, double time) {
    if (progress->first_done < 0) {
        progress->first_done = progress->stretch_done = done;
        progress->stretch_begun = time;
    }
    const double length = time - progress->stretch_begun;
    if (length < STRETCH_SECONDS || done == progress->stretch_done)
        return;
    const double rate = (double)(done - progress->stretch_done) / length;
    const double before = rate - progress->rate_mean;
    progress->stretches += 1.0;
    progress->rate_mean += before / progress->stretches;
    progress->rate_squares += before * (rate - progress->rate_mean);
    progress->stretch_done = done;
    progress->stretch_begun = time;
}

void cr_progress_runs(struct cr_progress *progress, int64_t done, int64_t failed, int64_t all) {
    const double time = cr_clock_seconds();
    learn(progress, done, time);
    if (!advance(progress, (double)done / (double)all, time))
        return;
    char line[160], least[32], most[32];
    int used = snprintf(line, sizeof line, "%s: %lld/%lld, %lld failed", progress->what, (long long)done,
        (long long)all, (long long)failed);
    const struct cr_time_left left = cr_progress_left(progress, all - done);
    if (!isnan(left.least))
        (void)snprintf(line + used, sizeof line - (size_t)used, ", %.3g a second, %s to %s left", progress->rate_mean,
            cr_progress_words(left.least, least, sizeof least), cr_progress_words(left.most, most, sizeof most));
    (void)fprintf(stderr, "\r%-*.*s", LINE_WIDTH, LINE_WIDTH, line);
}

void cr_progress_clear(struct cr_progress *progress) {
    if (progress->shown && progress->last > 0.0)
        (void)fprintf(stderr, "\r%*s\r", LINE_WIDTH, "");
    progress->last = 0.0;
}

void cr_progress_end(struct cr_progress *progress) {
    cr_progress_clear(progress);
    progress->shown = false;
}
