#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/statistics.h"
#include "report/comparison_draft.h"
#include "report/measure_words.h"
#include "report/page.h"

/* The courses that are drawn, if there are any. */
static const struct {
    const char *measure, *group;
} wanted[] = {{"style_share", "secure"}, {"ecr_mean", "anxiety"}, {"ecr_mean", "avoidance"}, {"self_worth", "all"},
    {"partnered_share", "all"}, {"satisfaction", "all"}};
enum { CHARTS = sizeof wanted / sizeof *wanted };

/* Everything that the charts borrow. */
struct courses {
    struct cr_chart chart[CHARTS];
    char title[CHARTS][CR_WORDS_SIZE];
    struct cr_line *line; /* owned; [chart * scenarios + scenario] */
    double *numbers;      /* owned */
    size_t count;         /* of charts */
};

static bool is_of(const struct cr_course_point *point, int measure, const char *group) {
    return point->measure == measure && strcmp(point->group, group) == 0;
}

/* The first year in which anything was seen, in a round number. */
static double first_year(const struct cr_line *lines, size_t count) {
    double first = INFINITY;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < lines[i].count; k++)
            if (!isnan(lines[i].y[k])) {
                first = fmin(first, lines[i].x[k]);
                break;
            }
    return isfinite(first) ? 5.0 * floor(first / 5.0) : 0.0;
}

static double last_year(const struct cr_line *lines, size_t count) {
    double last = 0.0;
    for (size_t i = 0; i < count; i++)
        last = lines[i].count > 0 ? fmax(last, lines[i].x[lines[i].count - 1]) : last;
    return last;
}

/* Fills one line from `numbers`, which must have room for four times the points of the history; returns how many it
 * used. */
static size_t fill_line(struct cr_line *line, const struct cr_history *history, int measure, const char *group,
    double level, double *numbers) {
    const bool share = strcmp(cr_measures[measure].unit, "share") == 0;
    size_t count = 0, k = 0;
    for (size_t i = 0; i < history->course_count; i++)
        count += is_of(&history->course[i], measure, group);
    double *const x = numbers, *const y = x + count, *const low = y + count, *const high = low + count;
    for (size_t i = 0; i < history->course_count; i++) {
        const struct cr_course_point *point = &history->course[i];
        if (!is_of(point, measure, group))
            continue;
        const struct cr_estimate mean = {
            .value = point->n > 0 ? point->mean : (double)NAN, .se = cr_course_se(point), .n = point->n};
        const struct cr_interval interval = cr_statistics_t_interval(mean, level);
        x[k] = point->year;
        y[k] = mean.value;
        /* Bands of shares end where shares do; NaN stays. */
        low[k] = share && interval.low < 0.0 ? 0.0 : interval.low;
        high[k++] = share && interval.high > 1.0 ? 1.0 : interval.high;
    }
    line->x = x;
    line->y = y;
    line->low = low;
    line->high = high;
    line->count = count;
    return 4 * count;
}

static int fill(struct courses *courses, struct cr_comparison_draft *draft, struct cr_error *error) {
    const struct cr_comparison_page *page = draft->page;
    size_t points = 0;
    for (size_t i = 0; i < page->count; i++)
        points += page->histories[i].course_count;
    courses->line = calloc(CHARTS * page->count + 1, sizeof *courses->line);
    courses->numbers = malloc((4 * points + 1) * sizeof *courses->numbers);
    if (courses->line == NULL || courses->numbers == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the time courses");
    double *numbers = courses->numbers;
    for (size_t w = 0; w < CHARTS; w++) {
        const int measure = cr_measure_find(wanted[w].measure);
        struct cr_line *lines = courses->line + courses->count * page->count;
        size_t used = 0;
        for (size_t i = 0; measure >= 0 && i < page->count; i++) {
            lines[i] = (struct cr_line){.name = cr_comparison_scenario(draft, i)};
            used += fill_line(
                &lines[i], &page->histories[i], measure, wanted[w].group, page->comparisons[0].level, numbers + used);
        }
        numbers += used;
        if (used == 0)
            continue;
        courses->chart[courses->count] = (struct cr_chart){.kind = CR_CHART_LINES,
            .title = cr_measure_words(measure, wanted[w].group, courses->title[courses->count]),
            .of.lines = {.x = {.label = "year of the run", .whole = true},
                .y = {.label = cr_measures[measure].unit},
                .lines = lines,
                .line_count = page->count}};
        struct cr_chart_axis *x = &courses->chart[courses->count].of.lines.x;
        const double from = first_year(lines, page->count), to = last_year(lines, page->count);
        if (from < to) {
            x->from = from;
            x->to = to;
        }
        courses->count++;
    }
    return 0;
}

int cr_comparison_add_courses(struct cr_comparison_draft *draft, struct cr_error *error) {
    struct courses courses = {.count = 0};
    char level[16];
    int status = fill(&courses, draft, error);
    if (status == 0 && courses.count > 0) {
        cr_comparison_begin_section(draft, "courses", "Over the years");
        cr_page_add(&draft->text,
            "<p>How the population of adults changes as those who grew up under each history take their places in it: "
            "means over replicates, with bands of their %s intervals.</p>\n<div class=\"beside\">\n",
            cr_comparison_level(draft, level));
        for (size_t k = 0; status == 0 && k < courses.count; k++) {
            char name[32];
            const struct cr_page_chart figure = {
                .name = cr_text_format(name, sizeof name, "course-%zu", k), .wide = &courses.chart[k], .half = true};
            status = cr_page_chart_add(&draft->text, &draft->palette, &figure, error);
        }
        cr_page_add(&draft->text, "</div>\n");
        cr_comparison_end_section(draft);
    }
    free(courses.line);
    free(courses.numbers);
    return status;
}
