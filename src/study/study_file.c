#include "study/study_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "io/config.h"
#include "io/config_field.h"
#include "io/config_file.h"
#include "study/study_axes.h"
#include "study/study_table.h"

struct reader {
    struct cr_study *study;
    const char *path;
    const struct cr_config_file *file;
    const config_setting_t *root;
    struct cr_error *error;
};

/* Besides these, the settings of the registry. */
static const char *const own_settings[] = {
    "name", "title", "scenario", "people", "years", "replicates", "seed", "set", "axes", "table", "measures", "series"};
enum { OWN_SETTINGS = sizeof own_settings / sizeof *own_settings };

/* Those of run.* that have a short name. */
static const char *const run_settings[] = {"people", "years", "replicates", "seed"};
enum { RUN_SETTINGS = sizeof run_settings / sizeof *run_settings };

/* Those that tell a study from a scenario. */
static const char *const marks[] = {"scenario", "design", "axes", "table"};
enum { MARKS = sizeof marks / sizeof *marks };

/* The settings that not all designs take, and those that do. */
#define CR_BIT(design) (1U << (unsigned)(design))
static const struct {
    const char *name;
    unsigned designs;
} limited[] = {
    {"points", CR_BIT(CR_DESIGN_LATIN_HYPERCUBE) | CR_BIT(CR_DESIGN_SOBOL) | CR_BIT(CR_DESIGN_HALTON) |
                   CR_BIT(CR_DESIGN_SALTELLI)},
    {"trajectories", CR_BIT(CR_DESIGN_MORRIS)},
    {"levels", CR_BIT(CR_DESIGN_MORRIS)},
    {"second_order", CR_BIT(CR_DESIGN_SALTELLI)},
    {"design_seed", CR_BIT(CR_DESIGN_LATIN_HYPERCUBE) | CR_BIT(CR_DESIGN_MORRIS) | CR_BIT(CR_DESIGN_SALTELLI)},
    {"table", CR_BIT(CR_DESIGN_TABLE)},
    {"axes", ~CR_BIT(CR_DESIGN_TABLE)},
};
enum { LIMITED = sizeof limited / sizeof *limited };

static const config_setting_t *member(const struct reader *reader, const char *name) {
    return config_setting_get_member(reader->root, name);
}

static bool is_own_setting(const char *name) {
    for (size_t i = 0; i < OWN_SETTINGS; i++)
        if (strcmp(own_settings[i], name) == 0)
            return true;
    return false;
}

static int refuse_unknown(const struct reader *reader) {
    for (int i = 0; i < config_setting_length(reader->root); i++) {
        const config_setting_t *const setting = config_setting_get_elem(reader->root, (unsigned)i);
        const char *const name = config_setting_name(setting);
        if (is_own_setting(name) || cr_registry_find(&cr_study_registry, name))
            continue;
        struct cr_nearest nearest = CR_NEAREST_INIT;
        for (size_t k = 0; k < OWN_SETTINGS; k++)
            cr_nearest_consider(&nearest, name, own_settings[k]);
        for (size_t k = 0; k < cr_study_registry.count; k++)
            cr_nearest_consider(&nearest, name, cr_study_registry.fields[k].key);
        if (config_setting_is_group(setting))
            return cr_config_refuse(reader->file, setting, reader->error,
                "unknown group %.80s; a study changes parameters by axes, or for all runs by set = [\"key=value\"]",
                name);
        return cr_config_refuse(reader->file, setting, reader->error, "unknown study setting %.80s%s%s%s", name,
            nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
    }
    return 0;
}

static int read_names(const struct reader *reader) {
    struct cr_study *const study = reader->study;
    const config_setting_t *const name = member(reader, "name"), *const title = member(reader, "title");
    int code = 0;
    cr_config_name_after_file(reader->path, study->name);
    if (name)
        code = cr_config_name(reader->file, name, study->name, reader->error);
    if (code == 0 && title)
        code = cr_config_title(reader->file, title, study->title, sizeof study->title, reader->error);
    return code;
}

/* Finds the file that a setting names, relative to the study's. */
static int find_file(const struct reader *reader, const config_setting_t *setting, char path[CR_CONFIG_PATH_SIZE]) {
    const char *relative;
    const int code = cr_config_line(reader->file, setting, config_setting_name(setting), &relative, reader->error);
    return code ? code : cr_config_file_beside(reader->file, setting, relative, path, reader->error);
}

static int read_scenario(const struct reader *reader) {
    const config_setting_t *const setting = member(reader, "scenario");
    char path[CR_CONFIG_PATH_SIZE];
    struct stat status;
    if (!setting)
        return 0;
    const int code = find_file(reader, setting, path);
    if (code)
        return code;
    if (stat(path, &status) != 0)
        return cr_config_refuse(
            reader->file, setting, reader->error, "cannot read %.200s, the scenario of this study", path);
    return cr_config_load_scenario(path, &reader->study->scenario, reader->error);
}

static int read_settings(const struct reader *reader) {
    char where[CR_CONFIG_WHERE_SIZE], design[32];
    int code = 0;
    for (size_t i = 0; code == 0 && i < cr_study_registry.count; i++) {
        const struct cr_field *const field = &cr_study_registry.fields[i];
        const config_setting_t *const setting = member(reader, field->key);
        if (setting)
            code = cr_config_field_set(field, &reader->study->settings, setting,
                cr_config_file_where(reader->file, setting, where), reader->error);
    }
    for (size_t i = 0; code == 0 && i < LIMITED; i++) {
        const config_setting_t *const setting = member(reader, limited[i].name);
        if (setting && !(limited[i].designs & CR_BIT(reader->study->settings.design)))
            code = cr_config_refuse(reader->file, setting, reader->error, "the design %s takes no %s",
                cr_study_design_name(reader->study, design, sizeof design), limited[i].name);
    }
    return code;
}

static int read_run_settings(const struct reader *reader) {
    int code = 0;
    for (size_t i = 0; code == 0 && i < RUN_SETTINGS; i++) {
        const config_setting_t *const setting = member(reader, run_settings[i]);
        char key[32], where[CR_CONFIG_WHERE_SIZE];
        const struct cr_field *field;
        void *object;
        if (!setting)
            continue;
        code = cr_scenario_find(&reader->study->scenario, cr_text_format(key, sizeof key, "run.%s", run_settings[i]),
            &field, &object, "", reader->error);
        if (code == 0)
            code = cr_config_field_set(
                field, object, setting, cr_config_file_where(reader->file, setting, where), reader->error);
    }
    return code;
}

static bool is_sequence(const config_setting_t *setting) {
    return config_setting_is_array(setting) || config_setting_is_list(setting);
}

static int read_changes(const struct reader *reader) {
    const config_setting_t *const set = member(reader, "set");
    int code = 0;
    if (set && !is_sequence(set))
        return cr_config_refuse(reader->file, set, reader->error,
            "set must be a list of changes in brackets, such as set = [\"couple.fit_weight=1.0\"]");
    for (int i = 0; set && code == 0 && i < config_setting_length(set); i++) {
        const config_setting_t *const change = config_setting_get_elem(set, (unsigned)i);
        const char *assignment;
        char where[CR_CONFIG_WHERE_SIZE];
        code = cr_config_line(reader->file, change, "a change", &assignment, reader->error);
        if (code == 0)
            code = cr_scenario_assign(
                &reader->study->scenario, assignment, cr_config_file_where(reader->file, change, where), reader->error);
    }
    return code;
}

static int read_axes(const struct reader *reader) {
    const config_setting_t *const axes = member(reader, "axes"), *const table = member(reader, "table");
    char path[CR_CONFIG_PATH_SIZE], where[CR_CONFIG_WHERE_SIZE];
    if (axes)
        return cr_study_axes_read(reader->study, reader->file, axes, reader->error);
    if (!table)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%.240s: %s", reader->path,
            reader->study->settings.design == CR_DESIGN_TABLE
                ? "the design table needs its file, such as table = \"points.csv\""
                : "a study needs axes, such as axes = ( { key = \"prototype.strength\"; values = [0.1, 1.0]; } )");
    const int code = find_file(reader, table, path);
    if (code)
        return code;
    cr_config_file_where(reader->file, table, where);
    return cr_study_table_read(reader->study, path, where, reader->error);
}

static int read_measure(
    const struct reader *reader, const config_setting_t *setting, bool course, struct cr_kept *kept) {
    const char *line;
    char where[CR_CONFIG_WHERE_SIZE];
    const int code = cr_config_line(reader->file, setting, "a measure", &line, reader->error);
    return code ? code
                : cr_kept_parse(kept, line, course, cr_config_file_where(reader->file, setting, where), reader->error);
}

static int read_kept(const struct reader *reader, const char *name, bool course, struct cr_kept_list *list) {
    const config_setting_t *const setting = member(reader, name);
    if (!setting)
        return 0;
    if (config_setting_type(setting) == CONFIG_TYPE_BOOL) {
        list->all = config_setting_get_bool(setting) != 0;
        return 0;
    }
    if (!is_sequence(setting))
        return cr_config_refuse(reader->file, setting, reader->error,
            "%s must be true, false or a list in brackets, such as [\"ssp_share\", \"style_share:secure\"]", name);
    const size_t count = (size_t)config_setting_length(setting);
    list->all = false;
    list->kept = calloc(count + 1, sizeof *list->kept);
    if (!list->kept)
        return cr_error_set(reader->error, CR_ERROR_MEMORY, "there is no memory for %s", name);
    int code = 0;
    for (; code == 0 && list->count < count; list->count++)
        code = read_measure(
            reader, config_setting_get_elem(setting, (unsigned)list->count), course, &list->kept[list->count]);
    return code;
}

static int keep_text(const struct reader *reader) {
    const size_t size = strlen(reader->file->text) + 1;
    reader->study->text = malloc(size);
    if (!reader->study->text)
        return cr_error_set(reader->error, CR_ERROR_MEMORY, "there is no memory for the text of %.200s", reader->path);
    memcpy(reader->study->text, reader->file->text, size);
    return 0;
}

static int check(const struct reader *reader) {
    struct cr_error own = {0};
    const int code = cr_study_check(reader->study, &own);
    if (code)
        return cr_error_set(reader->error, own.code, "%.240s: %.250s", reader->path, own.sentence);
    return cr_config_check_scenario(reader->path, &reader->study->scenario, reader->error);
}

static int read_all(const struct reader *reader) {
    int code = keep_text(reader);
    if (code == 0)
        code = refuse_unknown(reader);
    if (code == 0)
        code = read_names(reader);
    if (code == 0)
        code = read_scenario(reader);
    if (code == 0)
        code = read_settings(reader);
    if (code == 0)
        code = read_run_settings(reader);
    if (code == 0)
        code = read_changes(reader);
    if (code == 0)
        code = read_axes(reader);
    if (code == 0)
        code = read_kept(reader, "measures", false, &reader->study->measures);
    if (code == 0)
        code = read_kept(reader, "series", true, &reader->study->series);
    return code ? code : check(reader);
}

/* Reads the file; a list of numbers of two kinds is easily written and known to libconfig only as a wrong one. */
static int open_file(const char *path, struct cr_config_file *file, struct cr_error *error) {
    struct cr_error own = {0};
    const int code = cr_config_file_read(path, file, &own);
    if (code)
        return cr_error_set(error, own.code, "%s%s", own.sentence,
            strstr(own.sentence, "mismatched element type") ? " (write 0.0 beside 0.5, or round brackets)" : "");
    return 0;
}

int cr_study_read(const char *path, struct cr_study *study, struct cr_error *error) {
    struct cr_config_file file;
    cr_study_init(study);
    int code = open_file(path, &file, error);
    if (code == 0) {
        const struct reader reader = {
            .study = study, .path = path, .file = &file, .root = config_root_setting(&file.config), .error = error};
        code = read_all(&reader);
    }
    cr_config_file_free(&file);
    return code;
}

bool cr_study_file_is(const char *path) {
    struct cr_config_file file;
    bool is = false;
    if (cr_config_file_read(path, &file, NULL) == 0)
        for (size_t i = 0; i < MARKS; i++)
            is = is || config_lookup(&file.config, marks[i]);
    cr_config_file_free(&file);
    return is;
}
