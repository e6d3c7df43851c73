#include <math.h>

#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/comparison_ranking.h"
#include "report/measure_words.h"
#include "report/page.h"

/* How many sentences stand there before the rest is folded away. */
static const struct group {
    const char *heading, *explanation;
    size_t most;
} groups[CR_FINDINGS] = {
    [CR_FINDING_DIFFERS] = {"What differs", NULL, 10},
    [CR_FINDING_SLIGHT] = {"What differs, but by less than matters",
        "The difference is real, yet surely smaller than what most readers would care for.", 4},
    [CR_FINDING_SAME] = {"What does not differ by as much as matters",
        "If there is a difference, it is surely smaller than what most readers would care for.", 4},
    [CR_FINDING_OPEN] = {"What cannot be told yet",
        "Neither a difference is proved, after the correction for many measures, nor ruled out that would matter. More "
        "replicates would decide.",
        6},
    [CR_FINDING_UNDEFINED] = {"What has no value",
        "Fewer than two replicates gave a value, as nobody lived long enough or was in that group.", 0},
};

/* Numbers of one row, as they are to be written. */
struct manner {
    int decimals;
    bool bounded;
    const char *unit;
};

static struct manner manner_of(const struct cr_difference *row) {
    return (struct manner){.decimals = cr_apa_decimals(row->difference.value, 0.5 * (row->t.high - row->t.low), 1, 3),
        .bounded = cr_measure_is_bounded(row->measure),
        .unit = cr_measure_unit_words(row->measure)};
}

/* "lower by .11 [.10, .12]" for what differs, "a difference of -.01 [-.03, .01]" for what may not. */
static void add_difference(struct cr_bytes *text, const struct cr_difference *row, const struct manner *manner) {
    char size[CR_APA_SIZE], interval[CR_APA_SIZE];
    const bool directed = row->finding == CR_FINDING_DIFFERS || row->finding == CR_FINDING_SLIGHT;
    const double value = row->difference.value;
    if (value == 0.0 && row->difference.se == 0.0) {
        cr_page_add(text, "no difference at all");
        return;
    }
    if (!directed)
        cr_page_add(text, "a difference of %s %s", cr_apa_number(value, manner->decimals, manner->bounded, size),
            cr_apa_interval(row->t.low, row->t.high, manner->decimals, manner->bounded, interval));
    else if (value < 0.0)
        cr_page_add(text, "lower by %s %s", cr_apa_number(-value, manner->decimals, manner->bounded, size),
            cr_apa_interval(-row->t.high, -row->t.low, manner->decimals, manner->bounded, interval));
    else
        cr_page_add(text, "higher by %s %s", cr_apa_number(value, manner->decimals, manner->bounded, size),
            cr_apa_interval(row->t.low, row->t.high, manner->decimals, manner->bounded, interval));
    if (*manner->unit != '\0')
        cr_page_add(text, " %s", manner->unit);
}

static void add_needed(struct cr_bytes *text, const struct cr_difference *row) {
    char least[CR_APA_SIZE], needed[CR_APA_SIZE];
    if (!isfinite(row->needed) || row->needed > 1e9 || row->needed <= (double)row->difference.n)
        return;
    cr_page_add(text, ". To find a difference of %s takes about %s replicates",
        cr_apa_number(row->least, row->least < 0.1 ? 2 : 1, cr_measure_is_bounded(row->measure), least),
        cr_apa_count((int64_t)row->needed, needed));
}

static void add_sentence(struct cr_comparison_draft *draft, size_t k, const struct cr_difference *row) {
    const struct manner manner = manner_of(row);
    char words[CR_WORDS_SIZE], first[CR_APA_SIZE], second[CR_APA_SIZE], effect[CR_APA_SIZE];
    cr_page_add(&draft->text, "<li><b>%s</b>", cr_measure_words(row->measure, row->group, words));
    if (row->finding != CR_FINDING_UNDEFINED) {
        cr_page_add(&draft->text, ": <span class=\"measured\">%s under %s, %s under %s: ",
            cr_apa_number(row->first.value, manner.decimals, manner.bounded, first), cr_comparison_scenario(draft, 0),
            cr_apa_number(row->second.value, manner.decimals, manner.bounded, second),
            cr_comparison_scenario(draft, k + 1));
        add_difference(&draft->text, row, &manner);
        if (!isnan(row->effect) && row->effect != 0.0)
            cr_page_add(&draft->text, ", <span class=\"kept\"><i>%s</i> = %s</span>",
                cr_effect_letter(row->effect_kind), cr_apa_number(row->effect, 2, false, effect));
        if (row->finding == CR_FINDING_OPEN)
            add_needed(&draft->text, row);
        cr_page_add(&draft->text, ".</span>");
    }
    cr_page_add(&draft->text, "</li>\n");
}

static void add_list(struct cr_comparison_draft *draft, size_t k, const struct cr_comparison_ranking *ranking,
    size_t from, size_t to, bool clear) {
    cr_bytes_add_text(&draft->text, clear ? "<ul class=\"findings clear\">\n" : "<ul class=\"findings\">\n");
    for (size_t i = from; i < to; i++)
        add_sentence(draft, k, &draft->page->comparisons[k].row[ranking->row[i]]);
    cr_page_add(&draft->text, "</ul>\n");
}

/* The most replicates that any open row needs. */
static double most_needed(const struct cr_comparison *comparison) {
    double most = 0.0;
    for (size_t r = 0; r < comparison->count; r++)
        if (comparison->row[r].finding == CR_FINDING_OPEN && isfinite(comparison->row[r].needed) &&
            comparison->row[r].needed > (double)comparison->row[r].difference.n)
            most = fmax(most, comparison->row[r].needed);
    return most;
}

static void add_explanation(struct cr_comparison_draft *draft, size_t k, enum cr_finding finding) {
    char most[CR_APA_SIZE];
    const double needed = most_needed(&draft->page->comparisons[k]);
    if (groups[finding].explanation == NULL)
        return;
    const bool alone = finding == CR_FINDING_UNDEFINED && draft->page->histories[0].measures.replicates < 2;
    cr_page_add(&draft->text, "<p class=\"soft\">%s",
        alone ? "A difference takes two replicates or more." : groups[finding].explanation);
    if (finding == CR_FINDING_OPEN && needed > 0.0 && needed < 1e9)
        cr_page_add(
            &draft->text, " About %s of each scenario would do for all of these.", cr_apa_count((int64_t)needed, most));
    cr_page_add(&draft->text, "</p>\n");
}

static int add_group(struct cr_comparison_draft *draft, size_t k, enum cr_finding finding, struct cr_error *error) {
    struct cr_comparison_ranking ranking;
    const struct group *group = &groups[finding];
    const int status = cr_comparison_ranking_init(&ranking, &draft->page->comparisons[k], finding, error);
    const size_t shown = ranking.count < group->most ? ranking.count : group->most;
    if (status == 0 && ranking.count > 0) {
        cr_bytes_add_text(&draft->text, draft->page->count > 2 ? "<h4>" : "<h3>");
        cr_page_add(&draft->text, "%s <span class=\"soft\">(%zu)</span>", group->heading, ranking.count);
        cr_bytes_add_text(&draft->text, draft->page->count > 2 ? "</h4>\n" : "</h3>\n");
        add_explanation(draft, k, finding);
        if (shown > 0)
            add_list(draft, k, &ranking, 0, shown, finding == CR_FINDING_DIFFERS);
        if (shown < ranking.count) {
            cr_page_add(&draft->text, "<details><summary>%zu %s%s</summary>\n", ranking.count - shown,
                shown > 0 ? "more" : "measure", shown > 0 || ranking.count - shown == 1 ? "" : "s");
            add_list(draft, k, &ranking, shown, ranking.count, finding == CR_FINDING_DIFFERS);
            cr_page_add(&draft->text, "</details>\n");
        }
    }
    cr_comparison_ranking_free(&ranking);
    return status;
}

int cr_comparison_add_findings(struct cr_comparison_draft *draft, struct cr_error *error) {
    char level[16];
    int status = 0;
    cr_comparison_begin_section(draft, "findings", "What was found");
    cr_page_add(&draft->text,
        "<p class=\"soft\">Means over replicates, the difference with its %s interval in brackets, and the "
        "standardized effect: <i>h</i> of shares, <i>q</i> of correlations, <i>d</i> of means. In each group the "
        "largest effects come first.</p>\n",
        cr_comparison_level(draft, level));
    for (size_t k = 0; status == 0 && k + 1 < draft->page->count; k++) {
        cr_comparison_name(draft, k);
        for (int finding = 0; status == 0 && finding < CR_FINDINGS; finding++)
            status = add_group(draft, k, (enum cr_finding)finding, error);
    }
    cr_comparison_end_section(draft);
    return status;
}
