#ifndef CR_STUDY_COMPARISON_FILE_H
#define CR_STUDY_COMPARISON_FILE_H

#include "model/scenario.h"
#include "study/compare.h"

/* Writes DIRECTORY/comparison.csv, one row a measure and group, and DIRECTORY/who.csv, how many of the same persons
 * went from which class, style or fate under the first scenario to which under the other (without rows if unpaired or
 * of different numbers of people). The folder is made if it does not exist. CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_comparison_write(const struct cr_compared *compared, const struct cr_scenario *scenarios,
    const char *directory, struct cr_error *error);

#endif
