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

/* The lines of one measure: mean over replicates, by year, one line a group. */
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
    const size_t count = cr_folder_groups(&column[MEASURE], group, series->rows, &wanted, shown);
    if (count == 0)
        return cr_folder_lacks(source, "series", &wanted, error);
    if (count > LINES_MOST)
        return cr_error_set(error, CR_ERROR_USAGE,
            "%s has %zu groups, and no more than %d lines fit; name one as %s:%s", wanted.measure, count, LINES_MOST,
            wanted.measure, group->words[0]);
    const size_t years = (size_t)last + 1;
    struct cr_folder_mean *means = cr_holdings_take(&made->holdings, count * years, sizeof *means);
    struct cr_line *lines = cr_holdings_take(&made->holdings, count, sizeof *lines);
    double *numbers = cr_holdings_take(&made->holdings, 4 * count * years, sizeof *numbers);
    if (means == NULL || lines == NULL || numbers == NULL)
        return CR_ERROR_MEMORY;
    size_t made_lines = 0;
    for (size_t g = 0; g < group->word_count; g++)
        if (shown[g]) {
            const bool alone = count == 1 && (wanted.group != NULL || strcmp(group->words[g], "all") == 0);
            const char *name = alone ? NULL : cr_source_group(&made->holdings, wanted.measure, group->words[g]);
            lines[made_lines] = (struct cr_line){.name = name, .meaning = cr_meaning_of(group->words[g])};
            place[g] = made_lines++;
        }
    const int32_t measure = cr_csv_word(&column[MEASURE], wanted.measure);
    for (size_t i = 0; i < series->rows; i++) {
        const int32_t g = group->word[i];
        if (column[MEASURE].word[i] == measure && g >= 0 && shown[g])
            cr_folder_mean_add(
                &means[place[g] * years + (size_t)lround(column[YEAR].number[i])], column[VALUE].number[i]);
    }
    for (size_t k = 0; k < count; k++) {
        double *x = numbers + 4 * k * years, *y = x + years, *low = y + years, *high = low + years;
        for (size_t year = 0; year < years; year++) {
            const struct cr_folder_mean *mean = &means[k * years + year];
            const struct cr_interval interval = cr_folder_mean_interval(mean);
            x[year] = (double)year;
            y[year] = mean->n > 0 ? mean->value : (double)NAN;
            low[year] = interval.low;
            high[year] = interval.high;
        }
        lines[k].x = x;
        lines[k].y = y;
        lines[k].low = low;
        lines[k].high = high;
        lines[k].count = years;
    }
    chart->kind = CR_CHART_LINES;
    chart->title = cr_source_title(&made->holdings, wanted.measure, wanted.group);
    chart->of.lines = (struct cr_chart_lines){
        .x = {.label = "year of the run", .from = first_year(lines, count), .to = (double)last, .whole = true},
        .y = cr_source_axis(wanted.measure),
        .lines = lines,
        .line_count = count};
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
    if (panels == NULL || list == NULL)
        status = CR_ERROR_MEMORY;
    for (char *at = list; status == 0 && at != NULL; count++) {
        char *comma = strchr(at, ',');
        if (count == MULTIPLES_MOST)
            status = cr_error_set(error, CR_ERROR_USAGE, "no more than %d panels fit", MULTIPLES_MOST);
        if (comma != NULL)
            *comma = '\0';
        if (status == 0)
            status = draw_course(made, &panels[count], source, &series, at, error);
        at = comma != NULL ? comma + 1 : NULL;
    }
    made->chart.title = "Over the years";
    made->chart.note = note_of(run);
    made->chart.of.multiples = (struct cr_chart_multiples){.panels = panels, .count = count, .own_y = true};
    cr_csv_free(&series);
    return status;
}
