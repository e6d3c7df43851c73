#include "report/folder_chart.h"

#include <math.h>
#include <string.h>

enum { MULTIPLES_MOST = 12 };

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

/* The lines of one measure: mean over replicates, by year, one line a group. */
static int draw_course(struct cr_source_chart *made, struct cr_chart *chart, const struct cr_source *source,
    const struct cr_csv_file *series, const char *asked, struct cr_error *error) {
    const struct cr_csv_column *column = series->columns;
    const struct cr_folder_wanted wanted = cr_folder_wanted(asked, "style_share");
    const int32_t measure = cr_csv_word(&column[MEASURE], wanted.measure);
    const int32_t group = wanted.group != NULL ? cr_csv_word(&column[GROUP], wanted.group) : -1;
    const size_t groups = column[GROUP].word_count;
    double last = 0.0;
    for (size_t i = 0; i < series->rows; i++)
        last = fmax(last, column[YEAR].number[i]);
    const size_t years = (size_t)last;
    struct cr_folder_mean *means = cr_holdings_take(&made->holdings, groups * (years + 1), sizeof *means);
    bool *there = cr_holdings_take(&made->holdings, groups + 1, sizeof *there);
    struct cr_line *lines = cr_holdings_take(&made->holdings, groups + 1, sizeof *lines);
    double *numbers = cr_holdings_take(&made->holdings, 4 * groups * (years + 1), sizeof *numbers);
    if (means == NULL || there == NULL || lines == NULL || numbers == NULL)
        return CR_ERROR_MEMORY;
    bool any = false;
    for (size_t i = 0; i < series->rows; i++) {
        const int32_t g = column[GROUP].word[i];
        if (measure < 0 || column[MEASURE].word[i] != measure || g < 0 || (wanted.group != NULL && g != group))
            continue;
        there[g] = any = true;
        cr_folder_mean_add(&means[(size_t)g * (years + 1) + (size_t)column[YEAR].number[i]], column[VALUE].number[i]);
    }
    if (!any)
        return cr_folder_lacks(source, "series", &wanted, error);
    size_t count = 0;
    for (size_t g = 0; g < groups; g++) {
        if (!there[g])
            continue;
        double *x = numbers + 4 * g * (years + 1), *y = x + years + 1, *low = y + years + 1, *high = low + years + 1;
        for (size_t year = 0; year <= years; year++) {
            const struct cr_folder_mean *mean = &means[g * (years + 1) + year];
            x[year] = (double)year;
            y[year] = mean->n > 0.0 ? mean->value : (double)NAN;
            low[year] = y[year] - cr_folder_mean_reach(mean);
            high[year] = y[year] + cr_folder_mean_reach(mean);
        }
        const char *name = cr_holdings_text(&made->holdings, "%s", column[GROUP].words[g]);
        lines[count++] = (struct cr_line){.name = name,
            .meaning = cr_meaning_of(column[GROUP].words[g]),
            .x = x,
            .y = y,
            .low = low,
            .high = high,
            .count = years + 1};
    }
    chart->kind = CR_CHART_LINES;
    chart->title = cr_folder_readable(&made->holdings, wanted.measure);
    chart->of.lines = (struct cr_chart_lines){
        .x = {.label = "year of the run", .from = first_year(lines, count), .to = last, .whole = true},
        .y = {.label = cr_folder_readable(&made->holdings, wanted.measure), .unit = cr_folder_unit(wanted.measure)},
        .lines = lines,
        .line_count = count};
    return 0;
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
    made->chart.note = run->replicates > 1 ? "bands: 95 % intervals of the mean over replicates" : NULL;
    cr_csv_free(&series);
    return status;
}

int cr_folder_multiples(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    struct cr_csv_column columns[SERIES_COLUMNS];
    struct cr_csv_file series;
    struct cr_chart *panels = cr_holdings_take(&made->holdings, MULTIPLES_MOST, sizeof *panels);
    char *list = cr_holdings_text(&made->holdings, "%s",
        source->measure != NULL ? source->measure : "style_share,ecr_mean,partnered_share,satisfaction");
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
    made->chart.note = run->replicates > 1 ? "bands: 95 % intervals of the mean over replicates" : NULL;
    made->chart.of.multiples = (struct cr_chart_multiples){.panels = panels, .count = count, .own_y = true};
    cr_csv_free(&series);
    return status;
}
