#ifndef CR_IO_STORE_OUTLINE_H
#define CR_IO_STORE_OUTLINE_H

#include "io/store.h"
#include "model/scenario.h"

/* What a sweep is to be: written to a store when it begins, compared with it when it is resumed. */

struct cr_store_fact {
    const char *key, *value;
    bool decides; /* whether it can change a result, so that resuming under another value is refused */
};

struct cr_store_axis {
    const char *key;              /* of the scenario; the name of a column */
    const struct cr_field *field; /* its row of the registry */
};

struct cr_store_outline {
    const struct cr_store_fact *facts; /* borrowed, as all else here */
    size_t fact_count;
    const struct cr_scenario *scenario; /* what every run begins from */
    const struct cr_store_axis *axes;
    size_t axis_count;
    int64_t points, replicates; /* every point is run once a replicate */
    int64_t first_replicate;
    int64_t shard, shards; /* of all runs, numbered from 1, those whose number leaves the remainder shard - 1 */

    /* Fills `values`, one an axis, with the next point; called `points` times, from the first. */
    void (*next_point)(void *context, double *values);
    void *context;
};

/* Writes the outline to an empty store, as a whole or not at all: all points, and all runs of the shard as waiting. Run
 * number (point - 1) * replicates + k is replicate first_replicate + k - 1 of a point, points and runs counted from 1.
 * CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_store_begin(
    const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error);

/* Compares. CR_ERROR_USAGE tells the first thing that differs, what it was and what it is, and how many more there
 * are. */
CR_NODISCARD int cr_store_compare(
    const struct cr_store *store, const struct cr_store_outline *outline, struct cr_error *error);

/* The value of a fact, to be freed by the caller; NULL if there is none or memory is short. */
char *cr_store_fact(const struct cr_store *store, const char *key);

#endif
