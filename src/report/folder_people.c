#include "report/folder_chart.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "measure/laboratory_coding.h"
#include "measure/self_report.h"
#include "report/apa_number.h"

int cr_folder_density(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    (void)run;
    char names[2][24];
    static const char *const scales[] = {"anxiety", "avoidance"};
    struct cr_csv_column columns[2];
    struct cr_csv_file file;
    for (int k = 0; k < 2; k++) {
        if (source->age > 0)
            (void)cr_text_format(names[k], sizeof names[k], "%s_%d", scales[k], source->age);
        else
            (void)cr_text_format(names[k], sizeof names[k], "%s_end", scales[k]);
        columns[k] = (struct cr_csv_column){.name = names[k]};
    }
    int status = cr_folder_read(&file, source, "people", columns, 2, error);
    double *xs = cr_holdings_take(&made->holdings, file.rows, sizeof *xs);
    double *ys = cr_holdings_take(&made->holdings, file.rows, sizeof *ys);
    if (status == 0 && (xs == NULL || ys == NULL))
        status = CR_ERROR_MEMORY;
    if (status == 0 && file.rows > 0) {
        memcpy(xs, columns[0].number, file.rows * sizeof *xs);
        memcpy(ys, columns[1].number, file.rows * sizeof *ys);
    }
    made->chart.title = source->age > 0 ? cr_holdings_text(&made->holdings, "Attachment at %d", source->age)
                                        : "Attachment at the last survey";
    made->chart.note = "Areas: the smallest that hold so many; points: people outside all of them; lines: the cut of "
                       "the styles";
    made->chart.of.density =
        (struct cr_chart_density){.x = {.label = "anxiety (ECR)", .from = 1.0, .to = 7.0, .whole = true},
            .y = {.label = "avoidance (ECR)", .from = 1.0, .to = 7.0, .whole = true},
            .xs = xs,
            .ys = ys,
            .count = file.rows,
            .x_cut = 4.0,
            .y_cut = 4.0,
            .names = {cr_style_names[CR_STYLE_SECURE], cr_style_names[CR_STYLE_PREOCCUPIED],
                cr_style_names[CR_STYLE_DISMISSING], cr_style_names[CR_STYLE_FEARFUL]}};
    cr_csv_free(&file);
    return status;
}

static int place_of(const char *const *names, int count, const struct cr_csv_column *column, size_t row) {
    if (column->word[row] < 0)
        return -1;
    for (int k = 0; k < count; k++)
        if (strcmp(column->words[column->word[row]], names[k]) == 0)
            return k;
    return -1;
}

/* Whether anybody is followed to 40: short runs end before. */
static bool has_any(const struct cr_csv_column *column, size_t rows) {
    for (size_t i = 0; i < rows; i++)
        if (column->word[i] >= 0)
            return true;
    return false;
}

int cr_folder_flows(struct cr_source_chart *made, const struct cr_source *source, const struct cr_manifest_summary *run,
    struct cr_error *error) {
    (void)run;
    enum { CLASS, AT_18, AT_40, EARNED, COLUMNS, STAGES = 3, WAYS = CR_CLASSES * CR_STYLES * CR_STYLES * 2 };
    struct cr_csv_column columns[COLUMNS] = {[CLASS] = {.name = "ssp_class", .text = true},
        [AT_18] = {.name = "style_18", .text = true},
        [AT_40] = {.name = "style_40", .text = true},
        [EARNED] = {.name = "earned_age"}};
    static const struct cr_flow_category classes[CR_CLASSES] = {{"A avoidant", CR_MEANING_CLASS_A},
        {"B secure", CR_MEANING_CLASS_B}, {"C resistant", CR_MEANING_CLASS_C}, {"D disorganized", CR_MEANING_CLASS_D}};
    static const struct cr_flow_category styles[CR_STYLES] = {{"secure", CR_MEANING_SECURE},
        {"preoccupied", CR_MEANING_PREOCCUPIED}, {"dismissing", CR_MEANING_DISMISSING},
        {"fearful", CR_MEANING_FEARFUL}};
    static const struct cr_flow_stage stages[STAGES] = {
        {"infancy", classes, CR_CLASSES}, {"at 18", styles, CR_STYLES}, {"at 40", styles, CR_STYLES}};
    char followed[CR_APA_SIZE];
    struct cr_csv_file file;
    int status = cr_folder_read(&file, source, "people", columns, COLUMNS, error);
    struct cr_flow *flows = cr_holdings_take(&made->holdings, WAYS, sizeof *flows);
    if (status == 0 && flows == NULL)
        status = CR_ERROR_MEMORY;
    const bool to_40 = status == 0 && has_any(&columns[AT_40], file.rows);
    int64_t people = 0;
    for (size_t i = 0; status == 0 && i < file.rows; i++) {
        const int class = place_of(cr_class_names, CR_CLASSES, &columns[CLASS], i);
        const int young = place_of(cr_style_names, CR_STYLES, &columns[AT_18], i);
        const int old = to_40 ? place_of(cr_style_names, CR_STYLES, &columns[AT_40], i) : 0;
        if (class < 0 || young < 0 || old < 0)
            continue;
        /* The surveys at 18 and at 40 are the first from those birthdays on. */
        const bool earned =
            (to_40 ? old : young) == CR_STYLE_SECURE && columns[EARNED].number[i] < (to_40 ? 41.0 : 19.0);
        struct cr_flow *flow = &flows[((class * CR_STYLES + young) * CR_STYLES + old) * 2 + earned];
        *flow = (struct cr_flow){.category = {class, young, old}, .weight = flow->weight + 1.0, .picked = earned};
        people++;
    }
    made->chart.title = to_40 ? "From infancy to 40" : "From infancy to 18";
    made->chart.note = cr_holdings_text(&made->holdings,
        "%s people who were seen at all these ages. Hatched: insecure in infancy or at 18, security earned by %d and "
        "secure then",
        cr_apa_count(people, followed), to_40 ? 40 : 18);
    made->chart.of.flows = (struct cr_chart_flows){.stages = stages,
        .stage_count = to_40 ? STAGES : STAGES - 1,
        .flows = flows,
        .flow_count = WAYS,
        .picked_name = "earned security",
        .picked_meaning = CR_MEANING_SCENARIO_2};
    cr_csv_free(&file);
    return status;
}
