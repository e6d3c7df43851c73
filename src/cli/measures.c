#include "measure/measures.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/listing.h"
#include "io/run_files.h"

static const char *when_taken(const struct cr_measure *measure) {
    if (measure->whole && measure->course)
        return "run, course";
    return measure->whole ? "run" : "course";
}

static void print_line(const struct cr_measure *measure) {
    char text[1024];
    printf("%-32s %-30s %-12s %s\n", measure->name, measure->unit, when_taken(measure), measure->instrument);
    cr_help_wrap(stdout, cr_text_format(text, sizeof text, "%s [groups: %s]", measure->what, measure->groups), 0, 4,
        CR_LISTING_WIDTH);
}

static void print_whole(const struct cr_measure *measure) {
    static const char *const moments[] = {"of the whole run (measures.csv)", "of every survey (series.csv)",
        "of the whole run (measures.csv), and of every survey (series.csv)"};
    printf("%s\n", measure->name);
    cr_listing_entry(stdout, "what", measure->what);
    cr_listing_entry(stdout, "groups", measure->groups);
    cr_listing_entry(stdout, "unit", measure->unit);
    cr_listing_entry(stdout, "instrument", measure->instrument);
    cr_listing_entry(stdout, "taken", moments[measure->course ? (measure->whole ? 2 : 1) : 0]);
}

static void print_row(const struct cr_measure *measure, enum cr_listing listing) {
    const char *const cells[] = {
        measure->name, measure->groups, measure->unit, measure->instrument, when_taken(measure), measure->what};
    cr_listing_row(stdout, listing, cells, sizeof cells / sizeof *cells);
}

static int unknown(const char *wanted, struct cr_error *error) {
    struct cr_nearest nearest = CR_NEAREST_INIT;
    for (int m = 0; m < cr_measure_count; m++)
        cr_nearest_consider(&nearest, wanted, cr_measures[m].name);
    return cr_error_set(error, CR_ERROR_USAGE, "unknown measure %.80s%s%s%s", wanted,
        nearest.best ? "; did you mean " : "; cradle measures lists all", nearest.best ? nearest.best : "",
        nearest.best ? "?" : "");
}

/* What the columns of the files of a run are. */
static void print_files(enum cr_listing listing) {
    static const char *const heading[] = {"file", "column", "type", "what"};
    static const char *const types[] = {
        [CR_COLUMN_REAL] = "real", [CR_COLUMN_INTEGER] = "integer", [CR_COLUMN_TEXT] = "text"};
    cr_listing_heading(stdout, listing, heading, sizeof heading / sizeof *heading);
    for (int file = 0; file < CR_RUN_FILES; file++) {
        size_t count;
        const struct cr_column *const columns = cr_run_file_columns((enum cr_run_file)file, &count);
        if (listing == CR_LISTING_TEXT)
            printf("%s%s.csv\n", file == 0 ? "" : "\n", cr_run_file_name((enum cr_run_file)file));
        for (size_t c = 0; c < count; c++) {
            const char *const cells[] = {
                cr_run_file_name((enum cr_run_file)file), columns[c].name, types[columns[c].type], columns[c].what};
            if (listing == CR_LISTING_TEXT)
                printf("  %-24s %-8s %s\n", cells[1], cells[2], cells[3]);
            else
                cr_listing_row(stdout, listing, cells, sizeof cells / sizeof *cells);
        }
    }
}

static int measures(const struct cr_call *call, struct cr_error *error) {
    static const char *const heading[] = {"measure", "groups", "unit", "instrument", "taken", "what"};
    const enum cr_listing listing = (enum cr_listing)cr_call_choice(call, "format");
    const char *const wanted = call->argument_count ? call->arguments[0] : "";
    const bool whole = cr_measure_find(wanted) >= 0;
    bool found = false;
    if (cr_call_has(call, "files")) {
        print_files(listing);
        return 0;
    }
    for (int m = 0; m < cr_measure_count; m++) {
        const char *const name = cr_measures[m].name;
        if (whole ? strcmp(name, wanted) != 0 : strncmp(name, wanted, strlen(wanted)) != 0)
            continue;
        if (!found)
            cr_listing_heading(stdout, listing, heading, sizeof heading / sizeof *heading);
        found = true;
        if (listing != CR_LISTING_TEXT)
            print_row(&cr_measures[m], listing);
        else if (whole)
            print_whole(&cr_measures[m]);
        else
            print_line(&cr_measures[m]);
    }
    return found ? 0 : unknown(wanted, error);
}

static const struct cr_option options[] = {CR_LISTING_OPTION,
    {.name = "files",
        .type = CR_OPTION_FLAG,
        .what = "tells the columns of the files that cradle run --out writes, instead of the measures"},
    {0}};

static const struct cr_example examples[] = {{"cradle measures", "every measure, its unit, instrument and definition"},
    {"cradle measures ssp", "those whose names begin so"},
    {"cradle measures --files", "the files of a run, column by column"},
    {"cradle measures --format csv", "all, to be read into R or Python"}, {0}};

const struct cr_command cr_command_measures = {
    .name = "measures",
    .summary = "shows every measure: definition, groups, unit, instrument",
    .arguments = "[NAME]",
    .least = 0,
    .most = 1,
    .description =
        "Shows what Cradle measures, as it stands in measures.csv (taken of a whole run) and series.csv (taken at "
        "every survey: its course). NAME is a whole name, which is then shown at length, or the beginning of a name; "
        "without it, all are shown.",
    .options = options,
    .examples = examples,
    .main = measures,
};
