#ifndef CR_REPORT_DENSITY_GRID_H
#define CR_REPORT_DENSITY_GRID_H

#include "base/error.h"
#include "report/chart_density.h"

/* The density of people over a rectangle of two scales, at the nodes of a grid that reaches to its bounds. */

enum { CR_DENSITY_NODES = 97 }; /* on each side */

struct cr_density_grid {
    double *values;  /* owned; row by row, the lowest first; their mean, border nodes weighing half, is about 1 */
    double total;    /* people that count */
    double share[4]; /* of people in the quadrants, in the order of cr_chart_density.names; NaN unless both cuts lie
                        within the axes */
};

/* Estimates the density for closed axes. CR_ERROR_MEMORY. Free it in any case. */
CR_NODISCARD int cr_density_grid_init(
    struct cr_density_grid *grid, const struct cr_chart_density *density, struct cr_error *error);

void cr_density_grid_free(struct cr_density_grid *grid);

/* The density above which the smallest region lies that holds that share (0-1) of the people. CR_ERROR_MEMORY. */
CR_NODISCARD int cr_density_grid_level(
    const struct cr_density_grid *grid, double share, double *level, struct cr_error *error);

#endif
