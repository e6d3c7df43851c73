#ifndef CR_VIZ_STAMPS_H
#define CR_VIZ_STAMPS_H

#include <cairo.h>
#include <stdbool.h>

#include "report/theme.h"
#include "viz/draw/raster.h"

/* The small pictures of the scene: people, rings about them, and what flares up. Each is drawn once with Cairo, about
 * the centre of a person's dot. */
enum cr_stamp_name {
    CR_STAMP_SECURE, /* adults by measured style, in the order of enum cr_style, */
    CR_STAMP_PREOCCUPIED,
    CR_STAMP_DISMISSING,
    CR_STAMP_FEARFUL,
    CR_STAMP_UNRATED, /* without a style so far */
    CR_STAMP_CHILD,
    CR_STAMP_CHOSEN,                   /* a strong ring */
    CR_STAMP_PARTNER,                  /* a lighter one, of the chosen one's partner */
    CR_STAMP_DIFFERS,                  /* a narrow one: fares differently in the other world */
    CR_STAMP_STILL,                    /* those above do not change; those below run through phases */
    CR_STAMP_PROTEST = CR_STAMP_STILL, /* a burst that runs outwards */
    CR_STAMP_DEACTIVATION,             /* a dim broken ring that shrinks */
    CR_STAMP_APPEASEMENT,              /* a dim bow below, which rises */
    CR_STAMP_COMFORT,                  /* two arms about the dot, which close, and a soft glow */
    CR_STAMP_REBUFF,                   /* a bar above, which comes down */
    CR_STAMP_FRIGHT,                   /* a jagged ring */
    CR_STAMP_QUARREL,                  /* a spark, on a tie */
    CR_STAMP_PAIRING,                  /* a bright ring that closes in */
    CR_STAMP_WEDDING,                  /* two bright rings that open */
    CR_STAMP_EARNING,                  /* a golden halo */
    CR_STAMP_BIRTH,                    /* a pale ring that opens */
    CR_STAMP_DEATH,                    /* a grey ring that opens and thins */
    CR_STAMPS
};

/* Draws one about the origin: `radius` of a person's dot and `unit` (a point) in pixels, `phase` from 0 to 1. */
void cr_stamp_paint(
    cairo_t *cairo, const struct cr_theme *theme, enum cr_stamp_name name, double radius, double unit, double phase);

/* Whether a dot of that radius in pixels is large enough for styles to be told apart by shape, too; smaller ones are
 * circles. */
bool cr_stamp_is_shaped(double radius);

/* How far from the centre it reaches, in pixels. */
double cr_stamp_reach(enum cr_stamp_name name, double radius, double unit);

enum { CR_STAMP_PHASES = 16 };

struct cr_stamps {
    const struct cr_theme *theme;
    double radius, unit;
    /* Those that do not change: by quarters of a pixel across and down; others: by phase. */
    struct cr_stamp stamp[CR_STAMPS][CR_STAMP_PHASES];
    uint8_t *memory; /* owned */
};

/* Draws them all, unless they are as asked. Begin with all zero. CR_ERROR_MEMORY leaves none, and nothing to draw. */
CR_NODISCARD int cr_stamps_make(
    struct cr_stamps *stamps, const struct cr_theme *theme, double radius, double unit, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_stamps_free(struct cr_stamps *stamps);

/* Puts one of those that do not change at a place, in pixels; `opacity` 0 to 256. */
void cr_stamps_put(
    const struct cr_stamps *stamps, struct cr_raster *raster, enum cr_stamp_name name, double x, double y, int opacity);

/* Puts one of those that do, at a phase from 0 to 1. */
void cr_stamps_flare(const struct cr_stamps *stamps, struct cr_raster *raster, enum cr_stamp_name name, double x,
    double y, double phase, int opacity);

#endif
