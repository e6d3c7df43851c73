#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "near.h"
#include "viz/scene/flares.h"

/* So many people, all alive, of whom nobody does anything yet. */
static struct cr_snapshot crowd(uint32_t people) {
    struct cr_snapshot snapshot;
    assert_int_equal(cr_snapshot_init(&snapshot, people, NULL), 0);
    snapshot.alive = people;
    memset(snapshot.presence, CR_ADULT, people);
    return snapshot;
}

static struct cr_flares flares_for(const struct cr_snapshot *snapshot) {
    struct cr_flares flares = {0};
    assert_int_equal(cr_flares_fit(&flares, snapshot->people, NULL), 0);
    return flares;
}

static size_t count_of(const struct cr_flares *flares, enum cr_flare_kind kind) {
    size_t count = 0;
    for (size_t k = 0; k < flares->count; k++)
        count += flares->flare[k].kind == kind;
    return count;
}

/* The next snapshot comes after so many weeks and seconds, in which a share of all protested in each week. */
static void live(struct cr_flares *flares, struct cr_snapshot *snapshot, int32_t weeks, double seconds, double share) {
    cr_flares_pass(flares, seconds, false);
    snapshot->week += weeks;
    for (uint32_t i = 0; i < snapshot->people; i++)
        snapshot->bids[CR_PROTEST][i] =
            fmod(0.6180339887 * (i + 1.0) + 0.7548776662 * snapshot->week, 1.0) < share ? (uint8_t)weeks : 0;
    cr_flares_see(flares, snapshot, NULL, 0, false);
}

static void of_few_people_each_protest_is_seen_and_ends(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(50);
    struct cr_flares flares = flares_for(&snapshot);
    snapshot.week = 1;
    snapshot.bids[CR_PROTEST][3] = 2;
    snapshot.bids[CR_DEACTIVATE][3] = 1;
    snapshot.bids[CR_BID][4] = 9;
    snapshot.bids[CR_APPEASE][5] = 9;
    cr_flares_see(&flares, &snapshot, NULL, 0, false);
    assert_int_equal(flares.count, 3);
    assert_int_equal(flares.flare[0].person[0], 3);
    assert_int_equal(flares.flare[2].person[0], 5);
    assert_int_equal(flares.flare[2].kind, CR_FLARE_APPEASEMENT);
    assert_int_equal(flares.one_in, 1);
    assert_near(cr_flare_phase(&flares.flare[0]), 0.0, 0.0);
    cr_flares_pass(&flares, 0.3, false);
    assert_true(cr_flare_phase(&flares.flare[0]) > 0.2 && cr_flare_phase(&flares.flare[0]) < 0.8);
    cr_flares_pass(&flares, 3.0, false);
    assert_int_equal(flares.count, 0);
    cr_flares_see(&flares, &snapshot, NULL, 0, false);
    assert_int_equal(flares.count, 3);
    cr_flares_free(&flares);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static void a_flare_that_lasts_is_not_begun_again(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(10);
    struct cr_flares flares = flares_for(&snapshot);
    for (int k = 0; k < 30; k++)
        live(&flares, &snapshot, 1, 0.02, 1.1);
    assert_in_range(count_of(&flares, CR_FLARE_PROTEST), 1, 10);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

/* However many people there are, and however fast time runs. */
static void how_many_flare_goes_along_with_how_many_protest(void **state) {
    (void)state;
    static const uint32_t crowds[] = {1000, 4000, 20000};
    static const int32_t weeks[] = {1, 1, 8};
    static const double seconds[] = {1.0 / 60.0, 1.0 / 4.0, 1.0 / 30.0};
    for (size_t c = 0; c < 3; c++) {
        for (size_t speed = 0; speed < 3; speed++) {
            double seen[3] = {0.0, 0.0, 0.0};
            static const double shares[] = {0.05, 0.1, 0.2};
            for (size_t s = 0; s < 3; s++) {
                struct cr_snapshot snapshot = crowd(crowds[c]);
                struct cr_flares flares = flares_for(&snapshot);
                double frames = 0.0;
                for (double passed = 0.0; passed < 5.0; passed += seconds[speed]) {
                    live(&flares, &snapshot, weeks[speed], seconds[speed], shares[s]);
                    if (passed < 1.5)
                        continue;
                    seen[s] += (double)count_of(&flares, CR_FLARE_PROTEST);
                    frames += 1.0;
                }
                seen[s] /= frames;
                assert_true(flares.count < CR_FLARES_MOST);
                assert_true(crowds[c] / (uint32_t)flares.one_in <= 2500);
                cr_flares_free(&flares);
                cr_snapshot_free(&snapshot);
            }
            assert_near(seen[1] / seen[0], 2.0, 0.35);
            assert_near(seen[2] / seen[1], 2.0, 0.35);
        }
    }
}

static void whoever_is_followed_shows_everything(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(30000);
    struct cr_flares flares = flares_for(&snapshot);
    live(&flares, &snapshot, 1, 10.0, 0.0);
    assert_int_equal(flares.one_in, 16);
    const int32_t followed[] = {CR_NOBODY, 17};
    for (int k = 0; k < 20; k++) {
        cr_flares_pass(&flares, 1.0, false);
        memset(snapshot.bids[CR_PROTEST], 0, snapshot.people);
        snapshot.bids[CR_PROTEST][17] = snapshot.bids[CR_PROTEST][18] = 1;
        snapshot.week += 100;
        cr_flares_see(&flares, &snapshot, followed, 2, false);
        assert_int_equal(count_of(&flares, CR_FLARE_PROTEST), 1);
        assert_int_equal(flares.flare[0].person[0], 17);
    }
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static void events_in_lives_are_seen(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(20);
    struct cr_flares flares = flares_for(&snapshot);
    for (int kind = 0; kind < CR_HAPPENINGS; kind++)
        snapshot.happenings[snapshot.happening_count++] =
            (struct cr_happening){.week = 0, .kind = (uint8_t)kind, .person = {kind, kind + 7}, .bond = CR_NOBODY};
    snapshot.week = 1;
    cr_flares_see(&flares, &snapshot, NULL, 0, false);
    assert_int_equal(flares.count, CR_HAPPENINGS + 1);
    static const enum cr_flare_kind of_two[] = {
        CR_FLARE_PAIRING, CR_FLARE_MOVING_IN, CR_FLARE_WEDDING, CR_FLARE_SEPARATION, CR_FLARE_BEREAVEMENT};
    static const enum cr_flare_kind of_one[] = {CR_FLARE_BIRTH, CR_FLARE_DEATH, CR_FLARE_EARNING};
    for (size_t k = 0; k < 5; k++)
        assert_int_equal(count_of(&flares, of_two[k]), 1);
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(count_of(&flares, of_one[k]), 1);
    for (size_t k = 0; k < flares.count; k++)
        assert_int_equal(flares.flare[k].person[1] == CR_NOBODY, flares.flare[k].kind < CR_FLARE_QUARREL);
    cr_flares_pass(&flares, 2.0, false);
    assert_int_equal(flares.count, 1);
    assert_int_equal(flares.flare[0].kind, CR_FLARE_EARNING);
    cr_flares_pass(&flares, 4.0, false);
    assert_int_equal(flares.count, 0);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static void who_dies_alone_leaves_nobody_behind(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(20);
    struct cr_flares flares = flares_for(&snapshot);
    snapshot.happenings[snapshot.happening_count++] =
        (struct cr_happening){.kind = CR_HAPPENED_DEATH, .person = {4, CR_NOBODY}, .bond = CR_NOBODY};
    snapshot.week = 1;
    cr_flares_see(&flares, &snapshot, NULL, 0, false);
    assert_int_equal(flares.count, 1);
    assert_int_equal(flares.flare[0].kind, CR_FLARE_DEATH);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static const struct cr_flare *flare_of(const struct cr_flares *flares, enum cr_flare_kind kind) {
    for (size_t k = 0; k < flares->count; k++)
        if (flares->flare[k].kind == kind)
            return &flares->flare[k];
    return NULL;
}

static void what_came_of_a_bid_follows_it(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(50);
    struct cr_flares flares = flares_for(&snapshot);
    uint8_t *const outcomes[] = {snapshot.comforted, snapshot.rebuffed, snapshot.frightened};
    static const int ways[] = {CR_PROTEST, CR_DEACTIVATE, CR_APPEASE};
    for (int way = 0; way < 3; way++) {
        for (int k = 0; k < 3; k++) {
            const enum cr_flare_kind came = (enum cr_flare_kind)(CR_FLARE_COMFORT + k);
            cr_flares_pass(&flares, 10.0, false);
            snapshot.week++;
            snapshot.bids[ways[way]][7] = outcomes[k][7] = 1;
            cr_flares_see(&flares, &snapshot, NULL, 0, false);
            assert_int_equal(flares.count, 2);
            assert_int_equal(flares.flare[0].kind, CR_FLARE_PROTEST + way);
            assert_non_null(flare_of(&flares, came));
            assert_true(flare_of(&flares, came)->age < 0.0F);
            assert_near(cr_flare_phase(flare_of(&flares, came)), 0.0, 0.0);
            cr_flares_pass(&flares, 0.5, false);
            assert_true(flare_of(&flares, came)->age > 0.0F);
            cr_flares_pass(&flares, 2.0, false);
            assert_int_equal(flares.count, 0);
            /* without motion both are seen at once */
            cr_flares_see(&flares, &snapshot, NULL, 0, true);
            assert_near(flare_of(&flares, came)->age, 0.0, 0.0);
            cr_flares_clear(&flares);
            snapshot.bids[ways[way]][7] = outcomes[k][7] = 0;
        }
    }
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

/* Nobody does anything but ask openly; what comes of it is seen of all whose fright or rebuff it is, but of comfort,
 * which is everyday, of one in so many. */
static void comfort_after_open_bids_is_thinned_and_fright_is_not(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(2000);
    struct cr_flares flares = flares_for(&snapshot);
    size_t seen[3] = {0, 0, 0};
    for (int week = 0; week < 40; week++) {
        cr_flares_pass(&flares, 10.0, false);
        snapshot.week++;
        memset(snapshot.bids[CR_BID], 3, snapshot.people);
        for (uint32_t i = 0; i < snapshot.people; i++) {
            snapshot.comforted[i] = i % 4 == 0;
            snapshot.rebuffed[i] = i % 4 == 1;
            snapshot.frightened[i] = i % 4 == 2;
        }
        cr_flares_see(&flares, &snapshot, NULL, 0, false);
        for (int k = 0; k < 3; k++)
            seen[k] += count_of(&flares, (enum cr_flare_kind)(CR_FLARE_COMFORT + k));
        assert_int_equal(flares.count, count_of(&flares, CR_FLARE_COMFORT) + 1000);
    }
    assert_int_equal(seen[1], 40 * 500);
    assert_int_equal(seen[2], 40 * 500);
    assert_near((double)seen[0], 40.0 * 500.0 / CR_FLARES_COMFORT_ONE_IN, 300.0);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

/* Of a glance of many weeks it is shown as if it were of one: then what came of it is so, too. */
static void of_many_weeks_outcomes_are_seen_as_often_as_they_came(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(2000);
    struct cr_flares flares = flares_for(&snapshot);
    size_t protests = 0, comforts = 0;
    for (int glance = 0; glance < 20; glance++) {
        cr_flares_pass(&flares, 10.0, false);
        snapshot.week += 8;
        memset(snapshot.bids[CR_PROTEST], 4, snapshot.people);
        memset(snapshot.comforted, 1, snapshot.people);
        cr_flares_see(&flares, &snapshot, NULL, 0, false);
        protests += count_of(&flares, CR_FLARE_PROTEST);
        comforts += count_of(&flares, CR_FLARE_COMFORT);
    }
    assert_near((double)protests, 20.0 * 1000.0, 400.0);
    assert_in_range(comforts, protests / 4 - 300, protests / 4 + 700);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static void quarrels_flare_on_both(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(20);
    struct cr_flares flares = flares_for(&snapshot);
    struct cr_tie ties[] = {{.person = {1, 2}, .quarrels = 1}, {.person = {3, 4}, .quarrels = 0}};
    int32_t lasting[] = {0, 1};
    snapshot.ties = ties;
    snapshot.lasting = lasting;
    snapshot.tie_count = snapshot.lasting_count = 2;
    snapshot.week = 1;
    cr_flares_see(&flares, &snapshot, NULL, 0, false);
    assert_int_equal(flares.count, 1);
    assert_int_equal(flares.flare[0].kind, CR_FLARE_QUARREL);
    assert_int_equal(flares.flare[0].person[0], 1);
    assert_int_equal(flares.flare[0].person[1], 2);
    snapshot.ties = NULL;
    snapshot.lasting = NULL;
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static void without_motion_marks_stay_and_change_seldom(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(50);
    struct cr_flares flares = flares_for(&snapshot);
    snapshot.week = 1;
    snapshot.bids[CR_PROTEST][3] = 1;
    cr_flares_see(&flares, &snapshot, NULL, 0, true);
    assert_int_equal(flares.count, 1);
    cr_flares_pass(&flares, 1.0, true);
    snapshot.bids[CR_PROTEST][3] = 0;
    snapshot.bids[CR_PROTEST][8] = 1;
    cr_flares_see(&flares, &snapshot, NULL, 0, true);
    assert_int_equal(flares.count, 1);
    assert_int_equal(flares.flare[0].person[0], 3);
    cr_flares_pass(&flares, 1.0, true);
    snapshot.week = 2;
    cr_flares_see(&flares, &snapshot, NULL, 0, true);
    assert_int_equal(flares.count, 1);
    assert_int_equal(flares.flare[0].person[0], 8);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static void more_than_there_is_room_for_is_left_out(void **state) {
    (void)state;
    struct cr_snapshot snapshot = crowd(2000);
    struct cr_flares flares = flares_for(&snapshot);
    for (int k = 0; k < CR_HAPPENINGS_KEPT; k++)
        snapshot.happenings[k] =
            (struct cr_happening){.kind = CR_HAPPENED_BIRTH, .person = {k % 2000, CR_NOBODY}, .bond = CR_NOBODY};
    snapshot.happening_count = CR_HAPPENINGS_KEPT;
    memset(snapshot.bids[CR_PROTEST], 1, snapshot.people);
    const int32_t everybody[] = {1, 2, 3};
    cr_flares_pass(&flares, 100.0, false);
    cr_flares_see(&flares, &snapshot, everybody, 3, false);
    assert_int_equal(flares.count, CR_FLARES_MOST);
    cr_flares_clear(&flares);
    assert_int_equal(flares.count, 0);
    cr_flares_free(&flares);
    cr_snapshot_free(&snapshot);
}

static void flares_without_memory_are_empty(void **state) {
    (void)state;
    for (long n = 0; n < 2; n++) {
        struct cr_flares flares = {0};
        const long held = allocations_held;
        allocations_left = n;
        assert_int_equal(cr_flares_fit(&flares, 10, NULL), CR_ERROR_MEMORY);
        allocations_left = -1;
        assert_null(flares.busy);
        assert_int_equal(allocations_held, held);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_few_people_each_protest_is_seen_and_ends),
        cmocka_unit_test(a_flare_that_lasts_is_not_begun_again),
        cmocka_unit_test(how_many_flare_goes_along_with_how_many_protest),
        cmocka_unit_test(whoever_is_followed_shows_everything),
        cmocka_unit_test(events_in_lives_are_seen),
        cmocka_unit_test(who_dies_alone_leaves_nobody_behind),
        cmocka_unit_test(what_came_of_a_bid_follows_it),
        cmocka_unit_test(comfort_after_open_bids_is_thinned_and_fright_is_not),
        cmocka_unit_test(of_many_weeks_outcomes_are_seen_as_often_as_they_came),
        cmocka_unit_test(quarrels_flare_on_both),
        cmocka_unit_test(without_motion_marks_stay_and_change_seldom),
        cmocka_unit_test(more_than_there_is_room_for_is_left_out),
        cmocka_unit_test(flares_without_memory_are_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
