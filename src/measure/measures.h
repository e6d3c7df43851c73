#ifndef CR_MEASURE_MEASURES_H
#define CR_MEASURE_MEASURES_H

#include "measure/record.h"
#include "measure/statistics.h"

/* The registry of measures: what Cradle reports, one row a measure in measure/measures.def. Adding a measure is adding
 * one row and the function that computes it from the record of a replicate. */

enum { CR_GROUP_SIZE = 32 };

/* One number that a measure gives: for a group, and, in a time course, for a year. */
struct cr_reading {
    int measure;               /* number of the row in cr_measures */
    char group[CR_GROUP_SIZE]; /* "all", or what the measure's `groups` says */
    double year;               /* of the run, for time courses; NaN for measures of the whole run */
    struct cr_estimate estimate;
};

/* A growing list of readings, and scratch that computing them needs. Begin with all zero; free with cr_readings_free.
 */
struct cr_readings {
    struct cr_reading *reading; /* owned; `count` of them */
    size_t count, capacity;
    int measure; /* the row that is being computed */
    double year; /* the year that is being computed; NaN for the whole run */
    bool failed; /* memory ran out */
};
void cr_readings_free(struct cr_readings *readings);

/* Adds what the present row gives for a group. */
void cr_readings_add(struct cr_readings *readings, const char *group, struct cr_estimate estimate);

/* Computes a measure over a whole replicate. */
typedef void cr_measure_function(const struct cr_record *record, struct cr_readings *readings);

/* Computes a measure at one survey, for the time course. */
typedef void cr_course_function(const struct cr_record *record, int32_t survey, struct cr_readings *readings);

struct cr_measure {
    const char *name;
    const char *groups; /* what its groups are, in words */
    const char *unit;
    const char *instrument;     /* how it is taken */
    const char *what;           /* definition, one or two sentences */
    cr_measure_function *whole; /* or NULL */
    cr_course_function *course; /* or NULL */
};

/* The registry; static. */
extern const struct cr_measure cr_measures[];
extern const int cr_measure_count;

/* The row of that name; -1 for none. */
int cr_measure_find(const char *name);

/* Computes all measures of a replicate that has been recorded to its end: those of the whole run and all time courses.
 * CR_ERROR_MEMORY. */
CR_NODISCARD int cr_measures_compute(
    const struct cr_record *record, struct cr_readings *readings, struct cr_error *error);

#endif
