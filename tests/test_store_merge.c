#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>

#include "failing_allocation.h"
#include "io/store_merge.h"
#include "made_up_runs.h"

/* A folder with shards of a study. */
enum { SHARDS_MAX = 4 };

struct shards {
    char path[SHARDS_MAX][128];
    char *paths[SHARDS_MAX];
};

static void name(struct shards *shards, const struct store_place *place) {
    for (int k = 0; k < SHARDS_MAX; k++) {
        snprintf(shards->path[k], sizeof shards->path[k], "%s/part-%d.db", place->folder, k + 1);
        shards->paths[k] = shards->path[k];
    }
}

static void make_shards(
    const struct cr_study *study, struct shards *shards, const struct store_place *place, int count) {
    name(shards, place);
    for (int k = 0; k < count; k++)
        make_shard(study, shards->path[k], k + 1, count, cr_study_runs(study));
}

static void merged(const char *path, struct shards *shards, size_t count) {
    struct cr_error error = {0};
    if (cr_store_merge(path, shards->paths, count, &error) != 0)
        fail_msg("%s", error.sentence);
}

static void assert_same_export(const char *one, const char *other) {
    char *const a = export_of(one), *const b = export_of(other);
    same_text(a, b);
    free(a);
    free(b);
}

/* Must be refused with that sentence, in which %1 and %2 stand for the paths of the first two shards. */
static void refused(
    const struct store_place *place, struct shards *shards, size_t count, int code, const char *sentence) {
    struct cr_error error = {0};
    char expected[1024] = "";
    size_t used = 0;
    for (const char *at = sentence; *at && used + 200 < sizeof expected; at++)
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '4')
            used += (size_t)snprintf(expected + used, sizeof expected - used, "%s", shards->path[*++at - '1']);
        else
            expected[used++] = *at;
    expected[used] = '\0';
    const int files = files_in(place->folder);
    assert_int_equal(cr_store_merge(place->store, shards->paths, count, &error), code);
    assert_string_equal(error.sentence, expected);
    assert_int_equal(files_in(place->folder), files);
}

static void merged_shards_are_the_undivided_sweep(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    small_study(&study, 5);
    make_shard(&study, place->other, 1, 1, 10);
    for (int count = 1; count <= SHARDS_MAX; count++) {
        make_shards(&study, &shards, place, count);
        merged(place->store, &shards, (size_t)count);
        assert_same_export(place->store, place->other);
        assert_rows(place->store, "SELECT value FROM study WHERE key = 'shard'", "1/1;");
        assert_rows(
            place->store, "PRAGMA application_id; PRAGMA user_version; PRAGMA journal_mode", "1131570284;1;delete;");
        assert_int_equal(files_in(place->folder), count + 2);
        for (int k = 0; k < count; k++)
            unlink(shards.path[k]);
        unlink(place->store);
    }
    cr_study_free(&study);
}

static void the_order_of_the_shards_does_not_matter(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    small_study(&study, 5);
    make_shards(&study, &shards, place, 3);
    merged(place->store, &shards, 3);
    char *const first = shards.paths[0];
    shards.paths[0] = shards.paths[2];
    shards.paths[2] = first;
    merged(place->other, &shards, 3);
    assert_same_export(place->store, place->other);
    cr_study_free(&study);
}

static void a_merged_store_can_be_gone_on_with(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    struct cr_store store;
    struct cr_error error = {0};
    small_study(&study, 3);
    name(&shards, place);
    make_shard(&study, shards.path[0], 1, 2, 2); /* run 1 of 1, 3, 5 */
    make_shard(&study, shards.path[1], 2, 2, 6);
    merged(place->store, &shards, 2);
    assert_rows(place->store, "SELECT run FROM runs WHERE state = 'waiting' ORDER BY run", "3;5;");
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_READ, NULL), 0);
    if (cr_study_compare(&study, &store, 1, 1, &error) != 0)
        fail_msg("%s", error.sentence);
    cr_store_close(&store);
    struct open_runs open;
    open_runs(&open, &study, place->store);
    put_made_up(&open, 5);
    put_made_up(&open, 3);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
    make_shard(&study, place->other, 1, 1, 6);
    assert_same_export(place->store, place->other);
    cr_study_free(&study);
}

static void failed_runs_stay_failed_unless_another_copy_has_them_done(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    small_study(&study, 2);
    make_shards(&study, &shards, place, 2);
    ask(shards.path[0],
        "DELETE FROM measure_values WHERE run = 3; DELETE FROM series_values WHERE run = 3;"
        "UPDATE runs SET state = 'failed', error = 'it failed' WHERE run = 3",
        NULL, 0);
    merged(place->store, &shards, 2);
    assert_rows(place->store, "SELECT run, state, error FROM runs", "1|done|-;2|done|-;3|failed|it failed;4|done|-;");
    make_shard(&study, shards.path[2], 1, 2, 4);
    merged(place->other, &shards, 3);
    assert_rows(place->other, "SELECT run, state, error FROM runs", "1|done|-;2|done|-;3|done|-;4|done|-;");
    assert_rows(place->other, "SELECT count(*) FROM measure_values WHERE run = 3", "3;");
    cr_study_free(&study);
}

static void the_same_shard_twice_is_as_good_as_once(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    small_study(&study, 3);
    make_shards(&study, &shards, place, 2);
    merged(place->other, &shards, 2);
    shards.paths[2] = shards.paths[1];
    shards.paths[1] = shards.paths[0];
    merged(place->store, &shards, 3);
    assert_same_export(place->store, place->other);
    cr_study_free(&study);
}

static void a_missing_shard_is_told(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    small_study(&study, 4);
    make_shards(&study, &shards, place, 3);
    refused(place, &shards, 2, CR_ERROR_USAGE,
        "2 runs belong to none of these stores; name those of all shards that %1 is one of");
    shards.paths[1] = shards.paths[0];
    refused(place, &shards, 2, CR_ERROR_USAGE,
        "5 runs belong to none of these stores; name those of all shards that %1 is one of");
    cr_study_free(&study);
}

static void a_shard_of_another_study_is_told_with_what_differs(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    small_study(&study, 2);
    make_shards(&study, &shards, place, 2);
    unlink(shards.path[1]);
    study.series.all = false;
    make_shard(&study, shards.path[1], 2, 2, 4);
    refused(place, &shards, 2, CR_ERROR_USAGE,
        "%1 and %2 do not belong together: the study's series is all in one and none in the other");
    study.series.all = true;
    unlink(shards.path[1]);
    study.scenario.parameters.couple_fit_weight = 0.125;
    make_shard(&study, shards.path[1], 2, 2, 4);
    struct cr_error error = {0};
    assert_int_equal(cr_store_merge(place->store, shards.paths, 2, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, " do not belong together: couple.fit_weight is "));
    assert_non_null(strstr(error.sentence, " in one and 0.125 in the other"));
    cr_study_free(&study);
    unlink(shards.path[1]);
    small_study(&study, 2);
    study.axes[0].values[1] = 0.25;
    make_shard(&study, shards.path[1], 2, 2, 4);
    refused(place, &shards, 2, CR_ERROR_USAGE, "%1 and %2 do not belong together: the points of the design differ");
    study.axes[0].values[1] = 0.2;
    unlink(shards.path[1]);
    make_shard(&study, shards.path[1], 2, 2, 4);
    ask(shards.path[1], "UPDATE study SET value = '9.9.9' WHERE key = 'version'", NULL, 0);
    assert_int_equal(cr_store_merge(place->store, shards.paths, 2, NULL), CR_ERROR_USAGE);
    ask(shards.path[1],
        "UPDATE study SET value = (SELECT '0.1.0') WHERE key = 'version'; DELETE FROM scenario WHERE"
        " key = 'couple.fit_weight'",
        NULL, 0);
    refused(
        place, &shards, 2, CR_ERROR_USAGE, "%1 and %2 do not belong together: the scenarios have different settings");
    cr_study_free(&study);
}

static void runs_that_contradict_each_other_are_told(void **state) {
    const struct store_place *const place = *state;
    static const struct {
        const char *change, *sentence;
    } pairs[] = {{"UPDATE measure_values SET value = value + 1e-9 WHERE run = 3 AND position = 1",
                     "%1 and %2 do not belong together: run 3 has other values"},
        {"UPDATE measure_values SET value = NULL WHERE run = 1 AND position = 3",
            "%1 and %2 do not belong together: run 1 has other values"},
        {"UPDATE readings SET \"group\" = 'x' WHERE \"group\" = 'fearful'",
            "%1 and %2 do not belong together: run 1 has other values"},
        {"UPDATE series_values SET value = 7 WHERE run = 3 AND position = 5",
            "%1 and %2 do not belong together: run 3 has other values over the years"},
        {"DELETE FROM measure_values WHERE run = 3 AND position = 4",
            "%1 and %2 do not belong together: run 3 has more values in one than in the other"},
        {"DELETE FROM series_values WHERE run = 1",
            "%1 and %2 do not belong together: run 1 has more values in one than in the other"}};
    struct cr_study study;
    struct shards shards;
    small_study(&study, 2);
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        make_shards(&study, &shards, place, 2);
        unlink(shards.path[1]);
        make_shard(&study, shards.path[1], 1, 2, 4);
        ask(shards.path[1], pairs[k].change, NULL, 0);
        refused(place, &shards, 2, CR_ERROR_USAGE, pairs[k].sentence);
        unlink(shards.path[0]);
        unlink(shards.path[1]);
    }
    cr_study_free(&study);
}

static void a_target_that_exists_is_left_alone(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    struct cr_error error = {0};
    char expected[256];
    small_study(&study, 2);
    make_shards(&study, &shards, place, 2);
    put_bytes(place->store, "precious", 8);
    assert_int_equal(cr_store_merge(place->store, shards.paths, 2, &error), CR_ERROR_USAGE);
    snprintf(expected, sizeof expected, "%s exists already; name another file", place->store);
    assert_string_equal(error.sentence, expected);
    char *const bytes = bytes_of(place->store, NULL);
    assert_string_equal(bytes, "precious");
    free(bytes);
    assert_int_equal(files_in(place->folder), 3);
    cr_study_free(&study);
}

static void what_is_no_store_is_told_by_its_own_name(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    size_t size;
    small_study(&study, 2);
    make_shards(&study, &shards, place, 2);
    unlink(shards.path[1]);
    refused(place, &shards, 2, CR_ERROR_USAGE, "%2 cannot be read: No such file or directory");
    put_bytes(shards.path[1],
        "this is a text and longer than a hundred bytes, so that it might be the beginning of a "
        "database, which it is not",
        113);
    refused(place, &shards, 2, CR_ERROR_USAGE, "%2 is no store of Cradle");
    char *const bytes = bytes_of(shards.path[0], &size);
    memset(bytes + 4096, 0x3c, size - 4096);
    put_bytes(shards.path[1], bytes, size);
    free(bytes);
    refused(place, &shards, 2, CR_ERROR_IO, "%2 cannot be merged: database disk image is malformed");
    char *const swapped = shards.paths[0];
    shards.paths[0] = shards.paths[1];
    shards.paths[1] = swapped;
    refused(place, &shards, 2, CR_ERROR_IO, "%2 cannot be merged: database disk image is malformed");
    cr_study_free(&study);
}

static void what_a_killed_merge_left_is_no_hindrance(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    char partial[128], log[128];
    small_study(&study, 2);
    make_shards(&study, &shards, place, 2);
    snprintf(partial, sizeof partial, "%s.partial", place->store);
    snprintf(log, sizeof log, "%s.partial-wal", place->store);
    make_shard(&study, partial, 1, 1, 4);
    put_bytes(log, "what a killed process has left", 30);
    merged(place->store, &shards, 2);
    assert_int_equal(files_in(place->folder), 3);
    make_shard(&study, place->other, 1, 1, 4);
    assert_same_export(place->store, place->other);
    cr_study_free(&study);
}

static void a_full_disk_leaves_nothing_behind(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    small_study(&study, 100);
    make_shards(&study, &shards, place, 2);
    for (rlim_t limit = 4096; limit <= 65536; limit *= 2) {
        const pid_t child = fork();
        if (child == 0) {
            struct cr_error error = {0};
            (void)signal(SIGXFSZ, SIG_IGN);
            if (setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit}) != 0)
                _exit(2);
            const int status = cr_store_merge(place->store, shards.paths, 2, &error);
            _exit(status == CR_ERROR_IO && error.sentence[0] != '\0' ? 0 : 1);
        }
        assert_int_equal(wait_for(child), 0);
        assert_int_equal(files_in(place->folder), 2);
    }
    merged(place->store, &shards, 2);
    cr_study_free(&study);
}

static void two_merges_into_one_store_refuse_each_other(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    struct cr_file_lock lock;
    small_study(&study, 2);
    make_shards(&study, &shards, place, 2);
    assert_int_equal(cr_file_lock_take(&lock, place->store, NULL), 0); /* as the other merge does */
    const pid_t child = fork();
    if (child == 0) {
        struct cr_error error = {0};
        const int status = cr_store_merge(place->store, shards.paths, 2, &error);
        _exit(status == CR_ERROR_USAGE && strstr(error.sentence, "is being written to by another process") ? 0 : 1);
    }
    assert_int_equal(wait_for(child), 0);
    cr_file_lock_drop(&lock);
    assert_int_equal(files_in(place->folder), 2);
    cr_study_free(&study);
}

static void without_memory_nothing_is_merged(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct shards shards;
    int status = CR_ERROR_MEMORY;
    long n = 0;
    small_study(&study, 2);
    make_shards(&study, &shards, place, 2);
    for (; status != 0; n++) {
        struct cr_error error = {0};
        allocations_left = n;
        status = cr_store_merge(place->store, shards.paths, 2, &error);
        allocations_left = -1;
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(files_in(place->folder), 2);
        }
    }
    assert_in_range(n, 3, 20);
    assert_int_equal(files_in(place->folder), 3);
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(merged_shards_are_the_undivided_sweep),
        IN_A_STORE_PLACE(the_order_of_the_shards_does_not_matter),
        IN_A_STORE_PLACE(a_merged_store_can_be_gone_on_with),
        IN_A_STORE_PLACE(failed_runs_stay_failed_unless_another_copy_has_them_done),
        IN_A_STORE_PLACE(the_same_shard_twice_is_as_good_as_once),
        IN_A_STORE_PLACE(a_missing_shard_is_told),
        IN_A_STORE_PLACE(a_shard_of_another_study_is_told_with_what_differs),
        IN_A_STORE_PLACE(runs_that_contradict_each_other_are_told),
        IN_A_STORE_PLACE(a_target_that_exists_is_left_alone),
        IN_A_STORE_PLACE(what_is_no_store_is_told_by_its_own_name),
        IN_A_STORE_PLACE(what_a_killed_merge_left_is_no_hindrance),
        IN_A_STORE_PLACE(a_full_disk_leaves_nothing_behind),
        IN_A_STORE_PLACE(two_merges_into_one_store_refuse_each_other),
        IN_A_STORE_PLACE(without_memory_nothing_is_merged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
