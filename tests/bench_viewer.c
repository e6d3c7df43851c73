/* How smoothly the viewer draws while people live: bench_viewer [--quick]. Ten thousand people at 1600 x 900, software
 * rendering, the simulation living as fast as it goes at the same time. */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "viz/viewer/viewer.h"

enum { PEOPLE = 10000, WIDTH = 1600, HEIGHT = 900, BEGIN_YEAR = 25, SETTLE = 90, FRAMES_MOST = 1200 };

static const double frame_seconds = 1.0 / 60.0;

static int by_value(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Keeps to 60 frames a second as a session does; what it took, and from one frame to the next, in milliseconds. */
static int draw_frames(struct cr_viewer *viewer, int count, double *taken, double *between, struct cr_error *error) {
    double last = cr_clock_seconds();
    for (int f = 0; f < count; f++) {
        const double begun = cr_clock_seconds();
        const int code = cr_viewer_frame(viewer, f == 0 ? frame_seconds : begun - last, error);
        if (code)
            return code;
        const double work = cr_clock_seconds() - begun;
        taken[f] = 1e3 * work;
        between[f] = 1e3 * (begun - last);
        last = begun;
        if (work < frame_seconds)
            SDL_Delay((Uint32)(1e3 * (frame_seconds - work)));
    }
    return 0;
}

static void tell(const char *where, const char *what, double *taken, double *between, int count, double weeks) {
    double seconds = 0.0;
    for (int f = 0; f < count; f++)
        seconds += between[f] / 1e3;
    qsort(taken, (size_t)count, sizeof *taken, by_value);
    qsort(between, (size_t)count, sizeof *between, by_value);
    printf("%-10s %-10s %8.1f %8.1f %10.1f %8.1f %8.1f %10.1f\n", where, what, taken[count / 2],
        taken[count * 99 / 100], between[count / 2], between[count * 99 / 100], between[count - 1], weeks / seconds);
    (void)fflush(stdout);
}

static int run(bool offscreen, enum cr_arrangement arrangement, int count, struct cr_error *error) {
    static double taken[FRAMES_MOST], between[FRAMES_MOST];
    struct cr_viewing viewing;
    struct cr_viewer viewer;
    memset(&viewing, 0, sizeof viewing);
    cr_scenario_init(&viewing.scenarios[0]);
    viewing.scenarios[0].parameters.run_people = PEOPLE;
    viewing.count = 1;
    viewing.replicate = 1;
    viewing.threads = 2;
    viewing.most_bytes = (size_t)1 << 30U;
    viewing.week = BEGIN_YEAR * CR_WEEKS_A_YEAR;
    viewing.speed = CR_SPEED_FASTEST;
    viewing.arrangement = arrangement;
    viewing.theme = CR_THEME_DARK;
    viewing.width = WIDTH;
    viewing.height = HEIGHT;
    viewing.scale = 1.0;
    viewing.offscreen = offscreen;
    viewing.folder = ".";
    int code = cr_viewer_open(&viewer, &viewing, error);
    while (code == 0 && cr_viewer_now(&viewer, 0)->week < viewing.week) {
        code = cr_viewer_frame(&viewer, frame_seconds, error);
        SDL_Delay(30);
    }
    if (code == 0) {
        cr_pace_play(&viewer.pace, true);
        code = draw_frames(&viewer, SETTLE, taken, between, error);
    }
    const int32_t from = code == 0 ? cr_viewer_now(&viewer, 0)->week : 0;
    if (code == 0)
        code = draw_frames(&viewer, count, taken, between, error);
    if (code == 0)
        tell(offscreen ? "memory" : "window", cr_arrangement_names[arrangement], taken, between, count,
            cr_viewer_now(&viewer, 0)->week - from);
    cr_viewer_close(&viewer);
    cr_viewing_free(&viewing);
    return code;
}

int main(int argc, char **argv) {
    const bool quick = argc == 2 && strcmp(argv[1], "--quick") == 0;
    struct cr_error error = {0};
    int code = 0;
    if (argc > 1 && !quick) {
        (void)fprintf(stderr, "bench: usage: bench_viewer [--quick], not %s\n", argv[1]);
        return 2;
    }
    (void)SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
    printf("The viewer at %d x %d, %d people living as fast as they can, software rendering; milliseconds\n", WIDTH,
        HEIGHT, PEOPLE);
    printf("%-10s %-10s %8s %8s %10s %8s %8s %10s\n", "drawn in", "what", "a frame", "99 %", "to the next", "99 %",
        "most", "weeks/s");
    for (int window = 0; code == 0 && window <= (cr_window_possible() ? 1 : 0); window++)
        for (int a = 0; code == 0 && a < (quick ? 1 : CR_ARRANGEMENTS); a++)
            code = run(window == 0, (enum cr_arrangement)a, quick ? 300 : 900, &error);
    if (code)
        (void)fprintf(stderr, "bench: %s\n", error.sentence);
    return code ? EXIT_FAILURE : EXIT_SUCCESS;
}
