#ifndef CR_VIZ_ORDERS_H
#define CR_VIZ_ORDERS_H

#include <pthread.h>
#include <stdatomic.h>

#include "viz/world/findings.h"

/* What one thread, the giver, tells another, the taker, to do, in that order, and whether it has been done. */

enum cr_order_kind {
    CR_ORDER_AIM,
    CR_ORDER_GO,
    CR_ORDER_BEGIN_ANEW,
    CR_ORDER_CHANGE,
    CR_ORDER_LOOK_AT,
    CR_ORDER_WANT,
    CR_ORDER_WRITE,
    CR_ORDER_SAVE,
};

/* A change of a live parameter from the present week on. */
struct cr_wish {
    const struct cr_field *field; /* static */
    double value;
    int32_t weeks; /* that it lasts; 0: for good */
};

/* So many at most are made together. */
enum { CR_WISHES_MAX = 8 };

struct cr_order {
    enum cr_order_kind kind;
    uint64_t number;    /* from 1 */
    int32_t week;       /* to aim at or go to */
    int32_t person;     /* to look at */
    uint32_t replicate; /* to begin anew with */
    size_t world;
    struct cr_wish wishes[CR_WISHES_MAX]; /* to change */
    size_t wish_count;
    struct cr_wants wants;
    const char *path;      /* to write or save to; kept with the order */
    struct cr_order *next; /* owned */
};

struct cr_orders {
    pthread_mutex_t lock; /* on all below; held for no longer than it takes to hang an order in or out */
    pthread_cond_t given, rested;
    struct cr_order *first, *last; /* owned; those that wait */
    uint64_t number;               /* of the last one given */
    uint64_t done;                 /* of the last one that was carried out when the taker last rested */
    bool resting;
    atomic_uint aims; /* how many weeks to aim at or go to wait; like the next one also read without the lock */
    atomic_bool ended;
};

/* CR_ERROR_IO, with nothing to free; else free with cr_orders_free once no other thread uses it. */
CR_NODISCARD int cr_orders_init(struct cr_orders *orders, struct cr_error *error);
void cr_orders_free(struct cr_orders *orders);

/* For the giver: hands on a copy of an order, its path (NULL for none) included. Returns its number; 0 without memory.
 */
uint64_t cr_orders_give(struct cr_orders *orders, const struct cr_order *order);

/* For the giver: waits until that order is carried out and the taker rests, or has ended. */
void cr_orders_wait(struct cr_orders *orders, uint64_t number);

/* For the giver: lets the taker end. */
void cr_orders_end(struct cr_orders *orders);

/* For the taker: the next order, its own to free; NULL if none waits. */
struct cr_order *cr_orders_take(struct cr_orders *orders);

/* For the taker: rests, all orders up to number `done` being carried out, until another is given or all shall end. */
void cr_orders_rest(struct cr_orders *orders, uint64_t done);

/* For the taker, without waiting for the giver: whether all shall end; whether another week to aim at or
 * go to waits. */
bool cr_orders_ended(const struct cr_orders *orders);
bool cr_orders_aim_waits(const struct cr_orders *orders);

#endif
