#include "viz/world/future.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(struct cr_future *future, const struct cr_record *record) {
    const int32_t capacity = record->simulation->bonds.capacity;
    if (capacity > future->bond_capacity) {
        struct cr_bond *const bonds = realloc(future->bonds, (size_t)capacity * sizeof *bonds);
        if (bonds == NULL)
            return false;
        future->bonds = bonds;
        future->bond_capacity = capacity;
    }
    for (int v = 0; v < CR_VISITS; v++) {
        if (future->visits[v] == NULL)
            future->visits[v] = malloc(record->people * sizeof *future->visits[v]);
        if (future->visits[v] == NULL)
            return false;
    }
    return true;
}

void cr_future_keep(struct cr_future *future, const struct cr_record *record) {
    const struct cr_bonds *bonds = &record->simulation->bonds;
    future->week = 0;
    if (!reserve(future, record))
        return;
    if (bonds->count > 0)
        memcpy(future->bonds, bonds->bond, (size_t)bonds->count * sizeof *bonds->bond);
    for (int v = 0; v < CR_VISITS; v++)
        memcpy(future->visits[v], record->visits[v], record->people * sizeof *future->visits[v]);
    future->bond_count = bonds->count;
    future->week = record->simulation->week;
}

void cr_future_free(struct cr_future *future) {
    free(future->bonds);
    for (int v = 0; v < CR_VISITS; v++)
        free(future->visits[v]);
    memset(future, 0, sizeof *future);
}

void cr_future_restore(const struct cr_future *future, const struct cr_checkpoint *checkpoint,
    struct cr_simulation *simulation, struct cr_record *record) {
    if (checkpoint->bond_count > 0)
        memcpy(simulation->bonds.bond, future->bonds, (size_t)checkpoint->bond_count * sizeof *future->bonds);
    cr_checkpoint_restore(checkpoint, simulation);
    for (int v = 0; v < CR_VISITS; v++)
        memcpy(record->visits[v], future->visits[v], record->people * sizeof *future->visits[v]);
    cr_record_rewind(record, checkpoint->week);
}
