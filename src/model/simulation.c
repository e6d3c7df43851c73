#include "model/simulation.h"

#include <string.h>

#include "model/childhood.h"
#include "model/figure.h"
#include "model/seeking.h"

/* Persons, or relationships, that one thread takes at a time. */
enum { PORTION = 512 };

int cr_simulation_init(
    struct cr_simulation *simulation, const struct cr_scenario *scenario, uint32_t replicate, struct cr_error *error) {
    memset(simulation, 0, sizeof *simulation);
    const struct cr_parameters *p = &scenario->parameters;
    simulation->scenario = scenario;
    simulation->luck = (struct cr_stream){.seed = (uint64_t)p->run_seed, .replicate = replicate};
    cr_setting_init(&simulation->setting, scenario, &simulation->luck);
    cr_simulation_resolve(simulation);
    const uint32_t count = (uint32_t)p->run_people;
    int status = cr_population_init(&simulation->people, count, error);
    if (status == 0)
        status = cr_meeting_init(&simulation->meeting, count, error);
    if (status == 0)
        status = cr_simulation_reserve(simulation, error);
    if (status != 0) {
        cr_simulation_free(simulation);
        return status;
    }
    for (uint32_t i = 0; i < count; i++)
        cr_population_birth(&simulation->people, i, scenario, &simulation->luck);
    cr_meeting_arrange(&simulation->meeting, &simulation->people, &simulation->luck);
    return 0;
}

void cr_simulation_free(struct cr_simulation *simulation) {
    cr_population_free(&simulation->people);
    cr_bonds_free(&simulation->bonds);
    cr_meeting_free(&simulation->meeting);
}

int32_t cr_simulation_weeks(const struct cr_scenario *scenario) {
    return (int32_t)(scenario->parameters.run_years * CR_WEEKS_A_YEAR + 0.5);
}

int cr_simulation_reserve(struct cr_simulation *simulation, struct cr_error *error) {
    return cr_bonds_reserve(&simulation->bonds, (int32_t)(simulation->people.count / 2 + 1), error);
}

typedef void person_phase(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end);

static void for_people(struct cr_simulation *simulation, person_phase *phase) {
    const struct cr_setting *setting = &simulation->setting;
    struct cr_population *people = &simulation->people;
    const int64_t portions = ((int64_t)people->count + PORTION - 1) / PORTION;
#pragma omp parallel for schedule(static) if (portions > 1)
    for (int64_t k = 0; k < portions; k++) {
        const uint32_t begin = (uint32_t)(k * PORTION);
        const uint32_t end = people->count - begin < PORTION ? people->count : begin + PORTION;
        phase(setting, people, begin, end);
    }
}

static void for_couples(struct cr_simulation *simulation) {
    const struct cr_setting *setting = &simulation->setting;
    struct cr_population *people = &simulation->people;
    struct cr_bonds *bonds = &simulation->bonds;
    const int32_t portions = (bonds->active_count + PORTION - 1) / PORTION;
#pragma omp parallel for schedule(static) if (portions > 1)
    for (int32_t k = 0; k < portions; k++) {
        const int32_t begin = k * PORTION;
        const int32_t end = bonds->active_count - begin < PORTION ? bonds->active_count : begin + PORTION;
        cr_couple_settle(setting, people, bonds, begin, end);
    }
}

/* All that each person settles alone before the week's episodes. */
static void prepare(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end) {
    cr_childhood_change_caregivers(setting, people, begin, end);
    cr_seeking_choose(setting, people, begin, end);
    cr_figure_derive(setting, people, begin, end);
}

/* The rules of a week. */
static void set_for(struct cr_simulation *simulation, int32_t week) {
    const struct cr_scenario *scenario = simulation->scenario;
    cr_scenario_parameters(scenario, week, &simulation->parameters);
    simulation->changes = 0;
    while (simulation->changes < scenario->change_count && scenario->changes[simulation->changes].week <= week)
        simulation->changes++;
    simulation->setting.week = week;
    simulation->setting.parameters = &simulation->parameters;
    cr_setting_resolve(&simulation->setting);
}

void cr_simulation_resolve(struct cr_simulation *simulation) {
    set_for(simulation, simulation->week > 0 ? simulation->week - 1 : 0);
}

/* Most weeks are like the one before. */
static void begin_week(struct cr_simulation *simulation) {
    const struct cr_scenario *scenario = simulation->scenario;
    const bool follows = simulation->week == simulation->setting.week + 1;
    const bool changes =
        simulation->changes < scenario->change_count && scenario->changes[simulation->changes].week <= simulation->week;
    simulation->setting.week = simulation->week;
    simulation->setting.parameters = &simulation->parameters;
    if (changes || !follows)
        set_for(simulation, simulation->week);
}

void cr_simulation_step(struct cr_simulation *simulation) {
    begin_week(simulation);
    for_people(simulation, prepare);
    for_people(simulation, cr_seeking_live);
    for_couples(simulation);
    cr_couple_part(&simulation->setting, &simulation->people, &simulation->bonds);
    cr_pairing_meet(&simulation->setting, &simulation->people, &simulation->bonds, &simulation->meeting);
    simulation->week++;
}

uint32_t cr_simulation_alive(const struct cr_simulation *simulation) {
    uint32_t alive = 0;
    for (uint32_t i = 0; i < simulation->people.count; i++)
        alive += cr_person_alive(&simulation->people, i, simulation->week);
    return alive;
}

static int broken(struct cr_error *error, const char *what, uint32_t i, int32_t week) {
    return cr_error_set(error, CR_ERROR_NUMERIC, "week %d: %s of person %u is out of its range", week, what, i);
}

static int verify_person(const struct cr_simulation *simulation, uint32_t i, struct cr_error *error) {
    const struct cr_population *people = &simulation->people;
    const int32_t week = simulation->week;
    for (int b = 0; b < CR_BELIEFS; b++)
        if (!(people->general[b][i] >= 0.0 && people->general[b][i] <= 1.0))
            return broken(error, "a general belief", i, week);
    for (int b = 0; b < CR_FIGURE_ROLES * CR_BELIEFS; b++)
        if (!(people->specific[b][i] >= 0.0 && people->specific[b][i] <= 1.0))
            return broken(error, "a specific belief", i, week);
    double sum = 0.0;
    for (int k = 0; k < CR_STRATEGIES; k++)
        sum += people->policy[k][i];
    if (people->birth[i] < week && !(fabs(sum - 1.0) < 1e-9))
        return broken(error, "the policy", i, week);
    if (!(people->arousal[i] >= 0.0 && people->arousal[i] < 1e6) || !(people->strain[i] >= 0.0))
        return broken(error, "arousal", i, week);
    if (!(people->irritation[i] >= 0.0 && people->irritation[i] <= 1.0))
        return broken(error, "irritation", i, week);
    if (!(fabs(people->satisfaction[i]) < 1e3) || !(fabs(people->commitment[i]) < 1e3))
        return broken(error, "satisfaction", i, week);
    const int32_t partner = people->partner[i];
    if ((partner == CR_NOBODY) != (people->bond[i] == CR_NOBODY))
        return broken(error, "the relationship", i, week);
    if (partner != CR_NOBODY && (people->partner[partner] != (int32_t)i || people->bond[partner] != people->bond[i] ||
                                    !cr_person_alive(people, i, week)))
        return broken(error, "the partner", i, week);
    return 0;
}

int cr_simulation_verify(const struct cr_simulation *simulation, struct cr_error *error) {
    for (uint32_t i = 0; i < simulation->people.count; i++) {
        const int status = verify_person(simulation, i, error);
        if (status != 0)
            return status;
    }
    const struct cr_bonds *bonds = &simulation->bonds;
    for (int32_t k = 0; k < bonds->active_count; k++) {
        const struct cr_bond *bond = &bonds->bond[bonds->active[k]];
        const bool held = simulation->people.bond[bond->person[0]] == bonds->active[k] &&
                          simulation->people.bond[bond->person[1]] == bonds->active[k] && bond->ending == CR_LASTING &&
                          (k == 0 || bonds->active[k - 1] < bonds->active[k]);
        if (!held)
            return cr_error_set(error, CR_ERROR_NUMERIC, "week %d: relationship %d is not held by its partners",
                simulation->week, bonds->active[k]);
    }
    return 0;
}
