#ifndef CR_VIZ_ARRANGEMENT_TIMELINE_H
#define CR_VIZ_ARRANGEMENT_TIMELINE_H

#include <stdint.h>

/* The timeline of relationships: each has a line in the order in which they began, the first on top. Where they are too
 * many for lines that can be told apart, every second, fourth, eighth ... is drawn. */

struct cr_timeline {
    double row;     /* pixels from a relationship to the next, without zoom */
    int32_t stride; /* those are drawn whose number is a multiple of it: a power of two */
    int32_t first;  /* of these, the first to be seen */
    int32_t shown;  /* and how many are */
};

struct cr_timeline_view {
    int32_t ties;       /* how many relationships have begun */
    double height;      /* pixels of the picture; */
    double margin;      /* those above the first line and below the last that stay free, without zoom */
    double most, least; /* pixels from a line to the next, at most without zoom, and at least */
    double zoom, top;   /* of a camera: magnification, and where the top of the whole is (0 or less) */
};

struct cr_timeline cr_timeline_lay(const struct cr_timeline_view *view);

/* Where the middle of a relationship's line is, pixels from the top of the picture. */
double cr_timeline_place(const struct cr_timeline *timeline, const struct cr_timeline_view *view, int32_t tie);

/* The first week of the calendar that is shown, given when the first relationship began: a multiple of five years. */
int32_t cr_timeline_begin(int32_t first_start);

#endif
