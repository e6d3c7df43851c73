#include "model/population.h"

#include <stdlib.h>
#include <string.h>

#include "base/quantile.h"
#include "model/life_course.h"
#include "model/setting.h"

enum { ALIGNMENT = 64 };

static size_t padded(size_t bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

int cr_population_init(struct cr_population *people, uint32_t count, struct cr_error *error) {
    memset(people, 0, sizeof *people);
    size_t bytes = 0;
#define CR_ARRAY(type, name) bytes += padded(count * sizeof(type));
#define CR_ARRAYS(type, name, kinds) bytes += (size_t)(kinds)*padded(count * sizeof(type));
    CR_PERSON_ROWS(CR_ARRAY, CR_ARRAYS)
#undef CR_ARRAY
#undef CR_ARRAYS
    people->memory = aligned_alloc(ALIGNMENT, bytes);
    if (people->memory == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for %u persons (%zu MB)", count, bytes >> 20U);
    memset(people->memory, 0, bytes);
    people->bytes = bytes;
    people->count = count;
    unsigned char *next = people->memory;
#define CR_ARRAY(type, name)                                                                                           \
    people->name = (type *)(void *)next;                                                                               \
    next += padded(count * sizeof(type));
#define CR_ARRAYS(type, name, kinds)                                                                                   \
    for (int k = 0; k < (kinds); k++) {                                                                                \
        people->name[k] = (type *)(void *)next;                                                                        \
        next += padded(count * sizeof(type));                                                                          \
    }
    CR_PERSON_ROWS(CR_ARRAY, CR_ARRAYS)
#undef CR_ARRAY
#undef CR_ARRAYS
    return 0;
}

void cr_population_free(struct cr_population *people) {
    free(people->memory);
    memset(people, 0, sizeof *people);
}

void cr_population_birth(
    struct cr_population *people, uint32_t i, const struct cr_scenario *scenario, const struct cr_stream *luck) {
    const struct cr_parameters *p = &scenario->parameters;
    double u[4];
    double v[4];
    cr_stream_uniforms(luck, CR_LUCK_BIRTH, i, 0, 0, u);
    cr_stream_uniforms(luck, CR_LUCK_BIRTH, i, 0, 1, v);
    const int32_t childhood = (int32_t)(p->life_adult_age * CR_WEEKS_A_YEAR);
    people->birth[i] = (int32_t)(u[0] * p->life_birth_years * CR_WEEKS_A_YEAR);
    people->sex[i] = (uint8_t)(u[1] < 0.5 ? CR_FEMALE : CR_MALE);
    people->temperament[i] = p->life_temperament_sd * cr_quantile_normal_at(u[2]);
    people->death[i] = people->birth[i] + cr_life_course_lifetime(p, 0.0, u[3]);
    people->caregiver_death[i] =
        people->birth[i] + childhood + cr_life_course_lifetime(p, p->caregiving_parent_age + p->life_adult_age, v[0]);
    people->befallen[i] = cr_caregiving_befall(scenario, luck, i);
    people->caregiver[i] = cr_caregiving_draw(scenario, luck, i, 0);
    people->caregivers[i] = 1;
    people->hardship[i] = cr_quantile_normal_at(v[2]);
    people->caregiver_present[i] = v[1] < people->caregiver[i].availability;
    double beliefs[CR_BELIEFS];
    cr_working_model_initial(p, beliefs);
    for (int b = 0; b < CR_BELIEFS; b++) {
        people->general[b][i] = beliefs[b];
        people->prototype[b][i] = beliefs[b];
        for (int role = 0; role < CR_FIGURE_ROLES; role++)
            people->specific[role * CR_BELIEFS + b][i] = beliefs[b];
    }
    people->partner[i] = CR_NOBODY;
    people->bond[i] = CR_NOBODY;
    people->turned_to[i] = CR_NOBODY;
}

static double under(double quality, double pressure) {
    return cr_clamp(quality + pressure * quality * (1.0 - quality), 0.0, 1.0);
}

double cr_person_caregiver_now(
    const struct cr_setting *setting, const struct cr_population *people, uint32_t i, struct cr_profile *care) {
    const double pressure = setting->parameters->caregiving_hardship * people->hardship[i];
    *care = people->caregiver[i];
    care->sensitivity = under(care->sensitivity, -pressure);
    care->availability = under(care->availability, -pressure);
    care->rebuff = under(care->rebuff, pressure);
    care->fright = under(care->fright, pressure);
    double load = 1.0;
    if (people->befallen[i] != 0)
        load = cr_caregiving_under_events(
            setting->scenario, people->befallen[i], cr_person_age(people, i, setting->week), care);
    if (setting->disturbed)
        cr_caregiving_under_times(setting->parameters, care);
    return load;
}
