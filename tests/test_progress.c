#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/progress.h"
#include "near.h"

static void times_are_told_in_two_units_at_most(void **state) {
    (void)state;
    static const struct {
        double seconds;
        const char *words;
    } pairs[] = {{0.0123, "0.012 s"}, {3.26, "3.3 s"}, {48.2, "48 s"}, {60.0, "1 min 0 s"}, {200.0, "3 min 20 s"},
        {3599.9, "59 min 59 s"}, {3600.0, "1 h 0 min"}, {7500.0, "2 h 5 min"}, {86399.0, "23 h 59 min"},
        {356400.0, "4 days 3 h"}, {1e9, "11574 days 1 h"}};
    char buffer[32];
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        assert_string_equal(cr_progress_words(pairs[k].seconds, buffer, sizeof buffer), pairs[k].words);
}

static void the_time_left_is_a_range_about_the_mean_rate(void **state) {
    (void)state;
    struct cr_progress progress = {.stretches = 1.0, .rate_mean = 10.0};
    assert_true(isnan(cr_progress_left(&progress, 100).least)); /* too early to tell */
    assert_true(isnan(cr_progress_left(&progress, 100).most));
    progress.stretches = 5.0;
    struct cr_time_left left = cr_progress_left(&progress, 100); /* no spread: 5 % */
    assert_near(left.least, 10.0 / 1.05, 1e-12);
    assert_near(left.most, 10.0 / 0.95, 1e-12);
    progress.rate_squares = 20.0; /* standard error 1, two of which are a fifth */
    left = cr_progress_left(&progress, 100);
    assert_near(left.least, 10.0 / 1.2, 1e-12);
    assert_near(left.most, 10.0 / 0.8, 1e-12);
    progress.rate_squares = 1e6; /* however wild, it stays a time */
    left = cr_progress_left(&progress, 100);
    assert_near(left.most, 40.0, 1e-12);
    assert_near(cr_progress_left(&progress, 0).most, 0.0, 0.0);
}

/* What `say` writes to a terminal, or to a file. */
static void overheard(void (*say)(void), bool terminal, char *text, size_t size) {
    const int leader = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(leader >= 0);
    assert_int_equal(grantpt(leader), 0);
    assert_int_equal(unlockpt(leader), 0);
    const int follower = open(ptsname(leader), O_RDWR | O_NOCTTY);
    assert_true(follower >= 0);
    FILE *const file = tmpfile();
    assert_non_null(file);
    const pid_t child = fork();
    if (child == 0) {
        (void)dup2(terminal ? follower : fileno(file), STDERR_FILENO);
        say();
        (void)!write(STDERR_FILENO, "|", 1);
        _exit(0);
    }
    size_t used = 0;
    while (terminal && used + 1 < size && (used == 0 || text[used - 1] != '|')) {
        const ssize_t got = read(leader, text + used, size - 1 - used);
        assert_true(got > 0);
        used += (size_t)got;
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    rewind(file);
    if (!terminal)
        used = fread(text, 1, size - 1, file);
    text[used - 1] = '\0'; /* without the mark of the end */
    fclose(file);
    close(leader);
    close(follower);
}

static void nap(double seconds) {
    (void)nanosleep(&(struct timespec){.tv_nsec = (long)(seconds * 1e9)}, NULL);
}

static void tell_runs(void) {
    struct cr_progress progress;
    cr_progress_begin(&progress, "sweeping", false);
    cr_progress_runs(&progress, 5, 1, 200);
    cr_progress_runs(&progress, 6, 1, 200); /* too soon for another line */
    nap(0.11);
    cr_progress_runs(&progress, 50, 2, 200);
    cr_progress_end(&progress);
}

static void tell_runs_quietly(void) {
    struct cr_progress progress;
    cr_progress_begin(&progress, "sweeping", true);
    cr_progress_runs(&progress, 5, 1, 200);
    cr_progress_end(&progress);
}

static void tell_shares(void) {
    struct cr_progress progress;
    cr_progress_begin(&progress, "simulating", false);
    cr_progress_tell(&progress, 0.5);
    nap(0.11);
    cr_progress_tell(&progress, 0.25); /* back, which is not told */
    nap(0.11);
    cr_progress_tell(&progress, 0.75);
    cr_progress_clear(&progress);
    cr_progress_end(&progress);
}

static void a_line_is_written_over_again_and_removed(void **state) {
    (void)state;
    char text[2048];
    overheard(tell_runs, true, text, sizeof text);
    char expected[512], blank[80];
    memset(blank, ' ', 78);
    blank[78] = '\0';
    snprintf(expected, sizeof expected, "\r%-78s\r%-78s\r%s\r", "sweeping: 5/200, 1 failed",
        "sweeping: 50/200, 2 failed", blank);
    assert_string_equal(text, expected);
}

static void what_goes_back_is_not_told(void **state) {
    (void)state;
    char text[2048];
    overheard(tell_shares, true, text, sizeof text);
    assert_memory_equal(text, "\rsimulating:  50.0 %, about ", 28);
    assert_null(strstr(text, "25.0 %"));
    assert_non_null(strstr(text, "\rsimulating:  75.0 %, about "));
}

static void away_from_a_terminal_and_when_quiet_it_is_silent(void **state) {
    (void)state;
    char text[2048];
    overheard(tell_runs, false, text, sizeof text);
    assert_string_equal(text, "");
    overheard(tell_runs_quietly, true, text, sizeof text);
    assert_string_equal(text, "");
}

/* As if stretches of runs lay behind: 2 seconds in which `runs` were done. */
static void live_stretch(struct cr_progress *progress, int64_t *done, int64_t runs) {
    progress->stretch_begun -= 2.0;
    *done += runs;
    cr_progress_runs(progress, *done, 0, 1000);
}

static void the_rate_is_learned_from_stretches_and_not_from_what_was_done_before(void **state) {
    (void)state;
    struct cr_progress progress;
    int64_t done = 500;
    cr_progress_begin(&progress, "sweeping", true);
    cr_progress_runs(&progress, done, 0, 1000);
    assert_true(isnan(cr_progress_left(&progress, 500).least));
    for (int k = 0; k < 4; k++)
        live_stretch(&progress, &done, k % 2 == 0 ? 18 : 22);
    assert_near(progress.stretches, 4.0, 0.0);
    assert_near(progress.rate_mean, 10.0, 0.1);
    const struct cr_time_left left = cr_progress_left(&progress, 420);
    assert_true(left.least < 42.0 && left.most > 42.0);
    assert_in_range((int64_t)left.least, 34, 41);
    live_stretch(&progress, &done, 0); /* nothing was finished: the stretch goes on */
    assert_near(progress.stretches, 4.0, 0.0);
    live_stretch(&progress, &done, 40);
    assert_near(progress.stretches, 5.0, 0.0);
    assert_near(progress.rate_mean, 10.0, 0.1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_told_in_two_units_at_most),
        cmocka_unit_test(the_time_left_is_a_range_about_the_mean_rate),
        cmocka_unit_test(a_line_is_written_over_again_and_removed),
        cmocka_unit_test(what_goes_back_is_not_told),
        cmocka_unit_test(away_from_a_terminal_and_when_quiet_it_is_silent),
        cmocka_unit_test(the_rate_is_learned_from_stretches_and_not_from_what_was_done_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
