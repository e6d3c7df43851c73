#include "base/text.h"
#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/page.h"

/* The most frequent change of a trait. */
struct change {
    int from, to;
    int64_t count;
};

static struct change largest_change(const struct cr_changes *changes, int values) {
    struct change largest = {0, 0, 0};
    for (int i = 0; i < values; i++)
        for (int j = 0; j < values; j++)
            if (i != j && changes->count[i][j] > largest.count)
                largest = (struct change){i, j, changes->count[i][j]};
    return largest;
}

static const char *percent(int64_t part, int64_t whole, char *buffer) {
    char number[CR_APA_SIZE];
    return cr_text_format(buffer, CR_APA_SIZE, "%.40s%%",
        cr_apa_number(whole > 0 ? 100.0 * (double)part / (double)whole : 0.0, 1, false, number));
}

static void add_trait(struct cr_bytes *text, enum cr_trait trait, const struct cr_changes *changes) {
    char known[CR_APA_SIZE], changed[CR_APA_SIZE], most[CR_APA_SIZE];
    const struct change largest = largest_change(changes, cr_trait_values(trait));
    cr_page_add(text,
        "<tr><th scope=\"row\">%s<span class=\"key\">%s persons</span></th><td class=\"number\">%s</td><td>",
        cr_trait_name(trait), cr_apa_count(changes->known, known), percent(changes->changed, changes->known, changed));
    if (largest.count > 0)
        cr_page_add(text, "%s → %s (%s)", cr_trait_value_name(trait, largest.from),
            cr_trait_value_name(trait, largest.to), percent(largest.count, changes->known, most));
    else
        cr_page_add(text, "nobody changed");
    cr_page_add(text, "</td></tr>\n");
}

/* All changes of one trait: under the first scenario row by row, under the other column by column. */
static void add_crossing(
    struct cr_comparison_draft *draft, size_t k, enum cr_trait trait, const struct cr_changes *changes) {
    const int values = cr_trait_values(trait);
    cr_page_add(&draft->text,
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">\n<table class=\"dense\">\n"
        "<caption>%s, in percent of all persons: rows under %s, columns under %s</caption>\n"
        "<thead><tr><th scope=\"col\">%s</th>",
        cr_trait_name(trait), cr_trait_name(trait), cr_comparison_scenario(draft, 0),
        cr_comparison_scenario(draft, k + 1), cr_comparison_scenario(draft, 0));
    for (int j = 0; j < values; j++)
        cr_page_add(&draft->text, "<th scope=\"col\" class=\"number\">%s</th>", cr_trait_value_name(trait, j));
    cr_page_add(&draft->text, "</tr></thead>\n<tbody>\n");
    for (int i = 0; i < values; i++) {
        cr_page_add(&draft->text, "<tr><th scope=\"row\">%s</th>", cr_trait_value_name(trait, i));
        for (int j = 0; j < values; j++) {
            char share[CR_APA_SIZE];
            cr_page_add(
                &draft->text, "<td class=\"number\">%s</td>", percent(changes->count[i][j], changes->known, share));
        }
        cr_page_add(&draft->text, "</tr>\n");
    }
    cr_page_add(&draft->text, "</tbody>\n</table>\n</div>\n");
}

static bool can_be_matched(const struct cr_comparison_page *page, size_t k) {
    return page->comparisons[k].paired && page->histories[0].fates.people == page->histories[k + 1].fates.people;
}

static void add_persons(struct cr_comparison_draft *draft, size_t k) {
    const struct cr_comparison_page *page = draft->page;
    struct cr_changes changes[CR_TRAITS];
    for (int t = 0; t < CR_TRAITS; t++)
        changes[t] = cr_fates_compare(&page->histories[0].fates, &page->histories[k + 1].fates, (enum cr_trait)t);
    cr_page_add(&draft->text,
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Who differs\">\n<table>\n"
        "<thead><tr><th scope=\"col\">Trait</th>"
        "<th scope=\"col\" class=\"number\">Changed</th><th scope=\"col\">Most often</th></tr></thead>\n<tbody>\n");
    for (int t = 0; t < CR_TRAITS; t++)
        if (changes[t].known > 0)
            add_trait(&draft->text, (enum cr_trait)t, &changes[t]);
    cr_page_add(&draft->text, "</tbody>\n</table>\n</div>\n<details><summary>From what to what</summary>\n");
    for (int t = 0; t < CR_TRAITS; t++)
        if (changes[t].known > 0)
            add_crossing(draft, k, (enum cr_trait)t, &changes[t]);
    cr_page_add(&draft->text, "</details>\n");
}

int cr_comparison_add_persons(struct cr_comparison_draft *draft, struct cr_error *error) {
    (void)error;
    cr_comparison_begin_section(draft, "persons", "Who differs");
    cr_page_add(&draft->text,
        "<p>The same simulated persons, born with the same temperament to caregivers with the same luck, are followed "
        "under both histories. A person whose life takes another turn also changes the lives of others: some changes "
        "are effects of the scenario on the person, some come through partners.</p>\n");
    for (size_t k = 0; k + 1 < draft->page->count; k++) {
        cr_comparison_name(draft, k);
        if (can_be_matched(draft->page, k))
            add_persons(draft, k);
        else
            cr_page_add(&draft->text, "<p>Here persons cannot be matched: the scenarios have luck of their own, or "
                                      "unlike numbers of people.</p>\n");
    }
    cr_comparison_end_section(draft);
    return 0;
}
