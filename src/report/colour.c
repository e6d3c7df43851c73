#include "report/colour.h"

#include <math.h>

#include "base/numeric.h"

static double linear(double part) {
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double companded(double part) {
    const double bounded = cr_clamp(part, 0.0, 1.0);
    return bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * pow(bounded, 1.0 / 2.4) - 0.055;
}

struct cr_oklab cr_colour_to_oklab(struct cr_colour colour) {
    const double red = linear(colour.red), green = linear(colour.green), blue = linear(colour.blue);
    const double l = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const double m = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const double s = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return (struct cr_oklab){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

struct cr_colour cr_colour_from_oklab(struct cr_oklab lab) {
    const double l = lab.lightness + 0.3963377774 * lab.a + 0.2158037573 * lab.b;
    const double m = lab.lightness - 0.1055613458 * lab.a - 0.0638541728 * lab.b;
    const double s = lab.lightness - 0.0894841775 * lab.a - 1.2914855480 * lab.b;
    const double l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
    return (struct cr_colour){companded(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
        companded(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
        companded(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3), 1.0};
}

double cr_colour_distance(struct cr_colour a, struct cr_colour b) {
    const struct cr_oklab one = cr_colour_to_oklab(a), other = cr_colour_to_oklab(b);
    return hypot(one.lightness - other.lightness, hypot(one.a - other.a, one.b - other.b));
}

static double luminance(struct cr_colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

double cr_colour_contrast(struct cr_colour a, struct cr_colour b) {
    const double one = luminance(a), other = luminance(b);
    return (cr_max(one, other) + 0.05) / (cr_min(one, other) + 0.05);
}

struct cr_colour cr_colour_mix(struct cr_colour a, struct cr_colour b, double t) {
    const struct cr_oklab from = cr_colour_to_oklab(a), to = cr_colour_to_oklab(b);
    struct cr_colour mixed =
        cr_colour_from_oklab((struct cr_oklab){from.lightness + t * (to.lightness - from.lightness),
            from.a + t * (to.a - from.a), from.b + t * (to.b - from.b)});
    mixed.alpha = a.alpha + t * (b.alpha - a.alpha);
    return mixed;
}

struct cr_colour cr_colour_with_alpha(struct cr_colour colour, double alpha) {
    colour.alpha = alpha;
    return colour;
}

struct cr_colour cr_colour_readable(struct cr_colour colour, struct cr_colour background, double contrast) {
    if (cr_colour_contrast(colour, background) >= contrast)
        return colour;
    const struct cr_colour black = CR_COLOUR(0x000000), white = CR_COLOUR(0xFFFFFF);
    const double end = cr_colour_contrast(black, background) > cr_colour_contrast(white, background) ? 0.0 : 1.0;
    const struct cr_oklab lab = cr_colour_to_oklab(colour);
    enum { STEPS = 100 };
    for (int k = 1; k < STEPS; k++) {
        const double t = (double)k / STEPS;
        /* less colour as it nears black or white, where a screen can show none */
        const struct cr_colour moved = cr_colour_from_oklab(
            (struct cr_oklab){lab.lightness + t * (end - lab.lightness), lab.a * (1.0 - t * t), lab.b * (1.0 - t * t)});
        if (cr_colour_contrast(moved, background) >= contrast)
            return cr_colour_with_alpha(moved, colour.alpha);
    }
    return cr_colour_with_alpha(end > 0.0 ? white : black, colour.alpha);
}
