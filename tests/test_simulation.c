#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <omp.h>
#include <string.h>

#include "failing_allocation.h"
#include "model/checkpoint.h"
#include "model/simulation.h"

/* A scenario in which much happens in little time: early adulthood, early death, quick pairing and parting. */
static void busy(struct cr_scenario *scenario, int64_t people, double birth_years) {
    cr_scenario_init(scenario);
    struct cr_parameters *p = &scenario->parameters;
    p->run_people = people;
    p->run_seed = 12;
    p->life_birth_years = birth_years;
    p->life_adult_age = 12.0;
    p->life_median_age = 28.0;
    p->life_death_doubling = 5.0;
    p->meeting_rate = 0.6;
    p->pairing_acceptance = 1.0;
    p->stage_cohabit_rate = 0.1;
    p->stage_marry_rate = 0.1;
    p->separation_rate = 0.02;
    p->separation_commitment = 1.0;
    struct cr_event *event = NULL;
    assert_int_equal(cr_scenario_event(scenario, "loss", &event, NULL), 0);
    *event = (struct cr_event){
        .age = 2.0, .length = 1.0, .share = 0.4, .sensitivity = -0.8, .rebuff = 0.3, .load = 2.0, .replaces = true};
}

static void begin(struct cr_simulation *simulation, const struct cr_scenario *scenario, uint32_t replicate) {
    struct cr_error error = {0};
    assert_int_equal(cr_simulation_init(simulation, scenario, replicate, &error), 0);
}

static void live_until(struct cr_simulation *simulation, int32_t week) {
    while (simulation->week < week) {
        assert_int_equal(cr_simulation_reserve(simulation, NULL), 0);
        cr_simulation_step(simulation);
    }
}

static void expect_same_bonds(const struct cr_bonds *left, const struct cr_bonds *right) {
    assert_int_equal(left->count, right->count);
    assert_int_equal(left->active_count, right->active_count);
    assert_memory_equal(left->active, right->active, (size_t)left->active_count * sizeof *left->active);
    for (int32_t k = 0; k < left->count; k++) {
        const struct cr_bond *a = &left->bond[k];
        const struct cr_bond *b = &right->bond[k];
        assert_memory_equal(a->person, b->person, sizeof a->person);
        assert_memory_equal(a->order, b->order, sizeof a->order);
        assert_true(a->start == b->start && a->cohabiting == b->cohabiting && a->married == b->married);
        assert_true(a->end == b->end && a->stage == b->stage && a->ending == b->ending && a->ended_by == b->ended_by);
        assert_true(a->quarrels == b->quarrels && a->fit == b->fit);
        assert_true(a->intimacy == b->intimacy && a->conflict == b->conflict);
        assert_memory_equal(a->satisfaction_start, b->satisfaction_start, sizeof a->satisfaction_start);
        assert_memory_equal(a->satisfaction_end, b->satisfaction_end, sizeof a->satisfaction_end);
        assert_memory_equal(a->satisfaction_sum, b->satisfaction_sum, sizeof a->satisfaction_sum);
    }
}

static void expect_same(const struct cr_simulation *left, const struct cr_simulation *right) {
    assert_int_equal(left->week, right->week);
    assert_int_equal(left->people.bytes, right->people.bytes);
    assert_memory_equal(left->people.memory, right->people.memory, left->people.bytes);
    expect_same_bonds(&left->bonds, &right->bonds);
}

/* What a relationship is at any time, whatever the parameters. */
static void expect_conserved(const struct cr_simulation *simulation) {
    const struct cr_population *people = &simulation->people;
    const struct cr_bonds *bonds = &simulation->bonds;
    int32_t partnered = 0;
    for (uint32_t i = 0; i < people->count; i++) {
        if (people->partner[i] == CR_NOBODY)
            continue;
        partnered++;
        assert_true(cr_person_alive(people, i, simulation->week));
        assert_true(people->sex[i] != people->sex[people->partner[i]]);
        const struct cr_bond *bond = &bonds->bond[people->bond[i]];
        assert_true(bond->ending == CR_LASTING && bond->end == -1);
        assert_true((bond->person[0] == (int32_t)i && bond->person[1] == people->partner[i]) ||
                    (bond->person[1] == (int32_t)i && bond->person[0] == people->partner[i]));
    }
    assert_int_equal(partnered, 2 * bonds->active_count);
    int32_t lasting = 0;
    for (int32_t k = 0; k < bonds->count; k++) {
        const struct cr_bond *bond = &bonds->bond[k];
        lasting += bond->ending == CR_LASTING;
        assert_true((bond->ending == CR_LASTING) == (bond->end == -1));
        assert_true((bond->ending == CR_LASTING) == (bond->ended_by == -1));
        assert_true(bond->end == -1 || (bond->end >= bond->start && bond->end <= simulation->week));
        assert_true((bond->cohabiting >= 0) == (bond->stage >= CR_COHABITING));
        assert_true((bond->married >= 0) == (bond->stage == CR_MARRIED));
        assert_true(bond->cohabiting == -1 || bond->cohabiting > bond->start);
        assert_true(bond->married == -1 || bond->married > bond->cohabiting);
        assert_true(bond->intimacy >= 0.0 && bond->intimacy <= 1.0 && bond->conflict >= 0.0);
    }
    assert_int_equal(lasting, bonds->active_count);
}

static void every_invariant_holds_after_every_week(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    struct cr_error error = {0};
    busy(&scenario, 300, 10.0);
    begin(&simulation, &scenario, 1);
    int32_t last_bonds = 0;
    while (simulation.week < 40 * CR_WEEKS_A_YEAR) {
        live_until(&simulation, simulation.week + 1);
        if (cr_simulation_verify(&simulation, &error) != 0)
            fail_msg("%s", error.sentence);
        expect_conserved(&simulation);
        assert_true(simulation.bonds.count >= last_bonds);
        last_bonds = simulation.bonds.count;
    }
    /* Much of everything has happened. */
    int count[CR_ENDINGS] = {0};
    int married = 0;
    for (int32_t k = 0; k < simulation.bonds.count; k++) {
        count[simulation.bonds.bond[k].ending]++;
        married += simulation.bonds.bond[k].stage == CR_MARRIED;
    }
    assert_true(simulation.bonds.count > 100 && married > 20);
    assert_true(count[CR_DEATH] > 20 && simulation.bonds.count - count[CR_DEATH] - count[CR_LASTING] > 50);
    assert_true(cr_simulation_alive(&simulation) < 150);
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

static void who_lives_is_counted(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    busy(&scenario, 50, 5.0);
    begin(&simulation, &scenario, 1);
    for (int32_t week = 0; week < 40 * CR_WEEKS_A_YEAR; week += 13) {
        uint32_t alive = 0;
        simulation.week = week;
        for (uint32_t i = 0; i < 50; i++)
            alive += simulation.people.birth[i] <= week && week < simulation.people.death[i];
        assert_int_equal(cr_simulation_alive(&simulation), alive);
    }
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

static void one_and_two_threads_give_the_same_bytes(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation one, two;
    busy(&scenario, 2300, 1.0);
    begin(&one, &scenario, 1);
    begin(&two, &scenario, 1);
    live_until(&one, 15 * CR_WEEKS_A_YEAR);
    /* Two threads take the first year and the last two; in between there is nothing new. */
    omp_set_num_threads(2);
    live_until(&two, CR_WEEKS_A_YEAR);
    omp_set_num_threads(1);
    live_until(&two, 13 * CR_WEEKS_A_YEAR);
    omp_set_num_threads(2);
    live_until(&two, 15 * CR_WEEKS_A_YEAR);
    omp_set_num_threads(1);
    /* More than one portion of people and of couples. */
    assert_true(one.bonds.active_count > 512);
    expect_same(&one, &two);
    cr_simulation_free(&one);
    cr_simulation_free(&two);
    cr_scenario_free(&scenario);
}

static void a_replicate_can_be_run_again_and_no_two_are_alike(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation first, again, other;
    busy(&scenario, 60, 2.0);
    begin(&first, &scenario, 7);
    begin(&again, &scenario, 7);
    begin(&other, &scenario, 8);
    live_until(&first, 16 * CR_WEEKS_A_YEAR);
    live_until(&other, 16 * CR_WEEKS_A_YEAR);
    live_until(&again, 16 * CR_WEEKS_A_YEAR);
    assert_true(first.bonds.count > 5);
    expect_same(&first, &again);
    for (uint32_t i = 0; i < 60; i++)
        assert_true(first.people.general[CR_OPEN][i] != other.people.general[CR_OPEN][i]);
    cr_simulation_free(&first);
    cr_simulation_free(&again);
    cr_simulation_free(&other);
    cr_scenario_free(&scenario);
}

static void one_person_more_leaves_everybody_elses_childhood_as_it_was(void **state) {
    (void)state;
    enum { PEOPLE = 80 };
    struct cr_scenario scenario, larger;
    struct cr_simulation without, with;
    busy(&scenario, PEOPLE, 3.0);
    busy(&larger, PEOPLE + 1, 3.0);
    begin(&without, &scenario, 1);
    begin(&with, &larger, 1);
    /* The eldest come of age. */
    live_until(&without, 12 * CR_WEEKS_A_YEAR);
    live_until(&with, 12 * CR_WEEKS_A_YEAR);
#define CR_ARRAY(type, name) assert_memory_equal(without.people.name, with.people.name, PEOPLE * sizeof(type));
#define CR_ARRAYS(type, name, kinds)                                                                                   \
    for (int k = 0; k < (kinds); k++)                                                                                  \
        assert_memory_equal(without.people.name[k], with.people.name[k], PEOPLE * sizeof(type));
    CR_PERSON_ROWS(CR_ARRAY, CR_ARRAYS)
#undef CR_ARRAY
#undef CR_ARRAYS
    assert_true(without.people.experience[CR_CAREGIVER][0] > 0.0);
    cr_simulation_free(&without);
    cr_simulation_free(&with);
    cr_scenario_free(&scenario);
    cr_scenario_free(&larger);
}

static void an_instrument_changes_no_life(void **state) {
    (void)state;
    struct cr_scenario scenario, remeasured;
    struct cr_simulation plain, other;
    busy(&scenario, 150, 2.0);
    busy(&remeasured, 150, 2.0);
    int changed = 0;
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *field = &cr_parameter_registry.fields[i];
        if (field->role != CR_INSTRUMENT)
            continue;
        const double value = field->initial == field->maximum ? field->minimum : field->maximum;
        assert_int_equal(cr_field_set(field, &remeasured.parameters, value, "", NULL), 0);
        changed++;
    }
    assert_true(changed > 5);
    begin(&plain, &scenario, 1);
    begin(&other, &remeasured, 1);
    live_until(&plain, 18 * CR_WEEKS_A_YEAR);
    live_until(&other, 18 * CR_WEEKS_A_YEAR);
    assert_true(plain.bonds.count > 20);
    expect_same(&plain, &other);
    cr_simulation_free(&plain);
    cr_simulation_free(&other);
    cr_scenario_free(&scenario);
    cr_scenario_free(&remeasured);
}

static void whichever_allocation_fails_a_run_is_refused_and_nothing_leaks(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    busy(&scenario, 20, 2.0);
    const long held = allocations_held;
    int refused = 0;
    for (long n = 0;; n++) {
        struct cr_error error = {0};
        allocations_left = n;
        const int code = cr_simulation_init(&simulation, &scenario, 1, &error);
        allocations_left = -1;
        if (code == 0)
            break;
        assert_int_equal(code, CR_ERROR_MEMORY);
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_non_null(strstr(error.sentence, "memory"));
        assert_int_equal(allocations_held, held);
        cr_simulation_free(&simulation);
        refused++;
    }
    assert_true(refused >= 4);
    cr_simulation_free(&simulation);
    cr_simulation_free(&simulation);
    assert_int_equal(allocations_held, held);
    cr_scenario_free(&scenario);
}

static void a_step_that_finds_no_memory_can_be_tried_again(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation hindered, free_run;
    busy(&scenario, 60, 1.0);
    begin(&hindered, &scenario, 1);
    begin(&free_run, &scenario, 1);
    const int32_t weeks = 18 * CR_WEEKS_A_YEAR;
    live_until(&free_run, weeks);
    int refused = 0;
    while (hindered.week < weeks) {
        for (long n = 0; n < 2; n++) {
            struct cr_error error = {0};
            allocations_left = n;
            const int code = cr_simulation_reserve(&hindered, &error);
            allocations_left = -1;
            if (code == 0)
                break;
            assert_int_equal(code, CR_ERROR_MEMORY);
            refused++;
        }
        live_until(&hindered, hindered.week + 1);
    }
    assert_true(refused > 1);
    expect_same(&hindered, &free_run);
    cr_simulation_free(&hindered);
    cr_simulation_free(&free_run);
    cr_scenario_free(&scenario);
}

static void while_stepping_nothing_is_allocated(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    busy(&scenario, 60, 1.0);
    begin(&simulation, &scenario, 1);
    while (simulation.week < 16 * CR_WEEKS_A_YEAR) {
        assert_int_equal(cr_simulation_reserve(&simulation, NULL), 0);
        allocations_left = 1000;
        cr_simulation_step(&simulation);
        const long left = allocations_left;
        allocations_left = -1;
        assert_int_equal(left, 1000);
        assert_true(simulation.bonds.count <= simulation.bonds.capacity);
    }
    assert_true(simulation.bonds.count > 5);
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

static void a_run_lasts_as_many_weeks_as_its_years_have(void **state) {
    (void)state;
    struct cr_scenario scenario;
    cr_scenario_init(&scenario);
    const double years[] = {0.02, 1.0, 10.5, 70.0};
    const int32_t weeks[] = {1, 52, 546, 3640};
    for (int k = 0; k < 4; k++) {
        scenario.parameters.run_years = years[k];
        assert_int_equal(cr_simulation_weeks(&scenario), weeks[k]);
    }
    cr_scenario_free(&scenario);
}

static void change(struct cr_scenario *scenario, int32_t week, const char *key, double value) {
    const struct cr_field *field = cr_registry_find(&cr_parameter_registry, key);
    assert_non_null(field);
    assert_int_equal(cr_scenario_change(scenario, week, field, value, "", NULL), 0);
}

/* Lives two scenarios side by side and gives the first week after which the people differ; `weeks` for none. */
static int32_t parted(const struct cr_scenario *one, const struct cr_scenario *other, int32_t weeks) {
    struct cr_simulation left, right;
    begin(&left, one, 1);
    begin(&right, other, 1);
    while (left.week < weeks && memcmp(left.people.memory, right.people.memory, left.people.bytes) == 0) {
        live_until(&left, left.week + 1);
        live_until(&right, right.week + 1);
    }
    const bool same = memcmp(left.people.memory, right.people.memory, left.people.bytes) == 0;
    const int32_t week = same ? weeks : left.week - 1;
    cr_simulation_free(&left);
    cr_simulation_free(&right);
    return week;
}

static void a_change_works_in_its_own_week_and_never_before(void **state) {
    (void)state;
    struct cr_scenario plain, changed;
    static const int32_t weeks[] = {0, 1, 51, 130, 260};
    busy(&plain, 200, 1.0);
    busy(&changed, 200, 1.0);
    for (int k = 0; k < 5; k++) {
        changed.change_count = 0;
        change(&changed, weeks[k], "needs.rate_infant", 40.0);
        assert_int_equal(parted(&plain, &changed, 300), weeks[k]);
    }
    cr_scenario_free(&plain);
    cr_scenario_free(&changed);
}

static void a_change_lasts_until_the_next(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    busy(&scenario, 40, 1.0);
    scenario.parameters.needs_rate_infant = 40.0;
    scenario.parameters.needs_rate_adult = 20.0;
    change(&scenario, 150, "times.load", 0.0);
    change(&scenario, 153, "times.load", 1.0);
    begin(&simulation, &scenario, 1);
    live_until(&simulation, 100);
    while (simulation.week < 160) {
        live_until(&simulation, simulation.week + 1);
        const int32_t lived = simulation.week - 1;
        assert_true(simulation.setting.parameters->times_load == (lived >= 150 && lived < 153 ? 0.0 : 1.0));
        for (uint32_t i = 0; i < 40; i++)
            assert_true((simulation.people.felt[i] > 0.0) == (lived < 150 || lived >= 153));
    }
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

static void a_change_in_week_0_is_as_good_as_the_scenarios_own_value(void **state) {
    (void)state;
    struct cr_scenario own, changed;
    busy(&own, 60, 1.0);
    busy(&changed, 60, 1.0);
    own.parameters.learning_rate = 0.3;
    change(&changed, 0, "learning.rate", 0.3);
    assert_int_equal(parted(&own, &changed, 150), 150);
    cr_scenario_free(&own);
    cr_scenario_free(&changed);
}

static void a_change_to_what_is_in_force_changes_nothing(void **state) {
    (void)state;
    struct cr_scenario plain, changed;
    busy(&plain, 60, 1.0);
    busy(&changed, 60, 1.0);
    for (int32_t week = 0; week < 100; week += 7) {
        change(&changed, week, "needs.rate_infant", plain.parameters.needs_rate_infant);
        change(&changed, week, "times.load", 1.0);
        change(&changed, week, "times.sensitivity", 0.0);
    }
    assert_int_equal(parted(&plain, &changed, 150), 150);
    cr_scenario_free(&plain);
    cr_scenario_free(&changed);
}

static void a_change_that_is_added_on_the_way_is_as_one_that_was_known_before(void **state) {
    (void)state;
    struct cr_scenario known, added;
    struct cr_simulation left, right;
    busy(&known, 60, 1.0);
    busy(&added, 60, 1.0);
    change(&known, 80, "times.rebuff", 0.5);
    change(&known, 80, "times.load", 2.0);
    change(&known, 95, "times.rebuff", 0.0);
    begin(&left, &known, 1);
    begin(&right, &added, 1);
    live_until(&left, 150);
    live_until(&right, 40);
    change(&added, 95, "times.rebuff", 0.0);
    live_until(&right, 80);
    change(&added, 80, "times.rebuff", 0.25);
    change(&added, 80, "times.rebuff", 0.5);
    change(&added, 80, "times.load", 2.0);
    live_until(&right, 150);
    expect_same(&left, &right);
    cr_simulation_free(&left);
    cr_simulation_free(&right);
    cr_scenario_free(&known);
    cr_scenario_free(&added);
}

/* Back in an earlier week the parameters are those of then, whether somebody asks for them or just lives on. */
static void in_every_week_the_parameters_are_those_of_that_week(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    busy(&scenario, 10, 1.0);
    change(&scenario, 0, "times.load", 0.5);
    change(&scenario, 20, "times.load", 2.0);
    change(&scenario, 40, "times.load", 3.0);
    begin(&simulation, &scenario, 1);
    assert_true(simulation.setting.parameters->times_load == 0.5);
    live_until(&simulation, 60);
    assert_true(simulation.setting.parameters->times_load == 3.0);
    static const int32_t weeks[] = {0, 1, 20, 21, 40, 41, 60, 30};
    static const double after[] = {0.5, 0.5, 0.5, 2.0, 2.0, 3.0, 3.0, 2.0};
    static const double next[] = {0.5, 0.5, 2.0, 2.0, 3.0, 3.0, 3.0, 2.0};
    for (int k = 0; k < 8; k++)
        for (int asks = 0; asks < 2; asks++) {
            simulation.week = weeks[k];
            if (asks) {
                cr_simulation_resolve(&simulation);
                assert_int_equal(simulation.week, weeks[k]);
                assert_int_equal(simulation.setting.week, weeks[k] > 0 ? weeks[k] - 1 : 0);
                assert_true(simulation.setting.parameters->times_load == after[k]);
            }
            cr_simulation_step(&simulation);
            assert_int_equal(simulation.week, weeks[k] + 1);
            assert_int_equal(simulation.setting.week, weeks[k]);
            assert_true(simulation.setting.parameters->times_load == next[k]);
        }
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

static void changes_give_the_same_bytes_at_one_and_two_threads(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation one, two;
    busy(&scenario, 1500, 1.0);
    static const char *const keys[] = {"times.sensitivity", "times.availability", "times.inconsistency", "times.rebuff",
        "times.fright", "times.load", "learning.rate"};
    for (int k = 0; k < 7; k++)
        change(&scenario, 10 + 9 * k, keys[k], 0.25);
    begin(&one, &scenario, 1);
    begin(&two, &scenario, 1);
    live_until(&one, 90);
    omp_set_num_threads(2);
    live_until(&two, 90);
    omp_set_num_threads(1);
    expect_same(&one, &two);
    cr_simulation_free(&one);
    cr_simulation_free(&two);
    cr_scenario_free(&scenario);
}

static void every_live_parameter_has_a_say_once_it_changes(void **state) {
    (void)state;
    /* There are children, singles, couples of all kinds, and dead. */
    enum { CHANGE = 24 * CR_WEEKS_A_YEAR, END = CHANGE + 60 };
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    struct cr_checkpoint before, after;
    busy(&scenario, 500, 20.0);
    begin(&simulation, &scenario, 1);
    live_until(&simulation, CHANGE);
    assert_int_equal(cr_checkpoint_init(&before, &simulation, NULL), 0);
    live_until(&simulation, END);
    assert_int_equal(cr_checkpoint_init(&after, &simulation, NULL), 0);
    for (size_t i = 0; i < cr_parameter_registry.count; i++) {
        const struct cr_field *field = &cr_parameter_registry.fields[i];
        if (field->role != CR_LIVE)
            continue;
        cr_checkpoint_restore(&before, &simulation);
        change(&scenario, CHANGE, field->key,
            cr_field_get(field, &scenario.parameters) == field->maximum ? field->minimum : field->maximum);
        live_until(&simulation, END);
        if (memcmp(simulation.people.memory, after.people, simulation.people.bytes) == 0)
            fail_msg("%s changes nothing", field->key);
        scenario.change_count = 0;
    }
    cr_checkpoint_restore(&before, &simulation);
    live_until(&simulation, END);
    assert_memory_equal(simulation.people.memory, after.people, simulation.people.bytes);
    cr_checkpoint_free(&before);
    cr_checkpoint_free(&after);
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

/* Fails unless the simulation is found broken in the way that `words` tell. */
static void expect_broken(const struct cr_simulation *simulation, const char *words) {
    struct cr_error error = {0};
    assert_int_equal(cr_simulation_verify(simulation, &error), CR_ERROR_NUMERIC);
    if (strstr(error.sentence, words) == NULL)
        fail_msg("\"%s\" instead of \"%s\"", error.sentence, words);
}

static void what_is_broken_is_found(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    busy(&scenario, 60, 1.0);
    begin(&simulation, &scenario, 1);
    live_until(&simulation, 15 * CR_WEEKS_A_YEAR);
    struct cr_population *people = &simulation.people;
    assert_int_equal(cr_simulation_verify(&simulation, NULL), 0);
    assert_true(simulation.bonds.active_count > 1);
    const struct cr_bond *bond = &simulation.bonds.bond[simulation.bonds.active[0]];
    const int32_t a = bond->person[0];
    const int32_t b = bond->person[1];
    struct {
        double *place;
        double wrong;
        const char *words;
    } rows[] = {
        {&people->general[CR_FEAR][3], 1.0001, "a general belief"},
        {&people->general[CR_WORTH][3], (double)NAN, "a general belief"},
        {&people->specific[CR_PARTNER * CR_BELIEFS + CR_WORTH][3], -1e-6, "a specific belief"},
        {&people->policy[CR_BID][3], 1.5, "the policy"},
        {&people->arousal[3], -0.1, "arousal"},
        {&people->arousal[3], (double)INFINITY, "arousal"},
        {&people->strain[3], (double)NAN, "arousal"},
        {&people->irritation[3], 1.1, "irritation"},
        {&people->satisfaction[3], (double)NAN, "satisfaction"},
        {&people->commitment[3], (double)INFINITY, "satisfaction"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double right = *rows[i].place;
        *rows[i].place = rows[i].wrong;
        expect_broken(&simulation, rows[i].words);
        *rows[i].place = right;
    }
    people->partner[a] = CR_NOBODY;
    expect_broken(&simulation, "of person");
    people->partner[a] = a;
    expect_broken(&simulation, "the partner");
    people->partner[a] = b;
    const int32_t death = people->death[a];
    people->death[a] = simulation.week;
    expect_broken(&simulation, "the partner");
    people->death[a] = death;
    simulation.bonds.bond[simulation.bonds.active[0]].ending = CR_CONFLICT;
    expect_broken(&simulation, "is not held by its partners");
    simulation.bonds.bond[simulation.bonds.active[0]].ending = CR_LASTING;
    const int32_t active = simulation.bonds.active[1];
    simulation.bonds.active[1] = simulation.bonds.active[0];
    expect_broken(&simulation, "is not held by its partners");
    simulation.bonds.active[1] = active;
    assert_int_equal(cr_simulation_verify(&simulation, NULL), 0);
    cr_simulation_free(&simulation);
    cr_scenario_free(&scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_invariant_holds_after_every_week),
        cmocka_unit_test(who_lives_is_counted),
        cmocka_unit_test(one_and_two_threads_give_the_same_bytes),
        cmocka_unit_test(a_replicate_can_be_run_again_and_no_two_are_alike),
        cmocka_unit_test(one_person_more_leaves_everybody_elses_childhood_as_it_was),
        cmocka_unit_test(an_instrument_changes_no_life),
        cmocka_unit_test(whichever_allocation_fails_a_run_is_refused_and_nothing_leaks),
        cmocka_unit_test(a_step_that_finds_no_memory_can_be_tried_again),
        cmocka_unit_test(while_stepping_nothing_is_allocated),
        cmocka_unit_test(a_run_lasts_as_many_weeks_as_its_years_have),
        cmocka_unit_test(a_change_works_in_its_own_week_and_never_before),
        cmocka_unit_test(a_change_lasts_until_the_next),
        cmocka_unit_test(a_change_in_week_0_is_as_good_as_the_scenarios_own_value),
        cmocka_unit_test(a_change_to_what_is_in_force_changes_nothing),
        cmocka_unit_test(a_change_that_is_added_on_the_way_is_as_one_that_was_known_before),
        cmocka_unit_test(in_every_week_the_parameters_are_those_of_that_week),
        cmocka_unit_test(changes_give_the_same_bytes_at_one_and_two_threads),
        cmocka_unit_test(every_live_parameter_has_a_say_once_it_changes),
        cmocka_unit_test(what_is_broken_is_found),
    };
    gsl_set_error_handler_off();
    /* For so few people threads only cost. */
    omp_set_num_threads(1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
