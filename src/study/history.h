#ifndef CR_STUDY_HISTORY_H
#define CR_STUDY_HISTORY_H

#include "measure/survival.h"
#include "study/collection.h"
#include "study/fate.h"
#include "study/replicate.h"

/* What is kept of a scenario's replicates, to be compared and drawn. */

/* A point of a time course: mean over replicates. */
struct cr_course_point {
    int measure; /* number of the row in cr_measures */
    char group[CR_GROUP_SIZE];
    double year;
    int64_t n;            /* replicates that gave a value */
    double mean, squares; /* of them; sum of squared deviations (Welford 1962) */
};

/* Lengths of relationships, those of all replicates one after the other. */
struct cr_lengths {
    double *weeks; /* owned */
    bool *event;   /* owned: ended by leaving; otherwise censored by death or the end of the run */
    size_t count, capacity;
};

struct cr_history {
    struct cr_collection measures;  /* of the whole run, by replicate */
    struct cr_course_point *course; /* owned; in the order in which the first replicate gave them */
    size_t course_count;
    struct cr_fates fates;
    struct cr_lengths lengths;
};

/* Adds the next replicate. Begin with all zero. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_history_add(
    struct cr_history *history, const struct cr_replicate *replicate, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_history_free(struct cr_history *history);

/* A point's standard error over replicates; NaN for fewer than two. */
double cr_course_se(const struct cr_course_point *point);

/* Log-rank test that the relationships of several histories, pooled over replicates, end at one hazard (measure/
 * survival.h). It takes them as independent, which those of one run are not. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_lengths_log_rank(
    const struct cr_lengths *const *lengths, size_t count, struct cr_log_rank *test, struct cr_error *error);

#endif
