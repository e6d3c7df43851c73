#include "io/config_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_quoted(FILE *stream, const char *name, const char *text) {
    (void)fprintf(stream, "%s = \"", name);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            (void)fputc('\\', stream);
        (void)fputc(*text, stream);
    }
    (void)fputs("\";\n", stream);
}

static void write_value(FILE *stream, const char *name, const struct cr_field *field, const void *object) {
    char value[64];
    cr_field_format(field, object, value, sizeof value);
    if (field->type == CR_INTEGER) /* never by an exponent, which would make it a real */
        (void)fprintf(stream, "%s = %" PRId64 ";", name, (int64_t)cr_field_get(field, object));
    else if (field->type == CR_CHOICE)
        (void)fprintf(stream, "%s = \"%s\";", name, value);
    else
        (void)fprintf(stream, "%s = %s;", name, value);
}

static void write_field(FILE *stream, const char *name, const struct cr_field *field, const void *object) {
    (void)fputs("    ", stream);
    write_value(stream, name, field, object);
    (void)fputc('\n', stream);
}

static size_t group_length(const struct cr_field *field) {
    return strcspn(field->key, ".");
}

static bool same_group(const struct cr_field *one, const struct cr_field *other) {
    const size_t length = group_length(one);
    return group_length(other) == length && memcmp(one->key, other->key, length) == 0;
}

static void write_parameters(FILE *stream, const struct cr_parameters *parameters) {
    const struct cr_field *const fields = cr_parameter_registry.fields;
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        bool begun = false;
        for (size_t k = 0; k < i && !begun; k++)
            begun = same_group(&fields[k], &fields[i]);
        if (begun)
            continue;
        const int length = (int)group_length(&fields[i]);
        (void)fprintf(stream, "%.*s : {\n", length, fields[i].key);
        for (size_t k = i; k < cr_parameter_registry.count; k++)
            if (same_group(&fields[k], &fields[i]))
                write_field(stream, fields[k].key + length + 1, &fields[k], parameters);
        (void)fputs("};\n", stream);
    }
}

static void write_part(FILE *stream, const struct cr_registry *registry, const char *name, const void *object) {
    (void)fprintf(stream, "%s : {\n", name);
    for (size_t i = 0; i < registry->count; i++)
        write_field(stream, registry->fields[i].key, &registry->fields[i], object);
    (void)fputs("};\n", stream);
}

static void write_change(FILE *stream, const struct cr_change *change, bool last) {
    struct cr_parameters room;
    cr_field_store(change->field, &room, change->value);
    (void)fprintf(stream, "    { week = %" PRId32 "; key = \"%s\"; ", change->week, change->field->key);
    write_value(stream, "value", change->field, &room);
    (void)fputs(last ? " }\n" : " },\n", stream);
}

static void write_scenario(FILE *stream, const struct cr_scenario *scenario) {
    if (*scenario->name)
        write_quoted(stream, "name", scenario->name);
    write_quoted(stream, "title", scenario->title);
    write_parameters(stream, &scenario->parameters);
    (void)fputs("profiles : {\n", stream);
    for (size_t i = 0; i < scenario->profile_count; i++)
        write_part(stream, &cr_profile_registry, scenario->profiles[i].name, &scenario->profiles[i].profile);
    (void)fputs("};\nevents : {\n", stream);
    for (size_t i = 0; i < scenario->event_count; i++)
        write_part(stream, &cr_event_registry, scenario->events[i].name, &scenario->events[i].event);
    (void)fputs("};\nchanges : (\n", stream);
    for (size_t i = 0; i < scenario->change_count; i++)
        write_change(stream, &scenario->changes[i], i + 1 == scenario->change_count);
    (void)fputs(");\n", stream);
}

static int check_name(const char *noun, const char *name, struct cr_error *error) {
    if (isalpha((unsigned char)*name))
        return 0;
    return cr_error_set(error, CR_ERROR_CONFIG,
        "the %s %s cannot be written in a config file, where names begin with a letter", noun, name);
}

static int check_names(const struct cr_scenario *scenario, struct cr_error *error) {
    int code = 0;
    for (size_t i = 0; code == 0 && i < scenario->profile_count; i++)
        code = check_name("profile", scenario->profiles[i].name, error);
    for (size_t i = 0; code == 0 && i < scenario->event_count; i++)
        code = check_name("event", scenario->events[i].name, error);
    return code;
}

int cr_config_text(const struct cr_scenario *scenario, char **text, struct cr_error *error) {
    size_t size = 0;
    *text = NULL;
    const int code = check_names(scenario, error);
    if (code)
        return code;
    FILE *const stream = open_memstream(text, &size);
    if (stream)
        write_scenario(stream, scenario);
    const bool written = stream && !ferror(stream);
    if (stream && fclose(stream) == 0 && written)
        return 0;
    free(*text);
    *text = NULL;
    return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for the text of a scenario");
}
