#include "io/evidence_file.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "io/config_file.h"

/* What reading one file needs to know. */
struct reader {
    struct cr_evidence *evidence;
    const char *path; /* as given, or a file of that folder */
    const struct cr_config_file *file;
    cr_evidence_check *check;
    void *context;
    struct cr_error *error;
};

static int out_of_memory(const struct reader *reader) {
    return cr_error_set(reader->error, CR_ERROR_MEMORY, "no memory to read %s", reader->path);
}

static const char *place(const struct reader *reader, const config_setting_t *setting, char *where) {
    return cr_config_file_where(reader->file, setting, where);
}

static int refuse_unknown(
    const struct reader *reader, const config_setting_t *group, const char *const *keys, size_t key_count) {
    char where[CR_CONFIG_WHERE_SIZE];
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *setting = config_setting_get_elem(group, (unsigned)i);
        const char *name = config_setting_name(setting);
        struct cr_nearest nearest = CR_NEAREST_INIT;
        bool known = false;
        for (size_t k = 0; k < key_count; k++) {
            known = known || strcmp(keys[k], name) == 0;
            cr_nearest_consider(&nearest, name, keys[k]);
        }
        if (known)
            continue;
        if (nearest.best)
            return cr_error_set(reader->error, CR_ERROR_CONFIG, "%sunknown key %s; did you mean %s?",
                place(reader, setting, where), name, nearest.best);
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%sunknown key %s", place(reader, setting, where), name);
    }
    return 0;
}

/* A text with something in it and nothing that a terminal would take for a command. */
static int read_text(const struct reader *reader, const config_setting_t *group, const char *key, char **text) {
    char where[CR_CONFIG_WHERE_SIZE];
    const config_setting_t *setting = config_setting_get_member(group, key);
    if (!setting)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%skey %s is missing", place(reader, group, where), key);
    const char *value = config_setting_get_string(setting);
    if (!value || !*value)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%s%s must be a text", place(reader, setting, where), key);
    if (!cr_text_is_utf8(value, strlen(value)))
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%s%s is not UTF-8", place(reader, setting, where), key);
    for (const char *c = value; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return cr_error_set(
                reader->error, CR_ERROR_CONFIG, "%s%s holds a control character", place(reader, setting, where), key);
    *text = strdup(value);
    return *text ? 0 : out_of_memory(reader);
}

static int read_number(const struct reader *reader, const config_setting_t *group, const char *key, double *number) {
    char where[CR_CONFIG_WHERE_SIZE];
    const config_setting_t *setting = config_setting_get_member(group, key);
    if (!setting)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%skey %s is missing", place(reader, group, where), key);
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT:
        *number = config_setting_get_int(setting);
        break;
    case CONFIG_TYPE_INT64:
        *number = (double)config_setting_get_int64(setting);
        break;
    case CONFIG_TYPE_FLOAT:
        *number = config_setting_get_float(setting);
        break;
    default:
        *number = (double)NAN;
    }
    if (!isfinite(*number))
        return cr_error_set(
            reader->error, CR_ERROR_CONFIG, "%s%s must be a finite number", place(reader, setting, where), key);
    return 0;
}

static int check_id(const struct reader *reader, const config_setting_t *group, const char *id) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const struct cr_evidence *evidence = reader->evidence;
    char where[CR_CONFIG_WHERE_SIZE];
    place(reader, config_setting_get_member(group, "id"), where);
    if (id[strspn(id, allowed)] != '\0' || strlen(id) > CR_EVIDENCE_ID_MAX)
        return cr_error_set(reader->error, CR_ERROR_CONFIG,
            "%sid must be a word of at most %d letters, digits, '.', '-' and '_', not \"%s\"", where,
            CR_EVIDENCE_ID_MAX, id);
    for (size_t i = 0; i + 1 < evidence->entry_count; i++)
        if (strcmp(evidence->entries[i].id, id) == 0)
            return cr_error_set(reader->error, CR_ERROR_CONFIG, "%sid %s stands already in %s", where, id,
                evidence->files[evidence->entries[i].file].path);
    return 0;
}

static int read_use(const struct reader *reader, const config_setting_t *group, enum cr_evidence_use *use) {
    char where[CR_CONFIG_WHERE_SIZE];
    char *word = NULL;
    int code = read_text(reader, group, "use", &word);
    if (code)
        return code;
    if (strcmp(word, "cal") == 0)
        *use = CR_EVIDENCE_CALIBRATED;
    else if (strcmp(word, "val") == 0)
        *use = CR_EVIDENCE_HELD_OUT;
    else
        code = cr_error_set(reader->error, CR_ERROR_CONFIG,
            "%suse must be \"cal\" (may be fitted) or \"val\" (held out), not \"%s\"",
            place(reader, config_setting_get_member(group, "use"), where), word);
    free(word);
    return code;
}

/* The entry is the last of reader->evidence, which frees what it holds if this fails. */
static int read_entry(const struct reader *reader, const config_setting_t *group, struct cr_evidence_entry *entry) {
    static const char *const keys[] = {
        "id", "quantity", "value", "low", "high", "source", "use", "measure", "group", "note"};
    char where[CR_CONFIG_WHERE_SIZE];
    if (!config_setting_is_group(group))
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%san entry of evidence must stand in { braces }",
            place(reader, group, where));
    int code = refuse_unknown(reader, group, keys, sizeof keys / sizeof *keys);
    if (!code)
        code = read_text(reader, group, "id", &entry->id);
    if (!code)
        code = check_id(reader, group, entry->id);
    if (!code)
        code = read_text(reader, group, "quantity", &entry->quantity);
    if (!code)
        code = read_number(reader, group, "value", &entry->value);
    if (!code)
        code = read_number(reader, group, "low", &entry->low);
    if (!code)
        code = read_number(reader, group, "high", &entry->high);
    if (!code)
        code = read_text(reader, group, "source", &entry->source);
    if (!code)
        code = read_use(reader, group, &entry->use);
    if (!code)
        code = read_text(reader, group, "measure", &entry->measure);
    if (!code)
        code = read_text(reader, group, "group", &entry->group);
    if (!code && config_setting_get_member(group, "note"))
        code = read_text(reader, group, "note", &entry->note);
    if (code)
        return code;
    place(reader, group, where);
    if (entry->low > entry->high)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%slow (%g) of %s is above high (%g)", where, entry->low,
            entry->id, entry->high);
    if (entry->value < entry->low || entry->value > entry->high)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%svalue (%g) of %s is outside its band, %g to %g", where,
            entry->value, entry->id, entry->low, entry->high);
    if (reader->check)
        return reader->check(reader->context, entry->measure, entry->group, where, reader->error);
    return 0;
}

static struct cr_evidence_entry *new_entry(struct cr_evidence *evidence) {
    struct cr_evidence_entry *entries =
        realloc(evidence->entries, (evidence->entry_count + 1) * sizeof *evidence->entries);
    if (!entries)
        return NULL;
    evidence->entries = entries;
    struct cr_evidence_entry *entry = &entries[evidence->entry_count++];
    memset(entry, 0, sizeof *entry);
    entry->file = evidence->file_count - 1;
    return entry;
}

static int read_settings(const struct reader *reader, const config_setting_t *root) {
    static const char *const keys[] = {"title", "evidence"};
    char where[CR_CONFIG_WHERE_SIZE];
    int code = refuse_unknown(reader, root, keys, sizeof keys / sizeof *keys);
    if (!code)
        code = read_text(reader, root, "title", &reader->evidence->files[reader->evidence->file_count - 1].title);
    if (code)
        return code;
    const config_setting_t *list = config_setting_get_member(root, "evidence");
    if (!list || !config_setting_is_list(list) || config_setting_length(list) == 0)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "%sevidence must be a list of entries in ( parentheses )",
            place(reader, list ? list : root, where));
    for (int i = 0; i < config_setting_length(list); i++) {
        struct cr_evidence_entry *entry = new_entry(reader->evidence);
        if (!entry)
            return out_of_memory(reader);
        code = read_entry(reader, config_setting_get_elem(list, (unsigned)i), entry);
        if (code)
            return code;
    }
    return 0;
}

static int read_file(struct reader *reader) {
    struct cr_evidence *evidence = reader->evidence;
    struct cr_evidence_file *files = realloc(evidence->files, (evidence->file_count + 1) * sizeof *evidence->files);
    if (!files)
        return out_of_memory(reader);
    evidence->files = files;
    files[evidence->file_count++] = (struct cr_evidence_file){.path = strdup(reader->path)};
    if (!files[evidence->file_count - 1].path)
        return out_of_memory(reader);
    struct cr_config_file file;
    reader->file = &file;
    int code = cr_config_file_read(reader->path, &file, reader->error);
    if (!code)
        code = read_settings(reader, config_root_setting(&file.config));
    cr_config_file_free(&file);
    reader->file = NULL;
    return code;
}

static int is_config_file(const struct dirent *entry) {
    const size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".cfg") == 0;
}

static int by_bytes(const struct dirent **left, const struct dirent **right) {
    return strcmp((*left)->d_name, (*right)->d_name);
}

static int read_folder(struct reader *reader) {
    const char *folder = reader->path;
    struct dirent **names = NULL;
    const int count = scandir(folder, &names, is_config_file, by_bytes);
    if (count < 0)
        return cr_error_set(reader->error, CR_ERROR_CONFIG, "cannot read %s: %s", folder, strerror(errno));
    int code = 0;
    if (count == 0)
        code = cr_error_set(reader->error, CR_ERROR_CONFIG, "%s holds no file of evidence (*.cfg)", folder);
    for (int i = 0; i < count; i++) {
        const size_t size = strlen(folder) + strlen(names[i]->d_name) + 2;
        char *path = code ? NULL : malloc(size);
        if (path) {
            (void)snprintf(
                path, size, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", names[i]->d_name);
            reader->path = path;
            code = read_file(reader);
            reader->path = folder;
            free(path);
        } else if (!code)
            code = out_of_memory(reader);
        free(names[i]);
    }
    free(names);
    return code;
}

int cr_evidence_read(
    struct cr_evidence *evidence, const char *path, cr_evidence_check *check, void *context, struct cr_error *error) {
    struct reader reader = {.evidence = evidence, .path = path, .check = check, .context = context, .error = error};
    struct stat status;
    memset(evidence, 0, sizeof *evidence);
    const bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    const int code = folder ? read_folder(&reader) : read_file(&reader);
    if (code)
        cr_evidence_free(evidence);
    return code;
}

void cr_evidence_free(struct cr_evidence *evidence) {
    for (size_t i = 0; i < evidence->file_count; i++) {
        free(evidence->files[i].path);
        free(evidence->files[i].title);
    }
    for (size_t i = 0; i < evidence->entry_count; i++) {
        const struct cr_evidence_entry *entry = &evidence->entries[i];
        free(entry->id);
        free(entry->quantity);
        free(entry->source);
        free(entry->measure);
        free(entry->group);
        free(entry->note);
    }
    free(evidence->files);
    free(evidence->entries);
    memset(evidence, 0, sizeof *evidence);
}
