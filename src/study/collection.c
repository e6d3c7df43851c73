#include "study/collection.h"

#include <stdlib.h>
#include <string.h>

void cr_collection_free(struct cr_collection *collection) {
    free(collection->row);
    free(collection->estimate);
    memset(collection, 0, sizeof *collection);
}

static size_t whole_rows(const struct cr_readings *readings, struct cr_reading *row) {
    size_t count = 0;
    for (size_t k = 0; k < readings->count; k++)
        if (isnan(readings->reading[k].year)) {
            if (row != NULL)
                row[count] = readings->reading[k];
            count++;
        }
    return count;
}

static int begin(struct cr_collection *collection, const struct cr_readings *readings) {
    collection->row_count = whole_rows(readings, NULL);
    collection->row = calloc(collection->row_count + 1, sizeof *collection->row);
    if (collection->row == NULL)
        return CR_ERROR_MEMORY;
    (void)whole_rows(readings, collection->row);
    return 0;
}

int cr_collection_add(struct cr_collection *collection, const struct cr_readings *readings, struct cr_error *error) {
    if (collection->row == NULL && begin(collection, readings) != 0)
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to collect the measures");
    if (collection->replicates == collection->capacity) {
        const int64_t capacity = collection->capacity == 0 ? 16 : 2 * collection->capacity;
        struct cr_estimate *grown =
            realloc(collection->estimate, (size_t)capacity * (collection->row_count + 1) * sizeof *grown);
        if (grown == NULL)
            return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to collect the measures");
        collection->estimate = grown;
        collection->capacity = capacity;
    }
    struct cr_estimate *column = collection->estimate + (size_t)collection->replicates * collection->row_count;
    size_t row = 0;
    for (size_t k = 0; k < readings->count && row < collection->row_count; k++)
        if (isnan(readings->reading[k].year))
            column[row++] = readings->reading[k].estimate;
    collection->replicates++;
    return 0;
}

int64_t cr_collection_find(const struct cr_collection *collection, const char *measure, const char *group) {
    for (size_t k = 0; k < collection->row_count; k++)
        if (strcmp(cr_measures[collection->row[k].measure].name, measure) == 0 &&
            strcmp(collection->row[k].group, group) == 0)
            return (int64_t)k;
    return -1;
}

struct cr_estimate cr_collection_at(const struct cr_collection *collection, size_t row, int64_t replicate) {
    return collection->estimate[(size_t)replicate * collection->row_count + row];
}

struct cr_estimate cr_collection_mean(const struct cr_collection *collection, size_t row) {
    if (collection->replicates == 1)
        return cr_collection_at(collection, row, 0);
    double sum = 0.0;
    int64_t n = 0;
    for (int64_t r = 0; r < collection->replicates; r++) {
        const double value = cr_collection_at(collection, row, r).value;
        if (!isnan(value)) {
            sum += value;
            n++;
        }
    }
    if (n == 0)
        return cr_estimate_undefined(0);
    const double mean = sum / (double)n;
    double squares = 0.0;
    for (int64_t r = 0; r < collection->replicates; r++) {
        const double value = cr_collection_at(collection, row, r).value;
        if (!isnan(value))
            squares += (value - mean) * (value - mean);
    }
    const double se = n > 1 ? sqrt(squares / (double)(n - 1) / (double)n) : CR_MISSING;
    return (struct cr_estimate){.value = mean, .se = se, .n = n};
}
