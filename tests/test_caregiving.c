#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <omp.h>

#include "model/childhood.h"
#include "model/simulation.h"
#include "near.h"
#include "world.h"

static const struct cr_stream luck = {.seed = 31, .replicate = 2};

enum { CHILDREN = 5000, QUALITIES = 5 };

static void qualities_of(const struct cr_profile *profile, double quality[QUALITIES]) {
    quality[0] = profile->sensitivity;
    quality[1] = profile->availability;
    quality[2] = profile->inconsistency;
    quality[3] = profile->rebuff;
    quality[4] = profile->fright;
}

static void means_of(struct cr_parameters *p, const double mean[QUALITIES]) {
    p->caregiving_sensitivity = mean[0];
    p->caregiving_availability = mean[1];
    p->caregiving_inconsistency = mean[2];
    p->caregiving_rebuff = mean[3];
    p->caregiving_fright = mean[4];
}

static struct cr_profile *profile_of(struct cr_scenario *scenario, const char *name) {
    struct cr_profile *profile = NULL;
    assert_int_equal(cr_scenario_profile(scenario, name, &profile, NULL), 0);
    return profile;
}

static struct cr_event *event_of(struct cr_scenario *scenario, const char *name) {
    struct cr_event *event = NULL;
    assert_int_equal(cr_scenario_event(scenario, name, &event, NULL), 0);
    return event;
}

static void caregivers_have_the_means_and_spreads_of_the_scenario(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_parameters *p = &scenario.parameters;
    const double mean[QUALITIES] = {0.6, 0.75, 0.3, 0.25, 0.4};
    means_of(p, mean);
    p->caregiving_form = CR_FORM_DISTRIBUTION;
    p->caregiving_concentration = 4.0;
    p->caregiving_fright_concentration = 9.0;
    double sum[QUALITIES] = {0.0};
    double squares[QUALITIES] = {0.0};
    for (uint32_t child = 0; child < CHILDREN; child++) {
        double quality[QUALITIES];
        const struct cr_profile profile = cr_caregiving_draw(&scenario, &luck, child, 0);
        qualities_of(&profile, quality);
        for (int q = 0; q < QUALITIES; q++) {
            assert_true(quality[q] >= 0.0 && quality[q] <= 1.0);
            sum[q] += quality[q];
            squares[q] += (quality[q] - mean[q]) * (quality[q] - mean[q]);
        }
    }
    for (int q = 0; q < QUALITIES; q++) {
        const double variance = mean[q] * (1.0 - mean[q]) / (1.0 + (q == 4 ? 9.0 : 4.0));
        assert_near(sum[q] / CHILDREN, mean[q], 4.0 * sqrt(variance / CHILDREN));
        assert_near(squares[q] / CHILDREN / variance, 1.0, 4.0 * sqrt(2.0 / CHILDREN));
    }
    cr_scenario_free(&scenario);
}

/* Correlations of the normal scores of all pairs of qualities. With mean 1/2 and concentration 2 they are uniform. */
static void correlate(double coherence, double r[QUALITIES][QUALITIES]) {
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_parameters *p = &scenario.parameters;
    means_of(p, (const double[QUALITIES]){0.5, 0.5, 0.5, 0.5, 0.5});
    p->caregiving_form = CR_FORM_DISTRIBUTION;
    p->caregiving_concentration = 2.0;
    p->caregiving_fright_concentration = 2.0;
    p->caregiving_coherence = coherence;
    for (int a = 0; a < QUALITIES; a++)
        for (int b = 0; b < QUALITIES; b++)
            r[a][b] = 0.0;
    for (uint32_t child = 0; child < CHILDREN; child++) {
        double z[QUALITIES];
        const struct cr_profile profile = cr_caregiving_draw(&scenario, &luck, child, 0);
        qualities_of(&profile, z);
        for (int q = 0; q < QUALITIES; q++)
            z[q] = gsl_cdf_ugaussian_Pinv(fmin(fmax(z[q], 1e-9), 1.0 - 1e-9));
        for (int a = 0; a < QUALITIES; a++)
            for (int b = 0; b < QUALITIES; b++)
                r[a][b] += z[a] * z[b] / CHILDREN;
    }
    cr_scenario_free(&scenario);
}

static void without_coherence_qualities_are_independent(void **state) {
    (void)state;
    double r[QUALITIES][QUALITIES];
    correlate(0.0, r);
    for (int a = 0; a < QUALITIES; a++)
        for (int b = 0; b < a; b++)
            assert_near(r[a][b], 0.0, 4.0 / sqrt(CHILDREN));
}

static void good_qualities_go_together_and_against_bad_ones(void **state) {
    (void)state;
    double r[QUALITIES][QUALITIES];
    correlate(0.5, r);
    for (int a = 0; a < QUALITIES; a++)
        for (int b = 0; b < a; b++)
            assert_near(r[a][b], (a < 2) == (b < 2) ? 0.5 : -0.5, 4.0 * 1.2 / sqrt(CHILDREN));
}

static void whatever_the_means_a_caregivers_qualities_are_probabilities(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    const double means[] = {0.0, 0.01, 0.03, 0.1, 0.5, 0.9, 0.99, 1.0};
    const double spreads[] = {0.5, 1.5, 5.0, 1000.0};
    int wrong = 0;
    for (size_t m = 0; m < sizeof means / sizeof *means; m++)
        for (size_t s = 0; s < sizeof spreads / sizeof *spreads; s++) {
            struct cr_parameters *p = &scenario.parameters;
            means_of(p, (const double[QUALITIES]){means[m], means[m], means[m], means[m], means[m]});
            p->caregiving_concentration = spreads[s];
            p->caregiving_fright_concentration = spreads[s];
            for (uint32_t child = 0; child < 20; child++) {
                double quality[QUALITIES];
                const struct cr_profile profile = cr_caregiving_draw(&scenario, &luck, child, 0);
                qualities_of(&profile, quality);
                for (int q = 0; q < QUALITIES; q++)
                    wrong += !(quality[q] >= 0.0 && quality[q] <= 1.0);
            }
        }
    assert_int_equal(wrong, 0);
    cr_scenario_free(&scenario);
}

static void profiles_come_in_the_shares_of_the_mix(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.caregiving_form = CR_FORM_PROFILES;
    const double shares[] = {1.0, 0.0, 5.0, 4.0, 0.0};
    const char *const names[] = {"a", "b", "c", "d", "e"};
    /* A mean of 0 or 1 gives itself: two qualities tell the profiles apart. */
    for (int k = 0; k < 5; k++) {
        struct cr_profile *profile = profile_of(&scenario, names[k]);
        profile->share = shares[k];
        profile->sensitivity = k & 1;
        profile->availability = k >> 1 & 1;
        profile->rebuff = k >> 2 & 1;
    }
    int count[8] = {0};
    for (uint32_t child = 0; child < CHILDREN; child++) {
        const struct cr_profile profile = cr_caregiving_draw(&scenario, &luck, child, 0);
        count[(int)(profile.sensitivity + 2.0 * profile.availability + 4.0 * profile.rebuff)]++;
    }
    for (int k = 0; k < 5; k++)
        assert_near(count[k], CHILDREN * shares[k] / 10.0, 4.0 * sqrt(CHILDREN * shares[k] / 10.0));
    cr_scenario_free(&scenario);
}

static void caregivers_of_a_profile_vary_about_it(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.caregiving_form = CR_FORM_PROFILES;
    scenario.parameters.caregiving_profile_concentration = 20.0;
    const double mean[QUALITIES] = {0.7, 0.4, 0.55, 0.3, 0.2};
    *profile_of(&scenario, "only") = (struct cr_profile){
        .share = 2.0, .sensitivity = 0.7, .availability = 0.4, .inconsistency = 0.55, .rebuff = 0.3, .fright = 0.2};
    double sum[QUALITIES] = {0.0};
    double squares[QUALITIES] = {0.0};
    for (uint32_t child = 0; child < CHILDREN; child++) {
        double quality[QUALITIES];
        const struct cr_profile profile = cr_caregiving_draw(&scenario, &luck, child, 0);
        qualities_of(&profile, quality);
        for (int q = 0; q < QUALITIES; q++) {
            sum[q] += quality[q];
            squares[q] += (quality[q] - mean[q]) * (quality[q] - mean[q]);
        }
    }
    for (int q = 0; q < QUALITIES; q++) {
        const double variance = mean[q] * (1.0 - mean[q]) / 21.0;
        assert_near(sum[q] / CHILDREN, mean[q], 4.0 * sqrt(variance / CHILDREN));
        assert_near(squares[q] / CHILDREN / variance, 1.0, 5.0 * sqrt(2.0 / CHILDREN));
    }
    cr_scenario_free(&scenario);
}

static void a_further_caregiver_is_another_person_drawn_alike(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    struct cr_parameters *p = &scenario.parameters;
    /* Uniform: mean 1/2, variance 1/12. */
    means_of(p, (const double[QUALITIES]){0.5, 0.5, 0.5, 0.5, 0.5});
    p->caregiving_form = CR_FORM_DISTRIBUTION;
    p->caregiving_concentration = 2.0;
    p->caregiving_fright_concentration = 2.0;
    double second_mean[QUALITIES] = {0.0};
    double r[QUALITIES] = {0.0};
    for (uint32_t child = 0; child < CHILDREN; child++) {
        const struct cr_profile of_first = cr_caregiving_draw(&scenario, &luck, child, 0);
        const struct cr_profile of_second = cr_caregiving_draw(&scenario, &luck, child, 1);
        double first[QUALITIES], second[QUALITIES];
        qualities_of(&of_first, first);
        qualities_of(&of_second, second);
        for (int q = 0; q < QUALITIES; q++) {
            second_mean[q] += second[q] / CHILDREN;
            r[q] += 12.0 * (first[q] - 0.5) * (second[q] - 0.5) / CHILDREN;
        }
    }
    for (int q = 0; q < QUALITIES; q++) {
        assert_near(second_mean[q], 0.5, 4.0 / sqrt(12.0 * CHILDREN));
        assert_near(r[q], 0.0, 4.0 / sqrt(CHILDREN));
    }
    cr_scenario_free(&scenario);
}

static void events_befall_their_shares_independently(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    event_of(&scenario, "never")->share = 0.0;
    event_of(&scenario, "rarely")->share = 0.2;
    event_of(&scenario, "always")->share = 1.0;
    event_of(&scenario, "often")->share = 0.7;
    int rarely = 0;
    int often = 0;
    int both = 0;
    for (uint32_t child = 0; child < CHILDREN; child++) {
        const uint64_t befallen = cr_caregiving_befall(&scenario, &luck, child);
        assert_int_equal(befallen & 1U, 0);
        assert_int_equal(befallen >> 2U & 1U, 1);
        assert_int_equal(befallen >> 4U, 0);
        rarely += (befallen >> 1U & 1U) != 0;
        often += (befallen >> 3U & 1U) != 0;
        both += (befallen & 10U) == 10U;
    }
    assert_near(rarely, 0.2 * CHILDREN, 4.0 * sqrt(0.16 * CHILDREN));
    assert_near(often, 0.7 * CHILDREN, 4.0 * sqrt(0.21 * CHILDREN));
    assert_near(both, 0.14 * CHILDREN, 4.0 * sqrt(0.14 * 0.86 * CHILDREN));
    cr_scenario_free(&scenario);
}

static void making_one_event_more_common_leaves_the_others_and_those_it_befell_already(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    event_of(&scenario, "one")->share = 0.3;
    event_of(&scenario, "two")->share = 0.3;
    for (uint32_t child = 0; child < 1000; child++) {
        event_of(&scenario, "one")->share = 0.3;
        const uint64_t before = cr_caregiving_befall(&scenario, &luck, child);
        event_of(&scenario, "one")->share = 0.6;
        const uint64_t after = cr_caregiving_befall(&scenario, &luck, child);
        assert_int_equal(before >> 1U, after >> 1U);
        assert_true((before & 1U) <= (after & 1U));
    }
    cr_scenario_free(&scenario);
}

static void a_full_timeline_keeps_its_events_apart(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    char name[] = "e00";
    for (int e = 0; e < CR_EVENTS_MAX; e++) {
        name[1] = (char)('0' + e / 10);
        name[2] = (char)('0' + e % 10);
        event_of(&scenario, name)->share = e % 2;
    }
    assert_true(cr_caregiving_befall(&scenario, &luck, 3) == UINT64_C(0xaaaaaaaaaaaaaaaa));
    cr_scenario_free(&scenario);
}

/* Shifts `before` at an age under the events that befell. */
static double shift(const struct cr_scenario *scenario, uint64_t befallen, double age, double quality[QUALITIES]) {
    struct cr_profile care = {
        .sensitivity = 0.6, .availability = 0.8, .inconsistency = 0.3, .rebuff = 0.2, .fright = 0.1};
    const double load = cr_caregiving_under_events(scenario, befallen, age, &care);
    qualities_of(&care, quality);
    return load;
}

static void an_event_shifts_care_towards_its_bounds_while_it_lasts(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    *event_of(&scenario, "war") = (struct cr_event){.age = 2.0,
        .length = 1.5,
        .share = 1.0,
        .sensitivity = -0.5,
        .availability = -1.0,
        .inconsistency = 0.5,
        .rebuff = 0.25,
        .fright = 1.0,
        .load = 3.0};
    const double natural[QUALITIES] = {0.6, 0.8, 0.3, 0.2, 0.1};
    const double shifted[QUALITIES] = {0.3, 0.0, 0.65, 0.4, 1.0};
    const double ages[] = {0.0, 1.999, 2.0, 3.0, 3.499, 3.5, 50.0};
    double quality[QUALITIES];
    for (int k = 0; k < 7; k++) {
        const bool lasts = k >= 2 && k <= 4;
        assert_near(shift(&scenario, 1, ages[k], quality), lasts ? 3.0 : 1.0, 1e-15);
        for (int q = 0; q < QUALITIES; q++)
            assert_near(quality[q], lasts ? shifted[q] : natural[q], 1e-15);
        assert_true(shift(&scenario, 0, ages[k], quality) == 1.0);
        for (int q = 0; q < QUALITIES; q++)
            assert_true(quality[q] == natural[q]);
    }
    cr_scenario_free(&scenario);
}

static void events_at_once_add_up(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    *event_of(&scenario, "loss") = (struct cr_event){.age = 1.0, .length = 2.0, .sensitivity = -0.5, .load = 2.0};
    *event_of(&scenario, "unrelated") = (struct cr_event){.age = 1.0, .length = 2.0, .rebuff = 1.0, .load = 7.0};
    *event_of(&scenario, "help") = (struct cr_event){.age = 2.0, .length = 2.0, .sensitivity = 0.5, .load = 0.5};
    double quality[QUALITIES];
    const uint64_t befallen = 1U | 4U;
    assert_near(shift(&scenario, befallen, 1.5, quality), 2.0, 1e-15);
    assert_near(quality[0], 0.3, 1e-15);
    assert_near(shift(&scenario, befallen, 2.5, quality), 1.0, 1e-15);
    assert_near(quality[0], 0.65, 1e-15);
    assert_near(quality[3], 0.2, 1e-15);
    assert_near(shift(&scenario, befallen, 3.5, quality), 0.5, 1e-15);
    assert_near(quality[0], 0.8, 1e-15);
    cr_scenario_free(&scenario);
}

static void the_times_shift_the_care_of_all_whatever_befell_them(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 2);
    struct cr_population *people = &world.people;
    struct cr_parameters *p = &world.scenario.parameters;
    *event_of(&world.scenario, "loss") =
        (struct cr_event){.age = 0.0, .length = 5.0, .sensitivity = -0.5, .rebuff = 0.5, .load = 3.0};
    static const int ages[] = {0, 4, 40};
    for (int k = 0; k < 3; k++)
        for (uint32_t i = 0; i < 2; i++) {
            world_person(&world, i, CR_FEMALE, ages[k]);
            people->befallen[i] = i;
            people->caregiver[i] = (struct cr_profile){
                .sensitivity = 0.6, .availability = 0.8, .inconsistency = 0.3, .rebuff = 0.2, .fright = 0.1};
            const bool befalls = i == 1 && ages[k] < 5;
            struct cr_profile natural, care;
            double before[QUALITIES], after[QUALITIES];
            p->times_sensitivity = p->times_availability = p->times_inconsistency = 0.0;
            p->times_rebuff = p->times_fright = 0.0;
            world_resolve(&world);
            assert_near(cr_person_caregiver_now(&world.setting, people, i, &natural), befalls ? 3.0 : 1.0, 0.0);
            qualities_of(&natural, before);
            p->times_sensitivity = 0.5;
            p->times_availability = -0.25;
            p->times_inconsistency = 1.0;
            p->times_rebuff = -1.0;
            p->times_fright = 0.125;
            world_resolve(&world);
            assert_near(cr_person_caregiver_now(&world.setting, people, i, &care), befalls ? 3.0 : 1.0, 0.0);
            qualities_of(&care, after);
            assert_near(before[0], befalls ? 0.3 : 0.6, 1e-15);
            assert_near(after[0], befalls ? 0.65 : 0.8, 1e-15);
            assert_near(after[1], 0.6, 1e-15);
            assert_near(after[2], 1.0, 1e-15);
            assert_near(after[3], 0.0, 1e-15);
            assert_near(after[4], 0.2125, 1e-15);
        }
    world_end(&world);
}

static void each_shift_of_the_times_moves_its_own_quality_alone(void **state) {
    (void)state;
    static const char *const keys[QUALITIES] = {
        "times.sensitivity", "times.availability", "times.inconsistency", "times.rebuff", "times.fright"};
    struct world world;
    world_begin(&world, 1);
    world_person(&world, 0, CR_FEMALE, 3);
    world.people.caregiver[0] = (struct cr_profile){
        .sensitivity = 0.6, .availability = 0.8, .inconsistency = 0.3, .rebuff = 0.2, .fright = 0.1};
    struct cr_profile care;
    double natural[QUALITIES], shifted[QUALITIES];
    (void)cr_person_caregiver_now(&world.setting, &world.people, 0, &care);
    qualities_of(&care, natural);
    for (int q = 0; q < QUALITIES; q++) {
        const struct cr_field *field = cr_registry_find(&cr_parameter_registry, keys[q]);
        assert_int_equal(cr_field_set(field, &world.scenario.parameters, -0.5, "", NULL), 0);
        world_resolve(&world);
        (void)cr_person_caregiver_now(&world.setting, &world.people, 0, &care);
        qualities_of(&care, shifted);
        for (int other = 0; other < QUALITIES; other++)
            assert_true(shifted[other] == (other == q ? 0.5 * natural[q] : natural[other]));
        assert_int_equal(cr_field_set(field, &world.scenario.parameters, 0.0, "", NULL), 0);
    }
    world_end(&world);
}

static void the_times_load_multiplies_the_rate_of_needs_at_every_age(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 1);
    static double natural[CR_AGES];
    memcpy(natural, world.setting.needs, sizeof natural);
    world.scenario.parameters.times_load = 2.0;
    world_resolve(&world);
    for (int32_t age = 0; age < CR_AGES; age++) {
        assert_true(world.setting.needs[age] == 2.0 * natural[age]);
        assert_near(world.setting.needless[age], exp(-2.0 * natural[age]), 1e-12);
    }
    world_end(&world);
}

static void replacements_are_counted_when_their_event_is_past(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    *event_of(&scenario, "adoption") = (struct cr_event){.age = 1.0, .length = 0.5, .replaces = true};
    *event_of(&scenario, "illness") = (struct cr_event){.age = 2.0, .length = 0.5, .replaces = false};
    *event_of(&scenario, "fostering") = (struct cr_event){.age = 3.0, .length = 0.5, .replaces = true};
    assert_int_equal(cr_caregiving_replacements(&scenario, 7, 1.49), 0);
    assert_int_equal(cr_caregiving_replacements(&scenario, 7, 1.5), 1);
    assert_int_equal(cr_caregiving_replacements(&scenario, 7, 3.4), 1);
    assert_int_equal(cr_caregiving_replacements(&scenario, 7, 3.5), 2);
    assert_int_equal(cr_caregiving_replacements(&scenario, 4, 99.0), 1);
    assert_int_equal(cr_caregiving_replacements(&scenario, 2, 99.0), 0);
    assert_int_equal(cr_caregiving_replacements(&scenario, 0, 99.0), 0);
    cr_scenario_free(&scenario);
}

static void who_gets_a_new_caregiver_starts_afresh_with_it_and_keeps_what_is_believed_in_general(void **state) {
    (void)state;
    struct world world;
    world_begin(&world, 3);
    struct cr_population *people = &world.people;
    *event_of(&world.scenario, "adoption") =
        (struct cr_event){.age = 1.0, .length = 1.0, .replaces = true, .load = 1.0};
    const double general[CR_BELIEFS] = {0.1, 0.2, 0.3, 0.4, 0.5};
    for (uint32_t i = 0; i < 3; i++) {
        world_person(&world, i, CR_FEMALE, 0);
        people->befallen[i] = i == 1 ? 0 : 1;
        people->experience[CR_CAREGIVER][i] = 100.0;
        for (int b = 0; b < CR_BELIEFS; b++) {
            people->general[b][i] = general[b];
            people->specific[CR_CAREGIVER * CR_BELIEFS + b][i] = 0.9;
        }
    }
    people->death[2] = world.setting.week + CR_WEEKS_A_YEAR;
    const struct cr_profile first = people->caregiver[0];
    world.setting.week += 2 * CR_WEEKS_A_YEAR - 1;
    cr_childhood_change_caregivers(&world.setting, people, 0, 3);
    assert_int_equal(people->caregivers[0], 1);
    assert_memory_equal(&people->caregiver[0], &first, sizeof first);
    world.setting.week++;
    cr_childhood_change_caregivers(&world.setting, people, 0, 3);
    const struct cr_profile second = cr_caregiving_draw(&world.scenario, &world.setting.luck, 0, 1);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(people->caregivers[i], i == 0 ? 2 : 1);
        assert_true(people->experience[CR_CAREGIVER][i] == (i == 0 ? 0.0 : 100.0));
        for (int b = 0; b < CR_BELIEFS; b++) {
            assert_true(people->specific[CR_CAREGIVER * CR_BELIEFS + b][i] == (i == 0 ? general[b] : 0.9));
            assert_true(people->general[b][i] == general[b]);
        }
    }
    assert_memory_equal(&people->caregiver[0], &second, sizeof second);
    people->experience[CR_CAREGIVER][0] = 5.0;
    world.setting.week++;
    cr_childhood_change_caregivers(&world.setting, people, 0, 3);
    assert_int_equal(people->caregivers[0], 2);
    assert_true(people->experience[CR_CAREGIVER][0] == 5.0);
    world_end(&world);
}

/* Lives through six years of a few childhoods and hands over the people. */
static struct cr_population childhoods(const struct cr_scenario *scenario) {
    struct cr_simulation simulation;
    assert_int_equal(cr_simulation_init(&simulation, scenario, 1, NULL), 0);
    while (simulation.week < 6 * CR_WEEKS_A_YEAR) {
        assert_int_equal(cr_simulation_reserve(&simulation, NULL), 0);
        cr_simulation_step(&simulation);
    }
    const struct cr_population people = simulation.people;
    simulation.people = (struct cr_population){.count = 0};
    cr_simulation_free(&simulation);
    return people;
}

static void an_event_that_befalls_nobody_changes_nothing(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    scenario.parameters.run_people = 40;
    scenario.parameters.life_birth_years = 2.0;
    struct cr_population undisturbed = childhoods(&scenario);
    *event_of(&scenario, "war") =
        (struct cr_event){.age = 1.0, .length = 2.0, .share = 0.0, .sensitivity = -1.0, .load = 5.0, .replaces = true};
    struct cr_population spared = childhoods(&scenario);
    assert_int_equal(undisturbed.bytes, spared.bytes);
    assert_memory_equal(undisturbed.memory, spared.memory, spared.bytes);
    event_of(&scenario, "war")->share = 0.5;
    struct cr_population hit = childhoods(&scenario);
    int changed = 0;
    for (uint32_t i = 0; i < hit.count; i++) {
        const bool same = hit.general[CR_OPEN][i] == spared.general[CR_OPEN][i];
        assert_true(same || hit.befallen[i] == 1);
        changed += !same;
    }
    assert_true(changed > 5 && changed < 35);
    cr_population_free(&undisturbed);
    cr_population_free(&spared);
    cr_population_free(&hit);
    cr_scenario_free(&scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caregivers_have_the_means_and_spreads_of_the_scenario),
        cmocka_unit_test(without_coherence_qualities_are_independent),
        cmocka_unit_test(good_qualities_go_together_and_against_bad_ones),
        cmocka_unit_test(whatever_the_means_a_caregivers_qualities_are_probabilities),
        cmocka_unit_test(profiles_come_in_the_shares_of_the_mix),
        cmocka_unit_test(caregivers_of_a_profile_vary_about_it),
        cmocka_unit_test(a_further_caregiver_is_another_person_drawn_alike),
        cmocka_unit_test(events_befall_their_shares_independently),
        cmocka_unit_test(making_one_event_more_common_leaves_the_others_and_those_it_befell_already),
        cmocka_unit_test(a_full_timeline_keeps_its_events_apart),
        cmocka_unit_test(an_event_shifts_care_towards_its_bounds_while_it_lasts),
        cmocka_unit_test(events_at_once_add_up),
        cmocka_unit_test(the_times_shift_the_care_of_all_whatever_befell_them),
        cmocka_unit_test(each_shift_of_the_times_moves_its_own_quality_alone),
        cmocka_unit_test(the_times_load_multiplies_the_rate_of_needs_at_every_age),
        cmocka_unit_test(replacements_are_counted_when_their_event_is_past),
        cmocka_unit_test(who_gets_a_new_caregiver_starts_afresh_with_it_and_keeps_what_is_believed_in_general),
        cmocka_unit_test(an_event_that_befalls_nobody_changes_nothing),
    };
    gsl_set_error_handler_off();
    /* For so few people threads only cost. */
    omp_set_num_threads(1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
