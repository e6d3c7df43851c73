#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/comparison_ranking.h"
#include "report/measure_words.h"
#include "report/page.h"

/* The texts that a row of a forest borrows. */
struct row_text {
    char label[CR_WORDS_SIZE], brief[CR_WORDS_SIZE];
    char column[CR_FOREST_COLUMNS][CR_APA_SIZE];
};

struct forest {
    struct cr_forest_row *row, *brief; /* owned: with full labels, and with brief ones alone */
    struct row_text *text;             /* owned */
    size_t count;
};

/* An end of the interval as an effect: of means in their standard deviation, of shares and correlations as if the
 * first were as it was found. */
static double effect_at(const struct cr_difference *row, double end) {
    if (end == row->difference.value)
        return row->effect;
    if (row->effect_kind != CR_EFFECT_D)
        return cr_effect_size(row->effect_kind, row->first.value, row->first.value + end, (double)NAN);
    return row->difference.value != 0.0 ? row->effect * end / row->difference.value : (double)NAN;
}

static void add_row(struct forest *forest, const struct cr_difference *row, const char *heading) {
    struct row_text *const text = &forest->text[forest->count];
    struct cr_forest_row *const shown = &forest->row[forest->count++];
    const bool bounded = cr_measure_is_bounded(row->measure);
    const int decimals = cr_apa_decimals(row->difference.value, 0.5 * (row->t.high - row->t.low), 1, 3);
    char effect[CR_APA_SIZE];
    *shown = (struct cr_forest_row){.heading = heading,
        .label = cr_measure_words(row->measure, row->group, text->label),
        .estimate = row->effect,
        .low = effect_at(row, row->t.low),
        .high = effect_at(row, row->t.high),
        .wide_low = (double)NAN,
        .wide_high = (double)NAN,
        .clear = row->finding == CR_FINDING_DIFFERS || row->finding == CR_FINDING_SLIGHT};
    cr_apa_number(row->first.value, decimals, bounded, text->column[0]);
    cr_apa_number(row->second.value, decimals, bounded, text->column[1]);
    cr_text_format(text->column[2], CR_APA_SIZE, "%s = %.40s", cr_effect_letter(row->effect_kind),
        cr_apa_number(row->effect, 2, false, effect));
    for (int c = 0; c < CR_FOREST_COLUMNS; c++)
        shown->columns[c] = text->column[c];
    struct cr_forest_row *const brief = &forest->brief[shown - forest->row];
    *brief = *shown;
    brief->label = cr_measure_brief_words(row->measure, row->group, text->brief);
    memset(brief->columns, 0, sizeof brief->columns);
}

static bool has_place(const struct cr_comparison *comparison, size_t r) {
    return cr_comparison_is_main(comparison, r) && !isnan(comparison->row[r].effect);
}

static int fill(struct forest *forest, const struct cr_comparison *comparison, struct cr_error *error) {
    *forest = (struct forest){.row = calloc(comparison->count + 1, sizeof *forest->row),
        .brief = calloc(comparison->count + 1, sizeof *forest->brief),
        .text = calloc(comparison->count + 1, sizeof *forest->text)};
    if (forest->row == NULL || forest->brief == NULL || forest->text == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to draw %zu rows", comparison->count);
    for (int topic = 0; topic < CR_TOPICS; topic++) {
        const char *heading = cr_topic_name((enum cr_topic)topic);
        for (size_t r = 0; r < comparison->count; r++)
            if (has_place(comparison, r) && cr_measure_topic(comparison->row[r].measure) == (enum cr_topic)topic) {
                add_row(forest, &comparison->row[r], heading);
                heading = NULL;
            }
    }
    return 0;
}

static int add_forest(struct cr_comparison_draft *draft, size_t k, struct cr_error *error) {
    const char *const first = cr_comparison_scenario(draft, 0), *const other = cr_comparison_scenario(draft, k + 1);
    char name[32], level[16], note[200], title[3 * CR_SCENARIO_NAME_SIZE];
    const struct cr_comparison *comparison = &draft->page->comparisons[k];
    struct forest forest;
    int status = fill(&forest, comparison, error);
    if (status == 0 && (forest.count == 0 || cr_comparison_is_exactly_equal(comparison))) {
        cr_page_add(&draft->text, "<p>Between %s and %s there is no difference to draw.</p>\n", first, other);
    } else if (status == 0) {
        cr_text_format(title, sizeof title, "Differences: %s compared with %s", other, first);
        cr_text_format(note, sizeof note,
            "Lines: %s intervals over replicates. Full markers: differs (corrected p). Hollow: not told apart.",
            cr_comparison_level(draft, level));
        const struct cr_chart chart = {.kind = CR_CHART_FOREST,
            .title = title,
            .subtitle = "Standardized effects, so that unlike measures share one axis",
            .note = note,
            .description = "Each row is a measure with its standardized difference and interval; the same numbers "
                           "stand in the table of all measures.",
            .of.forest = {.x = {.label = "standardized effect (h, q or d)"},
                .rows = forest.row,
                .row_count = forest.count,
                .column_titles = {first, other, "effect"},
                .lower = "lower",
                .higher = "higher"}};
        struct cr_chart narrow = chart;
        narrow.of.forest.rows = forest.brief;
        memset(narrow.of.forest.column_titles, 0, sizeof narrow.of.forest.column_titles);
        const struct cr_page_chart figure = {
            .name = cr_text_format(name, sizeof name, "forest-%zu", k + 1), .wide = &chart, .narrow = &narrow};
        status = cr_page_chart_add(&draft->text, &draft->palette, &figure, error);
    }
    free(forest.row);
    free(forest.brief);
    free(forest.text);
    return status;
}

int cr_comparison_add_forests(struct cr_comparison_draft *draft, struct cr_error *error) {
    int status = 0;
    cr_comparison_begin_section(draft, "differences", "How large the differences are");
    cr_page_add(&draft->text,
        "<p>An effect of 0.2 is usually called small, 0.5 medium and 0.8 large, for <i>h</i> and <i>d</i> alike; for "
        "<i>q</i> it is .1, .3 and .5 (Cohen, 1988). Measures without a usual effect size stand only in the "
        "<a href=\"#measures\">table of all measures</a>, as do subgroups and other details.</p>\n");
    for (size_t k = 0; status == 0 && k + 1 < draft->page->count; k++)
        status = add_forest(draft, k, error);
    cr_comparison_end_section(draft);
    return status;
}
