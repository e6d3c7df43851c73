#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "report/source_chart.h"

static const char words[] = CR_SOURCE_CHART_WORDS;

static int read_kind(const char *word, enum cr_chart_kind *kind, struct cr_error *error) {
    const int found = cr_text_choice(words, word);
    if (found < 0)
        return cr_error_set(error, CR_ERROR_USAGE, "there is no chart %.60s; there are %s", word, words);
    *kind = (enum cr_chart_kind)found;
    return 0;
}

static int write(
    const struct cr_chart *chart, const struct cr_chart_look *look, const char *path, struct cr_error *error) {
    char folder[4096];
    const char *const name = cr_text_split_path(path, folder, sizeof folder);
    if (name == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "the path %.64s... is too long", path);
    return cr_chart_write(chart, look, folder, name, error);
}

/* An option that would change nothing is a mistake. */
static int check_options(const struct cr_call *call, enum cr_chart_kind kind, struct cr_error *error) {
    const bool measures =
        kind != CR_CHART_SURVIVAL && kind != CR_CHART_HAZARD && kind != CR_CHART_DENSITY && kind != CR_CHART_FLOWS;
    if (cr_call_has(call, "measure") && !measures)
        return cr_error_set(error, CR_ERROR_USAGE, "the chart %s takes no --measure", call->arguments[0]);
    if (cr_call_has(call, "age") && kind != CR_CHART_DENSITY)
        return cr_error_set(error, CR_ERROR_USAGE, "the chart %s takes no --age; density does", call->arguments[0]);
    return 0;
}

static int chart(const struct cr_call *call, struct cr_error *error) {
    const char *const path = cr_call_text(call, "output");
    const struct cr_source source = {.path = call->arguments[1],
        .measure = cr_call_text(call, "measure"),
        .age = !cr_call_has(call, "age")          ? 0
               : cr_call_choice(call, "age") == 0 ? 18
                                                  : 40};
    struct cr_source_chart made = {0};
    enum cr_chart_kind kind = CR_CHART_LINES;
    if (path == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "--output FILE is missing: a name that ends in .svg, .png or .pdf");
    int status = read_kind(call->arguments[0], &kind, error);
    if (status == 0)
        status = check_options(call, kind, error);
    if (status == 0)
        status = cr_source_chart_init(&made, kind, &source, error);
    if (status == 0) {
        struct cr_chart_look look = {
            .theme = cr_call_choice(call, "theme") == 1 ? CR_THEME_DARK : CR_THEME_LIGHT,
            .width = cr_call_real(call, "width", 800.0),
        };
        if (cr_call_has(call, "title"))
            made.chart.title = cr_call_text(call, "title");
        look.height = cr_call_real(call, "height", cr_chart_height(&made.chart, look.width));
        status = write(&made.chart, &look, path, error);
    }
    cr_source_chart_free(&made);
    return status;
}

static const struct cr_option options[] = {
    {.name = "output",
        .letter = 'o',
        .type = CR_OPTION_TEXT,
        .argument = "FILE",
        .what = "writes the chart there; its ending says how: .svg, .png or .pdf; required"},
    {.name = "measure",
        .type = CR_OPTION_TEXT,
        .argument = "NAME",
        .what = "MEASURE or MEASURE:GROUP; of multiples several, separated by commas",
        .initial = "what suits the chart"},
    {.name = "age",
        .type = CR_OPTION_CHOICE,
        .argument = "YEARS",
        .choices = "18|40",
        .what = "of density: the age of the people",
        .initial = "the last survey"},
    {.name = "theme",
        .type = CR_OPTION_CHOICE,
        .argument = "NAME",
        .choices = "light|dark",
        .what = "on a light or a dark ground",
        .initial = "light"},
    {.name = "width",
        .type = CR_OPTION_REAL,
        .argument = "PIXELS",
        .minimum = CR_CHART_LEAST,
        .maximum = CR_CHART_MOST,
        .what = "its width, in pixels of 1/96 inch",
        .initial = "800"},
    {.name = "height",
        .type = CR_OPTION_REAL,
        .argument = "PIXELS",
        .minimum = CR_CHART_LEAST,
        .maximum = CR_CHART_MOST,
        .what = "its height",
        .initial = "what suits the chart"},
    {.name = "title", .type = CR_OPTION_TEXT, .argument = "TEXT", .what = "another title"}, {0}};

static const struct cr_example examples[] = {
    {"cradle chart survival out -o survival.svg", "how long relationships last, by the partners' styles"},
    {"cradle chart flows out -o flows.pdf", "infant class, style at 18, style at 40"},
    {"cradle chart lines out --measure satisfaction -o satisfaction.png --theme dark", "a measure over the years"},
    {"cradle chart heat map.db --measure style_share:secure -o map.svg", "a sweep over two axes"},
    {"cradle chart forest out/comparison -o forest.svg", "what cradle compare --out found"}, {0}};

const struct cr_command cr_command_chart = {
    .name = "chart",
    .summary = "draws one chart of a run's folder or a sweep's store",
    .arguments = "KIND SOURCE",
    .least = 2,
    .most = 2,
    .description =
        "Draws a chart as SVG, PNG or PDF, without a display. SOURCE is a folder that `cradle run --out` or `cradle "
        "compare --out` wrote, or the store of a sweep.\n\nKinds from a folder: lines (a measure over the years, with "
        "bands over replicates), multiples (several of them), survival and hazard (of relationships), density (adults "
        "on the plane of anxiety and avoidance), flows (infant class to style at 18 to style at 40, earned security "
        "picked out), bars (a measure's groups, with intervals), forest (the differences of a comparison). Kinds from "
        "a store: heat (a measure over two axes), lines (along one axis, one line a value of the second), bars "
        "(sensitivity indices).",
    .options = options,
    .examples = examples,
    .main = chart,
};
