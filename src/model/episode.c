#include "model/episode.h"

static void move(const struct cr_parameters *p, double gain, enum cr_belief which, double happened,
    const double expected[CR_BELIEFS], double specific[CR_BELIEFS]) {
    const double perceived = cr_working_model_perceive(happened, expected[which], p->perception_filter);
    specific[which] += cr_min(1.0, gain * p->learning_rate) * (perceived - specific[which]);
}

void cr_episode_learn(const struct cr_parameters *p, enum cr_strategy strategy, enum cr_outcome outcome,
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
    move(p, 1.0, asked, comforted, expected, specific);
    if (outcome != CR_FRIGHTENED)
        move(p, 1.0, CR_REBUFF, rebuffed, expected, specific);
    move(p, 1.0, CR_WORTH, worth, expected, specific);
    if (outcome == CR_FRIGHTENED)
        move(p, p->learning_fright_gain, CR_FEAR, 1.0, expected, specific);
    else if (outcome != CR_IGNORED)
        move(p, 1.0, CR_FEAR, 0.0, expected, specific);
}

double cr_episode_relief(const struct cr_parameters *p, enum cr_strategy strategy, enum cr_outcome outcome,
    const double expected[CR_BELIEFS]) {
    if (outcome != CR_COMFORTED)
        return strategy == CR_DEACTIVATE ? p->arousal_alone : 0.0;
    const double believed =
        cr_working_model_perceive(1.0, expected[strategy == CR_PROTEST ? CR_PRESSED : CR_OPEN], p->perception_filter);
    const double worth =
        strategy == CR_PROTEST ? p->choice_protest_relief : (strategy == CR_APPEASE ? p->choice_appease_relief : 1.0);
    return p->arousal_soothing * worth * believed;
}
