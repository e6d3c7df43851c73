#ifndef CR_CLI_FINDINGS_H
#define CR_CLI_FINDINGS_H

#include "model/scenario.h"
#include "study/compare.h"

/* Prints the findings of a comparison on the standard output: for each scenario but the first what differs, what does
 * not and what cannot be told yet; which of the same persons differ; and how long relationships last.
 * CR_ERROR_MEMORY. */
CR_NODISCARD int cr_findings_print(
    const struct cr_compared *compared, const struct cr_scenario *scenarios, struct cr_error *error);

#endif
