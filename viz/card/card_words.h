#ifndef CR_VIZ_CARD_WORDS_H
#define CR_VIZ_CARD_WORDS_H

#include "viz/world/dossier.h"

/* What a card says, in plain words. Texts go into a buffer of CR_CARD_WORDS bytes, which is returned. */

enum { CR_CARD_WORDS = 96, CR_CARD_TIME = 32 };

/* "woman, 31 years", "boy, 8 months", "man, died at 74", "not born yet". */
const char *cr_card_who(const struct cr_dossier *dossier, char *buffer);

/* "B, secure"; "–" for none. Static. */
const char *cr_card_class(enum cr_class class);

/* "secure"; "–" for none. Static. */
const char *cr_card_style(enum cr_style style);

/* A stretch of weeks, into CR_CARD_TIME bytes: "3 weeks", "8 months", "6 years". */
const char *cr_card_time(int32_t weeks, char *buffer);

/* An event in as few words as it takes, the other person by number: "marries 87", "left by 87". */
const char *cr_card_event(const struct cr_life_event *event, char *buffer);

/* How much an event matters where not all can be named, from 0; `lasted`: weeks of the relationship that it is about.
 */
int cr_card_event_weight(const struct cr_life_event *event, int32_t lasted);

/* The beliefs as the person holds them. Static. */
extern const char *const cr_card_beliefs[CR_BELIEFS];

#endif
