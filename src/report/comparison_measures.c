#include <math.h>

#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/measure_words.h"
#include "report/page.h"

static void add_cell(struct cr_bytes *text, const char *content) {
    cr_page_add(text, "<td class=\"number\">%s</td>", content);
}

static void add_row(struct cr_bytes *text, const struct cr_difference *row) {
    char cell[CR_WORDS_SIZE], number[CR_APA_SIZE];
    const bool bounded = cr_measure_is_bounded(row->measure);
    const int decimals = cr_apa_decimals(row->difference.value, 0.5 * (row->t.high - row->t.low), 2, 4);
    cr_page_add(text, "<tr><th scope=\"row\">%s<span class=\"key\"><code>%s:%s</code>",
        cr_measure_words(row->measure, row->group, cell), cr_measures[row->measure].name, row->group);
    cr_page_add(text, "</span></th><td class=\"kept\">%s</td>", cr_finding_names[row->finding]);
    add_cell(text, cr_apa_number(row->first.value, decimals, bounded, number));
    add_cell(text, cr_apa_number(row->second.value, decimals, bounded, number));
    add_cell(text, cr_apa_number(row->difference.value, decimals, bounded, number));
    add_cell(text, cr_apa_interval(row->t.low, row->t.high, decimals, bounded, number));
    add_cell(text, cr_apa_interval(row->bootstrap.low, row->bootstrap.high, decimals, bounded, number));
    if (isnan(row->effect))
        add_cell(text, "—");
    else
        cr_page_add(text, "<td class=\"number\"><i>%s</i> = %s</td>", cr_effect_letter(row->effect_kind),
            cr_apa_number(row->effect, 2, false, number));
    add_cell(text, cr_apa_p(row->p, "", number));
    add_cell(text, cr_apa_p(row->corrected, "", number));
    add_cell(text, cr_apa_number(row->least, row->least < 0.1 ? 2 : 1, bounded, number));
    add_cell(text, cr_apa_number(row->detectable, decimals, bounded, number));
    cr_page_add(text, "</tr>\n");
}

static void add_topic(struct cr_bytes *text, const struct cr_comparison *comparison, enum cr_topic topic) {
    bool any = false;
    for (size_t r = 0; r < comparison->count; r++) {
        if (cr_measure_topic(comparison->row[r].measure) != topic)
            continue;
        if (!any)
            cr_page_add(text, "<tbody class=\"group\">\n<tr><th scope=\"rowgroup\" colspan=\"12\">%s</th></tr>\n",
                cr_topic_name(topic));
        any = true;
        add_row(text, &comparison->row[r]);
    }
    if (any)
        cr_page_add(text, "</tbody>\n");
}

static void add_table(struct cr_comparison_draft *draft, size_t k) {
    const struct cr_comparison *comparison = &draft->page->comparisons[k];
    char level[16];
    cr_comparison_level(draft, level);
    cr_page_add(&draft->text,
        "<details><summary>%zu measures, %s compared with %s</summary>\n"
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"All measures\">\n<table class=\"dense\">\n"
        "<thead><tr><th scope=\"col\">Measure</th><th scope=\"col\">Finding</th>"
        "<th scope=\"col\" class=\"number\">%s</th>"
        "<th scope=\"col\" class=\"number\">%s</th><th scope=\"col\" class=\"number\">Difference</th>"
        "<th scope=\"col\" class=\"number\">%s <i>t</i></th><th scope=\"col\" class=\"number\">%s bootstrap</th>"
        "<th scope=\"col\" class=\"number\">Effect</th><th scope=\"col\" class=\"number\"><i>p</i></th>"
        "<th scope=\"col\" class=\"number\">Corrected <i>p</i></th><th scope=\"col\" class=\"number\">Matters from</th>"
        "<th scope=\"col\" class=\"number\">Detectable</th></tr></thead>\n",
        comparison->count, cr_comparison_scenario(draft, k + 1), cr_comparison_scenario(draft, 0),
        cr_comparison_scenario(draft, 0), cr_comparison_scenario(draft, k + 1), level, level);
    for (int topic = 0; topic < CR_TOPICS; topic++)
        add_topic(&draft->text, comparison, (enum cr_topic)topic);
    cr_page_add(&draft->text, "</table>\n</div>\n</details>\n");
}

int cr_comparison_add_measures(struct cr_comparison_draft *draft, struct cr_error *error) {
    (void)error;
    cr_page_add(&draft->text, "<div class=\"broad\">\n");
    cr_comparison_begin_section(draft, "measures", "All measures");
    cr_page_add(&draft->text,
        "<p class=\"soft\">Detectable: the difference that as many replicates find with a chance of .8. Matters from: "
        "the least difference that is taken to matter to most readers; an assumption, and a reading aid.</p>\n");
    for (size_t k = 0; k + 1 < draft->page->count; k++)
        add_table(draft, k);
    cr_comparison_end_section(draft);
    cr_page_add(&draft->text, "</div>\n");
    return 0;
}
