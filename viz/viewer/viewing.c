#include "viz/viewer/viewing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "io/manifest.h"
#include "model/simulation.h"
#include "viz/draw/window.h"
#include "viz/viewer/recorder.h"

enum { USUAL_WIDTH = 1600, USUAL_HEIGHT = 900 };

/* In a window one begins to look so long after the first are grown up (years), when there is something to see. */
enum { YEARS_GROWN = 12 };

/* Of the memory of the machine, what looking back may take at most: a quarter, and no more than 1 GiB. */
static size_t memory_to_go_back_with(void) {
    const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    const size_t most = (size_t)1 << 30U;
    if (pages <= 0 || size <= 0)
        return most / 2;
    const size_t quarter = (size_t)pages / 4 * (size_t)size;
    return quarter < most ? quarter : most;
}

static int read_size(const struct cr_call *call, struct cr_viewing *viewing, struct cr_error *error) {
    const char *const text = cr_call_text(call, "size");
    char width[16];
    int64_t across = USUAL_WIDTH, down = USUAL_HEIGHT;
    if (text) {
        const size_t length = strcspn(text, "x");
        (void)cr_text_format(width, sizeof width, "%.*s", (int)length, text);
        if (length >= sizeof width || text[length] != 'x' || cr_text_to_integer(width, &across) != 0 ||
            cr_text_to_integer(text + length + 1, &down) != 0 || across < 640 || across > 7680 || down < 400 ||
            down > 4320)
            return cr_error_set(error, CR_ERROR_USAGE,
                "--size must be WxH, from 640x400 to 7680x4320, such as 1600x900, not %.60s", text);
    }
    viewing->width = (int)across;
    viewing->height = (int)down;
    return 0;
}

static int read_scenarios(const struct cr_call *call, struct cr_viewing *viewing, struct cr_error *error) {
    const char *const replay = cr_call_text(call, "replay");
    if (replay && call->argument_count > 0)
        return cr_error_set(
            error, CR_ERROR_USAGE, "--replay stands for the scenario; leave out %.200s", call->arguments[0]);
    if (!replay && call->argument_count == 0)
        return cr_error_set(error, CR_ERROR_USAGE, "a SCENARIO is missing, or --replay DIR; see cradle view --help");
    int code = 0;
    if (cr_call_has(call, "replicates"))
        return cr_error_set(
            error, CR_ERROR_USAGE, "one replicate is shown; --replicate N tells which, --replicates is for cradle run");
    if (replay) {
        for (size_t i = 0; i < call->given_count; i++)
            if (call->given[i].option->type == CR_OPTION_ASSIGNMENT ||
                call->given[i].option->type == CR_OPTION_PARAMETER)
                return cr_error_set(error, CR_ERROR_USAGE, "--%s would make it another run than the one to be replayed",
                    call->given[i].option->name);
        viewing->count = 1;
        return cr_manifest_scenario(replay, &viewing->scenarios[0], error);
    }
    for (size_t w = 0; code == 0 && w < call->argument_count; w++) {
        code = cr_call_scenario(call, call->arguments[w], &viewing->scenarios[w], error);
        viewing->count = w + 1;
    }
    return code;
}

/* Two worlds are of the same people and as long, or they could not be shown side by side. */
static int check_pair(const struct cr_viewing *viewing, struct cr_error *error) {
    const struct cr_parameters *one = &viewing->scenarios[0].parameters, *other = &viewing->scenarios[1].parameters;
    if (viewing->count < 2)
        return 0;
    if (one->run_people != other->run_people || one->run_years != other->run_years)
        return cr_error_set(
            error, CR_ERROR_USAGE, "side by side both need as many people and years; give both --people and --years");
    if (one->run_seed != other->run_seed)
        return cr_error_set(error, CR_ERROR_USAGE, "side by side both need the same luck; give both a --seed");
    return 0;
}

static int read_times(const struct cr_call *call, struct cr_viewing *viewing, struct cr_error *error) {
    const int32_t weeks = cr_simulation_weeks(&viewing->scenarios[0]);
    if (cr_call_has(call, "week") && cr_call_has(call, "year"))
        return cr_error_set(error, CR_ERROR_USAGE, "--week and --year both tell where to begin; give one of them");
    const int32_t grown = (int32_t)((viewing->scenarios[0].parameters.life_adult_age + YEARS_GROWN) * CR_WEEKS_A_YEAR);
    viewing->week = (int32_t)cr_call_integer(call, "week", viewing->counted || grown > weeks ? 0 : grown);
    if (cr_call_has(call, "year"))
        viewing->week = (int32_t)lround(cr_call_real(call, "year", 0.0) * CR_WEEKS_A_YEAR);
    if (viewing->week > weeks)
        return cr_error_set(error, CR_ERROR_USAGE, "the run is over after %d weeks, %.4g years", weeks,
            (double)weeks / CR_WEEKS_A_YEAR);
    return 0;
}

/* A script that is not there is as wrong as a scenario that is not. */
static int read_script(const struct cr_call *call, struct cr_viewing *viewing, struct cr_error *error) {
    const int code = cr_script_read(&viewing->script, cr_call_text(call, "script"), error);
    if (code != CR_ERROR_IO)
        return code;
    if (error)
        error->code = CR_ERROR_USAGE;
    return CR_ERROR_USAGE;
}

static int check_name(const char *path, const char *ending, const char *option, struct cr_error *error) {
    const size_t length = path ? strlen(path) : 0;
    if (!path || (length > strlen(ending) && strcmp(path + length - strlen(ending), ending) == 0))
        return 0;
    return cr_error_set(
        error, CR_ERROR_USAGE, "--%s writes a file whose name ends in %s, not %.200s", option, ending, path);
}

static int read_files(const struct cr_call *call, struct cr_viewing *viewing, struct cr_error *error) {
    viewing->screenshot = cr_call_text(call, "screenshot");
    viewing->video = cr_call_text(call, "video");
    viewing->state = cr_call_text(call, "state");
    viewing->out = cr_call_text(call, "out");
    viewing->folder = cr_call_has(call, "folder") ? cr_call_text(call, "folder") : ".";
    if (access(viewing->folder, F_OK) == 0 && access(viewing->folder, W_OK) != 0)
        return cr_error_set(
            error, CR_ERROR_IO, "nothing can be saved in %.200s; --folder DIR names another folder", viewing->folder);
    int code = check_name(viewing->screenshot, ".png", "screenshot", error);
    if (code == 0)
        code = check_name(viewing->state, ".json", "state", error);
    return code == 0 && viewing->video ? cr_recorder_check(viewing->video, error) : code;
}

/* Whether there is a window, and how time passes. */
static int read_ways(const struct cr_call *call, struct cr_viewing *viewing, struct cr_error *error) {
    const bool offscreen = cr_call_has(call, "offscreen"), repeats = cr_call_has(call, "repeat");
    viewing->scripted = cr_call_has(call, "script");
    viewing->frames = cr_call_integer(call, "frames", 0);
    if (viewing->screenshot && offscreen && !viewing->scripted && !viewing->video && !viewing->out)
        viewing->frames = cr_call_integer(call, "frames", 1);
    const bool headless = viewing->frames > 0 || viewing->scripted || viewing->video;
    if (repeats && viewing->out)
        return cr_error_set(error, CR_ERROR_USAGE, "--out writes one run; --repeat would never come to its end");
    if (offscreen && !headless && !viewing->out)
        return cr_error_set(
            error, CR_ERROR_USAGE, "--offscreen shows nothing; it needs --frames, --script, --video or --out");
    viewing->offscreen = offscreen || !cr_window_possible();
    if (viewing->offscreen && !headless && !offscreen) {
        const char *const display = getenv("DISPLAY");
        return cr_error_set(error, CR_ERROR_USAGE,
            "there is no display here%s%.60s%s; --frames N with --screenshot FILE.png, --video FILE or --script FILE "
            "need none",
            display && *display ? " (DISPLAY is " : "", display ? display : "",
            display && *display ? ", which does not answer)" : "");
    }
    viewing->counted = viewing->offscreen || viewing->scripted || viewing->frames > 0;
    viewing->whole = viewing->offscreen && viewing->frames == 0 && !viewing->scripted && !repeats;
    viewing->plays = !viewing->scripted;
    viewing->repeats = repeats;
    viewing->hints = !viewing->counted;
    viewing->speed = cr_call_has(call, "speed") ? (enum cr_speed)cr_call_choice(call, "speed")
                                                : (viewing->whole && !viewing->video ? CR_SPEED_FASTEST : CR_SPEED_52);
    return viewing->scripted ? read_script(call, viewing, error) : 0;
}

int cr_viewing_read(struct cr_viewing *viewing, const struct cr_call *call, struct cr_error *error) {
    memset(viewing, 0, sizeof *viewing);
    int code = read_files(call, viewing, error);
    if (code == 0)
        code = read_size(call, viewing, error);
    if (code == 0)
        code = read_scenarios(call, viewing, error);
    if (code == 0)
        code = check_pair(viewing, error);
    if (code == 0)
        code = read_ways(call, viewing, error);
    if (code == 0)
        code = read_times(call, viewing, error);
    if (code)
        return code;
    viewing->replicate =
        (uint32_t)cr_call_integer(call, "replicate", viewing->scenarios[0].parameters.run_first_replicate);
    for (size_t w = 0; w < viewing->count; w++) {
        /* What is written is then what `cradle run` writes of this one replicate. */
        viewing->scenarios[w].parameters.run_replicates = 1;
        viewing->scenarios[w].parameters.run_first_replicate = viewing->replicate;
    }
    viewing->threads = cr_call_threads(call);
    viewing->most_bytes = memory_to_go_back_with();
    viewing->arrangement = (enum cr_arrangement)cr_call_choice(call, "arrangement");
    viewing->theme = cr_call_choice(call, "theme") == 1 ? CR_THEME_LIGHT : CR_THEME_DARK;
    viewing->scale = cr_call_real(call, "scale", 0.0);
    viewing->reduced_motion = cr_call_has(call, "reduced-motion");
    return 0;
}

void cr_viewing_free(struct cr_viewing *viewing) {
    for (size_t w = 0; w < CR_WORLDS_MAX; w++)
        cr_scenario_free(&viewing->scenarios[w]);
    cr_script_free(&viewing->script);
}
