#ifndef CR_REPORT_CHART_FLOWS_H
#define CR_REPORT_CHART_FLOWS_H

#include <stdbool.h>
#include <stddef.h>

#include "report/theme.h"

/* Flows: what becomes of people from stage to stage (infant class, style at 18, style at 40), as bands whose height is
 * their number (an alluvial diagram); some may be picked out, and are followed through all stages. */

enum { CR_FLOW_STAGES = 6, CR_FLOW_CATEGORIES = 12 };

struct cr_flow_category {
    const char *name;
    enum cr_meaning meaning;
};

struct cr_flow_stage {
    const char *title; /* "at 18"; NULL: none */
    const struct cr_flow_category *categories;
    size_t count; /* at most CR_FLOW_CATEGORIES */
};

/* People who went the same way. */
struct cr_flow {
    int category[CR_FLOW_STAGES]; /* at each stage */
    double weight;                /* how many, or their share; what is not positive does not flow */
    bool picked;
};

struct cr_chart_flows {
    const struct cr_flow_stage *stages;
    size_t stage_count; /* 2 to CR_FLOW_STAGES */
    const struct cr_flow *flows;
    size_t flow_count;
    const char *picked_name; /* what the picked ones are ("earned security"); NULL: nothing is said of them */
    enum cr_meaning picked_meaning;
};

#endif
