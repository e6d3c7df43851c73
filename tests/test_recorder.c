#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "viz/viewer/recorder.h"

enum { WIDTH = 65, HEIGHT = 48, RATE = 30 };

static char folder[] = "/tmp/cradle-recorder-XXXXXX";

static int open_folder(void **state) {
    (void)state;
    (void)signal(SIGPIPE, SIG_IGN);
    return mkdtemp(folder) ? 0 : -1;
}

static int close_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static const char *path_of(const char *name, char path[128]) {
    (void)snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static bool is_there(const char *program) {
    char command[64];
    (void)snprintf(command, sizeof command, "command -v %s >/dev/null", program);
    return system(command) == 0; /* NOLINT(cert-env33-c): the shell knows PATH */
}

/* How many frames a video has; -1 if it cannot be played. */
static int frames_of(const char *path) {
    char command[256];
    int frames = -1;
    (void)snprintf(command, sizeof command,
        "ffprobe -v error -count_frames -select_streams v:0 -show_entries stream=nb_read_frames -of csv=p=0 %s", path);
    FILE *stream = popen(command, "r"); /* NOLINT(cert-env33-c) */
    assert_non_null(stream);
    if (fscanf(stream, "%d", &frames) != 1) /* NOLINT(cert-err34-c): -1 stays */
        frames = -1;
    (void)pclose(stream);
    return frames;
}

static void add_frames(struct cr_recorder *recorder, int count) {
    static uint32_t pixels[HEIGHT][WIDTH];
    struct cr_error error = {0};
    for (int f = 0; f < count; f++) {
        for (int y = 0; y < HEIGHT; y++)
            for (int x = 0; x < WIDTH; x++)
                pixels[y][x] = 0xff000000U | (uint32_t)((x * 3 + f * 5) & 255) << 16 | (uint32_t)(y * 4);
        if (cr_recorder_add(recorder, pixels, sizeof pixels[0], &error) != 0)
            fail_msg("%s", error.sentence);
    }
}

static void a_video_has_all_frames(void **state) {
    (void)state;
    char path[128];
    struct cr_recorder recorder = {0};
    struct cr_error error = {0};
    if (!is_there("ffmpeg"))
        skip();
    static const char *const names[] = {"a.mp4", "a.mkv"};
    for (size_t i = 0; i < 2; i++) {
        (void)path_of(names[i], path);
        if (cr_recorder_begin(&recorder, path, WIDTH, HEIGHT, RATE, &error) != 0)
            fail_msg("%s", error.sentence);
        assert_true(cr_recorder_runs(&recorder));
        add_frames(&recorder, 40);
        assert_int_equal(cr_recorder_end(&recorder, &error), 0);
        assert_false(cr_recorder_runs(&recorder));
        assert_int_equal(cr_recorder_end(&recorder, &error), 0);
        assert_int_equal(frames_of(path), 40);
        (void)unlink(path);
    }
}

static void what_was_recorded_before_a_kill_can_be_played(void **state) {
    (void)state;
    char path[128];
    struct cr_recorder recorder = {0};
    struct cr_error error = {0};
    if (!is_there("ffmpeg"))
        skip();
    assert_int_equal(cr_recorder_begin(&recorder, path_of("b.mp4", path), WIDTH, HEIGHT, RATE, &error), 0);
    add_frames(&recorder, 600);
    struct stat file = {.st_size = 0};
    for (int i = 0; i < 500 && file.st_size < 20000; i++) {
        (void)nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        (void)stat(path, &file);
    }
    (void)kill(recorder.process, SIGKILL);
    assert_int_equal(cr_recorder_end(&recorder, &error), CR_ERROR_IO);
    assert_true(frames_of(path) >= 60);
    (void)unlink(path);
}

static void a_dead_encoder_is_told_in_one_sentence(void **state) {
    (void)state;
    char path[128];
    struct cr_recorder recorder = {0};
    struct cr_error error = {0};
    static uint32_t pixels[HEIGHT][WIDTH];
    if (!is_there("ffmpeg"))
        skip();
    assert_int_equal(cr_recorder_begin(&recorder, path_of("c.mp4", path), WIDTH, HEIGHT, RATE, &error), 0);
    (void)kill(recorder.process, SIGKILL);
    int code = 0;
    for (int i = 0; i < 1000 && code == 0; i++)
        code = cr_recorder_add(&recorder, pixels, sizeof pixels[0], &error);
    assert_int_equal(code, CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "ffmpeg gave up"));
    assert_false(cr_recorder_runs(&recorder));
    assert_int_equal(cr_recorder_add(&recorder, pixels, sizeof pixels[0], NULL), CR_ERROR_IO);
    (void)unlink(path);
}

static void without_ffmpeg_one_sentence_says_so(void **state) {
    (void)state;
    char path[128];
    struct cr_recorder recorder = {0};
    struct cr_error error = {0};
    char *const before = strdup(getenv("PATH"));
    assert_non_null(before);
    (void)setenv("PATH", folder, 1);
    assert_int_equal(cr_recorder_begin(&recorder, path_of("d.mp4", path), WIDTH, HEIGHT, RATE, &error), CR_ERROR_IO);
    (void)setenv("PATH", before, 1);
    free(before);
    assert_string_equal(error.sentence, "there is no ffmpeg here, which records videos; its package is ffmpeg");
    assert_false(cr_recorder_runs(&recorder));
    assert_int_not_equal(access(path, F_OK), 0);
}

static void names_and_places_that_cannot_be_are_refused(void **state) {
    (void)state;
    struct cr_recorder recorder = {0};
    struct cr_error error = {0};
    static const char *const names[] = {"video", "video.txt", "video.avi", ".mp4/video"};
    char path[128], longest[sizeof recorder.path + 8];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)path_of(names[i], path);
        assert_int_equal(cr_recorder_begin(&recorder, path, WIDTH, HEIGHT, RATE, &error), CR_ERROR_USAGE);
        assert_non_null(strstr(error.sentence, "ends in .mp4, .webm, .mkv or .gif"));
        assert_int_not_equal(access(path, F_OK), 0);
        error = (struct cr_error){0};
    }
    (void)snprintf(longest, sizeof longest, "%04095d.mp4", 0);
    assert_int_equal(cr_recorder_check(longest, NULL), CR_ERROR_USAGE);
    assert_int_equal(cr_recorder_check("a.b/film.webm", NULL), 0);
    assert_int_equal(cr_recorder_begin(&recorder, "/nowhere/at/all.mp4", WIDTH, HEIGHT, RATE, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "/nowhere/at/all.mp4"));
}

static void frames_are_due_by_the_clock(void **state) {
    (void)state;
    struct cr_recorder recorder = {.process = 1, .rate = 30};
    assert_int_equal(cr_recorder_due(&recorder, 0.0), 1);
    recorder.frames = 1;
    assert_int_equal(cr_recorder_due(&recorder, 1.0 / 60.0), 0);
    assert_int_equal(cr_recorder_due(&recorder, 1.0 / 60.0), 1);
    recorder.frames = 2;
    assert_int_equal(cr_recorder_due(&recorder, 0.1), 3);
    recorder.frames = 5;
    assert_int_equal(cr_recorder_due(&recorder, 100.0), 30); /* a stopped clock is not made up for */
    recorder.process = 0;
    assert_int_equal(cr_recorder_due(&recorder, 1.0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_video_has_all_frames),
        cmocka_unit_test(what_was_recorded_before_a_kill_can_be_played),
        cmocka_unit_test(a_dead_encoder_is_told_in_one_sentence),
        cmocka_unit_test(without_ffmpeg_one_sentence_says_so),
        cmocka_unit_test(names_and_places_that_cannot_be_are_refused),
        cmocka_unit_test(frames_are_due_by_the_clock),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
