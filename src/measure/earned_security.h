#ifndef CR_MEASURE_EARNED_SECURITY_H
#define CR_MEASURE_EARNED_SECURITY_H

#include "measure/record.h"

/* Earned security (Roisman et al. 2002): insecure by instrument in infancy (Strange Situation) or at 18 (style by cut),
 * and later secure by style at every survey for at least two years. */

/* Which episodes moved general beliefs towards security most, between 18 and earning it. */
enum cr_route { CR_ROUTE_PARTNER, CR_ROUTE_CAREGIVER, CR_ROUTE_OTHER, CR_ROUTES };
extern const char *const cr_route_names[CR_ROUTES];

struct cr_earned {
    bool insecure_infant, insecure_adult; /* at the first visit; at the first survey from 18 on */
    int32_t survey;                       /* at which the two years began; -1: not earned */
    enum cr_route route;                  /* if earned */
    int32_t lost;                         /* first later survey at which the style is insecure; -1: none */
};

/* What became of person `i`'s security up to and including survey `last`. */
struct cr_earned cr_earned_security(const struct cr_record *record, uint32_t i, int32_t last);

#endif
