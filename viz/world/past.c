#include "viz/world/past.h"

#include <stdlib.h>
#include <string.h>

void cr_past_init(struct cr_past *past, size_t most_bytes, int32_t interval) {
    *past = (struct cr_past){.most_bytes = most_bytes, .interval = interval};
}

static void drop(struct cr_past *past, struct cr_checkpoint *checkpoint) {
    past->bytes -= checkpoint->bytes;
    cr_checkpoint_free(checkpoint);
}

void cr_past_free(struct cr_past *past) {
    cr_past_forget(past, -1);
    free(past->kept);
    memset(past, 0, sizeof *past);
}

/* Keeps every second one, week 0 among them. */
static void thin(struct cr_past *past) {
    size_t left = 0;
    past->interval *= 2;
    for (size_t k = 0; k < past->count; k++)
        if (past->kept[k].week % past->interval == 0)
            past->kept[left++] = past->kept[k];
        else
            drop(past, &past->kept[k]);
    past->count = left;
}

static bool reserve(struct cr_past *past) {
    if (past->count < past->capacity)
        return true;
    const size_t capacity = past->capacity == 0 ? 64 : 2 * past->capacity;
    struct cr_checkpoint *const grown = realloc(past->kept, capacity * sizeof *grown);
    if (grown == NULL)
        return false;
    past->kept = grown;
    past->capacity = capacity;
    return true;
}

int cr_past_keep(struct cr_past *past, const struct cr_simulation *simulation, struct cr_error *error) {
    const int32_t week = simulation->week;
    if (past->count > 0 && (week % past->interval != 0 || past->kept[past->count - 1].week >= week))
        return 0;
    const size_t bytes = cr_checkpoint_size(simulation);
    while (past->count > 1 && past->bytes + bytes > past->most_bytes)
        thin(past);
    if (past->count > 0 && (week % past->interval != 0 || past->bytes + bytes > past->most_bytes))
        return 0;
    if (!reserve(past))
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to keep week %d to go back to", week);
    const int status = cr_checkpoint_init(&past->kept[past->count], simulation, error);
    if (status == 0)
        past->bytes += past->kept[past->count++].bytes;
    return status;
}

const struct cr_checkpoint *cr_past_before(const struct cr_past *past, int32_t week) {
    size_t k = past->count - 1;
    while (past->kept[k].week > week)
        k--;
    return &past->kept[k];
}

void cr_past_forget(struct cr_past *past, int32_t week) {
    while (past->count > 0 && past->kept[past->count - 1].week > week)
        drop(past, &past->kept[--past->count]);
}

void cr_past_begin_anew(struct cr_past *past, const struct cr_checkpoint *beginning) {
    cr_past_forget(past, -1);
    past->kept[past->count++] = *beginning;
    past->bytes += beginning->bytes;
}
