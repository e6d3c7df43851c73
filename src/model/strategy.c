#include "model/strategy.h"

const char *const cr_strategy_names[CR_STRATEGIES] = {"open", "protest", "deactivate", "appease"};

void cr_strategy_policies(double consistency, double *const array[CR_STRATEGIES], uint32_t count) {
    double *restrict bid = array[CR_BID];
    double *restrict protest = array[CR_PROTEST];
    double *restrict deactivate = array[CR_DEACTIVATE];
    double *restrict appease = array[CR_APPEASE];
    for (uint32_t i = 0; i < count; i++) {
        const double best = cr_max(cr_max(bid[i], protest[i]), cr_max(deactivate[i], appease[i]));
        const double b = cr_exp(consistency * (bid[i] - best));
        const double p = cr_exp(consistency * (protest[i] - best));
        const double d = cr_exp(consistency * (deactivate[i] - best));
        const double a = cr_exp(consistency * (appease[i] - best));
        const double scale = 1.0 / (b + p + d + a);
        bid[i] = b * scale;
        protest[i] = p * scale;
        deactivate[i] = d * scale;
        appease[i] = a * scale;
    }
}
