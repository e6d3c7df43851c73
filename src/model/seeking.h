#ifndef CR_MODEL_SEEKING_H
#define CR_MODEL_SEEKING_H

#include "model/population.h"
#include "model/setting.h"

/* A person's week as one who seeks comfort: whom to turn to, how, what comes of it, what is learned. Every function
 * writes only to the persons begin <= i < end, and reads of others only what no seeker writes in the same phase. */

/* (22), (4)-(8) Chooses whom to turn to this week and the chance of each strategy: sets turned_to and policy. */
void cr_seeking_choose(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end);

/* (18), (21), (23)-(29) Lives through the week's episodes: sets the week's outcomes, moves hardship, the caregiver's
 * availability, beliefs, the account of comfort, arousal, grief and strain. Reads the partners' profiles as figures
 * (cr_figure_derive). */
void cr_seeking_live(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end);

#endif
