#ifndef CR_IO_STORE_VALUES_H
#define CR_IO_STORE_VALUES_H

#include "io/store.h"
#include "measure/measures.h"

/* What was measured, read back from a store. */

/* A measure and group that the store has values of. */
struct cr_stored_reading {
    int64_t number; /* as the store has it */
    char *measure;  /* owned, of a program of another version perhaps */
    char *group;    /* owned */
};

struct cr_stored_readings {
    struct cr_stored_reading *reading; /* owned; in the order in which the first finished run gave them */
    size_t count;
};

/* Lists those of whole runs. CR_ERROR_IO, CR_ERROR_MEMORY. Free in any case. */
CR_NODISCARD int cr_stored_readings_init(
    struct cr_stored_readings *readings, const struct cr_store *store, struct cr_error *error);
void cr_stored_readings_free(struct cr_stored_readings *readings);

/* Fills means[k * points + p] with the mean of reading k over all replicates of point p (both from 0); NaN where any of
 * them gave no value, so that the points that count have the same luck. Reads the store once, whatever `count`.
 * CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_store_point_means(const struct cr_store *store, const struct cr_stored_reading *readings,
    size_t count, size_t points, double *means, struct cr_error *error);

/* Fills estimates[p] with the mean of one reading over the replicates of point p, its standard error and their number.
 * CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_store_point_estimates(const struct cr_store *store, const struct cr_stored_reading *reading,
    size_t points, struct cr_estimate *estimates, struct cr_error *error);

/* A row of the table of sensitivity indices. */
struct cr_stored_index {
    const char *measure, *group;
    const char *index;       /* "mu", "mu_star", "sigma", "first", "total", "second" */
    const char *parameter;   /* key of the axis */
    const char *other;       /* key of the other axis of a second-order index; otherwise NULL */
    double value, low, high; /* NaN: undefined */
    int64_t n;               /* effects or base rows that it rests on */
};

/* Puts these rows in the place of all that the table held, as a whole or not at all. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_store_indices_replace(
    const struct cr_store *store, const struct cr_stored_index *rows, size_t count, struct cr_error *error);

#endif
