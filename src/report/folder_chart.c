#include "report/folder_chart.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/apa_number.h"

int cr_folder_read(struct cr_csv_file *file, const struct cr_source *source, const char *name,
    struct cr_csv_column *columns, size_t count, struct cr_error *error) {
    char path[4096];
    (void)cr_text_format(path, sizeof path, "%s/%s.csv", source->path, name);
    return cr_csv_read(file, path, columns, count, error);
}

/* Of whom a chart tells. */
static const char *describe_run(struct cr_holdings *holdings, const struct cr_manifest_summary *run) {
    char people[CR_APA_SIZE], replicates[CR_APA_SIZE];
    return cr_holdings_text(holdings, "%s, %s people, %g years, %s replicate%s", run->name,
        cr_apa_count(run->people, people), run->years, cr_apa_count(run->replicates, replicates),
        run->replicates == 1 ? "" : "s");
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
    return cr_error_set(error, CR_ERROR_USAGE, "%.200s/%s.csv has no measure %s%s%.64s; see cradle measures",
        source->path, name, *wanted->measure != '\0' ? wanted->measure : "without a name",
        wanted->group != NULL ? " with the group " : "", wanted->group != NULL ? wanted->group : "");
}

size_t cr_folder_groups(const struct cr_csv_column *measure, const struct cr_csv_column *group, size_t rows,
    const struct cr_folder_wanted *wanted, bool *shown) {
    const int32_t m = cr_csv_word(measure, wanted->measure);
    const int32_t asked = wanted->group != NULL ? cr_csv_word(group, wanted->group) : -1;
    size_t count = 0, plain = 0;
    for (size_t i = 0; m >= 0 && i < rows; i++) {
        const int32_t g = group->word[i];
        if (measure->word[i] != m || g < 0 || shown[g] || (wanted->group != NULL && g != asked))
            continue;
        shown[g] = true;
        plain += strchr(group->words[g], ' ') == NULL;
        count++;
    }
    for (size_t g = 0; plain > 1 && g < group->word_count; g++)
        if (shown[g] && strchr(group->words[g], ' ') != NULL)
            shown[g] = false;
    return plain > 1 ? plain : count;
}

void cr_folder_mean_add(struct cr_folder_mean *mean, double value) {
    if (!isfinite(value))
        return;
    const double before = value - mean->value;
    mean->n++;
    mean->value += before / (double)mean->n;
    mean->squares += before * (value - mean->value);
}

struct cr_estimate cr_folder_mean_estimate(const struct cr_folder_mean *mean) {
    const double n = (double)mean->n;
    if (mean->n == 0)
        return cr_estimate_undefined(0);
    return (struct cr_estimate){
        .value = mean->value, .se = n > 1.0 ? sqrt(mean->squares / (n - 1.0) / n) : (double)NAN, .n = mean->n};
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
