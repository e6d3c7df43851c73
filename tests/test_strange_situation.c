#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "model/strange_situation.h"
#include "near.h"
#include "world.h"

enum { INFANTS = 60, REUNION = 2 * CR_LABORATORY_INTERVALS };

static const double comfort[CR_BELIEFS] = {0.98, 0.5, 0.0, 0.0, 1.0};
static const double rebuff[CR_BELIEFS] = {0.0, 0.0, 1.0, 0.0, 0.8};
static const double cries[CR_BELIEFS] = {0.1, 0.95, 0.0, 0.0, 0.8};

/* Infants of a year with caregivers who never respond, distressed throughout, whose beliefs alone decide. */
static void laboratory(struct world *world, const double belief[CR_BELIEFS]) {
    world_begin(world, INFANTS);
    struct cr_parameters *p = &world->scenario.parameters;
    p->choice_consistency = 8.0;
    p->choice_unsoothed = 0.6;
    p->choice_hurt = 1.0;
    p->choice_fear = 1.2;
    p->choice_open_cost = 0.05;
    p->choice_protest_cost = 0.3;
    p->choice_protest_relief = 0.85;
    p->choice_protest_rebuff = 1.25;
    p->choice_alone_cost = 0.35;
    p->choice_fear_at_distance = 0.35;
    p->choice_appease_relief = 0.55;
    p->choice_appease_rebuff = 0.4;
    p->choice_appease_cost = 0.5;
    p->laboratory_calm = 0.0;
    p->laboratory_mood = 0.0;
    p->laboratory_strangeness = 0.8;
    p->laboratory_separation = 0.1;
    p->laboratory_soothing = 0.5;
    p->laboratory_apprehension = 1.0;
    p->expression_deactivate = 0.25;
    world_resolve(world);
    for (uint32_t i = 0; i < INFANTS; i++) {
        world_person(world, i, CR_FEMALE, 1);
        world_believes(world, i, belief);
        world->people.caregiver[i] = (struct cr_profile){.share = 1.0};
        world->people.caregiver_present[i] = 1;
    }
}

static void responding(struct world *world, double sensitivity, double rebuffs, double fright) {
    for (uint32_t i = 0; i < INFANTS; i++) {
        world->people.caregiver[i].sensitivity = sensitivity;
        world->people.caregiver[i].rebuff = rebuffs;
        world->people.caregiver[i].fright = fright;
    }
}

/* The records of all infants, added up. */
static struct cr_laboratory_record observe_all(const struct world *world) {
    struct cr_laboratory_record sum = {0};
    for (uint32_t i = 0; i < INFANTS; i++) {
        const struct cr_laboratory_record record = cr_strange_situation(&world->setting, &world->people, i, 0);
        assert_int_equal(record.intervals, REUNION);
        assert_int_equal(record.approach + record.protest + record.turning_away + record.exploration, REUNION);
        assert_true(record.contact <= record.approach + record.protest);
        assert_true(record.apprehension <= REUNION - record.exploration);
        assert_true(record.contradictions <= REUNION - 1);
        assert_true(record.felt >= 0.0 && record.shown >= 0.0);
        sum.intervals += record.intervals;
        sum.approach += record.approach;
        sum.contact += record.contact;
        sum.protest += record.protest;
        sum.turning_away += record.turning_away;
        sum.exploration += record.exploration;
        sum.contradictions += record.contradictions;
        sum.apprehension += record.apprehension;
        sum.felt += record.felt / INFANTS;
        sum.shown += record.shown / INFANTS;
    }
    return sum;
}

static void the_same_observation_gives_the_same_record(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, (const double[CR_BELIEFS]){0.5, 0.5, 0.2, 0.1, 0.6});
    responding(&world, 0.5, 0.3, 0.1);
    struct cr_laboratory_record first[INFANTS];
    for (uint32_t i = 0; i < INFANTS; i++)
        first[i] = cr_strange_situation(&world.setting, &world.people, i, 3);
    int differ = 0;
    for (uint32_t i = INFANTS; i-- > 0;) {
        const struct cr_laboratory_record again = cr_strange_situation(&world.setting, &world.people, i, 3);
        const struct cr_laboratory_record later = cr_strange_situation(&world.setting, &world.people, i, 4);
        assert_memory_equal(&again, &first[i], sizeof again);
        differ += later.felt != first[i].felt;
    }
    assert_true(differ > INFANTS / 2);
    world_end(&world);
}

static void nothing_in_the_population_changes(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, (const double[CR_BELIEFS]){0.5, 0.5, 0.2, 0.1, 0.6});
    responding(&world, 0.5, 0.3, 0.1);
    void *before = malloc(world.people.bytes);
    assert_non_null(before);
    memcpy(before, world.people.memory, world.people.bytes);
    const struct cr_population arrays = world.people;
    const struct cr_setting setting = world.setting;
    for (uint32_t assessment = 0; assessment < 5; assessment++)
        for (uint32_t i = 0; i < INFANTS; i++)
            (void)cr_strange_situation(&world.setting, &world.people, i, assessment);
    assert_memory_equal(world.people.memory, before, world.people.bytes);
    assert_memory_equal(&world.people, &arrays, sizeof arrays);
    assert_memory_equal(&world.setting, &setting, sizeof setting);
    free(before);
    world_end(&world);
}

static void an_infant_that_expects_only_comfort_mostly_approaches(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, comfort);
    const struct cr_laboratory_record record = observe_all(&world);
    assert_true(record.approach > 0.9 * record.intervals);
    world_end(&world);
}

static void an_infant_that_expects_only_rebuff_mostly_turns_away(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, rebuff);
    const struct cr_laboratory_record record = observe_all(&world);
    assert_true(record.turning_away > 0.9 * record.intervals);
    world_end(&world);
}

static void an_infant_that_is_heard_only_when_it_cries_mostly_protests(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, cries);
    const struct cr_laboratory_record record = observe_all(&world);
    assert_true(record.protest > 0.9 * record.intervals);
    world_end(&world);
}

static void the_working_model_of_this_caregiver_counts_not_that_of_others(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, comfort);
    for (uint32_t i = 0; i < INFANTS; i++) {
        world.people.experience[CR_CAREGIVER][i] = 1e9;
        for (int b = 0; b < CR_BELIEFS; b++)
            world.people.specific[CR_CAREGIVER * CR_BELIEFS + b][i] = rebuff[b];
    }
    const struct cr_laboratory_record record = observe_all(&world);
    assert_true(record.turning_away > 0.9 * record.intervals);
    world_end(&world);
}

static void an_infant_at_ease_plays(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, comfort);
    struct cr_parameters *p = &world.scenario.parameters;
    p->laboratory_calm = 0.5;
    p->laboratory_strangeness = 0.1;
    p->laboratory_separation = 0.0;
    const struct cr_laboratory_record record = observe_all(&world);
    assert_int_equal(record.exploration, record.intervals);
    assert_int_equal(record.contradictions, 0);
    world_end(&world);
}

static void comfort_brings_an_infant_back_to_play(void **state) {
    (void)state;
    struct world met, unmet;
    laboratory(&met, comfort);
    laboratory(&unmet, comfort);
    met.scenario.parameters.laboratory_calm = 0.6;
    unmet.scenario.parameters.laboratory_calm = 0.6;
    responding(&met, 0.95, 0.0, 0.0);
    const struct cr_laboratory_record of_met = observe_all(&met);
    const struct cr_laboratory_record of_unmet = observe_all(&unmet);
    assert_true(of_met.contact > 0 && of_unmet.contact == 0);
    assert_true(of_met.exploration > of_unmet.exploration + of_met.intervals / 4);
    assert_true(of_met.felt < of_unmet.felt);
    world_end(&met);
    world_end(&unmet);
}

static void an_unavailable_caregiver_holds_its_infant_less(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, comfort);
    world.scenario.parameters.caregiving_unavailable_factor = 0.1;
    responding(&world, 0.9, 0.0, 0.0);
    const struct cr_laboratory_record available = observe_all(&world);
    for (uint32_t i = 0; i < INFANTS; i++)
        world.people.caregiver_present[i] = 0;
    const struct cr_laboratory_record unavailable = observe_all(&world);
    assert_near((double)available.contact / available.intervals, 0.9, 0.05);
    assert_near((double)unavailable.contact / unavailable.intervals, 0.09, 0.05);
    world_end(&world);
}

static void who_turns_away_shows_less_than_it_feels(void **state) {
    (void)state;
    struct world avoidant, secure;
    laboratory(&avoidant, rebuff);
    laboratory(&secure, comfort);
    avoidant.scenario.parameters.choice_consistency = 50.0;
    const struct cr_laboratory_record turning = observe_all(&avoidant);
    const struct cr_laboratory_record asking = observe_all(&secure);
    assert_int_equal(turning.turning_away, turning.intervals);
    assert_near(turning.shown / turning.felt, 0.25, 1e-12);
    assert_true(turning.shown < asking.shown);
    world_end(&avoidant);
    world_end(&secure);
}

static void who_turns_away_is_not_held(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, rebuff);
    world.scenario.parameters.choice_consistency = 50.0;
    world.scenario.parameters.signal_deactivate = 1.0;
    world_resolve(&world);
    responding(&world, 0.95, 0.0, 0.0);
    const struct cr_laboratory_record record = observe_all(&world);
    assert_int_equal(record.turning_away, record.intervals);
    assert_int_equal(record.contact, 0);
    world_end(&world);
}

static void separation_and_temperament_distress(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, rebuff);
    world.scenario.parameters.needs_temperament = 0.3;
    world.scenario.parameters.arousal_alone = 0.0;
    const double plain = observe_all(&world).felt;
    for (uint32_t i = 0; i < INFANTS; i++)
        world.people.temperament[i] = 1.0;
    assert_near(observe_all(&world).felt / plain, 1.3, 1e-12);
    for (uint32_t i = 0; i < INFANTS; i++)
        world.people.temperament[i] = 0.0;
    world.scenario.parameters.laboratory_separation = 0.2;
    assert_true(observe_all(&world).felt > plain * 1.2);
    world_end(&world);
}

static void only_who_fears_or_is_frightened_is_apprehensive(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, comfort);
    assert_int_equal(observe_all(&world).apprehension, 0);
    responding(&world, 0.9, 0.0, 0.5);
    const struct cr_laboratory_record frightened = observe_all(&world);
    assert_near((double)frightened.apprehension / frightened.intervals, 0.45, 0.06);
    responding(&world, 0.0, 0.0, 0.0);
    for (uint32_t i = 0; i < INFANTS; i++)
        world_believes(&world, i, (const double[CR_BELIEFS]){0.9, 0.5, 0.0, 1.0, 0.9});
    const struct cr_laboratory_record afraid = observe_all(&world);
    assert_int_equal(afraid.apprehension, afraid.intervals);
    world_end(&world);
}

static void who_is_of_two_minds_contradicts_itself(void **state) {
    (void)state;
    struct world world;
    laboratory(&world, rebuff);
    world.scenario.parameters.choice_consistency = 50.0;
    assert_int_equal(observe_all(&world).contradictions, 0);
    world.scenario.parameters.choice_consistency = 0.0;
    /* Of two intervals one is turned away with the chance 2 * 1/4 * 3/4. */
    const struct cr_laboratory_record torn = observe_all(&world);
    assert_near((double)torn.contradictions / (INFANTS * (REUNION - 1)), 0.375, 0.06);
    world_end(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_observation_gives_the_same_record),
        cmocka_unit_test(nothing_in_the_population_changes),
        cmocka_unit_test(an_infant_that_expects_only_comfort_mostly_approaches),
        cmocka_unit_test(an_infant_that_expects_only_rebuff_mostly_turns_away),
        cmocka_unit_test(an_infant_that_is_heard_only_when_it_cries_mostly_protests),
        cmocka_unit_test(the_working_model_of_this_caregiver_counts_not_that_of_others),
        cmocka_unit_test(an_infant_at_ease_plays),
        cmocka_unit_test(comfort_brings_an_infant_back_to_play),
        cmocka_unit_test(an_unavailable_caregiver_holds_its_infant_less),
        cmocka_unit_test(who_turns_away_shows_less_than_it_feels),
        cmocka_unit_test(who_turns_away_is_not_held),
        cmocka_unit_test(separation_and_temperament_distress),
        cmocka_unit_test(only_who_fears_or_is_frightened_is_apprehensive),
        cmocka_unit_test(who_is_of_two_minds_contradicts_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
