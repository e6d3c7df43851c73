#include <stdio.h>

#include "measure/gathering.h"
#include "measure/measure_functions.h"

static double anxiety(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return survey->anxiety[i];
}

static double avoidance(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return survey->avoidance[i];
}

static cr_taking *const scales[] = {anxiety, avoidance};
static const char *const scale_names[] = {"anxiety", "avoidance"};

/* Ages in years, from the first up to but not including the second. */
static const struct {
    const char *name;
    double from, to;
} age_groups[] = {
    {"18-24", 18.0, 25.0}, {"25-29", 25.0, 30.0}, {"30-39", 30.0, 40.0}, {"40-49", 40.0, 50.0}, {"50-80", 50.0, 80.0}};
enum { AGE_GROUPS = sizeof age_groups / sizeof *age_groups };

static void gather(
    const struct cr_record *record, struct cr_surveys surveys, double from, double to, struct cr_sample *sample) {
    for (int32_t y = surveys.first; y < surveys.last; y++) {
        const struct cr_survey *survey = &record->surveys[y];
        for (uint32_t i = 0; i < record->people; i++) {
            if (!cr_survey_adult(survey, i))
                continue;
            const double age = cr_record_age(record, survey, i);
            if (age >= from && age < to)
                cr_sample_add_of(sample, i, survey->anxiety[i], survey->avoidance[i], age / 10.0);
        }
    }
}

void cr_measure_three_way_share(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, cr_surveys_all(record), 18.0, 55.0, &sample);
    for (int paragraph = 0; paragraph < CR_PARAGRAPHS; paragraph++) {
        for (size_t k = 0; k < sample.count; k++)
            sample.column[3][k] = cr_self_report_paragraph(record->simulation->setting.parameters, sample.column[0][k],
                                      sample.column[1][k]) == (enum cr_paragraph)paragraph;
        cr_readings_add(readings, cr_paragraph_names[paragraph], cr_clustered_mean(&sample, 3));
    }
    cr_sample_finish(&sample, readings);
}

/* The share of each style among the adults of a sample. `prefix` goes before the groups' names. */
static void add_style_shares(
    const struct cr_record *record, struct cr_sample *sample, const char *prefix, struct cr_readings *readings) {
    for (int style = 0; style < CR_STYLES; style++) {
        for (size_t k = 0; k < sample->count; k++)
            sample->column[3][k] = cr_self_report_style(record->simulation->setting.parameters, sample->column[0][k],
                                       sample->column[1][k]) == (enum cr_style)style;
        char group[CR_GROUP_SIZE];
        (void)snprintf(group, sizeof group, "%s%s", prefix, cr_style_names[style]);
        cr_readings_add(readings, group, cr_clustered_mean(sample, 3));
    }
}

static void style_share(const struct cr_record *record, struct cr_surveys surveys, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, surveys, 0.0, 1000.0, &sample);
    add_style_shares(record, &sample, "", readings);
    cr_sample_finish(&sample, readings);
}

void cr_measure_style_share(const struct cr_record *record, struct cr_readings *readings) {
    style_share(record, cr_surveys_all(record), readings);
}

void cr_course_style_share(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    style_share(record, cr_surveys_one(survey), readings);
}

static void style_share_by_age(
    const struct cr_record *record, struct cr_surveys surveys, struct cr_readings *readings) {
    for (size_t k = 0; k < AGE_GROUPS; k++) {
        struct cr_sample sample = {0};
        char prefix[CR_GROUP_SIZE];
        (void)snprintf(prefix, sizeof prefix, "%s ", age_groups[k].name);
        gather(record, surveys, age_groups[k].from, age_groups[k].to, &sample);
        add_style_shares(record, &sample, prefix, readings);
        cr_sample_finish(&sample, readings);
    }
}

void cr_measure_style_share_by_age(const struct cr_record *record, struct cr_readings *readings) {
    style_share_by_age(record, cr_surveys_all(record), readings);
}

void cr_course_style_share_by_age(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    style_share_by_age(record, cr_surveys_one(survey), readings);
}

static void ecr_mean(const struct cr_record *record, struct cr_surveys surveys, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, surveys, 18.0, 1000.0, &sample);
    for (int k = 0; k < 2; k++)
        cr_readings_add(readings, scale_names[k], cr_clustered_mean(&sample, k));
    cr_sample_finish(&sample, readings);
}

void cr_measure_ecr_mean(const struct cr_record *record, struct cr_readings *readings) {
    ecr_mean(record, cr_surveys_all(record), readings);
}

void cr_course_ecr_mean(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    ecr_mean(record, cr_surveys_one(survey), readings);
}

void cr_measure_ecr_sd(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, cr_surveys_all(record), 18.0, 80.0, &sample);
    for (int k = 0; k < 2; k++)
        cr_readings_add(readings, scale_names[k], cr_clustered_sd(&sample, k));
    cr_sample_finish(&sample, readings);
}

void cr_measure_ecr_r(const struct cr_record *record, struct cr_readings *readings) {
    for (size_t k = 0; k < AGE_GROUPS; k++) {
        struct cr_sample sample = {0};
        gather(record, cr_surveys_all(record), age_groups[k].from, age_groups[k].to, &sample);
        cr_readings_add(readings, age_groups[k].name, cr_clustered_correlation(&sample, 0, 1));
        cr_sample_finish(&sample, readings);
    }
}

void cr_measure_ecr_age_slope(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    gather(record, cr_surveys_all(record), 18.0, 60.0, &sample);
    for (int k = 0; k < 2; k++)
        cr_readings_add(readings, scale_names[k], cr_clustered_slope(&sample, 2, k));
    cr_sample_finish(&sample, readings);
}

void cr_measure_security_continuity_r(const struct cr_record *record, struct cr_readings *readings) {
    static const int ages[] = {18, 20, 25, 30, 35, 40, 45, 48, 50, 55, 60};
    for (size_t a = 0; a < sizeof ages / sizeof *ages; a++) {
        struct cr_sample sample = {0};
        for (uint32_t i = 0; i < record->people; i++) {
            const int32_t y = cr_record_survey_at_age(record, i, ages[a]);
            const struct cr_visit *visit = &record->visits[0][i];
            if (y >= 0 && visit->week >= 0 && cr_survey_adult(&record->surveys[y], i))
                cr_sample_add(&sample, visit->coding.class == CR_CLASS_B,
                    -(double)record->surveys[y].anxiety[i] - (double)record->surveys[y].avoidance[i], 0.0, 0.0);
        }
        char group[CR_GROUP_SIZE];
        (void)snprintf(group, sizeof group, "age_%d", ages[a]);
        cr_readings_add(readings, group, cr_statistics_correlation(sample.column[0], sample.column[1], sample.count));
        cr_sample_finish(&sample, readings);
    }
}

void cr_measure_adult_stability_r(const struct cr_record *record, struct cr_readings *readings) {
    for (int k = 0; k < 2; k++) {
        struct cr_sample sample = {0};
        for (uint32_t i = 0; i < record->people; i++) {
            const int32_t early = cr_record_survey_at_age(record, i, 25.0);
            const int32_t late = cr_record_survey_at_age(record, i, 45.0);
            if (early >= 0 && late >= 0)
                cr_sample_add(&sample, scales[k](record, &record->surveys[early], i),
                    scales[k](record, &record->surveys[late], i), 0.0, 0.0);
        }
        cr_readings_add(
            readings, scale_names[k], cr_statistics_correlation(sample.column[0], sample.column[1], sample.count));
        cr_sample_finish(&sample, readings);
    }
}

static double worth(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return survey->worth[i];
}

void cr_measure_self_worth(const struct cr_record *record, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_all(record), worth, readings);
}

void cr_course_self_worth(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_one(survey), worth, readings);
}

/* One row a person and survey: needs met by a strategy, and all needs in which a figure was to be had. */
static void one_strategy(const struct cr_record *record, struct cr_surveys surveys, int strategy, int style,
    const char *group, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    for (int32_t y = surveys.first; y < surveys.last; y++)
        for (uint32_t i = 0; i < record->people; i++) {
            const enum cr_style own = cr_record_style(record, y, i);
            if (own == CR_STYLE_NONE || (style != CR_STYLE_NONE && (int)own != style))
                continue;
            int all = 0;
            for (int k = 0; k < CR_STRATEGIES; k++)
                all += record->surveys[y].bids[k][i];
            if (all > 0)
                cr_sample_add_of(&sample, i, record->surveys[y].bids[strategy][i], all, 0.0);
        }
    cr_readings_add(readings, group, cr_clustered_ratio(&sample, 0, 1));
    cr_sample_finish(&sample, readings);
}

static void strategy_share(
    const struct cr_record *record, struct cr_surveys surveys, bool by_style, struct cr_readings *readings) {
    for (int k = 0; k < CR_STRATEGIES; k++)
        one_strategy(record, surveys, k, CR_STYLE_NONE, cr_strategy_names[k], readings);
    for (int style = 0; by_style && style < CR_STYLES; style++)
        for (int k = 0; k < CR_STRATEGIES; k++) {
            char group[CR_GROUP_SIZE];
            (void)snprintf(group, sizeof group, "%s %s", cr_style_names[style], cr_strategy_names[k]);
            one_strategy(record, surveys, k, style, group, readings);
        }
}

void cr_measure_strategy_share(const struct cr_record *record, struct cr_readings *readings) {
    strategy_share(record, cr_surveys_all(record), true, readings);
}

void cr_course_strategy_share(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    strategy_share(record, cr_surveys_one(survey), false, readings);
}

/* What the needs of the survey's week raised, felt and shown: over all, then by style. */
static void distress(const struct cr_record *record, struct cr_surveys surveys, struct cr_readings *readings) {
    struct cr_sample sample[CR_STYLES + 1] = {0};
    for (int32_t y = surveys.first; y < surveys.last; y++) {
        const struct cr_survey *survey = &record->surveys[y];
        for (uint32_t i = 0; i < record->people; i++) {
            const enum cr_style style = cr_record_style(record, y, i);
            if (style == CR_STYLE_NONE)
                continue;
            cr_sample_add_of(&sample[style], i, survey->felt[i], survey->shown[i], 0.0);
            cr_sample_add_of(&sample[CR_STYLES], i, survey->felt[i], survey->shown[i], 0.0);
        }
    }
    for (int k = 0; k <= CR_STYLES; k++) {
        const int style = (k + CR_STYLES) % (CR_STYLES + 1);
        for (int side = 0; side < 2; side++) {
            char group[CR_GROUP_SIZE];
            (void)snprintf(group, sizeof group, "%s%s%s", style == CR_STYLES ? "" : cr_style_names[style],
                style == CR_STYLES ? "" : " ", side == 0 ? "felt" : "shown");
            cr_readings_add(readings, group, cr_clustered_mean(&sample[style], side));
        }
        cr_sample_finish(&sample[style], readings);
    }
}

void cr_measure_distress(const struct cr_record *record, struct cr_readings *readings) {
    distress(record, cr_surveys_all(record), readings);
}

void cr_course_distress(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    distress(record, cr_surveys_one(survey), readings);
}
