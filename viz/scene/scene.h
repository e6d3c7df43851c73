#ifndef CR_VIZ_SCENE_H
#define CR_VIZ_SCENE_H

#include <SDL.h>

#include "viz/draw/look.h"
#include "viz/world/snapshot.h"

/* The population as a living picture, in one of three arrangements. People glide to where a new snapshot has them, the
 * plane keeps fading trails, and what happened since the last glance flares up and fades. Couples are tied by lines
 * whose colour and weight tell the quality of the bond. With a second snapshot of the same week, of the same people in
 * another world, those who fare differently there are ringed, and a thread leads to where they are in that world; all
 * others are faint. On the timeline, relationships that are not there, or end otherwise there, have a mark. */

enum cr_arrangement {
    CR_ARRANGEMENT_PLANE,    /* anxiety x avoidance */
    CR_ARRANGEMENT_MAP,      /* who belongs to whom */
    CR_ARRANGEMENT_TIMELINE, /* relationships as lines over the years */
    CR_ARRANGEMENTS
};
extern const char *const cr_arrangement_names[CR_ARRANGEMENTS];

/* Which flares are drawn. */
enum cr_flares_shown {
    CR_FLARES_ALL,
    CR_FLARES_LIVES, /* those of turning points of lives; not of needs and quarrels */
    CR_FLARES_NONE,
    CR_FLARES_SHOWN
};
extern const char *const cr_flares_shown_names[CR_FLARES_SHOWN];

/* Which entries the legend has: where two scenes stand side by side each tells one half of it. */
enum cr_legend_half { CR_LEGEND_WHOLE, CR_LEGEND_LEFT, CR_LEGEND_RIGHT };

struct cr_scene_options {
    enum cr_arrangement arrangement;
    bool trails, ties, children, differences; /* whether they are drawn */
    enum cr_flares_shown flares;
    enum cr_legend_half legend;
    int32_t chosen, hovered; /* persons that stand out, and their partners; CR_NOBODY for none */
};

struct cr_scene; /* owned by who makes it */

/* CR_ERROR_MEMORY: NULL. The renderer must outlive the scene; free before it goes (NULL is fine). */
struct cr_scene *cr_scene_new(SDL_Renderer *renderer, struct cr_error *error);
void cr_scene_free(struct cr_scene *scene);

/* Takes in a new snapshot, and of two worlds the other one's (else NULL); both borrowed for the call. CR_ERROR_MEMORY.
 */
CR_NODISCARD int cr_scene_see(struct cr_scene *scene, const struct cr_snapshot *snapshot,
    const struct cr_snapshot *other, struct cr_error *error);

/* Draws one frame into a rectangle of the window (pixels), clipped to it, `seconds` after the last one. */
CR_NODISCARD int cr_scene_draw(struct cr_scene *scene, const struct cr_scene_options *options,
    const struct cr_look *look, SDL_Rect where, double seconds, struct cr_error *error);

/* The textures are lost or the size of the window has changed: make them anew when drawing next. */
void cr_scene_forget_textures(struct cr_scene *scene);

/* What is nearest to a point of the window in the last frame, within a few points: a person, or (in the timeline, or on
 * a line) a relationship; both CR_NOBODY for nothing. */
struct cr_pick {
    int32_t person, bond;
};
struct cr_pick cr_scene_pick(const struct cr_scene *scene, double x, double y);

/* Where a person stood in the last frame (pixels of the window), on the timeline the end of the present relationship's
 * line; false if not to be seen. */
bool cr_scene_place(const struct cr_scene *scene, int32_t person, double *x, double *y);

/* Magnifies about a point of the window, moves by pixels, or goes back to all. */
void cr_scene_zoom(struct cr_scene *scene, double factor, double x, double y);
void cr_scene_pan(struct cr_scene *scene, double x, double y);
void cr_scene_show_all(struct cr_scene *scene);

#endif
