#ifndef CR_MODEL_STRATEGY_H
#define CR_MODEL_STRATEGY_H

#include "model/working_model.h"

/* The ways of seeking, or not seeking, comfort, and the choice between them by the value that is expected. Protest and
 * deactivation are not traits: they are what pays under the care that was known. */

enum cr_strategy {
    CR_BID,        /* an open bid: asking plainly */
    CR_PROTEST,    /* protest: crying, clinging, reproach; loud */
    CR_DEACTIVATE, /* deactivation: turning away, coping alone */
    CR_APPEASE,    /* appeasement: seeking closeness by pleasing */
    CR_STRATEGIES
};

/* Their names, in tables. */
extern const char *const cr_strategy_names[CR_STRATEGIES];

/* (4)-(7) The value expected of each strategy, given beliefs about the figure and temperament (in sd). */
static inline void cr_strategy_values(
    const struct cr_parameters *p, const double belief[CR_BELIEFS], double temperament, double value[CR_STRATEGIES]) {
    const double dread = p->choice_fear * belief[CR_FEAR];
    const double rebuff = belief[CR_REBUFF];
    const double pressed_rebuff = cr_min(1.0, p->choice_protest_rebuff * rebuff);
    const double meek_rebuff = p->choice_appease_rebuff * rebuff;
    value[CR_BID] = belief[CR_OPEN] - cr_max(0.0, 1.0 - belief[CR_OPEN] - rebuff) * p->choice_unsoothed -
                    rebuff * p->choice_hurt - p->choice_open_cost - dread;
    value[CR_PROTEST] = belief[CR_PRESSED] * p->choice_protest_relief -
                        cr_max(0.0, 1.0 - belief[CR_PRESSED] - pressed_rebuff) * p->choice_unsoothed -
                        pressed_rebuff * p->choice_hurt - p->choice_protest_cost - dread;
    value[CR_DEACTIVATE] =
        -p->choice_alone_cost - p->choice_temperament_cost * temperament - p->choice_fear_at_distance * dread;
    value[CR_APPEASE] = belief[CR_OPEN] * p->choice_appease_relief -
                        cr_max(0.0, 1.0 - belief[CR_OPEN] - meek_rebuff) * p->choice_unsoothed -
                        meek_rebuff * p->choice_hurt - p->choice_appease_cost * belief[CR_WORTH] -
                        p->choice_appease_fear * dread;
}

/* (8) The chance of each strategy: the softmax of its value. Sums to one. */
static inline void cr_strategy_policy(
    double consistency, const double value[CR_STRATEGIES], double policy[CR_STRATEGIES]) {
    const double best = cr_max(cr_max(value[0], value[1]), cr_max(value[2], value[3]));
    double sum = 0.0;
    for (int k = 0; k < CR_STRATEGIES; k++) {
        policy[k] = cr_exp(consistency * (value[k] - best));
        sum += policy[k];
    }
    const double scale = 1.0 / sum;
    for (int k = 0; k < CR_STRATEGIES; k++)
        policy[k] *= scale;
}

/* (8) for `count` persons in one loop that vectorizes: turns the values in array[strategy][person] into chances, in
 * place. The four arrays do not overlap. */
void cr_strategy_policies(double consistency, double *const array[CR_STRATEGIES], uint32_t count);

/* The strategy that the uniform number u chooses from a policy, by inversion. */
static inline enum cr_strategy cr_strategy_choose(const double policy[CR_STRATEGIES], double u) {
    const double two = policy[CR_BID] + policy[CR_PROTEST];
    return (enum cr_strategy)((u >= policy[CR_BID]) + (u >= two) + (u >= two + policy[CR_DEACTIVATE]));
}

#endif
