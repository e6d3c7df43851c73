#ifndef CR_TESTS_SOUND_SNAPSHOT_H
#define CR_TESTS_SOUND_SNAPSHOT_H

#include <math.h>
#include <string.h>

#include "viz/world/snapshot.h"

/* What must hold within every snapshot, and between two. Include after cmocka.h. */

static inline void expect_sound_person(const struct cr_snapshot *snapshot, uint32_t i) {
    const bool lives = snapshot->presence[i] == CR_CHILD || snapshot->presence[i] == CR_ADULT;
    const int32_t partner = snapshot->partner[i], bond = snapshot->bond[i];
    assert_true(snapshot->presence[i] <= CR_DEAD);
    assert_int_equal(isnan(snapshot->anxiety[i]), !lives);
    assert_int_equal(isnan(snapshot->avoidance[i]), !lives);
    assert_int_equal(snapshot->age[i] < 0.0F, snapshot->presence[i] == CR_UNBORN);
    assert_true(snapshot->arousal[i] >= 0.0F && snapshot->felt[i] >= 0.0F && snapshot->shown[i] >= 0.0F);
    if (lives)
        assert_true(snapshot->anxiety[i] >= 1.0F && snapshot->anxiety[i] <= 7.0F && snapshot->avoidance[i] >= 1.0F &&
                    snapshot->avoidance[i] <= 7.0F);
    assert_int_equal(partner == CR_NOBODY, bond == CR_NOBODY);
    assert_int_equal(isnan(snapshot->satisfaction[i]), partner == CR_NOBODY);
    if (partner == CR_NOBODY)
        return;
    assert_int_equal(snapshot->presence[i], CR_ADULT);
    assert_int_equal(snapshot->partner[partner], i);
    assert_int_equal(snapshot->bond[partner], bond);
    assert_in_range(bond, 0, snapshot->tie_count - 1);
    const struct cr_tie *tie = &snapshot->ties[bond];
    assert_int_equal(tie->ending, CR_LASTING);
    assert_true(tie->person[0] == (int32_t)i || tie->person[1] == (int32_t)i);
}

static inline void expect_sound_ties(const struct cr_snapshot *snapshot) {
    int32_t lasting = 0;
    for (int32_t number = 0; number < snapshot->tie_count; number++) {
        const struct cr_tie *tie = &snapshot->ties[number];
        const bool lasts = tie->ending == CR_LASTING;
        assert_true(tie->person[0] < tie->person[1] && tie->start < snapshot->week);
        assert_int_equal(tie->end < 0, lasts);
        assert_true(tie->end < snapshot->week && tie->intimacy >= 0.0F && tie->conflict >= 0.0F);
        assert_int_equal(isnan(tie->mean_satisfaction), tie->start == snapshot->week - 1);
        if (!lasts) {
            assert_int_equal(tie->quarrels, 0);
            continue;
        }
        assert_true(lasting < snapshot->lasting_count);
        assert_int_equal(snapshot->lasting[lasting++], number);
        for (int side = 0; side < 2; side++)
            assert_int_equal(snapshot->bond[tie->person[side]], number);
    }
    assert_int_equal(lasting, snapshot->lasting_count);
}

static inline void expect_sound_snapshot(const struct cr_snapshot *snapshot) {
    uint32_t alive = 0;
    assert_true(snapshot->week >= 0 && snapshot->week <= snapshot->head && snapshot->head <= snapshot->weeks);
    for (uint32_t i = 0; i < snapshot->people; i++) {
        expect_sound_person(snapshot, i);
        alive += snapshot->presence[i] == CR_CHILD || snapshot->presence[i] == CR_ADULT;
    }
    assert_int_equal(alive, snapshot->alive);
    expect_sound_ties(snapshot);
    int64_t happened = 0;
    for (int k = 0; k < CR_HAPPENINGS; k++)
        happened += snapshot->happened[k];
    assert_int_equal(snapshot->happening_count, happened < CR_HAPPENINGS_KEPT ? happened : CR_HAPPENINGS_KEPT);
    for (size_t k = 0; k < snapshot->happening_count; k++)
        assert_true(snapshot->happenings[k].week <= snapshot->week && snapshot->happenings[k].kind < CR_HAPPENINGS);
    for (size_t k = 1; k < snapshot->change_count; k++)
        assert_true(snapshot->changes[k - 1].week <= snapshot->changes[k].week);
    assert_true(snapshot->findings.survey_count <= snapshot->head / CR_WEEKS_A_YEAR);
    assert_true(snapshot->findings.survey_count >= snapshot->week / CR_WEEKS_A_YEAR);
}

static inline void expect_same_tie(const struct cr_tie *a, const struct cr_tie *b) {
    assert_memory_equal(a->person, b->person, sizeof a->person);
    assert_true(a->start == b->start && a->cohabiting == b->cohabiting && a->married == b->married && a->end == b->end);
    assert_true(a->stage == b->stage && a->ending == b->ending && a->ended_by == b->ended_by);
    assert_int_equal(a->quarrels, b->quarrels);
    assert_true(a->satisfaction == b->satisfaction && a->conflict == b->conflict && a->intimacy == b->intimacy);
    assert_true(
        a->mean_satisfaction == b->mean_satisfaction || (isnan(a->mean_satisfaction) && isnan(b->mean_satisfaction)));
}

/* The same week of the same world, seen twice: all but what was known of the time after it, and what happened since the
 * glance before. */
static inline void expect_same_snapshot(const struct cr_snapshot *a, const struct cr_snapshot *b) {
    const uint32_t people = a->people;
    const float *const reals[][2] = {{a->age, b->age}, {a->anxiety, b->anxiety}, {a->avoidance, b->avoidance},
        {a->arousal, b->arousal}, {a->felt, b->felt}, {a->shown, b->shown}, {a->satisfaction, b->satisfaction}};
    const void *const bytes[][2] = {{a->presence, b->presence}, {a->female, b->female}, {a->style, b->style},
        {a->earning, b->earning}, {a->bids[0], b->bids[0]}, {a->bids[1], b->bids[1]}, {a->bids[2], b->bids[2]},
        {a->bids[3], b->bids[3]}, {a->comforted, b->comforted}, {a->rebuffed, b->rebuffed},
        {a->frightened, b->frightened}};
    assert_int_equal(a->week, b->week);
    assert_int_equal(a->people, b->people);
    assert_int_equal(a->alive, b->alive);
    assert_true(cr_registry_equal(&cr_parameter_registry, &a->parameters, &b->parameters));
    for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
        assert_memory_equal(reals[k][0], reals[k][1], people * sizeof(float));
    for (size_t k = 0; k < sizeof bytes / sizeof *bytes; k++)
        assert_memory_equal(bytes[k][0], bytes[k][1], people);
    assert_memory_equal(a->partner, b->partner, people * sizeof *a->partner);
    assert_memory_equal(a->bond, b->bond, people * sizeof *a->bond);
    assert_int_equal(a->tie_count, b->tie_count);
    for (int32_t number = 0; number < a->tie_count; number++)
        expect_same_tie(&a->ties[number], &b->ties[number]);
    assert_int_equal(a->lasting_count, b->lasting_count);
    for (int32_t k = 0; k < a->lasting_count; k++)
        assert_int_equal(a->lasting[k], b->lasting[k]);
    assert_int_equal(a->dossier.person, b->dossier.person);
    assert_int_equal(a->partner_dossier.person, b->partner_dossier.person);
}

#endif
