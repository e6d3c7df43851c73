#include "model/registry.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

const struct cr_field *cr_registry_find(const struct cr_registry *registry, const char *key) {
    for (size_t i = 0; i < registry->count; i++)
        if (strcmp(registry->fields[i].key, key) == 0)
            return &registry->fields[i];
    return NULL;
}

void cr_field_store(const struct cr_field *field, void *object, double value) {
    void *const place = (char *)object + field->offset;
    switch (field->type) {
    case CR_REAL:
        *(double *)place = value + 0.0;
        break; /* 0 and -0 must not differ in a fingerprint */
    case CR_INTEGER:
        *(int64_t *)place = (int64_t)value;
        break;
    case CR_BOOLEAN:
        *(bool *)place = value != 0.0;
        break;
    case CR_CHOICE:
        *(int *)place = (int)value;
        break;
    }
}

void cr_registry_reset(const struct cr_registry *registry, void *object) {
    for (size_t i = 0; i < registry->count; i++)
        cr_field_store(&registry->fields[i], object, registry->fields[i].initial);
}

bool cr_registry_equal(const struct cr_registry *registry, const void *one, const void *other) {
    for (size_t i = 0; i < registry->count; i++)
        if (cr_field_get(&registry->fields[i], one) != cr_field_get(&registry->fields[i], other))
            return false;
    return true;
}

double cr_field_get(const struct cr_field *field, const void *object) {
    const void *const place = (const char *)object + field->offset;
    switch (field->type) {
    case CR_INTEGER:
        return (double)*(const int64_t *)place;
    case CR_BOOLEAN:
        return *(const bool *)place ? 1.0 : 0.0;
    case CR_CHOICE:
        return *(const int *)place;
    case CR_REAL:
        break;
    }
    return *(const double *)place;
}

int cr_field_refuse(const struct cr_field *field, const char *shown, const char *where, struct cr_error *error) {
    static const char *const kinds[] = {[CR_REAL] = "a number from ",
        [CR_INTEGER] = "a whole number from ",
        [CR_BOOLEAN] = "",
        [CR_CHOICE] = "one of "};
    char range[160];
    return cr_error_set(error, CR_ERROR_CONFIG, "%s%s must be %s%s, not %.80s%s", where, field->key, kinds[field->type],
        cr_field_range(field, range, sizeof range), *shown ? shown : "empty", strlen(shown) > 80 ? "..." : "");
}

int cr_field_set(const struct cr_field *field, void *object, double value, const char *where, struct cr_error *error) {
    const bool whole = field->type == CR_REAL || floor(value) == value;
    if (!isfinite(value) || !whole || value < field->minimum || value > field->maximum) {
        char shown[32];
        return cr_field_refuse(field, cr_text_real(value, shown, sizeof shown), where, error);
    }
    cr_field_store(field, object, value);
    return 0;
}

static int truth_of(const char *text) {
    static const char *const words[] = {"false", "true", "no", "yes", "off", "on", "0", "1"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        if (strcmp(text, words[i]) == 0)
            return i % 2;
    return -1;
}

int cr_field_set_text(
    const struct cr_field *field, void *object, const char *text, const char *where, struct cr_error *error) {
    double value = -1.0;
    int64_t whole;
    int code = 0;
    switch (field->type) {
    case CR_REAL:
        code = cr_text_to_real(text, &value);
        break;
    case CR_INTEGER:
        code = cr_text_to_integer(text, &whole);
        if (code == 0)
            value = (double)whole;
        break;
    case CR_BOOLEAN:
        value = truth_of(text);
        break;
    case CR_CHOICE:
        value = cr_text_choice(field->choices, text);
        break;
    }
    /* What was written is shown, not what it was rounded to. */
    if (code || cr_field_set(field, object, value, where, NULL))
        return cr_field_refuse(field, text, where, error);
    return 0;
}

const char *cr_field_format(const struct cr_field *field, const void *object, char *buffer, size_t size) {
    const double value = cr_field_get(field, object);
    if (field->type == CR_BOOLEAN) {
        cr_text_format(buffer, size, "%s", value != 0.0 ? "true" : "false");
    } else if (field->type == CR_CHOICE) {
        const char *word = field->choices;
        for (int skip = (int)value; skip > 0; skip--)
            word += strcspn(word, "|") + 1;
        cr_text_format(buffer, size, "%.*s", (int)strcspn(word, "|"), word);
    } else {
        cr_text_real(value, buffer, size);
    }
    return buffer;
}

const char *cr_field_range(const struct cr_field *field, char *buffer, size_t size) {
    if (field->type == CR_BOOLEAN) {
        cr_text_format(buffer, size, "true or false");
    } else if (field->type == CR_CHOICE) {
        size_t used = 0;
        for (const char *at = field->choices; *at; at++) {
            const char single[2] = {*at, '\0'};
            const char *const piece = *at == '|' ? " | " : single;
            if (used + strlen(piece) >= size)
                break;
            memcpy(buffer + used, piece, strlen(piece));
            used += strlen(piece);
        }
        if (size > 0)
            buffer[used] = '\0';
    } else {
        char low[32], high[32];
        cr_text_format(buffer, size, "%s to %s", cr_text_real(field->minimum, low, sizeof low),
            cr_text_real(field->maximum, high, sizeof high));
    }
    return buffer;
}

const char *cr_field_words(const struct cr_field *field) {
    return field->type == CR_BOOLEAN ? "false|true" : field->choices;
}

const char *cr_value_type_name(enum cr_value_type type) {
    static const char *const names[] = {
        [CR_REAL] = "real", [CR_INTEGER] = "integer", [CR_BOOLEAN] = "boolean", [CR_CHOICE] = "choice"};
    return names[type];
}

const char *cr_role_name(enum cr_role role) {
    static const char *const names[] = {[CR_FIXED] = "fixed", [CR_LIVE] = "live", [CR_INSTRUMENT] = "instrument"};
    return names[role];
}

static const char *last_part(const char *key) {
    const char *const dot = strrchr(key, '.');
    return dot ? dot + 1 : key;
}

int cr_registry_unknown(
    const struct cr_registry *registry, const char *key, const char *where, struct cr_error *error) {
    struct cr_nearest nearest = CR_NEAREST_INIT;
    for (size_t i = 0; i < registry->count; i++)
        cr_nearest_consider(&nearest, key, registry->fields[i].key);
    /* A right name in a wrong group, or in none, is far from its key letter by letter. */
    for (size_t i = 0; !nearest.best && i < registry->count; i++)
        if (strcmp(last_part(key), last_part(registry->fields[i].key)) == 0)
            nearest.best = registry->fields[i].key;
    return cr_error_set(error, CR_ERROR_CONFIG, "%sunknown %s %.80s%s%s%s", where, registry->noun, key,
        nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "", nearest.best ? "?" : "");
}
