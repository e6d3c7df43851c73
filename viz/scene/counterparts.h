#ifndef CR_VIZ_COUNTERPARTS_H
#define CR_VIZ_COUNTERPARTS_H

#include "viz/world/snapshot.h"

/* Which relationship of another world is the counterpart of one of this world: the same two persons, who paired within
 * a year of the same week. */

enum { CR_COUNTERPARTS_NEAR = CR_WEEKS_A_YEAR };

/* What is known of a relationship of the other world. */
struct cr_counterpart {
    int32_t person[2];
    int32_t earlier[2]; /* the relationship that each of the two had before it; CR_NOBODY */
    int32_t start, end; /* weeks; -1 while it lasts */
    bool by_death;
};

struct cr_counterparts {
    uint32_t people;
    int32_t week;                 /* of what was seen last */
    int32_t *latest;              /* owned, [person]: the newest relationship; CR_NOBODY */
    struct cr_counterpart *known; /* owned, by number in the other world: `count` of `capacity` */
    int32_t count, capacity;
    int32_t *lasting; /* owned: numbers of those that lasted when they were seen last */
    int32_t lasting_count;
};

/* Makes room for so many people and relationships. CR_ERROR_MEMORY leaves what is known as it was. Begin with all
 * zero. */
CR_NODISCARD int cr_counterparts_fit(
    struct cr_counterparts *counterparts, uint32_t people, int32_t ties, struct cr_error *error);
void cr_counterparts_free(struct cr_counterparts *counterparts);

/* Takes in the other world, for which there must be room; `anew` if it is not that of last time some weeks later. Else
 * the time that it takes does not grow with the number of relationships that have ended. */
void cr_counterparts_see(struct cr_counterparts *counterparts, const struct cr_snapshot *other, bool anew);

enum cr_elsewhere {
    CR_ELSEWHERE_ALIKE,
    CR_ELSEWHERE_OTHERWISE, /* there, but by death in one world alone, or more than a year earlier or later, it ends */
    CR_ELSEWHERE_NOT        /* it is not there */
};

/* How a relationship fares in the other world, as far as both have got. */
enum cr_elsewhere cr_counterparts_find(const struct cr_counterparts *counterparts, const struct cr_tie *tie);

#endif
