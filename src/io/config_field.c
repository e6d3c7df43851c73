#include "io/config_field.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static int set_whole(const struct cr_field *field, void *object, const config_setting_t *setting, const char *prefix,
    struct cr_error *error) {
    const long long value = config_setting_get_int64(setting);
    char shown[32];
    if (field->type == CR_REAL || field->type == CR_INTEGER)
        return cr_field_set(field, object, (double)value, prefix, error);
    return cr_field_refuse(field, cr_text_format(shown, sizeof shown, "the number %lld", value), prefix, error);
}

static int set_text(
    const struct cr_field *field, void *object, const char *text, const char *prefix, struct cr_error *error) {
    if (field->type == CR_CHOICE)
        return cr_field_set_text(field, object, text, prefix, error);
    char shown[96];
    return cr_field_refuse(field, cr_text_format(shown, sizeof shown, "the text \"%.70s\"", text), prefix, error);
}

int cr_config_field_set(const struct cr_field *field, void *object, const config_setting_t *setting, const char *prefix,
    struct cr_error *error) {
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        return set_whole(field, object, setting, prefix, error);
    case CONFIG_TYPE_FLOAT: {
        const double value = config_setting_get_float(setting);
        char number[32], shown[48];
        if (field->type == CR_REAL)
            return cr_field_set(field, object, value, prefix, error);
        cr_text_real(value, number, sizeof number);
        cr_text_format(shown, sizeof shown, "the real %s%s", number, strpbrk(number, ".en") ? "" : ".0");
        return cr_field_refuse(field, shown, prefix, error);
    }
    case CONFIG_TYPE_BOOL: {
        const int truth = config_setting_get_bool(setting);
        if (field->type == CR_BOOLEAN)
            return cr_field_set(field, object, truth, prefix, error);
        return cr_field_refuse(field, truth ? "true" : "false", prefix, error);
    }
    case CONFIG_TYPE_STRING:
        return set_text(field, object, config_setting_get_string(setting), prefix, error);
    case CONFIG_TYPE_GROUP:
        return cr_field_refuse(field, "a group", prefix, error);
    default:
        return cr_field_refuse(field, "a list", prefix, error);
    }
}

int cr_config_refuse(const struct cr_config_file *file, const config_setting_t *setting, struct cr_error *error,
    const char *format, ...) {
    char what[512];
    char where[CR_CONFIG_WHERE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return cr_error_set(error, CR_ERROR_CONFIG, "%s%s", cr_config_file_where(file, setting, where), what);
}

static bool is_line(const char *text) {
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            return false;
    return cr_text_is_utf8(text, strlen(text));
}

int cr_config_line(const struct cr_config_file *file, const config_setting_t *setting, const char *what,
    const char **line, struct cr_error *error) {
    *line = config_setting_get_string(setting);
    if (*line && **line && is_line(*line))
        return 0;
    return cr_config_refuse(file, setting, error, "%s must be a line of text in quotes, and not empty", what);
}

int cr_config_name(const struct cr_config_file *file, const config_setting_t *setting, char name[CR_SCENARIO_NAME_SIZE],
    struct cr_error *error) {
    const char *const text = config_setting_get_string(setting);
    if (!text || !cr_text_is_word(text, CR_SCENARIO_NAME_SIZE - 1))
        return cr_config_refuse(file, setting, error,
            "name must be a word in quotes, of at most %d letters, digits, '_' or '-'", CR_SCENARIO_NAME_SIZE - 1);
    strcpy(name, text);
    return 0;
}

int cr_config_title(const struct cr_config_file *file, const config_setting_t *setting, char *title, size_t size,
    struct cr_error *error) {
    const char *const text = config_setting_get_string(setting);
    if (!text || strlen(text) >= size || !is_line(text))
        return cr_config_refuse(
            file, setting, error, "title must be one line of text in quotes, of at most %zu bytes", size - 1);
    strcpy(title, text);
    return 0;
}

void cr_config_name_after_file(const char *path, char name[CR_SCENARIO_NAME_SIZE]) {
    const char *const slash = strrchr(path, '/');
    const char *const base = slash ? slash + 1 : path;
    size_t length = strlen(base);
    if (length > 4 && strcmp(base + length - 4, ".cfg") == 0)
        length -= 4;
    if (length >= CR_SCENARIO_NAME_SIZE)
        length = CR_SCENARIO_NAME_SIZE - 1;
    for (size_t i = 0; i < length; i++) {
        const char letter[2] = {base[i], '\0'};
        name[i] = cr_text_is_word(letter, 1) ? base[i] : '_';
    }
    name[length] = '\0';
}
