#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "viz/scene/counterparts.h"

enum { PEOPLE = 8, NOW = 1000 };

/* Another world with these relationships, of which those without an end last. */
struct other {
    struct cr_snapshot snapshot;
    struct cr_tie ties[8];
    int32_t lasting[8];
};

static struct cr_tie tie(int32_t a, int32_t b, int32_t start, int32_t end, enum cr_ending ending) {
    return (struct cr_tie){.person = {a, b}, .start = start, .end = end, .ending = (uint8_t)ending};
}

static void put(struct other *other, struct cr_tie tie) {
    struct cr_snapshot *snapshot = &other->snapshot;
    snapshot->ties = other->ties;
    snapshot->lasting = other->lasting;
    if (tie.end < 0)
        other->lasting[snapshot->lasting_count++] = snapshot->tie_count;
    other->ties[snapshot->tie_count++] = tie;
}

static struct cr_counterparts see(const struct other *other) {
    struct cr_counterparts counterparts = {0};
    assert_int_equal(cr_counterparts_fit(&counterparts, PEOPLE, other->snapshot.tie_count, NULL), 0);
    cr_counterparts_see(&counterparts, &other->snapshot, true);
    return counterparts;
}

static void expect(const struct cr_counterparts *counterparts, struct cr_tie tie, enum cr_elsewhere elsewhere) {
    assert_int_equal(cr_counterparts_find(counterparts, &tie), elsewhere);
}

static void the_same_two_who_paired_about_the_same_time_are_found(void **state) {
    (void)state;
    struct other other = {.snapshot = {.week = NOW}};
    put(&other, tie(1, 4, 100, 200, CR_CONFLICT));
    put(&other, tie(1, 3, 210, 300, CR_CONFLICT));
    put(&other, tie(1, 4, 400, -1, CR_LASTING));
    put(&other, tie(3, 4, 120, 130, CR_CONFLICT));
    struct cr_counterparts counterparts = see(&other);
    expect(&counterparts, tie(1, 4, 100, 200, CR_CONFLICT), CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(1, 4, 430, -1, CR_LASTING), CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(1, 3, 210 + CR_COUNTERPARTS_NEAR, 300, CR_MISFIT), CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(1, 3, 211 + CR_COUNTERPARTS_NEAR, 300, CR_MISFIT), CR_ELSEWHERE_NOT);
    expect(&counterparts, tie(3, 4, 120, 150, CR_CONFLICT), CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(4, 5, 120, 150, CR_CONFLICT), CR_ELSEWHERE_NOT);
    expect(&counterparts, tie(2, 6, 100, -1, CR_LASTING), CR_ELSEWHERE_NOT);
    cr_counterparts_free(&counterparts);
    cr_counterparts_free(&counterparts);
}

static void what_ends_otherwise_is_told_from_what_ends_alike(void **state) {
    (void)state;
    struct other other = {.snapshot = {.week = NOW}};
    put(&other, tie(0, 1, 100, 500, CR_CONFLICT));
    put(&other, tie(2, 3, 100, -1, CR_LASTING));
    put(&other, tie(4, 5, 100, 500, CR_DEATH));
    struct cr_counterparts counterparts = see(&other);
    expect(&counterparts, tie(0, 1, 100, 520, CR_MISFIT), CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(0, 1, 100, 500 + CR_COUNTERPARTS_NEAR + 1, CR_CONFLICT), CR_ELSEWHERE_OTHERWISE);
    expect(&counterparts, tie(0, 1, 100, -1, CR_LASTING), CR_ELSEWHERE_OTHERWISE);
    expect(&counterparts, tie(2, 3, 100, 500, CR_CONFLICT), CR_ELSEWHERE_OTHERWISE);
    /* that it has ended here only just now tells little */
    expect(&counterparts, tie(2, 3, 100, NOW - 3, CR_CONFLICT), CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(4, 5, 100, 500, CR_DEATH), CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(4, 5, 100, 500, CR_CONFLICT), CR_ELSEWHERE_OTHERWISE);
    cr_counterparts_free(&counterparts);
}

static void what_goes_on_there_is_followed(void **state) {
    (void)state;
    struct other other = {.snapshot = {.week = NOW}};
    put(&other, tie(0, 1, 100, -1, CR_LASTING));
    put(&other, tie(2, 3, 100, -1, CR_LASTING));
    struct cr_counterparts counterparts = see(&other);
    const struct cr_tie here = tie(0, 1, 100, -1, CR_LASTING), new = tie(1, 7, 1100, -1, CR_LASTING);
    expect(&counterparts, here, CR_ELSEWHERE_ALIKE);
    expect(&counterparts, new, CR_ELSEWHERE_NOT);
    other.ties[0].end = NOW + 10;
    other.ties[0].ending = CR_CONFLICT;
    other.lasting[0] = 1;
    other.snapshot.lasting_count = 1;
    put(&other, tie(1, 7, 1100, -1, CR_LASTING));
    other.snapshot.week = NOW + 200;
    assert_int_equal(cr_counterparts_fit(&counterparts, PEOPLE, other.snapshot.tie_count, NULL), 0);
    cr_counterparts_see(&counterparts, &other.snapshot, false);
    expect(&counterparts, here, CR_ELSEWHERE_OTHERWISE);
    expect(&counterparts, new, CR_ELSEWHERE_ALIKE);
    expect(&counterparts, tie(2, 3, 100, -1, CR_LASTING), CR_ELSEWHERE_ALIKE);
    /* time is set back, and another past lived */
    struct other past = {.snapshot = {.week = 150}};
    put(&past, tie(2, 6, 100, -1, CR_LASTING));
    cr_counterparts_see(&counterparts, &past.snapshot, true);
    expect(&counterparts, tie(0, 1, 100, -1, CR_LASTING), CR_ELSEWHERE_NOT);
    expect(&counterparts, tie(2, 6, 100, -1, CR_LASTING), CR_ELSEWHERE_ALIKE);
    cr_counterparts_free(&counterparts);
}

static void without_memory_what_is_known_stays(void **state) {
    (void)state;
    struct other other = {.snapshot = {.week = NOW}};
    put(&other, tie(0, 1, 100, -1, CR_LASTING));
    const long held = allocations_held;
    struct cr_counterparts none = {0};
    for (long n = 0; n < 2; n++) {
        allocations_left = n;
        assert_int_equal(cr_counterparts_fit(&none, PEOPLE, 1, NULL), CR_ERROR_MEMORY);
        allocations_left = -1;
        assert_null(none.latest);
        assert_int_equal(allocations_held, held);
    }
    struct cr_counterparts counterparts = see(&other);
    allocations_left = 0;
    assert_int_equal(cr_counterparts_fit(&counterparts, PEOPLE, counterparts.capacity + 1, NULL), CR_ERROR_MEMORY);
    allocations_left = -1;
    expect(&counterparts, other.ties[0], CR_ELSEWHERE_ALIKE);
    cr_counterparts_free(&counterparts);
    assert_int_equal(allocations_held, held);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_two_who_paired_about_the_same_time_are_found),
        cmocka_unit_test(what_ends_otherwise_is_told_from_what_ends_alike),
        cmocka_unit_test(what_goes_on_there_is_followed),
        cmocka_unit_test(without_memory_what_is_known_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
