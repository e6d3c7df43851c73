#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "chart_place.h"
#include "io/run_files.h"
#include "measure/survival.h"
#include "small_run.h"

#define HEADER "start,end,censored,style_a,style_b\n"
#define NORMAL_95 1.959963984540054

enum { PAIRINGS = 3, INTERVALS = 6 };

static void fill(const struct store_place *place, const char *text) {
    put_text(place, "manifest.json", MANIFEST(10, 1, 10));
    put_text(place, "relationships.csv", text);
}

/* Both secure: ends after one and two years, one lasts for the four years that are left, one is ended by death after
 * three. One insecure: one, ended in its first week. */
static const char few[] = HEADER "1,2,0,secure,secure\n"
                                 "1,3,0,secure,secure\n"
                                 "6,NA,1,secure,secure\n"
                                 "2,5,1,secure,secure\n"
                                 "3,3,0,fearful,secure\n"
                                 "3,4,0,NA,secure\n"
                                 "3,4,0,secure,NA\n"
                                 "NA,4,0,secure,secure\n";

static void survival_is_kaplan_and_meiers(void **state) {
    const struct store_place *const place = *state;
    static const double times[] = {1.0, 2.0, 3.0, 4.0}, survival[] = {0.75, 0.5, 0.5, 0.5};
    struct cr_source_chart made;
    fill(place, few);
    chart_of(&made, CR_CHART_SURVIVAL, place->folder, NULL, 0);
    const struct cr_chart_survival *chart = &made.chart.of.survival;
    assert_int_equal(chart->line_count, PAIRINGS);
    const struct cr_survival_line *secure = &chart->lines[0], *mixed = &chart->lines[1], *insecure = &chart->lines[2];
    assert_string_equal(secure->name, "both secure");
    assert_string_equal(mixed->name, "one insecure");
    assert_string_equal(insecure->name, "both insecure");
    assert_int_equal(insecure->count, 0);
    size_t k = 0;
    for (size_t i = 0; i < secure->count; i++) {
        if (secure->time[i] == 0.0)
            continue;
        assert_near(secure->time[i], times[k], 1e-12);
        assert_near(secure->survival[i], survival[k], 1e-12);
        assert_int_equal(secure->at_risk[i], 4 - (int)k);
        k++;
    }
    assert_int_equal(k, 4);
    /* Greenwood at two years: S^2 (1 / (4 * 3) + 1 / (3 * 2)) = 0.0625 */
    assert_near(secure->low[secure->count - 1], 0.5 - NORMAL_95 * 0.25, 1e-12);
    assert_near(secure->high[secure->count - 1], 0.5 + NORMAL_95 * 0.25, 1e-12);
    assert_int_equal(mixed->count, 1);
    assert_true(mixed->time[0] == 0.0 && mixed->survival[0] == 0.0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void where_all_have_ended_the_band_is_the_line(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, HEADER "1,2,0,secure,secure\n1,3,0,secure,secure\n");
    chart_of(&made, CR_CHART_SURVIVAL, place->folder, NULL, 0);
    const struct cr_survival_line *line = &made.chart.of.survival.lines[0];
    const size_t last = line->count - 1;
    assert_true(line->survival[last] == 0.0 && line->low[last] == 0.0 && line->high[last] == 0.0);
    cr_source_chart_free(&made);
}

/* The file has six digits of years: 18.2885 to 19.2885 are 52 weeks, which end in the first year. */
static void years_are_whole_weeks(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, HEADER "18.2885,19.2885,0,secure,secure\n18.2692,19.2693,0,secure,secure\n");
    chart_of(&made, CR_CHART_SURVIVAL, place->folder, NULL, 0);
    const struct cr_survival_line *line = &made.chart.of.survival.lines[0];
    assert_true(line->time[line->count - 1] == 1.0);
    assert_int_equal(line->at_risk[line->count - 1], 2);
    cr_source_chart_free(&made);
    chart_of(&made, CR_CHART_HAZARD, place->folder, NULL, 0);
    assert_near(made.chart.of.hazard.lines[0].rate[0], 1.0, 1e-12);
    assert_true(isnan(made.chart.of.hazard.lines[0].rate[1]));
    cr_source_chart_free(&made);
}

/* Both secure, in the first year: one end in four years; in the second one in three, in the third none in two. */
static void hazards_are_ends_over_years_at_risk(void **state) {
    const struct store_place *const place = *state;
    static const double edges[] = {0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0}, rates[] = {0.25, 1.0 / 3.0, 0.0, 0.0};
    struct cr_source_chart made;
    fill(place, few);
    chart_of(&made, CR_CHART_HAZARD, place->folder, NULL, 0);
    const struct cr_hazard_line *secure = &made.chart.of.hazard.lines[0];
    assert_int_equal(made.chart.of.hazard.line_count, PAIRINGS);
    assert_int_equal(secure->count, INTERVALS);
    for (int k = 0; k < INTERVALS; k++) {
        assert_true(secure->from[k] == edges[k] && secure->to[k] == edges[k + 1]);
        if (k < 4)
            assert_near(secure->rate[k], rates[k], 1e-12);
        else
            assert_true(isnan(secure->rate[k]));
    }
    assert_near(secure->high[1], (1.0 + NORMAL_95) / 3.0, 1e-12);
    assert_true(secure->low[1] == 0.0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void a_run_without_couples_is_a_chart_that_says_so(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, HEADER);
    chart_of(&made, CR_CHART_SURVIVAL, place->folder, NULL, 0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    chart_of(&made, CR_CHART_HAZARD, place->folder, NULL, 0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void couples_survive_want(void **state) {
    const struct store_place *const place = *state;
    fill(place, few);
    chart_survives_want(CR_CHART_SURVIVAL, place->folder, NULL, true, 20);
    chart_survives_want(CR_CHART_HAZARD, place->folder, NULL, true, 15);
}

/* A run lived for the test. */
static const char *const assignments[] = {"run.people=60", "run.years=30", "life.birth_years=2", "life.adult_age=12",
    "meeting.rate=0.8", "pairing.acceptance=2", "run.replicates=1", NULL};

static void write_run(struct small_run *run, struct cr_readings *readings, const char *folder) {
    struct cr_run_files files;
    struct cr_error error = {0};
    small_run_begin(run, 1, assignments);
    while (small_run_week(run))
        continue;
    memset(readings, 0, sizeof *readings);
    assert_int_equal(cr_measures_compute(&run->record, readings, NULL), 0);
    if (cr_run_files_open(&files, folder, false, &error) != 0 ||
        cr_run_files_add(&files, 1, &run->record, readings, NULL, &error) != 0 ||
        cr_run_files_finish(&files, folder, &run->scenario, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_run_files_free(&files);
}

/* The share of a line at a time. */
static double survival_at(const struct cr_survival_line *line, double years) {
    double survival = 1.0;
    for (size_t i = 0; i < line->count && line->time[i] <= years; i++)
        survival = line->survival[i];
    return survival;
}

static void a_run_is_charted_as_its_own_measures_tell(void **state) {
    static const char *const pairings[] = {"secure-secure", "secure-insecure", "insecure-insecure"};
    static const int years[] = {1, 2, 3, 5, 10};
    const struct store_place *const place = *state;
    struct small_run run;
    struct cr_readings readings;
    struct cr_source_chart made;
    int compared = 0;
    write_run(&run, &readings, place->folder);
    chart_of(&made, CR_CHART_SURVIVAL, place->folder, NULL, 0);
    for (int p = 0; p < PAIRINGS; p++)
        for (size_t k = 0; k < sizeof years / sizeof *years; k++) {
            char group[64];
            (void)snprintf(group, sizeof group, "%s %d", pairings[p], years[k]);
            const struct cr_reading *reading = whole_reading(&readings, "relationship_survival", group);
            if (reading == NULL || isnan(reading->estimate.value))
                continue;
            assert_near(survival_at(&made.chart.of.survival.lines[p], years[k]), reading->estimate.value, 1e-12);
            compared++;
        }
    assert_true(compared >= 6);
    cr_source_chart_free(&made);
    cr_readings_free(&readings);
    small_run_end(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(survival_is_kaplan_and_meiers),
        IN_A_STORE_PLACE(where_all_have_ended_the_band_is_the_line),
        IN_A_STORE_PLACE(years_are_whole_weeks),
        IN_A_STORE_PLACE(hazards_are_ends_over_years_at_risk),
        IN_A_STORE_PLACE(a_run_without_couples_is_a_chart_that_says_so),
        IN_A_STORE_PLACE(couples_survive_want),
        IN_A_STORE_PLACE(a_run_is_charted_as_its_own_measures_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
