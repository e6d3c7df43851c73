#include "viz/viewer/saving.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/numeric.h"
#include "base/text.h"
#include "io/folder.h"

enum { PATH_SIZE = 4096 };

static const int live_rate = 30, counted_rate = 60;

const char *cr_saving_path(const char *folder, const char *name, const char *ending, char *buffer, size_t size) {
    (void)cr_text_format(buffer, size, "%s/%s.%s", folder, name, ending);
    for (int number = 2; access(buffer, F_OK) == 0 && number < 1000000; number++)
        (void)cr_text_format(buffer, size, "%s/%s-%d.%s", folder, name, number, ending);
    return buffer;
}

/* "baseline", or "baseline-inconsistent", and the week. */
static const char *name_of(const struct cr_viewer *viewer, char *buffer, size_t size) {
    const struct cr_viewing *const viewing = viewer->viewing;
    return cr_text_format(buffer, size, "%s%s%s-week-%d", viewing->scenarios[0].name, viewing->count > 1 ? "-" : "",
        viewing->count > 1 ? viewing->scenarios[1].name : "", cr_viewer_now(viewer, 0)->week);
}

static void remember_path(struct cr_viewer *viewer, const char *path) {
    if (viewer->saved_count == CR_SAVED_MAX) {
        free(viewer->saved[0]);
        memmove(viewer->saved, viewer->saved + 1, (CR_SAVED_MAX - 1) * sizeof *viewer->saved);
        viewer->saved_count--;
    }
    viewer->saved[viewer->saved_count] = strdup(path);
    viewer->saved_count += viewer->saved[viewer->saved_count] != NULL;
}

void cr_saving_told(struct cr_viewer *viewer, const char *what, const char *path) {
    cr_viewer_tell(viewer, "%s: %s", what, path);
    remember_path(viewer, path);
}

int cr_saving_picture(struct cr_viewer *viewer, const char *path, struct cr_error *error) {
    char name[256], own[PATH_SIZE], folder[PATH_SIZE];
    int code = path ? 0 : cr_folder_make(viewer->viewing->folder, error);
    if (code)
        return code;
    const bool asked = path != NULL;
    if (!asked)
        path = cr_saving_path(viewer->viewing->folder, name_of(viewer, name, sizeof name), "png", own, sizeof own);
    const char *const last = cr_text_split_path(path, folder, sizeof folder);
    if (!last)
        return cr_error_set(error, CR_ERROR_IO, "the path %.64s... is too long", path);
    SDL_Surface *copy;
    code = cr_viewer_capture(viewer, &copy, error);
    if (code)
        return code;
    code = cr_window_save(copy, folder, last, error);
    SDL_FreeSurface(copy);
    /* Who named the file knows where it is, and wants no words about it on the next one. */
    if (code == 0 && asked)
        remember_path(viewer, path);
    else if (code == 0)
        cr_saving_told(viewer, "Picture saved", path);
    return code;
}

int cr_saving_drawings(struct cr_viewer *viewer, struct cr_error *error) {
    char name[256], path[PATH_SIZE], folder[PATH_SIZE];
    const double width = 640.0, height = 420.0;
    size_t saved = 0;
    int code = cr_folder_make(viewer->viewing->folder, error);
    for (size_t i = 0; code == 0 && i < viewer->layout.panel_count; i++) {
        if (!(viewer->layout.panel[i].width > 0.0))
            continue;
        char week[200];
        (void)cr_text_format(name, sizeof name, "%s-%s", name_of(viewer, week, sizeof week),
            cr_panel_name(cr_panels_choice(viewer->panels, i)));
        (void)cr_saving_path(viewer->viewing->folder, name, "svg", path, sizeof path);
        const char *const last = cr_text_split_path(path, folder, sizeof folder);
        code = cr_panels_write(viewer->panels, i, viewer->look.theme, width, height, folder, last, error);
        if (code == 0) {
            cr_saving_told(viewer, "Drawing saved", path);
            saved++;
        }
    }
    if (code == 0)
        cr_viewer_tell(viewer, saved ? "%zu drawings saved in %s" : "No panel is shown; G shows them", saved,
            viewer->viewing->folder);
    return code;
}

int cr_saving_record(struct cr_viewer *viewer, const char *path, struct cr_error *error) {
    char name[256], own[PATH_SIZE];
    if (cr_recorder_runs(&viewer->recorder)) {
        const int code = cr_recorder_end(&viewer->recorder, error);
        if (code == 0)
            cr_saving_told(viewer, "Video saved", viewer->recorder.path);
        return code;
    }
    int code = path ? 0 : cr_folder_make(viewer->viewing->folder, error);
    if (code)
        return code;
    if (!path)
        path = cr_saving_path(viewer->viewing->folder, name_of(viewer, name, sizeof name), "mp4", own, sizeof own);
    code = cr_recorder_begin(&viewer->recorder, path, viewer->window.width, viewer->window.height,
        viewer->viewing->counted ? counted_rate : live_rate, error);
    if (code == 0)
        cr_viewer_tell(viewer, "Recording %s; R ends it", path);
    return code;
}

static void remember_trouble(struct cr_viewer *viewer, const struct cr_error *error) {
    viewer->unwell = true;
    (void)cr_text_format(viewer->trouble, sizeof viewer->trouble, "%.240s", error->sentence);
}

/* A video keeps the size that it began with: of another size of the window all is shown in it, as large as it can be,
 * between black bars. The picture is exchanged for that one; on an error it stays. */
static int fit(SDL_Surface **picture, int width, int height, struct cr_error *error) {
    SDL_Surface *const whole = *picture;
    if ((whole->w & ~1) == width && (whole->h & ~1) == height)
        return 0;
    SDL_Surface *const fitted = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    const double share = cr_min((double)width / whole->w, (double)height / whole->h);
    SDL_Rect room = {.w = (int)cr_clamp(round(share * whole->w), 1.0, width),
        .h = (int)cr_clamp(round(share * whole->h), 1.0, height)};
    room.x = (width - room.w) / 2;
    room.y = (height - room.h) / 2;
    if (!fitted || SDL_FillRect(fitted, NULL, SDL_MapRGB(fitted->format, 0, 0, 0)) != 0 ||
        SDL_SoftStretchLinear(whole, NULL, fitted, &room) != 0) {
        SDL_FreeSurface(fitted);
        return cr_error_set(error, CR_ERROR_MEMORY, "what is seen cannot be recorded: %.200s", SDL_GetError());
    }
    SDL_FreeSurface(whole);
    *picture = fitted;
    return 0;
}

void cr_saving_frame(struct cr_viewer *viewer, double seconds) {
    struct cr_error error = {0};
    int due = cr_recorder_due(&viewer->recorder, seconds);
    if (due <= 0)
        return;
    SDL_Surface *copy;
    int code = cr_window_copy(&viewer->window, &copy, &error);
    if (code == 0)
        code = fit(&copy, viewer->recorder.width, viewer->recorder.height, &error);
    for (; code == 0 && due > 0; due--)
        code = cr_recorder_add(&viewer->recorder, copy->pixels, copy->pitch, &error);
    if (copy)
        SDL_FreeSurface(copy);
    if (code != 0) {
        cr_viewer_tell(viewer, "%s", error.sentence);
        remember_trouble(viewer, &error);
    }
}

/* Whether a world was changed by hand: its changes are not those that its scenario came with. */
static bool is_changed(const struct cr_viewer *viewer, size_t world) {
    const struct cr_snapshot *const now = cr_viewer_now(viewer, world);
    const struct cr_scenario *const scenario = &viewer->viewing->scenarios[world];
    if (now->change_count != scenario->change_count)
        return true;
    for (size_t i = 0; i < now->change_count; i++) {
        const struct cr_change *const one = &now->changes[i], *const other = &scenario->changes[i];
        if (one->week != other->week || one->field != other->field || one->value < other->value ||
            one->value > other->value)
            return true;
    }
    return false;
}

static int save_scenario(struct cr_viewer *viewer, size_t world, bool aloud, struct cr_error *error) {
    char name[128], path[PATH_SIZE];
    (void)cr_text_format(name, sizeof name, "%s-altered", viewer->viewing->scenarios[world].name);
    (void)cr_saving_path(viewer->viewing->folder, name, "cfg", path, sizeof path);
    viewer->order = cr_engine_save(&viewer->engine, world, path);
    cr_engine_wait(&viewer->engine, viewer->order);
    viewer->sight = cr_engine_look(&viewer->engine, NULL);
    if (viewer->sight->error.code != 0 || access(path, R_OK) != 0)
        return cr_error_set(error, CR_ERROR_IO, "%s",
            viewer->sight->error.code != 0 ? viewer->sight->error.sentence : "the altered scenario cannot be saved");
    cr_saving_told(viewer, "Altered scenario saved", path);
    if (aloud)
        (void)printf("the altered scenario is saved as %s\n", path);
    return 0;
}

void cr_saving_scenarios(struct cr_viewer *viewer, bool aloud) {
    struct cr_error error = {0};
    /* Time rests, so that the engine does, which is waited for. */
    cr_pace_play(&viewer->pace, false);
    cr_viewer_aim(viewer);
    bool any = false;
    int code = cr_folder_make(viewer->viewing->folder, &error);
    for (size_t w = 0; code == 0 && w < viewer->viewing->count; w++)
        if (is_changed(viewer, w)) {
            any = true;
            code = save_scenario(viewer, w, aloud, &error);
        }
    if (code == 0 && any)
        viewer->altered = false;
    else if (code == 0)
        cr_viewer_tell(viewer, "Nothing was changed by hand, so there is nothing to save");
    else {
        cr_viewer_tell(viewer, "%s", error.sentence);
        if (aloud)
            remember_trouble(viewer, &error);
    }
}
