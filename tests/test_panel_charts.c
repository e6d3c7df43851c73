#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "near.h"
#include "two_worlds.h"
#include "viz/panel/panel.h"

enum { YEARS = 26 };

static int begin(void **state) {
    struct two_worlds *worlds = malloc(sizeof *worlds);
    if (worlds == NULL)
        return -1;
    two_worlds_begin(worlds, YEARS * 52);
    *state = worlds;
    return 0;
}

static int end(void **state) {
    two_worlds_end(*state);
    free(*state);
    return 0;
}

static struct cr_panel_choice choice_of(const char *name) {
    struct cr_panel_choice choice;
    if (!cr_panel_find(name, &choice))
        fail_msg("no panel is named %s", name);
    return choice;
}

/* A chart of what the sight shows now; `matter` and `made` are the caller's to free. */
struct panel {
    struct cr_panel_matter *matter;
    struct cr_panel_chart made;
};

static const struct cr_chart *show(
    struct panel *panel, struct two_worlds *worlds, const char *name, double width, double height) {
    const struct cr_panel_choice choice = choice_of(name);
    const int measure = cr_panel_wants(choice);
    const struct cr_wants wants = {.measure = {measure}, .count = measure >= 0, .stability = true};
    struct cr_error error = {0};
    two_worlds_want(worlds, &wants);
    panel->matter = NULL;
    assert_int_equal(cr_panel_matter_see(&panel->matter, &worlds->sight, &error), 0);
    if (cr_panel_chart_init(&panel->made, choice, "", panel->matter, width, height, &error) != 0)
        fail_msg("%s", error.sentence);
    return &panel->made.chart;
}

/* The same of one group alone. */
static const struct cr_chart *show_alone(
    struct panel *panel, struct two_worlds *worlds, const char *name, const char *group, double width, double height) {
    struct cr_error error = {0};
    (void)show(panel, worlds, name, width, height);
    cr_panel_chart_free(&panel->made);
    if (cr_panel_chart_init(&panel->made, choice_of(name), group, panel->matter, width, height, &error) != 0)
        fail_msg("%s", error.sentence);
    return &panel->made.chart;
}

static void hide(struct panel *panel) {
    cr_panel_chart_free(&panel->made);
    cr_panel_chart_free(&panel->made);
    cr_panel_matter_let_go(panel->matter);
}

static void every_panel_is_found_by_its_name(void **state) {
    (void)state;
    struct cr_panel_choice choice;
    for (int k = 0; k < CR_PANEL_MEASURE; k++) {
        const struct cr_panel_choice kind = {(enum cr_panel_kind)k, -1};
        assert_true(cr_panel_find(cr_panel_name(kind), &choice));
        assert_int_equal(choice.kind, k);
        assert_true(strlen(cr_panel_title(kind)) > 5);
    }
    for (int m = 0; m < cr_measure_count; m++) {
        const struct cr_panel_choice measure = {CR_PANEL_MEASURE, m};
        assert_string_equal(cr_panel_name(measure), cr_measures[m].name);
        assert_true(cr_panel_find(cr_measures[m].name, &choice));
        if (strcmp(cr_measures[m].name, "satisfaction") == 0)
            assert_int_equal(choice.kind, CR_PANEL_SATISFACTION);
        else
            assert_true(choice.kind == CR_PANEL_MEASURE && choice.measure == m);
        assert_true(strlen(cr_panel_title(measure)) > 5);
    }
    assert_false(cr_panel_find("measure", &choice));
    assert_false(cr_panel_find("no_such_panel", &choice));
}

static void a_course_has_a_point_a_year_and_the_whole_run_before_it(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_chart *chart = show(&panel, worlds, "ecr_mean", 310.0, 240.0);
    assert_int_equal(chart->kind, CR_CHART_LINES);
    const struct cr_chart_lines *lines = &chart->of.lines;
    assert_near(lines->x.from, 0.0, 0.0);
    assert_near(lines->x.to, 40.0, 0.0);
    assert_int_equal(lines->line_count, 2);
    const struct cr_findings *findings = &worlds->sight.of[0].findings;
    for (size_t k = 0; k < 2; k++) {
        const struct cr_line *line = &lines->lines[k];
        const struct cr_series *series = NULL;
        for (size_t s = 0; s < findings->series_count; s++)
            if (findings->series[s].measure == cr_measure_find("ecr_mean") &&
                strcmp(findings->series[s].group, line->name) == 0)
                series = &findings->series[s];
        assert_non_null(series);
        assert_int_equal(line->count, YEARS);
        for (size_t year = 0; year < YEARS; year++) {
            assert_near(line->x[year], (double)year + 1.0, 0.0);
            if (isnan(series->value[year])) {
                assert_true(isnan(line->y[year]));
                continue;
            }
            assert_near(line->y[year], (double)series->value[year], 0.0);
            if (isnan(series->se[year]))
                continue;
            assert_near(line->low[year], line->y[year] - 1.96 * (double)series->se[year], 1e-4);
            assert_near(line->high[year], line->y[year] + 1.96 * (double)series->se[year], 1e-4);
        }
    }
    hide(&panel);
}

static void styles_have_their_colours_and_strategies_those_of_the_styles_they_make(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_chart *chart = show(&panel, worlds, "satisfaction", 310.0, 240.0);
    assert_int_equal(chart->of.lines.line_count, 5);
    for (size_t k = 0; k < 5; k++)
        for (int style = 0; style < CR_STYLES; style++)
            if (strcmp(chart->of.lines.lines[k].name, cr_style_names[style]) == 0)
                assert_int_equal(chart->of.lines.lines[k].meaning, CR_MEANING_SECURE + style);
    hide(&panel);
    chart = show(&panel, worlds, "strategies", 310.0, 240.0);
    assert_string_equal(chart->of.lines.lines[0].name, "protest");
    assert_int_equal(chart->of.lines.lines[0].meaning, CR_MEANING_PREOCCUPIED);
    assert_int_equal(chart->of.lines.lines[1].meaning, CR_MEANING_DISMISSING);
    assert_int_equal(chart->of.lines.y.form, CR_NUMBER_PERCENT);
    hide(&panel);
}

static void of_too_many_groups_the_main_ones_are_shown(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_chart *chart = show(&panel, worlds, "distress", 310.0, 240.0);
    assert_int_equal(chart->of.lines.line_count, 2); /* felt and shown, not by style */
    hide(&panel);
    chart = show(&panel, worlds, "style_share_by_age", 310.0, 240.0);
    assert_int_equal(chart->of.lines.line_count, 5); /* of one style, by age */
    for (size_t k = 0; k < 5; k++)
        assert_non_null(strstr(chart->of.lines.lines[k].name, "secure"));
    hide(&panel);
    chart = show(&panel, worlds, "relationship_survival", 310.0, 240.0);
    assert_int_equal(chart->kind, CR_CHART_BARS);
    assert_int_equal(chart->of.bars.x.category_count, 7); /* years, not by pairing */
    hide(&panel);
}

static void two_worlds_share_a_chart_in_two_colours(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    worlds->sight.count = 2;
    const struct cr_chart *chart = show(&panel, worlds, "strategies", 310.0, 240.0);
    assert_int_equal(chart->kind, CR_CHART_MULTIPLES);
    assert_int_equal(chart->of.multiples.count, 2);
    assert_string_equal(chart->of.multiples.panels[0].title, "protest");
    const struct cr_chart_lines *lines = &chart->of.multiples.panels[0].of.lines;
    assert_int_equal(lines->line_count, 2);
    assert_string_equal(lines->lines[0].name, "plain");
    assert_string_equal(lines->lines[1].name, "harsh");
    assert_int_equal(lines->lines[0].meaning, CR_MEANING_SCENARIO_1);
    assert_int_equal(lines->lines[1].meaning, CR_MEANING_SCENARIO_2);
    assert_true(lines->lines[0].y[YEARS - 1] != lines->lines[1].y[YEARS - 1]);
    hide(&panel);
    chart = show(&panel, worlds, "strategies", 600.0, 400.0);
    assert_int_equal(chart->of.multiples.count, 4);
    hide(&panel);
    chart = show(&panel, worlds, "survival", 310.0, 240.0);
    assert_int_equal(chart->kind, CR_CHART_SURVIVAL); /* all relationships together */
    assert_int_equal(chart->of.survival.line_count, 2);
    hide(&panel);
    chart = show(&panel, worlds, "survival", 600.0, 400.0);
    assert_int_equal(chart->kind, CR_CHART_MULTIPLES);
    assert_int_equal(chart->of.multiples.count, 3);
    hide(&panel);
    worlds->sight.of[1].scenario = worlds->sight.of[0].scenario; /* of the same name */
    chart = show(&panel, worlds, "survival", 310.0, 240.0);
    assert_string_equal(chart->of.survival.lines[0].name, "plain");
    assert_string_equal(chart->of.survival.lines[1].name, "plain (2)");
    hide(&panel);
    worlds->sight.of[1].scenario = &worlds->run[1].scenario;
    worlds->sight.count = 1;
}

static void survival_and_hazard_are_shown_by_pairing(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_chart *chart = show(&panel, worlds, "survival", 310.0, 240.0);
    assert_int_equal(chart->of.survival.line_count, 3);
    assert_near(chart->of.survival.x.to, 30.0, 0.0);
    const struct cr_stability *stability = &worlds->sight.of[0].findings.stability;
    assert_near(chart->of.survival.lines[1].survival[8], stability->survival[CR_PAIRING_MIXED][8], 0.0);
    hide(&panel);
    chart = show(&panel, worlds, "hazard", 310.0, 240.0);
    assert_int_equal(chart->kind, CR_CHART_HAZARD);
    assert_int_equal(chart->of.hazard.line_count, 3);
    for (size_t k = 0; k < 3; k++)
        assert_true(chart->of.hazard.lines[k].to[chart->of.hazard.lines[k].count - 1] <= chart->of.hazard.x.to);
    hide(&panel);
}

static void groups_of_a_whole_measure_are_bars_with_intervals(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_chart *chart = show(&panel, worlds, "ssp_share", 310.0, 240.0);
    assert_int_equal(chart->kind, CR_CHART_BARS);
    const struct cr_chart_bars *bars = &chart->of.bars;
    assert_int_equal(bars->x.category_count, CR_CLASSES);
    assert_int_equal(bars->series_count, 1);
    double sum = 0.0;
    for (size_t c = 0; c < CR_CLASSES; c++) {
        assert_int_equal(bars->series[0].meanings[c], CR_MEANING_CLASS_A + (int)c);
        assert_true(bars->series[0].low[c] <= bars->series[0].values[c]);
        assert_true(bars->series[0].values[c] <= bars->series[0].high[c]);
        sum += bars->series[0].values[c];
    }
    assert_near(sum, 1.0, 1e-9);
    hide(&panel);
    /* groups of two parts: the classes, and beside each other what is felt and shown */
    chart = show(&panel, worlds, "ssp_arousal", 310.0, 240.0);
    assert_int_equal(chart->of.bars.x.category_count, CR_CLASSES);
    assert_int_equal(chart->of.bars.series_count, 2);
    hide(&panel);
}

static void what_is_felt_stands_beside_what_is_shown(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_chart *chart = show(&panel, worlds, "arousal", 310.0, 240.0);
    const struct cr_chart_bars *bars = &chart->of.bars;
    assert_int_equal(bars->series_count, 2);
    assert_int_equal(bars->x.category_count, 1 + CR_STYLES);
    assert_string_equal(bars->series[0].name, "felt");
    assert_true(bars->series[1].values[0] < bars->series[0].values[0]);
    hide(&panel);
    /* Looking back it is as it was. */
    worlds->sight.of[0].week = 20 * 52 + 7;
    chart = show(&panel, worlds, "arousal", 310.0, 240.0);
    const struct cr_findings *findings = &worlds->sight.of[0].findings;
    for (size_t k = 0; k < findings->series_count; k++)
        if (findings->series[k].measure == cr_measure_find("distress") &&
            strcmp(findings->series[k].group, "felt") == 0)
            assert_near(chart->of.bars.series[0].values[0], (double)findings->series[k].value[19], 0.0);
    assert_non_null(strstr(chart->note, "year 20"));
    hide(&panel);
    worlds->sight.of[0].week = YEARS * 52;
}

static const struct cr_occasion *occasion_at(const struct cr_chart *chart, double at) {
    for (size_t k = 0; k < chart->occasion_count; k++)
        if (fabs(chart->occasions[k].at - at) < 1e-9)
            return &chart->occasions[k];
    return NULL;
}

static void changes_by_hand_and_the_present_week_are_marked(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_field *rate = cr_registry_find(&cr_parameter_registry, "needs.rate_adult");
    assert_non_null(rate);
    worlds->changes[0] = (struct cr_change){20 * 52, rate, 2.0};
    worlds->changes[1] = (struct cr_change){21 * 52, rate, 0.9};
    for (size_t w = 0; w < 2; w++) {
        worlds->sight.of[w].changes = worlds->changes;
        worlds->sight.of[w].change_count = 2;
    }
    worlds->sight.of[0].week = 24 * 52;
    worlds->sight.count = 2;
    const struct cr_chart *chart = show(&panel, worlds, "satisfaction", 310.0, 240.0);
    assert_int_equal(chart->occasion_count, 3); /* the same in both worlds counts once */
    assert_string_equal(occasion_at(chart, 20.0)->label, "needs rate adult");
    assert_string_equal(occasion_at(chart, 21.0)->label, "needs rate adult");
    assert_string_equal(occasion_at(chart, 24.0)->label, "now");
    hide(&panel);
    worlds->sight.of[0].week = YEARS * 52;
    worlds->sight.count = 1;
    chart = show(&panel, worlds, "satisfaction", 310.0, 240.0);
    assert_int_equal(chart->occasion_count, 2);
    assert_null(occasion_at(chart, (double)YEARS));
    hide(&panel);
    for (size_t w = 0; w < 2; w++) {
        worlds->sight.of[w].changes = NULL;
        worlds->sight.of[w].change_count = 0;
    }
}

static void show_changes(struct two_worlds *worlds, size_t count) {
    worlds->sight.of[0].changes = count > 0 ? worlds->changes : NULL;
    worlds->sight.of[0].change_count = count;
}

static struct cr_change change_to(int32_t week, const char *key, double value) {
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, key);
    assert_non_null(field);
    return (struct cr_change){week, field, value};
}

static void an_intervention_is_marked_once_by_its_title_and_its_end_without(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    worlds->changes[0] = change_to(10 * 52, "times.sensitivity", 0.5);
    worlds->changes[1] = change_to(10 * 52, "times.rebuff", -0.3);
    worlds->changes[2] = change_to(20 * 52, "times.sensitivity", 0.0);
    worlds->changes[3] = change_to(20 * 52, "times.rebuff", 0.0);
    show_changes(worlds, 4);
    const struct cr_chart *chart = show(&panel, worlds, "satisfaction", 310.0, 240.0);
    assert_int_equal(chart->occasion_count, 2);
    assert_string_equal(occasion_at(chart, 10.0)->label, "Rise in sensitivity of care");
    assert_null(occasion_at(chart, 20.0)->label);
    hide(&panel);
    worlds->changes[1].value = -0.2; /* by hand */
    chart = show(&panel, worlds, "satisfaction", 310.0, 240.0);
    assert_int_equal(chart->occasion_count, 4);
    assert_string_equal(occasion_at(chart, 10.0)->label, "times sensitivity");
    assert_string_equal(occasion_at(chart, 20.0)->label, "times sensitivity");
    hide(&panel);
    show_changes(worlds, 0);
}

/* Whether a brief note takes a line of a small chart. */
static bool is_brief_seen(const struct cr_chart *chart) {
    const struct cr_chart_look look = {.theme = CR_THEME_DARK, .text_scale = 1.22};
    const struct cr_rect where = {0.0, 0.0, 300.0, 172.0};
    struct cr_placement with, without;
    struct cr_chart other = *chart;
    other.brief = NULL;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 300, 172);
    cairo_t *cairo = cairo_create(surface);
    assert_int_equal(cr_chart_draw(chart, &look, cairo, where, &with, NULL), 0);
    assert_int_equal(cr_chart_draw(&other, &look, cairo, where, &without, NULL), 0);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return with.without_note && cr_rect_bottom(with.area) < cr_rect_bottom(without.area) - 8.0;
}

static void charts_without_years_tell_of_changes_in_their_note_and_of_the_years_in_the_brief_one(void **state) {
    static const char *const names[] = {"survival", "hazard", "styles", "arousal", "ssp_share"};
    struct two_worlds *worlds = *state;
    worlds->changes[0] = change_to(12 * 52, "needs.rate_adult", 2.0);
    worlds->changes[1] = change_to(18 * 52, "conflict.rate", 0.2);
    worlds->changes[2] = change_to(25 * 52, "times.availability", -0.9);
    worlds->changes[3] = change_to(25 * 52 + 26, "times.availability", 0.0);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        static const struct {
            size_t count;
            int32_t week;
            const char *note, *brief; /* how they end */
        } cases[] = {{0, YEARS * 52, "95% intervals", ""},
            {1, YEARS * 52, ". Changed in year 12: needs rate adult", ". Changed in year 12: needs rate adult"},
            {4, YEARS * 52,
                ". Changed in year 25: Separation shock; in year 18: conflict rate; in year 12: needs rate adult",
                ". Changed in years 12, 18, 25"},
            {4, 20 * 52, ". Changed in year 18: conflict rate; in year 12: needs rate adult",
                ". Changed in years 12, 18"},
            {4, 5 * 52, "95% intervals", ""}};
        for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
            struct panel panel;
            show_changes(worlds, cases[c].count);
            worlds->sight.of[0].week = cases[c].week;
            const struct cr_chart *const chart = show(&panel, worlds, names[k], 310.0, 240.0);
            const char *const told = strstr(chart->note, cases[c].note), *const brief = strchr(chart->brief, '.');
            if (told == NULL || (*cases[c].note == '.' && strcmp(told, cases[c].note) != 0) ||
                (*cases[c].note != '.' && strstr(chart->note, "hanged") != NULL) ||
                strcmp(brief != NULL ? brief : "", cases[c].brief) != 0)
                fail_msg("the notes of %s are \"%s\", \"%s\"", names[k], chart->note, chart->brief);
            if (strncmp(chart->brief, "As of year ", 11) != 0 && strcmp(names[k], "styles") != 0)
                fail_msg("the brief note of %s is \"%s\"", names[k], chart->brief);
            assert_true(is_brief_seen(chart));
            hide(&panel);
        }
    }
    worlds->sight.of[0].week = YEARS * 52;
    show_changes(worlds, 0);
}

static void many_changes_are_told_by_their_number_and_the_same_in_a_year_once(void **state) {
    struct two_worlds *worlds = *state;
    struct cr_change changes[40];
    struct panel panel;
    for (int k = 0; k < 40; k++)
        changes[k] = change_to(k / 2 * 52 + k % 2, "conflict.rate", 0.2 + 0.01 * k);
    worlds->sight.of[0].changes = changes;
    worlds->sight.of[0].change_count = 40;
    const struct cr_chart *const chart = show(&panel, worlds, "survival", 310.0, 240.0);
    assert_non_null(
        strstr(chart->note, ". Changed in year 19: conflict rate; in year 18: conflict rate; in year 17: "));
    assert_string_equal(chart->brief, "As of year 26. Changed in 20 years, last in 19");
    hide(&panel);
    show_changes(worlds, 0);
}

static void shares_of_zero_stand_on_the_base_line(void **state) {
    static const char *const names[] = {"earned", "partnered_share", "distress", "style_share"};
    struct two_worlds *worlds = *state;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        struct panel panel;
        struct cr_chart chart = *show(&panel, worlds, names[k], 310.0, 240.0);
        double zeros[YEARS] = {0.0}, years[YEARS];
        for (int y = 0; y < YEARS; y++)
            years[y] = y + 1.0;
        const struct cr_line line = {.x = years, .y = zeros, .low = zeros, .high = zeros, .count = YEARS};
        const struct cr_chart_look look = {.theme = CR_THEME_DARK};
        struct cr_placement placement;
        assert_int_equal(chart.kind, CR_CHART_LINES);
        chart.of.lines.lines = &line;
        chart.of.lines.line_count = 1;
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 310, 240);
        cairo_t *cairo = cairo_create(surface);
        assert_int_equal(
            cr_chart_draw(&chart, &look, cairo, (struct cr_rect){0.0, 0.0, 310.0, 240.0}, &placement, NULL), 0);
        if (placement.y.from != 0.0 || placement.y.to > 1.0)
            fail_msg("the axis of %s is from %g to %g", names[k], placement.y.from, placement.y.to);
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
        hide(&panel);
    }
}

static void before_there_are_data_a_panel_says_from_when(void **state) {
    (void)state;
    struct two_worlds *worlds = malloc(sizeof *worlds);
    assert_non_null(worlds);
    two_worlds_begin(worlds, 40);
    static const struct {
        const char *name, *word;
    } panels[] = {{"strategies", "year 15"}, {"survival", "year 15"}, {"hazard", "year 15"}, {"earned", "year 15"},
        {"satisfaction", "year 15"}, {"styles", "year 15"}, {"arousal", "year 15"}, {"ssp_share", "year 2"},
        {"security_continuity_r", "year 15"}};
    for (size_t worlds_shown = 1; worlds_shown <= 2; worlds_shown++)
        for (size_t k = 0; k < sizeof panels / sizeof *panels; k++) {
            struct panel panel;
            worlds->sight.count = worlds_shown;
            const struct cr_chart *chart = show(&panel, worlds, panels[k].name, 310.0, 240.0);
            assert_non_null(chart->empty);
            if (strstr(chart->empty, panels[k].word) == NULL)
                fail_msg("%s says \"%s\"", panels[k].name, chart->empty);
            hide(&panel);
        }
    two_worlds_end(worlds);
    free(worlds);
}

static void every_panel_can_be_drawn_at_any_size(void **state) {
    struct two_worlds *worlds = *state;
    static const double sizes[][2] = {{80.0, 70.0}, {310.0, 240.0}, {480.0, 320.0}, {900.0, 600.0}};
    for (size_t count = 1; count <= 2; count++)
        for (int k = 0; k < CR_PANEL_MEASURE + cr_measure_count; k++)
            for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
                struct panel panel;
                struct cr_error error = {0};
                worlds->sight.count = count;
                const struct cr_chart *chart = show(&panel, worlds,
                    k < CR_PANEL_MEASURE ? cr_panel_name((struct cr_panel_choice){(enum cr_panel_kind)k, -1})
                                         : cr_measures[k - CR_PANEL_MEASURE].name,
                    sizes[s][0], sizes[s][1]);
                const struct cr_chart_look look = {.theme = CR_THEME_DARK};
                cairo_surface_t *surface =
                    cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)sizes[s][0], (int)sizes[s][1]);
                cairo_t *cairo = cairo_create(surface);
                if (cr_chart_draw(
                        chart, &look, cairo, (struct cr_rect){0.0, 0.0, sizes[s][0], sizes[s][1]}, NULL, &error) != 0)
                    fail_msg("%s: %s", chart->title, error.sentence);
                cairo_destroy(cairo);
                cairo_surface_destroy(surface);
                hide(&panel);
            }
    worlds->sight.count = 1;
}

static void each_group_can_be_shown_alone_in_a_small_panel_of_two_worlds(void **state) {
    struct two_worlds *worlds = *state;
    static const struct {
        const char *panel;
        size_t groups;
        const char *one;
    } all[] = {{"strategies", 4, "appease"}, {"earned", 3, "adult"}, {"satisfaction", 5, "fearful"},
        {"survival", 4, "both insecure"}, {"hazard", 4, "all"}, {"styles", 4, "dismissing"}, {"arousal", 2, "shown"}};
    worlds->sight.count = 2;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        struct panel panel;
        char group[CR_GROUP_SIZE];
        (void)show(&panel, worlds, all[k].panel, 304.0, 168.0);
        assert_int_equal(panel.made.group_count, all[k].groups);
        assert_int_equal(panel.made.alone, panel.made.group_count);
        hide(&panel);
        bool found = false;
        for (size_t g = 0; g < all[k].groups; g++) {
            (void)show(&panel, worlds, all[k].panel, 304.0, 168.0);
            (void)snprintf(group, sizeof group, "%s", panel.made.groups[g].group);
            hide(&panel);
            const struct cr_chart *chart = show_alone(&panel, worlds, all[k].panel, group, 304.0, 168.0);
            assert_int_not_equal(chart->kind, CR_CHART_MULTIPLES);
            assert_int_equal(panel.made.alone, g);
            assert_non_null(strstr(chart->title, panel.made.groups[g].name));
            found = found || strcmp(group, all[k].one) == 0;
            hide(&panel);
        }
        assert_true(found);
    }
    worlds->sight.count = 1;
}

static void a_group_alone_has_its_own_values(void **state) {
    struct two_worlds *worlds = *state;
    struct panel panel;
    const struct cr_chart *chart = show_alone(&panel, worlds, "strategies", "open", 304.0, 168.0);
    const struct cr_findings *findings = &worlds->sight.of[0].findings;
    assert_int_equal(chart->kind, CR_CHART_LINES);
    assert_int_equal(chart->of.lines.line_count, 1);
    assert_string_equal(chart->of.lines.lines[0].name, "open bids");
    for (size_t s = 0; s < findings->series_count; s++)
        if (findings->series[s].measure == cr_measure_find("strategy_share") &&
            strcmp(findings->series[s].group, "open") == 0)
            assert_near(chart->of.lines.lines[0].y[YEARS - 1], findings->series[s].value[YEARS - 1], 1e-9);
    hide(&panel);
    chart = show_alone(&panel, worlds, "styles", "fearful", 304.0, 168.0);
    assert_int_equal(chart->of.lines.lines[0].meaning, CR_MEANING_FEARFUL);
    hide(&panel);
    chart = show_alone(&panel, worlds, "strategies", "no such group", 304.0, 168.0);
    assert_int_equal(chart->of.lines.line_count, 4);
    hide(&panel);
}

static void without_memory_a_chart_is_not_made(void **state) {
    struct two_worlds *worlds = *state;
    static const char *const names[] = {"strategies", "self_worth", "survival", "styles", "arousal", "ssp_arousal"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        for (size_t count = 1; count <= 2; count++) {
            struct panel panel;
            worlds->sight.count = count;
            (void)show(&panel, worlds, names[k], 600.0, 400.0);
            cr_panel_chart_free(&panel.made);
            const long held = allocations_held;
            int status = -1;
            long n = 0;
            for (; status != 0 && n < 1000; n++) {
                struct cr_error error = {0};
                allocations_left = n;
                status = cr_panel_chart_init(&panel.made, choice_of(names[k]), "", panel.matter, 600.0, 400.0, &error);
                allocations_left = -1;
                assert_true(status == 0 || error.code == CR_ERROR_MEMORY);
                cr_panel_chart_free(&panel.made);
                assert_true(allocations_held == held);
            }
            assert_true(n > 3 && n < 1000);
            hide(&panel);
        }
    worlds->sight.count = 1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_panel_is_found_by_its_name),
        cmocka_unit_test(a_course_has_a_point_a_year_and_the_whole_run_before_it),
        cmocka_unit_test(styles_have_their_colours_and_strategies_those_of_the_styles_they_make),
        cmocka_unit_test(of_too_many_groups_the_main_ones_are_shown),
        cmocka_unit_test(two_worlds_share_a_chart_in_two_colours),
        cmocka_unit_test(survival_and_hazard_are_shown_by_pairing),
        cmocka_unit_test(groups_of_a_whole_measure_are_bars_with_intervals),
        cmocka_unit_test(what_is_felt_stands_beside_what_is_shown),
        cmocka_unit_test(changes_by_hand_and_the_present_week_are_marked),
        cmocka_unit_test(an_intervention_is_marked_once_by_its_title_and_its_end_without),
        cmocka_unit_test(charts_without_years_tell_of_changes_in_their_note_and_of_the_years_in_the_brief_one),
        cmocka_unit_test(many_changes_are_told_by_their_number_and_the_same_in_a_year_once),
        cmocka_unit_test(shares_of_zero_stand_on_the_base_line),
        cmocka_unit_test(before_there_are_data_a_panel_says_from_when),
        cmocka_unit_test(every_panel_can_be_drawn_at_any_size),
        cmocka_unit_test(each_group_can_be_shown_alone_in_a_small_panel_of_two_worlds),
        cmocka_unit_test(a_group_alone_has_its_own_values),
        cmocka_unit_test(without_memory_a_chart_is_not_made),
    };
    return cmocka_run_group_tests_name("panel_charts", tests, begin, end);
}
