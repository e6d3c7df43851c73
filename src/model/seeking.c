#include "model/seeking.h"

#include "model/life_course.h"

enum { EPISODES_MAX = 60 };

/* Which draws of a week serve what: those of living through it, and, in a block of their own, those of choosing. */
enum { DRAW_NEEDS, DRAW_CAREGIVER, DRAW_HARDSHIP, DRAW_DRIFT, DRAWS = DRAW_DRIFT + CR_BELIEFS };
enum { DRAW_TURN, DRAW_CONTACT };
enum { BLOCK_LIVE, BLOCK_DRIFT, BLOCK_CHOOSE };

/* (22) Whom to turn to. Children turn to their caregiver, adults to the partner as far as attachment has been
 * transferred, else now and then to a parent, else to nobody. */
static int whom(const struct cr_setting *setting, const struct cr_population *people, uint32_t i) {
    const struct cr_parameters *p = setting->parameters;
    const bool parent_lives = setting->week < people->caregiver_death[i];
    if (cr_person_age(people, i, setting->week) < p->life_adult_age)
        return CR_CAREGIVER;
    double u[4];
    cr_stream_uniforms(&setting->luck, CR_LUCK_WEEK, i, (uint32_t)setting->week, BLOCK_CHOOSE, u);
    if (people->partner[i] != CR_NOBODY) {
        const double experience = people->experience[CR_PARTNER][i];
        if (u[DRAW_TURN] * (experience + p->transfer_half) <= experience + 1.0)
            return CR_PARTNER;
    }
    return parent_lives && u[DRAW_CONTACT] < p->caregiving_parent_contact ? CR_CAREGIVER : CR_NOBODY;
}

void cr_seeking_choose(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end) {
    const struct cr_parameters *p = setting->parameters;
    for (uint32_t i = begin; i < end; i++) {
        if (!cr_person_alive(people, i, setting->week))
            continue;
        const int role = whom(setting, people, i);
        double belief[CR_BELIEFS];
        double value[CR_STRATEGIES];
        cr_person_expects(people, i, role, p->working_model_shrinkage, belief);
        cr_strategy_values(p, belief, people->temperament[i], value);
        people->turned_to[i] = role;
        for (int k = 0; k < CR_STRATEGIES; k++)
            people->policy[k][i] = value[k];
    }
    double *policy[CR_STRATEGIES];
    for (int k = 0; k < CR_STRATEGIES; k++)
        policy[k] = people->policy[k] + begin;
    cr_strategy_policies(p->choice_consistency, policy, end - begin);
}

/* (23) Poisson, by inversion; `none` is the chance of no need. */
static int count_needs(double mean, double none, double u) {
    double term = none;
    double sum = term;
    int n = 0;
    while (u > sum && n < EPISODES_MAX) {
        n++;
        term *= mean / n;
        sum += term;
    }
    return n;
}

static struct cr_figure caregiver_now(const struct cr_setting *setting, struct cr_population *people, uint32_t i,
    const struct cr_profile *care, const double *u) {
    const struct cr_parameters *p = setting->parameters;
    /* (21) With the chance `inconsistency`, whether the caregiver is available is decided anew. */
    if (u[DRAW_CAREGIVER] < care->inconsistency)
        people->caregiver_present[i] = u[DRAW_CAREGIVER] < care->inconsistency * care->availability;
    return cr_episode_figure(
        p, care->sensitivity, people->caregiver_present[i] != 0, care->inconsistency, care->rebuff, care->fright);
}

static struct cr_figure partner_now(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t partner) {
    const struct cr_parameters *p = setting->parameters;
    return cr_episode_figure(p, people->figure_sensitivity[partner], people->present[partner] != 0,
        p->figure_inconsistency, people->figure_rebuff[partner], people->figure_fright[partner]);
}

struct week {
    double felt, shown, left; /* summed over the week's needs */
    uint8_t bids[CR_STRATEGIES];
    uint8_t outcomes[4]; /* by enum cr_outcome */
    double support;
};

static void seek(const struct cr_setting *setting, uint32_t i, int needs, double gain, const double *policy,
    const struct cr_figure *figure, const double *expected, double *specific, struct week *w) {
    const struct cr_parameters *p = setting->parameters;
    for (int n = 0; n < needs; n++) {
        double u[4];
        cr_stream_uniforms(&setting->luck, CR_LUCK_EPISODE, i, (uint32_t)setting->week, (uint32_t)n, u);
        const double need = gain * cr_quantile_draw(&setting->severity, u[0]);
        const enum cr_strategy strategy = cr_strategy_choose(policy, u[1]);
        const enum cr_outcome outcome = cr_episode_respond(figure, &setting->signals, strategy, u[2], u[3]);
        const double relief = cr_episode_relief(p, strategy, outcome, expected);
        cr_episode_learn(p, strategy, outcome, expected, specific);
        w->felt += need;
        w->shown += need * setting->signals.expression[strategy];
        w->left += need * (1.0 - relief);
        w->bids[strategy]++;
        w->outcomes[outcome]++;
        const double got = outcome == CR_COMFORTED ? relief : (outcome == CR_IGNORED ? 0.0 : -1.0);
        w->support += p->couple_support_rate * (got - w->support);
    }
}

static void cope_alone(const struct cr_setting *setting, uint32_t i, int needs, double gain, struct week *w) {
    for (int n = 0; n < needs; n++) {
        double u[4];
        cr_stream_uniforms(&setting->luck, CR_LUCK_EPISODE, i, (uint32_t)setting->week, (uint32_t)n, u);
        const double need = gain * cr_quantile_draw(&setting->severity, u[0]);
        w->felt += need;
        w->shown += need * setting->signals.expression[CR_DEACTIVATE];
        w->left += need * (1.0 - setting->parameters->arousal_alone);
    }
}

/* (26)-(27) General beliefs drift towards those about the figure, are pulled back by the prototype, and wander. */
static void generalize(const struct cr_setting *setting, struct cr_population *people, uint32_t i, int role,
    int32_t weeks, const double *expected, const double *u, bool drifts) {
    const struct cr_parameters *p = setting->parameters;
    const double drift = drifts ? setting->drift : 0.0;
    const double towards = role == CR_NOBODY ? 0.0 : p->working_model_generalization * setting->plasticity[weeks];
    const bool forming = weeks < p->prototype_age * CR_WEEKS_A_YEAR;
    const double pull = forming ? 0.0 : setting->pull;
    double by_figure = 0.0;
    double by_all_else = 0.0;
    for (int b = 0; b < CR_BELIEFS; b++) {
        const double g = people->general[b][i];
        const double learned = towards * (expected[b] - g);
        const double else_moved =
            pull * (people->prototype[b][i] - g) + drift * (drifts ? u[DRAW_DRIFT + b] - 0.5 : 0.0);
        const double next = cr_clamp(g + learned + else_moved, 0.001, 0.999);
        by_figure += cr_working_model_valence[b] * learned;
        by_all_else += cr_working_model_valence[b] * else_moved;
        people->general[b][i] = next;
        if (forming)
            people->prototype[b][i] = next;
    }
    if (role != CR_NOBODY)
        people->swayed[role][i] += by_figure;
    people->swayed[CR_FIGURE_ROLES][i] += by_all_else;
}

static void remember(struct cr_population *people, uint32_t i, const struct week *w) {
    for (int k = 0; k < CR_STRATEGIES; k++)
        people->bids[k][i] = w->bids[k];
    people->comforted[i] = w->outcomes[CR_COMFORTED];
    people->rebuffed[i] = w->outcomes[CR_REBUFFED];
    people->frightened[i] = w->outcomes[CR_FRIGHTENED];
    people->felt[i] = w->felt;
    people->shown[i] = w->shown;
}

static void count_childhood(struct cr_population *people, uint32_t i, const struct week *w) {
    people->lived[CR_LIVED_WEEKS][i] += 1.0F;
    people->lived[CR_LIVED_AVAILABLE][i] += (float)people->caregiver_present[i];
    people->lived[CR_LIVED_EPISODES][i] +=
        (float)(w->bids[CR_BID] + w->bids[CR_PROTEST] + w->bids[CR_DEACTIVATE] + w->bids[CR_APPEASE]);
    people->lived[CR_LIVED_COMFORTED][i] += (float)w->outcomes[CR_COMFORTED];
    people->lived[CR_LIVED_REBUFFED][i] += (float)w->outcomes[CR_REBUFFED];
    people->lived[CR_LIVED_FRIGHTENED][i] += (float)w->outcomes[CR_FRIGHTENED];
}

/* The episodes with a figure: what is believed of it moves, and so does the account of its comfort. */
static void turn_to(const struct cr_setting *setting, struct cr_population *people, uint32_t i, int role,
    const struct cr_figure *figure, int needs, double gain, const double *expected, struct week *w) {
    double policy[CR_STRATEGIES];
    double specific[CR_BELIEFS];
    for (int k = 0; k < CR_STRATEGIES; k++)
        policy[k] = people->policy[k][i];
    for (int b = 0; b < CR_BELIEFS; b++)
        specific[b] = people->specific[role * CR_BELIEFS + b][i];
    seek(setting, i, needs, gain, policy, figure, expected, specific, w);
    for (int b = 0; b < CR_BELIEFS; b++)
        people->specific[role * CR_BELIEFS + b][i] = specific[b];
    people->experience[role][i] += needs;
    if (role == CR_PARTNER)
        people->support[i] = w->support;
}

static void live(const struct cr_setting *setting, struct cr_population *people, uint32_t i) {
    const struct cr_parameters *p = setting->parameters;
    const int32_t weeks = cr_setting_age(setting->week - people->birth[i]);
    const int role = people->turned_to[i];
    double u[DRAWS];
    cr_stream_uniforms(&setting->luck, CR_LUCK_WEEK, i, (uint32_t)setting->week, BLOCK_LIVE, u);
    const bool drifts = ((uint32_t)setting->week + i) % CR_DRIFT_WEEKS == 0;
    if (drifts)
        cr_stream_uniforms(&setting->luck, CR_LUCK_WEEK, i, (uint32_t)setting->week, BLOCK_DRIFT, u + 4);
    people->hardship[i] =
        setting->hardship_memory * people->hardship[i] + setting->hardship_news * (u[DRAW_HARDSHIP] - 0.5);
    struct cr_profile care;
    double load = 1.0;
    if (role == CR_CAREGIVER || people->befallen[i] != 0)
        load = cr_person_caregiver_now(setting, people, i, &care);
    const int needs =
        load == 1.0 ? count_needs(setting->needs[weeks], setting->needless[weeks], u[DRAW_NEEDS])
                    : count_needs(load * setting->needs[weeks], cr_exp(-load * setting->needs[weeks]), u[DRAW_NEEDS]);
    const double gain = setting->severity_at[weeks] * cr_max(0.1, 1.0 + p->needs_temperament * people->temperament[i]);
    double expected[CR_BELIEFS];
    cr_person_expects(people, i, role, p->working_model_shrinkage, expected);
    struct week w = {.support = people->support[i]};
    if (role == CR_NOBODY) {
        cope_alone(setting, i, needs, gain, &w);
    } else if (role == CR_CAREGIVER) {
        const struct cr_figure figure = caregiver_now(setting, people, i, &care, u);
        turn_to(setting, people, i, role, &figure, needs, gain, expected, &w);
    } else if (needs > 0) {
        const struct cr_figure figure = partner_now(setting, people, (uint32_t)people->partner[i]);
        turn_to(setting, people, i, role, &figure, needs, gain, expected, &w);
    }
    generalize(setting, people, i, role, weeks, expected, u, drifts);
    remember(people, i, &w);
    if (weeks < p->life_adult_age * CR_WEEKS_A_YEAR)
        count_childhood(people, i, &w);
    /* (28)-(29) Arousal, grief and strain. */
    people->arousal[i] =
        people->arousal[i] * (1.0 - p->arousal_recovery) + w.left + p->grief_arousal * people->grief[i];
    people->grief[i] *= setting->grief_kept;
    people->strain[i] += setting->strain_rate * (people->arousal[i] - people->strain[i]);
}

void cr_seeking_live(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++)
        if (cr_person_alive(people, i, setting->week))
            live(setting, people, i);
}
