#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "failing_allocation.h"
#include "made_up_runs.h"

static void assert_tally(const char *path, int64_t waiting, int64_t done, int64_t failed) {
    struct cr_store store;
    struct cr_tally tally;
    assert_int_equal(cr_store_open(&store, path, CR_STORE_READ, NULL), 0);
    assert_int_equal(cr_store_runs_tally(&store, &tally, NULL), 0);
    assert_int_equal(tally.waiting, waiting);
    assert_int_equal(tally.done, done);
    assert_int_equal(tally.failed, failed);
    cr_store_close(&store);
}

static int64_t next_after(struct open_runs *open, int64_t after) {
    double values[8];
    struct cr_waiting_run run = {.values = values};
    assert_int_equal(cr_store_runs_next(&open->runs, after, &run, NULL), 0);
    return run.run;
}

static void what_is_put_comes_back_with_its_place_and_its_gaps(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 2);
    assert_rows(place->store,
        "SELECT run, measure, \"group\", value, se, n FROM measures WHERE run = 2 ORDER BY measure, \"group\"",
        "2|ecr_mean|anxiety|-|-|40;2|style_share|fearful|20.0|-|40;2|style_share|secure|0.666666666666667|0.125|40;");
    assert_rows(place->store, "SELECT run, year, measure, \"group\", value FROM series ORDER BY run, year",
        "1|1.0|satisfaction|all|-1.0;1|2.0|satisfaction|all|-;2|1.0|satisfaction|all|-2.0;2|2.0|satisfaction|all|-;");
    assert_rows(place->store, "SELECT position FROM measure_values WHERE run = 1", "1;3;4;");
    assert_rows(place->store, "SELECT count(*) FROM readings", "4;");
    assert_rows(place->store, "SELECT run, state, error, seconds FROM runs",
        "1|done|-|0.25;2|done|-|0.25;3|waiting|-|-;4|waiting|-|-;");
    cr_study_free(&study);
}

static void numbers_are_kept_bit_for_bit(void **state) {
    const struct store_place *const place = *state;
    static const double numbers[] = {0.1 + 0.2, 1.0 / 3.0, 5e-324, 1.7976931348623157e308, -123456789.125, 1e15};
    enum { NUMBERS = sizeof numbers / sizeof *numbers };
    struct cr_study study;
    struct open_runs open;
    struct cr_run_outcome outcome = {.run = 1, .reading_count = NUMBERS};
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    open_runs(&open, &study, place->store);
    outcome.readings = calloc(NUMBERS, sizeof *outcome.readings);
    assert_non_null(outcome.readings);
    for (int k = 0; k < NUMBERS; k++)
        outcome.readings[k] = made_up_reading("conflict", "all", (double)NAN, numbers[k], numbers[k]);
    put(&open, &outcome);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    sqlite3_stmt *query = NULL;
    assert_int_equal(
        cr_store_prepare(&open.store, "SELECT value, se FROM measure_values ORDER BY position", &query, NULL), 0);
    for (int k = 0; k < NUMBERS; k++) {
        assert_int_equal(sqlite3_step(query), SQLITE_ROW);
        assert_true(sqlite3_column_double(query, 0) == numbers[k] && sqlite3_column_double(query, 1) == numbers[k]);
    }
    assert_int_equal(sqlite3_step(query), SQLITE_DONE);
    sqlite3_finalize(query);
    close_runs(&open);
    cr_study_free(&study);
}

static void only_what_is_committed_is_seen_by_others(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct open_runs open;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    open_runs(&open, &study, place->store);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0); /* of nothing */
    put_made_up(&open, 1);
    put_made_up(&open, 3);
    assert_tally(place->store, 4, 0, 0);
    assert_rows(place->store, "SELECT count(*) FROM measure_values", "0;");
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    assert_tally(place->store, 2, 2, 0);
    put_made_up(&open, 2);
    close_runs(&open);
    assert_tally(place->store, 2, 2, 0);
    assert_rows(place->store, "SELECT DISTINCT run FROM measure_values", "1;3;");
    assert_rows(place->store, "SELECT count(*) FROM measure_values; SELECT count(*) FROM series_values", "6;4;");
    cr_study_free(&study);
}

static void a_killed_process_loses_what_it_had_not_committed_and_nothing_else(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    const pid_t child = fork();
    if (child == 0) {
        struct open_runs open;
        open_runs(&open, &study, place->store);
        put_made_up(&open, 1);
        put_made_up(&open, 2);
        if (cr_store_runs_commit(&open.runs, NULL) != 0)
            _exit(1);
        put_made_up(&open, 3);
        (void)raise(SIGKILL);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how));
    struct open_runs open;
    open_runs(&open, &study, place->store);
    assert_int_equal(next_after(&open, 0), 3);
    put_made_up(&open, 3);
    put_made_up(&open, 4);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
    assert_int_equal(files_in(place->folder), 1);
    make_shard(&study, place->other, 1, 1, 4);
    char *const one = export_of(place->store), *const other = export_of(place->other);
    same_text(one, other);
    free(one);
    free(other);
    cr_study_free(&study);
}

static void waiting_runs_are_found_in_their_order(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct open_runs open;
    small_study(&study, 3);
    make_shard(&study, place->store, 1, 1, 0);
    open_runs(&open, &study, place->store);
    put_made_up(&open, 2);
    put_made_up(&open, 5);
    assert_int_equal(next_after(&open, 0), 1);
    assert_int_equal(next_after(&open, 1), 3); /* what is put, though not committed, waits no more */
    assert_int_equal(next_after(&open, 4), 6);
    assert_int_equal(next_after(&open, 6), 0);
    double values[1];
    struct cr_waiting_run run = {.values = values};
    assert_int_equal(cr_store_runs_next(&open.runs, 5, &run, NULL), 0);
    assert_true(values[0] == 0.3);
    assert_int_equal(run.replicate, 2);
    close_runs(&open);
    cr_study_free(&study);
}

static void a_failed_run_keeps_its_sentence_until_it_is_tried_again(void **state) {
    const struct store_place *const place = *state;
    static const char sentence[] = "it couldn't: \"5 %\", says one; 'x'";
    struct cr_study study;
    struct open_runs open;
    struct cr_run_outcome outcome;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 1);
    open_runs(&open, &study, place->store);
    failed_outcome(&outcome, 3, sentence);
    put(&open, &outcome);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    assert_int_equal(next_after(&open, 2), 4); /* the failed one does not wait */
    close_runs(&open);
    assert_tally(place->store, 2, 1, 1);
    assert_rows(place->store, "SELECT state, error, seconds FROM runs WHERE run = 3",
        "failed|it couldn't: \"5 %\", says one; 'x'|0.5;");
    open_runs(&open, &study, place->store);
    assert_int_equal(cr_store_runs_retry(&open.store, NULL), 0);
    assert_rows(place->store, "SELECT state, error, seconds FROM runs WHERE run = 3", "waiting|-|-;");
    assert_int_equal(next_after(&open, 2), 3);
    put_made_up(&open, 3);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
    assert_tally(place->store, 2, 2, 0);
    assert_rows(place->store, "SELECT state, error, seconds FROM runs WHERE run = 3", "done|-|0.25;");
    cr_study_free(&study);
}

static void a_run_put_twice_is_refused_and_the_first_stays(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct open_runs open;
    struct cr_run_outcome outcome;
    struct cr_error error = {0};
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 1);
    open_runs(&open, &study, place->store);
    made_up_outcome(&outcome, 1);
    assert_int_equal(cr_store_runs_put(&open.runs, &outcome, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "UNIQUE constraint failed"));
    cr_run_outcome_free(&outcome);
    cr_run_outcome_free(&outcome);
    close_runs(&open);
    assert_tally(place->store, 3, 1, 0);
    cr_study_free(&study);
}

static void readings_in_another_order_find_their_numbers(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct open_runs open;
    struct cr_run_outcome outcome;
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 1);
    open_runs(&open, &study, place->store);
    made_up_outcome(&outcome, 2);
    const struct cr_reading first = outcome.readings[0];
    outcome.readings[0] = outcome.readings[2];
    outcome.readings[2] = first;
    put(&open, &outcome);
    memset(&outcome, 0, sizeof outcome); /* one without any readings */
    outcome.run = 3;
    put(&open, &outcome);
    put_made_up(&open, 4);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
    assert_rows(place->store, "SELECT run, value FROM measures WHERE \"group\" = 'fearful' ORDER BY run",
        "1|10.0;2|20.0;4|40.0;");
    assert_rows(place->store, "SELECT count(*) FROM readings; SELECT count(*) FROM runs WHERE state = 'done'", "4;4;");
    cr_study_free(&study);
}

static void a_store_without_an_outline_has_no_runs(void **state) {
    const struct store_place *const place = *state;
    struct cr_store store;
    struct cr_store_runs runs;
    struct cr_tally tally;
    struct cr_error error = {0};
    assert_int_equal(cr_store_open(&store, place->store, CR_STORE_WRITE, NULL), 0);
    assert_int_equal(cr_store_runs_init(&runs, &store, NULL, 0, &error), CR_ERROR_IO);
    assert_non_null(strstr(error.sentence, "no such table"));
    assert_int_equal(cr_store_runs_tally(&store, &tally, NULL), CR_ERROR_IO);
    assert_int_equal(cr_store_runs_retry(&store, NULL), CR_ERROR_IO);
    cr_store_runs_free(&runs);
    cr_store_runs_free(&runs);
    cr_store_close(&store);
}

static void without_memory_a_run_is_not_put_and_can_be_put_later(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct open_runs open;
    struct cr_run_outcome outcome;
    struct cr_error error = {0};
    small_study(&study, 2);
    make_shard(&study, place->store, 1, 1, 0);
    open_runs(&open, &study, place->store);
    made_up_outcome(&outcome, 1);
    const long held = allocations_held;
    allocations_left = 0;
    const int status = cr_store_runs_put(&open.runs, &outcome, &error);
    allocations_left = -1;
    assert_int_equal(status, CR_ERROR_MEMORY);
    assert_int_equal(error.code, CR_ERROR_MEMORY);
    assert_int_equal(allocations_held, held);
    put(&open, &outcome);
    assert_int_equal(cr_store_runs_commit(&open.runs, NULL), 0);
    close_runs(&open);
    assert_tally(place->store, 3, 1, 0);
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(what_is_put_comes_back_with_its_place_and_its_gaps),
        IN_A_STORE_PLACE(numbers_are_kept_bit_for_bit),
        IN_A_STORE_PLACE(only_what_is_committed_is_seen_by_others),
        IN_A_STORE_PLACE(a_killed_process_loses_what_it_had_not_committed_and_nothing_else),
        IN_A_STORE_PLACE(waiting_runs_are_found_in_their_order),
        IN_A_STORE_PLACE(a_failed_run_keeps_its_sentence_until_it_is_tried_again),
        IN_A_STORE_PLACE(a_run_put_twice_is_refused_and_the_first_stays),
        IN_A_STORE_PLACE(readings_in_another_order_find_their_numbers),
        IN_A_STORE_PLACE(a_store_without_an_outline_has_no_runs),
        IN_A_STORE_PLACE(without_memory_a_run_is_not_put_and_can_be_put_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
