#include "report/folder_chart.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "measure/measures.h"

int cr_folder_read(struct cr_csv_file *file, const struct cr_source *source, const char *name,
    struct cr_csv_column *columns, size_t count, struct cr_error *error) {
    char path[4096];
    (void)cr_text_format(path, sizeof path, "%s/%s.csv", source->path, name);
    return cr_csv_read(file, path, columns, count, error);
}

/* Of whom a chart tells. */
static const char *describe_run(struct cr_holdings *holdings, const struct cr_manifest_summary *run) {
    return cr_holdings_text(holdings, "%s, %lld people, %g years, %lld replicate%s", run->name, (long long)run->people,
        run->years, (long long)run->replicates, run->replicates == 1 ? "" : "s");
}

struct cr_folder_wanted cr_folder_wanted(const char *text, const char *fallback) {
    struct cr_folder_wanted wanted;
    const char *from = text != NULL ? text : fallback;
    const size_t length = strcspn(from, ":");
    (void)cr_text_format(wanted.measure, sizeof wanted.measure, "%.*s", (int)(length < 63 ? length : 63), from);
    wanted.group = from[length] == ':' ? from + length + 1 : NULL;
    return wanted;
}

int cr_folder_lacks(
    const struct cr_source *source, const char *name, const struct cr_folder_wanted *wanted, struct cr_error *error) {
    return cr_error_set(error, CR_ERROR_USAGE, "%.200s/%s.csv has no measure %s%s%s; see cradle measures", source->path,
        name, wanted->measure, wanted->group != NULL ? " with the group " : "",
        wanted->group != NULL ? wanted->group : "");
}

const char *cr_folder_unit(const char *measure) {
    const int found = cr_measure_find(measure);
    const char *unit = found >= 0 ? cr_measures[found].unit : NULL;
    return unit == NULL || strcmp(unit, "share") == 0 || strcmp(unit, "probability") == 0 ? NULL : unit;
}

const char *cr_folder_readable(struct cr_holdings *holdings, const char *measure) {
    char *text = cr_holdings_text(holdings, "%s", measure);
    for (char *at = text; at != NULL && *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    return text;
}

void cr_folder_mean_add(struct cr_folder_mean *mean, double value) {
    if (isnan(value))
        return;
    const double before = value - mean->value;
    mean->n += 1.0;
    mean->value += before / mean->n;
    mean->squares += before * (value - mean->value);
}

double cr_folder_mean_reach(const struct cr_folder_mean *mean) {
    return mean->n > 1.0 ? CR_NORMAL_95 * sqrt(mean->squares / (mean->n - 1.0) / mean->n) : (double)NAN;
}

int cr_folder_chart(struct cr_source_chart *made, const struct cr_source *source, struct cr_error *error) {
    static cr_folder_drawing *const drawings[CR_CHART_KINDS] = {[CR_CHART_LINES] = cr_folder_lines,
        [CR_CHART_MULTIPLES] = cr_folder_multiples,
        [CR_CHART_SURVIVAL] = cr_folder_survival,
        [CR_CHART_HAZARD] = cr_folder_hazard,
        [CR_CHART_DENSITY] = cr_folder_density,
        [CR_CHART_FLOWS] = cr_folder_flows,
        [CR_CHART_BARS] = cr_folder_bars,
        [CR_CHART_FOREST] = cr_folder_forest};
    struct cr_manifest_summary run = {0};
    cr_folder_drawing *const draw = drawings[made->chart.kind];
    if (draw == NULL)
        return cr_error_set(error, CR_ERROR_USAGE, "a heat map needs the store of a sweep over two axes, not a folder");
    /* A comparison has no manifest. */
    if (made->chart.kind != CR_CHART_FOREST) {
        const int status = cr_manifest_read(source->path, &run, error);
        if (status != 0)
            return status;
        made->chart.subtitle = describe_run(&made->holdings, &run);
    }
    return draw(made, source, &run, error);
}
