#ifndef CR_REPORT_CHART_MULTIPLES_H
#define CR_REPORT_CHART_MULTIPLES_H

#include <stdbool.h>
#include <stddef.h>

/* Small multiples: panels of equal size in a grid, each an ordinary chart with its title. Panels of one kind with axes
 * share them (one range, labelled at the outer edge) and the legend; others are drawn side by side. A panel's subtitle,
 * note and table of numbers at risk are left out. */
struct cr_chart;
struct cr_chart_multiples {
    const struct cr_chart *panels; /* none of them multiples */
    size_t count;
    size_t columns;    /* 0: as many as make the panels best shaped */
    bool own_x, own_y; /* each panel has its own range */
};

#endif
