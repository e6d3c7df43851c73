#ifndef CR_REPORT_FOLDER_CHART_H
#define CR_REPORT_FOLDER_CHART_H

#include "io/csv_file.h"
#include "io/manifest.h"
#include "report/source_chart.h"

/* Charts of the folder of a run or a comparison: what their files have in common. */

/* Half the width of a 95 % interval, in standard errors. */
#define CR_NORMAL_95 1.959963984540054

/* Reads columns of PATH/NAME.csv (cr_csv_read). */
CR_NODISCARD int cr_folder_read(struct cr_csv_file *file, const struct cr_source *source, const char *name,
    struct cr_csv_column *columns, size_t count, struct cr_error *error);

/* What is asked for, taken apart: "measure:group". */
struct cr_folder_wanted {
    char measure[64];
    const char *group; /* borrowed; NULL: all */
};
struct cr_folder_wanted cr_folder_wanted(const char *text, const char *fallback);

/* Records that NAME.csv does not have it. Returns CR_ERROR_USAGE. */
int cr_folder_lacks(
    const struct cr_source *source, const char *name, const struct cr_folder_wanted *wanted, struct cr_error *error);

/* The unit to set at an axis; NULL for shares and unknown measures. */
const char *cr_folder_unit(const char *measure);

/* The name of a measure as people would write it: "style share". */
const char *cr_folder_readable(struct cr_holdings *holdings, const char *measure);

/* Mean, sum of squared deviations and number of some values, one by one (Welford 1962). */
struct cr_folder_mean {
    double value, squares, n;
};
void cr_folder_mean_add(struct cr_folder_mean *mean, double value);

/* Half the width of its 95 % interval; NaN for fewer than two values. */
double cr_folder_mean_reach(const struct cr_folder_mean *mean);

/* The charts, each filling made->chart. Errors of cr_source_chart_init. */
typedef int cr_folder_drawing(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error);
cr_folder_drawing cr_folder_lines, cr_folder_multiples, cr_folder_survival, cr_folder_hazard, cr_folder_density,
    cr_folder_flows, cr_folder_bars, cr_folder_forest;

#endif
