#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/command.h"

static const char program[] = "cradle-viz";

/* Becomes the viewer that lies beside this program, or the one of PATH. Comes back only if there is none. */
static void become_viewer(char **words) {
    char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof program - 1);
    if (length > 0) {
        path[length] = '\0';
        char *slash = strrchr(path, '/');
        if (slash) {
            (void)cr_text_format(slash + 1, sizeof program, "%s", program);
            (void)execv(path, words);
        }
    }
    (void)execvp(program, words);
}

/* The viewer reads the same call by the same table (cr_command_view); arguments come last, since it has been checked
 * what is an option. */
static int view(const struct cr_call *call, struct cr_error *error) {
    enum { NAME_SIZE = 64 };
    char **words = calloc(2 * call->given_count + call->argument_count + 3, sizeof *words);
    char *names = calloc(call->given_count + 1, NAME_SIZE);
    if (words && names) {
        size_t count = 0;
        words[count++] = (char *)"cradle view"; /* what lists of processes show; messages name the program themselves */
        for (size_t i = 0; i < call->given_count; i++) {
            char *const name = names + NAME_SIZE * i;
            (void)cr_text_format(name, NAME_SIZE, "--%s", call->given[i].option->name);
            words[count++] = name;
            if (call->given[i].text)
                words[count++] = (char *)call->given[i].text;
        }
        words[count++] = (char *)"--";
        for (size_t i = 0; i < call->argument_count; i++)
            words[count++] = call->arguments[i];
        (void)fflush(stdout);
        become_viewer(words);
        cr_error_set(error, CR_ERROR_IO,
            "the viewer, %s, is neither beside this program nor in PATH (%s); ./dev view builds it where SDL2 is "
            "installed (libsdl2-dev)",
            program, strerror(errno));
    } else {
        cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for the command line");
    }
    free(words);
    free(names);
    return error->code;
}

static const struct cr_option options[] = {CR_SCENARIO_OPTIONS,
    {.name = "replicate",
        .type = CR_OPTION_INTEGER,
        .argument = "N",
        .minimum = 1,
        .maximum = CR_REPLICATE_MAX,
        .what = "which replicate is shown",
        .initial = "the scenario's first"},
    CR_THREADS_OPTION,
    {.name = "replay",
        .type = CR_OPTION_TEXT,
        .argument = "DIR",
        .what = "shows what a run wrote to a folder, lived again exactly as it was; instead of a scenario"},
    {.name = "out",
        .type = CR_OPTION_TEXT,
        .argument = "DIR",
        .what = "writes the results there, as cradle run does; what is not lived by the end is lived then",
        .initial = "no files"},
    {.name = "folder",
        .type = CR_OPTION_TEXT,
        .argument = "DIR",
        .what = "where pictures, videos and altered scenarios are saved",
        .initial = "the present one"},
    {.name = "year",
        .type = CR_OPTION_REAL,
        .argument = "X",
        .minimum = 0,
        .maximum = 150,
        .what = "begins to show in that year",
        .initial = "in a window 12 years after the first are grown up, otherwise 0"},
    {.name = "week",
        .type = CR_OPTION_INTEGER,
        .argument = "N",
        .minimum = 0,
        .maximum = 7800,
        .what = "begins to show in that week",
        .initial = "as for --year"},
    {.name = "speed",
        .type = CR_OPTION_CHOICE,
        .argument = "WEEKS",
        .choices = "1|4|13|52|260|fastest",
        .what = "weeks a second",
        .initial = "52"},
    {.name = "arrangement",
        .type = CR_OPTION_CHOICE,
        .argument = "NAME",
        .choices = "plane|map|timeline",
        .what = "how people are arranged",
        .initial = "plane"},
    {.name = "size",
        .type = CR_OPTION_TEXT,
        .argument = "WxH",
        .what = "width and height of the window in pixels, 640x400 to 7680x4320",
        .initial = "1600x900"},
    {.name = "scale",
        .type = CR_OPTION_REAL,
        .argument = "X",
        .minimum = 0.5,
        .maximum = 4,
        .what = "pixels a point; letters and all else grow with it",
        .initial = "what the screen asks for, or in a large window more: 1.75 at 3840x2160"},
    {.name = "theme",
        .type = CR_OPTION_CHOICE,
        .argument = "NAME",
        .choices = "dark|light",
        .what = "on a dark or a light ground",
        .initial = "dark"},
    {.name = "repeat",
        .type = CR_OPTION_FLAG,
        .what = "at the end begins anew, under the luck of the next replicate, again and again"},
    {.name = "reduced-motion", .type = CR_OPTION_FLAG, .what = "nothing glides, flashes or leaves a trail"},
    {.name = "offscreen", .type = CR_OPTION_FLAG, .what = "opens no window; time then passes frame by frame"},
    {.name = "frames",
        .type = CR_OPTION_INTEGER,
        .argument = "N",
        .minimum = 1,
        .maximum = 10000000,
        .what = "ends after so many frames, 60 a second"},
    {.name = "screenshot", .type = CR_OPTION_TEXT, .argument = "FILE.png", .what = "saves the last frame there"},
    {.name = "video",
        .type = CR_OPTION_TEXT,
        .argument = "FILE",
        .what = "records all frames there, as its ending says (.mp4, .webm, .mkv, .gif); needs ffmpeg"},
    {.name = "script",
        .type = CR_OPTION_TEXT,
        .argument = "FILE",
        .what = "carries out keys, clicks and waits, one a line; ends with the script"},
    {.name = "state",
        .type = CR_OPTION_TEXT,
        .argument = "FILE.json",
        .what = "writes there, at the end, what was shown: week, persons, panels, parameters, changes"},
    {0}};

static const struct cr_example examples[] = {{"cradle view configs/baseline.cfg", "watches a population live"},
    {"cradle view configs/baseline.cfg configs/scenarios/inconsistent.cfg --year 20",
        "the same people under two kinds of care, side by side"},
    {"cradle view --replay out", "what cradle run --out out lived, to look around in"},
    {"cradle view configs/baseline.cfg --year 40 --frames 120 --screenshot plane.png", "a picture, without a display"},
    {0}};

const struct cr_command cr_command_view = {
    .name = "view",
    .summary = "shows a population as it lives, one scenario or two side by side",
    .arguments = "[SCENARIO [SCENARIO2]]",
    .least = 0,
    .most = 2,
    .description =
        "Opens a window in which people live on the plane of anxiety and avoidance, as a map of who belongs to whom, "
        "or as lines of relationships, beside charts of the measures. Play, step, go back; click a person; move any "
        "live parameter; ? shows all keys. Two scenarios are shown side by side under the same luck.\n\nA viewed run "
        "that nobody touched gives, with --out DIR, the same bytes as cradle run of that replicate. What is changed by "
        "hand becomes a "
        "change of the scenario, which can be saved as a config and run again, with the same bytes.\n\nWithout a "
        "display it draws frames for --screenshot and --video, or follows a --script.",
    .options = options,
    .examples = examples,
    .main = view,
};
