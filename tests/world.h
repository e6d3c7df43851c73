#ifndef CR_TESTS_WORLD_H
#define CR_TESTS_WORLD_H

#include <string.h>

#include "base/quantile.h"
#include "model/couple.h"
#include "model/pairing.h"
#include "model/population.h"
#include "model/setting.h"

/* A few people and what a phase of a step needs, for tests of one phase alone. Include after cmocka.h. */
struct world {
    struct cr_scenario scenario;
    struct cr_setting setting;
    struct cr_population people;
    struct cr_bonds bonds;
    struct cr_meeting meeting;
};

/* What the setting takes from the parameters; for after they have changed. */
static inline void world_resolve(struct world *world) {
    cr_setting_resolve(&world->setting);
}

static inline void world_begin(struct world *world, uint32_t people) {
    memset(world, 0, sizeof *world);
    cr_scenario_init(&world->scenario);
    struct cr_stream luck;
    memset(&luck, 0, sizeof luck); /* the gap at its end, too: settings are compared byte by byte */
    luck.seed = 20;
    luck.replicate = 1;
    cr_setting_init(&world->setting, &world->scenario, &luck);
    world->setting.week = 60 * CR_WEEKS_A_YEAR;
    world->scenario.parameters.caregiving_hardship_years = 50.0;
    world_resolve(world);
    assert_int_equal(cr_population_init(&world->people, people, NULL), 0);
    assert_int_equal(cr_meeting_init(&world->meeting, people, NULL), 0);
    assert_int_equal(cr_bonds_reserve(&world->bonds, (int32_t)people / 2 + 1, NULL), 0);
    for (uint32_t i = 0; i < people; i++)
        cr_population_birth(&world->people, i, &world->scenario, &world->setting.luck);
}

static inline void world_end(struct world *world) {
    cr_population_free(&world->people);
    cr_meeting_free(&world->meeting);
    cr_bonds_free(&world->bonds);
    cr_scenario_free(&world->scenario);
}

/* Makes person `i` one of that sex and age (years) who lives for long and expects nothing of anybody in particular. */
static inline void world_person(struct world *world, uint32_t i, enum cr_sex sex, int32_t age) {
    struct cr_population *people = &world->people;
    people->birth[i] = world->setting.week - age * CR_WEEKS_A_YEAR;
    people->death[i] = world->setting.week + 1000 * CR_WEEKS_A_YEAR;
    people->caregiver_death[i] = people->death[i];
    people->sex[i] = (uint8_t)sex;
    people->temperament[i] = 0.0;
    people->hardship[i] = 0.0;
    for (int k = 0; k < CR_STRATEGIES; k++)
        people->policy[k][i] = k == CR_BID ? 1.0 : 0.0;
}

/* Sets what person `i` believes, of everybody. */
static inline void world_believes(struct world *world, uint32_t i, const double belief[CR_BELIEFS]) {
    struct cr_population *people = &world->people;
    for (int b = 0; b < CR_BELIEFS; b++) {
        people->general[b][i] = belief[b];
        for (int role = 0; role < CR_FIGURE_ROLES; role++)
            people->specific[role * CR_BELIEFS + b][i] = belief[b];
    }
}

/* Makes all people couples of 30 years: 0 and 1, 2 and 3, and so on. */
static inline void world_pair_all(struct world *world) {
    world_resolve(world);
    for (uint32_t i = 0; i + 1 < world->people.count; i += 2) {
        world_person(world, i, CR_FEMALE, 30);
        world_person(world, i + 1, CR_MALE, 30);
        cr_couple_form(&world->setting, &world->people, &world->bonds, i, i + 1);
    }
}

#endif
