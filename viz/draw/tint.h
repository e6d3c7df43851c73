#ifndef CR_VIZ_TINT_H
#define CR_VIZ_TINT_H

#include "report/theme.h"

/* The colours in which ties tell satisfaction: from orange (not satisfied) over grey (neither) to blue (satisfied). */

/* Latent satisfaction at which the scale ends: few couples are beyond. */
#define CR_TINT_MOST 0.8

/* The colour of a latent satisfaction; that of 0 for NaN. */
struct cr_colour cr_tint(const struct cr_theme *theme, double satisfaction);

#endif
