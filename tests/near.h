#ifndef CR_TESTS_NEAR_H
#define CR_TESTS_NEAR_H

#include <math.h>

/* Fails the test unless `value` lies within `within` of `expected`; a NaN never does. Include after cmocka.h. */
#define assert_near(value, expected, within) near_or_fail((value), (expected), (within), #value, __FILE__, __LINE__)

static inline void near_or_fail(
    double value, double expected, double within, const char *what, const char *file, int line) {
    if (fabs(value - expected) <= within)
        return;
    print_error("%s is %.17g, not within %g of %.17g\n", what, value, within, expected);
    _fail(file, line);
}

#endif
