#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "chart_place.h"

#define MEASURES "replicate,measure,group,value,se,n\n"
#define COMPARISON "scenario,with,measure,group,difference,low,high,effect,least,finding\n"

static void fill(const struct store_place *place, const char *name, const char *text) {
    put_text(place, "manifest.json", MANIFEST(10, 2, 3));
    put_text(place, name, text);
}

/* t(1; .975) = 12.706205. */
static void bars_are_means_over_replicates_with_their_intervals(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, "measures.csv",
        MEASURES "1,ssp_share,A,0.25,0.1,9\n1,ssp_share,B,0.5,0.1,9\n1,ecr_mean,anxiety,3,0.5,9\n"
                 "2,ssp_share,A,0.27,0.1,9\n2,ssp_share,B,NA,NA,0\n2,ecr_mean,anxiety,4,0.5,9\n");
    chart_of(&made, CR_CHART_BARS, place->folder, NULL, 0);
    const struct cr_chart_bars *bars = &made.chart.of.bars;
    assert_string_equal(made.chart.title, "Attachment classes of infants");
    assert_string_equal(made.chart.note, "95% intervals over replicates");
    assert_int_equal(bars->x.category_count, 2);
    assert_string_equal(bars->x.categories[0], "A (avoidant)");
    assert_string_equal(bars->x.categories[1], "B (secure)");
    assert_int_equal(bars->y.form, CR_NUMBER_PERCENT);
    assert_int_equal(bars->series_count, 1);
    assert_near(bars->series->values[0], 0.26, 1e-15);
    assert_near(bars->series->low[0], 0.26 - 12.706205 * 0.01, 1e-7);
    assert_near(bars->series->high[0], 0.26 + 12.706205 * 0.01, 1e-7);
    assert_near(bars->series->values[1], 0.5, 1e-15); /* of one replicate, with its own error */
    assert_near(bars->series->low[1], 0.5 - 1.959964 * 0.1, 1e-6);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    chart_of(&made, CR_CHART_BARS, place->folder, "ecr_mean:anxiety", 0);
    assert_string_equal(made.chart.title, "Mean attachment anxiety");
    assert_near(made.chart.of.bars.series->values[0], 3.5, 1e-15);
    assert_near(made.chart.of.bars.series->high[0], 3.5 + 12.706205 * 0.5, 1e-5);
    cr_source_chart_free(&made);
}

static void one_replicate_has_the_interval_within_it(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, "measures.csv", MEASURES "1,ssp_share,A,0.25,0.1,9\n1,ssp_share,NA,9,9,9\n1,ssp_share,B,NA,NA,0\n");
    chart_of(&made, CR_CHART_BARS, place->folder, NULL, 0);
    assert_string_equal(made.chart.note, "95% intervals within the run");
    assert_near(made.chart.of.bars.series->high[0], 0.25 + 1.959964 * 0.1, 1e-6);
    assert_int_equal(made.chart.of.bars.x.category_count, 2);
    assert_true(isnan(made.chart.of.bars.series->values[1]));
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    chart_is_refused(CR_CHART_BARS, place->folder, "ecr_mean", CR_ERROR_USAGE,
        "%s/measures.csv has no measure ecr_mean; see cradle measures");
}

static const char one_scenario[] =
    COMPARISON "inconsistent,baseline,style_share,secure,-0.1,-0.12,-0.08,-0.2,0.02,differs\n"
               "inconsistent,baseline,ecr_mean,anxiety,0.5,0.2,0.8,0.4,0.1,differs slightly\n"
               "inconsistent,baseline,ecr_mean,avoidance,-0.8,-2,0.4,Inf,0.1,cannot be told\n"
               "inconsistent,baseline,conflict,all,NA,NA,NA,NA,0.05,undefined\n"
               "inconsistent,baseline,ecr_sd,anxiety,0.9,0.8,1,1,0.1,differs\n"
               "inconsistent,baseline,NA,all,9,9,9,9,1,differs\n"
               "inconsistent,baseline,satisfaction,NA,9,9,9,9,1,NA\n";

static void a_forest_has_the_largest_differences_first(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    put_text(place, "comparison.csv", one_scenario); /* a comparison has no manifest */
    chart_of(&made, CR_CHART_FOREST, place->folder, NULL, 0);
    const struct cr_chart_forest *forest = &made.chart.of.forest;
    assert_string_equal(made.chart.title, "inconsistent compared with baseline");
    assert_null(made.chart.subtitle);
    assert_int_equal(forest->row_count, 3); /* without details such as the standard deviation */
    assert_string_equal(forest->rows[0].label, "Mean attachment avoidance");
    assert_near(forest->rows[0].estimate, -8.0, 1e-12);
    assert_near(forest->rows[0].low, -20.0, 1e-12);
    assert_near(forest->rows[0].high, 4.0, 1e-12);
    assert_false(forest->rows[0].clear);
    assert_null(forest->rows[0].columns[1]);
    assert_string_equal(forest->rows[1].label, "Share of secure adults");
    assert_near(forest->rows[1].estimate, -5.0, 1e-12);
    assert_true(forest->rows[1].clear);
    assert_string_equal(forest->rows[1].columns[0], "−0.10");
    assert_string_equal(forest->rows[1].columns[1], "−0.20");
    assert_near(forest->rows[2].estimate, 5.0, 1e-12);
    assert_true(forest->rows[2].clear);
    for (size_t k = 0; k < 3; k++)
        assert_null(forest->rows[k].heading);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void one_measure_is_told_in_its_own_unit_with_all_its_groups(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    put_text(place, "comparison.csv", one_scenario);
    chart_of(&made, CR_CHART_FOREST, place->folder, "ecr_mean", 0);
    assert_int_equal(made.chart.of.forest.row_count, 2);
    assert_string_equal(made.chart.of.forest.x.unit, "scale points (1-7)");
    assert_near(made.chart.of.forest.rows[0].estimate, -0.8, 1e-15);
    assert_near(made.chart.of.forest.rows[1].estimate, 0.5, 1e-15);
    cr_source_chart_free(&made);
    chart_of(&made, CR_CHART_FOREST, place->folder, "ecr_sd:anxiety", 0);
    assert_int_equal(made.chart.of.forest.row_count, 1);
    assert_near(made.chart.of.forest.rows[0].estimate, 0.9, 1e-15);
    cr_source_chart_free(&made);
    chart_is_refused(CR_CHART_FOREST, place->folder, "ecr_mean:all", CR_ERROR_USAGE,
        "%s/comparison.csv has no measure ecr_mean with the group all; see cradle measures");
    put_text(place, "comparison.csv", COMPARISON);
    chart_is_refused(CR_CHART_FOREST, place->folder, NULL, CR_ERROR_USAGE, "%s/comparison.csv has no differences");
}

static void several_scenarios_share_the_rows_under_their_names(void **state) {
    const struct store_place *const place = *state;
    static const char *const scenarios[] = {"one", "two", "three"};
    char *text = malloc(1 << 16);
    struct cr_source_chart made;
    assert_non_null(text);
    size_t used = (size_t)snprintf(text, 1 << 16, COMPARISON);
    for (int k = 0; k < 40; k++) /* measures that this program does not know; scenario by scenario in turn */
        for (int s = 0; s < 3; s++)
            used += (size_t)snprintf(text + used, (1 << 16) - used, "%s,base,m,g%d,%d,0,100,1,2,differs\n",
                scenarios[s], k, (s + 1) * ((k % 2) ? k : -k));
    put_text(place, "comparison.csv", text);
    chart_of(&made, CR_CHART_FOREST, place->folder, NULL, 0);
    const struct cr_chart_forest *forest = &made.chart.of.forest;
    assert_string_equal(made.chart.title, "Compared with base");
    assert_string_equal(made.chart.subtitle, "The 30 largest of 120 differences, by scenario");
    assert_int_equal(forest->row_count, 30);
    for (size_t k = 0; k < 30; k++) {
        const int rank = 39 - (int)(k % 10), scenario = (int)(k / 10) + 1;
        if (k % 10 == 0)
            assert_string_equal(forest->rows[k].heading, scenarios[k / 10]);
        else
            assert_null(forest->rows[k].heading);
        assert_near(forest->rows[k].estimate, scenario * (rank % 2 ? rank : -rank) / 2.0, 1e-12);
    }
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    free(text);
}

static void measures_survive_want(void **state) {
    const struct store_place *const place = *state;
    fill(place, "measures.csv", MEASURES "1,ssp_share,A,0.25,0.1,9\n1,ssp_share,B,0.5,0.1,9\n");
    put_text(place, "comparison.csv", one_scenario);
    chart_survives_want(CR_CHART_BARS, place->folder, NULL, true, 15);
    chart_survives_want(CR_CHART_FOREST, place->folder, NULL, true, 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(bars_are_means_over_replicates_with_their_intervals),
        IN_A_STORE_PLACE(one_replicate_has_the_interval_within_it),
        IN_A_STORE_PLACE(a_forest_has_the_largest_differences_first),
        IN_A_STORE_PLACE(one_measure_is_told_in_its_own_unit_with_all_its_groups),
        IN_A_STORE_PLACE(several_scenarios_share_the_rows_under_their_names),
        IN_A_STORE_PLACE(measures_survive_want),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
