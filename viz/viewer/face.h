#ifndef CR_VIZ_FACE_H
#define CR_VIZ_FACE_H

#include "viz/viewer/viewer.h"

/* The face of the viewer: all controls that there are now, from what is open, shown and chosen. */

/* Lays out the window and lists the controls. */
void cr_face_compose(struct cr_viewer *viewer);

/* Parts of it, each its layers. */
void cr_face_toolbar(struct cr_viewer *viewer);
void cr_face_time(struct cr_viewer *viewer);
void cr_face_drawer(struct cr_viewer *viewer);
void cr_face_hint(struct cr_viewer *viewer);
void cr_face_toast(struct cr_viewer *viewer);
void cr_face_box(struct cr_viewer *viewer);
void cr_face_tip(struct cr_viewer *viewer);

/* Adds a text of a kind; a button of an action; both borrowed as of cr_widgets_add. */
struct cr_widget *cr_face_text(
    struct cr_viewer *viewer, enum cr_lettering_kind letters, struct cr_rect where, const char *text);
struct cr_widget *cr_face_button(struct cr_viewer *viewer, const char *name, enum cr_icon icon, const char *label,
    enum cr_action action, struct cr_rect where);

/* "Year 12 · week 30" of a week, from 0. Returns `buffer`. */
const char *cr_face_week(int32_t week, char *buffer, size_t size);

/* The height in pixels that the search takes while who was found is shown beneath it. */
double cr_face_search_height(const struct cr_viewer *viewer);

/* How many hints there are. */
int cr_face_hints(void);

#endif
