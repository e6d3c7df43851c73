#ifndef CR_VIZ_FINDINGS_H
#define CR_VIZ_FINDINGS_H

#include "measure/measures.h"
#include "measure/stability.h"

/* What the panels show of one world: the measures of the registry, as they are computed for `cradle run`, year by year
 * as the world lives, and survival and hazard of its relationships so far. */

enum { CR_PANELS_MAX = 8 };

/* Which measures of the whole run are worked out anew each year, for panels that show them; time courses always are. */
struct cr_wants {
    int measure[CR_PANELS_MAX]; /* numbers of rows in cr_measures with `whole` */
    size_t count;
    bool stability; /* survival and hazard of relationships by pairing */
};

/* Survival is shown at so many durations, and hazard in so many intervals, however many relationships there are; both
 * are NaN where fewer than the last are still observed, whose fate would tell nothing. */
enum { CR_SURVIVAL_POINTS = 161, CR_HAZARD_STEPS = 12, CR_STABILITY_LEAST = 10 };

struct cr_stability {
    double years[CR_SURVIVAL_POINTS];
    double survival[CR_PAIRINGS][CR_SURVIVAL_POINTS], low[CR_PAIRINGS][CR_SURVIVAL_POINTS],
        high[CR_PAIRINGS][CR_SURVIVAL_POINTS]; /* NaN where undefined */
    double from[CR_HAZARD_STEPS], to[CR_HAZARD_STEPS];
    double rate[CR_PAIRINGS][CR_HAZARD_STEPS], rate_low[CR_PAIRINGS][CR_HAZARD_STEPS],
        rate_high[CR_PAIRINGS][CR_HAZARD_STEPS]; /* per year; NaN where undefined */
    int64_t relationships[CR_PAIRINGS], ends[CR_PAIRINGS];
};

/* A course: one measure in one group, by survey. */
struct cr_series {
    int measure;
    char group[CR_GROUP_SIZE];
    float *value, *se; /* owned; [survey]; NaN where it is undefined */
};

struct cr_findings {
    struct cr_series *series; /* owned */
    size_t series_count, series_capacity;
    int32_t survey_count, survey_capacity; /* surveys whose courses are known: survey s is at the end of year s + 1 */
    struct cr_readings whole;              /* of the measures that are wanted, as of `as_of` */
    struct cr_stability stability;
    int32_t as_of;    /* weeks lived when `whole` and `stability` were worked out */
    uint64_t version; /* grows with every change of the above */
};

/* Begin with all zero. Gives everything back; safe twice. */
void cr_findings_free(struct cr_findings *findings);

/* Takes in the courses of the record's last survey, if they are not known yet. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_findings_add(struct cr_findings *findings, const struct cr_record *record, struct cr_error *error);

/* Works out what is wanted beside the courses, as of now. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_findings_work_out(
    struct cr_findings *findings, const struct cr_record *record, const struct cr_wants *wants, struct cr_error *error);

/* Forgets all surveys but the first so many: another future begins. */
void cr_findings_forget(struct cr_findings *findings, int32_t surveys);

/* Makes `to` (zero, or a copy of before) a copy; costs nothing if it is one already. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_findings_copy(struct cr_findings *to, const struct cr_findings *from, struct cr_error *error);

#endif
