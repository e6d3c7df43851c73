#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "failing_allocation.h"
#include "io/store_values.h"
#include "made_up_runs.h"

static int64_t written(const char *path, enum cr_export_table table, const char *folder) {
    struct cr_store store;
    struct cr_error error = {0};
    int64_t rows = 0;
    if (cr_store_open(&store, path, CR_STORE_READ, &error) != 0 ||
        cr_export_write(&store, table, folder, &rows, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
    return rows;
}

static void assert_table(const struct store_place *place, enum cr_export_table table, int64_t rows, const char *text) {
    char path[128];
    assert_int_equal(written(place->store, table, place->folder), rows);
    snprintf(path, sizeof path, "%s/%s.csv", place->folder, cr_export_table_name(table));
    char *const found = bytes_of(path, NULL);
    same_text(found, text);
    free(found);
}

static void names_and_numbers_of_tables_go_together(void **state) {
    (void)state;
    for (int k = 0; k < CR_EXPORT_TABLES; k++)
        assert_int_equal(cr_text_choice(CR_EXPORT_WORDS, cr_export_table_name((enum cr_export_table)k)), k);
}

static void tables_have_their_columns_and_stand_in_the_order_of_the_design(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct open_runs open;
    struct cr_run_outcome outcome;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    open_runs(&open, &study, place->store);
    put_made_up(&open, 4); /* as workers may, in another order */
    put_made_up(&open, 1);
    failed_outcome(&outcome, 2, "it failed: \"no\", and\nno again");
    put(&open, &outcome);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
    assert_table(place, CR_EXPORT_MEASURES, 6,
        "run,point,replicate,learning.rate,measure,group,value,se,n\n"
        "1,1,1,0.1,style_share,secure,0.333333,0.125,40\n"
        "1,1,1,0.1,style_share,fearful,10,NA,40\n"
        "1,1,1,0.1,ecr_mean,anxiety,NA,NA,40\n"
        "4,2,2,0.2,style_share,secure,1.33333,0.125,40\n"
        "4,2,2,0.2,style_share,fearful,40,NA,40\n"
        "4,2,2,0.2,ecr_mean,anxiety,NA,NA,40\n");
    assert_table(place, CR_EXPORT_SERIES, 4,
        "run,point,replicate,learning.rate,year,measure,group,value\n"
        "1,1,1,0.1,1,satisfaction,all,-1\n1,1,1,0.1,2,satisfaction,all,NA\n"
        "4,2,2,0.2,1,satisfaction,all,-4\n4,2,2,0.2,2,satisfaction,all,NA\n");
    assert_table(place, CR_EXPORT_RUNS, 4,
        "run,point,replicate,seed,learning.rate,state,error\n1,1,1,1,0.1,done,NA\n"
        "2,1,2,1,0.1,failed,\"it failed: \"\"no\"\", and\nno again\"\n3,2,1,1,0.2,waiting,NA\n4,2,2,1,0.2,done,NA\n");
    assert_table(place, CR_EXPORT_POINTS, 2, "point,learning.rate\n1,0.1\n2,0.2\n");
    assert_table(place, CR_EXPORT_INDICES, 0, "measure,group,index,parameter,other,value,low,high,n\n");
    cr_study_free(&study);
}

static void axes_of_all_types_have_the_digits_that_read_back_the_same(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_axis *axis;
    struct cr_event *event;
    cr_study_init(&study);
    assert_int_equal(cr_scenario_event(&study.scenario, "war", &event, NULL), 0);
    static const struct {
        const char *key;
        double values[3];
    } axes[] = {{"learning.rate", {0.1 + 0.2, 1e-5, 1.0 / 3.0}}, {"run.seed", {9007199254740991.0, 0.0, 1e6}},
        {"event.war.replaces", {0.0, 1.0, 0.0}}, {"caregiving.form", {0.0, 0.0, 0.0}}};
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(cr_study_add_axis(&study, axes[k].key, &axis, "", NULL), 0);
        for (size_t i = 0; i < 3; i++)
            assert_int_equal(cr_axis_add_value(axis, axes[k].values[i], NULL), 0);
    }
    study.settings.design = CR_DESIGN_ZIP;
    assert_int_equal(cr_study_check(&study, NULL), 0);
    make_shard(&study, place->store, 1, 1, 0);
    assert_table(place, CR_EXPORT_POINTS, 3,
        "point,learning.rate,run.seed,event.war.replaces,caregiving.form\n"
        "1,0.30000000000000004,9007199254740991,false,distribution\n2,1e-05,0,true,distribution\n"
        "3,0.3333333333333333,1000000,false,distribution\n");
    assert_table(place, CR_EXPORT_RUNS, 3,
        "run,point,replicate,seed,learning.rate,run.seed,event.war.replaces,caregiving.form,state,error\n"
        "1,1,1,9007199254740991,0.30000000000000004,9007199254740991,false,distribution,waiting,NA\n"
        "2,2,1,0,1e-05,0,true,distribution,waiting,NA\n"
        "3,3,1,1000000,0.3333333333333333,1000000,false,distribution,waiting,NA\n");
    cr_study_free(&study);
}

static void many_rows_come_whole(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 600);
    make_shard(&study, place->store, 1, 1, 1200);
    assert_int_equal(written(place->store, CR_EXPORT_MEASURES, place->folder), 3600);
    char path[128];
    snprintf(path, sizeof path, "%s/measures.csv", place->folder);
    char *const text = bytes_of(path, NULL);
    int64_t lines = 0;
    for (const char *at = text; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 3601);
    assert_non_null(strstr(text, "\n1000,500,2,50,style_share,fearful,10000,NA,40\n"));
    free(text);
    cr_study_free(&study);
}

static void a_table_tells_whether_it_has_rows(void **state) {
    const struct store_place *const place = *state;
    static const bool before[CR_EXPORT_TABLES] = {[CR_EXPORT_RUNS] = true, [CR_EXPORT_POINTS] = true};
    static const bool after[CR_EXPORT_TABLES] = {true, true, true, true, false};
    struct cr_study study;
    struct cr_store store;
    bool has;
    small_study(&study, 2);
    for (int64_t done = 0; done < 2; done++) {
        make_shard(&study, place->store, 1, 1, done);
        assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
        for (int k = 0; k < CR_EXPORT_TABLES; k++) {
            assert_int_equal(cr_export_has(&store, (enum cr_export_table)k, &has, NULL), 0);
            assert_int_equal(has, done > 0 ? after[k] : before[k]);
        }
        cr_store_close(&store);
        unlink(place->store);
    }
    cr_study_free(&study);
}

static void without_a_folder_a_table_goes_to_the_standard_output(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    const pid_t child = fork();
    if (child == 0) {
        if (freopen(place->other, "w", stdout) == NULL)
            _exit(1);
        const int64_t rows = written(place->store, CR_EXPORT_POINTS, NULL);
        _exit(rows == 2 && fflush(stdout) == 0 ? 0 : 1);
    }
    assert_int_equal(wait_for(child), 0);
    char *const text = bytes_of(place->other, NULL);
    assert_string_equal(text, "point,learning.rate\n1,0.1\n2,0.2\n");
    free(text);
    cr_study_free(&study);
}

static void a_folder_that_is_not_there_is_named(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    struct cr_error error = {0};
    int64_t rows;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    assert_int_equal(cr_export_write(&store, CR_EXPORT_RUNS, "/no/such", &rows, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "/no/such/runs.csv"));
    cr_store_close(&store);
    cr_study_free(&study);
}

/* Looks at everything in a store, whatever comes of it; nothing may crash. */
static void look_at_all(const struct store_place *place, const char *path) {
    struct cr_store store;
    struct cr_error error = {0};
    struct cr_stored_readings readings = {0};
    double means[64];
    int64_t rows;
    int status = cr_store_open(&store, path, CR_STORE_READ, &error);
    for (int k = 0; status == 0 && k < CR_EXPORT_TABLES; k++) {
        struct cr_error own = {0};
        const int wrote = cr_export_write(&store, (enum cr_export_table)k, place->folder, &rows, &own);
        assert_true(wrote == 0 || own.sentence[0] != '\0');
    }
    if (status == 0)
        status = cr_stored_readings_init(&readings, &store, &error);
    if (status == 0 && readings.count > 0)
        status =
            cr_store_point_means(&store, readings.reading, readings.count > 8 ? 8 : readings.count, 2, means, &error);
    assert_true(status == 0 || error.sentence[0] != '\0');
    cr_stored_readings_free(&readings);
    cr_store_close(&store);
}

static void a_damaged_store_is_read_or_refused_and_never_a_crash(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    size_t size;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 4);
    char *const good = bytes_of(place->store, &size), *const bad = malloc(size);
    assert_non_null(bad);
    for (uint32_t k = 0; k < 150; k++) {
        struct chance luck = {.series = k};
        memcpy(bad, good, size);
        const int bytes = 1 + (int)(draw_chance(&luck) * 30.0);
        for (int i = 0; i < bytes; i++) {
            const size_t at = (size_t)(draw_chance(&luck) * (double)size);
            bad[at] = (char)(draw_chance(&luck) * 256.0 - 128.0);
        }
        put_bytes(place->other, bad, k % 10 == 0 ? size / 2 + k : size);
        look_at_all(place, place->other);
    }
    free(good);
    free(bad);
    cr_study_free(&study);
}

static void a_store_whose_axes_have_no_names_is_refused(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 4);
    ask(place->store,
        "DROP TABLE axes; CREATE TABLE axes(axis, key); INSERT INTO axes VALUES(1, NULL);"
        "DROP TABLE readings; CREATE TABLE readings(reading, measure, \"group\"); INSERT INTO readings VALUES(1, NULL, "
        "NULL)",
        NULL, 0);
    look_at_all(place, place->store);
    struct cr_store store;
    int64_t rows;
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    assert_true(cr_export_write(&store, CR_EXPORT_POINTS, place->folder, &rows, NULL) != 0);
    cr_store_close(&store);
    cr_study_free(&study);
}

static void without_memory_no_file_appears(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_store store;
    char path[128];
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 4);
    snprintf(path, sizeof path, "%s/measures.csv", place->folder);
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    int status = CR_ERROR_MEMORY;
    long n = 0;
    for (; status != 0; n++) {
        struct cr_error error = {0};
        int64_t rows;
        assert_false(exists(path));
        allocations_left = n;
        status = cr_export_write(&store, CR_EXPORT_MEASURES, place->folder, &rows, &error);
        allocations_left = -1;
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(error.code, CR_ERROR_MEMORY);
        }
    }
    assert_in_range(n, 5, 100);
    assert_true(exists(path));
    cr_store_close(&store);
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_numbers_of_tables_go_together),
        IN_A_STORE_PLACE(tables_have_their_columns_and_stand_in_the_order_of_the_design),
        IN_A_STORE_PLACE(axes_of_all_types_have_the_digits_that_read_back_the_same),
        IN_A_STORE_PLACE(many_rows_come_whole),
        IN_A_STORE_PLACE(a_table_tells_whether_it_has_rows),
        IN_A_STORE_PLACE(without_a_folder_a_table_goes_to_the_standard_output),
        IN_A_STORE_PLACE(a_folder_that_is_not_there_is_named),
        IN_A_STORE_PLACE(a_damaged_store_is_read_or_refused_and_never_a_crash),
        IN_A_STORE_PLACE(a_store_whose_axes_have_no_names_is_refused),
        IN_A_STORE_PLACE(without_memory_no_file_appears),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
