#include "viz/world/snapshot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

/* The next piece of a block of memory that is large enough; without a block only its size grows. */
static void *take(unsigned char *memory, size_t *used, size_t bytes) {
    void *const piece = memory == NULL ? NULL : memory + *used;
    *used += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return piece;
}

/* Shares the block out among the arrays of persons; returns how many bytes they take. */
static size_t share_out(struct cr_snapshot *snapshot, unsigned char *memory) {
    const size_t people = snapshot->people;
    const size_t reals = people * sizeof(float), numbers = people * sizeof(int32_t);
    size_t used = 0;
    snapshot->presence = take(memory, &used, people);
    snapshot->female = take(memory, &used, people);
    snapshot->age = take(memory, &used, reals);
    snapshot->anxiety = take(memory, &used, reals);
    snapshot->avoidance = take(memory, &used, reals);
    snapshot->style = take(memory, &used, people);
    snapshot->earning = take(memory, &used, people);
    snapshot->arousal = take(memory, &used, reals);
    snapshot->felt = take(memory, &used, reals);
    snapshot->shown = take(memory, &used, reals);
    snapshot->satisfaction = take(memory, &used, reals);
    snapshot->partner = take(memory, &used, numbers);
    snapshot->bond = take(memory, &used, numbers);
    for (int k = 0; k < CR_STRATEGIES; k++)
        snapshot->bids[k] = take(memory, &used, people);
    snapshot->comforted = take(memory, &used, people);
    snapshot->rebuffed = take(memory, &used, people);
    snapshot->frightened = take(memory, &used, people);
    return used;
}

int cr_snapshot_init(struct cr_snapshot *snapshot, uint32_t people, struct cr_error *error) {
    memset(snapshot, 0, sizeof *snapshot);
    snapshot->people = people;
    const size_t bytes = share_out(snapshot, NULL);
    snapshot->memory = calloc(bytes == 0 ? 1 : bytes, 1);
    snapshot->happenings = calloc(CR_HAPPENINGS_KEPT, sizeof *snapshot->happenings);
    if (snapshot->memory == NULL || snapshot->happenings == NULL) {
        cr_snapshot_free(snapshot);
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to show %u persons", people);
    }
    (void)share_out(snapshot, snapshot->memory);
    for (uint32_t i = 0; i < people; i++) {
        snapshot->presence[i] = CR_UNBORN;
        snapshot->anxiety[i] = snapshot->avoidance[i] = snapshot->satisfaction[i] = NAN;
        snapshot->style[i] = CR_STYLE_NONE;
        snapshot->partner[i] = snapshot->bond[i] = CR_NOBODY;
    }
    snapshot->dossier.person = snapshot->partner_dossier.person = CR_NOBODY;
    return 0;
}

void cr_snapshot_free(struct cr_snapshot *snapshot) {
    free(snapshot->memory);
    free(snapshot->ties);
    free(snapshot->lasting);
    free(snapshot->happenings);
    free(snapshot->changes);
    cr_findings_free(&snapshot->findings);
    memset(snapshot, 0, sizeof *snapshot);
}
