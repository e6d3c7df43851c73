#ifndef CR_REPORT_COMPARISON_RANKING_H
#define CR_REPORT_COMPARISON_RANKING_H

#include <stdbool.h>
#include <stddef.h>

#include "study/comparison.h"

/* The rows of a comparison that have one finding, in the order in which a reader wants them: those that come first
 * (report/measure_words.h) before their details, each from the largest effect to the smallest, and those without a
 * standardized effect last. */
struct cr_comparison_ranking {
    size_t *row; /* owned; numbers of rows */
    size_t count;
    size_t main; /* how many of them come first */
};

/* CR_ERROR_MEMORY. Free in any case. */
CR_NODISCARD int cr_comparison_ranking_init(struct cr_comparison_ranking *ranking,
    const struct cr_comparison *comparison, enum cr_finding finding, struct cr_error *error);
void cr_comparison_ranking_free(struct cr_comparison_ranking *ranking);

/* Whether a row comes first; in a short comparison all do. */
bool cr_comparison_is_main(const struct cr_comparison *comparison, size_t row);

#endif
