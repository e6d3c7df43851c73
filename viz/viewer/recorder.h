#ifndef CR_VIZ_RECORDER_H
#define CR_VIZ_RECORDER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* A video, by giving raw frames to ffmpeg through a pipe. Whatever ends the recording (closing, an interrupt, a kill),
 * what was recorded until then can be played: an .mp4 is written in fragments. Begin with all zero. */

struct cr_recorder {
    pid_t process; /* ffmpeg's; 0 while nothing is recorded */
    int pipe;      /* to its standard input */
    int width, height, rate;
    int64_t frames;  /* given so far */
    double seconds;  /* of the clock that cr_recorder_due counts */
    char path[4096]; /* of the file */
};

/* Whether a video can have that name: it ends in .mp4, .webm, .mkv or .gif, and is not too long. CR_ERROR_USAGE. */
CR_NODISCARD int cr_recorder_check(const char *path, struct cr_error *error);

/* Begins to record frames of that size, `rate` a second, into a file whose ending says how. Even sizes only are
 * recorded: a last odd column or row is left out. Errors of cr_recorder_check, before anything is made; CR_ERROR_IO if
 * there is no ffmpeg or the file cannot be made. */
CR_NODISCARD int cr_recorder_begin(
    struct cr_recorder *recorder, const char *path, int width, int height, int rate, struct cr_error *error);

static inline bool cr_recorder_runs(const struct cr_recorder *recorder) {
    return recorder->process > 0;
}

/* How many frames are due after further `seconds`; 0 if another picture is not yet needed. At most a second's worth. */
int cr_recorder_due(struct cr_recorder *recorder, double seconds);

/* Adds a frame: rows of 32-bit pixels, each 0xAARRGGBB, `pitch` bytes apart. CR_ERROR_IO if ffmpeg has ended; nothing
 * is recorded any more then. */
CR_NODISCARD int cr_recorder_add(struct cr_recorder *recorder, const void *pixels, int pitch, struct cr_error *error);

/* Completes the file; waits for ffmpeg to do so. Safe twice. CR_ERROR_IO if it could not. */
CR_NODISCARD int cr_recorder_end(struct cr_recorder *recorder, struct cr_error *error);

#endif
