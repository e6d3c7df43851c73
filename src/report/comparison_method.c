#include "io/manifest.h"
#include "report/apa_number.h"
#include "report/comparison_draft.h"
#include "report/page.h"

static void add_sentences(struct cr_comparison_draft *draft) {
    const struct cr_comparison *comparison = &draft->page->comparisons[0];
    char level[16], replicates[CR_APA_SIZE];
    cr_page_add(&draft->text,
        "<p>Each scenario was lived %s times.%s The unit of analysis is the replicate, not the person. Intervals (%s) "
        "are Student’s over %s, beside percentile bootstrap intervals (Efron &amp; Tibshirani, 1993). The "
        "<i>p</i> are two-sided and corrected over all %zu measures by the procedure of Benjamini and Hochberg (1995), "
        "which bounds the expected share of false findings among the findings.</p>\n",
        cr_apa_count(draft->page->histories[0].measures.replicates, replicates),
        comparison->paired
            ? " Replicates are paired under common random numbers: person by person and week by week, "
              "replicate 1 of one scenario meets the same luck as replicate 1 of another, and what "
              "counts is the difference within each pair."
            : " Replicates are not paired: each scenario has luck of its own, and intervals are Welch’s.",
        cr_comparison_level(draft, level), comparison->paired ? "the differences within pairs" : "replicates (Welch)",
        comparison->tests);
    cr_page_add(&draft->text,
        "<p>A measure <i>differs</i> if its corrected <i>p</i> is below %s. It <i>does not differ by as much as "
        "matters</i> if two one-sided tests (Schuirmann, 1987) reject differences as large as the least one that is "
        "taken to matter; otherwise it <i>cannot be told yet</i>. Effect sizes follow Cohen (1988): <i>h</i> = 2 "
        "arcsin √<i>p</i>₂ − 2 arcsin √<i>p</i>₁ for shares, <i>q</i> = artanh <i>r</i>₂ − artanh <i>r</i>₁ for "
        "correlations, and <i>d</i> for means, over the standard deviation between persons.</p>\n"
        "<p>More replicates narrow what is uncertain about the model, not what is uncertain about people: a difference "
        "that is found here is one that the model implies.</p>\n",
        cr_apa_number(1.0 - comparison->level, 2, true, (char[CR_APA_SIZE]){0}));
}

int cr_comparison_add_method(struct cr_comparison_draft *draft, struct cr_error *error) {
    (void)error;
    cr_comparison_begin_section(draft, "method", "How this was made");
    add_sentences(draft);
    cr_page_add(&draft->text, "<h3>To make it again</h3>\n<pre><code>%s</code></pre>\n", draft->page->command);
    cr_page_add(&draft->text, "<dl class=\"facts\">\n<dt>Program</dt><dd>Cradle %s</dd>\n", CR_VERSION);
    for (size_t i = 0; i < draft->page->count; i++) {
        char hex[CR_DIGEST_HEX_SIZE];
        cr_fingerprint(&draft->page->scenarios[i], hex);
        cr_page_add(&draft->text, "<dt>Fingerprint of %s</dt><dd><code class=\"hex\">%s</code></dd>\n",
            cr_comparison_scenario(draft, i), hex);
    }
    cr_page_add(&draft->text, "</dl>\n<p class=\"soft\">A fingerprint is the SHA-256 of the program’s version and of "
                              "all parameters, profiles and events. The same scenarios, seed and version give the same "
                              "numbers, at any number of threads.</p>\n");
    cr_comparison_end_section(draft);
    return 0;
}
