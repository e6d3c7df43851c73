#ifndef CR_VIZ_CARD_SECTIONS_H
#define CR_VIZ_CARD_SECTIONS_H

#include "viz/card/card_page.h"

/* Each section draws itself into a rectangle of its height. */

typedef void cr_card_section_draw(
    struct cr_card_page *page, const struct cr_card_subject *subject, struct cr_rect where);

cr_card_section_draw cr_card_draw_head, cr_card_draw_care, cr_card_draw_caregiver, cr_card_draw_beliefs,
    cr_card_draw_need, cr_card_draw_distress, cr_card_draw_love;

/* Shares of a whole as one bar, and beneath it their numbers and names. `other` (may be NULL) are those in another
 * world; where they differ clearly is marked. */
enum { CR_CARD_SHARES = 4 };
struct cr_card_shares {
    const char *name[CR_CARD_SHARES];
    enum cr_meaning meaning[CR_CARD_SHARES];
    double share[CR_CARD_SHARES]; /* sums to 1; NaN: unknown */
};
void cr_card_draw_shares(const struct cr_card_page *page, const struct cr_card_shares *shares, const double *other,
    double x, double y, double width);

/* A number on a track from `from` to `to`: a filled marker at `value`, and, where they are not NaN, a hollow one at
 * `then` joined to it, a diamond at `theirs`, and a square at `elsewhere`, the value in another world, if it clearly
 * differs. */
struct cr_card_track {
    const char *label;
    double from, to;
    double value, then, theirs, elsewhere;
    enum cr_meaning meaning, elsewhere_meaning;
};
void cr_card_draw_track(
    const struct cr_card_page *page, const struct cr_card_track *track, double x, double y, double width);

/* The least difference of a share, a chance or a belief that is marked as one between worlds. */
#define CR_CARD_DIFFERENCE 0.05

#endif
