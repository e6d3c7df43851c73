#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "world.h"

/* Couples in which nothing happens: no quarrel, no leaving, no step, no change of satisfaction. */
static void still(struct world *world, uint32_t people) {
    world_begin(world, people);
    struct cr_parameters *p = &world->scenario.parameters;
    p->conflict_rate = 0.0;
    p->conflict_memory = 0.0;
    p->conflict_misfit = 0.0;
    p->couple_intimacy_rate = 0.0;
    p->couple_adjustment = 0.0;
    p->couple_fluctuation = 0.0;
    p->couple_shared_fluctuation = 0.0;
    p->irritation_protest = 0.0;
    p->irritation_burden = 0.0;
    p->irritation_decay = 0.0;
    p->separation_rate = 0.0;
    p->stage_cohabit_rate = 0.0;
    p->stage_marry_rate = 0.0;
    p->commitment_satisfaction = 1.0;
    p->commitment_investment = 0.0;
    p->commitment_dependence = 0.0;
    p->commitment_alternatives = 0.0;
    world_pair_all(world);
}

static void feel(struct world *world, double first, double second) {
    for (uint32_t i = 0; i < world->people.count; i++)
        world->people.satisfaction[i] = i % 2 == 0 ? first : second;
}

static void settle(struct world *world) {
    world_resolve(world);
    cr_couple_settle(&world->setting, &world->people, &world->bonds, 0, world->bonds.active_count);
}

static void part(struct world *world) {
    world_resolve(world);
    cr_couple_part(&world->setting, &world->people, &world->bonds);
}

static void expect_share(int hits, int of, double chance) {
    assert_near((double)hits / of, chance, 4.0 * sqrt(chance * (1.0 - chance) / of));
}

static void two_people_fit_the_same_whoever_asks_and_whenever(void **state) {
    (void)state;
    enum { PEOPLE = 200 };
    struct world world;
    world_begin(&world, 2);
    double sum = 0.0;
    double squares = 0.0;
    int pairs = 0;
    for (uint32_t a = 0; a < PEOPLE; a++)
        for (uint32_t b = a + 1; b < PEOPLE; b++) {
            const double fit = cr_couple_fit(&world.setting, a, b);
            assert_true(cr_couple_fit(&world.setting, b, a) == fit);
            world.setting.week += 7;
            assert_true(cr_couple_fit(&world.setting, a, b) == fit);
            sum += fit;
            squares += fit * fit;
            pairs++;
        }
    assert_near(sum / pairs, 0.0, 4.0 / sqrt(pairs));
    assert_near(squares / pairs, 1.0, 4.0 * sqrt(2.0 / pairs));
    assert_true(cr_couple_fit(&world.setting, 1, 2) != cr_couple_fit(&world.setting, 1, 3));
    world_end(&world);
}

static void making_room_keeps_what_there_is(void **state) {
    (void)state;
    struct world world;
    still(&world, 20);
    struct cr_bond before[10];
    int32_t active[10];
    assert_int_equal(world.bonds.count, 10);
    memcpy(before, world.bonds.bond, sizeof before);
    memcpy(active, world.bonds.active, sizeof active);
    for (int32_t more = 10; more < 100000; more *= 10) {
        assert_int_equal(cr_bonds_reserve(&world.bonds, more, NULL), 0);
        assert_true(world.bonds.capacity - world.bonds.count >= more);
        assert_int_equal(world.bonds.count, 10);
        assert_int_equal(world.bonds.active_count, 10);
        assert_memory_equal(world.bonds.bond, before, sizeof before);
        assert_memory_equal(world.bonds.active, active, sizeof active);
    }
    world_end(&world);
}

static void where_there_is_room_none_is_made(void **state) {
    (void)state;
    struct cr_bonds bonds = {0};
    assert_int_equal(cr_bonds_reserve(&bonds, 100, NULL), 0);
    allocations_left = 0;
    const int code = cr_bonds_reserve(&bonds, 100, NULL);
    allocations_left = -1;
    assert_int_equal(code, 0);
    cr_bonds_free(&bonds);
    cr_bonds_free(&bonds);
}

static void without_memory_the_relationships_stay_as_they_were(void **state) {
    (void)state;
    const long held = allocations_held;
    struct world world;
    still(&world, 20);
    struct cr_bond before[10];
    memcpy(before, world.bonds.bond, sizeof before);
    const int32_t capacity = world.bonds.capacity;
    for (int n = 0; n < 2; n++) {
        struct cr_error error = {0};
        allocations_left = n;
        const int code = cr_bonds_reserve(&world.bonds, 1000, &error);
        allocations_left = -1;
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_non_null(strstr(error.sentence, "relationships"));
        assert_int_equal(world.bonds.count, 10);
        assert_int_equal(world.bonds.capacity, capacity);
        assert_memory_equal(world.bonds.bond, before, sizeof before);
    }
    assert_int_equal(cr_bonds_reserve(&world.bonds, 1000, NULL), 0);
    world_end(&world);
    assert_int_equal(allocations_held, held);
}

static void a_relationship_is_held_by_both_from_the_start(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 4);
    struct cr_population *people = &world.people;
    people->irritation[3] = 0.7;
    people->experience[CR_PARTNER][3] = 50.0;
    people->general[CR_OPEN][3] = 0.123;
    people->bonds_had[1] = 2;
    cr_couple_form(&world.setting, people, &world.bonds, 3, 1);
    const struct cr_bond *bond = &world.bonds.bond[0];
    const struct cr_parameters *p = &world.scenario.parameters;
    const double fit = cr_couple_fit(&world.setting, 1, 3);
    assert_int_equal(world.bonds.count, 1);
    assert_int_equal(world.bonds.active_count, 1);
    assert_int_equal(world.bonds.active[0], 0);
    assert_true(bond->person[0] == 1 && bond->person[1] == 3);
    assert_true(bond->order[0] == 3 && bond->order[1] == 1);
    assert_int_equal(bond->start, world.setting.week);
    assert_true(bond->cohabiting == -1 && bond->married == -1 && bond->end == -1 && bond->ended_by == -1);
    assert_int_equal(bond->ending, CR_LASTING);
    assert_int_equal(bond->stage, CR_DATING);
    assert_true(bond->fit == fit);
    for (uint32_t i = 1; i <= 3; i += 2) {
        assert_int_equal(people->partner[i], 4 - i);
        assert_int_equal(people->bond[i], 0);
        assert_true(people->experience[CR_PARTNER][i] == 0.0);
        assert_true(people->irritation[i] == 0.0);
        assert_near(people->satisfaction[i], p->couple_infatuation + p->couple_fit_weight * fit, 1e-15);
        for (int b = 0; b < CR_BELIEFS; b++)
            assert_true(people->specific[CR_PARTNER * CR_BELIEFS + b][i] == people->general[b][i]);
    }
    assert_int_equal(people->partner[0], CR_NOBODY);
    assert_int_equal(people->partner[2], CR_NOBODY);
    world_end(&world);
}

static void commitment_rises_with_satisfaction_time_and_stage(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 2);
    struct cr_parameters *p = &world.scenario.parameters;
    p->commitment_satisfaction = 1.5;
    p->commitment_investment = 0.8;
    p->commitment_investment_years = 4.0;
    p->commitment_cohabiting = 0.4;
    p->commitment_married = 0.9;
    world_pair_all(&world);
    struct cr_bond *bond = &world.bonds.bond[0];
    for (int side = 0; side < 2; side++) {
        world.people.satisfaction[side] = 0.25;
        const double plain = cr_couple_commitment(&world.setting, &world.people, bond, side);
        world.people.satisfaction[side] = 1.25;
        assert_near(cr_couple_commitment(&world.setting, &world.people, bond, side), plain + 1.5, 1e-14);
        world.people.satisfaction[side] = 0.25;
        bond->stage = CR_COHABITING;
        assert_near(cr_couple_commitment(&world.setting, &world.people, bond, side), plain + 0.4, 1e-14);
        bond->stage = CR_MARRIED;
        assert_near(cr_couple_commitment(&world.setting, &world.people, bond, side), plain + 0.9, 1e-14);
        bond->stage = CR_DATING;
        for (int years = 1; years < 20; years++) {
            bond->start = world.setting.week - years * CR_WEEKS_A_YEAR;
            assert_near(cr_couple_commitment(&world.setting, &world.people, bond, side),
                plain + 0.8 * (1.0 - exp(-years / 4.0)), 1e-14);
        }
        bond->start = world.setting.week;
    }
    world_end(&world);
}

static void who_is_worthy_and_young_has_alternatives_and_who_is_not_depends(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 2);
    struct cr_parameters *p = &world.scenario.parameters;
    p->commitment_dependence = 0.5;
    p->commitment_alternatives = 0.7;
    p->life_adult_age = 18.0;
    p->meeting_age_years = 20.0;
    world_pair_all(&world);
    world_resolve(&world);
    const struct cr_bond *bond = &world.bonds.bond[0];
    const double youth = exp(-12.0 / 20.0);
    world.people.general[CR_WORTH][0] = 0.0;
    const double unworthy = cr_couple_commitment(&world.setting, &world.people, bond, 0);
    world.people.general[CR_WORTH][0] = 1.0;
    const double worthy = cr_couple_commitment(&world.setting, &world.people, bond, 0);
    assert_near(unworthy - worthy, 0.5 + 0.7 * youth, 1e-14);
    world_person(&world, 0, CR_FEMALE, 38);
    const double older = cr_couple_commitment(&world.setting, &world.people, bond, 0);
    assert_near(older - worthy, 0.7 * (youth - exp(-1.0)), 1e-14);
    world_end(&world);
}

static void each_leaves_at_a_hazard_that_commitment_lowers(void **state) {
    (void)state;
    enum { COUPLES = 1000, TRIALS = 10 };
    struct world world;
    still(&world, 2 * COUPLES);
    world.scenario.parameters.separation_rate = 0.6;
    world.scenario.parameters.separation_commitment = 1.5;
    for (int committed = 0; committed < 2; committed++) {
        const double commitment[2] = {committed ? 1.0 : 0.0, committed ? 0.2 : 0.6};
        double chance[2];
        int ended_by[3] = {0};
        for (int side = 0; side < 2; side++)
            chance[side] = 1.0 - exp(-0.6 * exp(-1.5 * commitment[side]));
        feel(&world, commitment[0], commitment[1]);
        for (int trial = 0; trial < TRIALS; trial++) {
            world.setting.week++;
            settle(&world);
            for (int32_t k = 0; k < world.bonds.count; k++) {
                struct cr_bond *bond = &world.bonds.bond[k];
                assert_true((bond->ended_by < 0) == (bond->ending == CR_LASTING));
                assert_int_equal(bond->end, bond->ended_by < 0 ? -1 : world.setting.week);
                if (bond->ended_by >= 0)
                    ended_by[bond->ended_by]++;
                bond->ending = CR_LASTING;
                bond->ended_by = -1;
                bond->end = -1;
            }
        }
        expect_share(ended_by[0], COUPLES * TRIALS, chance[0] * (1.0 - chance[1]));
        expect_share(ended_by[1], COUPLES * TRIALS, chance[1] * (1.0 - chance[0]));
        expect_share(ended_by[2], COUPLES * TRIALS, chance[0] * chance[1]);
    }
    world_end(&world);
}

static void a_couple_moves_on_as_soon_as_the_less_committed_is_ready(void **state) {
    (void)state;
    enum { COUPLES = 1000, TRIALS = 8 };
    struct world world;
    still(&world, 2 * COUPLES);
    struct cr_parameters *p = &world.scenario.parameters;
    p->stage_cohabit_rate = 0.5;
    p->stage_marry_rate = 0.3;
    p->stage_threshold = 0.4;
    p->stage_steepness = 2.0;
    feel(&world, 3.0, 0.2);
    p->commitment_cohabiting = 0.0;
    const double ready = 1.0 / (1.0 + exp(-2.0 * (0.2 - 0.4)));
    int moved_in = 0;
    int married = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        world.setting.week++;
        for (int32_t k = 0; k < world.bonds.count; k++)
            world.bonds.bond[k].stage = (uint8_t)(k % 3);
        settle(&world);
        for (int32_t k = 0; k < world.bonds.count; k++) {
            const struct cr_bond *bond = &world.bonds.bond[k];
            assert_true(bond->stage >= k % 3 && bond->stage <= k % 3 + 1 && bond->stage <= CR_MARRIED);
            moved_in += k % 3 == CR_DATING && bond->stage == CR_COHABITING;
            married += k % 3 == CR_COHABITING && bond->stage == CR_MARRIED;
            assert_true(k % 3 != CR_DATING || bond->stage == CR_DATING || bond->cohabiting <= world.setting.week);
            assert_true((bond->cohabiting == world.setting.week) == (k % 3 == CR_DATING && bond->stage != CR_DATING));
            assert_true((bond->married == world.setting.week) == (k % 3 == CR_COHABITING && bond->stage == CR_MARRIED));
        }
    }
    expect_share(moved_in, (COUPLES / 3 + 1) * TRIALS, 0.5 * ready);
    expect_share(married, COUPLES / 3 * TRIALS, 0.3 * ready);
    world_end(&world);
}

static void quarrels(double rate, double misfit, double fit, uint8_t protest, double total) {
    enum { COUPLES = 1000, TRIALS = 8 };
    struct world world;
    still(&world, 2 * COUPLES);
    world.scenario.parameters.conflict_rate = rate;
    world.scenario.parameters.conflict_misfit = misfit;
    world.scenario.parameters.conflict_protest = 0.5;
    int count[4] = {0};
    for (uint32_t i = 0; i < world.people.count; i++) {
        world.people.bids[CR_PROTEST][i] = protest;
        /* Protest at one's mother troubles no partner. */
        world.people.turned_to[i] = i % 2 == 0 ? CR_PARTNER : CR_CAREGIVER;
    }
    for (int32_t k = 0; k < world.bonds.count; k++)
        world.bonds.bond[k].friction = exp(-misfit * fit);
    for (int trial = 0; trial < TRIALS; trial++) {
        world.setting.week++;
        settle(&world);
        for (int32_t k = 0; k < world.bonds.count; k++)
            count[world.bonds.bond[k].quarrels]++;
    }
    expect_share(count[0], COUPLES * TRIALS, exp(-total));
    expect_share(count[1], COUPLES * TRIALS, exp(-total) * total);
    expect_share(count[2], COUPLES * TRIALS, exp(-total) * total * total / 2.0);
    world_end(&world);
}

static void quarrels_come_at_random_and_more_often_with_protest_and_misfit(void **state) {
    (void)state;
    quarrels(0.4, 0.0, -1.0, 0, 0.4);
    quarrels(0.3, 0.0, 1.0, 3, 0.3 + 0.5 * 0.3 * 3);
    quarrels(0.3, 0.7, -1.0, 0, 0.3 * exp(0.7));
    quarrels(0.3, 0.7, 1.0, 0, 0.3 * exp(-0.7));
}

static void irritation_makes_quarrels_likelier(void **state) {
    (void)state;
    enum { COUPLES = 2000 };
    struct world world;
    still(&world, 2 * COUPLES);
    world.scenario.parameters.conflict_rate = 0.2;
    world.scenario.parameters.conflict_irritation = 3.0;
    for (uint32_t i = 0; i < world.people.count; i++)
        world.people.irritation[i] = i % 2 == 0 ? 0.8 : 0.4;
    settle(&world);
    int calm = 0;
    for (int32_t k = 0; k < world.bonds.count; k++)
        calm += world.bonds.bond[k].quarrels == 0;
    expect_share(calm, COUPLES, exp(-0.2 * (1.0 + 3.0 * 0.6)));
    world_end(&world);
}

static void intimacy_follows_openness_met_with_openness(void **state) {
    (void)state;
    struct world world;
    still(&world, 2);
    world.scenario.parameters.couple_intimacy_rate = 0.05;
    world.people.policy[CR_BID][0] = 0.8;
    world.people.policy[CR_BID][1] = 0.5;
    for (int n = 1; n <= 200; n++) {
        settle(&world);
        assert_near(world.bonds.bond[0].intimacy, 0.4 * (1.0 - pow(0.95, n)), 1e-12);
    }
    world_end(&world);
}

static void satisfaction_follows_what_the_relationship_gives(void **state) {
    (void)state;
    struct world world;
    still(&world, 2);
    struct cr_parameters *p = &world.scenario.parameters;
    p->couple_adjustment = 0.1;
    p->couple_fit_weight = 0.5;
    p->couple_support_weight = 0.9;
    p->couple_intimacy_weight = 0.6;
    p->couple_conflict_weight = 1.1;
    p->couple_irritation_weight = 0.7;
    p->couple_comparison_level = 0.8;
    struct cr_bond *bond = &world.bonds.bond[0];
    bond->fit = 1.2;
    bond->intimacy = 0.3;
    bond->conflict = 0.2;
    world.people.support[0] = 0.6;
    world.people.support[1] = -0.5;
    world.people.irritation[0] = 0.1;
    world.people.irritation[1] = 0.9;
    feel(&world, 1.0, -1.0);
    double expected[2] = {1.0, -1.0};
    double sum[2] = {0.0, 0.0};
    for (int n = 0; n < 300; n++) {
        settle(&world);
        for (int side = 0; side < 2; side++) {
            const double gives = 0.5 * 1.2 + 0.9 * world.people.support[side] + 0.6 * 0.3 - 1.1 * 0.2 -
                                 0.7 * world.people.irritation[side] - 0.8;
            expected[side] += 0.1 * (gives - expected[side]);
            sum[side] += expected[side];
            assert_near(world.people.satisfaction[side], expected[side], 1e-12);
            assert_true(bond->satisfaction_end[side] == world.people.satisfaction[side]);
            assert_near(bond->satisfaction_sum[side], sum[side], 1e-9);
            assert_near(
                world.people.commitment[side], cr_couple_commitment(&world.setting, &world.people, bond, side), 1e-15);
        }
    }
    world_end(&world);
}

static void ups_and_downs_have_the_spread_asked_for_own_and_shared(void **state) {
    (void)state;
    enum { COUPLES = 2000 };
    struct world world;
    still(&world, 2 * COUPLES);
    for (int shared = 0; shared < 2; shared++) {
        const double own = 0.2;
        const double both = shared ? 0.4 : 0.0;
        const double variance = own * own + both * both;
        world.scenario.parameters.couple_fluctuation = own;
        world.scenario.parameters.couple_shared_fluctuation = both;
        feel(&world, 0.0, 0.0);
        settle(&world);
        double sum = 0.0;
        double squares = 0.0;
        double product = 0.0;
        for (uint32_t i = 0; i < world.people.count; i++) {
            sum += world.people.satisfaction[i];
            squares += world.people.satisfaction[i] * world.people.satisfaction[i];
            product += world.people.satisfaction[i] * world.people.satisfaction[i ^ 1U];
        }
        assert_near(sum / world.people.count, 0.0, 4.0 * sqrt(variance / COUPLES));
        assert_near(squares / world.people.count, variance, 4.0 * variance / sqrt(COUPLES));
        assert_near(product / world.people.count, both * both, 4.0 * variance / sqrt(COUPLES));
    }
    world_end(&world);
}

static void a_relationship_ends_for_what_weighed_most(void **state) {
    (void)state;
    struct world world;
    still(&world, 2);
    struct cr_parameters *p = &world.scenario.parameters;
    p->separation_rate = 1.0;
    p->separation_commitment = 1.0;
    p->commitment_alternatives = 1.0;
    p->couple_fit_weight = p->couple_support_weight = p->couple_conflict_weight = p->couple_irritation_weight = 1.0;
    for (int ending = CR_MISFIT; ending <= CR_ALTERNATIVES; ending++)
        for (int side = 0; side < 2; side++) {
            struct cr_bond *bond = &world.bonds.bond[0];
            bond->ending = CR_LASTING;
            bond->fit = ending == CR_MISFIT ? -0.5 : 0.0;
            bond->conflict = ending == CR_CONFLICT ? 0.5 : 0.0;
            for (int i = 0; i < 2; i++) {
                world.people.support[i] = 0.5 * p->couple_comparison_level;
                world.people.irritation[i] = 0.0;
                world.people.general[CR_WORTH][i] = 0.0;
            }
            /* What the other holds against it counts for nothing. */
            world.people.irritation[1 - side] = 0.9;
            world.people.support[side] -= ending == CR_UNMET_NEED ? 0.5 : 0.0;
            world.people.irritation[side] += ending == CR_IRRITATION ? 0.5 : 0.0;
            world.people.general[CR_WORTH][side] += ending == CR_ALTERNATIVES ? 0.9 : 0.0;
            feel(&world, side == 0 ? -50.0 : 50.0, side == 0 ? 50.0 : -50.0);
            settle(&world);
            assert_int_equal(bond->ended_by, side);
            assert_int_equal(bond->ending, ending);
        }
    world_end(&world);
}

static void an_ended_couple_is_parted_on_both_sides_and_no_other_is(void **state) {
    (void)state;
    enum { COUPLES = 30 };
    struct world world;
    still(&world, 2 * COUPLES);
    for (int32_t k = 0; k < COUPLES; k += 3) {
        world.bonds.bond[k].ending = CR_CONFLICT;
        world.bonds.bond[k].ended_by = 1;
        world.bonds.bond[k].end = world.setting.week;
    }
    for (uint32_t i = 0; i < world.people.count; i++) {
        world.people.irritation[i] = 0.5;
        world.people.support[i] = 0.5;
    }
    part(&world);
    assert_int_equal(world.bonds.active_count, COUPLES - COUPLES / 3);
    assert_int_equal(world.bonds.count, COUPLES);
    for (int32_t k = 0, place = 0; k < COUPLES; k++) {
        const bool ended = k % 3 == 0;
        if (!ended)
            assert_int_equal(world.bonds.active[place++], k);
        assert_int_equal(world.bonds.bond[k].ending, ended ? CR_CONFLICT : CR_LASTING);
        for (int32_t i = 2 * k; i < 2 * k + 2; i++) {
            assert_int_equal(world.people.partner[i], ended ? CR_NOBODY : (i ^ 1));
            assert_int_equal(world.people.bond[i], ended ? CR_NOBODY : k);
            assert_true((world.people.irritation[i] == 0.0) == ended);
            assert_true((world.people.support[i] == 0.0) == ended);
            assert_true(!ended || (world.people.satisfaction[i] == 0.0 && world.people.commitment[i] == 0.0));
        }
    }
    world_end(&world);
}

static void death_parts(void **state) {
    (void)state;
    struct world world;
    still(&world, 10);
    const int32_t week = world.setting.week;
    world.people.death[0] = week + 1;
    world.people.death[3] = week + 1;
    world.people.death[4] = week + 1;
    world.people.death[5] = week + 1;
    world.people.death[6] = week + 2;
    world.people.death[8] = week + 1;
    world.bonds.bond[4].ending = CR_MISFIT;
    world.bonds.bond[4].ended_by = 1;
    world.bonds.bond[4].end = week;
    part(&world);
    const int ended_by[5] = {0, 1, 2, -1, 1};
    const enum cr_ending ending[5] = {CR_DEATH, CR_DEATH, CR_DEATH, CR_LASTING, CR_MISFIT};
    for (size_t k = 0; k < 5; k++) {
        assert_int_equal(world.bonds.bond[k].ending, ending[k]);
        assert_int_equal(world.bonds.bond[k].ended_by, ended_by[k]);
        assert_int_equal(world.bonds.bond[k].end, k == 3 ? -1 : week);
        assert_int_equal(world.people.partner[2 * k], k == 3 ? 7 : CR_NOBODY);
        assert_int_equal(world.people.partner[2 * k + 1], k == 3 ? 6 : CR_NOBODY);
    }
    assert_int_equal(world.bonds.active_count, 1);
    assert_int_equal(world.bonds.active[0], 3);
    world_end(&world);
}

static void grief_grows_with_intimacy_and_time_and_has_a_bound(void **state) {
    (void)state;
    struct world world;
    still(&world, 8);
    world.scenario.parameters.commitment_investment_years = 4.0;
    for (int k = 0; k < 4; k++) {
        world.bonds.bond[k].ending = CR_MISFIT;
        world.bonds.bond[k].intimacy = k == 0 ? 0.1 : 0.6;
        world.bonds.bond[k].start = world.setting.week - (k < 2 ? 1 : 10) * CR_WEEKS_A_YEAR;
    }
    world.people.grief[6] = 0.9;
    part(&world);
    assert_near(world.people.grief[0], 0.5 * (0.1 + 1.0 - exp(-0.25)), 1e-14);
    assert_near(world.people.grief[1], world.people.grief[0], 0.0);
    assert_near(world.people.grief[2], 0.5 * (0.6 + 1.0 - exp(-0.25)), 1e-14);
    assert_near(world.people.grief[4], 0.5 * (0.6 + 1.0 - exp(-2.5)), 1e-14);
    assert_true(world.people.grief[6] == 1.0);
    world_end(&world);
}

static void it_does_not_matter_in_which_portions_couples_are_taken(void **state) {
    (void)state;
    struct world whole, portions;
    for (int k = 0; k < 2; k++) {
        struct world *world = k == 0 ? &whole : &portions;
        world_begin(world, 60);
        world_pair_all(world);
        world->scenario.parameters.separation_rate = 0.5;
    }
    settle(&whole);
    cr_couple_settle(&portions.setting, &portions.people, &portions.bonds, 17, 30);
    cr_couple_settle(&portions.setting, &portions.people, &portions.bonds, 0, 17);
    assert_memory_equal(whole.people.memory, portions.people.memory, whole.people.bytes);
    int ended = 0;
    for (int k = 0; k < 30; k++) {
        const struct cr_bond *a = &whole.bonds.bond[k];
        const struct cr_bond *b = &portions.bonds.bond[k];
        assert_true(a->ending == b->ending && a->ended_by == b->ended_by && a->quarrels == b->quarrels);
        assert_true(a->intimacy == b->intimacy && a->conflict == b->conflict && a->stage == b->stage);
        ended += a->ending != CR_LASTING;
    }
    assert_true(ended > 0 && ended < 30);
    world_end(&whole);
    world_end(&portions);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_fit_the_same_whoever_asks_and_whenever),
        cmocka_unit_test(making_room_keeps_what_there_is),
        cmocka_unit_test(where_there_is_room_none_is_made),
        cmocka_unit_test(without_memory_the_relationships_stay_as_they_were),
        cmocka_unit_test(a_relationship_is_held_by_both_from_the_start),
        cmocka_unit_test(commitment_rises_with_satisfaction_time_and_stage),
        cmocka_unit_test(who_is_worthy_and_young_has_alternatives_and_who_is_not_depends),
        cmocka_unit_test(each_leaves_at_a_hazard_that_commitment_lowers),
        cmocka_unit_test(a_couple_moves_on_as_soon_as_the_less_committed_is_ready),
        cmocka_unit_test(quarrels_come_at_random_and_more_often_with_protest_and_misfit),
        cmocka_unit_test(irritation_makes_quarrels_likelier),
        cmocka_unit_test(intimacy_follows_openness_met_with_openness),
        cmocka_unit_test(satisfaction_follows_what_the_relationship_gives),
        cmocka_unit_test(ups_and_downs_have_the_spread_asked_for_own_and_shared),
        cmocka_unit_test(a_relationship_ends_for_what_weighed_most),
        cmocka_unit_test(an_ended_couple_is_parted_on_both_sides_and_no_other_is),
        cmocka_unit_test(death_parts),
        cmocka_unit_test(grief_grows_with_intimacy_and_time_and_has_a_bound),
        cmocka_unit_test(it_does_not_matter_in_which_portions_couples_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
