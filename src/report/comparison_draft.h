#ifndef CR_REPORT_COMPARISON_DRAFT_H
#define CR_REPORT_COMPARISON_DRAFT_H

#include "report/comparison_page.h"
#include "report/page_chart.h"

/* The report of a comparison while it is being written: its sections, one function each, in the order of the page. Each
 * adds to `text` and fails with CR_ERROR_MEMORY, or as charts do; that `text` ran out of memory is found at the end. */
struct cr_comparison_draft {
    const struct cr_comparison_page *page;     /* borrowed */
    struct cr_bytes text;                      /* what stands in the page's body */
    struct cr_bytes contents;                  /* links to the sections */
    struct cr_palette palette;                 /* of its charts */
    char (*names)[CR_SCENARIO_NAME_SIZE + 16]; /* owned: of the scenarios, told apart where they are the same */
};

typedef int cr_comparison_section(struct cr_comparison_draft *draft, struct cr_error *error);

/* Title and answer; the parameters that differ; what was found, in sentences and as a forest. */
cr_comparison_section cr_comparison_add_answer, cr_comparison_add_settings, cr_comparison_add_findings,
    cr_comparison_add_forests;

/* How relationships last, what became of infants, time courses, who differs. */
cr_comparison_section cr_comparison_add_survival, cr_comparison_add_flows, cr_comparison_add_courses,
    cr_comparison_add_persons;

/* What pairing gained; all measures; the evidence; how it was made. */
cr_comparison_section cr_comparison_add_pairing, cr_comparison_add_measures, cr_comparison_add_evidence,
    cr_comparison_add_method;

/* Adds the heading that begins a section. `id` is a word of the page's own. */
void cr_comparison_begin_section(struct cr_comparison_draft *draft, const char *id, const char *heading);
void cr_comparison_end_section(struct cr_comparison_draft *draft);

/* Adds a heading for the comparison number `k` of several: "inconsistent compared with baseline"; nothing for one. */
void cr_comparison_name(struct cr_comparison_draft *draft, size_t k);

/* The name of scenario number `k`. */
const char *cr_comparison_scenario(const struct cr_comparison_draft *draft, size_t k);

/* The level of intervals as a percentage, such as "95%"; `buffer` has room for 16 bytes. */
const char *cr_comparison_level(const struct cr_comparison_draft *draft, char *buffer);

#endif
