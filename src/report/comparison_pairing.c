#include <math.h>
#include <stdlib.h>

#include "measure/statistics.h"
#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/measure_words.h"
#include "report/page.h"

/* The median gain over the rows of a topic; NaN for none. `gains` has room for all rows. */
static double median_gain(const struct cr_comparison *comparison, enum cr_topic topic, double *gains) {
    size_t count = 0;
    for (size_t r = 0; r < comparison->count; r++)
        if (isfinite(comparison->row[r].gain) && cr_measure_topic(comparison->row[r].measure) == topic)
            gains[count++] = comparison->row[r].gain;
    return cr_statistics_quantile(gains, cr_statistics_sort(gains, count), 0.5);
}

static void add_sentence(struct cr_comparison_draft *draft, size_t k) {
    char gain[CR_APA_SIZE], many[CR_APA_SIZE];
    const double median = cr_comparison_median_gain(&draft->page->comparisons[k]);
    if (isnan(median)) {
        cr_page_add(&draft->text, "<p>There was no variance for pairing to reduce.</p>\n");
        return;
    }
    const double replicates = (double)draft->page->histories[0].measures.replicates;
    cr_page_add(&draft->text,
        "<p>Pairing divided the variance of a difference by %s (median over measures): without it, as narrow intervals "
        "would have taken about %s replicates of each scenario rather than %s.</p>\n",
        cr_apa_number(median, 1, false, gain), cr_apa_count((int64_t)ceil(median * replicates), many),
        cr_apa_count((int64_t)replicates, (char[CR_APA_SIZE]){0}));
}

/* What a chart of the gains borrows. */
struct bars {
    struct cr_bar_series *series; /* owned */
    double *values;               /* owned; [comparison * CR_TOPICS + topic] */
    double *gains;                /* owned; scratch */
    const char *topics[CR_TOPICS];
    size_t topic_count;
};

static int fill(struct bars *bars, struct cr_comparison_draft *draft, struct cr_error *error) {
    const size_t comparisons = draft->page->count - 1;
    size_t rows = 0;
    for (size_t k = 0; k < comparisons; k++)
        rows = draft->page->comparisons[k].count > rows ? draft->page->comparisons[k].count : rows;
    bars->series = calloc(comparisons + 1, sizeof *bars->series);
    bars->values = calloc((comparisons + 1) * CR_TOPICS, sizeof *bars->values);
    bars->gains = malloc((rows + 1) * sizeof *bars->gains);
    if (bars->series == NULL || bars->values == NULL || bars->gains == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for what pairing gained");
    for (int topic = 0; topic < CR_TOPICS; topic++) {
        bool any = false;
        for (size_t k = 0; k < comparisons; k++) {
            double *const value = &bars->values[k * CR_TOPICS + bars->topic_count];
            *value = median_gain(&draft->page->comparisons[k], (enum cr_topic)topic, bars->gains);
            any = any || !isnan(*value);
        }
        if (any)
            bars->topics[bars->topic_count++] = cr_topic_name((enum cr_topic)topic);
    }
    for (size_t k = 0; k < comparisons; k++)
        bars->series[k] = (struct cr_bar_series){.name = cr_comparison_scenario(draft, k + 1),
            .meaning = (enum cr_meaning)(CR_MEANING_SCENARIO_2 + (int)(k % 7)),
            .values = bars->values + k * CR_TOPICS};
    return 0;
}

static int add_chart(struct cr_comparison_draft *draft, struct cr_error *error) {
    struct bars bars = {.topic_count = 0};
    int status = fill(&bars, draft, error);
    if (status == 0 && bars.topic_count > 0) {
        const struct cr_chart chart = {.kind = CR_CHART_BARS,
            .title = "What pairing gained",
            .subtitle = "Variance of the difference without pairing, as a multiple of that with it (median)",
            .description = "Bars of the median ratio of variances, unpaired over paired, for each group of measures.",
            .of.bars = {.x = {.categories = bars.topics, .category_count = bars.topic_count},
                .y = {.label = "ratio of variances"},
                .series = bars.series,
                .series_count = draft->page->count - 1}};
        const struct cr_page_chart figure = {.name = "pairing", .wide = &chart, .flat = 0.55};
        status = cr_page_chart_add(&draft->text, &draft->palette, &figure, error);
    }
    free(bars.series);
    free(bars.values);
    free(bars.gains);
    return status;
}

int cr_comparison_add_pairing(struct cr_comparison_draft *draft, struct cr_error *error) {
    int status = 0;
    if (!draft->page->comparisons[0].paired)
        return 0;
    cr_comparison_begin_section(draft, "pairing", "How much pairing helped");
    for (size_t k = 0; k + 1 < draft->page->count; k++) {
        cr_comparison_name(draft, k);
        add_sentence(draft, k);
    }
    status = add_chart(draft, error);
    cr_comparison_end_section(draft);
    return status;
}
