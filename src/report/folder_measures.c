#include "report/folder_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measures.h"
#include "report/apa_number.h"
#include "report/measure_words.h"

/* Rows in all, and of each scenario however many there are. */
enum { FOREST_MOST = 30, FOREST_LEAST = 3 };

int cr_folder_bars(struct cr_source_chart *made, const struct cr_source *source, const struct cr_manifest_summary *run,
    struct cr_error *error) {
    (void)run;
    enum { NAME, OF, WORTH, ERROR, COLUMNS };
    struct cr_csv_column columns[COLUMNS] = {[NAME] = {.name = "measure", .text = true},
        [OF] = {.name = "group", .text = true},
        [WORTH] = {.name = "value"},
        [ERROR] = {.name = "se"}};
    struct cr_csv_file file;
    const struct cr_folder_wanted wanted = cr_folder_wanted(source->measure, "ssp_share");
    int status = cr_folder_read(&file, source, "measures", columns, COLUMNS, error);
    const size_t groups = columns[OF].word_count;
    bool *shown = cr_holdings_take(&made->holdings, groups, sizeof *shown);
    struct cr_folder_mean *means = cr_holdings_take(&made->holdings, groups, sizeof *means);
    double *reach = cr_holdings_take(&made->holdings, groups, sizeof *reach);
    double *numbers = cr_holdings_take(&made->holdings, 3 * groups, sizeof *numbers);
    const char **names = cr_holdings_take(&made->holdings, groups, sizeof *names);
    struct cr_bar_series *series = cr_holdings_take(&made->holdings, 1, sizeof *series);
    if (status == 0 && made->holdings.failed)
        status = CR_ERROR_MEMORY;
    if (status == 0 && cr_folder_groups(&columns[NAME], &columns[OF], file.rows, &wanted, shown) == 0)
        status = cr_folder_lacks(source, "measures", &wanted, error);
    const int32_t measure = status == 0 ? cr_csv_word(&columns[NAME], wanted.measure) : -1;
    for (size_t i = 0; status == 0 && i < file.rows; i++) {
        const int32_t g = columns[OF].word[i];
        if (columns[NAME].word[i] != measure || g < 0 || !shown[g])
            continue;
        cr_folder_mean_add(&means[g], columns[WORTH].number[i]);
        if (!isnan(columns[WORTH].number[i]))
            reach[g] = CR_NORMAL_95 * columns[ERROR].number[i];
    }
    size_t count = 0;
    bool over_replicates = false;
    for (size_t g = 0; status == 0 && g < groups; g++) {
        if (!shown[g])
            continue;
        const bool several = means[g].n > 1;
        const struct cr_estimate mean = cr_folder_mean_estimate(&means[g]);
        const struct cr_interval interval = cr_source_interval(wanted.measure, mean);
        names[count] = cr_source_group(&made->holdings, wanted.measure, columns[OF].words[g]);
        numbers[count] = mean.value;
        numbers[groups + count] = several ? interval.low : numbers[count] - reach[g];
        numbers[2 * groups + count] = several ? interval.high : numbers[count] + reach[g];
        over_replicates = over_replicates || several;
        count++;
    }
    if (status == 0) {
        *series = (struct cr_bar_series){
            .meaning = CR_MEANING_NEUTRAL, .values = numbers, .low = numbers + groups, .high = numbers + 2 * groups};
        made->chart.title = cr_source_title(&made->holdings, wanted.measure, wanted.group);
        made->chart.note = over_replicates ? "95% intervals over replicates" : "95% intervals within the run";
        made->chart.of.bars = (struct cr_chart_bars){.x = {.category_count = count, .categories = names},
            .y = cr_source_axis(wanted.measure),
            .series = series,
            .series_count = 1};
    }
    cr_csv_free(&file);
    return status;
}

/* The columns of comparison.csv. */
enum { SCENARIO, WITH, NAME, OF, DIFFERENCE, LOW, HIGH, EFFECT, LEAST, FINDING, COMPARISON_COLUMNS };

/* A row of the forest, and by what it is sorted. */
struct ranked {
    struct cr_forest_row row;
    int32_t scenario;
    size_t place; /* in the file */
};

/* By scenario, and then by the size of what they show. */
static int by_size(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    const double x = fabs(a->row.estimate), y = fabs(b->row.estimate);
    if (a->scenario != b->scenario)
        return a->scenario < b->scenario ? -1 : 1;
    if (x != y)
        return x > y ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* Whether a row of the file is drawn: of the measure that is asked for, or of those that come first. */
static bool is_drawn(const struct cr_csv_column *columns, size_t i, const struct cr_folder_wanted *wanted) {
    const int32_t of = columns[OF].word[i], name = columns[NAME].word[i];
    if (columns[SCENARIO].word[i] < 0 || columns[WITH].word[i] < 0 || of < 0 || name < 0 ||
        !isfinite(columns[DIFFERENCE].number[i]))
        return false;
    const char *measure = columns[NAME].words[name], *group = columns[OF].words[of];
    const int known = cr_measure_find(measure);
    if (wanted == NULL)
        return columns[LEAST].number[i] > 0.0 && (known < 0 || cr_measure_is_main(known, group));
    return strcmp(measure, wanted->measure) == 0 && (wanted->group == NULL || strcmp(group, wanted->group) == 0);
}

/* One measure is told in its own unit, unlike ones in the smallest differences that matter. */
static struct cr_forest_row forest_row(
    struct cr_holdings *holdings, const struct cr_csv_column *columns, size_t i, bool one) {
    const char *measure = columns[NAME].words[columns[NAME].word[i]], *group = columns[OF].words[columns[OF].word[i]];
    const double unit = one ? 1.0 : columns[LEAST].number[i], difference = columns[DIFFERENCE].number[i],
                 low = columns[LOW].number[i], high = columns[HIGH].number[i], effect = columns[EFFECT].number[i];
    const int32_t finding = columns[FINDING].word[i];
    char number[CR_APA_SIZE];
    const int decimals = cr_apa_decimals(difference, 0.5 * (high - low), 1, 4);
    return (struct cr_forest_row){.label = cr_source_title(holdings, measure, group),
        .estimate = difference / unit,
        .low = low / unit,
        .high = high / unit,
        .wide_low = (double)NAN,
        .wide_high = (double)NAN,
        .clear = finding >= 0 && strncmp(columns[FINDING].words[finding], "differs", 7) == 0,
        .columns = {cr_holdings_text(holdings, "%s", cr_apa_number(difference, decimals, false, number)),
            isfinite(effect) ? cr_holdings_text(holdings, "%s", cr_apa_number(effect, 2, false, number)) : NULL}};
}

/* Keeps the largest of each scenario, as many as there is room for; a heading tells scenarios apart. */
static size_t choose_rows(struct cr_forest_row *rows, struct ranked *ranked, size_t count, size_t scenarios,
    struct cr_holdings *holdings, const struct cr_csv_column *scenario) {
    const size_t most = scenarios > FOREST_MOST / FOREST_LEAST ? FOREST_LEAST : FOREST_MOST / scenarios;
    size_t kept = 0, of_this = 0;
    qsort(ranked, count, sizeof *ranked, by_size);
    for (size_t i = 0; i < count; i++) {
        of_this = i > 0 && ranked[i].scenario == ranked[i - 1].scenario ? of_this + 1 : 0;
        if (of_this >= most)
            continue;
        rows[kept] = ranked[i].row;
        if (of_this == 0 && scenarios > 1)
            rows[kept].heading = cr_holdings_text(holdings, "%s", scenario->words[ranked[i].scenario]);
        kept++;
    }
    return kept;
}

int cr_folder_forest(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    (void)run;
    struct cr_csv_column columns[COMPARISON_COLUMNS] = {[SCENARIO] = {.name = "scenario", .text = true},
        [WITH] = {.name = "with", .text = true},
        [NAME] = {.name = "measure", .text = true},
        [OF] = {.name = "group", .text = true},
        [DIFFERENCE] = {.name = "difference"},
        [LOW] = {.name = "low"},
        [HIGH] = {.name = "high"},
        [EFFECT] = {.name = "effect"},
        [LEAST] = {.name = "least"},
        [FINDING] = {.name = "finding", .text = true}};
    struct cr_csv_file file;
    int status = cr_folder_read(&file, source, "comparison", columns, COMPARISON_COLUMNS, error);
    const struct cr_folder_wanted wanted = cr_folder_wanted(source->measure, "");
    const bool one = source->measure != NULL;
    struct ranked *ranked = cr_holdings_take(&made->holdings, file.rows, sizeof *ranked);
    struct cr_forest_row *rows = cr_holdings_take(&made->holdings, file.rows, sizeof *rows);
    if (status == 0 && (ranked == NULL || rows == NULL))
        status = CR_ERROR_MEMORY;
    size_t count = 0;
    for (size_t i = 0; status == 0 && i < file.rows; i++)
        if (is_drawn(columns, i, one ? &wanted : NULL)) {
            ranked[count] = (struct ranked){
                .row = forest_row(&made->holdings, columns, i, one), .scenario = columns[SCENARIO].word[i], .place = i};
            count++;
        }
    if (status == 0 && count == 0)
        status = one ? cr_folder_lacks(source, "comparison", &wanted, error)
                     : cr_error_set(error, CR_ERROR_USAGE, "%.300s/comparison.csv has no differences", source->path);
    if (status == 0) {
        const size_t scenarios = columns[SCENARIO].word_count;
        const char *first = columns[SCENARIO].words[0], *with = columns[WITH].words[0];
        const size_t kept = choose_rows(rows, ranked, count, scenarios, &made->holdings, &columns[SCENARIO]);
        made->chart.title = scenarios > 1 ? cr_holdings_text(&made->holdings, "Compared with %s", with)
                                          : cr_holdings_text(&made->holdings, "%s compared with %s", first, with);
        made->chart.subtitle = kept < count ? cr_holdings_text(&made->holdings, "The %zu largest of %zu differences%s",
                                                  kept, count, scenarios > 1 ? ", by scenario" : "")
                                            : NULL;
        made->chart.note = "95% intervals; full where the corrected p is below .05";
        made->chart.of.forest =
            (struct cr_chart_forest){.x = {.label = one ? "difference" : "difference (1: the smallest that matters)",
                                         .unit = one ? cr_source_axis(wanted.measure).label : NULL},
                .rows = rows,
                .row_count = kept,
                .column_titles = {"difference", "effect"},
                .lower = "lower",
                .higher = "higher"};
    }
    cr_csv_free(&file);
    return status;
}
