#ifndef CR_MODEL_SETTING_H
#define CR_MODEL_SETTING_H

#include "base/quantile.h"
#include "base/stream.h"
#include "model/episode.h"
#include "model/scenario.h"

/* General beliefs drift at random once in so many weeks, different people in different weeks. */
enum { CR_DRIFT_WEEKS = 4 };

/* Ages in weeks for which what depends on age is tabulated; older people count as of the last. */
enum { CR_AGES = 130 * 52 };

/* What a phase of a step needs to know beside the people: the rules, resolved once, the luck and the week. Borrowed
 * throughout a step and the same for everybody. */
struct cr_setting {
    const struct cr_scenario *scenario;
    const struct cr_parameters *parameters; /* in force in `week`; borrowed */
    struct cr_stream luck;
    int32_t week;
    struct cr_parameters resolved; /* the parameters that all below was worked out from */
    struct cr_signals signals;
    bool disturbed;              /* whether a period event shifts what caregivers are like */
    double needs[CR_AGES];       /* mean number of needs in a week, by age in weeks, period events included */
    double needless[CR_AGES];    /* chance of a week without any */
    double severity_at[CR_AGES]; /* factor on the severity of needs, by age in weeks */
    double youth[CR_AGES];       /* alternatives that an age leaves, in [0, 1] */
    double invested[CR_AGES];    /* share of full investment in a relationship, by its length in weeks */
    double plasticity[CR_AGES];  /* plasticity of general beliefs, by age in weeks */
    double drift;                /* spread of the uniform number that moves general beliefs at random */
    double pull;                 /* of the prototype, per week */
    double strain_rate;          /* at which strain follows arousal, per week */
    double grief_kept;           /* what is left of grief after a week */
    double hardship_memory;      /* what is left of hardship after a week */
    double hardship_news;        /* spread of the uniform number that keeps its variance at one */
    struct cr_quantile severity; /* of a need, mean 1 */
    struct cr_quantile normal;   /* standard normal */
};

/* Begins a setting in week 0, with the scenario's own parameters and everything worked out. The scenario is borrowed.
 */
void cr_setting_init(struct cr_setting *setting, const struct cr_scenario *scenario, const struct cr_stream *luck);

/* Works out anew what follows from the parameters, unless they are still what they were. */
void cr_setting_resolve(struct cr_setting *setting);

/* An age in weeks as an index of what is tabulated by age. */
static inline int32_t cr_setting_age(int32_t weeks) {
    return weeks < CR_AGES ? weeks : CR_AGES - 1;
}

#endif
