#ifndef CR_MODEL_STRANGE_SITUATION_H
#define CR_MODEL_STRANGE_SITUATION_H

#include "model/population.h"
#include "model/setting.h"

/* The Strange Situation (Ainsworth et al. 1978): an infant, its caregiver and a stranger in an unfamiliar room; two
 * separations, two reunions. What the infant does is the one kernel at work, in intervals of 15 seconds, on the
 * infant's own working model of this caregiver. Nothing of it changes the infant's life. */

enum { CR_LABORATORY_INTERVALS = 12 }; /* of 15 s in each episode of 3 minutes */

/* What an observer behind the mirror sees, counted over the two reunions; and the arousal that a sensor would find. No
 * belief. */
struct cr_laboratory_record {
    int intervals;      /* observed in reunion, 24 */
    int approach;       /* intervals in which the infant sought the caregiver plainly or by pleasing */
    int contact;        /* in which it was held and comforted */
    int protest;        /* in which it cried, kicked or clung angrily */
    int turning_away;   /* in which it was distressed and turned away */
    int exploration;    /* in which it played */
    int contradictions; /* times it turned away next after seeking, or sought next after turning away */
    int apprehension;   /* intervals in which it froze or shrank from the caregiver */
    double shown;       /* mean distress shown over the separations and reunions */
    double felt;        /* mean arousal over the same: what a cortisol or heart rate measure would follow */
};

/* (49)-(52) Observes infant `i` with its present caregiver in the present week; `assessment` numbers repeated
 * assessments. */
struct cr_laboratory_record cr_strange_situation(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t i, uint32_t assessment);

#endif
