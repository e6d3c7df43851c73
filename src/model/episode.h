#ifndef CR_MODEL_EPISODE_H
#define CR_MODEL_EPISODE_H

#include "model/strategy.h"

/* The one kernel: somebody is distressed, has chosen a way to seek comfort from an attachment figure, the figure
 * responds, the seeker learns. Infancy, courtship, marriage and the Strange Situation are all this. */

/* What a figure is like at the moment of an episode. */
struct cr_figure {
    double attention; /* -log(1 - chance of noticing a plain bid), >= 0, as available or not as it is now */
    double recalled;  /* the same once protest calls it back; equal to `attention` while it is available */
    double rebuff;    /* chance that a noticed plain bid is rebuffed, unless it is met with fright */
    double fright;    /* chance that the figure frightens a seeker whom it notices */
};

enum cr_outcome { CR_IGNORED, CR_COMFORTED, CR_REBUFFED, CR_FRIGHTENED };

/* (9) A figure as it is at this moment. While not available it notices little (caregiving.unavailable_factor), but one
 * whose availability switches can be called back by protest: intermittent reward is what makes protest pay
 * (caregiving.recall; Ainsworth et al. 1978). All arguments but `available` are in [0, 1]. */
static inline struct cr_figure cr_episode_figure(const struct cr_parameters *p, double sensitivity, bool available,
    double inconsistency, double rebuff, double fright) {
    const double away = available ? 1.0 : p->caregiving_unavailable_factor;
    const double attention = -cr_log(cr_max(1e-3, 1.0 - sensitivity * away));
    double recalled = attention;
    if (!available)
        recalled =
            -cr_log(cr_max(1e-3, 1.0 - sensitivity * (away + (1.0 - away) * p->caregiving_recall * inconsistency)));
    return (struct cr_figure){.attention = attention, .recalled = recalled, .rebuff = rebuff, .fright = fright};
}

/* The strength of each strategy's signal (bids; an open bid is 1) and how much rebuff it draws, relative to an open
 * bid. Resolved from the parameters once a step. */
struct cr_signals {
    double intensity[CR_STRATEGIES];
    double rebuff[CR_STRATEGIES];
    double expression[CR_STRATEGIES]; /* share of felt arousal that shows */
};
static inline struct cr_signals cr_episode_signals(const struct cr_parameters *p) {
    return (struct cr_signals){
        .intensity = {1.0, p->signal_protest, p->signal_deactivate, p->signal_appease},
        .rebuff = {1.0, p->choice_protest_rebuff, 1.0, p->choice_appease_rebuff},
        .expression = {p->expression_open, p->expression_protest, p->expression_deactivate, p->expression_appease},
    };
}

/* (10) Chance that a signal of that intensity is noticed. */
static inline double cr_episode_notice(double attention, double intensity) {
    return 1.0 - cr_exp(-attention * intensity);
}

/* (11) What the figure does, decided by two uniform numbers. */
static inline enum cr_outcome cr_episode_respond(const struct cr_figure *figure, const struct cr_signals *signals,
    enum cr_strategy strategy, double u_notice, double u_response) {
    const double attention = strategy == CR_PROTEST ? figure->recalled : figure->attention;
    if (u_notice >= cr_episode_notice(attention, signals->intensity[strategy]))
        return CR_IGNORED;
    if (u_response < figure->fright)
        return CR_FRIGHTENED;
    const double rebuff = cr_min(1.0, figure->rebuff * signals->rebuff[strategy]);
    return u_response < figure->fright + (1.0 - figure->fright) * rebuff ? CR_REBUFFED : CR_COMFORTED;
}

/* One belief moves towards what happened, as perceived; `gain` multiplies the rate of learning. */
static inline void cr_episode_move(const struct cr_parameters *p, double gain, enum cr_belief which, double happened,
    const double expected[CR_BELIEFS], double specific[CR_BELIEFS]) {
    const double perceived = cr_working_model_perceive(happened, expected[which], p->perception_filter);
    specific[which] += cr_min(1.0, gain * p->learning_rate) * (perceived - specific[which]);
}

/* (12) Learning: moves the specific beliefs that the outcome speaks to. `expected` are the beliefs that the seeker went
 * by. Coping alone unnoticed teaches nothing about the figure, only some worth of one's own. */
static inline void cr_episode_learn(const struct cr_parameters *p, enum cr_strategy strategy, enum cr_outcome outcome,
    const double expected[CR_BELIEFS], double specific[CR_BELIEFS]) {
    if (strategy == CR_DEACTIVATE && outcome == CR_IGNORED) {
        specific[CR_WORTH] +=
            p->learning_self_reliance_rate * p->learning_rate * (p->learning_self_reliance - specific[CR_WORTH]);
        return;
    }
    const enum cr_belief asked = strategy == CR_PROTEST ? CR_PRESSED : CR_OPEN;
    const double comforted = outcome == CR_COMFORTED ? 1.0 : 0.0;
    const double rebuffed =
        outcome == CR_REBUFFED ? 1.0 : (outcome == CR_IGNORED ? p->learning_ignored_as_rebuff : 0.0);
    const double given = strategy == CR_PROTEST || strategy == CR_APPEASE ? p->learning_pressed_worth : 1.0;
    const double worth = outcome == CR_IGNORED ? p->learning_ignored_worth : comforted * given;
    cr_episode_move(p, 1.0, asked, comforted, expected, specific);
    if (outcome != CR_FRIGHTENED)
        cr_episode_move(p, 1.0, CR_REBUFF, rebuffed, expected, specific);
    cr_episode_move(p, 1.0, CR_WORTH, worth, expected, specific);
    if (outcome == CR_FRIGHTENED)
        cr_episode_move(p, p->learning_fright_gain, CR_FEAR, 1.0, expected, specific);
    else if (outcome != CR_IGNORED)
        cr_episode_move(p, 1.0, CR_FEAR, 0.0, expected, specific);
}

/* (13) The share of the need that the outcome soothes, in [0, 1]: comfort soothes as far as it is believed; what one
 * does not expect does not stick. */
static inline double cr_episode_relief(const struct cr_parameters *p, enum cr_strategy strategy,
    enum cr_outcome outcome, const double expected[CR_BELIEFS]) {
    if (outcome != CR_COMFORTED)
        return strategy == CR_DEACTIVATE ? p->arousal_alone : 0.0;
    const double believed =
        cr_working_model_perceive(1.0, expected[strategy == CR_PROTEST ? CR_PRESSED : CR_OPEN], p->perception_filter);
    const double worth =
        strategy == CR_PROTEST ? p->choice_protest_relief : (strategy == CR_APPEASE ? p->choice_appease_relief : 1.0);
    return p->arousal_soothing * worth * believed;
}

#endif
