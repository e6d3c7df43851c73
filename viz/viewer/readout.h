#ifndef CR_VIZ_READOUT_H
#define CR_VIZ_READOUT_H

#include "report/chart_reading.h"
#include "viz/draw/pane.h"

/* Values read off the panels: where the mouse is on a chart, or where the arrow keys have moved in an enlarged one, a
 * thin line marks the nearest place that has values, and a plate beside it tells them, with what the small chart had no
 * room to say. Both are small pictures that are drawn anew only when what they show has changed. */

struct cr_viewer;

/* Begin with all zero but `panel` -1. */
struct cr_readout {
    int panel;                    /* whose chart is read; -1: none */
    struct cr_chart_reading of;   /* what is read; texts are its own, names are the seen chart's */
    bool by_keys;                 /* it is moved by keys, */
    size_t plot;                  /* in this plot, */
    double at;                    /* to here; infinite for an end */
    bool told;                    /* the keys were told once */
    uint64_t sum;                 /* of what the pictures show */
    struct cr_rect marked, plate; /* where they stand, pixels of the window; the plate within it */
    struct cr_pane marks, words;  /* owned */
};

/* Moves the reading of the enlarged panel by so many places, on into the next small chart at the end of one; false if
 * no panel is enlarged. */
bool cr_readout_step(struct cr_viewer *viewer, int by);

/* Shows the next (1) or previous (-1) group of a panel alone, round and round with all together; false if there are not
 * several. */
bool cr_readout_turn(struct cr_viewer *viewer, int panel, int by);

/* Finds out what is read now, from what is seen in this frame. */
void cr_readout_follow(struct cr_viewer *viewer);

/* Draws it. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_readout_draw(struct cr_viewer *viewer, struct cr_error *error);

/* The textures are lost; and giving all back, safe twice, before the renderer goes. */
void cr_readout_forget(struct cr_readout *readout);

#endif
