#include "measure/self_report.h"

const char *const cr_style_names[CR_STYLES] = {"secure", "preoccupied", "dismissing", "fearful"};
const char *const cr_paragraph_names[CR_PARAGRAPHS] = {"secure", "avoidant", "anxious"};

enum { RATING_ECR, RATING_SATISFACTION };

static void errors(const struct cr_setting *setting, uint32_t i, uint32_t instrument, double error[4]) {
    cr_stream_uniforms(&setting->luck, CR_LUCK_RATING, i, (uint32_t)setting->week, 16 + instrument, error);
    for (int k = 0; k < 4; k++)
        error[k] = cr_quantile_draw(&setting->normal, error[k]);
}

static double scale(double index, double centre, double gain, double error) {
    return cr_clamp(1.0 + 6.0 * cr_logistic(gain * (index - centre)) + error, 1.0, 7.0);
}

static struct cr_ecr rate(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t i, const double error[2]) {
    const struct cr_parameters *p = setting->parameters;
    double belief[CR_BELIEFS];
    double about_partner[CR_BELIEFS];
    const int role = people->partner[i] == CR_NOBODY ? CR_NOBODY : CR_PARTNER;
    cr_person_expects(people, i, role, p->working_model_shrinkage, about_partner);
    for (int b = 0; b < CR_BELIEFS; b++)
        belief[b] = people->general[b][i] + p->ecr_partner_weight * (about_partner[b] - people->general[b][i]);
    double value[CR_STRATEGIES];
    double policy[CR_STRATEGIES];
    cr_strategy_values(p, belief, people->temperament[i], value);
    cr_strategy_policy(p->choice_consistency, value, policy);
    /* Strain tells as far as distress is shown. */
    double shown = 0.0;
    for (int k = 0; k < CR_STRATEGIES; k++)
        shown += policy[k] * setting->signals.expression[k] * people->strain[i];
    const double strain = shown / (1.0 + shown);
    const double worry = p->ecr_worry_worth * (1.0 - belief[CR_WORTH]) +
                         p->ecr_worry_clinging * (policy[CR_PROTEST] + policy[CR_APPEASE]) +
                         p->ecr_worry_strain * strain + p->ecr_worry_fear * belief[CR_FEAR];
    const double discomfort = p->ecr_discomfort_alone * policy[CR_DEACTIVATE] +
                              p->ecr_discomfort_doubt * (1.0 - belief[CR_OPEN]) +
                              p->ecr_discomfort_rebuff * belief[CR_REBUFF];
    return (struct cr_ecr){
        .anxiety = scale(worry, p->ecr_anxiety_centre, p->ecr_anxiety_gain, p->ecr_error_sd * error[0]),
        .avoidance = scale(discomfort, p->ecr_avoidance_centre, p->ecr_avoidance_gain, p->ecr_error_sd * error[1])};
}

struct cr_ecr cr_self_report_ecr(const struct cr_setting *setting, const struct cr_population *people, uint32_t i) {
    double error[4];
    errors(setting, i, RATING_ECR, error);
    return rate(setting, people, i, error);
}

struct cr_ecr cr_self_report_index(const struct cr_setting *setting, const struct cr_population *people, uint32_t i) {
    return rate(setting, people, i, (const double[2]){0.0, 0.0});
}

double cr_self_report_satisfaction(const struct cr_setting *setting, const struct cr_population *people, uint32_t i) {
    if (people->partner[i] == CR_NOBODY)
        return NAN;
    double error[4];
    errors(setting, i, RATING_SATISFACTION, error);
    return people->satisfaction[i] + setting->parameters->satisfaction_error_sd * error[0];
}

enum cr_style cr_self_report_style(const struct cr_parameters *parameters, double anxiety, double avoidance) {
    if (isnan(anxiety) || isnan(avoidance))
        return CR_STYLE_NONE;
    const bool worried = anxiety >= parameters->ecr_anxiety_cut;
    const bool distant = avoidance >= parameters->ecr_avoidance_cut;
    return worried ? (distant ? CR_STYLE_FEARFUL : CR_STYLE_PREOCCUPIED)
                   : (distant ? CR_STYLE_DISMISSING : CR_STYLE_SECURE);
}

enum cr_paragraph cr_self_report_paragraph(const struct cr_parameters *parameters, double anxiety, double avoidance) {
    const double worry = anxiety - parameters->ecr_anxiety_cut;
    const double distance = avoidance - parameters->ecr_avoidance_cut;
    if (worry < 0.0 && distance < 0.0)
        return CR_PARAGRAPH_SECURE;
    return worry > distance ? CR_PARAGRAPH_ANXIOUS : CR_PARAGRAPH_AVOIDANT;
}
