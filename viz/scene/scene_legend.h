#ifndef CR_VIZ_SCENE_LEGEND_H
#define CR_VIZ_SCENE_LEGEND_H

#include "report/canvas.h"
#include "viz/draw/stamps.h"
#include "viz/scene/scene.h"

/* What the marks of a scene mean, and what of them is drawn. */

/* What a legend depends on; two that are equal byte by byte give the same. */
struct cr_scene_content {
    enum cr_arrangement arrangement;
    bool ties, children, differences;
    bool shapes;           /* whether dots are large enough to be told apart by shape */
    int32_t ties_one_in;   /* of so many ties one is drawn */
    int32_t flares_one_in; /* of so many people one shows what it does */
    enum cr_flares_shown flares;
    enum cr_legend_half half;
    int32_t worlds; /* 1 or 2 */
};

enum { CR_SCENE_LEGEND_MOST = 48 };

/* How strongly that is drawn which is alike in both worlds. */
#define CR_SCENE_FAINT 0.32

struct cr_scene_legend_entry {
    uint8_t kind;  /* which swatch */
    uint8_t which; /* of them */
    const char *text;
};

struct cr_scene_legend {
    struct cr_scene_legend_entry entries[CR_SCENE_LEGEND_MOST];
    size_t count;
    bool shapes;
    char note[200]; /* what is left out */
};

void cr_scene_legend_fill(struct cr_scene_legend *legend, const struct cr_scene_content *content);

/* The room it needs: beside a picture one entry a row, no wider than `width`; else entries flow in rows of that width.
 */
struct cr_extent cr_scene_legend_measure(
    const struct cr_scene_legend *legend, const struct cr_canvas *canvas, bool beside, double width);

/* Draws it into a rectangle as wide as it was measured for; entries that are not wholly within its height are left out.
 */
void cr_scene_legend_draw(
    const struct cr_scene_legend *legend, const struct cr_canvas *canvas, bool beside, struct cr_rect where);

#endif
