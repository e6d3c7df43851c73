#ifndef CR_TESTS_LAWS_LAW_H
#define CR_TESTS_LAWS_LAW_H

#include "measure/measures.h"
#include "study/collection.h"

/* What laws are tested with: replicates of a scenario, and paired differences between two scenarios under the same
 * luck. */

/* Runs `replicates` replicates and collects their measures; fails the test if that fails. The caller frees it. */
struct cr_collection law_run(const struct cr_scenario *scenario, int64_t replicates);

/* Mean of a measure over replicates, with the standard error of their spread. */
struct cr_estimate law_mean(const struct cr_collection *collection, const char *measure, const char *group);

/* Mean and standard error of `second` minus `first`, replicate by replicate. */
struct cr_estimate law_difference(
    const struct cr_collection *first, const struct cr_collection *second, const char *measure, const char *group);

/* Fails the test, after printing the figures, unless the 99 % t interval of the difference lies above (below) 0. */
void law_assert_raised(
    const struct cr_collection *first, const struct cr_collection *second, const char *measure, const char *group);
void law_assert_lowered(
    const struct cr_collection *first, const struct cr_collection *second, const char *measure, const char *group);

#endif
