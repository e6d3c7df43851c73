#include "viz/world/exchange.h"

/* Beside the number of the third place. */
enum { FRESH = 4 };

void cr_exchange_init(struct cr_exchange *exchange) {
    atomic_init(&exchange->between, 1U);
    exchange->making = 0;
    exchange->looked = 2;
    exchange->taken_back = false;
}

unsigned cr_exchange_begin(struct cr_exchange *exchange, bool *taken_back) {
    if (!cr_exchange_is_wanted(exchange)) {
        const unsigned got = atomic_exchange(&exchange->between, exchange->making);
        exchange->making = got & ~(unsigned)FRESH;
        exchange->taken_back = (got & FRESH) != 0;
    }
    *taken_back = exchange->taken_back;
    return exchange->making;
}

void cr_exchange_hand_over(struct cr_exchange *exchange) {
    exchange->making = atomic_exchange(&exchange->between, exchange->making | FRESH) & ~(unsigned)FRESH;
    exchange->taken_back = false;
}

bool cr_exchange_is_wanted(const struct cr_exchange *exchange) {
    return (atomic_load(&exchange->between) & FRESH) == 0;
}

unsigned cr_exchange_look(struct cr_exchange *exchange, bool *fresh) {
    unsigned between = atomic_load(&exchange->between);
    /* The maker may be taking it back this very moment. */
    while ((between & FRESH) != 0 && !atomic_compare_exchange_weak(&exchange->between, &between, exchange->looked))
        continue;
    *fresh = (between & FRESH) != 0;
    if (*fresh)
        exchange->looked = between & ~(unsigned)FRESH;
    return exchange->looked;
}
