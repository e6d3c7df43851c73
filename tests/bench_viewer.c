/* How smoothly the viewer draws while people live: bench_viewer [--quick]. Ten thousand people at 1600 x 900, software
 * rendering, the simulation living as fast as it goes at the same time; and what the panels cost, however long the run
 * is, with a tenth of the people. */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "viz/viewer/viewer.h"

enum { PEOPLE = 10000, WIDTH = 1600, HEIGHT = 900, BEGIN_YEAR = 25, LONGEST = 150, SETTLE = 90, FRAMES_MOST = 1200 };

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

/* A viewer of so many people that is being opened. */
struct sitting {
    struct cr_viewing viewing;
    struct cr_viewer viewer;
};

static int open_sitting(
    struct sitting *sitting, int64_t people, bool offscreen, enum cr_arrangement arrangement, struct cr_error *error) {
    struct cr_viewing *const viewing = &sitting->viewing;
    memset(sitting, 0, sizeof *sitting);
    cr_scenario_init(&viewing->scenarios[0]);
    viewing->scenarios[0].parameters.run_people = people;
    viewing->scenarios[0].parameters.run_years = LONGEST;
    viewing->count = 1;
    viewing->replicate = 1;
    viewing->threads = 2;
    viewing->most_bytes = (size_t)1 << 30U;
    viewing->week = BEGIN_YEAR * CR_WEEKS_A_YEAR;
    viewing->speed = CR_SPEED_FASTEST;
    viewing->arrangement = arrangement;
    viewing->theme = CR_THEME_DARK;
    viewing->width = WIDTH;
    viewing->height = HEIGHT;
    viewing->scale = 1.0;
    viewing->offscreen = offscreen;
    viewing->folder = ".";
    return cr_viewer_open(&sitting->viewer, viewing, error);
}

static void close_sitting(struct sitting *sitting) {
    cr_viewer_close(&sitting->viewer);
    cr_viewing_free(&sitting->viewing);
}

/* Lives on to a week, with a frame now and then. */
static int live_to(struct cr_viewer *viewer, int32_t week, struct cr_error *error) {
    int code = 0;
    cr_pace_go(&viewer->pace, week);
    cr_viewer_aim(viewer);
    while (code == 0 && cr_viewer_now(viewer, 0)->week < week) {
        code = cr_viewer_frame(viewer, frame_seconds, error);
        SDL_Delay(30);
    }
    return code;
}

static int run(bool offscreen, enum cr_arrangement arrangement, int count, struct cr_error *error) {
    static double taken[FRAMES_MOST], between[FRAMES_MOST];
    struct sitting sitting;
    struct cr_viewer *const viewer = &sitting.viewer;
    int code = open_sitting(&sitting, PEOPLE, offscreen, arrangement, error);
    if (code == 0)
        code = live_to(viewer, sitting.viewing.week, error);
    if (code == 0) {
        cr_pace_play(&viewer->pace, true);
        code = draw_frames(viewer, SETTLE, taken, between, error);
    }
    const int32_t from = code == 0 ? cr_viewer_now(viewer, 0)->week : 0;
    if (code == 0)
        code = draw_frames(viewer, count, taken, between, error);
    if (code == 0)
        tell(offscreen ? "memory" : "window", cr_arrangement_names[arrangement], taken, between, count,
            cr_viewer_now(viewer, 0)->week - from);
    close_sitting(&sitting);
    return code;
}

/* One after the other, as the thread that paints them does: makes the chart from what was found, and draws it. */
static int draw_panels(struct cr_viewer *viewer, cairo_t *cairo, struct cr_error *error) {
    const struct cr_chart_look look = {.theme = CR_THEME_DARK};
    int code = 0;
    for (size_t i = 0; code == 0 && i < CR_LAYOUT_PANELS; i++) {
        struct cr_panel_chart made;
        code = cr_panels_chart(viewer->panels, i, &made, error);
        if (code == 0)
            code = cr_chart_draw(&made.chart, &look, cairo, (struct cr_rect){0.0, 0.0, 300.0, 240.0}, NULL, error);
        cr_panel_chart_free(&made);
    }
    return code;
}

/* What the panels cost as the run gets longer. */
static int time_panels(const int *years, size_t count, struct cr_error *error) {
    enum { REPEATS = 21 };
    struct sitting sitting;
    cairo_surface_t *const surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 300, 240);
    cairo_t *const cairo = cairo_create(surface);
    int code = open_sitting(&sitting, PEOPLE / 10, true, CR_ARRANGEMENT_PLANE, error);
    for (size_t k = 0; code == 0 && k < count; k++) {
        double taken[REPEATS];
        code = live_to(&sitting.viewer, years[k] * CR_WEEKS_A_YEAR, error);
        for (int r = 0; code == 0 && r < REPEATS; r++) {
            const double begun = cr_clock_seconds();
            code = draw_panels(&sitting.viewer, cairo, error);
            taken[r] = 1e3 * (cr_clock_seconds() - begun);
        }
        qsort(taken, REPEATS, sizeof *taken, by_value);
        if (code == 0)
            printf("the %d panels drawn anew at year %3d: %.1f ms\n", CR_LAYOUT_PANELS, years[k], taken[REPEATS / 2]);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    close_sitting(&sitting);
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
    if (code == 0)
        code = time_panels((const int[]){25, 50, 100, LONGEST}, quick ? 2 : 4, &error);
    if (code)
        (void)fprintf(stderr, "bench: %s\n", error.sentence);
    return code ? EXIT_FAILURE : EXIT_SUCCESS;
}
