#ifndef CR_TESTS_SYNTHETIC_VALUES_H
#define CR_TESTS_SYNTHETIC_VALUES_H

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/stream.h"
#include "study/collection.h"

/* Collections of values that were not simulated. Include after cmocka.h. */

/* A row of a collection: a value for each replicate, borrowed. */
struct synthetic_row {
    const char *measure, *group;
    const double *x;
};

enum { SYNTHETIC_PERSONS = 16 };
static const double synthetic_se = 0.5; /* within each replicate; so 2 is the standard deviation between persons */

/* Free it. */
static inline struct cr_collection synthetic_collection(
    const struct synthetic_row *rows, size_t row_count, size_t replicates) {
    struct cr_collection collection = {0};
    for (size_t k = 0; k < replicates; k++) {
        struct cr_readings readings = {.year = (double)NAN};
        for (size_t r = 0; r < row_count; r++) {
            readings.measure = cr_measure_find(rows[r].measure);
            assert_true(readings.measure >= 0);
            cr_readings_add(&readings, rows[r].group,
                (struct cr_estimate){.value = rows[r].x[k], .se = synthetic_se, .n = SYNTHETIC_PERSONS});
        }
        assert_false(readings.failed);
        assert_int_equal(cr_collection_add(&collection, &readings, NULL), 0);
        cr_readings_free(&readings);
    }
    return collection;
}

/* Many rows of one measure, the groups g0, g1, ...; `value` gives each. Free it. */
static inline struct cr_collection synthetic_matrix(const char *measure, size_t row_count, size_t replicates,
    double (*value)(const void *context, uint32_t row, uint32_t replicate), const void *context) {
    struct cr_collection collection = {0};
    for (uint32_t k = 0; k < replicates; k++) {
        struct cr_readings readings = {.measure = cr_measure_find(measure), .year = (double)NAN};
        for (uint32_t r = 0; r < row_count; r++) {
            char group[CR_GROUP_SIZE];
            (void)snprintf(group, sizeof group, "g%u", r);
            cr_readings_add(&readings, group,
                (struct cr_estimate){.value = value(context, r, k), .se = synthetic_se, .n = SYNTHETIC_PERSONS});
        }
        assert_int_equal(cr_collection_add(&collection, &readings, NULL), 0);
        cr_readings_free(&readings);
    }
    return collection;
}

/* A standard normal number, another for each seed, row and replicate. */
static inline double synthetic_normal(uint64_t seed, uint32_t row, uint32_t replicate) {
    double u[4];
    cr_stream_uniforms(&(struct cr_stream){.seed = seed}, CR_LUCK_WEEK, row, replicate, 0, u);
    return gsl_cdf_ugaussian_Pinv(u[0]);
}

#endif
