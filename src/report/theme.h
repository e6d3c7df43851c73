#ifndef CR_REPORT_THEME_H
#define CR_REPORT_THEME_H

#include <stddef.h>

#include "report/colour.h"

/* How charts look: light or dark, and what each colour means. Every mark and line stands out from the background by a
 * contrast of at least 3, every text by 4.5; the four styles, and the eight scenarios, can be told apart with
 * protanopia, deuteranopia and tritanopia; and each has its own dashes and marker, so that colour is never alone. */

/* What a colour stands for. The styles are in the order of enum cr_style and the classes in that of enum cr_class, so
 * CR_MEANING_SECURE + style works. A class has the colour of the style that it foreshadows (A: dismissing, B: secure,
 * C: preoccupied, D: fearful). */
enum cr_meaning {
    CR_MEANING_BY_PLACE, /* the first series is scenario 1, the second scenario 2, ... */
    CR_MEANING_SECURE,
    CR_MEANING_PREOCCUPIED,
    CR_MEANING_DISMISSING,
    CR_MEANING_FEARFUL,
    CR_MEANING_CLASS_A,
    CR_MEANING_CLASS_B,
    CR_MEANING_CLASS_C,
    CR_MEANING_CLASS_D,
    CR_MEANING_SCENARIO_1, /* the one that others are compared with */
    CR_MEANING_SCENARIO_2,
    CR_MEANING_SCENARIO_3,
    CR_MEANING_SCENARIO_4,
    CR_MEANING_SCENARIO_5,
    CR_MEANING_SCENARIO_6,
    CR_MEANING_SCENARIO_7,
    CR_MEANING_SCENARIO_8,
    CR_MEANING_NEUTRAL, /* published values, references, all together */
    CR_MEANINGS
};

enum cr_marker { CR_MARKER_CIRCLE, CR_MARKER_SQUARE, CR_MARKER_TRIANGLE, CR_MARKER_DIAMOND, CR_MARKER_CROSS };

/* The look of what has a meaning. */
struct cr_mark {
    struct cr_colour colour;
    const double *dashes; /* lengths on and off, in widths of the line */
    int dash_count;       /* 0: drawn through */
    enum cr_marker marker;
};

enum cr_theme_name { CR_THEME_LIGHT, CR_THEME_DARK };

struct cr_theme {
    struct cr_colour background;
    struct cr_colour ink;      /* titles, numbers */
    struct cr_colour soft_ink; /* subtitles, labels of axes, notes; readable as text */
    struct cr_colour axis;     /* base lines and ticks */
    struct cr_colour grid;     /* lines behind the data, meant to be faint */
    struct cr_colour empty;    /* what is not there: hatching of missing cells */
    struct cr_colour colours[CR_MEANINGS];
    const char *family; /* of the letters, as Pango takes it */
};

/* The theme; borrowed, everlasting. */
const struct cr_theme *cr_theme(enum cr_theme_name name);

/* The look of a meaning; `place` (0, 1, ...) is the place of the series, for CR_MEANING_BY_PLACE and for no other. */
struct cr_mark cr_theme_mark(const struct cr_theme *theme, enum cr_meaning meaning, size_t place);

/* The colour for an amount `t` from 0 (none: near the background) to 1 (most): lightness changes evenly, the hue runs
 * between a pale yellow and a deep blue, which all kinds of colour vision keep apart. NaN gives `empty`. */
struct cr_colour cr_theme_sequential(const struct cr_theme *theme, double t);

/* The colour for a difference `t` from -1 (blue) over 0 (near the background) to 1 (orange-brown), equally strong on
 * both sides. NaN gives `empty`. */
struct cr_colour cr_theme_diverging(const struct cr_theme *theme, double t);

#endif
