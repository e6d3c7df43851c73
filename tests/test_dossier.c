#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "measure/earned_security.h"
#include "near.h"
#include "small_run.h"
#include "viz/world/dossier.h"

static const char *const lively[] = {"run.people=200", "run.years=34", "life.birth_years=3", "life.median_age=40",
    "life.death_doubling=4", "meeting.rate=0.8", "pairing.acceptance=1", "stage.threshold=0", NULL};

static int live(void **state) {
    struct small_run *run = malloc(sizeof *run);
    if (run == NULL)
        return -1;
    small_run_begin(run, 1, lively);
    while (small_run_week(run))
        continue;
    *state = run;
    return 0;
}

static int end(void **state) {
    small_run_end(*state);
    free(*state);
    return 0;
}

static const struct cr_life_event *event_of(const struct cr_dossier *dossier, enum cr_life_event_kind kind) {
    for (size_t k = 0; k < dossier->event_count; k++)
        if (dossier->events[k].kind == kind)
            return &dossier->events[k];
    return NULL;
}

static size_t count_of(const struct cr_dossier *dossier, enum cr_life_event_kind kind) {
    size_t count = 0;
    for (size_t k = 0; k < dossier->event_count; k++)
        count += dossier->events[k].kind == kind;
    return count;
}

static void nobody_has_an_empty_one(void **state) {
    struct small_run *run = *state;
    struct cr_dossier dossier;
    cr_dossier_fill(&dossier, &run->record, 3);
    cr_dossier_fill(&dossier, &run->record, CR_NOBODY);
    assert_int_equal(dossier.person, CR_NOBODY);
    assert_int_equal(dossier.event_count, 0);
    assert_int_equal(dossier.year_count, 0);
}

static void it_tells_the_state_as_it_is(void **state) {
    struct small_run *run = *state;
    const struct cr_population *people = &run->simulation.people;
    int32_t living = 0, coupled = 0;
    for (uint32_t i = 0; i < people->count; i++) {
        struct cr_dossier dossier;
        cr_dossier_fill(&dossier, &run->record, (int32_t)i);
        const bool lives = cr_person_alive(people, i, run->simulation.week);
        assert_int_equal(dossier.week, 34 * 52);
        assert_int_equal(dossier.death, lives ? -1 : people->death[i]);
        assert_int_equal(count_of(&dossier, CR_LIFE_DEATH), !lives);
        assert_true(isnan(dossier.anxiety) == !lives);
        assert_true(dossier.general[CR_WORTH] == people->general[CR_WORTH][i]);
        assert_true(dossier.prototype[CR_FEAR] == people->prototype[CR_FEAR][i]);
        assert_true(dossier.lived[CR_LIVED_EPISODES] == (double)people->lived[CR_LIVED_EPISODES][i]);
        assert_true(dossier.policy[CR_PROTEST] == people->policy[CR_PROTEST][i]);
        assert_int_equal(dossier.coding[0].class, run->record.visits[0][i].coding.class);
        living += lives;
        assert_int_equal(dossier.partner, people->partner[i]);
        if (people->partner[i] == CR_NOBODY) {
            assert_true(isnan(dossier.satisfaction) && isnan(dossier.of_partner[CR_OPEN]));
            continue;
        }
        const struct cr_bond *bond = &run->simulation.bonds.bond[people->bond[i]];
        double expected[CR_BELIEFS];
        cr_person_expects(people, i, CR_PARTNER, run->scenario.parameters.working_model_shrinkage, expected);
        assert_true(dossier.of_partner[CR_OPEN] == expected[CR_OPEN]);
        assert_true(dossier.satisfaction == people->satisfaction[i]);
        assert_true(dossier.partner_satisfaction == people->satisfaction[people->partner[i]]);
        assert_true(dossier.intimacy == bond->intimacy && dossier.fit == bond->fit);
        assert_int_equal(dossier.together, run->simulation.week - bond->start);
        coupled++;
    }
    assert_true(living > 50 && living < 200 && coupled > 20);
}

static void ratings_are_those_of_the_surveys(void **state) {
    struct small_run *run = *state;
    struct cr_dossier dossier;
    for (int32_t i = 0; i < 50; i++) {
        cr_dossier_fill(&dossier, &run->record, i);
        assert_int_equal(dossier.year_count, 34);
        enum cr_style first = CR_STYLE_NONE, last = CR_STYLE_NONE;
        for (int32_t s = 0; s < 34; s++) {
            assert_true(dossier.year[s] == (float)(s + 1));
            const float rated = run->record.surveys[s].anxiety[i];
            assert_true(isnan(rated) ? isnan(dossier.anxiety_rated[s]) : dossier.anxiety_rated[s] == rated);
            const enum cr_style style = cr_record_style(&run->record, s, (uint32_t)i);
            if (style == CR_STYLE_NONE)
                continue;
            first = first == CR_STYLE_NONE ? style : first;
            last = style;
        }
        assert_int_equal(dossier.style_18, first);
        assert_int_equal(dossier.style, last);
    }
}

static void lives_are_told_in_the_order_in_which_they_went(void **state) {
    struct small_run *run = *state;
    const struct cr_bonds *bonds = &run->simulation.bonds;
    size_t counts[CR_LIFE_EVENTS] = {0};
    for (uint32_t i = 0; i < run->record.people; i++) {
        struct cr_dossier dossier;
        cr_dossier_fill(&dossier, &run->record, (int32_t)i);
        assert_int_equal(dossier.events[0].kind, CR_LIFE_BIRTH);
        assert_int_equal(dossier.events[0].week, run->simulation.people.birth[i]);
        for (size_t k = 1; k < dossier.event_count; k++)
            assert_true(dossier.events[k].week >= dossier.events[k - 1].week);
        size_t begun = 0, left = 0, bereaved = 0, married = 0;
        for (int32_t k = 0; k < bonds->count; k++) {
            const struct cr_bond *bond = &bonds->bond[k];
            const int side = bond->person[0] == (int32_t)i ? 0 : 1;
            if (bond->person[side] != (int32_t)i)
                continue;
            begun++;
            married += bond->married >= 0;
            bereaved += bond->ending == CR_DEATH && bond->ended_by == 1 - side;
            left += bond->ending != CR_LASTING && bond->ending != CR_DEATH && bond->ended_by == side;
        }
        assert_int_equal(count_of(&dossier, CR_LIFE_PAIRING), begun);
        assert_int_equal(count_of(&dossier, CR_LIFE_WEDDING), married);
        assert_int_equal(count_of(&dossier, CR_LIFE_BEREAVEMENT), bereaved);
        size_t told_left = 0;
        for (size_t k = 0; k < dossier.event_count; k++) {
            counts[dossier.events[k].kind]++;
            told_left += dossier.events[k].kind == CR_LIFE_SEPARATION && dossier.events[k].by == 0;
        }
        assert_int_equal(told_left, left);
    }
    assert_int_equal(counts[CR_LIFE_BIRTH], 200);
    assert_true(counts[CR_LIFE_VISIT] > 390);
    assert_true(counts[CR_LIFE_PAIRING] > 100 && counts[CR_LIFE_SEPARATION] > 20);
    assert_true(counts[CR_LIFE_MOVING_IN] > 20 && counts[CR_LIFE_WEDDING] > 5 && counts[CR_LIFE_BEREAVEMENT] > 5);
    assert_true(counts[CR_LIFE_DEATH] > 20 && counts[CR_LIFE_CAREGIVER_DEATH] > 5);
    assert_true(counts[CR_LIFE_EARNING] > 5);
}

static void earned_security_is_told_with_its_route(void **state) {
    struct small_run *run = *state;
    size_t told = 0;
    for (uint32_t i = 0; i < run->record.people; i++) {
        struct cr_dossier dossier;
        cr_dossier_fill(&dossier, &run->record, (int32_t)i);
        const struct cr_earned earned = cr_earned_security(&run->record, i, run->record.survey_count - 1);
        const struct cr_life_event *event = event_of(&dossier, CR_LIFE_EARNING);
        assert_int_equal(event != NULL, earned.survey >= 0);
        assert_int_equal(dossier.earned, earned.survey >= 0);
        assert_int_equal(dossier.lost, earned.lost >= 0);
        assert_int_equal(count_of(&dossier, CR_LIFE_LOSING), earned.lost >= 0);
        if (event == NULL)
            continue;
        assert_int_equal(event->detail, earned.route);
        assert_int_equal(event->week, run->record.surveys[earned.survey].week);
        told++;
    }
    assert_true(told > 5);
}

static void a_child_that_is_still_to_be_born_has_no_life(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=40", "run.years=4", "life.birth_years=4", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    for (int week = 0; week < 80; week++)
        assert_true(small_run_week(&run));
    size_t unborn = 0;
    for (uint32_t i = 0; i < 40; i++) {
        struct cr_dossier dossier;
        cr_dossier_fill(&dossier, &run.record, (int32_t)i);
        if (dossier.birth > 80) {
            assert_int_equal(dossier.event_count, 0);
            assert_true(isnan(dossier.anxiety));
            unborn++;
        } else {
            assert_int_equal(dossier.events[0].kind, CR_LIFE_BIRTH);
        }
        assert_int_equal(dossier.style, CR_STYLE_NONE);
    }
    assert_true(unborn > 5 && unborn < 35);
    small_run_end(&run);
}

static void a_new_caregiver_comes_in_the_week_in_which_the_model_brings_it(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=20", "run.years=3", "life.birth_years=0.02", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    struct cr_event *event = NULL;
    assert_int_equal(cr_scenario_event(&run.scenario, "adoption", &event, NULL), 0);
    assert_int_equal(cr_scenario_assign(&run.scenario, "event.adoption.age=0.7", "", NULL), 0);
    assert_int_equal(cr_scenario_assign(&run.scenario, "event.adoption.length=0.3", "", NULL), 0);
    assert_int_equal(cr_scenario_assign(&run.scenario, "event.adoption.replaces=true", "", NULL), 0);
    /* Whom an event befalls is decided at the beginning. */
    cr_record_free(&run.record);
    cr_simulation_free(&run.simulation);
    assert_int_equal(cr_simulation_init(&run.simulation, &run.scenario, 1, NULL), 0);
    assert_int_equal(cr_record_init(&run.record, &run.simulation, NULL), 0);
    int32_t seen = -1;
    while (small_run_week(&run)) {
        struct cr_dossier dossier;
        cr_dossier_fill(&dossier, &run.record, 5);
        const struct cr_life_event *told = event_of(&dossier, CR_LIFE_NEW_CAREGIVER);
        if (seen < 0 && run.simulation.people.caregivers[5] == 2)
            seen = run.simulation.week - 1;
        assert_int_equal(told != NULL, seen >= 0);
        if (told != NULL)
            assert_int_equal(told->week, seen);
        assert_int_equal(dossier.caregivers, seen >= 0 ? 2 : 1);
    }
    assert_true(seen > 0);
    small_run_end(&run);
}

/* Forty relationships one after the other, with everything that can happen in them. */
static void of_too_many_events_birth_and_the_newest_are_told(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=2", "run.years=30", "life.birth_years=0.02", NULL};
    enum { RELATIONSHIPS = 40 };
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    while (small_run_week(&run))
        continue;
    struct cr_bonds *bonds = &run.simulation.bonds;
    bonds->count = 0;
    assert_int_equal(cr_bonds_reserve(bonds, RELATIONSHIPS, NULL), 0);
    for (int32_t k = 0; k < RELATIONSHIPS; k++)
        bonds->bond[bonds->count++] = (struct cr_bond){.person = {0, 1},
            .start = 1000 + 10 * k,
            .cohabiting = 1002 + 10 * k,
            .married = 1004 + 10 * k,
            .end = 1006 + 10 * k,
            .ending = CR_CONFLICT};
    run.simulation.people.bonds_had[0] = RELATIONSHIPS;
    struct cr_dossier dossier;
    cr_dossier_fill(&dossier, &run.record, 0);
    assert_int_equal(dossier.event_count, CR_DOSSIER_EVENTS);
    assert_int_equal(dossier.events[0].kind, CR_LIFE_BIRTH);
    for (size_t k = 1; k < dossier.event_count; k++)
        assert_true(dossier.events[k].week >= dossier.events[k - 1].week);
    assert_int_equal(count_of(&dossier, CR_LIFE_VISIT), 0);
    const struct cr_life_event *last = NULL;
    for (size_t k = 0; k < dossier.event_count; k++)
        if (dossier.events[k].kind == CR_LIFE_SEPARATION)
            last = &dossier.events[k];
    assert_non_null(last);
    assert_int_equal(last->week, 1006 + 10 * (RELATIONSHIPS - 1));
    assert_int_equal(last->detail, CR_CONFLICT);
    bonds->count = 0;
    small_run_end(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_has_an_empty_one),
        cmocka_unit_test(it_tells_the_state_as_it_is),
        cmocka_unit_test(ratings_are_those_of_the_surveys),
        cmocka_unit_test(lives_are_told_in_the_order_in_which_they_went),
        cmocka_unit_test(earned_security_is_told_with_its_route),
        cmocka_unit_test(a_child_that_is_still_to_be_born_has_no_life),
        cmocka_unit_test(a_new_caregiver_comes_in_the_week_in_which_the_model_brings_it),
        cmocka_unit_test(of_too_many_events_birth_and_the_newest_are_told),
    };
    return cmocka_run_group_tests_name("dossier", tests, live, end);
}
