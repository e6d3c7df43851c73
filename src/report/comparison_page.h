#ifndef CR_REPORT_COMPARISON_PAGE_H
#define CR_REPORT_COMPARISON_PAGE_H

#include "model/scenario.h"
#include "study/comparison.h"
#include "study/evidence.h"
#include "study/history.h"

/* The report of a comparison: one HTML file that needs neither network nor script, with its charts within. */
struct cr_comparison_page {
    const struct cr_scenario *scenarios; /* `count` of them, all others compared with the first; all is borrowed */
    const struct cr_history *histories;  /* of each */
    size_t count;
    const struct cr_comparison *comparisons; /* `count` - 1: of each other with the first */
    const struct cr_evidence *evidence;      /* NULL: none was at hand */
    struct cr_verdict *const *verdicts;      /* of each scenario, one an entry of the evidence */
    const char *command;                     /* what to type to make the report anew */
};

/* Writes it, whole or not at all. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_comparison_page_write(
    const struct cr_comparison_page *page, const char *path, struct cr_error *error);

#endif
