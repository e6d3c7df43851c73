#include "study/history.h"

#include <stdlib.h>
#include <string.h>

static size_t count_course(const struct cr_readings *readings) {
    size_t count = 0;
    for (size_t k = 0; k < readings->count; k++)
        count += isnan(readings->reading[k].year) ? 0 : 1;
    return count;
}

static int begin_course(struct cr_history *history, const struct cr_readings *readings) {
    history->course = calloc(count_course(readings) + 1, sizeof *history->course);
    if (history->course == NULL)
        return CR_ERROR_MEMORY;
    for (size_t k = 0; k < readings->count; k++) {
        const struct cr_reading *reading = &readings->reading[k];
        if (isnan(reading->year))
            continue;
        struct cr_course_point *point = &history->course[history->course_count++];
        point->measure = reading->measure;
        memcpy(point->group, reading->group, sizeof point->group);
        point->year = reading->year;
    }
    return 0;
}

static void add_course(struct cr_history *history, const struct cr_readings *readings) {
    size_t at = 0;
    for (size_t k = 0; k < readings->count && at < history->course_count; k++) {
        if (isnan(readings->reading[k].year))
            continue;
        struct cr_course_point *point = &history->course[at++];
        const double value = readings->reading[k].estimate.value;
        if (isnan(value))
            continue;
        const double before = value - point->mean;
        point->n++;
        point->mean += before / (double)point->n;
        point->squares += before * (value - point->mean);
    }
}

static int add_lengths(struct cr_lengths *lengths, const struct cr_simulation *simulation) {
    const struct cr_bonds *bonds = &simulation->bonds;
    const size_t wanted = lengths->count + (size_t)bonds->count;
    if (wanted > lengths->capacity) {
        const size_t capacity = wanted + lengths->capacity;
        double *weeks = realloc(lengths->weeks, (capacity + 1) * sizeof *weeks);
        if (weeks != NULL)
            lengths->weeks = weeks;
        bool *event = realloc(lengths->event, (capacity + 1) * sizeof *event);
        if (event != NULL)
            lengths->event = event;
        if (weeks == NULL || event == NULL)
            return CR_ERROR_MEMORY;
        lengths->capacity = capacity;
    }
    for (int32_t k = 0; k < bonds->count; k++) {
        const struct cr_bond *bond = &bonds->bond[k];
        lengths->weeks[lengths->count] = (bond->end >= 0 ? bond->end : simulation->week) - bond->start;
        lengths->event[lengths->count++] = bond->ending != CR_LASTING && bond->ending != CR_DEATH;
    }
    return 0;
}

int cr_history_add(struct cr_history *history, const struct cr_replicate *replicate, struct cr_error *error) {
    int status = cr_collection_add(&history->measures, &replicate->readings, error);
    if (status == 0 && history->course == NULL && begin_course(history, &replicate->readings) != 0)
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the time courses");
    if (status == 0)
        add_course(history, &replicate->readings);
    if (status == 0 && add_lengths(&history->lengths, &replicate->simulation) != 0)
        status = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the lengths of relationships");
    return status == 0 ? cr_fates_add(&history->fates, &replicate->record, error) : status;
}

void cr_history_free(struct cr_history *history) {
    cr_collection_free(&history->measures);
    cr_fates_free(&history->fates);
    free(history->course);
    free(history->lengths.weeks);
    free(history->lengths.event);
    memset(history, 0, sizeof *history);
}

double cr_course_se(const struct cr_course_point *point) {
    const double n = (double)point->n;
    return point->n > 1 ? sqrt(point->squares / (n - 1.0) / n) : CR_MISSING;
}

int cr_lengths_log_rank(
    const struct cr_lengths *const *lengths, size_t count, struct cr_log_rank *test, struct cr_error *error) {
    size_t all = 0;
    for (size_t k = 0; k < count; k++)
        all += lengths[k]->count;
    double *weeks = malloc((all + 1) * sizeof *weeks);
    bool *event = malloc((all + 1) * sizeof *event);
    int *group = malloc((all + 1) * sizeof *group);
    int status = CR_ERROR_MEMORY;
    if (weeks != NULL && event != NULL && group != NULL) {
        size_t at = 0;
        for (size_t k = 0; k < count; k++)
            for (size_t i = 0; i < lengths[k]->count; i++, at++) {
                weeks[at] = lengths[k]->weeks[i];
                event[at] = lengths[k]->event[i];
                group[at] = (int)k;
            }
        const struct cr_spells spells = {.exit = weeks, .event = event, .count = all};
        status = cr_survival_log_rank(test, &spells, group, count, error);
    } else {
        cr_error_set(error, status, "not enough memory for %zu relationships", all);
    }
    free(weeks);
    free(event);
    free(group);
    return status;
}
