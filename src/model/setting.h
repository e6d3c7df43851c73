#ifndef CR_MODEL_SETTING_H
#define CR_MODEL_SETTING_H

#include "base/quantile.h"
#include "base/stream.h"
#include "model/episode.h"
#include "model/scenario.h"

/* What a phase of a step needs to know beside the people: the rules, resolved once, the luck and the week. Borrowed
 * throughout a step and the same for everybody. */
struct cr_setting {
    const struct cr_scenario *scenario;
    const struct cr_parameters *parameters; /* those of the scenario */
    struct cr_stream luck;
    int32_t week;
    struct cr_signals signals;
    double hardship_memory;      /* what is left of hardship after a week */
    double hardship_news;        /* spread of the uniform number that keeps its variance at one */
    struct cr_quantile severity; /* of a need, mean 1 */
    struct cr_quantile normal;   /* standard normal */
};

#endif
