#ifndef CR_REPORT_PALETTE_H
#define CR_REPORT_PALETTE_H

#include "base/error.h"
#include "report/bytes.h"

/* The colours of a page's drawings, light and dark: a drawing refers to a pair of them by the name of a CSS variable,
 * --k0, --k1, ..., so that it needs to stand in the page only once. */

enum { CR_PALETTE_COLOUR = 64 };

struct cr_palette {
    struct cr_colour_pair {
        char light[CR_PALETTE_COLOUR], dark[CR_PALETTE_COLOUR]; /* as CSS has them: "rgb(10%,20%,30%)" */
    } * pair;                                                   /* owned; `count` of them */
    size_t count, capacity;
};

/* Adds the light drawing to a page, its colours replaced by variables for it and its counterpart in the dark one. Both
 * are texts of the same SVG but for colours; if they are not, the light one is added as it is. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_palette_add_drawing(
    struct cr_palette *palette, struct cr_bytes *page, const char *light, const char *dark, struct cr_error *error);

/* Adds the declarations of all variables, those of the light colours or those of the dark ones. */
void cr_palette_add_light(const struct cr_palette *palette, struct cr_bytes *page);
void cr_palette_add_dark(const struct cr_palette *palette, struct cr_bytes *page);

/* Gives everything back; safe twice. */
void cr_palette_free(struct cr_palette *palette);

#endif
