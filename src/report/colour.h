#ifndef CR_REPORT_COLOUR_H
#define CR_REPORT_COLOUR_H

/* Colours, and how the eye compares them. */

/* sRGB, each part from 0 to 1; alpha 1 covers wholly. */
struct cr_colour {
    double red, green, blue, alpha;
};

/* An opaque colour from its usual six hexadecimal digits, 0xRRGGBB; a constant expression. */
#define CR_COLOUR(rgb)                                                                                                 \
    { (double)(((rgb) >> 16) & 255) / 255.0, (double)(((rgb) >> 8) & 255) / 255.0, (double)((rgb)&255) / 255.0, 1.0 }

/* Oklab (Ottosson 2020): lightness 0 (black) to 1 (white) and two opponent axes; equal distances look about equal. */
struct cr_oklab {
    double lightness, a, b;
};

struct cr_oklab cr_colour_to_oklab(struct cr_colour colour);

/* Opaque; parts outside what a screen can show are clipped. */
struct cr_colour cr_colour_from_oklab(struct cr_oklab lab);

/* The distance of two colours in Oklab, opacity aside; black is 1 from white. */
double cr_colour_distance(struct cr_colour a, struct cr_colour b);

/* The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1, relative luminance). */
double cr_colour_contrast(struct cr_colour a, struct cr_colour b);

/* The colour a share `t` (0-1) of the way from `a` to `b` in Oklab; alpha likewise. */
struct cr_colour cr_colour_mix(struct cr_colour a, struct cr_colour b, double t);

/* The same colour with that alpha. */
struct cr_colour cr_colour_with_alpha(struct cr_colour colour, double alpha);

/* The colour nearest in lightness, of the same hue, that stands out from an opaque background by at least `contrast`
 * (4.5 for text): away from the background's lightness, and black or white if nothing less will do. */
struct cr_colour cr_colour_readable(struct cr_colour colour, struct cr_colour background, double contrast);

#endif
