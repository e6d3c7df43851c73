#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "measure/earned_security.h"
#include "near.h"
#include "small_run.h"

/* Enough people, years and couples for every measure to have something to say. */
static const char *const lively[] = {"run.people=260", "run.years=34", "life.birth_years=3", "life.median_age=40",
    "life.death_doubling=4", "meeting.rate=0.8", "pairing.acceptance=1", "stage.threshold=0", NULL};

struct measured {
    struct small_run run;
    struct cr_readings readings;
};

/* The two middle ratings, so that every style has its share whatever the instrument's centre: cuts are of the
 * instrument alone. */
static void cut_in_the_middle(struct small_run *run) {
    double *rating[2];
    size_t count = 0;
    const size_t room = (size_t)run->record.survey_count * run->record.people;
    for (int k = 0; k < 2; k++)
        assert_non_null(rating[k] = malloc(room * sizeof(double)));
    for (int32_t y = 0; y < run->record.survey_count; y++)
        for (uint32_t i = 0; i < run->record.people; i++)
            if (!isnan(run->record.surveys[y].anxiety[i])) {
                rating[0][count] = (double)run->record.surveys[y].anxiety[i];
                rating[1][count++] = (double)run->record.surveys[y].avoidance[i];
            }
    for (int k = 0; k < 2; k++)
        assert_int_equal(cr_statistics_sort(rating[k], count), count);
    run->scenario.parameters.ecr_anxiety_cut = cr_statistics_quantile(rating[0], count, 0.5);
    run->scenario.parameters.ecr_avoidance_cut = cr_statistics_quantile(rating[1], count, 0.5);
    cr_simulation_resolve(&run->simulation);
    free(rating[0]);
    free(rating[1]);
}

static void measure(struct measured *measured, uint32_t replicate, const char *const *assignments) {
    memset(measured, 0, sizeof *measured);
    small_run_begin(&measured->run, replicate, assignments);
    while (small_run_week(&measured->run))
        continue;
    if (measured->run.record.survey_count > 20)
        cut_in_the_middle(&measured->run);
    assert_int_equal(cr_measures_compute(&measured->run.record, &measured->readings, NULL), 0);
}

static void forget(struct measured *measured) {
    cr_readings_free(&measured->readings);
    cr_readings_free(&measured->readings);
    small_run_end(&measured->run);
}

static int measure_lively(void **state) {
    struct measured *measured = malloc(sizeof *measured);
    if (measured == NULL)
        return -1;
    measure(measured, 1, lively);
    *state = measured;
    return 0;
}

static int forget_lively(void **state) {
    forget(*state);
    free(*state);
    return 0;
}

static const struct cr_estimate *estimate_of(const struct measured *measured, const char *measure, const char *group) {
    const struct cr_reading *reading = whole_reading(&measured->readings, measure, group);
    if (reading == NULL)
        fail_msg("no reading of %s for %s", measure, group);
    return &reading->estimate;
}

static void every_row_has_a_name_of_its_own_and_all_that_users_are_told(void **state) {
    (void)state;
    assert_true(cr_measure_count > 10);
    for (int m = 0; m < cr_measure_count; m++) {
        const struct cr_measure *row = &cr_measures[m];
        const char *const texts[] = {row->name, row->groups, row->unit, row->instrument, row->what};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            if (texts[k] == NULL || texts[k][0] == '\0')
                fail_msg("measure %d lacks a text", m);
        assert_true(row->what[strlen(row->what) - 1] == '.');
        assert_true(strspn(row->name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(row->name));
        assert_true(row->whole != NULL || row->course != NULL);
        assert_int_equal(cr_measure_find(row->name), m); /* the first of that name is this one */
    }
    assert_int_equal(cr_measure_find("no_such_measure"), -1);
    assert_int_equal(cr_measure_find(""), -1);
}

/* Both lists of readings hold the same rows in the same order; years of time courses as far as both run. */
static void expect_same_rows(const struct cr_readings *a, const struct cr_readings *b, bool all) {
    size_t k = 0;
    for (; k < a->count && k < b->count; k++) {
        const struct cr_reading *one = &a->reading[k];
        const struct cr_reading *other = &b->reading[k];
        if (!all && (!isnan(one->year) || !isnan(other->year)))
            break;
        assert_int_equal(one->measure, other->measure);
        assert_string_equal(one->group, other->group);
        assert_true(one->year == other->year || (isnan(one->year) && isnan(other->year)));
    }
    assert_true(k == a->count || !isnan(a->reading[k].year));
    assert_true(k == b->count || !isnan(b->reading[k].year));
    if (all)
        assert_int_equal(a->count, b->count);
}

static void every_replicate_gives_the_same_groups_however_small_it_is(void **state) {
    const struct measured *lively_one = *state;
    struct measured other;
    measure(&other, 2, lively);
    expect_same_rows(&lively_one->readings, &other.readings, true);
    forget(&other);
    static const char *const tiny[][5] = {
        {"run.people=2", "run.years=1", "life.birth_years=0.02", NULL},
        {"run.people=2", "run.years=0.02", NULL},
        {"run.people=2", "run.years=19", "life.birth_years=0.02", "pairing.acceptance=10", NULL},
        {"run.people=3", "run.years=60", "life.birth_years=0.02", "pairing.acceptance=10", NULL},
        {"run.people=20", "run.years=2", "life.birth_years=40", NULL},
        {"run.people=40", "run.years=30", "life.birth_years=1", "meeting.rate=0", NULL},
    };
    for (size_t k = 0; k < sizeof tiny / sizeof *tiny; k++) {
        measure(&other, 1, tiny[k]);
        expect_same_rows(&lively_one->readings, &other.readings, false);
        forget(&other);
    }
}

static void the_first_measures_are_of_the_whole_run_and_no_group_comes_twice(void **state) {
    const struct measured *measured = *state;
    const struct cr_readings *readings = &measured->readings;
    bool given[256] = {false};
    size_t whole = 0;
    while (whole < readings->count && isnan(readings->reading[whole].year))
        whole++;
    for (size_t k = 0; k < readings->count; k++) {
        const struct cr_reading *reading = &readings->reading[k];
        assert_int_equal(isnan(reading->year), k < whole);
        assert_in_range(reading->measure, 0, cr_measure_count - 1);
        given[reading->measure] = true;
        assert_true(strlen(reading->group) > 0 && strlen(reading->group) < CR_GROUP_SIZE - 1); /* not cut off */
        for (size_t other = k + 1; other < readings->count && readings->reading[other].measure == reading->measure;
             other++)
            assert_string_not_equal(reading->group, readings->reading[other].group);
    }
    for (int m = 0; m < cr_measure_count; m++)
        if (!given[m])
            fail_msg("%s gives nothing", cr_measures[m].name);
}

static void a_time_course_has_every_year_of_the_run_with_the_same_groups(void **state) {
    const struct measured *measured = *state;
    const struct cr_readings *readings = &measured->readings;
    size_t k = 0;
    while (isnan(readings->reading[k].year))
        k++;
    const size_t begin = k;
    while (k < readings->count && readings->reading[k].year == 1.0)
        k++;
    const size_t rows = k - begin;
    assert_true(rows > 0);
    assert_int_equal(readings->count - begin, rows * 34);
    for (k = begin; k < readings->count; k++) {
        const struct cr_reading *first = &readings->reading[begin + (k - begin) % rows];
        assert_true(readings->reading[k].year == 1.0 + (double)((k - begin) / rows));
        assert_int_equal(readings->reading[k].measure, first->measure);
        assert_string_equal(readings->reading[k].group, first->group);
        assert_non_null(cr_measures[first->measure].course);
    }
}

/* Adds up what a measure gives for all groups of a year (NaN: the whole run) whose name begins with `prefix` and goes
 * on with one of `names`. */
static double sum_of(const struct cr_readings *readings, const char *measure, double year, const char *prefix,
    const char *const *names) {
    double sum = 0.0;
    for (; *names != NULL; names++) {
        char group[4 * CR_GROUP_SIZE];
        bool found = false;
        (void)snprintf(group, sizeof group, "%s%s", prefix, *names);
        for (size_t k = 0; k < readings->count; k++) {
            const struct cr_reading *reading = &readings->reading[k];
            if (strcmp(cr_measures[reading->measure].name, measure) == 0 && strcmp(reading->group, group) == 0 &&
                (reading->year == year || (isnan(reading->year) && isnan(year)))) {
                sum += reading->estimate.value;
                found = true;
            }
        }
        if (!found)
            fail_msg("no reading of %s for %s", measure, group);
    }
    return sum;
}

static const char *const classes[] = {"A", "B", "C", "D", NULL};
static const char *const styles[] = {"secure", "preoccupied", "dismissing", "fearful", NULL};
static const char *const paragraphs[] = {"secure", "avoidant", "anxious", NULL};
static const char *const strategies[] = {"open", "protest", "deactivate", "appease", NULL};

static void shares_sum_to_one(void **state) {
    const char *endings[CR_ENDINGS] = {NULL}; /* all but the first, which is of those that have not ended */
    for (int e = CR_LASTING + 1; e < CR_ENDINGS; e++)
        endings[e - CR_LASTING - 1] = cr_ending_names[e];
    const struct measured *measured = *state;
    const struct cr_readings *readings = &measured->readings;
    const double whole = (double)NAN;
    assert_near(sum_of(readings, "ssp_share", whole, "", classes), 1.0, 1e-12);
    assert_near(sum_of(readings, "style_share", whole, "", styles), 1.0, 1e-12);
    assert_near(sum_of(readings, "adult_three_way_share", whole, "", paragraphs), 1.0, 1e-12);
    assert_near(sum_of(readings, "strategy_share", whole, "", strategies), 1.0, 1e-12);
    for (int style = 0; style < CR_STYLES; style++) {
        char prefix[CR_GROUP_SIZE];
        (void)snprintf(prefix, sizeof prefix, "%s ", styles[style]);
        assert_near(sum_of(readings, "strategy_share", whole, prefix, strategies), 1.0, 1e-12);
    }
    assert_near(sum_of(readings, "ending_share", whole, "", endings), 1.0, 1e-12);
    for (int year = 25; year <= 34; year++) {
        assert_near(sum_of(readings, "style_share", year, "", styles), 1.0, 1e-12);
        assert_near(sum_of(readings, "strategy_share", year, "", strategies), 1.0, 1e-12);
    }
}

static void whatever_is_a_probability_lies_between_zero_and_one(void **state) {
    const struct measured *measured = *state;
    int64_t looked_at = 0;
    for (size_t k = 0; k < measured->readings.count; k++) {
        const struct cr_reading *reading = &measured->readings.reading[k];
        const char *unit = cr_measures[reading->measure].unit;
        const double value = reading->estimate.value;
        if (isnan(value))
            continue;
        assert_true(isfinite(value));
        assert_true(isnan(reading->estimate.se) || reading->estimate.se >= 0.0);
        assert_true(reading->estimate.n > 0);
        if (strcmp(unit, "share") == 0)
            assert_true(value >= 0.0 && value <= 1.0);
        if (strcmp(unit, "correlation") == 0)
            assert_true(value >= -1.0 && value <= 1.0);
        looked_at++;
    }
    assert_true(looked_at > 300);
}

static void survival_falls_with_the_years(void **state) {
    const struct measured *measured = *state;
    static const char *const years[] = {"1", "2", "3", "5", "10"};
    static const char *const measures[] = {"relationship_survival", "marriage_survival", "cohabitation_survival"};
    for (size_t m = 0; m < 3; m++) {
        double before = 1.0;
        for (size_t k = 0; k < sizeof years / sizeof *years; k++) {
            const double survival = estimate_of(measured, measures[m], years[k])->value;
            assert_true(survival <= before && survival >= 0.0);
            before = survival;
        }
        assert_true(before < 1.0);
    }
}

static void the_share_of_each_class_is_that_of_the_first_visits(void **state) {
    const struct measured *measured = *state;
    const struct cr_record *record = &measured->run.record;
    for (int class = 0; class < CR_CLASSES; class ++) {
        int64_t hits = 0, n = 0;
        for (uint32_t i = 0; i < record->people; i++) {
            n += record->visits[0][i].week >= 0;
            hits += record->visits[0][i].week >= 0 && (int)record->visits[0][i].coding.class == class;
        }
        const struct cr_estimate *estimate = estimate_of(measured, "ssp_share", classes[class]);
        assert_int_equal(estimate->n, n);
        assert_near(estimate->value, (double)hits / (double)n, 1e-15);
    }
}

static void the_share_and_the_mean_of_a_year_are_those_of_its_survey(void **state) {
    const struct measured *measured = *state;
    const struct cr_record *record = &measured->run.record;
    const struct cr_parameters *p = &measured->run.scenario.parameters;
    enum { YEAR = 30 };
    const struct cr_survey *survey = &record->surveys[YEAR - 1];
    double hits = 0.0, adults = 0.0, anxiety = 0.0, content = 0.0, partnered = 0.0;
    for (uint32_t i = 0; i < record->people; i++) {
        if (isnan(survey->anxiety[i]))
            continue;
        adults += 1.0;
        anxiety += (double)survey->anxiety[i];
        hits += (double)survey->anxiety[i] < p->ecr_anxiety_cut && (double)survey->avoidance[i] >= p->ecr_avoidance_cut;
        if (survey->partner[i] == CR_NOBODY)
            continue;
        partnered += 1.0;
        content += (double)survey->satisfaction[i];
    }
    static const char *const dismissing[] = {"dismissing", NULL}, *const anxious[] = {"anxiety", NULL},
                             *const all[] = {"all", NULL};
    const struct cr_readings *readings = &measured->readings;
    assert_true(partnered > 10.0);
    assert_near(sum_of(readings, "style_share", YEAR, "", dismissing), hits / adults, 1e-12);
    assert_near(sum_of(readings, "ecr_mean", YEAR, "", anxious), anxiety / adults, 1e-9);
    assert_near(sum_of(readings, "satisfaction", YEAR, "", all), content / partnered, 1e-9);
    assert_near(sum_of(readings, "partnered_share", YEAR, "", all), partnered / adults, 1e-12);
}

/* Couples are found by who names whom at the survey, not by the list of relationships. */
static void endings_within_13_months_are_those_of_the_couples_of_each_survey(void **state) {
    const struct measured *measured = *state;
    const struct cr_record *record = &measured->run.record;
    const struct cr_bonds *bonds = &record->simulation->bonds;
    static const char *const names[] = {"unmarried 0-1", "unmarried 1-3", "unmarried 3-5", "unmarried 5-10",
        "unmarried 10-20", "unmarried 20+", "married"};
    static const double limits[] = {1.0, 3.0, 5.0, 10.0, 20.0, HUGE_VAL};
    int64_t n[7] = {0}, ended[7] = {0}, couples[7] = {0};
    bool *seen = calloc((size_t)bonds->count * 7 + 1, sizeof *seen);
    assert_non_null(seen);
    for (int32_t y = 0; y < record->survey_count; y++) {
        const struct cr_survey *survey = &record->surveys[y];
        if (survey->week + 56 > record->simulation->week - 1) /* the last week that was lived */
            continue;
        for (uint32_t i = 0; i < record->people; i++) {
            if (survey->partner[i] <= (int32_t)i)
                continue;
            const struct cr_bond *found = NULL;
            for (int32_t k = 0; k < bonds->count; k++) {
                const struct cr_bond *bond = &bonds->bond[k];
                if (bond->person[0] == (int32_t)i && bond->person[1] == survey->partner[i] &&
                    bond->start <= survey->week && (bond->end < 0 || bond->end > survey->week))
                    found = bond;
            }
            assert_non_null(found);
            int group = 6;
            if (found->married < 0 || found->married > survey->week)
                for (group = 0; (survey->week - found->start) / 52.0 >= limits[group];)
                    group++;
            n[group]++;
            bool *known = &seen[(found - bonds->bond) * 7 + group];
            couples[group] += !*known;
            *known = true;
            ended[group] += found->end >= 0 && found->end - survey->week <= 56 && found->ending != CR_DEATH;
        }
    }
    int64_t all = 0;
    for (int g = 0; g < 7; g++) {
        const struct cr_estimate *estimate = estimate_of(measured, "ended_13_months", names[g]);
        all += ended[g];
        assert_int_equal(estimate->n, couples[g]);
        if (n[g] > 0)
            assert_near(estimate->value, (double)ended[g] / (double)n[g], 1e-12);
        else
            assert_true(isnan(estimate->value));
    }
    free(seen);
    assert_true(all > 10 && n[0] > 10 && n[6] > 10);
}

static void partners_satisfaction_correlates_as_their_answers_do(void **state) {
    const struct measured *measured = *state;
    const struct cr_record *record = &measured->run.record;
    double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    for (int32_t s = 0; s < record->survey_count; s++)
        for (uint32_t a = 0; a < record->people; a++)
            for (uint32_t b = a + 1; b < record->people; b++) {
                const struct cr_survey *survey = &record->surveys[s];
                if (survey->partner[a] != (int32_t)b)
                    continue;
                const double one = (double)survey->satisfaction[a], other = (double)survey->satisfaction[b];
                n += 1.0;
                x += one;
                y += other;
                xx += one * one;
                yy += other * other;
                xy += one * other;
            }
    const double r = (xy - x * y / n) / sqrt((xx - x * x / n) * (yy - y * y / n));
    const struct cr_estimate *estimate = estimate_of(measured, "partner_satisfaction_r", "all");
    assert_true(n > 100.0);
    assert_near(estimate->value, r, 1e-9);
    /* A couple that is asked again is not another couple: what it adds to the correlation is summed before it is
     * squared. */
    const int32_t bonds = record->simulation->bonds.count;
    double *sum = calloc((size_t)bonds + 1, sizeof *sum);
    bool *asked = calloc((size_t)bonds + 1, sizeof *asked);
    assert_true(sum != NULL && asked != NULL);
    const double sd_x = sqrt(xx / n - x * x / (n * n)), sd_y = sqrt(yy / n - y * y / (n * n));
    for (int32_t k = 0; k < record->survey_count; k++)
        for (uint32_t a = 0; a < record->people; a++) {
            const struct cr_survey *survey = &record->surveys[k];
            if (survey->partner[a] <= (int32_t)a)
                continue;
            const double u = ((double)survey->satisfaction[a] - x / n) / sd_x;
            const double v = ((double)survey->satisfaction[survey->partner[a]] - y / n) / sd_y;
            sum[survey->bond[a]] += (u * v - 0.5 * r * (u * u + v * v)) / n;
            asked[survey->bond[a]] = true;
        }
    double couples = 0.0, squares = 0.0;
    for (int32_t k = 0; k < bonds; k++) {
        couples += asked[k];
        squares += sum[k] * sum[k];
    }
    free(sum);
    free(asked);
    assert_int_equal(estimate->n, (int64_t)couples);
    assert_near(estimate->se, sqrt(squares * couples / (couples - 1.0)), 1e-9);
}

/* What becomes of one person, told by a line of one letter a survey as an adult: S secure, I insecure. */
static struct cr_earned retell(const struct cr_record *record, uint32_t i) {
    char line[128];
    int32_t first = -1, length = 0;
    for (int32_t y = 0; y < record->survey_count; y++) {
        const enum cr_style style = cr_record_style(record, y, i);
        if (style == CR_STYLE_NONE)
            continue;
        if (first < 0)
            first = y;
        line[length++] = style == CR_STYLE_SECURE ? 'S' : 'I';
    }
    line[length] = '\0';
    const struct cr_visit *visit = &record->visits[0][i];
    struct cr_earned earned = {.survey = -1, .lost = -1};
    earned.insecure_infant = visit->week >= 0 && visit->coding.class != CR_CLASS_B;
    if (length == 0)
        return earned;
    earned.insecure_adult = line[0] == 'I';
    const char *years = earned.insecure_infant || earned.insecure_adult ? strstr(line + 1, "SSS") : NULL;
    if (years == NULL)
        return earned;
    earned.survey = first + (int32_t)(years - line);
    double most = -HUGE_VAL;
    for (int k = 0; k < CR_ROUTES; k++) {
        const double moved =
            (double)record->surveys[earned.survey + 2].swayed[k][i] - (double)record->surveys[first].swayed[k][i];
        if (moved > most) {
            most = moved;
            earned.route = (enum cr_route)k;
        }
    }
    const char *lost = strchr(years, 'I');
    if (lost != NULL)
        earned.lost = first + (int32_t)(lost - line);
    return earned;
}

static void earned_security_is_what_the_yearly_answers_tell(void **state) {
    const struct measured *measured = *state;
    const struct cr_record *record = &measured->run.record;
    double insecure[3] = {0}, later[3] = {0}, routes[CR_ROUTES] = {0}, ages = 0.0, lost = 0.0;
    for (uint32_t i = 0; i < record->people; i++) {
        const struct cr_earned wanted = retell(record, i);
        const struct cr_earned got = cr_earned_security(record, i, record->survey_count - 1);
        assert_int_equal(got.survey, wanted.survey);
        assert_int_equal(got.lost, wanted.lost);
        assert_int_equal(got.insecure_infant, wanted.insecure_infant);
        assert_int_equal(got.insecure_adult, wanted.insecure_adult);
        if (cr_record_survey_at_age(record, i, 18.0) < 0)
            continue;
        const bool counts[3] = {
            wanted.insecure_infant, wanted.insecure_adult, wanted.insecure_infant || wanted.insecure_adult};
        for (int g = 0; g < 3; g++) {
            insecure[g] += counts[g];
            later[g] += counts[g] && wanted.survey >= 0;
        }
        if (wanted.survey < 0)
            continue;
        assert_int_equal(got.route, wanted.route);
        routes[wanted.route] += 1.0;
        ages += cr_record_age(record, &record->surveys[wanted.survey], i);
        lost += wanted.lost >= 0;
    }
    static const char *const groups[] = {"infancy", "adult", "all"};
    for (int g = 0; g < 3; g++) {
        const struct cr_estimate *estimate = estimate_of(measured, "earned_security", groups[g]);
        assert_int_equal(estimate->n, (int64_t)insecure[g]);
        assert_near(estimate->value, later[g] / insecure[g], 1e-12);
    }
    for (int k = 0; k < CR_ROUTES; k++)
        assert_near(estimate_of(measured, "earned_security", cr_route_names[k])->value, routes[k] / later[2], 1e-12);
    assert_near(estimate_of(measured, "earned_security_age", "all")->value, ages / later[2], 1e-9);
    assert_true(later[2] > 5.0 && later[2] < insecure[2] && lost > 0.0);
}

/* A person's life as a line of S (secure), I (insecure) and - (dead), one letter a survey from the 19th on. */
static void tell(struct small_run *run, const char *line, enum cr_class infant) {
    struct cr_population *people = &run->simulation.people;
    struct cr_record *record = &run->record;
    people->birth[0] = 0;
    people->death[0] = INT32_MAX;
    record->visits[0][0].week = 56;
    record->visits[0][0].coding.class = infant;
    record->survey_count = record->survey_capacity;
    for (int32_t y = 0; y < record->survey_count; y++) {
        struct cr_survey *survey = &record->surveys[y];
        survey->week = 52 * (y + 1) - 1;
        const int32_t k = y - 18;
        const bool told = k >= 0 && k < (int32_t)strlen(line) && line[k] != '-';
        if (k >= 0 && !told && people->death[0] > survey->week)
            people->death[0] = survey->week;
        survey->anxiety[0] = told ? (line[k] == 'S' ? 1.0F : 7.0F) : (float)NAN;
        survey->avoidance[0] = told ? 1.0F : (float)NAN;
        for (int route = 0; route < CR_ROUTES; route++)
            survey->swayed[route][0] = 0.0F;
    }
}

static void security_is_earned_by_two_years_of_it_after_insecurity(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=2", "run.years=30", NULL};
    static const struct {
        const char *line;
        enum cr_class infant;
        int32_t earned, lost; /* counted from the first letter; -1: not */
    } lives[] = {
        {"ISSSSS------", CR_CLASS_B, 1, -1},
        {"ISS---------", CR_CLASS_B, -1, -1},
        {"ISSISSISS---", CR_CLASS_B, -1, -1},
        {"ISSISSSIISSS", CR_CLASS_B, 4, 7},
        {"IIIIIIIIISSS", CR_CLASS_B, 9, -1},
        {"SSSSSSSSSSSS", CR_CLASS_B, -1, -1},
        {"SIISSSSSSSSS", CR_CLASS_B, -1, -1},
        {"SSSSSSSSSSSS", CR_CLASS_A, 1, -1},
        {"SSSISSSSSSSS", CR_CLASS_D, 4, -1},
        {"SSSS--------", CR_CLASS_C, 1, -1},
        {"------------", CR_CLASS_C, -1, -1},
    };
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    for (size_t k = 0; k < sizeof lives / sizeof *lives; k++) {
        tell(&run, lives[k].line, lives[k].infant);
        const struct cr_earned earned = cr_earned_security(&run.record, 0, run.record.survey_count - 1);
        if (earned.survey != (lives[k].earned < 0 ? -1 : 18 + lives[k].earned) ||
            earned.lost != (lives[k].lost < 0 ? -1 : 18 + lives[k].lost))
            fail_msg("%s: earned at %d, lost at %d", lives[k].line, earned.survey, earned.lost);
        assert_int_equal(earned.insecure_infant, lives[k].infant != CR_CLASS_B);
        assert_int_equal(earned.insecure_adult, lives[k].line[0] == 'I');
    }
    small_run_end(&run);
}

static void what_is_still_to_come_does_not_count(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=2", "run.years=30", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    tell(&run, "ISSSISSSSSSS", CR_CLASS_B);
    assert_int_equal(cr_earned_security(&run.record, 0, 20).survey, -1);
    assert_int_equal(cr_earned_security(&run.record, 0, 21).survey, 19);
    assert_int_equal(cr_earned_security(&run.record, 0, 21).lost, -1);
    assert_int_equal(cr_earned_security(&run.record, 0, 22).lost, 22);
    assert_int_equal(cr_earned_security(&run.record, 0, 17).insecure_adult, false);
    small_run_end(&run);
}

static void the_route_is_what_moved_beliefs_most_since_18(void **state) {
    (void)state;
    static const char *const assignments[] = {"run.people=2", "run.years=30", NULL};
    struct small_run run;
    small_run_begin(&run, 1, assignments);
    for (int route = 0; route < CR_ROUTES; route++) {
        tell(&run, "IISSSSSSSSSS", CR_CLASS_A);
        for (int32_t y = 0; y < run.record.survey_count; y++)
            for (int k = 0; k < CR_ROUTES; k++) /* what came before 18, or after earning, must not decide */
                run.record.surveys[y].swayed[k][0] =
                    k == route ? (y > 18 && y <= 22 ? 1.0F : 0.0F) : (y < 18 ? 0.0F : 9.0F);
        const struct cr_earned earned = cr_earned_security(&run.record, 0, run.record.survey_count - 1);
        assert_int_equal(earned.survey, 20);
        assert_int_equal(earned.route, route);
    }
    small_run_end(&run);
}

static void measures_without_memory_say_so(void **state) {
    (void)state;
    static const char *const assignments[] = {
        "run.people=12", "run.years=21", "life.birth_years=0.1", "pairing.acceptance=10", NULL};
    struct measured measured;
    measure(&measured, 1, assignments);
    long n = 0;
    for (int status = CR_ERROR_MEMORY; status != 0; n++) {
        struct cr_readings readings = {0};
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_measures_compute(&measured.run.record, &readings, &error);
        allocations_left = -1;
        assert_int_equal(status, error.code);
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
        cr_readings_free(&readings);
        assert_int_equal(allocations_held, held);
    }
    assert_true(n > 30);
    forget(&measured);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_a_name_of_its_own_and_all_that_users_are_told),
        cmocka_unit_test(every_replicate_gives_the_same_groups_however_small_it_is),
        cmocka_unit_test(the_first_measures_are_of_the_whole_run_and_no_group_comes_twice),
        cmocka_unit_test(a_time_course_has_every_year_of_the_run_with_the_same_groups),
        cmocka_unit_test(shares_sum_to_one),
        cmocka_unit_test(whatever_is_a_probability_lies_between_zero_and_one),
        cmocka_unit_test(survival_falls_with_the_years),
        cmocka_unit_test(the_share_of_each_class_is_that_of_the_first_visits),
        cmocka_unit_test(the_share_and_the_mean_of_a_year_are_those_of_its_survey),
        cmocka_unit_test(endings_within_13_months_are_those_of_the_couples_of_each_survey),
        cmocka_unit_test(partners_satisfaction_correlates_as_their_answers_do),
        cmocka_unit_test(earned_security_is_what_the_yearly_answers_tell),
        cmocka_unit_test(security_is_earned_by_two_years_of_it_after_insecurity),
        cmocka_unit_test(what_is_still_to_come_does_not_count),
        cmocka_unit_test(the_route_is_what_moved_beliefs_most_since_18),
        cmocka_unit_test(measures_without_memory_say_so),
    };
    return cmocka_run_group_tests(tests, measure_lively, forget_lively);
}
