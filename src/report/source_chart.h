#ifndef CR_REPORT_SOURCE_CHART_H
#define CR_REPORT_SOURCE_CHART_H

#include "base/holdings.h"
#include "measure/statistics.h"
#include "report/chart.h"

/* Charts of what is on the disk: the folder that `cradle run --out` or `cradle compare --out` wrote, or the store of a
 * sweep. */
struct cr_source {
    const char *path;
    const char *measure; /* MEASURE or MEASURE:GROUP, for multiples several, separated by commas; NULL: what suits */
    int age;             /* of density: 18 or 40 years; 0: the last survey */
};

struct cr_source_chart {
    struct cr_chart chart;       /* what to draw; its data are held below */
    struct cr_holdings holdings; /* owned */
};

/* Kinds by their names on the command line, in the order of enum cr_chart_kind, separated by '|'. */
#define CR_SOURCE_CHART_WORDS "lines|survival|hazard|density|flows|forest|heat|bars|multiples"

/* Makes the chart of that kind. From a folder: lines and multiples of time courses, bars of measures, survival and
 * hazard of relationships by the partners' styles, density of adults, flows of people, forest of a comparison. From a
 * store: heat maps of two axes, lines along one axis (one line a value of a second), bars of sensitivity indices.
 * CR_ERROR_USAGE when the source has nothing for it, and says what would be right; CR_ERROR_IO, CR_ERROR_MEMORY. Free
 * in any case. */
CR_NODISCARD int cr_source_chart_init(
    struct cr_source_chart *made, enum cr_chart_kind kind, const struct cr_source *source, struct cr_error *error);

/* Gives everything back; safe twice. */
void cr_source_chart_free(struct cr_source_chart *made);

/* For the files of the two sources. */
CR_NODISCARD int cr_folder_chart(struct cr_source_chart *made, const struct cr_source *source, struct cr_error *error);
CR_NODISCARD int cr_store_chart(struct cr_source_chart *made, const struct cr_source *source, struct cr_error *error);

/* What a group, style or class of that name means; CR_MEANING_BY_PLACE for all others. */
enum cr_meaning cr_meaning_of(const char *name);

/* A measure in words, of one group or (NULL) over all; as it is named if this program does not know it. */
const char *cr_source_title(struct cr_holdings *holdings, const char *measure, const char *group);

/* A group in words, to be read under the title over all. */
const char *cr_source_group(struct cr_holdings *holdings, const char *measure, const char *group);

/* An axis for the values of a measure: its unit as the label, and the ends between which values of that unit lie; with
 * 0 for shares, in percent, and probabilities. */
struct cr_chart_axis cr_source_axis(const char *measure);

/* The level of all intervals. */
#define CR_SOURCE_LEVEL 0.95

/* The interval of a mean over replicates by Student's t; of a share within 0 to 1. NaN for fewer than two. */
struct cr_interval cr_source_interval(const char *measure, struct cr_estimate mean);

#endif
