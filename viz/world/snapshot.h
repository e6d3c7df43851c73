#ifndef CR_VIZ_SNAPSHOT_H
#define CR_VIZ_SNAPSHOT_H

#include "viz/world/dossier.h"
#include "viz/world/findings.h"

/* What can be seen of a world in one week: a copy, taken between two steps, of the simulation's own state and of what
 * its instruments say. Nothing in it is worked out a second time. */

enum cr_presence { CR_UNBORN, CR_CHILD, CR_ADULT, CR_DEAD };

/* Earned security as of the last survey (measure/earned_security.h). */
enum cr_earning { CR_EARNING_NONE, CR_EARNING_SECURE, CR_EARNING_LOST };

/* A relationship; those that have ended, too. */
struct cr_tie {
    int32_t person[2];                       /* the lower number first */
    int32_t start, cohabiting, married, end; /* weeks; -1: has not happened */
    uint8_t stage;                           /* enum cr_stage */
    uint8_t ending;                          /* enum cr_ending; CR_LASTING while it lasts */
    int8_t ended_by;                         /* 0 or 1: who left or died; 2: both; -1 */
    uint8_t quarrels;                        /* since the last glance; of those that last */
    float satisfaction;                      /* mean of both partners: now, or in the last week together; latent */
    float mean_satisfaction;                 /* mean of both over the weeks together so far; NaN in the first */
    float conflict;                          /* recent quarrels a week */
    float intimacy;                          /* 0-1 */
};

enum cr_happening_kind {
    CR_HAPPENED_BIRTH,
    CR_HAPPENED_PAIRING,
    CR_HAPPENED_MOVING_IN,
    CR_HAPPENED_WEDDING,
    CR_HAPPENED_SEPARATION,
    CR_HAPPENED_DEATH,   /* of a person; if there was a partner, person[1] is left behind */
    CR_HAPPENED_EARNING, /* earned security is found at a survey */
    CR_HAPPENINGS
};

struct cr_happening {
    int32_t week;
    uint8_t kind;      /* enum cr_happening_kind */
    uint8_t ending;    /* of a separation: enum cr_ending */
    int32_t person[2]; /* who; CR_NOBODY for none */
    int32_t bond;      /* number of the relationship; CR_NOBODY for none */
};

struct cr_snapshot {
    const struct cr_scenario *scenario; /* name, title, what is fixed; its changes are not to be read from here */
    struct cr_parameters parameters;    /* as they are in this week */
    uint32_t replicate;                 /* whose luck it is; from 1 */
    int32_t week;                       /* weeks lived: 0 ... weeks */
    int32_t head;                       /* the furthest week that was lived; more than `week` while looking back */
    int32_t weeks;                      /* length of the run */
    uint32_t people;                    /* length of the arrays of persons */
    uint32_t alive;

    /* Persons: array[person]. */
    uint8_t *presence;   /* enum cr_presence */
    uint8_t *female;     /* 1 or 0; drawn before birth */
    float *age;          /* years; of the dead at death, of the unborn negative */
    float *anxiety;      /* the ECR index without error of rating, 1-7; of children, whom no questionnaire asks, the */
    float *avoidance;    /* same index; NaN for the unborn and the dead */
    int8_t *style;       /* enum cr_style as rated at the last survey; CR_STYLE_NONE before */
    uint8_t *earning;    /* enum cr_earning */
    float *arousal;      /* >= 0; 0 of the unborn and the dead */
    float *felt, *shown; /* distress of the last week's needs; likewise */
    float *satisfaction; /* with the relationship, latent; NaN without one */
    int32_t *partner, *bond;                    /* CR_NOBODY for none */
    uint8_t *bids[CR_STRATEGIES];               /* episodes by strategy since the last glance, at most 255 */
    uint8_t *comforted, *rebuffed, *frightened; /* what came of them since the last glance, likewise */
    void *memory;                               /* owned: the one block that all arrays of persons lie in */

    /* Relationships by number: all that ever began, and the numbers of those that last. */
    struct cr_tie *ties; /* owned */
    int32_t tie_count, tie_capacity;
    int32_t *lasting; /* owned, ascending */
    int32_t lasting_count, lasting_capacity;

    /* What happened since the last glance, oldest first. Of very many only the newest CR_HAPPENINGS_KEPT are there;
     * `happened` counts all. */
    struct cr_happening *happenings; /* owned */
    size_t happening_count;
    int64_t happened[CR_HAPPENINGS];

    struct cr_change *changes; /* owned: all of the scenario, those to come, too; by week */
    size_t change_count, change_capacity;

    struct cr_findings findings;       /* what the panels show */
    struct cr_dossier dossier;         /* of the person who is looked at, */
    struct cr_dossier partner_dossier; /* and of the partner, if there is one */

    uint64_t era; /* of the world (cr_world.era), when this was taken; 0: nothing was copied yet */
};

enum { CR_HAPPENINGS_KEPT = 4096 };

/* Makes room for so many persons; nobody is born yet. CR_ERROR_MEMORY. Free with cr_snapshot_free; safe twice. */
CR_NODISCARD int cr_snapshot_init(struct cr_snapshot *snapshot, uint32_t people, struct cr_error *error);
void cr_snapshot_free(struct cr_snapshot *snapshot);

#endif
