#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <omp.h>

#include "busy_life.h"
#include "failing_allocation.h"
#include "io/config.h"
#include "io/config_text.h"
#include "measure/earned_security.h"
#include "run_folder.h"
#include "sound_snapshot.h"
#include "viz/world/world.h"

static const size_t plenty = (size_t)1 << 30U;

static void begin(struct cr_world *world, const struct cr_scenario *scenario, size_t most_bytes) {
    struct cr_error error = {0};
    const struct cr_world_plan plan = {.scenario = scenario, .replicate = 1, .most_bytes = most_bytes};
    if (cr_world_init(world, &plan, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void go(struct cr_world *world, int32_t week) {
    struct cr_error error = {0};
    if (cr_world_go(world, week, NULL, NULL, &error) != 0)
        fail_msg("%s", error.sentence);
    assert_int_equal(world->simulation.week, week);
}

static void change(struct cr_world *world, const char *key, double value) {
    assert_int_equal(cr_world_change(world, parameter(key), value, NULL), 0);
}

static void change_for(struct cr_world *world, const char *key, double value, int32_t weeks) {
    assert_int_equal(cr_world_change_for(world, parameter(key), value, weeks, NULL), 0);
}

static double value_in(const struct cr_world *world, int32_t week, const char *key) {
    struct cr_parameters parameters;
    cr_scenario_parameters(&world->scenario, week, &parameters);
    return cr_field_get(parameter(key), &parameters);
}

static void glance(struct cr_world *world, struct cr_snapshot *snapshot) {
    assert_int_equal(cr_world_glance(world, snapshot, NULL), 0);
    expect_sound_snapshot(snapshot);
}

static void open_snapshot(struct cr_snapshot *snapshot, const struct cr_world *world) {
    assert_int_equal(cr_snapshot_init(snapshot, world->record.people, NULL), 0);
}

/* Enough people, and couples, for more than one thread. */
static void lived_back_and_forth_it_writes_what_cradle_run_writes(int threads) {
    char folder[FOLDER_SIZE], run[FOLDER_SIZE], viewed[FOLDER_SIZE + 16];
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_snapshot snapshot;
    make_folder(folder);
    busy_life(&scenario, 1200, 19.5);
    add_change(&scenario, 700, "needs.rate_adult", 2.0); /* as its file has it */
    run_into(&scenario, threads, folder, "run", run);
    omp_set_num_threads(threads);
    begin(&world, &scenario, plenty / 50); /* a few states only */
    open_snapshot(&snapshot, &world);
    static const int32_t weeks[] = {30, 10, 500, 499, 510, 200, 470, 900, 52, 0, 880, 1000, 600, 950};
    for (size_t k = 0; k < sizeof weeks / sizeof *weeks; k++) {
        go(&world, weeks[k]);
        glance(&world, &snapshot);
    }
    (void)snprintf(viewed, sizeof viewed, "%s/viewed", folder);
    assert_int_equal(cr_world_write(&world, viewed, NULL), 0);
    assert_int_equal(world.simulation.week, cr_simulation_weeks(&scenario));
    assert_true(world.past.interval > 26);
    expect_same_runs(run, viewed);
    cr_snapshot_free(&snapshot);
    cr_world_free(&world);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
    remove_folder(folder);
}

static void a_world_without_changes_by_hand_writes_what_cradle_run_writes(void **state) {
    (void)state;
    lived_back_and_forth_it_writes_what_cradle_run_writes(1);
    lived_back_and_forth_it_writes_what_cradle_run_writes(2);
}

/* Saves the scenario that the world has become, and reads it back. */
static void save_and_read(const struct cr_world *world, const char *folder, struct cr_scenario *read) {
    char path[FOLDER_SIZE + 16];
    char *text;
    struct cr_error error = {0};
    (void)snprintf(path, sizeof path, "%s/saved.cfg", folder);
    assert_int_equal(cr_config_text(&world->scenario, &text, NULL), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(text);
    if (cr_config_read_scenario(path, read, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void with_changes_it_writes_what_a_run_of_the_saved_scenario_writes(int threads) {
    char folder[FOLDER_SIZE], run[FOLDER_SIZE], viewed[FOLDER_SIZE + 16];
    struct cr_scenario scenario, saved;
    struct cr_world world;
    make_folder(folder);
    busy_life(&scenario, 1200, 18.0);
    scenario.parameters.run_replicates = 5; /* of which one is looked at */
    omp_set_num_threads(threads);
    begin(&world, &scenario, plenty);
    change(&world, "caregiving.hardship", 0.3);
    go(&world, 600);
    change(&world, "separation.rate", 0.05);
    change_for(&world, "needs.rate_adult", 4.0, 30);
    go(&world, 800);
    change(&world, "meeting.rate", 0.1);
    go(&world, 650);
    go(&world, 720);
    change_for(&world, "times.load", 2.0, 20); /* and there is no change at 800 any more */
    go(&world, 905);
    go(&world, 60);
    go(&world, 905);
    (void)snprintf(viewed, sizeof viewed, "%s/viewed", folder);
    assert_int_equal(cr_world_write(&world, viewed, NULL), 0);
    save_and_read(&world, folder, &saved);
    assert_int_equal(saved.change_count, 6);
    run_into(&saved, threads, folder, "run", run);
    expect_same_runs(run, viewed);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
    cr_scenario_free(&saved);
    remove_folder(folder);
}

static void a_world_with_changes_writes_what_a_run_of_the_scenario_it_has_become_writes(void **state) {
    (void)state;
    with_changes_it_writes_what_a_run_of_the_saved_scenario_writes(1);
    with_changes_it_writes_what_a_run_of_the_saved_scenario_writes(2);
}

static void begun_anew_a_world_is_lived_under_another_luck(void **state) {
    (void)state;
    char folder[FOLDER_SIZE], run[FOLDER_SIZE], viewed[FOLDER_SIZE + 16];
    struct cr_scenario scenario, become;
    struct cr_world world;
    make_folder(folder);
    busy_life(&scenario, 600, 19.5);
    begin(&world, &scenario, plenty / 50);
    go(&world, 600);
    go(&world, 320);
    change(&world, "needs.rate_adult", 2.0);
    go(&world, 900);
    go(&world, 700); /* what was lived beyond is forgotten */
    assert_int_equal(cr_world_begin_anew(&world, 2, NULL), 0);
    assert_int_equal(world.simulation.week, 0);
    assert_int_equal(world.head, 0);
    go(&world, 500);
    go(&world, 40);
    save_and_read(&world, folder, &become);
    assert_int_equal(become.parameters.run_first_replicate, 2);
    assert_int_equal(become.change_count, 1);
    run_into(&become, 1, folder, "run", run);
    (void)snprintf(viewed, sizeof viewed, "%s/viewed", folder);
    assert_int_equal(cr_world_write(&world, viewed, NULL), 0);
    expect_same_runs(run, viewed);
    cr_world_free(&world);
    cr_scenario_free(&become);
    cr_scenario_free(&scenario);
    remove_folder(folder);
}

static void a_world_without_memory_to_begin_anew_stays_what_it_is(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    busy_life(&scenario, 24, 18.0);
    begin(&world, &scenario, plenty);
    go(&world, 300);
    const long held = allocations_held;
    int failures = 0;
    for (int status = CR_ERROR_MEMORY; status != 0; failures++) {
        allocations_left = failures;
        status = cr_world_begin_anew(&world, 2, NULL);
        allocations_left = -1;
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
        assert_int_equal(world.simulation.week, status == 0 ? 0 : 300);
        assert_int_equal(world.replicate, status == 0 ? 2 : 1);
        if (status != 0)
            assert_int_equal(allocations_held, held);
    }
    assert_true(failures > 3);
    go(&world, 400);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void what_is_seen_of_a_week_is_the_same_whenever_and_however_one_comes_there(void **state) {
    (void)state;
    enum { SEEN = 7, APART = 170 };
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_snapshot seen[SEEN], again, fresh;
    busy_life(&scenario, 300, 25.0);
    begin(&world, &scenario, plenty);
    open_snapshot(&again, &world);
    world.looked_at = 5;
    for (int k = 0; k < SEEN; k++) {
        open_snapshot(&seen[k], &world);
        if (k > 0)
            go(&world, k * APART - 1);
        glance(&world, &again); /* so that the next one is of one week */
        go(&world, k * APART);
        glance(&world, &seen[k]);
    }
    static const int order[] = {3, 1, 2, 0, 4, 2, 5, 0, 3, 6, 5};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        go(&world, order[k] * APART);
        glance(&world, &again);
        expect_same_snapshot(&again, &seen[order[k]]);
        assert_int_equal(again.head, (SEEN - 1) * APART);
        assert_int_equal(again.findings.survey_count, again.head / 52);
        assert_int_equal(again.findings.as_of, again.week);
        assert_int_equal(again.happening_count, 0);
        open_snapshot(&fresh, &world);
        glance(&world, &fresh);
        assert_int_equal(fresh.bids[0][5], 0);
        cr_snapshot_free(&fresh);
    }
    for (int k = 0; k < SEEN; k++)
        cr_snapshot_free(&seen[k]);
    cr_snapshot_free(&again);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

/* What is copied only if it has changed must be what would be copied afresh. */
static void a_snapshot_that_is_used_again_and_again_is_like_a_fresh_one(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world worlds[2];
    struct cr_snapshot used, fresh;
    busy_life(&scenario, 200, 28.0);
    for (int k = 0; k < 2; k++)
        begin(&worlds[k], &scenario, plenty);
    open_snapshot(&used, &worlds[0]);
    static const int32_t weeks[] = {700, 701, 740, 900, 899, 1000, 650, 1003, 200, 1100};
    for (size_t k = 0; k < sizeof weeks / sizeof *weeks; k++) {
        for (int w = 0; w < 2; w++) {
            go(&worlds[w], weeks[k]);
            if (k == 6) /* another future, so that what was copied of the first must not stay */
                change(&worlds[w], "separation.rate", 0.1);
        }
        open_snapshot(&fresh, &worlds[1]);
        glance(&worlds[0], &used);
        glance(&worlds[1], &fresh);
        expect_same_snapshot(&used, &fresh);
        assert_int_equal(used.happening_count, fresh.happening_count);
        assert_int_equal(used.change_count, fresh.change_count);
        cr_snapshot_free(&fresh);
    }
    assert_true(used.tie_count > 100);
    cr_snapshot_free(&used);
    for (int k = 0; k < 2; k++)
        cr_world_free(&worlds[k]);
    cr_scenario_free(&scenario);
}

static void expect_sum(const struct cr_snapshot *sum, const struct cr_snapshot *parts, int count) {
    for (uint32_t i = 0; i < sum->people; i++) {
        unsigned bids = 0, comforted = 0;
        for (int k = 0; k < count; k++) {
            bids += parts[k].bids[CR_BID][i];
            comforted += parts[k].comforted[i];
        }
        assert_int_equal(sum->bids[CR_BID][i], bids < 255 ? bids : 255);
        assert_int_equal(sum->comforted[i], comforted < 255 ? comforted : 255);
    }
    for (int h = 0; h < CR_HAPPENINGS; h++) {
        int64_t happened = 0;
        for (int k = 0; k < count; k++)
            happened += parts[k].happened[h];
        assert_int_equal(sum->happened[h], happened);
    }
    for (int32_t n = 0; n < sum->lasting_count; n++) {
        unsigned quarrels = 0;
        for (int k = 0; k < count; k++)
            if (sum->lasting[n] < parts[k].tie_count)
                quarrels += parts[k].ties[sum->lasting[n]].quarrels;
        assert_int_equal(sum->ties[sum->lasting[n]].quarrels, quarrels < 255 ? quarrels : 255);
    }
}

static void a_glance_counts_from_the_last_one_and_from_before_it_if_nobody_had_looked(void **state) {
    (void)state;
    enum { PARTS = 5 };
    struct cr_scenario scenario;
    struct cr_world parted, whole;
    struct cr_snapshot parts[PARTS], sum;
    busy_life(&scenario, 200, 25.0);
    begin(&parted, &scenario, plenty);
    begin(&whole, &scenario, plenty);
    open_snapshot(&sum, &whole);
    go(&parted, 800);
    go(&whole, 800);
    for (int k = 0; k < PARTS; k++)
        open_snapshot(&parts[k], &parted);
    glance(&parted, &parts[0]);
    glance(&whole, &sum);
    for (int k = 0; k < PARTS; k++) {
        go(&parted, 800 + 9 * (k + 1));
        go(&whole, 800 + 9 * (k + 1));
        glance(&parted, &parts[k]);
        assert_int_equal(k == 0 ? cr_world_glance(&whole, &sum, NULL) : cr_world_glance_again(&whole, &sum, NULL), 0);
        expect_sum(&sum, parts, k + 1);
        assert_int_equal(sum.week, parts[k].week);
    }
    assert_true(sum.happened[CR_HAPPENED_PAIRING] > 10 && sum.happened[CR_HAPPENED_SEPARATION] > 5);
    go(&whole, 802);
    assert_int_equal(cr_world_glance_again(&whole, &sum, NULL), 0); /* time was set back */
    assert_int_equal(sum.happened[CR_HAPPENED_PAIRING], 0);
    for (uint32_t i = 0; i < sum.people; i++)
        assert_true(sum.bids[CR_BID][i] < 60);
    for (int k = 0; k < PARTS; k++)
        cr_snapshot_free(&parts[k]);
    cr_snapshot_free(&sum);
    cr_world_free(&parted);
    cr_world_free(&whole);
    cr_scenario_free(&scenario);
}

static void earned_security_is_that_of_the_measure_at_every_survey_and_is_told_when_found(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_snapshot snapshot;
    busy_life(&scenario, 300, 28.0);
    begin(&world, &scenario, plenty);
    open_snapshot(&snapshot, &world);
    int64_t told = 0, lost = 0;
    for (int32_t year = 1; year <= 28; year++) {
        go(&world, year * 52);
        if (year % 5 == 0)
            go(&world, year * 52 - 120), go(&world, year * 52); /* not told twice */
        glance(&world, &snapshot);
        int64_t earned = 0;
        for (uint32_t i = 0; i < snapshot.people; i++) {
            const struct cr_earned expected = cr_earned_security(&world.record, i, year - 1);
            const enum cr_earning earning = expected.survey < 0  ? CR_EARNING_NONE
                                            : expected.lost >= 0 ? CR_EARNING_LOST
                                                                 : CR_EARNING_SECURE;
            assert_int_equal(snapshot.earning[i], earning);
            earned += expected.survey >= 0;
            lost += expected.lost == year - 1;
        }
        if (year % 5 != 0)
            told += snapshot.happened[CR_HAPPENED_EARNING];
        else
            told = earned;
        assert_int_equal(told, earned);
        for (size_t k = 0; k < snapshot.happening_count; k++)
            if (snapshot.happenings[k].kind == CR_HAPPENED_EARNING)
                assert_int_equal(snapshot.earning[snapshot.happenings[k].person[0]], CR_EARNING_SECURE);
    }
    assert_true(told > 20 && lost > 5);
    cr_snapshot_free(&snapshot);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void a_change_is_in_force_from_the_next_step_and_is_seen_at_once(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_snapshot snapshot;
    busy_life(&scenario, 40, 10.0);
    begin(&world, &scenario, plenty);
    open_snapshot(&snapshot, &world);
    go(&world, 100);
    change(&world, "needs.rate_adult", 3.0);
    change(&world, "needs.rate_adult", 4.0); /* a slider that is drawn */
    glance(&world, &snapshot);
    assert_true(snapshot.parameters.needs_rate_adult == 4.0);
    assert_int_equal(snapshot.change_count, 1);
    assert_int_equal(snapshot.changes[0].week, 100);
    assert_true(snapshot.changes[0].value == 4.0);
    assert_true(world.simulation.setting.parameters->needs_rate_adult == scenario.parameters.needs_rate_adult);
    go(&world, 101);
    assert_true(world.simulation.setting.parameters->needs_rate_adult == 4.0);
    cr_snapshot_free(&snapshot);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void a_change_of_the_past_forgets_what_came_after_but_not_what_was_planned(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_snapshot snapshot;
    busy_life(&scenario, 40, 10.0);
    add_change(&scenario, 150, "needs.rate_adult", 1.5);
    add_change(&scenario, 400, "needs.rate_adult", 0.5);
    begin(&world, &scenario, plenty);
    open_snapshot(&snapshot, &world);
    go(&world, 150);
    change(&world, "needs.rate_adult", 9.0); /* instead of the planned one */
    go(&world, 200);
    change(&world, "meeting.rate", 0.2);
    go(&world, 300);
    assert_int_equal(world.past.kept[world.past.count - 1].week, 286);
    go(&world, 110);
    assert_int_equal(world.head, 300);
    change(&world, "grief.years", 2.0);
    assert_int_equal(world.head, 110);
    assert_int_equal(world.past.kept[world.past.count - 1].week, 104);
    assert_true(value_in(&world, 149, "needs.rate_adult") == scenario.parameters.needs_rate_adult);
    assert_true(value_in(&world, 150, "needs.rate_adult") == 1.5);
    assert_true(value_in(&world, 400, "needs.rate_adult") == 0.5);
    assert_true(value_in(&world, 250, "meeting.rate") == scenario.parameters.meeting_rate);
    assert_true(value_in(&world, 110, "grief.years") == 2.0);
    glance(&world, &snapshot);
    assert_int_equal(snapshot.change_count, 3);
    assert_int_equal(snapshot.head, 110);
    assert_int_equal(snapshot.findings.survey_count, 2);
    go(&world, 500);
    glance(&world, &snapshot);
    assert_int_equal(snapshot.findings.survey_count, 9);
    go(&world, 100);
    go(&world, 450); /* forward through the second future, not the first */
    glance(&world, &snapshot);
    assert_int_equal(world.record.survey_count, 8);
    cr_snapshot_free(&snapshot);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void a_change_that_is_refused_changes_and_forgets_nothing(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_error error = {0};
    busy_life(&scenario, 40, 10.0);
    begin(&world, &scenario, plenty);
    go(&world, 200);
    change(&world, "meeting.rate", 0.2);
    go(&world, 300);
    go(&world, 110);
    assert_int_equal(cr_world_change(&world, parameter("meeting.rate"), 1.5, &error), CR_ERROR_CONFIG);
    assert_non_null(strstr(error.sentence, "meeting.rate"));
    assert_int_equal(cr_world_change(&world, parameter("life.adult_age"), 20.0, NULL), CR_ERROR_CONFIG);
    assert_int_equal(cr_world_change_for(&world, parameter("meeting.rate"), -1.0, 8, NULL), CR_ERROR_CONFIG);
    assert_int_equal(world.head, 300);
    assert_int_equal(world.scenario.change_count, 1);
    assert_int_equal(world.findings.survey_count, 5);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void a_change_for_a_while_ends_with_what_would_have_been(void **state) {
    (void)state;
    static const char key[] = "times.load";
    struct cr_scenario scenario;
    struct cr_world world;
    busy_life(&scenario, 20, 10.0);
    add_change(&scenario, 300, key, 1.5);
    begin(&world, &scenario, plenty);
    go(&world, 50);
    change_for(&world, key, 2.0, 8);
    change_for(&world, key, 2.0, 8); /* pressed twice */
    assert_int_equal(world.scenario.change_count, 3);
    assert_true(value_in(&world, 57, key) == 2.0);
    assert_true(value_in(&world, 58, key) == 1.0);
    go(&world, 55);
    change_for(&world, key, 2.5, 8); /* again, while it lasts */
    assert_true(value_in(&world, 54, key) == 2.0);
    assert_true(value_in(&world, 55, key) == 2.5);
    assert_true(value_in(&world, 62, key) == 2.5);
    assert_true(value_in(&world, 63, key) == 1.0);
    go(&world, 295);
    change_for(&world, key, 3.0, 8); /* over a planned change */
    assert_true(value_in(&world, 299, key) == 3.0);
    assert_true(value_in(&world, 302, key) == 3.0);
    assert_true(value_in(&world, 303, key) == 1.5);
    go(&world, 516);
    const size_t changes = world.scenario.change_count;
    change_for(&world, key, 2.0, 8); /* to the end of the run */
    assert_int_equal(world.scenario.change_count, changes + 1);
    go(&world, 520);
    go(&world, 52);
    change_for(&world, key, 0.5, 3); /* what was made later is forgotten, what was made before ends when it was to */
    assert_true(value_in(&world, 51, key) == 2.0);
    assert_true(value_in(&world, 54, key) == 0.5);
    assert_true(value_in(&world, 57, key) == 2.0);
    assert_true(value_in(&world, 58, key) == 1.0);
    assert_true(value_in(&world, 299, key) == 1.0);
    assert_true(value_in(&world, 300, key) == 1.5);
    change(&world, key, 4.0); /* for good, over what was to end, until the next planned one */
    assert_true(value_in(&world, 299, key) == 4.0);
    assert_true(value_in(&world, 300, key) == 1.5);
    go(&world, 290);
    change_for(&world, key, 0.5, 20);
    go(&world, 295);
    change_for(&world, key, 2.0, 400); /* to the end of the run, over an end before it */
    assert_true(value_in(&world, 294, key) == 0.5);
    assert_true(value_in(&world, 519, key) == 2.0);
    assert_int_equal(cr_world_begin_anew(&world, 2, NULL), 0);
    go(&world, 10);
    change(&world, key, 3.0); /* all that was changed in a former life is planned now */
    assert_true(value_in(&world, 49, key) == 3.0);
    assert_true(value_in(&world, 51, key) == 2.0);
    assert_true(value_in(&world, 52, key) == 4.0);
    assert_true(value_in(&world, 294, key) == 0.5);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static bool give_up_at_third(void *context) {
    return ++*(int *)context == 3;
}

static void going_can_be_given_up_between_weeks(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_snapshot snapshot;
    busy_life(&scenario, 100, 20.0);
    begin(&world, &scenario, plenty);
    open_snapshot(&snapshot, &world);
    int asked = 0;
    assert_int_equal(cr_world_go(&world, 500, give_up_at_third, &asked, NULL), 0);
    assert_int_equal(world.simulation.week, 2);
    go(&world, 900);
    asked = 0;
    assert_int_equal(cr_world_go(&world, 800, give_up_at_third, &asked, NULL), 0);
    assert_int_equal(world.simulation.week, 782); /* from week 780 */
    glance(&world, &snapshot);
    assert_int_equal(cr_simulation_verify(&world.simulation, NULL), 0);
    asked = 0;
    assert_int_equal(cr_world_go(&world, 880, give_up_at_third, &asked, NULL), 0);
    assert_int_equal(world.simulation.week, 860); /* forward, from week 858 */
    glance(&world, &snapshot);
    assert_int_equal(world.head, 900);
    cr_snapshot_free(&snapshot);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void a_world_ends_with_its_run_and_goes_nowhere_else(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    busy_life(&scenario, 20, 3.2);
    begin(&world, &scenario, plenty);
    const int32_t end = cr_simulation_weeks(&scenario);
    assert_int_equal(cr_world_go(&world, 100000, NULL, NULL, NULL), 0);
    assert_int_equal(world.simulation.week, end);
    assert_int_equal(cr_world_step(&world, NULL), 0);
    assert_int_equal(world.simulation.week, end);
    assert_int_equal(cr_world_go(&world, -5, NULL, NULL, NULL), 0);
    assert_int_equal(world.simulation.week, 0);
    assert_int_equal(world.head, end);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void a_person_is_followed_and_so_is_the_partner(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_snapshot snapshot;
    busy_life(&scenario, 60, 25.0);
    begin(&world, &scenario, plenty);
    open_snapshot(&snapshot, &world);
    go(&world, 850);
    glance(&world, &snapshot);
    assert_int_equal(snapshot.dossier.person, CR_NOBODY);
    assert_true(snapshot.lasting_count > 0);
    const struct cr_tie *tie = &snapshot.ties[snapshot.lasting[0]];
    world.looked_at = tie->person[1];
    glance(&world, &snapshot);
    assert_int_equal(snapshot.dossier.person, tie->person[1]);
    assert_int_equal(snapshot.dossier.week, 850);
    assert_int_equal(snapshot.partner_dossier.person, tie->person[0]);
    for (uint32_t i = 0; i < 60 && snapshot.partner_dossier.person != CR_NOBODY; i++) {
        world.looked_at = (int32_t)i;
        glance(&world, &snapshot);
        assert_int_equal(snapshot.partner_dossier.person, snapshot.partner[i]);
    }
    cr_snapshot_free(&snapshot);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

static void what_the_panels_want_is_worked_out_at_once_and_then_every_year(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_wants wants = {.measure = {cr_measure_find("style_share")}, .count = 1, .stability = true};
    busy_life(&scenario, 100, 25.0);
    begin(&world, &scenario, plenty);
    go(&world, 910);
    assert_int_equal(world.findings.whole.count, 0);
    assert_int_equal(cr_world_want(&world, &wants, NULL), 0);
    assert_int_equal(world.findings.as_of, 910);
    assert_true(world.findings.whole.count > 0);
    assert_true(world.findings.stability.relationships[CR_PAIRING_ALL] > 0);
    go(&world, 935);
    assert_int_equal(world.findings.as_of, 910);
    go(&world, 937);
    assert_int_equal(world.findings.as_of, 936);
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

/* Every allocation of a short life fails once; after each failure life goes on, and becomes what it would have been. */
static void a_world_without_memory_says_so_and_goes_on(void **state) {
    (void)state;
    enum { END = 900 };
    struct cr_scenario scenario;
    struct cr_world straight;
    busy_life(&scenario, 24, 18.0);
    const struct cr_world_plan plan = {.scenario = &scenario, .replicate = 1, .most_bytes = plenty};
    begin(&straight, &scenario, plenty);
    go(&straight, END);
    int failures = 0;
    for (long n = 0; n < 100000; n += n < 60 ? 1 : 7) {
        struct cr_world world;
        struct cr_snapshot snapshot;
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        int status = cr_world_init(&world, &plan, &error);
        if (status == 0 && (status = cr_snapshot_init(&snapshot, 24, &error)) != 0)
            cr_world_free(&world);
        if (status != 0) {
            allocations_left = -1;
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(error.code, CR_ERROR_MEMORY);
            assert_int_equal(allocations_held, held);
            failures++;
            continue;
        }
        int failed = 0;
        for (int32_t week = 0; week < END; week = world.simulation.week) {
            error.code = 0;
            status = cr_world_step(&world, &error);
            if (status == 0 && week % 100 == 0)
                status = cr_world_glance(&world, &snapshot, &error);
            assert_int_equal(status, error.code);
            if (status != 0) {
                assert_int_equal(status, CR_ERROR_MEMORY);
                failed++;
                allocations_left = -1;
            }
        }
        const bool is_over = allocations_left >= 0;
        allocations_left = -1;
        assert_int_equal(failed, !is_over);
        failures += failed;
        expect_same_simulation(&world.simulation, &straight.simulation);
        assert_int_equal(world.record.survey_count, straight.record.survey_count);
        glance(&world, &snapshot);
        assert_int_equal(world.findings.survey_count, straight.findings.survey_count);
        cr_snapshot_free(&snapshot);
        cr_world_free(&world);
        assert_int_equal(allocations_held, held);
        if (is_over)
            break;
    }
    assert_true(failures > 100);
    cr_world_free(&straight);
    cr_scenario_free(&scenario);
}

static void files_that_cannot_be_written_are_told(void **state) {
    (void)state;
    struct cr_scenario scenario;
    struct cr_world world;
    struct cr_error error = {0};
    busy_life(&scenario, 20, 1.0);
    begin(&world, &scenario, plenty);
    assert_int_equal(cr_world_write(&world, "/nonexistent/folder", &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "/nonexistent/folder"));
    cr_world_free(&world);
    cr_scenario_free(&scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_world_without_changes_by_hand_writes_what_cradle_run_writes),
        cmocka_unit_test(a_world_with_changes_writes_what_a_run_of_the_scenario_it_has_become_writes),
        cmocka_unit_test(begun_anew_a_world_is_lived_under_another_luck),
        cmocka_unit_test(a_world_without_memory_to_begin_anew_stays_what_it_is),
        cmocka_unit_test(what_is_seen_of_a_week_is_the_same_whenever_and_however_one_comes_there),
        cmocka_unit_test(a_snapshot_that_is_used_again_and_again_is_like_a_fresh_one),
        cmocka_unit_test(a_glance_counts_from_the_last_one_and_from_before_it_if_nobody_had_looked),
        cmocka_unit_test(earned_security_is_that_of_the_measure_at_every_survey_and_is_told_when_found),
        cmocka_unit_test(a_change_is_in_force_from_the_next_step_and_is_seen_at_once),
        cmocka_unit_test(a_change_of_the_past_forgets_what_came_after_but_not_what_was_planned),
        cmocka_unit_test(a_change_that_is_refused_changes_and_forgets_nothing),
        cmocka_unit_test(a_change_for_a_while_ends_with_what_would_have_been),
        cmocka_unit_test(going_can_be_given_up_between_weeks),
        cmocka_unit_test(a_world_ends_with_its_run_and_goes_nowhere_else),
        cmocka_unit_test(a_person_is_followed_and_so_is_the_partner),
        cmocka_unit_test(what_the_panels_want_is_worked_out_at_once_and_then_every_year),
        cmocka_unit_test(a_world_without_memory_says_so_and_goes_on),
        cmocka_unit_test(files_that_cannot_be_written_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
