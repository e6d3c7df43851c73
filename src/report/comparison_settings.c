#include <stdlib.h>
#include <string.h>

#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/page.h"

enum { KEY_SIZE = 2 * CR_SCENARIO_NAME_SIZE, VALUE_SIZE = 48 };

struct setting {
    char key[KEY_SIZE];
    const struct cr_field *field;
};

/* All settings of all scenarios, in the order in which they first come up. */
struct settings {
    struct setting *setting;   /* owned; `count` of them */
    char (*value)[VALUE_SIZE]; /* owned; [setting * scenarios + scenario]; "" where a scenario has no such thing */
    size_t count, capacity, scenarios;
    size_t scenario; /* that is visited */
    bool failed;
};

static bool grow(struct settings *settings) {
    const size_t capacity = settings->capacity == 0 ? 256 : 2 * settings->capacity;
    struct setting *setting = realloc(settings->setting, capacity * sizeof *setting);
    if (setting != NULL)
        settings->setting = setting;
    char(*value)[VALUE_SIZE] = realloc(settings->value, capacity * settings->scenarios * sizeof *value);
    if (value != NULL)
        settings->value = value;
    if (setting == NULL || value == NULL)
        return false;
    settings->capacity = capacity;
    return true;
}

static void note(void *context, const char *key, const char *value, const struct cr_field *field) {
    struct settings *const settings = context;
    size_t k = 0;
    while (k < settings->count && strncmp(settings->setting[k].key, key, KEY_SIZE - 1) != 0)
        k++;
    if (k == settings->count) {
        if (settings->failed || (k == settings->capacity && !grow(settings))) {
            settings->failed = true;
            return;
        }
        settings->setting[k] = (struct setting){.field = field};
        strncpy(settings->setting[k].key, key, KEY_SIZE - 1);
        memset(settings->value[k * settings->scenarios], 0, settings->scenarios * sizeof *settings->value);
        settings->count++;
    }
    strncpy(settings->value[k * settings->scenarios + settings->scenario], value, VALUE_SIZE - 1);
}

/* How many replicates a scenario asks for is not how many were lived. */
static bool differs(const struct settings *settings, size_t k) {
    const size_t first = k * settings->scenarios;
    if (strcmp(settings->setting[k].key, "run.replicates") == 0)
        return false;
    for (size_t i = 1; i < settings->scenarios; i++)
        if (strcmp(settings->value[first + i], settings->value[first]) != 0)
            return true;
    return false;
}

static const char *unit_of(const struct cr_field *field) {
    return strcmp(field->unit, "1") == 0 ? "" : field->unit;
}

static void add_setting(struct cr_comparison_draft *draft, const struct settings *settings, size_t k) {
    const struct setting *const setting = &settings->setting[k];
    const char *const unit = unit_of(setting->field);
    cr_page_add(&draft->text, "<tr><th scope=\"row\">%s<span class=\"key\"><code>%s</code>%s%s</span></th>",
        setting->field->what, setting->key, *unit != '\0' ? " · " : "", unit);
    for (size_t i = 0; i < settings->scenarios; i++) {
        const char *const value = settings->value[k * settings->scenarios + i];
        cr_page_add(&draft->text, "<td class=\"number\">%s</td>", *value != '\0' ? value : "—");
    }
    cr_page_add(&draft->text, "</tr>\n");
}

static void add_table(struct cr_comparison_draft *draft, const struct settings *settings) {
    size_t different = 0;
    for (size_t k = 0; k < settings->count; k++)
        different += differs(settings, k);
    if (different == 0) {
        cr_page_add(&draft->text, "<p>The scenarios are identical: no parameter, profile or event of one differs from "
                                  "that of another. Whatever differs below is luck.</p>\n");
        return;
    }
    cr_page_add(&draft->text,
        "<p>The scenarios differ in what stands here, and in nothing else.</p>\n"
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Settings that differ\">\n<table>\n"
        "<thead><tr><th scope=\"col\">Setting</th>");
    for (size_t i = 0; i < settings->scenarios; i++)
        cr_page_add(&draft->text, "<th scope=\"col\" class=\"number\">%s</th>", cr_comparison_scenario(draft, i));
    cr_page_add(&draft->text, "</tr></thead>\n<tbody>\n");
    for (size_t k = 0; k < settings->count; k++)
        if (differs(settings, k))
            add_setting(draft, settings, k);
    cr_page_add(&draft->text, "</tbody>\n</table>\n</div>\n");
}

static void add_scenarios(struct cr_comparison_draft *draft) {
    for (size_t i = 0; i < draft->page->count; i++) {
        const char *const title = draft->page->scenarios[i].title;
        cr_page_add(&draft->text, "<dt>%s</dt><dd>%s%s</dd>\n", cr_comparison_scenario(draft, i),
            *title != '\0' ? title : "no title", i == 0 ? " — all others are compared with this one" : "");
    }
}

/* Whether another scenario has another value of a parameter than the first. */
static bool differs_in(const struct cr_comparison_page *page, const char *key) {
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, key);
    const double first = cr_field_get(field, &page->scenarios[0].parameters);
    for (size_t k = 1; k < page->count; k++)
        if (cr_field_get(field, &page->scenarios[k].parameters) != first)
            return true;
    return false;
}

static void add_facts(struct cr_comparison_draft *draft) {
    static const char unlike[] = " under the first scenario; others as above";
    const struct cr_comparison_page *page = draft->page;
    const struct cr_parameters *first = &page->scenarios[0].parameters;
    char people[CR_APA_SIZE], years[CR_APA_SIZE], replicates[CR_APA_SIZE];
    const bool whole = first->run_years == (double)(int64_t)first->run_years;
    cr_page_add(&draft->text, "<dl class=\"facts\">\n");
    add_scenarios(draft);
    cr_page_add(&draft->text,
        "<dt>People</dt><dd>%s in each replicate%s</dd>\n<dt>Time</dt><dd>%s years%s</dd>\n"
        "<dt>Replicates</dt><dd>%s of each scenario, %s</dd>\n<dt>Seed</dt><dd>%lld",
        cr_apa_count(first->run_people, people), differs_in(page, "run.people") ? unlike : "",
        cr_apa_number(first->run_years, whole ? 0 : 2, false, years), differs_in(page, "run.years") ? unlike : "",
        cr_apa_count(page->histories[0].measures.replicates, replicates),
        page->comparisons[0].paired ? "paired: replicate 1, 2, 3 … has the same luck in all"
                                    : "not paired: each scenario has luck of its own",
        (long long)first->run_seed);
    if (page->comparisons[0].paired)
        cr_page_add(&draft->text, ", replicates numbered from %lld", (long long)first->run_first_replicate);
    cr_page_add(&draft->text, "</dd>\n</dl>\n");
}

int cr_comparison_add_settings(struct cr_comparison_draft *draft, struct cr_error *error) {
    struct settings settings = {.scenarios = draft->page->count};
    for (size_t i = 0; i < settings.scenarios; i++) {
        settings.scenario = i;
        cr_scenario_visit(&draft->page->scenarios[i], note, &settings);
    }
    cr_comparison_begin_section(draft, "compared", "What was compared");
    if (!settings.failed)
        add_table(draft, &settings);
    add_facts(draft);
    cr_comparison_end_section(draft);
    free(settings.setting);
    free(settings.value);
    return settings.failed ? cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for what was compared") : 0;
}
