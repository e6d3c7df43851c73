#ifndef CR_MODEL_PAIRING_H
#define CR_MODEL_PAIRING_H

#include "model/couple.h"

/* Meeting and pairing. Each week some of the single adults go out, each to a place on a line: the person's age plus a
 * spread. Two meet if each is the other's nearest of the other sex, so one person more or fewer changes only who is
 * near. */

/* Room for one week's meetings. */
struct cr_meeting {
    struct cr_guest *guest; /* owned; room for every person */
    uint32_t count;
};

struct cr_guest {
    double place; /* years */
    uint32_t person;
    uint8_t sex;
};

CR_NODISCARD int cr_meeting_init(struct cr_meeting *meeting, uint32_t people, struct cr_error *error);
void cr_meeting_free(struct cr_meeting *meeting);

/* (46)-(48) Lets this week's guests meet and those who accept each other pair. There must be room for as many
 * relationships as half the people. */
void cr_pairing_meet(
    const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds, struct cr_meeting *meeting);

#endif
