#include "viz/panel/panel.h"

#include <math.h>
#include <string.h>

#include "report/measure_words.h"
#include "report/source_chart.h"
#include "viz/panel/panel_chart.h"

static const double roomy_width = 420.0, roomy_height = 260.0; /* points */

static const struct {
    const char *name, *title;
} kinds[CR_PANEL_KINDS] = {
    [CR_PANEL_SURVIVAL] = {"survival", "How long relationships last"},
    [CR_PANEL_HAZARD] = {"hazard", "When relationships end"},
    [CR_PANEL_EARNED] = {"earned", "Earned security"},
    [CR_PANEL_ROUTES] = {"routes", "How security was earned"},
    [CR_PANEL_STRATEGIES] = {"strategies", "Protest and deactivation"},
    [CR_PANEL_SATISFACTION] = {"satisfaction", "Satisfaction with the relationship"},
    [CR_PANEL_STYLES_BY_AGE] = {"styles", "Attachment styles by age"},
    [CR_PANEL_AROUSAL] = {"arousal", "Distress felt and shown"},
    [CR_PANEL_MEASURE] = {"measure", "A measure"},
};

const char *cr_panel_name(struct cr_panel_choice choice) {
    return choice.kind == CR_PANEL_MEASURE ? cr_measures[choice.measure].name : kinds[choice.kind].name;
}

bool cr_panel_find(const char *name, struct cr_panel_choice *choice) {
    for (int k = 0; k < CR_PANEL_MEASURE; k++)
        if (strcmp(kinds[k].name, name) == 0) {
            *choice = (struct cr_panel_choice){(enum cr_panel_kind)k, -1};
            return true;
        }
    const int measure = cr_measure_find(name);
    if (measure < 0)
        return false;
    *choice = (struct cr_panel_choice){CR_PANEL_MEASURE, measure};
    return true;
}

const char *cr_panel_title(struct cr_panel_choice choice) {
    return choice.kind == CR_PANEL_MEASURE ? cr_measure_whole_words(choice.measure) : kinds[choice.kind].title;
}

int cr_panel_wants(struct cr_panel_choice choice) {
    if (choice.kind == CR_PANEL_STYLES_BY_AGE)
        return cr_measure_find("style_share_by_age");
    return choice.kind == CR_PANEL_MEASURE && cr_measures[choice.measure].course == NULL ? choice.measure : -1;
}

const struct cr_series *cr_panel_series(
    const struct cr_panel_maker *maker, size_t world, int measure, const char *group) {
    const struct cr_findings *findings = &maker->matter->world[world].findings;
    for (size_t k = 0; k < findings->series_count; k++)
        if (findings->series[k].measure == measure && strcmp(findings->series[k].group, group) == 0)
            return &findings->series[k];
    return NULL;
}

const struct cr_reading *cr_panel_reading(
    const struct cr_panel_maker *maker, size_t world, int measure, const char *group) {
    const struct cr_readings *whole = &maker->matter->world[world].findings.whole;
    for (size_t k = 0; k < whole->count; k++)
        if (whole->reading[k].measure == measure && strcmp(whole->reading[k].group, group) == 0)
            return &whole->reading[k];
    return NULL;
}

struct cr_interval cr_panel_interval(int measure, double value, double se) {
    const struct cr_chart_axis axis = cr_source_axis(cr_measures[measure].name);
    const double reach = isnan(se) ? 0.0 : CR_NORMAL_95 * se;
    if (isnan(value))
        return (struct cr_interval){value, value};
    return (struct cr_interval){
        cr_chart_axis_within(&axis, value - reach, value), cr_chart_axis_within(&axis, value + reach, value)};
}

const struct cr_panel_group *cr_panel_offer(
    struct cr_panel_maker *maker, const struct cr_panel_group *groups, size_t count) {
    struct cr_panel_chart *const made = maker->made;
    struct cr_panel_group *const copies = cr_holdings_take(maker->holdings, count + 1, sizeof *copies);
    if (copies == NULL || count < 2)
        return NULL;
    memcpy(copies, groups, count * sizeof *copies);
    made->groups = copies;
    made->group_count = count;
    for (made->alone = 0; made->alone < count; made->alone++)
        if (strcmp(copies[made->alone].group, maker->group) == 0)
            return &copies[made->alone];
    return NULL;
}

/* The title says which group stands alone. */
static void name_alone(struct cr_panel_chart *made) {
    if (made->alone < made->group_count)
        made->chart.title =
            cr_holdings_text(&made->holdings, "%s: %s", made->chart.title, made->groups[made->alone].name);
}

const char *cr_panel_as_of(struct cr_panel_maker *maker, int32_t week) {
    const int32_t year = week / CR_WEEKS_A_YEAR;
    return year < 1 ? "At the beginning" : cr_holdings_text(maker->holdings, "As of year %d", (int)year);
}

size_t cr_panel_columns(const struct cr_panel_maker *maker, size_t count) {
    return maker->roomy && count == 3 ? 3 : 0;
}

const char *cr_panel_empty(struct cr_panel_maker *maker, int measure) {
    const int adult = (int)floor(maker->matter->adult_age) + 1;
    switch (cr_measure_topic(measure)) {
    case CR_TOPIC_INFANCY:
        return "from year 2 on, when infants visit the laboratory";
    case CR_TOPIC_CONTINUITY:
        return cr_holdings_text(maker->holdings, "after year %d, when those who were infants are grown up", adult);
    case CR_TOPIC_COUPLES:
    case CR_TOPIC_LASTING:
        return cr_holdings_text(maker->holdings, "from year %d on, when the first fall in love", adult);
    case CR_TOPIC_EARNED:
        return cr_holdings_text(maker->holdings, "after year %d, when those who were insecure are grown up", adult);
    case CR_TOPIC_ADULTS:
    default:
        return cr_holdings_text(maker->holdings, "from year %d on, when the first are grown up", adult);
    }
}

/* Two worlds of one name are still two. */
static void name_worlds(struct cr_panel_maker *maker) {
    const struct cr_panel_matter *matter = maker->matter;
    for (size_t w = 0; w < matter->count; w++)
        maker->worlds[w] = matter->world[w].name;
    if (matter->count == 2 && strcmp(maker->worlds[0], maker->worlds[1]) == 0)
        maker->worlds[1] = cr_holdings_text(maker->holdings, "%s (2)", maker->worlds[0]);
}

static void find_occasions(struct cr_panel_maker *maker) {
    const struct cr_panel_matter *matter = maker->matter;
    cr_panel_find_changes(maker);
    maker->occasions = cr_holdings_take(maker->holdings, maker->mark_count + 1, sizeof *maker->occasions);
    if (maker->occasions == NULL)
        return;
    if (matter->week < matter->head)
        maker->occasions[maker->occasion_count++] = (struct cr_occasion){(double)matter->week / CR_WEEKS_A_YEAR, "now"};
    for (size_t k = 0; k < maker->mark_count; k++)
        maker->occasions[maker->occasion_count++] =
            (struct cr_occasion){(double)maker->marks[k].week / CR_WEEKS_A_YEAR, maker->marks[k].label};
}

int cr_panel_chart_init(struct cr_panel_chart *made, struct cr_panel_choice choice, const char *group,
    const struct cr_panel_matter *matter, double width, double height, struct cr_error *error) {
    memset(made, 0, sizeof *made);
    struct cr_panel_maker maker = {.made = made,
        .chart = &made->chart,
        .holdings = &made->holdings,
        .matter = matter,
        .group = group,
        .roomy = width >= roomy_width && height >= roomy_height};
    made->chart.title = cr_panel_title(choice);
    name_worlds(&maker);
    find_occasions(&maker);
    switch (choice.kind) {
    case CR_PANEL_SURVIVAL:
        cr_panel_make_survival(&maker);
        break;
    case CR_PANEL_HAZARD:
        cr_panel_make_hazard(&maker);
        break;
    case CR_PANEL_STYLES_BY_AGE:
        cr_panel_make_styles(&maker);
        break;
    case CR_PANEL_AROUSAL:
        cr_panel_make_arousal(&maker);
        break;
    case CR_PANEL_MEASURE:
        if (cr_measures[choice.measure].course == NULL) {
            cr_panel_make_groups(&maker, choice.measure);
            break;
        }
        cr_panel_make_course(&maker, choice);
        break;
    case CR_PANEL_EARNED:
    case CR_PANEL_ROUTES:
    case CR_PANEL_STRATEGIES:
    case CR_PANEL_SATISFACTION:
    case CR_PANEL_KINDS:
    default:
        cr_panel_make_course(&maker, choice);
    }
    name_alone(made);
    return made->holdings.failed ? cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a panel's chart") : 0;
}

void cr_panel_chart_free(struct cr_panel_chart *made) {
    cr_holdings_free(&made->holdings);
    memset(made, 0, sizeof *made);
}
