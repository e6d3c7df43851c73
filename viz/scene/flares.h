#ifndef CR_VIZ_FLARES_H
#define CR_VIZ_FLARES_H

#include "viz/world/snapshot.h"

/* What has just happened, for as long as it is to be seen. There may be thousands of protests a second: each person who
 * shows flares shows at most about one of a kind a second, and of many people only every so-many-th shows any, so that
 * how many are seen at a time goes along with how many there are.
 *
 * What came of a person's bids follows those that are shown, a moment later: protest, then comfort. An open bid is not
 * shown by itself, but by what came of it; as comfort is what mostly does, only one in CR_FLARES_COMFORT_ONE_IN of the
 * comforts that follow no flare is shown. A bid that is ignored is followed by nothing. */

enum cr_flare_kind {
    CR_FLARE_PROTEST, /* of one person: ways of seeking comfort, */
    CR_FLARE_DEACTIVATION,
    CR_FLARE_APPEASEMENT,
    CR_FLARE_COMFORT, /* and what came of it; */
    CR_FLARE_REBUFF,
    CR_FLARE_FRIGHT,
    CR_FLARE_BIRTH, /* turning points */
    CR_FLARE_DEATH,
    CR_FLARE_EARNING,
    CR_FLARE_QUARREL, /* of two */
    CR_FLARE_PAIRING,
    CR_FLARE_MOVING_IN,
    CR_FLARE_WEDDING,
    CR_FLARE_SEPARATION,
    CR_FLARE_BEREAVEMENT, /* the first has died */
    CR_FLARE_KINDS
};

struct cr_flare {
    uint8_t kind;      /* enum cr_flare_kind */
    int32_t person[2]; /* the second is CR_NOBODY for flares of one person */
    float age;         /* seconds; less than 0: still to be seen */
};

enum { CR_FLARES_MOST = 4096, CR_FLARES_COMFORT_ONE_IN = 8 };

/* Whether it is of everyday needs and quarrels, not a turning point of a life. */
static inline bool cr_flare_is_everyday(enum cr_flare_kind kind) {
    return kind <= CR_FLARE_FRIGHT || kind == CR_FLARE_QUARREL;
}

struct cr_flares {
    uint32_t people;
    uint8_t *busy;          /* owned, [person]: bit k while a flare of kind k lasts */
    struct cr_flare *flare; /* owned; `count` of CR_FLARES_MOST */
    size_t count;
    int32_t one_in; /* of so many persons and ties one shows what it does */
    int32_t week;   /* of the last snapshot */
    double waited;  /* seconds since then */
};

/* Makes room, and begins with none; nothing happens if there is room. Begin with all zero. CR_ERROR_MEMORY leaves it
 * empty. */
CR_NODISCARD int cr_flares_fit(struct cr_flares *flares, uint32_t people, struct cr_error *error);
void cr_flares_free(struct cr_flares *flares);
void cr_flares_clear(struct cr_flares *flares);

/* Takes in what happened since the last glance. `followed` persons always show theirs (count of them; CR_NOBODY is
 * passed over). With `still`, what is seen stays until something else is seen a while later. */
void cr_flares_see(
    struct cr_flares *flares, const struct cr_snapshot *snapshot, const int32_t *followed, size_t count, bool still);

/* Lets a time pass; with `still` nothing ends. */
void cr_flares_pass(struct cr_flares *flares, double seconds, bool still);

/* How far a flare has gone, 0 to 1. */
double cr_flare_phase(const struct cr_flare *flare);

#endif
