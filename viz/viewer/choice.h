#ifndef CR_VIZ_CHOICE_H
#define CR_VIZ_CHOICE_H

#include "viz/viewer/viewer.h"

/* Who is looked at (struct cr_choice), and how they are found. */

/* Chooses a person, with the card; CR_NOBODY for nobody. */
void cr_choice_take(struct cr_viewer *viewer, int32_t person, enum cr_card_shown card);

/* The card of the person, of the couple, none, and round again. */
void cr_choice_turn_card(struct cr_viewer *viewer);

/* To the partner, if there is one. */
void cr_choice_go_to_partner(struct cr_viewer *viewer);

/* Keeps the chosen person in view, or no longer. */
void cr_choice_follow(struct cr_viewer *viewer);

/* Reads what was typed and goes to who answers it first, or, of the same query, to the next one. */
void cr_choice_search(struct cr_viewer *viewer);

/* The next one of the last search. */
void cr_choice_next(struct cr_viewer *viewer);

#endif
