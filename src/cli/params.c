#include "cli/params.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/listing.h"
#include "study/study.h"

const struct cr_field *cr_params_row(size_t index, char key[CR_PARAMS_KEY_SIZE]) {
    static const struct {
        const struct cr_registry *registry;
        const char *prefix;
    } parts[] = {{&cr_parameter_registry, ""}, {&cr_profile_registry, "profile.<name>."},
        {&cr_event_registry, "event.<name>."}, {&cr_study_registry, CR_PARAMS_STUDY}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (index < parts[i].registry->count) {
            const struct cr_field *const field = &parts[i].registry->fields[index];
            cr_text_format(key, CR_PARAMS_KEY_SIZE, "%s%s", parts[i].prefix, field->key);
            return field;
        }
        index -= parts[i].registry->count;
    }
    return NULL;
}

const char *cr_params_initial(const struct cr_field *field, char *buffer, size_t size) {
    /* cr_field_format looks for the value in a struct, at the field's place. */
    union {
        double real;
        int64_t integer;
        int choice;
        bool boolean;
    } value;
    struct cr_field here = *field;
    const struct cr_registry alone = {"", &here, 1};
    here.offset = 0;
    cr_registry_reset(&alone, &value);
    return cr_field_format(&here, &value, buffer, size);
}

static bool begins(const char *text, const char *beginning) {
    while (*beginning && *text == *beginning) {
        text++;
        beginning++;
    }
    return *beginning == '\0';
}

/* How well a row answers what was asked: 0 not, 1 as one of several, 2 as the one. `wanted` may be a key, a beginning
 * of one, or the key of a profile or event that has a name. */
static int answers(const char *key, const char *wanted) {
    if (strcmp(key, wanted) == 0)
        return 2;
    if (begins(key, wanted))
        return 1;
    const char *const gap = strchr(key, '<');
    if (!gap || strncmp(key, wanted, (size_t)(gap - key)) != 0)
        return 0;
    const char *const name = wanted + (gap - key);
    const char *const dot = strchr(name, '.');
    const char *const field = strchr(gap, '.') + 1;
    if (!dot)
        return strcmp(name, field) == 0 ? 2 : (strchr(name, '<') ? 0 : 1);
    if (strcmp(dot + 1, field) == 0)
        return 2;
    return begins(field, dot + 1);
}

static int unknown(const char *wanted, struct cr_error *error) {
    struct cr_nearest nearest = CR_NEAREST_INIT;
    char key[CR_PARAMS_KEY_SIZE], best[CR_PARAMS_KEY_SIZE] = "", alike[CR_PARAMS_KEY_SIZE] = "";
    for (size_t i = 0; cr_params_row(i, key); i++) {
        const char *const field = strrchr(key, '.') + 1;
        if (!*alike && strcmp(field, wanted) == 0)
            cr_text_format(alike, sizeof alike, "%s", key);
        for (int part = 0; part < 2; part++) { /* the key, then its group */
            const size_t before = nearest.distance;
            cr_nearest_consider(&nearest, wanted, key);
            if (nearest.distance < before)
                cr_text_format(best, sizeof best, "%s", key);
            key[strcspn(key, ".")] = '\0';
        }
    }
    const char *const offer = *alike ? alike : best;
    return cr_error_set(error, CR_ERROR_USAGE, "unknown parameter %.80s%s%s%s", wanted,
        *offer ? "; did you mean " : "; cradle params lists all", offer, *offer ? "?" : "");
}

static void print_line(const char *key, const struct cr_field *field) {
    enum { RANGE = 26 };
    char initial[64], range[256], text[1024];
    cr_field_range(field, range, sizeof range);
    const bool fits = strlen(range) <= RANGE;
    printf("%-36s %-14s %-26s %-18s %s, %s\n", key, cr_params_initial(field, initial, sizeof initial),
        fits ? range : "", field->unit, cr_value_type_name(field->type), cr_role_name(field->role));
    cr_text_format(text, sizeof text, "%s%s%s [%s]", fits ? "" : range, fits ? "" : ": ", field->what, field->source);
    cr_help_wrap(stdout, text, 0, 4, CR_LISTING_WIDTH);
}

static void print_whole(const char *key, const struct cr_field *field) {
    static const char *const roles[] = {[CR_FIXED] = "fixed: shapes the simulation; set before the run",
        [CR_LIVE] = "live: shapes the simulation; may change while it runs",
        [CR_INSTRUMENT] = "instrument: shapes only what is measured, never what happens"};
    char initial[64], range[256], write[256];
    const bool quoted = field->type == CR_CHOICE;
    cr_params_initial(field, initial, sizeof initial);
    printf("%s\n", key);
    cr_listing_entry(stdout, "what", field->what);
    cr_listing_entry(stdout, "type", cr_value_type_name(field->type));
    cr_listing_entry(stdout, "default", initial);
    cr_listing_entry(stdout, "range", cr_field_range(field, range, sizeof range));
    cr_listing_entry(stdout, "unit", field->unit);
    if (!begins(key, CR_PARAMS_STUDY))
        cr_listing_entry(stdout, "role", roles[field->role]);
    cr_listing_entry(stdout, "source", field->source);
    if (begins(key, CR_PARAMS_STUDY))
        cr_text_format(write, sizeof write, "%s = %s%s%s;  at the top of a study file", field->key, quoted ? "\"" : "",
            initial, quoted ? "\"" : "");
    else if (strchr(key, '<'))
        cr_text_format(write, sizeof write, "%.*ss : { some_name : { %s = %s; }; };  or  --set %.*s.some_name.%s=%s",
            (int)strcspn(key, "."), key, field->key, initial, (int)strcspn(key, "."), key, field->key, initial);
    else
        cr_text_format(write, sizeof write, "%.*s : { %s = %s%s%s; };  or  --set %s=%s", (int)strcspn(key, "."), key,
            strchr(key, '.') + 1, quoted ? "\"" : "", initial, quoted ? "\"" : "", key, initial);
    cr_listing_entry(stdout, "write", write);
    if (field->role == CR_LIVE && !strchr(key, '<') && !begins(key, CR_PARAMS_STUDY))
        cr_listing_entry(stdout, "change",
            cr_text_format(write, sizeof write,
                "changes : ( { week = 520; key = \"%s\"; value = %s%s%s; } );  or  --set at.520.%s=%s", key,
                quoted ? "\"" : "", initial, quoted ? "\"" : "", key, initial));
}

static void print_row(const char *key, const struct cr_field *field, enum cr_listing listing) {
    char initial[64], range[256];
    const char *const cells[] = {key, cr_value_type_name(field->type),
        cr_params_initial(field, initial, sizeof initial), cr_field_range(field, range, sizeof range), field->unit,
        cr_role_name(field->role), field->what, field->source};
    cr_listing_row(stdout, listing, cells, sizeof cells / sizeof *cells);
}

static int params(const struct cr_call *call, struct cr_error *error) {
    static const char *const heading[] = {"key", "type", "default", "range", "unit", "role", "what", "source"};
    const enum cr_listing listing = (enum cr_listing)cr_call_choice(call, "format");
    const char *const wanted = call->argument_count ? call->arguments[0] : "";
    char key[CR_PARAMS_KEY_SIZE];
    const struct cr_field *field;
    int best = 0;
    for (size_t i = 0; cr_params_row(i, key); i++) {
        const int answer = answers(key, wanted);
        if (answer > best)
            best = answer;
    }
    if (best == 0)
        return unknown(wanted, error);
    cr_listing_heading(stdout, listing, heading, sizeof heading / sizeof *heading);
    for (size_t i = 0; (field = cr_params_row(i, key)); i++) {
        if (answers(key, wanted) < best)
            continue;
        if (listing != CR_LISTING_TEXT)
            print_row(key, field, listing);
        else if (best == 2)
            print_whole(key, field);
        else
            print_line(key, field);
    }
    return 0;
}

static const struct cr_option options[] = {CR_LISTING_OPTION, {0}};

static const struct cr_example examples[] = {{"cradle params", "every parameter, its default, range, unit and source"},
    {"cradle params run.people", "all about one"}, {"cradle params profile", "the fields of a caregiver's profile"},
    {"cradle params study", "the settings of a study"},
    {"cradle params run --format csv", "one group, to be read into R or Python"}, {0}};

const struct cr_command cr_command_params = {
    .name = "params",
    .summary = "shows every parameter: meaning, default, range, unit, source",
    .arguments = "[KEY]",
    .least = 0,
    .most = 1,
    .description =
        "Shows the parameters of the model and the fields of profiles and events, as they are written in scenarios and "
        "after --set; and, as study.NAME, the settings that a study file may hold. KEY is a whole key, which is then "
        "shown at length, a group, or the beginning of a key; without "
        "it, all are shown.\n\nThe role of a parameter is \"fixed\" if it must be set before the run, \"live\" if it "
        "may change while it runs (the changes of a scenario, and the viewer), and \"instrument\" if it shapes only "
        "what is measured, never what happens.",
    .options = options,
    .examples = examples,
    .main = params,
};
