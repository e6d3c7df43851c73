#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/stat.h>

#include "base/text.h"
#include "failing_allocation.h"
#include "io/store.h"
#include "store_place.h"

static void opened(struct cr_store *store, const char *path, enum cr_store_mode mode) {
    struct cr_error error = {0};
    if (cr_store_open(store, path, mode, &error) != 0)
        fail_msg("%s", error.sentence);
}

/* `sentence` is what must be said, with the path for %s. */
static void refused(const char *path, enum cr_store_mode mode, enum cr_error_code code, const char *sentence) {
    struct cr_store store;
    struct cr_error error = {0};
    char expected[512];
    cr_text_format(expected, sizeof expected, "%s%s", path, sentence);
    assert_int_equal(cr_store_open(&store, path, mode, &error), code);
    assert_int_equal(error.code, code);
    assert_string_equal(error.sentence, expected);
    cr_store_close(&store);
}

static void executed(const struct cr_store *store, const char *sql) {
    struct cr_error error = {0};
    if (cr_store_execute(store, sql, &error) != 0)
        fail_msg("%s", error.sentence);
}

/* A store with a table of some size. */
static void make_store(const char *path) {
    struct cr_store store;
    opened(&store, path, CR_STORE_WRITE);
    executed(&store, "CREATE TABLE numbers(n INTEGER PRIMARY KEY, word TEXT);"
                     "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 2000)"
                     "INSERT INTO numbers SELECT n, 'the number ' || n FROM c");
    cr_store_close(&store);
}

static void a_store_that_is_closed_is_one_file(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    char log[128];
    opened(&store, place->store, CR_STORE_WRITE);
    assert_int_equal(is_empty(&store), true);
    executed(&store, "CREATE TABLE t(x)");
    assert_int_equal(is_empty(&store), false);
    snprintf(log, sizeof log, "%s-wal", place->store);
    assert_true(exists(log));
    cr_store_close(&store);
    assert_int_equal(files_in(place->folder), 1);
    assert_true(exists(place->store));
    cr_store_close(&store);
    assert_rows(
        place->store, "PRAGMA journal_mode; PRAGMA application_id; PRAGMA user_version", "delete;1131570284;1;");
}

static void what_was_not_committed_is_gone_after_closing(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    make_store(place->store);
    opened(&store, place->store, CR_STORE_WRITE);
    executed(&store, "INSERT INTO numbers VALUES(2001, 'kept'); BEGIN; INSERT INTO numbers VALUES(2002, 'lost')");
    cr_store_close(&store);
    assert_int_equal(files_in(place->folder), 1);
    assert_rows(place->store, "SELECT max(n), word FROM numbers", "2001|kept;");
}

static void who_reads_meanwhile_sees_what_is_committed(void **state) {
    const struct store_place *const place = *state;
    struct cr_store writer, reader;
    int64_t count;
    make_store(place->store);
    opened(&writer, place->store, CR_STORE_WRITE);
    opened(&reader, place->store, CR_STORE_READ);
    executed(&writer, "BEGIN IMMEDIATE; DELETE FROM numbers WHERE n > 10");
    assert_int_equal(cr_store_count(&reader, "SELECT count(*) FROM numbers", -1, &count, NULL), 0);
    assert_int_equal(count, 2000);
    executed(&writer, "COMMIT");
    assert_int_equal(cr_store_count(&reader, "SELECT count(*) FROM numbers", -1, &count, NULL), 0);
    assert_int_equal(count, 10);
    cr_store_close(&writer);
    assert_int_equal(cr_store_count(&reader, "SELECT count(*) FROM numbers", -1, &count, NULL), 0);
    assert_int_equal(count, 10);
    cr_store_close(&reader);
    opened(&writer, place->store, CR_STORE_WRITE);
    cr_store_close(&writer);
    assert_int_equal(files_in(place->folder), 1);
}

static void reading_wants_a_file_that_is_there(void **state) {
    const struct store_place *const place = *state;
    refused(place->store, CR_STORE_READ, CR_ERROR_USAGE, " cannot be read: No such file or directory");
    assert_int_equal(files_in(place->folder), 0);
}

static void an_empty_file_holds_no_sweep_but_can_get_one(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    put_bytes(place->store, "", 0);
    refused(place->store, CR_STORE_READ, CR_ERROR_USAGE, " holds no sweep yet");
    opened(&store, place->store, CR_STORE_WRITE);
    assert_int_equal(is_empty(&store), true);
    cr_store_close(&store);
}

static void a_file_of_another_kind_is_refused_and_left_as_it_is(void **state) {
    const struct store_place *const place = *state;
    char text[3000];
    size_t size;
    memset(text, 'x', sizeof text);
    put_bytes(place->store, text, sizeof text);
    refused(place->store, CR_STORE_READ, CR_ERROR_USAGE, " is no store of Cradle");
    refused(place->store, CR_STORE_WRITE, CR_ERROR_USAGE, " is no store of Cradle");
    char *const after = bytes_of(place->store, &size);
    assert_int_equal(size, sizeof text);
    assert_memory_equal(after, text, size);
    assert_int_equal(files_in(place->folder), 1);
    free(after);
}

static void the_database_of_another_program_is_refused_and_left_as_it_is(void **state) {
    const struct store_place *const place = *state;
    static const char *const modes[] = {"delete", "wal"};
    for (size_t k = 0; k < 2; k++) {
        char sql[128];
        size_t size, size_after;
        snprintf(sql, sizeof sql, "PRAGMA journal_mode = %s; CREATE TABLE places(url)", modes[k]);
        ask(place->store, sql, NULL, 0);
        char *const before = bytes_of(place->store, &size);
        refused(
            place->store, CR_STORE_READ, CR_ERROR_USAGE, " is a database, but no store of Cradle; name another file");
        refused(
            place->store, CR_STORE_WRITE, CR_ERROR_USAGE, " is a database, but no store of Cradle; name another file");
        char *const after = bytes_of(place->store, &size_after);
        assert_int_equal(size_after, size);
        assert_memory_equal(after, before, size);
        free(before);
        free(after);
        empty_folder(place->folder);
    }
}

static void a_store_of_a_later_version_is_refused_and_left_as_it_is(void **state) {
    const struct store_place *const place = *state;
    static const char sentence[] = " was made by a later version of Cradle (tables of version 2, this program knows 1);"
                                   " use that one";
    size_t size, size_after;
    make_store(place->store);
    ask(place->store, "PRAGMA user_version = 2; PRAGMA journal_mode = wal", NULL, 0);
    char *const before = bytes_of(place->store, &size);
    refused(place->store, CR_STORE_READ, CR_ERROR_USAGE, sentence);
    refused(place->store, CR_STORE_WRITE, CR_ERROR_USAGE, sentence);
    char *const after = bytes_of(place->store, &size_after);
    assert_int_equal(size_after, size);
    assert_memory_equal(after, before, size);
    free(before);
    free(after);
}

static void a_folder_is_no_store(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    char lock[128];
    static const enum cr_store_mode modes[] = {CR_STORE_READ, CR_STORE_WRITE};
    for (size_t k = 0; k < 2; k++) {
        struct cr_error error = {0};
        assert_int_equal(cr_store_open(&store, place->folder, modes[k], &error), CR_ERROR_IO);
        if (!strstr(error.sentence, " cannot be opened: ") || !strstr(error.sentence, ": Is a directory"))
            fail_msg("%s", error.sentence);
        cr_store_close(&store);
    }
    snprintf(lock, sizeof lock, "%s-lock", place->folder);
    assert_false(exists(lock));
}

static void a_folder_that_is_not_there_is_named(void **state) {
    (void)state;
    refused("/no/such/x.db", CR_STORE_WRITE, CR_ERROR_IO, "-lock cannot be made: No such file or directory");
    refused("/no/such/x.db", CR_STORE_READ, CR_ERROR_USAGE, " cannot be read: No such file or directory");
}

static void a_file_that_may_not_be_read_is_refused(void **state) {
    const struct store_place *const place = *state;
    make_store(place->store);
    assert_int_equal(chmod(place->store, 0), 0);
    const pid_t child = fork();
    if (child == 0) {
        struct cr_store store;
        struct cr_error error = {0};
        (void)!chmod(place->folder, 0755);
        if (getuid() == 0 && setuid(65534) != 0) /* root may read everything */
            _exit(3);
        const int status = cr_store_open(&store, place->store, CR_STORE_READ, &error);
        cr_store_close(&store);
        _exit(status == CR_ERROR_USAGE && strstr(error.sentence, " cannot be read: Permission denied") ? 0 : 1);
    }
    assert_int_equal(wait_for(child), 0);
}

static void a_damaged_store_says_so(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    struct cr_error error = {0};
    char expected[256];
    size_t size;
    int64_t count;
    make_store(place->store);
    char *const bytes = bytes_of(place->store, &size);
    assert_true(size > 20000);
    memset(bytes + 4096, 0xa5, size - 4096); /* all pages but the first */
    put_bytes(place->store, bytes, size);
    free(bytes);
    opened(&store, place->store, CR_STORE_READ);
    assert_int_equal(cr_store_count(&store, "SELECT count(*) FROM numbers", 0, &count, &error), CR_ERROR_IO);
    snprintf(expected, sizeof expected, "%s is damaged: database disk image is malformed", place->store);
    assert_string_equal(error.sentence, expected);
    cr_store_close(&store);
}

static void a_store_that_was_cut_off_says_so(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    struct cr_error error = {0};
    int64_t count;
    make_store(place->store);
    assert_int_equal(truncate(place->store, 6000), 0);
    int status = cr_store_open(&store, place->store, CR_STORE_READ, &error);
    if (status == 0)
        status = cr_store_count(&store, "SELECT count(word) FROM numbers", 0, &count, &error);
    assert_int_equal(status, CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "is damaged"));
    cr_store_close(&store);
}

/* A process that holds the store until it is killed. */
static pid_t writer_of(const char *path) {
    int ready[2];
    char byte = 0;
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        struct cr_store store;
        struct cr_error error = {0};
        const bool good = cr_store_open(&store, path, CR_STORE_WRITE, &error) == 0 &&
                          cr_store_execute(&store,
                              "INSERT INTO numbers VALUES(5000, 'safe'); BEGIN IMMEDIATE;"
                              "INSERT INTO numbers VALUES(5001, 'lost')",
                              &error) == 0;
        (void)!write(ready[1], good ? "y" : "n", 1);
        for (;;)
            pause();
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void a_store_has_one_writer_at_a_time(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    int64_t count;
    char expected[256];
    make_store(place->store);
    const pid_t child = writer_of(place->store);
    snprintf(expected, sizeof expected, " is being written to by another process (%ld); wait for it or end it first",
        (long)child);
    refused(place->store, CR_STORE_WRITE, CR_ERROR_USAGE, expected);
    opened(&store, place->store, CR_STORE_READ);
    assert_int_equal(cr_store_count(&store, "SELECT max(n) FROM numbers", 0, &count, NULL), 0);
    assert_int_equal(count, 5000);
    cr_store_close(&store);
    refused(place->store, CR_STORE_WRITE, CR_ERROR_USAGE, expected);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(files_in(place->folder) > 1); /* what a killed process leaves */
    opened(&store, place->store, CR_STORE_READ);
    assert_int_equal(cr_store_count(&store, "SELECT max(n) FROM numbers", 0, &count, NULL), 0);
    assert_int_equal(count, 5000);
    cr_store_close(&store);
    opened(&store, place->store, CR_STORE_WRITE);
    assert_int_equal(cr_store_count(&store, "SELECT max(n) FROM numbers", 0, &count, NULL), 0);
    assert_int_equal(count, 5000);
    cr_store_close(&store);
    assert_int_equal(files_in(place->folder), 1);
}

static void a_program_that_holds_the_database_itself_is_told_of(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    struct cr_error error = {0};
    sqlite3 *other = NULL;
    char expected[256];
    make_store(place->store);
    opened(&store, place->store, CR_STORE_WRITE);
    assert_int_equal(sqlite3_open(place->store, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_busy_timeout(store.database, 0);
    assert_int_equal(cr_store_execute(&store, "BEGIN IMMEDIATE", &error), CR_ERROR_IO);
    snprintf(expected, sizeof expected, "%s cannot be written: another program holds it; close it there", place->store);
    assert_string_equal(error.sentence, expected);
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    executed(&store, "BEGIN IMMEDIATE");
    cr_store_close(&store);
}

static void a_full_disk_is_named_and_how_to_go_on(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    struct cr_error error = {0};
    char expected[512];
    make_store(place->store);
    opened(&store, place->store, CR_STORE_WRITE);
    executed(&store, "PRAGMA max_page_count = 1");
    assert_int_equal(
        cr_store_execute(&store, "INSERT INTO numbers SELECT n + 10000, word FROM numbers", &error), CR_ERROR_IO);
    snprintf(expected, sizeof expected,
        "%s cannot be written: the disk is full; every run that was reported done is safe in it, so make room and go "
        "on "
        "with --resume",
        place->store);
    assert_string_equal(error.sentence, expected);
    cr_store_close(&store);
    assert_rows(place->store, "SELECT count(*) FROM numbers", "2000;");
}

static void a_scratch_store_touches_no_file(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    int64_t count;
    opened(&store, place->store, CR_STORE_SCRATCH);
    assert_int_equal(is_empty(&store), true);
    executed(&store, "CREATE TABLE t(x); INSERT INTO t VALUES(3)");
    assert_int_equal(cr_store_count(&store, "SELECT x FROM t", 0, &count, NULL), 0);
    assert_int_equal(count, 3);
    assert_int_equal(files_in(place->folder), 0);
    cr_store_close(&store);
}

static void statements_that_fail_say_what_SQLite_says(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    struct cr_error error = {0};
    sqlite3_stmt *statement = NULL;
    int64_t count;
    char expected[256];
    opened(&store, place->store, CR_STORE_WRITE);
    assert_int_equal(cr_store_prepare(&store, "SELECT x FROM nowhere", &statement, &error), CR_ERROR_IO);
    assert_null(statement);
    snprintf(expected, sizeof expected, "%s cannot be read: no such table: nowhere", place->store);
    assert_string_equal(error.sentence, expected);
    error = (struct cr_error){0};
    assert_int_equal(cr_store_execute(&store, "DELETE FROM nowhere", &error), CR_ERROR_IO);
    snprintf(expected, sizeof expected, "%s cannot be written: no such table: nowhere", place->store);
    assert_string_equal(error.sentence, expected);
    assert_int_equal(cr_store_count(&store, "SELECT x FROM nowhere", 4, &count, NULL), CR_ERROR_IO);
    executed(&store, "CREATE TABLE t(x UNIQUE)");
    assert_int_equal(cr_store_count(&store, "SELECT x FROM t", 4, &count, NULL), 0);
    assert_int_equal(count, 4);
    assert_int_equal(cr_store_prepare(&store, "INSERT INTO t VALUES(1)", &statement, NULL), 0);
    assert_int_equal(cr_store_step(&store, statement, NULL), 0);
    error = (struct cr_error){0};
    assert_int_equal(cr_store_step(&store, statement, &error), CR_ERROR_IO);
    snprintf(expected, sizeof expected, "%s cannot be written: UNIQUE constraint failed: t.x", place->store);
    assert_string_equal(error.sentence, expected);
    executed(&store, "DELETE FROM t");
    assert_int_equal(cr_store_step(&store, statement, NULL), 0); /* it was readied again */
    sqlite3_finalize(statement);
    cr_store_close(&store);
}

static void without_memory_no_store_is_opened_and_none_stays_locked(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    struct cr_error error = {0};
    allocations_left = 0;
    const int status = cr_store_open(&store, place->store, CR_STORE_WRITE, &error);
    allocations_left = -1;
    assert_int_equal(status, CR_ERROR_MEMORY);
    cr_store_close(&store);
    assert_int_equal(files_in(place->folder), 0);
    opened(&store, place->store, CR_STORE_WRITE);
    cr_store_close(&store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(a_store_that_is_closed_is_one_file),
        IN_A_STORE_PLACE(what_was_not_committed_is_gone_after_closing),
        IN_A_STORE_PLACE(who_reads_meanwhile_sees_what_is_committed),
        IN_A_STORE_PLACE(reading_wants_a_file_that_is_there),
        IN_A_STORE_PLACE(an_empty_file_holds_no_sweep_but_can_get_one),
        IN_A_STORE_PLACE(a_file_of_another_kind_is_refused_and_left_as_it_is),
        IN_A_STORE_PLACE(the_database_of_another_program_is_refused_and_left_as_it_is),
        IN_A_STORE_PLACE(a_store_of_a_later_version_is_refused_and_left_as_it_is),
        IN_A_STORE_PLACE(a_folder_is_no_store),
        cmocka_unit_test(a_folder_that_is_not_there_is_named),
        IN_A_STORE_PLACE(a_file_that_may_not_be_read_is_refused),
        IN_A_STORE_PLACE(a_damaged_store_says_so),
        IN_A_STORE_PLACE(a_store_that_was_cut_off_says_so),
        IN_A_STORE_PLACE(a_store_has_one_writer_at_a_time),
        IN_A_STORE_PLACE(a_program_that_holds_the_database_itself_is_told_of),
        IN_A_STORE_PLACE(a_full_disk_is_named_and_how_to_go_on),
        IN_A_STORE_PLACE(a_scratch_store_touches_no_file),
        IN_A_STORE_PLACE(statements_that_fail_say_what_SQLite_says),
        IN_A_STORE_PLACE(without_memory_no_store_is_opened_and_none_stays_locked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
