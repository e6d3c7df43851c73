#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/scenario.h"
#include "model/working_model.h"
#include "near.h"

static struct cr_parameters defaults(void) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    return scenario.parameters;
}

static void a_child_is_born_with_the_beliefs_of_the_scenario(void **state) {
    (void)state;
    struct cr_parameters p = defaults();
    p.working_model_initial_open = 0.11;
    p.working_model_initial_pressed = 0.22;
    p.working_model_initial_rebuff = 0.33;
    p.working_model_initial_fear = 0.44;
    p.working_model_initial_worth = 0.55;
    double belief[CR_BELIEFS] = {0};
    cr_working_model_initial(&p, belief);
    assert_true(belief[CR_OPEN] == 0.11);
    assert_true(belief[CR_PRESSED] == 0.22);
    assert_true(belief[CR_REBUFF] == 0.33);
    assert_true(belief[CR_FEAR] == 0.44);
    assert_true(belief[CR_WORTH] == 0.55);
}

static void only_rebuff_and_fear_speak_against_turning_to_others(void **state) {
    (void)state;
    for (int b = 0; b < CR_BELIEFS; b++)
        assert_true(cr_working_model_valence[b] == (b == CR_REBUFF || b == CR_FEAR ? -1.0 : 1.0));
}

static void a_stranger_is_met_with_general_beliefs_and_an_old_friend_with_particular_ones(void **state) {
    (void)state;
    assert_true(cr_working_model_weight(0.0, 20.0) == 0.0);
    assert_near(cr_working_model_weight(20.0, 20.0), 0.5, 1e-9);
    assert_near(cr_working_model_weight(60.0, 20.0), 0.75, 1e-9);
    assert_near(cr_working_model_weight(1e9, 20.0), 1.0, 1e-6);
    double last = 0.0;
    for (int n = 1; n < 1000; n++) {
        const double weight = cr_working_model_weight(n, 20.0);
        assert_true(weight > last && weight < 1.0);
        assert_true(weight > cr_working_model_weight(n, 21.0));
        last = weight;
    }
}

static void without_shrinkage_the_first_episode_counts_for_all(void **state) {
    (void)state;
    assert_true(cr_working_model_weight(0.0, 0.0) == 0.0);
    assert_near(cr_working_model_weight(1.0, 0.0), 1.0, 1e-8);
}

static void without_a_filter_things_are_seen_as_they_are(void **state) {
    (void)state;
    for (int k = 0; k <= 100; k++) {
        assert_near(cr_working_model_perceive(1.0, k * 0.01, 0.0), 1.0, 1e-15);
        assert_near(cr_working_model_perceive(0.0, k * 0.01, 0.0), 0.0, 1e-15);
    }
}

static void what_is_perceived_lies_between_what_was_expected_and_what_happened(void **state) {
    (void)state;
    for (int k = 1; k < 100; k++) {
        const double expected = k * 0.01;
        for (int f = 1; f <= 50; f++) {
            const double good = cr_working_model_perceive(1.0, expected, f * 0.1);
            const double bad = cr_working_model_perceive(0.0, expected, f * 0.1);
            assert_true(good > expected && good < 1.0);
            assert_true(bad < expected && bad > 0.0);
        }
    }
}

static void a_stronger_filter_discounts_more(void **state) {
    (void)state;
    for (int f = 0; f < 50; f++) {
        assert_true(cr_working_model_perceive(1.0, 0.3, f * 0.1) > cr_working_model_perceive(1.0, 0.3, f * 0.1 + 0.1));
        assert_true(cr_working_model_perceive(0.0, 0.7, f * 0.1) < cr_working_model_perceive(0.0, 0.7, f * 0.1 + 0.1));
    }
}

static void the_more_something_contradicts_the_larger_the_share_that_is_discounted(void **state) {
    (void)state;
    double last = 1.0;
    for (int k = 1; k <= 100; k++) {
        const double surprise = k * 0.01;
        const double share = (cr_working_model_perceive(1.0, 1.0 - surprise, 2.0) - (1.0 - surprise)) / surprise;
        assert_near(share, 1.0 / (1.0 + 2.0 * surprise), 1e-12);
        assert_true(share < last);
        last = share;
    }
}

static void good_and_bad_surprises_are_discounted_alike(void **state) {
    (void)state;
    for (int k = 0; k <= 100; k++)
        assert_near(cr_working_model_perceive(1.0, k * 0.01, 1.5),
            1.0 - cr_working_model_perceive(0.0, 1.0 - k * 0.01, 1.5), 1e-15);
}

static void what_was_expected_is_seen_as_it_is(void **state) {
    (void)state;
    assert_true(cr_working_model_perceive(1.0, 1.0, 5.0) == 1.0);
    assert_true(cr_working_model_perceive(0.0, 0.0, 5.0) == 0.0);
}

static void plasticity_falls_from_that_of_birth_to_that_of_adults(void **state) {
    (void)state;
    struct cr_parameters p = defaults();
    p.working_model_childhood_plasticity = 6.0;
    p.working_model_plasticity_years = 4.0;
    assert_near(cr_working_model_plasticity(&p, 0.0), 6.0, 1e-14);
    assert_near(cr_working_model_plasticity(&p, 4.0), 1.0 + 5.0 / exp(1.0), 1e-14);
    assert_near(cr_working_model_plasticity(&p, 400.0), 1.0, 1e-14);
    for (int age = 0; age < 100; age++)
        assert_true(cr_working_model_plasticity(&p, age) > cr_working_model_plasticity(&p, age + 1.0));
}

static void without_plasticity_of_childhood_all_ages_learn_alike(void **state) {
    (void)state;
    struct cr_parameters p = defaults();
    p.working_model_childhood_plasticity = 1.0;
    for (int age = 0; age < 100; age++)
        assert_true(cr_working_model_plasticity(&p, age) == 1.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_is_born_with_the_beliefs_of_the_scenario),
        cmocka_unit_test(only_rebuff_and_fear_speak_against_turning_to_others),
        cmocka_unit_test(a_stranger_is_met_with_general_beliefs_and_an_old_friend_with_particular_ones),
        cmocka_unit_test(without_shrinkage_the_first_episode_counts_for_all),
        cmocka_unit_test(without_a_filter_things_are_seen_as_they_are),
        cmocka_unit_test(what_is_perceived_lies_between_what_was_expected_and_what_happened),
        cmocka_unit_test(a_stronger_filter_discounts_more),
        cmocka_unit_test(the_more_something_contradicts_the_larger_the_share_that_is_discounted),
        cmocka_unit_test(good_and_bad_surprises_are_discounted_alike),
        cmocka_unit_test(what_was_expected_is_seen_as_it_is),
        cmocka_unit_test(plasticity_falls_from_that_of_birth_to_that_of_adults),
        cmocka_unit_test(without_plasticity_of_childhood_all_ages_learn_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
