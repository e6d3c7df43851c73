#include "viz/world/tally.h"

#include <stdlib.h>
#include <string.h>

int cr_tally_init(struct cr_tally *tally, uint32_t people, struct cr_error *error) {
    memset(tally, 0, sizeof *tally);
    tally->people = people;
    uint8_t **const counts[] = {&tally->bids[0], &tally->bids[1], &tally->bids[2], &tally->bids[3], &tally->comforted,
        &tally->rebuffed, &tally->frightened};
    _Static_assert(CR_STRATEGIES == 4, "every strategy has its counts");
    bool failed = false;
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        *counts[k] = calloc(people + 1, 1);
        failed = failed || *counts[k] == NULL;
    }
    tally->happenings = malloc(CR_HAPPENINGS_KEPT * sizeof *tally->happenings);
    tally->lasting = malloc((people / 2 + 1) * sizeof *tally->lasting);
    if (!failed && tally->happenings != NULL && tally->lasting != NULL)
        return 0;
    cr_tally_free(tally);
    return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to count what happens to %u persons", people);
}

void cr_tally_free(struct cr_tally *tally) {
    for (int k = 0; k < CR_STRATEGIES; k++)
        free(tally->bids[k]);
    free(tally->comforted);
    free(tally->rebuffed);
    free(tally->frightened);
    free(tally->quarrels);
    free(tally->happenings);
    free(tally->lasting);
    memset(tally, 0, sizeof *tally);
}

int cr_tally_expect(struct cr_tally *tally, const struct cr_simulation *simulation, struct cr_error *error) {
    const struct cr_bonds *bonds = &simulation->bonds;
    if (bonds->capacity > tally->quarrels_capacity) {
        uint8_t *const grown = realloc(tally->quarrels, (size_t)bonds->capacity);
        if (grown == NULL)
            return cr_error_set(
                error, CR_ERROR_MEMORY, "not enough memory to count the quarrels of %d relationships", bonds->capacity);
        memset(grown + tally->quarrels_capacity, 0, (size_t)(bonds->capacity - tally->quarrels_capacity));
        tally->quarrels = grown;
        tally->quarrels_capacity = bonds->capacity;
    }
    if (bonds->active_count > 0)
        memcpy(tally->lasting, bonds->active, (size_t)bonds->active_count * sizeof *tally->lasting);
    tally->lasting_count = bonds->active_count;
    tally->bond_count = bonds->count;
    return 0;
}

void cr_tally_happening(struct cr_tally *tally, const struct cr_happening *happening) {
    tally->happened[happening->kind]++;
    tally->happenings[(tally->happening_begin + tally->happening_count) % CR_HAPPENINGS_KEPT] = *happening;
    if (tally->happening_count < CR_HAPPENINGS_KEPT)
        tally->happening_count++;
    else
        tally->happening_begin = (tally->happening_begin + 1) % CR_HAPPENINGS_KEPT;
}

static void happen(
    struct cr_tally *tally, enum cr_happening_kind kind, int32_t week, int32_t one, int32_t other, int32_t bond) {
    const struct cr_happening happening = {.week = week, .kind = (uint8_t)kind, .person = {one, other}, .bond = bond};
    cr_tally_happening(tally, &happening);
}

/* Those who did not live this week keep what their last one was. */
static void add_episodes(struct cr_tally *tally, const struct cr_simulation *simulation) {
    const struct cr_population *people = &simulation->people;
    const int32_t week = simulation->setting.week;
    uint8_t *const sums[] = {tally->bids[0], tally->bids[1], tally->bids[2], tally->bids[3], tally->comforted,
        tally->rebuffed, tally->frightened};
    const uint8_t *const counts[] = {people->bids[0], people->bids[1], people->bids[2], people->bids[3],
        people->comforted, people->rebuffed, people->frightened};
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++) {
        uint8_t *restrict sum = sums[k];
        const uint8_t *restrict count = counts[k];
        for (uint32_t i = 0; i < tally->people; i++)
            sum[i] = cr_tally_sum(sum[i], cr_person_alive(people, i, week) ? count[i] : 0U);
    }
}

static void add_quarrels(struct cr_tally *tally, const struct cr_bonds *bonds) {
    for (int32_t k = 0; k < bonds->active_count; k++) {
        const int32_t number = bonds->active[k];
        tally->quarrels[number] = cr_tally_sum(tally->quarrels[number], bonds->bond[number].quarrels);
    }
}

/* Of those that had lasted it keeps the ones that a death has ended. */
static void follow_couples(struct cr_tally *tally, const struct cr_simulation *simulation) {
    const struct cr_bonds *bonds = &simulation->bonds;
    const int32_t week = simulation->setting.week;
    int32_t bereaved = 0;
    for (int32_t k = 0; k < tally->lasting_count; k++) {
        const int32_t number = tally->lasting[k];
        const struct cr_bond *bond = &bonds->bond[number];
        const int32_t one = bond->person[0], other = bond->person[1];
        if (bond->cohabiting == week)
            happen(tally, CR_HAPPENED_MOVING_IN, week, one, other, number);
        if (bond->married == week)
            happen(tally, CR_HAPPENED_WEDDING, week, one, other, number);
        if (bond->ending == CR_DEATH)
            tally->lasting[bereaved++] = number;
        if (bond->ending == CR_LASTING || bond->ending == CR_DEATH)
            continue;
        const struct cr_happening parting = {.week = week,
            .kind = CR_HAPPENED_SEPARATION,
            .ending = bond->ending,
            .person = {one, other},
            .bond = number};
        cr_tally_happening(tally, &parting);
    }
    tally->lasting_count = bereaved;
    for (int32_t number = tally->bond_count; number < bonds->count; number++)
        happen(tally, CR_HAPPENED_PAIRING, week, bonds->bond[number].person[0], bonds->bond[number].person[1], number);
}

/* The relationship that a person's death has just ended; CR_NOBODY for none. */
static int32_t broken_by_death(const struct cr_tally *tally, const struct cr_bonds *bonds, int32_t person) {
    for (int32_t k = 0; k < tally->lasting_count; k++) {
        const struct cr_bond *bond = &bonds->bond[tally->lasting[k]];
        if (bond->ending == CR_DEATH && (bond->person[0] == person || bond->person[1] == person))
            return tally->lasting[k];
    }
    return CR_NOBODY;
}

/* Who lives in the present week but did not in the one just lived, and the other way round. */
static void follow_lives(struct cr_tally *tally, const struct cr_simulation *simulation) {
    const struct cr_population *people = &simulation->people;
    const int32_t week = simulation->week;
    for (uint32_t i = 0; i < tally->people; i++) {
        if (people->birth[i] == week)
            happen(tally, CR_HAPPENED_BIRTH, week, (int32_t)i, CR_NOBODY, CR_NOBODY);
        if (people->death[i] != week)
            continue;
        const int32_t number = broken_by_death(tally, &simulation->bonds, (int32_t)i);
        const struct cr_bond *bond = number == CR_NOBODY ? NULL : &simulation->bonds.bond[number];
        const int32_t left = bond == NULL || bond->ended_by == 2 ? CR_NOBODY : bond->person[bond->ended_by == 0];
        happen(tally, CR_HAPPENED_DEATH, week, (int32_t)i, left, number);
    }
}

void cr_tally_week(struct cr_tally *tally, const struct cr_simulation *simulation) {
    add_episodes(tally, simulation);
    add_quarrels(tally, &simulation->bonds);
    follow_couples(tally, simulation);
    follow_lives(tally, simulation);
}

void cr_tally_clear(struct cr_tally *tally) {
    uint8_t *const counts[] = {tally->bids[0], tally->bids[1], tally->bids[2], tally->bids[3], tally->comforted,
        tally->rebuffed, tally->frightened};
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
        memset(counts[k], 0, tally->people);
    if (tally->quarrels_capacity > 0)
        memset(tally->quarrels, 0, (size_t)tally->quarrels_capacity);
    memset(tally->happened, 0, sizeof tally->happened);
    tally->happening_begin = tally->happening_count = 0;
}

void cr_tally_recall(struct cr_tally *tally, const struct cr_simulation *simulation) {
    cr_tally_clear(tally);
    if (simulation->week == 0)
        return;
    add_episodes(tally, simulation);
    add_quarrels(tally, &simulation->bonds);
}
