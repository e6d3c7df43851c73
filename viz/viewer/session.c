#include "viz/viewer/session.h"

#include <SDL.h>

#include "base/clock.h"
#include "base/numeric.h"
#include "cli/progress.h"
#include "viz/viewer/saving.h"
#include "viz/viewer/script_play.h"
#include "viz/viewer/state.h"
#include "viz/viewer/viewer.h"

static const double frame_seconds = 1.0 / 60.0;

/* Whether it was called to end now. */
static bool is_over(const struct cr_viewer *viewer) {
    const struct cr_viewing *const viewing = viewer->viewing;
    const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
    return !viewer->going || viewer->window.lost || (viewing->frames > 0 && viewer->frames >= viewing->frames) ||
           (viewing->whole && now->week >= now->weeks && !viewer->pace.playing);
}

/* Waits for the next frame's turn, or, while nothing moves, for something to happen; half a second at most, within
 * which SDL hears of signals. */
static void wait(struct cr_viewer *viewer, double begun) {
    if (viewer->viewing->counted)
        return;
    if (!cr_viewer_moves(viewer)) {
        while (SDL_WaitEventTimeout(NULL, 500) == 0 && !viewer->window.lost)
            ;
        return;
    }
    const double left = frame_seconds - (cr_clock_seconds() - begun);
    if (!viewer->window.waits && left > 0.0)
        SDL_Delay((Uint32)(1000.0 * left));
}

static int live(struct cr_viewer *viewer, struct cr_error *error) {
    double last = cr_clock_seconds();
    int code = 0;
    while (code == 0 && !is_over(viewer)) {
        const double begun = cr_clock_seconds();
        const double seconds = viewer->viewing->counted ? frame_seconds : cr_min(begun - last, 0.25);
        last = begun;
        if (viewer->viewing->scripted)
            code = cr_script_play(viewer, error);
        if (code == 0 && viewer->going)
            code = cr_viewer_frame(viewer, seconds, error);
        /* That nothing can be drawn any more is no error then: we close. */
        if (viewer->window.lost)
            code = 0;
        if (code == 0)
            wait(viewer, begun);
    }
    return code;
}

/* Whether someone who has closed the viewer already wants it to end at once. */
static bool is_called_off(void) {
    SDL_PumpEvents();
    return SDL_HasEvent(SDL_QUIT) == SDL_TRUE;
}

/* What is not yet lived is lived now, and told on a terminal. */
static int write_files(struct cr_viewer *viewer, struct cr_error *error) {
    struct cr_progress progress;
    const char *const out = viewer->viewing->out;
    if (!viewer->written)
        viewer->order = cr_engine_write(&viewer->engine, out);
    SDL_FlushEvent(SDL_QUIT);
    cr_progress_begin(&progress, "simulating", false);
    do {
        if (is_called_off()) {
            cr_progress_end(&progress);
            cr_engine_stop(&viewer->engine);
            return cr_error_set(error, CR_ERROR_INTERRUPTED,
                "interrupted before the run was lived to its end; %.300s is not written", out);
        }
        viewer->sight = cr_engine_look(&viewer->engine, NULL);
        const struct cr_snapshot *const now = cr_viewer_now(viewer, 0);
        cr_progress_tell(&progress, now->weeks > 0 ? (double)now->week / now->weeks : 1.0);
        SDL_Delay(20);
    } while (viewer->sight->asked < viewer->order && viewer->sight->error.code == 0);
    cr_engine_wait(&viewer->engine, viewer->order);
    viewer->sight = cr_engine_look(&viewer->engine, NULL);
    cr_progress_end(&progress);
    if (viewer->sight->error.code == 0)
        return 0;
    return cr_error_set(error, viewer->sight->error.code, "%s", viewer->sight->error.sentence);
}

static int keep_first(int code, int next) {
    return code ? code : next;
}

/* Everything that is to be saved is tried, even if some of it fails. */
static int end(struct cr_viewer *viewer, int code, struct cr_error *error) {
    const struct cr_viewing *const viewing = viewer->viewing;
    if (viewing->screenshot)
        code = keep_first(code, cr_saving_picture(viewer, viewing->screenshot, error));
    if (cr_recorder_runs(&viewer->recorder))
        code = keep_first(code, cr_saving_record(viewer, NULL, error));
    if (viewer->altered)
        cr_saving_scenarios(viewer, true);
    if (viewing->state)
        code = keep_first(code, cr_state_write(viewer, viewing->state, error));
    if (viewing->out)
        code = keep_first(code, write_files(viewer, error));
    if (code == 0 && viewer->unwell)
        code = cr_error_set(error, CR_ERROR_IO, "%s", viewer->trouble);
    return code;
}

int cr_session_run(struct cr_viewing *viewing, struct cr_error *error) {
    struct cr_viewer viewer;
    int code = cr_viewer_open(&viewer, viewing, error);
    if (code == 0)
        code = end(&viewer, live(&viewer, error), error);
    cr_viewer_close(&viewer);
    return code;
}
