#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "failing_allocation.h"
#include "io/store_merge.h"
#include "made_up_sweep.h"
#include "study/workers.h"

static void watch(void *context, const struct cr_sweep_state *state) {
    struct heard *const heard = context;
    heard->backwards += state->tally.done < heard->last.tally.done || state->seconds < heard->last.seconds ||
                        state->tally.done + state->tally.failed + state->tally.waiting != state->runs;
    heard->last = *state;
}

static void give_nothing(void *context, const struct cr_waiting_run *run, struct cr_run_outcome *outcome) {
    (void)context;
    (void)run;
    outcome->seconds = 0.25;
}

static int sweep_with_workers(struct cr_sweep_plan plan, size_t count, cr_crew_work *work, void *context,
    struct cr_sweep_state *state, struct cr_error *error) {
    struct cr_workers workers;
    assert_int_equal(cr_workers_start(&workers, count, work, context, plan.study->axis_count, error), 0);
    const struct cr_crew crew = cr_workers_crew(&workers);
    plan.crew = &crew;
    const int status = cr_sweep_run(&plan, state, error);
    cr_workers_stop(&workers);
    return status;
}

static void live_study(struct cr_study *study, size_t points) {
    small_study(study, points);
    study->scenario.parameters.life_birth_years = 0.1;
}

static void any_number_of_workers_gives_the_same_bytes(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    struct cr_sweep_state swept_state;
    live_study(&study, 4);
    struct desk desk = {.work = cr_sweep_work, .context = &study, .axis_count = 1};
    const struct cr_crew crew = desk_crew(&desk);
    const struct cr_sweep_plan plan = plan_of(&study, place->store, &crew);
    if (cr_sweep_run(&plan, &swept_state, &error) != 0)
        fail_msg("%s", error.sentence);
    assert_int_equal(swept_state.tally.done, 8);
    assert_int_equal(swept_state.done_here, 8);
    assert_int_equal(swept_state.runs, 8);
    char *const text = export_of(place->store);
    assert_non_null(strstr(text, "ssp_share"));
    assert_non_null(strstr(text, "\n8,4,2,0.4,"));
    free(text);
    for (size_t count = 1; count <= 4; count++) {
        const struct cr_sweep_plan again = plan_of(&study, place->other, NULL);
        if (sweep_with_workers(again, count, cr_sweep_work, &study, &swept_state, &error) != 0)
            fail_msg("%s", error.sentence);
        assert_same_export(place->store, place->other);
        assert_int_equal(files_in(place->folder), 2);
        unlink(place->other);
    }
    cr_study_free(&study);
}

static void a_run_is_the_replicate_of_its_scenario(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    live_study(&study, 2);
    swept(plan_of(&study, place->other, NULL), (struct made_up){0}); /* another store beside it does not matter */
    double values[] = {0.2};
    const struct cr_waiting_run run = {.run = 4, .replicate = 2, .values = values};
    struct cr_run_outcome outcome = {.run = 4}, again = {.run = 9};
    cr_sweep_work(&study, &run, &outcome);
    assert_int_equal(outcome.status, 0);
    assert_true(outcome.seconds > 0.0);
    assert_true(outcome.reading_count > 100);
    study.axes[0].values[1] = 0.7; /* the run's own value counts */
    cr_sweep_work(&study, &run, &again);
    assert_int_equal(again.reading_count, outcome.reading_count);
    for (size_t k = 0; k < outcome.reading_count; k++) {
        const double one = outcome.readings[k].estimate.value, other = again.readings[k].estimate.value;
        assert_true(one == other || (isnan(one) && isnan(other)));
    }
    cr_run_outcome_free(&outcome);
    cr_run_outcome_free(&again);
    cr_study_free(&study);
}

static void only_what_the_study_keeps_is_kept(void **state) {
    (void)state;
    struct cr_study study;
    struct cr_kept kept = {.measure = cr_measure_find("ssp_share"), .group = "B"};
    live_study(&study, 2);
    study.measures = (struct cr_kept_list){.kept = &kept, .count = 1};
    study.series.all = false;
    double values[] = {0.2};
    const struct cr_waiting_run run = {.run = 1, .replicate = 1, .values = values};
    struct cr_run_outcome outcome = {.run = 1};
    cr_sweep_work(&study, &run, &outcome);
    assert_int_equal(outcome.status, 0);
    assert_int_equal(outcome.reading_count, 1);
    assert_string_equal(outcome.readings[0].group, "B");
    cr_run_outcome_free(&outcome);
    study.measures = (struct cr_kept_list){.all = true};
    cr_study_free(&study);
}

static void each_run_is_told_once_when_it_is_safe(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct heard *const heard = calloc(1, sizeof *heard);
    assert_non_null(heard);
    small_study(&study, 40);
    heard->path = place->store;
    struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
    plan.told = hear;
    plan.progress = watch;
    plan.context = heard;
    lead.step = 20000000;
    swept(plan, (struct made_up){.fails = 17});
    lead.step = 0;
    assert_int_equal(heard->runs, 80);
    for (int run = 1; run <= 80; run++) {
        assert_int_equal(heard->told[run], 1);
        assert_int_equal(heard->status[run], run == 17 ? CR_ERROR_NUMERIC : 0);
    }
    assert_string_equal(heard->sentence[17], "it failed");
    assert_int_equal(heard->backwards, 0);
    assert_int_equal(heard->last.tally.done, 79);
    assert_int_equal(heard->last.tally.failed, 1);
    assert_int_equal(heard->last.tally.waiting, 0);
    assert_int_equal(heard->last.done_here, 80);
    free(heard);
    cr_study_free(&study);
}

static void a_failed_run_does_not_stop_the_others_unless_asked_to(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 10);
    swept(plan_of(&study, place->store, NULL), (struct made_up){.fails = 3});
    assert_rows(place->store, "SELECT state, count(*) FROM runs GROUP BY state", "done|19;failed|1;");
    assert_rows(place->store, "SELECT error FROM runs WHERE run = 3", "it failed;");
    study.settings.on_failure = CR_FAILURE_STOP;
    swept(plan_of(&study, place->other, NULL), (struct made_up){.fails = 4});
    assert_rows(place->other, "SELECT state, count(*), max(run) FROM runs GROUP BY state",
        "done|3|3;failed|1|4;waiting|16|20;"); /* those given before are done */
    struct cr_sweep_plan plan = plan_of(&study, place->other, NULL);
    plan.resume = true;
    swept(plan, (struct made_up){0}); /* goes on without the failed one */
    assert_rows(place->other, "SELECT state, count(*) FROM runs GROUP BY state", "done|19;failed|1;");
    plan.retry = true;
    swept(plan, (struct made_up){0});
    assert_rows(place->other, "SELECT state, error, count(*) FROM runs GROUP BY state", "done|-|20;");
    plan.path = place->store;
    swept(plan, (struct made_up){0});
    assert_same_export(place->store, place->other);
    cr_study_free(&study);
}

static void a_run_that_takes_too_long_fails_with_how_far_it_came(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    struct cr_sweep_state swept_state;
    live_study(&study, 1);
    study.settings.time_limit = 1e-9;
    if (sweep_with_workers(plan_of(&study, place->store, NULL), 2, cr_sweep_work, &study, &swept_state, &error) != 0)
        fail_msg("%s", error.sentence);
    assert_int_equal(swept_state.tally.failed, 2);
    assert_rows(place->store, "SELECT run, state, error FROM runs",
        "1|failed|it took longer than time_limit = 1e-09 s and had come to week 1;"
        "2|failed|it took longer than time_limit = 1e-09 s and had come to week 1;");
    assert_rows(place->store, "SELECT count(*) FROM measure_values", "0;");
    cr_study_free(&study);
}

static void a_scenario_that_cannot_be_is_a_failed_run(void **state) {
    (void)state;
    struct cr_study study;
    cr_study_init(&study);
    struct cr_axis *axis;
    assert_int_equal(cr_study_add_axis(&study, "caregiving.form", &axis, "", NULL), 0);
    double values[] = {1.0}; /* profiles, of which there are none */
    const struct cr_waiting_run run = {.run = 1, .replicate = 1, .values = values};
    struct cr_run_outcome outcome = {.run = 1};
    cr_sweep_work(&study, &run, &outcome);
    assert_int_equal(outcome.status, CR_ERROR_CONFIG);
    assert_non_null(strstr(outcome.sentence, "profile"));
    assert_null(outcome.readings);
    cr_study_free(&study);
}

static void asked_to_end_it_ends_in_good_order_and_can_be_resumed(void **state) {
    const struct store_place *const place = *state;
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    struct cr_study study;
    small_study(&study, 60);
    swept(plan_of(&study, place->other, NULL), (struct made_up){0});
    for (size_t k = 0; k < 3; k++) {
        struct heard *const heard = calloc(1, sizeof *heard);
        assert_non_null(heard);
        struct cr_error error = {0};
        struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
        heard->signal = signals[k];
        heard->after = 20;
        plan.told = hear;
        plan.context = heard;
        lead.step = 20000000;
        assert_int_equal(sweep_made_up(plan, (struct made_up){0}, &error), CR_ERROR_INTERRUPTED);
        lead.step = 0;
        char expected[256], rows[32];
        snprintf(expected, sizeof expected, "interrupted; %d of 120 runs are safe in %s: go on with --resume",
            heard->runs, place->store);
        assert_string_equal(error.sentence, expected);
        assert_in_range(heard->runs, 20, 60);
        ask(place->store, "SELECT count(*) FROM runs WHERE state = 'done'", rows, sizeof rows);
        assert_int_equal(strtol(rows, NULL, 10), heard->runs);
        assert_int_equal(files_in(place->folder), 2);
        plan.resume = true;
        heard->signal = 0;
        swept(plan, (struct made_up){0});
        assert_int_equal(heard->runs, 120);
        assert_same_export(place->store, place->other);
        unlink(place->store);
        free(heard);
    }
    cr_study_free(&study);
}

static void raise_twice(void *context, const struct cr_run_outcome *outcome) {
    (void)context;
    (void)outcome;
    (void)raise(SIGHUP);
    (void)raise(SIGTERM);
}

static void raise_at_once(void *context, const struct cr_sweep_state *state) {
    (void)context;
    (void)state;
    (void)raise(SIGINT);
}

static void raise_hangup(void *context, const struct cr_run_outcome *outcome) {
    (void)context;
    (void)outcome;
    (void)raise(SIGHUP);
}

static void asked_twice_it_still_ends_in_good_order(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 3);
    for (int sooner = 0; sooner < 2; sooner++) {
        const pid_t child = fork();
        if (child == 0) {
            struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
            plan.told = raise_twice;
            plan.progress = sooner ? raise_at_once : NULL; /* and twice more while it ends */
            _exit(sweep_made_up(plan, (struct made_up){0}, NULL) == CR_ERROR_INTERRUPTED ? 0 : 1);
        }
        assert_int_equal(wait_for(child), 0);
        unlink(place->store);
    }
    cr_study_free(&study);
}

static void what_is_ignored_does_not_end_it(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    small_study(&study, 3);
    const pid_t child = fork();
    if (child == 0) {
        struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
        plan.told = raise_hangup;
        (void)signal(SIGHUP, SIG_IGN); /* as nohup does */
        _exit(sweep_made_up(plan, (struct made_up){0}, NULL) == 0 ? 0 : 1);
    }
    assert_int_equal(wait_for(child), 0);
    cr_study_free(&study);
}

static void a_store_that_was_begun_wants_resume(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    char expected[256];
    small_study(&study, 3);
    make_shard(&study, place->store, 1, 1, 2);
    struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
    assert_int_equal(sweep_made_up(plan, (struct made_up){0}, &error), CR_ERROR_USAGE);
    snprintf(expected, sizeof expected,
        "%s holds a sweep already (2 of 6 runs done); go on with --resume, or name another file", place->store);
    assert_string_equal(error.sentence, expected);
    assert_rows(place->store, "SELECT count(*) FROM runs WHERE state = 'done'", "2;");
    plan.resume = true;
    swept(plan, (struct made_up){0});
    plan.path = place->other; /* and one that was not is begun */
    swept(plan, (struct made_up){0});
    assert_rows(place->other, "SELECT count(*) FROM runs WHERE state = 'done'", "6;");
    cr_study_free(&study);
}

static void another_study_is_not_resumed(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    small_study(&study, 3);
    make_shard(&study, place->store, 1, 1, 2);
    struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
    plan.resume = true;
    study.scenario.parameters.run_years = 2.0;
    assert_int_equal(sweep_made_up(plan, (struct made_up){0}, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "run.years was 1.5 and is 2 now"));
    study.scenario.parameters.run_years = 1.5;
    study.axes[0].value_count = 2;
    error = (struct cr_error){0};
    assert_int_equal(sweep_made_up(plan, (struct made_up){0}, &error), CR_ERROR_USAGE);
    assert_non_null(strstr(error.sentence, "the number of points was 3 and is 2 now"));
    cr_study_free(&study);
}

static void two_sweeps_on_one_store_refuse_each_other(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    int ready[2];
    char byte, expected[256];
    small_study(&study, 3);
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        struct cr_store store;
        (void)!(cr_store_open(&store, place->store, CR_STORE_WRITE, NULL) == 0 &&
                cr_study_begin(&study, &store, 1, 1, NULL) == 0 && write(ready[1], "y", 1) == 1);
        for (;;)
            pause();
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    struct cr_sweep_plan plan = plan_of(&study, place->store, NULL);
    for (int resume = 0; resume < 2; resume++) {
        plan.resume = resume == 1;
        error = (struct cr_error){0};
        assert_int_equal(sweep_made_up(plan, (struct made_up){0}, &error), CR_ERROR_USAGE);
        snprintf(expected, sizeof expected,
            "%s is being written to by another process (%ld); wait for it or end it first", place->store, (long)child);
        assert_string_equal(error.sentence, expected);
    }
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    swept(plan, (struct made_up){0});
    assert_rows(place->store, "SELECT count(*) FROM runs WHERE state = 'done'", "6;");
    close(ready[0]);
    close(ready[1]);
    cr_study_free(&study);
}

static void swept_shards_merge_to_the_undivided_sweep(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct cr_error error = {0};
    char paths[3][128], *names[3];
    small_study(&study, 5);
    swept(plan_of(&study, place->store, NULL), (struct made_up){.fails = 4});
    for (int k = 0; k < 3; k++) {
        snprintf(paths[k], sizeof paths[k], "%s/part-%d.db", place->folder, k);
        names[k] = paths[k];
        struct cr_sweep_plan plan = plan_of(&study, paths[k], NULL);
        plan.shard = k + 1;
        plan.shards = 3;
        swept(plan, (struct made_up){.fails = 4});
    }
    if (cr_store_merge(place->other, names, 3, &error) != 0)
        fail_msg("%s", error.sentence);
    assert_same_export(place->store, place->other);
    cr_study_free(&study);
}

static void when_the_crew_fails_so_does_the_sweep(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    struct made_up made_up = {0};
    struct cr_sweep_state swept_state;
    struct cr_error error = {0};
    small_study(&study, 5);
    struct desk desk = {.work = make_up, .context = &made_up, .axis_count = 1, .fails_at = 5};
    const struct cr_crew crew = desk_crew(&desk);
    struct cr_sweep_plan plan = plan_of(&study, place->store, &crew);
    assert_int_equal(cr_sweep_run(&plan, &swept_state, &error), CR_ERROR_IO);
    assert_string_equal(error.sentence, "the desk has fallen over");
    assert_int_equal(files_in(place->folder), 1);
    plan.resume = true;
    swept(plan, made_up);
    swept(plan_of(&study, place->other, NULL), made_up);
    assert_same_export(place->store, place->other);
    cr_study_free(&study);
}

static void without_memory_it_ends_and_can_be_resumed(void **state) {
    const struct store_place *const place = *state;
    struct cr_study study;
    int status = CR_ERROR_MEMORY;
    long n = 0;
    small_study(&study, 2);
    for (; status != 0; n++) {
        struct cr_error error = {0};
        struct cr_sweep_state swept_state;
        struct desk desk = {.work = give_nothing, .axis_count = 1};
        const struct cr_crew crew = desk_crew(&desk);
        struct cr_sweep_plan plan = plan_of(&study, place->store, &crew);
        plan.resume = true;
        allocations_left = n;
        status = cr_sweep_run(&plan, &swept_state, &error);
        allocations_left = -1;
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_int_equal(error.code, CR_ERROR_MEMORY);
            assert_in_range(files_in(place->folder), 0, 1);
        }
    }
    assert_in_range(n, 5, 50);
    assert_rows(place->store, "SELECT state, count(*) FROM runs GROUP BY state", "done|4;");
    cr_study_free(&study);
}

static void a_run_without_memory_has_failed_and_says_so(void **state) {
    (void)state;
    struct cr_study study;
    double values[] = {0.2};
    const struct cr_waiting_run run = {.run = 1, .replicate = 1, .values = values};
    int status = CR_ERROR_MEMORY;
    live_study(&study, 2);
    study.scenario.parameters.run_years = 0.1;
    const long held = allocations_held;
    for (long n = 0; status != 0; n += 7) { /* every seventh, for there are many */
        struct cr_run_outcome outcome = {.run = 1};
        allocations_left = n;
        cr_sweep_work(&study, &run, &outcome);
        allocations_left = -1;
        status = outcome.status;
        if (status != 0) {
            assert_int_equal(status, CR_ERROR_MEMORY);
            assert_true(outcome.sentence[0] != '\0');
            assert_int_equal(outcome.reading_count, 0);
        }
        cr_run_outcome_free(&outcome);
        assert_int_equal(allocations_held, held);
    }
    cr_study_free(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_STORE_PLACE(any_number_of_workers_gives_the_same_bytes),
        IN_A_STORE_PLACE(a_run_is_the_replicate_of_its_scenario),
        cmocka_unit_test(only_what_the_study_keeps_is_kept),
        IN_A_STORE_PLACE(each_run_is_told_once_when_it_is_safe),
        IN_A_STORE_PLACE(a_failed_run_does_not_stop_the_others_unless_asked_to),
        IN_A_STORE_PLACE(a_run_that_takes_too_long_fails_with_how_far_it_came),
        cmocka_unit_test(a_scenario_that_cannot_be_is_a_failed_run),
        IN_A_STORE_PLACE(asked_to_end_it_ends_in_good_order_and_can_be_resumed),
        IN_A_STORE_PLACE(asked_twice_it_still_ends_in_good_order),
        IN_A_STORE_PLACE(what_is_ignored_does_not_end_it),
        IN_A_STORE_PLACE(a_store_that_was_begun_wants_resume),
        IN_A_STORE_PLACE(another_study_is_not_resumed),
        IN_A_STORE_PLACE(two_sweeps_on_one_store_refuse_each_other),
        IN_A_STORE_PLACE(swept_shards_merge_to_the_undivided_sweep),
        IN_A_STORE_PLACE(when_the_crew_fails_so_does_the_sweep),
        IN_A_STORE_PLACE(without_memory_it_ends_and_can_be_resumed),
        cmocka_unit_test(a_run_without_memory_has_failed_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
