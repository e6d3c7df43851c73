#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "failing_allocation.h"
#include "two_worlds.h"
#include "viz/panel/panel_matter.h"

enum { YEARS = 20 };

static int begin(void **state) {
    struct two_worlds *worlds = malloc(sizeof *worlds);
    if (worlds == NULL)
        return -1;
    two_worlds_begin(worlds, YEARS * 52);
    *state = worlds;
    return 0;
}

static int end(void **state) {
    two_worlds_end(*state);
    free(*state);
    return 0;
}

static void see(struct cr_panel_matter **matter, const struct two_worlds *worlds) {
    assert_int_equal(cr_panel_matter_see(matter, &worlds->sight, NULL), 0);
}

static void it_is_a_copy_of_what_a_sight_found(void **state) {
    struct two_worlds *worlds = *state;
    struct cr_panel_matter *matter = NULL;
    worlds->sight.count = 2;
    see(&matter, worlds);
    assert_int_equal(matter->count, 2);
    assert_string_equal(matter->world[1].name, "harsh");
    assert_int_equal(matter->world[0].findings.survey_count, YEARS);
    assert_int_equal(matter->weeks, 40 * 52);
    assert_int_equal(cr_panel_matter_survey(matter), YEARS - 1);
    worlds->sight.count = 1;
    cr_panel_matter_let_go(matter);
    cr_panel_matter_let_go(NULL);
}

static void it_is_new_only_if_something_is(void **state) {
    struct two_worlds *worlds = *state;
    struct cr_panel_matter *matter = NULL;
    struct cr_snapshot *snapshot = &worlds->sight.of[0];
    see(&matter, worlds);
    uint64_t number = matter->number;
    see(&matter, worlds);
    assert_true(matter->number == number);
    snapshot->week = snapshot->head = YEARS * 52 + 7; /* within the same year, at the head */
    see(&matter, worlds);
    assert_true(matter->number == number);
    snapshot->week = YEARS * 52 - 100; /* looking back */
    see(&matter, worlds);
    assert_true(matter->number > number);
    number = matter->number;
    snapshot->week++;
    see(&matter, worlds);
    assert_true(matter->number > number);
    assert_int_equal(matter->week, YEARS * 52 - 99);
    assert_int_equal(cr_panel_matter_survey(matter), YEARS - 3);
    number = matter->number;
    worlds->changes[0] = (struct cr_change){9, cr_registry_find(&cr_parameter_registry, "needs.rate_adult"), 2.0};
    snapshot->changes = worlds->changes;
    snapshot->change_count = 1;
    see(&matter, worlds);
    assert_true(matter->number > number);
    number = matter->number;
    worlds->changes[0].value = 3.0;
    see(&matter, worlds);
    assert_true(matter->number > number);
    assert_true(matter->world[0].changes[0].value == 3.0);
    snapshot->changes = NULL;
    snapshot->change_count = 0;
    snapshot->week = snapshot->head = YEARS * 52;
    cr_panel_matter_let_go(matter);
}

static void what_others_hold_does_not_change(void **state) {
    struct two_worlds *worlds = *state;
    struct cr_panel_matter *matter = NULL;
    struct cr_snapshot *snapshot = &worlds->sight.of[0];
    see(&matter, worlds);
    struct cr_panel_matter *const held = cr_panel_matter_hold(matter);
    const uint64_t number = held->number;
    snapshot->week = 300;
    see(&matter, worlds);
    assert_true(matter != held);
    assert_true(held->number == number && matter->number == number + 1);
    assert_int_equal(held->week, YEARS * 52);
    assert_int_equal(held->world[0].findings.survey_count, YEARS);
    cr_panel_matter_let_go(held);
    struct cr_panel_matter *const alone = matter;
    snapshot->week = YEARS * 52;
    see(&matter, worlds);
    assert_true(matter == alone); /* nobody else had it */
    cr_panel_matter_let_go(matter);
}

static void without_memory_the_old_one_stays(void **state) {
    struct two_worlds *worlds = *state;
    struct cr_panel_matter *matter = NULL;
    struct cr_snapshot *snapshot = &worlds->sight.of[0];
    see(&matter, worlds);
    struct cr_panel_matter *const held = cr_panel_matter_hold(matter);
    snapshot->week = 300;
    for (long n = 0; n < 3; n++) {
        struct cr_error error = {0};
        const long before = allocations_held;
        allocations_left = n;
        assert_int_equal(cr_panel_matter_see(&matter, &worlds->sight, &error), CR_ERROR_MEMORY);
        allocations_left = -1;
        assert_int_equal(error.code, CR_ERROR_MEMORY);
        assert_true(matter == held);
        assert_true(allocations_held == before);
    }
    snapshot->week = YEARS * 52;
    cr_panel_matter_let_go(held);
    cr_panel_matter_let_go(matter);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_a_copy_of_what_a_sight_found),
        cmocka_unit_test(it_is_new_only_if_something_is),
        cmocka_unit_test(what_others_hold_does_not_change),
        cmocka_unit_test(without_memory_the_old_one_stays),
    };
    return cmocka_run_group_tests_name("panel_matter", tests, begin, end);
}
