#ifndef CR_VIZ_PAINTER_H
#define CR_VIZ_PAINTER_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A thread of low priority that draws pictures for places, so that nobody waits for them. Of several orders for a place
 * only the newest is carried out. All functions are for one thread, the one that orders. */

/* Draws a subject onto a context of a picture of that many pixels, which is black or transparent at first. Called on
 * the painter's thread, which alone may change the subject while the order lasts. */
typedef int cr_painter_draw(void *subject, cairo_t *cairo, int width, int height, struct cr_error *error);

struct cr_painter_order {
    int width, height; /* pixels */
    bool transparent;  /* where nothing is drawn */
    cr_painter_draw *draw;
    void *subject;                 /* the painter's from the order on, */
    void (*let_go)(void *subject); /* who gives it back with this, on either thread */
};

struct cr_painter; /* owned by who makes it */

/* A painter for that many places. NULL: CR_ERROR_MEMORY, CR_ERROR_IO if there can be no thread. */
struct cr_painter *cr_painter_new(size_t places, struct cr_error *error);

/* Ends the thread after what it is drawing, and drops all else; NULL is fine. */
void cr_painter_free(struct cr_painter *painter);

/* Orders a picture for a place; an order for it that has not been begun is dropped. */
void cr_painter_order(struct cr_painter *painter, size_t place, const struct cr_painter_order *order);

/* Whether an order for the place has not been drawn yet. */
bool cr_painter_busy(struct cr_painter *painter, size_t place);

/* Whether there is something to be handed over: a picture, or the error of an order that failed. */
bool cr_painter_ready(struct cr_painter *painter, size_t place);

/* Hands over the newest picture of a place (an image surface, of ARGB32 if it is transparent, else of RGB24; yours to
 * destroy), or NULL if there is none that was not handed over before. An order that failed leaves no picture but its
 * error, once; code 0: it did not. */
cairo_surface_t *cr_painter_take(struct cr_painter *painter, size_t place, struct cr_error *error);

/* Waits until all that was ordered is drawn. */
void cr_painter_wait(struct cr_painter *painter);

#endif
