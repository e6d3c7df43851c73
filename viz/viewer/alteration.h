#ifndef CR_VIZ_ALTERATION_H
#define CR_VIZ_ALTERATION_H

#include "viz/viewer/viewer.h"

/* Changes of parameters by hand. */

/* The rows of the registry that may change while a run lives: whether one is, and its value now in the first world that
 * changes act on. */
double cr_alteration_value(const struct cr_viewer *viewer, const struct cr_field *field);

/* What the scenario of that world says. */
double cr_alteration_initial(const struct cr_viewer *viewer, const struct cr_field *field);

/* Wishes a change; it is made at once, or, while looking back, after the question has been agreed to. */
void cr_alteration_wish(struct cr_viewer *viewer, const struct cr_field *field, double value, int32_t weeks);

/* Wishes all that an intervention sets. */
void cr_alteration_intervene(struct cr_viewer *viewer, size_t intervention);

/* The answer. */
void cr_alteration_answer(struct cr_viewer *viewer, bool agreed);

/* Moves a parameter's slider; and lets time pass for what was moved. */
void cr_alteration_slide(struct cr_viewer *viewer, const struct cr_field *field, double value, bool held);
void cr_alteration_pass(struct cr_viewer *viewer, double seconds);

#endif
