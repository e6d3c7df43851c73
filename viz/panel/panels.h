#ifndef CR_VIZ_PANELS_H
#define CR_VIZ_PANELS_H

#include <SDL.h>

#include "viz/draw/look.h"
#include "viz/panel/panel.h"
#include "viz/world/engine.h"

/* Charts beside the scene, drawn with report/chart.h on a thread of their own, so that no frame waits for them. Of
 * something new all that are shown are drawn together, at most a few times a second, and not again before all of them
 * are in sight: they tell of the same week, but for the moment in which they change. In a frame at most one new picture
 * is taken over, each in its turn. */

struct cr_panels; /* owned by who makes it */

/* With the usual panels in all places. NULL: CR_ERROR_MEMORY or CR_ERROR_IO (no thread). Free before the renderer goes
 * (NULL is fine). */
struct cr_panels *cr_panels_new(SDL_Renderer *renderer, struct cr_error *error);
void cr_panels_free(struct cr_panels *panels);

/* Puts a panel into one of CR_PANELS_MAX places; and what is there. */
void cr_panels_choose(struct cr_panels *panels, size_t place, struct cr_panel_choice choice);
struct cr_panel_choice cr_panels_choice(const struct cr_panels *panels, size_t place);

/* Shows one group alone in a place, by its name in the measure; "" or a name that is none: the main ones. Another
 * choice ends it. And which one is asked for; borrowed. */
void cr_panels_choose_group(struct cr_panels *panels, size_t place, const char *group);
const char *cr_panels_group(const struct cr_panels *panels, size_t place);

/* What the first `shown` places want of the engine. */
struct cr_wants cr_panels_wants(const struct cr_panels *panels, size_t shown);

/* Takes in what is new of a sight, to be drawn from now on. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_panels_see(struct cr_panels *panels, const struct cr_sight *sight, struct cr_error *error);

/* Shows the newest picture of a place in a rectangle of the window, pixels, and orders another if it is out of date or
 * of another size. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_panels_draw(
    struct cr_panels *panels, size_t place, const struct cr_look *look, SDL_Rect where, struct cr_error *error);

/* The chart whose picture is in sight in a place, with where things stand on it; borrowed until the next draw there. */
struct cr_panel_seen {
    const struct cr_chart *chart;
    const struct cr_placement *placement; /* in points from the panel's upper left corner */
    struct cr_chart_look look;
    double scale; /* pixels a point */
};

/* False while there is none. */
bool cr_panels_seen(const struct cr_panels *panels, size_t place, struct cr_panel_seen *seen);

/* Has all places drawn as they are now, in the sizes in which they were drawn last, and waits for it; for pictures that
 * must be complete, which the next cr_panels_draw of each place shows. */
void cr_panels_wait(struct cr_panels *panels);

/* Writes a panel as it is now to DIRECTORY/NAME (.svg, .png, .pdf), of that size in points. Errors of cr_chart_write,
 * CR_ERROR_USAGE before anything was seen. */
CR_NODISCARD int cr_panels_write(struct cr_panels *panels, size_t place, enum cr_theme_name theme, double width,
    double height, const char *directory, const char *name, struct cr_error *error);

/* Makes the chart of a place as it would be drawn now; one without data before anything was seen. Free with
 * cr_panel_chart_free in any case. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_panels_chart(
    const struct cr_panels *panels, size_t place, struct cr_panel_chart *made, struct cr_error *error);

/* The textures are lost: make them anew when drawing next. */
void cr_panels_forget_textures(struct cr_panels *panels);

#endif
