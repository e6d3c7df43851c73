#ifndef CR_VIZ_DOSSIER_H
#define CR_VIZ_DOSSIER_H

#include "measure/record.h"

/* All that the card of one person shows. */

enum { CR_DOSSIER_YEARS = 200, CR_DOSSIER_EVENTS = 128 };

enum cr_life_event_kind {
    CR_LIFE_BIRTH,
    CR_LIFE_VISIT, /* `detail`: enum cr_class */
    CR_LIFE_NEW_CAREGIVER,
    CR_LIFE_CAREGIVER_DEATH,
    CR_LIFE_PAIRING, /* `other`: the partner */
    CR_LIFE_MOVING_IN,
    CR_LIFE_WEDDING,
    CR_LIFE_SEPARATION, /* `detail`: enum cr_ending; `by`: 0 this person left, 1 the other, 2 both */
    CR_LIFE_BEREAVEMENT,
    CR_LIFE_EARNING, /* `detail`: enum cr_route */
    CR_LIFE_LOSING,  /* of earned security */
    CR_LIFE_DEATH,
    CR_LIFE_EVENTS
};

struct cr_life_event {
    int32_t week;
    uint8_t kind; /* enum cr_life_event_kind */
    int8_t detail, by;
    int32_t other; /* a person; CR_NOBODY for none */
};

struct cr_dossier {
    int32_t person;             /* CR_NOBODY: nobody is looked at, and nothing below holds */
    int32_t week, birth, death; /* death is the week of death if it has come, else -1 */
    bool female;
    double temperament;          /* sd */
    struct cr_profile caregiver; /* the present one, as it is now */
    uint32_t caregivers;
    bool caregiver_alive;
    double lived[CR_LIVED];                                  /* childhood as lived; enum cr_lived */
    struct cr_coding coding[CR_VISITS];                      /* class CR_CLASS_NONE: no visit so far */
    enum cr_style style_18, style;                           /* as rated at the first adult survey, at the last one */
    double anxiety, avoidance;                               /* now, without error of rating */
    double prototype[CR_BELIEFS];                            /* the beliefs of then */
    double general[CR_BELIEFS];                              /* and of now, in general, */
    double of_caregiver[CR_BELIEFS], of_partner[CR_BELIEFS]; /* as they count towards these two; NaN for no partner */
    double experience[CR_FIGURE_ROLES];                      /* episodes with them */
    double policy[CR_STRATEGIES];                            /* chance of each strategy this week */
    int32_t turned_to;                                       /* enum cr_role_of_figure, CR_NOBODY */
    double arousal, strain, grief, felt, shown;
    int32_t partner, bond;                                                /* CR_NOBODY for none */
    int32_t together;                                                     /* weeks with the partner */
    double satisfaction, commitment, irritation, conflict, intimacy, fit; /* with and of the partner; NaN without */
    double partner_satisfaction;
    bool earned, lost; /* security, as of the last survey */

    /* Ratings at the surveys so far; `year` of the run; NaN where not asked. */
    int32_t year_count;
    float year[CR_DOSSIER_YEARS], anxiety_rated[CR_DOSSIER_YEARS], avoidance_rated[CR_DOSSIER_YEARS],
        worth[CR_DOSSIER_YEARS], satisfaction_rated[CR_DOSSIER_YEARS];

    struct cr_life_event events[CR_DOSSIER_EVENTS]; /* by week; the first and the newest, should there be more */
    size_t event_count;
};

/* Fills in what is known of a person in the present week; CR_NOBODY empties it. */
void cr_dossier_fill(struct cr_dossier *dossier, const struct cr_record *record, int32_t person);

#endif
