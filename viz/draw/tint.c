#include "viz/draw/tint.h"

#include <math.h>

#include "base/numeric.h"

struct cr_colour cr_tint(const struct cr_theme *theme, double satisfaction) {
    const double amount = isnan(satisfaction) ? 0.0 : cr_clamp(satisfaction / CR_TINT_MOST, -1.0, 1.0);
    const double strength = pow(fabs(amount), 0.75);
    /* the theme's scale begins near the background, where a thin line would be lost */
    return cr_colour_mix(
        cr_theme_diverging(theme, amount > 0.0 ? -strength : strength), theme->axis, 0.45 * (1.0 - strength));
}
