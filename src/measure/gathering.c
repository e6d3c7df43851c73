#include "measure/gathering.h"

struct cr_surveys cr_surveys_all(const struct cr_record *record) {
    return (struct cr_surveys){0, record->survey_count};
}

struct cr_surveys cr_surveys_one(int32_t survey) {
    return (struct cr_surveys){survey, survey + 1};
}

bool cr_survey_adult(const struct cr_survey *survey, uint32_t i) {
    return !isnan(survey->anxiety[i]);
}

void cr_gather_mean_by_style(
    const struct cr_record *record, struct cr_surveys surveys, cr_taking *take, struct cr_readings *readings) {
    struct cr_sample sample[CR_STYLES + 1] = {0};
    for (int32_t y = surveys.first; y < surveys.last; y++) {
        const struct cr_survey *survey = &record->surveys[y];
        for (uint32_t i = 0; i < record->people; i++) {
            const enum cr_style style = cr_record_style(record, y, i);
            if (style == CR_STYLE_NONE)
                continue;
            const double taken = take(record, survey, i);
            cr_sample_add_of(&sample[style], i, taken, 0.0, 0.0);
            cr_sample_add_of(&sample[CR_STYLES], i, taken, 0.0, 0.0);
        }
    }
    for (int k = 0; k <= CR_STYLES; k++) {
        cr_readings_add(readings, k == CR_STYLES ? "all" : cr_style_names[k], cr_clustered_mean(&sample[k], 0));
        cr_sample_finish(&sample[k], readings);
    }
}

void cr_sample_finish(struct cr_sample *sample, struct cr_readings *readings) {
    readings->failed = readings->failed || sample->failed;
    cr_sample_free(sample);
}
