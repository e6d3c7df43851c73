#include <math.h>
#include <string.h>

#include "report/measure_words.h"
#include "report/source_chart.h"
#include "viz/panel/panel_chart.h"

/* Lines over the years of the run. With two worlds each group has a small chart of its own, with a line a world. */

enum { GROUPS_MOST = 8, BANDS_MOST = 3, SMALL_CHARTS = 4 };

struct course {
    int measure;
    const char *subtitle, *axis;
    struct cr_panel_group group[GROUPS_MOST]; /* those that matter most first */
    size_t count;
    size_t main; /* so many of them even where there is little room */
};

static void describe(struct course *course, enum cr_panel_kind kind) {
    static const struct {
        const char *measure, *subtitle, *axis;
        size_t count, main;
        struct cr_panel_group group[5];
    } courses[CR_PANEL_KINDS] = {
        [CR_PANEL_EARNED] = {"earned_security", "Share of those once insecure who have earned security", "of these", 3,
            2,
            {{"infancy", "insecure in infancy", CR_MEANING_SCENARIO_1},
                {"adult", "insecure at 18", CR_MEANING_SCENARIO_2}, {"all", "either", CR_MEANING_NEUTRAL}}},
        [CR_PANEL_ROUTES] = {"earned_security", "Share of earned security by what moved beliefs most",
            "of those who earned it", 3, 2,
            {{"partner", "a partner", CR_MEANING_SCENARIO_2}, {"caregiver", "the caregiver", CR_MEANING_SCENARIO_1},
                {"other", "all else", CR_MEANING_NEUTRAL}}},
        [CR_PANEL_STRATEGIES] = {"strategy_share", "Share of adults’ needs by the way comfort is sought", "of needs", 4,
            2,
            {{"protest", "protest", CR_MEANING_PREOCCUPIED}, {"deactivate", "deactivation", CR_MEANING_DISMISSING},
                {"open", "open bids", CR_MEANING_SECURE}, {"appease", "appeasement", CR_MEANING_FEARFUL}}},
        [CR_PANEL_SATISFACTION] = {"satisfaction", "Mean rating by adults with a partner", "rating", 5, 1,
            {{"all", "all", CR_MEANING_NEUTRAL}, {"secure", "secure", CR_MEANING_SECURE},
                {"preoccupied", "preoccupied", CR_MEANING_PREOCCUPIED},
                {"dismissing", "dismissing", CR_MEANING_DISMISSING}, {"fearful", "fearful", CR_MEANING_FEARFUL}}},
    };
    course->measure = cr_measure_find(courses[kind].measure);
    course->subtitle = courses[kind].subtitle;
    course->axis = courses[kind].axis;
    course->count = courses[kind].count;
    course->main = courses[kind].main;
    memcpy(course->group, courses[kind].group, sizeof courses[kind].group);
}

static const char *last_part(const char *group) {
    const char *const blank = strrchr(group, ' ');
    return blank != NULL ? blank + 1 : group;
}

/* Which groups of a measure are shown where not all can be: the main ones, else those of one part, else those that are
 * like the first one in their last part. */
enum choice { EVERY, MAIN, OF_ONE_PART, LIKE_THE_FIRST, CHOICES };

static bool chosen(enum choice choice, int measure, const char *group, const char *first) {
    return choice == EVERY || (choice == MAIN && cr_measure_is_main(measure, group)) ||
           (choice == OF_ONE_PART && strchr(group, ' ') == NULL) ||
           (choice == LIKE_THE_FIRST && strcmp(last_part(group), last_part(first)) == 0);
}

static struct cr_panel_group group_of(struct cr_panel_maker *maker, int measure, const char *group) {
    return (struct cr_panel_group){
        group, cr_source_group(maker->holdings, cr_measures[measure].name, group), cr_meaning_of(group)};
}

/* Leaves one group alone if one is asked for. */
static void choose_alone(
    struct cr_panel_maker *maker, struct course *course, const struct cr_panel_group *groups, size_t count) {
    const struct cr_panel_group *const alone = cr_panel_offer(maker, groups, count);
    if (alone == NULL)
        return;
    course->group[0] = *alone;
    course->count = course->main = 1;
}

/* All groups of any measure, or the best choice of them. */
static void describe_measure(struct cr_panel_maker *maker, struct course *course, int measure) {
    const struct cr_findings *findings = &maker->matter->world[0].findings;
    const char *groups[4 * GROUPS_MOST];
    size_t found = 0;
    for (size_t k = 0; k < findings->series_count && found < sizeof groups / sizeof *groups; k++)
        if (findings->series[k].measure == measure)
            groups[found++] = findings->series[k].group;
    enum choice choice = EVERY;
    for (; choice < LIKE_THE_FIRST; choice++) {
        size_t count = 0;
        for (size_t k = 0; k < found; k++)
            count += chosen(choice, measure, groups[k], groups[0]);
        if (count > 0 && count <= GROUPS_MOST)
            break;
    }
    course->measure = measure;
    course->main = 2;
    for (int first = 1; first >= 0; first--)
        for (size_t k = 0; k < found && course->count < GROUPS_MOST; k++)
            if (chosen(choice, measure, groups[k], groups[0]) && cr_measure_is_main(measure, groups[k]) == (first == 1))
                course->group[course->count++] = group_of(maker, measure, groups[k]);
    struct cr_panel_group all[4 * GROUPS_MOST];
    for (size_t k = 0; k < found; k++)
        all[k] = group_of(maker, measure, groups[k]);
    choose_alone(maker, course, all, found);
}

static bool has_value(const struct cr_panel_maker *maker, const struct course *course) {
    for (size_t w = 0; w < maker->matter->count; w++)
        for (size_t g = 0; g < course->count; g++) {
            const struct cr_series *series = cr_panel_series(maker, w, course->measure, course->group[g].group);
            for (int32_t s = 0; series != NULL && s < maker->matter->world[w].findings.survey_count; s++)
                if (!isnan(series->value[s]))
                    return true;
        }
    return false;
}

/* A line has one point a survey, at the end of its year. */
static struct cr_line draw_series(
    struct cr_panel_maker *maker, size_t world, const struct course *course, size_t group, bool band) {
    const struct cr_series *series = cr_panel_series(maker, world, course->measure, course->group[group].group);
    const size_t count = series != NULL ? (size_t)maker->matter->world[world].findings.survey_count : 0;
    double *const numbers = cr_holdings_take(maker->holdings, 4 * count + 1, sizeof *numbers);
    struct cr_line line = {.name = course->group[group].name, .meaning = course->group[group].meaning};
    if (series == NULL || numbers == NULL)
        return line;
    double *const x = numbers, *const y = x + count, *const low = y + count, *const high = low + count;
    for (size_t s = 0; s < count; s++) {
        const struct cr_interval interval =
            cr_panel_interval(course->measure, (double)series->value[s], (double)series->se[s]);
        x[s] = (double)s + 1.0;
        y[s] = (double)series->value[s];
        low[s] = interval.low;
        high[s] = interval.high;
    }
    line.x = x;
    line.y = y;
    line.low = band ? low : NULL;
    line.high = band ? high : NULL;
    line.count = count;
    return line;
}

/* A chart of some groups and worlds, over the whole length of the run. */
static void draw_lines(struct cr_panel_maker *maker, const struct course *course, struct cr_chart *chart,
    struct cr_line *lines, size_t count) {
    struct cr_chart_axis y = cr_source_axis(cr_measures[course->measure].name);
    if (course->axis != NULL)
        y.label = maker->roomy ? course->axis : NULL; /* the subtitle says it, too */
    chart->kind = CR_CHART_LINES;
    chart->legend = CR_LEGEND_ABOVE;
    chart->empty = cr_panel_empty(maker, course->measure);
    chart->occasions = maker->occasions;
    chart->occasion_count = maker->occasion_count;
    chart->of.lines = (struct cr_chart_lines){
        .x = {.label = "year", .whole = true, .to = (double)maker->matter->weeks / CR_WEEKS_A_YEAR},
        .y = y,
        .lines = lines,
        .line_count = count};
}

/* One small chart a group. */
static void draw_worlds(struct cr_panel_maker *maker, const struct course *course) {
    const size_t room = maker->roomy ? SMALL_CHARTS : course->main, worlds = maker->matter->count;
    const size_t count = course->count < room ? course->count : room;
    struct cr_chart *const charts = cr_holdings_take(maker->holdings, count, sizeof *charts);
    struct cr_line *const lines = cr_holdings_take(maker->holdings, count * worlds, sizeof *lines);
    if (charts == NULL || lines == NULL)
        return;
    for (size_t g = 0; g < count; g++) {
        for (size_t w = 0; w < worlds; w++) {
            lines[g * worlds + w] = draw_series(maker, w, course, g, true);
            lines[g * worlds + w].name = maker->worlds[w];
            lines[g * worlds + w].meaning = (enum cr_meaning)(CR_MEANING_SCENARIO_1 + (int)w);
        }
        draw_lines(maker, course, count == 1 ? maker->chart : &charts[g], lines + g * worlds, worlds);
        charts[g].title = course->group[g].name;
    }
    if (count == 1)
        return;
    maker->chart->kind = CR_CHART_MULTIPLES;
    maker->chart->of.multiples =
        (struct cr_chart_multiples){.panels = charts, .count = count, .columns = cr_panel_columns(maker, count)};
}

void cr_panel_make_course(struct cr_panel_maker *maker, struct cr_panel_choice choice) {
    struct course course = {.measure = choice.measure};
    if (choice.kind == CR_PANEL_MEASURE)
        describe_measure(maker, &course, choice.measure);
    else {
        describe(&course, choice.kind);
        choose_alone(maker, &course, course.group, course.count);
    }
    maker->chart->subtitle = course.subtitle;
    if (!has_value(maker, &course)) {
        draw_lines(maker, &course, maker->chart, NULL, 0);
        return;
    }
    if (maker->matter->count > 1) {
        draw_worlds(maker, &course);
        return;
    }
    struct cr_line *const lines = cr_holdings_take(maker->holdings, course.count, sizeof *lines);
    if (lines == NULL)
        return;
    for (size_t g = 0; g < course.count; g++)
        lines[g] = draw_series(maker, 0, &course, g, course.count <= BANDS_MOST);
    if (course.count == 1 && strcmp(course.group[0].group, "all") == 0) /* nothing else is there */
        lines[0].name = NULL;
    draw_lines(maker, &course, maker->chart, lines, course.count);
}
