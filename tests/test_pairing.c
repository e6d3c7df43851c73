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
    cr_pairing_meet(&world->setting, &world->people, &world->bonds, &world->meeting);
}

/* Lets them meet in the week after, everybody being single again. */
static void meet_anew(struct world *world) {
    world_resolve(world);
    world->setting.week++;
    world->bonds.count = 0;
    world->bonds.active_count = 0;
    for (uint32_t i = 0; i < world->people.count; i++) {
        world->people.partner[i] = CR_NOBODY;
        world->people.bond[i] = CR_NOBODY;
    }
    meet(world);
}

/* The nearest guest of the other sex by looking at all; `count` where there is none. */
static uint32_t nearest_of_all(const struct cr_meeting *meeting, uint32_t of) {
    uint32_t best = meeting->count;
    for (uint32_t k = 0; k < meeting->count; k++)
        if (meeting->guest[k].sex != meeting->guest[of].sex &&
            (best == meeting->count || fabs(meeting->guest[k].place - meeting->guest[of].place) <
                                           fabs(meeting->guest[best].place - meeting->guest[of].place)))
            best = k;
    return best;
}

static bool goes_out(const struct cr_meeting *meeting, uint32_t person) {
    for (uint32_t k = 0; k < meeting->count; k++)
        if (meeting->guest[k].person == person)
            return true;
    return false;
}

static bool meets(const struct cr_meeting *meeting, uint32_t of) {
    const uint32_t other = nearest_of_all(meeting, of);
    return other != meeting->count && nearest_of_all(meeting, other) == of;
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
    assert_true(world.meeting.count > 30);
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

static void those_pair_who_are_each_others_nearest(void **state) {
    (void)state;
    struct world world;
    sociable(&world, 300);
    meet(&world);
    int pairs = 0;
    assert_true(world.meeting.count > 250);
    for (uint32_t k = 0; k < world.meeting.count; k++) {
        const struct cr_guest *guest = &world.meeting.guest[k];
        assert_true(k == 0 || world.meeting.guest[k - 1].place <= guest->place);
        assert_near(guest->place, cr_person_age(&world.people, guest->person, world.setting.week), 2.5 * 3.5);
        if (!meets(&world.meeting, k)) {
            assert_int_equal(world.people.partner[guest->person], CR_NOBODY);
            continue;
        }
        /* A logit of 10 leaves one in 22,000 unwilling. */
        const struct cr_guest *other = &world.meeting.guest[nearest_of_all(&world.meeting, k)];
        assert_int_equal(world.people.partner[guest->person], other->person);
        pairs++;
    }
    assert_int_equal(world.bonds.count, pairs / 2);
    assert_true(pairs > 100);
    world_end(&world);
}

static void one_more_guest_far_away_changes_no_other_meeting(void **state) {
    (void)state;
    struct world without, with;
    sociable(&without, 100);
    sociable(&with, 101);
    int out = 0;
    for (int sex = CR_FEMALE; sex <= CR_MALE; sex++)
        for (int week = 0; week < 10; week++) {
            world_person(&with, 100, (enum cr_sex)sex, 90);
            meet_anew(&without);
            meet_anew(&with);
            assert_int_equal(with.meeting.count, without.meeting.count + (goes_out(&with.meeting, 100) ? 1 : 0));
            assert_true(without.bonds.count > 10);
            assert_int_equal(without.bonds.count, with.bonds.count);
            for (uint32_t i = 0; i < 100; i++) {
                assert_int_equal(without.people.partner[i], with.people.partner[i]);
                assert_true(without.people.satisfaction[i] == with.people.satisfaction[i]);
            }
            assert_int_equal(with.people.partner[100], CR_NOBODY);
            out += goes_out(&with.meeting, 100);
        }
    assert_true(out > 10);
    world_end(&without);
    world_end(&with);
}

static void people_go_out_at_the_rate_given_less_with_age_grief_and_reticence(void **state) {
    (void)state;
    enum { PEOPLE = 4000 };
    struct world world;
    sociable(&world, PEOPLE);
    struct cr_parameters *p = &world.scenario.parameters;
    p->pairing_acceptance = -10.0;
    p->meeting_rate = 0.6;
    p->meeting_age_years = 20.0;
    p->meeting_reticence = 0.5;
    const struct {
        int32_t age;
        double grief, deactivation, chance;
    } rows[] = {
        {18, 0.0, 0.0, 0.6},
        {38, 0.0, 0.0, 0.6 * exp(-1.0)},
        {18, 0.5, 0.0, 0.3},
        {18, 1.0, 0.0, 0.0},
        {18, 0.0, 0.8, 0.6 * 0.6},
        {28, 0.5, 1.0, 0.6 * exp(-0.5) * 0.5 * 0.5},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        world.setting.week++;
        for (uint32_t i = 0; i < PEOPLE; i++) {
            world_person(&world, i, CR_FEMALE, rows[row].age);
            world.people.grief[i] = rows[row].grief;
            world.people.policy[CR_DEACTIVATE][i] = rows[row].deactivation;
        }
        meet(&world);
        const double chance = rows[row].chance;
        assert_near(world.meeting.count, PEOPLE * chance, 4.0 * sqrt(PEOPLE * chance * (1.0 - chance)));
    }
    world_end(&world);
}

/* How many of those who meet over some weeks pair. */
static void count_pairs(struct world *world, int *met, int *paired) {
    *met = 0;
    *paired = 0;
    for (int week = 0; week < 12; week++) {
        meet_anew(world);
        *paired += world->bonds.count;
        for (uint32_t k = 0; k < world->meeting.count; k++)
            *met += meets(&world->meeting, k);
    }
    *met /= 2;
}

static void both_have_to_accept(void **state) {
    (void)state;
    struct world world;
    int met, paired;
    sociable(&world, 300);
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
    sociable(&world, 300);
    struct cr_parameters *p = &world.scenario.parameters;
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
        cmocka_unit_test(those_pair_who_are_each_others_nearest),
        cmocka_unit_test(one_more_guest_far_away_changes_no_other_meeting),
        cmocka_unit_test(people_go_out_at_the_rate_given_less_with_age_grief_and_reticence),
        cmocka_unit_test(both_have_to_accept),
        cmocka_unit_test(a_gap_in_age_deters_and_arousal_urges),
        cmocka_unit_test(those_who_pair_fit_better_than_those_who_only_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
