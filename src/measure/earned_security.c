#include "measure/earned_security.h"

#include "measure/gathering.h"
#include "measure/measure_functions.h"

const char *const cr_route_names[CR_ROUTES] = {"partner", "caregiver", "other"};

enum { YEARS = 2 };

static enum cr_route route(const struct cr_record *record, uint32_t i, int32_t from, int32_t to) {
    enum cr_route best = CR_ROUTE_PARTNER;
    double most = -HUGE_VAL;
    for (int k = 0; k < CR_ROUTES; k++) {
        const double moved = (double)record->surveys[to].swayed[k][i] - (double)record->surveys[from].swayed[k][i];
        if (moved > most) {
            most = moved;
            best = (enum cr_route)k;
        }
    }
    return best;
}

struct cr_earned cr_earned_security(const struct cr_record *record, uint32_t i, int32_t last) {
    const int32_t first = cr_record_survey_at_age(record, i, record->simulation->setting.parameters->life_adult_age);
    const struct cr_visit *visit = &record->visits[0][i];
    struct cr_earned earned = {.survey = -1, .lost = -1};
    earned.insecure_infant = visit->week >= 0 && visit->coding.class != CR_CLASS_B;
    if (first < 0 || first > last)
        return earned;
    earned.insecure_adult = cr_record_style(record, first, i) != CR_STYLE_SECURE;
    if (!earned.insecure_infant && !earned.insecure_adult)
        return earned;
    int32_t secure = 0;
    for (int32_t y = first + 1; y <= last; y++) {
        const enum cr_style style = cr_record_style(record, y, i);
        if (style == CR_STYLE_NONE)
            break;
        secure = style == CR_STYLE_SECURE ? secure + 1 : 0;
        if (earned.survey < 0 && secure == YEARS + 1) {
            earned.survey = y - YEARS;
            earned.route = route(record, i, first, y);
        } else if (earned.survey >= 0 && style != CR_STYLE_SECURE) {
            earned.lost = y;
            break;
        }
    }
    return earned;
}

static void shares(const struct cr_record *record, int32_t last, struct cr_readings *readings) {
    int64_t insecure[3] = {0};
    int64_t later[3] = {0};
    int64_t by_route[CR_ROUTES] = {0};
    for (uint32_t i = 0; i < record->people; i++) {
        const int32_t first =
            cr_record_survey_at_age(record, i, record->simulation->setting.parameters->life_adult_age);
        if (first < 0 || first > last)
            continue;
        const struct cr_earned earned = cr_earned_security(record, i, last);
        const bool counts[3] = {
            earned.insecure_infant, earned.insecure_adult, earned.insecure_infant || earned.insecure_adult};
        for (int g = 0; g < 3; g++) {
            insecure[g] += counts[g];
            later[g] += counts[g] && earned.survey >= 0;
        }
        if (earned.survey >= 0)
            by_route[earned.route]++;
    }
    cr_readings_add(readings, "infancy", cr_statistics_share(later[0], insecure[0]));
    cr_readings_add(readings, "adult", cr_statistics_share(later[1], insecure[1]));
    cr_readings_add(readings, "all", cr_statistics_share(later[2], insecure[2]));
    for (int k = 0; k < CR_ROUTES; k++)
        cr_readings_add(readings, cr_route_names[k], cr_statistics_share(by_route[k], later[2]));
}

void cr_measure_earned_security(const struct cr_record *record, struct cr_readings *readings) {
    shares(record, record->survey_count - 1, readings);
}

void cr_course_earned_security(const struct cr_record *record, int32_t survey, struct cr_readings *readings) {
    shares(record, survey, readings);
}

void cr_measure_earned_security_age(const struct cr_record *record, struct cr_readings *readings) {
    struct cr_sample sample = {0};
    for (uint32_t i = 0; i < record->people; i++) {
        const struct cr_earned earned = cr_earned_security(record, i, record->survey_count - 1);
        if (earned.survey >= 0)
            cr_sample_add(&sample, cr_record_age(record, &record->surveys[earned.survey], i), 0.0, 0.0, 0.0);
    }
    cr_readings_add(readings, "all", cr_statistics_mean(sample.column[0], sample.count));
    cr_sample_finish(&sample, readings);
}
