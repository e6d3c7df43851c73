#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "world.h"

/* Single adults of 20 to 40, of whom as good as all go out and accept whom they meet. */
static void sociable(struct world *world, uint32_t people) {
    world_begin(world, people);
    struct cr_parameters *p = &world->scenario.parameters;
    p->life_adult_age = 18.0;
    p->meeting_rate = 1.0;
    p->meeting_age_years = 200.0;
    p->meeting_reticence = 0.0;
    p->meeting_age_spread = 2.5;
    p->pairing_acceptance = 10.0;
    p->pairing_impression = 0.0;
    p->pairing_age_gap = 0.0;
    p->pairing_loneliness = 0.0;
    for (uint32_t i = 0; i < people; i++)
        world_person(world, i, i % 7 < 3 ? CR_FEMALE : CR_MALE, 20 + (int32_t)(i * 11 % 21));
}

static void meet(struct world *world) {
    world_resolve(world);
    cr_meeting_arrange(&world->meeting, &world->people, &world->setting.luck);
    cr_pairing_meet(&world->setting, &world->people, &world->bonds, &world->meeting);
}

/* Whom each meets this week by going out. */
static int encounters(struct world *world, int32_t *met) {
    int count = 0;
    world_resolve(world);
    cr_meeting_arrange(&world->meeting, &world->people, &world->setting.luck);
    for (uint32_t i = 0; i < world->people.count; i++) {
        met[i] = cr_pairing_encounter(&world->setting, &world->people, &world->meeting, i);
        count += met[i] != CR_NOBODY;
    }
    return count;
}

static void make_single(struct world *world) {
    world->bonds.count = 0;
    world->bonds.active_count = 0;
    for (uint32_t i = 0; i < world->people.count; i++) {
        world->people.partner[i] = CR_NOBODY;
        world->people.bond[i] = CR_NOBODY;
    }
}

static void without_memory_nobody_can_meet(void **state) {
    (void)state;
    struct cr_meeting meeting = {0};
    struct cr_error error = {0};
    allocations_left = 0;
    const int code = cr_meeting_init(&meeting, 500, &error);
    allocations_left = -1;
    assert_int_equal(code, CR_ERROR_MEMORY);
    assert_non_null(strstr(error.sentence, "500 persons"));
    cr_meeting_free(&meeting);
    cr_meeting_free(&meeting);
}

static void only_single_living_adults_pair_and_with_the_other_sex(void **state) {
    (void)state;
    enum { PEOPLE = 400 };
    struct world world;
    sociable(&world, PEOPLE);
    const int32_t week = world.setting.week;
    struct cr_population *people = &world.people;
    for (uint32_t i = 0; i + 1 < PEOPLE; i += 8) {
        people->birth[i] = week - 18 * CR_WEEKS_A_YEAR + 1; /* a minor, for one more week */
        people->death[i + 1] = week;                        /* dead since this week */
        people->birth[i + 2] = week + 1;                    /* unborn */
        cr_couple_form(&world.setting, people, &world.bonds, i + 3, i + 4);
    }
    const int32_t couples = world.bonds.count;
    meet(&world);
    assert_true(world.bonds.count > couples + 20);
    assert_int_equal(world.bonds.active_count, world.bonds.count);
    for (int32_t k = couples; k < world.bonds.count; k++) {
        const int32_t a = world.bonds.bond[k].person[0];
        const int32_t b = world.bonds.bond[k].person[1];
        assert_true(people->sex[a] != people->sex[b]);
        assert_true(people->partner[a] == b && people->partner[b] == a);
        assert_true(people->bond[a] == k && people->bond[b] == k);
        assert_true(a % 8 >= 5 && b % 8 >= 5);
        assert_int_equal(world.bonds.bond[k].start, week);
    }
    for (int32_t i = 0; i < PEOPLE; i++) {
        if (i % 8 < 3)
            assert_int_equal(people->partner[i], CR_NOBODY);
        if (i % 8 == 3)
            assert_int_equal(people->partner[i], i + 1);
        assert_true(people->partner[i] == CR_NOBODY || people->partner[people->partner[i]] == i);
    }
    world_end(&world);
}

static void one_is_an_adult_from_the_very_age(void **state) {
    (void)state;
    struct world world;
    sociable(&world, 2);
    world_person(&world, 0, CR_FEMALE, 18);
    world_person(&world, 1, CR_MALE, 18);
    meet(&world);
    assert_int_equal(world.people.partner[0], 1);
    world_end(&world);
}

static void two_of_one_sex_do_not_pair(void **state) {
    (void)state;
    struct world world;
    sociable(&world, 50);
    for (uint32_t i = 0; i < 50; i++)
        world.people.sex[i] = CR_MALE;
    meet(&world);
    assert_int_equal(world.meeting.count[CR_MALE], 50);
    assert_int_equal(world.bonds.count, 0);
    world_end(&world);
}

static void who_dies_with_this_week_does_not_begin_a_relationship(void **state) {
    (void)state;
    struct world world;
    sociable(&world, 200);
    for (uint32_t i = 0; i < 200; i += 2)
        world.people.death[i] = world.setting.week + 1;
    meet(&world);
    assert_true(world.bonds.count > 0);
    for (uint32_t i = 0; i < 200; i += 2)
        assert_int_equal(world.people.partner[i], CR_NOBODY);
    world_end(&world);
}

static void those_whom_one_comes_across_are_of_about_ones_age(void **state) {
    (void)state;
    enum { PEOPLE = 20000 };
    struct world world;
    static int32_t met[PEOPLE];
    sociable(&world, PEOPLE);
    /* Born evenly over 60 years, so that nobody looked at is near an edge. */
    for (uint32_t i = 0; i < PEOPLE; i++) {
        world_person(&world, i, i % 2 == 0 ? CR_FEMALE : CR_MALE, 80);
        world.people.birth[i] += (int32_t)((int64_t)i * 60 * CR_WEEKS_A_YEAR / PEOPLE);
    }
    assert_true(encounters(&world, met) > PEOPLE / 2);
    double sum = 0.0, squares = 0.0;
    int n = 0;
    for (uint32_t i = 0; i < PEOPLE; i++) {
        const double age = cr_person_age(&world.people, i, world.setting.week);
        if (met[i] == CR_NOBODY || age < 35.0 || age > 65.0)
            continue;
        const double gap = age - cr_person_age(&world.people, (uint32_t)met[i], world.setting.week);
        assert_int_not_equal(world.people.sex[i], world.people.sex[met[i]]);
        sum += gap;
        squares += gap * gap;
        n++;
    }
    assert_true(n > 5000);
    assert_near(sum / n, 0.0, 4.0 * 2.5 / sqrt(n));
    assert_near(sqrt(squares / n), 2.5, 4.0 * 2.5 / sqrt(2.0 * n));
    world_end(&world);
}

static void nobody_is_met_much_more_often_than_others(void **state) {
    (void)state;
    enum { PEOPLE = 400, WEEKS = 400 };
    struct world world;
    int32_t met[PEOPLE];
    int times[PEOPLE] = {0}, most = 0, all = 0;
    sociable(&world, PEOPLE);
    for (uint32_t i = 0; i < PEOPLE; i++) {
        world_person(&world, i, i % 2 == 0 ? CR_FEMALE : CR_MALE, 25);
        world.people.birth[i] -= (int32_t)(i * 211 % 520);
    }
    for (int week = 0; week < WEEKS; week++, world.setting.week++) {
        all += encounters(&world, met);
        for (uint32_t i = 0; i < PEOPLE; i++)
            if (met[i] != CR_NOBODY)
                times[met[i]]++;
    }
    for (uint32_t i = 0; i < PEOPLE; i++)
        most = times[i] > most ? times[i] : most;
    assert_true(all > PEOPLE * WEEKS / 2);
    assert_true(most < 2.0 * all / PEOPLE);
    world_end(&world);
}

static void one_more_person_changes_hardly_any_other_meeting(void **state) {
    (void)state;
    enum { PEOPLE = 800, WEEKS = 10 };
    struct world without, with;
    int32_t met_without[PEOPLE], met_with[PEOPLE + 1];
    sociable(&without, PEOPLE);
    sociable(&with, PEOPLE + 1);
    int out = 0, known = 0, changed = 0;
    for (int week = 0; week < WEEKS; week++) {
        without.setting.week++;
        with.setting.week++;
        world_person(&with, PEOPLE, week % 2 == 0 ? CR_FEMALE : CR_MALE, 30);
        known += encounters(&without, met_without);
        (void)encounters(&with, met_with);
        out += met_with[PEOPLE] != CR_NOBODY;
        for (uint32_t i = 0; i < PEOPLE; i++)
            changed += met_without[i] != met_with[i];
    }
    assert_true(known > PEOPLE * WEEKS / 2);
    assert_true(out > 5);
    assert_true(changed < known / 20);
    world_end(&without);
    world_end(&with);
}

static void couples_take_nobody_elses_meeting(void **state) {
    (void)state;
    struct world world;
    int32_t before[200], after[200];
    sociable(&world, 200);
    assert_true(encounters(&world, before) > 100);
    world_resolve(&world);
    cr_couple_form(&world.setting, &world.people, &world.bonds, 0, 3);
    cr_couple_form(&world.setting, &world.people, &world.bonds, 1, 4);
    (void)encounters(&world, after);
    int same = 0;
    for (int32_t i = 0; i < 200; i++) {
        const bool bound = world.people.partner[i] != CR_NOBODY;
        const bool met_bound = before[i] != CR_NOBODY && world.people.partner[before[i]] != CR_NOBODY;
        assert_int_equal(after[i], bound || met_bound ? CR_NOBODY : before[i]);
        same += after[i] != CR_NOBODY;
    }
    assert_true(same > 90);
    world_end(&world);
}

static void people_meet_at_the_rate_given_less_with_age_grief_and_reticence(void **state) {
    (void)state;
    enum { PEOPLE = 8000 };
    struct world world;
    static int32_t met[PEOPLE];
    sociable(&world, PEOPLE);
    struct cr_parameters *p = &world.scenario.parameters;
    p->meeting_rate = 0.6;
    p->meeting_age_years = 20.0;
    p->meeting_reticence = 0.5;
    const struct {
        int32_t age;
        double grief, deactivation, ready;
    } rows[] = {
        {18, 0.0, 0.0, 1.0},
        {38, 0.0, 0.0, exp(-1.0)},
        {18, 0.5, 0.0, 0.5},
        {18, 1.0, 0.0, 0.0},
        {18, 0.0, 0.8, 0.6},
        {28, 0.5, 1.0, exp(-0.5) * 0.5 * 0.5},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        world.setting.week++;
        for (uint32_t i = 0; i < PEOPLE; i++) {
            world_person(&world, i, i % 2 == 0 ? CR_FEMALE : CR_MALE, rows[row].age);
            world.people.grief[i] = rows[row].grief;
            world.people.policy[CR_DEACTIVATE][i] = rows[row].deactivation;
        }
        /* Both have to be ready. Those of one week of birth differ by a fraction of a week alone, so with a spread of
         * years as good as all targets are mirrored far outside; with one of an hour they are not. */
        p->meeting_age_spread = 1e-4;
        const double chance = 0.6 * rows[row].ready * rows[row].ready;
        assert_near(encounters(&world, met), PEOPLE * chance, 5.0 * sqrt(PEOPLE * chance * (1.0 - chance)) + 1e-9);
    }
    world_end(&world);
}

/* How many meetings there are over some weeks of two who are single still, and how many of them pair. */
static void count_pairs(struct world *world, int *met, int *paired) {
    enum { MOST = 1000 };
    *met = 0;
    *paired = 0;
    for (int week = 0; week < 12; week++) {
        int32_t whom[MOST];
        bool bound[MOST] = {false};
        world->setting.week++;
        make_single(world);
        (void)encounters(world, whom);
        meet(world);
        *paired += world->bonds.count;
        for (uint32_t i = 0; i < world->people.count; i++) {
            if (whom[i] == CR_NOBODY || bound[i] || bound[whom[i]])
                continue;
            ++*met;
            if (world->people.partner[i] == whom[i])
                bound[i] = bound[whom[i]] = true;
        }
    }
}

static void both_have_to_accept(void **state) {
    (void)state;
    struct world world;
    int met, paired;
    sociable(&world, 1000);
    world.scenario.parameters.meeting_rate = 0.1; /* so that few meet two in a week */
    world.scenario.parameters.pairing_acceptance = 0.4;
    count_pairs(&world, &met, &paired);
    const double chance = pow(1.0 / (1.0 + exp(-0.4)), 2.0);
    assert_true(met > 500);
    assert_near((double)paired / met, chance, 4.0 * sqrt(chance * (1.0 - chance) / met));
    world.scenario.parameters.pairing_acceptance = -10.0;
    count_pairs(&world, &met, &paired);
    assert_int_equal(paired, 0);
    world_end(&world);
}

static void a_gap_in_age_deters_and_arousal_urges(void **state) {
    (void)state;
    struct world world;
    int met, plain, deterred, urged;
    sociable(&world, 1000);
    struct cr_parameters *p = &world.scenario.parameters;
    p->meeting_rate = 0.1;
    p->pairing_acceptance = 0.0;
    count_pairs(&world, &met, &plain);
    p->pairing_age_gap = 0.5;
    world.setting.week -= 12;
    count_pairs(&world, &met, &deterred);
    assert_true(deterred < plain - 20);
    p->pairing_age_gap = 0.0;
    p->pairing_loneliness = 2.0;
    for (uint32_t i = 0; i < world.people.count; i++)
        world.people.arousal[i] = 1.0;
    world.setting.week -= 12;
    count_pairs(&world, &met, &urged);
    const double chance = pow(1.0 / (1.0 + exp(-1.0)), 2.0);
    assert_near((double)urged / met, chance, 4.0 * sqrt(chance * (1.0 - chance) / met));
    world_end(&world);
}

static void those_who_pair_fit_better_than_those_who_only_meet(void **state) {
    (void)state;
    struct world world;
    sociable(&world, 600);
    struct cr_parameters *p = &world.scenario.parameters;
    p->pairing_acceptance = 0.0;
    p->pairing_impression = 2.0;
    p->pairing_impression_error = 0.5;
    meet(&world);
    double sum = 0.0;
    for (int32_t k = 0; k < world.bonds.count; k++)
        sum += world.bonds.bond[k].fit;
    assert_true(world.bonds.count > 30);
    assert_true(sum / world.bonds.count > 0.4);
    world_end(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nobody_can_meet),
        cmocka_unit_test(only_single_living_adults_pair_and_with_the_other_sex),
        cmocka_unit_test(one_is_an_adult_from_the_very_age),
        cmocka_unit_test(two_of_one_sex_do_not_pair),
        cmocka_unit_test(who_dies_with_this_week_does_not_begin_a_relationship),
        cmocka_unit_test(those_whom_one_comes_across_are_of_about_ones_age),
        cmocka_unit_test(nobody_is_met_much_more_often_than_others),
        cmocka_unit_test(one_more_person_changes_hardly_any_other_meeting),
        cmocka_unit_test(couples_take_nobody_elses_meeting),
        cmocka_unit_test(people_meet_at_the_rate_given_less_with_age_grief_and_reticence),
        cmocka_unit_test(both_have_to_accept),
        cmocka_unit_test(a_gap_in_age_deters_and_arousal_urges),
        cmocka_unit_test(those_who_pair_fit_better_than_those_who_only_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
