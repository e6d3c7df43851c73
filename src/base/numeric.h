#ifndef CR_BASE_NUMERIC_H
#define CR_BASE_NUMERIC_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Elementary functions whose results are the same bytes on every x86-64 machine: only additions, multiplications and
 * divisions in a fixed order, none of the C library's variants by processor. All are free of branches, so that loops
 * over them vectorize. */

/* A missing number. */
#define CR_MISSING ((double)NAN)

static inline double cr_min(double a, double b) {
    return a < b ? a : b;
}

static inline double cr_max(double a, double b) {
    return a > b ? a : b;
}

static inline double cr_clamp(double x, double low, double high) {
    return x < low ? low : (x > high ? high : x);
}

/* e to the power x, relative error below 5e-16; x is clamped to [-700, 700]. Cody & Waite's reduction, then the Taylor
 * polynomial of degree 12 on |r| <= ln(2)/2. */
static inline double cr_exp(double x) {
    const double shift = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds to the nearest whole number */
    const double bounded = cr_clamp(x, -700.0, 700.0);
    const double rounded = bounded * 1.4426950408889634 + shift;
    const double k = rounded - shift;
    const double r = (bounded - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    /* Estrin's scheme: the terms in pairs, so that they need not wait for each other. */
    const double r2 = r * r;
    const double r4 = r2 * r2;
    const double low = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0));
    const double middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    const double high = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + r2 * (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) +
                        r4 * (1.0 / 479001600.0);
    const double sum = low + r4 * (middle + r4 * high);
    uint64_t bits;
    memcpy(&bits, &rounded, sizeof bits);
    bits = (bits + 1023U) << 52U;
    double power;
    memcpy(&power, &bits, sizeof power);
    return sum * power;
}

/* The natural logarithm of a normal x > 0; error below 2e-16 times the larger of 8 and the result's size. */
static inline double cr_log(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint64_t offset = bits - UINT64_C(0x3fe6a09e667f3bcd); /* the bits of sqrt(1/2) */
    const double k = (double)((int64_t)offset >> 52);
    bits -= offset & UINT64_C(0xfff0000000000000);
    double m;
    memcpy(&m, &bits, sizeof m);
    const double f = (m - 1.0) / (m + 1.0);
    const double s = f * f;
    const double s2 = s * s;
    const double s4 = s2 * s2;
    const double low = (1.0 + s * (1.0 / 3.0)) + s2 * (1.0 / 5.0 + s * (1.0 / 7.0));
    const double middle = (1.0 / 9.0 + s * (1.0 / 11.0)) + s2 * (1.0 / 13.0 + s * (1.0 / 15.0));
    const double high = (1.0 / 17.0 + s * (1.0 / 19.0)) + s2 * (1.0 / 21.0);
    const double sum = low + s4 * (middle + s4 * high);
    return k * 0.6931471805599453 + 2.0 * f * sum;
}

/* The logistic function, 1 / (1 + exp(-x)). */
static inline double cr_logistic(double x) {
    return 1.0 / (1.0 + cr_exp(-x));
}

#endif
