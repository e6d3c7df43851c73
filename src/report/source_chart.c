#include "report/source_chart.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "measure/laboratory_coding.h"
#include "measure/measures.h"
#include "measure/self_report.h"
#include "report/measure_words.h"

enum cr_meaning cr_meaning_of(const char *name) {
    for (int style = 0; style < CR_STYLES; style++)
        if (strcmp(name, cr_style_names[style]) == 0)
            return (enum cr_meaning)(CR_MEANING_SECURE + style);
    for (int class = 0; class < CR_CLASSES; class ++)
        if (strcmp(name, cr_class_names[class]) == 0)
            return (enum cr_meaning)(CR_MEANING_CLASS_A + class);
    return strcmp(name, "all") == 0 ? CR_MEANING_NEUTRAL : CR_MEANING_BY_PLACE;
}

/* Underlines part the words of a name. */
static const char *readable(struct cr_holdings *holdings, const char *name) {
    char *text = cr_holdings_text(holdings, "%s", name);
    for (char *at = text; at != NULL && *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    return text;
}

const char *cr_source_title(struct cr_holdings *holdings, const char *measure, const char *group) {
    char words[CR_WORDS_SIZE];
    const int known = cr_measure_find(measure);
    if (known >= 0)
        return cr_holdings_text(
            holdings, "%s", group != NULL ? cr_measure_words(known, group, words) : cr_measure_whole_words(known));
    return group != NULL ? cr_holdings_text(holdings, "%s: %s", measure, group) : readable(holdings, measure);
}

const char *cr_source_group(struct cr_holdings *holdings, const char *measure, const char *group) {
    char words[CR_WORDS_SIZE];
    const int known = cr_measure_find(measure);
    return known >= 0 ? cr_holdings_text(holdings, "%s", cr_measure_group_words(known, group, words))
                      : readable(holdings, group);
}

/* Between which values of a unit lie; those of other units may be anywhere. */
static const struct {
    const char *unit;
    double least, most;
} ends[] = {
    {"share", 0.0, 1.0},
    {"probability", 0.0, 1.0},
    {"0-1", 0.0, 1.0},
    {"correlation", -1.0, 1.0},
    {"difference of probabilities", -1.0, 1.0},
    {"scale points (1-7)", 1.0, 7.0},
    {"sd in scale points", 0.0, INFINITY},
    {"arousal", 0.0, INFINITY},
    {"quarrels per week", 0.0, INFINITY},
    {"per year", 0.0, INFINITY},
    {"years", 0.0, INFINITY},
};

struct cr_chart_axis cr_source_axis(const char *measure) {
    const int known = cr_measure_find(measure);
    const char *const unit = known >= 0 ? cr_measures[known].unit : NULL;
    struct cr_chart_axis axis = {.label = unit};
    for (size_t k = 0; unit != NULL && k < sizeof ends / sizeof *ends; k++)
        if (strcmp(unit, ends[k].unit) == 0) {
            axis.least = ends[k].least;
            axis.most = ends[k].most;
        }
    if (unit != NULL && strcmp(unit, "0-1") == 0)
        axis.label = "from 0 to 1";
    if (unit != NULL && strcmp(unit, "share") == 0)
        axis.form = CR_NUMBER_PERCENT;
    axis.with_zero = unit != NULL && (strcmp(unit, "share") == 0 || strcmp(unit, "probability") == 0);
    return axis;
}

struct cr_interval cr_source_interval(const char *measure, struct cr_estimate mean) {
    struct cr_interval interval = cr_statistics_t_interval(mean, CR_SOURCE_LEVEL);
    const int known = cr_measure_find(measure);
    if (known >= 0 && strcmp(cr_measures[known].unit, "share") == 0 && !isnan(interval.low)) {
        interval.low = fmax(0.0, interval.low);
        interval.high = fmin(1.0, interval.high);
    }
    return interval;
}

int cr_source_chart_init(
    struct cr_source_chart *made, enum cr_chart_kind kind, const struct cr_source *source, struct cr_error *error) {
    struct stat status;
    memset(made, 0, sizeof *made);
    made->chart.kind = kind;
    const bool folder = stat(source->path, &status) == 0 && S_ISDIR(status.st_mode);
    int code = folder ? cr_folder_chart(made, source, error) : cr_store_chart(made, source, error);
    if (made->holdings.failed && (code == 0 || code == CR_ERROR_MEMORY))
        code = cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the chart of %.300s", source->path);
    return code;
}

void cr_source_chart_free(struct cr_source_chart *made) {
    cr_holdings_free(&made->holdings);
    memset(made, 0, sizeof *made);
}
