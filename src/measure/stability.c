#include "measure/stability.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/gathering.h"
#include "measure/measure_functions.h"
#include "measure/survival.h"

enum { FOLLOW_UP = 56, FERTILE_YEARS = 45 };

static bool separated(const struct cr_bond *bond) {
    return bond->ending != CR_LASTING && bond->ending != CR_DEATH;
}

/* Week at which observation of a relationship stops. */
static int32_t last_week(const struct cr_record *record, const struct cr_bond *bond) {
    return bond->end >= 0 ? bond->end : record->simulation->week;
}

void cr_measure_ended_13_months(const struct cr_record *record, struct cr_readings *readings) {
    static const double years[] = {0.0, 1.0, 3.0, 5.0, 10.0, 20.0, 1000.0};
    static const char *const names[] = {"unmarried 0-1", "unmarried 1-3", "unmarried 3-5", "unmarried 5-10",
        "unmarried 10-20", "unmarried 20+", "married"};
    enum { MARRIED = 6, GROUPS = 7 };
    const struct cr_bonds *bonds = &record->simulation->bonds;
    struct cr_sample sample[GROUPS] = {0};
    for (int32_t y = 0; y < record->survey_count; y++) {
        const int32_t week = record->surveys[y].week;
        if (week + FOLLOW_UP >= record->simulation->week)
            break;
        for (int32_t k = 0; k < bonds->count; k++) {
            const struct cr_bond *bond = &bonds->bond[k];
            if (bond->start > week || (bond->end >= 0 && bond->end <= week))
                continue;
            const double lasted = (double)(week - bond->start) / CR_WEEKS_A_YEAR;
            int group = MARRIED;
            if (bond->married < 0 || bond->married > week)
                for (group = 0; lasted >= years[group + 1];)
                    group++;
            cr_sample_add_of(&sample[group], k, separated(bond) && bond->end <= week + FOLLOW_UP, 0.0, 0.0);
        }
    }
    for (int g = 0; g < GROUPS; g++) {
        cr_readings_add(readings, names[g], cr_clustered_mean(&sample[g], 0));
        cr_sample_finish(&sample[g], readings);
    }
}

int cr_relationship_spells_init(
    struct cr_relationship_spells *spells, const struct cr_record *record, struct cr_error *error) {
    const size_t capacity = (size_t)record->simulation->bonds.count;
    *spells = (struct cr_relationship_spells){
        .weeks = malloc((capacity + 1) * sizeof(double)), .separated = malloc((capacity + 1) * sizeof(bool))};
    if (spells->weeks == NULL || spells->separated == NULL)
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory for the spells of %zu relationships", capacity);
    return 0;
}

void cr_relationship_spells_free(struct cr_relationship_spells *spells) {
    free(spells->weeks);
    free(spells->separated);
    memset(spells, 0, sizeof *spells);
}

/* Style at the last survey before a relationship began: 1 insecure, 0 secure, -1 unknown. */
static int insecure_before(const struct cr_record *record, uint32_t i, int32_t week) {
    const enum cr_style style = cr_record_style(record, cr_record_survey_before(week), i);
    return style == CR_STYLE_NONE ? -1 : style != CR_STYLE_SECURE;
}

void cr_relationship_spells_take(
    struct cr_relationship_spells *spells, const struct cr_record *record, enum cr_pairing_kind pairing) {
    const struct cr_bonds *bonds = &record->simulation->bonds;
    spells->count = 0;
    for (int32_t k = 0; k < bonds->count; k++) {
        const struct cr_bond *bond = &bonds->bond[k];
        if (pairing != CR_PAIRING_ALL) {
            const int first = insecure_before(record, (uint32_t)bond->person[0], bond->start);
            const int second = insecure_before(record, (uint32_t)bond->person[1], bond->start);
            if (first < 0 || second < 0 || first + second != (int)pairing - CR_PAIRING_BOTH_SECURE)
                continue;
        }
        spells->weeks[spells->count] = last_week(record, bond) - bond->start;
        spells->separated[spells->count++] = separated(bond);
    }
}

static void add_survival(
    struct cr_readings *readings, const struct cr_relationship_spells *spells, const char *prefix) {
    static const int years[] = {1, 2, 3, 5, 10, 15, 20};
    struct cr_survival survival;
    const struct cr_spells plain = {.exit = spells->weeks, .event = spells->separated, .count = spells->count};
    if (cr_survival_init(&survival, &plain, NULL) != 0) {
        readings->failed = true;
        return;
    }
    for (size_t k = 0; k < sizeof years / sizeof *years; k++) {
        char group[CR_GROUP_SIZE];
        (void)snprintf(group, sizeof group, "%s%d", prefix, years[k]);
        cr_readings_add(readings, group, cr_survival_at(&survival, (double)years[k] * CR_WEEKS_A_YEAR));
    }
    cr_survival_free(&survival);
}

void cr_measure_relationship_survival(const struct cr_record *record, struct cr_readings *readings) {
    static const char *const prefixes[CR_PAIRINGS] = {"", "secure-secure ", "secure-insecure ", "insecure-insecure "};
    struct cr_relationship_spells spells;
    readings->failed = cr_relationship_spells_init(&spells, record, NULL) != 0 || readings->failed;
    for (int pairing = 0; !readings->failed && pairing < CR_PAIRINGS; pairing++) {
        cr_relationship_spells_take(&spells, record, (enum cr_pairing_kind)pairing);
        add_survival(readings, &spells, prefixes[pairing]);
    }
    cr_relationship_spells_free(&spells);
}

void cr_measure_relationship_hazard(const struct cr_record *record, struct cr_readings *readings) {
    static const double edges[] = {0.0, 52.0, 104.0, 156.0, 260.0, 520.0, 1040.0, 2080.0};
    static const char *const names[] = {"0-1", "1-2", "2-3", "3-5", "5-10", "10-20", "20-40"};
    enum { INTERVALS = 7 };
    struct cr_relationship_spells spells;
    readings->failed = cr_relationship_spells_init(&spells, record, NULL) != 0 || readings->failed;
    if (!readings->failed) {
        cr_relationship_spells_take(&spells, record, CR_PAIRING_ALL);
        const struct cr_spells plain = {.exit = spells.weeks, .event = spells.separated, .count = spells.count};
        struct cr_hazard hazards[INTERVALS];
        cr_survival_hazards(&plain, edges, INTERVALS, hazards);
        for (int k = 0; k < INTERVALS; k++) {
            struct cr_estimate rate = hazards[k].rate;
            rate.value *= CR_WEEKS_A_YEAR;
            rate.se *= CR_WEEKS_A_YEAR;
            cr_readings_add(readings, names[k], rate);
        }
    }
    cr_relationship_spells_free(&spells);
}

/* Survival of each woman's first marriage or first cohabitation, followed while she is in her fertile years as the
 * surveys of families do that the evidence comes from. */
static void first_union(const struct cr_record *record, bool marriage, struct cr_readings *readings) {
    const struct cr_population *people = &record->simulation->people;
    const struct cr_bonds *bonds = &record->simulation->bonds;
    struct cr_relationship_spells spells;
    bool *had = calloc(record->people, sizeof *had);
    readings->failed = cr_relationship_spells_init(&spells, record, NULL) != 0 || had == NULL || readings->failed;
    for (int32_t k = 0; !readings->failed && k < bonds->count; k++) {
        const struct cr_bond *bond = &bonds->bond[k];
        const int32_t begun = marriage ? bond->married : bond->cohabiting;
        const int32_t woman = bond->person[people->sex[bond->person[0]] == CR_FEMALE ? 0 : 1];
        if (begun < 0 || had[woman])
            continue;
        had[woman] = true;
        const int32_t limit = people->birth[woman] + FERTILE_YEARS * CR_WEEKS_A_YEAR;
        const int32_t last = last_week(record, bond);
        if (begun >= limit)
            continue;
        spells.weeks[spells.count] = (last < limit ? last : limit) - begun;
        spells.separated[spells.count++] = separated(bond) && last < limit;
    }
    if (!readings->failed)
        add_survival(readings, &spells, "");
    free(had);
    cr_relationship_spells_free(&spells);
}

void cr_measure_marriage_survival(const struct cr_record *record, struct cr_readings *readings) {
    first_union(record, true, readings);
}

void cr_measure_cohabitation_survival(const struct cr_record *record, struct cr_readings *readings) {
    first_union(record, false, readings);
}

void cr_measure_ending_share(const struct cr_record *record, struct cr_readings *readings) {
    const struct cr_bonds *bonds = &record->simulation->bonds;
    int64_t count[CR_ENDINGS] = {0};
    for (int32_t k = 0; k < bonds->count; k++)
        count[bonds->bond[k].ending]++;
    for (int e = CR_LASTING + 1; e < CR_ENDINGS; e++)
        cr_readings_add(readings, cr_ending_names[e], cr_statistics_share(count[e], bonds->count - count[CR_LASTING]));
}
