#include <math.h>
#include <string.h>

#include "report/measure_words.h"
#include "report/source_chart.h"
#include "viz/panel/panel_chart.h"

/* Groups beside each other: age groups, styles, or whatever groups a measure has. */

enum { SERIES = 8 };

/* A measure's groups by two things, such as age and style. With two worlds each series has a small chart of its own,
 * in which the worlds stand beside each other. */
struct table {
    int measure;
    bool course; /* as of the present survey; else over the whole run so far */
    bool lines;  /* points joined by lines; else bars */
    struct cr_chart_axis y;
    const char *x_label;
    size_t category_count, series_count;
    size_t main; /* series that are shown even where there is little room */
    const char *category[CR_PANEL_GROUPS];
    struct cr_panel_group series[SERIES]; /* `group` tells them apart */
    const char *group[SERIES][CR_PANEL_GROUPS];
    enum cr_meaning meanings[CR_PANEL_GROUPS]; /* of the categories, if there is one series */
};

/* Values with intervals, one a category. */
struct values {
    double *value, *low, *high; /* NULL without memory */
    bool any;
};

static struct cr_estimate estimate_of(
    const struct cr_panel_maker *maker, const struct table *table, size_t world, const char *group) {
    const struct cr_estimate none = cr_estimate_undefined(0);
    if (group == NULL)
        return none;
    if (!table->course) {
        const struct cr_reading *reading = cr_panel_reading(maker, world, table->measure, group);
        return reading != NULL ? reading->estimate : none;
    }
    const struct cr_series *series = cr_panel_series(maker, world, table->measure, group);
    const int32_t survey = cr_panel_matter_survey(maker->matter);
    if (series == NULL || survey < 0)
        return none;
    return (struct cr_estimate){(double)series->value[survey], (double)series->se[survey], 1};
}

static struct values read_values(struct cr_panel_maker *maker, const struct table *table, size_t world, size_t series) {
    const size_t count = table->category_count;
    double *const numbers = cr_holdings_take(maker->holdings, 3 * count + 1, sizeof *numbers);
    struct values values = {.value = numbers};
    if (numbers == NULL)
        return values;
    values.low = numbers + count;
    values.high = values.low + count;
    for (size_t c = 0; c < count; c++) {
        const struct cr_estimate estimate = estimate_of(maker, table, world, table->group[series][c]);
        const struct cr_interval interval = cr_panel_interval(table->measure, estimate.value, estimate.se);
        values.value[c] = estimate.value;
        values.low[c] = interval.low;
        values.high[c] = interval.high;
        values.any = values.any || !isnan(estimate.value);
    }
    return values;
}

/* A chart of so many rows of values, a line or a series of bars each. */
static void draw(struct cr_panel_maker *maker, const struct table *table, struct cr_chart *chart,
    const struct cr_panel_group *names, const struct values *values, size_t count) {
    struct cr_line *const lines = cr_holdings_take(maker->holdings, count + 1, sizeof *lines);
    struct cr_bar_series *const bars = cr_holdings_take(maker->holdings, count + 1, sizeof *bars);
    const char **const categories = cr_holdings_take(maker->holdings, CR_PANEL_GROUPS, sizeof *categories);
    enum cr_meaning *const meanings = cr_holdings_take(maker->holdings, CR_PANEL_GROUPS, sizeof *meanings);
    if (lines == NULL || bars == NULL || categories == NULL || meanings == NULL)
        return;
    memcpy(categories, table->category, sizeof table->category);
    memcpy(meanings, table->meanings, sizeof table->meanings);
    for (size_t k = 0; k < count; k++) {
        lines[k] = (struct cr_line){.name = names[k].name,
            .meaning = names[k].meaning,
            .y = values[k].value,
            .low = values[k].low,
            .high = values[k].high,
            .count = table->category_count,
            .points = true};
        bars[k] = (struct cr_bar_series){.name = names[k].name,
            .meaning = names[k].meaning,
            .values = values[k].value,
            .low = values[k].low,
            .high = values[k].high,
            .meanings = count == 1 ? meanings : NULL};
    }
    const struct cr_chart_axis x = {
        .label = table->x_label, .category_count = table->category_count, .categories = categories};
    chart->legend = CR_LEGEND_ABOVE;
    chart->empty = cr_panel_empty(maker, table->measure);
    if (table->lines) {
        chart->kind = CR_CHART_LINES;
        chart->of.lines = (struct cr_chart_lines){.x = x, .y = table->y, .lines = lines, .line_count = count};
    } else {
        chart->kind = CR_CHART_BARS;
        chart->of.bars = (struct cr_chart_bars){.x = x, .y = table->y, .series = bars, .series_count = count};
    }
}

static void draw_one_world(struct cr_panel_maker *maker, const struct table *table) {
    struct values values[SERIES];
    bool any = false;
    for (size_t s = 0; s < table->series_count; s++) {
        values[s] = read_values(maker, table, 0, s);
        any = any || values[s].any;
    }
    draw(maker, table, maker->chart, table->series, values, any ? table->series_count : 0);
}

static void draw_worlds(struct cr_panel_maker *maker, const struct table *table) {
    const size_t count = maker->roomy ? table->series_count : table->main, worlds = maker->matter->count;
    struct cr_chart *const charts = cr_holdings_take(maker->holdings, count, sizeof *charts);
    struct cr_panel_group names[CR_WORLDS_MAX];
    bool any = false;
    if (charts == NULL)
        return;
    for (size_t w = 0; w < worlds; w++)
        names[w] = (struct cr_panel_group){NULL, maker->worlds[w], (enum cr_meaning)(CR_MEANING_SCENARIO_1 + (int)w)};
    for (size_t s = 0; s < count; s++) {
        struct values values[CR_WORLDS_MAX];
        for (size_t w = 0; w < worlds; w++) {
            values[w] = read_values(maker, table, w, s);
            any = any || values[w].any;
        }
        draw(maker, table, count == 1 ? maker->chart : &charts[s], names, values, worlds);
        charts[s].title = table->series[s].name;
    }
    if (count > 1 && any) {
        maker->chart->kind = CR_CHART_MULTIPLES;
        maker->chart->of.multiples = (struct cr_chart_multiples){
            .panels = charts, .count = count, .columns = !table->lines && count <= 2 ? 1 : 0};
    } else if (!any) {
        draw(maker, table, maker->chart, names, NULL, 0);
    }
}

/* Leaves one series alone if one is asked for. */
static void choose_alone(struct cr_panel_maker *maker, struct table *table) {
    if (cr_panel_offer(maker, table->series, table->series_count) == NULL)
        return;
    const size_t alone = maker->made->alone;
    table->series[0] = table->series[alone];
    memmove(table->group[0], table->group[alone], sizeof table->group[0]);
    for (size_t c = 0; c < table->category_count; c++)
        table->meanings[c] = table->series[0].meaning;
    table->series_count = table->main = 1;
}

static void draw_table(struct cr_panel_maker *maker, struct table *table) {
    choose_alone(maker, table);
    if (maker->matter->count > 1)
        draw_worlds(maker, table);
    else
        draw_one_world(maker, table);
}

static const char *const styles[CR_STYLES] = {"secure", "preoccupied", "dismissing", "fearful"};

static struct cr_panel_group style_series(int style) {
    return (struct cr_panel_group){styles[style], styles[style], (enum cr_meaning)(CR_MEANING_SECURE + style)};
}

void cr_panel_make_styles(struct cr_panel_maker *maker) {
    const struct cr_readings *whole = &maker->matter->world[0].findings.whole;
    struct table table = {.measure = cr_measure_find("style_share_by_age"),
        .lines = true,
        .y = cr_source_axis("style_share_by_age"),
        .x_label = "age",
        .series_count = CR_STYLES,
        .main = 1};
    table.y.label = maker->roomy ? "of that age" : NULL;
    for (int style = 0; style < CR_STYLES; style++)
        table.series[style] = style_series(style);
    for (size_t k = 0; k < whole->count && table.category_count < CR_PANEL_GROUPS; k++) {
        const char *const group = whole->reading[k].group, *const blank = strrchr(group, ' ');
        if (whole->reading[k].measure != table.measure || blank == NULL || strcmp(blank + 1, styles[0]) != 0)
            continue;
        const char *const age = cr_holdings_text(maker->holdings, "%.*s", (int)(blank - group), group);
        if (age == NULL)
            return;
        table.category[table.category_count] = cr_source_group(maker->holdings, cr_measures[table.measure].name, age);
        for (int style = 0; style < CR_STYLES; style++)
            table.group[style][table.category_count] = cr_holdings_text(maker->holdings, "%s %s", age, styles[style]);
        table.category_count++;
    }
    cr_panel_annotate(maker, "Over all years so far", "with 95% intervals");
    draw_table(maker, &table);
    maker->chart->subtitle = maker->matter->count > 1 && !maker->roomy && maker->made->alone == maker->made->group_count
                                 ? "Share of secure adults at that age"
                                 : "Share of adults at that age";
}

void cr_panel_make_arousal(struct cr_panel_maker *maker) {
    static const char *const sides[] = {"felt", "shown"};
    struct table table = {.measure = cr_measure_find("distress"),
        .course = true,
        .y = cr_source_axis("distress"),
        .series = {{"felt", "felt", CR_MEANING_NEUTRAL}, {"shown", "shown", CR_MEANING_SCENARIO_2}},
        .series_count = 2,
        .main = 2};
    table.y.label = maker->roomy ? "average needs" : NULL;
    for (int style = -1; style < CR_STYLES; style++) {
        const size_t c = table.category_count++;
        table.category[c] = style < 0 ? "all" : styles[style];
        for (size_t s = 0; s < 2; s++)
            table.group[s][c] =
                style < 0 ? sides[s] : cr_holdings_text(maker->holdings, "%s %s", styles[style], sides[s]);
    }
    maker->chart->subtitle = "Of adults in a week; an average need is 1";
    cr_panel_annotate(maker, cr_panel_as_of(maker, CR_WEEKS_A_YEAR * (cr_panel_matter_survey(maker->matter) + 1)),
        "with 95% intervals");
    draw_table(maker, &table);
}

/* The place of a text among some; if it is new and there is room it is added. */
static size_t place_of(const char **texts, size_t *count, size_t most, const char *text) {
    for (size_t k = 0; k < *count; k++)
        if (strcmp(texts[k], text) == 0)
            return k;
    if (*count == most)
        return most;
    texts[*count] = text;
    return (*count)++;
}

/* Groups of two parts each, every first with every second part: parts and counts; false if they are not like that. */
static bool take_apart(struct cr_panel_maker *maker, struct table *table, const char *const *groups, size_t count) {
    const char *first[CR_PANEL_GROUPS], *second[SERIES];
    size_t firsts = 0, seconds = 0;
    for (size_t k = 0; k < count; k++) {
        const char *const blank = strrchr(groups[k], ' ');
        const char *const head =
            blank != NULL ? cr_holdings_text(maker->holdings, "%.*s", (int)(blank - groups[k]), groups[k]) : NULL;
        if (head == NULL)
            return false;
        const size_t c = place_of(first, &firsts, CR_PANEL_GROUPS, head);
        const size_t s = place_of(second, &seconds, SERIES, blank + 1);
        if (c == CR_PANEL_GROUPS || s == SERIES)
            return false;
        table->group[s][c] = groups[k];
    }
    if (firsts * seconds != count)
        return false;
    for (size_t c = 0; c < firsts; c++)
        table->category[c] = cr_source_group(maker->holdings, cr_measures[table->measure].name, first[c]);
    for (size_t s = 0; s < seconds; s++)
        table->series[s] = (struct cr_panel_group){second[s],
            cr_source_group(maker->holdings, cr_measures[table->measure].name, second[s]), CR_MEANING_BY_PLACE};
    table->category_count = firsts;
    table->series_count = seconds;
    table->main = seconds < 2 ? seconds : 2;
    return true;
}

void cr_panel_make_groups(struct cr_panel_maker *maker, int measure) {
    const struct cr_readings *whole = &maker->matter->world[0].findings.whole;
    struct table table = {.measure = measure, .y = cr_source_axis(cr_measures[measure].name)};
    const char *groups[CR_PANEL_GROUPS * SERIES];
    size_t count = 0;
    for (size_t k = 0; k < whole->count && count < sizeof groups / sizeof *groups; k++)
        if (whole->reading[k].measure == measure)
            groups[count++] = whole->reading[k].group;
    if (count == 0 || !take_apart(maker, &table, groups, count)) {
        memset(table.group, 0, sizeof table.group);
        table.series[0] = (struct cr_panel_group){"", NULL, CR_MEANING_NEUTRAL};
        table.series_count = table.main = 1;
        /* Of too many groups those of one part, which are not details of others. */
        for (size_t k = 0; k < count && table.category_count < CR_PANEL_GROUPS; k++)
            if (count <= CR_PANEL_GROUPS || strchr(groups[k], ' ') == NULL) {
                table.category[table.category_count] =
                    cr_source_group(maker->holdings, cr_measures[measure].name, groups[k]);
                const enum cr_meaning meaning = cr_meaning_of(groups[k]);
                table.meanings[table.category_count] = meaning != CR_MEANING_BY_PLACE ? meaning : CR_MEANING_NEUTRAL;
                table.group[0][table.category_count++] = groups[k];
            }
    }
    cr_panel_annotate(maker, cr_panel_as_of(maker, maker->matter->world[0].findings.as_of), "with 95% intervals");
    draw_table(maker, &table);
}
