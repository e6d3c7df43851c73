#ifndef CR_VIZ_LOOK_H
#define CR_VIZ_LOOK_H

#include <stdbool.h>

#include "report/theme.h"

/* How everything is drawn. */
struct cr_look {
    enum cr_theme_name theme;
    double scale;        /* pixels a point: 1 on a plain screen, 2 on one of high density */
    double text_scale;   /* letters so much larger than usual, 1 for usual */
    bool reduced_motion; /* nothing glides, flashes or leaves a trail */
};

#endif
