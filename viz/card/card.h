#ifndef CR_VIZ_CARD_H
#define CR_VIZ_CARD_H

#include <SDL.h>
#include <stdbool.h>

#include "report/geometry.h"
#include "viz/draw/look.h"
#include "viz/world/engine.h"

/* The card of one person: who it is, the care it had, what it believes, then and now, how it seeks comfort, with whom
 * it is, and its life on a line. Beside it the partner's, as the card of a couple, or, of two worlds, the same person's
 * in the other one. */

enum cr_card_kind { CR_CARD_PERSON, CR_CARD_COUPLE };

struct cr_card; /* owned by who makes it */

/* NULL: CR_ERROR_MEMORY, CR_ERROR_IO (no thread). Free before the renderer goes (NULL is fine). */
struct cr_card *cr_card_new(SDL_Renderer *renderer, struct cr_error *error);
void cr_card_free(struct cr_card *card);

/* The width of a card in points of its own letters, for one world or two: its columns beneath each other, or beside. */
double cr_card_width(enum cr_card_kind kind, size_t worlds, bool beside);

/* The height in pixels that all of it takes in so many pixels of width. Letters are as large as the look wishes, and
 * what stands beside each other stands beneath where it is narrow. */
int cr_card_height(enum cr_card_kind kind, const struct cr_sight *sight, const struct cr_look *look, int width);

/* Draws it anew if what it shows has changed, and shows the part of it that begins `scroll` pixels from above in a
 * rectangle of the window (pixels); nothing for nobody. While weeks are lived it is drawn on a thread of its own, at
 * most ten times a second, and may be a little late; otherwise the frame waits for it. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_card_draw(struct cr_card *card, enum cr_card_kind kind, const struct cr_sight *sight,
    const struct cr_look *look, SDL_Rect where, int scroll, struct cr_error *error);

/* Has the next frame wait for a card that is as things are; for pictures that must be complete. */
void cr_card_wait(struct cr_card *card);

/* The names on the card as it was shown last (the partner's, those on the line of life), section by section: the
 * person, and where the name stands, in pixels from the card's upper left corner when nothing is scrolled. False if
 * there are no more than `index`. */
bool cr_card_link(const struct cr_card *card, size_t index, struct cr_rect *where, int32_t *person);

void cr_card_forget_textures(struct cr_card *card);

#endif
