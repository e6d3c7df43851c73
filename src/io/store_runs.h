#ifndef CR_IO_STORE_RUNS_H
#define CR_IO_STORE_RUNS_H

#include "io/store.h"
#include "measure/measures.h"
#include "model/registry.h"

/* The runs of a store: which wait, and what came of the others. */

/* What came of one run. */
struct cr_run_outcome {
    int64_t run;                 /* its number, from 1 */
    int status;                  /* 0, or the code of the failure */
    char sentence[512];          /* of the failure */
    double seconds;              /* that it took, on a clock that never steps back */
    struct cr_reading *readings; /* owned; what is kept: measures of the whole run (year NaN) and series */
    size_t reading_count;
};
void cr_run_outcome_free(struct cr_run_outcome *outcome);

/* A run that waits. */
struct cr_waiting_run {
    int64_t run;       /* its number */
    int64_t replicate; /* as cr_simulation_init takes it */
    double *values;    /* room for one an axis, given by the caller */
};

struct cr_tally {
    int64_t waiting, done, failed;
};

/* A number that SQLite gave to a measure and group. */
struct cr_store_reading {
    int64_t number;
    int measure;
    char group[CR_GROUP_SIZE];
};

struct cr_store_runs {
    const struct cr_store *store;         /* borrowed */
    const struct cr_field *const *fields; /* borrowed: the rows of the axes */
    size_t axis_count;
    sqlite3_stmt *next, *finish, *measure, *series, *find, *add_reading; /* owned */
    struct cr_store_reading *known;                                      /* owned: by their place in the last outcome */
    size_t known_count;
    bool begun; /* whether something has been put since the last commit */
};

/* Begins with the runs of a store that has an outline; `fields` are the rows of its axes. Free in any case. */
CR_NODISCARD int cr_store_runs_init(struct cr_store_runs *runs, const struct cr_store *store,
    const struct cr_field *const *fields, size_t axis_count, struct cr_error *error);
void cr_store_runs_free(struct cr_store_runs *runs);

CR_NODISCARD int cr_store_runs_tally(const struct cr_store *store, struct cr_tally *tally, struct cr_error *error);

/* Makes all failed runs wait again, and forgets sensitivity indices, which would rest on less. */
CR_NODISCARD int cr_store_runs_retry(const struct cr_store *store, struct cr_error *error);

/* Finds the waiting run with the lowest number above `after`. Stores run 0 if there is none. */
CR_NODISCARD int cr_store_runs_next(
    struct cr_store_runs *runs, int64_t after, struct cr_waiting_run *run, struct cr_error *error);

/* Writes what came of a run. It is safe once cr_store_runs_commit has returned 0. */
CR_NODISCARD int cr_store_runs_put(
    struct cr_store_runs *runs, const struct cr_run_outcome *outcome, struct cr_error *error);
CR_NODISCARD int cr_store_runs_commit(struct cr_store_runs *runs, struct cr_error *error);

#endif
