#ifndef CR_BASE_QUANTILE_H
#define CR_BASE_QUANTILE_H

/* Draws from a continuous distribution by inversion, fast and the same on every machine: the quantile function is
 * tabulated once by GSL, its knots rounded so that last digits that differ between processors vanish, and
 * interpolated. One uniform number makes one draw, so that scenarios stay aligned draw by draw. */

enum { CR_QUANTILE_KNOTS = 513 };

/* Quantiles at the probabilities i / 512; the two outermost knots stand at 1/2048 and 2047/2048, so the tails are cut
 * there. */
struct cr_quantile {
    double knot[CR_QUANTILE_KNOTS];
};

/* The gamma distribution of that shape (> 0) and mean (> 0). */
void cr_quantile_gamma(struct cr_quantile *quantile, double shape, double mean);

/* The standard normal distribution. */
void cr_quantile_normal(struct cr_quantile *quantile);

/* The draw that the uniform number u in (0, 1) makes. */
static inline double cr_quantile_draw(const struct cr_quantile *quantile, double u) {
    const double place = u * (CR_QUANTILE_KNOTS - 1);
    const int i = (int)place;
    return quantile->knot[i] + (place - i) * (quantile->knot[i + 1] - quantile->knot[i]);
}

/* x rounded to a multiple of 2^-30, which hides the last digits in which two machines' libraries may differ. */
double cr_quantile_round(double x);

/* Exact inversion through GSL, rounded likewise, for what is drawn once a person: the standard normal distribution, and
 * the beta distribution of that mean in (0, 1) and concentration a + b > 0 (0 and 1 are allowed as means, and give
 * themselves). */
double cr_quantile_normal_at(double u);
double cr_quantile_beta_at(double u, double mean, double concentration);

#endif
