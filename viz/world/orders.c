#include "viz/world/orders.h"

#include <stdlib.h>
#include <string.h>

int cr_orders_init(struct cr_orders *orders, struct cr_error *error) {
    memset(orders, 0, sizeof *orders);
    atomic_init(&orders->aims, 0U);
    atomic_init(&orders->ended, false);
    if (pthread_mutex_init(&orders->lock, NULL) != 0)
        return cr_error_set(error, CR_ERROR_IO, "there can be no lock for the orders to the engine");
    if (pthread_cond_init(&orders->given, NULL) != 0) {
        (void)pthread_mutex_destroy(&orders->lock);
        return cr_error_set(error, CR_ERROR_IO, "there can be no signal for the orders to the engine");
    }
    if (pthread_cond_init(&orders->rested, NULL) != 0) {
        (void)pthread_mutex_destroy(&orders->lock);
        (void)pthread_cond_destroy(&orders->given);
        return cr_error_set(error, CR_ERROR_IO, "there can be no signal for the orders to the engine");
    }
    return 0;
}

void cr_orders_free(struct cr_orders *orders) {
    struct cr_order *order;
    while ((order = cr_orders_take(orders)) != NULL)
        free(order);
    (void)pthread_mutex_destroy(&orders->lock);
    (void)pthread_cond_destroy(&orders->given);
    (void)pthread_cond_destroy(&orders->rested);
}

static struct cr_order *copy_of(const struct cr_order *order) {
    const size_t length = order->path == NULL ? 0 : strlen(order->path) + 1;
    struct cr_order *const copy = malloc(sizeof *copy + length);
    if (copy == NULL)
        return NULL;
    *copy = *order;
    copy->next = NULL;
    if (length > 0)
        copy->path = memcpy(copy + 1, order->path, length);
    return copy;
}

static bool is_aim(const struct cr_order *order) {
    return order->kind == CR_ORDER_AIM || order->kind == CR_ORDER_GO;
}

uint64_t cr_orders_give(struct cr_orders *orders, const struct cr_order *order) {
    struct cr_order *const copy = copy_of(order);
    if (copy == NULL)
        return 0;
    (void)pthread_mutex_lock(&orders->lock);
    const uint64_t number = copy->number = ++orders->number;
    if (orders->last == NULL)
        orders->first = copy;
    else
        orders->last->next = copy;
    orders->last = copy;
    if (is_aim(copy))
        orders->aims++;
    (void)pthread_cond_signal(&orders->given);
    (void)pthread_mutex_unlock(&orders->lock);
    return number;
}

void cr_orders_wait(struct cr_orders *orders, uint64_t number) {
    (void)pthread_mutex_lock(&orders->lock);
    while (!orders->ended && (!orders->resting || orders->first != NULL || orders->done < number))
        (void)pthread_cond_wait(&orders->rested, &orders->lock);
    (void)pthread_mutex_unlock(&orders->lock);
}

void cr_orders_end(struct cr_orders *orders) {
    (void)pthread_mutex_lock(&orders->lock);
    orders->ended = true;
    (void)pthread_cond_signal(&orders->given);
    (void)pthread_cond_broadcast(&orders->rested);
    (void)pthread_mutex_unlock(&orders->lock);
}

struct cr_order *cr_orders_take(struct cr_orders *orders) {
    (void)pthread_mutex_lock(&orders->lock);
    struct cr_order *const order = orders->first;
    if (order != NULL) {
        orders->first = order->next;
        if (orders->first == NULL)
            orders->last = NULL;
        if (is_aim(order))
            orders->aims--;
    }
    (void)pthread_mutex_unlock(&orders->lock);
    return order;
}

void cr_orders_rest(struct cr_orders *orders, uint64_t done) {
    (void)pthread_mutex_lock(&orders->lock);
    orders->done = done;
    orders->resting = true;
    (void)pthread_cond_broadcast(&orders->rested);
    while (orders->first == NULL && !orders->ended)
        (void)pthread_cond_wait(&orders->given, &orders->lock);
    orders->resting = false;
    (void)pthread_mutex_unlock(&orders->lock);
}

bool cr_orders_ended(const struct cr_orders *orders) {
    return atomic_load(&orders->ended);
}

bool cr_orders_aim_waits(const struct cr_orders *orders) {
    return atomic_load(&orders->aims) > 0;
}
