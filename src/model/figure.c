#include "model/figure.h"

void cr_figure_derive(const struct cr_setting *setting, struct cr_population *people, uint32_t begin, uint32_t end) {
    const struct cr_parameters *p = setting->parameters;
    for (uint32_t i = begin; i < end; i++) {
        if (people->partner[i] == CR_NOBODY)
            continue;
        double u[4];
        cr_stream_uniforms(&setting->luck, CR_LUCK_COUPLE, i, (uint32_t)setting->week, 0, u);
        const double activation = people->arousal[i] / (1.0 + people->arousal[i]);
        const double deactivation = people->policy[CR_DEACTIVATE][i];
        const double irritation = people->irritation[i];
        const double modelled = 1.0 - p->figure_modelled * (1.0 - people->general[CR_OPEN][i]);
        people->figure_sensitivity[i] = p->figure_sensitivity * modelled * (1.0 - p->figure_self_focus * activation) *
                                        (1.0 - p->figure_discomfort * deactivation);
        people->figure_availability[i] =
            p->figure_availability *
            (1.0 - p->figure_withdrawal * irritation *
                       (p->figure_withdrawal_open + (1.0 - p->figure_withdrawal_open) * deactivation));
        people->figure_rebuff[i] = cr_min(1.0,
            p->figure_rebuff + p->figure_irritation_rebuff * irritation + p->figure_deactivation_rebuff * deactivation);
        people->figure_fright[i] =
            cr_min(1.0, p->figure_fright + p->figure_fear_fright * people->general[CR_FEAR][i] * activation);
        if (u[0] < p->figure_inconsistency)
            people->present[i] = u[0] < p->figure_inconsistency * people->figure_availability[i];
    }
}

double cr_figure_openness(const struct cr_parameters *p, const struct cr_population *people, uint32_t i) {
    const double available = people->figure_availability[i];
    const double noticed =
        people->figure_sensitivity[i] * (available + (1.0 - available) * p->caregiving_unavailable_factor);
    return noticed * (1.0 - people->figure_fright[i]) * (1.0 - people->figure_rebuff[i]);
}

void cr_figure_react(const struct cr_setting *setting, struct cr_population *people, uint32_t i) {
    const struct cr_parameters *p = setting->parameters;
    const int32_t partner = people->partner[i];
    const double asked = people->turned_to[partner] == CR_PARTNER ? 1.0 : 0.0;
    const double deactivation = people->policy[CR_DEACTIVATE][i];
    const double raised = asked * (p->irritation_protest * people->bids[CR_PROTEST][partner] *
                                          (1.0 + p->irritation_deactivation * deactivation) +
                                      p->irritation_burden * deactivation * people->bids[CR_BID][partner]);
    const double irritation = people->irritation[i] * (1.0 - p->irritation_decay);
    people->irritation[i] = irritation + (1.0 - irritation) * raised / (1.0 + raised);
}
