#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "failing_allocation.h"
#include "study/outcome_message.h"

static void an_outcome_survives_the_way_through_its_head(void **state) {
    (void)state;
    struct cr_run_outcome outcome = {.run = INT64_C(1) << 40, .status = CR_ERROR_TIME, .seconds = 0.1 + 0.2}, copy;
    struct cr_outcome_head head;
    memset(outcome.sentence, 'x', sizeof outcome.sentence - 1);
    outcome.reading_count = 3;
    cr_outcome_head_from(&head, &outcome);
    assert_int_equal(cr_outcome_from_head(&copy, &head, NULL), 0);
    assert_int_equal(copy.run, outcome.run);
    assert_int_equal(copy.status, CR_ERROR_TIME);
    assert_true(copy.seconds == outcome.seconds);
    assert_string_equal(copy.sentence, outcome.sentence);
    assert_int_equal(copy.reading_count, 3);
    memset(copy.readings, 0, 3 * sizeof *copy.readings); /* the room is there */
    cr_run_outcome_free(&copy);
}

static void equal_outcomes_give_equal_bytes(void **state) {
    (void)state;
    const struct cr_run_outcome outcome = {.run = 3, .sentence = "short"};
    struct cr_outcome_head one, other;
    memset(&one, 0x55, sizeof one);
    memset(&other, 0xaa, sizeof other);
    cr_outcome_head_from(&one, &outcome);
    cr_outcome_head_from(&other, &outcome);
    assert_memory_equal(&one, &other, sizeof one);
}

static void an_outcome_without_readings_needs_no_memory(void **state) {
    (void)state;
    const struct cr_run_outcome outcome = {.run = 3, .sentence = "it failed"};
    struct cr_run_outcome copy;
    struct cr_outcome_head head;
    cr_outcome_head_from(&head, &outcome);
    allocations_left = 0;
    const int status = cr_outcome_from_head(&copy, &head, NULL);
    allocations_left = -1;
    assert_int_equal(status, 0);
    assert_null(copy.readings);
    assert_string_equal(copy.sentence, "it failed");
    cr_run_outcome_free(&copy);
}

static void without_memory_for_the_readings_there_are_none(void **state) {
    (void)state;
    const struct cr_run_outcome outcome = {.run = 3, .reading_count = 5};
    struct cr_run_outcome copy;
    struct cr_outcome_head head;
    struct cr_error error = {0};
    cr_outcome_head_from(&head, &outcome);
    allocations_left = 0;
    const int status = cr_outcome_from_head(&copy, &head, &error);
    allocations_left = -1;
    assert_int_equal(status, CR_ERROR_MEMORY);
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    assert_null(copy.readings);
    assert_int_equal(copy.reading_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outcome_survives_the_way_through_its_head),
        cmocka_unit_test(equal_outcomes_give_equal_bytes),
        cmocka_unit_test(an_outcome_without_readings_needs_no_memory),
        cmocka_unit_test(without_memory_for_the_readings_there_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
