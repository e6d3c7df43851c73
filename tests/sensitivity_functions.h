#ifndef CR_TESTS_SENSITIVITY_FUNCTIONS_H
#define CR_TESTS_SENSITIVITY_FUNCTIONS_H

#include <math.h>
#include <stddef.h>

/* Functions on the unit cube whose indices are known in closed form. */

enum { ISHIGAMI_AXES = 3, SOBOL_G_AXES = 8 };

/* Ishigami & Homma 1990 with a = 7, b = 0.1, each axis stretched to -pi ... pi. */
static inline double ishigami(const double *unit_point) {
    const double pi = acos(-1.0);
    const double x1 = pi * (2.0 * unit_point[0] - 1.0), x2 = pi * (2.0 * unit_point[1] - 1.0),
                 x3 = pi * (2.0 * unit_point[2] - 1.0);
    return sin(x1) + 7.0 * sin(x2) * sin(x2) + 0.1 * x3 * x3 * x3 * x3 * sin(x1);
}

/* What is known: `first` and `total` of each axis, `second` of each two. */
struct closed_form {
    double mean, variance;
    double first[SOBOL_G_AXES], total[SOBOL_G_AXES], second[SOBOL_G_AXES][SOBOL_G_AXES];
};

/* V_1 = (1 + b pi^4 / 5)^2 / 2, V_2 = a^2 / 8, V_13 = 8 b^2 pi^8 / 225, and nothing else (Saltelli et al. 2008). */
static inline struct closed_form ishigami_closed_form(void) {
    const double pi4 = pow(acos(-1.0), 4.0);
    const double v1 = 0.5 * (1.0 + 0.1 * pi4 / 5.0) * (1.0 + 0.1 * pi4 / 5.0), v2 = 49.0 / 8.0,
                 v13 = 8.0 * 0.01 * pi4 * pi4 / 225.0, v = v1 + v2 + v13;
    struct closed_form form = {
        .mean = 3.5, .variance = v, .first = {v1 / v, v2 / v, 0.0}, .total = {(v1 + v13) / v, v2 / v, v13 / v}};
    form.second[0][2] = form.second[2][0] = v13 / v;
    return form;
}

/* The coefficient a of an axis of the g-function: 0 matters most, 99 hardly. */
static inline double sobol_g_coefficient(size_t axis) {
    static const double a[SOBOL_G_AXES] = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
    return a[axis];
}

/* The g-function (Saltelli & Sobol' 1995): the product of (|4 x_i - 2| + a_i) / (1 + a_i). */
static inline double sobol_g(const double *unit_point) {
    double product = 1.0;
    for (size_t i = 0; i < SOBOL_G_AXES; i++)
        product *= (fabs(4.0 * unit_point[i] - 2.0) + sobol_g_coefficient(i)) / (1.0 + sobol_g_coefficient(i));
    return product;
}

/* V_i = 1 / (3 (1 + a_i)^2), V_ij = V_i V_j, V = product of (1 + V_i), less 1. */
static inline struct closed_form sobol_g_closed_form(void) {
    double part[SOBOL_G_AXES], product = 1.0;
    for (size_t i = 0; i < SOBOL_G_AXES; i++) {
        part[i] = 1.0 / (3.0 * (1.0 + sobol_g_coefficient(i)) * (1.0 + sobol_g_coefficient(i)));
        product *= 1.0 + part[i];
    }
    struct closed_form form = {.mean = 1.0, .variance = product - 1.0};
    for (size_t i = 0; i < SOBOL_G_AXES; i++) {
        form.first[i] = part[i] / form.variance;
        form.total[i] = part[i] * product / (1.0 + part[i]) / form.variance;
        for (size_t j = 0; j < SOBOL_G_AXES; j++)
            form.second[i][j] = i == j ? 0.0 : part[i] * part[j] / form.variance;
    }
    return form;
}

#endif
