#include "base/quantile.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static double probability_at(int i) {
    const int last = CR_QUANTILE_KNOTS - 1;
    return i == 0 ? 0.25 / last : (i == last ? 1.0 - 0.25 / last : (double)i / last);
}

double cr_quantile_round(double x) {
    return nearbyint(x * 0x1p30) * 0x1p-30;
}

void cr_quantile_gamma(struct cr_quantile *quantile, double shape, double mean) {
    for (int i = 0; i < CR_QUANTILE_KNOTS; i++)
        quantile->knot[i] = cr_quantile_round(gsl_cdf_gamma_Pinv(probability_at(i), shape, mean / shape));
}

void cr_quantile_normal(struct cr_quantile *quantile) {
    for (int i = 0; i < CR_QUANTILE_KNOTS; i++)
        quantile->knot[i] = cr_quantile_round(gsl_cdf_ugaussian_Pinv(probability_at(i)));
}

double cr_quantile_normal_at(double u) {
    return cr_quantile_round(gsl_cdf_ugaussian_Pinv(u));
}

/* The distribution function's inverse by halving, for where GSL's own does not converge. */
static double beta_by_halving(double u, double a, double b) {
    double low = 0.0;
    double high = 1.0;
    for (int step = 0; step < 60; step++) {
        const double middle = 0.5 * (low + high);
        if (gsl_cdf_beta_P(middle, a, b) < u)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

double cr_quantile_beta_at(double u, double mean, double concentration) {
    if (mean <= 0.0 || mean >= 1.0)
        return mean <= 0.0 ? 0.0 : 1.0;
    const double a = mean * concentration;
    const double b = (1.0 - mean) * concentration;
    double x = gsl_cdf_beta_Pinv(u, a, b);
    if (!(x >= 0.0 && x <= 1.0) || !(fabs(gsl_cdf_beta_P(x, a, b) - u) < 1e-9))
        x = beta_by_halving(u, a, b);
    return cr_quantile_round(x);
}
