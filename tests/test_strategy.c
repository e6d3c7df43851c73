#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/stream.h"
#include "model/scenario.h"
#include "model/strategy.h"
#include "near.h"

/* Prices for which rebuff is worse than being ignored, protest draws more rebuff than a plain bid, appeasement less. */
static struct cr_parameters prices(void) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_parameters p = scenario.parameters;
    p.choice_consistency = 5.0;
    p.choice_unsoothed = 0.6;
    p.choice_hurt = 1.0;
    p.choice_fear = 1.2;
    p.choice_open_cost = 0.05;
    p.choice_protest_cost = 0.4;
    p.choice_protest_relief = 0.8;
    p.choice_protest_rebuff = 1.25;
    p.choice_alone_cost = 0.35;
    p.choice_temperament_cost = 0.07;
    p.choice_fear_at_distance = 0.35;
    p.choice_appease_relief = 0.55;
    p.choice_appease_rebuff = 0.4;
    p.choice_appease_cost = 0.5;
    return p;
}

static void decide(const struct cr_parameters *p, const double belief[CR_BELIEFS], double policy[CR_STRATEGIES]) {
    double value[CR_STRATEGIES];
    cr_strategy_values(p, belief, 0.0, value);
    cr_strategy_policy(p->choice_consistency, value, policy);
}

/* Calls `expect` with the policies at a lower and a higher value of one belief, all over the space of the others. */
typedef void comparison(const double lower[CR_STRATEGIES], const double higher[CR_STRATEGIES]);

static void for_more_of(enum cr_belief which, comparison *expect) {
    const struct cr_parameters p = prices();
    const struct cr_stream luck = {.seed = 8, .replicate = 1};
    for (uint32_t n = 0; n < 3000; n++) {
        double u[8];
        cr_stream_uniforms(&luck, CR_LUCK_RESAMPLE, n, 0, 0, u);
        cr_stream_uniforms(&luck, CR_LUCK_RESAMPLE, n, 0, 1, u + 4);
        double lower[CR_STRATEGIES], higher[CR_STRATEGIES];
        double belief[CR_BELIEFS] = {u[0], u[1], u[2], u[3], u[4]};
        belief[which] = fmin(u[5], u[6]);
        decide(&p, belief, lower);
        belief[which] = fmax(u[5], u[6]);
        decide(&p, belief, higher);
        expect(lower, higher);
    }
}

/* The odds of one strategy against another fall, up to rounding. */
static void expect_odds_fall(const double *lower, const double *higher, enum cr_strategy of, enum cr_strategy against) {
    assert_true(higher[of] * lower[against] <= lower[of] * higher[against] * (1.0 + 1e-12));
}

static void values_at_certainty_are_what_comfort_rebuff_and_silence_are_worth(void **state) {
    (void)state;
    const struct cr_parameters p = prices();
    double value[CR_STRATEGIES];
    cr_strategy_values(&p, (const double[CR_BELIEFS]){1.0, 1.0, 0.0, 0.0, 0.8}, 0.0, value);
    assert_near(value[CR_BID], 1.0 - 0.05, 1e-14);
    assert_near(value[CR_PROTEST], 0.8 - 0.4, 1e-14);
    assert_near(value[CR_DEACTIVATE], -0.35, 1e-14);
    assert_near(value[CR_APPEASE], 0.55 - 0.5 * 0.8, 1e-14);
    cr_strategy_values(&p, (const double[CR_BELIEFS]){0.0, 0.0, 1.0, 0.0, 0.0}, 0.0, value);
    assert_near(value[CR_BID], -1.0 - 0.05, 1e-14);
    assert_near(value[CR_PROTEST], -1.0 - 0.4, 1e-14);
    assert_near(value[CR_APPEASE], -0.4 * 1.0 - 0.6 * 0.6, 1e-14);
    cr_strategy_values(&p, (const double[CR_BELIEFS]){0.0, 0.0, 0.0, 0.0, 1.0}, 2.0, value);
    assert_near(value[CR_BID], -0.6 - 0.05, 1e-14);
    assert_near(value[CR_PROTEST], -0.6 - 0.4, 1e-14);
    assert_near(value[CR_DEACTIVATE], -0.35 - 2.0 * 0.07, 1e-14);
    assert_near(value[CR_APPEASE], -0.6 - 0.5, 1e-14);
}

static void dread_takes_all_of_its_price_from_reaching_out_and_part_of_it_from_a_distance(void **state) {
    (void)state;
    const struct cr_parameters p = prices();
    double calm[CR_STRATEGIES], afraid[CR_STRATEGIES];
    cr_strategy_values(&p, (const double[CR_BELIEFS]){0.6, 0.5, 0.2, 0.0, 0.5}, 0.0, calm);
    cr_strategy_values(&p, (const double[CR_BELIEFS]){0.6, 0.5, 0.2, 0.5, 0.5}, 0.0, afraid);
    assert_near(calm[CR_BID] - afraid[CR_BID], 0.6, 1e-14);
    assert_near(calm[CR_PROTEST] - afraid[CR_PROTEST], 0.6, 1e-14);
    assert_near(calm[CR_DEACTIVATE] - afraid[CR_DEACTIVATE], 0.35 * 0.6, 1e-14);
    assert_near(calm[CR_APPEASE] - afraid[CR_APPEASE], 0.5 * 1.35 * 0.6, 1e-14);
}

static void a_policy_sums_to_one(void **state) {
    (void)state;
    struct cr_parameters p = prices();
    const struct cr_stream luck = {.seed = 9, .replicate = 1};
    for (uint32_t n = 0; n < 5000; n++) {
        double u[8], policy[CR_STRATEGIES];
        cr_stream_uniforms(&luck, CR_LUCK_RESAMPLE, n, 0, 0, u);
        cr_stream_uniforms(&luck, CR_LUCK_RESAMPLE, n, 0, 1, u + 4);
        p.choice_consistency = 50.0 * u[5];
        decide(&p, u, policy);
        double sum = 0.0;
        for (int k = 0; k < CR_STRATEGIES; k++) {
            assert_true(policy[k] >= 0.0 && policy[k] <= 1.0);
            sum += policy[k];
        }
        assert_near(sum, 1.0, 1e-15);
    }
}

static void odds_are_the_exponential_of_the_difference_in_value(void **state) {
    (void)state;
    const double value[CR_STRATEGIES] = {0.3, -0.2, 0.1, -0.7};
    double policy[CR_STRATEGIES];
    cr_strategy_policy(3.0, value, policy);
    for (int a = 0; a < CR_STRATEGIES; a++)
        for (int b = 0; b < CR_STRATEGIES; b++)
            assert_near(policy[a] / policy[b], exp(3.0 * (value[a] - value[b])), 1e-13);
}

static void without_consistency_every_way_is_as_likely(void **state) {
    (void)state;
    const double value[CR_STRATEGIES] = {5.0, -2.0, 0.1, 0.7};
    double policy[CR_STRATEGIES];
    cr_strategy_policy(0.0, value, policy);
    for (int k = 0; k < CR_STRATEGIES; k++)
        assert_true(policy[k] == 0.25);
}

static void with_much_consistency_only_the_best_way_is_taken(void **state) {
    (void)state;
    for (int best = 0; best < CR_STRATEGIES; best++) {
        double value[CR_STRATEGIES] = {0.0, 0.0, 0.0, 0.0};
        double policy[CR_STRATEGIES];
        value[best] = 1.0;
        cr_strategy_policy(50.0, value, policy);
        assert_near(policy[best], 1.0, 1e-15);
        value[best] = 1e6;
        cr_strategy_policy(50.0, value, policy);
        assert_true(policy[best] == 1.0);
    }
}

static void only_differences_in_value_matter(void **state) {
    (void)state;
    const double value[CR_STRATEGIES] = {0.25, -0.5, 0.125, 0.75};
    double shifted[CR_STRATEGIES], policy[CR_STRATEGIES], policy_of_shifted[CR_STRATEGIES];
    for (int k = 0; k < CR_STRATEGIES; k++)
        shifted[k] = value[k] - 1024.0;
    cr_strategy_policy(4.0, value, policy);
    cr_strategy_policy(4.0, shifted, policy_of_shifted);
    assert_memory_equal(policy, policy_of_shifted, sizeof policy);
}

static void more_rebuff(const double lower[CR_STRATEGIES], const double higher[CR_STRATEGIES]) {
    expect_odds_fall(lower, higher, CR_BID, CR_DEACTIVATE);
    expect_odds_fall(lower, higher, CR_PROTEST, CR_DEACTIVATE);
    expect_odds_fall(lower, higher, CR_APPEASE, CR_DEACTIVATE);
    expect_odds_fall(lower, higher, CR_BID, CR_APPEASE);
    assert_true(higher[CR_DEACTIVATE] >= lower[CR_DEACTIVATE] * (1.0 - 1e-12));
}

static void who_expects_more_rebuff_bids_less_and_deactivates_more(void **state) {
    (void)state;
    for_more_of(CR_REBUFF, more_rebuff);
    const struct cr_parameters p = prices();
    double last[CR_STRATEGIES], policy[CR_STRATEGIES];
    decide(&p, (const double[CR_BELIEFS]){0.5, 0.3, 0.0, 0.0, 0.6}, last);
    for (int k = 1; k <= 10; k++) {
        decide(&p, (const double[CR_BELIEFS]){0.5, 0.3, k * 0.1, 0.0, 0.6}, policy);
        assert_true(policy[CR_BID] < last[CR_BID]);
        assert_true(policy[CR_DEACTIVATE] > last[CR_DEACTIVATE]);
        for (int s = 0; s < CR_STRATEGIES; s++)
            last[s] = policy[s];
    }
}

static void more_comfort_asked_plainly(const double lower[CR_STRATEGIES], const double higher[CR_STRATEGIES]) {
    expect_odds_fall(lower, higher, CR_PROTEST, CR_BID);
    expect_odds_fall(lower, higher, CR_DEACTIVATE, CR_BID);
    expect_odds_fall(lower, higher, CR_DEACTIVATE, CR_APPEASE);
    assert_true(higher[CR_PROTEST] <= lower[CR_PROTEST] * (1.0 + 1e-12));
    assert_true(higher[CR_DEACTIVATE] <= lower[CR_DEACTIVATE] * (1.0 + 1e-12));
}

static void who_is_comforted_on_asking_asks(void **state) {
    (void)state;
    for_more_of(CR_OPEN, more_comfort_asked_plainly);
}

static void more_comfort_by_protest(const double lower[CR_STRATEGIES], const double higher[CR_STRATEGIES]) {
    assert_true(higher[CR_PROTEST] >= lower[CR_PROTEST] * (1.0 - 1e-12));
    for (int k = 0; k < CR_STRATEGIES; k++)
        assert_true(k == CR_PROTEST || higher[k] <= lower[k] * (1.0 + 1e-12));
}

static void who_is_comforted_on_protesting_protests(void **state) {
    (void)state;
    for_more_of(CR_PRESSED, more_comfort_by_protest);
}

static void more_fear(const double lower[CR_STRATEGIES], const double higher[CR_STRATEGIES]) {
    expect_odds_fall(lower, higher, CR_BID, CR_DEACTIVATE);
    expect_odds_fall(lower, higher, CR_BID, CR_APPEASE);
    expect_odds_fall(lower, higher, CR_APPEASE, CR_DEACTIVATE);
    assert_true(higher[CR_DEACTIVATE] >= lower[CR_DEACTIVATE] * (1.0 - 1e-12));
}

static void who_is_afraid_keeps_a_distance(void **state) {
    (void)state;
    for_more_of(CR_FEAR, more_fear);
}

static void more_worth(const double lower[CR_STRATEGIES], const double higher[CR_STRATEGIES]) {
    assert_true(higher[CR_APPEASE] <= lower[CR_APPEASE] * (1.0 + 1e-12));
    assert_true(higher[CR_BID] >= lower[CR_BID] * (1.0 - 1e-12));
}

static void who_feels_worthy_does_not_please_for_comfort(void **state) {
    (void)state;
    for_more_of(CR_WORTH, more_worth);
}

static void a_difficult_temperament_makes_coping_alone_dearer(void **state) {
    (void)state;
    const struct cr_parameters p = prices();
    const double belief[CR_BELIEFS] = {0.4, 0.4, 0.4, 0.1, 0.5};
    double easy[CR_STRATEGIES], difficult[CR_STRATEGIES];
    cr_strategy_values(&p, belief, -1.0, easy);
    cr_strategy_values(&p, belief, 1.0, difficult);
    assert_true(difficult[CR_DEACTIVATE] < easy[CR_DEACTIVATE]);
    assert_true(difficult[CR_BID] == easy[CR_BID] && difficult[CR_PROTEST] == easy[CR_PROTEST]);
}

static void choosing_by_inversion_takes_each_way_as_often_as_the_policy_says(void **state) {
    (void)state;
    enum { CHOICES = 100000 };
    const double policies[][CR_STRATEGIES] = {{0.4, 0.3, 0.2, 0.1}, {0.1, 0.0, 0.6, 0.3}, {0.0, 0.0, 0.0, 1.0},
        {1.0, 0.0, 0.0, 0.0}, {0.25, 0.25, 0.25, 0.25}};
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        int count[CR_STRATEGIES] = {0};
        enum cr_strategy last = CR_BID;
        for (int k = 0; k < CHOICES; k++) {
            const enum cr_strategy chosen = cr_strategy_choose(policies[i], (k + 0.5) / CHOICES);
            assert_true(chosen >= last && chosen < CR_STRATEGIES);
            count[chosen]++;
            last = chosen;
        }
        for (int s = 0; s < CR_STRATEGIES; s++)
            assert_near((double)count[s] / CHOICES, policies[i][s], 1.5 / CHOICES);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_at_certainty_are_what_comfort_rebuff_and_silence_are_worth),
        cmocka_unit_test(dread_takes_all_of_its_price_from_reaching_out_and_part_of_it_from_a_distance),
        cmocka_unit_test(a_policy_sums_to_one),
        cmocka_unit_test(odds_are_the_exponential_of_the_difference_in_value),
        cmocka_unit_test(without_consistency_every_way_is_as_likely),
        cmocka_unit_test(with_much_consistency_only_the_best_way_is_taken),
        cmocka_unit_test(only_differences_in_value_matter),
        cmocka_unit_test(who_expects_more_rebuff_bids_less_and_deactivates_more),
        cmocka_unit_test(who_is_comforted_on_asking_asks),
        cmocka_unit_test(who_is_comforted_on_protesting_protests),
        cmocka_unit_test(who_is_afraid_keeps_a_distance),
        cmocka_unit_test(who_feels_worthy_does_not_please_for_comfort),
        cmocka_unit_test(a_difficult_temperament_makes_coping_alone_dearer),
        cmocka_unit_test(choosing_by_inversion_takes_each_way_as_often_as_the_policy_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
