#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "model/checkpoint.h"
#include "small_run.h"

/* Grown-ups from 12 on, and dead soon: some of everything within few years. */
static const char *const short_lives[] = {"run.people=120", "run.years=33.4", "life.birth_years=4", "life.adult_age=12",
    "life.median_age=24", "life.death_doubling=3", "meeting.rate=0.8", "pairing.acceptance=1", NULL};

static int live_short_lives(void **state) {
    struct small_run *run = malloc(sizeof *run);
    if (run == NULL)
        return -1;
    small_run_begin(run, 1, short_lives);
    while (small_run_week(run))
        continue;
    *state = run;
    return 0;
}

static int end_run(void **state) {
    small_run_end(*state);
    free(*state);
    return 0;
}

static void infants_visit_at_exactly_56_and_78_weeks_and_never_else(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=60", "run.years=3", "life.birth_years=2.5", NULL};
    static const int32_t ages[CR_VISITS] = {56, 78};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    int32_t taken[CR_VISITS] = {0};
    while (small_run_week(&run)) {
        const int32_t week = run.simulation.setting.week;
        for (uint32_t i = 0; i < run.record.people; i++)
            for (int v = 0; v < CR_VISITS; v++) {
                const struct cr_visit *visit = &run.record.visits[v][i];
                const int32_t due = run.simulation.people.birth[i] + ages[v];
                assert_int_equal(visit->week, week < due ? -1 : due);
                if (week < due) {
                    assert_int_equal(visit->coding.class, CR_CLASS_NONE);
                    continue;
                }
                assert_in_range(visit->coding.class, CR_CLASS_A, CR_CLASS_D);
                assert_true(visit->sensitivity >= 1.0 && visit->sensitivity <= 9.0);
                assert_true(visit->fright >= 1.0 && visit->fright <= 9.0);
                taken[v] += week == due;
            }
    }
    for (int v = 0; v < CR_VISITS; v++)
        assert_in_range(taken[v], 1, 59); /* some are born too late */
    assert_true(taken[0] > taken[1]);
    small_run_end(&run);
}

static void a_visit_takes_down_the_caregiver_as_it_is_then(void **state) {
    (void)state;
    static const char *const assignments[] = {
        "run.people=30", "run.years=2", "life.birth_years=0.1", "caregiving.hardship=1", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    int32_t moved = 0;
    while (small_run_week(&run))
        for (uint32_t i = 0; i < run.record.people; i++)
            if (run.record.visits[0][i].week == run.simulation.setting.week) {
                struct cr_profile care;
                (void)cr_person_caregiver_now(&run.simulation.setting, &run.simulation.people, i, &care);
                assert_true(care.sensitivity == run.record.visits[0][i].care.sensitivity);
                assert_true(care.rebuff == run.record.visits[0][i].care.rebuff);
                moved += care.sensitivity != run.simulation.people.caregiver[i].sensitivity;
            }
    assert_true(moved > 20);
    small_run_end(&run);
}

static void surveys_come_at_the_end_of_every_full_year(void **state) {
    const struct small_run *run = *state;
    assert_int_equal(run->record.survey_count, 33);
    for (int32_t y = 0; y < run->record.survey_count; y++)
        assert_int_equal(run->record.surveys[y].week, 52 * (y + 1) - 1);
}

static void a_run_of_less_than_a_year_has_no_survey(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=2", "run.years=0.9", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    while (small_run_week(&run))
        continue;
    assert_int_equal(run.record.survey_count, 0);
    assert_int_equal(cr_record_survey_at_age(&run.record, 0, 0.0), -1);
    assert_int_equal(cr_record_style(&run.record, -1, 0), CR_STYLE_NONE);
    small_run_end(&run);
}

static void expect_unasked(const struct cr_survey *survey, uint32_t i) {
    const float *const reals[] = {survey->anxiety, survey->avoidance, survey->worth, survey->satisfaction,
        survey->commitment, survey->conflict, survey->perceived, survey->actual, survey->swayed[0], survey->swayed[1],
        survey->swayed[2], survey->felt, survey->shown};
    for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
        assert_true(isnan(reals[k][i]));
    assert_int_equal(survey->partner[i], CR_NOBODY);
    for (int k = 0; k < CR_STRATEGIES; k++)
        assert_int_equal(survey->bids[k][i], 0);
}

static void the_unborn_and_the_dead_are_not_asked_and_all_others_are(void **state) {
    const struct small_run *run = *state;
    const struct cr_population *people = &run->simulation.people;
    int32_t unborn = 0, dead = 0, asked = 0;
    for (int32_t y = 0; y < run->record.survey_count; y++) {
        const struct cr_survey *survey = &run->record.surveys[y];
        for (uint32_t i = 0; i < run->record.people; i++) {
            unborn += survey->week < people->birth[i];
            dead += survey->week >= people->death[i];
            if (survey->week < people->birth[i] || survey->week >= people->death[i]) {
                expect_unasked(survey, i);
                assert_int_equal(cr_record_style(&run->record, y, i), CR_STYLE_NONE);
                continue;
            }
            asked++;
            assert_true(survey->worth[i] > 0.0F && survey->worth[i] < 1.0F);
            for (int k = 0; k < 3; k++)
                assert_true(isfinite(survey->swayed[k][i]));
            assert_true(survey->felt[i] >= 0.0F && survey->shown[i] >= 0.0F);
        }
    }
    assert_true(unborn > 100 && dead > 100 && asked > 1000);
}

static void only_grown_ups_rate_themselves(void **state) {
    const struct small_run *run = *state;
    const struct cr_population *people = &run->simulation.people;
    for (int32_t y = 0; y < run->record.survey_count; y++) {
        const struct cr_survey *survey = &run->record.surveys[y];
        for (uint32_t i = 0; i < run->record.people; i++) {
            const int32_t weeks = survey->week - people->birth[i];
            const bool adult = weeks >= 12 * 52 && survey->week < people->death[i];
            assert_int_equal(!isnan(survey->anxiety[i]), adult);
            assert_int_equal(!isnan(survey->avoidance[i]), adult);
            assert_int_equal(cr_record_style(&run->record, y, i) != CR_STYLE_NONE, adult);
            if (weeks >= 0)
                assert_true(fabs(cr_record_age(&run->record, survey, i) - weeks / 52.0) < 1e-12);
            else
                assert_true(cr_record_age(&run->record, survey, i) < 0.0);
            if (!adult)
                continue;
            assert_true(survey->anxiety[i] >= 1.0F && survey->anxiety[i] <= 7.0F);
            assert_true(survey->avoidance[i] >= 1.0F && survey->avoidance[i] <= 7.0F);
        }
    }
}

static void partners_name_each_other_and_only_they_rate_their_relationship(void **state) {
    const struct small_run *run = *state;
    int32_t partnered = 0, single = 0;
    for (int32_t y = 0; y < run->record.survey_count; y++) {
        const struct cr_survey *survey = &run->record.surveys[y];
        for (uint32_t i = 0; i < run->record.people; i++) {
            const bool has = survey->partner[i] != CR_NOBODY;
            partnered += has;
            single += !has && !isnan(survey->anxiety[i]);
            const float *const answers[] = {
                survey->satisfaction, survey->commitment, survey->conflict, survey->perceived, survey->actual};
            for (size_t k = 0; k < sizeof answers / sizeof *answers; k++)
                assert_int_equal(!isnan(answers[k][i]), has);
            if (!has)
                continue;
            assert_int_equal(survey->partner[survey->partner[i]], i);
            assert_true(survey->conflict[i] == survey->conflict[survey->partner[i]]);
            assert_true(survey->conflict[i] >= 0.0F);
            assert_true(survey->perceived[i] >= 0.0F && survey->perceived[i] <= 1.0F);
            assert_true(survey->actual[i] >= 0.0F && survey->actual[i] <= 1.0F);
        }
    }
    assert_true(partnered > 50 && single > 50);
}

static void a_survey_at_an_age_is_the_first_at_that_age_and_none_for_the_dead(void **state) {
    const struct small_run *run = *state;
    const struct cr_record *record = &run->record;
    int32_t none = 0;
    for (uint32_t i = 0; i < record->people; i++)
        for (double age = 0.0; age < 40.0; age += 0.37) {
            int32_t wanted = -1;
            for (int32_t y = 0; y < record->survey_count && wanted < 0; y++)
                if ((record->surveys[y].week - run->simulation.people.birth[i]) >= age * 52.0)
                    wanted = y;
            if (wanted >= 0 && record->surveys[wanted].week >= run->simulation.people.death[i])
                wanted = -1;
            assert_int_equal(cr_record_survey_at_age(record, i, age), wanted);
            none += wanted < 0;
        }
    assert_true(none > 100);
}

static void recording_changes_nothing_that_happens(void **state) {
    const struct small_run *run = *state;
    struct small_run bare;
    small_run_begin(&bare, 1, short_lives);
    while (bare.simulation.week < cr_simulation_weeks(&bare.scenario)) {
        assert_int_equal(cr_simulation_reserve(&bare.simulation, NULL), 0);
        cr_simulation_step(&bare.simulation);
    }
    assert_int_equal(bare.simulation.people.bytes, run->simulation.people.bytes);
    assert_memory_equal(bare.simulation.people.memory, run->simulation.people.memory, bare.simulation.people.bytes);
    assert_int_equal(bare.simulation.bonds.count, run->simulation.bonds.count);
    for (int32_t k = 0; k < bare.simulation.bonds.count; k++) {
        assert_int_equal(bare.simulation.bonds.bond[k].start, run->simulation.bonds.bond[k].start);
        assert_int_equal(bare.simulation.bonds.bond[k].end, run->simulation.bonds.bond[k].end);
        assert_int_equal(bare.simulation.bonds.bond[k].ending, run->simulation.bonds.bond[k].ending);
    }
    small_run_end(&bare);
}

static void expect_same_reals(const float *left, const float *right, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        assert_true(left[i] == right[i] || (isnan(left[i]) && isnan(right[i])));
}

static void expect_same_surveys(const struct cr_record *left, const struct cr_record *right) {
    assert_int_equal(left->survey_count, right->survey_count);
    for (int32_t y = 0; y < left->survey_count; y++) {
        const struct cr_survey *a = &left->surveys[y], *b = &right->surveys[y];
        const float *const reals[][2] = {{a->anxiety, b->anxiety}, {a->avoidance, b->avoidance}, {a->worth, b->worth},
            {a->satisfaction, b->satisfaction}, {a->commitment, b->commitment}, {a->conflict, b->conflict},
            {a->perceived, b->perceived}, {a->actual, b->actual}, {a->swayed[0], b->swayed[0]},
            {a->swayed[1], b->swayed[1]}, {a->swayed[2], b->swayed[2]}, {a->felt, b->felt}, {a->shown, b->shown}};
        assert_int_equal(a->week, b->week);
        for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
            expect_same_reals(reals[k][0], reals[k][1], left->people);
        assert_memory_equal(a->partner, b->partner, left->people * sizeof *a->partner);
        assert_memory_equal(a->bond, b->bond, left->people * sizeof *a->bond);
        for (int k = 0; k < CR_STRATEGIES; k++)
            assert_memory_equal(a->bids[k], b->bids[k], left->people);
    }
}

static void expect_same_visits(const struct cr_record *left, const struct cr_record *right) {
    for (int v = 0; v < CR_VISITS; v++)
        for (uint32_t i = 0; i < left->people; i++) {
            const struct cr_visit *a = &left->visits[v][i], *b = &right->visits[v][i];
            assert_int_equal(a->week, b->week);
            assert_int_equal(a->coding.class, b->coding.class);
            assert_true(a->coding.proximity == b->coding.proximity && a->coding.felt == b->coding.felt);
            assert_int_equal(a->caregiver, b->caregiver);
            assert_true(a->sensitivity == b->sensitivity && a->fright == b->fright);
            assert_memory_equal(a->policy, b->policy, sizeof a->policy);
            assert_memory_equal(&a->care, &b->care, sizeof a->care);
        }
}

static void live_until(struct small_run *run, int32_t week) {
    while (run->simulation.week < week)
        assert_true(small_run_week(run));
}

/* Goes back with the simulation, then with the record. */
static void go_back(struct small_run *run, const struct cr_checkpoint *checkpoint) {
    cr_checkpoint_restore(checkpoint, &run->simulation);
    cr_record_rewind(&run->record, checkpoint->week);
}

static void a_rewound_record_is_what_it_was_then_and_takes_down_the_same_again(void **state) {
    (void)state;
    static const int32_t weeks[] = {0, 60, 104, 150, 1248, 1299};
    struct small_run run, straight;
    small_run_begin(&run, 1, short_lives);
    for (size_t k = 0; k < sizeof weeks / sizeof *weeks; k++) {
        struct cr_checkpoint checkpoint;
        live_until(&run, weeks[k]);
        assert_int_equal(cr_checkpoint_init(&checkpoint, &run.simulation, NULL), 0);
        live_until(&run, weeks[k] + 230);
        go_back(&run, &checkpoint);
        small_run_begin(&straight, 1, short_lives);
        live_until(&straight, weeks[k]);
        expect_same_surveys(&run.record, &straight.record);
        expect_same_visits(&run.record, &straight.record);
        live_until(&run, weeks[k] + 230);
        live_until(&straight, weeks[k] + 230);
        expect_same_surveys(&run.record, &straight.record);
        expect_same_visits(&run.record, &straight.record);
        go_back(&run, &checkpoint);
        cr_checkpoint_free(&checkpoint);
        small_run_end(&straight);
    }
    small_run_end(&run);
}

/* Nothing of the first future must shine through: not the answers of those who would have been asked, either. */
static void a_rewound_record_takes_down_another_future_as_if_there_had_been_no_other(void **state) {
    (void)state;
    struct small_run run, straight;
    struct cr_checkpoint checkpoint;
    const struct cr_field *rate = cr_registry_find(&cr_parameter_registry, "needs.rate_adult");
    assert_non_null(rate);
    small_run_begin(&run, 1, short_lives);
    live_until(&run, 1000);
    assert_int_equal(cr_checkpoint_init(&checkpoint, &run.simulation, NULL), 0);
    live_until(&run, 1400);
    go_back(&run, &checkpoint);
    assert_int_equal(cr_scenario_change(&run.scenario, 1000, rate, 0.05, "", NULL), 0);
    live_until(&run, 1400);
    small_run_begin(&straight, 1, short_lives);
    assert_int_equal(cr_scenario_change(&straight.scenario, 1000, rate, 0.05, "", NULL), 0);
    live_until(&straight, 1400);
    expect_same_surveys(&run.record, &straight.record);
    cr_checkpoint_free(&checkpoint);
    small_run_end(&run);
    small_run_end(&straight);
}

static void surveys_that_were_put_aside_come_back_when_one_goes_on(void **state) {
    (void)state;
    struct small_run run;
    small_run_begin(&run, 1, short_lives);
    live_until(&run, 700);
    cr_record_rewind(&run.record, 519);
    assert_int_equal(run.record.survey_count, 9);
    cr_record_rewind(&run.record, 700);
    assert_int_equal(run.record.survey_count, 13);
    cr_record_rewind(&run.record, 0);
    assert_int_equal(run.record.survey_count, 0);
    for (uint32_t i = 0; i < run.record.people; i++)
        assert_int_equal(run.record.visits[0][i].week, -1);
    small_run_end(&run);
}

static void a_record_without_memory_says_so_and_leaves_nothing_behind(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_simulation simulation;
    cr_scenario_init(&scenario);
    scenario.parameters.run_people = 3;
    scenario.parameters.run_years = 2.0;
    assert_int_equal(cr_simulation_init(&simulation, &scenario, 1, NULL), 0);
    long n = 0;
    for (int status = CR_ERROR_MEMORY; status != 0; n++) {
        struct cr_record record;
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_record_init(&record, &simulation, &error);
        allocations_left = -1;
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(error.code, CR_ERROR_MEMORY);
            assert_non_null(strstr(error.sentence, "memory"));
            assert_null(record.surveys);
            assert_int_equal(allocations_held, held);
        }
        cr_record_free(&record);
        cr_record_free(&record);
        assert_int_equal(allocations_held, held);
    }
    assert_true(n > 20); /* each array of each survey failed once */
    cr_simulation_free(&simulation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(infants_visit_at_exactly_56_and_78_weeks_and_never_else),
        cmocka_unit_test(a_visit_takes_down_the_caregiver_as_it_is_then),
        cmocka_unit_test(surveys_come_at_the_end_of_every_full_year),
        cmocka_unit_test(a_run_of_less_than_a_year_has_no_survey),
        cmocka_unit_test(the_unborn_and_the_dead_are_not_asked_and_all_others_are),
        cmocka_unit_test(only_grown_ups_rate_themselves),
        cmocka_unit_test(partners_name_each_other_and_only_they_rate_their_relationship),
        cmocka_unit_test(a_survey_at_an_age_is_the_first_at_that_age_and_none_for_the_dead),
        cmocka_unit_test(recording_changes_nothing_that_happens),
        cmocka_unit_test(a_rewound_record_is_what_it_was_then_and_takes_down_the_same_again),
        cmocka_unit_test(a_rewound_record_takes_down_another_future_as_if_there_had_been_no_other),
        cmocka_unit_test(surveys_that_were_put_aside_come_back_when_one_goes_on),
        cmocka_unit_test(a_record_without_memory_says_so_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, live_short_lives, end_run);
}
