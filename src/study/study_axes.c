#include "study/study_axes.h"

#include <string.h>

#include "base/text.h"
#include "io/config_field.h"

struct reader {
    struct cr_study *study;
    const struct cr_config_file *file;
    struct cr_error *error;
};

enum { RANGE_SETTINGS = 4, STEPS_MAX = 100000, PREFIX_SIZE = CR_CONFIG_WHERE_SIZE + CR_AXIS_KEY_SIZE };

/* What an axis may say of itself, besides its key and values. */
struct spread {
    int64_t steps;
    int scale;
};
static const struct cr_field steps_field = {"steps", CR_INTEGER, 0.0, 2.0, STEPS_MAX, NULL, "values", CR_FIXED,
    "how many values there are from low to high", "", offsetof(struct spread, steps)};
static const struct cr_field scale_field = {"scale", CR_CHOICE, 0.0, 0.0, CR_LAST_CHOICE("linear|log"), "linear|log",
    "1", CR_FIXED, "whether values are spread by equal differences or by equal ratios", "",
    offsetof(struct spread, scale)};

/* The settings of one axis; NULL: not given. */
struct parts {
    const config_setting_t *group, *key, *values, *low, *high, *steps, *scale;
};

static int find_parts(const struct reader *reader, const config_setting_t *group, struct parts *parts) {
    *parts = (struct parts){.group = group};
    if (!config_setting_is_group(group))
        return cr_config_refuse(reader->file, group, reader->error,
            "an axis must stand in braces, such as { key = \"prototype.strength\"; values = [0.1, 1.0]; }");
    const struct {
        const char *name;
        const config_setting_t **part;
    } known[] = {{"key", &parts->key}, {"values", &parts->values}, {"low", &parts->low}, {"high", &parts->high},
        {"steps", &parts->steps}, {"scale", &parts->scale}};
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *const setting = config_setting_get_elem(group, (unsigned)i);
        const char *const name = config_setting_name(setting);
        struct cr_nearest nearest = CR_NEAREST_INIT;
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known && !found; k++) {
            found = strcmp(known[k].name, name) == 0;
            if (found)
                *known[k].part = setting;
            cr_nearest_consider(&nearest, name, known[k].name);
        }
        if (!found)
            return cr_config_refuse(reader->file, setting, reader->error, "unknown setting %.80s of an axis%s%s%s",
                name, nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
    }
    if (!parts->key)
        return cr_config_refuse(reader->file, group, reader->error,
            "an axis must have a key, such as { key = \"prototype.strength\"; ... }");
    return 0;
}

/* Refuses what stands in the file and does not go with the axis or the design; `what` it does not go with. */
static int refuse_part(
    const struct reader *reader, const config_setting_t *part, const struct cr_axis *axis, const char *what) {
    if (!part)
        return 0;
    return cr_config_refuse(reader->file, part, reader->error, "the axis %s takes no %s, since %s", axis->key,
        config_setting_name(part), what);
}

static int read_value(
    const struct reader *reader, const struct cr_axis *axis, const config_setting_t *setting, double *value) {
    char where[CR_CONFIG_WHERE_SIZE], prefix[PREFIX_SIZE];
    union cr_axis_room room;
    cr_axis_prefix(axis, cr_config_file_where(reader->file, setting, where), prefix, sizeof prefix);
    const int code = cr_config_field_set(axis->field, &room, setting, prefix, reader->error);
    if (code == 0)
        *value = cr_field_get(axis->field, &room);
    return code;
}

static int read_values(const struct reader *reader, struct cr_axis *axis, const config_setting_t *values) {
    if (!config_setting_is_array(values) && !config_setting_is_list(values))
        return cr_config_refuse(reader->file, values, reader->error,
            "the values of %s must stand in brackets, such as values = [0.1, 1.0]", axis->key);
    int code = 0;
    for (int i = 0; code == 0 && i < config_setting_length(values); i++) {
        double value = 0.0;
        code = read_value(reader, axis, config_setting_get_elem(values, (unsigned)i), &value);
        if (code == 0)
            code = cr_axis_add_value(axis, value, reader->error);
    }
    return code;
}

/* The axis takes every word, or false and true. */
static int take_all(const struct reader *reader, struct cr_axis *axis) {
    axis->low = axis->field->minimum;
    axis->high = axis->field->maximum;
    int code = 0;
    const int count = cr_study_lists_values(reader->study) ? (int)(axis->high - axis->low) + 1 : 0;
    for (int i = 0; code == 0 && i < count; i++)
        code = cr_axis_add_value(axis, axis->low + i, reader->error);
    return code;
}

static int read_range(const struct reader *reader, struct cr_axis *axis, const struct parts *parts) {
    const bool listed = cr_study_lists_values(reader->study);
    struct spread spread = {0};
    char where[CR_CONFIG_WHERE_SIZE];
    if (!parts->low || !parts->high || (listed && !parts->steps))
        return cr_config_refuse(reader->file, parts->group, reader->error, "the axis %s must have %s", axis->key,
            listed ? "values, or low, high and steps" : "low and high");
    int code = read_value(reader, axis, parts->low, &axis->low);
    if (code == 0)
        code = read_value(reader, axis, parts->high, &axis->high);
    if (code == 0 && parts->scale)
        code = cr_config_field_set(&scale_field, &spread, parts->scale,
            cr_config_file_where(reader->file, parts->scale, where), reader->error);
    if (code == 0 && parts->steps)
        code = cr_config_field_set(&steps_field, &spread, parts->steps,
            cr_config_file_where(reader->file, parts->steps, where), reader->error);
    axis->logarithmic = spread.scale == 1;
    if (code == 0)
        code = cr_axis_check_range(axis, cr_config_file_where(reader->file, parts->low, where), reader->error);
    if (code == 0 && listed)
        code = cr_axis_spread(
            axis, (size_t)spread.steps, cr_config_file_where(reader->file, parts->group, where), reader->error);
    return code;
}

static int refuse_parts(const struct reader *reader, const struct cr_axis *axis, const struct parts *parts) {
    const config_setting_t *const ranges[RANGE_SETTINGS] = {parts->low, parts->high, parts->steps, parts->scale};
    const bool number = axis->field->type == CR_REAL || axis->field->type == CR_INTEGER;
    const bool listed = cr_study_lists_values(reader->study);
    char design[32], what[64];
    cr_text_format(what, sizeof what, "the design is %s", cr_study_design_name(reader->study, design, sizeof design));
    int code = listed ? 0 : refuse_part(reader, parts->values, axis, what);
    if (code == 0 && !listed)
        code = refuse_part(reader, parts->steps, axis, what);
    for (size_t i = 0; code == 0 && i < RANGE_SETTINGS; i++) {
        if (parts->values)
            code = refuse_part(reader, ranges[i], axis, "it has values");
        else if (!number)
            code = refuse_part(reader, ranges[i], axis, "it is no number");
    }
    return code;
}

static int read_axis(const struct reader *reader, const config_setting_t *group) {
    struct parts parts;
    const char *key = NULL;
    char where[CR_CONFIG_WHERE_SIZE];
    struct cr_axis *axis = NULL;
    int code = find_parts(reader, group, &parts);
    if (code == 0)
        code = cr_config_line(reader->file, parts.key, "the key of an axis", &key, reader->error);
    if (code == 0)
        code = cr_study_add_axis(
            reader->study, key, &axis, cr_config_file_where(reader->file, parts.key, where), reader->error);
    if (code == 0)
        code = refuse_parts(reader, axis, &parts);
    if (code)
        return code;
    if (parts.values)
        code = read_values(reader, axis, parts.values);
    else if (axis->field->type == CR_BOOLEAN || axis->field->type == CR_CHOICE)
        code = take_all(reader, axis);
    else
        code = read_range(reader, axis, &parts);
    if (code)
        return code;
    return cr_study_check_axis(
        reader->study, reader->study->axis_count - 1, cr_config_file_where(reader->file, group, where), reader->error);
}

int cr_study_axes_read(
    struct cr_study *study, const struct cr_config_file *file, const config_setting_t *axes, struct cr_error *error) {
    const struct reader reader = {.study = study, .file = file, .error = error};
    if (!config_setting_is_list(axes))
        return cr_config_refuse(file, axes, error,
            "axes must be a list in round brackets, such as "
            "( { key = \"prototype.strength\"; values = [0.1, 1.0]; } )");
    int code = 0;
    for (int i = 0; code == 0 && i < config_setting_length(axes); i++)
        code = read_axis(&reader, config_setting_get_elem(axes, (unsigned)i));
    return code;
}
