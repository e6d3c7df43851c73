#ifndef CR_VIZ_DEED_H
#define CR_VIZ_DEED_H

#include "viz/viewer/viewer.h"

/* What hands can do, done. */

/* Does an action; `argument` is the widget's. */
void cr_deed_do(struct cr_viewer *viewer, enum cr_action action, int argument);

/* Moves a slider to a value; `held` while the mouse has it. */
void cr_deed_slide(struct cr_viewer *viewer, const struct cr_widget *slider, double value, bool held);

/* Takes what was typed into a field. */
void cr_deed_typed(struct cr_viewer *viewer, const struct cr_widget *field);

/* What was typed has changed. */
void cr_deed_typing(struct cr_viewer *viewer, const struct cr_widget *field);

/* Goes to a week: looks back at it, or lives on up to it. */
void cr_deed_go(struct cr_viewer *viewer, int32_t week);

#endif
