#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/life_course.h"
#include "model/population.h"
#include "near.h"

static const double week = 1.0 / CR_WEEKS_A_YEAR;

static struct cr_parameters lives(double median_age, double death_doubling) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.life_median_age = median_age;
    scenario.parameters.life_death_doubling = death_doubling;
    return scenario.parameters;
}

/* Age at death in years of one of that age. */
static double death_at(const struct cr_parameters *p, double age, double u) {
    return age + cr_life_course_lifetime(p, age, u) * week;
}

/* Share of those who reach 18 that reach an age, by Gompertz's law. */
static double survivors(double median_age, double death_doubling, double age) {
    const double growth = log(2.0) / death_doubling;
    const double by_age = exp(growth * age) - exp(growth * 18.0);
    return exp(-log(2.0) * by_age / (exp(growth * median_age) - exp(growth * 18.0)));
}

static void half_of_all_reach_the_median_age(void **state) {
    (void)state;
    const double medians[] = {20.0, 40.0, 80.0, 110.0};
    for (int m = 0; m < 4; m++)
        for (int doubling = 3; doubling <= 20; doubling++) {
            const struct cr_parameters p = lives(medians[m], doubling);
            assert_near(death_at(&p, 0.0, 0.5), medians[m], 1.01 * week);
            assert_true(death_at(&p, 0.0, 0.5 - 1e-3) >= medians[m]);
            assert_true(death_at(&p, 0.0, 0.5 + 1e-3) <= medians[m] + 1.01 * week);
        }
}

static void ages_at_death_follow_gompertz(void **state) {
    (void)state;
    const struct cr_parameters p = lives(75.0, 9.0);
    for (int k = 1; k < 1000; k++) {
        const double age = death_at(&p, 0.0, k / 1000.0);
        assert_true(survivors(75.0, 9.0, age) <= k / 1000.0 + 1e-9);
        assert_true(survivors(75.0, 9.0, age - week) >= k / 1000.0 - 1e-9);
    }
}

static void the_hazard_of_death_doubles_in_the_time_given(void **state) {
    (void)state;
    const double doubling = 6.0;
    const struct cr_parameters p = lives(70.0, doubling);
    /* Of equal hazards H, 2 H, 4 H over equal spans follow survivors e^-H, e^-3H, e^-7H. */
    const double first = death_at(&p, 0.0, exp(-0.4));
    const double second = death_at(&p, 0.0, exp(-0.4 - 0.2));
    const double third = death_at(&p, 0.0, exp(-0.4 - 0.2 - 0.4));
    const double growth = log(2.0) / doubling;
    const double hazard_between = 0.2 / (exp(growth * second) - exp(growth * first));
    const double hazard_later = 0.4 / (exp(growth * third) - exp(growth * second));
    assert_near(hazard_between / hazard_later, 1.0, 0.02);
}

static void nobody_dies_before_18_and_everybody_dies(void **state) {
    (void)state;
    const struct cr_parameters p = lives(80.0, 8.0);
    const double u[] = {0x1p-33, 1e-6, 0.5, 1.0 - 1e-6, 1.0 - 0x1p-33};
    for (int k = 0; k < 5; k++) {
        assert_true(death_at(&p, 0.0, u[k]) >= 18.0);
        assert_true(death_at(&p, 0.0, u[k]) < 150.0);
        assert_true(cr_life_course_lifetime(&p, 100.0, u[k]) >= 1);
    }
}

static void a_larger_number_makes_no_longer_life(void **state) {
    (void)state;
    const struct cr_parameters p = lives(80.0, 8.0);
    int32_t last = INT32_MAX;
    for (int k = 0; k < 5000; k++) {
        const int32_t lifetime = cr_life_course_lifetime(&p, 0.0, (k + 0.5) / 5000.0);
        assert_true(lifetime <= last);
        last = lifetime;
    }
}

static void who_has_reached_an_age_lives_on_as_the_survivors_of_that_age_do(void **state) {
    (void)state;
    const struct cr_parameters p = lives(78.0, 8.0);
    for (int age = 18; age <= 90; age += 6)
        for (int left = 1; left <= 20; left += 3) {
            const double u = survivors(78.0, 8.0, age + left) / survivors(78.0, 8.0, age);
            assert_near(cr_life_course_lifetime(&p, age, u) * week, left, 1.01 * week);
        }
}

static void a_child_has_the_life_of_one_who_will_reach_18(void **state) {
    (void)state;
    const struct cr_parameters p = lives(78.0, 8.0);
    for (int k = 1; k < 100; k++)
        assert_near(death_at(&p, 5.0, k * 0.01), death_at(&p, 18.0, k * 0.01), 1.01 * week);
}

static void needs_fall_from_those_of_infants_to_those_of_adults(void **state) {
    (void)state;
    struct cr_parameters p = lives(80.0, 8.0);
    p.needs_rate_infant = 9.0;
    p.needs_rate_adult = 2.0;
    p.needs_maturation = 4.0;
    assert_near(cr_life_course_needs(&p, 0.0), 9.0, 1e-14);
    assert_near(cr_life_course_needs(&p, 4.0), 2.0 + 7.0 / exp(1.0), 1e-14);
    assert_near(cr_life_course_needs(&p, 120.0), 2.0, 1e-10);
    for (int age = 0; age < 100; age++)
        assert_true(cr_life_course_needs(&p, age) > cr_life_course_needs(&p, age + 1.0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_of_all_reach_the_median_age),
        cmocka_unit_test(ages_at_death_follow_gompertz),
        cmocka_unit_test(the_hazard_of_death_doubles_in_the_time_given),
        cmocka_unit_test(nobody_dies_before_18_and_everybody_dies),
        cmocka_unit_test(a_larger_number_makes_no_longer_life),
        cmocka_unit_test(who_has_reached_an_age_lives_on_as_the_survivors_of_that_age_do),
        cmocka_unit_test(a_child_has_the_life_of_one_who_will_reach_18),
        cmocka_unit_test(needs_fall_from_those_of_infants_to_those_of_adults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
