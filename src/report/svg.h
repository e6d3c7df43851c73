#ifndef CR_REPORT_SVG_H
#define CR_REPORT_SVG_H

#include <stddef.h>

#include "base/error.h"

/* Turns the SVG that Cairo writes into one that can stand beside others in a page and that says what it shows. */

struct cr_svg_words {
    const char *prefix;      /* of every id */
    const char *title;       /* for readers who cannot see it; none if NULL or not UTF-8 */
    const char *description; /* likewise */
    int whole;               /* a file of its own, with XML declaration, rather than an element for a page */
};

/* Gives every id in `svg` (`size` bytes) a new name, the prefix and a number by first appearance, and so wherever it is
 * referred to; names the picture (role "img", <title>, <desc>). `*out` is a text of `*out_size` bytes and a NUL, yours
 * to free. CR_ERROR_MEMORY; CR_ERROR_NUMERIC if it is not the SVG of Cairo. */
CR_NODISCARD int cr_svg_rewrite(const char *svg, size_t size, const struct cr_svg_words *words, char **out,
    size_t *out_size, struct cr_error *error);

#endif
