#ifndef CR_MODEL_WORKING_MODEL_H
#define CR_MODEL_WORKING_MODEL_H

#include "base/numeric.h"
#include "model/parameters.h"

/* The internal working model: what a person believes will happen on reaching out to an attachment figure. Beliefs stand
 * in three layers (Overall et al. 2003; Fraley 2002): about this figure (specific), about figures in general, and the
 * prototype formed in the first years. Equation numbers are those of docs/ODD.md. */

/* The beliefs, each in [0, 1]. */
enum cr_belief {
    CR_OPEN,    /* the figure comforts me when I ask plainly */
    CR_PRESSED, /* the figure comforts me when I protest */
    CR_REBUFF,  /* reaching out is dismissed or punished */
    CR_FEAR,    /* the figure itself frightens me */
    CR_WORTH,   /* I am worth caring for */
    CR_BELIEFS
};

/* Beliefs at birth. */
void cr_working_model_initial(const struct cr_parameters *parameters, double beliefs[CR_BELIEFS]);

/* 1 for a belief that speaks for turning to others, -1 for one that speaks against. */
extern const double cr_working_model_valence[CR_BELIEFS];

/* (1) How much what is believed of a figure counts against what is believed in general, after `experience` episodes. */
static inline double cr_working_model_weight(double experience, double shrinkage) {
    return experience / (experience + shrinkage + 1e-9);
}

/* (2) What is perceived when `happened` (from 0 to 1) meets an expectation: what contradicts it is discounted by
 * `filter` >= 0. */
static inline double cr_working_model_perceive(double happened, double expected, double filter) {
    const double surprise = happened - expected;
    return expected + surprise / (1.0 + filter * fabs(surprise));
}

/* (3) How fast general beliefs change at an age in years, relative to a grown-up. */
static inline double cr_working_model_plasticity(const struct cr_parameters *p, double age) {
    return 1.0 + (p->working_model_childhood_plasticity - 1.0) * cr_exp(-age / p->working_model_plasticity_years);
}

#endif
