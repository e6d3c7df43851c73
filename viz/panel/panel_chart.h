#ifndef CR_VIZ_PANEL_CHART_H
#define CR_VIZ_PANEL_CHART_H

#include "viz/panel/panel.h"

/* What the makers of panels' charts have in common. */

enum { CR_PANEL_GROUPS = 12 }; /* bars or points that can be told apart in one panel */

/* Where parameters changed. */
struct cr_panel_mark {
    int32_t week;
    const char *label; /* an intervention's title, or the parameter's group and name; NULL: an intervention ends */
};

struct cr_panel_maker {
    struct cr_panel_chart *made;  /* what is to be made, */
    struct cr_chart *chart;       /* and its chart */
    struct cr_holdings *holdings; /* for its data */
    const struct cr_panel_matter *matter;
    const char *group;                 /* to be shown alone; "": none */
    bool roomy;                        /* there is room for several small charts */
    const char *worlds[CR_WORLDS_MAX]; /* names, all different */
    struct cr_panel_mark *marks;       /* changes of all worlds, by week; the same of two worlds once */
    size_t mark_count;
    struct cr_occasion *occasions; /* changes of parameters, and where one stands while looking back */
    size_t occasion_count;
};

/* What each maker fills in: title, subtitle and `of` of the chart. Memory that runs out is known to the holdings. */
void cr_panel_make_course(struct cr_panel_maker *maker, struct cr_panel_choice choice);
void cr_panel_make_survival(struct cr_panel_maker *maker);
void cr_panel_make_hazard(struct cr_panel_maker *maker);
void cr_panel_make_styles(struct cr_panel_maker *maker);
void cr_panel_make_arousal(struct cr_panel_maker *maker);
void cr_panel_make_groups(struct cr_panel_maker *maker, int measure);

/* The course of a group in a world; NULL for none. */
const struct cr_series *cr_panel_series(
    const struct cr_panel_maker *maker, size_t world, int measure, const char *group);

/* What was worked out of a measure over the whole run so far, of a group in a world; NULL for none. */
const struct cr_reading *cr_panel_reading(
    const struct cr_panel_maker *maker, size_t world, int measure, const char *group);

/* Half a 95% interval about a value of the measure, cut off where its values end. */
struct cr_interval cr_panel_interval(int measure, double value, double se);

/* Says which groups can be shown alone, if there are several; returns the one that is to be, or NULL. */
const struct cr_panel_group *cr_panel_offer(
    struct cr_panel_maker *maker, const struct cr_panel_group *groups, size_t count);

/* "As of year 31"; borrowed from the holdings. */
const char *cr_panel_as_of(struct cr_panel_maker *maker, int32_t week);

/* Fills in the marks. */
void cr_panel_find_changes(struct cr_panel_maker *maker);

/* Notes a chart without a time axis, which has no other marks of changes: of when it is ("As of year 31"), and `how` it
 * was made; then all changes up to the present week, the newest first. The brief note has `when`, and the years of
 * changes, or the only one. `when` is borrowed for as long as the chart, `how` for the call. */
void cr_panel_annotate(struct cr_panel_maker *maker, const char *when, const char *how);

/* The columns of so many small charts that fill the panel best; 0: let the chart choose. */
size_t cr_panel_columns(const struct cr_panel_maker *maker, size_t count);

/* From when there will be data of a measure. */
const char *cr_panel_empty(struct cr_panel_maker *maker, int measure);

#endif
