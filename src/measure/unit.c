#include "measure/unit.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const struct cr_unit units[] = {
    {"share", 0.02, CR_EFFECT_H},
    {"probability", 0.02, CR_EFFECT_H},
    {"difference of probabilities", 0.02, CR_EFFECT_NONE},
    {"share of variance", 0.05, CR_EFFECT_NONE},
    {"correlation", 0.05, CR_EFFECT_Q},
    {"standardized slope", 0.05, CR_EFFECT_NONE},
    {"Cohen's d", 0.1, CR_EFFECT_NONE},
    {"0-1", 0.02, CR_EFFECT_D},
    {"scale points", 0.1, CR_EFFECT_D},
    {"scale points (1-7)", 0.1, CR_EFFECT_D},
    {"sd in scale points", 0.1, CR_EFFECT_NONE},
    {"scale points per decade", 0.05, CR_EFFECT_NONE},
    {"latent scale", 0.05, CR_EFFECT_D},
    {"arousal", 0.05, CR_EFFECT_D},
    {"quarrels per week", 0.01, CR_EFFECT_D},
    {"per year", 0.01, CR_EFFECT_NONE},
    {"years", 0.5, CR_EFFECT_D},
};

const struct cr_unit *cr_unit_find(const char *name) {
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (strcmp(units[k].name, name) == 0)
            return &units[k];
    return NULL;
}

const char *cr_effect_letter(enum cr_effect effect) {
    static const char *const letters[] = {
        [CR_EFFECT_NONE] = "", [CR_EFFECT_H] = "h", [CR_EFFECT_Q] = "q", [CR_EFFECT_D] = "d"};
    return letters[effect];
}

/* NaN outside 0 to 1, as some probabilities are differences. */
static double arc(double share) {
    return 2.0 * asin(sqrt(share));
}

double cr_effect_size(enum cr_effect effect, double first, double second, double sd) {
    double size = (double)NAN;
    switch (effect) {
    case CR_EFFECT_NONE:
        break;
    case CR_EFFECT_H:
        size = arc(second) - arc(first);
        break;
    case CR_EFFECT_Q:
        size = atanh(second) - atanh(first);
        break;
    case CR_EFFECT_D:
        size = sd > 0.0 ? (second - first) / sd : (double)NAN;
        break;
    }
    return isfinite(size) ? size : (double)NAN;
}
