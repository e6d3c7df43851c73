#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "measure/measure_functions.h"
#include "near.h"
#include "small_run.h"

/* Long enough for people in every age group. */
static const char *const long_lives[] = {"run.people=150", "run.years=64", "life.birth_years=12", NULL};

static int live(void **state) {
    struct small_run *run = malloc(sizeof *run);
    if (run == NULL)
        return -1;
    small_run_begin(run, 1, long_lives);
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

static const struct cr_estimate *estimate_of(const struct cr_readings *readings, const char *group) {
    for (size_t k = 0; k < readings->count; k++)
        if (strcmp(readings->reading[k].group, group) == 0)
            return &readings->reading[k].estimate;
    fail_msg("no reading for %s", group);
    return NULL;
}

static void the_styles_of_an_age_group_are_those_of_its_people(void **state) {
    const struct small_run *run = *state;
    const struct cr_parameters *p = run->simulation.setting.parameters;
    static const struct {
        const char *name;
        int from, to;
    } ages[] = {{"18-24", 18, 25}, {"25-29", 25, 30}, {"30-39", 30, 40}, {"40-49", 40, 50}, {"50-80", 50, 80}};
    enum { SURVEY = 57 };
    const struct cr_survey *survey = &run->record.surveys[SURVEY];
    struct cr_readings readings = {0};
    cr_course_style_share_by_age(&run->record, SURVEY, &readings);
    assert_int_equal(readings.count, 5 * CR_STYLES);
    double asked = 0.0;
    for (size_t a = 0; a < sizeof ages / sizeof *ages; a++) {
        double count[CR_STYLES] = {0.0}, all = 0.0;
        for (uint32_t i = 0; i < run->record.people; i++) {
            const int32_t weeks = survey->week - run->simulation.people.birth[i];
            if (isnan(survey->anxiety[i]) || weeks < 52 * ages[a].from || weeks >= 52 * ages[a].to)
                continue;
            const bool anxious = (double)survey->anxiety[i] >= p->ecr_anxiety_cut;
            const bool avoidant = (double)survey->avoidance[i] >= p->ecr_avoidance_cut;
            count[anxious ? (avoidant ? CR_STYLE_FEARFUL : CR_STYLE_PREOCCUPIED)
                          : (avoidant ? CR_STYLE_DISMISSING : CR_STYLE_SECURE)]++;
            all++;
        }
        for (int style = 0; style < CR_STYLES; style++) {
            char group[CR_GROUP_SIZE];
            (void)snprintf(group, sizeof group, "%s %s", ages[a].name, cr_style_names[style]);
            const struct cr_estimate *estimate = estimate_of(&readings, group);
            if (all > 0.0)
                assert_near(estimate->value, count[style] / all, 1e-12);
            else
                assert_true(isnan(estimate->value));
        }
        asked += all;
    }
    assert_true(asked > 100.0);
    cr_readings_free(&readings);
}

static void over_the_whole_run_a_person_counts_in_every_age_group_it_lived_through(void **state) {
    const struct small_run *run = *state;
    struct cr_readings readings = {0};
    cr_measure_style_share_by_age(&run->record, &readings);
    double sum = 0.0;
    for (size_t k = 0; k < readings.count; k++) {
        sum += readings.reading[k].estimate.value;
        assert_true(readings.reading[k].estimate.n > 100);
    }
    assert_near(sum, 5.0, 1e-9);
    cr_readings_free(&readings);
}

static void distress_is_what_the_survey_week_raised_in_adults(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=80", "run.years=24", "life.birth_years=2", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    while (run.simulation.week < 24 * 52)
        assert_true(small_run_week(&run));
    const struct cr_survey *survey = &run.record.surveys[23];
    const struct cr_population *people = &run.simulation.people;
    double felt = 0.0, shown = 0.0, adults = 0.0, felt_fearful = 0.0, shown_fearful = 0.0, fearful = 0.0;
    for (uint32_t i = 0; i < run.record.people; i++) {
        if (isnan(survey->anxiety[i]))
            continue;
        adults++;
        felt += people->felt[i];
        shown += people->shown[i];
        if (cr_record_style(&run.record, 23, i) != CR_STYLE_FEARFUL)
            continue;
        fearful++;
        felt_fearful += people->felt[i];
        shown_fearful += people->shown[i];
    }
    struct cr_readings readings = {0};
    cr_course_distress(&run.record, 23, &readings);
    assert_true(adults > 70.0 && fearful > 3.0 && felt > shown && shown > 0.0);
    assert_int_equal(readings.count, 2 * (CR_STYLES + 1));
    assert_string_equal(readings.reading[0].group, "felt");
    assert_near(estimate_of(&readings, "felt")->value, felt / adults, 1e-6);
    assert_near(estimate_of(&readings, "shown")->value, shown / adults, 1e-6);
    assert_near(estimate_of(&readings, "fearful felt")->value, felt_fearful / fearful, 1e-6);
    assert_near(estimate_of(&readings, "fearful shown")->value, shown_fearful / fearful, 1e-6);
    cr_readings_free(&readings);
    small_run_end(&run);
}

static void who_deactivates_shows_least_of_what_is_felt(void **state) {
    const struct small_run *run = *state;
    struct cr_readings readings = {0};
    cr_measure_distress(&run->record, &readings);
    double ratio[CR_STYLES];
    for (int style = 0; style < CR_STYLES; style++) {
        char felt[CR_GROUP_SIZE], shown[CR_GROUP_SIZE];
        (void)snprintf(felt, sizeof felt, "%s felt", cr_style_names[style]);
        (void)snprintf(shown, sizeof shown, "%s shown", cr_style_names[style]);
        ratio[style] = estimate_of(&readings, shown)->value / estimate_of(&readings, felt)->value;
    }
    assert_true(ratio[CR_STYLE_DISMISSING] < ratio[CR_STYLE_SECURE]);
    assert_true(ratio[CR_STYLE_DISMISSING] < ratio[CR_STYLE_PREOCCUPIED]);
    cr_readings_free(&readings);
}

static void without_memory_both_say_so(void **state) {
    const struct small_run *run = *state;
    cr_measure_function *const measures[] = {cr_measure_style_share_by_age, cr_measure_distress};
    for (size_t m = 0; m < 2; m++)
        for (long n = 0; n < 8; n++) {
            struct cr_readings readings = {0};
            allocations_left = n;
            measures[m](&run->record, &readings);
            allocations_left = -1;
            assert_true(readings.failed);
            cr_readings_free(&readings);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_styles_of_an_age_group_are_those_of_its_people),
        cmocka_unit_test(over_the_whole_run_a_person_counts_in_every_age_group_it_lived_through),
        cmocka_unit_test(distress_is_what_the_survey_week_raised_in_adults),
        cmocka_unit_test(who_deactivates_shows_least_of_what_is_felt),
        cmocka_unit_test(without_memory_both_say_so),
    };
    return cmocka_run_group_tests_name("adulthood", tests, live, end);
}
