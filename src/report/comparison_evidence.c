#include <math.h>

#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/page.h"

static const char *const states[] = {
    [CR_VERDICT_NOT_AVAILABLE] = "no value", [CR_VERDICT_INSIDE] = "✓ in band", [CR_VERDICT_OUTSIDE] = "✗ outside"};

/* Published numbers stand as they were published: with as many decimals as the band has, up to three. */
static int decimals_of(const struct cr_evidence_entry *entry) {
    const double numbers[] = {entry->value, entry->low, entry->high};
    for (int decimals = 0; decimals < 3; decimals++) {
        const double scale = pow(10.0, decimals);
        bool enough = true;
        for (int i = 0; i < 3; i++)
            enough = enough && fabs(numbers[i] * scale - round(numbers[i] * scale)) < 1e-6;
        if (enough)
            return decimals;
    }
    return 3;
}

static void add_entry(struct cr_comparison_draft *draft, size_t e) {
    const struct cr_evidence_entry *entry = &draft->page->evidence->entries[e];
    char number[CR_APA_SIZE];
    const int decimals = decimals_of(entry);
    cr_page_add(&draft->text, "<tr><th scope=\"row\">%s<span class=\"key\">%s%s</span></th>", entry->quantity,
        entry->source, entry->use == CR_EVIDENCE_HELD_OUT ? " · held out" : "");
    cr_page_add(&draft->text, "<td class=\"number\">%s</td>", cr_apa_number(entry->value, decimals, false, number));
    cr_page_add(&draft->text, "<td class=\"number\">%s</td>",
        cr_apa_interval(entry->low, entry->high, decimals, false, number));
    for (size_t i = 0; i < draft->page->count; i++) {
        const struct cr_verdict *verdict = &draft->page->verdicts[i][e];
        cr_page_add(&draft->text, "<td class=\"number\">%s<span class=\"key\">%s</span></td>",
            cr_apa_number(verdict->simulated.value, decimals < 2 ? 2 : decimals, false, number),
            states[verdict->state]);
    }
    cr_page_add(&draft->text, "</tr>\n");
}

static void add_file(struct cr_comparison_draft *draft, size_t f) {
    const struct cr_evidence *evidence = draft->page->evidence;
    bool any = false;
    for (size_t e = 0; e < evidence->entry_count; e++) {
        if (evidence->entries[e].file != f)
            continue;
        if (!any)
            cr_page_add(&draft->text,
                "<tbody class=\"group\">\n<tr><th scope=\"rowgroup\" colspan=\"%zu\">%s</th></tr>\n",
                draft->page->count + 3, evidence->files[f].title);
        any = true;
        add_entry(draft, e);
    }
    if (any)
        cr_page_add(&draft->text, "</tbody>\n");
}

static void add_tallies(struct cr_comparison_draft *draft) {
    cr_page_add(&draft->text, "<ul>\n");
    for (size_t i = 0; i < draft->page->count; i++) {
        const struct cr_verdict *verdicts = draft->page->verdicts[i];
        const struct cr_evidence_tally fitted =
            cr_evidence_count(draft->page->evidence, verdicts, CR_EVIDENCE_CALIBRATED);
        const struct cr_evidence_tally held = cr_evidence_count(draft->page->evidence, verdicts, CR_EVIDENCE_HELD_OUT);
        cr_page_add(&draft->text,
            "<li>%s: %zu of %zu findings that parameters were fitted to lie in their band, and %zu of %zu that were "
            "held out.</li>\n",
            cr_comparison_scenario(draft, i), fitted.inside, fitted.available, held.inside, held.available);
    }
    cr_page_add(&draft->text, "</ul>\n");
}

int cr_comparison_add_evidence(struct cr_comparison_draft *draft, struct cr_error *error) {
    (void)error;
    if (draft->page->evidence == NULL)
        return 0;
    cr_comparison_begin_section(draft, "evidence", "Held against the evidence");
    cr_page_add(&draft->text,
        "<p>Published findings come from people as they are, so only a scenario that stands for people as they are "
        "should meet them. Another is not wrong for leaving a band: that is what it does.</p>\n");
    add_tallies(draft);
    cr_page_add(&draft->text,
        "<details><summary>%zu published findings</summary>\n"
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Evidence\">\n<table class=\"dense\">\n"
        "<thead><tr><th scope=\"col\">Finding</th><th scope=\"col\" class=\"number\">Published</th>"
        "<th scope=\"col\" class=\"number\">Band</th>",
        draft->page->evidence->entry_count);
    for (size_t i = 0; i < draft->page->count; i++)
        cr_page_add(&draft->text, "<th scope=\"col\" class=\"number\">%s</th>", cr_comparison_scenario(draft, i));
    cr_page_add(&draft->text, "</tr></thead>\n");
    for (size_t f = 0; f < draft->page->evidence->file_count; f++)
        add_file(draft, f);
    cr_page_add(&draft->text, "</table>\n</div>\n</details>\n");
    cr_comparison_end_section(draft);
    return 0;
}
