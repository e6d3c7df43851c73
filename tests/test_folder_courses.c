#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "chart_place.h"

#define HEADER "replicate,year,measure,group,value\n"

/* Two replicates of three years; children have no styles. */
static const char series[] = HEADER "1,1,style_share,secure,NA\n"
                                    "1,1,style_share,fearful,NA\n"
                                    "1,1,satisfaction,all,NA\n"
                                    "1,2,style_share,secure,0.5\n"
                                    "1,2,style_share,fearful,0.25\n"
                                    "1,2,satisfaction,all,1\n"
                                    "1,3,style_share,secure,0.75\n"
                                    "1,3,style_share,fearful,0.25\n"
                                    "1,3,satisfaction,all,2\n"
                                    "2,1,style_share,secure,NA\n"
                                    "2,2,style_share,secure,0.6\n"
                                    "2,2,satisfaction,all,3\n"
                                    "2,3,style_share,secure,NA\n"
                                    "2,3,style_share,fearful,0.125\n"
                                    "2,3,satisfaction,all,4\n";

static void fill(const struct store_place *place, const char *text) {
    put_text(place, "manifest.json", MANIFEST(10, 2, 3));
    put_text(place, "series.csv", text);
}

/* t(1; .975) = 12.706205; the se of two values is half their distance. */
static void lines_are_means_over_replicates_with_their_intervals(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, series);
    chart_of(&made, CR_CHART_LINES, place->folder, NULL, 0);
    const struct cr_chart_lines *lines = &made.chart.of.lines;
    assert_string_equal(made.chart.title, "Attachment styles of adults");
    assert_string_equal(made.chart.note, "Bands: 95% intervals of the mean over replicates");
    assert_int_equal(lines->line_count, 2);
    assert_true(lines->x.from == 2.0 && lines->x.to == 3.0);
    assert_int_equal(lines->y.form, CR_NUMBER_PERCENT);
    const struct cr_line *secure = &lines->lines[0], *fearful = &lines->lines[1];
    assert_string_equal(secure->name, "secure");
    assert_int_equal(secure->meaning, CR_MEANING_SECURE);
    assert_int_equal(secure->count, 4);
    assert_true(secure->x[0] == 0.0 && secure->x[3] == 3.0);
    assert_true(isnan(secure->y[0]) && isnan(secure->y[1]));
    assert_near(secure->y[2], 0.55, 1e-15);
    assert_near(secure->low[2], 0.0, 0.0); /* 0.55 -+ 12.7 * 0.05, within 0 and 1 */
    assert_near(secure->high[2], 1.0, 0.0);
    assert_near(secure->y[3], 0.75, 1e-15);
    assert_true(isnan(secure->low[3]) && isnan(secure->high[3]));
    assert_string_equal(fearful->name, "fearful");
    assert_near(fearful->y[2], 0.25, 1e-15);
    assert_near(fearful->y[3], 0.1875, 1e-15);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    chart_of(&made, CR_CHART_LINES, place->folder, "satisfaction", 0);
    const struct cr_line *all = &made.chart.of.lines.lines[0];
    assert_int_equal(made.chart.of.lines.line_count, 1);
    assert_null(all->name);
    assert_near(all->y[3], 3.0, 1e-15);
    assert_near(all->low[3], 3.0 - 12.706205, 1e-5);
    assert_near(all->high[3], 3.0 + 12.706205, 1e-5);
    assert_string_equal(made.chart.of.lines.y.label, "latent scale");
    cr_source_chart_free(&made);
}

static void one_group_alone_is_the_title(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, series);
    chart_of(&made, CR_CHART_LINES, place->folder, "style_share:fearful", 0);
    assert_int_equal(made.chart.of.lines.line_count, 1);
    assert_string_equal(made.chart.title, "Share of fearful adults");
    assert_null(made.chart.of.lines.lines[0].name);
    assert_int_equal(made.chart.of.lines.lines[0].meaning, CR_MEANING_FEARFUL);
    assert_near(made.chart.of.lines.lines[0].y[3], 0.1875, 1e-15);
    cr_source_chart_free(&made);
}

static void panels_are_courses_in_the_order_asked(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, series);
    chart_of(&made, CR_CHART_MULTIPLES, place->folder, "satisfaction:all,style_share", 0);
    const struct cr_chart_multiples *multiples = &made.chart.of.multiples;
    assert_int_equal(multiples->count, 2);
    assert_string_equal(multiples->panels[0].title, "Satisfaction with the relationship");
    assert_near(multiples->panels[0].of.lines.lines[0].y[2], 2.0, 1e-15);
    assert_string_equal(multiples->panels[1].title, "Attachment styles of adults");
    assert_near(multiples->panels[1].of.lines.lines[0].y[2], 0.55, 1e-15);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void a_run_of_one_year_is_a_chart_too(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, HEADER "1,1,style_share,secure,0.5\n");
    chart_of(&made, CR_CHART_LINES, place->folder, NULL, 0);
    assert_true(made.chart.of.lines.x.from == 0.0 && made.chart.of.lines.x.to == 0.0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
    fill(place, HEADER "1,0,style_share,secure,NA\n1,1,style_share,secure,NA\n");
    chart_of(&made, CR_CHART_LINES, place->folder, NULL, 0);
    chart_is_drawable(&made);
    cr_source_chart_free(&made);
}

static void what_the_series_lack_is_told(void **state) {
    const struct store_place *const place = *state;
    fill(place, series);
    chart_is_refused(
        CR_CHART_LINES, place->folder, "joy", CR_ERROR_USAGE, "%s/series.csv has no measure joy; see cradle measures");
    chart_is_refused(CR_CHART_LINES, place->folder, "style_share:happy", CR_ERROR_USAGE,
        "%s/series.csv has no measure style_share with the group happy; see cradle measures");
    chart_is_refused(CR_CHART_LINES, place->folder, "style_share:all", CR_ERROR_USAGE,
        "%s/series.csv has no measure style_share with the group all; see cradle measures");
    chart_is_refused(CR_CHART_MULTIPLES, place->folder, "style_share,,satisfaction", CR_ERROR_USAGE,
        "%s/series.csv has no measure without a name; see cradle measures");
    chart_is_refused(CR_CHART_MULTIPLES, place->folder, NULL, CR_ERROR_USAGE,
        "%s/series.csv has no measure ecr_mean; see cradle measures");
    fill(place, HEADER);
    chart_is_refused(CR_CHART_LINES, place->folder, NULL, CR_ERROR_USAGE,
        "%s/series.csv has no measure style_share; see cradle measures");
}

static void no_more_panels_are_made_than_fit(void **state) {
    const struct store_place *const place = *state;
    char list[256] = "satisfaction";
    struct cr_source_chart made;
    fill(place, series);
    for (int k = 1; k < 12; k++)
        strcat(list, ",satisfaction");
    chart_of(&made, CR_CHART_MULTIPLES, place->folder, list, 0);
    assert_int_equal(made.chart.of.multiples.count, 12);
    cr_source_chart_free(&made);
    strcat(list, ",satisfaction");
    chart_is_refused(CR_CHART_MULTIPLES, place->folder, list, CR_ERROR_USAGE, "no more than 12 panels fit");
}

static void years_that_no_run_has_are_refused(void **state) {
    static const char *const years[] = {"-1", "NA", "1e300", "10001", "Inf"};
    static const char *const told[] = {"-1", "nan", "1e+300", "10001", "inf"};
    const struct store_place *const place = *state;
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        char text[128], sentence[128];
        (void)snprintf(text, sizeof text, HEADER "1,1,style_share,secure,0.5\n1,%s,other,secure,0.5\n", years[i]);
        (void)snprintf(sentence, sizeof sentence, "%%s/series.csv has the year %s; years go from 0 to 10000", told[i]);
        fill(place, text);
        chart_is_refused(CR_CHART_LINES, place->folder, NULL, CR_ERROR_USAGE, sentence);
    }
}

static void rows_without_measure_or_group_do_not_count(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    fill(place, HEADER "1,1,style_share,secure,0.5\n1,1,NA,secure,9\n1,1,style_share,NA,9\n1,2,style_share,secure,1\n");
    chart_of(&made, CR_CHART_LINES, place->folder, NULL, 0);
    assert_int_equal(made.chart.of.lines.line_count, 1);
    assert_near(made.chart.of.lines.lines[0].y[1], 0.5, 1e-15);
    cr_source_chart_free(&made);
}

static void more_lines_than_fit_are_refused(void **state) {
    const struct store_place *const place = *state;
    char text[2048] = HEADER;
    for (int g = 0; g < 25; g++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "1,1,m,g%d,1\n", g);
    fill(place, text);
    chart_is_refused(CR_CHART_LINES, place->folder, "m", CR_ERROR_USAGE,
        "m has 25 groups, and no more than 24 lines fit; name one as m:GROUP");
}

static void courses_survive_want(void **state) {
    const struct store_place *const place = *state;
    fill(place, series);
    chart_survives_want(CR_CHART_LINES, place->folder, NULL, true, 20);
    chart_survives_want(CR_CHART_MULTIPLES, place->folder, "style_share,satisfaction", true, 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(lines_are_means_over_replicates_with_their_intervals),
        IN_A_STORE_PLACE(one_group_alone_is_the_title),
        IN_A_STORE_PLACE(panels_are_courses_in_the_order_asked),
        IN_A_STORE_PLACE(a_run_of_one_year_is_a_chart_too),
        IN_A_STORE_PLACE(what_the_series_lack_is_told),
        IN_A_STORE_PLACE(no_more_panels_are_made_than_fit),
        IN_A_STORE_PLACE(years_that_no_run_has_are_refused),
        IN_A_STORE_PLACE(rows_without_measure_or_group_do_not_count),
        IN_A_STORE_PLACE(more_lines_than_fit_are_refused),
        IN_A_STORE_PLACE(courses_survive_want),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
