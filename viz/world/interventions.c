#include "viz/world/interventions.h"

#include <string.h>

#include "base/text.h"
#include "model/parameters.h"

static const struct cr_intervention rows[] = {
#define CR_INTERVENTION_ROW(name, title, weeks, what, settings) {name, title, weeks, what, settings},
#include "viz/world/interventions.def"
};

size_t cr_intervention_count(void) {
    return sizeof rows / sizeof *rows;
}

const struct cr_intervention *cr_intervention(size_t index) {
    return &rows[index];
}

static int read_setting(
    const char *text, size_t length, struct cr_intervention_setting *setting, struct cr_error *error) {
    char key[64], value[32];
    const size_t equals = strcspn(text, "=");
    if (equals >= length || equals >= sizeof key || length - equals > sizeof value)
        return cr_error_set(error, CR_ERROR_CONFIG, "%.*s is not key=value", (int)length, text);
    (void)cr_text_format(key, sizeof key, "%.*s", (int)equals, text);
    (void)cr_text_format(value, sizeof value, "%.*s", (int)(length - equals - 1), text + equals + 1);
    setting->field = cr_registry_find(&cr_parameter_registry, key);
    if (!setting->field)
        return cr_registry_unknown(&cr_parameter_registry, key, "", error);
    if (setting->field->role != CR_LIVE)
        return cr_error_set(error, CR_ERROR_CONFIG, "%s may not change while a run lives", key);
    struct cr_parameters scratch;
    const int code = cr_field_set_text(setting->field, &scratch, value, "", error);
    if (code == 0)
        setting->value = cr_field_get(setting->field, &scratch);
    return code;
}

int cr_intervention_settings(const struct cr_intervention *intervention,
    struct cr_intervention_setting settings[CR_INTERVENTION_SETTINGS], size_t *count, struct cr_error *error) {
    int code = 0;
    *count = 0;
    for (const char *at = intervention->settings; code == 0 && *at;) {
        const size_t length = strcspn(at, " ");
        if (*count == CR_INTERVENTION_SETTINGS)
            return cr_error_set(error, CR_ERROR_CONFIG, "%s sets more than %d parameters", intervention->name,
                CR_INTERVENTION_SETTINGS);
        code = read_setting(at, length, &settings[(*count)++], error);
        at += length + strspn(at + length, " ");
    }
    return code;
}
