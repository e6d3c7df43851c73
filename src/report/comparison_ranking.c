#include "report/comparison_ranking.h"

#include <math.h>
#include <stdlib.h>

#include "report/measure_words.h"

/* Comparisons of no more rows than this are shown whole. */
enum { SHORT = 40 };

bool cr_comparison_is_main(const struct cr_comparison *comparison, size_t row) {
    const struct cr_difference *difference = &comparison->row[row];
    return comparison->count <= SHORT || cr_measure_is_main(difference->measure, difference->group);
}

struct rank {
    size_t row;
    bool main, standardized;
    double size;
};

static struct rank rank_of(const struct cr_comparison *comparison, size_t row) {
    const struct cr_difference *difference = &comparison->row[row];
    const bool standardized = !isnan(difference->effect);
    const double size = fabs(standardized ? difference->effect : difference->difference.value / difference->least);
    return (struct rank){.row = row,
        .main = cr_comparison_is_main(comparison, row),
        .standardized = standardized,
        .size = isnan(size) ? 0.0 : size};
}

static int order(const void *one, const void *other) {
    const struct rank *a = one, *b = other;
    if (a->main != b->main)
        return a->main ? -1 : 1;
    if (a->standardized != b->standardized)
        return a->standardized ? -1 : 1;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

int cr_comparison_ranking_init(struct cr_comparison_ranking *ranking, const struct cr_comparison *comparison,
    enum cr_finding finding, struct cr_error *error) {
    struct rank *ranks = malloc((comparison->count + 1) * sizeof *ranks);
    *ranking = (struct cr_comparison_ranking){.row = malloc((comparison->count + 1) * sizeof *ranking->row)};
    if (ranks == NULL || ranking->row == NULL) {
        free(ranks);
        return cr_error_set(error, CR_ERROR_MEMORY, "not enough memory to sort %zu rows", comparison->count);
    }
    for (size_t r = 0; r < comparison->count; r++)
        if (comparison->row[r].finding == finding)
            ranks[ranking->count++] = rank_of(comparison, r);
    qsort(ranks, ranking->count, sizeof *ranks, order);
    for (size_t k = 0; k < ranking->count; k++) {
        ranking->row[k] = ranks[k].row;
        ranking->main += ranks[k].main;
    }
    free(ranks);
    return 0;
}

void cr_comparison_ranking_free(struct cr_comparison_ranking *ranking) {
    free(ranking->row);
    *ranking = (struct cr_comparison_ranking){0};
}
