#include <math.h>

#include "viz/panel/panel_chart.h"

/* Survival and hazard of relationships: by pairing; of two worlds all together, or a small chart a pairing. */

/* Few part later, and few are there to tell. */
static const double hazard_years = 20.0;

static const struct cr_panel_group pairings[CR_PAIRINGS] = {
    [CR_PAIRING_ALL] = {"all", "all", CR_MEANING_NEUTRAL},
    [CR_PAIRING_BOTH_SECURE] = {"both secure", "both secure", CR_MEANING_SECURE},
    [CR_PAIRING_MIXED] = {"one insecure", "one insecure", CR_MEANING_SCENARIO_1},
    [CR_PAIRING_NEITHER] = {"both insecure", "both insecure", CR_MEANING_SCENARIO_2},
};

/* Which pairings are shown: all together, the three, or one. */
struct shown {
    int first, count;
};

static struct shown choose(struct cr_panel_maker *maker) {
    const struct cr_panel_group *const alone = cr_panel_offer(maker, pairings, CR_PAIRINGS);
    if (alone != NULL)
        return (struct shown){(int)maker->made->alone, 1};
    if (maker->matter->count > 1 && !maker->roomy)
        return (struct shown){CR_PAIRING_ALL, 1};
    return (struct shown){CR_PAIRING_BOTH_SECURE, CR_PAIRINGS - CR_PAIRING_BOTH_SECURE};
}

static const struct cr_stability *stability_of(const struct cr_panel_maker *maker, size_t world) {
    return &maker->matter->world[world].findings.stability;
}

static bool any(const struct cr_panel_maker *maker) {
    for (size_t w = 0; w < maker->matter->count; w++)
        if (stability_of(maker, w)->relationships[CR_PAIRING_ALL] > 0)
            return true;
    return false;
}

static const char *subtitle(const struct shown *shown, bool survival) {
    if (shown->first == CR_PAIRING_ALL)
        return survival ? "Share of relationships that last so long" : "Rate of parting per year";
    return survival ? "Share that last so long, by the partners’ styles"
                    : "Rate of parting per year, by the partners’ styles";
}

static struct cr_survival_line survival_line(const struct cr_panel_maker *maker, size_t world, int pairing) {
    const struct cr_stability *stability = stability_of(maker, world);
    const bool two = maker->matter->count > 1;
    return (struct cr_survival_line){.name = two ? maker->worlds[world] : pairings[pairing].name,
        .meaning = two ? (enum cr_meaning)(CR_MEANING_SCENARIO_1 + (int)world) : pairings[pairing].meaning,
        .time = stability->years,
        .survival = stability->survival[pairing],
        .low = stability->low[pairing],
        .high = stability->high[pairing],
        .count = CR_SURVIVAL_POINTS};
}

static struct cr_hazard_line hazard_line(const struct cr_panel_maker *maker, size_t world, int pairing) {
    const struct cr_stability *stability = stability_of(maker, world);
    const bool two = maker->matter->count > 1;
    size_t count = 0;
    while (count < CR_HAZARD_STEPS && stability->to[count] <= hazard_years)
        count++;
    return (struct cr_hazard_line){.name = two ? maker->worlds[world] : pairings[pairing].name,
        .meaning = two ? (enum cr_meaning)(CR_MEANING_SCENARIO_1 + (int)world) : pairings[pairing].meaning,
        .from = stability->from,
        .to = stability->to,
        .rate = stability->rate[pairing],
        .low = stability->rate_low[pairing],
        .high = stability->rate_high[pairing],
        .count = count};
}

static void draw_survival(
    struct cr_panel_maker *maker, struct cr_chart *chart, struct cr_survival_line *lines, size_t count) {
    chart->kind = CR_CHART_SURVIVAL;
    chart->legend = CR_LEGEND_ABOVE;
    chart->empty = cr_panel_empty(maker, cr_measure_find("relationship_survival"));
    chart->of.survival = (struct cr_chart_survival){
        .x = {.label = "years together", .to = stability_of(maker, 0)->years[CR_SURVIVAL_POINTS - 1]},
        .y = {.label = maker->roomy ? "still together" : NULL, .form = CR_NUMBER_PERCENT, .to = 1.0},
        .lines = lines,
        .line_count = count};
}

static void draw_hazard(
    struct cr_panel_maker *maker, struct cr_chart *chart, struct cr_hazard_line *lines, size_t count) {
    chart->kind = CR_CHART_HAZARD;
    chart->legend = CR_LEGEND_ABOVE;
    chart->empty = cr_panel_empty(maker, cr_measure_find("relationship_hazard"));
    chart->of.hazard = (struct cr_chart_hazard){.x = {.label = "years together", .to = hazard_years},
        .y = {.label = maker->roomy ? "part per year" : NULL, .form = CR_NUMBER_PERCENT, .with_zero = true},
        .lines = lines,
        .line_count = count};
}

/* Fills charts by one of the two: one chart with a line a pairing, or of two worlds one a pairing with a line a world.
 */
static void make(struct cr_panel_maker *maker, bool survival) {
    const struct shown shown = choose(maker);
    const size_t worlds = maker->matter->count, pairing_count = (size_t)shown.count;
    const size_t charts_count = worlds > 1 ? pairing_count : 1, lines_count = worlds > 1 ? worlds : pairing_count;
    struct cr_chart *const charts = cr_holdings_take(maker->holdings, charts_count, sizeof *charts);
    struct cr_survival_line *const curves = cr_holdings_take(maker->holdings, worlds * pairing_count, sizeof *curves);
    struct cr_hazard_line *const steps = cr_holdings_take(maker->holdings, worlds * pairing_count, sizeof *steps);
    maker->chart->subtitle = subtitle(&shown, survival);
    cr_panel_annotate(maker, cr_panel_as_of(maker, maker->matter->world[0].findings.as_of),
        "with 95% intervals; death censors; styles before the start");
    if (charts == NULL || curves == NULL || steps == NULL)
        return;
    for (size_t k = 0; k < worlds * pairing_count; k++) {
        const size_t world = worlds > 1 ? k % worlds : 0;
        const int pairing = shown.first + (int)(worlds > 1 ? k / worlds : k);
        curves[k] = survival_line(maker, world, pairing);
        steps[k] = hazard_line(maker, world, pairing);
    }
    const size_t drawn = any(maker) ? lines_count : 0;
    for (size_t c = 0; c < charts_count; c++) {
        struct cr_chart *const chart = charts_count == 1 ? maker->chart : &charts[c];
        if (survival)
            draw_survival(maker, chart, curves + c * lines_count, drawn);
        else
            draw_hazard(maker, chart, steps + c * lines_count, drawn);
        charts[c].title = pairings[(size_t)shown.first + c].name;
    }
    if (charts_count == 1 || drawn == 0) {
        if (drawn == 0 && survival)
            draw_survival(maker, maker->chart, NULL, 0);
        else if (drawn == 0)
            draw_hazard(maker, maker->chart, NULL, 0);
        return;
    }
    maker->chart->kind = CR_CHART_MULTIPLES;
    maker->chart->of.multiples = (struct cr_chart_multiples){
        .panels = charts, .count = charts_count, .columns = cr_panel_columns(maker, charts_count)};
}

void cr_panel_make_survival(struct cr_panel_maker *maker) {
    make(maker, true);
}

void cr_panel_make_hazard(struct cr_panel_maker *maker) {
    make(maker, false);
}
