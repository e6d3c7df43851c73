/* What two people do to each other (the seeds' account of couples): protest against one who deactivates brings
 * irritation and withdrawal; reassurance moves the anxious less than the secure; relationships that have lasted last.
 */
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <omp.h>

#include "laws/law.h"
#include "model/figure.h"

enum { PAIRS = 400, WEEKS = 26 };

static const double asks_openly[CR_BELIEFS] = {0.85, 0.30, 0.05, 0.01, 0.80};
static const double presses[CR_BELIEFS] = {0.25, 0.90, 0.10, 0.01, 0.35};
static const double keeps_away[CR_BELIEFS] = {0.15, 0.10, 0.60, 0.02, 0.55};

static void believe(struct cr_population *people, uint32_t i, const double belief[CR_BELIEFS]) {
    for (int b = 0; b < CR_BELIEFS; b++) {
        people->general[b][i] = belief[b];
        people->prototype[b][i] = belief[b];
        people->specific[CR_PARTNER * CR_BELIEFS + b][i] = belief[b];
    }
    people->experience[CR_PARTNER][i] = 1000.0;
}

/* Couples of two adults each whose beliefs are held as given, week after week: the even persons seek, the odd ones are
 * their partners. Returns the partners' mean irritation and availability after half a year. */
struct partners {
    double irritation, availability;
};

static struct partners live_together(const double seeker[CR_BELIEFS], const double partner[CR_BELIEFS]) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.run_people = 2 * PAIRS;
    scenario.parameters.life_birth_years = 0.02;
    scenario.parameters.meeting_rate = 0.0;
    scenario.parameters.separation_rate = 0.0;
    struct cr_error error = {0};
    struct cr_simulation simulation;
    assert_int_equal(cr_simulation_init(&simulation, &scenario, 1, &error), 0);
    struct cr_population *people = &simulation.people;
    for (uint32_t i = 0; i < people->count; i++) {
        people->birth[i] = -25 * CR_WEEKS_A_YEAR;
        people->death[i] = 100 * CR_WEEKS_A_YEAR;
    }
    cr_simulation_step(&simulation);
    for (uint32_t i = 0; i < people->count; i += 2)
        cr_couple_form(&simulation.setting, people, &simulation.bonds, i, i + 1);
    for (int week = 0; week < WEEKS; week++) {
        for (uint32_t i = 0; i < people->count; i++)
            believe(people, i, i % 2 == 0 ? seeker : partner);
        assert_int_equal(cr_simulation_reserve(&simulation, &error), 0);
        cr_simulation_step(&simulation);
    }
    struct partners mean = {0};
    for (uint32_t i = 1; i < people->count; i += 2) {
        mean.irritation += people->irritation[i] / PAIRS;
        mean.availability += people->figure_availability[i] / PAIRS;
    }
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
    return mean;
}

static void protest_against_one_who_deactivates_raises_irritation_and_withdrawal(void **state) {
    (void)state;
    const struct partners asked = live_together(asks_openly, keeps_away);
    const struct partners pressed = live_together(presses, keeps_away);
    const struct partners pressed_open = live_together(presses, asks_openly);
    print_message("    a deactivating partner, asked openly: irritation %.3f, availability %.3f\n", asked.irritation,
        asked.availability);
    print_message("    a deactivating partner, pressed:      irritation %.3f, availability %.3f\n", pressed.irritation,
        pressed.availability);
    print_message("    an open partner, pressed:             irritation %.3f, availability %.3f\n",
        pressed_open.irritation, pressed_open.availability);
    assert_true(pressed.irritation > asked.irritation + 0.05);
    assert_true(pressed.availability < asked.availability - 0.02);
    assert_true(pressed.irritation > pressed_open.irritation);
    assert_true(pressed.availability < pressed_open.availability);
}

/* The same comfort after the same plain bid. */
static void reassurance_moves_the_anxious_less_than_the_secure(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    const struct cr_parameters *p = &scenario.parameters;
    const double calmed_secure = cr_episode_relief(p, CR_BID, CR_COMFORTED, asks_openly);
    const double calmed_anxious = cr_episode_relief(p, CR_BID, CR_COMFORTED, presses);
    double secure[CR_BELIEFS];
    double anxious[CR_BELIEFS];
    for (int b = 0; b < CR_BELIEFS; b++) {
        secure[b] = asks_openly[b];
        anxious[b] = presses[b];
    }
    cr_episode_learn(p, CR_BID, CR_COMFORTED, asks_openly, secure);
    cr_episode_learn(p, CR_BID, CR_COMFORTED, presses, anxious);
    const double closed_secure = (secure[CR_OPEN] - asks_openly[CR_OPEN]) / (1.0 - asks_openly[CR_OPEN]);
    const double closed_anxious = (anxious[CR_OPEN] - presses[CR_OPEN]) / (1.0 - presses[CR_OPEN]);
    print_message("    share of distress soothed: secure %.3f, anxious %.3f\n", calmed_secure, calmed_anxious);
    print_message("    share of the doubt removed: secure %.4f, anxious %.4f\n", closed_secure, closed_anxious);
    assert_true(calmed_anxious < 0.9 * calmed_secure);
    assert_true(closed_anxious < 0.9 * closed_secure);
    cr_scenario_free(&scenario);
}

static void break_ups_become_rarer_with_duration(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.run_people = 1500;
    scenario.parameters.run_years = 50.0;
    struct cr_collection lives = law_run(&scenario, 4);
    static const char *const spans[] = {"0-1", "1-2", "3-5", "10-20"};
    double last = HUGE_VAL;
    for (size_t k = 0; k < sizeof spans / sizeof *spans; k++) {
        const struct cr_estimate hazard = law_mean(&lives, "relationship_hazard", spans[k]);
        print_message("    %s years: %.3f +- %.3f a year\n", spans[k], hazard.value, hazard.se);
        assert_true(hazard.value + 3.0 * hazard.se < last);
        last = hazard.value;
    }
    cr_collection_free(&lives);
    cr_scenario_free(&scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(protest_against_one_who_deactivates_raises_irritation_and_withdrawal),
        cmocka_unit_test(reassurance_moves_the_anxious_less_than_the_secure),
        cmocka_unit_test(break_ups_become_rarer_with_duration),
    };
    return cmocka_run_group_tests_name("laws: couples", tests, NULL, NULL);
}
