#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/stream.h"
#include "model/episode.h"
#include "model/scenario.h"
#include "near.h"

static const struct cr_stream luck = {.seed = 77, .replicate = 1};

/* What the scenario may be tuned to shall not matter here. */
static struct cr_parameters rules(void) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_parameters p = scenario.parameters;
    p.learning_rate = 0.05;
    p.learning_fright_gain = 3.0;
    p.learning_ignored_as_rebuff = 0.3;
    p.learning_ignored_worth = 0.35;
    p.learning_pressed_worth = 0.5;
    p.learning_self_reliance = 0.7;
    p.learning_self_reliance_rate = 0.25;
    p.perception_filter = 0.0;
    p.arousal_soothing = 0.9;
    p.arousal_alone = 0.25;
    p.signal_protest = 5.0;
    p.signal_deactivate = 0.1;
    p.signal_appease = 0.6;
    p.expression_open = 0.8;
    p.expression_protest = 1.3;
    p.expression_deactivate = 0.25;
    p.expression_appease = 0.5;
    p.choice_consistency = 5.0;
    p.choice_unsoothed = 0.6;
    p.choice_hurt = 1.0;
    p.choice_fear = 1.2;
    p.choice_open_cost = 0.05;
    p.choice_protest_cost = 0.3;
    p.choice_protest_relief = 0.85;
    p.choice_protest_rebuff = 1.25;
    p.choice_alone_cost = 0.35;
    p.choice_fear_at_distance = 0.35;
    p.choice_appease_relief = 0.55;
    p.choice_appease_rebuff = 0.4;
    p.choice_appease_cost = 0.5;
    return p;
}

/* Chance of each outcome, from the two stages: noticed or not, then fright, rebuff or comfort. */
static void closed_form(double sensitivity, double rebuff, double fright, const struct cr_signals *signals,
    enum cr_strategy strategy, double chance[4]) {
    const double noticed = 1.0 - pow(1.0 - sensitivity, signals->intensity[strategy]);
    const double rebuffed = fmin(1.0, rebuff * signals->rebuff[strategy]);
    chance[CR_IGNORED] = 1.0 - noticed;
    chance[CR_FRIGHTENED] = noticed * fright;
    chance[CR_REBUFFED] = noticed * (1.0 - fright) * rebuffed;
    chance[CR_COMFORTED] = noticed * (1.0 - fright) * (1.0 - rebuffed);
}

static void signals_are_those_of_the_parameters(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    const struct cr_signals signals = cr_episode_signals(&p);
    const struct cr_signals expected = {{1.0, 5.0, 0.1, 0.6}, {1.0, 1.25, 1.0, 0.4}, {0.8, 1.3, 0.25, 0.5}};
    assert_memory_equal(&signals, &expected, sizeof signals);
}

static void a_plain_bid_is_noticed_with_the_chance_of_sensitivity(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    for (int k = 0; k <= 99; k++) {
        const double sensitivity = k * 0.01;
        const struct cr_figure here = cr_episode_figure(&p, sensitivity, true, 0.5, 0.0, 0.0);
        const struct cr_figure away = cr_episode_figure(&p, sensitivity, false, 0.5, 0.0, 0.0);
        assert_near(cr_episode_notice(here.attention, 1.0), sensitivity, 1e-14);
        assert_near(cr_episode_notice(away.attention, 1.0), p.caregiving_unavailable_factor * sensitivity, 1e-14);
    }
}

static void a_perfectly_sensitive_figure_misses_one_plain_bid_in_a_thousand(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    assert_near(cr_episode_notice(cr_episode_figure(&p, 1.0, true, 0.5, 0.0, 0.0).attention, 1.0), 0.999, 1e-12);
}

/* While it is away: fully if it switches all the time and recall is complete, not at all if it never switches. */
static void protest_calls_back_only_a_figure_that_switches(void **state) {
    (void)state;
    struct cr_parameters p = rules();
    p.caregiving_recall = 1.0;
    const struct cr_figure here = cr_episode_figure(&p, 0.6, true, 1.0, 0.0, 0.0);
    const struct cr_figure switching = cr_episode_figure(&p, 0.6, false, 1.0, 0.0, 0.0);
    const struct cr_figure steady = cr_episode_figure(&p, 0.6, false, 0.0, 0.0, 0.0);
    assert_true(here.recalled == here.attention);
    assert_near(switching.recalled, here.attention, 1e-12);
    assert_true(switching.attention < here.attention);
    assert_true(steady.recalled == steady.attention);
    /* Only protest is answered so: a plain bid that misses by attention is still missed. */
    const struct cr_signals signals = cr_episode_signals(&p);
    const double between = 0.5 * (cr_episode_notice(switching.attention, 1.0) + cr_episode_notice(here.attention, 1.0));
    assert_int_equal(cr_episode_respond(&switching, &signals, CR_BID, between, 0.5), CR_IGNORED);
    assert_int_equal(cr_episode_respond(&switching, &signals, CR_PROTEST, between, 0.5), CR_COMFORTED);
}

static void a_signal_of_n_bids_is_noticed_as_n_bids_are(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    const double attention = cr_episode_figure(&p, 0.3, true, 0.5, 0.0, 0.0).attention;
    for (int n = 0; n <= 10; n++)
        assert_near(cr_episode_notice(attention, n), 1.0 - pow(0.7, n), 1e-14);
    assert_near(cr_episode_notice(attention, 0.5), 1.0 - sqrt(0.7), 1e-14);
}

static void outcomes_come_as_often_as_the_closed_form_says(void **state) {
    (void)state;
    enum { SIDE = 500 };
    const struct cr_parameters p = rules();
    const struct cr_signals signals = cr_episode_signals(&p);
    const double kinds[][3] = {{0.7, 0.2, 0.1}, {0.2, 0.6, 0.3}, {0.9, 0.9, 0.05}, {0.5, 0.0, 0.0}, {0.8, 0.0, 1.0}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (int strategy = 0; strategy < CR_STRATEGIES; strategy++) {
            const struct cr_figure figure = cr_episode_figure(&p, kinds[i][0], true, 0.5, kinds[i][1], kinds[i][2]);
            int count[4] = {0};
            for (int a = 0; a < SIDE; a++)
                for (int b = 0; b < SIDE; b++)
                    count[cr_episode_respond(
                        &figure, &signals, (enum cr_strategy)strategy, (a + 0.5) / SIDE, (b + 0.5) / SIDE)]++;
            double chance[4];
            closed_form(kinds[i][0], kinds[i][1], kinds[i][2], &signals, (enum cr_strategy)strategy, chance);
            for (int outcome = 0; outcome < 4; outcome++)
                assert_near((double)count[outcome] / (SIDE * SIDE), chance[outcome], 2.0 / SIDE);
        }
}

static void without_a_filter_learning_is_the_plain_delta_rule(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    const double none = (double)NAN;
    /* Where each belief moves to; `none`: it stays. */
    const struct {
        enum cr_strategy strategy;
        enum cr_outcome outcome;
        double target[CR_BELIEFS];
    } rows[] = {
        {CR_BID, CR_COMFORTED, {1.0, none, 0.0, 0.0, 1.0}},
        {CR_BID, CR_REBUFFED, {0.0, none, 1.0, 0.0, 0.0}},
        {CR_BID, CR_IGNORED, {0.0, none, 0.3, none, 0.35}},
        {CR_BID, CR_FRIGHTENED, {0.0, none, none, 1.0, 0.0}},
        {CR_PROTEST, CR_COMFORTED, {none, 1.0, 0.0, 0.0, 0.5}},
        {CR_PROTEST, CR_REBUFFED, {none, 0.0, 1.0, 0.0, 0.0}},
        {CR_PROTEST, CR_IGNORED, {none, 0.0, 0.3, none, 0.35}},
        {CR_PROTEST, CR_FRIGHTENED, {none, 0.0, none, 1.0, 0.0}},
        {CR_APPEASE, CR_COMFORTED, {1.0, none, 0.0, 0.0, 0.5}},
        {CR_APPEASE, CR_REBUFFED, {0.0, none, 1.0, 0.0, 0.0}},
        {CR_APPEASE, CR_IGNORED, {0.0, none, 0.3, none, 0.35}},
        {CR_DEACTIVATE, CR_COMFORTED, {1.0, none, 0.0, 0.0, 1.0}},
        {CR_DEACTIVATE, CR_REBUFFED, {0.0, none, 1.0, 0.0, 0.0}},
    };
    const double before[CR_BELIEFS] = {0.4, 0.6, 0.3, 0.2, 0.55};
    const double expected[CR_BELIEFS] = {0.9, 0.1, 0.8, 0.7, 0.2};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double specific[CR_BELIEFS];
        memcpy(specific, before, sizeof specific);
        cr_episode_learn(&p, rows[i].strategy, rows[i].outcome, expected, specific);
        for (int b = 0; b < CR_BELIEFS; b++) {
            const double target = isnan(rows[i].target[b]) ? before[b] : rows[i].target[b];
            const double rate = b == CR_FEAR && rows[i].outcome == CR_FRIGHTENED ? 0.15 : 0.05;
            assert_near(specific[b], before[b] + rate * (target - before[b]), 1e-15);
        }
    }
}

static void a_gain_never_learns_more_than_all(void **state) {
    (void)state;
    struct cr_parameters p = rules();
    p.learning_rate = 0.5;
    p.learning_fright_gain = 20.0;
    double specific[CR_BELIEFS] = {0.5, 0.5, 0.5, 0.1, 0.5};
    const double expected[CR_BELIEFS] = {0.5, 0.5, 0.5, 0.1, 0.5};
    cr_episode_learn(&p, CR_BID, CR_FRIGHTENED, expected, specific);
    assert_true(specific[CR_FEAR] == 1.0);
}

static void learning_settles_where_the_closed_form_says(void **state) {
    (void)state;
    enum { EPISODES = 150000, SETTLED = 30000 };
    struct cr_parameters p = rules();
    p.learning_rate = 0.005;
    const struct cr_signals signals = cr_episode_signals(&p);
    const struct cr_figure figure = cr_episode_figure(&p, 0.4, true, 0.5, 0.3, 0.1);
    for (int strategy = 0; strategy < CR_STRATEGIES; strategy++) {
        if (strategy == CR_DEACTIVATE)
            continue;
        double specific[CR_BELIEFS] = {0.5, 0.5, 0.5, 0.5, 0.5};
        double sum[CR_BELIEFS] = {0.0};
        for (uint32_t n = 0; n < EPISODES; n++) {
            double u[4];
            cr_stream_uniforms(&luck, CR_LUCK_EPISODE, (uint32_t)strategy, n, 0, u);
            const enum cr_outcome outcome =
                cr_episode_respond(&figure, &signals, (enum cr_strategy)strategy, u[2], u[3]);
            cr_episode_learn(&p, (enum cr_strategy)strategy, outcome, specific, specific);
            for (int b = 0; b < CR_BELIEFS && n >= SETTLED; b++)
                sum[b] += specific[b] / (EPISODES - SETTLED);
        }
        double chance[4];
        closed_form(0.4, 0.3, 0.1, &signals, (enum cr_strategy)strategy, chance);
        const double given = strategy == CR_BID ? 1.0 : 0.5;
        const double unafraid = chance[CR_COMFORTED] + chance[CR_REBUFFED];
        assert_near(sum[strategy == CR_PROTEST ? CR_PRESSED : CR_OPEN], chance[CR_COMFORTED], 0.01);
        assert_true(sum[strategy == CR_PROTEST ? CR_OPEN : CR_PRESSED] > 0.4999);
        /* Fright teaches nothing about rebuff. */
        assert_near(
            sum[CR_REBUFF], (chance[CR_REBUFFED] + 0.3 * chance[CR_IGNORED]) / (1.0 - chance[CR_FRIGHTENED]), 0.01);
        assert_near(sum[CR_WORTH], given * chance[CR_COMFORTED] + 0.35 * chance[CR_IGNORED], 0.01);
        assert_near(sum[CR_FEAR], 3.0 * chance[CR_FRIGHTENED] / (3.0 * chance[CR_FRIGHTENED] + unafraid), 0.01);
    }
}

static void a_filter_slows_what_contradicts_and_spares_what_confirms(void **state) {
    (void)state;
    struct cr_parameters p = rules();
    p.perception_filter = 2.0;
    double doubting[CR_BELIEFS] = {0.1, 0.5, 0.5, 0.1, 0.5};
    double trusting[CR_BELIEFS] = {0.9, 0.5, 0.5, 0.1, 0.5};
    cr_episode_learn(&p, CR_BID, CR_COMFORTED, doubting, doubting);
    cr_episode_learn(&p, CR_BID, CR_COMFORTED, trusting, trusting);
    assert_near((doubting[CR_OPEN] - 0.1) / 0.9, 0.05 / (1.0 + 2.0 * 0.9), 1e-14);
    assert_near((trusting[CR_OPEN] - 0.9) / 0.1, 0.05 / (1.0 + 2.0 * 0.1), 1e-14);
}

static void deactivation_unnoticed_teaches_nothing_about_the_figure(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    double specific[CR_BELIEFS] = {0.4, 0.6, 0.3, 0.2, 0.55};
    const double expected[CR_BELIEFS] = {0.9, 0.1, 0.8, 0.7, 0.2};
    cr_episode_learn(&p, CR_DEACTIVATE, CR_IGNORED, expected, specific);
    assert_true(specific[CR_OPEN] == 0.4);
    assert_true(specific[CR_PRESSED] == 0.6);
    assert_true(specific[CR_REBUFF] == 0.3);
    assert_true(specific[CR_FEAR] == 0.2);
    assert_near(specific[CR_WORTH], 0.55 + 0.25 * 0.05 * (0.7 - 0.55), 1e-15);
    for (int n = 0; n < 5000; n++)
        cr_episode_learn(&p, CR_DEACTIVATE, CR_IGNORED, expected, specific);
    assert_near(specific[CR_WORTH], 0.7, 1e-9);
}

static void beliefs_stay_probabilities_whatever_happens(void **state) {
    (void)state;
    struct cr_parameters p = rules();
    for (int filter = 0; filter <= 5; filter++) {
        p.perception_filter = filter;
        p.learning_rate = 0.4 + 0.1 * filter;
        p.learning_fright_gain = 20.0;
        double specific[CR_BELIEFS] = {0.0, 1.0, 0.0, 1.0, 0.5};
        for (uint32_t n = 0; n < 4000; n++) {
            double u[4];
            cr_stream_uniforms(&luck, CR_LUCK_EPISODE, 9, n, (uint32_t)filter, u);
            cr_episode_learn(&p, (enum cr_strategy)(4.0 * u[0]), (enum cr_outcome)(4.0 * u[1]), specific, specific);
            for (int b = 0; b < CR_BELIEFS; b++)
                assert_true(specific[b] >= 0.0 && specific[b] <= 1.0);
        }
    }
}

static void comfort_that_is_not_expected_soothes_less(void **state) {
    (void)state;
    struct cr_parameters p = rules();
    p.perception_filter = 1.0;
    for (int strategy = 0; strategy < CR_STRATEGIES; strategy++) {
        double last = 0.0;
        for (int k = 0; k <= 10; k++) {
            double belief[CR_BELIEFS] = {0.5, 0.5, 0.5, 0.5, 0.5};
            belief[strategy == CR_PROTEST ? CR_PRESSED : CR_OPEN] = k * 0.1;
            const double relief = cr_episode_relief(&p, (enum cr_strategy)strategy, CR_COMFORTED, belief);
            assert_true(relief > last && relief <= 0.9);
            last = relief;
        }
    }
}

static void without_a_filter_comfort_soothes_whether_expected_or_not(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    const double nothing[CR_BELIEFS] = {0.0}, all[CR_BELIEFS] = {1.0, 1.0, 0.0, 0.0, 1.0};
    const double worth[CR_STRATEGIES] = {1.0, 0.85, 1.0, 0.55};
    for (int strategy = 0; strategy < CR_STRATEGIES; strategy++) {
        const enum cr_strategy way = (enum cr_strategy)strategy;
        assert_near(cr_episode_relief(&p, way, CR_COMFORTED, nothing), 0.9 * worth[strategy], 1e-15);
        assert_near(cr_episode_relief(&p, way, CR_COMFORTED, all), 0.9 * worth[strategy], 1e-15);
    }
}

static void only_comfort_soothes_who_reached_out_and_coping_alone_a_little(void **state) {
    (void)state;
    const struct cr_parameters p = rules();
    const double belief[CR_BELIEFS] = {0.5, 0.5, 0.5, 0.5, 0.5};
    const enum cr_outcome outcomes[] = {CR_IGNORED, CR_REBUFFED, CR_FRIGHTENED};
    for (int k = 0; k < 3; k++) {
        assert_true(cr_episode_relief(&p, CR_BID, outcomes[k], belief) == 0.0);
        assert_true(cr_episode_relief(&p, CR_PROTEST, outcomes[k], belief) == 0.0);
        assert_true(cr_episode_relief(&p, CR_APPEASE, outcomes[k], belief) == 0.0);
        assert_true(cr_episode_relief(&p, CR_DEACTIVATE, outcomes[k], belief) == 0.25);
    }
}

/* Lives through many episodes with a figure by one's own policy; gives the mean policy of the last ones. */
static void grow_up_with(double sensitivity, double rebuff, double mean[CR_STRATEGIES]) {
    enum { EPISODES = 4000, LAST = 1000 };
    const struct cr_parameters p = rules();
    const struct cr_signals signals = cr_episode_signals(&p);
    const struct cr_figure figure = cr_episode_figure(&p, sensitivity, true, 0.5, rebuff, 0.0);
    double belief[CR_BELIEFS] = {0.5, 0.5, 0.15, 0.02, 0.6};
    memset(mean, 0, CR_STRATEGIES * sizeof *mean);
    for (uint32_t n = 0; n < EPISODES; n++) {
        double u[4], value[CR_STRATEGIES], policy[CR_STRATEGIES];
        cr_strategy_values(&p, belief, 0.0, value);
        cr_strategy_policy(p.choice_consistency, value, policy);
        for (int k = 0; k < CR_STRATEGIES && n >= EPISODES - LAST; k++)
            mean[k] += policy[k] / LAST;
        cr_stream_uniforms(&luck, CR_LUCK_EPISODE, 50, n, 0, u);
        const enum cr_strategy strategy = cr_strategy_choose(policy, u[1]);
        const enum cr_outcome outcome = cr_episode_respond(&figure, &signals, strategy, u[2], u[3]);
        cr_episode_learn(&p, strategy, outcome, belief, belief);
    }
}

static void a_child_that_is_met_learns_to_ask(void **state) {
    (void)state;
    double policy[CR_STRATEGIES];
    grow_up_with(0.9, 0.05, policy);
    assert_true(policy[CR_BID] > 0.7);
}

static void a_rebuffed_child_learns_to_deactivate(void **state) {
    (void)state;
    double policy[CR_STRATEGIES];
    grow_up_with(0.8, 1.0, policy);
    for (int k = 0; k < CR_STRATEGIES; k++)
        assert_true(k == CR_DEACTIVATE || policy[CR_DEACTIVATE] > policy[k] + 0.2);
}

static void a_child_that_is_heard_only_when_it_cries_learns_to_protest(void **state) {
    (void)state;
    double policy[CR_STRATEGIES];
    grow_up_with(0.2, 0.0, policy);
    for (int k = 0; k < CR_STRATEGIES; k++)
        assert_true(k == CR_PROTEST || policy[CR_PROTEST] > policy[k] + 0.2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals_are_those_of_the_parameters),
        cmocka_unit_test(a_plain_bid_is_noticed_with_the_chance_of_sensitivity),
        cmocka_unit_test(a_perfectly_sensitive_figure_misses_one_plain_bid_in_a_thousand),
        cmocka_unit_test(protest_calls_back_only_a_figure_that_switches),
        cmocka_unit_test(a_signal_of_n_bids_is_noticed_as_n_bids_are),
        cmocka_unit_test(outcomes_come_as_often_as_the_closed_form_says),
        cmocka_unit_test(without_a_filter_learning_is_the_plain_delta_rule),
        cmocka_unit_test(a_gain_never_learns_more_than_all),
        cmocka_unit_test(learning_settles_where_the_closed_form_says),
        cmocka_unit_test(a_filter_slows_what_contradicts_and_spares_what_confirms),
        cmocka_unit_test(deactivation_unnoticed_teaches_nothing_about_the_figure),
        cmocka_unit_test(beliefs_stay_probabilities_whatever_happens),
        cmocka_unit_test(comfort_that_is_not_expected_soothes_less),
        cmocka_unit_test(without_a_filter_comfort_soothes_whether_expected_or_not),
        cmocka_unit_test(only_comfort_soothes_who_reached_out_and_coping_alone_a_little),
        cmocka_unit_test(a_child_that_is_met_learns_to_ask),
        cmocka_unit_test(a_rebuffed_child_learns_to_deactivate),
        cmocka_unit_test(a_child_that_is_heard_only_when_it_cries_learns_to_protest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
