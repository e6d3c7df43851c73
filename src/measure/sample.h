#ifndef CR_MEASURE_SAMPLE_H
#define CR_MEASURE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows of a few numbers, gathered to be handed to measure/statistics. */
enum { CR_SAMPLE_COLUMNS = 6, CR_SAMPLE_CLUSTER = CR_SAMPLE_COLUMNS - 1 };

struct cr_sample {
    double *column[CR_SAMPLE_COLUMNS]; /* owned; `count` numbers each */
    size_t count, capacity;
    bool failed; /* memory ran out; rows since then are lost */
};

/* Adds a row; the unused columns are 0. */
void cr_sample_add(struct cr_sample *sample, double a, double b, double c, double d);
/* The same with the number of the person or couple that the row is of, in the last column. */
void cr_sample_add_of(struct cr_sample *sample, int64_t cluster, double a, double b, double c);

/* Adds a row given whole. */
void cr_sample_add6(struct cr_sample *sample, const double row[CR_SAMPLE_COLUMNS]);

/* Forgets the rows and keeps the memory. */
void cr_sample_clear(struct cr_sample *sample);
void cr_sample_free(struct cr_sample *sample);

#endif
