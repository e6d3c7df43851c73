#include <stdio.h>

#include "cli/command.h"
#include "io/store_merge.h"
#include "io/store_runs.h"

static int merge(const struct cr_call *call, struct cr_error *error) {
    const char *path = cr_call_text(call, "store");
    struct cr_store store;
    struct cr_tally tally;
    if (path == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "--store FILE is missing: the new store");
    int status = cr_store_merge(path, call->arguments, call->argument_count, error);
    if (status != 0)
        return status;
    status = cr_store_open(&store, path, CR_STORE_READ, error);
    if (status == 0)
        status = cr_store_runs_tally(&store, &tally, error);
    cr_store_close(&store);
    if (status != 0)
        return status;
    const int64_t all = tally.done + tally.failed + tally.waiting;
    (void)printf("%s: %lld of %lld runs done, %lld failed%s\n", path, (long long)tally.done, (long long)all,
        (long long)tally.failed, tally.waiting > 0 ? "; cradle sweep --resume runs the others" : "");
    return 0;
}

static const struct cr_option options[] = {
    {.name = "store", .type = CR_OPTION_TEXT, .argument = "FILE", .what = "the new store; required"}, {0}};

static const struct cr_example examples[] = {{"cradle merge part-*.db --store map.db", "one store of all parts"}, {0}};

const struct cr_command cr_command_merge = {
    .name = "merge",
    .summary = "joins the stores of all shards of a sweep",
    .arguments = "STORE...",
    .least = 1,
    .most = (size_t)-1,
    .description =
        "Joins the stores that `cradle sweep --shard I/N` wrote into a new one, which is as if one sweep had run them "
        "all: `cradle export` gives the same bytes. Stores of different studies, scenarios or versions are refused, "
        "and told what differs; so is a missing shard. Runs that a shard has not done wait in the new store, too, and "
        "`cradle sweep --resume` runs them.",
    .options = options,
    .examples = examples,
    .main = merge,
};
