#ifndef CR_MODEL_PAIRING_H
#define CR_MODEL_PAIRING_H

#include "model/couple.h"

/* Meeting and pairing. Each week some of the single adults go out, and each comes across somebody of the other sex who
 * was born at about the same time: whom, is that one's luck and nobody else's doing. If that one is single and open to
 * it, too, they meet. So what others do, or one person more or fewer, changes hardly any other meeting, and two
 * scenarios under one seed keep most of their couples in common. */

struct cr_passer_by {
    double moment; /* of birth: weeks, with a fraction by luck */
    uint32_t person;
};

/* All people in the order of their birth. */
struct cr_meeting {
    struct cr_passer_by *passer_by[2]; /* by enum cr_sex: owned by the first; `count` of each */
    uint32_t count[2];
};

/* Makes room for so many people. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_meeting_init(struct cr_meeting *meeting, uint32_t people, struct cr_error *error);

/* Puts the people in their order, once their births are known. */
void cr_meeting_arrange(struct cr_meeting *meeting, const struct cr_population *people, const struct cr_stream *luck);
void cr_meeting_free(struct cr_meeting *meeting);

/* (46)-(47) Whom person `i` meets this week by going out; CR_NOBODY if it does not, or meets nobody. */
int32_t cr_pairing_encounter(
    const struct cr_setting *setting, const struct cr_population *people, const struct cr_meeting *meeting, uint32_t i);

/* (46)-(48) Lets those meet who do, one after the other by their numbers; those who accept each other pair. There must
 * be room for as many relationships as half the people. */
void cr_pairing_meet(const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds,
    const struct cr_meeting *meeting);

#endif
