#include "measure/gathering.h"
#include "measure/measure_functions.h"

static double satisfaction(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return survey->satisfaction[i];
}

static double conflict(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return survey->conflict[i];
}

static double availability_bias(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return (double)survey->perceived[i] - (double)survey->actual[i];
}

static double partnered(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return survey->partner[i] != CR_NOBODY;
}

void cr_measure_satisfaction(const struct cr_record *record, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_all(record), satisfaction, readings);
}

void cr_course_satisfaction(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_one(survey), satisfaction, readings);
}

void cr_measure_conflict(const struct cr_record *record, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_all(record), conflict, readings);
}

void cr_course_conflict(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_one(survey), conflict, readings);
}

void cr_measure_availability_bias(const struct cr_record *record, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_all(record), availability_bias, readings);
}

void cr_measure_partnered_share(const struct cr_record *record, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_all(record), partnered, readings);
}

void cr_course_partnered_share(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    cr_gather_mean_by_style(record, cr_surveys_one(survey), partnered, readings);
}

/* One row a couple and survey, the partner with the lower number first: what is taken of the one and of the other. */
static void pair(const struct cr_record *record, cr_taking *take, const char *group, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    for (int32_t y = 0; y < record->survey_count; y++) {
        const struct cr_survey *survey = &record->surveys[y];
        for (uint32_t i = 0; i < record->people; i++)
            if (survey->partner[i] > (int32_t)i)
                cr_sample_add_of(&sample, survey->bond[i], take(record, survey, i),
                    take(record, survey, (uint32_t)survey->partner[i]), 0.0);
    }
    cr_readings_add(readings, group, cr_clustered_correlation(&sample, 0, 1));
    cr_sample_finish(&sample, readings);
}

static double avoidance(const struct cr_record *record, const struct cr_survey *survey, uint32_t i) {
    (void)record;
    return survey->avoidance[i];
}

void cr_measure_partner_satisfaction_r(const struct cr_record *record, struct cr_readings *readings) {
    pair(record, satisfaction, "all", readings);
}

void cr_measure_partner_avoidance_r(const struct cr_record *record, struct cr_readings *readings) {
    pair(record, avoidance, "all", readings);
}

void cr_measure_satisfaction_avoidance_beta(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    for (int32_t y = 0; y < record->survey_count; y++) {
        const struct cr_survey *survey = &record->surveys[y];
        for (uint32_t i = 0; i < record->people; i++)
            if (survey->partner[i] != CR_NOBODY)
                cr_sample_add_of(&sample, survey->bond[i], survey->avoidance[i], survey->avoidance[survey->partner[i]],
                    survey->satisfaction[i]);
    }
    const struct cr_standardized_pair slopes =
        cr_statistics_standardized_pair(sample.column[0], sample.column[1], sample.column[2], sample.count);
    cr_readings_add(readings, "actor", cr_clustered_widen(&sample, slopes.first));
    cr_readings_add(readings, "partner", cr_clustered_widen(&sample, slopes.second));
    cr_sample_finish(&sample, readings);
}

/* One row a person and survey within spells with one partner of three surveys or more: deviations from the spell's mean
 * of conflict and of satisfaction, the spell's mean of satisfaction, and the spell's length. */
static void within(const struct cr_record *record, struct cr_sample *sample) {
    for (uint32_t i = 0; i < record->people; i++)
        for (int32_t y = 0, next; y < record->survey_count; y = next) {
            const int32_t partner = record->surveys[y].partner[i];
            double quarrels = 0.0;
            double content = 0.0;
            for (next = y; next < record->survey_count && record->surveys[next].partner[i] == partner; next++) {
                quarrels += (double)record->surveys[next].conflict[i];
                content += (double)record->surveys[next].satisfaction[i];
            }
            const int32_t length = next - y;
            if (partner == CR_NOBODY || length < 3)
                continue;
            for (int32_t k = y; k < next; k++)
                cr_sample_add6(sample,
                    (const double[CR_SAMPLE_COLUMNS]){(double)record->surveys[k].conflict[i] - quarrels / length,
                        (double)record->surveys[k].satisfaction[i] - content / length, content / length,
                        length, [CR_SAMPLE_CLUSTER] = record->surveys[k].bond[i]});
        }
}

void cr_measure_satisfaction_conflict_within_r(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    within(record, &sample);
    cr_readings_add(readings, "all", cr_clustered_correlation(&sample, 0, 1));
    cr_sample_finish(&sample, readings);
}

/* Variance components of unbalanced one-way layouts by the method of moments, ICC(1) (Shrout & Fleiss 1979). */
void cr_measure_satisfaction_icc(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    within(record, &sample);
    double inner = 0.0;
    double spells = 0.0;
    double squares = 0.0;
    double mean = 0.0;
    const double n = (double)sample.count;
    for (size_t k = 0; k < sample.count; k++) {
        inner += sample.column[1][k] * sample.column[1][k];
        spells += 1.0 / sample.column[3][k];
        squares += sample.column[3][k];
        mean += sample.column[2][k];
    }
    mean /= n;
    double outer = 0.0;
    for (size_t k = 0; k < sample.count; k++)
        outer += (sample.column[2][k] - mean) * (sample.column[2][k] - mean);
    const double length = (n - squares / n) / (spells - 1.0);
    const double between = outer / (spells - 1.0);
    const double error = inner / (n - spells);
    struct cr_estimate icc = cr_estimate_undefined((int64_t)(spells + 0.5));
    if (spells > 2.0 && n > spells)
        icc.value = (between - error) / (between + (length - 1.0) * error);
    cr_readings_add(readings, "all", icc);
    cr_sample_finish(&sample, readings);
}
