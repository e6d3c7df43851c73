#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "chart_place.h"
#include "report/folder_chart.h"

static void what_is_asked_for_has_a_measure_and_perhaps_a_group(void **state) {
    (void)state;
    struct cr_folder_wanted wanted = cr_folder_wanted(NULL, "style_share");
    assert_string_equal(wanted.measure, "style_share");
    assert_null(wanted.group);
    wanted = cr_folder_wanted("ssp_arousal:A felt", "style_share");
    assert_string_equal(wanted.measure, "ssp_arousal");
    assert_string_equal(wanted.group, "A felt");
    wanted = cr_folder_wanted("a_name_that_is_much_longer_than_any_measure_can_ever_be_in_this_program:x", "");
    assert_int_equal(strlen(wanted.measure), sizeof wanted.measure - 1);
    assert_string_equal(wanted.group, "x");
}

/* 2, 4, 9: mean 5, squares 9 + 1 + 16 = 26, se = sqrt(26 / 2 / 3). */
static void means_have_their_standard_error(void **state) {
    (void)state;
    struct cr_folder_mean mean = {0};
    assert_true(isnan(cr_folder_mean_estimate(&mean).value));
    cr_folder_mean_add(&mean, 2.0);
    assert_true(cr_folder_mean_estimate(&mean).value == 2.0);
    assert_true(isnan(cr_folder_mean_estimate(&mean).se));
    cr_folder_mean_add(&mean, (double)NAN);
    cr_folder_mean_add(&mean, 4.0);
    cr_folder_mean_add(&mean, 9.0);
    const struct cr_estimate estimate = cr_folder_mean_estimate(&mean);
    assert_near(estimate.value, 5.0, 1e-15);
    assert_near(estimate.se, sqrt(26.0 / 6.0), 1e-15);
    assert_int_equal(estimate.n, 3);
}

/* Which groups of six rows are shown: "m" has a, b and two parts; "n" has two parts and one of one. */
static void groups_in_two_parts_give_way_to_several_in_one(void **state) {
    (void)state;
    char *measures[] = {"m", "n"}, *groups[] = {"a", "a x", "b", "b x"};
    int32_t measure_of[] = {0, 0, 0, 1, 1, 0, -1}, group_of[] = {0, 1, 2, 3, 0, -1, 0};
    const struct cr_csv_column measure = {.text = true, .word = measure_of, .words = measures, .word_count = 2},
                               group = {.text = true, .word = group_of, .words = groups, .word_count = 4};
    static const struct {
        const char *wanted;
        size_t count;
        bool shown[4];
    } cases[] = {{"m", 2, {true, false, true, false}}, {"n", 2, {true, false, false, true}},
        {"m:a x", 1, {false, true, false, false}}, {"m:b x", 0, {false}}, {"m:c", 0, {false}}, {"o", 0, {false}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool shown[4] = {false};
        const struct cr_folder_wanted wanted = cr_folder_wanted(cases[i].wanted, "");
        assert_int_equal(cr_folder_groups(&measure, &group, 7, &wanted, shown), cases[i].count);
        assert_memory_equal(shown, cases[i].shown, sizeof shown);
    }
}

static void a_folder_without_a_manifest_is_refused(void **state) {
    const struct store_place *const place = *state;
    put_text(place, "series.csv", "replicate,year,measure,group,value\n1,1,style_share,secure,0.5\n");
    chart_is_refused(CR_CHART_LINES, place->folder, NULL, CR_ERROR_USAGE,
        "%s has no manifest.json of a complete run; name the folder that cradle run --out wrote");
}

static void a_folder_has_no_heat_map(void **state) {
    const struct store_place *const place = *state;
    put_text(place, "manifest.json", MANIFEST(10, 1, 5));
    chart_is_refused(CR_CHART_HEAT_MAP, place->folder, NULL, CR_ERROR_USAGE,
        "a heat map needs the store of a sweep over two axes, not a folder");
}

static void files_that_are_not_there_are_named(void **state) {
    static const char *const files[CR_CHART_KINDS] = {[CR_CHART_LINES] = "series",
        [CR_CHART_SURVIVAL] = "relationships",
        [CR_CHART_HAZARD] = "relationships",
        [CR_CHART_DENSITY] = "people",
        [CR_CHART_FLOWS] = "people",
        [CR_CHART_FOREST] = "comparison",
        [CR_CHART_BARS] = "measures",
        [CR_CHART_MULTIPLES] = "series"};
    const struct store_place *const place = *state;
    put_text(place, "manifest.json", MANIFEST(10, 1, 5));
    for (int kind = 0; kind < CR_CHART_KINDS; kind++) {
        char sentence[128];
        if (files[kind] == NULL)
            continue;
        (void)snprintf(sentence, sizeof sentence, "%%s/%s.csv cannot be read: No such file or directory", files[kind]);
        chart_is_refused((enum cr_chart_kind)kind, place->folder, NULL, CR_ERROR_USAGE, sentence);
    }
}

static void a_chart_tells_of_whom_it_is(void **state) {
    const struct store_place *const place = *state;
    struct cr_source_chart made;
    put_text(place, "people.csv", "anxiety_end,avoidance_end\n2,3\n");
    put_text(place, "manifest.json", MANIFEST(12000, 1, 2.5));
    chart_of(&made, CR_CHART_DENSITY, place->folder, NULL, 0);
    assert_string_equal(made.chart.subtitle, "plain, 12,000 people, 2.5 years, 1 replicate");
    cr_source_chart_free(&made);
    put_text(place, "manifest.json", MANIFEST(12, 3, 40));
    chart_of(&made, CR_CHART_DENSITY, place->folder, NULL, 0);
    assert_string_equal(made.chart.subtitle, "plain, 12 people, 40 years, 3 replicates");
    cr_source_chart_free(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_for_has_a_measure_and_perhaps_a_group),
        cmocka_unit_test(means_have_their_standard_error),
        cmocka_unit_test(groups_in_two_parts_give_way_to_several_in_one),
        IN_A_STORE_PLACE(a_folder_without_a_manifest_is_refused),
        IN_A_STORE_PLACE(a_folder_has_no_heat_map),
        IN_A_STORE_PLACE(files_that_are_not_there_are_named),
        IN_A_STORE_PLACE(a_chart_tells_of_whom_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
