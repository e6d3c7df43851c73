#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "busy_life.h"
#include "failing_allocation.h"
#include "io/config.h"
#include "run_folder.h"
#include "sound_snapshot.h"
#include "viz/world/engine.h"

static uint64_t change_one(
    struct cr_engine *engine, size_t world, const struct cr_field *field, double value, int32_t weeks) {
    return cr_engine_change(engine, world, &(struct cr_wish){field, value, weeks}, 1);
}

/* An engine and what was seen of it so far. */
struct watched {
    struct cr_engine engine;
    struct cr_scenario scenarios[CR_WORLDS_MAX];
    const struct cr_sight *sight;
    int64_t happened[CR_HAPPENINGS]; /* in world 0, over all sights */
    int looks;
};

static void begin_with(struct watched *watched, size_t worlds, int threads, size_t most_bytes) {
    struct cr_error error = {0};
    const struct cr_engine_plan plan = {
        .scenarios = watched->scenarios, .count = worlds, .replicate = 1, .threads = threads, .most_bytes = most_bytes};
    if (cr_engine_start(&watched->engine, &plan, &error) != 0)
        fail_msg("%s", error.sentence);
}

/* One or two worlds of the same people, the second one under quicker separation. */
static void begin(struct watched *watched, size_t worlds, int64_t people, double years) {
    memset(watched, 0, sizeof *watched);
    for (size_t w = 0; w < worlds; w++)
        busy_life(&watched->scenarios[w], people, years);
    if (worlds > 1) {
        (void)strcpy(watched->scenarios[1].name, "restless");
        watched->scenarios[1].parameters.separation_rate = 0.06;
        watched->scenarios[1].parameters.run_seed = 99; /* the first one's counts */
    }
    begin_with(watched, worlds, 1, (size_t)1 << 28U);
}

static void end(struct watched *watched) {
    cr_engine_stop(&watched->engine);
    cr_engine_stop(&watched->engine);
    for (size_t w = 0; w < CR_WORLDS_MAX; w++)
        cr_scenario_free(&watched->scenarios[w]);
}

static void look(struct watched *watched) {
    bool fresh;
    watched->sight = cr_engine_look(&watched->engine, &fresh);
    if (!fresh)
        return;
    watched->looks++;
    for (size_t w = 0; w < watched->sight->count; w++) {
        expect_sound_snapshot(&watched->sight->of[w]);
        assert_int_equal(watched->sight->of[w].week, watched->sight->of[0].week);
        assert_int_equal(watched->sight->of[w].people, watched->sight->of[0].people);
    }
    for (int k = 0; k < CR_HAPPENINGS; k++)
        watched->happened[k] += watched->sight->of[0].happened[k];
}

static void pass_milliseconds(long milliseconds) {
    const struct timespec time = {.tv_nsec = 1000000 * milliseconds};
    (void)nanosleep(&time, NULL);
}

/* Looks again and again, as a view does. */
static void look_on(struct watched *watched) {
    pass_milliseconds(1);
    look(watched);
}

/* Waits for an order, and expects to see it carried out at a week, without a failure. */
static void expect_at(struct watched *watched, uint64_t order, int32_t week) {
    assert_int_not_equal(order, 0);
    cr_engine_wait(&watched->engine, order);
    look(watched);
    assert_int_equal(watched->sight->of[0].week, week);
    assert_true(watched->sight->asked >= order);
    assert_false(watched->sight->living);
    if (watched->sight->error.code != 0)
        fail_msg("%s", watched->sight->error.sentence);
}

static void it_begins_in_week_0_and_at_rest(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 2, 50, 10.0);
    bool fresh;
    const struct cr_sight *sight = cr_engine_look(&watched.engine, &fresh);
    assert_true(fresh);
    assert_int_equal(sight->count, 2);
    assert_int_equal(sight->of[0].week + sight->of[1].week, 0);
    assert_int_equal(sight->of[1].weeks, 520);
    assert_int_equal(sight->asked, 0);
    assert_false(sight->living);
    assert_ptr_equal(cr_engine_look(&watched.engine, &fresh), sight);
    assert_false(fresh);
    assert_ptr_equal(cr_engine_look(&watched.engine, NULL), sight);
    end(&watched);
}

static void it_lives_up_to_the_aim_and_goes_back_to_one_that_lies_in_the_past(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 1, 100, 20.0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 700), 700);
    expect_at(&watched, cr_engine_aim(&watched.engine, 701), 701);
    expect_at(&watched, cr_engine_aim(&watched.engine, 333), 333);
    assert_int_equal(watched.sight->of[0].head, 701);
    expect_at(&watched, cr_engine_aim(&watched.engine, 800), 800);
    expect_at(&watched, cr_engine_aim(&watched.engine, -10), 0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 1000000), 1040);
    end(&watched);
}

static void it_goes_back_and_forward_within_what_was_lived(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 2, 100, 20.0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 900), 900);
    expect_at(&watched, cr_engine_go(&watched.engine, 100), 100);
    expect_at(&watched, cr_engine_go(&watched.engine, 850), 850);
    assert_int_equal(watched.sight->of[1].head, 900);
    expect_at(&watched, cr_engine_go(&watched.engine, 950), 900);
    expect_at(&watched, cr_engine_aim(&watched.engine, 910), 910);
    end(&watched);
}

static void it_begins_anew_under_another_luck_in_all_worlds(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 2, 100, 10.0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 300), 300);
    const float before = watched.sight->of[0].anxiety[0];
    (void)cr_engine_aim(&watched.engine, 400);
    expect_at(&watched, cr_engine_begin_anew(&watched.engine, 7), 0);
    for (size_t w = 0; w < 2; w++) {
        assert_int_equal(watched.sight->of[w].replicate, 7);
        assert_int_equal(watched.sight->of[w].head, 0);
        assert_int_equal(watched.sight->of[w].findings.survey_count, 0);
        assert_int_equal(watched.sight->of[w].tie_count, 0);
    }
    expect_at(&watched, cr_engine_aim(&watched.engine, 300), 300);
    assert_true(watched.sight->of[0].anxiety[0] != before);
    end(&watched);
}

static void a_new_aim_replaces_the_last_one_on_the_way(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 1, 400, 25.0);
    assert_int_not_equal(cr_engine_aim(&watched.engine, 1300), 0);
    do
        look_on(&watched);
    while (watched.sight->of[0].week < 50);
    assert_true(watched.sight->living);
    const uint64_t order = cr_engine_aim(&watched.engine, 20);
    expect_at(&watched, order, 20);
    assert_true(watched.sight->of[0].head >= 50 && watched.sight->of[0].head < 1300);
    for (int32_t week = 0; week <= 600; week += 3)
        assert_int_not_equal(cr_engine_aim(&watched.engine, (week * 7) % 601), 0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 77), 77);
    end(&watched);
}

/* The same orders, whatever the view does meanwhile, bring the same world about. */
static void what_is_seen_at_rest_does_not_hang_on_how_often_one_looks(void **state) {
    (void)state;
    struct watched eager, lazy;
    begin(&eager, 1, 200, 25.0);
    begin(&lazy, 1, 200, 25.0);
    static const int32_t aims[] = {300, 900, 870, 1000, 400, 1100};
    for (size_t k = 0; k < sizeof aims / sizeof *aims; k++) {
        const uint64_t order = cr_engine_aim(&eager.engine, aims[k]);
        do
            look_on(&eager);
        while (eager.sight->asked < order || eager.sight->living);
        expect_at(&lazy, cr_engine_aim(&lazy.engine, aims[k]), aims[k]);
        const struct cr_snapshot *a = &eager.sight->of[0], *b = &lazy.sight->of[0];
        assert_int_equal(a->week, b->week);
        assert_int_equal(a->head, b->head);
        assert_int_equal(a->findings.as_of, b->findings.as_of);
        assert_memory_equal(a->anxiety, b->anxiety, 200 * sizeof *a->anxiety);
        assert_memory_equal(a->bond, b->bond, 200 * sizeof *a->bond);
    }
    assert_true(eager.looks > lazy.looks);
    end(&eager);
    end(&lazy);
}

static void nothing_that_happens_is_lost_between_two_looks(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 1, 300, 30.0);
    look(&watched);
    uint64_t order = 0;
    for (int32_t week = 7; week <= 1560; week += 7) {
        order = cr_engine_aim(&watched.engine, week);
        if (week % 5 == 0)
            cr_engine_wait(&watched.engine, order); /* shown at rest, but not looked at */
        if (week % 3 == 0)
            look(&watched);
    }
    order = cr_engine_aim(&watched.engine, 1560);
    expect_at(&watched, order, 1560);
    const struct cr_snapshot *snapshot = &watched.sight->of[0];
    int64_t separations = 0, deaths = 0;
    for (int32_t k = 0; k < snapshot->tie_count; k++)
        separations += snapshot->ties[k].ending != CR_LASTING && snapshot->ties[k].ending != CR_DEATH;
    for (uint32_t i = 0; i < snapshot->people; i++)
        deaths += snapshot->presence[i] == CR_DEAD;
    assert_int_equal(watched.happened[CR_HAPPENED_PAIRING], snapshot->tie_count);
    assert_int_equal(watched.happened[CR_HAPPENED_SEPARATION], separations);
    assert_int_equal(watched.happened[CR_HAPPENED_DEATH], deaths);
    assert_true(watched.looks > 20 && separations > 50 && deaths > 100);
    end(&watched);
}

static void a_sight_stays_as_it_is_until_the_next_look(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 1, 300, 30.0);
    assert_int_not_equal(cr_engine_aim(&watched.engine, 1500), 0);
    struct cr_snapshot copy;
    assert_int_equal(cr_snapshot_init(&copy, 300, NULL), 0);
    for (int k = 0; k < 20; k++) {
        look(&watched);
        const struct cr_snapshot *seen = &watched.sight->of[0];
        copy.week = seen->week;
        memcpy(copy.anxiety, seen->anxiety, 300 * sizeof *copy.anxiety);
        memcpy(copy.bids[0], seen->bids[0], 300);
        pass_milliseconds(2);
        assert_int_equal(copy.week, seen->week);
        assert_memory_equal(copy.anxiety, seen->anxiety, 300 * sizeof *copy.anxiety);
        assert_memory_equal(copy.bids[0], seen->bids[0], 300);
    }
    cr_snapshot_free(&copy);
    end(&watched);
}

static const struct cr_change *last_change(const struct cr_snapshot *snapshot) {
    assert_true(snapshot->change_count > 0);
    return &snapshot->changes[snapshot->change_count - 1];
}

static void a_change_is_made_in_the_present_week_of_one_world_or_both(void **state) {
    (void)state;
    struct watched watched;
    const struct cr_field *rate = parameter("meeting.rate"), *load = parameter("times.load");
    begin(&watched, 2, 50, 10.0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 100), 100);
    expect_at(&watched, change_one(&watched.engine, 1, rate, 0.25, 0), 100);
    assert_int_equal(watched.sight->of[0].change_count, 0);
    assert_true(watched.sight->of[1].parameters.meeting_rate == 0.25);
    assert_int_equal(last_change(&watched.sight->of[1])->week, 100);
    expect_at(&watched, change_one(&watched.engine, CR_WORLDS_MAX, load, 2.0, 8), 100);
    for (int w = 0; w < 2; w++) {
        const struct cr_change *change = last_change(&watched.sight->of[w]);
        assert_int_equal(change->week, 108);
        assert_ptr_equal(change->field, load);
        assert_true(change->value == 1.0);
        assert_true(watched.sight->of[w].parameters.times_load == 2.0);
    }
    expect_at(&watched, cr_engine_aim(&watched.engine, 108), 108);
    assert_true(watched.sight->of[1].parameters.times_load == 1.0);
    end(&watched);
}

static void changes_of_one_order_are_made_in_one_week_however_fast_weeks_go_by(void **state) {
    (void)state;
    static const char *const keys[] = {"times.load", "times.sensitivity", "times.rebuff", "conflict.rate"};
    struct watched watched;
    struct cr_wish wishes[4];
    begin(&watched, 1, 50, 20.0);
    for (size_t k = 0; k < 4; k++)
        wishes[k] = (struct cr_wish){parameter(keys[k]), 0.5, 6};
    (void)cr_engine_aim(&watched.engine, 990);
    for (int k = 0; k < 20; k++)
        look_on(&watched);
    expect_at(&watched, cr_engine_change(&watched.engine, 0, wishes, 4), 990);
    const struct cr_snapshot *snapshot = &watched.sight->of[0];
    assert_int_equal(snapshot->change_count, 8);
    for (size_t k = 0; k < 8; k++)
        assert_int_equal(snapshot->changes[k].week, snapshot->changes[0].week + (k < 4 ? 0 : 6));
    end(&watched);
}

static void a_change_after_an_aim_in_the_past_is_made_there(void **state) {
    (void)state;
    struct watched watched;
    const struct cr_field *rate = parameter("meeting.rate");
    begin(&watched, 2, 300, 20.0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 1000), 1000);
    (void)cr_engine_aim(&watched.engine, 777);
    (void)change_one(&watched.engine, 0, rate, 0.25, 0);
    (void)cr_engine_go(&watched.engine, 500);
    (void)change_one(&watched.engine, 1, rate, 0.5, 0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 900), 900);
    /* What world 0 had after 777 is known still; only world 1 was changed at 500. */
    assert_int_equal(last_change(&watched.sight->of[0])->week, 777);
    assert_int_equal(last_change(&watched.sight->of[1])->week, 500);
    assert_int_equal(watched.sight->of[1].head, 900);
    expect_at(&watched, cr_engine_go(&watched.engine, 100), 100);
    (void)cr_engine_go(&watched.engine, 700);
    expect_at(&watched, change_one(&watched.engine, CR_WORLDS_MAX, rate, 0.75, 0), 700);
    for (int w = 0; w < 2; w++) {
        assert_int_equal(last_change(&watched.sight->of[w])->week, 700);
        assert_int_equal(watched.sight->of[w].head, 700);
    }
    end(&watched);
}

static void an_order_that_fails_is_told_once_and_life_goes_on(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 1, 200, 20.0);
    (void)cr_engine_aim(&watched.engine, 500);
    (void)change_one(&watched.engine, 0, parameter("meeting.rate"), 7.0, 0);
    const uint64_t order = cr_engine_look_at(&watched.engine, 3);
    cr_engine_wait(&watched.engine, order);
    /* It was shown before, in a sight that nobody looked at; so the next one tells it still. */
    look(&watched);
    assert_int_equal(watched.sight->error.code, CR_ERROR_CONFIG);
    assert_non_null(strstr(watched.sight->error.sentence, "meeting.rate"));
    assert_int_equal(watched.sight->of[0].week, 500);
    assert_int_equal(watched.sight->of[0].dossier.person, 3);
    expect_at(&watched, cr_engine_aim(&watched.engine, 510), 510); /* without the failure of before */
    cr_engine_wait(&watched.engine, change_one(&watched.engine, 0, parameter("life.adult_age"), 20.0, 0));
    look(&watched);
    assert_int_equal(watched.sight->error.code, CR_ERROR_CONFIG);
    cr_engine_wait(&watched.engine, change_one(&watched.engine, 1, parameter("meeting.rate"), 0.5, 0));
    look(&watched);
    assert_int_equal(watched.sight->error.code, CR_ERROR_USAGE);
    cr_engine_wait(&watched.engine, cr_engine_save(&watched.engine, 1, "/tmp/nothing.cfg"));
    look(&watched);
    assert_int_equal(watched.sight->error.code, CR_ERROR_USAGE);
    cr_engine_wait(&watched.engine, cr_engine_save(&watched.engine, 0, "/nonexistent/saved.cfg"));
    look(&watched);
    assert_int_equal(watched.sight->error.code, CR_ERROR_IO);
    cr_engine_wait(&watched.engine, cr_engine_write(&watched.engine, "/nonexistent/folder"));
    look(&watched);
    assert_int_equal(watched.sight->error.code, CR_ERROR_IO);
    assert_int_equal(watched.sight->of[0].week, 510);
    end(&watched);
}

static void what_the_panels_want_is_in_every_world(void **state) {
    (void)state;
    struct watched watched;
    const struct cr_wants wants = {.measure = {cr_measure_find("style_share")}, .count = 1, .stability = true};
    begin(&watched, 2, 100, 20.0);
    (void)cr_engine_aim(&watched.engine, 950);
    expect_at(&watched, cr_engine_want(&watched.engine, &wants), 950);
    for (int w = 0; w < 2; w++) {
        const struct cr_findings *findings = &watched.sight->of[w].findings;
        assert_int_equal(findings->survey_count, 18);
        assert_true(findings->whole.count > 0);
        assert_int_equal(findings->as_of, 936);
        assert_true(findings->stability.relationships[CR_PAIRING_ALL] > 0);
    }
    end(&watched);
}

static void path_in(char *path, const char *folder, const char *name) {
    assert_true(snprintf(path, FOLDER_SIZE, "%s/%s", folder, name) < FOLDER_SIZE);
}

/* Enough people for more than one thread. */
static void written_without_a_change_it_is_what_cradle_run_writes(int threads) {
    char folder[FOLDER_SIZE], run[FOLDER_SIZE], viewed[FOLDER_SIZE];
    struct watched watched;
    memset(&watched, 0, sizeof watched);
    make_folder(folder);
    path_in(viewed, folder, "viewed");
    busy_life(&watched.scenarios[0], 1200, 18.0);
    run_into(&watched.scenarios[0], threads, folder, "run", run);
    begin_with(&watched, 1, threads, (size_t)1 << 24U);
    (void)cr_engine_aim(&watched.engine, 600);
    for (int k = 0; k < 10; k++)
        look(&watched);
    expect_at(&watched, cr_engine_aim(&watched.engine, 150), 150);
    (void)cr_engine_aim(&watched.engine, 930);
    expect_at(&watched, cr_engine_go(&watched.engine, 120), 120);
    expect_at(&watched, cr_engine_aim(&watched.engine, 444), 444);
    expect_at(&watched, cr_engine_write(&watched.engine, viewed), 444); /* comes back */
    assert_int_equal(watched.sight->of[0].head, 936);
    expect_same_runs(run, viewed);
    end(&watched);
    remove_folder(folder);
}

static void a_viewed_run_without_changes_gives_the_bytes_of_cradle_run(void **state) {
    (void)state;
    written_without_a_change_it_is_what_cradle_run_writes(1);
    written_without_a_change_it_is_what_cradle_run_writes(2);
}

static void saved_and_run_it_is_what_was_viewed(int threads) {
    char folder[FOLDER_SIZE], run[FOLDER_SIZE], viewed[FOLDER_SIZE], path[FOLDER_SIZE], into[2][FOLDER_SIZE];
    static const char *const names[] = {"busy", "restless"};
    struct watched watched;
    struct cr_error error = {0};
    memset(&watched, 0, sizeof watched);
    make_folder(folder);
    path_in(viewed, folder, "viewed");
    for (int w = 0; w < 2; w++)
        busy_life(&watched.scenarios[w], 700, 16.0 + w); /* the second run is longer */
    (void)strcpy(watched.scenarios[1].name, names[1]);
    begin_with(&watched, 2, threads, (size_t)1 << 28U);
    (void)cr_engine_aim(&watched.engine, 800);
    do
        look_on(&watched);
    while (watched.sight->of[0].week < 40);
    /* In whatever week it is carried out. */
    (void)change_one(&watched.engine, CR_WORLDS_MAX, parameter("needs.rate_infant"), 5.0, 30);
    expect_at(&watched, cr_engine_aim(&watched.engine, 760), 760);
    (void)change_one(&watched.engine, 1, parameter("separation.rate"), 0.1, 0);
    (void)cr_engine_aim(&watched.engine, 700);
    (void)change_one(&watched.engine, 0, parameter("separation.rate"), 0.2, 0);
    expect_at(&watched, cr_engine_write(&watched.engine, viewed), 700);
    for (int w = 0; w < 2; w++) {
        struct cr_scenario saved;
        path_in(path, folder, "saved.cfg");
        expect_at(&watched, cr_engine_save(&watched.engine, (size_t)w, path), 700);
        if (cr_config_read_scenario(path, &saved, &error) != 0)
            fail_msg("%s", error.sentence);
        assert_int_equal(saved.change_count, 3);
        run_into(&saved, threads, folder, names[w], run);
        path_in(into[w], viewed, names[w]);
        expect_same_runs(run, into[w]);
        cr_scenario_free(&saved);
    }
    end(&watched);
    remove_folder(folder);
}

static void a_viewed_run_with_changes_gives_the_bytes_of_the_scenario_that_is_saved(void **state) {
    (void)state;
    saved_and_run_it_is_what_was_viewed(1);
    saved_and_run_it_is_what_was_viewed(2);
}

static void two_worlds_of_one_name_are_written_apart(void **state) {
    (void)state;
    char folder[FOLDER_SIZE], viewed[FOLDER_SIZE], one[FOLDER_SIZE], other[FOLDER_SIZE];
    struct watched watched;
    memset(&watched, 0, sizeof watched);
    make_folder(folder);
    for (int w = 0; w < 2; w++)
        busy_life(&watched.scenarios[w], 50, 2.0);
    begin_with(&watched, 2, 1, (size_t)1 << 24U);
    path_in(viewed, folder, "viewed");
    expect_at(&watched, cr_engine_write(&watched.engine, viewed), 0);
    path_in(one, viewed, "busy");
    path_in(other, viewed, "busy-2");
    expect_same_runs(one, other);
    end(&watched);
    remove_folder(folder);
}

static void people_must_be_as_many_in_both_worlds(void **state) {
    (void)state;
    struct cr_engine engine;
    struct cr_error error = {0};
    struct cr_scenario scenarios[2];
    busy_life(&scenarios[0], 50, 2.0);
    busy_life(&scenarios[1], 60, 2.0);
    const struct cr_engine_plan plan = {.scenarios = scenarios, .count = 2, .replicate = 1, .threads = 1};
    assert_int_equal(cr_engine_start(&engine, &plan, &error), CR_ERROR_CONFIG);
    assert_non_null(strstr(error.sentence, "run.people is 60 and 50"));
    cr_engine_stop(&engine);
}

static double now(clockid_t clock) {
    struct timespec time;
    assert_int_equal(clock_gettime(clock, &time), 0);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void it_ends_at_once_whatever_it_is_doing(void **state) {
    (void)state;
    char folder[FOLDER_SIZE];
    make_folder(folder);
    for (int doing = 0; doing < 5; doing++) {
        struct watched watched;
        begin(&watched, 2, 400, 150.0);
        (void)cr_engine_aim(&watched.engine, 200);
        if (doing == 1)
            (void)cr_engine_aim(&watched.engine, 1000000);
        if (doing == 2)
            (void)cr_engine_aim(&watched.engine, 0);
        if (doing == 3)
            (void)cr_engine_write(&watched.engine, folder);
        if (doing == 4)
            cr_engine_wait(&watched.engine, cr_engine_aim(&watched.engine, 60));
        pass_milliseconds(5);
        const double before = now(CLOCK_MONOTONIC);
        end(&watched);
        assert_true(now(CLOCK_MONOTONIC) - before < 5.0);
    }
    remove_folder(folder);
}

static void at_rest_it_takes_no_time(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 1, 200, 20.0);
    expect_at(&watched, cr_engine_aim(&watched.engine, 100), 100);
    const double before = now(CLOCK_PROCESS_CPUTIME_ID);
    pass_milliseconds(300);
    assert_true(now(CLOCK_PROCESS_CPUTIME_ID) - before < 0.03);
    end(&watched);
}

/* Orders of all kinds in any order, some waited for, looked at now and then. */
static void orders_in_any_order_leave_a_sound_world(void **state) {
    (void)state;
    static const char *const keys[] = {"meeting.rate", "separation.rate", "needs.rate_adult", "times.load"};
    struct watched watched;
    uint32_t luck = 12345;
    begin(&watched, 2, 150, 20.0);
    for (int k = 0; k < 400; k++) {
        uint64_t order = 0;
        luck = luck * 1664525U + 1013904223U;
        const int32_t week = (int32_t)((luck >> 8U) % 1050U);
        switch ((luck >> 20U) % 8U) {
        case 0:
        case 1:
            order = cr_engine_aim(&watched.engine, week);
            break;
        case 2:
            order = cr_engine_go(&watched.engine, week);
            break;
        case 3:
        case 4:
            order = change_one(
                &watched.engine, luck % 3U, parameter(keys[week % 4]), 0.01 * (1 + week % 90), week % 3 * 10);
            break;
        case 5:
            order = cr_engine_look_at(&watched.engine, week % 151 - 1);
            break;
        case 6:
            order = cr_engine_want(&watched.engine, &(struct cr_wants){.stability = week % 2 == 0});
            break;
        default:
            look(&watched);
            assert_int_equal(watched.sight->error.code, 0);
            continue;
        }
        assert_int_equal(order > 0, true);
        if (k % 7 == 0)
            cr_engine_wait(&watched.engine, order);
    }
    expect_at(&watched, cr_engine_aim(&watched.engine, 1040), 1040);
    end(&watched);
}

static void an_engine_without_memory_says_so_and_leaves_nothing_behind(void **state) {
    (void)state;
    struct cr_scenario scenarios[2];
    for (int w = 0; w < 2; w++)
        busy_life(&scenarios[w], 10, 3.0);
    const struct cr_engine_plan plan = {.scenarios = scenarios, .count = 2, .replicate = 1, .threads = 1};
    int status = CR_ERROR_MEMORY;
    long n = 0;
    for (; status != 0; n++) {
        struct cr_engine engine;
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_engine_start(&engine, &plan, &error);
        allocations_left = -1;
        assert_int_equal(status, error.code);
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
        cr_engine_stop(&engine);
        assert_int_equal(allocations_held, held);
    }
    assert_true(n > 50);
}

static void weeks_without_memory_are_told_and_can_be_lived_later(void **state) {
    (void)state;
    struct watched watched;
    begin(&watched, 2, 40, 30.0);
    int failures = 0;
    int32_t week = 0;
    for (long n = 0; n < 150; n++) {
        const int32_t aim = week + 10;
        allocations_left = n % 12;
        const uint64_t order = cr_engine_aim(&watched.engine, n % 10 == 9 ? 3 * week / 4 : aim);
        if (order != 0)
            cr_engine_wait(&watched.engine, order);
        allocations_left = -1;
        look(&watched);
        assert_int_equal(order == 0, n % 12 == 0);
        const struct cr_error *error = &watched.sight->error;
        failures += error->code != 0;
        assert_true(error->code == 0 || error->code == CR_ERROR_MEMORY);
        cr_engine_wait(&watched.engine, cr_engine_aim(&watched.engine, aim));
        look(&watched);
        failures += watched.sight->error.code != 0; /* there was no memory to tell it with */
        expect_at(&watched, cr_engine_aim(&watched.engine, aim), aim);
        week = aim;
    }
    assert_true(failures > 20);
    end(&watched);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_begins_in_week_0_and_at_rest),
        cmocka_unit_test(it_lives_up_to_the_aim_and_goes_back_to_one_that_lies_in_the_past),
        cmocka_unit_test(it_goes_back_and_forward_within_what_was_lived),
        cmocka_unit_test(it_begins_anew_under_another_luck_in_all_worlds),
        cmocka_unit_test(a_new_aim_replaces_the_last_one_on_the_way),
        cmocka_unit_test(what_is_seen_at_rest_does_not_hang_on_how_often_one_looks),
        cmocka_unit_test(nothing_that_happens_is_lost_between_two_looks),
        cmocka_unit_test(a_sight_stays_as_it_is_until_the_next_look),
        cmocka_unit_test(a_change_is_made_in_the_present_week_of_one_world_or_both),
        cmocka_unit_test(changes_of_one_order_are_made_in_one_week_however_fast_weeks_go_by),
        cmocka_unit_test(a_change_after_an_aim_in_the_past_is_made_there),
        cmocka_unit_test(an_order_that_fails_is_told_once_and_life_goes_on),
        cmocka_unit_test(what_the_panels_want_is_in_every_world),
        cmocka_unit_test(a_viewed_run_without_changes_gives_the_bytes_of_cradle_run),
        cmocka_unit_test(a_viewed_run_with_changes_gives_the_bytes_of_the_scenario_that_is_saved),
        cmocka_unit_test(two_worlds_of_one_name_are_written_apart),
        cmocka_unit_test(people_must_be_as_many_in_both_worlds),
        cmocka_unit_test(it_ends_at_once_whatever_it_is_doing),
        cmocka_unit_test(at_rest_it_takes_no_time),
        cmocka_unit_test(orders_in_any_order_leave_a_sound_world),
        cmocka_unit_test(an_engine_without_memory_says_so_and_leaves_nothing_behind),
        cmocka_unit_test(weeks_without_memory_are_told_and_can_be_lived_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
