#ifndef CR_REPORT_PAGE_H
#define CR_REPORT_PAGE_H

#include "report/bytes.h"

/* The text of an HTML page. What is written is at once well-formed XML, so that any parser of either can check it. */

#define CR_PAGE_PRINTF(format_index, first) __attribute__((format(printf, format_index, first)))

/* Adds text from outside (names, titles, paths): the characters of markup are escaped, in attributes too; bytes that
 * are not UTF-8 become U+FFFD, and control characters blanks. */
void cr_page_add_text(struct cr_bytes *page, const char *text);

/* Adds markup of the program's own in which %s stands for a text that is escaped as above; %d, %zu, %lld and %% are the
 * others that may be used, without flags. */
void cr_page_add(struct cr_bytes *page, const char *markup, ...) CR_PAGE_PRINTF(2, 3);

#endif
