#include "model/setting.h"

#include <string.h>

#include "model/life_course.h"
#include "model/population.h"

static void tabulate(struct cr_setting *setting, const struct cr_parameters *p) {
    for (int32_t age = 0; age < CR_AGES; age++) {
        const double years = (double)age / CR_WEEKS_A_YEAR;
        setting->needs[age] = p->times_load * cr_life_course_needs(p, years);
        setting->needless[age] = cr_exp(-setting->needs[age]);
        setting->severity_at[age] = cr_life_course_severity(p, years);
        setting->youth[age] = cr_exp(-cr_max(0.0, years - p->life_adult_age) / p->meeting_age_years);
        setting->invested[age] = 1.0 - cr_exp(-years / p->commitment_investment_years);
        setting->plasticity[age] = cr_working_model_plasticity(p, years);
    }
}

static void resolve(struct cr_setting *setting, const struct cr_parameters *p) {
    setting->resolved = *p;
    setting->signals = cr_episode_signals(p);
    setting->disturbed = p->times_sensitivity != 0.0 || p->times_availability != 0.0 || p->times_inconsistency != 0.0 ||
                         p->times_rebuff != 0.0 || p->times_fright != 0.0;
    setting->drift = p->working_model_drift * sqrt(12.0 * CR_DRIFT_WEEKS / CR_WEEKS_A_YEAR);
    setting->pull = p->prototype_strength / CR_WEEKS_A_YEAR;
    setting->strain_rate = 1.0 / (1.0 + p->arousal_strain_years * CR_WEEKS_A_YEAR);
    setting->grief_kept = 1.0 - 1.0 / (1.0 + p->grief_years * CR_WEEKS_A_YEAR);
    setting->hardship_memory = cr_exp(-1.0 / (p->caregiving_hardship_years * CR_WEEKS_A_YEAR));
    setting->hardship_news = sqrt(12.0 * (1.0 - setting->hardship_memory * setting->hardship_memory));
    cr_quantile_gamma(&setting->severity, p->needs_severity_shape, 1.0);
    tabulate(setting, p);
}

void cr_setting_init(struct cr_setting *setting, const struct cr_scenario *scenario, const struct cr_stream *luck) {
    memset(setting, 0, sizeof *setting);
    setting->scenario = scenario;
    setting->parameters = &scenario->parameters;
    setting->luck = *luck;
    cr_quantile_normal(&setting->normal);
    resolve(setting, setting->parameters);
}

void cr_setting_resolve(struct cr_setting *setting) {
    if (!cr_registry_equal(&cr_parameter_registry, &setting->resolved, setting->parameters))
        resolve(setting, setting->parameters);
}
