#include "model/strange_situation.h"

struct room {
    const struct cr_setting *setting;
    uint32_t infant, assessment, interval;
    double policy[CR_STRATEGIES];
    double belief[CR_BELIEFS];
    struct cr_figure figure;
    double gain; /* how readily this infant is distressed */
    double arousal;
    int last;     /* the last strategy shown, -1 while there is none */
    int observed; /* intervals over which felt and shown are summed */
    struct cr_laboratory_record record;
};

static void draw(struct room *room, double u[4]) {
    cr_stream_uniforms(&room->setting->luck, CR_LUCK_LABORATORY, room->infant, room->assessment, room->interval++, u);
}

static void feel(struct room *room, enum cr_strategy strategy) {
    room->record.felt += room->arousal;
    room->record.shown += room->arousal * room->setting->signals.expression[strategy];
    room->observed++;
}

/* An interval without the caregiver: arousal rises, and shows as the infant is used to showing it. */
static void separated(struct room *room) {
    double u[4];
    draw(room, u);
    room->arousal += room->gain * room->setting->parameters->laboratory_separation * (0.5 + u[0]);
    feel(room, cr_strategy_choose(room->policy, u[1]));
}

/* An interval of reunion: who is distressed seeks, in its way; who is calm plays. */
static void reunited(struct room *room) {
    const struct cr_parameters *p = room->setting->parameters;
    struct cr_laboratory_record *record = &room->record;
    double u[4];
    draw(room, u);
    record->intervals++;
    if (room->arousal < p->laboratory_calm) {
        record->exploration++;
        feel(room, CR_BID);
        room->last = -1;
        return;
    }
    const enum cr_strategy strategy = cr_strategy_choose(room->policy, u[1]);
    const bool away = strategy == CR_DEACTIVATE;
    const enum cr_outcome outcome = cr_episode_respond(&room->figure, &room->setting->signals, strategy, u[2], u[3]);
    feel(room, strategy);
    record->approach += strategy == CR_BID || strategy == CR_APPEASE;
    record->protest += strategy == CR_PROTEST;
    record->turning_away += away;
    record->contact += outcome == CR_COMFORTED && !away;
    record->contradictions += room->last >= 0 && (room->last == CR_DEACTIVATE) != away;
    record->apprehension += outcome == CR_FRIGHTENED || u[0] < room->belief[CR_FEAR] * p->laboratory_apprehension;
    room->last = (int)strategy;
    const double relief = cr_episode_relief(p, strategy, outcome, room->belief);
    room->arousal *= 1.0 - p->laboratory_soothing * relief;
    if (outcome == CR_REBUFFED || outcome == CR_FRIGHTENED)
        room->arousal += p->laboratory_hurt;
}

struct cr_laboratory_record cr_strange_situation(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t i, uint32_t assessment) {
    const struct cr_parameters *p = setting->parameters;
    struct cr_profile care;
    (void)cr_person_caregiver_now(setting, people, i, &care);
    struct room room = {.setting = setting, .infant = i, .assessment = assessment, .last = -1};
    double u[4];
    draw(&room, u);
    room.gain = cr_max(0.1, 1.0 + p->needs_temperament * people->temperament[i]);
    room.arousal = room.gain * p->laboratory_strangeness * (0.5 + u[0]);
    room.figure = cr_episode_figure(
        p, care.sensitivity, people->caregiver_present[i] != 0, care.inconsistency, care.rebuff, care.fright);
    /* The day's mood, for whatever makes an infant other today than it is on most days. */
    double value[CR_STRATEGIES];
    cr_person_expects(people, i, CR_CAREGIVER, p->working_model_shrinkage, room.belief);
    cr_strategy_values(p, room.belief, people->temperament[i], value);
    for (int k = 0; k < CR_STRATEGIES - 1; k++)
        value[k] += p->laboratory_mood * cr_quantile_draw(&setting->normal, u[1 + k]);
    cr_strategy_policy(p->choice_consistency, value, room.policy);
    for (int k = 0; k < CR_LABORATORY_INTERVALS; k++)
        separated(&room);
    for (int k = 0; k < CR_LABORATORY_INTERVALS; k++)
        reunited(&room);
    for (int k = 0; k < 2 * CR_LABORATORY_INTERVALS; k++) /* alone, then with the stranger */
        separated(&room);
    for (int k = 0; k < CR_LABORATORY_INTERVALS; k++)
        reunited(&room);
    room.record.felt /= room.observed;
    room.record.shown /= room.observed;
    return room.record;
}
