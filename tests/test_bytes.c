#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "report/bytes.h"

static void bytes_grow_in_order(void **state) {
    (void)state;
    struct cr_bytes bytes = {0};
    for (int i = 0; i < 5000; i++)
        cr_bytes_add_text(&bytes, "abc");
    assert_int_equal(bytes.size, 15000);
    for (size_t i = 0; i < bytes.size; i++)
        assert_int_equal(bytes.data[i], "abc"[i % 3]);
    cr_bytes_add(&bytes, NULL, 0);
    assert_int_equal(bytes.size, 15000);
    cr_bytes_free(&bytes);
    cr_bytes_free(&bytes);
    assert_int_equal(allocations_held, 0);
}

static void a_failure_is_remembered_and_keeps_what_was_there(void **state) {
    (void)state;
    struct cr_bytes bytes = {0};
    char block[5000] = "x";
    cr_bytes_add_text(&bytes, "kept");
    allocations_left = 0;
    cr_bytes_add(&bytes, block, sizeof block);
    allocations_left = -1;
    assert_true(bytes.failed);
    cr_bytes_add_text(&bytes, "late");
    assert_int_equal(bytes.size, 4);
    assert_memory_equal(bytes.data, "kept", 4);
    cr_bytes_free(&bytes);
    assert_false(bytes.failed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_grow_in_order),
        cmocka_unit_test(a_failure_is_remembered_and_keeps_what_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
