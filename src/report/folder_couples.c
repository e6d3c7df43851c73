#include "report/folder_chart.h"

#include <math.h>
#include <string.h>

#include "measure/self_report.h"
#include "measure/survival.h"

/* Relationships, by how many of the two partners were insecure when it began. */
enum { START, END, CENSORED, STYLE_A, STYLE_B, RELATIONSHIP_COLUMNS };
enum { PAIRINGS = 3 };
static const char *const pairing_names[PAIRINGS] = {"both secure", "one insecure", "both insecure"};
static const enum cr_meaning pairing_meanings[PAIRINGS] = {
    CR_MEANING_SECURE, CR_MEANING_SCENARIO_1, CR_MEANING_SCENARIO_2};

struct spells {
    double *weeks[PAIRINGS];
    bool *event[PAIRINGS];
    size_t count[PAIRINGS];
};

/* The file has six digits of years; lives go week by week. */
static double weeks_at(double years) {
    return round(CR_WEEKS_A_YEAR * years);
}

static int read_spells(struct cr_source_chart *made, struct spells *spells, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    struct cr_csv_column columns[RELATIONSHIP_COLUMNS] = {[START] = {.name = "start"},
        [END] = {.name = "end"},
        [CENSORED] = {.name = "censored"},
        [STYLE_A] = {.name = "style_a", .text = true},
        [STYLE_B] = {.name = "style_b", .text = true}};
    struct cr_csv_file file;
    int status = cr_folder_read(&file, source, "relationships", columns, RELATIONSHIP_COLUMNS, error);
    for (int p = 0; status == 0 && p < PAIRINGS; p++) {
        spells->weeks[p] = cr_holdings_take(&made->holdings, file.rows, sizeof(double));
        spells->event[p] = cr_holdings_take(&made->holdings, file.rows, sizeof(bool));
        spells->count[p] = 0;
        if (spells->weeks[p] == NULL || spells->event[p] == NULL)
            status = CR_ERROR_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < file.rows; i++) {
        const int32_t a = columns[STYLE_A].word[i], b = columns[STYLE_B].word[i];
        if (a < 0 || b < 0)
            continue;
        const char *secure = cr_style_names[CR_STYLE_SECURE];
        const int pairing =
            (strcmp(columns[STYLE_A].words[a], secure) != 0) + (strcmp(columns[STYLE_B].words[b], secure) != 0);
        const double end = isnan(columns[END].number[i]) ? run->years : columns[END].number[i];
        spells->weeks[pairing][spells->count[pairing]] = weeks_at(end) - weeks_at(columns[START].number[i]);
        spells->event[pairing][spells->count[pairing]++] = columns[CENSORED].number[i] == 0.0;
    }
    cr_csv_free(&file);
    return status;
}

static int fill_survival(
    struct cr_source_chart *made, struct cr_survival_line *line, const struct cr_survival *survival) {
    double *numbers = cr_holdings_take(&made->holdings, 4 * survival->count, sizeof *numbers);
    int64_t *at_risk = cr_holdings_take(&made->holdings, survival->count, sizeof *at_risk);
    if (numbers == NULL || at_risk == NULL)
        return CR_ERROR_MEMORY;
    double *time = numbers, *value = time + survival->count, *low = value + survival->count,
           *high = low + survival->count;
    for (size_t k = 0; k < survival->count; k++) {
        const struct cr_survival_step *step = &survival->steps[k];
        time[k] = step->time / CR_WEEKS_A_YEAR;
        value[k] = step->survival;
        /* Greenwood's variance has no value once all have ended. */
        const double reach = isnan(step->se) ? 0.0 : CR_NORMAL_95 * step->se;
        low[k] = fmax(0.0, step->survival - reach);
        high[k] = fmin(1.0, step->survival + reach);
        at_risk[k] = step->at_risk;
    }
    line->time = time;
    line->survival = value;
    line->low = low;
    line->high = high;
    line->at_risk = at_risk;
    line->count = survival->count;
    return 0;
}

int cr_folder_survival(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    struct spells spells;
    struct cr_survival_line *lines = cr_holdings_take(&made->holdings, PAIRINGS, sizeof *lines);
    int status = lines != NULL ? read_spells(made, &spells, source, run, error) : CR_ERROR_MEMORY;
    for (int p = 0; status == 0 && p < PAIRINGS; p++) {
        struct cr_survival survival;
        const struct cr_spells plain = {.exit = spells.weeks[p], .event = spells.event[p], .count = spells.count[p]};
        status = cr_survival_init(&survival, &plain, error);
        lines[p].name = pairing_names[p];
        lines[p].meaning = pairing_meanings[p];
        if (status == 0)
            status = fill_survival(made, &lines[p], &survival);
        cr_survival_free(&survival);
    }
    made->chart.title = "Relationships that last";
    made->chart.note =
        "Kaplan-Meier with 95% bands, as if relationships were independent; death and the end of the run "
        "censor; styles at the last survey before the start";
    made->chart.of.survival = (struct cr_chart_survival){.x = {.label = "time together", .unit = "years"},
        .y = {.label = "share that lasts"},
        .lines = lines,
        .line_count = PAIRINGS};
    return status;
}

int cr_folder_hazard(struct cr_source_chart *made, const struct cr_source *source,
    const struct cr_manifest_summary *run, struct cr_error *error) {
    static const double years[] = {0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0};
    enum { INTERVALS = sizeof years / sizeof *years - 1, ROWS = 5 };
    double edges[INTERVALS + 1];
    struct spells spells;
    struct cr_hazard_line *lines = cr_holdings_take(&made->holdings, PAIRINGS, sizeof *lines);
    double *numbers = cr_holdings_take(&made->holdings, (size_t)PAIRINGS * ROWS * INTERVALS, sizeof *numbers);
    const int status =
        lines != NULL && numbers != NULL ? read_spells(made, &spells, source, run, error) : CR_ERROR_MEMORY;
    for (size_t k = 0; k <= INTERVALS; k++)
        edges[k] = CR_WEEKS_A_YEAR * years[k];
    for (int p = 0; status == 0 && p < PAIRINGS; p++) {
        struct cr_hazard hazards[INTERVALS];
        const struct cr_spells plain = {.exit = spells.weeks[p], .event = spells.event[p], .count = spells.count[p]};
        double *from = numbers + (size_t)p * ROWS * INTERVALS, *to = from + INTERVALS, *rate = to + INTERVALS,
               *low = rate + INTERVALS, *high = low + INTERVALS;
        cr_survival_hazards(&plain, edges, INTERVALS, hazards);
        for (size_t k = 0; k < INTERVALS; k++) {
            const double reach = CR_NORMAL_95 * CR_WEEKS_A_YEAR * hazards[k].rate.se;
            from[k] = years[k];
            to[k] = years[k + 1];
            rate[k] = CR_WEEKS_A_YEAR * hazards[k].rate.value;
            low[k] = fmax(0.0, rate[k] - reach);
            high[k] = rate[k] + reach;
        }
        lines[p] = (struct cr_hazard_line){.name = pairing_names[p],
            .meaning = pairing_meanings[p],
            .from = from,
            .to = to,
            .rate = rate,
            .low = low,
            .high = high,
            .count = INTERVALS};
    }
    made->chart.title = "How likely relationships are to end, by how long they have lasted";
    made->chart.note = "Separations over time at risk, with 95% intervals; styles at the last survey before the start";
    made->chart.of.hazard = (struct cr_chart_hazard){.x = {.label = "time together", .unit = "years"},
        .y = {.label = "separations", .unit = "per year"},
        .lines = lines,
        .line_count = PAIRINGS};
    return status;
}
