#ifndef CR_STUDY_AXIS_H
#define CR_STUDY_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/scenario.h"

/* One parameter that changes in a study. */

enum { CR_AXIS_KEY_SIZE = 160 };

struct cr_axis {
    char key[CR_AXIS_KEY_SIZE];   /* as cr_scenario_find takes it */
    const struct cr_field *field; /* its row; static */
    double *values;               /* owned: factorial, zip, table: the values in their order; else NULL */
    size_t value_count;
    double low, high; /* the other designs: the range, both ends included */
    bool logarithmic; /* whether equal steps are equal ratios */
};

/* Room for a struct that holds any axis's field, to read a value into without touching a scenario. */
union cr_axis_room {
    struct cr_parameters parameters;
    struct cr_profile profile;
    struct cr_event event;
};

/* Adds a value to the end; space doubles. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_axis_add_value(struct cr_axis *axis, double value, struct cr_error *error);

/* Gives the values back; safe twice. */
void cr_axis_free(struct cr_axis *axis);

/* Writes `where` and the part of the key that stands before the field's own, such as "profile.attuned.": with it
 * cr_field_set names the whole key. Returns `buffer`. */
const char *cr_axis_prefix(const struct cr_axis *axis, const char *where, char *buffer, size_t size);

/* Checks that low is below high, and for a logarithmic axis above 0, and that only a number is logarithmic.
 * CR_ERROR_CONFIG; `where` as in cr_field_set. */
CR_NODISCARD int cr_axis_check_range(const struct cr_axis *axis, const char *where, struct cr_error *error);

/* Fills the values of an axis of numbers, whose range has been checked: `steps` of them, 2 or more, from low to high,
 * equally spaced or, if it is logarithmic, by an equal ratio; those between the ends rounded to 15 significant digits
 * (0.3, not 0.30000000000000004), those of whole numbers to whole numbers. CR_ERROR_CONFIG when a range of whole
 * numbers has no such number of different values; CR_ERROR_MEMORY. */
CR_NODISCARD int cr_axis_spread(struct cr_axis *axis, size_t steps, const char *where, struct cr_error *error);

/* The value at u, from 0 to 1, of the axis's range: low + u (high - low), or low (high / low)^u if it is logarithmic.
 * Whole numbers, truth values and choices are the whole part of the same with high + 1 for high, so that each has an
 * equal share of [0, 1), or a logarithmic one. Always within the range, u = 0 exactly low and u = 1 exactly high; the
 * same bytes on every x86-64 machine. */
double cr_axis_at(const struct cr_axis *axis, double u);

#endif
