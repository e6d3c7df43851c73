#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "viz/world/exchange.h"

static void the_newest_is_looked_at_once_as_fresh_and_stays(void **state) {
    (void)state;
    struct cr_exchange exchange;
    int place[3] = {0};
    bool fresh, taken_back;
    cr_exchange_init(&exchange);
    (void)cr_exchange_look(&exchange, &fresh);
    assert_false(fresh);
    for (int k = 1; k < 20; k++) {
        place[cr_exchange_begin(&exchange, &taken_back)] = k;
        assert_false(taken_back);
        cr_exchange_hand_over(&exchange);
        assert_int_equal(place[cr_exchange_look(&exchange, &fresh)], k);
        assert_true(fresh);
        assert_int_equal(place[cr_exchange_look(&exchange, &fresh)], k);
        assert_false(fresh);
    }
}

static void what_nobody_looked_at_is_taken_back_and_what_is_looked_at_is_left_alone(void **state) {
    (void)state;
    struct cr_exchange exchange;
    int place[3] = {0};
    bool fresh, taken_back;
    cr_exchange_init(&exchange);
    place[cr_exchange_begin(&exchange, &taken_back)] = 1;
    cr_exchange_hand_over(&exchange);
    const unsigned looked = cr_exchange_look(&exchange, &fresh);
    for (int k = 2; k < 20; k++) {
        const unsigned making = cr_exchange_begin(&exchange, &taken_back);
        assert_int_equal(taken_back, k > 2);
        assert_int_equal(place[making], k > 2 ? k - 1 : 0);
        assert_int_equal(cr_exchange_begin(&exchange, &taken_back), making); /* until it is handed over */
        assert_int_equal(taken_back, k > 2);
        assert_int_not_equal(making, looked);
        place[making] = k;
        assert_int_equal(place[looked], 1);
        assert_true(cr_exchange_is_wanted(&exchange));
        cr_exchange_hand_over(&exchange);
        assert_false(cr_exchange_is_wanted(&exchange));
    }
    assert_int_equal(place[cr_exchange_look(&exchange, &fresh)], 19);
    assert_true(cr_exchange_is_wanted(&exchange));
}

enum { HANDED_OVER = 200000 };

/* Each place holds the same number twice, and how many numbers nobody has looked at. */
struct shared {
    struct cr_exchange exchange;
    long first[3], second[3], unseen[3];
    atomic_bool ready;
};

static void *make(void *context) {
    struct shared *shared = context;
    bool taken_back;
    for (long k = 1; k <= HANDED_OVER; k++) {
        const unsigned place = cr_exchange_begin(&shared->exchange, &taken_back);
        shared->first[place] = k;
        shared->unseen[place] = taken_back ? shared->unseen[place] + 1 : 1;
        shared->second[place] = k;
        cr_exchange_hand_over(&shared->exchange);
    }
    atomic_store(&shared->ready, true);
    return NULL;
}

static void two_threads_never_have_the_same_place_and_nothing_is_lost(void **state) {
    (void)state;
    static struct shared shared;
    pthread_t maker;
    cr_exchange_init(&shared.exchange);
    assert_int_equal(pthread_create(&maker, NULL, make, &shared), 0);
    long last = 0, counted = 0, looks = 0;
    for (bool over = false; !over;) {
        over = atomic_load(&shared.ready);
        bool fresh;
        const unsigned place = cr_exchange_look(&shared.exchange, &fresh);
        if (!fresh)
            continue;
        assert_int_equal(shared.first[place], shared.second[place]);
        assert_true(shared.first[place] > last);
        last = shared.first[place];
        counted += shared.unseen[place];
        looks++;
    }
    assert_int_equal(pthread_join(maker, NULL), 0);
    assert_int_equal(last, HANDED_OVER);
    assert_int_equal(counted, HANDED_OVER);
    assert_true(looks >= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_is_looked_at_once_as_fresh_and_stays),
        cmocka_unit_test(what_nobody_looked_at_is_taken_back_and_what_is_looked_at_is_left_alone),
        cmocka_unit_test(two_threads_never_have_the_same_place_and_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
