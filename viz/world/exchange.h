#ifndef CR_VIZ_EXCHANGE_H
#define CR_VIZ_EXCHANGE_H

#include <stdatomic.h>
#include <stdbool.h>

/* Three places, 0 to 2, by which one thread, the maker, hands the newest of something to another, the looker. At any
 * time the looker has one place, the maker another, and the third holds what was handed over last; so neither ever
 * waits for the other, and nothing is looked at while it is being made. */
struct cr_exchange {
    atomic_uint between;     /* the third place, and whether what it holds has not been looked at */
    unsigned making, looked; /* the maker's place, and the looker's */
    bool taken_back;         /* the maker's: what its place holds was handed over, but never looked at */
};

void cr_exchange_init(struct cr_exchange *exchange);

/* For the maker: the place to make the next one in. What was handed over last is taken back if it has not been looked
 * at, and is in that place: `*taken_back`. The same until it is handed over. */
unsigned cr_exchange_begin(struct cr_exchange *exchange, bool *taken_back);

/* For the maker: hands over what is in its place. */
void cr_exchange_hand_over(struct cr_exchange *exchange);

/* For the maker: whether the last one that was handed over has been looked at. */
bool cr_exchange_is_wanted(const struct cr_exchange *exchange);

/* For the looker: the place that holds the newest; its own until the next call. `*fresh`: it is another than at the
 * last call. */
unsigned cr_exchange_look(struct cr_exchange *exchange, bool *fresh);

#endif
