#include "study/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const struct cr_field fields[] = {
#define CR_FIELD(name) offsetof(struct cr_study_settings, name)
#define CR_REAL_ROW(group, name, initial, minimum, maximum, unit, role, what, source)                                  \
    {#name, CR_REAL, initial, minimum, maximum, NULL, unit, role, what, source, CR_FIELD(name)},
#define CR_INTEGER_ROW(group, name, initial, minimum, maximum, unit, role, what, source)                               \
    {#name, CR_INTEGER, initial, minimum, maximum, NULL, unit, role, what, source, CR_FIELD(name)},
#define CR_BOOLEAN_ROW(group, name, initial, role, what, source)                                                       \
    {#name, CR_BOOLEAN, initial, 0, 1, NULL, "1", role, what, source, CR_FIELD(name)},
#define CR_CHOICE_ROW(group, name, initial, words, role, what, source)                                                 \
    {#name, CR_CHOICE, initial, 0, CR_LAST_CHOICE(words), words, "1", role, what, source, CR_FIELD(name)},
#include "study/study.def"
};

const struct cr_registry cr_study_registry = {"study setting", fields, sizeof fields / sizeof *fields};

void cr_study_init(struct cr_study *study) {
    memset(study, 0, sizeof *study);
    cr_scenario_init(&study->scenario);
    cr_registry_reset(&cr_study_registry, &study->settings);
    study->measures.all = true;
}

void cr_study_free(struct cr_study *study) {
    for (size_t i = 0; i < study->axis_count; i++)
        cr_axis_free(&study->axes[i]);
    free(study->axes);
    cr_kept_list_free(&study->measures);
    cr_kept_list_free(&study->series);
    free(study->text);
    study->axes = NULL;
    study->axis_count = 0;
    study->text = NULL;
    cr_scenario_free(&study->scenario);
}

int cr_study_add_axis(
    struct cr_study *study, const char *key, struct cr_axis **axis, const char *where, struct cr_error *error) {
    struct cr_axis added = {0};
    void *object;
    const int code = cr_scenario_find(&study->scenario, key, &added.field, &object, where, error);
    if (code)
        return code;
    if (study->axis_count >= CR_STUDY_AXES_MAX)
        return cr_error_set(error, CR_ERROR_CONFIG, "%sa study has at most %d axes", where, CR_STUDY_AXES_MAX);
    struct cr_axis *const grown = realloc(study->axes, (study->axis_count + 1) * sizeof *grown);
    if (!grown)
        return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for the axis %s", key);
    cr_text_format(added.key, sizeof added.key, "%s", key);
    study->axes = grown;
    *axis = &grown[study->axis_count++];
    **axis = added;
    return 0;
}

const char *cr_study_design_name(const struct cr_study *study, char *buffer, size_t size) {
    return cr_field_format(cr_registry_find(&cr_study_registry, "design"), &study->settings, buffer, size);
}

bool cr_study_lists_values(const struct cr_study *study) {
    const int design = study->settings.design;
    return design == CR_DESIGN_FACTORIAL || design == CR_DESIGN_ZIP || design == CR_DESIGN_TABLE;
}

static int64_t combinations(const struct cr_study *study) {
    int64_t product = 1;
    for (size_t i = 0; i < study->axis_count; i++) {
        const size_t count = study->axes[i].value_count;
        if (count == 0)
            return 0;
        if (count > (size_t)(CR_STUDY_RUNS_MAX / product))
            product = CR_STUDY_RUNS_MAX + 1;
        else
            product *= (int64_t)count;
        if (product > CR_STUDY_RUNS_MAX)
            return product;
    }
    return product;
}

int64_t cr_study_points(const struct cr_study *study) {
    const struct cr_study_settings *const settings = &study->settings;
    const int64_t axes = (int64_t)study->axis_count;
    switch ((enum cr_design_kind)settings->design) {
    case CR_DESIGN_FACTORIAL:
        return combinations(study);
    case CR_DESIGN_ZIP:
    case CR_DESIGN_TABLE:
        return axes > 0 ? (int64_t)study->axes[0].value_count : 0;
    case CR_DESIGN_MORRIS:
        return settings->trajectories * (axes + 1);
    case CR_DESIGN_SALTELLI:
        return settings->points * (settings->second_order ? 2 * axes + 2 : axes + 2);
    case CR_DESIGN_LATIN_HYPERCUBE:
    case CR_DESIGN_SOBOL:
    case CR_DESIGN_HALTON:
        break;
    }
    return settings->points;
}

int64_t cr_study_runs(const struct cr_study *study) {
    return cr_study_points(study) * study->scenario.parameters.run_replicates;
}

int cr_study_check_axis(const struct cr_study *study, size_t axis, const char *where, struct cr_error *error) {
    const struct cr_axis *const it = &study->axes[axis];
    if (strcmp(it->key, "run.replicates") == 0 || strcmp(it->key, "run.first_replicate") == 0)
        return cr_error_set(error, CR_ERROR_CONFIG,
            "%s%s numbers the runs of a point and cannot be an axis; every point has the same replicates", where,
            it->key);
    for (size_t i = 0; i < axis; i++)
        if (strcmp(study->axes[i].key, it->key) == 0)
            return cr_error_set(error, CR_ERROR_CONFIG, "%stwo axes have the key %s", where, it->key);
    if (!cr_study_lists_values(study))
        return cr_axis_check_range(it, where, error);
    if (it->value_count == 0)
        return cr_error_set(error, CR_ERROR_CONFIG, "%sthe axis %s has no values", where, it->key);
    if (study->settings.design != CR_DESIGN_FACTORIAL && it->value_count != study->axes[0].value_count)
        return cr_error_set(error, CR_ERROR_CONFIG, "%s%s and %s must have equally many values, not %zu and %zu", where,
            study->axes[0].key, it->key, study->axes[0].value_count, it->value_count);
    return 0;
}

/* The bounds of the sequences: those of GSL's Sobol sequence, and of what the estimators can tell apart. */
static int check_axis_count(const struct cr_study *study, struct cr_error *error) {
    size_t least = 1, most = CR_STUDY_AXES_MAX;
    switch ((enum cr_design_kind)study->settings.design) {
    case CR_DESIGN_FACTORIAL:
        least = 0;
        break;
    case CR_DESIGN_SOBOL:
        most = CR_STUDY_SOBOL_AXES_MAX;
        break;
    case CR_DESIGN_SALTELLI:
        least = study->settings.second_order ? 2 : 1;
        break;
    case CR_DESIGN_ZIP:
    case CR_DESIGN_LATIN_HYPERCUBE:
    case CR_DESIGN_HALTON:
    case CR_DESIGN_TABLE:
    case CR_DESIGN_MORRIS:
        break;
    }
    if (study->axis_count >= least && study->axis_count <= most)
        return 0;
    char design[32];
    return cr_error_set(error, CR_ERROR_CONFIG, "the design %s takes from %zu to %zu axes, not %zu",
        cr_study_design_name(study, design, sizeof design), least, most, study->axis_count);
}

int cr_study_check(const struct cr_study *study, struct cr_error *error) {
    int code = check_axis_count(study, error);
    for (size_t i = 0; code == 0 && i < study->axis_count; i++)
        code = cr_study_check_axis(study, i, "", error);
    if (code)
        return code;
    const struct cr_study_settings *const settings = &study->settings;
    if (settings->design == CR_DESIGN_SALTELLI && settings->points < 2)
        return cr_error_set(error, CR_ERROR_CONFIG, "points must be 2 or more for design saltelli, such as 1024");
    if (settings->design == CR_DESIGN_MORRIS && settings->levels % 2 != 0)
        return cr_error_set(
            error, CR_ERROR_CONFIG, "levels must be an even number, such as 4, not %lld", (long long)settings->levels);
    if (cr_study_runs(study) > CR_STUDY_RUNS_MAX)
        return cr_error_set(error, CR_ERROR_CONFIG, "the study has more than %lld runs", (long long)CR_STUDY_RUNS_MAX);
    if (!study->measures.all && study->measures.count == 0 && !study->series.all && study->series.count == 0)
        return cr_error_set(error, CR_ERROR_CONFIG, "the study keeps neither measures nor series of its runs");
    return 0;
}

int cr_study_scenario(
    const struct cr_study *study, const double *values, struct cr_scenario *scenario, struct cr_error *error) {
    int code = cr_scenario_copy(scenario, &study->scenario, error);
    for (size_t i = 0; code == 0 && i < study->axis_count; i++)
        code = cr_scenario_set(scenario, study->axes[i].key, values[i], "", error);
    return code ? code : cr_scenario_check(scenario, error);
}

bool cr_study_keeps(const struct cr_study *study, const struct cr_reading *reading) {
    return cr_kept_list_has(isnan(reading->year) ? &study->measures : &study->series, reading->measure, reading->group);
}
