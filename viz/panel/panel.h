#ifndef CR_VIZ_PANEL_H
#define CR_VIZ_PANEL_H

#include <stdbool.h>

#include "base/holdings.h"
#include "report/chart.h"
#include "viz/panel/panel_matter.h"

/* What a panel shows, and the chart of it. */

enum cr_panel_kind {
    CR_PANEL_SURVIVAL,   /* of relationships, by pairing */
    CR_PANEL_HAZARD,     /* of separation, by duration */
    CR_PANEL_EARNED,     /* earned security over time */
    CR_PANEL_ROUTES,     /* and by route */
    CR_PANEL_STRATEGIES, /* prevalence of protest and deactivation */
    CR_PANEL_SATISFACTION,
    CR_PANEL_STYLES_BY_AGE,
    CR_PANEL_AROUSAL, /* felt against shown */
    CR_PANEL_MEASURE, /* any of the registry: its course, or its groups as of now */
    CR_PANEL_KINDS
};

struct cr_panel_choice {
    enum cr_panel_kind kind;
    int measure; /* CR_PANEL_MEASURE: number of the row in cr_measures */
};

/* A panel in a word, as scripts and the recorded state name it: "survival", ..., or the measure's own name. Of the
 * measure "satisfaction" it is that of CR_PANEL_SATISFACTION, which shows the same. */
const char *cr_panel_name(struct cr_panel_choice choice);

/* The choice of that name; false for none. */
bool cr_panel_find(const char *name, struct cr_panel_choice *choice);

/* A panel in plain words, for menus. Static. */
const char *cr_panel_title(struct cr_panel_choice choice);

/* The measure that must be worked out anew each year for it (struct cr_wants); -1 for none. */
int cr_panel_wants(struct cr_panel_choice choice);

/* A group of a measure, as it is shown. */
struct cr_panel_group {
    const char *group, *name; /* as the measure, and as people say it */
    enum cr_meaning meaning;
};

struct cr_panel_chart {
    struct cr_chart chart;         /* what to draw; its data are held below, or by the matter */
    struct cr_panel_group *groups; /* those that can be shown alone, held below */
    size_t group_count;            /* 0: there are not several */
    size_t alone;                  /* the one of them that is; group_count: none, but as many as there is room for */
    struct cr_holdings holdings;   /* owned */
};

/* Makes the chart for a panel of about that size in points, which decides how much can be told apart, of one group
 * alone or of the main ones (`group` "", or one that there is not). With two worlds both are in it, in the colours of
 * scenario 1 and 2. However long the run, a line has one point a year. The matter is borrowed for as long as the chart
 * is used. CR_ERROR_MEMORY. Free in any case; safe twice. */
CR_NODISCARD int cr_panel_chart_init(struct cr_panel_chart *made, struct cr_panel_choice choice, const char *group,
    const struct cr_panel_matter *matter, double width, double height, struct cr_error *error);
void cr_panel_chart_free(struct cr_panel_chart *made);

#endif
