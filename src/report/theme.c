#include "report/theme.h"

#include <math.h>

#include "base/numeric.h"

/* Searched for the largest smallest distance under simulated colour blindness (Machado, Oliveira & Fernandes 2009). */
static const struct cr_theme light = {
    .background = CR_COLOUR(0xFFFFFF),
    .ink = CR_COLOUR(0x1D232B),
    .soft_ink = CR_COLOUR(0x56606C),
    .axis = CR_COLOUR(0x6B7480),
    .grid = CR_COLOUR(0xE1E5EA),
    .empty = CR_COLOUR(0xA9B1BB),
    .colours =
        {
            [CR_MEANING_SECURE] = CR_COLOUR(0x1F77C4),
            [CR_MEANING_PREOCCUPIED] = CR_COLOUR(0xC77A00),
            [CR_MEANING_DISMISSING] = CR_COLOUR(0x005F4B),
            [CR_MEANING_FEARFUL] = CR_COLOUR(0xA8327E),
            [CR_MEANING_CLASS_A] = CR_COLOUR(0x005F4B),
            [CR_MEANING_CLASS_B] = CR_COLOUR(0x1F77C4),
            [CR_MEANING_CLASS_C] = CR_COLOUR(0xC77A00),
            [CR_MEANING_CLASS_D] = CR_COLOUR(0xA8327E),
            [CR_MEANING_SCENARIO_1] = CR_COLOUR(0x3D4654),
            [CR_MEANING_SCENARIO_2] = CR_COLOUR(0xD4442A),
            [CR_MEANING_SCENARIO_3] = CR_COLOUR(0x8151F4),
            [CR_MEANING_SCENARIO_4] = CR_COLOUR(0x369362),
            [CR_MEANING_SCENARIO_5] = CR_COLOUR(0xDD5CB5),
            [CR_MEANING_SCENARIO_6] = CR_COLOUR(0x7E4C32),
            [CR_MEANING_SCENARIO_7] = CR_COLOUR(0x2F6B69),
            [CR_MEANING_SCENARIO_8] = CR_COLOUR(0x4D3A00),
            [CR_MEANING_NEUTRAL] = CR_COLOUR(0x87909B),
        },
    .family = "Sans",
};

static const struct cr_theme dark = {
    .background = CR_COLOUR(0x14181F),
    .ink = CR_COLOUR(0xEEF1F5),
    .soft_ink = CR_COLOUR(0xA9B3C0),
    .axis = CR_COLOUR(0x8C96A4),
    .grid = CR_COLOUR(0x2B323C),
    .empty = CR_COLOUR(0x566170),
    .colours =
        {
            [CR_MEANING_SECURE] = CR_COLOUR(0x4E9BEA),
            [CR_MEANING_PREOCCUPIED] = CR_COLOUR(0xE8A23A),
            [CR_MEANING_DISMISSING] = CR_COLOUR(0x8CEBCB),
            [CR_MEANING_FEARFUL] = CR_COLOUR(0xD85FB0),
            [CR_MEANING_CLASS_A] = CR_COLOUR(0x8CEBCB),
            [CR_MEANING_CLASS_B] = CR_COLOUR(0x4E9BEA),
            [CR_MEANING_CLASS_C] = CR_COLOUR(0xE8A23A),
            [CR_MEANING_CLASS_D] = CR_COLOUR(0xD85FB0),
            [CR_MEANING_SCENARIO_1] = CR_COLOUR(0xD5DCE6),
            [CR_MEANING_SCENARIO_2] = CR_COLOUR(0xF0704F),
            [CR_MEANING_SCENARIO_3] = CR_COLOUR(0xA582D1),
            [CR_MEANING_SCENARIO_4] = CR_COLOUR(0x7EFE8E),
            [CR_MEANING_SCENARIO_5] = CR_COLOUR(0xB73291),
            [CR_MEANING_SCENARIO_6] = CR_COLOUR(0x8E6851),
            [CR_MEANING_SCENARIO_7] = CR_COLOUR(0x79B3B7),
            [CR_MEANING_SCENARIO_8] = CR_COLOUR(0xDCB969),
            [CR_MEANING_NEUTRAL] = CR_COLOUR(0x8A94A2),
        },
    .family = "Sans",
};

const struct cr_theme *cr_theme(enum cr_theme_name name) {
    return name == CR_THEME_DARK ? &dark : &light;
}

static const double long_dash[] = {5.0, 2.0};
static const double dots[] = {1.2, 1.6};
static const double dash_dot[] = {5.0, 1.6, 1.2, 1.6};
static const double short_dash[] = {2.6, 1.6};
static const double dash_dots[] = {5.0, 1.6, 1.2, 1.6, 1.2, 1.6};
static const double longer_dash[] = {9.0, 2.4};
static const double two_dashes[] = {6.0, 1.6, 2.6, 1.6};

static const struct {
    const double *lengths;
    int count;
} patterns[] = {{NULL, 0}, {long_dash, 2}, {dots, 2}, {dash_dot, 4}, {short_dash, 2}, {dash_dots, 6}, {longer_dash, 2},
    {two_dashes, 4}};

static const enum cr_marker markers[] = {CR_MARKER_CIRCLE, CR_MARKER_SQUARE, CR_MARKER_TRIANGLE, CR_MARKER_DIAMOND,
    CR_MARKER_CROSS, CR_MARKER_SQUARE, CR_MARKER_TRIANGLE, CR_MARKER_DIAMOND};

/* Which pattern and marker belong to a meaning. */
static size_t rank(enum cr_meaning meaning) {
    static const size_t of_class[] = {2, 0, 1, 3};
    if (meaning >= CR_MEANING_SCENARIO_1 && meaning <= CR_MEANING_SCENARIO_8)
        return (size_t)(meaning - CR_MEANING_SCENARIO_1);
    if (meaning >= CR_MEANING_CLASS_A && meaning <= CR_MEANING_CLASS_D)
        return of_class[meaning - CR_MEANING_CLASS_A];
    return meaning == CR_MEANING_NEUTRAL ? 4 : (size_t)(meaning - CR_MEANING_SECURE);
}

struct cr_mark cr_theme_mark(const struct cr_theme *theme, enum cr_meaning meaning, size_t place) {
    enum { SCENARIOS = CR_MEANING_SCENARIO_8 - CR_MEANING_SCENARIO_1 + 1 };
    if (meaning <= CR_MEANING_BY_PLACE || meaning >= CR_MEANINGS)
        meaning = (enum cr_meaning)(CR_MEANING_SCENARIO_1 + (int)(place % SCENARIOS));
    const size_t k = rank(meaning);
    return (struct cr_mark){theme->colours[meaning], patterns[k].lengths, patterns[k].count, markers[k]};
}

/* A colour by lightness, strength and hue in degrees; what a screen cannot show loses strength, not lightness. */
static struct cr_colour by_hue(double lightness, double chroma, double degrees) {
    const double angle = degrees * 3.14159265358979323846 / 180.0;
    struct cr_colour colour = {0};
    enum { STEPS = 64 };
    for (int k = STEPS; k >= 0; k--) {
        const double strength = chroma * k / STEPS;
        const struct cr_oklab lab = {lightness, strength * cos(angle), strength * sin(angle)};
        colour = cr_colour_from_oklab(lab);
        const struct cr_oklab shown = cr_colour_to_oklab(colour);
        if (fabs(shown.a - lab.a) + fabs(shown.b - lab.b) + fabs(shown.lightness - lab.lightness) < 0.004)
            break;
    }
    return colour;
}

struct cr_colour cr_theme_sequential(const struct cr_theme *theme, double t) {
    if (isnan(t))
        return theme->empty;
    const double amount = cr_clamp(t, 0.0, 1.0);
    if (theme == &dark)
        return by_hue(0.27 + 0.66 * amount, 0.075 + 0.035 * amount, 262.0 - 162.0 * amount);
    return by_hue(0.965 - 0.67 * amount, 0.045 + 0.065 * amount, 100.0 + 162.0 * amount);
}

struct cr_colour cr_theme_diverging(const struct cr_theme *theme, double t) {
    if (isnan(t))
        return theme->empty;
    const double amount = cr_clamp(fabs(t), 0.0, 1.0), hue = t < 0.0 ? 252.0 : 52.0;
    if (theme == &dark)
        return by_hue(0.31 + 0.46 * amount, 0.135 * amount, hue);
    return by_hue(0.965 - 0.49 * amount, 0.135 * amount, hue);
}
