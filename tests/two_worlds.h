#ifndef CR_TESTS_TWO_WORLDS_H
#define CR_TESTS_TWO_WORLDS_H

#include "small_run.h"
#include "viz/world/engine.h"

/* Two worlds, "plain" and "harsh", without an engine: what a sight of them shows to panels and cards. `count` of the
 * sight is 1 until a test says otherwise. Include after cmocka.h. */
struct two_worlds {
    struct small_run run[2];
    struct cr_sight sight; /* its snapshots hold what panels and cards read, and nothing else */
    struct cr_change changes[4];
};

static inline void two_worlds_live(struct two_worlds *worlds, int32_t week) {
    for (size_t w = 0; w < 2; w++) {
        struct small_run *run = &worlds->run[w];
        struct cr_snapshot *snapshot = &worlds->sight.of[w];
        while (run->simulation.week < week)
            assert_true(small_run_week(run));
        assert_int_equal(cr_findings_add(&snapshot->findings, &run->record, NULL), 0);
        snapshot->week = week;
        snapshot->head = week;
    }
}

/* A run of 40 years in which people are grown up at 14, as it is after some weeks. */
static inline void two_worlds_begin(struct two_worlds *worlds, int32_t week) {
    static const char *const plain[] = {"run.people=120", "run.years=40", "life.birth_years=2", "life.adult_age=14",
        "life.median_age=45", "life.death_doubling=4", "meeting.rate=0.8", "pairing.acceptance=1", "stage.threshold=0",
        NULL};
    static const char *const harsh[] = {"run.people=120", "run.years=40", "life.birth_years=2", "life.adult_age=14",
        "life.median_age=45", "life.death_doubling=4", "meeting.rate=0.8", "pairing.acceptance=1", "stage.threshold=0",
        "caregiving.rebuff=0.5", NULL};
    memset(worlds, 0, sizeof *worlds);
    for (size_t w = 0; w < 2; w++) {
        struct cr_snapshot *snapshot = &worlds->sight.of[w];
        small_run_begin(&worlds->run[w], 1, w == 0 ? plain : harsh);
        (void)snprintf(worlds->run[w].scenario.name, CR_SCENARIO_NAME_SIZE, w == 0 ? "plain" : "harsh");
        snapshot->scenario = &worlds->run[w].scenario;
        snapshot->parameters = worlds->run[w].scenario.parameters;
        snapshot->weeks = 40 * CR_WEEKS_A_YEAR;
    }
    worlds->sight.count = 1;
    two_worlds_live(worlds, week);
}

static inline void two_worlds_want(struct two_worlds *worlds, const struct cr_wants *wants) {
    for (size_t w = 0; w < 2; w++)
        assert_int_equal(cr_findings_work_out(&worlds->sight.of[w].findings, &worlds->run[w].record, wants, NULL), 0);
}

static inline void two_worlds_look_at(struct two_worlds *worlds, int32_t person) {
    for (size_t w = 0; w < 2; w++) {
        struct cr_snapshot *snapshot = &worlds->sight.of[w];
        cr_dossier_fill(&snapshot->dossier, &worlds->run[w].record, person);
        cr_dossier_fill(&snapshot->partner_dossier, &worlds->run[w].record,
            person == CR_NOBODY ? CR_NOBODY : snapshot->dossier.partner);
    }
}

static inline void two_worlds_end(struct two_worlds *worlds) {
    for (size_t w = 0; w < 2; w++) {
        cr_findings_free(&worlds->sight.of[w].findings);
        small_run_end(&worlds->run[w]);
    }
}

#endif
