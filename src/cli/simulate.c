#include "cli/simulate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/progress.h"
#include "study/evidence.h"
#include "study/replicates.h"

struct session {
    struct cr_collection *collection;
    struct cr_run_files *files; /* NULL: none are written */
    struct cr_progress progress;
};

static int take(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    struct session *session = context;
    int status = cr_collection_add(session->collection, &replicate->readings, error);
    if (status == 0 && session->files != NULL)
        status = cr_run_files_add(
            session->files, replicate->number, &replicate->record, &replicate->readings, &replicate->panel, error);
    return status;
}

static void progress(void *context, double done) {
    struct session *session = context;
    cr_progress_tell(&session->progress, done);
}

int cr_simulate(const struct cr_call *call, const struct cr_scenario *scenario, const char *directory,
    int32_t panel_interval, struct cr_collection *collection, struct cr_error *error) {
    struct cr_run_files files;
    memset(&files, 0, sizeof files);
    memset(collection, 0, sizeof *collection);
    struct session session = {.collection = collection, .files = directory != NULL ? &files : NULL};
    const struct cr_replicates_plan plan = {.scenario = scenario,
        .threads = cr_call_threads(call),
        .panel_interval = panel_interval,
        .take = take,
        .progress = progress,
        .context = &session};
    int status = directory != NULL ? cr_run_files_open(&files, directory, panel_interval > 0, error) : 0;
    if (status == 0) {
        cr_progress_begin(&session.progress, "simulating", cr_call_has(call, "quiet"));
        status = cr_replicates_run(&plan, error);
        cr_progress_end(&session.progress);
    }
    if (status == 0 && directory != NULL)
        status = cr_run_files_finish(&files, directory, scenario, error);
    cr_run_files_free(&files);
    return status;
}

/* What the callbacks below look into. */
struct judged {
    const struct cr_collection *collection;
};

static struct cr_estimate look_up(void *context, const char *measure, const char *group, int64_t replicate) {
    const struct judged *judged = context;
    const struct cr_collection *collection = judged->collection;
    const int64_t row = cr_collection_find(collection, measure, group);
    return row < 0 ? cr_estimate_undefined(0) : cr_collection_at(collection, (size_t)row, replicate);
}

static int check_measure(
    void *context, const char *measure, const char *group, const char *where, struct cr_error *error) {
    (void)context;
    (void)group;
    return cr_measure_find(measure) >= 0
               ? 0
               : cr_error_set(error, CR_ERROR_CONFIG, "%sthere is no measure %s; see cradle measures", where, measure);
}

/* The evidence that belongs to a scenario's file: "evidence" in its folder, or in the one above. */
static void find_evidence(const char *scenario_path, char *path, size_t size) {
    static const char *const places[] = {"evidence", "../evidence"};
    const char *slash = strrchr(scenario_path, '/');
    const int folder = slash == NULL ? 0 : (int)(slash - scenario_path) + 1;
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        (void)snprintf(path, size, "%.*s%s", folder, scenario_path, places[k]);
        if (access(path, R_OK) == 0)
            return;
    }
    (void)snprintf(path, size, "%.*sevidence", folder, scenario_path);
}

int cr_simulate_evidence(
    struct cr_evidence *evidence, const char *scenario_path, const char *path, struct cr_error *error) {
    char found[4096];
    find_evidence(scenario_path, found, sizeof found);
    return cr_evidence_read(evidence, path != NULL ? path : found, check_measure, NULL, error);
}

static int check_groups(
    const struct cr_collection *collection, const struct cr_evidence *evidence, struct cr_error *error) {
    for (size_t k = 0; k < evidence->entry_count; k++) {
        const struct cr_evidence_entry *entry = &evidence->entries[k];
        if (cr_collection_find(collection, entry->measure, entry->group) < 0)
            return cr_error_set(error, CR_ERROR_CONFIG,
                "%s: the measure %s of %s has no group \"%s\"; its groups are: %s", evidence->files[entry->file].path,
                entry->measure, entry->id, entry->group, cr_measures[cr_measure_find(entry->measure)].groups);
    }
    return 0;
}

int cr_simulate_verdicts(const struct cr_collection *collection, const struct cr_evidence *evidence,
    struct cr_verdict *verdicts, struct cr_error *error) {
    const int status = check_groups(collection, evidence, error);
    struct judged judged = {.collection = collection};
    if (status == 0)
        cr_evidence_judge(evidence, collection->replicates, look_up, &judged, verdicts);
    return status;
}

int cr_simulate_judge(const struct cr_collection *collection, const struct cr_evidence *evidence, size_t *misses,
    struct cr_error *error) {
    struct cr_verdict *verdicts = calloc(evidence->entry_count + 1, sizeof *verdicts);
    if (verdicts == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the table of evidence");
    const int status = cr_simulate_verdicts(collection, evidence, verdicts, error);
    if (status == 0) {
        cr_evidence_print(evidence, verdicts, stdout);
        const struct cr_evidence_tally tally = cr_evidence_count(evidence, verdicts, CR_EVIDENCE_CALIBRATED);
        *misses = tally.entries - tally.inside;
    }
    free(verdicts);
    return status;
}
