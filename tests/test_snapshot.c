#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "failing_allocation.h"
#include "viz/world/snapshot.h"

/* Writes to the last element of every array of persons, so that the address sanitizer sees one that is too short. */
static void fill(struct cr_snapshot *snapshot, uint32_t i) {
    float *const reals[] = {snapshot->age, snapshot->anxiety, snapshot->avoidance, snapshot->arousal, snapshot->felt,
        snapshot->shown, snapshot->satisfaction};
    uint8_t *const bytes[] = {snapshot->presence, (uint8_t *)snapshot->style, snapshot->earning, snapshot->bids[0],
        snapshot->bids[1], snapshot->bids[2], snapshot->bids[3], snapshot->comforted, snapshot->rebuffed,
        snapshot->frightened, snapshot->female};
    for (size_t k = 0; k < sizeof reals / sizeof *reals; k++)
        reals[k][i] = (float)(k + i);
    for (size_t k = 0; k < sizeof bytes / sizeof *bytes; k++)
        bytes[k][i] = (uint8_t)(100 + k + i);
    snapshot->partner[i] = (int32_t)(1000 + i);
    snapshot->bond[i] = (int32_t)(2000 + i);
}

static void expect_filled(const struct cr_snapshot *snapshot, uint32_t i) {
    assert_true(snapshot->age[i] == (float)i && snapshot->satisfaction[i] == (float)(6 + i));
    assert_true(snapshot->anxiety[i] == (float)(1 + i) && snapshot->shown[i] == (float)(5 + i));
    assert_int_equal(snapshot->presence[i], 100 + i);
    assert_int_equal(snapshot->frightened[i], 109 + i);
    assert_int_equal(snapshot->female[i], 110 + i);
    for (int k = 0; k < CR_STRATEGIES; k++)
        assert_int_equal(snapshot->bids[k][i], 103 + k + (int)i);
    assert_int_equal(snapshot->partner[i], 1000 + i);
    assert_int_equal(snapshot->bond[i], 2000 + i);
}

static void a_snapshot_has_room_for_all_and_nobody_shares_it(void **state) {
    (void)state;
    for (uint32_t people = 1; people < 70; people += 17) {
        struct cr_snapshot snapshot;
        assert_int_equal(cr_snapshot_init(&snapshot, people, NULL), 0);
        assert_int_equal(snapshot.people, people);
        for (uint32_t i = 0; i < people; i++)
            fill(&snapshot, i);
        for (uint32_t i = 0; i < people; i++)
            expect_filled(&snapshot, i);
        memset(snapshot.happenings, 1, CR_HAPPENINGS_KEPT * sizeof *snapshot.happenings);
        cr_snapshot_free(&snapshot);
        cr_snapshot_free(&snapshot);
    }
}

static void at_first_nobody_is_born(void **state) {
    (void)state;
    struct cr_snapshot snapshot;
    assert_int_equal(cr_snapshot_init(&snapshot, 9, NULL), 0);
    for (uint32_t i = 0; i < 9; i++) {
        assert_int_equal(snapshot.presence[i], CR_UNBORN);
        assert_true(isnan(snapshot.anxiety[i]) && isnan(snapshot.avoidance[i]) && isnan(snapshot.satisfaction[i]));
        assert_int_equal(snapshot.style[i], CR_STYLE_NONE);
        assert_int_equal(snapshot.partner[i], CR_NOBODY);
        assert_int_equal(snapshot.bond[i], CR_NOBODY);
    }
    assert_int_equal(snapshot.tie_count + snapshot.lasting_count, 0);
    assert_int_equal(snapshot.dossier.person, CR_NOBODY);
    assert_int_equal(snapshot.partner_dossier.person, CR_NOBODY);
    cr_snapshot_free(&snapshot);
}

static void a_snapshot_without_memory_says_so_and_leaves_nothing_behind(void **state) {
    (void)state;
    int status = CR_ERROR_MEMORY;
    long n = 0;
    for (; status != 0; n++) {
        struct cr_snapshot snapshot;
        struct cr_error error = {0};
        const long held = allocations_held;
        allocations_left = n;
        status = cr_snapshot_init(&snapshot, 5, &error);
        allocations_left = -1;
        assert_int_equal(status, error.code);
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_non_null(strstr(error.sentence, "memory"));
            assert_int_equal(allocations_held, held);
        }
        cr_snapshot_free(&snapshot);
        assert_int_equal(allocations_held, held);
    }
    assert_int_equal(n, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_snapshot_has_room_for_all_and_nobody_shares_it),
        cmocka_unit_test(at_first_nobody_is_born),
        cmocka_unit_test(a_snapshot_without_memory_says_so_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
