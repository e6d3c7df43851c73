#include "report/folder_chart.h"

#include <math.h>
#include <string.h>

enum { MULTIPLES_MOST = 12, LINES_MOST = 24, YEARS_MOST = 10000 };

/* The columns of series.csv. */
enum { YEAR, MEASURE, GROUP, VALUE, SERIES_COLUMNS };

/* The first year in which any line has a value: children have no styles. */
static double first_year(const struct cr_line *lines, size_t count) {
    double first = HUGE_VAL;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < lines[k].count; i++)
            if (!isnan(lines[k].y[i]))
                first = fmin(first, lines[k].x[i]);
    return isfinite(first) ? first : 0.0;
}

/* The last year; negative, with a sentence, if any year is none of a run. */
static int last_year(const struct cr_source *source, const struct cr_csv_file *series, struct cr_error *error) {
    double last = 0.0;
    for (size_t i = 0; i < series->rows; i++) {
        const double year = series->columns[YEAR].number[i];
        if (!(year >= 0.0 && year <= YEARS_MOST))
            return cr_error_set(error, CR_ERROR_USAGE, "%.300s/series.csv has the year %g; years go from 0 to %d",
                source->path, year, YEARS_MOST);
        last = fmax(last, year);
    }
    return (int)lround(last);
}

/* One line a group that is shown, without data yet; place[g] is the line of group g. */
static void name_lines(struct cr_holdings *holdings, struct cr_line *lines, size_t *place,
    const struct cr_folder_wanted *wanted, const struct cr_csv_column *group, const bool *shown, size_t count) {
    size_t named = 0;
    for (size_t g = 0; g < group->word_count; g++) {
        if (!shown[g])
            continue;
        const bool alone = count == 1 && (wanted->group != NULL || strcmp(group->words[g], "all") == 0);
        lines[named] =
            (struct cr_line){.name = alone ? NULL : cr_source_group(holdings, wanted->measure, group->words[g]),
                .meaning = cr_meaning_of(group->words[g])};
        place[g] = named++;
    }
}

/* Mean and interval over replicates, by year; `numbers` has room for four a year. */
static void fill_line(
    struct cr_line *line, const char *measure, const struct cr_folder_mean *means, size_t years, double *numbers) {
    double *x = numbers, *y = x + years, *low = y + years, *high = low + years;
    for (size_t year = 0; year < years; year++) {
        const struct cr_estimate mean = cr_folder_mean_estimate(&means[year]);
        const struct cr_interval interval = cr_source_interval(measure, mean);
        x[year] = (double)year;
        y[year] = mean.value;
        low[year] = interval.low;
        high[year] = interval.high;
    }
    line->x = x;
    line->y = y;
    line->low = low;
    line->high = high;
    line->count = years;
}

/* The lines of one measure, one a group. */
static int draw_course(struct cr_source_chart *made, struct cr_chart *chart, const struct cr_source *source,
    const struct cr_csv_file *series, const char *asked, struct cr_error *error) {
    const struct cr_csv_column *column = series->columns, *group = &column[GROUP];
    const struct cr_folder_wanted wanted = cr_folder_wanted(asked, "style_share");
    const int last = last_year(source, series, error);
    if (last < 0)
        return last;
    bool *shown = cr_holdings_take(&made->holdings, group->word_count, sizeof *shown);
    size_t *place = cr_holdings_take(&made->holdings, group->word_count, sizeof *place);
    if (shown == NULL || place == NULL)
        return CR_ERROR_MEMORY;
    const size_t count = cr_folder_groups(&column[MEASURE], group, series->rows, &wanted, shown),
                 years = (size_t)last + 1;
    if (count == 0)
        return cr_folder_lacks(source, "series", &wanted, error);
    if (count > LINES_MOST)
        return cr_error_set(error, CR_ERROR_USAGE,
            "%s has %zu groups, and no more than %d lines fit; name one as %s:GROUP", wanted.measure, count, LINES_MOST,
            wanted.measure);
    struct cr_folder_mean *means = cr_holdings_take(&made->holdings, count * years, sizeof *means);
    struct cr_line *lines = cr_holdings_take(&made->holdings, count, sizeof *lines);
    double *numbers = cr_holdings_take(&made->holdings, 4 * count * years, sizeof *numbers);
    if (means == NULL || lines == NULL || numbers == NULL)
        return CR_ERROR_MEMORY;
    name_lines(&made->holdings, lines, place, &wanted, group, shown, count);
    const int32_t measure = cr_csv_word(&column[MEASURE], wanted.measure);
    for (size_t i = 0; i < series->rows; i++) {
        const int32_t g = group->word[i];
        if (column[MEASURE].word[i] == measure && g >= 0 && shown[g])
            cr_folder_mean_add(
                &means[place[g] * years + (size_t)lround(column[YEAR].number[i])], column[VALUE].number[i]);
    }
    for (size_t k = 0; k < count; k++)
        fill_line(&lines[k], wanted.measure, means + k * years, years, numbers + 4 * k * years);
    chart->kind = CR_CHART_LINES;
    chart->title = cr_source_title(&made->holdings, wanted.measure, wanted.group);
    chart->of.lines = (struct cr_chart_lines){.x = {.label = "year of the run", .whole = true},
        .y = cr_source_axis(wanted.measure),
        .lines = lines,
        .line_count = count};
    const double first = first_year(lines, count);
    if (first < (double)last) {
        chart->of.lines.x.from = first;
        chart->of.lines.x.to = (double)last;
    }
    return 0;
}

static const char *note_of(const struct cr_manifest_summary *run) {
    return run->replicates > 1 ? "Bands: 95% intervals of the mean over replicates" : NULL;
}

static int read_series(struct cr_csv_file *file, struct cr_csv_column columns[SERIES_COLUMNS],
    const struct cr_source *source, struct cr_error *error) {
    columns[YEAR] = (struct cr_csv_column){.name = "year"};
    columns[MEASURE] = (struct cr_csv_column){.name = "measure", .text = true};
    columns[GROUP] = (struct cr_csv_column){.name = "group", .text = true};
    columns[VALUE] = (struct cr_csv_column){.name = "value"};
    return cr_folder_read(file, source, "series", columns, SERIES_COLUMNS, error);
}

int cr_folder_lines(struct cr_source_chart *made, const struct cr_source *source, const struct cr_manifest_summary *run,
    struct cr_error *error) {
    struct cr_csv_column columns[SERIES_COLUMNS];
    struct cr_csv_file series;
    int status = read_series(&series, columns, source, error);
    if (status == 0)
        status = draw_course(made, &made->chart, source, &series, source->measure, error);
    made->chart.note = note_of(run);
    cr_csv_free(&series);
    return status;
}

int cr_folder_multiples(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    struct cr_csv_column columns[SERIES_COLUMNS];
    struct cr_csv_file series;
    struct cr_chart *panels = cr_holdings_take(&made->holdings, MULTIPLES_MOST, sizeof *panels);
    char *list = cr_holdings_text(&made->holdings, "%s",
        source->measure != NULL ? source->measure : "style_share,ecr_mean,partnered_share:all,satisfaction:all");
    int status = read_series(&series, columns, source, error);
    size_t count = 0;
    if (status == 0 && (panels == NULL || list == NULL))
        status = CR_ERROR_MEMORY;
    for (char *at = list; status == 0 && at != NULL; count++) {
        char *comma = strchr(at, ',');
        if (count == MULTIPLES_MOST)
            status = cr_error_set(error, CR_ERROR_USAGE, "no more than %d panels fit", MULTIPLES_MOST);
        if (comma != NULL)
            *comma = '\0';
        if (status == 0)
            status = draw_course(made, &panels[count], source, &series, at, error);
        if (status == 0)
            panels[count].of.lines.y.label = NULL; /* a panel's title says it */
        at = comma != NULL ? comma + 1 : NULL;
    }
    made->chart.title = "Over the years";
    made->chart.note = note_of(run);
    made->chart.of.multiples = (struct cr_chart_multiples){.panels = panels, .count = count, .own_y = true};
    cr_csv_free(&series);
    return status;
}
