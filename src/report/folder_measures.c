#include "report/folder_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/measures.h"
#include "report/measure_words.h"

enum { FOREST_MOST = 30 };

int cr_folder_bars(struct cr_source_chart *made, const struct cr_source *source, const struct cr_manifest_summary *run,
    struct cr_error *error) {
    enum { NAME, OF, WORTH, ERROR, COLUMNS };
    struct cr_csv_column columns[COLUMNS] = {[NAME] = {.name = "measure", .text = true},
        [OF] = {.name = "group", .text = true},
        [WORTH] = {.name = "value"},
        [ERROR] = {.name = "se"}};
    struct cr_csv_file file;
    const struct cr_folder_wanted wanted = cr_folder_wanted(source->measure, "ssp_share");
    int status = cr_folder_read(&file, source, "measures", columns, COLUMNS, error);
    const size_t groups = columns[OF].word_count;
    struct cr_folder_mean *means = cr_holdings_take(&made->holdings, groups, sizeof *means);
    double *numbers = cr_holdings_take(&made->holdings, 4 * groups, sizeof *numbers);
    const char **names = cr_holdings_take(&made->holdings, groups, sizeof *names);
    struct cr_bar_series *series = cr_holdings_take(&made->holdings, 1, sizeof *series);
    if (means == NULL || numbers == NULL || names == NULL || series == NULL)
        status = CR_ERROR_MEMORY;
    const int32_t measure = status == 0 ? cr_csv_word(&columns[NAME], wanted.measure) : -1;
    for (size_t i = 0; status == 0 && i < file.rows; i++)
        if (measure >= 0 && columns[NAME].word[i] == measure &&
            (wanted.group == NULL || strcmp(columns[OF].words[columns[OF].word[i]], wanted.group) == 0)) {
            cr_folder_mean_add(&means[columns[OF].word[i]], columns[WORTH].number[i]);
            numbers[3 * groups + (size_t)columns[OF].word[i]] = CR_NORMAL_95 * columns[ERROR].number[i];
        }
    size_t count = 0;
    for (size_t g = 0; status == 0 && g < groups; g++) {
        if (means[g].n == 0.0)
            continue;
        const double reach = means[g].n > 1.0 ? cr_folder_mean_reach(&means[g]) : numbers[3 * groups + g];
        names[count] = cr_holdings_text(&made->holdings, "%s", columns[OF].words[g]);
        numbers[count] = means[g].value;
        numbers[groups + count] = means[g].value - reach;
        numbers[2 * groups + count++] = means[g].value + reach;
    }
    if (status == 0 && count == 0)
        status = cr_folder_lacks(source, "measures", &wanted, error);
    if (status == 0) {
        *series = (struct cr_bar_series){
            .meaning = CR_MEANING_NEUTRAL, .values = numbers, .low = numbers + groups, .high = numbers + 2 * groups};
        made->chart.title = cr_folder_readable(&made->holdings, wanted.measure);
        made->chart.note = run->replicates > 1 ? "95 % intervals over replicates" : "95 % intervals within the run";
        made->chart.of.bars = (struct cr_chart_bars){.x = {.category_count = count, .categories = names},
            .y = {.label = cr_folder_readable(&made->holdings, wanted.measure), .unit = cr_folder_unit(wanted.measure)},
            .series = series,
            .series_count = 1};
    }
    cr_csv_free(&file);
    return status;
}

/* A measure and group in words; as they stand in the file if this program does not know them. */
static const char *words_of(const char *measure, const char *group, char words[CR_WORDS_SIZE]) {
    const int number = cr_measure_find(measure);
    return number >= 0 ? cr_measure_words(number, group, words)
                       : cr_text_format(words, CR_WORDS_SIZE, "%s, %s", measure, group);
}

/* Rows of a forest in the order of the size of what they show. */
static int by_size(const void *left, const void *right) {
    const double a = fabs(((const struct cr_forest_row *)left)->estimate);
    const double b = fabs(((const struct cr_forest_row *)right)->estimate);
    return (a < b) - (a > b);
}

int cr_folder_forest(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    (void)run;
    enum { SCENARIO, WITH, NAME, OF, DIFFERENCE, LOW, HIGH, EFFECT, LEAST, FINDING, COLUMNS };
    struct cr_csv_column columns[COLUMNS] = {[SCENARIO] = {.name = "scenario", .text = true},
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
    int status = cr_folder_read(&file, source, "comparison", columns, COLUMNS, error);
    const struct cr_folder_wanted wanted = cr_folder_wanted(source->measure, "");
    const bool one = source->measure != NULL;
    struct cr_forest_row *rows = cr_holdings_take(&made->holdings, file.rows, sizeof *rows);
    if (rows == NULL)
        status = CR_ERROR_MEMORY;
    size_t count = 0;
    for (size_t i = 0; status == 0 && i < file.rows; i++) {
        const char *measure = columns[NAME].words[columns[NAME].word[i]],
                   *group = columns[OF].words[columns[OF].word[i]];
        if (columns[SCENARIO].word[i] != 0 || isnan(columns[DIFFERENCE].number[i]) ||
            (one &&
                (strcmp(measure, wanted.measure) != 0 || (wanted.group != NULL && strcmp(group, wanted.group) != 0))))
            continue;
        /* One measure is told in its own unit, unlike ones in the smallest differences that matter. */
        char words[CR_WORDS_SIZE];
        const double unit = one ? 1.0 : columns[LEAST].number[i];
        rows[count++] =
            (struct cr_forest_row){.label = cr_holdings_text(&made->holdings, "%s", words_of(measure, group, words)),
                .estimate = columns[DIFFERENCE].number[i] / unit,
                .low = columns[LOW].number[i] / unit,
                .high = columns[HIGH].number[i] / unit,
                .wide_low = (double)NAN,
                .wide_high = (double)NAN,
                .clear = strncmp(columns[FINDING].words[columns[FINDING].word[i]], "differs", 7) == 0,
                .columns = {cr_holdings_text(&made->holdings, "%.3g", columns[DIFFERENCE].number[i]),
                    isnan(columns[EFFECT].number[i])
                        ? NULL
                        : cr_holdings_text(&made->holdings, "%.2f", columns[EFFECT].number[i])}};
    }
    if (status == 0 && count == 0)
        status = cr_folder_lacks(source, "comparison", &wanted, error);
    if (status == 0) {
        const char *first = columns[SCENARIO].words[0], *with = columns[WITH].words[0];
        qsort(rows, count, sizeof *rows, by_size);
        made->chart.title = cr_holdings_text(&made->holdings, "%s compared with %s", first, with);
        made->chart.subtitle = count > FOREST_MOST ? cr_holdings_text(&made->holdings,
                                                         "the %d largest of %zu differences", FOREST_MOST, count)
                                                   : NULL;
        made->chart.note = "95 % intervals; full where the corrected p is below .05";
        made->chart.of.forest =
            (struct cr_chart_forest){.x = {.label = one ? "difference" : "difference, in the smallest that matter",
                                         .unit = one ? cr_folder_unit(wanted.measure) : NULL},
                .rows = rows,
                .row_count = count < FOREST_MOST ? count : FOREST_MOST,
                .column_titles = {"difference", "effect"},
                .lower = cr_holdings_text(&made->holdings, "lower under %s", first),
                .higher = cr_holdings_text(&made->holdings, "higher under %s", first)};
    }
    cr_csv_free(&file);
    return status;
}
