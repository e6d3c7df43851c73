#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "viz/world/world.h"

/* Persons that one thread takes at a time. */
enum { PORTION = 512 };

/* Makes room for all that changes in number, so that copying it cannot fail half-way. */
static bool reserve(struct cr_snapshot *snapshot, const struct cr_world *world) {
    const struct cr_bonds *bonds = &world->simulation.bonds;
    if (bonds->capacity > snapshot->tie_capacity) {
        struct cr_tie *const ties = realloc(snapshot->ties, (size_t)bonds->capacity * sizeof *ties);
        if (ties == NULL)
            return false;
        snapshot->ties = ties;
        snapshot->tie_capacity = bonds->capacity;
    }
    if (bonds->active_count > snapshot->lasting_capacity) {
        const int32_t capacity = (int32_t)(snapshot->people / 2);
        int32_t *const lasting = realloc(snapshot->lasting, (size_t)capacity * sizeof *lasting);
        if (lasting == NULL)
            return false;
        snapshot->lasting = lasting;
        snapshot->lasting_capacity = capacity;
    }
    const size_t changes = world->scenario.change_count;
    if (changes > snapshot->change_capacity) {
        struct cr_change *const grown = realloc(snapshot->changes, 2 * changes * sizeof *grown);
        if (grown == NULL)
            return false;
        snapshot->changes = grown;
        snapshot->change_capacity = 2 * changes;
    }
    return true;
}

/* Whoever is not there: not born yet, or dead. */
static void leave_out(struct cr_snapshot *snapshot, const struct cr_population *people, uint32_t i) {
    const bool dead = snapshot->week >= people->death[i];
    snapshot->presence[i] = dead ? CR_DEAD : CR_UNBORN;
    snapshot->age[i] = (float)cr_person_age(people, i, dead ? people->death[i] : snapshot->week);
    snapshot->anxiety[i] = snapshot->avoidance[i] = snapshot->satisfaction[i] = NAN;
    snapshot->arousal[i] = snapshot->felt[i] = snapshot->shown[i] = 0.0F;
}

static void copy_person(struct cr_snapshot *snapshot, const struct cr_simulation *simulation, uint32_t i) {
    const struct cr_population *people = &simulation->people;
    const double age = cr_person_age(people, i, snapshot->week);
    const struct cr_ecr index = cr_self_report_index(&simulation->setting, people, i);
    snapshot->presence[i] = age < snapshot->parameters.life_adult_age ? CR_CHILD : CR_ADULT;
    snapshot->age[i] = (float)age;
    snapshot->anxiety[i] = (float)index.anxiety;
    snapshot->avoidance[i] = (float)index.avoidance;
    snapshot->arousal[i] = (float)people->arousal[i];
    snapshot->felt[i] = (float)people->felt[i];
    snapshot->shown[i] = (float)people->shown[i];
    snapshot->satisfaction[i] = people->partner[i] == CR_NOBODY ? NAN : (float)people->satisfaction[i];
}

/* Returns how many of them live. */
static uint32_t copy_persons(struct cr_snapshot *snapshot, const struct cr_world *world, uint32_t begin, uint32_t end) {
    const struct cr_population *people = &world->simulation.people;
    uint32_t alive = 0;
    for (uint32_t i = begin; i < end; i++) {
        snapshot->female[i] = people->sex[i] == CR_FEMALE;
        snapshot->partner[i] = people->partner[i];
        snapshot->bond[i] = people->bond[i];
        snapshot->style[i] = (int8_t)cr_record_style(&world->record, world->record.survey_count - 1, i);
        snapshot->earning[i] = world->earning[i];
        if (cr_person_alive(people, i, snapshot->week)) {
            copy_person(snapshot, &world->simulation, i);
            alive++;
        } else {
            leave_out(snapshot, people, i);
        }
    }
    return alive;
}

static void copy_people(struct cr_snapshot *snapshot, const struct cr_world *world) {
    const int64_t portions = ((int64_t)snapshot->people + PORTION - 1) / PORTION;
    uint32_t alive = 0;
#pragma omp parallel for schedule(static) reduction(+ : alive) if (portions > 1)
    for (int64_t k = 0; k < portions; k++) {
        const uint32_t begin = (uint32_t)(k * PORTION);
        const uint32_t end = snapshot->people - begin < PORTION ? snapshot->people : begin + PORTION;
        alive += copy_persons(snapshot, world, begin, end);
    }
    snapshot->alive = alive;
}

static void copy_tie(struct cr_snapshot *snapshot, const struct cr_world *world, int32_t number, unsigned quarrels) {
    const struct cr_bond *bond = &world->simulation.bonds.bond[number];
    const bool lasts = bond->ending == CR_LASTING;
    const int32_t weeks = (lasts ? snapshot->week : bond->end + 1) - bond->start - 1;
    snapshot->ties[number] = (struct cr_tie){.person = {bond->person[0], bond->person[1]},
        .start = bond->start,
        .cohabiting = bond->cohabiting,
        .married = bond->married,
        .end = bond->end,
        .stage = bond->stage,
        .ending = bond->ending,
        .ended_by = bond->ended_by,
        .quarrels = lasts ? cr_tally_sum(quarrels, world->tally.quarrels[number]) : 0,
        .satisfaction = (float)(0.5 * (bond->satisfaction_end[0] + bond->satisfaction_end[1])),
        .mean_satisfaction = (float)(0.5 * (bond->satisfaction_sum[0] + bond->satisfaction_sum[1]) / weeks),
        .conflict = (float)bond->conflict,
        .intimacy = (float)bond->intimacy};
}

/* Relationships that had ended by the last glance are as they were, unless time has been set back. */
static void copy_ties(struct cr_snapshot *snapshot, const struct cr_world *world, bool again) {
    const struct cr_bonds *bonds = &world->simulation.bonds;
    const bool afresh = snapshot->era != world->era;
    const int32_t known = afresh ? 0 : snapshot->tie_count;
    for (int32_t k = 0; !afresh && k < snapshot->lasting_count; k++) {
        const int32_t number = snapshot->lasting[k];
        copy_tie(snapshot, world, number, again ? snapshot->ties[number].quarrels : 0U);
    }
    for (int32_t number = known; number < bonds->count; number++)
        copy_tie(snapshot, world, number, 0U);
    snapshot->tie_count = bonds->count;
    snapshot->lasting_count = bonds->active_count;
    if (bonds->active_count > 0)
        memcpy(snapshot->lasting, bonds->active, (size_t)bonds->active_count * sizeof *snapshot->lasting);
}

static void copy_episodes(struct cr_snapshot *snapshot, const struct cr_tally *tally, bool again) {
    uint8_t *const sums[] = {snapshot->bids[0], snapshot->bids[1], snapshot->bids[2], snapshot->bids[3],
        snapshot->comforted, snapshot->rebuffed, snapshot->frightened};
    const uint8_t *const counts[] = {tally->bids[0], tally->bids[1], tally->bids[2], tally->bids[3], tally->comforted,
        tally->rebuffed, tally->frightened};
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++) {
        if (!again)
            memset(sums[k], 0, snapshot->people);
        for (uint32_t i = 0; i < snapshot->people; i++)
            sums[k][i] = cr_tally_sum(sums[k][i], counts[k][i]);
    }
}

static void copy_happenings(struct cr_snapshot *snapshot, const struct cr_tally *tally, bool again) {
    if (!again) {
        snapshot->happening_count = 0;
        memset(snapshot->happened, 0, sizeof snapshot->happened);
    }
    for (int k = 0; k < CR_HAPPENINGS; k++)
        snapshot->happened[k] += tally->happened[k];
    const size_t room = CR_HAPPENINGS_KEPT - tally->happening_count;
    if (snapshot->happening_count > room) {
        memmove(snapshot->happenings, snapshot->happenings + (snapshot->happening_count - room),
            room * sizeof *snapshot->happenings);
        snapshot->happening_count = room;
    }
    for (size_t k = 0; k < tally->happening_count; k++)
        snapshot->happenings[snapshot->happening_count++] =
            tally->happenings[(tally->happening_begin + k) % CR_HAPPENINGS_KEPT];
}

static void copy_dossiers(struct cr_snapshot *snapshot, const struct cr_world *world) {
    cr_dossier_fill(&snapshot->dossier, &world->record, world->looked_at);
    const int32_t partner = world->looked_at == CR_NOBODY ? CR_NOBODY : snapshot->dossier.partner;
    cr_dossier_fill(&snapshot->partner_dossier, &world->record, partner);
}

static int glance(struct cr_world *world, struct cr_snapshot *snapshot, bool unseen, struct cr_error *error) {
    const struct cr_scenario *scenario = &world->scenario;
    int status = cr_findings_add(&world->findings, &world->record, error);
    if (status == 0 && world->findings_dated)
        status = cr_world_want(world, &world->wants, error);
    if (status == 0)
        status = cr_findings_copy(&snapshot->findings, &world->findings, error);
    if (status == 0 && !reserve(snapshot, world))
        status = cr_error_set(
            error, CR_ERROR_MEMORY, "not enough memory to show %d relationships", world->simulation.bonds.count);
    if (status != 0)
        return status;
    const bool again = unseen && snapshot->era == world->era;
    snapshot->scenario = scenario;
    snapshot->replicate = world->replicate;
    snapshot->week = world->simulation.week;
    snapshot->head = world->head;
    snapshot->weeks = cr_simulation_weeks(scenario);
    cr_scenario_parameters(scenario, snapshot->week, &snapshot->parameters);
    copy_people(snapshot, world);
    copy_ties(snapshot, world, again);
    copy_episodes(snapshot, &world->tally, again);
    copy_happenings(snapshot, &world->tally, again);
    copy_dossiers(snapshot, world);
    snapshot->change_count = scenario->change_count;
    if (scenario->change_count > 0)
        memcpy(snapshot->changes, scenario->changes, scenario->change_count * sizeof *snapshot->changes);
    snapshot->era = world->era;
    cr_tally_clear(&world->tally);
    return 0;
}

int cr_world_glance(struct cr_world *world, struct cr_snapshot *snapshot, struct cr_error *error) {
    return glance(world, snapshot, false, error);
}

int cr_world_glance_again(struct cr_world *world, struct cr_snapshot *snapshot, struct cr_error *error) {
    return glance(world, snapshot, true, error);
}
