#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "chart_place.h"
#include "measure/laboratory_coding.h"
#include "measure/self_report.h"

#define HEADER                                                                                                         \
    "ssp_class,style_18,style_40,earned_age,anxiety_18,avoidance_18,anxiety_40,avoidance_40,anxiety_end,avoidance_"    \
    "end\n"

/* Earned by 40 and secure then: two who went the same way; earned and lost, earned later, and never seen at 40. */
static const char people[] = HEADER "A,dismissing,secure,30,1,2,3,4,5,6\n"
                                    "A,dismissing,secure,40.5,1,2,3,4,5,6\n"
                                    "A,dismissing,dismissing,25,1,2,3,4,5,6\n"
                                    "D,fearful,secure,55,1,2,3,4,5,6\n"
                                    "B,secure,secure,NA,2,2,NA,NA,1.5,2.5\n"
                                    "B,secure,NA,NA,2,2,NA,NA,1.5,2.5\n"
                                    "NA,secure,secure,NA,NA,NA,NA,NA,NA,NA\n"
                                    "E,secure,secure,NA,NA,NA,NA,NA,NA,NA\n";

static void fill(const struct store_place *place, const char *text) {
    put_text(place, "manifest.json", MANIFEST(10, 1, 60));
    put_text(place, "people.csv", text);
}

/* How many went that way. */
static double weight(const struct cr_chart_flows *flows, int class, int young, int old, bool picked) {
    double sum = 0.0;
    for (size_t k = 0; k < flows->flow_count; k++) {
        const struct cr_flow *flow = &flows->flows[k];
        if (flow->weight > 0.0 && flow->category[0] == class && flow->category[1] == young &&
            (flows->stage_count == 2 || flow->category[2] == old) && flow->picked == picked)
            sum += flow->weight;
    }
    return sum;
}

static void flows_count_people(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    double all = 0.0;
    fill(place, people);
    chart_of(&made, CR_CHART_FLOWS, place->folder, NULL, 0);
    const struct cr_chart_flows *flows = &made.chart.of.flows;
    assert_int_equal(flows->stage_count, 3);
    assert_string_equal(flows->stages[0].categories[CR_CLASS_D].name, "D disorganized");
    for (int k = 0; k < CR_CLASSES; k++)
        assert_int_equal(flows->stages[0].categories[k].meaning, cr_meaning_of(cr_class_names[k]));
    for (int k = 0; k < CR_STYLES; k++)
        assert_string_equal(flows->stages[2].categories[k].name, cr_style_names[k]);
    assert_true(weight(flows, CR_CLASS_A, CR_STYLE_DISMISSING, CR_STYLE_SECURE, true) == 2.0);
    assert_true(weight(flows, CR_CLASS_A, CR_STYLE_DISMISSING, CR_STYLE_SECURE, false) == 0.0);
    assert_true(weight(flows, CR_CLASS_A, CR_STYLE_DISMISSING, CR_STYLE_DISMISSING, false) == 1.0);
    assert_true(weight(flows, CR_CLASS_D, CR_STYLE_FEARFUL, CR_STYLE_SECURE, false) == 1.0);
    assert_true(weight(flows, CR_CLASS_B, CR_STYLE_SECURE, CR_STYLE_SECURE, false) == 1.0);
    for (size_t k = 0; k < flows->flow_count; k++)
        all += flows->flows[k].weight;
    assert_true(all == 5.0);
    assert_non_null(strstr(made.chart.note, "5 people"));
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void a_short_run_flows_to_18(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, "ssp_class,style_18,style_40,earned_age\nA,secure,NA,18.5\nB,secure,NA,NA\nC,NA,NA,NA\n");
    chart_of(&made, CR_CHART_FLOWS, place->folder, NULL, 0);
    assert_string_equal(made.chart.title, "From infancy to 18");
    assert_int_equal(made.chart.of.flows.stage_count, 2);
    assert_true(weight(&made.chart.of.flows, CR_CLASS_A, CR_STYLE_SECURE, 0, true) == 1.0);
    assert_true(weight(&made.chart.of.flows, CR_CLASS_B, CR_STYLE_SECURE, 0, false) == 1.0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    fill(place, "ssp_class,style_18,style_40,earned_age\n");
    chart_of(&made, CR_CHART_FLOWS, place->folder, NULL, 0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void the_plane_holds_one_point_a_person(void **state) {
    static const struct {
        int age;
        const char *title;
        double first_x, first_y, fifth_x;
    } cases[] = {{0, "Attachment at the last survey", 5.0, 6.0, 1.5}, {18, "Attachment at 18", 1.0, 2.0, 2.0},
        {40, "Attachment at 40", 3.0, 4.0, (double)NAN}};
    const struct store_place *const place = *state;
    fill(place, people);
    for (int i = 0; i < 3; i++) {
        struct cr_source_chart made;
        chart_of(&made, CR_CHART_DENSITY, place->folder, NULL, cases[i].age);
        const struct cr_chart_density *density = &made.chart.of.density;
        assert_string_equal(made.chart.title, cases[i].title);
        assert_int_equal(density->count, 8);
        assert_true(density->xs[0] == cases[i].first_x && density->ys[0] == cases[i].first_y);
        assert_true(isnan(cases[i].fifth_x) ? isnan(density->xs[4]) : density->xs[4] == cases[i].fifth_x);
        assert_true(density->x.from == 1.0 && density->x.to == 7.0 && density->x_cut == 4.0 && density->y_cut == 4.0);
        assert_string_equal(density->names[0], "secure");
        assert_string_equal(density->names[1], "preoccupied");
        assert_string_equal(density->names[2], "dismissing");
        assert_string_equal(density->names[3], "fearful");
        chart_is_drawable(&made);
        cr_source_chart_free(&made);
    }
}

static void nobody_is_a_chart_that_says_so(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, HEADER);
    chart_of(&made, CR_CHART_DENSITY, place->folder, NULL, 0);
    assert_int_equal(made.chart.of.density.count, 0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void people_survive_want(void **state) {
    const struct store_place *const place = *state;
    fill(place, people);
    chart_survives_want(CR_CHART_FLOWS, place->folder, NULL, true, 10);
    chart_survives_want(CR_CHART_DENSITY, place->folder, NULL, true, 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(flows_count_people),
        IN_A_STORE_PLACE(a_short_run_flows_to_18),
        IN_A_STORE_PLACE(the_plane_holds_one_point_a_person),
        IN_A_STORE_PLACE(nobody_is_a_chart_that_says_so),
        IN_A_STORE_PLACE(people_survive_want),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
