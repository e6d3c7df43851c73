#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "failing_allocation.h"
#include "viz/world/orders.h"

static void orders_are_taken_in_the_order_given_and_numbered_from_1(void **state) {
    (void)state;
    struct cr_orders orders;
    assert_int_equal(cr_orders_init(&orders, NULL), 0);
    assert_null(cr_orders_take(&orders));
    for (int32_t k = 1; k <= 50; k++)
        assert_int_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_LOOK_AT, .person = k}), k);
    for (int32_t k = 1; k <= 50; k++) {
        struct cr_order *order = cr_orders_take(&orders);
        assert_non_null(order);
        assert_int_equal(order->kind, CR_ORDER_LOOK_AT);
        assert_int_equal(order->number, k);
        assert_int_equal(order->person, k);
        free(order);
    }
    assert_null(cr_orders_take(&orders));
    assert_int_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_AIM}), 51);
    cr_orders_free(&orders); /* with the one that waits */
}

static void an_order_keeps_its_own_copy_of_a_path(void **state) {
    (void)state;
    struct cr_orders orders;
    char path[] = "/some/where";
    assert_int_equal(cr_orders_init(&orders, NULL), 0);
    assert_int_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_SAVE, .path = path}), 1);
    memset(path, 'x', sizeof path - 1);
    struct cr_order *order = cr_orders_take(&orders);
    assert_string_equal(order->path, "/some/where");
    free(order);
    cr_orders_free(&orders);
}

static void aims_and_weeks_to_go_to_are_seen_while_they_wait(void **state) {
    (void)state;
    struct cr_orders orders;
    assert_int_equal(cr_orders_init(&orders, NULL), 0);
    assert_int_not_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_WANT}), 0);
    assert_false(cr_orders_aim_waits(&orders));
    assert_int_not_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_AIM}), 0);
    assert_int_not_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_GO}), 0);
    assert_true(cr_orders_aim_waits(&orders));
    free(cr_orders_take(&orders));
    free(cr_orders_take(&orders));
    assert_true(cr_orders_aim_waits(&orders));
    free(cr_orders_take(&orders));
    assert_false(cr_orders_aim_waits(&orders));
    cr_orders_free(&orders);
}

struct taker {
    struct cr_orders orders;
    atomic_long carried_out, rests;
};

static void *carry_out(void *context) {
    struct taker *taker = context;
    uint64_t done = 0;
    while (!cr_orders_ended(&taker->orders)) {
        struct cr_order *order = cr_orders_take(&taker->orders);
        if (order == NULL) {
            taker->rests++;
            cr_orders_rest(&taker->orders, done);
            continue;
        }
        done = order->number;
        taker->carried_out++;
        free(order);
    }
    return NULL;
}

static void waiting_ends_when_all_is_carried_out_and_the_taker_rests(void **state) {
    (void)state;
    static struct taker taker;
    pthread_t thread;
    assert_int_equal(cr_orders_init(&taker.orders, NULL), 0);
    assert_int_equal(pthread_create(&thread, NULL, carry_out, &taker), 0);
    long given = 0;
    for (int k = 0; k < 2000; k++) {
        uint64_t number = 0;
        for (int each = 0; each <= k % 3; each++, given++)
            number = cr_orders_give(&taker.orders, &(struct cr_order){.kind = CR_ORDER_AIM});
        if (k % 5 == 0)
            continue;
        cr_orders_wait(&taker.orders, number);
        assert_int_equal(taker.carried_out, given);
    }
    cr_orders_wait(&taker.orders, 0); /* for any order: nothing is left */
    assert_int_equal(taker.carried_out, given);
    cr_orders_end(&taker.orders);
    assert_int_equal(pthread_join(thread, NULL), 0);
    cr_orders_wait(&taker.orders, 1000000); /* nobody is left to wait for */
    assert_true(taker.rests <= given + 2);  /* none without an order between */
    cr_orders_free(&taker.orders);
}

static void an_order_without_memory_has_number_0_and_none_is_lost(void **state) {
    (void)state;
    struct cr_orders orders;
    const long held = allocations_held;
    assert_int_equal(cr_orders_init(&orders, NULL), 0);
    assert_int_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_AIM}), 1);
    allocations_left = 0;
    assert_int_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_AIM}), 0);
    allocations_left = -1;
    assert_int_equal(cr_orders_give(&orders, &(struct cr_order){.kind = CR_ORDER_AIM}), 2);
    cr_orders_free(&orders);
    assert_int_equal(allocations_held, held);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_are_taken_in_the_order_given_and_numbered_from_1),
        cmocka_unit_test(an_order_keeps_its_own_copy_of_a_path),
        cmocka_unit_test(aims_and_weeks_to_go_to_are_seen_while_they_wait),
        cmocka_unit_test(waiting_ends_when_all_is_carried_out_and_the_taker_rests),
        cmocka_unit_test(an_order_without_memory_has_number_0_and_none_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
