#ifndef CR_VIZ_INPUT_H
#define CR_VIZ_INPUT_H

#include "viz/viewer/viewer.h"

/* What keyboard, mouse and system do to the viewer. */

void cr_input_event(struct cr_viewer *viewer, const SDL_Event *event);

/* The text that is typed into now; NULL. */
struct cr_text_field *cr_input_field(struct cr_viewer *viewer);

/* Gives a control the focus ("" for none): its text, if it is a field, is chosen whole, and a list scrolls to it. */
void cr_input_focus(struct cr_viewer *viewer, const char *name);

/* Follows what is under the mouse after the controls were listed anew. */
void cr_input_hover(struct cr_viewer *viewer);

#endif
