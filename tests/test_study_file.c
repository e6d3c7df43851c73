#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>

#include "failing_allocation.h"
#include "small_run.h"
#include "study/design.h"
#include "study_place.h"

/* Axes that a factorial takes, to be followed by what a test is about. */
#define AXES "axes = ( { key = \"learning.rate\"; values = [0.1, 0.2]; } );\n"

static void a_file_says_all_that_a_study_holds(void **state) {
    const struct study_place *const place = *state;
    static const char text[] = "name = \"cold\";\ntitle = \"Cold care and learning\";\nscenario = \"mix.cfg\";\n"
                               "people = 120; years = 30; replicates = 3; seed = 5000000000;\n"
                               "set = [\"couple.fit_weight=1.5\", \"run.seed=9\", \"profile.warm.share=4\"];\n"
                               "design = \"factorial\"; on_failure = \"stop\"; time_limit = 90;\n"
                               "axes = ( { key = \"profile.cold.share\"; values = [0.0, 0.5]; },\n"
                               "         { key = \"event.war.age\"; low = 1; high = 3; steps = 3; } );\n"
                               "measures = [\"ssp_share\", \"style_share:secure\"]; series = (\"satisfaction\");\n";
    struct cr_study study;
    accepted(place, text, &study);
    assert_string_equal(study.name, "cold");
    assert_string_equal(study.title, "Cold care and learning");
    assert_string_equal(study.scenario.name, "mix");
    const struct cr_parameters *const p = &study.scenario.parameters;
    assert_int_equal(p->run_people, 120);
    assert_true(p->run_years == 30.0);
    assert_int_equal(p->run_replicates, 3);
    assert_int_equal(p->run_seed, 9); /* the later change holds */
    assert_true(p->couple_fit_weight == 1.5);
    assert_true(study.scenario.profiles[1].profile.share == 4.0);
    assert_int_equal(study.settings.design, CR_DESIGN_FACTORIAL);
    assert_int_equal(study.settings.on_failure, CR_FAILURE_STOP);
    assert_true(study.settings.time_limit == 90.0);
    assert_int_equal(study.axis_count, 2);
    assert_string_equal(study.axes[1].key, "event.war.age");
    assert_true(study.axes[1].values[1] == 2.0);
    assert_int_equal(cr_study_runs(&study), 18);
    assert_false(study.measures.all);
    assert_int_equal(study.measures.count, 2);
    assert_int_equal(study.measures.kept[1].measure, cr_measure_find("style_share"));
    assert_string_equal(study.measures.kept[0].group, "");
    assert_string_equal(study.measures.kept[1].group, "secure");
    assert_int_equal(study.series.count, 1);
    assert_int_equal(study.series.kept[0].measure, cr_measure_find("satisfaction"));
    assert_non_null(strstr(study.text, "title = \"Cold care and learning\";"));
    assert_non_null(strstr(study.text, "series = (\"satisfaction\");"));
    cr_study_free(&study);
    cr_study_free(&study);
}

static void what_is_not_said_has_its_default(void **state) {
    struct cr_study study;
    accepted(*state, AXES, &study);
    assert_string_equal(study.name, "study");
    assert_string_equal(study.title, "");
    assert_true(study.measures.all);
    assert_false(study.series.all);
    assert_int_equal(study.series.count, 0);
    assert_int_equal(study.scenario.parameters.run_people, 4000);
    for (size_t i = 0; i < cr_study_registry.count; i++)
        assert_true(cr_field_get(&cr_study_registry.fields[i], &study.settings) == cr_study_registry.fields[i].initial);
    cr_study_free(&study);
}

static void truth_stands_for_all_or_none(void **state) {
    struct cr_study study;
    accepted(*state, AXES "measures = false; series = true;", &study);
    assert_true(!study.measures.all && study.series.all);
    cr_study_free(&study);
    accepted(*state, AXES "measures = true; series = false;", &study);
    assert_true(study.measures.all && !study.series.all);
    cr_study_free(&study);
}

static void a_study_may_be_of_any_design(void **state) {
    static const struct {
        const char *text;
        int64_t points;
    } rows[] = {{"design = \"zip\"; " AXES, 2},
        {"design = \"latin_hypercube\"; points = 7; design_seed = 3; axes = ( { key = \"learning.rate\"; low = 0.1; "
         "high = 0.9; } );",
            7},
        {"design = \"sobol\"; points = 8; axes = ( { key = \"learning.rate\"; low = 0.1; high = 0.9; } );", 8},
        {"design = \"halton\"; axes = ( { key = \"learning.rate\"; low = 0.1; high = 0.9; scale = \"log\"; } );", 100},
        {"design = \"morris\"; trajectories = 5; levels = 6; axes = ( { key = \"learning.rate\"; low = 0; high = 1; } "
         ");",
            10},
        {"design = \"saltelli\"; points = 4; second_order = false; axes = ( { key = \"learning.rate\"; low = 0; high "
         "= 1; } );",
            12},
        {"design = \"table\"; table = \"points.csv\";", 3}};
    const struct study_place *const place = *state;
    write_text(place->table, "learning.rate\n0.1\n0.2\n0.3\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cr_study study;
        accepted(place, rows[i].text, &study);
        assert_int_equal(cr_study_points(&study), rows[i].points);
        cr_study_free(&study);
    }
}

static void what_is_unknown_is_told_with_the_nearest_name(void **state) {
    const struct study_place *const place = *state;
    refused(place, AXES "pionts = 3;", "study.cfg:2: unknown study setting pionts; did you mean points?");
    refused(place, AXES "serie = true;", "study.cfg:2: unknown study setting serie; did you mean series?");
    refused(place, AXES "zzzzzzzz = true;", "study.cfg:2: unknown study setting zzzzzzzz");
    refused(place, AXES "couple : { fit_weight = 1.0; };",
        "study.cfg:2: unknown group couple; a study changes parameters by axes, or for all runs by set = "
        "[\"key=value\"]");
    refused(
        place, AXES "measures = [\n\"ssp_shar\"];", "study.cfg:3: unknown measure ssp_shar; did you mean ssp_share?");
    refused(place, AXES "measures = [\"zzzzzzzzzz:B\"];", "study.cfg:2: unknown measure zzzzzzzzzz");
    refused(place, AXES "set = [\"run.people=9\",\n\"couple.fit_wight=1.0\"];",
        "study.cfg:3: unknown parameter couple.fit_wight; did you mean couple.fit_weight?");
    refused(place, AXES "design = \"sobel\";",
        "study.cfg:2: design must be one of factorial | zip | latin_hypercube | sobol | halton | table | morris | "
        "saltelli, not sobel");
}

static void what_is_out_of_range_or_of_another_type_is_refused(void **state) {
    const struct study_place *const place = *state;
    refused(place, AXES "people = 1;", "study.cfg:2: run.people must be a whole number from 2 to 10000000, not 1");
    refused(
        place, AXES "replicates = 0;", "study.cfg:2: run.replicates must be a whole number from 1 to 1000000, not 0");
    refused(
        place, AXES "years = \"40\";", "study.cfg:2: run.years must be a number from 0.02 to 150, not the text \"40\"");
    refused(place, AXES "time_limit = -1;", "study.cfg:2: time_limit must be a number from 0 to 10000000, not -1");
    refused(place, AXES "design = 3;",
        "study.cfg:2: design must be one of factorial | zip | latin_hypercube | sobol | halton | table | morris | "
        "saltelli, not the number 3");
    refused(
        place, AXES "set = [\"learning.rate=2\"];", "study.cfg:2: learning.rate must be a number from 0 to 1, not 2");
    refused(place, AXES "set = [\"learning.rate\"];",
        "study.cfg:2: an assignment must be written key=value, such as run.people=1000, not learning.rate");
    refused(place, AXES "set = \"learning.rate=1\";",
        "study.cfg:2: set must be a list of changes in brackets, such as set = [\"couple.fit_weight=1.0\"]");
    refused(place, AXES "set = [3];", "study.cfg:2: a change must be a line of text in quotes, and not empty");
    refused(
        place, AXES "set = [\"a\\nb=1\"];", "study.cfg:2: a change must be a line of text in quotes, and not empty");
    refused(place, AXES "measures = \"ssp_share\";",
        "study.cfg:2: measures must be true, false or a list in brackets, such as [\"ssp_share\", "
        "\"style_share:secure\"]");
    refused(place, AXES "series = (1);", "study.cfg:2: a measure must be a line of text in quotes, and not empty");
    refused(place, AXES "name = \"two words\";",
        "study.cfg:2: name must be a word in quotes, of at most 63 letters, digits, '_' or '-'");
    refused(place, AXES "title = 3;", "study.cfg:2: title must be one line of text in quotes, of at most 255 bytes");
}

static void a_group_must_fit_and_a_series_have_a_course(void **state) {
    const struct study_place *const place = *state;
    refused(place, AXES "measures = [\"ssp_share:\"];",
        "study.cfg:2: the group of ssp_share must be of 1 to 31 letters; its groups are: class A, B, C, D");
    refused(place, AXES "measures = [\"ssp_share:12345678901234567890123456789012\"];",
        "study.cfg:2: the group of ssp_share must be of 1 to 31 letters; its groups are: class A, B, C, D");
    refused(place, AXES "series = [\"ssp_share\"];", "study.cfg:2: the measure ssp_share has no time course");
    refused(place, AXES "measures = [];", "study.cfg: the study keeps neither measures nor series of its runs");
}

static void a_setting_that_the_design_does_not_take_is_refused(void **state) {
    const struct study_place *const place = *state;
    static const char *const unused[] = {"points = 3;", "trajectories = 3;", "levels = 4;", "second_order = true;",
        "design_seed = 2;", "table = \"x\";"};
    for (size_t i = 0; i < sizeof unused / sizeof *unused; i++) {
        char text[256], sentence[128];
        snprintf(text, sizeof text, AXES "%s", unused[i]);
        snprintf(sentence, sizeof sentence, "study.cfg:2: the design factorial takes no %.*s",
            (int)strcspn(unused[i], " "), unused[i]);
        refused(place, text, sentence);
    }
    refused(place, AXES "design = \"table\"; table = \"points.csv\";", "study.cfg:1: the design table takes no axes");
    refused(
        place, "design = \"sobol\"; design_seed = 3; axes = ();", "study.cfg:1: the design sobol takes no design_seed");
    refused(place, "design = \"morris\"; points = 3; axes = ();", "study.cfg:1: the design morris takes no points");
}

static void the_study_is_checked_as_a_whole(void **state) {
    const struct study_place *const place = *state;
    refused(place, "people = 50;",
        "study.cfg: a study needs axes, such as axes = ( { key = \"prototype.strength\"; values = [0.1, 1.0]; } )");
    refused(place, "design = \"table\";", "study.cfg: the design table needs its file, such as table = \"points.csv\"");
    refused(place, "design = \"sobol\"; axes = ();", "study.cfg: the design sobol takes from 1 to 40 axes, not 0");
    refused(place, AXES "set = [\"run.first_replicate=1000000000\"]; replicates = 2;",
        "study.cfg: the last replicate would have the number 1000000001; at most 1000000000 is allowed");
    refused(place,
        "axes = ( { key = \"run.people\"; low = 2; high = 100001; steps = 100000; },\n"
        "{ key = \"learning.rate\"; low = 0; high = 1; steps = 10001; } );",
        "study.cfg: the study has more than 1000000000 runs");
}

static void files_are_found_beside_the_study_and_told_when_they_are_not(void **state) {
    const struct study_place *const place = *state;
    char sentence[256];
    snprintf(
        sentence, sizeof sentence, "study.cfg:2: cannot read %s/none.cfg, the scenario of this study", place->folder);
    refused(place, AXES "scenario = \"none.cfg\";", sentence);
    snprintf(sentence, sizeof sentence, "study.cfg:2: cannot read the table %s/points.csv: No such file or directory",
        place->folder);
    refused(place, "design = \"table\";\ntable = \"points.csv\";", sentence);
    refused(place, AXES "scenario = 3;", "study.cfg:2: scenario must be a line of text in quotes, and not empty");
    refused(place, AXES "scenario = \"\";", "study.cfg:2: scenario must be a line of text in quotes, and not empty");
    write_text(place->scenario, "run : { people = 1; };");
    refused(place, AXES "scenario = \"mix.cfg\";",
        "mix.cfg:1: run.people must be a whole number from 2 to 10000000, not 1");
}

static void a_list_of_two_kinds_of_numbers_gets_a_hint(void **state) {
    refused(*state, "axes = ( { key = \"learning.rate\";\nvalues = [0, 0.5]; } );",
        "study.cfg:2: mismatched element type in array at or just before: values = [0, 0.5]; } ); (write 0.0 beside "
        "0.5, or round brackets)");
    struct cr_study study;
    accepted(*state, "axes = ( { key = \"learning.rate\";\nvalues = (0, 0.5); } );", &study);
    cr_study_free(&study);
}

static void a_study_is_told_from_a_scenario(void **state) {
    const struct study_place *const place = *state;
    static const struct {
        const char *text;
        bool is;
    } rows[] = {{AXES, true}, {"scenario = \"x.cfg\";", true}, {"design = 3;", true}, {"table = \"x.csv\";", true},
        {"", false}, {"run : { people = 3; };", false}, {"name = \"axes\";", false}, {"axes = (", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_text(place->study, rows[i].text);
        assert_int_equal(cr_study_file_is(place->study), rows[i].is);
    }
    assert_false(cr_study_file_is(place->scenario));
    assert_false(cr_study_file_is(place->folder));
    assert_false(cr_study_file_is("/none"));
    assert_false(cr_study_file_is(""));
}

typedef void shipped_visitor(const struct cr_study *study, const char *file, void *context);

static int visit_shipped(shipped_visitor *visit, void *context) {
    DIR *const entries = opendir(CR_SOURCE_DIR "/configs/studies");
    assert_non_null(entries);
    int count = 0;
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        char path[512];
        struct cr_study study;
        struct cr_error error = {0};
        if (!strstr(entry->d_name, ".cfg"))
            continue;
        snprintf(path, sizeof path, CR_SOURCE_DIR "/configs/studies/%s", entry->d_name);
        assert_true(cr_study_file_is(path));
        if (cr_study_read(path, &study, &error))
            fail_msg("%s", error.sentence);
        visit(&study, entry->d_name, context);
        cr_study_free(&study);
        count++;
    }
    closedir(entries);
    return count;
}

static void lay_out(const struct cr_study *study, const char *file, void *context) {
    (void)context;
    struct cr_design design;
    struct cr_scenario scenario;
    struct cr_error error = {0};
    double values[CR_STUDY_AXES_MAX];
    assert_int_equal(strlen(study->name), strlen(file) - strlen(".cfg"));
    assert_memory_equal(study->name, file, strlen(study->name));
    assert_true(*study->title);
    assert_int_equal(cr_design_init(&design, study, &error), 0);
    for (int64_t i = 0; i < cr_study_points(study); i++) {
        cr_design_next(&design, values);
        if (cr_study_scenario(study, values, &scenario, &error))
            fail_msg("%s: %s", file, error.sentence);
        cr_scenario_free(&scenario);
    }
    cr_design_free(&design);
}

static void every_shipped_study_can_be_read_and_laid_out(void **state) {
    (void)state;
    assert_true(visit_shipped(lay_out, NULL) >= 5);
}

static void find_all_kept(const struct cr_study *study, const char *file, void *context) {
    const struct cr_readings *const readings = context;
    assert_false(study->measures.all);
    for (size_t i = 0; i < study->measures.count; i++) {
        const struct cr_kept *const kept = &study->measures.kept[i];
        bool found = false;
        for (size_t k = 0; k < readings->count && !found; k++)
            found = readings->reading[k].measure == kept->measure &&
                    (!*kept->group || strcmp(readings->reading[k].group, kept->group) == 0);
        if (!found)
            fail_msg("%s keeps %s:%s, which no run gives", file, cr_measures[kept->measure].name, kept->group);
    }
}

static void a_run_gives_all_that_the_shipped_studies_keep(void **state) {
    (void)state;
    struct small_run run;
    struct cr_readings readings = {0};
    small_run_begin(&run, 1, (const char *const[]){"run.people=100", "run.years=40", NULL});
    while (small_run_week(&run))
        continue;
    assert_int_equal(cr_measures_compute(&run.record, &readings, NULL), 0);
    (void)visit_shipped(find_all_kept, &readings);
    cr_readings_free(&readings);
    small_run_end(&run);
}

static void the_nth_allocation_fails_and_nothing_leaks(void **state) {
    const struct study_place *const place = *state;
    static const char *const texts[] = {
        "scenario = \"mix.cfg\"; axes = ( { key = \"profile.cold.share\"; values = [0.1, 0.2]; }, { key = "
        "\"learning.rate\"; low = 0.1; high = 0.2; steps = 3; } ); measures = [\"ssp_share\"]; series = true;",
        "design = \"table\"; table = \"points.csv\";"};
    write_text(place->table, "learning.rate\n0.1\n");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_text(place->study, texts[i]);
        const long held = allocations_held;
        long n = 0;
        for (int code = CR_ERROR_MEMORY; code; n++) {
            struct cr_study study;
            struct cr_error error = {0};
            allocations_left = n;
            code = cr_study_read(place->study, &study, &error);
            allocations_left = -1;
            assert_int_equal(error.code, code);
            if (code) {
                assert_int_equal(code, CR_ERROR_MEMORY);
                assert_non_null(strstr(error.sentence, "there is no memory"));
            }
            cr_study_free(&study);
            assert_int_equal(allocations_held, held);
            assert_in_range(n, 0, 1000);
        }
        assert_in_range(n, 10, 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(a_file_says_all_that_a_study_holds),
        IN_A_PLACE(what_is_not_said_has_its_default),
        IN_A_PLACE(truth_stands_for_all_or_none),
        IN_A_PLACE(a_study_may_be_of_any_design),
        IN_A_PLACE(what_is_unknown_is_told_with_the_nearest_name),
        IN_A_PLACE(what_is_out_of_range_or_of_another_type_is_refused),
        IN_A_PLACE(a_group_must_fit_and_a_series_have_a_course),
        IN_A_PLACE(a_setting_that_the_design_does_not_take_is_refused),
        IN_A_PLACE(the_study_is_checked_as_a_whole),
        IN_A_PLACE(files_are_found_beside_the_study_and_told_when_they_are_not),
        IN_A_PLACE(a_list_of_two_kinds_of_numbers_gets_a_hint),
        IN_A_PLACE(a_study_is_told_from_a_scenario),
        cmocka_unit_test(every_shipped_study_can_be_read_and_laid_out),
        cmocka_unit_test(a_run_gives_all_that_the_shipped_studies_keep),
        IN_A_PLACE(the_nth_allocation_fails_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
