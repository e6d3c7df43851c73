#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "world.h"

static void without_memory_there_is_no_population_and_nothing_to_give_back(void **state) {
    (void)state;
    struct cr_population people;
    struct cr_error error = {0};
    const long held = allocations_held;
    memset(&people, 0x5a, sizeof people);
    allocations_left = 0;
    const int code = cr_population_init(&people, 1000, &error);
    allocations_left = -1;
    assert_int_equal(code, CR_ERROR_MEMORY);
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    assert_non_null(strstr(error.sentence, "1000 persons"));
    cr_population_free(&people);
    cr_population_free(&people);
    assert_int_equal(allocations_held, held);
}

static void freeing_gives_everything_back_and_is_safe_twice(void **state) {
    (void)state;
    struct cr_population people;
    const long held = allocations_held;
    assert_int_equal(cr_population_init(&people, 10, NULL), 0);
    assert_true(allocations_held > held);
    cr_population_free(&people);
    cr_population_free(&people);
    assert_int_equal(allocations_held, held);
    assert_null(people.memory);
    assert_int_equal(people.count, 0);
}

static void every_array_is_zero_at_first_and_shares_no_byte_with_another(void **state) {
    (void)state;
    enum { COUNT = 37 };
    struct cr_population people;
    assert_int_equal(cr_population_init(&people, COUNT, NULL), 0);
    const unsigned char *bytes = people.memory;
    for (size_t k = 0; k < people.bytes; k++)
        assert_int_equal(bytes[k], 0);
    unsigned char mark = 0;
#define CR_ARRAY(type, name) memset(people.name, ++mark, COUNT * sizeof(type));
#define CR_ARRAYS(type, name, kinds)                                                                                   \
    for (int k = 0; k < (kinds); k++)                                                                                  \
        memset(people.name[k], ++mark, COUNT * sizeof(type));
    CR_PERSON_ROWS(CR_ARRAY, CR_ARRAYS)
#undef CR_ARRAY
#undef CR_ARRAYS
    mark = 0;
#define CR_UNTOUCHED(type, array)                                                                                      \
    mark++;                                                                                                            \
    assert_true((uintptr_t)(array) % 64 == 0);                                                                         \
    assert_true((const unsigned char *)(array) >= bytes);                                                              \
    assert_true((const unsigned char *)(array) + COUNT * sizeof(type) <= bytes + people.bytes);                        \
    for (size_t b = 0; b < COUNT * sizeof(type); b++)                                                                  \
        assert_int_equal(((const unsigned char *)(array))[b], mark);
#define CR_ARRAY(type, name) CR_UNTOUCHED(type, people.name)
#define CR_ARRAYS(type, name, kinds)                                                                                   \
    for (int k = 0; k < (kinds); k++) {                                                                                \
        CR_UNTOUCHED(type, people.name[k])                                                                             \
    }
    CR_PERSON_ROWS(CR_ARRAY, CR_ARRAYS)
#undef CR_ARRAY
#undef CR_ARRAYS
#undef CR_UNTOUCHED
    cr_population_free(&people);
}

/* Fails unless the first `count` persons of two populations are the same in every array. */
static void expect_same_people(const struct cr_population *left, const struct cr_population *right, uint32_t count) {
#define CR_ARRAY(type, name) assert_memory_equal(left->name, right->name, count * sizeof(type));
#define CR_ARRAYS(type, name, kinds)                                                                                   \
    for (int k = 0; k < (kinds); k++)                                                                                  \
        assert_memory_equal(left->name[k], right->name[k], count * sizeof(type));
    CR_PERSON_ROWS(CR_ARRAY, CR_ARRAYS)
#undef CR_ARRAY
#undef CR_ARRAYS
}

static void a_birth_is_the_same_however_many_and_in_whatever_order_people_are_born(void **state) {
    (void)state;
    enum { FEW = 50, MANY = 77 };
    struct world few, many;
    world_begin(&few, FEW);
    world_begin(&many, MANY);
    expect_same_people(&few.people, &many.people, FEW);
    memset(few.people.memory, 0, few.people.bytes);
    for (uint32_t i = FEW; i-- > 0;)
        cr_population_birth(&few.people, i, &few.scenario, &few.setting.luck);
    expect_same_people(&few.people, &many.people, FEW);
    world_end(&few);
    world_end(&many);
}

static void another_seed_or_replicate_makes_other_people(void **state) {
    (void)state;
    struct world one, other;
    world_begin(&one, 20);
    world_begin(&other, 20);
    for (int difference = 0; difference < 2; difference++) {
        const struct cr_stream luck = {.seed = one.setting.luck.seed + (difference == 0 ? 1U : 0U),
            .replicate = one.setting.luck.replicate + (difference == 1 ? 1U : 0U)};
        for (uint32_t i = 0; i < 20; i++) {
            cr_population_birth(&other.people, i, &other.scenario, &luck);
            assert_true(one.people.temperament[i] != other.people.temperament[i]);
            assert_true(one.people.caregiver[i].sensitivity != other.people.caregiver[i].sensitivity);
        }
    }
    world_end(&one);
    world_end(&other);
}

static void births_are_as_the_parameters_say(void **state) {
    (void)state;
    enum { COUNT = 20000 };
    struct world world;
    world_begin(&world, 1);
    struct cr_population *people = &world.people;
    cr_population_free(people);
    assert_int_equal(cr_population_init(people, COUNT, NULL), 0);
    world.scenario.parameters.life_birth_years = 10.0;
    world.scenario.parameters.life_temperament_sd = 1.5;
    world.scenario.parameters.life_median_age = 70.0;
    world.scenario.parameters.caregiving_parent_age = 30.0;
    int by_year[10] = {0};
    int men = 0;
    int reach_the_median = 0;
    int parents_reach_the_median = 0;
    double temperament = 0.0;
    double squares = 0.0;
    for (uint32_t i = 0; i < COUNT; i++) {
        cr_population_birth(people, i, &world.scenario, &world.setting.luck);
        assert_true(people->birth[i] >= 0 && people->birth[i] < 10 * CR_WEEKS_A_YEAR);
        by_year[people->birth[i] / CR_WEEKS_A_YEAR]++;
        men += people->sex[i] == CR_MALE;
        assert_true(people->sex[i] == CR_MALE || people->sex[i] == CR_FEMALE);
        assert_true(people->death[i] - people->birth[i] >= 18 * CR_WEEKS_A_YEAR);
        reach_the_median += people->death[i] - people->birth[i] > 70 * CR_WEEKS_A_YEAR;
        assert_true(people->caregiver_death[i] > people->birth[i]);
        parents_reach_the_median += people->caregiver_death[i] - people->birth[i] > 40 * CR_WEEKS_A_YEAR;
        temperament += people->temperament[i];
        squares += people->temperament[i] * people->temperament[i];
    }
    /* Within four standard errors. */
    for (int year = 0; year < 10; year++)
        assert_near(by_year[year], COUNT / 10.0, 4.0 * sqrt(COUNT * 0.09));
    assert_near(men, COUNT / 2.0, 4.0 * sqrt(COUNT * 0.25));
    assert_near(reach_the_median, COUNT / 2.0, 4.0 * sqrt(COUNT * 0.25));
    assert_true(parents_reach_the_median > COUNT / 2);
    assert_near(temperament / COUNT, 0.0, 4.0 * 1.5 / sqrt(COUNT));
    assert_near(squares / COUNT, 1.5 * 1.5, 4.0 * 1.5 * 1.5 * sqrt(2.0 / COUNT));
    world_end(&world);
}

static void the_newborn_believe_what_the_scenario_says_of_everybody_and_know_nobody(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 30);
    const struct cr_population *people = &world.people;
    double belief[CR_BELIEFS];
    cr_working_model_initial(&world.scenario.parameters, belief);
    for (uint32_t i = 0; i < people->count; i++) {
        for (int b = 0; b < CR_BELIEFS; b++) {
            assert_true(people->general[b][i] == belief[b] && people->prototype[b][i] == belief[b]);
            for (int role = 0; role < CR_FIGURE_ROLES; role++)
                assert_true(people->specific[role * CR_BELIEFS + b][i] == belief[b]);
        }
        assert_true(people->experience[CR_CAREGIVER][i] == 0.0 && people->experience[CR_PARTNER][i] == 0.0);
        assert_int_equal(people->partner[i], CR_NOBODY);
        assert_int_equal(people->bond[i], CR_NOBODY);
        assert_int_equal(people->caregivers[i], 1);
        const struct cr_profile first = cr_caregiving_draw(&world.scenario, &world.setting.luck, i, 0);
        assert_memory_equal(&people->caregiver[i], &first, sizeof first);
    }
    world_end(&world);
}

static void caregivers_are_available_at_birth_as_often_as_they_are(void **state) {
    (void)state;
    enum { COUNT = 5000 };
    struct world world;
    world_begin(&world, COUNT);
    double expected = 0.0;
    double variance = 0.0;
    int present = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        const double availability = world.people.caregiver[i].availability;
        expected += availability;
        variance += availability * (1.0 - availability);
        present += world.people.caregiver_present[i];
    }
    assert_near(present, expected, 4.0 * sqrt(variance));
    world_end(&world);
}

static void one_lives_from_birth_until_the_week_of_death(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 1);
    world.people.birth[0] = 104;
    world.people.death[0] = 5000;
    assert_false(cr_person_alive(&world.people, 0, 103));
    assert_true(cr_person_alive(&world.people, 0, 104));
    assert_true(cr_person_alive(&world.people, 0, 4999));
    assert_false(cr_person_alive(&world.people, 0, 5000));
    assert_true(cr_person_age(&world.people, 0, 104) == 0.0);
    assert_true(cr_person_age(&world.people, 0, 52) == -1.0);
    assert_true(cr_person_age(&world.people, 0, 104 + 26) == 0.5);
    world_end(&world);
}

static void what_is_expected_moves_from_general_to_particular_with_experience(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 2);
    struct cr_population *people = &world.people;
    for (int b = 0; b < CR_BELIEFS; b++) {
        people->general[b][1] = 0.2;
        people->specific[CR_CAREGIVER * CR_BELIEFS + b][1] = 0.6;
        people->specific[CR_PARTNER * CR_BELIEFS + b][1] = 1.0;
    }
    people->experience[CR_CAREGIVER][1] = 10.0;
    people->experience[CR_PARTNER][1] = 30.0;
    double of_caregiver[CR_BELIEFS], of_partner[CR_BELIEFS], of_nobody[CR_BELIEFS];
    cr_person_expects(people, 1, CR_CAREGIVER, 10.0, of_caregiver);
    cr_person_expects(people, 1, CR_PARTNER, 10.0, of_partner);
    cr_person_expects(people, 1, CR_NOBODY, 10.0, of_nobody);
    for (int b = 0; b < CR_BELIEFS; b++) {
        assert_near(of_caregiver[b], 0.4, 1e-9);
        assert_near(of_partner[b], 0.8, 1e-9);
        assert_true(of_nobody[b] == 0.2);
    }
    people->experience[CR_PARTNER][1] = 0.0;
    cr_person_expects(people, 1, CR_PARTNER, 0.0, of_partner);
    for (int b = 0; b < CR_BELIEFS; b++)
        assert_true(of_partner[b] == 0.2);
    world_end(&world);
}

static void hard_times_make_care_worse_and_easy_times_better(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 40);
    world.scenario.parameters.caregiving_hardship = 0.5;
    struct cr_profile hard, plain, easy;
    for (uint32_t i = 0; i < world.people.count; i++) {
        world.people.caregiver[i] = (struct cr_profile){
            .sensitivity = 0.7, .availability = 0.6, .inconsistency = 0.4, .rebuff = 0.3, .fright = 0.1};
        world.people.hardship[i] = 0.1 + 0.2 * i;
        assert_true(cr_person_caregiver_now(&world.setting, &world.people, i, &hard) == 1.0);
        world.people.hardship[i] *= -1.0;
        assert_true(cr_person_caregiver_now(&world.setting, &world.people, i, &easy) == 1.0);
        world.people.hardship[i] = 0.0;
        assert_true(cr_person_caregiver_now(&world.setting, &world.people, i, &plain) == 1.0);
        assert_memory_equal(&plain, &world.people.caregiver[i], sizeof plain);
        assert_true(hard.sensitivity < 0.7 && hard.sensitivity >= 0.0 && easy.sensitivity > 0.7);
        assert_true(hard.availability < 0.6 && hard.availability >= 0.0 && easy.availability > 0.6);
        assert_true(hard.rebuff > 0.3 && hard.rebuff <= 1.0 && easy.rebuff < 0.3 && easy.rebuff >= 0.0);
        assert_true(hard.fright > 0.1 && hard.fright <= 1.0 && easy.fright < 0.1 && easy.fright >= 0.0);
        assert_true(easy.sensitivity <= 1.0 && easy.availability <= 1.0);
    }
    world_end(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_there_is_no_population_and_nothing_to_give_back),
        cmocka_unit_test(freeing_gives_everything_back_and_is_safe_twice),
        cmocka_unit_test(every_array_is_zero_at_first_and_shares_no_byte_with_another),
        cmocka_unit_test(a_birth_is_the_same_however_many_and_in_whatever_order_people_are_born),
        cmocka_unit_test(another_seed_or_replicate_makes_other_people),
        cmocka_unit_test(births_are_as_the_parameters_say),
        cmocka_unit_test(the_newborn_believe_what_the_scenario_says_of_everybody_and_know_nobody),
        cmocka_unit_test(caregivers_are_available_at_birth_as_often_as_they_are),
        cmocka_unit_test(one_lives_from_birth_until_the_week_of_death),
        cmocka_unit_test(what_is_expected_moves_from_general_to_particular_with_experience),
        cmocka_unit_test(hard_times_make_care_worse_and_easy_times_better),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
