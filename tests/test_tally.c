#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "busy_life.h"
#include "failing_allocation.h"
#include "viz/world/tally.h"

/* A simulation, what is counted of it, and the same counted by hand. */
struct lived {
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    struct cr_tally tally;
};

static void begin(struct lived *lived, int64_t people) {
    busy_life(&lived->scenario, people, 40.0);
    assert_int_equal(cr_simulation_init(&lived->simulation, &lived->scenario, 1, NULL), 0);
    assert_int_equal(cr_tally_init(&lived->tally, lived->simulation.people.count, NULL), 0);
}

static void live(struct lived *lived) {
    assert_int_equal(cr_simulation_reserve(&lived->simulation, NULL), 0);
    assert_int_equal(cr_tally_expect(&lived->tally, &lived->simulation, NULL), 0);
    cr_simulation_step(&lived->simulation);
    cr_tally_week(&lived->tally, &lived->simulation);
}

static void live_until(struct lived *lived, int32_t week) {
    while (lived->simulation.week < week)
        live(lived);
}

static void end(struct lived *lived) {
    cr_tally_free(&lived->tally);
    cr_tally_free(&lived->tally);
    cr_simulation_free(&lived->simulation);
    cr_scenario_free(&lived->scenario);
}

static const struct cr_happening *happening(const struct cr_tally *tally, size_t k) {
    return &tally->happenings[(tally->happening_begin + k) % CR_HAPPENINGS_KEPT];
}

static void episodes_are_summed_over_the_weeks_of_the_living(void **state) {
    (void)state;
    enum { PEOPLE = 100 };
    static unsigned bids[CR_STRATEGIES][PEOPLE], comforted[PEOPLE], frightened[PEOPLE];
    struct lived lived;
    begin(&lived, PEOPLE);
    live_until(&lived, 1080);
    cr_tally_clear(&lived.tally);
    unsigned dead = 0, all = 0;
    for (int week = 0; week < 50; week++) {
        live(&lived);
        const struct cr_population *people = &lived.simulation.people;
        for (uint32_t i = 0; i < PEOPLE; i++) {
            if (!cr_person_alive(people, i, lived.simulation.setting.week)) {
                dead++;
                continue;
            }
            for (int k = 0; k < CR_STRATEGIES; k++)
                bids[k][i] += people->bids[k][i];
            comforted[i] += people->comforted[i];
            frightened[i] += people->frightened[i];
        }
    }
    for (uint32_t i = 0; i < PEOPLE; i++) {
        for (int k = 0; k < CR_STRATEGIES; k++) {
            assert_int_equal(lived.tally.bids[k][i], bids[k][i]);
            all += bids[k][i];
        }
        assert_int_equal(lived.tally.comforted[i], comforted[i]);
        assert_int_equal(lived.tally.frightened[i], frightened[i]);
    }
    assert_true(dead > 500 && all > 300);
    cr_tally_clear(&lived.tally);
    for (uint32_t i = 0; i < PEOPLE; i++)
        assert_int_equal(lived.tally.bids[0][i] + lived.tally.rebuffed[i], 0);
    end(&lived);
}

static void counts_stop_at_255(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 4);
    lived.scenario.parameters.life_birth_years = 0.02;
    live_until(&lived, 260); /* of so many weeks with infants' needs */
    unsigned most = 0;
    for (uint32_t i = 0; i < 4; i++)
        most = lived.tally.bids[0][i] > most ? lived.tally.bids[0][i] : most;
    assert_int_equal(most, 255);
    assert_int_equal(cr_tally_sum(200, 54), 254);
    assert_int_equal(cr_tally_sum(200, 55), 255);
    assert_int_equal(cr_tally_sum(255, 255), 255);
    end(&lived);
}

static void quarrels_are_summed_by_relationship(void **state) {
    (void)state;
    static unsigned quarrels[4096];
    struct lived lived;
    begin(&lived, 200);
    live_until(&lived, 800);
    cr_tally_clear(&lived.tally);
    unsigned all = 0;
    for (int week = 0; week < 100; week++) {
        live(&lived);
        const struct cr_bonds *bonds = &lived.simulation.bonds;
        assert_true(bonds->count < 4096);
        for (int32_t k = 0; k < bonds->active_count; k++)
            quarrels[bonds->active[k]] += bonds->bond[bonds->active[k]].quarrels;
    }
    for (int32_t k = 0; k < lived.simulation.bonds.count; k++) {
        assert_int_equal(lived.tally.quarrels[k], quarrels[k] < 255 ? quarrels[k] : 255);
        all += quarrels[k];
    }
    assert_true(all > 100);
    end(&lived);
}

static void every_turning_point_of_a_run_is_counted_once(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 300);
    live_until(&lived, 1700);
    const struct cr_simulation *simulation = &lived.simulation;
    int64_t births = 0, deaths = 0, parted = 0, cohabiting = 0, married = 0;
    for (uint32_t i = 0; i < simulation->people.count; i++) {
        births += simulation->people.birth[i] > 0 && simulation->people.birth[i] <= simulation->week;
        deaths += simulation->people.death[i] <= simulation->week;
    }
    for (int32_t k = 0; k < simulation->bonds.count; k++) {
        const struct cr_bond *bond = &simulation->bonds.bond[k];
        parted += bond->ending != CR_LASTING && bond->ending != CR_DEATH;
        cohabiting += bond->cohabiting >= 0;
        married += bond->married >= 0;
    }
    const int64_t *happened = lived.tally.happened;
    assert_int_equal(happened[CR_HAPPENED_BIRTH], births);
    assert_int_equal(happened[CR_HAPPENED_DEATH], deaths);
    assert_int_equal(happened[CR_HAPPENED_PAIRING], simulation->bonds.count);
    assert_int_equal(happened[CR_HAPPENED_SEPARATION], parted);
    assert_int_equal(happened[CR_HAPPENED_MOVING_IN], cohabiting);
    assert_int_equal(happened[CR_HAPPENED_WEDDING], married);
    assert_true(births > 250 && deaths > 100 && parted > 50 && cohabiting > 50 && married > 20);
    assert_int_equal(
        lived.tally.happening_count, births + deaths + simulation->bonds.count + parted + cohabiting + married);
    end(&lived);
}

static void expect_death(const struct lived *lived, const struct cr_happening *death, int *widowed) {
    const struct cr_simulation *simulation = &lived->simulation;
    assert_int_equal(simulation->people.death[death->person[0]], death->week);
    if (death->bond == CR_NOBODY) {
        assert_int_equal(death->person[1], CR_NOBODY);
        return;
    }
    const struct cr_bond *bond = &simulation->bonds.bond[death->bond];
    assert_int_equal(bond->ending, CR_DEATH);
    assert_int_equal(bond->end, death->week - 1);
    assert_true(bond->person[0] == death->person[0] || bond->person[1] == death->person[0]);
    if (bond->ended_by == 2) {
        assert_int_equal(death->person[1], CR_NOBODY);
        return;
    }
    assert_int_equal(death->person[1], bond->person[1 - bond->ended_by]);
    assert_true(simulation->people.death[death->person[1]] > death->week);
    ++*widowed;
}

static void happenings_tell_who_when_and_which_relationship_in_their_order(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 300);
    int widowed = 0;
    int32_t lasted_until = 0;
    while (lived.simulation.week < 1700) {
        live(&lived);
        const struct cr_simulation *simulation = &lived.simulation;
        for (size_t k = 0; k < lived.tally.happening_count; k++) {
            const struct cr_happening *event = happening(&lived.tally, k);
            const struct cr_bond *bond = event->bond == CR_NOBODY ? NULL : &simulation->bonds.bond[event->bond];
            assert_true(event->week == simulation->week || event->week == simulation->week - 1);
            if (event->kind == CR_HAPPENED_DEATH) {
                expect_death(&lived, event, &widowed);
                continue;
            }
            assert_int_equal(event->kind == CR_HAPPENED_BIRTH, bond == NULL);
            if (bond == NULL) {
                assert_int_equal(simulation->people.birth[event->person[0]], event->week);
                continue;
            }
            assert_memory_equal(event->person, bond->person, sizeof bond->person);
            const int32_t when = event->kind == CR_HAPPENED_PAIRING     ? bond->start
                                 : event->kind == CR_HAPPENED_MOVING_IN ? bond->cohabiting
                                 : event->kind == CR_HAPPENED_WEDDING   ? bond->married
                                                                        : bond->end;
            assert_int_equal(event->week, when);
            assert_int_equal(event->ending, event->kind == CR_HAPPENED_SEPARATION ? bond->ending : 0);
            lasted_until = event->kind == CR_HAPPENED_SEPARATION ? event->week : lasted_until;
        }
        cr_tally_clear(&lived.tally);
    }
    assert_true(widowed > 20 && lasted_until > 1000);
    end(&lived);
}

static void of_too_many_happenings_the_newest_are_kept_and_all_are_counted(void **state) {
    (void)state;
    struct cr_tally tally;
    assert_int_equal(cr_tally_init(&tally, 3, NULL), 0);
    for (int32_t week = 0; week < CR_HAPPENINGS_KEPT + 100; week++)
        cr_tally_happening(&tally,
            &(struct cr_happening){.week = week, .kind = CR_HAPPENED_EARNING, .person = {1, CR_NOBODY}, .bond = -1});
    assert_int_equal(tally.happened[CR_HAPPENED_EARNING], CR_HAPPENINGS_KEPT + 100);
    assert_int_equal(tally.happening_count, CR_HAPPENINGS_KEPT);
    for (size_t k = 0; k < CR_HAPPENINGS_KEPT; k++)
        assert_int_equal(happening(&tally, k)->week, 100 + k);
    cr_tally_clear(&tally);
    assert_int_equal(tally.happening_count + (size_t)tally.happened[CR_HAPPENED_EARNING], 0);
    cr_tally_free(&tally);
}

static void what_is_recalled_is_the_last_week_alone(void **state) {
    (void)state;
    struct lived recalled, one;
    begin(&recalled, 200);
    begin(&one, 200);
    cr_tally_recall(&recalled.tally, &recalled.simulation);
    assert_int_equal(recalled.tally.bids[0][0], 0);
    live_until(&recalled, 900);
    live_until(&one, 899);
    cr_tally_clear(&one.tally);
    live(&one);
    assert_int_equal(cr_tally_expect(&recalled.tally, &recalled.simulation, NULL), 0);
    cr_tally_recall(&recalled.tally, &recalled.simulation);
    for (int k = 0; k < CR_STRATEGIES; k++)
        assert_memory_equal(recalled.tally.bids[k], one.tally.bids[k], 200);
    assert_memory_equal(recalled.tally.rebuffed, one.tally.rebuffed, 200);
    assert_memory_equal(recalled.tally.quarrels, one.tally.quarrels, (size_t)one.simulation.bonds.count);
    assert_int_equal(recalled.tally.happening_count, 0);
    end(&recalled);
    end(&one);
}

static void a_tally_without_memory_says_so_and_leaves_nothing_behind(void **state) {
    (void)state;
    struct lived lived;
    begin(&lived, 20);
    int status = CR_ERROR_MEMORY;
    long n = 0;
    for (; status != 0; n++) {
        struct cr_tally tally;
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_tally_init(&tally, 20, &error);
        if (status == 0)
            status = cr_tally_expect(&tally, &lived.simulation, &error);
        allocations_left = -1;
        assert_int_equal(status, error.code);
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
        cr_tally_free(&tally);
        assert_int_equal(allocations_held, held);
    }
    assert_int_equal(n, 11);
    end(&lived);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(episodes_are_summed_over_the_weeks_of_the_living),
        cmocka_unit_test(counts_stop_at_255),
        cmocka_unit_test(quarrels_are_summed_by_relationship),
        cmocka_unit_test(every_turning_point_of_a_run_is_counted_once),
        cmocka_unit_test(happenings_tell_who_when_and_which_relationship_in_their_order),
        cmocka_unit_test(of_too_many_happenings_the_newest_are_kept_and_all_are_counted),
        cmocka_unit_test(what_is_recalled_is_the_last_week_alone),
        cmocka_unit_test(a_tally_without_memory_says_so_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
