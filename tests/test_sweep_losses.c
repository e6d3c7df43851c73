#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>

#include "made_up_sweep.h"
#include "unsafe_disk.h"

/* What a sweep has told is never lost: to a kill, a full disk, a loss of power, a lack of memory. */

static void killed_it_has_lost_no_run_that_it_told(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 60);
    swept(plan_of(&study, place->other, NULL), (struct made_up){0});
    struct heard *const heard = shared_memory(sizeof *heard);
    lead.step = 20000000;
    for (int life = 1; life <= 10; life++) {
        const pid_t child = fork();
        if (child == 0) {
            struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
            heard->signal = SIGKILL;
            heard->after = heard->runs + 7;
            plan.resume = true;
            plan.told = hear;
            plan.context = heard;
            _exit(sweep_made_up(plan, (struct made_up){0}, NULL));
        }
        assert_int_equal(waitpid(child, NULL, 0), child);
        assert_int_equal(heard->runs, 7 * life);
        for (int run = 1; run < RUNS_MAX; run++)
            if (heard->told[run] > 0) {
                char sql[128];
                snprintf(sql, sizeof sql,
                    "SELECT state, (SELECT count(*) FROM measure_values v WHERE v.run = r.run) FROM runs r WHERE run = "
                    "%d",
                    run);
                assert_rows(place->store, sql, "done|3;");
                assert_int_equal(heard->told[run], 1);
            }
    }
    lead.step = 0;
    munmap(heard, sizeof *heard);
    struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
    plan.resume = true;
    swept(plan, (struct made_up){0});
    assert_same_export(place->store, place->other);
    assert_int_equal(files_in(place->folder), 2);
    cr_study_free(&study);
}

/* Every run that was told is in the store, as it was told and whole. */
static void assert_safe(const char *path, const struct heard *heard) {
    struct cr_store store;
    struct cr_error error = {0};
    int64_t whole;
    if (heard->runs == 0)
        return;
    if (cr_store_open(&store, path, CR_STORE_READ, &error) != 0)
        fail_msg("%s", error.sentence);
    for (int run = 1; run < RUNS_MAX; run++) {
        char sql[256];
        assert_in_range(heard->told[run], 0, 1); /* told twice it would have been lost */
        if (heard->told[run] == 0)
            continue;
        snprintf(sql, sizeof sql,
            "SELECT (SELECT state = 'done' FROM runs WHERE run = %d) AND (SELECT count(*) FROM measure_values WHERE run"
            " = %d) = 3 AND (SELECT count(*) FROM series_values WHERE run = %d) = 2",
            run, run, run);
        if (cr_store_count(&store, sql, 0, &whole, &error) != 0)
            fail_msg("%s", error.sentence);
        if (whole != 1)
            fail_msg("run %d was told and is lost", run);
    }
    cr_store_close(&store);
}

static void a_full_disk_ends_it_with_a_sentence_and_loses_nothing_that_was_told(void **state) {
    const struct store_place *const place = *state;
    static const sqlite3_int64 rooms[] = {0, 3000, 20000, 60000, 100000, 140000, 180000, 240000, 300000};
    struct cr_study study;
    int ended_within = 0;
    small_study(&study, 100);
    swept(plan_of(&study, place->other, NULL), (struct made_up){0});
    for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) {
        struct heard *const heard = calloc(1, sizeof *heard);
        struct cr_error error = {0};
        char expected[512];
        assert_non_null(heard);
        struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
        plan.told = hear;
        plan.context = heard;
        plan.resume = true;
        lead.step = 20000000;
        unsafe_disk_begin(0, rooms[k]);
        const int status = sweep_made_up(plan, (struct made_up){0}, &error);
        unsafe_disk_end(NULL);
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_IO);
            snprintf(expected, sizeof expected,
                "%s cannot be written: the disk is full; every run that was reported done is safe in it, so make room "
                "and go on with --resume",
                place->store);
            assert_string_equal(error.sentence, expected);
        }
        ended_within += status != 0 && heard->runs > 0;
        assert_safe(place->store, heard);
        swept(plan, (struct made_up){0});
        lead.step = 0;
        assert_int_equal(heard->runs, 200);
        assert_safe(place->store, heard);
        assert_same_export(place->store, place->other);
        assert_int_equal(files_in(place->folder), 2);
        unlink(place->store);
        free(heard);
    }
    assert_in_range(ended_within, 3, 8);
    cr_study_free(&study);
}

static void a_limit_on_the_size_of_files_is_like_a_full_disk(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    int ended_within = 0;
    small_study(&study, 100);
    swept(plan_of(&study, place->other, NULL), (struct made_up){0});
    for (rlim_t limit = 8192; limit <= 262144; limit *= 2) {
        struct heard *const heard = shared_memory(sizeof *heard);
        const pid_t child = fork();
        struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
        plan.told = hear;
        plan.context = heard;
        plan.resume = true;
        lead.step = 20000000;
        if (child == 0) {
            struct cr_error error = {0};
            (void)signal(SIGXFSZ, SIG_IGN);
            if (setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit}) != 0)
                _exit(2);
            const int status = sweep_made_up(plan, (struct made_up){0}, &error);
            _exit(status == CR_ERROR_IO && strstr(error.sentence, ": disk I/O error") ? 0 : 1);
        }
        assert_int_equal(wait_for(child), 0);
        ended_within += heard->runs > 0;
        assert_safe(place->store, heard);
        swept(plan, (struct made_up){0});
        lead.step = 0;
        assert_int_equal(heard->runs, 200);
        assert_same_export(place->store, place->other);
        assert_int_equal(files_in(place->folder), 2);
        unlink(place->store);
        munmap(heard, sizeof *heard);
    }
    assert_in_range(ended_within, 1, 5);
    cr_study_free(&study);
}

static void when_the_power_fails_nothing_that_was_told_is_lost(void **state) {
    const struct store_place *const place = *state;
    enum { AT_RANDOM = 30, TOWARDS_THE_END = 20, SWEEPS = AT_RANDOM + TOWARDS_THE_END };
    struct cr_study study;
    int losses = 0, in_between = 0;
    small_study(&study, 40);
    lead.step = 20000000;
    unsafe_disk_begin(0, -1);
    swept(plan_of(&study, place->other, NULL), (struct made_up){0});
    const long operations = unsafe_disk.operations;
    unsafe_disk_end(NULL);
    for (int k = 0; k < SWEEPS; k++) {
        struct chance luck = {.series = (uint32_t)k};
        long fails_at =
            k < AT_RANDOM ? 1 + (long)(draw_chance(&luck) * (double)operations) : operations + AT_RANDOM - k;
        struct heard *const heard = calloc(1, sizeof *heard);
        assert_non_null(heard);
        struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
        plan.told = hear;
        plan.context = heard;
        plan.resume = true;
        for (bool off = true; off;) {
            struct cr_error error = {0};
            unsafe_disk_begin(fails_at, -1);
            const int status = sweep_made_up(plan, (struct made_up){0}, &error);
            off = unsafe_disk.off;
            fails_at = 1 + (long)(draw_chance(&luck) * (double)operations);
            unsafe_disk_end(&luck);
            if (status != 0 && !off)
                fail_msg("%s", error.sentence);
            losses += off;
            in_between += off && heard->runs > 0 && heard->runs < 80;
            assert_safe(place->store, heard);
        }
        assert_int_equal(heard->runs, 80);
        assert_same_export(place->store, place->other);
        assert_int_equal(files_in(place->folder), 2);
        unlink(place->store);
        free(heard);
    }
    lead.step = 0;
    assert_true(losses >= SWEEPS);
    assert_true(in_between >= AT_RANDOM / 2);
    cr_study_free(&study);
}

/* SQLite's own memory, of which an allocation may fail. */
static struct {
    sqlite3_mem_methods real;
    long left; /* allocations that succeed before one fails; negative: all */
} sqlite_memory = {.left = -1};

static bool sqlite_allocation_fails(void) {
    return sqlite_memory.left >= 0 && sqlite_memory.left-- == 0;
}

static void *allocate_for_sqlite(int size) {
    return sqlite_allocation_fails() ? NULL : sqlite_memory.real.xMalloc(size);
}

static void *reallocate_for_sqlite(void *old, int size) {
    return sqlite_allocation_fails() ? NULL : sqlite_memory.real.xRealloc(old, size);
}

static int lend_memory_to_sqlite(void **state) {
    sqlite3_mem_methods methods;
    (void)state;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory.real) != SQLITE_OK)
        return -1;
    methods = sqlite_memory.real;
    methods.xMalloc = allocate_for_sqlite;
    methods.xRealloc = reallocate_for_sqlite;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK ? 0 : -1;
}

static void when_SQLite_lacks_memory_nothing_that_was_told_is_lost(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    int failures = 0;
    bool reached = true;
    small_study(&study, 4);
    swept(plan_of(&study, place->other, NULL), (struct made_up){0});
    lead.step = 20000000;
    for (long n = 0; reached; n += 1 + n / 3) {
        struct heard *const heard = calloc(1, sizeof *heard);
        struct cr_error error = {0};
        assert_non_null(heard);
        struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
        plan.told = hear;
        plan.context = heard;
        plan.resume = true;
        sqlite_memory.left = n;
        const int status = sweep_made_up(plan, (struct made_up){0}, &error);
        reached = sqlite_memory.left < 0;
        sqlite_memory.left = -1;
        assert_true(status == 0 || error.sentence[0] != '\0');
        failures += status == CR_ERROR_MEMORY;
        assert_safe(place->store, heard);
        swept(plan, (struct made_up){0});
        assert_int_equal(heard->runs, 8);
        assert_same_export(place->store, place->other);
        unlink(place->store);
        free(heard);
    }
    lead.step = 0;
    assert_in_range(failures, 10, 1000);
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(killed_it_has_lost_no_run_that_it_told),
        IN_A_STORE_PLACE(a_full_disk_ends_it_with_a_sentence_and_loses_nothing_that_was_told),
        IN_A_STORE_PLACE(a_limit_on_the_size_of_files_is_like_a_full_disk),
        IN_A_STORE_PLACE(when_the_power_fails_nothing_that_was_told_is_lost),
        IN_A_STORE_PLACE(when_SQLite_lacks_memory_nothing_that_was_told_is_lost),
    };
    return cmocka_run_group_tests(tests, lend_memory_to_sqlite, NULL);
}
