#include "viz/viewer/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

static const char program[] = "ffmpeg";

/* In the new process, until ffmpeg begins: only calls that are safe after a fork. Its messages would spoil the
 * terminal; an interrupt typed there is the viewer's to handle, which then closes the pipe. */
static void become_ffmpeg(int input, int told, char *const *words) {
    (void)setpgid(0, 0);
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (dup2(input, STDIN_FILENO) >= 0 && nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0 &&
        dup2(nowhere, STDERR_FILENO) >= 0)
        (void)execvp(program, words);
    const int reason = errno;
    (void)!write(told, &reason, sizeof reason);
    _exit(127);
}

static int set_flag(int descriptor, int flag) {
    return fcntl(descriptor, F_SETFD, flag);
}

/* Starts it; `*reason` is 0, or why it could not begin, which it tells through a pipe that its beginning closes. */
static pid_t start(char *const *words, int *input, int *reason) {
    int frames[2], told[2];
    *reason = EMFILE;
    if (pipe(frames) != 0)
        return -1;
    if (pipe(told) != 0) {
        (void)close(frames[0]);
        (void)close(frames[1]);
        return -1;
    }
    for (int end = 0; end < 2; end++) {
        (void)set_flag(frames[end], FD_CLOEXEC);
        (void)set_flag(told[end], FD_CLOEXEC);
    }
    const pid_t process = fork();
    if (process == 0)
        become_ffmpeg(frames[0], told[1], words);
    *reason = process < 0 ? errno : 0;
    (void)close(frames[0]);
    (void)close(told[1]);
    int failed = 0;
    if (process > 0 && read(told[0], &failed, sizeof failed) == (ssize_t)sizeof failed)
        *reason = failed;
    (void)close(told[0]);
    if (*reason != 0) {
        (void)close(frames[1]);
        if (process > 0)
            (void)waitpid(process, NULL, 0);
        return -1;
    }
    *input = frames[1];
    return process;
}

static const char *ending_of(const char *path) {
    const char *const slash = strrchr(path, '/');
    const char *const dot = strrchr(slash ? slash : path, '.');
    return dot && dot[1] != '\0' ? dot : NULL;
}

/* The file itself is made here, so that what ffmpeg would say of it in its own way is said in one sentence. */
static int make_file(const char *path, struct cr_error *error) {
    const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return cr_error_set(error, CR_ERROR_IO, "the video %.300s cannot be made: %s", path, strerror(errno));
    (void)close(file);
    return 0;
}

int cr_recorder_check(const char *path, struct cr_error *error) {
    static const char *const endings[] = {".mp4", ".webm", ".mkv", ".gif"};
    const char *const ending = ending_of(path);
    for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(ending, endings[i]) == 0 && strlen(path) < sizeof((struct cr_recorder *)0)->path - 2)
            return 0;
    return cr_error_set(error, CR_ERROR_USAGE,
        "the name of a video ends in .mp4, .webm, .mkv or .gif, which says how it is written; not %.200s", path);
}

int cr_recorder_begin(
    struct cr_recorder *recorder, const char *path, int width, int height, int rate, struct cr_error *error) {
    int code = cr_recorder_check(path, error);
    if (code)
        return code;
    const char *const ending = ending_of(path);
    *recorder = (struct cr_recorder){.width = width & ~1, .height = height & ~1, .rate = rate};
    (void)cr_text_format(recorder->path, sizeof recorder->path, "%s%s", *path == '-' ? "./" : "", path);
    code = make_file(recorder->path, error);
    if (code)
        return code;
    char size[32], rates[16], output[sizeof recorder->path + 8];
    (void)cr_text_format(size, sizeof size, "%dx%d", recorder->width, recorder->height);
    (void)cr_text_format(rates, sizeof rates, "%d", rate);
    (void)cr_text_format(output, sizeof output, "file:%s", recorder->path);
    const bool mp4 = strcmp(ending, ".mp4") == 0;
    const char *words[40] = {program, "-loglevel", "quiet", "-y", "-f", "rawvideo", "-pixel_format", "bgra",
        "-video_size", size, "-framerate", rates, "-i", "pipe:0"};
    size_t count = 14;
    if (mp4 || strcmp(ending, ".mkv") == 0) {
        static const char *const quick[] = {"-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-g", "60"};
        for (size_t i = 0; i < sizeof quick / sizeof *quick; i++)
            words[count++] = quick[i];
    }
    if (strcmp(ending, ".gif") != 0) {
        words[count++] = "-pix_fmt";
        words[count++] = "yuv420p";
    }
    if (mp4) {
        words[count++] = "-movflags";
        words[count++] = "+frag_keyframe+empty_moov";
        words[count++] = "-flush_packets";
        words[count++] = "1";
    }
    words[count] = output;
    int reason;
    recorder->process = start((char *const *)words, &recorder->pipe, &reason);
    if (recorder->process > 0)
        return 0;
    recorder->process = 0;
    (void)unlink(recorder->path);
    return cr_error_set(error, CR_ERROR_IO,
        reason == ENOENT ? "there is no ffmpeg here, which records videos; its package is ffmpeg"
                         : "ffmpeg, which records videos, cannot be started");
}

int cr_recorder_due(struct cr_recorder *recorder, double seconds) {
    if (!cr_recorder_runs(recorder))
        return 0;
    recorder->seconds += seconds < 1.0 ? seconds : 1.0;
    const int64_t by_now = (int64_t)(recorder->seconds * recorder->rate + 1e-6) + 1;
    return by_now > recorder->frames ? (int)(by_now - recorder->frames) : 0;
}

static int write_all(int pipe, const char *bytes, size_t size) {
    while (size > 0) {
        const ssize_t written = write(pipe, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return -1;
        bytes += written;
        size -= (size_t)written;
    }
    return 0;
}

int cr_recorder_add(struct cr_recorder *recorder, const void *pixels, int pitch, struct cr_error *error) {
    if (!cr_recorder_runs(recorder))
        return cr_error_set(error, CR_ERROR_IO, "nothing is being recorded");
    const char *row = pixels;
    for (int y = 0; y < recorder->height; y++, row += pitch)
        if (write_all(recorder->pipe, row, 4U * (size_t)recorder->width) != 0) {
            cr_error_set(error, CR_ERROR_IO, "ffmpeg gave up the video %.300s", recorder->path);
            const int ended = cr_recorder_end(recorder, error);
            return ended ? ended : CR_ERROR_IO;
        }
    recorder->frames++;
    return 0;
}

int cr_recorder_end(struct cr_recorder *recorder, struct cr_error *error) {
    if (!cr_recorder_runs(recorder))
        return 0;
    int status = 0;
    pid_t ended;
    (void)close(recorder->pipe);
    do
        ended = waitpid(recorder->process, &status, 0);
    while (ended < 0 && errno == EINTR);
    recorder->process = 0;
    if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    return cr_error_set(error, CR_ERROR_IO, "ffmpeg could not complete the video %.300s", recorder->path);
}
