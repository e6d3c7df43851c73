#ifndef CR_REPORT_PAGE_CHART_H
#define CR_REPORT_PAGE_CHART_H

#include "report/bytes.h"
#include "report/chart.h"
#include "report/palette.h"

/* A chart within a page: drawn once for wide screens and paper and once for phones, in the colours of both themes, its
 * letters nearly as large as those of the page. */
struct cr_page_chart {
    const char *name;              /* a word that no other chart of the page has: the beginning of its ids */
    const struct cr_chart *wide;   /* borrowed, as is */
    const struct cr_chart *narrow; /* what a phone shows instead; NULL: the same */
    bool half;                     /* takes half the width, beside another one */
    double flat;                   /* its height is this part of what suits it; 0: 1 */
};

/* Adds it as a <figure>. Errors of cr_chart_svg. */
CR_NODISCARD int cr_page_chart_add(
    struct cr_bytes *page, struct cr_palette *palette, const struct cr_page_chart *chart, struct cr_error *error);

#endif
