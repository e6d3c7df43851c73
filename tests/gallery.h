#ifndef CR_TESTS_GALLERY_H
#define CR_TESTS_GALLERY_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "report/chart.h"

/* A chart of every kind with invented but plausible data, for looking at and for tests. */

enum { GALLERY_YEARS = 53, GALLERY_STEPS = 240, GALLERY_PEOPLE = 2500, GALLERY_CHARTS = 16 };

struct gallery_chart {
    const char *name;
    struct cr_chart chart;
};

/* Everything that the charts borrow. */
struct gallery {
    struct gallery_chart charts[GALLERY_CHARTS];
    size_t count;
    uint64_t state; /* of the invented luck */
    double age[GALLERY_YEARS], share[4][GALLERY_YEARS], low[4][GALLERY_YEARS], high[4][GALLERY_YEARS];
    struct cr_line styles[4], two[2];
    double week[GALLERY_STEPS], lasting[3][GALLERY_STEPS], sure_low[3][GALLERY_STEPS], sure_high[3][GALLERY_STEPS];
    int64_t at_risk[3][GALLERY_STEPS];
    double censored[40];
    struct cr_survival_line pairings[3];
    double from[8], to[8], rate[2][8], rate_low[2][8], rate_high[2][8];
    struct cr_hazard_line hazards[2];
    double anxiety[GALLERY_PEOPLE], avoidance[GALLERY_PEOPLE];
    struct cr_flow flows[4 * 4 * 4 * 2];
    double map[9 * 7], difference[9 * 7];
    struct cr_chart panels[6], mixed[4];
    struct cr_line panel_lines[6][2];
    double panel_share[6][2][GALLERY_YEARS];
};

static double gallery_luck(struct gallery *gallery) {
    gallery->state = gallery->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(gallery->state >> 11) / 9007199254740992.0;
}

static double gallery_normal(struct gallery *gallery) {
    const double u = gallery_luck(gallery), v = gallery_luck(gallery);
    return sqrt(-2.0 * log(1.0 - u)) * cos(6.283185307179586 * v);
}

static struct cr_chart *gallery_add(struct gallery *gallery, const char *name, enum cr_chart_kind kind) {
    struct gallery_chart *added = &gallery->charts[gallery->count++];
    added->name = name;
    added->chart.kind = kind;
    return &added->chart;
}

static void gallery_fill_lines(struct gallery *g) {
    static const char *const names[] = {"secure", "preoccupied", "dismissing", "fearful"};
    static const double start[] = {0.48, 0.2, 0.2, 0.12}, end[] = {0.66, 0.12, 0.16, 0.06};
    static const struct cr_occasion occasions[] = {{25.0, "separation shock"}, {31.0, "therapy for all"}};
    for (int k = 0; k < 4; k++) {
        for (int y = 0; y < GALLERY_YEARS; y++) {
            g->age[y] = 18.0 + y;
            const double shock = g->age[y] >= 25.0 ? exp(-(g->age[y] - 25.0) / 6.0) * (k == 0 ? -0.12 : 0.04) : 0.0;
            g->share[k][y] =
                start[k] + (end[k] - start[k]) * (1.0 - exp(-y / 20.0)) + shock + 0.004 * gallery_normal(g);
            g->low[k][y] = g->share[k][y] - 0.012 - 0.0004 * y;
            g->high[k][y] = g->share[k][y] + 0.012 + 0.0004 * y;
        }
        g->styles[k] = (struct cr_line){.name = names[k],
            .meaning = (enum cr_meaning)(CR_MEANING_SECURE + k),
            .x = g->age,
            .y = g->share[k],
            .low = g->low[k],
            .high = g->high[k],
            .count = GALLERY_YEARS};
    }
    struct cr_chart *chart = gallery_add(g, "lines", CR_CHART_LINES);
    chart->title = "Security recovers within a decade of a separation shock";
    chart->subtitle = "Share of adults by style and age; 4,000 people, mean of 30 replicates";
    chart->note = "Bands: 95% interval over replicates. Styles by cuts through self-rated anxiety and avoidance (ECR).";
    chart->occasions = occasions;
    chart->occasion_count = 2;
    chart->of.lines = (struct cr_chart_lines){.x = {.label = "age", .unit = "years", .whole = true},
        .y = {.label = "share of adults", .form = CR_NUMBER_PERCENT, .with_zero = true},
        .lines = g->styles,
        .line_count = 4};
    for (int k = 0; k < 2; k++) {
        g->two[k] = g->styles[k];
        g->two[k].meaning = CR_MEANING_BY_PLACE;
        g->two[k].name = k ? "inconsistent care" : "baseline";
        g->two[k].points = true;
        g->two[k].count = 20;
    }
    chart = gallery_add(g, "two", CR_CHART_LINES);
    chart->title = "Two histories, two adulthoods";
    chart->legend = CR_LEGEND_ABOVE;
    chart->of.lines = (struct cr_chart_lines){.x = {.label = "age", .unit = "years", .whole = true},
        .y = {.label = "secure adults", .form = CR_NUMBER_PERCENT},
        .lines = g->two,
        .line_count = 2};
}

static void gallery_fill_survival(struct gallery *g) {
    static const char *const names[] = {"both secure", "one insecure", "both insecure"};
    static const double floors[] = {0.24, 0.18, 0.13};
    static const enum cr_meaning meanings[] = {CR_MEANING_SECURE, CR_MEANING_DISMISSING, CR_MEANING_FEARFUL};
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < GALLERY_STEPS; i++) {
            const double t = 20.0 * (i + 1) / GALLERY_STEPS;
            g->week[i] = t;
            g->lasting[k][i] = floors[k] + (1.0 - floors[k]) * exp(-t / (1.6 - 0.2 * k) - 0.01 * t);
            g->at_risk[k][i] = (int64_t)((2400 - 700 * k) * (g->lasting[k][i] * (1.0 - t / 26.0)));
            const double se = 1.96 * sqrt(0.25 / (double)(g->at_risk[k][i] + 30)) * 0.9;
            g->sure_low[k][i] = fmax(0.0, g->lasting[k][i] - se);
            g->sure_high[k][i] = fmin(1.0, g->lasting[k][i] + se);
        }
        g->pairings[k] = (struct cr_survival_line){.name = names[k],
            .meaning = meanings[k],
            .time = g->week,
            .survival = g->lasting[k],
            .low = g->sure_low[k],
            .high = g->sure_high[k],
            .at_risk = g->at_risk[k],
            .count = GALLERY_STEPS};
    }
    for (int i = 0; i < 40; i++)
        g->censored[i] = 2.0 + 0.45 * i;
    g->pairings[2].censored = g->censored;
    g->pairings[2].censored_count = 40;
    struct cr_chart *chart = gallery_add(g, "survival", CR_CHART_SURVIVAL);
    chart->title = "Relationships of two secure partners outlast others";
    chart->subtitle = "Share of relationships still lasting, by the partners' styles before them";
    chart->note = "Kaplan-Meier estimate with 95% bands (Greenwood). Log-rank chi-squared 61.2, df 2, p < 0.001.";
    chart->of.survival = (struct cr_chart_survival){.x = {.label = "time since pairing", .unit = "years"},
        .y = {.label = "still together", .form = CR_NUMBER_PERCENT},
        .lines = g->pairings,
        .line_count = 3};
}

static void gallery_fill_hazard(struct gallery *g) {
    static const double edges[] = {0, 0.5, 1, 2, 3, 5, 10, 15, 20};
    for (int k = 0; k < 8; k++) {
        g->from[k] = edges[k];
        g->to[k] = edges[k + 1];
        for (int i = 0; i < 2; i++) {
            g->rate[i][k] = 0.62 * exp(-0.55 * (edges[k] + edges[k + 1]) / 2.0) + 0.02 + 0.05 * i;
            g->rate_low[i][k] = g->rate[i][k] * 0.82;
            g->rate_high[i][k] = g->rate[i][k] * 1.2;
        }
    }
    for (int i = 0; i < 2; i++)
        g->hazards[i] = (struct cr_hazard_line){.name = i ? "inconsistent care" : "baseline",
            .from = g->from,
            .to = g->to,
            .rate = g->rate[i],
            .low = g->rate_low[i],
            .high = g->rate_high[i],
            .count = 8};
    struct cr_chart *chart = gallery_add(g, "hazard", CR_CHART_HAZARD);
    chart->title = "Breaking up becomes rarer the longer a couple lasts";
    chart->subtitle = "Separations per relationship-year, by duration; 95% intervals";
    chart->of.hazard = (struct cr_chart_hazard){.x = {.label = "duration", .unit = "years"},
        .y = {.label = "hazard", .unit = "per year"},
        .lines = g->hazards,
        .line_count = 2};
}

static void gallery_fill_density(struct gallery *g) {
    for (int i = 0; i < GALLERY_PEOPLE; i++) {
        const double which = gallery_luck(g);
        const double a = which < 0.62   ? 2.2
                         : which < 0.82 ? 4.4
                                        : 3.2,
                     b = which < 0.62   ? 2.4
                         : which < 0.82 ? 3.0
                                        : 4.9;
        g->anxiety[i] = fmin(7.0, fmax(1.0, a + 0.9 * gallery_normal(g)));
        g->avoidance[i] = fmin(7.0, fmax(1.0, b + 0.8 * gallery_normal(g)));
    }
    struct cr_chart *chart = gallery_add(g, "density", CR_CHART_DENSITY);
    chart->title = "Most adults are secure, and the insecure are mostly dismissing";
    chart->subtitle = "2,500 adults at their last survey";
    chart->note = "Experiences in Close Relationships, scales from 1 to 7; cut at 4.";
    chart->of.density =
        (struct cr_chart_density){.x = {.label = "attachment anxiety", .from = 1.0, .to = 7.0, .whole = true},
            .y = {.label = "attachment avoidance", .from = 1.0, .to = 7.0, .whole = true},
            .xs = g->anxiety,
            .ys = g->avoidance,
            .count = GALLERY_PEOPLE,
            .x_cut = 4.0,
            .y_cut = 4.0,
            .names = {"secure", "preoccupied", "dismissing", "fearful"}};
}

static void gallery_fill_flows(struct gallery *g) {
    static const struct cr_flow_category classes[] = {{"B secure", CR_MEANING_CLASS_B},
        {"A avoidant", CR_MEANING_CLASS_A}, {"C resistant", CR_MEANING_CLASS_C},
        {"D disorganized", CR_MEANING_CLASS_D}};
    static const struct cr_flow_category styles[] = {{"secure", CR_MEANING_SECURE},
        {"dismissing", CR_MEANING_DISMISSING}, {"preoccupied", CR_MEANING_PREOCCUPIED},
        {"fearful", CR_MEANING_FEARFUL}};
    static const struct cr_flow_stage stages[] = {
        {"in infancy", classes, 4}, {"at 18", styles, 4}, {"at 40", styles, 4}};
    static const double first[] = {0.52, 0.15, 0.1, 0.23};
    static const double next[4][4] = {
        {0.66, 0.14, 0.12, 0.08}, {0.34, 0.4, 0.1, 0.16}, {0.36, 0.12, 0.36, 0.16}, {0.33, 0.2, 0.17, 0.3}};
    static const double last[4][4] = {
        {0.84, 0.07, 0.06, 0.03}, {0.4, 0.5, 0.03, 0.07}, {0.46, 0.04, 0.42, 0.08}, {0.3, 0.14, 0.14, 0.42}};
    size_t count = 0;
    for (int a = 0; a < 4; a++)
        for (int b = 0; b < 4; b++)
            for (int c = 0; c < 4; c++)
                g->flows[count++] = (struct cr_flow){.category = {a, b, c},
                    .weight = 4000.0 * first[a] * next[a][b] * last[b][c],
                    .picked = b > 0 && c == 0};
    struct cr_chart *chart = gallery_add(g, "flows", CR_CHART_FLOWS);
    chart->title = "Early insecurity is not destiny";
    chart->subtitle = "4,000 people from the Strange Situation to their adult styles";
    chart->note = "Hatched: insecure at 18 and secure at 40 for at least two years.";
    chart->of.flows = (struct cr_chart_flows){.stages = stages,
        .stage_count = 3,
        .flows = g->flows,
        .flow_count = count,
        .picked_name = "earned security",
        .picked_meaning = CR_MEANING_SECURE};
}

static void gallery_fill_forest(struct gallery *g) {
    static const struct cr_forest_row rows[] = {
        {.heading = "Infancy",
            .label = "secure (B)",
            .estimate = -0.62,
            .low = -0.74,
            .high = -0.5,
            .wide_low = -0.81,
            .wide_high = -0.43,
            .clear = true,
            .columns = {"\u22120.14 [\u22120.17, \u22120.11]", "<0.001"}},
        {.label = "resistant (C)",
            .estimate = 0.55,
            .low = 0.42,
            .high = 0.68,
            .wide_low = 0.35,
            .wide_high = 0.75,
            .clear = true,
            .columns = {"0.08 [0.06, 0.10]", "<0.001"}},
        {.label = "disorganized (D)",
            .estimate = 0.06,
            .low = -0.06,
            .high = 0.18,
            .wide_low = -0.13,
            .wide_high = 0.25,
            .columns = {"0.01 [\u22120.01, 0.03]", "0.41"}},
        {.heading = "Adulthood",
            .label = "anxiety (ECR)",
            .estimate = 0.31,
            .low = 0.19,
            .high = 0.43,
            .wide_low = 0.12,
            .wide_high = 0.5,
            .clear = true,
            .columns = {"0.24 [0.15, 0.33]", "<0.001"}},
        {.label = "avoidance (ECR)",
            .estimate = -0.04,
            .low = -0.16,
            .high = 0.08,
            .wide_low = -0.23,
            .wide_high = 0.15,
            .columns = {"\u22120.03 [\u22120.12, 0.06]", "0.52"}},
        {.label = "earned security by 40",
            .estimate = -0.18,
            .low = -0.3,
            .high = -0.06,
            .wide_low = -0.37,
            .wide_high = 0.01,
            .columns = {"\u22120.03 [\u22120.05, \u22120.01]", "0.06"}},
        {.heading = "Couples",
            .label = "satisfaction",
            .estimate = -0.22,
            .low = -0.34,
            .high = -0.1,
            .wide_low = -0.41,
            .wide_high = -0.03,
            .clear = true,
            .columns = {"\u22120.11 [\u22120.17, \u22120.05]", "0.02"}},
        {.label = "median length of relationships",
            .estimate = -0.35,
            .low = -0.47,
            .high = -0.23,
            .wide_low = -0.54,
            .wide_high = -0.16,
            .clear = true,
            .columns = {"\u22120.9 y [\u22121.2, \u22120.6]", "<0.001"}},
        {.label = "conflicts in public", .estimate = (double)NAN, .columns = {"NA", ""}},
    };
    struct cr_chart *chart = gallery_add(g, "forest", CR_CHART_FOREST);
    chart->title = "What inconsistent care changes";
    chart->subtitle = "Inconsistent care minus baseline; 30 paired replicates";
    chart->note = "Thick: 95% interval; thin: corrected for 9 measures (Holm). Full squares differ after correction.";
    chart->of.forest = (struct cr_chart_forest){.x = {.label = "standardized difference", .unit = "SD"},
        .rows = rows,
        .row_count = sizeof rows / sizeof *rows,
        .column_titles = {"difference [95%]", "p"},
        .lower = "lower",
        .higher = "higher under inconsistent care"};
}

static void gallery_fill_heat_maps(struct gallery *g) {
    static const double sensitivity[] = {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0};
    static const double rebuff[] = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
    static const double levels[] = {0.5};
    for (int j = 0; j < 7; j++)
        for (int i = 0; i < 9; i++) {
            const double score = 5.0 * (sensitivity[i] - 0.55) - 3.2 * (rebuff[j] - 0.25);
            g->map[j * 9 + i] = 0.1 + 0.75 / (1.0 + exp(-score));
            g->difference[j * 9 + i] = 0.2 * sin(score) - 0.03;
        }
    g->map[6 * 9] = g->map[6 * 9 + 1] = g->map[5 * 9] = (double)NAN;
    struct cr_chart *chart = gallery_add(g, "heat", CR_CHART_HEAT_MAP);
    chart->title = "Rebuff undoes what sensitivity builds";
    chart->subtitle = "Secure adults at 30 over a sweep of two qualities of care";
    chart->of.heat_map = (struct cr_chart_heat_map){.x = {.label = "sensitivity", .unit = "probability"},
        .y = {.label = "rebuff", .unit = "probability"},
        .xs = sensitivity,
        .ys = rebuff,
        .columns = 9,
        .rows = 7,
        .values = g->map,
        .value = {.label = "secure adults", .form = CR_NUMBER_PERCENT},
        .numbers = true,
        .contours = levels,
        .contour_count = 1};
    chart = gallery_add(g, "diverging", CR_CHART_HEAT_MAP);
    chart->title = "Where therapy helps, and where it does not";
    chart->of.heat_map = g->charts[g->count - 2].chart.of.heat_map;
    chart->of.heat_map.values = g->difference;
    chart->of.heat_map.value = (struct cr_chart_axis){.label = "difference in security", .form = CR_NUMBER_PERCENT};
    chart->of.heat_map.diverging = true;
    chart->of.heat_map.contours = NULL;
    chart->of.heat_map.contour_count = 0;
    chart->of.heat_map.numbers = false;
}

static void gallery_fill_bars(struct gallery *g) {
    static const char *const classes[] = {"secure (B)", "avoidant (A)", "resistant (C)", "disorganized (D)"};
    static const double simulated[] = {0.519, 0.153, 0.106, 0.222}, published[] = {0.516, 0.147, 0.102, 0.235};
    static const double low[] = {0.503, 0.142, 0.096, 0.209}, high[] = {0.535, 0.164, 0.116, 0.235};
    static const struct cr_bar_series series[] = {{.name = "simulated, 95% interval",
                                                      .meaning = CR_MEANING_SECURE,
                                                      .values = simulated,
                                                      .low = low,
                                                      .high = high},
        {.name = "published", .meaning = CR_MEANING_NEUTRAL, .values = published}};
    struct cr_chart *chart = gallery_add(g, "bars", CR_CHART_BARS);
    chart->title = "Infants in the Strange Situation";
    chart->subtitle = "Simulated against published shares";
    chart->note = "Published: meta-analysis of 20,720 dyads (Madigan et al. 2023).";
    chart->of.bars = (struct cr_chart_bars){.x = {.categories = classes, .category_count = 4},
        .y = {.label = "share of infants", .form = CR_NUMBER_PERCENT},
        .series = series,
        .series_count = 2};
    static const char *const routes[] = {"a lasting secure partner", "a caregiver who changed", "therapy",
        "grandparents and other kin", "friends", "no single route"};
    static const double effects[] = {0.42, -0.08, 0.15, 0.12, 0.03, -0.2};
    static const double from[] = {0.36, -0.14, 0.1, 0.05, -0.03, -0.27}, to[] = {0.48, -0.02, 0.2, 0.19, 0.09, -0.13};
    static const struct cr_bar_series effect[] = {
        {.name = "change", .meaning = CR_MEANING_SCENARIO_2, .values = effects, .low = from, .high = to}};
    chart = gallery_add(g, "routes", CR_CHART_BARS);
    chart->title = "Routes to earned security";
    chart->of.bars = (struct cr_chart_bars){.x = {.categories = routes, .category_count = 6},
        .y = {.label = "change in share", .form = CR_NUMBER_PERCENT},
        .series = effect,
        .series_count = 1};
}

static void gallery_fill_multiples(struct gallery *g) {
    static const char *const titles[] = {"baseline", "attuned generation", "inconsistent care", "war-time separation",
        "institutional care", "therapy for all"};
    for (int p = 0; p < 6; p++) {
        for (int k = 0; k < 2; k++) {
            for (int y = 0; y < GALLERY_YEARS; y++)
                g->panel_share[p][k][y] =
                    (k ? 0.2 : 0.45) + (0.04 * p - 0.1) * (1.0 - exp(-y / 15.0)) + 0.01 * gallery_normal(g);
            g->panel_lines[p][k] = (struct cr_line){.name = k ? "fearful" : "secure",
                .meaning = k ? CR_MEANING_FEARFUL : CR_MEANING_SECURE,
                .x = g->age,
                .y = g->panel_share[p][k],
                .count = GALLERY_YEARS};
        }
        g->panels[p] = (struct cr_chart){.kind = CR_CHART_LINES, .title = titles[p]};
        g->panels[p].of.lines = (struct cr_chart_lines){.x = {.label = "age", .unit = "years", .whole = true},
            .y = {.label = "share of adults", .form = CR_NUMBER_PERCENT},
            .lines = g->panel_lines[p],
            .line_count = 2};
    }
    struct cr_chart *chart = gallery_add(g, "multiples", CR_CHART_MULTIPLES);
    chart->title = "Six caregiving histories";
    chart->subtitle = "Share of adults who are secure, and fearful, by age";
    chart->of.multiples = (struct cr_chart_multiples){.panels = g->panels, .count = 6};
    g->mixed[0] = g->charts[0].chart;
    g->mixed[1] = g->charts[2].chart;
    g->mixed[2] = g->charts[4].chart;
    g->mixed[3] = g->charts[9].chart;
    chart = gallery_add(g, "mixed", CR_CHART_MULTIPLES);
    chart->title = "The baseline at a glance";
    chart->of.multiples = (struct cr_chart_multiples){.panels = g->mixed, .count = 4};
    chart = gallery_add(g, "empty", CR_CHART_LINES);
    chart->title = "Nothing has happened yet";
    chart->of.lines = (struct cr_chart_lines){
        .x = {.label = "age", .unit = "years", .from = 0.0, .to = 80.0}, .y = {.label = "share of adults"}};
}

/* Fills a gallery that is all zero. */
static inline void gallery_fill(struct gallery *gallery) {
    gallery->state = 1;
    gallery_fill_lines(gallery);
    gallery_fill_survival(gallery);
    gallery_fill_hazard(gallery);
    gallery_fill_density(gallery);
    gallery_fill_flows(gallery);
    gallery_fill_forest(gallery);
    gallery_fill_heat_maps(gallery);
    gallery_fill_bars(gallery);
    gallery_fill_multiples(gallery);
}

#endif
