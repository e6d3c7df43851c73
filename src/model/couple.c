#include "model/couple.h"

#include <stdlib.h>
#include <string.h>

#include "model/figure.h"

const char *const cr_ending_names[CR_ENDINGS] = {
    "lasting", "misfit", "unmet_need", "conflict", "irritation", "alternatives", "death"};
const char *const cr_stage_names[3] = {"dating", "cohabiting", "married"};

int cr_bonds_reserve(struct cr_bonds *bonds, int32_t more, struct cr_error *error) {
    if (bonds->capacity - bonds->count >= more)
        return 0;
    const int32_t capacity = bonds->count + more + bonds->capacity / 2;
    struct cr_bond *bond = realloc(bonds->bond, (size_t)capacity * sizeof *bond);
    if (bond == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %d relationships", capacity);
    bonds->bond = bond;
    int32_t *active = realloc(bonds->active, (size_t)capacity * sizeof *active);
    if (active == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %d relationships", capacity);
    bonds->active = active;
    bonds->capacity = capacity;
    return 0;
}

void cr_bonds_free(struct cr_bonds *bonds) {
    free(bonds->bond);
    free(bonds->active);
    memset(bonds, 0, sizeof *bonds);
}

double cr_couple_fit(const struct cr_setting *setting, uint32_t a, uint32_t b) {
    double u[4];
    cr_stream_uniforms(&setting->luck, CR_LUCK_FIT, a < b ? a : b, a < b ? b : a, 0, u);
    return cr_quantile_draw(&setting->normal, u[0]);
}

static void enter(const struct cr_setting *setting, struct cr_population *people, uint32_t i, uint32_t partner,
    int32_t bond, double fit) {
    const struct cr_parameters *p = setting->parameters;
    people->partner[i] = (int32_t)partner;
    people->bond[i] = bond;
    people->experience[CR_PARTNER][i] = 0.0;
    for (int b = 0; b < CR_BELIEFS; b++)
        people->specific[CR_PARTNER * CR_BELIEFS + b][i] = people->general[b][i];
    people->irritation[i] = 0.0;
    people->support[i] = cr_clamp(0.5 * p->couple_comparison_level, -1.0, 1.0);
    people->satisfaction[i] = p->couple_infatuation + p->couple_fit_weight * fit;
    people->commitment[i] = people->satisfaction[i];
    people->present[i] = 1;
    people->bonds_had[i]++;
}

void cr_couple_form(
    const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds, uint32_t a, uint32_t b) {
    const uint32_t first = a < b ? a : b;
    const uint32_t second = a < b ? b : a;
    const int32_t number = bonds->count++;
    const double fit = cr_couple_fit(setting, a, b);
    enter(setting, people, first, second, number, fit);
    enter(setting, people, second, first, number, fit);
    bonds->bond[number] = (struct cr_bond){.person = {(int32_t)first, (int32_t)second},
        .start = setting->week,
        .cohabiting = -1,
        .married = -1,
        .end = -1,
        .order = {(int32_t)people->bonds_had[first], (int32_t)people->bonds_had[second]},
        .stage = CR_DATING,
        .ending = CR_LASTING,
        .ended_by = -1,
        .fit = fit,
        .friction = cr_exp(-setting->parameters->conflict_misfit * fit),
        .satisfaction_start = {people->satisfaction[first], people->satisfaction[second]},
        .satisfaction_end = {people->satisfaction[first], people->satisfaction[second]}};
    bonds->active[bonds->active_count++] = number;
    cr_figure_derive(setting, people, first, first + 1);
    cr_figure_derive(setting, people, second, second + 1);
}

/* How many alternatives an age leaves, by the table of the setting. */
static double youth(const struct cr_setting *setting, const struct cr_population *people, uint32_t i) {
    return setting->youth[cr_setting_age(setting->week - people->birth[i])];
}

double cr_couple_commitment(
    const struct cr_setting *setting, const struct cr_population *people, const struct cr_bond *bond, int side) {
    const struct cr_parameters *p = setting->parameters;
    const uint32_t i = (uint32_t)bond->person[side];
    const double invested = setting->invested[cr_setting_age(setting->week - bond->start)];
    const double worth = people->general[CR_WORTH][i];
    const double bound = bond->stage == CR_MARRIED ? p->commitment_married
                                                   : (bond->stage == CR_COHABITING ? p->commitment_cohabiting : 0.0);
    return p->commitment_satisfaction * people->satisfaction[i] + p->commitment_investment * invested + bound +
           p->commitment_dependence * (1.0 - worth) - p->commitment_alternatives * worth * youth(setting, people, i);
}

static enum cr_ending reason(
    const struct cr_setting *setting, const struct cr_population *people, const struct cr_bond *bond, int side) {
    const struct cr_parameters *p = setting->parameters;
    const uint32_t i = (uint32_t)bond->person[side];
    const double held[CR_ENDINGS] = {
        [CR_MISFIT] = -p->couple_fit_weight * bond->fit,
        [CR_UNMET_NEED] = p->couple_support_weight * (0.5 * p->couple_comparison_level - people->support[i]),
        [CR_CONFLICT] = p->couple_conflict_weight * bond->conflict,
        [CR_IRRITATION] = p->couple_irritation_weight * people->irritation[i],
        [CR_ALTERNATIVES] = p->commitment_alternatives * people->general[CR_WORTH][i] * youth(setting, people, i),
    };
    enum cr_ending largest = CR_MISFIT;
    for (int e = CR_MISFIT; e <= CR_ALTERNATIVES; e++)
        if (held[e] > held[largest])
            largest = (enum cr_ending)e;
    return largest;
}

/* (38)-(39) Quarrels and intimacy. */
static void fare(const struct cr_setting *setting, struct cr_population *people, struct cr_bond *bond, double u) {
    const struct cr_parameters *p = setting->parameters;
    const int32_t a = bond->person[0];
    const int32_t b = bond->person[1];
    const double irritation = 0.5 * (people->irritation[a] + people->irritation[b]);
    const double protest = (people->turned_to[a] == CR_PARTNER ? people->bids[CR_PROTEST][a] : 0) +
                           (people->turned_to[b] == CR_PARTNER ? people->bids[CR_PROTEST][b] : 0);
    const double rate = p->conflict_rate * bond->friction * (1.0 + p->conflict_irritation * irritation) +
                        p->conflict_protest * p->conflict_rate * protest;
    const double calm = cr_exp(-rate);
    bond->quarrels = (uint8_t)((u > calm) + (u > calm * (1.0 + rate)) + (u > calm * (1.0 + rate + 0.5 * rate * rate)));
    bond->conflict += p->conflict_memory * (bond->quarrels - bond->conflict);
    const double met = people->policy[CR_BID][a] * people->policy[CR_BID][b];
    bond->intimacy += p->couple_intimacy_rate * (met - bond->intimacy);
}

/* Makes the standard deviation of a uniform number one. */
static const double uniform_sd = 3.4641016151377544;

/* (40)-(41) Satisfaction follows what the relationship gives, against the comparison level; commitment follows. */
static void satisfy(const struct cr_setting *setting, struct cr_population *people, struct cr_bond *bond, int side,
    double shared, double own) {
    const struct cr_parameters *p = setting->parameters;
    const uint32_t i = (uint32_t)bond->person[side];
    const double gives = p->couple_fit_weight * bond->fit + p->couple_support_weight * people->support[i] +
                         p->couple_intimacy_weight * bond->intimacy - p->couple_conflict_weight * bond->conflict -
                         p->couple_irritation_weight * people->irritation[i] - p->couple_comparison_level;
    people->satisfaction[i] +=
        p->couple_adjustment * (gives - people->satisfaction[i]) +
        uniform_sd * (p->couple_shared_fluctuation * (shared - 0.5) + p->couple_fluctuation * (own - 0.5));
    bond->satisfaction_end[side] = people->satisfaction[i];
    bond->satisfaction_sum[side] += people->satisfaction[i];
    people->commitment[i] = cr_couple_commitment(setting, people, bond, side);
}

/* (42) Moving in together, marrying. */
static void advance(
    const struct cr_setting *setting, const struct cr_population *people, struct cr_bond *bond, double u) {
    const struct cr_parameters *p = setting->parameters;
    const double least = cr_min(people->commitment[bond->person[0]], people->commitment[bond->person[1]]);
    const double rate = bond->stage == CR_DATING ? p->stage_cohabit_rate : p->stage_marry_rate;
    if (bond->stage == CR_MARRIED || u >= rate ||
        u >= rate * cr_logistic(p->stage_steepness * (least - p->stage_threshold)))
        return;
    if (bond->stage == CR_DATING) {
        bond->stage = CR_COHABITING;
        bond->cohabiting = setting->week;
    } else {
        bond->stage = CR_MARRIED;
        bond->married = setting->week;
    }
}

/* (43)-(44) Leaving, decided by each partner. */
static void leave(
    const struct cr_setting *setting, const struct cr_population *people, struct cr_bond *bond, const double *u) {
    const struct cr_parameters *p = setting->parameters;
    bool leaves[2];
    for (int side = 0; side < 2; side++) {
        const double hazard =
            p->separation_rate * cr_exp(-p->separation_commitment * people->commitment[bond->person[side]]);
        /* The chance of leaving is never above the hazard, so that few weeks need it exactly. */
        leaves[side] = u[side] < hazard && u[side] < 1.0 - cr_exp(-hazard);
    }
    if (!leaves[0] && !leaves[1])
        return;
    bond->end = setting->week;
    bond->ended_by = leaves[0] && leaves[1] ? 2 : (leaves[1] ? 1 : 0);
    bond->ending = (uint8_t)reason(setting, people, bond, leaves[0] ? 0 : 1);
}

void cr_couple_settle(const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds,
    int32_t begin, int32_t end) {
    for (int32_t k = begin; k < end; k++) {
        struct cr_bond *bond = &bonds->bond[bonds->active[k]];
        double u[8];
        for (uint32_t block = 0; block < 2; block++)
            cr_stream_uniforms(&setting->luck, CR_LUCK_COUPLE, (uint32_t)bond->person[0], (uint32_t)setting->week,
                1 + block, u + (size_t)4 * block);
        cr_figure_react(setting, people, (uint32_t)bond->person[0]);
        cr_figure_react(setting, people, (uint32_t)bond->person[1]);
        fare(setting, people, bond, u[0]);
        satisfy(setting, people, bond, 0, u[6], u[1]);
        satisfy(setting, people, bond, 1, u[6], u[2]);
        advance(setting, people, bond, u[3]);
        leave(setting, people, bond, u + 4);
    }
}

static void mourn(
    const struct cr_setting *setting, struct cr_population *people, const struct cr_bond *bond, int side) {
    const uint32_t i = (uint32_t)bond->person[side];
    const double bound = setting->invested[cr_setting_age(setting->week - bond->start)];
    people->grief[i] = cr_min(1.0, people->grief[i] + setting->parameters->grief_weight * (bond->intimacy + bound));
    people->partner[i] = CR_NOBODY;
    people->bond[i] = CR_NOBODY;
    people->irritation[i] = 0.0;
    people->satisfaction[i] = 0.0;
    people->commitment[i] = 0.0;
    people->support[i] = 0.0;
}

void cr_couple_part(const struct cr_setting *setting, struct cr_population *people, struct cr_bonds *bonds) {
    int32_t kept = 0;
    for (int32_t k = 0; k < bonds->active_count; k++) {
        struct cr_bond *bond = &bonds->bond[bonds->active[k]];
        const bool gone[2] = {
            setting->week + 1 >= people->death[bond->person[0]], setting->week + 1 >= people->death[bond->person[1]]};
        if (bond->ending == CR_LASTING && (gone[0] || gone[1])) {
            bond->end = setting->week;
            bond->ending = CR_DEATH;
            bond->ended_by = gone[0] && gone[1] ? 2 : (gone[1] ? 1 : 0);
        }
        if (bond->ending == CR_LASTING) {
            bonds->active[kept++] = bonds->active[k];
            continue;
        }
        mourn(setting, people, bond, 0);
        mourn(setting, people, bond, 1);
    }
    bonds->active_count = kept;
}
