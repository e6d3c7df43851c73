#include "report/folder_chart.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "measure/laboratory_coding.h"
#include "measure/self_report.h"

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
    if (xs == NULL || ys == NULL)
        status = CR_ERROR_MEMORY;
    if (status == 0 && file.rows > 0) {
        memcpy(xs, columns[0].number, file.rows * sizeof *xs);
        memcpy(ys, columns[1].number, file.rows * sizeof *ys);
    }
    made->chart.title = source->age > 0 ? cr_holdings_text(&made->holdings, "Attachment at %d", source->age)
                                        : "Attachment at the last survey";
    made->chart.note = "regions that hold 25, 50, 75 and 95 % of people";
    made->chart.of.density = (struct cr_chart_density){.x = {.label = "anxiety", .from = 1.0, .to = 7.0},
        .y = {.label = "avoidance", .from = 1.0, .to = 7.0},
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

int cr_folder_flows(struct cr_source_chart *made, const struct cr_source *source, const struct cr_manifest_summary *run,
    struct cr_error *error) {
    (void)run;
    enum { CLASS, AT_18, AT_40, EARNED, COLUMNS, STAGES = 3 };
    struct cr_csv_column columns[COLUMNS] = {[CLASS] = {.name = "ssp_class", .text = true},
        [AT_18] = {.name = "style_18", .text = true},
        [AT_40] = {.name = "style_40", .text = true},
        [EARNED] = {.name = "earned_age"}};
    static const char *const titles[STAGES] = {"infancy", "at 18", "at 40"};
    struct cr_csv_file file;
    int status = cr_folder_read(&file, source, "people", columns, COLUMNS, error);
    struct cr_flow_stage *stages = cr_holdings_take(&made->holdings, STAGES, sizeof *stages);
    struct cr_flow_category *categories = cr_holdings_take(&made->holdings, STAGES * CR_STYLES, sizeof *categories);
    struct cr_flow *flows = cr_holdings_take(&made->holdings, CR_CLASSES * CR_STYLES * CR_STYLES * 2, sizeof *flows);
    if (stages == NULL || categories == NULL || flows == NULL)
        status = CR_ERROR_MEMORY;
    for (int stage = 0; status == 0 && stage < STAGES; stage++) {
        for (int k = 0; k < CR_STYLES; k++) {
            const char *name = stage == 0 ? cr_class_names[k] : cr_style_names[k];
            categories[stage * CR_STYLES + k] = (struct cr_flow_category){.name = name, .meaning = cr_meaning_of(name)};
        }
        stages[stage] = (struct cr_flow_stage){
            .title = titles[stage], .categories = categories + (size_t)stage * CR_STYLES, .count = CR_STYLES};
    }
    for (size_t i = 0; status == 0 && i < file.rows; i++) {
        const int class = place_of(cr_class_names, CR_CLASSES, &columns[CLASS], i);
        const int young = place_of(cr_style_names, CR_STYLES, &columns[AT_18], i);
        const int old = place_of(cr_style_names, CR_STYLES, &columns[AT_40], i);
        if (class < 0 || young < 0 || old < 0)
            continue;
        const bool earned = !isnan(columns[EARNED].number[i]);
        struct cr_flow *flow = &flows[((class * CR_STYLES + young) * CR_STYLES + old) * 2 + earned];
        *flow = (struct cr_flow){.category = {class, young, old}, .weight = flow->weight + 1.0, .picked = earned};
    }
    made->chart.title = "From infancy to 40";
    made->chart.of.flows = (struct cr_chart_flows){.stages = stages,
        .stage_count = STAGES,
        .flows = flows,
        .flow_count = (size_t)CR_CLASSES * CR_STYLES * CR_STYLES * 2,
        .picked_name = "earned security",
        .picked_meaning = CR_MEANING_SECURE};
    cr_csv_free(&file);
    return status;
}
