#include <math.h>

#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/comparison_ranking.h"
#include "report/measure_words.h"
#include "report/page.h"

static size_t defined_rows(const struct cr_comparison *comparison) {
    return comparison->count - cr_comparison_count(comparison, CR_FINDING_UNDEFINED);
}

/* The measure that differs most, and how. */
static int add_largest(struct cr_comparison_draft *draft, const struct cr_comparison *comparison,
    enum cr_finding finding, struct cr_error *error) {
    struct cr_comparison_ranking ranking;
    const int status = cr_comparison_ranking_init(&ranking, comparison, finding, error);
    if (status == 0 && ranking.count > 0) {
        char words[CR_WORDS_SIZE], size[CR_APA_SIZE], effect[CR_APA_SIZE];
        const struct cr_difference *row = &comparison->row[ranking.row[0]];
        const int decimals = cr_apa_decimals(row->difference.value, 0.5 * (row->t.high - row->t.low), 1, 3);
        const char *const unit = cr_measure_unit_words(row->measure);
        cr_page_add(&draft->text, ", most of all %s (%s by <span class=\"kept\">%s%s%s</span>",
            cr_measure_inner_words(row->measure, row->group, words), row->difference.value < 0.0 ? "lower" : "higher",
            cr_apa_number(fabs(row->difference.value), decimals, cr_measure_is_bounded(row->measure), size),
            *unit != '\0' ? " " : "", unit);
        if (!isnan(row->effect))
            cr_page_add(&draft->text, ", <span class=\"kept\"><i>%s</i> = %s</span>",
                cr_effect_letter(row->effect_kind), cr_apa_number(row->effect, 2, false, effect));
        cr_page_add(&draft->text, ")");
    }
    cr_comparison_ranking_free(&ranking);
    return status;
}

/* What was found, up to what cannot be told. */
static int add_found(struct cr_comparison_draft *draft, size_t k, struct cr_error *error) {
    const struct cr_comparison *comparison = &draft->page->comparisons[k];
    const char *const first = cr_comparison_scenario(draft, 0), *const other = cr_comparison_scenario(draft, k + 1);
    const size_t rows = defined_rows(comparison);
    const size_t differ = cr_comparison_count(comparison, CR_FINDING_DIFFERS);
    const size_t slight = cr_comparison_count(comparison, CR_FINDING_SLIGHT);
    struct cr_bytes *text = &draft->text;
    if (differ + slight == 0) {
        cr_page_add(text, "No difference was found between %s and %s in %zu measures", first, other, rows);
        return 0;
    }
    cr_page_add(text, "%zu of %zu measures differ between %s and %s", differ + slight, rows, first, other);
    const int status = add_largest(draft, comparison, differ > 0 ? CR_FINDING_DIFFERS : CR_FINDING_SLIGHT, error);
    if (slight > 0 && differ > 0)
        cr_page_add(text, "; %zu of these by less than is likely to matter", slight);
    else if (slight > 0)
        cr_page_add(text, "; but by less than is likely to matter");
    return status;
}

static int add_sentence(struct cr_comparison_draft *draft, size_t k, struct cr_error *error) {
    const struct cr_comparison *comparison = &draft->page->comparisons[k];
    const size_t rows = defined_rows(comparison), open = cr_comparison_count(comparison, CR_FINDING_OPEN);
    struct cr_bytes *text = &draft->text;
    int status = 0;
    cr_page_add(text, "<p class=\"lede\">");
    if (rows == 0) {
        cr_page_add(text, "Nothing can be told of %s and %s: that takes two replicates or more of each",
            cr_comparison_scenario(draft, 0), cr_comparison_scenario(draft, k + 1));
    } else if (cr_comparison_is_exactly_equal(comparison)) {
        cr_page_add(text, "Nothing differs: under %s and %s all %zu measures are exactly the same",
            cr_comparison_scenario(draft, 0), cr_comparison_scenario(draft, k + 1), rows);
    } else {
        status = add_found(draft, k, error);
        if (open > 0)
            cr_page_add(text, "; %zu cannot be told yet, with %lld replicates", open,
                (long long)draft->page->histories[k + 1].measures.replicates);
    }
    cr_page_add(text, ".</p>\n");
    return status;
}

static void add_count(struct cr_bytes *text, bool first, size_t count, const char *what) {
    cr_bytes_add_text(text, first ? "<div class=\"first\">" : "<div>");
    cr_page_add(text, "<dt>%s</dt><dd>%zu</dd></div>\n", what, count);
}

static const char *const count_names[CR_FINDINGS] = {
    [CR_FINDING_DIFFERS] = "differ",
    [CR_FINDING_SLIGHT] = "differ, but by less than matters",
    [CR_FINDING_SAME] = "do not differ by as much as matters",
    [CR_FINDING_OPEN] = "cannot be told yet",
    [CR_FINDING_UNDEFINED] = "have no value in two replicates",
};

static void add_counts(struct cr_comparison_draft *draft, size_t k) {
    const struct cr_comparison *comparison = &draft->page->comparisons[k];
    cr_page_add(&draft->text, "<dl class=\"counts\">\n");
    for (int finding = 0; finding < CR_FINDINGS; finding++) {
        const size_t count = cr_comparison_count(comparison, (enum cr_finding)finding);
        if (count > 0 || finding < CR_FINDING_UNDEFINED)
            add_count(&draft->text, finding == CR_FINDING_DIFFERS, count, count_names[finding]);
    }
    cr_page_add(&draft->text, "</dl>\n");
}

/* "inconsistent, attuned and rejecting" */
static void add_names(struct cr_comparison_draft *draft) {
    const size_t count = draft->page->count;
    for (size_t k = 1; k < count; k++)
        cr_page_add(&draft->text, "%s%s",
            k == 1           ? ""
            : k + 1 == count ? " and "
                             : ", ",
            cr_comparison_scenario(draft, k));
}

int cr_comparison_add_answer(struct cr_comparison_draft *draft, struct cr_error *error) {
    cr_page_add(&draft->text, "<p class=\"kind\">Cradle · a comparison of simulated lives</p>\n<h1>");
    add_names(draft);
    cr_page_add(&draft->text, " compared with %s</h1>\n", cr_comparison_scenario(draft, 0));
    int status = 0;
    for (size_t k = 0; status == 0 && k + 1 < draft->page->count; k++) {
        status = add_sentence(draft, k, error);
        add_counts(draft, k);
    }
    return status;
}
