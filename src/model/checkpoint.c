#include "model/checkpoint.h"

#include <stdlib.h>
#include <string.h>

size_t cr_checkpoint_size(const struct cr_simulation *simulation) {
    return simulation->people.bytes +
           (size_t)simulation->bonds.active_count * (sizeof(struct cr_bond) + sizeof(int32_t));
}

int cr_checkpoint_init(
    struct cr_checkpoint *checkpoint, const struct cr_simulation *simulation, struct cr_error *error) {
    const struct cr_bonds *bonds = &simulation->bonds;
    const size_t active = (size_t)bonds->active_count;
    *checkpoint = (struct cr_checkpoint){.week = simulation->week,
        .people = malloc(simulation->people.bytes),
        .bonds = malloc((active + 1) * sizeof *checkpoint->bonds),
        .active = malloc((active + 1) * sizeof *checkpoint->active),
        .active_count = bonds->active_count,
        .bond_count = bonds->count,
        .bytes = cr_checkpoint_size(simulation)};
    if (checkpoint->people == NULL || checkpoint->bonds == NULL || checkpoint->active == NULL) {
        cr_checkpoint_free(checkpoint);
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory (%zu MB) to keep week %d to go back to",
            simulation->people.bytes >> 20U, simulation->week);
    }
    memcpy(checkpoint->people, simulation->people.memory, simulation->people.bytes);
    for (size_t k = 0; k < active; k++) {
        checkpoint->active[k] = bonds->active[k];
        checkpoint->bonds[k] = bonds->bond[bonds->active[k]];
    }
    return 0;
}

void cr_checkpoint_free(struct cr_checkpoint *checkpoint) {
    free(checkpoint->people);
    free(checkpoint->bonds);
    free(checkpoint->active);
    memset(checkpoint, 0, sizeof *checkpoint);
}

void cr_checkpoint_restore(const struct cr_checkpoint *checkpoint, struct cr_simulation *simulation) {
    struct cr_bonds *bonds = &simulation->bonds;
    memcpy(simulation->people.memory, checkpoint->people, simulation->people.bytes);
    bonds->count = checkpoint->bond_count;
    bonds->active_count = checkpoint->active_count;
    for (int32_t k = 0; k < checkpoint->active_count; k++) {
        bonds->active[k] = checkpoint->active[k];
        bonds->bond[checkpoint->active[k]] = checkpoint->bonds[k];
    }
    simulation->week = checkpoint->week;
    cr_simulation_resolve(simulation);
}
