#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/findings.h"
#include "cli/progress.h"
#include "cli/simulate.h"
#include "report/comparison_page.h"
#include "study/compare.h"
#include "study/comparison_file.h"

enum { DEFAULT_REPLICATES = 20, DEFAULT_MOST = 1000, SCENARIOS_MAX = 8 };

/* All scenarios get the first one's seed and numbers, so that replicate k has the same luck in each. */
static int read_scenarios(
    const struct cr_call *call, struct cr_scenario *scenarios, int64_t *replicates, struct cr_error *error) {
    int status = 0;
    for (size_t k = 0; status == 0 && k < call->argument_count; k++) {
        status = cr_call_scenario(call, call->arguments[k], &scenarios[k], error);
        scenarios[k].parameters.run_seed = scenarios[0].parameters.run_seed;
        scenarios[k].parameters.run_first_replicate = scenarios[0].parameters.run_first_replicate;
    }
    *replicates = scenarios[0].parameters.run_replicates;
    if (!cr_call_has(call, "replicates") && *replicates == 1)
        *replicates = DEFAULT_REPLICATES;
    if (status == 0 && *replicates < 2)
        status = cr_error_set(error, CR_ERROR_USAGE, "a comparison needs --replicates of 2 or more");
    return status;
}

/* What would otherwise come out only after all has been lived. */
static int check_call(const struct cr_call *call, int64_t replicates, struct cr_error *error) {
    const char *const report = cr_call_text(call, "report");
    char folder[4096];
    if (report != NULL && cr_text_split_path(report, folder, sizeof folder) == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "the path %.64s... is too long", report);
    if (report != NULL && access(folder, W_OK) != 0)
        return cr_error_set(error, CR_ERROR_IO, "%.300s cannot be written: %s", report, strerror(errno));
    if (cr_call_has(call, "most") && !cr_call_has(call, "precision"))
        return cr_error_set(error, CR_ERROR_USAGE, "--most is for --precision, which is not given");
    if (cr_call_integer(call, "most", replicates) < replicates)
        return cr_error_set(error, CR_ERROR_USAGE, "--most must be no less than the %lld replicates to begin with",
            (long long)replicates);
    return 0;
}

static void progress(void *context, double done) {
    cr_progress_tell(context, done);
}

static int run(const struct cr_call *call, struct cr_scenario *scenarios, int64_t replicates,
    const struct cr_kept_list *wanted, struct cr_compared *compared, struct cr_error *error) {
    struct cr_progress line;
    const double precision = cr_call_real(call, "precision", 0.0);
    const int64_t most = precision > 0.0 ? cr_call_integer(call, "most", DEFAULT_MOST) : replicates;
    const struct cr_compare_plan plan = {.scenarios = scenarios,
        .count = call->argument_count,
        .replicates = replicates,
        .paired = !cr_call_has(call, "independent"),
        .wanted = wanted,
        .precision = precision,
        .most = most > replicates ? most : replicates,
        .resamples = (size_t)cr_call_integer(call, "resamples", 2000),
        .level = cr_call_real(call, "level", 0.95),
        .threads = cr_call_threads(call),
        .progress = progress,
        .context = &line};
    cr_progress_begin(&line, "comparing", cr_call_has(call, "quiet"));
    const int status = cr_compare_run(compared, &plan, error);
    cr_progress_end(&line);
    if (status == 0 && precision > 0.0)
        (void)printf("%lld replicates of each; the widest interval is %.3g wide%s\n", (long long)compared->replicates,
            compared->widest,
            compared->widest <= precision ? "" : ", which is more than asked: --most N allows for more replicates");
    return status;
}

/* A word as a shell reads it. */
static void print_word(FILE *stream, const char *word) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
    (void)fputc(' ', stream);
    if (*word && word[strspn(word, plain)] == '\0') {
        (void)fputs(word, stream);
        return;
    }
    (void)fputc('\'', stream);
    for (; *word; word++)
        if (*word == '\'')
            (void)fputs("'\\''", stream);
        else
            (void)fputc(*word, stream);
    (void)fputc('\'', stream);
}

/* The call as it can be typed again; the caller frees it. NULL: no memory. */
static char *command_line(const struct cr_call *call) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL)
        return NULL;
    (void)fprintf(stream, "cradle %s", call->command->name);
    for (size_t k = 0; k < call->argument_count; k++)
        print_word(stream, call->arguments[k]);
    for (size_t k = 0; k < call->given_count; k++) {
        const struct cr_given *given = &call->given[k];
        if (strcmp(given->option->name, "threads") == 0 || strcmp(given->option->name, "quiet") == 0)
            continue;
        (void)fprintf(stream, " --%s", given->option->name);
        if (given->option->type != CR_OPTION_FLAG)
            print_word(stream, given->text);
    }
    if (fclose(stream) == 0)
        return text;
    free(text);
    return NULL;
}

/* Verdicts of every scenario, one block behind the other. */
static int judge(const struct cr_compared *compared, const struct cr_evidence *evidence, struct cr_verdict **verdicts,
    struct cr_error *error) {
    int status = 0;
    for (size_t k = 0; status == 0 && k < compared->count; k++) {
        verdicts[k] = calloc(evidence->entry_count + 1, sizeof **verdicts);
        status = verdicts[k] != NULL
                     ? cr_simulate_verdicts(&compared->histories[k].measures, evidence, verdicts[k], error)
                     : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the table of evidence");
    }
    return status;
}

static int report(const struct cr_call *call, const struct cr_scenario *scenarios, const struct cr_compared *compared,
    const char *path, struct cr_error *error) {
    struct cr_evidence evidence = {0};
    struct cr_verdict *verdicts[SCENARIOS_MAX] = {NULL};
    struct cr_error none = {0};
    /* A scenario need not lie where there is evidence. */
    const bool judged = cr_simulate_evidence(&evidence, call->arguments[0], NULL, &none) == 0;
    char *command = command_line(call);
    int status = command != NULL ? 0 : cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the report");
    if (status == 0 && judged)
        status = judge(compared, &evidence, verdicts, error);
    const struct cr_comparison_page page = {.scenarios = scenarios,
        .histories = compared->histories,
        .count = compared->count,
        .comparisons = compared->comparisons,
        .evidence = judged ? &evidence : NULL,
        .verdicts = verdicts,
        .command = command};
    if (status == 0)
        status = cr_comparison_page_write(&page, path, error);
    for (size_t k = 0; k < SCENARIOS_MAX; k++)
        free(verdicts[k]);
    free(command);
    cr_evidence_free(&evidence);
    return status;
}

static int compare(const struct cr_call *call, struct cr_error *error) {
    struct cr_scenario scenarios[SCENARIOS_MAX];
    struct cr_compared compared = {0};
    struct cr_kept_list wanted = {0};
    const char *const measures = cr_call_text(call, "measures");
    const char *const directory = cr_call_text(call, "out");
    const char *const page = cr_call_text(call, "report");
    int64_t replicates;
    for (size_t k = 0; k < SCENARIOS_MAX; k++)
        cr_scenario_init(&scenarios[k]);
    int status = read_scenarios(call, scenarios, &replicates, error);
    if (status == 0)
        status = check_call(call, replicates, error);
    if (status == 0 && measures != NULL)
        status = cr_kept_list_parse(&wanted, measures, "--measures: ", error);
    if (status == 0)
        status = run(call, scenarios, replicates, measures != NULL ? &wanted : NULL, &compared, error);
    /* Files first: whoever reads what is printed may stop reading. */
    if (status == 0 && directory != NULL)
        status = cr_comparison_write(&compared, scenarios, directory, error);
    if (status == 0 && page != NULL)
        status = report(call, scenarios, &compared, page, error);
    if (status == 0)
        status = cr_findings_print(&compared, scenarios, error);
    if (status == 0 && page != NULL)
        (void)printf("\nThe report is in %s\n", page);
    cr_compared_free(&compared);
    cr_kept_list_free(&wanted);
    for (size_t k = 0; k < SCENARIOS_MAX; k++)
        cr_scenario_free(&scenarios[k]);
    return status;
}

static const struct cr_option options[] = {CR_SIMULATE_OPTIONS,
    {.name = "measures",
        .type = CR_OPTION_TEXT,
        .argument = "LIST",
        .what = "compares these measures alone, and corrects for them: MEASURE or MEASURE:GROUP, separated by commas",
        .initial = "all"},
    {.name = "report",
        .type = CR_OPTION_TEXT,
        .argument = "FILE",
        .what = "writes the report there: one HTML page with charts"},
    {.name = "out", .type = CR_OPTION_TEXT, .argument = "DIR", .what = "writes comparison.csv and who.csv there"},
    {.name = "precision",
        .type = CR_OPTION_REAL,
        .argument = "W",
        .minimum = 1e-9,
        .maximum = 1e9,
        .what = "adds replicates until all intervals are narrower than W, in units of the measures"},
    {.name = "most",
        .type = CR_OPTION_INTEGER,
        .argument = "N",
        .minimum = 2,
        .maximum = 1000000,
        .what = "with --precision: the most replicates of each scenario",
        .initial = "1000"},
    {.name = "independent",
        .type = CR_OPTION_FLAG,
        .what = "gives each scenario luck of its own, so that replicates are not paired"},
    {.name = "level",
        .type = CR_OPTION_REAL,
        .argument = "P",
        .minimum = 0.5,
        .maximum = 0.999,
        .what = "confidence of the intervals; p is held against the rest",
        .initial = "0.95"},
    {.name = "resamples",
        .type = CR_OPTION_INTEGER,
        .argument = "N",
        .minimum = 100,
        .maximum = 100000,
        .what = "resamples of the bootstrap",
        .initial = "2000"},
    {0}};

static const struct cr_example examples[] = {
    {"cradle compare configs/baseline.cfg configs/scenarios/inconsistent.cfg", "what inconsistent care does"},
    {"cradle compare configs/baseline.cfg configs/scenarios/{attuned,rejecting}.cfg --report r.html",
        "several histories, each against the first, as a page with charts"},
    {"cradle compare A.cfg B.cfg --measures style_share:secure --precision 0.01",
        "as many replicates as it takes to know the share within .01"},
    {"cradle compare A.cfg A.cfg --independent", "how much is noise"}, {0}};

const struct cr_command cr_command_compare = {
    .name = "compare",
    .summary = "compares scenarios: paired differences, who differs, a report",
    .arguments = "SCENARIO...",
    .least = 2,
    .most = SCENARIOS_MAX,
    .description =
        "Lives two to eight scenarios under the same luck and compares each with the first, measure by measure: the "
        "mean of each over replicates, the difference with its interval (Student's t over pairs, and the bootstrap), "
        "the standardized size of the effect, and p, corrected for the number of measures (Benjamini & Hochberg). It "
        "says what differs, what does not differ by as much as matters, and what cannot be told yet; how many of the "
        "same simulated persons have another class, style or partner fate; and whether relationships last as "
        "long.\n\nReplicate k of every scenario has the same luck, the first scenario's seed and run.first_replicate "
        "deciding; so chance "
        "cancels in the differences. The options apply to all scenarios. --report writes a page that can be read, "
        "printed and sent as one file; --out the numbers as CSV.",
    .options = options,
    .examples = examples,
    .main = compare,
};
