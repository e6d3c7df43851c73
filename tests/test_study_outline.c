#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "failing_allocation.h"
#include "io/manifest.h"
#include "made_up_runs.h"

static void begun(const struct cr_study *study, const char *path, int64_t shard, int64_t shards) {
    struct cr_store store;
    struct cr_error error = {0};
    if (cr_store_open(&store, path, CR_STORE_WRITE, &error) != 0 ||
        cr_study_begin(study, &store, shard, shards, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
}

static int compared(
    const struct cr_study *study, const char *path, int64_t shard, int64_t shards, struct cr_error *error) {
    struct cr_store store;
    assert_int_equal(cr_store_open(&store, path, CR_STORE_READ, error), 0);
    const int status = cr_study_compare(study, &store, shard, shards, error);
    cr_store_close(&store);
    return status;
}

static void refused(const struct cr_study *study, const char *path, const char *difference) {
    struct cr_error error = {0};
    char expected[512];
    assert_int_equal(compared(study, path, 1, 1, &error), CR_ERROR_USAGE);
    snprintf(expected, sizeof expected, "%s was begun with something else: %s; bring that back, or name another store",
        path, difference);
    assert_string_equal(error.sentence, expected);
}

static void keep(struct cr_kept_list *list, const char *measure, const char *group) {
    list->kept = realloc(list->kept, (list->count + 1) * sizeof *list->kept);
    assert_non_null(list->kept);
    struct cr_kept *const kept = &list->kept[list->count++];
    *kept = (struct cr_kept){.measure = cr_measure_find(measure)};
    assert_true(kept->measure >= 0);
    snprintf(kept->group, sizeof kept->group, "%s", group);
    list->all = false;
}

static void the_store_knows_the_study(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    char fingerprint[CR_DIGEST_HEX_SIZE];
    small_study(&study, 3);
    snprintf(study.name, sizeof study.name, "rates");
    snprintf(study.title, sizeof study.title, "Rates of learning, \"all\" of them");
    study.text = malloc(32);
    assert_non_null(study.text);
    snprintf(study.text, 32, "name = \"rates\";\n# so\n");
    keep(&study.measures, "style_share", "");
    keep(&study.measures, "ecr_mean", "anxiety");
    begun(&study, place->store, 1, 1);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    cr_fingerprint(&study.scenario, fingerprint);
    const struct {
        const char *key, *value;
    } facts[] = {{"name", "rates"}, {"title", "Rates of learning, \"all\" of them"}, {"shard", "1/1"},
        {"axes", "learning.rate"}, {"measures", "style_share, ecr_mean:anxiety"}, {"series", "all"},
        {"study_text", "name = \"rates\";\n# so\n"}, {"fingerprint", fingerprint}, {"design", "factorial"},
        {"on_failure", "continue"}};
    for (size_t k = 0; k < sizeof facts / sizeof *facts; k++) {
        char *const value = cr_store_fact(&store, facts[k].key);
        assert_non_null(value);
        assert_string_equal(value, facts[k].value);
        __real_free(value);
    }
    char *const scenario = cr_store_fact(&store, "scenario_text");
    assert_non_null(scenario);
    assert_non_null(strstr(scenario, "people = 20"));
    __real_free(scenario);
    cr_store_close(&store);
    assert_rows(place->store, "SELECT count(*) FROM points; SELECT count(*) FROM runs", "3;6;");
    cr_study_free(&study);
}

static void a_study_is_its_own_and_no_shard_is_another(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    small_study(&study, 3);
    begun(&study, place->store, 2, 3);
    if (compared(&study, place->store, 2, 3, &error) != 0)
        fail_msg("%s", error.sentence);
    refused(&study, place->store, "the study's shard was 2/3 and is 1/1 now");
    assert_rows(place->store, "SELECT run FROM runs ORDER BY run", "2;5;");
    cr_study_free(&study);
}

static void what_cannot_change_a_result_may_change(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    small_study(&study, 3);
    begun(&study, place->store, 1, 1);
    snprintf(study.name, sizeof study.name, "other");
    snprintf(study.title, sizeof study.title, "another title");
    study.settings.on_failure = CR_FAILURE_STOP;
    study.settings.time_limit = 100.0;
    snprintf(study.scenario.name, sizeof study.scenario.name, "else");
    if (compared(&study, place->store, 1, 1, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_study_free(&study);
}

static void what_can_change_a_result_is_refused_with_old_and_new(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_axis *axis;
    small_study(&study, 3);
    begun(&study, place->store, 1, 1);
    study.scenario.parameters.run_people = 21;
    refused(&study, place->store, "run.people was 20 and is 21 now");
    study.scenario.parameters.run_people = 20;
    study.scenario.parameters.run_replicates = 3;
    refused(&study, place->store, "run.replicates was 2 and is 3 now");
    study.scenario.parameters.run_replicates = 2;
    study.scenario.parameters.run_first_replicate = 3;
    refused(&study, place->store, "run.first_replicate was 1 and is 3 now");
    study.scenario.parameters.run_first_replicate = 1;
    study.axes[0].values[1] = 0.25;
    refused(&study, place->store, "in the design learning.rate was 0.2 and is 0.25 now");
    study.axes[0].values[1] = 0.2;
    study.axes[0].value_count = 2;
    refused(&study, place->store, "the number of points was 3 and is 2 now");
    study.axes[0].value_count = 3;
    study.series.all = false;
    refused(&study, place->store, "the study's series was all and is none now");
    study.series.all = true;
    keep(&study.measures, "style_share", "secure");
    refused(&study, place->store, "the study's measures was all and is style_share:secure now");
    study.measures.all = true;
    study.settings.design = CR_DESIGN_ZIP;
    refused(&study, place->store, "the study's design was factorial and is zip now");
    study.settings.design = CR_DESIGN_FACTORIAL;
    assert_int_equal(cr_study_add_axis(&study, "couple.fit_weight", &axis, "", NULL), 0);
    assert_int_equal(cr_axis_add_value(axis, 0.5, NULL), 0);
    refused(&study, place->store, "the study's axes was learning.rate and is learning.rate, couple.fit_weight now");
    cr_study_free(&study);
}

static void another_design_seed_is_another_study(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_axis *axis;
    cr_study_init(&study);
    assert_int_equal(cr_study_add_axis(&study, "learning.rate", &axis, "", NULL), 0);
    axis->low = 0.1;
    axis->high = 0.2;
    study.settings.design = CR_DESIGN_LATIN_HYPERCUBE;
    study.settings.points = 5;
    begun(&study, place->store, 1, 1);
    assert_int_equal(compared(&study, place->store, 1, 1, NULL), 0);
    study.settings.design_seed = 2;
    refused(&study, place->store, "the study's design_seed was 1 and is 2 now");
    study.settings.design_seed = 1;
    axis->high = 0.3; /* the same settings, other points */
    struct cr_error error = {0};
    assert_int_equal(compared(&study, place->store, 1, 1, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "in the design learning.rate was 0.1"));
    cr_study_free(&study);
}

static void another_version_is_refused(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    small_study(&study, 3);
    begun(&study, place->store, 1, 1);
    ask(place->store, "UPDATE study SET value = '0.0.9' WHERE key = 'version'", NULL, 0);
    assert_int_equal(compared(&study, place->store, 1, 1, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "the study's version was 0.0.9 and is "));
    cr_study_free(&study);
}

static void a_sample_is_the_beginning_of_the_design(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    small_study(&study, 5);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_WRITE, NULL), 0);
    assert_int_equal(cr_study_begin_sample(&study, &store, 3, 1, NULL), 0);
    cr_store_close(&store);
    assert_rows(place->store, "SELECT run, point, replicate FROM runs", "1|1|1;2|2|1;3|3|1;");
    assert_rows(place->store, "SELECT * FROM points", "1|0.1;2|0.2;3|0.3;");
    assert_int_equal(unlink(place->store), 0);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_WRITE, NULL), 0);
    assert_int_equal(cr_study_begin_sample(&study, &store, 1000, 100, NULL), 0);
    cr_store_close(&store);
    assert_rows(place->store, "SELECT count(*) FROM runs", "10;");
    cr_study_free(&study);
}

static void without_memory_a_store_stays_empty(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    long n = 0;
    small_study(&study, 3);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_WRITE, NULL), 0);
    for (int status = CR_ERROR_MEMORY; status != 0; n++) {
        struct cr_error error = {0};
        assert_int_equal(is_empty(&store), true);
        allocations_left = n;
        status = cr_study_begin(&study, &store, 1, 1, &error);
        allocations_left = -1;
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(error.code, CR_ERROR_MEMORY);
        }
    }
    assert_in_range(n, 3, 200);
    n = 0;
    for (int status = CR_ERROR_MEMORY; status != 0; n++) {
        allocations_left = n;
        status = cr_study_compare(&study, &store, 1, 1, NULL);
        allocations_left = -1;
        assert_true(status == 0 || status == CR_ERROR_MEMORY);
    }
    assert_in_range(n, 3, 200);
    cr_store_close(&store);
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(the_store_knows_the_study),
        IN_A_STORE_PLACE(a_study_is_its_own_and_no_shard_is_another),
        IN_A_STORE_PLACE(what_cannot_change_a_result_may_change),
        IN_A_STORE_PLACE(what_can_change_a_result_is_refused_with_old_and_new),
        IN_A_STORE_PLACE(another_design_seed_is_another_study),
        IN_A_STORE_PLACE(another_version_is_refused),
        IN_A_STORE_PLACE(a_sample_is_the_beginning_of_the_design),
        IN_A_STORE_PLACE(without_memory_a_store_stays_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
