#ifndef CR_TESTS_BUSY_LIFE_H
#define CR_TESTS_BUSY_LIFE_H

#include <string.h>

#include "model/simulation.h"

/* A scenario in which much happens in little time: early adulthood, early death, quick pairing, quarrels and parting.
 * Include after cmocka.h. */
static inline void busy_life(struct cr_scenario *scenario, int64_t people, double years) {
    cr_scenario_init(scenario);
    (void)strcpy(scenario->name, "busy");
    struct cr_parameters *p = &scenario->parameters;
    p->run_people = people;
    p->run_years = years;
    p->run_seed = 12;
    p->life_birth_years = 4.0;
    p->life_adult_age = 12.0;
    p->life_median_age = 22.0;
    p->life_death_doubling = 3.0;
    p->meeting_rate = 0.8;
    p->pairing_acceptance = 1.0;
    p->stage_cohabit_rate = 0.1;
    p->stage_marry_rate = 0.1;
    p->separation_rate = 0.02;
    p->separation_commitment = 1.0;
}

static inline const struct cr_field *parameter(const char *key) {
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, key);
    assert_non_null(field);
    return field;
}

static inline void add_change(struct cr_scenario *scenario, int32_t week, const char *key, double value) {
    assert_int_equal(cr_scenario_change(scenario, week, parameter(key), value, "", NULL), 0);
}

static inline void expect_same_bond(const struct cr_bond *a, const struct cr_bond *b) {
    assert_memory_equal(a->person, b->person, sizeof a->person);
    assert_memory_equal(a->order, b->order, sizeof a->order);
    assert_true(a->start == b->start && a->cohabiting == b->cohabiting && a->married == b->married && a->end == b->end);
    assert_true(a->stage == b->stage && a->ending == b->ending && a->ended_by == b->ended_by);
    assert_true(a->quarrels == b->quarrels && a->fit == b->fit && a->friction == b->friction);
    assert_true(a->intimacy == b->intimacy && a->conflict == b->conflict);
    assert_memory_equal(a->satisfaction_start, b->satisfaction_start, sizeof a->satisfaction_start);
    assert_memory_equal(a->satisfaction_end, b->satisfaction_end, sizeof a->satisfaction_end);
    assert_memory_equal(a->satisfaction_sum, b->satisfaction_sum, sizeof a->satisfaction_sum);
}

/* All that has become of two simulations is the same, bit by bit, and so are the rules in force. */
static inline void expect_same_simulation(const struct cr_simulation *a, const struct cr_simulation *b) {
    assert_int_equal(a->week, b->week);
    assert_int_equal(a->setting.week, b->setting.week);
    assert_true(cr_registry_equal(&cr_parameter_registry, a->setting.parameters, b->setting.parameters));
    assert_true(cr_registry_equal(&cr_parameter_registry, &a->setting.resolved, &b->setting.resolved));
    assert_int_equal(a->people.bytes, b->people.bytes);
    assert_memory_equal(a->people.memory, b->people.memory, a->people.bytes);
    assert_int_equal(a->bonds.count, b->bonds.count);
    assert_int_equal(a->bonds.active_count, b->bonds.active_count);
    for (int32_t k = 0; k < a->bonds.active_count; k++)
        assert_int_equal(a->bonds.active[k], b->bonds.active[k]);
    for (int32_t k = 0; k < a->bonds.count; k++)
        expect_same_bond(&a->bonds.bond[k], &b->bonds.bond[k]);
}

#endif
