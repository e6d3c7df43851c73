#include "model/caregiving.h"

#include <gsl/gsl_cdf.h>

#include "base/quantile.h"
#include "base/stream.h"
#include "model/population.h"

static double correlated(double common, double own, double coherence) {
    return sqrt(coherence) * common + sqrt(1.0 - coherence) * own;
}

static double probability_of(double z) {
    return gsl_cdf_ugaussian_P(z);
}

static double quality(double z, double mean, double concentration) {
    return cr_quantile_beta_at(cr_clamp(probability_of(z), 1e-9, 1.0 - 1e-9), mean, concentration);
}

static const struct cr_profile *pick(const struct cr_scenario *scenario, double u) {
    double total = 0.0;
    for (size_t k = 0; k < scenario->profile_count; k++)
        total += scenario->profiles[k].profile.share;
    double left = u * total;
    for (size_t k = 0; k + 1 < scenario->profile_count; k++) {
        left -= scenario->profiles[k].profile.share;
        if (left < 0.0)
            return &scenario->profiles[k].profile;
    }
    return &scenario->profiles[scenario->profile_count - 1].profile;
}

struct cr_profile cr_caregiving_draw(
    const struct cr_scenario *scenario, const struct cr_stream *luck, uint32_t child, uint32_t number) {
    const struct cr_parameters *p = &scenario->parameters;
    double u[4];
    double v[4];
    cr_stream_uniforms(luck, CR_LUCK_CAREGIVER, child, number, 0, u);
    cr_stream_uniforms(luck, CR_LUCK_CAREGIVER, child, number, 1, v);
    struct cr_profile mean = {.sensitivity = p->caregiving_sensitivity,
        .availability = p->caregiving_availability,
        .inconsistency = p->caregiving_inconsistency,
        .rebuff = p->caregiving_rebuff,
        .fright = p->caregiving_fright};
    if (p->caregiving_form == CR_FORM_PROFILES)
        mean = *pick(scenario, v[2]);
    const double common = cr_quantile_normal_at(u[0]);
    const double coherence = p->caregiving_coherence;
    const double spread =
        p->caregiving_form == CR_FORM_PROFILES ? p->caregiving_profile_concentration : p->caregiving_concentration;
    const double fright_spread = p->caregiving_form == CR_FORM_PROFILES ? p->caregiving_profile_concentration
                                                                        : p->caregiving_fright_concentration;
    const double z[5] = {correlated(common, cr_quantile_normal_at(u[1]), coherence),
        correlated(common, cr_quantile_normal_at(u[2]), coherence),
        correlated(-common, cr_quantile_normal_at(u[3]), coherence),
        correlated(-common, cr_quantile_normal_at(v[0]), coherence),
        correlated(-common, cr_quantile_normal_at(v[1]), coherence)};
    return (struct cr_profile){.share = mean.share,
        .sensitivity = quality(z[0], mean.sensitivity, spread),
        .availability = quality(z[1], mean.availability, spread),
        .inconsistency = quality(z[4], mean.inconsistency, spread),
        .rebuff = quality(z[2], mean.rebuff, spread),
        .fright = quality(z[3], mean.fright, fright_spread)};
}

/* Luck with an event hangs on its name, so that a further event changes nobody's luck with the others (FNV-1a). */
static uint32_t number_of(const char *name) {
    uint32_t hash = 2166136261U;
    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619U;
    return hash;
}

uint64_t cr_caregiving_befall(const struct cr_scenario *scenario, const struct cr_stream *luck, uint32_t child) {
    uint64_t befallen = 0;
    for (uint32_t e = 0; e < scenario->event_count; e++) {
        double u[4];
        cr_stream_uniforms(luck, CR_LUCK_TIMELINE, child, number_of(scenario->events[e].name), 0, u);
        befallen |= (uint64_t)(u[0] < scenario->events[e].event.share) << e;
    }
    return befallen;
}

static double shifted(double x, double shift) {
    return shift > 0.0 ? x + shift * (1.0 - x) : x * (1.0 + shift);
}

double cr_caregiving_under_events(
    const struct cr_scenario *scenario, uint64_t befallen, double age, struct cr_profile *care) {
    double load = 1.0;
    for (size_t e = 0; e < scenario->event_count; e++) {
        const struct cr_event *event = &scenario->events[e].event;
        if ((befallen >> e & 1U) == 0 || age < event->age || age >= event->age + event->length)
            continue;
        care->sensitivity = shifted(care->sensitivity, event->sensitivity);
        care->availability = shifted(care->availability, event->availability);
        care->inconsistency = shifted(care->inconsistency, event->inconsistency);
        care->rebuff = shifted(care->rebuff, event->rebuff);
        care->fright = shifted(care->fright, event->fright);
        load *= event->load;
    }
    return load;
}

void cr_caregiving_under_times(const struct cr_parameters *parameters, struct cr_profile *care) {
    care->sensitivity = shifted(care->sensitivity, parameters->times_sensitivity);
    care->availability = shifted(care->availability, parameters->times_availability);
    care->inconsistency = shifted(care->inconsistency, parameters->times_inconsistency);
    care->rebuff = shifted(care->rebuff, parameters->times_rebuff);
    care->fright = shifted(care->fright, parameters->times_fright);
}

uint32_t cr_caregiving_replacements(const struct cr_scenario *scenario, uint64_t befallen, double age) {
    uint32_t past = 0;
    for (size_t e = 0; e < scenario->event_count; e++) {
        const struct cr_event *event = &scenario->events[e].event;
        past += event->replaces && (befallen >> e & 1U) != 0 && age >= event->age + event->length;
    }
    return past;
}
