#ifndef CR_MEASURE_UNIT_H
#define CR_MEASURE_UNIT_H

/* The units of measures, and what a difference between two of a unit means. */

/* The standardized size of a difference (Cohen 1988), by which differences of unlike measures can be told together. */
enum cr_effect {
    CR_EFFECT_NONE, /* none is usual */
    CR_EFFECT_H,    /* of two shares p: 2 arcsin sqrt(p2) - 2 arcsin sqrt(p1) */
    CR_EFFECT_Q,    /* of two correlations r: artanh(r2) - artanh(r1) */
    CR_EFFECT_D     /* of two means: their difference over the standard deviation between persons */
};

struct cr_unit {
    const char *name; /* as in the registry of measures */
    double least;     /* the smallest difference that matters to most readers, in this unit; assumed, and only a
                         reading aid: a smaller one is called so, and a wider interval undecided (Lakens et al. 2018) */
    enum cr_effect effect;
};

/* The unit of that name; NULL for none. Every measure's unit is one. */
const struct cr_unit *cr_unit_find(const char *name);

/* The letter of an effect size, such as "h"; "" for none. */
const char *cr_effect_letter(enum cr_effect effect);

/* The effect size of `second` against `first`; for d, `sd` is the standard deviation between persons. NaN where it is
 * undefined (shares outside 0 to 1, correlations of 1, no sd). */
double cr_effect_size(enum cr_effect effect, double first, double second, double sd);

#endif
