#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "io/folder.h"
#include "io/store_export.h"

static int export_one(const struct cr_store *store, enum cr_export_table table, struct cr_error *error) {
    int64_t rows;
    return cr_export_write(store, table, NULL, &rows, error);
}

/* Tables that a study need not have are left out when they are empty. */
static bool is_optional(enum cr_export_table table) {
    return table == CR_EXPORT_SERIES || table == CR_EXPORT_INDICES;
}

/* The folder of a run has files of the same names. */
static int refuse_run(const char *directory, struct cr_error *error) {
    char manifest[4096];
    (void)snprintf(manifest, sizeof manifest, "%s/manifest.json", directory);
    return access(manifest, F_OK) != 0
               ? 0
               : cr_error_set(error, CR_ERROR_USAGE,
                     "%s holds the files of a run, which would be replaced; name another folder", directory);
}

static int export_to(
    const struct cr_call *call, const struct cr_store *store, const char *directory, struct cr_error *error) {
    const bool one = cr_call_has(call, "table");
    int status = cr_folder_make(directory, error);
    if (status == 0)
        status = refuse_run(directory, error);
    for (int k = 0; status == 0 && k < CR_EXPORT_TABLES; k++) {
        const enum cr_export_table table = (enum cr_export_table)k;
        bool wanted = true;
        int64_t rows;
        if (one)
            wanted = k == cr_call_choice(call, "table");
        else if (is_optional(table))
            status = cr_export_has(store, table, &wanted, error);
        if (status != 0 || !wanted)
            continue;
        status = cr_export_write(store, table, directory, &rows, error);
        if (status == 0)
            (void)printf("%s/%s.csv: %lld rows\n", directory, cr_export_table_name(table), (long long)rows);
    }
    return status;
}

static int export(const struct cr_call *call, struct cr_error *error) {
    const char *directory = cr_call_text(call, "out");
    struct cr_store store;
    int status = cr_store_open(&store, call->arguments[0], CR_STORE_READ, error);
    if (status == 0)
        status = directory != NULL ? export_to(call, &store, directory, error)
                                   : export_one(&store, (enum cr_export_table)cr_call_choice(call, "table"), error);
    cr_store_close(&store);
    return status;
}

static const struct cr_option options[] = {{.name = "table",
                                               .type = CR_OPTION_CHOICE,
                                               .argument = "NAME",
                                               .choices = CR_EXPORT_WORDS,
                                               .what = "this table alone",
                                               .initial = "measures; with --out, all"},
    {.name = "out",
        .type = CR_OPTION_TEXT,
        .argument = "DIR",
        .what = "writes each table there as a file",
        .initial = "to the standard output"},
    {0}};

static const struct cr_example examples[] = {{"cradle export map.db > map.csv", "the measures of all runs"},
    {"cradle export map.db --out map", "all tables, each a file"},
    {"cradle export map.db --table runs | grep failed", "the runs that failed, and why"}, {0}};

const struct cr_command cr_command_export = {
    .name = "export",
    .summary = "writes the tables of a store as tidy CSV",
    .arguments = "STORE",
    .least = 1,
    .most = 1,
    .description =
        "Writes what a sweep's store holds as CSV, in the order of the design: measures (one row a run, measure and "
        "group), series (time courses, if the study keeps any), runs (state, seed, error), points (of the design) and "
        "indices (of cradle sensitivity). The axes of the design are columns of each, under the names of their "
        "parameters; NA stands for what is missing.\n\nThe same study gives the same bytes, whatever number of jobs, "
        "shards or ranks made the store, and after any kill. The store itself can be read from R and Python; "
        "docs/store.md tells how.",
    .options = options,
    .examples = examples,
    .main = export,
};
