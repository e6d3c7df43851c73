#include "study/fate.h"

#include <stdlib.h>
#include <string.h>

#include "measure/earned_security.h"

const char *const cr_partner_fate_names[CR_PARTNER_FATES] = {"never paired", "together", "separated", "widowed"};

/* The relationship that each person had last; -1 for none. */
static int32_t *last_bonds(const struct cr_record *record) {
    const struct cr_bonds *bonds = &record->simulation->bonds;
    int32_t *last = malloc((record->people + 1) * sizeof *last);
    if (last == NULL)
        return NULL;
    for (uint32_t i = 0; i < record->people; i++)
        last[i] = -1;
    for (int32_t k = 0; k < bonds->count; k++)
        for (int side = 0; side < 2; side++)
            last[bonds->bond[k].person[side]] = k;
    return last;
}

static enum cr_partner_fate partner_fate(const struct cr_record *record, uint32_t i, int32_t last) {
    const struct cr_simulation *simulation = record->simulation;
    const struct cr_population *people = &simulation->people;
    const int32_t seen = simulation->week < people->death[i] ? simulation->week : people->death[i];
    if (cr_person_age(people, i, seen) < simulation->scenario->parameters.life_adult_age)
        return CR_FATE_NONE;
    if (last < 0)
        return CR_FATE_NEVER;
    const struct cr_bond *bond = &simulation->bonds.bond[last];
    if (bond->ending == CR_LASTING)
        return CR_FATE_TOGETHER;
    if (bond->ending != CR_DEATH)
        return CR_FATE_SEPARATED;
    const uint32_t other = (uint32_t)(bond->person[0] == (int32_t)i ? bond->person[1] : bond->person[0]);
    return people->death[i] <= people->death[other] ? CR_FATE_TOGETHER : CR_FATE_WIDOWED;
}

static int32_t last_survey(const struct cr_record *record, uint32_t i) {
    int32_t y = record->survey_count - 1;
    while (y >= 0 && cr_record_style(record, y, i) == CR_STYLE_NONE)
        y--;
    return y;
}

static struct cr_fate fate_of(const struct cr_record *record, uint32_t i, int32_t last) {
    const struct cr_visit *visit = &record->visits[0][i];
    const uint32_t had = record->simulation->people.bonds_had[i];
    return (struct cr_fate){.class = (int8_t)(visit->week >= 0 ? visit->coding.class : CR_CLASS_NONE),
        .style_18 = (int8_t)cr_record_style(record, cr_record_survey_at_age(record, i, 18.0), i),
        .style_40 = (int8_t)cr_record_style(record, cr_record_survey_at_age(record, i, 40.0), i),
        .style_end = (int8_t)cr_record_style(record, last_survey(record, i), i),
        .partner = (int8_t)partner_fate(record, i, last),
        .earned = cr_earned_security(record, i, record->survey_count - 1).survey >= 0,
        .relationships = (uint8_t)(had < UINT8_MAX ? had : UINT8_MAX)};
}

int cr_fates_add(struct cr_fates *fates, const struct cr_record *record, struct cr_error *error) {
    if (fates->replicates == fates->capacity) {
        const size_t capacity = fates->capacity == 0 ? 16 : 2 * fates->capacity;
        struct cr_fate *grown = realloc(fates->fate, capacity * (record->people + 1) * sizeof *grown);
        if (grown == NULL)
            return cr_error_set(
                error, CR_ERROR_MEMORY, "not enough memory for the fates of %u persons", record->people);
        fates->fate = grown;
        fates->capacity = capacity;
    }
    int32_t *last = last_bonds(record);
    if (last == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the fates of %u persons", record->people);
    fates->people = record->people;
    struct cr_fate *fate = fates->fate + fates->replicates * fates->people;
    for (uint32_t i = 0; i < record->people; i++)
        fate[i] = fate_of(record, i, last[i]);
    fates->replicates++;
    free(last);
    return 0;
}

void cr_fates_free(struct cr_fates *fates) {
    free(fates->fate);
    memset(fates, 0, sizeof *fates);
}

static const char *const earned_names[] = {"not earned", "earned"};

static const struct {
    const char *name;
    int values;
    const char *const *names;
} traits[CR_TRAITS] = {
    [CR_TRAIT_CLASS] = {"class in infancy", CR_CLASSES, cr_class_names},
    [CR_TRAIT_STYLE_18] = {"style at 18", CR_STYLES, cr_style_names},
    [CR_TRAIT_STYLE_40] = {"style at 40", CR_STYLES, cr_style_names},
    [CR_TRAIT_STYLE_END] = {"style at the end", CR_STYLES, cr_style_names},
    [CR_TRAIT_PARTNER] = {"partner fate", CR_PARTNER_FATES, cr_partner_fate_names},
    [CR_TRAIT_EARNED] = {"earned security", 2, earned_names},
};

const char *cr_trait_name(enum cr_trait trait) {
    return traits[trait].name;
}

int cr_trait_values(enum cr_trait trait) {
    return traits[trait].values;
}

const char *cr_trait_value_name(enum cr_trait trait, int value) {
    return traits[trait].names[value];
}

int cr_trait_of(const struct cr_fate *fate, enum cr_trait trait) {
    const int values[CR_TRAITS] = {[CR_TRAIT_CLASS] = fate->class,
        [CR_TRAIT_STYLE_18] = fate->style_18,
        [CR_TRAIT_STYLE_40] = fate->style_40,
        [CR_TRAIT_STYLE_END] = fate->style_end,
        [CR_TRAIT_PARTNER] = fate->partner,
        [CR_TRAIT_EARNED] = fate->style_18 < 0 ? -1 : fate->earned};
    return values[trait];
}

struct cr_changes cr_fates_compare(const struct cr_fates *first, const struct cr_fates *second, enum cr_trait trait) {
    struct cr_changes changes = {0};
    const size_t replicates = first->replicates < second->replicates ? first->replicates : second->replicates;
    for (size_t k = 0; k < replicates * first->people; k++) {
        const int before = cr_trait_of(&first->fate[k], trait);
        const int after = cr_trait_of(&second->fate[k], trait);
        if (before < 0 || after < 0)
            continue;
        changes.count[before][after]++;
        changes.known++;
        changes.changed += before != after;
    }
    return changes;
}
