#ifndef CR_REPORT_FOLDER_CHART_H
#define CR_REPORT_FOLDER_CHART_H

#include "io/csv_file.h"
#include "io/manifest.h"
#include "measure/statistics.h"
#include "report/source_chart.h"

/* Charts of the folder of a run or a comparison: what their files have in common. */

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

/* Sets shown[g] for each of the column's groups that the wanted measure (CSV columns `measure` and `group`, words) has
 * rows of: the one that is asked for, or all, but of those in two parts ("secure open") none if there are several in
 * one part. Returns how many; 0 if the file lacks the measure. */
size_t cr_folder_groups(const struct cr_csv_column *measure, const struct cr_csv_column *group, size_t rows,
    const struct cr_folder_wanted *wanted, bool *shown);

/* Mean, sum of squared deviations and number of some values, one by one (Welford 1962). */
struct cr_folder_mean {
    double value, squares;
    int64_t n;
};
void cr_folder_mean_add(struct cr_folder_mean *mean, double value);

/* The same as an estimate, whose standard error is that over the values; undefined for none. */
struct cr_estimate cr_folder_mean_estimate(const struct cr_folder_mean *mean);

/* The charts, each filling made->chart. Errors of cr_source_chart_init. */
typedef int cr_folder_drawing(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error);
cr_folder_drawing cr_folder_lines, cr_folder_multiples, cr_folder_survival, cr_folder_hazard, cr_folder_density,
    cr_folder_flows, cr_folder_bars, cr_folder_forest;

#endif
