#ifndef CR_MODEL_FIGURE_H
#define CR_MODEL_FIGURE_H

#include "model/population.h"
#include "model/setting.h"

/* What an adult is like as an attachment figure, derived from the adult's own state (Gilbert 2008; Kunce & Shaver
 * 1994): care given follows care expected; own arousal draws attention to oneself; the tendency to deactivate makes
 * another's distress uncomfortable; irritation makes one withdraw and rebuff; fear under arousal frightens. */

/* (30)-(34) Sets present and figure_* of the persons begin <= i < end who have a partner. Reads only their own state.
 */
void cr_figure_derive(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end);

/* (35) Chance that this adult comforts a partner who asks plainly: what the partner's belief `open` is about. */
double cr_figure_openness(const struct cr_parameters *p, const struct cr_population *people, uint32_t i);

/* (36) Irritation of person `i`, who has a partner: what this week's bids of the partner raise, and its decay. Writes
 * only `i`'s irritation; reads the partner's bids. */
void cr_figure_react(const struct cr_setting *setting, struct cr_population *people, uint32_t i);

#endif
