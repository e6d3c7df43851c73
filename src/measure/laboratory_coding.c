#include "measure/laboratory_coding.h"

const char *const cr_class_names[CR_CLASSES] = {"A", "B", "C", "D"};

static double rate(double share, double top, double error) {
    return cr_clamp(1.0 + (top - 1.0) * share + error, 1.0, top);
}

static enum cr_class classify(const struct cr_parameters *p, const struct cr_coding *coding) {
    if (coding->disorganization >= p->laboratory_disorganization_cut)
        return CR_CLASS_D;
    if (coding->avoidance >= p->laboratory_avoidance_cut && coding->avoidance >= coding->resistance)
        return CR_CLASS_A;
    return coding->resistance >= p->laboratory_resistance_cut ? CR_CLASS_C : CR_CLASS_B;
}

struct cr_coding cr_laboratory_code(
    const struct cr_setting *setting, const struct cr_laboratory_record *record, uint32_t infant, uint32_t assessment) {
    const struct cr_parameters *p = setting->parameters;
    double error[8];
    for (uint32_t block = 0; block < 2; block++)
        cr_stream_uniforms(&setting->luck, CR_LUCK_RATING, infant, assessment, block, error + (size_t)4 * block);
    for (int k = 0; k < 8; k++)
        error[k] = p->laboratory_rating_sd * cr_quantile_draw(&setting->normal, error[k]);
    const double distressed = record->intervals - record->exploration + p->laboratory_reserve;
    struct cr_coding coding = {.proximity = rate((record->approach + record->protest) / distressed, 7.0, error[0]),
        .contact = rate(record->contact / distressed, 7.0, error[1]),
        .resistance = rate(record->protest / distressed, 7.0, error[2]),
        .avoidance = rate(record->turning_away / distressed, 7.0, error[3]),
        .disorganization = rate(p->laboratory_conflict_weight * record->contradictions / distressed +
                                    p->laboratory_apprehension_weight * record->apprehension / distressed,
            9.0, error[4]),
        .exploration = (double)record->exploration / record->intervals,
        .shown = record->shown,
        .felt = record->felt};
    coding.class = classify(p, &coding);
    return coding;
}

double cr_home_observation(
    const struct cr_setting *setting, double quality, uint32_t infant, uint32_t assessment, enum cr_home_scale scale) {
    double u[4];
    cr_stream_uniforms(&setting->luck, CR_LUCK_RATING, infant, assessment, 2U + (uint32_t)scale, u);
    const struct cr_parameters *p = setting->parameters;
    const double sd = scale == CR_HOME_SENSITIVITY ? p->laboratory_home_error_sd : p->laboratory_fright_error_sd;
    const double error = sd * cr_quantile_draw(&setting->normal, u[0]);
    return cr_clamp(1.0 + 8.0 * quality + error, 1.0, 9.0);
}
