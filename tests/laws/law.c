// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "laws/law.h"

#include <gsl/gsl_errno.h>
#include <omp.h>
#include <stdlib.h>

#include "study/replicates.h"

static int take(void *context, const struct cr_replicate *replicate, struct cr_error *error) {
    return cr_collection_add(context, &replicate->readings, error);
}

struct cr_collection law_run(const struct cr_scenario *scenario, int64_t replicates) {
    struct cr_scenario own = *scenario;
    own.parameters.run_replicates = replicates;
    gsl_set_error_handler_off();
    struct cr_collection collection = {0};
    const struct cr_replicates_plan plan = {
        .scenario = &own, .threads = omp_get_num_procs(), .take = take, .context = &collection};
    struct cr_error error = {0};
    if (cr_replicates_run(&plan, &error) != 0)
        fail_msg("%s", error.sentence);
    return collection;
}

static size_t row(const struct cr_collection *collection, const char *measure, const char *group) {
    const int64_t found = cr_collection_find(collection, measure, group);
    if (found < 0)
        fail_msg("there is no %s of %s", measure, group);
    return (size_t)found;
}

struct cr_estimate law_mean(const struct cr_collection *collection, const char *measure, const char *group) {
    return cr_collection_mean(collection, row(collection, measure, group));
}

struct cr_estimate law_difference(
    const struct cr_collection *first, const struct cr_collection *second, const char *measure, const char *group) {
    const size_t at = row(first, measure, group);
    const int64_t count = first->replicates;
    assert_int_equal(count, second->replicates);
    double *difference = calloc((size_t)count, sizeof *difference);
    assert_non_null(difference);
    for (int64_t r = 0; r < count; r++)
        difference[r] = cr_collection_at(second, at, r).value - cr_collection_at(first, at, r).value;
    const struct cr_estimate mean = cr_statistics_mean(difference, (size_t)count);
    free(difference);
    return mean;
}

static struct cr_interval interval(
    const struct cr_collection *first, const struct cr_collection *second, const char *measure, const char *group) {
    const struct cr_estimate difference = law_difference(first, second, measure, group);
    const struct cr_interval band = cr_statistics_t_interval(difference, 0.99);
    print_message("    %s, %s: %.4f -> %.4f, difference %.4f [%.4f, %.4f]\n", measure, group,
        law_mean(first, measure, group).value, law_mean(second, measure, group).value, difference.value, band.low,
        band.high);
    return band;
}

void law_assert_raised(
    const struct cr_collection *first, const struct cr_collection *second, const char *measure, const char *group) {
    const struct cr_interval band = interval(first, second, measure, group);
    assert_true(band.low > 0.0);
}

void law_assert_lowered(
    const struct cr_collection *first, const struct cr_collection *second, const char *measure, const char *group) {
    const struct cr_interval band = interval(first, second, measure, group);
    assert_true(band.high < 0.0);
}
