#include "measure/measures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure_functions.h"

const struct cr_measure cr_measures[] = {
#define CR_MEASURE_ROW(name, groups, unit, instrument, what, whole, course)                                            \
    {#name, groups, unit, instrument, what, whole, course},
#include "measure/measures.def"
#undef CR_MEASURE_ROW
};

const int cr_measure_count = sizeof cr_measures / sizeof *cr_measures;

int cr_measure_find(const char *name) {
    for (int m = 0; m < cr_measure_count; m++)
        if (strcmp(cr_measures[m].name, name) == 0)
            return m;
    return -1;
}

void cr_readings_free(struct cr_readings *readings) {
    free(readings->reading);
    memset(readings, 0, sizeof *readings);
}

void cr_readings_add(struct cr_readings *readings, const char *group, struct cr_estimate estimate) {
    if (readings->count == readings->capacity) {
        const size_t capacity = readings->capacity == 0 ? 256 : 2 * readings->capacity;
        struct cr_reading *grown = realloc(readings->reading, capacity * sizeof *grown);
        if (grown == NULL) {
            readings->failed = true;
            return;
        }
        readings->reading = grown;
        readings->capacity = capacity;
    }
    struct cr_reading *reading = &readings->reading[readings->count++];
    *reading = (struct cr_reading){.measure = readings->measure, .year = readings->year, .estimate = estimate};
    (void)snprintf(reading->group, sizeof reading->group, "%s", group);
}

int cr_measures_compute(const struct cr_record *record, struct cr_readings *readings, struct cr_error *error) {
    readings->year = NAN;
    for (readings->measure = 0; readings->measure < cr_measure_count; readings->measure++)
        if (cr_measures[readings->measure].whole != NULL)
            cr_measures[readings->measure].whole(record, readings);
    for (int32_t survey = 0; survey < record->survey_count; survey++) {
        readings->year = (double)(record->surveys[survey].week + 1) / CR_WEEKS_A_YEAR;
        for (readings->measure = 0; readings->measure < cr_measure_count; readings->measure++)
            if (cr_measures[readings->measure].course != NULL)
                cr_measures[readings->measure].course(record, survey, readings);
    }
    return readings->failed ? cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to compute the measures") : 0;
}
