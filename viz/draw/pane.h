#ifndef CR_VIZ_PANE_H
#define CR_VIZ_PANE_H

#include <SDL.h>
#include <cairo.h>

#include "base/error.h"

/* A picture that is drawn with Cairo now and then and shown in every frame. Begin with all zero. */
struct cr_pane {
    SDL_Texture *texture;     /* owned; NULL while there is none */
    cairo_surface_t *surface; /* owned; while it is being drawn */
    int width, height;        /* pixels */
};

/* Begins to draw anew at that size; transparent all over. The context is the caller's to destroy before cr_pane_end.
 * NULL: CR_ERROR_MEMORY is recorded. */
cairo_t *cr_pane_begin(struct cr_pane *pane, int width, int height, struct cr_error *error);

/* Makes what was drawn ready to show. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_pane_end(struct cr_pane *pane, SDL_Renderer *renderer, struct cr_error *error);

/* Takes over a picture that was drawn elsewhere: an image surface of ARGB32 or RGB24, borrowed. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_pane_take(
    struct cr_pane *pane, SDL_Renderer *renderer, cairo_surface_t *surface, struct cr_error *error);

/* Shows it with its upper left corner there, pixel for pixel; nothing if nothing was drawn. */
void cr_pane_show(const struct cr_pane *pane, SDL_Renderer *renderer, int x, int y);

/* Shows it likewise, but for a part of it that something else will cover. */
void cr_pane_show_around(const struct cr_pane *pane, SDL_Renderer *renderer, int x, int y, SDL_Rect hole);

/* Gives everything back; safe twice. Before the renderer goes. */
void cr_pane_free(struct cr_pane *pane);

#endif
