#include "cli/sweeping.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* "2/8": shard 2 of 8. */
static int read_shard(const struct cr_call *call, int64_t *shard, int64_t *shards, struct cr_error *error) {
    const char *text = cr_call_text(call, "shard");
    *shard = *shards = 1;
    if (text == NULL)
        return 0;
    char first[24];
    const char *slash = strchr(text, '/');
    cr_text_format(first, sizeof first, "%.*s", slash == NULL ? 0 : (int)(slash - text), text);
    if (slash == NULL || cr_text_to_integer(first, shard) != 0 || cr_text_to_integer(slash + 1, shards) != 0 ||
        *shard < 1 || *shards < *shard)
        return cr_error_set(
            error, CR_ERROR_USAGE, "--shard must be I/N with 1 <= I <= N, such as 2/8, not %.80s", text);
    return 0;
}

static int sweep(const struct cr_call *call, struct cr_error *error) {
    struct cr_study study;
    struct cr_swept swept = {0};
    int64_t shard, shards;
    int status = cr_call_study(call, call->arguments[0], &study, error);
    if (status == 0)
        status = read_shard(call, &shard, &shards, error);
    if (status == 0)
        status = cr_call_sweep(call, &study, shard, shards, &swept, error);
    cr_study_free(&study);
    return status != 0 ? status : swept.failed > 0 ? CR_ERROR_NUMERIC : 0;
}

static const struct cr_option options[] = {CR_SWEEP_OPTIONS,
    {.name = "shard",
        .type = CR_OPTION_TEXT,
        .argument = "I/N",
        .what = "runs the I-th of N equal parts alone, into a store of its own; cradle merge joins them",
        .initial = "all"},
    {0}};

static const struct cr_example examples[] = {
    {"cradle check configs/studies/sensitivity_by_inconsistency.cfg", "how many runs, how long, how large"},
    {"cradle sweep configs/studies/sensitivity_by_inconsistency.cfg --store map.db", "runs them all"},
    {"cradle sweep configs/studies/sensitivity_by_inconsistency.cfg --store map.db --resume",
        "goes on after whatever has ended it"},
    {"cradle sweep STUDY --store part-3.db --shard 3/8 --resume", "the third of eight parts, as in a Slurm array"},
    {"mpirun -n 16 cradle sweep STUDY --store map.db", "on many machines at once"}, {0}};

const struct cr_command cr_command_sweep = {
    .name = "sweep",
    .summary = "runs the design of a study into a store",
    .arguments = "STUDY",
    .least = 1,
    .most = 1,
    .description =
        "Runs a scenario at all points of a study's design, every point in all replicates, and keeps the measures in "
        "one SQLite file. Replicate k has the same luck at every point, so that points differ by their parameters "
        "alone.\n\nEach run that is reported done is safe: after a kill, a full disk or a loss of power, --resume goes "
        "on where it stopped and gives the same results. Resuming with another study, scenario or version is refused, "
        "and told what differs. A run that fails is recorded with its error; the others go on, unless the study says "
        "on_failure = \"stop\".\n\nThe exit status is 1 if any run has failed. `cradle export` writes the results as "
        "CSV, the same bytes for any number of jobs, shards or ranks.",
    .options = options,
    .examples = examples,
    .main = sweep,
};
