#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "base/numeric.h"
#include "base/text.h"
#include "measure/survival.h"
#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/page.h"

enum { YEARS_MOST = 20, AT_RISK_LEAST = 20 };

/* One scenario's curve; the arrays lie in one block. */
struct curve {
    struct cr_survival survival;
    double *numbers;  /* owned */
    int64_t *at_risk; /* owned */
    struct cr_survival_line line;
};

static int make_curve(
    struct curve *curve, const struct cr_lengths *lengths, const char *name, double level, struct cr_error *error) {
    const struct cr_spells spells = {.exit = lengths->weeks, .event = lengths->event, .count = lengths->count};
    const int status = cr_survival_init(&curve->survival, &spells, error);
    if (status != 0)
        return status;
    const size_t count = curve->survival.count;
    curve->numbers = malloc((4 * count + 1) * sizeof *curve->numbers);
    curve->at_risk = malloc((count + 1) * sizeof *curve->at_risk);
    if (curve->numbers == NULL || curve->at_risk == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for a curve of %zu steps", count);
    double *const time = curve->numbers, *const survival = time + count, *const low = survival + count,
                  *const high = low + count;
    const double z = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * level);
    for (size_t k = 0; k < count; k++) {
        const struct cr_survival_step *step = &curve->survival.steps[k];
        const double reach = isnan(step->se) ? 0.0 : z * step->se;
        time[k] = step->time / CR_WEEKS_A_YEAR;
        survival[k] = step->survival;
        low[k] = cr_clamp(step->survival - reach, 0.0, 1.0);
        high[k] = cr_clamp(step->survival + reach, 0.0, 1.0);
        curve->at_risk[k] = step->at_risk;
    }
    curve->line = (struct cr_survival_line){.name = name,
        .time = time,
        .survival = survival,
        .low = low,
        .high = high,
        .at_risk = curve->at_risk,
        .count = count};
    return 0;
}

/* The years that are shown: while all scenarios have some relationships left to look at. */
static double years_of(const struct curve *curves, size_t count) {
    double years = YEARS_MOST;
    for (size_t i = 0; i < count; i++) {
        double seen = 0.0;
        for (size_t k = 0; k < curves[i].line.count && curves[i].at_risk[k] >= AT_RISK_LEAST; k++)
            seen = curves[i].line.time[k];
        years = cr_min(years, seen);
    }
    if (years > 10.0)
        return 5.0 * floor(years / 5.0);
    return years > 1.0 ? floor(years) : 1.0;
}

static int add_chart(
    struct cr_comparison_draft *draft, const struct curve *curves, size_t count, struct cr_error *error) {
    char note[200], level[16];
    const double years = years_of(curves, count);
    struct cr_survival_line *lines = malloc((count + 1) * sizeof *lines);
    if (lines == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %zu curves", count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = curves[i].line;
        /* one step beyond tells how many are at risk at the end */
        while (lines[i].count > 1 && lines[i].time[lines[i].count - 2] > years)
            lines[i].count--;
    }
    cr_text_format(note, sizeof note,
        "Kaplan-Meier over all replicates; death and the end of the run censor. Bands: %s, as if relationships were "
        "independent.",
        cr_comparison_level(draft, level));
    const struct cr_chart chart = {.kind = CR_CHART_SURVIVAL,
        .title = "Share of relationships that last",
        .note = note,
        .description = "Survival of relationships by years since their start, one curve a scenario, with the number "
                       "at risk beneath.",
        .of.survival = {.x = {.label = "since the start", .unit = "years", .from = 0.0, .to = years},
            .y = {.label = "share that lasts", .from = 0.0, .to = 1.0},
            .lines = lines,
            .line_count = count}};
    const struct cr_page_chart figure = {.name = "survival", .wide = &chart};
    const int status = cr_page_chart_add(&draft->text, &draft->palette, &figure, error);
    free(lines);
    return status;
}

static void add_medians(struct cr_comparison_draft *draft, const struct curve *curves, size_t count) {
    cr_page_add(&draft->text, "<p>");
    for (size_t i = 0; i < count; i++) {
        char half[CR_APA_SIZE], share[CR_APA_SIZE], spells[CR_APA_SIZE];
        const double median = cr_survival_median(&curves[i].survival) / CR_WEEKS_A_YEAR;
        const struct cr_estimate ten = cr_survival_at(&curves[i].survival, 10.0 * CR_WEEKS_A_YEAR);
        cr_page_add(&draft->text, "Under %s %s relationships began", cr_comparison_scenario(draft, i),
            cr_apa_count(curves[i].survival.spells, spells));
        if (!isnan(median))
            cr_page_add(
                &draft->text, "; half of them were over within %s years", cr_apa_number(median, 1, false, half));
        if (!isnan(ten.value))
            cr_page_add(
                &draft->text, " and %s%% lasted ten years or more", cr_apa_number(100.0 * ten.value, 0, false, share));
        cr_page_add(&draft->text, ". ");
    }
    cr_page_add(&draft->text, "</p>\n");
}

static int add_log_rank(struct cr_comparison_draft *draft, struct cr_error *error) {
    const size_t count = draft->page->count;
    const struct cr_lengths *lengths[CR_LOG_RANK_GROUPS_MAX];
    struct cr_log_rank test = {.p = (double)NAN};
    if (count > CR_LOG_RANK_GROUPS_MAX)
        return 0;
    for (size_t i = 0; i < count; i++)
        lengths[i] = &draft->page->histories[i].lengths;
    const int status = cr_lengths_log_rank(lengths, count, &test, error);
    if (status != 0 || isnan(test.p))
        return status;
    char chi[CR_APA_SIZE], p[CR_APA_SIZE];
    cr_page_add(&draft->text,
        "<p>Log-rank test of one hazard for all: <span class=\"kept\"><i>χ</i>²(%lld) = %s, <i>p</i> %s%s</span>. Take "
        "it with care: it pools all replicates as if relationships were independent, while the relationships of one "
        "run share persons, luck and a market of partners. The differences by replicate above rest on no such "
        "assumption.</p>\n",
        (long long)test.df, cr_apa_number(test.chi2, 2, false, chi), test.p < 0.001 ? "" : "= ",
        cr_apa_p(test.p, "", p));
    return 0;
}

int cr_comparison_add_survival(struct cr_comparison_draft *draft, struct cr_error *error) {
    const struct cr_comparison_page *page = draft->page;
    struct curve *curves = calloc(page->count + 1, sizeof *curves);
    if (curves == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %zu curves", page->count);
    int status = 0;
    size_t spells = 0;
    for (size_t i = 0; status == 0 && i < page->count; i++) {
        status = make_curve(&curves[i], &page->histories[i].lengths, cr_comparison_scenario(draft, i),
            page->comparisons[0].level, error);
        spells += page->histories[i].lengths.count;
    }
    if (status == 0 && spells > 0) {
        cr_comparison_begin_section(draft, "survival", "How long relationships last");
        add_medians(draft, curves, page->count);
        status = add_chart(draft, curves, page->count, error);
        if (status == 0)
            status = add_log_rank(draft, error);
        cr_comparison_end_section(draft);
    }
    for (size_t i = 0; i < page->count; i++) {
        cr_survival_free(&curves[i].survival);
        free(curves[i].numbers);
        free(curves[i].at_risk);
    }
    free(curves);
    return status;
}
