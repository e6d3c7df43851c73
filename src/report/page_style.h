#ifndef CR_REPORT_PAGE_STYLE_H
#define CR_REPORT_PAGE_STYLE_H

#include "report/bytes.h"
#include "report/palette.h"

/* Adds the <style> of a page: light and dark by what the reader prefers, wide and narrow, and on paper. Its colours of
 * text stand out from their background by a contrast of at least 4.5. */
void cr_page_style_add(struct cr_bytes *page, const struct cr_palette *palette);

#endif
