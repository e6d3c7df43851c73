#include "measure/sample.h"

#include <stdlib.h>
#include <string.h>

static bool grow(struct cr_sample *sample) {
    const size_t capacity = sample->capacity == 0 ? 1024 : 2 * sample->capacity;
    for (int k = 0; k < CR_SAMPLE_COLUMNS; k++) {
        double *column = realloc(sample->column[k], capacity * sizeof *column);
        if (column == NULL)
            return false;
        sample->column[k] = column;
    }
    sample->capacity = capacity;
    return true;
}

void cr_sample_add6(struct cr_sample *sample, const double row[CR_SAMPLE_COLUMNS]) {
    if (sample->failed || (sample->count == sample->capacity && !grow(sample))) {
        sample->failed = true;
        return;
    }
    for (int k = 0; k < CR_SAMPLE_COLUMNS; k++)
        sample->column[k][sample->count] = row[k];
    sample->count++;
}

void cr_sample_add(struct cr_sample *sample, double a, double b, double c, double d) {
    const double row[CR_SAMPLE_COLUMNS] = {a, b, c, d};
    cr_sample_add6(sample, row);
}

void cr_sample_add_of(struct cr_sample *sample, int64_t cluster, double a, double b, double c) {
    const double row[CR_SAMPLE_COLUMNS] = {a, b, c, [CR_SAMPLE_CLUSTER] = (double)cluster};
    cr_sample_add6(sample, row);
}

void cr_sample_clear(struct cr_sample *sample) {
    sample->count = 0;
}

void cr_sample_free(struct cr_sample *sample) {
    for (int k = 0; k < CR_SAMPLE_COLUMNS; k++)
        free(sample->column[k]);
    memset(sample, 0, sizeof *sample);
}
