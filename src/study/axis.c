#include "study/axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"
#include "base/text.h"

/* A power of two. */
enum { FIRST_VALUES = 16 };

int cr_axis_add_value(struct cr_axis *axis, double value, struct cr_error *error) {
    const size_t count = axis->value_count;
    const bool full = count % FIRST_VALUES == 0 && (count & (count - 1)) == 0;
    if (full) {
        double *const grown = realloc(axis->values, (count ? 2 * count : FIRST_VALUES) * sizeof *grown);
        if (!grown)
            return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for the values of %s", axis->key);
        axis->values = grown;
    }
    axis->values[axis->value_count++] = value;
    return 0;
}

void cr_axis_free(struct cr_axis *axis) {
    free(axis->values);
    axis->values = NULL;
    axis->value_count = 0;
}

const char *cr_axis_prefix(const struct cr_axis *axis, const char *where, char *buffer, size_t size) {
    const size_t length = strlen(axis->key) - strlen(axis->field->key);
    return cr_text_format(buffer, size, "%s%.*s", where, (int)length, axis->key);
}

static bool is_number(const struct cr_axis *axis) {
    return axis->field->type == CR_REAL || axis->field->type == CR_INTEGER;
}

int cr_axis_check_range(const struct cr_axis *axis, const char *where, struct cr_error *error) {
    char low[32], high[32];
    cr_text_real(axis->low, low, sizeof low);
    cr_text_real(axis->high, high, sizeof high);
    if (!(axis->low < axis->high))
        return cr_error_set(
            error, CR_ERROR_CONFIG, "%slow of %s must be below high, %s, not %s", where, axis->key, high, low);
    if (axis->logarithmic && !is_number(axis))
        return cr_error_set(error, CR_ERROR_CONFIG, "%s%s is no number and has no scale", where, axis->key);
    if (axis->logarithmic && !(axis->low > 0.0 && isnormal(axis->low)))
        return cr_error_set(error, CR_ERROR_CONFIG, "%slow of %s must be above 0 for a logarithmic scale, not %s",
            where, axis->key, low);
    return 0;
}

/* `top` is the end of the range where u is 1. */
static double between(const struct cr_axis *axis, double top, double u) {
    if (axis->logarithmic)
        return axis->low * cr_exp(u * (cr_log(top) - cr_log(axis->low)));
    return axis->low + u * (top - axis->low);
}

static double rounded(const struct cr_axis *axis, double value) {
    char digits[32];
    double tidy = value;
    if (axis->field->type == CR_INTEGER)
        return floor(value + 0.5);
    if (cr_text_to_real(cr_text_format(digits, sizeof digits, "%.15g", value), &tidy))
        return value;
    return tidy;
}

int cr_axis_spread(struct cr_axis *axis, size_t steps, const char *where, struct cr_error *error) {
    double *const values = calloc(steps, sizeof *values);
    if (!values)
        return cr_error_set(error, CR_ERROR_MEMORY, "there is no memory for the %zu values of %s", steps, axis->key);
    cr_axis_free(axis);
    axis->values = values;
    axis->value_count = steps;
    const double last = (double)(steps - 1);
    for (size_t i = 0; i < steps; i++)
        values[i] = cr_clamp(rounded(axis, between(axis, axis->high, (double)i / last)), axis->low, axis->high);
    values[0] = axis->low;
    values[steps - 1] = axis->high;
    for (size_t i = 1; i < steps; i++)
        if (!(values[i - 1] < values[i])) {
            char low[32], high[32];
            return cr_error_set(error, CR_ERROR_CONFIG, "%s%s has no %zu different values from %s to %s%s", where,
                axis->key, steps, cr_text_real(axis->low, low, sizeof low), cr_text_real(axis->high, high, sizeof high),
                axis->field->type == CR_INTEGER ? " that are whole numbers" : "");
        }
    return 0;
}

double cr_axis_at(const struct cr_axis *axis, double u) {
    if (u <= 0.0)
        return axis->low;
    if (u >= 1.0)
        return axis->high;
    if (axis->field->type == CR_REAL)
        return cr_clamp(between(axis, axis->high, u), axis->low, axis->high);
    return cr_clamp(floor(between(axis, axis->high + 1.0, u)), axis->low, axis->high);
}
