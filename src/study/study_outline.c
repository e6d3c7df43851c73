#include "study/study_outline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/config_text.h"
#include "io/manifest.h"
#include "study/design.h"

enum { FACTS_MAX = 64, VALUE_SIZE = 64 };

/* What stands behind an outline's pointers. */
struct making {
    struct cr_store_fact facts[FACTS_MAX];
    size_t fact_count;
    char values[FACTS_MAX][VALUE_SIZE]; /* of the settings */
    char shard[48], fingerprint[CR_DIGEST_HEX_SIZE];
    char *measures, *series, *axis_keys, *scenario_text; /* owned */
    struct cr_store_axis *axes;                          /* owned */
    struct cr_design design;
    bool has_design;
};

static void add(struct making *making, const char *key, const char *value, bool decides) {
    making->facts[making->fact_count++] = (struct cr_store_fact){.key = key, .value = value, .decides = decides};
}

/* "all", "none", or "measure, measure:group, ..."; NULL when memory is short. */
static char *describe(const struct cr_kept_list *list) {
    if (list->all || list->count == 0)
        return strdup(list->all ? "all" : "none");
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL)
        return NULL;
    for (size_t k = 0; k < list->count; k++)
        (void)fprintf(stream, "%s%s%s%s", k > 0 ? ", " : "", cr_measures[list->kept[k].measure].name,
            list->kept[k].group[0] != '\0' ? ":" : "", list->kept[k].group);
    return fclose(stream) == 0 ? text : NULL;
}

static char *list_keys(const struct cr_study *study) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL)
        return NULL;
    for (size_t k = 0; k < study->axis_count; k++)
        (void)fprintf(stream, "%s%s", k > 0 ? ", " : "", study->axes[k].key);
    return fclose(stream) == 0 ? text : NULL;
}

static void add_settings(struct making *making, const struct cr_study *study) {
    for (size_t k = 0; k < cr_study_registry.count; k++) {
        const struct cr_field *field = &cr_study_registry.fields[k];
        const bool decides = strcmp(field->key, "on_failure") != 0 && strcmp(field->key, "time_limit") != 0;
        char *value = making->values[making->fact_count];
        add(making, field->key, cr_field_format(field, &study->settings, value, VALUE_SIZE), decides);
    }
}

static int make(struct making *making, const struct cr_study *study, int64_t shard, int64_t shards,
    struct cr_store_outline *outline, struct cr_error *error) {
    memset(making, 0, sizeof *making);
    making->measures = describe(&study->measures);
    making->series = describe(&study->series);
    making->axis_keys = list_keys(study);
    making->axes = calloc(study->axis_count + 1, sizeof *making->axes);
    int status = cr_config_text(&study->scenario, &making->scenario_text, error);
    if (status == 0 &&
        (making->measures == NULL || making->series == NULL || making->axis_keys == NULL || making->axes == NULL))
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the outline of a study");
    if (status == 0) {
        status = cr_design_init(&making->design, study, error);
        making->has_design = true;
    }
    if (status != 0)
        return status;
    cr_fingerprint(&study->scenario, making->fingerprint);
    (void)snprintf(making->shard, sizeof making->shard, "%lld/%lld", (long long)shard, (long long)shards);
    add(making, "version", CR_VERSION, true);
    add(making, "name", study->name, false);
    add(making, "title", study->title, false);
    add(making, "shard", making->shard, true);
    add(making, "axes", making->axis_keys, true);
    add(making, "measures", making->measures, true);
    add(making, "series", making->series, true);
    add(making, "scenario_name", study->scenario.name, false);
    add(making, "fingerprint", making->fingerprint, false);
    add(making, "study_text", study->text != NULL ? study->text : "", false);
    add(making, "scenario_text", making->scenario_text, false);
    add_settings(making, study);
    for (size_t k = 0; k < study->axis_count; k++)
        making->axes[k] = (struct cr_store_axis){.key = study->axes[k].key, .field = study->axes[k].field};
    *outline = (struct cr_store_outline){.facts = making->facts,
        .fact_count = making->fact_count,
        .scenario = &study->scenario,
        .axes = making->axes,
        .axis_count = study->axis_count,
        .points = cr_study_points(study),
        .replicates = study->scenario.parameters.run_replicates,
        .first_replicate = study->scenario.parameters.run_first_replicate,
        .shard = shard,
        .shards = shards};
    return 0;
}

static void unmake(struct making *making) {
    if (making->has_design)
        cr_design_free(&making->design);
    free(making->measures);
    free(making->series);
    free(making->axis_keys);
    free(making->scenario_text);
    free(making->axes);
}

static void next_point(void *context, double *values) {
    struct making *making = context;
    cr_design_next(&making->design, values);
}

typedef int outline_user(const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error);

/* What of a study is looked at. */
struct part {
    int64_t shard, shards;
    int64_t points, replicates; /* at most */
};

static int use(const struct cr_study *study, const struct cr_store *store, struct part part, outline_user *user,
    struct cr_error *error) {
    struct making making;
    struct cr_store_outline outline;
    int status = make(&making, study, part.shard, part.shards, &outline, error);
    if (status == 0) {
        if (outline.points > part.points)
            outline.points = part.points;
        if (outline.replicates > part.replicates)
            outline.replicates = part.replicates;
        outline.next_point = next_point;
        outline.context = &making;
        status = user(store, &outline, error);
    }
    unmake(&making);
    return status;
}

int cr_study_begin(
    const struct cr_study *study, const struct cr_store *store, int64_t shard, int64_t shards, struct cr_error *error) {
    return use(study, store, (struct part){shard, shards, INT64_MAX, INT64_MAX}, cr_store_begin, error);
}

int cr_study_begin_sample(const struct cr_study *study, const struct cr_store *store, int64_t points,
    int64_t replicates, struct cr_error *error) {
    return use(study, store, (struct part){1, 1, points, replicates}, cr_store_begin, error);
}

int cr_study_compare(
    const struct cr_study *study, const struct cr_store *store, int64_t shard, int64_t shards, struct cr_error *error) {
    return use(study, store, (struct part){shard, shards, INT64_MAX, INT64_MAX}, cr_store_compare, error);
}
