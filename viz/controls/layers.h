#ifndef CR_VIZ_LAYERS_H
#define CR_VIZ_LAYERS_H

#include "viz/controls/paint.h"
#include "viz/draw/pane.h"

/* The layers of controls as pictures: each is drawn anew only when something that is seen of it has changed. Begin with
 * all zero. */
struct cr_layers {
    struct cr_pane pane[CR_LAYERS]; /* owned */
    uint64_t sum[CR_LAYERS];        /* of what is drawn on them */
    bool drawn[CR_LAYERS];
};

/* Shows a layer of the widgets; CR_LAYER_GROUND has no picture but the ring about the place that has the focus.
 * CR_ERROR_MEMORY. */
CR_NODISCARD int cr_layers_show(struct cr_layers *layers, enum cr_layer layer, SDL_Renderer *renderer,
    const struct cr_widgets *widgets, const struct cr_look *look, const struct cr_touch *touch, struct cr_error *error);

/* The textures are lost: draw all anew. */
void cr_layers_forget(struct cr_layers *layers);

/* Gives everything back; safe twice. Before the renderer goes. */
void cr_layers_free(struct cr_layers *layers);

#endif
